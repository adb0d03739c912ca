/* Quantiles of values whose place is known, and ranks that are never further off than is promised. */
#include "sketch/sample.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../random.h"

enum { MANY = 60000, PARTS = 40, SHARES = 199, MOST_KEPT = 4096 };

static void add(struct sample *s, const char *number)
{
	struct decimal d;

	if (any_bits() % 2 && num_decimal(slice_of(number), &d))
		sample_add(s, d);
	else
		sample_add_number(s, slice_of(number));
}

static void assert_quantile(struct sample *s, int64_t m, int64_t e, const char *wanted)
{
	struct buf b = { 0 };

	sample_print_quantile(&b, s, (struct decimal){ m, e });
	buf_byte(&b, 0);
	assert_string_equal(b.at, wanted);
	buf_free(&b);
}

/* (N - 1) q values are before it: worked out with fractions of integers. */
static void between_two_lies_the_line(void **unused)
{
	struct sample s = { 0 };

	(void)unused;
	add(&s, "0.2");
	assert_quantile(&s, 5, -1, "0.2");
	add(&s, "0.1");
	assert_quantile(&s, 0, 0, "0.1");
	assert_quantile(&s, 25, -2, "0.125");
	assert_quantile(&s, 5, -1, "0.15");
	assert_quantile(&s, 500000000000001, -15, "0.1500000000000001");
	assert_quantile(&s, 75, -2, "0.175");
	assert_quantile(&s, 1, 0, "0.2");
	add(&s, "1e308");
	add(&s, "-1e308");
	assert_quantile(&s, 5, -1, "0.15");
	assert_quantile(&s, 1, 0, "1e308");
	assert_quantile(&s, 5, -1, "0.15");
	assert_quantile(&s, 833333333333333, -15, "4.99999999999999e307");
	assert_quantile(&s, 1, -1, "-7e307");
	sample_free(&s);
}

static void equal_values_count(void **unused)
{
	struct sample s = { 0 };

	(void)unused;
	sample_add_times(&s, (struct decimal){ 70, -1 }, 3);
	add(&s, "5");
	add(&s, "-0.0");
	add(&s, "0");
	add(&s, "5.0");
	assert_int_equal(sample_different(&s), 3);
	assert_true(sample_count(&s) == 7);
	/* 0 0 5 5 7 7 7 */
	assert_quantile(&s, 5, -1, "5");
	assert_quantile(&s, 25, -2, "2.5");
	assert_quantile(&s, 6, -1, "6.2");
	assert_quantile(&s, 7, -1, "7");
	assert_quantile(&s, 1, -1, "0");
	assert_true(sample_above(&s, 5) == 3 && sample_above(&s, 4.9) == 5);
	assert_true(sample_above(&s, 7) == 0 && sample_above(&s, -1) == 7);
	assert_true(sample_value(&s, 1) == 0 && sample_value(&s, 2) == 5);
	sample_free(&s);
}

/* No value is beyond the smallest or the largest, whatever its digits; an integer is printed in full. */
static void all_digits_are_kept(void **unused)
{
	static const char *const alone[] = { "9007199254740993", "123456789012345678901",
		"0.1234567890123456789", "1600000060123456789", "-9223372036854775809", "4.35",
		"5e-324", "2.5e-400" };
	struct sample s = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
		add(&s, alone[i]);
		for (int q = 0; q <= 10; q += 5)
			assert_quantile(&s, q, -1, alone[i]);
		sample_free(&s);
	}
	add(&s, "9007199254740993");
	add(&s, "9007199254740995");
	assert_quantile(&s, 5, -1, "9007199254740994");
	assert_quantile(&s, 25, -2, "9007199254740994");
	add(&s, "0.5");
	add(&s, "9007199254740993.0");
	assert_int_equal(sample_different(&s), 3);
	assert_quantile(&s, 0, 0, "0.5");
	assert_quantile(&s, 5, -1, "9007199254740993");
	sample_free(&s);
}

/* --- ranks --- */

enum series { RISING, FALLING, SHUFFLED, WANDERING, DAYS, ZIGZAG, SAW, STEPS, FAR, SERIES };

