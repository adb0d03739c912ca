/* Numbers that are known to be in order, and those that integers put in order; each in many spellings. */
#include "number/digits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../random.h"

/* Each group is equal by value, and above those before. */
static const char *const ascending[][6] = {
	{ "-1e9999999999999999999", "-1e99999999999999999999999999", "-10e2000000000000000000" },
	{ "-1e999999999999999998", "-0.1e999999999999999999", "-10e999999999999999997" },
	{ "-1e999999" },
	{ "-5e500", "-0.05e502" },
	{ "-2e311", "-0.2e312", "-20e310" },
	{ "-9e310", "-90000000000000000000000e288" },
	{ "-1e308", "-10e307", "-0.1e309" },
	{ "-123456789012345678901234567891" },
	{ "-123456789012345678901234567890", "-12345678901234567890123456789.0e1" },
	{ "-9223372036854775809" },
	{ "-9223372036854775808", "-9223372036854775808.0" },
	{ "-9223372036854775807", "-9.223372036854775807e18" },
	{ "-9223372036854775806e-1" },
	{ "-1.0000000000000000001" },
	{ "-1", "-1.0", "-1e0", "-10e-1", "-0.001e3", "-1e-0000000000000000000000" },
	{ "-1e-18" },
	{ "-1e-19" },
	{ "-9e-20" },
	{ "-1e-300" },
	{ "-2e-401" },
	{ "-1e-401" },
	{ "-3e-402" },
	{ "-1e-700" },
	{ "-1e-999999999999999999" },
	{ "0", "-0", "0.000", "0e99", "-0e-5000", "0.0e99999999999999999999" },
	{ "1e-999999999999999999", "0.1e-999999999999999998" },
	{ "4e-5000" },
	{ "3e-700" },
	{ "1e-600" },
	{ "15e-601", "1.5e-600" },
	{ "3e-402", "0.3e-401" },
	{ "1e-401", "10e-402" },
	{ "2e-401", "0.02e-399" },
	{ "1e-400" },
	{ "5e-324" },
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
	{ "18446744073709551615" },
	{ "18446744073709551616" },
	{ "1e280", "10e279" },
	{ "1e281", "10e280", "0.1e282" },
	{ "1e308" },
	{ "9e310", "0.9e311" },
	{ "2e311", "200e309" },
	{ "1e400" },
	{ "1e401" },
	{ "5e500" },
	{ "1e1000" },
	{ "12e1006", "12000000e1000", "1.2e1007", "0.0000012e1013" },
	{ "12.00000000000000000000000000001e1006" },
	{ "1e1000000000000000" },
	{ "1e1000000000000001", "10e1000000000000000" },
	{ "1e999999999999999999", "1e00999999999999999999", "1e+999999999999999999",
		"0.01e1000000000000000001" },
};

enum { GROUPS = sizeof ascending / sizeof *ascending };

static int sign(int64_t x)
{
	return (x > 0) - (x < 0);
}

static struct slice printed(const char *number, struct buf *b)
{
	b->len = 0;
	digits_print(b, slice_of(number));
	return buf_slice(b);
}

static void compare(const char *a, const char *b, int wanted)
{
	struct buf x = { 0 }, y = { 0 };
	struct slice p = printed(a, &x), q = printed(b, &y);
	struct decimal d, e;

	if (sign(digits_order(slice_of(a), slice_of(b))) != wanted)
		fail_msg("%s and %s are out of order", a, b);
	if (num_decimal(slice_of(a), &d) && num_decimal(slice_of(b), &e) &&
		sign(digits_order_decimals(d, e)) != wanted)
		fail_msg("%s and %s are out of order as decimals", a, b);
	if (sign(digits_order(p, q)) != wanted)
		fail_msg("%s and %s are out of order as printed", a, b);
	if (slice_equal(p, q) != !wanted)
		fail_msg("%s and %s are printed %.*s and %.*s", a, b, (int)p.len, p.at, (int)q.len,
			q.at);
	buf_free(&x);
	buf_free(&y);
}

static void numbers_have_one_order(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < GROUPS; i++)
		for (size_t k = 0; k < GROUPS; k++)
			for (size_t m = 0; m < 6 && ascending[i][m]; m++)
				for (size_t n = 0; n < 6 && ascending[k][n]; n++)
					compare(ascending[i][m], ascending[k][n],
						(i > k) - (i < k));
}

