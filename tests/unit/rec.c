/* Editing, held against a list of members. Each member of a line owns what divides it from the member
 * before; the line's beginning up to the first name and what follows its last value belong to nobody.
 * So the list tells every byte of the result. */
#include "record/rec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "../judge.h"
#include "base/buf.h"
#include "base/mem.h"

/* The fields that edits speak of, as they are meant and as they are written. */
static const struct {
	struct slice name;
	const char *json;
} field[] = {
	{ SLICE("a"), "\"a\"" },
	{ SLICE("b"), "\"b\"" },
	{ SLICE("c"), "\"c\"" },
	{ SLICE("d"), "\"d\"" },
	{ SLICE("q\"\\\n"), "\"q\\\"\\\\\\n\"" },
	{ SLICE("z\0"), "\"z\\u0000\"" },
};

enum { FIELDS = sizeof field / sizeof *field, MEMBERS_MAX = 64 };

/* A member's texts; together they are what was read or will be printed. */
struct member {
	int field;          /* -1: another name */
	const char *before; /* what divides it from the one before */
	const char *name, *colon, *value;
};

struct model {
	const char *head, *tail;
	struct member at[MEMBERS_MAX];
	size_t n;
};

static int model_find(const struct model *m, int field_wanted, size_t from)
{
	for (size_t i = from; i < m->n; i++)
		if (m->at[i].field == field_wanted)
			return (int)i;
	return -1;
}

static void model_remove(struct model *m, size_t i)
{
	memmove(m->at + i, m->at + i + 1, (--m->n - i) * sizeof *m->at);
}

/* Leaves one of several: the first, with the value of the last. */
static int model_collapse(struct model *m, int wanted)
{
	int first = model_find(m, wanted, 0), next;

	while (first >= 0 && (next = model_find(m, wanted, (size_t)first + 1)) >= 0) {
		m->at[first].value = m->at[next].value;
		model_remove(m, (size_t)next);
	}
	return first;
}

static void model_set(struct model *m, int wanted, const char *value)
{
	int i = model_collapse(m, wanted);

	if (i >= 0)
		m->at[i].value = value;
	else
		m->at[m->n++] = (struct member){ wanted, ",", field[wanted].json, ":", value };
}

static void model_drop(struct model *m, int wanted)
{
	int i = model_collapse(m, wanted);

	if (i >= 0)
		model_remove(m, (size_t)i);
}

static void model_rename(struct model *m, int wanted, int to)
{
	int i;

	if (wanted == to || model_find(m, wanted, 0) < 0)
		return;
	model_drop(m, to);
	i = model_collapse(m, wanted);
	m->at[i].field = to;
	m->at[i].name = field[to].json;
}

static struct buf model_print(const struct model *m)
{
	struct buf b = { 0 };

	buf_add(&b, slice_of(m->head));
	for (size_t i = 0; i < m->n; i++)
		buf_printf(&b, "%s%s%s%s", i ? m->at[i].before : "", m->at[i].name, m->at[i].colon,
			m->at[i].value);
	buf_printf(&b, "%s\n", m->tail);
	return b;
}

struct bench {
	struct fields fields;
	struct scan scan;
	struct rec rec;
	struct slice block;
};

/* Reads a line into b->rec. */
static void lay(struct bench *b, struct slice line, enum scan_way way)
{
	*b = (struct bench){ .block = judge_copy(line, 0) };
	for (size_t i = 0; i < FIELDS; i++)
		assert_int_equal(fields_add(&b->fields, field[i].name), i);
	scan_init(&b->scan, &b->fields, way);
	scan_block(&b->scan, b->block);
	assert_int_equal(scan_next(&b->scan), SCAN_RECORD);
	rec_begin(&b->rec, &b->scan);
}

static void clear(struct bench *b)
{
	rec_free(&b->rec);
	scan_free(&b->scan);
	fields_free(&b->fields);
	free((char *)b->block.at);
}

/* Into as much room as was asked for. */
static struct buf print(struct rec *r)
{
	size_t bound = rec_bound(r);
	char *at = mem_alloc(bound), *end = rec_print(r, at);

	assert_in_range(end - at, 1, bound);
	return (struct buf){ at, (size_t)(end - at), bound };
}

static void assert_same(struct buf got, struct buf wanted)
{
	buf_byte(&got, 0);
	buf_byte(&wanted, 0);
	assert_string_equal(got.at, wanted.at);
	buf_free(&got);
	buf_free(&wanted);
}

