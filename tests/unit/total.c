/* total: exact sums, whatever the order, the split and the size of the numbers */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "number/real.h"
#include "../random.h"
#include "number/total.h"
#include "number/wide.h"

enum { NUMBERS = 40, LONGEST = 120 };

static void any_digits(char *text, int n)
{
	*text++ = (char)any_of('1', '9');
	while (--n)
		*text++ = (char)any_of('0', '9');
	*text = 0;
}

/* Numbers of all kinds: of sensors, epochs in nanoseconds, printed doubles, long ones, and those at
 * both ends of the doubles and below. */
static void any_number(char text[LONGEST])
{
	int n = any_of(0, 1);

	text[0] = '-';
	switch (any_of(0, 7)) {
	case 0:
		sprintf(text + n, "%d.%02d", any_of(0, 99), any_of(0, 99));
		break;
	case 1:
		sprintf(text, "16%d%09d", any_of(10000000, 99999999), any_of(0, 999999999));
		break;
	case 2:
		sprintf(text + n, "%.17g", any_of(1, 1 << 30) * pow(10, any_of(-30, 20)));
		break;
	case 3:
		any_digits(text + n, any_of(1, 60));
		strcat(text, ".");
		any_digits(strchr(text, 0), any_of(1, 50));
		break;
	case 4:
		sprintf(text + n, "%d.%de307", any_of(1, 9), any_of(0, 1 << 30));
		break;
	case 5:
		sprintf(text + n, "%de-%d", any_of(1, 1 << 30), any_of(280, 420));
		break;
	case 6:
		sprintf(text + n, "%de%d", any_of(1, 1 << 30), any_of(-50, 50));
		break;
	default:
		strcpy(text, any_of(0, 1) ? "0" : "-0.00e-300");
	}
}

static void add(struct total *t, const char *text)
{
	struct decimal d;

	if (any_of(0, 1) && num_decimal(slice_of(text), &d))
		assert_true(total_add(t, d));
	else
		assert_true(total_add_number(t, slice_of(text), 1));
}

static const char *mean(const struct total *t, int64_t n)
{
	static char text[NUM_MAX + 1];

	text[total_print_mean(text, t, n)] = 0;
	return text;
}

/* Lives until the next call. */
static const char *exact(const struct total *t)
{
	static struct buf b;

	b.len = 0;
	total_print(&b, t);
	buf_byte(&b, 0);
	return b.at;
}

static void known(void **state)
{
	static const struct {
		const char *number[8], *sum, *mean, *exact;
	} rows[] = {
		{ { "0" }, "0", "0", "0" },
		{ { "-0.0e-999" }, "0", "0", "0" },
		{ { "0.1", "0.2" }, "0.3", "0.15", "0.3" },
		{ { "36.14", "-36.14" }, "0", "0", "0" },
		{ { "-0.25", "-0.250" }, "-0.5", "-0.25", "-0.5" },
		{ { "1e16", "1", "-1e16" }, "1", "0.3333333333333333", "1" },
		{ { "1e308", "-1e308", "1e308", "-1e308", "0.1" }, "0.1", "0.02", "0.1" },
		{ { "9007199254740992", "1" }, "9007199254740993", "4503599627370496",
			"9007199254740993" },
		{ { "9223372036854775807", "9223372036854775807", "2" }, "18446744073709551616",
			"6148914691236517000", "18446744073709551616" },
		{ { "9223372036854775808", "-1" }, "9223372036854775807", "4611686018427388000",
			"9223372036854775807" },
		{ { "170141183460469231731687303715884105727", "1" }, "1.7014118346046923e38",
			"8.507059173023462e37", "170141183460469231731687303715884105728" },
		{ { "999999999999999999999" }, "999999999999999999999", "999999999999999999999",
			"999999999999999999999" },
		{ { "999999999999999999999", "1" }, "1e21", "500000000000000000000",
			"1000000000000000000000" },
		{ { "1600000000123456789", "1600000000123456790", "1600000000123456791" },
			"4800000000370370370", "1600000000123456790", "4800000000370370370" },
		{ { "123456789012345678901234567890", "123456789012345678901234567890",
			  "123456789012345678901234567890" },
			"3.703703670370371e29", "1.2345678901234568e29",
			"370370367037037036703703703670" },
		{ { "1e-20", "1" }, "1", "0.5", "1.00000000000000000001" },
		{ { "1e-40", "-1" }, "-1", "-0.5", "-0.9999999999999999999999999999999999999999" },
		{ { "1.7976931348623158e308" }, "1.7976931348623157e308", "1.7976931348623157e308",
			"1797693134862315800000000000000000000000000000000000000000000000000000"
			"0000000000000000000000000000000000000000000000000000000000000000000000"
			"0000000000000000000000000000000000000000000000000000000000000000000000"
			"0000000000000000000000000000000000000000000000000000000000000000000000"
			"00000000000000000000000000000" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct total t = { 0 };
		int64_t n = 0;

		for (; n < 8 && rows[i].number[n]; n++)
			add(&t, rows[i].number[n]);
		assert_string_equal(mean(&t, 1), rows[i].sum);
		assert_string_equal(mean(&t, n), rows[i].mean);
		assert_string_equal(exact(&t), rows[i].exact);
		assert_true(total_double(&t, n) == strtod(rows[i].mean, NULL));
		total_free(&t);
	}
}

static void beyond_the_doubles(void **state)
{
	static const char *const refused[] = { "1e999", "-1e999", "1.7976931348623159e308",
		"-1e309", "1e99999999999999999999", "17976931348623159e292" };
	struct total t = { 0 };
	struct decimal d;

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_false(total_add_number(&t, slice_of(refused[i]), 1));
		if (num_decimal(slice_of(refused[i]), &d))
			assert_false(total_add(&t, d));
	}
	assert_null(t.wide);
	assert_string_equal(exact(&t), "0");
	add(&t, "1.7e308");
	add(&t, "1.7e308");
	assert_string_equal(mean(&t, 1), "");
	assert_true(isinf(total_double(&t, 1)));
	assert_string_equal(mean(&t, 2), "1.7e308");
	total_free(&t);
}

