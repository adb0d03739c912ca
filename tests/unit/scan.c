/* The scanner, its shapes and its vector code: every way must find the same, and jansson must agree. */
#include "record/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "../judge.h"
#include "base/buf.h"
#include "base/mem.h"

#define BAD "not a JSON object: "
#define LINE(text) SLICE(text), NULL, 0
#define WRONG(text, what, at) SLICE(text), what, at

/* Every class of trouble. Of the bad ones: the byte at which the text stops being a JSON object. */
static const struct {
	struct slice line;
	const char *what;
	size_t at;
} corpus[] = {
	{ LINE("{}") },
	{ LINE("{ }") },
	{ LINE(" \t{\"a\":1}\r \t\r") },
	{ LINE("{\"a\"\t:\r1 ,\"b\" : 2 }") },
	{ LINE("{\"a\":1,\"b\":2}") },
	{ LINE("{\"a\":11,\"b\":-22}") },
	{ LINE("{\"a\":\"\",\"b\":\"x\"}") },
	{ LINE("{\"b\":1,\"a\":2}") },
	{ LINE("{\"\":1}") },
	{ LINE("{\"a\":1,\"a\":2}") },
	{ LINE("{\"a\":1,\"\\u0061\":2}") },
	{ LINE("{\"a\":1,\"b\":2,\"a\":\"3\",\"b\":null}") },
	{ LINE("{\"a\":null,\"b\":true}") },
	{ LINE("{\"a\":false,\"b\":null}") },
	{ LINE("{\"a\":[],\"b\":{}}") },
	{ LINE("{\"a\":[1,2,[3,{\"b\":4,\"a\":[]}]],\"b\":{\"a\":\"]}\"}}") },
	{ LINE("{\"a\":[1],\"b\":2}") },
	{ LINE("{\"a\": [ ] ,\"b\":{ \"x\" : [ 1 , 2 ] } }") },
	{ LINE("{\"a\":0,\"b\":-0}") },
	{ LINE("{\"a\":0.0,\"b\":-0.10}") },
	{ LINE("{\"a\":1e5,\"b\":1E+5}") },
	{ LINE("{\"a\":1.5e-5,\"b\":0e0}") },
	{ LINE("{\"a\":9007199254740993,\"b\":18446744073709551617}") },
	{ LINE("{\"a\":1e999,\"b\":-1e-999}") },
	{ LINE("{\"a\":1234567890123456789012345678901,\"b\":12345678901234567890123456789012}") },
	{ LINE("{\"a\":123456789012345678901234567890123,\"b\":0.12345678901234567890123456789012}") },
	{ LINE("{\"a\":-1234567890123456789012345678901.5,\"b\":-12345678901234567890123456789012}") },
	{ LINE("{\"a\":\",\",\"b\":\"{\\\"a\\\":1,\"}") },
	{ LINE("{\"a\":\":\",\"b\":\"}\"}") },
	{ LINE("{\"a\":\"\\\"\",\"b\":\"\\\\\"}") },
	{ LINE("{\"a\":\"\\\\\\\",\",\"b\":\"\\\\\\\\\"}") },
	{ LINE("{\"a\":\"\\/\\b\\f\\n\\r\\t\",\"b\":\"\\u00e9\\u20AC\"}") },
	{ LINE("{\"a\":\"\\ud83d\\ude00\",\"b\":\"\\uD83D\\uDE00\"}") },
	{ LINE("{\"a\":\"\\u0000\",\"b\":\"x\\u0000y\"}") },
	{ LINE("{\"a\\u0000\":1,\"\\u0000b\":2}") },
	{ LINE("{\"\\u0061\":1,\"b\":2}") },
	{ LINE("{\"a\":\"\xc3\xa9\",\"\xe2\x82\xac\":\"\xf0\x9f\x98\x80\"}") },
	{ LINE("{\"a\":\"\x7f\",\"b\":\"\xc2\x80\"}") },
	{ LINE("{\"a\":\"\xed\x9f\xbf\xee\x80\x80\",\"b\":\"\xef\xbf\xbf\xf4\x8f\xbf\xbf\"}") },
	{ LINE("{\"a\":\"exactly thirty-two bytes of text\",\"b\":1}") },
	{ LINE("{\"a\":\"more than thirty-two bytes of text in here\",\"b\":1}") },
	{ LINE("{\"a\":\"more than thirty-two bytes of text, and e\\u0301\",\"b\":1}") },
	{ LINE("{\"a name that is longer than thirty-two bytes\":1,\"b\":2}") },

	{ WRONG("{", "record is cut off", 1) },
	{ WRONG("{ ", "record is cut off", 2) },
	{ WRONG("{\"", "record is cut off", 2) },
	{ WRONG("{\"a", "record is cut off", 3) },
	{ WRONG("{\"a\\", "record is cut off", 4) },
	{ WRONG("{\"a\"", "record is cut off", 4) },
	{ WRONG("{\"a\":", "record is cut off", 5) },
	{ WRONG("{\"a\": ", "record is cut off", 6) },
	{ WRONG("{\"a\":-", "record is cut off", 6) },
	{ WRONG("{\"a\":1.", "record is cut off", 7) },
	{ WRONG("{\"a\":1e", "record is cut off", 7) },
	{ WRONG("{\"a\":1e-", "record is cut off", 8) },
	{ WRONG("{\"a\":1", "record is cut off", 6) },
	{ WRONG("{\"a\":1,", "record is cut off", 7) },
	{ WRONG("{\"a\":1,\"b\":tru", "record is cut off", 14) },
	{ WRONG("{\"a\":1,\"b\":fals", "record is cut off", 15) },
	{ WRONG("{\"a\":1,\"b\":n", "record is cut off", 12) },
	{ WRONG("{\"a\":1,\"b\":\"\\u12", "record is cut off", 16) },
	{ WRONG("{\"a\":1,\"b\":\"\\ud83d", "record is cut off", 18) },
	{ WRONG("{\"a\":1,\"b\":\"\\ud83d\\", "record is cut off", 19) },
	{ WRONG("{\"a\":1,\"b\":\"\\ud83d\\ude", "record is cut off", 22) },
	{ WRONG("{\"a\":1,\"b\":\"x,y", "record is cut off", 15) },
	{ WRONG("{\"a\":1,\"b\":\"x,y\\\"", "record is cut off", 17) },
	{ WRONG("{\"a\":[", "record is cut off", 6) },
	{ WRONG("{\"a\":[1,", "record is cut off", 8) },
	{ WRONG("{\"a\":{\"b\"", "record is cut off", 9) },
	{ WRONG("{\"a\":{\"b\":1}", "record is cut off", 12) },

	{ WRONG("42", "not a JSON object", 0) },
	{ WRONG("\"a\"", "not a JSON object", 0) },
	{ WRONG(" [1]", "not a JSON object but an array of values: jq -r @csv makes CSV of it",
		1) },
	{ WRONG("[ \"a\", 2]",
		"not a JSON object but an array of values: jq -r @csv makes CSV of it", 0) },
	{ WRONG("[[1,2],[3]]",
		"not a JSON object but an array of arrays: jq -r '.[] | @csv' makes CSV of it",
		0) },
	{ WRONG(" [ {\"a\":1}]", "not a JSON object but an array: jq -c '.[]' takes it apart", 1) },
	{ WRONG("[", "not a JSON object but an array: jq -c '.[]' takes it apart", 0) },
	{ WRONG("[]", "not a JSON object but an array: jq -c '.[]' takes it apart", 0) },
	{ WRONG("null", "not a JSON object", 0) },
	{ WRONG("}", "not a JSON object", 0) },
	{ WRONG("\xef\xbb\xbf{\"a\":1}", "not a JSON object", 0) },
	{ WRONG("\0{\"a\":1}", "not a JSON object", 0) },
	{ WRONG("\v{\"a\":1}", "not a JSON object", 0) },
	{ WRONG("{\"a\":1}{\"a\":2}", "something follows the JSON object", 7) },
	{ WRONG("{\"a\":1} x", "something follows the JSON object", 8) },
	{ WRONG("{\"a\":1},", "something follows the JSON object", 7) },
	{ WRONG("{\"a\":1}}", "something follows the JSON object", 7) },
	{ WRONG("{\"a\":1}\0", "something follows the JSON object", 7) },
	{ WRONG("{}{}", "something follows the JSON object", 2) },
	{ WRONG("{,}", BAD "expected a name in quotes", 1) },
	{ WRONG("{\"a\":1,}", BAD "expected a name in quotes", 7) },
	{ WRONG("{\"a\":1,,\"b\":2}", BAD "expected a name in quotes", 7) },
	{ WRONG("{a:1}", BAD "expected a name in quotes", 1) },
	{ WRONG("{'a':1}", BAD "expected a name in quotes", 1) },
	{ WRONG("{1:1}", BAD "expected a name in quotes", 1) },
	{ WRONG("{\"a\" 1}", BAD "expected ':'", 5) },
	{ WRONG("{\"a\",\"b\":1}", BAD "expected ':'", 4) },
	{ WRONG("{\"a\"=1}", BAD "expected ':'", 4) },
	{ WRONG("{\"a\":1 \"b\":2}", BAD "expected ',' or '}'", 7) },
	{ WRONG("{\"a\":1;\"b\":2}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":1]", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":\"x\"y\",\"b\":1}", BAD "expected ',' or '}'", 8) },
	{ WRONG("{\"a\":1\0}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":1\xc2\xa0,\"b\":2}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\"::1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":,\"b\":1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":NaN,\"b\":1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":nan,\"b\":1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":True,\"b\":1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":Infinity}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":+1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":.5,\"b\":1}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":x}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":'x'}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":truth}", BAD "expected a value", 5) },
	{ WRONG("{\"a\":[1,]}", BAD "expected a value", 8) },
	{ WRONG("{\"a\":[,1]}", BAD "expected a value", 6) },
	{ WRONG("{\"a\":truex,\"b\":1}", BAD "expected ',' or '}'", 9) },
	{ WRONG("{\"a\":01,\"b\":1}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":00.5,\"b\":1}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":-01}", BAD "expected ',' or '}'", 7) },
	{ WRONG("{\"a\":0x10}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":1_000}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":1.5.5,\"b\":1}", BAD "expected ',' or '}'", 8) },
	{ WRONG("{\"a\":1-2}", BAD "expected ',' or '}'", 6) },
	{ WRONG("{\"a\":-Infinity}", BAD "bad number", 6) },
	{ WRONG("{\"a\":-,\"b\":1}", BAD "bad number", 6) },
	{ WRONG("{\"a\":1.,\"b\":1}", BAD "bad number", 7) },
	{ WRONG("{\"a\":-.5}", BAD "bad number", 6) },
	{ WRONG("{\"a\":1e,\"b\":1}", BAD "bad number", 7) },
	{ WRONG("{\"a\":1e+}", BAD "bad number", 8) },
	{ WRONG("{\"a\":1.e5}", BAD "bad number", 7) },
	{ WRONG("{\"a\":--1}", BAD "bad number", 6) },
	{ WRONG("{\"a\":[1}", BAD "expected ',' or a closing bracket", 7) },
	{ WRONG("{\"a\":{\"b\":1]}", BAD "expected ',' or a closing bracket", 11) },
	{ WRONG("{\"a\":[1 2]}", BAD "expected ',' or a closing bracket", 8) },
	{ WRONG("{\"a\":{b:1}}", BAD "expected a name in quotes", 6) },
	{ WRONG("{\"a\":{\"b\" 1}}", BAD "expected ':'", 10) },
	{ WRONG("{\"a\":{\"b\":1,}}", BAD "expected a name in quotes", 12) },
	{ WRONG("{\"a\":\"\\x\",\"b\":1}", BAD "bad escape in a text", 7) },
	{ WRONG("{\"a\":\"\\\0\",\"b\":1}", BAD "bad escape in a text", 7) },
	{ WRONG("{\"a\":\"\\'\"}", BAD "bad escape in a text", 7) },
	{ WRONG("{\"a\":\"\\U0041\"}", BAD "bad escape in a text", 7) },
	{ WRONG("{\"a\":\"\\u12g4\"}", BAD "bad escape in a text", 6) },
	{ WRONG("{\"a\":\"\\u123\",\"b\":1}", BAD "bad escape in a text", 6) },
	{ WRONG("{\"\\q\":1}", BAD "bad escape in a text", 3) },
	{ WRONG("{\"a\":\"\\ud83d\",\"b\":1}", BAD "half of a surrogate pair in a text", 6) },
	{ WRONG("{\"a\":\"\\ud83dxxxxxx\"}", BAD "half of a surrogate pair in a text", 6) },
	{ WRONG("{\"a\":\"\\ud83d\\n\"}", BAD "half of a surrogate pair in a text", 6) },
	{ WRONG("{\"a\":\"\\ud83d\\u0041\"}", BAD "half of a surrogate pair in a text", 6) },
	{ WRONG("{\"a\":\"\\ud83d\\ud83d\"}", BAD "half of a surrogate pair in a text", 6) },
	{ WRONG("{\"a\":\"\\ude00\\ud83d\"}", BAD "half of a surrogate pair in a text", 6) },
	{ WRONG("{\"a\":\"x\ty\",\"b\":1}", BAD "control character in a text", 7) },
	{ WRONG("{\"a\":\"\x1f\",\"b\":1}", BAD "control character in a text", 6) },
	{ WRONG("{\"a\":\"x\0y\",\"b\":1}", BAD "control character in a text", 7) },
	{ WRONG("{\"a\0\":1}", BAD "control character in a text", 3) },
	{ WRONG("{\"a\":\"x\ry\"}", BAD "control character in a text", 7) },
	{ WRONG("{\"a\":\"\xff\",\"b\":1}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\x80\",\"b\":1}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xc0\xaf\",\"b\":1}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xc1\xbf\",\"b\":1}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xe0\x9f\xbf\"}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xf0\x8f\xbf\xbf\"}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xed\xa0\x80\",\"b\":1}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xf4\x90\x80\x80\"}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xf5\x80\x80\x80\"}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xe2\x82\",\"b\":1}", BAD "not UTF-8", 6) },
	{ WRONG("{\"a\":\"\xc3", "record is cut off", 7) },
	{ WRONG("{\"\xff\":1}", BAD "not UTF-8", 2) },
	/* Behind what one vector holds. */
	{ WRONG("{\"a\":\"0123456789012345678901234567890123456789\t\",\"b\":1}",
		BAD "control character in a text", 46) },
	{ WRONG("{\"a\":\"0123456789012345678901234567890123456789\xff\",\"b\":1}", BAD "not UTF-8",
		46) },
	{ WRONG("{\"a\":\"0123456789012345678901234567890123456789\\x\",\"b\":1}",
		BAD "bad escape in a text", 47) },
	{ WRONG("{\"a\":\"0123456789012345678901234567890123456789\"\",\"b\":1}",
		BAD "expected ',' or '}'", 47) },
	{ WRONG("{\"a\":\"0123456789012345678901234567890123456789\"x\"\",\"b\":1}",
		BAD "expected ',' or '}'", 47) },
	{ WRONG("{\"a\":12345678901234567890123456789012x,\"b\":1}", BAD "expected ',' or '}'",
		37) },
	{ WRONG("{\"a\":-12345678901234567890123456789012x,\"b\":1}", BAD "expected ',' or '}'",
		38) },
	{ WRONG("{\"a\":123456789012345678901234567890123456789x,\"b\":1}",
		BAD "expected ',' or '}'", 44) },
	{ WRONG("\xff\xfe{\0\"\0", "UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it", 0) },
	{ WRONG("\xfe\xff\0{\0\"", "UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it", 0) },
};

