/* wide: exact decimals of any length, beside integers of 128 bits and strtod */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "number/num.h"
#include "../random.h"
#include "number/real.h"
#include "number/wide.h"

enum { MANY = 100000 };

static int64_t any_integer(int bits)
{
	int64_t x = (int64_t)(any_bits() >> 1 >> any_of(63 - bits, 63));

	return any_of(0, 1) ? x : -x;
}

static void set(struct wide *w, const char *text)
{
	assert_true(wide_parse(w, slice_of(text)));
}

static void set_integer(struct wide *w, __int128 x, int64_t exponent)
{
	char text[2 * NUM_MAX];
	size_t n = num_print_integer(text, x);

	sprintf(text + n, "e%lld", (long long)exponent);
	set(w, text);
}

static void limbs_are_small(const struct wide *w)
{
	for (size_t i = 0; i < w->n; i++)
		assert_true(llabs(w->limb[i]) < 1000000000000000000);
}

static void parsing(void **state)
{
	static const char *const same[] = { "0", "1", "-1", "0.1", "36.14", "1e18", "1e-18",
		"-1e17", "999999999999999999", "0.999999999999999999", "1e308", "1e-308",
		"4.9e-324", "0.00000000000000000001e20",
		"123456789012345678901234567890.123456789012345678901", "-0.000e5",
		"10000000000000000000e-19", "1e400", "0e400", "9e399", "1e-400" };
	struct wide w = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		bool read = wide_parse(&w, slice_of(same[i]));

		limbs_are_small(&w);
		assert_int_equal(read, strcmp(same[i], "1e400") != 0);
		if (read)
			assert_true(wide_double(&w, 1) == strtod(same[i], NULL));
	}
	assert_false(wide_parse(&w, SLICE("-1e99999999999999999999")));
	assert_int_equal(w.n, 0);
	/* What is tiny still decides a half. */
	set(&w, "1e-99999999999999999999");
	wide_plus(&w, 9007199254740993);
	assert_true(wide_double(&w, 1) == 0x1p53 + 2);
	set(&w, "-1e-401");
	wide_plus(&w, 9007199254740993);
	assert_true(wide_double(&w, 1) == 0x1p53);
	wide_free(&w);
	assert_null(w.limb);
}

/* x * by + plus, below 2^127, by wide numbers and by integers. */
static void integers(void **state)
{
	struct wide w = { 0 };

	(void)state;
	for (int i = 0; i < MANY; i++) {
		int64_t by = any_integer(62), plus = any_integer(63);
		__int128 x = any_integer(63), limit = (__int128)num_ten[18] * 1000, found;

		set_integer(&w, x, 0);
		wide_times(&w, by);
		wide_plus(&w, plus);
		limbs_are_small(&w);
		x = x * by + plus;
		if (wide_integer(&w, 1, &found))
			assert_true(found == x);
		else
			assert_true(x <= -limit || x >= limit);
		assert_true(wide_double(&w, 1) == real_ratio(x, 1));
	}
	wide_free(&w);
}

static void quotients(void **state)
{
	struct wide w = { 0 };

	(void)state;
	for (int i = 0; i < MANY; i++) {
		__int128 x = (__int128)any_integer(63) * any_integer(63), found;
		int64_t by = (int64_t)(any_bits() >> any_of(1, 62)) | 1;
		bool whole = x % by == 0 && x / by < (__int128)num_ten[18] * 1000 &&
			x / by > -(__int128)num_ten[18] * 1000;

		set_integer(&w, x, 0);
		assert_int_equal(wide_integer(&w, by, &found), whole);
		if (whole)
			assert_true(found == x / by);
		assert_true(wide_double(&w, by) == real_ratio(x, (unsigned __int128)by));
	}
	wide_free(&w);
}

/* Half away from zero, in integers: (2 |x| 10^digits + by) / 2 by. */
static void rounding(void **state)
{
	struct wide w = { 0 };

	(void)state;
	for (int i = 0; i < MANY; i++) {
		/* An even divisor makes halves. */
		int64_t x = any_integer(40), by = 2 * llabs(any_integer(20)) + 2;
		int exponent = any_of(0, 20),
		    digits = any_of(exponent < 18 ? 0 : exponent - 18, 20);
		int unit = digits > exponent ? digits - exponent : 0;
		int less = exponent > digits ? exponent - digits : 0;
		__int128 divisor = (__int128)by * (int64_t)num_ten[less], expected, found;

		if (unit > 15)
			continue;
		expected =
			((__int128)llabs(x) * 2 * (int64_t)num_ten[unit] + divisor) / (2 * divisor);
		set_integer(&w, x, -exponent);
		wide_round(&w, by, digits);
		limbs_are_small(&w);
		for (int n = 0; n < digits; n++)
			wide_times(&w, 10);
		if (expected < (__int128)num_ten[18] * 1000) {
			assert_true(wide_integer(&w, 1, &found));
			assert_true(found == (x < 0 ? -expected : expected));
		}
	}
	wide_free(&w);
}