/* The nth value of MANY, before the nth of a walk. */
static int64_t value_of(enum series series, int64_t n, int64_t *walk)
{
	*walk += (int64_t)(any_bits() % 2001) - 1000;
	switch (series) {
	case RISING:
		return n;
	case FALLING:
		return -n;
	case SHUFFLED:
		return n * 7919 % MANY;
	case WANDERING:
		return *walk;
	case DAYS:
		return (int64_t)(1e9 * sin((double)n * 2 * M_PI / 1440)) + *walk;
	case ZIGZAG:
		return n % 2 ? n : -n;
	case SAW:
		return n % 1000 * MANY + n / 1000;
	case STEPS:
		return *walk / 30000;
	default: /* beyond what is a double, as 2^53 is */
		return (int64_t)(any_bits() >> 1);
	}
}

static int compare(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int64_t *make(enum series series)
{
	int64_t *value = malloc(MANY * sizeof *value), walk = 0;

	for (int64_t i = 0; i < MANY; i++)
		value[i] = value_of(series, i, &walk);
	return value;
}

/* How far the values that are x are from the nth, n from 0, in ranks. */
static int64_t distance(const int64_t *sorted, int64_t x, int64_t n)
{
	int64_t first = 0, last;

	while (first < MANY && sorted[first] < x)
		first++;
	for (last = first; last + 1 < MANY && sorted[last + 1] == x;)
		last++;
	assert_true(first < MANY && sorted[first] == x);
	return n < first ? first - n : n > last ? n - last : 0;
}

static int64_t answer(struct sample *s, int i)
{
	struct decimal q = { (int64_t)(num_ten[15] / SHARES) * i, -15 };
	struct buf b = { 0 };
	int64_t x;

	sample_print_quantile(&b, s, q);
	buf_byte(&b, 0);
	x = strtoll(b.at, NULL, 10);
	buf_free(&b);
	return x;
}

/* error: of a thousand */
static void check_ranks(struct sample *s, const int64_t *sorted, int64_t error)
{
	char text[NUM_MAX];

	assert_true(sample_count(s) == MANY);
	for (int i = 1; i < SHARES; i++) {
		int64_t n = (int64_t)((double)i / SHARES * (MANY - 1) + 0.5);
		assert_true(distance(sorted, answer(s, i), n) <= MANY * error / 1000 + 1);
	}
	sprintf(text, "%lld", (long long)sorted[0]);
	assert_quantile(s, 0, 0, text);
	sprintf(text, "%lld", (long long)sorted[MANY - 1]);
	assert_quantile(s, 1, 0, text);
	assert_true(sample_above(s, (double)sorted[MANY - 1]) == 0);
	assert_in_range(sample_most(s), 1, MOST_KEPT);
}

static struct decimal whole(int64_t x)
{
	return (struct decimal){ x, 0 };
}

static void read_again(struct sample *s)
{
	struct sample copy = { .whole = s->whole };
	struct buf first = { 0 }, second = { 0 };

	sample_print(&first, s);
	assert_true(sample_parse(&copy, buf_slice(&first)));
	sample_print(&second, &copy);
	assert_true(slice_equal(buf_slice(&first), buf_slice(&second)));
	assert_true(sample_exact(&copy) == sample_exact(s));
	sample_free(s);
	*s = copy;
	buf_free(&first);
	buf_free(&second);
}

static void ranks_are_near(void **unused)
{
	(void)unused;
	for (enum series series = RISING; series < SERIES; series++) {
		int64_t *value = make(series);
		struct sample s = { 0 }, all = { 0 }, part[PARTS] = { 0 };

		for (int i = 0; i < MANY; i++) {
			sample_add(&s, whole(value[i]));
			sample_add(&part[i / (MANY / PARTS / 2) / 2], whole(value[i]));
			if (i == MANY / 2)
				read_again(&s);
		}
		for (int i = 0; i < PARTS; i++) {
			read_again(&part[i]);
			sample_merge(&all, &part[i]);
			assert_true(sample_count(&part[i]) == 0);
			sample_free(&part[i]);
		}
		qsort(value, MANY, sizeof *value, compare);
		check_ranks(&s, value, 1);
		check_ranks(&all, value, 1);
		assert_true(sample_exact(&s) == (series == STEPS));
		sample_free(&s);
		sample_free(&all);
		free(value);
	}
}

/* Parts that are not exact themselves, and parts of parts. */
static void merged_ranks_are_near(void **unused)
{
	(void)unused;
	for (enum series series = RISING; series < SERIES; series++) {
		int64_t *value = make(series);
		struct sample all = { 0 };

		for (int i = 0; i < 3; i++) {
			struct sample half = { 0 };
			for (int k = 0; k < 4; k++) {
				struct sample s = { 0 };
				int n = i * 4 + k;
				for (int j = n * (MANY / 12); j < (n + 1) * (MANY / 12); j++)
					sample_add(&s, whole(value[j]));
				sample_merge(&half, &s);
			}
			read_again(&half);
			sample_merge(&all, &half);
		}
		qsort(value, MANY, sizeof *value, compare);
		check_ranks(&all, value, 2);
		sample_free(&all);
		free(value);
	}
}

/* However many there are of each, and in whatever order and parts they come. */
static void few_different_ones_are_exact(void **unused)
{
	struct sample s = { 0 }, part[3] = { 0 };

	(void)unused;
	for (int64_t i = 0; i < MANY; i++) {
		sample_add(&s, whole(i * 7919 % SAMPLE_EXACT));
		sample_add_times(&part[i % 3], whole(i % SAMPLE_EXACT), 1);
	}
	/* 60000 are 29 of each and one more of the first 608. */
	assert_true(sample_count(&s) == MANY && sample_exact(&s));
	assert_int_equal(sample_different(&s), SAMPLE_EXACT);
	sample_free(&s);
	for (int i = 2; i >= 0; i--)
		sample_merge(&s, &part[i]);
	sample_add_times(&s, whole(-1), 1000);
	sample_add_times(&s, whole(3000), 7);
	assert_true(sample_exact(&s) == false);
	sample_free(&s);
	for (int64_t i = 0; i < SAMPLE_EXACT; i++)
		sample_add_times(&s, whole(i * 7919 % SAMPLE_EXACT), 20);
	assert_true(sample_exact(&s) && sample_count(&s) == 20 * SAMPLE_EXACT);
	/* (40960 - 1) / 2 is between the last of 1023 and the first of 1024. */
	assert_quantile(&s, 5, -1, "1023.5");
	assert_quantile(&s, 25, -2, "511.75");
	sample_free(&s);
}

static void all_may_be_kept(void **unused)
{
	struct sample s = { .whole = true }, other = { .whole = true };
	struct buf b = { 0 };

	(void)unused;
	for (int64_t i = 0; i < MANY; i++) {
		sample_add(&s, whole(i * 7919 % MANY));
		sample_add(&other, whole(i * 104729 % MANY));
	}
	assert_quantile(&s, 5, -1, "29999.5");
	sample_merge(&s, &other);
	for (int64_t i = 0; i < 3 * MANY; i++)
		sample_add(&s, whole(i % MANY));
	assert_int_equal(sample_different(&s), MANY);
	assert_true(sample_exact(&s));
	/* Five of each: (5 MANY - 1) q are before it. */
	assert_quantile(&s, 5, -1, "29999.5");
	assert_quantile(&s, 99, -2, "59399.01");
	other.whole = false;
	for (int64_t i = 0; i < 5000; i++)
		sample_add(&other, whole(i));
	assert_false(sample_exact(&other));
	sample_print(&b, &other);
	assert_false(sample_parse(&s, buf_slice(&b)));
	assert_true(sample_count(&s) == 0 && s.whole);
	buf_free(&b);
	sample_free(&s);
	sample_free(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_two_lies_the_line),
		cmocka_unit_test(equal_values_count),
		cmocka_unit_test(all_digits_are_kept),
		cmocka_unit_test(ranks_are_near),
		cmocka_unit_test(merged_ranks_are_near),
		cmocka_unit_test(few_different_ones_are_exact),
		cmocka_unit_test(all_may_be_kept),
	};

	return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
