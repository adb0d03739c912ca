/* Trees taken from values, and trees made from names. */
#include "nested/tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "record/json.h"

/* What is read ends with LF, and a few bytes after it may be looked at. */
static const char *line(const char *text)
{
	static char room[8][256];
	static int next;
	char *at = room[next++ % 8];

	memset(at, 0, sizeof *room);
	memcpy(at, text, strlen(text));
	at[strlen(text)] = '\n';
	return at;
}

static struct value value(const char *text)
{
	struct json_fault f;
	enum kind kind;
	const char *at = line(text), *end = json_value(at, 1, &kind, &f);

	assert_non_null(end);
	return (struct value){ at, (uint32_t)(end - at), kind };
}

static uint32_t take_apart(struct tree *t, const char *text)
{
	uint32_t node;

	tree_begin(t);
	node = tree_member(t, 0, SLICE("v"));
	tree_set(t, node, value(text));
	tree_open(t, node);
	return node;
}

static void assert_text(struct buf *got, const char *wanted)
{
	if (!slice_equal(buf_slice(got), slice_of(wanted)))
		fail_msg("%.*s is not %s", (int)got->len, got->at, wanted);
	buf_free(got);
}

static const struct {
	const char *text, *printed;
	bool replaced;
} values[] = {
	{ "0", "0", false },
	{ "[]", "[]", false },
	{ "[ ]", "[ ]", false },
	{ "[1, \"x\" ,null]", "[1,\"x\",null]", false },
	{ "{\"a\" : {\"b\":[[{}],-1.5e3]}}", "{\"a\":{\"b\":[[{}],-1.5e3]}}", false },
	{ "{\"\":1,\"\\u0061\":2,\"\\u0022\":3}", "{\"\":1,\"a\":2,\"\\\"\":3}", false },
	{ "{\"a\":1,\"b\":2,\"\\u0061\":3}", "{\"a\":3,\"b\":2}", true },
	{ "{\"a\":{\"x\":1},\"a\":{\"y\":2,\"y\":[3]}}", "{\"a\":{\"y\":[3]}}", true },
	{ "{\"a\":[1,2],\"a\":{}}", "{\"a\":{}}", true },
	{ "[{\"a\":1},{\"a\":2}]", "[{\"a\":1},{\"a\":2}]", false },
};

static void values_are_taken_apart(void **unused)
{
	struct tree t = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		struct buf got = { 0 };
		tree_print(&t, take_apart(&t, values[i].text), &got);
		assert_text(&got, values[i].printed);
		assert_int_equal(t.replaced, values[i].replaced);
	}
	tree_free(&t);
}

/* The names go over to the hash table on the way. */
static void many_names_are_found_as_few_are(void **unused)
{
	enum { MANY = 1000 };
	struct tree t = { 0 };
	uint32_t object[2], node[2][MANY];
	char name[2][MANY][8];

	(void)unused;
	tree_begin(&t);
	object[0] = tree_member(&t, 0, SLICE("a"));
	object[1] = tree_member(&t, 0, SLICE("b"));
	for (int i = 0; i < MANY; i++)
		for (int k = 0; k < 2; k++) {
			int len = snprintf(name[k][i], sizeof *name[k], "%d", i * (k + 1));
			node[k][i] = tree_member(
				&t, object[k], (struct slice){ name[k][i], (size_t)len });
			assert_int_equal(t.node[node[k][i]].place, i);
		}
	for (int i = 0; i < MANY; i++)
		for (int k = 0; k < 2; k++)
			assert_int_equal(
				tree_member(&t, object[k], slice_of(name[k][i])), node[k][i]);
	tree_set(&t, object[0], value("1"));
	for (int i = 0; i < MANY; i++)
		assert_int_not_equal(tree_member(&t, object[0], slice_of(name[0][i])), node[0][i]);
	assert_int_equal(t.node[object[0]].children, MANY);
	tree_free(&t);
}