/* What is below 10^-400 is that, by both ways in. */
static void tiny(void **state)
{
	struct total a = { 0 }, b = { 0 };
	struct decimal d;

	(void)state;
	assert_true(num_decimal(SLICE("-7e-999"), &d));
	assert_true(total_add(&a, d));
	assert_true(total_add_number(&a, SLICE("-1e-999999999999999999999"), 1));
	assert_true(total_add_number(&b, SLICE("-2e-400"), 1));
	assert_string_equal(mean(&a, 1), "0");
	assert_true(strlen(exact(&a)) == 403 && !strcmp(exact(&a) + 400, "002"));
	assert_true(total_add_times(&b, d, -2));
	assert_string_equal(exact(&b), "0");
	assert_true(total_add_number(&a, SLICE("4503599627370497.5"), 1));
	/* Nearly half-way between two doubles. */
	assert_string_equal(mean(&a, 1), "4503599627370497");
	total_free(&a);
	total_free(&b);
}

static void many_times(void **state)
{
	struct total t = { 0 };

	(void)state;
	assert_true(total_add_times(&t, (struct decimal){ 1, -1 }, 100000000));
	assert_string_equal(mean(&t, 1), "10000000");
	assert_string_equal(mean(&t, 100000000), "0.1");
	assert_null(t.wide);
	total_free(&t);
	for (int i = 0; i < 3; i++)
		assert_true(total_add_times(&t, (struct decimal){ INT64_MAX, 0 }, INT64_MAX));
	assert_string_equal(exact(&t), "255211775190703847542190723352697503747");
	assert_true(total_add_times(&t, (struct decimal){ -INT64_MAX, 0 }, INT64_MAX));
	assert_true(total_add_times(&t, (struct decimal){ INT64_MAX, 0 }, -INT64_MAX));
	assert_string_equal(exact(&t), "85070591730234615847396907784232501249");
	total_free(&t);
	assert_true(total_add_number(&t, SLICE("62400.5"), 1));
	assert_true(total_add_number(&t, SLICE("62390.1"), -1));
	assert_string_equal(mean(&t, 1), "10.4");
	assert_true(total_add_number(&t, SLICE("1e300"), 7));
	assert_true(total_add_number(&t, SLICE("1000000000000000000000e279"), -7));
	assert_string_equal(mean(&t, 1), "10.4");
	total_free(&t);
}

static void shuffle(char number[][LONGEST], size_t n)
{
	for (size_t i = n - 1; i > 0; i--) {
		size_t j = any_bits() % (i + 1);
		char other[LONGEST];

		memcpy(other, number[i], LONGEST);
		memcpy(number[i], number[j], LONGEST);
		memcpy(number[j], other, LONGEST);
	}
}

static void check_alike(const struct total *t, const char *text, const char *mean_text, double x)
{
	assert_string_equal(exact(t), text);
	assert_string_equal(mean(t, NUMBERS), mean_text);
	assert_true(total_double(t, NUMBERS) == x);
}

/* Of some of the parts, what is merged is what was written and read back. */
static void check_split(
	char number[][LONGEST], size_t n, const char *text, const char *mean_text, double x)
{
	struct total part[5] = { 0 }, all = { 0 };

	for (size_t i = 0; i < n; i++)
		add(&part[any_of(0, 4)], number[i]);
	for (int i = 0; i < 5; i++) {
		if (any_of(0, 1)) {
			struct total read = { 0 };
			assert_true(total_parse(&read, slice_of(exact(&part[i]))));
			total_merge(&all, &read);
			total_free(&read);
		} else {
			total_merge(&all, &part[i]);
		}
		total_free(&part[i]);
	}
	check_alike(&all, text, mean_text, x);
	total_free(&all);
}

/* The sum by wide numbers alone. */
static char *sum_of(char number[][LONGEST], size_t n, double *quotient)
{
	struct wide sum = { 0 }, w = { 0 };
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		assert_true(wide_parse(&w, slice_of(number[i])));
		wide_add(&sum, &w, 1);
	}
	wide_print(&b, &sum);
	buf_byte(&b, 0);
	*quotient = wide_double(&sum, (int64_t)n);
	wide_free(&sum);
	wide_free(&w);
	return b.at;
}

