/* What is drawn of points. Quartiles are those of Python's statistics.quantiles(), "inclusive". */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "picture/series.h"
#include "simulate/noise.h"

static void add(struct series *s, double x, double y)
{
	double point[] = { x, y };

	series_add(s, point);
}

static void of_a_column_four_are_left(void **state)
{
	struct series s = { .each = 2 }, line = { .each = 2 }, alone = { .each = 2 };
	static const double y[] = { 5, 1, 7, 6 };

	(void)state;
	for (int i = 0; i < 10000; i++)
		add(&s, i, i % 1000 < 3 ? y[i % 1000] : i % 1000 == 999 ? 6 : 5);
	series_thin(&s, INFINITY, (struct view){ .high = 10000, .columns = 10 }, &line, &alone);
	assert_int_equal(line.n, 40);
	assert_int_equal(alone.n, 0);
	for (size_t i = 0; i < line.n; i++)
		assert_true(series_y(&line, i) == y[i % 4]);
	series_free(&s);
	series_free(&line);
}

/* The extremes of every column are those of all its points, whatever these are. */
static void extremes_stay(void **state)
{
	struct series s = { .each = 2 }, line = { .each = 2 }, alone = { .each = 2 };
	double low[50], high[50];

	(void)state;
	for (int i = 0; i < 50; i++) {
		low[i] = INFINITY;
		high[i] = -INFINITY;
	}
	for (int i = 0; i < 20000; i++) {
		double y = (double)noise_between(1, i, -1000000, 1000000);
		add(&s, i, y);
		low[i / 400] = fmin(low[i / 400], y);
		high[i / 400] = fmax(high[i / 400], y);
	}
	series_thin(&s, INFINITY, (struct view){ .high = 20000, .columns = 50 }, &line, &alone);
	assert_true(line.n <= 200);
	for (size_t i = 0; i < line.n; i++) {
		int column = (int)series_x(&line, i) / 400;
		assert_true(i == 0 || series_x(&line, i) > series_x(&line, i - 1));
		low[column] = series_y(&line, i) == low[column] ? NAN : low[column];
		high[column] = series_y(&line, i) == high[column] ? NAN : high[column];
	}
	for (int i = 0; i < 50; i++)
		assert_true(isnan(low[i]) && isnan(high[i]));
	series_free(&s);
	series_free(&line);
}

static void gaps_lift_the_pen(void **state)
{
	struct series s = { .each = 2 }, line = { .each = 2 }, alone = { .each = 2 };

	(void)state;
	add(&s, 0, NAN);
	add(&s, 1, 1);
	add(&s, 2, NAN);
	add(&s, 3, 3);
	add(&s, 4, 4);
	add(&s, 20, 5);
	add(&s, 21, 6);
	add(&s, 22, NAN);
	series_thin(&s, 5, (struct view){ .high = 22, .columns = 100 }, &line, &alone);
	assert_int_equal(alone.n, 1);
	assert_true(series_x(&alone, 0) == 1);
	assert_int_equal(line.n, 5);
	assert_true(isnan(series_y(&line, 2)) && series_x(&line, 3) == 20);
	series_free(&s);
	series_free(&line);
	series_free(&alone);
}

static void a_gap_is_three_usual_steps(void **state)
{
	struct series s = { .each = 2 };

	(void)state;
	for (int i = 0; i < 4; i++)
		add(&s, i * 60, 0);
	assert_true(series_gap(&s) == INFINITY);
	add(&s, 1000, 0);
	assert_true(series_gap(&s) == 180);
	for (int i = 0; i < 200000; i++)
		add(&s, 1000 + 7 * i, 0);
	assert_true(series_gap(&s) == 21);
	series_free(&s);
}

static void points_are_sorted_and_forgotten(void **state)
{
	struct series s = { .each = 2 };

	(void)state;
	add(&s, 2, 1);
	add(&s, 1, 9);
	add(&s, 1, NAN);
	add(&s, 1, -9);
	assert_true(s.unsorted);
	series_sort(&s);
	assert_true(series_y(&s, 0) == -9 && series_y(&s, 1) == 9 && isnan(series_y(&s, 2)));
	series_keep_last(&s, 1);
	assert_true(s.n == 1 && series_x(&s, 0) == 2);
	series_keep_last(&s, 5);
	assert_int_equal(s.n, 1);
	series_free(&s);
}

static void one_point_a_cell(void **state)
{
	struct series s = { .each = 2 }, points = { .each = 2 };
	struct view ten = { .high = 10, .columns = 10 };

	(void)state;
	for (int i = 0; i <= 1000; i++)
		add(&s, i / 100.0, 5);
	add(&s, 10, NAN);
	series_spread(&s, ten, ten, &points);
	assert_int_equal(points.n, 10);
	series_free(&s);
	series_free(&points);
}

static void quartiles_lie_between(void **state)
{
	static const double y[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 30, 31 };
	struct series s = { .each = 2 };
	struct quartiles q;

	(void)state;
	for (int i = 0; i < 11; i++)
		add(&s, 0, y[i]);
	q = series_quartiles(&s, 0, 11);
	assert_true(q.first == 3.5 && q.median == 6 && q.third == 8.5);
	assert_true(q.low == 1 && q.high == 9);
	q = series_quartiles(&s, 1, 2);
	assert_true(q.first == 2.25 && q.median == 2.5 && q.third == 2.75);
	assert_true(q.low == 2 && q.high == 3);
	q = series_quartiles(&s, 10, 1);
	assert_true(q.low == 31 && q.median == 31 && q.high == 31);
	series_free(&s);
}

/* Of 0 to 999,999: the quartiles are half of the range apart, so a class is to be 10,000 wide by the
 * rule of Freedman and Diaconis: 2 * 500,000 / 100. */
static void classes_follow_the_rule(void **state)
{
	struct series s = { .each = 2 };
	struct bins b;

	(void)state;
	for (int i = 0; i < 1000000; i++)
		add(&s, 0, i);
	b = series_bins(&s, 0);
	assert_true(b.width == 10000 || b.width == 20000);
	assert_true(b.low == 0 && b.low + b.width * (double)b.n > 999999);
	b = series_bins(&s, 4);
	assert_int_equal(b.n, 4);
	assert_int_equal(bins_find(&b, 0), 0);
	assert_int_equal(bins_find(&b, 999999), 3);
	assert_int_equal(bins_find(&b, 500000), 2);
	series_free(&s);
}

/* Values that are mostly equal, far apart, next to each other. */
static void classes_are_neither_few_nor_many(void **state)
{
	static const double far[] = { 1e-3, 1, 1e3, 1e9, 1e300 };

	(void)state;
	for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
		struct series s = { .each = 2 };
		struct bins b;
		for (int k = 0; k < 100; k++)
			add(&s, 0, 0);
		add(&s, 0, far[i] * 0.7512345);
		b = series_bins(&s, 0);
		assert_in_range(b.n, BINS_MIN, BINS_MAX);
		assert_true(b.low <= 0 && b.low + b.width * (double)b.n >= far[i] * 0.7512345);
		series_free(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(of_a_column_four_are_left),
		cmocka_unit_test(extremes_stay),
		cmocka_unit_test(gaps_lift_the_pen),
		cmocka_unit_test(a_gap_is_three_usual_steps),
		cmocka_unit_test(points_are_sorted_and_forgotten),
		cmocka_unit_test(one_point_a_cell),
		cmocka_unit_test(quartiles_lie_between),
		cmocka_unit_test(classes_follow_the_rule),
		cmocka_unit_test(classes_are_neither_few_nor_many),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