static void assert_values(const struct rec *r, const struct model *m)
{
	for (int i = 0; i < FIELDS; i++) {
		struct value v = rec_value(r, (uint32_t)i);
		const char *wanted = NULL;
		for (size_t k = 0; k < m->n; k++)
			if (m->at[k].field == i)
				wanted = m->at[k].value;
		assert_int_equal(v.kind != KIND_MISSING, wanted != NULL);
		if (wanted)
			assert_true(slice_equal((struct slice){ v.at, v.len }, slice_of(wanted)));
	}
}

static void assert_result(struct bench *b, const struct model *m)
{
	struct buf line = model_print(m);

	assert_true(judge_line((struct slice){ line.at, line.len - 1 }));
	assert_values(&b->rec, m);
	assert_same(print(&b->rec), line);
	/* Printing changes nothing. */
	assert_same(print(&b->rec), model_print(m));
	assert_values(&b->rec, m);
}

static const char *const values[] = {
	"1",
	"-2.50",
	"\"x\"",
	"\"\"",
	"null",
	"true",
	"false",
	"[1, 2]",
	"{\"a\":[]}",
	"1e999",
	"\"a,b}\\\"\"",
	"123456789012345678901234567890",
};

static const enum kind kinds[] = {
	KIND_NUMBER,
	KIND_NUMBER,
	KIND_TEXT,
	KIND_TEXT,
	KIND_NULL,
	KIND_TRUE,
	KIND_FALSE,
	KIND_ARRAY,
	KIND_OBJECT,
	KIND_NUMBER,
	KIND_TEXT,
	KIND_NUMBER,
};

enum { VALUES = sizeof values / sizeof *values };

/* What a record may look like: the members by letters, A being an escaped "a", x nobody's field. */
static struct model compose(const char *members, bool airy)
{
	struct model m = { airy ? " { " : "{", airy ? "\t} \r" : "}", { { 0 } }, 0 };

	/* Between the braces of an empty record what is added comes first. */
	if (!*members && airy) {
		m.head = " {";
		m.tail = " \t} \r";
	}

	for (const char *p = members; *p; p++) {
		static const char letters[] = "abcdqzAx";
		static const char *const names[] = {
			"\"a\"",
			"\"b\"",
			"\"c\"",
			"\"d\"",
			"\"q\\u0022\\\\\\u000a\"",
			"\"z\\u0000\"",
			"\"\\u0061\"",
			"\"x\"",
		};
		int which = (int)(strchr(letters, *p) - letters);
		m.at[m.n] = (struct member){
			which == 6         ? 0 :
				which == 7 ? -1 :
					     which,
			airy ? " ,  " : ",",
			names[which],
			airy ? "\t: " : ":",
			values[(m.n * 5 + (size_t)which) % VALUES],
		};
		m.n++;
	}
	return m;
}

static const char *const records[] = {
	"",
	"a",
	"x",
	"A",
	"ab",
	"aa",
	"aAa",
	"abc",
	"abcd",
	"xaxbxcx",
	"abab",
	"aabb",
	"abba",
	"qzq",
	"xx",
	"axxa",
	"dcba",
	"aaxbb",
};

enum { RECORDS = sizeof records / sizeof *records };

/* One of 22 edits, on the record and on the model. */
static void edit(struct rec *r, struct model *m, unsigned which)
{
	static const char *const fresh[] = { "7", "\"new\"", "null", "[]" };
	static const uint8_t from[] = { 0, 0, 1, 1, 2, 3, 4, 0, 2, 0 },
			     to[] = { 1, 2, 0, 2, 0, 0, 5, 0, 1, 3 };

	if (which < FIELDS) {
		const char *value = fresh[which % 4];
		rec_set(r, which, slice_of(value));
		model_set(m, (int)which, value);
	} else if (which < 2 * FIELDS) {
		rec_drop(r, which - FIELDS);
		model_drop(m, (int)which - FIELDS);
	} else {
		which -= 2 * FIELDS;
		rec_rename(r, from[which], to[which]);
		model_rename(m, from[which], to[which]);
	}
}

enum { EDITS = 2 * FIELDS + 10 };

static void an_unchanged_record_keeps_every_byte(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < 2 * RECORDS; i++) {
		struct model m = compose(records[i / 2], i & 1);
		struct buf line = model_print(&m);
		struct bench b;
		lay(&b, buf_slice(&line), SCAN_FAST);
		assert_result(&b, &m);
		clear(&b);
		buf_free(&line);
	}
}