enum { CORPUS = sizeof corpus / sizeof *corpus };

static const char *const layouts[] = {
	"{\"a\":1,\"b\":2}\n",
	"{\"a\":\"x,\\\"\",\"b\":-2.5}\n",
	"{\"b\":true,\"a\":[1,2]}\n",
	"{}\n",
	" {\"c\" : \"\xc3\xa9\" , \"a\" : 1 }\r\n",
	"\r\n",
	"{\"a\":null}\n",
};

enum { LAYOUTS = sizeof layouts / sizeof *layouts };

/* A generator of our own, so that a failure comes again (Steele, Lea & Flood's splitmix64). */
static uint64_t draw(uint64_t *state)
{
	uint64_t x = *state += 0x9e3779b97f4a7c15;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

static void add_line(struct buf *b, struct slice line)
{
	buf_add(b, line);
	buf_byte(b, '\n');
}

static void add_times(struct buf *b, char c, size_t n)
{
	memset(buf_room(b, n), c, n);
	b->len += n;
}

static void assert_agreement(const struct buf *stream, size_t size, size_t skew)
{
	struct buf notes;

	assert_true(judge_ways_agree(buf_slice(stream), size, skew, "a,b", &notes));
	assert_true(judge_approves(buf_slice(stream), notes.at));
	buf_free(&notes);
}

static void each_line_has_its_verdict(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < CORPUS; i++) {
		struct buf line = { 0 };
		add_line(&line, corpus[i].line);
		assert_int_equal(judge_line(corpus[i].line), !corpus[i].what);
		for (int way = 0; way < JUDGE_WAYS; way++) {
			struct slice block = judge_copy(buf_slice(&line), 0);
			struct fields fields = { 0 };
			struct scan s;
			scan_init(&s, &fields, (enum scan_way)way);
			scan_block(&s, block);
			assert_int_equal(scan_next(&s), corpus[i].what ? SCAN_BAD : SCAN_RECORD);
			assert_true(slice_equal(s.line, corpus[i].line));
			if (corpus[i].what) {
				assert_string_equal(s.fault.what, corpus[i].what);
				assert_int_equal(s.fault.at, corpus[i].at);
			}
			assert_int_equal(scan_next(&s), SCAN_DONE);
			assert_int_equal(s.lines, 1);
			scan_free(&s);
			fields_free(&fields);
			free((char *)block.at);
		}
		buf_free(&line);
	}
}

