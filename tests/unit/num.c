/* num: texts to decimals, and decimals and integers to texts */
#include "number/num.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../numbers.h"

/* All digits and points there are, if they make a number, and few of them. */
static void check_ahead(const char *room, size_t size)
{
	size_t sign = *room == '-', n = 0;
	struct decimal wanted, got;
	const char *end;

	while (sign + n < size && n < 16 && memchr("0123456789.", room[sign + n], 11))
		n++;
	end = num_decimal_ahead(room, &got);
	if (n == 16 || room[sign + n] == 'e' || room[sign + n] == 'E' ||
		!num_valid((struct slice){ room, sign + n })) {
		assert_null(end);
		return;
	}
	assert_ptr_equal(end, room + sign + n);
	assert_true(num_decimal((struct slice){ room, sign + n }, &wanted));
	assert_int_equal(got.m, wanted.m);
	assert_int_equal(got.e, wanted.e);
}

/* Whatever follows it, the fast way finds the same. */
static void check_padded(const char *text, bool done, const struct decimal *d)
{
	size_t n = strlen(text), size = n < NUM_PAD ? NUM_PAD : n;
	char *room = malloc(size);
	struct decimal padded;

	for (const char *junk = "90.-eE,}\n\xff"; *junk; junk++) {
		memset(room, *junk, size);
		memcpy(room, text, n);
		assert_int_equal(num_decimal_padded((struct slice){ room, n }, &padded), done);
		assert_true(!done || (padded.m == d->m && padded.e == d->e));
		check_ahead(room, size);
	}
	free(room);
}

static bool reads_decimal(const char *text, struct decimal *d)
{
	struct slice s = exact(text);
	bool done = num_decimal(s, d);

	drop(s);
	check_padded(text, done, d);
	return done;
}

static void grammar(void **state)
{
	static const char *const good[] = { "0", "-0", "7", "-12", "10", "0.0", "1.50", "1e5",
		"1E+05", "0e0", "-0.5E-07", "0.1e1", "90", "12.0", "1e999", "123456789.987654321" };
	static const char *const bad[] = { "", "-", "+1", "01", "-01", "00", ".5", "5.", "1.e5",
		"1e", "1e+", "e5", "1.2.3", "--1", " 1", "1 ", "1a", "0x1", "NaN", "inf", "1,5",
		"1e5.", "1e-", "-.5" };
	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct slice s = exact(good[i]);
		assert_true(num_valid(s));
		drop(s);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct slice s = exact(bad[i]);
		assert_false(num_valid(s));
		drop(s);
	}
	assert_false(num_valid((struct slice){ "1\0", 2 }));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char room[NUM_PAD + 1] = { 0 };
		strcpy(room, bad[i]);
		check_ahead(room, NUM_PAD);
	}
}

static void decimals(void **state)
{
	static const struct {
		const char *text;
		int64_t m, e;
	} rows[] = {
		{ "0", 0, 0 },
		{ "-0", 0, 0 },
		{ "0.000", 0, -3 },
		{ "36.14", 3614, -2 },
		{ "1.50", 150, -2 },
		{ "1500", 1500, 0 },
		{ "0.932833333", 932833333, -9 },
		{ "3.33E-05", 333, -7 },
		{ "-3.33e+05", -333, 3 },
		{ "1E2", 1, 2 },
		{ "9223372036854775807", INT64_MAX, 0 },
		{ "-9223372036854775807", -INT64_MAX, 0 },
		{ "9223372036854775800", 9223372036854775800, 0 },
		{ "922337203685477580.7", INT64_MAX, -1 },
		{ "0.9223372036854775807", INT64_MAX, -19 },
		{ "0.0000000000000000000001", 1, -22 },
		{ "1.000000000000000000", 1000000000000000000, -18 },
		{ "1.0000000000000000000000", 1000000000000000000, -18 },
		{ "92233720368547758070000", INT64_MAX, 4 },
		{ "100000000000000000000", 1000000000000000000, 2 },
		{ "1e1000", 1, 1000 },
		{ "1e-1000", 1, -1000 },
		{ "0e-5000", 0, 0 },
		{ "0e99999999999999999999", 0, 0 },
	};
	static const char *const beyond[] = { "9223372036854775808", "-9223372036854775808",
		"12345678901234567890.1", "1e1001", "1e-1001", "1.0000000000000000000001",
		"1e99999999999999999999", "1e-99999999999999999999" };
	struct decimal d;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(reads_decimal(rows[i].text, &d));
		assert_int_equal(d.m, rows[i].m);
		assert_int_equal(d.e, rows[i].e);
	}
	for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
		assert_false(reads_decimal(beyond[i], &d));
}

