/* Records whose members become something else: by their roles, by their names being there twice, and by
 * what their names have in common. */
#include "nested/recast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "nested/unflat.h"

struct record {
	struct fields fields;
	struct scan scan;
	struct rec rec;
	char text[512];
};

static const struct rec *read_record(struct record *r, const char *text)
{
	size_t len = strlen(text);

	memset(r, 0, sizeof *r);
	memset(r->text, '\n', sizeof r->text);
	memcpy(r->text, text, len);
	scan_init(&r->scan, &r->fields, SCAN_GENERAL);
	r->scan.max_line = sizeof r->text;
	scan_block(&r->scan, (struct slice){ r->text, len + 1 });
	assert_int_equal(scan_next(&r->scan), SCAN_RECORD);
	rec_begin(&r->rec, &r->scan);
	return &r->rec;
}

static void free_record(struct record *r)
{
	rec_free(&r->rec);
	scan_free(&r->scan);
	fields_free(&r->fields);
}

static void assert_text(const struct buf *got, const char *wanted)
{
	if (!slice_equal(buf_slice(got), slice_of(wanted)))
		fail_msg("%.*s is not %s", (int)got->len, got->at, wanted);
}

/* The role of each member by a letter. */
static void give_roles(struct recast *c, const struct rec *r, const char *roles)
{
	static const char letters[] = "cpdrmfen";

	recast_begin(c, r);
	assert_int_equal(r->shape->n, strlen(roles));
	for (size_t i = 0; roles[i]; i++) {
		struct recast_member *m = &c->member[i];
		m->role = (enum recast_role)(strchr(letters, roles[i]) - letters);
		if (m->role == RECAST_REPLACE || m->role == RECAST_MAKE)
			m->value = (struct value){ "*", 1, KIND_NULL };
	}
}

static const struct {
	const char *line, *roles, *wanted; /* NULL: a name arises twice */
	bool settled;
} records[] = {
	{ " {\"a\" : 1 ,\"b\":2} ", "cp", " {\"a\" : 1 ,\"b\":2} ", false },
	{ "{\"a\":1 , \"b\" : 2,\"c\":3 }", "crc", "{\"a\":1 , \"b\" : *,\"c\":3 }", false },
	{ "{\"a\":1 , \"b\" : 2,\"c\":3 }", "cmd", "{\"a\":1 , * }", false },
	{ "{ \"a\" : [1] , \"b\":{\"c\":2}}", "ff", "{ \"a.0\":1 , \"b.c\":2}", false },
	{ "{\"a\":[1],\"a.0\":2}", "fc", NULL, false },
	{ "{\"\":[1],\"\\u002e0\":2}", "fc", NULL, false },
	{ "{\"\\u0061\":[1],\"a.0\":2}", "fc", NULL, false },
	{ "{\"a\":[1],\"b\":2,\"b\":3}", "fcc", "{\"a.0\":1,\"b\":2,\"b\":3}", false },
	{ "{\"a\":[1],\"a\":2}", "fc", NULL, false },
	{ "{\"a\":[1],\"b\":0 , \"a\":2 }", "fcc", "{\"a\":2,\"b\":0 }", true },
	{ "{\"a\":1,\"b\":0,\"\\u0061\":{\"x\":1,\"x\":[2]}}", "ccf", "{\"a.x.0\":2,\"b\":0}",
		true },
	{ "{\"a\":[1],\"b\":2,\"b\":3}", "fcc", "{\"a.0\":1,\"b\":2,\"b\":3}", true },
};

static void members_play_their_roles(void **unused)
{
	struct recast c = { .flat.separator = SLICE(".") };
	struct record record;

	(void)unused;
	for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
		const struct rec *r = read_record(&record, records[i].line);
		bool fine;
		give_roles(&c, r, records[i].roles);
		if (records[i].settled)
			recast_settle(&c, r);
		fine = recast_print(&c, r, records[i].settled, 1000);
		assert_int_equal(fine, records[i].wanted != NULL);
		if (fine)
			assert_text(&c.frame, records[i].wanted);
		free_record(&record);
	}
	recast_free(&c);
}

static const struct {
	const char *line, *roles, *wanted; /* for an element 7 of number 12, or [8] */
	const char *wanted_nested;
} frames[] = {
	{ "{\"a\" : [7,[8]] ,\"n\": 0}", "en", "{\"a\" : 7 ,\"n\": 12}\n",
		"{\"a.0\":8 ,\"n\": 12}\n" },
	{ "{\"n\":0,\"x\":1,\"a\":[7,[8]]}", "nce", "{\"n\":12,\"x\":1,\"a\":7}\n",
		"{\"n\":12,\"x\":1,\"a.0\":8}\n" },
	{ "{\"a\":[7,[8]] }", "e", "{\"a\":7,\"number\":12 }\n", "{\"a.0\":8,\"number\":12 }\n" },
	{ "{\"a\":[7,[8]],\"n\":0,\"a.0\":1}", "enc", "{\"a\":7,\"n\":12,\"a.0\":1}\n", NULL },
};