static const struct {
	const char *names, *json; /* each name becomes a member whose value is true */
	size_t at;                /* where the last name fails, if json is NULL */
} names[] = {
	{ "a", "{\"a\":true}", 0 },
	{ "a.b a.c", "{\"a\":{\"b\":true,\"c\":true}}", 0 },
	{ "a.1 b a.0", "{\"a\":[true,true],\"b\":true}", 0 },
	{ "a.0.x a.1.0", "{\"a\":[{\"x\":true},[true]]}", 0 },
	{ "a.0 a.2", "{\"a\":{\"0\":true,\"2\":true}}", 0 },
	{ "a.0 a.01", "{\"a\":{\"0\":true,\"01\":true}}", 0 },
	{ "0 1", "{\"0\":true,\"1\":true}", 0 },
	{ ". a..", "{\"\":{\"\":true},\"a\":{\"\":{\"\":true}}}", 0 },
	{ "a\".\t", "{\"a\\\"\":{\"\\t\":true}}", 0 },
	{ "a.b a.b", "{\"a\":{\"b\":true}}", 0 },
	{ "x.a x.a.b", NULL, 3 },
	{ "x.a.b x.a", NULL, 3 },
	{ "a a.b.c", NULL, 1 },
};

static bool reach_all(struct tree *t, const char *list, struct fault *f)
{
	uint32_t node;

	tree_begin(t);
	for (;;) {
		size_t len = strcspn(list, " ");
		if (!tree_reach(t, (struct slice){ list, len }, SLICE("."), &node, f))
			return false;
		tree_set(t, node, (struct value){ "true", 4, KIND_TRUE });
		if (!list[len])
			return true;
		list += len + 1;
	}
}

static void names_lead_to_nodes(void **unused)
{
	struct tree t = { 0 };
	struct fault f;

	(void)unused;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct buf got = { 0 };
		assert_int_equal(reach_all(&t, names[i].names, &f), names[i].json != NULL);
		if (!names[i].json) {
			assert_int_equal(f.at, names[i].at);
			continue;
		}
		tree_number(&t);
		tree_print(&t, 0, &got);
		assert_text(&got, names[i].json);
	}
	tree_free(&t);
}

static void members_are_printed_with_their_names(void **unused)
{
	struct tree t = { 0 };
	struct buf got = { 0 };

	(void)unused;
	tree_print_member(&t, take_apart(&t, "[1, 2]"), &got);
	assert_text(&got, "\"v\":[1,2]");
	tree_free(&t);
}

static void names_have_one_spelling(void **unused)
{
	struct arena a = { 0 };

	(void)unused;
	assert_true(slice_equal(tree_spell(&a, SLICE("\"\"")), SLICE("")));
	assert_true(slice_equal(tree_spell(&a, SLICE("\"ab\"")), SLICE("ab")));
	assert_true(slice_equal(tree_spell(&a, SLICE("\"\\u0061b\"")), SLICE("ab")));
	assert_true(slice_equal(tree_spell(&a, SLICE("\"\\/\"")), SLICE("/")));
	assert_true(slice_equal(tree_spell(&a, SLICE("\"\\u000a\\\"\"")), SLICE("\\n\\\"")));
	arena_free(&a);
}

static void what_is_full_is_known(void **unused)
{
	(void)unused;
	assert_true(tree_is_full(line("[0]")));
	assert_true(tree_is_full(line("{ \"a\":{}}")));
	assert_false(tree_is_full(line("[]")));
	assert_false(tree_is_full(line("{\t }")));
	assert_false(tree_is_full(line("\"[0]\"")));
	assert_false(tree_is_full(line("0")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_taken_apart),
		cmocka_unit_test(many_names_are_found_as_few_are),
		cmocka_unit_test(names_lead_to_nodes),
		cmocka_unit_test(members_are_printed_with_their_names),
		cmocka_unit_test(names_have_one_spelling),
		cmocka_unit_test(what_is_full_is_known),
	};

	return cmocka_run_group_tests_name("nested", tests, NULL, NULL);
}