static enum kind kind_of(const json_t *json)
{
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		return KIND_OBJECT;
	case JSON_ARRAY:
		return KIND_ARRAY;
	case JSON_STRING:
		return KIND_TEXT;
	case JSON_TRUE:
		return KIND_TRUE;
	case JSON_FALSE:
		return KIND_FALSE;
	case JSON_NULL:
		return KIND_NULL;
	default:
		return KIND_NUMBER;
	}
}

/* The spans, parsed one by one, are the object's members. */
static void assert_values(const struct scan *s, const char *name, json_t *member)
{
	uint32_t slot = shape_slot(s->shape, map_find(&s->fields->names, slice_of(name)));
	struct value v;
	json_t *alone;

	assert_int_not_equal(slot, SLOT_NONE);
	v = s->value[slot];
	alone = json_loadb(v.at, v.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
	assert_non_null(alone);
	assert_true(json_equal(alone, member));
	assert_int_equal(v.kind, kind_of(member));
	/* Blanks round a value do not belong to it. */
	assert_false(json_is_blank(v.at[0]) || json_is_blank(v.at[v.len - 1]));
	json_decref(alone);
}

static void values_are_those_of_jansson(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < CORPUS * JUDGE_WAYS; i++) {
		struct slice line = corpus[i / JUDGE_WAYS].line, block;
		json_t *json = json_loadb(line.at, line.len, JSON_ALLOW_NUL, NULL), *member;
		struct buf twice = { 0 };
		struct fields fields = { 0 };
		struct scan s;
		const char *name;
		if (!json_is_object(json) || memchr(line.at, 0, line.len)) {
			json_decref(json);
			continue;
		}
		/* Again, so that the second is read by the shape of the first. */
		add_line(&twice, line);
		add_line(&twice, line);
		block = judge_copy(buf_slice(&twice), 0);
		json_object_foreach(json, name, member) fields_add(&fields, slice_of(name));
		scan_init(&s, &fields, (enum scan_way)(i % JUDGE_WAYS));
		scan_block(&s, block);
		while (scan_next(&s) == SCAN_RECORD)
			json_object_foreach(json, name, member) assert_values(&s, name, member);
		assert_int_equal(s.lines, 2);
		scan_free(&s);
		fields_free(&fields);
		json_decref(json);
		buf_free(&twice);
		free((char *)block.at);
	}
}

