/* Quantiles beside those of all values, sorted. */
#include "sketch/tdigest.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

enum { MANY = 200000, PARTS = 16 };

static const double quantiles[] = { 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999 };

static uint64_t seed = 0x9e3779b97f4a7c15;

/* From 0 to 1. */
static double any(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (double)(seed >> 11) * 0x1p-53;
}

static double uniform(int i)
{
	(void)i;
	return any();
}

static double sorted(int i)
{
	return i;
}

static double reversed(int i)
{
	return -i;
}

static double normal(int i)
{
	(void)i;
	return sqrt(-2 * log(any() + 0x1p-60)) * cos(2 * M_PI * any());
}

static double lognormal(int i)
{
	return exp(normal(i));
}

static double sawtooth(int i)
{
	return i % 1000;
}

static double growing(int i)
{
	return any() * i;
}

static double zigzag(int i)
{
	return i % 2 ? -i : i;
}

static double ties(int i)
{
	(void)i;
	return any() < 0.9 ? 7 : 20 * any();
}

static double integers(int i)
{
	(void)i;
	return floor(300 * any());
}

static double decimals(int i)
{
	return round(20 + 50 * normal(i)) / 10;
}

static double rain(int i)
{
	(void)i;
	return any() < 0.8 ? 0 : ceil(-100 * log(any() + 0x1p-60)) / 100;
}

static double huge(int i)
{
	(void)i;
	return (2 * any() - 1) * 1.7e308;
}

static double decades(int i)
{
	(void)i;
	return (any() < 0.5 ? -1 : 1) * pow(10, 300 * any() - 150);
}

static double two_hills(int i)
{
	return normal(i) + (i % 2 ? 1000 : 0);
}

static double up_then_down(int i)
{
	return i < MANY / 2 ? i : MANY - i / 2.0;
}

/* Each of 300 integers holds a third of a percent, so an answer between two is off by that and
 * more. Where the rank may be far off, the bounds must hold all the same. */
static const struct stream {
	const char *name;
	double (*value)(int i);
	double error, merged;
} streams[] = {
	{ "uniform", uniform, 0.002, 0.0025 },
	{ "sorted", sorted, 0.002, 0.0025 },
	{ "reversed", reversed, 0.002, 0.0025 },
	{ "normal", normal, 0.002, 0.0025 },
	{ "lognormal", lognormal, 0.002, 0.0025 },
	{ "sawtooth", sawtooth, 0.002, 0.0025 },
	{ "growing", growing, 0.002, 0.0025 },
	{ "zigzag", zigzag, 0.002, 0.004 },
	{ "ties", ties, 0.002, 0.0025 },
	{ "decimals", decimals, 0.002, 0.0025 },
	{ "rain", rain, 0.002, 0.0025 },
	{ "huge", huge, 0.002, 0.0025 },
	{ "two hills", two_hills, 0.002, 0.0025 },
	{ "integers", integers, 0.006, 0.006 },
	{ "decades", decades, 0.05, 0.05 },
	{ "up then down", up_then_down, 0.05, 0.05 },
};