static struct value element(const char *at, uint32_t len, enum kind kind)
{
	return (struct value){ at, len, kind };
}

static void frames_are_filled(void **unused)
{
	struct recast c = { .flat.separator = SLICE("."), .number = SLICE("\"number\"") };
	struct record record;
	struct buf got = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof frames / sizeof *frames; i++) {
		const struct rec *r = read_record(&record, frames[i].line);
		const char *array = strchr(r->line.at, '[');
		give_roles(&c, r, frames[i].roles);
		c.member[strchr(frames[i].roles, 'e') - frames[i].roles].flatten = true;
		assert_true(recast_print(&c, r, true, 1000));
		for (int again = 0; again < 2; again++) {
			got.len = 0;
			assert_true(
				recast_fill(&c, r, element(array + 1, 1, KIND_NUMBER), 12, &got));
			assert_text(&got, frames[i].wanted);
		}
		got.len = 0;
		assert_int_equal(recast_fill(&c, r, element(array + 3, 3, KIND_ARRAY), 12, &got),
			frames[i].wanted_nested != NULL);
		if (frames[i].wanted_nested)
			assert_text(&got, frames[i].wanted_nested);
		else
			assert_int_equal(recast_twice_at(&c, r), strlen(frames[i].line) - 2);
		free_record(&record);
	}
	buf_free(&got);
	recast_free(&c);
}

static void lines_may_become_too_long(void **unused)
{
	struct recast c = { .flat.separator = SLICE(".") };
	struct record record;
	const struct rec *r = read_record(&record, "{\"abc\":[1,2]}");

	(void)unused;
	give_roles(&c, r, "f");
	assert_true(recast_print(&c, r, true, 21));
	assert_false(recast_print(&c, r, true, 20));
	assert_true(c.too_long);
	free_record(&record);
	recast_free(&c);
}

static const struct {
	const char *line, *wanted; /* NULL: a bad record, because of a name */
	const char *blamed;
	uint64_t made;
} flats[] = {
	{ "{ \"a.b\" : 1, \"x\":0 , \"a.c.d\":[1, 2] , \"a.c.e\" : {} }",
		"{ \"a\":{\"b\":1,\"c\":{\"d\":[1, 2],\"e\":{}}}, \"x\":0 }", NULL, 1 },
	{ "{\"b.1\":1,\"a\":2,\"b.0\":3,\"c.x\":4}", "{\"b\":[3,1],\"a\":2,\"c\":{\"x\":4}}", NULL,
		2 },
	{ "{\"a.b\":1,\"a\\u002eb\":2,\"w.x\":3}", "{\"a\":{\"b\":2},\"w.x\":3}", NULL, 1 },
	{ "{\"a\":1,\"w.x\":3}", "{\"a\":1,\"w.x\":3}", NULL, 0 },
	{ "{\"a.b\":1,\"a.b.c\":2}", NULL, "a.b", 0 },
	{ "{\"a.b.c\":1,\"a.b\":2}", NULL, "a.b", 0 },
};

/* Names that begin with w are not divided. */
static bool place_all(struct unflat *u, const struct rec *r, struct slice *name, struct fault *f)
{
	unflat_begin(u, r);
	for (uint32_t i = 0; i < r->shape->n; i++)
		if (!unflat_place(u, r, i, rec_name(r, i).at[1] == 'w', name, f))
			return false;
	return true;
}

static void flat_fields_make_values(void **unused)
{
	struct unflat u = { .separator = SLICE(".") };
	struct recast c = { .flat.separator = SLICE(".") };
	struct record record;
	struct slice name;
	struct fault f;

	(void)unused;
	for (size_t i = 0; i < sizeof flats / sizeof *flats; i++) {
		const struct rec *r = read_record(&record, flats[i].line);
		assert_int_equal(place_all(&u, r, &name, &f), flats[i].wanted != NULL);
		if (flats[i].wanted) {
			assert_int_equal(unflat_settle(&u, r, &c), flats[i].made);
			assert_true(recast_print(&c, r, true, 1000));
			assert_text(&c.frame, flats[i].wanted);
		} else {
			name.len = f.at;
			assert_true(slice_equal(name, slice_of(flats[i].blamed)));
			assert_string_equal(f.what, "is both a value and an object");
		}
		free_record(&record);
	}
	unflat_free(&u);
	recast_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_play_their_roles),
		cmocka_unit_test(frames_are_filled),
		cmocka_unit_test(lines_may_become_too_long),
		cmocka_unit_test(flat_fields_make_values),
	};

	return cmocka_run_group_tests_name("recast", tests, NULL, NULL);
}