/* The first record's length moves all others over the 64-byte borders. */
static void neighbours_are_not_disturbed(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < CORPUS; i++)
		for (size_t shift = 0; shift <= 70; shift++) {
			struct buf b = { 0 };
			buf_add(&b, SLICE("{\"a\":\""));
			add_times(&b, 'x', shift);
			buf_add(&b, SLICE("\",\"b\":1}\n"));
			for (size_t k = 0; k < 3; k++) {
				buf_add(&b, slice_of(layouts[(i + k) % LAYOUTS]));
				add_line(&b, corpus[i].line);
			}
			buf_add(&b, slice_of(layouts[0]));
			assert_agreement(&b, shift & 1 ? SIZE_MAX / 2 : shift, shift % 33);
			buf_free(&b);
		}
}

static void layouts_may_alternate(void **unused)
{
	uint64_t state = 1;

	(void)unused;
	for (size_t round = 0; round < 40; round++) {
		struct buf b = { 0 };
		size_t size = draw(&state) % 3 ? draw(&state) % 70000 : SIZE_MAX / 2;
		while (b.len < 120000) {
			uint64_t x = draw(&state);
			if (x % 8)
				buf_add(&b, slice_of(layouts[x / 8 % (round % LAYOUTS + 1)]));
			else
				add_line(&b, corpus[x / 8 % CORPUS].line);
		}
		assert_agreement(&b, size, round % 64);
		buf_free(&b);
	}
}