/* Every length up to 18 digits, with the point in every place. */
static void decimals_of_all_lengths(void **state)
{
	(void)state;
	for (int n = 1; n <= 18; n++)
		for (int after = 0; after < n; after++)
			for (int sign = 0; sign < 2; sign++) {
				char text[32];
				int length = sign;
				int64_t m = 0;
				struct decimal d;

				text[0] = '-';
				for (int i = 0; i < n; i++) {
					int digit = i ? any_of(0, 9) : any_of(n - after > 1, 9);
					text[length++] = (char)('0' + digit);
					m = m * 10 + digit;
					if (i == n - after - 1 && after)
						text[length++] = '.';
				}
				text[length] = 0;
				assert_true(reads_decimal(text, &d));
				assert_int_equal(d.m, sign ? -m : m);
				assert_int_equal(d.e, -after);
			}
}

static void decimals_of_any_numbers(void **state)
{
	char text[64];
	struct decimal d;

	(void)state;
	for (long i = patterns(); i > 0; i--) {
		any_number(text);
		reads_decimal(text, &d);
	}
}

static void integers(void **state)
{
	static const struct {
		uint64_t high, low;
		const char *text;
	} rows[] = {
		{ 0, 0, "0" },
		{ 0, 9, "9" },
		{ 0, 99999999, "99999999" },
		{ 0, 100000000, "100000000" },
		{ 0, 9999999999999999, "9999999999999999" },
		{ 0, 10000000000000000, "10000000000000000" },
		{ 0, UINT64_MAX, "18446744073709551615" },
		{ 1, 0, "18446744073709551616" },
		{ 0x7fffffffffffffff, UINT64_MAX, "170141183460469231731687303715884105727" },
		{ UINT64_MAX, UINT64_MAX, "-1" },
		{ 0x8000000000000000, 0, "-170141183460469231731687303715884105728" },
	};
	char text[NUM_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		unsigned __int128 x = (unsigned __int128)rows[i].high << 64 | rows[i].low;

		text[num_print_integer(text, (__int128)x)] = 0;
		assert_string_equal(text, rows[i].text);
	}
	for (size_t n = 1; n < NUM_TENS; n++) {
		char wanted[32];

		sprintf(wanted, "1%0*d", (int)n, 0);
		text[num_print_integer(text, (__int128)num_ten[n])] = 0;
		assert_string_equal(text, wanted);
		text[num_print_integer(text, (__int128)num_ten[n] - 1)] = 0;
		assert_int_equal(strlen(text), n);
	}
}

static void printed_decimals(void **state)
{
	static const struct {
		struct decimal d;
		const char *text;
	} rows[] = {
		{ { 1500, -2 }, "15" },
		{ { 150, -2 }, "1.5" },
		{ { 0, -7 }, "0" },
		{ { -5, -1 }, "-0.5" },
		{ { 15, 3 }, "15000" },
		{ { 1, 20 }, "100000000000000000000" },
		{ { 1, 21 }, "1e21" },
		{ { 1230, 20 }, "1.23e23" },
		{ { 1, -6 }, "0.000001" },
		{ { 1, -7 }, "1e-7" },
		{ { 120, -9 }, "1.2e-7" },
		{ { INT64_MAX, -18 }, "9.223372036854775807" },
		{ { INT64_MAX, -19 }, "0.9223372036854775807" },
		{ { INT64_MIN, -24 }, "-0.000009223372036854775808" },
		{ { -INT64_MAX, 2 }, "-922337203685477580700" },
		{ { -INT64_MAX, 3 }, "-9.223372036854775807e21" },
		{ { 7, -1000 }, "7e-1000" },
		{ { 1000000000000000000, -18 }, "1" },
	};
	char text[NUM_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		text[num_print_decimal(text, rows[i].d)] = 0;
		assert_string_equal(text, rows[i].text);
	}
}

static void counts(void **state)
{
	static const char *const wrong[] = { "", "00", "01", "-1", "+1", "1.0", "1e3", " 1", "1 ",
		"1x", "1000000000000000" };
	int64_t n;

	(void)state;
	assert_true(num_count(SLICE("0"), &n) && n == 0);
	assert_true(num_count(SLICE("70"), &n) && n == 70);
	assert_true(num_count(SLICE("999999999999999"), &n) && n == 999999999999999);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_false(num_count(slice_of(wrong[i]), &n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(grammar),
		cmocka_unit_test(counts),
		cmocka_unit_test(decimals),
		cmocka_unit_test(decimals_of_all_lengths),
		cmocka_unit_test(decimals_of_any_numbers),
		cmocka_unit_test(integers),
		cmocka_unit_test(printed_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