static struct tdigest empty(void)
{
	return (struct tdigest){ .compression = TDIGEST_COMPRESSION };
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* How many are below x, or at most x. */
static double below(const double *at, int n, double x, bool equal)
{
	int low = 0, high = n, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (at[middle] < x || (equal && at[middle] == x))
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void check(struct tdigest *d, const double *at, int n, double most, const char *name)
{
	assert_true(tdigest_count(d) == n);
	assert_true(tdigest_quantile(d, 0) == at[0]);
	assert_true(tdigest_quantile(d, 1) == at[n - 1]);
	for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++) {
		double q = quantiles[i], x = tdigest_quantile(d, q), low, high;
		double first = below(at, n, x, false), last = below(at, n, x, true);
		double error = fmax(0, fmax(first - q * n, q * n - last)) / n;
		if (error > most)
			fail_msg("%s: %g is %g, off by %g", name, q, x, error);
		tdigest_rank(d, x, &low, &high);
		if (low > first || high < last)
			fail_msg("%s: %g is not from %g to %g", name, x, low, high);
	}
}

static void ranks_are_close_and_bounds_hold(void **unused)
{
	double *at = malloc(MANY * sizeof *at);

	(void)unused;
	for (size_t s = 0; s < sizeof streams / sizeof *streams; s++) {
		const struct stream *stream = &streams[s];
		struct tdigest whole = empty(), merged = empty(), part[PARTS];
		for (int i = 0; i < PARTS; i++)
			part[i] = empty();
		for (int i = 0; i < MANY; i++) {
			at[i] = stream->value(i);
			tdigest_add(&whole, at[i], 1);
			tdigest_add(&part[(long)i * PARTS / MANY], at[i], 1);
		}
		qsort(at, MANY, sizeof *at, ascending);
		for (int i = 0; i < PARTS; i++) {
			tdigest_merge(&merged, &part[i]);
			tdigest_free(&part[i]);
		}
		check(&whole, at, MANY, stream->error, stream->name);
		check(&merged, at, MANY, stream->merged, stream->name);
		tdigest_free(&whole);
		tdigest_free(&merged);
	}
	free(at);
}

/* The line through the values at (i - 1/2) / n. */
static double exact(const double *at, int n, double q)
{
	double place = q * n - 0.5;
	int i = (int)floor(place);

	if (i < 0 || i >= n - 1)
		return at[i < 0 ? 0 : n - 1];
	return at[i] + (at[i + 1] - at[i]) * (place - i);
}

static void few_values_are_exact(void **unused)
{
	double at[512];

	(void)unused;
	for (int n = 1; n <= 512; n += n < 20 ? 1 : 61) {
		struct tdigest d = empty();
		for (int i = 0; i < n; i++)
			at[i] = n % 2 ? floor(any() * 100) : normal(i);
		for (int i = 0; i < n; i++)
			tdigest_add(&d, at[i], 1);
		qsort(at, (size_t)n, sizeof *at, ascending);
		for (double q = 0; q <= 1; q += 1 / 64.0)
			assert_true(fabs(tdigest_quantile(&d, q) - exact(at, n, q)) < 1e-12);
		for (int i = 0; i < n; i++) {
			double low, high;
			tdigest_rank(&d, at[i], &low, &high);
			assert_true(low == below(at, n, at[i], false));
			assert_true(high == below(at, n, at[i], true));
		}
		tdigest_free(&d);
	}
}

static void medians_are_those_of_the_middle(void **unused)
{
	struct tdigest d = empty();

	(void)unused;
	tdigest_add(&d, 4, 1);
	assert_true(tdigest_quantile(&d, 0.5) == 4);
	tdigest_add(&d, 1, 1);
	assert_true(tdigest_quantile(&d, 0.5) == 2.5);
	assert_true(tdigest_quantile(&d, 0) == 1 && tdigest_quantile(&d, 1) == 4);
	tdigest_add(&d, 1e9, 1);
	assert_true(tdigest_quantile(&d, 0.5) == 4);
	tdigest_free(&d);
	tdigest_add(&d, 1.7e308, 1);
	tdigest_add(&d, -1.7e308, 1);
	assert_true(tdigest_quantile(&d, 0.5) == 0);
	assert_true(tdigest_quantile(&d, 0.25) == -1.7e308);
	tdigest_free(&d);
}

static void zero_has_no_sign(void **unused)
{
	struct tdigest d = empty();
	double low, high;

	(void)unused;
	for (int i = 0; i < 100; i++)
		tdigest_add(&d, i % 2 ? 0.0 : -0.0, 1);
	assert_int_equal(signbit(tdigest_quantile(&d, 0)), 0);
	assert_int_equal(signbit(tdigest_quantile(&d, 0.5)), 0);
	tdigest_rank(&d, -0.0, &low, &high);
	assert_true(low == 0 && high == 100);
	assert_int_equal(d.points, 1);
	tdigest_free(&d);
}

static void weights_count_as_repetitions(void **unused)
{
	struct tdigest d = empty(), again = empty();

	(void)unused;
	tdigest_add(&d, 3, 999999999);
	tdigest_add(&d, 4, 1);
	assert_true(tdigest_count(&d) == 1e9);
	assert_true(tdigest_quantile(&d, 0.999) == 3);
	assert_true(tdigest_quantile(&d, 1) == 4);
	tdigest_free(&d);
	for (int i = 0; i < 150; i++) {
		tdigest_add(&d, i % 50, 1 + i % 3);
		for (int k = 0; k < 1 + i % 3; k++)
			tdigest_add(&again, i % 50, 1);
	}
	for (double q = 0; q <= 1; q += 1 / 256.0)
		assert_true(tdigest_quantile(&d, q) == tdigest_quantile(&again, q));
	tdigest_free(&d);
	tdigest_free(&again);
}

/* 2 % of one value, which begin late and are spread thinly. */
static void frequent_values_are_exact(void **unused)
{
	struct tdigest d = empty();
	double *at = malloc(MANY * sizeof *at), low, high;

	(void)unused;
	for (int i = 0; i < MANY; i++) {
		at[i] = i > MANY / 2 && i % 25 == 0 ? 0.31415 : any();
		tdigest_add(&d, at[i], 1);
	}
	qsort(at, MANY, sizeof *at, ascending);
	low = below(at, MANY, 0.31415, false) / MANY;
	high = below(at, MANY, 0.31415, true) / MANY;
	for (double q = low + 0.002; q < high - 0.002; q += 0.001)
		assert_true(tdigest_quantile(&d, q) == 0.31415);
	tdigest_free(&d);
	/* As many as 256 different ones are exact for ever. */
	for (int i = 0; i < MANY; i++)
		tdigest_add(&d, i % 256, 1);
	tdigest_rank(&d, 99, &low, &high);
	assert_true(low == 99 * 781 + (MANY % 256 < 99 ? MANY % 256 : 99));
	assert_true(tdigest_quantile(&d, 0.5) == 127);
	tdigest_free(&d);
	free(at);
}

static void print(struct tdigest *d, struct buf *b)
{
	b->len = 0;
	tdigest_print(d, b);
}

static void what_is_printed_is_read_back(void **unused)
{
	struct buf text = { 0 }, again = { 0 };
	struct tdigest d = empty(), copy;
	struct fault fault;

	(void)unused;
	for (int i = 0; i < 5000; i++) {
		if (i < 20 || i % 500 == 0) {
			print(&d, &text);
			assert_true(tdigest_parse(&copy, buf_slice(&text), &fault));
			print(&copy, &again);
			assert_true(slice_equal(buf_slice(&text), buf_slice(&again)));
			assert_true(tdigest_count(&copy) == i);
			/* Both go on alike. */
			tdigest_free(&d);
			d = copy;
		}
		tdigest_add(&d, i % 7 ? normal(i) : 0.5, 1);
	}
	tdigest_free(&d);
	buf_free(&text);
	buf_free(&again);
}

static void print_of_few_does_not_depend_on_their_order(void **unused)
{
	struct buf up = { 0 }, down = { 0 };
	struct tdigest d = empty(), e = empty();

	(void)unused;
	for (int i = 0; i < 500; i++) {
		tdigest_add(&d, i * 0.1, 1 + i % 2);
		tdigest_add(&e, (499 - i) * 0.1, 1 + (499 - i) % 2);
	}
	print(&d, &up);
	print(&e, &down);
	assert_true(slice_equal(buf_slice(&up), buf_slice(&down)));
	tdigest_free(&d);
	for (int i = 0; i < 3; i++)
		tdigest_add(&d, 3 - i, 1 + i);
	print(&d, &up);
	assert_true(slice_equal(buf_slice(&up), SLICE("100 1:3 2:2 3")));
	tdigest_free(&d);
	tdigest_free(&e);
	buf_free(&up);
	buf_free(&down);
}

static void other_texts_are_refused(void **unused)
{
	static const char *const bad[] = { "", " ", "100 ", "100  1", "10", "1e9", "100.5", "-100",
		"100 1 1", "100 2 1", "100 1:0", "100 1:-1", "100 1:0.5", "100 1:1e300",
		"100 1e999", "100 1:1e999", "100 nan", "100 1:2:3", "100 1:2:1e999",
		"100 1:9:2 0:9:2", "100 1:9:2:3", "100 1:9:0:0.5", "100 1:9:1:1", "100 1:9:0:2:3",
		"100 1:9:0:2 5", "100 5 6:9:2", "100 1:", "100 :1", "100 1:2:-1e300", "100 1,2",
		"100 0x1", "100\n1" };
	struct fault fault;
	struct tdigest d;
	struct buf long_one = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (tdigest_parse(&d, slice_of(bad[i]), &fault))
			fail_msg("'%s' is taken", bad[i]);
		assert_true(fault.at <= strlen(bad[i]));
		assert_true(!d.point && !d.centroid && d.compression == TDIGEST_COMPRESSION);
	}
	for (int centroids = 0; centroids < 2; centroids++) {
		long_one.len = 0;
		buf_printf(&long_one, "100");
		for (int i = 0; i < 10000; i++)
			buf_printf(&long_one, centroids ? " %d:1:1" : " %d", i);
		assert_false(tdigest_parse(&d, buf_slice(&long_one), &fault));
	}
	buf_free(&long_one);
	assert_true(tdigest_parse(&d, SLICE("100 1:9:1 5:9:0:10"), &fault));
	assert_true(tdigest_count(&d) == 18);
	tdigest_free(&d);
}

static void memory_is_bounded(void **unused)
{
	struct tdigest d = empty();

	(void)unused;
	assert_null(d.point);
	tdigest_add(&d, 1, 1);
	assert_true(d.room <= 16);
	for (int i = 0; i < MANY; i++) {
		/* Pairs ask for places of their own. */
		tdigest_add(&d, floor(any() * 1000), 1 + i % 5);
		assert_true(d.room <= 512 && d.centroids <= 4 * TDIGEST_COMPRESSION + 1);
	}
	tdigest_free(&d);
	assert_null(d.centroid);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranks_are_close_and_bounds_hold),
		cmocka_unit_test(few_values_are_exact),
		cmocka_unit_test(medians_are_those_of_the_middle),
		cmocka_unit_test(zero_has_no_sign),
		cmocka_unit_test(weights_count_as_repetitions),
		cmocka_unit_test(frequent_values_are_exact),
		cmocka_unit_test(what_is_printed_is_read_back),
		cmocka_unit_test(print_of_few_does_not_depend_on_their_order),
		cmocka_unit_test(other_texts_are_refused),
		cmocka_unit_test(memory_is_bounded),
	};

	return cmocka_run_group_tests_name("tdigest", tests, NULL, NULL);
}