/* More layouts than are remembered, in turn and at random. */
static void layouts_may_be_many(void **unused)
{
	uint64_t state = 2;
	struct buf b = { 0 };

	(void)unused;
	for (size_t i = 0; i < 2000; i++) {
		uint64_t which = i < 1000 ? i % 12 : draw(&state) % 12;
		buf_printf(&b, "{\"a\":%zu,\"x%d\":\"\",\"b\":[%zu,2]}\n", i, (int)which, i);
	}
	assert_agreement(&b, 5000, 3);
	buf_free(&b);
}

static void records_may_be_longer_than_an_index(void **unused)
{
	static const size_t around[] = { MATCH_RUN - 1, MATCH_RUN, MATCH_RUN + 1, 3 * MATCH_RUN };

	(void)unused;
	for (size_t i = 0; i < 4; i++)
		for (size_t lead = 0; lead < 3; lead++) {
			struct buf b = { 0 };
			for (size_t k = 0; k < lead; k++)
				buf_add(&b, SLICE("{\"a\":\"\",\"b\":1}\n"));
			for (size_t k = 0; k < 3; k++) {
				buf_add(&b, SLICE("{\"a\":\""));
				add_times(&b, ',', around[i] - 15 - k);
				buf_add(&b, SLICE("\",\"b\":1}\n{\"a\":2,\"b\":3}\n"));
			}
			assert_agreement(&b, SIZE_MAX / 2, lead);
			buf_free(&b);
		}
}

/* An index ends in the middle of a line, at each of its bytes. */
static void indexes_end_anywhere(void **unused)
{
	(void)unused;
	for (size_t shift = 0; shift < 40; shift++) {
		struct buf b = { 0 };
		buf_add(&b, SLICE("{\"a\":\""));
		add_times(&b, 'x', MATCH_RUN - 50 + shift);
		buf_add(&b, SLICE("\",\"b\":1}\n"));
		for (size_t k = 0; k < 6; k++)
			buf_add(&b, SLICE("{\"a\":\"\\\",\",\"b\":1}\n"));
		add_times(&b, '\n', MATCH_RUN);
		buf_add(&b, SLICE("{\"a\":\"y\",\"b\":1}\n"));
		assert_agreement(&b, SIZE_MAX / 2, 0);
		buf_free(&b);
	}
}

static void records_may_have_many_members(void **unused)
{
	static const int around[] = { SHAPE_MEMBERS - 1, SHAPE_MEMBERS, SHAPE_MEMBERS + 1, 20000 };
	struct buf b = { 0 };

	(void)unused;
	for (size_t i = 0; i < 8; i++) {
		for (int k = 0; k < around[i / 2]; k++)
			buf_printf(&b, "%c\"%d\":%d", k ? ',' : '{', k, k);
		buf_add(&b, SLICE("}\n{\"a\":1,\"b\":2}\n"));
	}
	assert_agreement(&b, SIZE_MAX / 2, 0);
	buf_free(&b);
}

static void names_may_be_long(void **unused)
{
	static const size_t around[] = { 30, 31, 32, 33, 63, 64, 65, 1000, SHAPE_TEXT - 10,
		SHAPE_TEXT + 10 };

	(void)unused;
	for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
		struct buf b = { 0 };
		for (size_t k = 0; k < 3; k++) {
			buf_add(&b, SLICE("{\"a\":1,\""));
			add_times(&b, 'n', around[i]);
			/* Long pieces that differ in their last byte only. */
			buf_printf(&b, "%zu\":2}\n", k & 1);
		}
		assert_agreement(&b, SIZE_MAX / 2, 0);
		buf_free(&b);
	}
}

/* The last line begins as a known one with a long piece does, and the block ends there. */
static void long_pieces_are_not_read_past_the_end(void **unused)
{
	static const char *const known[] = {
		"{\"a\":1}%*s\n",
		"{\"a\":1,\"b%*s\":2}\n",
		"{%*s}\n",
		"{%*s\"a\":1}\n",
	};

	(void)unused;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		for (int kept = 32; kept < 100; kept++) {
			struct buf b = { 0 };
			struct slice first;
			buf_printf(&b, known[i], 200, "");
			first = (struct slice){ b.at, (size_t)kept };
			buf_room(&b, 200);
			first.at = b.at;
			buf_add(&b, first);
			buf_byte(&b, '\n');
			assert_agreement(&b, SIZE_MAX / 2, 0);
			buf_free(&b);
		}
}

