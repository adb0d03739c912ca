/* What is equal has one spelling, and spellings have one order. The rows are from RFC 8259 and from
 * arithmetic. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "record/canon.h"

/* Values of one line are equal; the lines are in their order. */
static const char *const classes[][6] = {
	{ "null" },
	{ "false" },
	{ "true" },
	{ "-5e500", "-0.5e501" },
	{ "-1e400", "-10e399" },
	{ "-2e311", "-20e310" },
	{ "-9e310", "-0.9e311" },
	{ "-123456789012345678901", "-1.23456789012345678901e20" },
	{ "-1.5", "-15e-1", "-1.50" },
	{ "-0.001", "-1e-3", "-1E-03" },
	{ "-2e-401", "-20e-402" },
	{ "-1e-401", "-0.1e-400" },
	{ "-3e-402", "-0.3e-401" },
	{ "0", "-0", "0.0", "0e5", "-0.0e-7", "0E400" },
	{ "1e-999999999999999999", "10e-1000000000000000000" },
	{ "3e-402", "0.3e-401" },
	{ "1e-401", "0.1e-400" },
	{ "2e-401", "20e-402" },
	{ "1e-400", "10e-401", "0.1e-399" },
	{ "0.0001", "1e-4", "0.00010" },
	{ "1", "1.0", "1e0", "10e-1", "0.1e1", "1E+0" },
	{ "9007199254740992", "9007199254740992.0" },
	{ "9007199254740993", "9007199254740993.0", "9.007199254740993e15" },
	{ "123456789012345678", "1234567890123456780e-1" },
	{ "100000000000000000000", "1e20", "1.0e20", "10e19" },
	{ "100000000000000000000.5", "1000000000000000000005e-1" },
	{ "12345678901234567890123", "1.2345678901234567890123e22" },
	{ "9e310", "0.9e311" },
	{ "2e311", "20e310" },
	{ "1e400", "10e399", "100e398" },
	{ "5e500", "0.5e501" },
	{ "12e1006", "12000000e1000", "1.2e1007", "0.0012e1010" },
	{ "1e999999999999999998", "10e999999999999999997" },
	{ "1e999999999999999999", "0.1e1000000000000000000" },
	{ "\"\"" },
	{ "\"\\u0000\"" },
	{ "\"\\n\"", "\"\\u000a\"", "\"\\u000A\"" },
	{ "\"/\"", "\"\\/\"", "\"\\u002f\"" },
	{ "\"a\"", "\"\\u0061\"" },
	{ "\"ab\"", "\"a\\u0062\"" },
	{ "\"b\"" },
	{ "\"\\u00e4\"", "\"\xc3\xa4\"" },
	{ "\"\\ud83d\\ude00\"", "\"\xf0\x9f\x98\x80\"" },
	{ "[1]" },
	{ "{\"a\":1}" },
};

enum { CLASSES = sizeof classes / sizeof *classes };

static enum kind kind_of(const char *json)
{
	switch (*json) {
	case 'n':
		return KIND_NULL;
	case 't':
		return KIND_TRUE;
	case 'f':
		return KIND_FALSE;
	case '"':
		return KIND_TEXT;
	case '{':
		return KIND_OBJECT;
	case '[':
		return KIND_ARRAY;
	default:
		return KIND_NUMBER;
	}
}

static struct slice spelling(const char *json, struct buf *to)
{
	struct buf scratch = { 0 };
	struct value v = { json, (uint32_t)strlen(json), kind_of(json) };

	to->len = 0;
	buf_add(to, canon_of(v, &scratch));
	buf_free(&scratch);
	return buf_slice(to);
}

static int sign(int64_t x)
{
	return (x > 0) - (x < 0);
}

/* Eight at a time, until they differ. */
static void compare_bytes(struct slice p, struct slice q, int order)
{
	struct canon_bytes x = { 0 }, y = { 0 };

	for (size_t from = 0; x.bytes == y.bytes; from += 8) {
		x = y = (struct canon_bytes){ .skip = from };
		if (!canon_bytes(&x, p) || !canon_bytes(&y, q))
			return;
		x.bytes <<= 8 * (8 - x.n);
		y.bytes <<= 8 * (8 - y.n);
		assert_true(from < 64);
	}
	if ((x.bytes < y.bytes) != (order < 0))
		fail_msg("the bytes of %.*s and %.*s have another order", (int)p.len, p.at,
			(int)q.len, q.at);
}

static void compare(const char *a, const char *b, int order)
{
	struct buf x = { 0 }, y = { 0 };
	struct slice p = spelling(a, &x), q = spelling(b, &y);
	int found = canon_compare(p, q);

	if (sign(found) != order)
		fail_msg("%s and %s: %d instead of %d", a, b, found, order);
	if (slice_equal(p, q) != !order)
		fail_msg("%s and %s are spelt %.*s and %.*s", a, b, (int)p.len, p.at, (int)q.len,
			q.at);
	if (order)
		compare_bytes(p, q, order);
	buf_free(&x);
	buf_free(&y);
}

static void equal_values_have_one_spelling(void **state)
{
	(void)state;
	for (size_t c = 0; c < CLASSES; c++)
		for (size_t i = 0; i < 6 && classes[c][i]; i++)
			for (size_t k = 0; k < 6 && classes[c][k]; k++)
				compare(classes[c][i], classes[c][k], 0);
}

static void others_have_an_order(void **state)
{
	(void)state;
	for (size_t c = 0; c < CLASSES; c++)
		for (size_t d = 0; d < c; d++)
			for (size_t i = 0; i < 6 && classes[c][i]; i++) {
				compare(classes[d][0], classes[c][i], -1);
				compare(classes[c][i], classes[d][0], 1);
			}
}

static void a_missing_value_is_null(void **state)
{
	struct buf scratch = { 0 };

	(void)state;
	assert_true(slice_equal(canon_of((struct value){ 0 }, &scratch), SLICE("null")));
	buf_free(&scratch);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_values_have_one_spelling),
		cmocka_unit_test(others_have_an_order),
		cmocka_unit_test(a_missing_value_is_null),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