/* 7 * (2^53 + 1) and very little more, divided by 7: the text goes on where the digits end. */
static void endless_quotients(void **state)
{
	struct wide w = { 0 };
	__int128 x;

	(void)state;
	for (int exponent = 780; exponent < 830; exponent++) {
		char text[1000];

		snprintf(text, sizeof text, "63050394783186951.%0*d", exponent, 1);
		set(&w, text);
		assert_true(wide_double(&w, 7) == 0x1p53 + 2);
		snprintf(text, sizeof text, "63050394783186951.%0*d", exponent, 0);
		set(&w, text);
		assert_true(wide_double(&w, 7) == 0x1p53);
	}
	set(&w, "1e20");
	wide_times(&w, INT64_MAX);
	assert_true(wide_integer(&w, INT64_MAX, &x) && x == (__int128)num_ten[18] * 100);
	wide_free(&w);
}

/* The number half-way between 2^-1022 and the next double has 768 digits. */
static void longest_half(void **state)
{
	char text[1000];
	struct wide w = { 0 };
	size_t n;

	(void)state;
	snprintf(text, sizeof text, "%.800Le", 0x1.00000000000008p-1022L);
	set(&w, text);
	assert_true(wide_double(&w, 1) == 0x1p-1022);
	n = (size_t)(strchr(text, 'e') - text);
	text[n - 1] = '1';
	set(&w, text);
	assert_true(wide_double(&w, 1) == 0x1.0000000000001p-1022);
	wide_free(&w);
}

/* Limbs of both signs, borrowed over a long row of zeros. */
static void borrowing(void **state)
{
	struct wide w = { 0 };
	__int128 x;

	(void)state;
	set(&w, "1e-300");
	for (int i = 0; i < 1000; i++)
		wide_plus(&w, i % 2 ? INT64_MAX : -INT64_MAX);
	wide_plus(&w, -1);
	limbs_are_small(&w);
	assert_false(wide_integer(&w, 1, &x));
	assert_true(wide_double(&w, 1) == -1);
	wide_plus(&w, 1);
	assert_true(wide_double(&w, 1) == 1e-300);
	wide_times(&w, -7);
	assert_true(wide_double(&w, 7) == -1e-300);
	wide_times(&w, 0);
	assert_true(wide_integer(&w, 3, &x) && x == 0);
	assert_true(wide_double(&w, 3) == 0);
	wide_plus(&w, INT64_MIN);
	assert_true(wide_integer(&w, 1, &x) && x == INT64_MIN);
	wide_free(&w);
}

static void doubles_as_strtod(void **state)
{
	struct wide w = { 0 };

	(void)state;
	for (int i = 0; i < MANY / 10; i++) {
		char text[512];
		int n = any_of(0, 1), digits = any_of(1, 400);

		text[0] = '-';
		text[n++] = (char)any_of('1', '9');
		text[n++] = '.';
		while (digits-- > 0)
			text[n++] = (char)any_of('0', '9');
		sprintf(text + n, "e%d", any_of(-340, 310));
		set(&w, text);
		if (wide_double(&w, 1) != strtod(text, NULL))
			fail_msg("%s", text);
	}
	wide_free(&w);
}

static void check_equal(struct wide *w, __int128 x)
{
	struct wide difference = { 0 };

	limbs_are_small(w);
	wide_add_scaled(&difference, x, 0);
	limbs_are_small(&difference);
	wide_add(&difference, w, -1);
	assert_int_equal(wide_sign(&difference), 0);
	assert_int_equal(wide_sign(w), (x > 0) - (x < 0));
	wide_free(&difference);
}

/* By integers of 128 bits, and by the same text as it is read. */
static void scaled(void **state)
{
	struct wide w = { 0 }, same = { 0 };

	(void)state;
	for (int i = 0; i < MANY; i++) {
		__int128 x = (__int128)any_integer(63) * any_integer(63);
		int exponent = any_of(-200, 200);

		set_integer(&same, x, exponent);
		wide_free(&w);
		for (int left = any_of(0, 2); left; left--)
			wide_add_scaled(&w, 7, any_of(-200, 200));
		wide_add(&same, &w, 1);
		wide_add_scaled(&w, x, exponent);
		limbs_are_small(&w);
		wide_add(&same, &w, -1);
		limbs_are_small(&same);
		assert_int_equal(wide_sign(&same), 0);
	}
	wide_free(&w);
	wide_free(&same);
}