static void orders_and_splits(void **state)
{
	static char number[NUMBERS][LONGEST];

	(void)state;
	for (int i = 0; i < 100; i++) {
		char *text, mean_text[NUM_MAX + 1];
		struct total t = { 0 };
		double x;

		for (int j = 0; j < NUMBERS; j++)
			any_number(number[j]);
		text = sum_of(number, NUMBERS, &x);
		for (int j = 0; j < NUMBERS; j++)
			add(&t, number[j]);
		strcpy(mean_text, mean(&t, NUMBERS));
		check_alike(&t, text, mean_text, x);
		assert_true(*mean_text ? strtod(mean_text, NULL) == x : isinf(x));
		total_free(&t);
		for (int j = 0; j < 20; j++) {
			shuffle(number, NUMBERS);
			check_split(number, NUMBERS, text, mean_text, x);
		}
		free(text);
	}
}

/* The mean of equal numbers is that number, and no mean leaves the range of what it is of. */
static void means(void **state)
{
	(void)state;
	for (int i = 0; i < 2000; i++) {
		char a[LONGEST], b[LONGEST], value[NUM_MAX + 1];
		struct total t = { 0 };
		double low, high, x;

		any_number(a);
		add(&t, a);
		strcpy(value, mean(&t, 1));
		for (int n = 2; n < 8; n++) {
			add(&t, a);
			assert_string_equal(mean(&t, n), value);
		}
		any_number(b);
		add(&t, b);
		low = fmin(real_of(slice_of(a)), real_of(slice_of(b)));
		high = fmax(real_of(slice_of(a)), real_of(slice_of(b)));
		x = total_double(&t, 8);
		assert_true(low <= x && x <= high);
		total_free(&t);
	}
}

/* A fine number among coarse ones, and sums that outgrow 128 bits at a fine scale. */
static void scales(void **state)
{
	struct total t = { 0 };

	(void)state;
	add(&t, "9000000000000000000");
	for (int i = 0; i < 1000; i++)
		add(&t, "1e-27");
	for (int i = 0; i < 1000; i++)
		add(&t, "9000000000000000000");
	assert_string_equal(exact(&t), "9009000000000000000000.000000000000000000000001");
	for (int i = 0; i < 1001; i++)
		add(&t, "-9000000000000000000");
	assert_string_equal(mean(&t, 1000), "1e-27");
	total_free(&t);
	/* A computed number of 17 digits needs no wide one. */
	add(&t, "0.0012345678901234567");
	add(&t, "123456.78901234567");
	add(&t, "40");
	assert_null(t.wide);
	assert_string_equal(exact(&t), "123496.7902469135601234567");
	total_free(&t);
}

static void texts(void **state)
{
	static const char *const refused[] = { "", "-", "+1", "01", "1.", ".5", "1e5", "1E5", "1 ",
		" 1", "1,5", "nan", "inf", "--1", "1.2.3", "0x10", "1e", "\"1\"", "null" };
	static const char *const kept[] = { "0", "-0.5", "3434.4", "1000000000000000000",
		"0.000000000000000001", "170141183460469231731687303715884105728",
		"-170141183460469231731687303715884105728",
		"-170141183460469231731687303715884105729.000000000000000000000000001",
		"0.0000000000000000000000000000000000000000000000001", "100000000000000000000" };
	struct total t = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_false(total_parse(&t, slice_of(refused[i])));
		assert_string_equal(exact(&t), "0");
	}
	assert_false(total_parse(&t, (struct slice){ "1\0", 2 }));
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		assert_true(total_parse(&t, slice_of(kept[i])));
		assert_string_equal(exact(&t), kept[i]);
		total_free(&t);
	}
	assert_true(total_parse(&t, SLICE("-0.000")));
	assert_string_equal(exact(&t), "0");
	assert_true(total_parse(&t, SLICE("1234567890123456789012.3400")));
	assert_null(t.wide);
	assert_string_equal(exact(&t), "1234567890123456789012.34");
	total_free(&t);
}

/* Thousands of digits before the point and behind it, further than those of any double. */
static void long_texts(void **state)
{
	enum { MOST = 5000 };
	static char text[2 * MOST + 3];

	(void)state;
	for (int i = 0; i < 50; i++) {
		struct total t = { 0 };

		any_digits(text, any_of(1, MOST));
		strcat(text, ".");
		any_digits(strchr(text, 0), any_of(1, MOST));
		strchr(text, 0)[-1] = '7';
		assert_true(total_parse(&t, slice_of(text)));
		assert_string_equal(exact(&t), text);
		total_free(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known),
		cmocka_unit_test(beyond_the_doubles),
		cmocka_unit_test(tiny),
		cmocka_unit_test(many_times),
		cmocka_unit_test(orders_and_splits),
		cmocka_unit_test(means),
		cmocka_unit_test(scales),
		cmocka_unit_test(texts),
		cmocka_unit_test(long_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