/* An even run of backslashes before a quote ends the text, an odd one does not. */
static void backslashes_cross_borders(void **unused)
{
	(void)unused;
	for (size_t n = 0; n < 140; n++)
		for (size_t shift = 0; shift < 64; shift += n % 7 + 1) {
			struct buf b = { 0 };
			buf_add(&b, SLICE("{\"a\":1,\"b\":2}\n{\"a\":\""));
			add_times(&b, 'x', shift);
			add_times(&b, '\\', n);
			buf_add(&b,
				SLICE("\",\"b\":2}\n{\"a\":\",\",\"b\":3}\n{\"a\":4,\"b\":\"\\\\\"}\n"));
			assert_int_equal(
				judge_line((struct slice){ b.at + 14, shift + n + 15 }), !(n & 1));
			assert_agreement(&b, SIZE_MAX / 2, 0);
			buf_free(&b);
		}
}

/* Whatever a bad line leaves open, the next one begins outside of any text. */
static void open_texts_end_with_their_line(void **unused)
{
	static const char *const open[] = {
		"{\"a\":\"x,y",
		"{\"a\":\"x\\",
		"{\"a\":\"x\\\"",
		"{\"a",
		"\"",
		"\\",
		"\\\"",
		"\"\\",
		"{\"a\":\\\"1,\"b\":2}",
		"{\"a\":1,\"b\":\"}",
	};

	(void)unused;
	for (size_t i = 0; i < sizeof open / sizeof *open; i++)
		for (size_t shift = 0; shift <= 128; shift++) {
			struct buf b = { 0 };
			buf_add(&b, SLICE("{\"a\":\","));
			add_times(&b, 'x', shift);
			buf_add(&b, SLICE("\",\"b\":2}\n"));
			for (size_t k = 0; k < 2; k++) {
				add_line(&b, slice_of(open[i]));
				buf_add(&b,
					SLICE("{\"a\":\",\\\",\",\"b\":\"\"}\n{\"a\":1,\"b\":2}\n"));
			}
			assert_agreement(&b, SIZE_MAX / 2, 0);
			buf_free(&b);
		}
}

/* The commas outside of texts and the LFs of lines of which none ends within a text. */
static size_t separators_of(struct slice lines, uint16_t *to)
{
	bool text = false;
	size_t n = 0;

	for (size_t i = 0; i < lines.len; i++) {
		if (text && lines.at[i] == '\\')
			i++;
		else if (lines.at[i] == '"')
			text = !text;
		else if (!text && (lines.at[i] == ',' || lines.at[i] == '\n'))
			to[n++] = (uint16_t)i;
	}
	return n;
}

static void assert_index(const struct match *fast, const struct buf *lines)
{
	static uint16_t got[MATCH_RUN + VECTOR_SPARE], wanted[MATCH_RUN];
	struct slice block = judge_copy(buf_slice(lines), 0);
	const char *end = block.at + block.len;
	size_t n = separators_of(block, wanted);

	assert_int_equal(fast->index(block.at, &end, got), n);
	assert_ptr_equal(end, block.at + block.len);
	assert_memory_equal(got, wanted, n * sizeof *wanted);
	free((char *)block.at);
}

/* An index that is wrong costs time only, so that nothing else would tell. */
static void indexes_are_right(void **unused)
{
	static const enum vector sets[] = { VECTOR_AVX512, VECTOR_AVX2, VECTOR_SSE4 };
	uint64_t state = 3;

	(void)unused;
	for (size_t round = 0; round < 4000; round++) {
		static const char *const parts[] = { "\\\\", "\\\\", ",", "\\\"" };
		const struct match *fast = match_with(vector_best(sets[round % 3]));
		struct buf b = { 0 };
		while (b.len < round % 400) {
			buf_add(&b, SLICE("{\"a,\":\""));
			for (size_t n = draw(&state) % 90; n; n--)
				buf_add(&b, slice_of(parts[draw(&state) % 4]));
			add_times(&b, 'x', draw(&state) % 100);
			buf_add(&b, SLICE("\",\"b\":1,\"c\":[1,2]}\n\n"));
		}
		if (fast && b.len)
			assert_index(fast, &b);
		buf_free(&b);
	}
}

static void an_index_ends_where_a_text_is_cut(void **unused)
{
	static const char lines[] = "{\"a\":1,\"b\":\"x,\n{\"a\":1,\"b\":2}\n";
	static const enum vector sets[] = { VECTOR_AVX512, VECTOR_AVX2, VECTOR_SSE4 };
	uint16_t separator[sizeof lines + VECTOR_SPARE];

	(void)unused;
	for (size_t i = 0; i < 3; i++) {
		const struct match *fast = match_with(vector_best(sets[i]));
		struct slice block = judge_copy(slice_of(lines), 0);
		const char *end = block.at + block.len;
		if (fast) {
			assert_int_equal(fast->index(block.at, &end, separator), 2);
			assert_ptr_equal(end, block.at + 15);
			assert_int_equal(separator[0], 6);
			assert_int_equal(separator[1], 14);
		}
		free((char *)block.at);
	}
}