static void sums_and_products(void **state)
{
	(void)state;
	for (int i = 0; i < MANY; i++) {
		struct wide a = { 0 }, b = { 0 }, w = { 0 };
		int64_t x = any_integer(63), y = any_integer(62), by = any_integer(61);

		wide_plus(&a, x);
		wide_plus(&b, y);
		wide_add_product(&w, &a, &b);
		check_equal(&w, (__int128)x * y);
		wide_add(&w, &a, by);
		check_equal(&w, (__int128)x * y + (__int128)x * by);
		wide_free(&a);
		wide_free(&b);
		wide_free(&w);
	}
}

static void check_printed(struct wide *w, const char *text)
{
	struct buf b = { 0 };

	wide_print(&b, w);
	buf_byte(&b, 0);
	assert_string_equal(b.at, text);
	buf_free(&b);
}

/* (10^n - 1)^2 = 99...9800...01 */
static void long_products(void **state)
{
	struct wide w = { 0 }, square = { 0 };
	char text[1000];

	(void)state;
	for (int n = 1; n < 100; n++) {
		memset(text, '9', (size_t)n);
		text[n] = 0;
		set(&w, text);
		wide_free(&square);
		wide_add_product(&square, &w, &w);
		limbs_are_small(&square);
		sprintf(text + n - 1, "8%0*d", n, 1);
		check_printed(&square, text);
		/* The root is exact up to 21 nines; the double nearest to more is a power of ten. */
		set(&w, "1");
		text[wide_print_root(text, &square, &w)] = 0;
		if (n > 21) {
			sprintf(text + 500, "1e%d", n);
			assert_string_equal(text, text + 500);
		} else {
			assert_true(strspn(text, "9") == (size_t)n && !text[n]);
		}
	}
	wide_free(&w);
	wide_free(&square);
}

static void printing(void **state)
{
	static const char *const same[] = { "0", "7", "-7", "0.5", "-0.5", "1000000000000000000",
		"1000000000000000000000000000000000000.000000000000000000000000000000000001",
		"-999999999999999999.999999999999999999", "0.0000000000000000000000000000000000001",
		"123456789012345678000000000000000000", "100000000000000000000000000000000000.1" };
	struct wide w = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		set(&w, same[i]);
		check_printed(&w, same[i]);
	}
	set(&w, "-1.500e-3");
	check_printed(&w, "-0.0015");
	set(&w, "12e40");
	check_printed(&w, "120000000000000000000000000000000000000000");
	wide_plus(&w, -1);
	check_printed(&w, "119999999999999999999999999999999999999999");
	wide_free(&w);
}

/* By real_ratio(), which divides integers; as roots, by the quotient of squares. */
static void ratios(void **state)
{
	struct wide a = { 0 }, b = { 0 }, aa = { 0 }, bb = { 0 };
	char text[NUM_MAX + 1], wanted[NUM_MAX + 1];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		__int128 x = (__int128)any_integer(63) * any_integer(63);
		int64_t by = any_integer(63) | 1;
		int exponent = any_of(-380, 300);
		__int128 whole = by < 0 ? -x / -by : x / by;
		const __int128 limit = (__int128)num_ten[18] * 1000;

		if (x % by || whole >= limit || whole <= -limit)
			wanted[real_print(wanted,
				real_ratio(by < 0 ? -x : x,
					(unsigned __int128)(by < 0 ? -(__int128)by : by)))] = 0;
		else
			wanted[num_print_integer(wanted, whole)] = 0;
		set_integer(&a, x, exponent);
		set_integer(&b, by, exponent);
		text[wide_print_quotient(text, &a, &b)] = 0;
		assert_string_equal(text, wanted);
		wide_free(&aa);
		wide_free(&bb);
		wide_add_product(&aa, &a, &a);
		wide_add_product(&bb, &b, &b);
		text[wide_print_root(text, &aa, &bb)] = 0;
		assert_string_equal(text, wanted + (*wanted == '-'));
	}
	wide_free(&a);
	wide_free(&b);
	wide_free(&aa);
	wide_free(&bb);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parsing),
		cmocka_unit_test(integers),
		cmocka_unit_test(quotients),
		cmocka_unit_test(endless_quotients),
		cmocka_unit_test(longest_half),
		cmocka_unit_test(rounding),
		cmocka_unit_test(borrowing),
		cmocka_unit_test(doubles_as_strtod),
		cmocka_unit_test(scaled),
		cmocka_unit_test(sums_and_products),
		cmocka_unit_test(long_products),
		cmocka_unit_test(printing),
		cmocka_unit_test(ratios),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
