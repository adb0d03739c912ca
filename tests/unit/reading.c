/* Values that are known to be in order, and numbers that are known to be one. */
#include "reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

/* Each group is equal by value, and above those before. */
static const char *const ascending[][5] = {
	{ "false" },
	{ "true" },
	{ "-1e999999" },
	{ "-1e308", "-10e307", "-0.1e309" },
	{ "-123456789012345678901234567891" },
	{ "-123456789012345678901234567890", "-12345678901234567890123456789.0e1" },
	{ "-9223372036854775808", "-9223372036854775808.0" },
	{ "-9223372036854775807", "-9.223372036854775807e18" },
	{ "-1", "-1.0", "-1e0", "-10e-1", "-0.001e3" },
	{ "-1e-300" },
	{ "-2e-700" },
	{ "-1e-700" },
	{ "0", "-0", "0.000", "0e99", "-0e-5000" },
	{ "4e-5000" },
	{ "3e-700" },
	{ "1e-600" },
	{ "15e-601", "1.5e-600" },
	{ "1e-20", "0.00000000000000000001" },
	{ "0.1", "0.10", "1e-1" },
	{ "0.1000000000000000000000000000001", "0.10000000000000000000000000000010" },
	{ "0.3" },
	{ "0.30000000000000000001" },
	{ "36.1", "36.10", "361e-1" },
	{ "9007199254740992", "9007199254740992.000" },
	{ "9007199254740993" },
	{ "9223372036854775807" },
	{ "9223372036854775808" },
	{ "1e280", "10e279" },
	{ "1e281", "10e280", "0.1e282" },
	{ "1e308" },
	{ "1e400" },
	{ "1e401" },
	{ "\"\"" },
	{ "\"a\"", "\"\\u0061\"" },
	{ "\"a b\"" },
	{ "\"b\"" },
};

enum { GROUPS = sizeof ascending / sizeof *ascending };

static struct value value_of(const char *text)
{
	enum kind kind = KIND_NUMBER;

	if (*text == '"')
		kind = KIND_TEXT;
	else if (*text == 't' || *text == 'f')
		kind = *text == 't' ? KIND_TRUE : KIND_FALSE;
	return (struct value){ text, (uint32_t)strlen(text), kind };
}

/* Owns its spelling. */
static struct buf canon(const char *text)
{
	struct reading r = { .value = value_of(text) };
	struct buf b = { 0 };

	buf_add(&b, reading_canon(&r));
	reading_free(&r);
	return b;
}

static int sign(int x)
{
	return (x > 0) - (x < 0);
}

static void compare(size_t i, const char *a, size_t k, const char *b)
{
	struct buf x = canon(a), y = canon(b);
	int wanted = (i > k) - (i < k);
	struct decimal d, e;

	if (sign(reading_order(buf_slice(&x), buf_slice(&y))) != wanted)
		fail_msg("%s and %s are out of order", a, b);
	if (!wanted && !slice_equal(buf_slice(&x), buf_slice(&y)))
		fail_msg("%s and %s have two spellings", a, b);
	if (value_of(a).kind == KIND_NUMBER && value_of(b).kind == KIND_NUMBER) {
		assert_int_equal(sign(reading_order_numbers(slice_of(a), slice_of(b))), wanted);
		if (num_decimal(slice_of(a), &d) && num_decimal(slice_of(b), &e))
			assert_int_equal(sign(reading_order_decimals(d, e)), wanted);
	}
	buf_free(&x);
	buf_free(&y);
}

static void values_have_one_order(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < GROUPS; i++)
		for (size_t k = 0; k < GROUPS; k++)
			for (size_t m = 0; m < 5 && ascending[i][m]; m++)
				for (size_t n = 0; n < 5 && ascending[k][n]; n++)
					compare(i, ascending[i][m], k, ascending[k][n]);
}

static void results_have_all_digits(void **unused)
{
	static const char *const rows[][2] = {
		{ "36.10", "36.1" },
		{ "-0.0", "0" },
		{ "1e20", "100000000000000000000" },
		{ "1e21", "1e21" },
		{ "123456789012345678901", "123456789012345678901" },
		{ "-12345678901234567890123", "-1.2345678901234567890123e22" },
		{ "12345678901234567890.50", "12345678901234567890.5" },
		{ "0.00000123456789012345678901", "0.00000123456789012345678901" },
		{ "0.000000123456789012345678901", "1.23456789012345678901e-7" },
		{ "12345678901234567890e1", "123456789012345678900" },
		{ "0.12345678901234567890123", "0.12345678901234567890123" },
		{ "123456789012345678901e-21", "0.123456789012345678901" },
		{ "1e-2000", "1e-2000" },
		{ "\"\\u0061\\n\"", "\"a\\n\"" },
		{ "true", "true" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct buf spelled = canon(rows[i][0]), b = { 0 };
		reading_print(&b, buf_slice(&spelled));
		buf_byte(&b, 0);
		assert_string_equal(b.at, rows[i][1]);
		buf_free(&b);
		buf_free(&spelled);
	}
}

static void what_is_no_reading(void **unused)
{
	struct reading r = { 0 };

	(void)unused;
	assert_true(reading_take(&r, value_of("1.7976931348623158e308")));
	assert_int_equal(r.is, READING_NUMBER);
	assert_false(r.near);
	assert_false(reading_take(&r, value_of("1.8e308")));
	assert_int_equal(r.is, READING_NONE);
	assert_false(reading_take(&r, value_of("-1e5000")));
	assert_true(reading_take(&r, (struct value){ .kind = KIND_MISSING }));
	assert_int_equal(r.is, READING_NONE);
	assert_true(reading_take(&r, (struct value){ "null", 4, KIND_NULL }));
	assert_int_equal(r.is, READING_NONE);
	assert_true(reading_take(&r, value_of("true")));
	assert_int_equal(r.is, READING_OTHER);
	assert_true(reading_take(&r, value_of("25e-1")));
	assert_true(r.near);
	assert_int_equal(r.number.m, 25);
	assert_true(slice_equal(reading_canon(&r), SLICE("2.5")));
	reading_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_have_one_order),
		cmocka_unit_test(results_have_all_digits),
		cmocka_unit_test(what_is_no_reading),
	};

	return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