/* Once a layout is known its records are not taken apart again, whatever stands between them. */
static void known_layouts_are_recognised(void **unused)
{
	static const char lines[] =
		"{\"a\":1,\"b\":2}\n{}\n{\"a\":[1,2]}\n{\"a\":\",\\\"\",\"b\":\"\\\\\"}\n{}\n"
		"{\"a\":[]}\n{\"a\":1,\"b\":null}\nbad,\"\n{\"a\":1,\"b\":2e1}\n\n{}\n{\"a\":{\"b\":1,\"c\":\"}\"}}\n"
		"{\"a\":1,\"b\":2}\n{\"a\":1\n{\"a\":0,\"b\":\"\xc3\xa9\"}\n{}\n{\"a\":7,\"b\":8}\n";

	(void)unused;
	for (int way = SCAN_FAST; way <= SCAN_PLAIN; way++) {
		struct slice block = judge_copy(slice_of(lines), 0);
		struct fields fields = { 0 };
		enum scan_found found;
		struct scan s;
		int records = 0;
		scan_init(&s, &fields, (enum scan_way)way);
		scan_block(&s, block);
		while ((found = scan_next(&s)) != SCAN_DONE)
			if (found == SCAN_RECORD && ++records > 3)
				assert_ptr_not_equal(s.shape, &s.loose);
		assert_int_equal(records, 14);
		scan_free(&s);
		fields_free(&fields);
		free((char *)block.at);
	}
}

/* A shape that meets its first object divides its values otherwise from then on. */
static void a_shape_learns_that_values_are_nested(void **unused)
{
	static const char lines[] =
		"{\"a\":1,\"b\":2}\n{\"a\":[1,2],\"b\":2}\n{\"a\":[3,4],\"b\":{\"c\":[]}}\n";

	(void)unused;
	for (int way = SCAN_FAST; way <= SCAN_PLAIN; way++) {
		struct slice block = judge_copy(slice_of(lines), 0);
		struct fields fields = { 0 };
		struct scan s;
		scan_init(&s, &fields, (enum scan_way)way);
		scan_block(&s, block);
		assert_int_equal(scan_next(&s), SCAN_RECORD);
		assert_int_equal(scan_next(&s), SCAN_RECORD);
		assert_int_equal(scan_next(&s), SCAN_RECORD);
		assert_ptr_not_equal(s.shape, &s.loose);
		scan_free(&s);
		fields_free(&fields);
		free((char *)block.at);
	}
}

static void a_record_has_the_depth_that_jansson_allows(void **unused)
{
	static const char *const within[][3] = {
		{ "[", "", "]" },
		{ "[", "1", "]" },
		{ "[", "\"x\"", "]" },
		{ "{\"a\":", "null", "}" },
		{ "[", "{}", "]" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof within / sizeof *within; i++)
		for (size_t depth = JSON_DEPTH - 3; depth < JSON_DEPTH + 2; depth++) {
			struct buf b = { 0 };
			buf_add(&b, SLICE("{\"a\":"));
			for (size_t k = 0; k < depth; k++)
				buf_add(&b, slice_of(within[i][0]));
			buf_add(&b, slice_of(within[i][1]));
			for (size_t k = 0; k < depth; k++)
				buf_add(&b, slice_of(within[i][2]));
			buf_add(&b, SLICE("}\n"));
			assert_agreement(&b, SIZE_MAX / 2, 0);
			buf_free(&b);
		}
}

static void a_million_brackets_are_refused(void **unused)
{
	struct buf b = { 0 }, notes;

	(void)unused;
	buf_add(&b, SLICE("{\"a\":"));
	add_times(&b, '[', 1000000);
	buf_byte(&b, '\n');
	assert_true(judge_ways_agree(buf_slice(&b), SIZE_MAX / 2, 0, "a", &notes));
	assert_string_equal(
		notes.at, "1: 0+1000005 bad 2052 not a JSON object: nested deeper than 2048\n");
	buf_free(&notes);
	buf_free(&b);
}

static void assert_notes(const char *stream, size_t size, const char *list, const char *wanted)
{
	struct buf notes;

	assert_true(judge_ways_agree(slice_of(stream), size, 0, list, &notes));
	assert_string_equal(notes.at, wanted);
	buf_free(&notes);
}

static void blank_lines_count_as_lines_only(void **unused)
{
	(void)unused;
	assert_notes("\n \t\r\n{\"a\":1}\n\n{\"a\":2}\n\r\nx\n\n{\"a\":3}\n", 0, "b",
		"3: 5+7  5+1/4 fields -1 list 0\n"
		"5: 14+7  5+1/4 fields -1 list 0\n"
		"7: 24+1 bad 0 not a JSON object\n"
		"9: 27+7  5+1/4 fields -1 list 0\n");
}

static void fields_are_found_by_what_names_mean(void **unused)
{
	(void)unused;
	assert_notes(
		"{\"b\":1,\"a\":2}\n{\"\\u0061\":3}\n{\"a\":4,\"b\":5,\"\\u0061\":6}\n{\"A\":1}\n",
		SIZE_MAX / 2, "a,b,\xc3\xa9",
		"1: 0+13  5+1/4 11+1/4 fields 1 0 -1 list 0 1 2\n"
		"2: 14+12  10+1/4 fields 0 -1 -1 list 0 1 2\n"
		"3: 27+24  5+1/4 11+1/4 22+1/4 fields 2 1 -1 list 0 1 2\n"
		"4: 52+7  5+1/4 fields -1 -1 -1 list 0 1 2\n");
}

/* A name that is asked for is picked where it is missing too, one that a pattern found is not. */
static void patterns_pick_what_each_layout_has(void **unused)
{
	(void)unused;
	assert_notes(
		"{\"t\":1,\"x_kw\":2}\n{\"y_kw\":1,\"t\":2,\"x_kw\":3}\n{\"t\":1,\"x_kw\":2}\n{\"u\":1}\n",
		SIZE_MAX / 2, "*_kw,u,x*",
		"1: 0+16  5+1/4 14+1/4 fields -1 1 list 1 0\n"
		"2: 17+25  8+1/4 14+1/4 23+1/4 fields -1 2 0 list 2 1 0\n"
		"3: 43+16  5+1/4 14+1/4 fields -1 1 -1 list 1 0\n"
		"4: 60+7  5+1/4 fields 0 -1 -1 list 0\n");
}

/* The table of fields is full; what is in it is still found, by every way. */
static void patterns_have_a_limit_that_all_ways_share(void **unused)
{
	struct buf b = { 0 }, notes;
	size_t bad = 0;

	(void)unused;
	for (int i = 0; i < 70; i++) {
		for (int k = 0; k < 1000; k++)
			buf_printf(&b, "%c\"%d\":0", k ? ',' : '{', i * 1000 + k);
		buf_add(&b, SLICE("}\n{\"t\":1}\n"));
	}
	assert_true(judge_ways_agree(buf_slice(&b), SIZE_MAX / 2, 0, "*", &notes));
	for (const char *p = notes.at; (p = strstr(p, "bad 0 more than 65536 different names")); p++)
		bad++;
	/* 65 records of a thousand names and "t" fit into 65536. */
	assert_int_equal(bad, 5);
	buf_free(&notes);
	buf_free(&b);
}

static void lines_beyond_the_limit_are_bad(void **unused)
{
	static const char lines[] =
		"{\"a\":1}\n{\"a\":22}\n{\"a\":333}\n{\"a\":4}\n           \n{\"a\":5}  \n";

	(void)unused;
	for (int way = 0; way < JUDGE_WAYS; way++) {
		static const enum scan_found wanted[] = {
			SCAN_RECORD,
			SCAN_RECORD,
			SCAN_BAD,
			SCAN_RECORD,
			SCAN_BAD,
			SCAN_BAD,
			SCAN_DONE,
		};
		struct slice block = judge_copy(slice_of(lines), 0);
		struct fields fields = { 0 };
		struct scan s;
		scan_init(&s, &fields, (enum scan_way)way);
		s.max_line = 8;
		scan_block(&s, block);
		for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
			assert_int_equal(scan_next(&s), wanted[i]);
			if (wanted[i] == SCAN_BAD) {
				assert_int_equal(s.fault.at, 8);
				assert_string_equal(
					s.fault.what, "the line is longer than --max-line allows");
			}
		}
		assert_int_equal(s.lines, 6);
		scan_free(&s);
		fields_free(&fields);
		free((char *)block.at);
	}
}