enum { SMALL = 9, TEXT = 160 };

/* m * 10^e with the point where it may be. */
static void spell(char text[TEXT], int m, int64_t e)
{
	static const char zeros[] = "00000000000000000000000000000";
	int more = any_below(any_below(4) ? 3 : 25);
	const char *minus = m < 0 || (!m && any_below(2)) ? "-" : "";

	m = abs(m);
	switch (any_below(3)) {
	case 0:
		sprintf(text, "%s%d%.*se%lld", minus, m, m ? more : 0, zeros,
			(long long)e - (m ? more : 0));
		break;
	case 1:
		sprintf(text, "%s%d.%.*sE%+lld", minus, m, more + 1, zeros, (long long)e);
		break;
	default:
		sprintf(text, "%s0.%.*s%05d%.*se%lld", minus, more, zeros, m, any_below(3), zeros,
			(long long)e + more + 5);
	}
}

/* Two numbers near one place, however far from the point, have the order of integers. */
static void integers_tell_the_order(void **unused)
{
	static const int64_t place[] = { 0, 0, -20, 15, -400, 308, -1000, 1000, -1005, 995, 1000000,
		-999999999999999000, 999999999999999000 };

	(void)unused;
	for (int round = 0; round < 200000; round++) {
		int64_t at = place[any_below(sizeof place / sizeof *place)], x, y;
		int a = any_below(3) ? any_below(2000) - 1000 : any_below(5) - 2;
		int b = any_below(3) ? a : any_below(2000) - 1000;
		int p = any_below(SMALL + 1), q = any_below(SMALL + 1);
		char s[TEXT], t[TEXT];
		x = a * (int64_t)num_ten[p];
		y = b * (int64_t)num_ten[q];
		spell(s, a, at + p);
		spell(t, b, at + q);
		compare(s, t, sign(x - y));
	}
}

static void assert_printed(const char *number, struct slice wanted)
{
	struct buf b = { 0 };
	struct slice found = printed(number, &b);

	if (!slice_equal(found, wanted))
		fail_msg("%s: %.*s instead of %.*s", number, (int)found.len, found.at,
			(int)wanted.len, wanted.at);
	buf_free(&b);
}

static void all_digits_are_printed(void **unused)
{
	static const char *const rows[][2] = {
		{ "36.10", "36.1" },
		{ "-0.0", "0" },
		{ "-0e99999999999999999999", "0" },
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
		{ "12e1006", "1.2e1007" },
		{ "12000000e1000", "1.2e1007" },
		{ "-0.10e999999999999999999", "-1e999999999999999998" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_printed(rows[i][0], slice_of(rows[i][1]));
}

static void decimals_are_printed_as_ever(void **unused)
{
	(void)unused;
	for (int round = 0; round < 100000; round++) {
		char text[TEXT], wanted[NUM_MAX];
		struct decimal d;
		spell(text, any_below(20000) - 10000, any_below(60) - 30);
		assert_true(num_decimal(slice_of(text), &d));
		assert_printed(text, (struct slice){ wanted, num_print_decimal(wanted, d) });
	}
}

static void integers_of_64_bits(void **unused)
{
	const struct decimal low = { INT64_MIN, 0 }, above = { -1, 19 }, below = { -1, 18 },
			     high = { INT64_MAX, 1000 }, higher = { 1, 1019 }, zero = { 0, 1000 };

	(void)unused;
	assert_true(digits_order_decimals(above, low) < 0);
	assert_true(digits_order_decimals(low, below) < 0);
	assert_true(digits_order_decimals(high, higher) < 0);
	assert_true(digits_order_decimals(higher, high) > 0);
	assert_true(digits_order_decimals(low, zero) < 0);
	assert_int_equal(digits_order_decimals(zero, (struct decimal){ 0, -1000 }), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_one_order),
		cmocka_unit_test(integers_tell_the_order),
		cmocka_unit_test(all_digits_are_printed),
		cmocka_unit_test(decimals_are_printed_as_ever),
		cmocka_unit_test(integers_of_64_bits),
	};

	return cmocka_run_group_tests_name("digits", tests, NULL, NULL);
}