/* Every three edits, the first and the second of which may be none. */
static void short_scripts_do_what_the_list_does(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < 2 * RECORDS; i++)
		for (unsigned script = 0; script < (EDITS + 1) * (EDITS + 1) * EDITS; script++) {
			struct model m = compose(records[i / 2], i & 1);
			struct buf line = model_print(&m);
			struct bench b;
			lay(&b, buf_slice(&line), SCAN_GENERAL);
			if (script / EDITS / (EDITS + 1))
				edit(&b.rec, &m, script / EDITS / (EDITS + 1) - 1);
			if (script / EDITS % (EDITS + 1))
				edit(&b.rec, &m, script / EDITS % (EDITS + 1) - 1);
			edit(&b.rec, &m, script % EDITS);
			assert_result(&b, &m);
			clear(&b);
			buf_free(&line);
			/* All of the small records, some of the scripts on the large ones. */
			if (m.n > 3)
				script += i % 7 + 5;
		}
}

static uint64_t draw(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* On a stream, so that what is left of the record before would show. */
static void long_scripts_do_what_the_list_does(void **unused)
{
	uint64_t state = 88172645463325252;

	(void)unused;
	for (size_t round = 0; round < 300; round++) {
		struct model m[20];
		struct buf stream = { 0 };
		struct bench b;
		for (size_t i = 0; i < 20; i++) {
			char members[25] = "";
			for (size_t k = 0, n = draw(&state) % 25; k < n; k++)
				members[k] = "abcdqzAx"[draw(&state) % 8];
			m[i] = compose(i % 3 ? records[draw(&state) % RECORDS] : members,
				draw(&state) % 2);
			struct buf line = model_print(&m[i]);
			buf_add(&stream, buf_slice(&line));
			buf_free(&line);
		}
		lay(&b, buf_slice(&stream), (enum scan_way)(round % JUDGE_WAYS));
		for (size_t i = 0; i < 20; i++) {
			for (size_t k = draw(&state) % 12; k; k--)
				edit(&b.rec, &m[i], (unsigned)(draw(&state) % EDITS));
			assert_result(&b, &m[i]);
			assert_int_equal(scan_next(&b.scan), i < 19 ? SCAN_RECORD : SCAN_DONE);
			rec_begin(&b.rec, &b.scan);
		}
		clear(&b);
		buf_free(&stream);
	}
}

static void assert_edited(const char *line, void (*edits)(struct rec *), const char *wanted)
{
	struct buf result;
	struct bench b;

	lay(&b, slice_of(line), SCAN_GENERAL);
	edits(&b.rec);
	result = print(&b.rec);
	buf_byte(&result, 0);
	assert_string_equal(result.at, wanted);
	buf_free(&result);
	clear(&b);
}

static void set_a(struct rec *r)
{
	rec_set(r, 0, SLICE("9"));
}

static void drop_a(struct rec *r)
{
	rec_drop(r, 0);
}

static void drop_all(struct rec *r)
{
	for (uint32_t i = 4; i-- > 0;)
		rec_drop(r, i);
}

static void a_to_b(struct rec *r)
{
	rec_rename(r, 0, 1);
}

static void swap_a_and_b(struct rec *r)
{
	rec_rename(r, 0, 2);
	rec_rename(r, 1, 0);
	rec_rename(r, 2, 1);
}

static void renew_a(struct rec *r)
{
	rec_drop(r, 0);
	rec_set(r, 0, SLICE("9"));
}

/* What the list above is told by, in so many words. */
static void the_rules_hold(void **unused)
{
	(void)unused;
	assert_edited("{}\n", set_a, "{\"a\":9}\n");
	assert_edited("{ }\n", set_a, "{\"a\":9 }\n");
	assert_edited("{\"b\":1}\n", set_a, "{\"b\":1,\"a\":9}\n");
	assert_edited("{\"b\":1 } \r\n", set_a, "{\"b\":1,\"a\":9 } \r\n");
	assert_edited("{\"a\" : 1, \"b\":2}\n", set_a, "{\"a\" : 9, \"b\":2}\n");
	assert_edited("{\"\\u0061\":1}\n", set_a, "{\"\\u0061\":9}\n");
	assert_edited("{\"a\":1,\"b\":2,\"a\":3}\n", set_a, "{\"a\":9,\"b\":2}\n");
	assert_edited("{\"a\":1,\"b\":2,\"a\":3}\n", a_to_b, "{\"b\":3}\n");
	assert_edited("{\"b\":0,\"a\":1,\"b\":2,\"a\":3}\n", a_to_b, "{\"b\":3}\n");
	assert_edited("{\"a\":1,\"b\":2,\"a\":3}\n", drop_a, "{\"b\":2}\n");
	assert_edited("{\"b\":2}\n", a_to_b, "{\"b\":2}\n");
	assert_edited("{\"b\":2}\n", drop_a, "{\"b\":2}\n");
	assert_edited("{ \"a\":1 }\n", drop_a, "{  }\n");
	assert_edited("{ \"a\":1 , \"b\":2 }\n", drop_a, "{ \"b\":2 }\n");
	assert_edited("{ \"b\":1 , \"a\":2 }\n", drop_a, "{ \"b\":1 }\n");
	assert_edited("{\"a\":1,\"b\":2,\"c\":3,\"d\":4}\n", drop_all, "{}\n");
	assert_edited("{\"a\":1,\"x\":2,\"c\":3,\"d\":4}\n", drop_all, "{\"x\":2}\n");
	assert_edited("{\"a\":1,\"b\":2}\n", swap_a_and_b, "{\"b\":1,\"a\":2}\n");
	assert_edited("{\"a\":1,\"b\":2}\n", renew_a, "{\"b\":2,\"a\":9}\n");
}

static void kinds_are_told(void **unused)
{
	struct bench b;

	(void)unused;
	lay(&b, SLICE("{}\n"), SCAN_FAST);
	for (size_t i = 0; i < VALUES; i++) {
		rec_set(&b.rec, 1, slice_of(values[i]));
		assert_int_equal(rec_value(&b.rec, 1).kind, kinds[i]);
	}
	clear(&b);
}

/* A value that was set before may be the one to set, and moves. */
static void a_new_value_may_be_set_again(void **unused)
{
	struct buf text = { 0 };
	struct bench b;
	struct value v;

	(void)unused;
	lay(&b, SLICE("{\"a\":1}\n"), SCAN_FAST);
	buf_byte(&text, '"');
	memset(buf_room(&text, 1000), 'x', 1000);
	text.len += 1000;
	buf_byte(&text, '"');
	rec_set(&b.rec, 1, buf_slice(&text));
	for (uint32_t i = 2; i < FIELDS; i++) {
		v = rec_value(&b.rec, i - 1);
		rec_set(&b.rec, i, (struct slice){ v.at, v.len });
	}
	v = rec_value(&b.rec, FIELDS - 1);
	assert_true(slice_equal((struct slice){ v.at, v.len }, buf_slice(&text)));
	buf_free(&text);
	clear(&b);
}

static void a_field_that_must_be_a_number_is_one(void **unused)
{
	struct slice text;
	struct bench b;

	(void)unused;
	lay(&b, SLICE(" {\"a\":-1.50,\"b\":null,\"d\":\"x\",\"a\":2e1}\n"), SCAN_FAST);
	assert_true(rec_number(&b.rec, 0, &text));
	assert_true(slice_equal(text, SLICE("2e1")));
	assert_false(rec_number(&b.rec, 1, &text));
	assert_false(rec_number(&b.rec, 2, &text));
	assert_null(b.rec.fault);
	assert_false(rec_number(&b.rec, 3, &text));
	assert_string_equal(b.rec.fault, "is not a number");
	assert_true(slice_equal(b.rec.fault_name, SLICE("d")));
	assert_int_equal(b.rec.fault_at, 25);
	/* The first fault is the one that is told. */
	rec_blame(&b.rec, 0, "is late");
	assert_string_equal(b.rec.fault, "is not a number");
	rec_set(&b.rec, 1, SLICE("17"));
	assert_true(rec_number(&b.rec, 1, &text));
	assert_true(slice_equal(text, SLICE("17")));
	rec_begin(&b.rec, &b.scan);
	assert_null(b.rec.fault);
	assert_false(rec_number(&b.rec, 1, &text));
	clear(&b);
}

static void what_is_not_in_the_line_is_blamed_at_its_beginning(void **unused)
{
	struct bench b;

	(void)unused;
	lay(&b, SLICE("{\"a\":1}\n"), SCAN_FAST);
	rec_blame(&b.rec, 2, "is missing");
	assert_int_equal(b.rec.fault_at, 0);
	assert_true(slice_equal(b.rec.fault_name, SLICE("c")));
	rec_begin(&b.rec, &b.scan);
	rec_set(&b.rec, 0, SLICE("\"new\""));
	rec_blame(&b.rec, 0, "is not a number");
	assert_int_equal(b.rec.fault_at, 0);
	clear(&b);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rules_hold),
		cmocka_unit_test(an_unchanged_record_keeps_every_byte),
		cmocka_unit_test(short_scripts_do_what_the_list_does),
		cmocka_unit_test(long_scripts_do_what_the_list_does),
		cmocka_unit_test(kinds_are_told),
		cmocka_unit_test(a_new_value_may_be_set_again),
		cmocka_unit_test(a_field_that_must_be_a_number_is_one),
		cmocka_unit_test(what_is_not_in_the_line_is_blamed_at_its_beginning),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