/* J21: as after four thousand million lines. */
static void lines_are_counted_beyond_32_bits(void **unused)
{
	const uint64_t many = UINT32_MAX;

	(void)unused;
	for (int way = 0; way < JUDGE_WAYS; way++) {
		struct slice block = judge_copy(SLICE("{\"a\":1}\n\n{\"a\":2}\n"), 0);
		struct fields fields = { 0 };
		struct scan s;
		scan_init(&s, &fields, (enum scan_way)way);
		s.lines = many;
		scan_block(&s, block);
		assert_int_equal(scan_next(&s), SCAN_RECORD);
		assert_true(s.lines == many + 1);
		assert_int_equal(scan_next(&s), SCAN_RECORD);
		assert_true(s.lines == many + 3);
		scan_free(&s);
		fields_free(&fields);
		free((char *)block.at);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_line_has_its_verdict),
		cmocka_unit_test(values_are_those_of_jansson),
		cmocka_unit_test(neighbours_are_not_disturbed),
		cmocka_unit_test(layouts_may_alternate),
		cmocka_unit_test(layouts_may_be_many),
		cmocka_unit_test(records_may_be_longer_than_an_index),
		cmocka_unit_test(indexes_end_anywhere),
		cmocka_unit_test(records_may_have_many_members),
		cmocka_unit_test(names_may_be_long),
		cmocka_unit_test(long_pieces_are_not_read_past_the_end),
		cmocka_unit_test(backslashes_cross_borders),
		cmocka_unit_test(open_texts_end_with_their_line),
		cmocka_unit_test(indexes_are_right),
		cmocka_unit_test(an_index_ends_where_a_text_is_cut),
		cmocka_unit_test(known_layouts_are_recognised),
		cmocka_unit_test(a_shape_learns_that_values_are_nested),
		cmocka_unit_test(a_record_has_the_depth_that_jansson_allows),
		cmocka_unit_test(a_million_brackets_are_refused),
		cmocka_unit_test(blank_lines_count_as_lines_only),
		cmocka_unit_test(fields_are_found_by_what_names_mean),
		cmocka_unit_test(patterns_pick_what_each_layout_has),
		cmocka_unit_test(patterns_have_a_limit_that_all_ways_share),
		cmocka_unit_test(lines_beyond_the_limit_are_bad),
		cmocka_unit_test(lines_are_counted_beyond_32_bits),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
