/* The grammar's parts alone; whole lines are held against jansson in the scanner's tests. */
#include "base/utf8.h"
#include "record/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "../judge.h"
#include "base/buf.h"

static void numbers_end_where_they_end(void **unused)
{
	static const struct {
		struct slice text;
		int end; /* -1: no number */
		size_t at;
	} cases[] = {
		{ SLICE("0,"), 1, 0 },
		{ SLICE("-0}"), 2, 0 },
		{ SLICE("10 "), 2, 0 },
		{ SLICE("1.5\r"), 3, 0 },
		{ SLICE("1e5,"), 3, 0 },
		{ SLICE("1E-05,"), 5, 0 },
		{ SLICE("-1.0e+10]"), 8, 0 },
		{ SLICE("01,"), 1, 0 },
		{ SLICE("1.2.3,"), 3, 0 },
		{ SLICE("1ee5,"), -1, 2 },
		{ SLICE("-,"), -1, 1 },
		{ SLICE("-a"), -1, 1 },
		{ SLICE(".5"), -1, 0 },
		{ SLICE("1."), -1, 2 },
		{ SLICE("1.e5"), -1, 2 },
		{ SLICE("1e+,"), -1, 3 },
		{ SLICE("+1"), -1, 0 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct slice text = cases[i].text, line = judge_copy(text, 0);
		struct json_fault f = { 0 };
		const char *end;
		((char *)line.at)[line.len] = '\n';
		end = json_number(line.at, &f);
		if (cases[i].end >= 0) {
			assert_ptr_equal(end, line.at + cases[i].end);
		} else {
			assert_null(end);
			assert_ptr_equal(f.at, line.at + cases[i].at);
		}
		free((char *)line.at);
	}
}

/* Every byte at every place of a text longer than two words. */
static void each_byte_is_judged_at_each_place(void **unused)
{
	(void)unused;
	for (size_t len = 1; len < 20; len++)
		for (size_t at = 0; at < len; at++)
			for (int byte = 0; byte < 128; byte++) {
				char text[32] = "\"";
				struct json_fault f;
				struct slice line;
				bool plain;
				const char *end;
				memset(text + 1, 'x', len);
				text[1 + at] = (char)byte;
				text[len + 1] = '"';
				text[len + 2] = '\n';
				line = judge_copy((struct slice){ text, len + 3 }, at);
				end = json_text(line.at, &plain, &f);
				if (byte < 0x20) {
					assert_null(end);
					assert_ptr_equal(f.at, line.at + 1 + at);
				} else if (byte == '"') {
					assert_ptr_equal(end, line.at + 2 + at);
				} else if (byte != '\\') {
					assert_ptr_equal(end, line.at + len + 2);
					assert_true(plain);
				} else {
					assert_null(end);
				}
				free((char *)line.at - at);
			}
}

/* By the table of the Unicode Standard: which sequences are well-formed. */
static bool is_utf8(struct slice text)
{
	return utf8_length(text) == text.len;
}

static bool is_character(const unsigned char *c, size_t n)
{
	uint32_t x;

	if (n == 1)
		return c[0] < 0x80;
	for (size_t i = 1; i < n; i++)
		if (c[i] >> 6 != 2)
			return false;
	if (n == 2)
		return c[0] >> 5 == 6 && (c[0] & 0x1f) >= 2;
	if (n == 3) {
		x = (c[0] & 0x0fu) << 12 | (c[1] & 0x3fu) << 6 | (c[2] & 0x3fu);
		return c[0] >> 4 == 14 && x >= 0x800 && (x < 0xd800 || x > 0xdfff);
	}
	x = (c[0] & 0x07u) << 18 | (c[1] & 0x3fu) << 12 | (c[2] & 0x3fu) << 6 | (c[3] & 0x3fu);
	return c[0] >> 3 == 30 && x >= 0x10000 && x <= 0x10ffff;
}

/* All of two bytes; of three and four those with bytes at the borders. */
static void characters_are_utf8(void **unused)
{
	static const unsigned char border[] = {
		0x00,
		0x7f,
		0x80,
		0x8f,
		0x90,
		0x9f,
		0xa0,
		0xbf,
		0xc0,
		0xc1,
		0xc2,
		0xdf,
		0xe0,
		0xe1,
		0xec,
		0xed,
		0xee,
		0xef,
		0xf0,
		0xf1,
		0xf3,
		0xf4,
		0xf5,
		0xf7,
		0xf8,
		0xff,
	};
	enum { BORDERS = sizeof border };
	unsigned char c[4];

	(void)unused;
	for (unsigned i = 0x8000; i < 0x10000; i++) {
		c[0] = (unsigned char)(i >> 8);
		c[1] = (unsigned char)i;
		assert_int_equal(is_utf8((struct slice){ (char *)c, 2 }), is_character(c, 2));
	}
	for (unsigned i = 0; i < BORDERS * BORDERS * BORDERS * BORDERS; i++) {
		c[0] = border[i % BORDERS];
		c[1] = border[i / BORDERS % BORDERS];
		c[2] = border[i / BORDERS / BORDERS % BORDERS];
		c[3] = border[i / BORDERS / BORDERS / BORDERS];
		if (c[0] < 0xe0)
			continue;
		assert_int_equal(is_utf8((struct slice){ (char *)c, 3 }), is_character(c, 3));
		assert_int_equal(is_utf8((struct slice){ (char *)c, 4 }),
			is_character(c, 4) || (is_character(c, 3) && c[3] < 0x80));
	}
	assert_true(is_utf8(SLICE("")));
	assert_true(is_utf8(SLICE("a\0b")));
	assert_false(is_utf8(SLICE("a\xc3")));
}

static void assert_meaning(struct slice quoted, struct slice meant)
{
	struct buf b = { 0 };

	buf_byte(&b, '>');
	json_unquote(&b, quoted);
	assert_true(slice_equal(slice_skip(buf_slice(&b), 1), meant));
	buf_free(&b);
}

static void escapes_mean_what_they_mean(void **unused)
{
	(void)unused;
	assert_meaning(SLICE("\"\""), SLICE(""));
	assert_meaning(SLICE("\"plain \xc3\xa9\""), SLICE("plain \xc3\xa9"));
	assert_meaning(SLICE("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), SLICE("\"\\/\b\f\n\r\t"));
	assert_meaning(SLICE("\"\\u0000\""), SLICE("\0"));
	assert_meaning(SLICE("\"a\\u007fb\""),
		SLICE("a\x7f"
		      "b"));
	assert_meaning(SLICE("\"\\u0080\\u07FF\""), SLICE("\xc2\x80\xdf\xbf"));
	assert_meaning(SLICE("\"\\u0800\\uffff\""), SLICE("\xe0\xa0\x80\xef\xbf\xbf"));
	assert_meaning(SLICE("\"\\ud7ff\\ue000\""), SLICE("\xed\x9f\xbf\xee\x80\x80"));
	assert_meaning(SLICE("\"\\ud800\\udc00\""), SLICE("\xf0\x90\x80\x80"));
	assert_meaning(SLICE("\"x\\uDBFF\\uDFFFy\""), SLICE("x\xf4\x8f\xbf\xbfy"));
	assert_meaning(SLICE("\"\\\\u0041\""), SLICE("\\u0041"));
}

static void assert_quoted(struct slice text, const char *wanted)
{
	struct buf b = { 0 };

	json_quote(&b, text);
	buf_byte(&b, 0);
	assert_string_equal(b.at, wanted);
	buf_free(&b);
}

static void texts_are_quoted(void **unused)
{
	(void)unused;
	assert_quoted(SLICE(""), "\"\"");
	assert_quoted(SLICE("use [kW]/\xc3\xa9"), "\"use [kW]/\xc3\xa9\"");
	assert_quoted(SLICE("\"\\\b\f\n\r\t"), "\"\\\"\\\\\\b\\f\\n\\r\\t\"");
	assert_quoted(SLICE("\0\x01\x1f\x7f"), "\"\\u0000\\u0001\\u001f\x7f\"");
}

/* Each character there is, by jansson and by ourselves. */
static void what_is_quoted_comes_back(void **unused)
{
	(void)unused;
	for (uint32_t x = 0; x < 0x110000; x += x < 0x3000 ? 1 : 97) {
		struct buf escaped = { 0 }, meant = { 0 }, quoted = { 0 }, again = { 0 };
		json_t *json;
		if (x >= 0xd800 && x < 0xe000)
			continue;
		if (x < 0x10000)
			buf_printf(&escaped, "\"\\u%04x\"", x);
		else
			buf_printf(&escaped, "\"\\u%04x\\u%04x\"", 0xd7c0 + (x >> 10),
				0xdc00 + (x & 0x3ff));
		json_unquote(&meant, buf_slice(&escaped));
		json = json_loadb(escaped.at, escaped.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
		assert_non_null(json);
		assert_true(slice_equal(buf_slice(&meant),
			(struct slice){ json_string_value(json), json_string_length(json) }));
		assert_true(is_utf8(buf_slice(&meant)));
		json_quote(&quoted, buf_slice(&meant));
		json_unquote(&again, buf_slice(&quoted));
		assert_true(slice_equal(buf_slice(&again), buf_slice(&meant)));
		json_decref(json);
		buf_free(&escaped);
		buf_free(&meant);
		buf_free(&quoted);
		buf_free(&again);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_end_where_they_end),
		cmocka_unit_test(each_byte_is_judged_at_each_place),
		cmocka_unit_test(characters_are_utf8),
		cmocka_unit_test(escapes_mean_what_they_mean),
		cmocka_unit_test(texts_are_quoted),
		cmocka_unit_test(what_is_quoted_comes_back),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
