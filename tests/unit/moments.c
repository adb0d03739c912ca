/* moments: results that are the nearest double to the true value */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "number/moments.h"
#include "../random.h"
#include "number/real.h"

enum { MANY = 2000, LONGEST = 120 };

enum result {
	VARIANCE,
	VARIANCE_ALL,
	DEVIATION,
	DEVIATION_ALL,
	COVARIANCE,
	COVARIANCE_ALL,
	CORRELATION,
	SLOPE,
	INTERCEPT,
	WEIGHTED_MEAN,
	RESULTS,
};

/* Below 10^18, the exponent from -spread to spread, or with so many digits more. */
static void any_number(char text[LONGEST], int spread, int more)
{
	int n = sprintf(text, "%s%lld", any_of(0, 1) ? "-" : "",
		(long long)(any_bits() % 999999999999999999 >> any_of(0, 59)) + 1);

	for (; more > 0; more--)
		text[n++] = (char)any_of('0', '9');
	sprintf(text + n, "e%d", any_of(-spread, spread));
}

struct sums {
	struct moments_pair pair;
	struct moments_weighted weighted;
};

static void add(struct sums *s, const char *x, const char *y, const char *weight)
{
	struct decimal a, b, w;

	if (any_of(0, 1) && num_decimal(slice_of(x), &a) && num_decimal(slice_of(y), &b) &&
		num_decimal(slice_of(weight), &w)) {
		assert_true(moments_pair_add(&s->pair, a, b));
		assert_true(moments_weighted_add(&s->weighted, a, w));
		return;
	}
	assert_true(moments_pair_add_number(&s->pair, slice_of(x), slice_of(y)));
	assert_true(moments_weighted_add_number(&s->weighted, slice_of(x), slice_of(weight)));
}

static void merge(struct sums *s, const struct sums *from)
{
	moments_pair_merge(&s->pair, &from->pair);
	moments_weighted_merge(&s->weighted, &from->weighted);
}

static void clear(struct sums *s)
{
	moments_pair_free(&s->pair);
	moments_weighted_free(&s->weighted);
}

/* Lives until the next call. */
static const char *result(const struct sums *s, enum result r)
{
	static char text[NUM_MAX + 1];
	const struct moments_pair *p = &s->pair;
	size_t n = 0;

	switch (r) {
	case VARIANCE:
	case VARIANCE_ALL:
		n = moments_print_variance(text, &p->x, r == VARIANCE_ALL);
		break;
	case DEVIATION:
	case DEVIATION_ALL:
		n = moments_print_deviation(text, &p->x, r == DEVIATION_ALL);
		break;
	case COVARIANCE:
	case COVARIANCE_ALL:
		n = moments_print_covariance(text, p, r == COVARIANCE_ALL);
		break;
	case CORRELATION:
		n = moments_print_correlation(text, p);
		break;
	case SLOPE:
		n = moments_print_slope(text, p);
		break;
	case INTERCEPT:
		n = moments_print_intercept(text, p);
		break;
	default:
		n = moments_print_weighted_mean(text, &s->weighted);
	}
	text[n] = 0;
	return text;
}

/* Worked out with fractions of integers, by a program that shares nothing with ours. */
static void known(void **state)
{
	static const struct {
		const char *x[4], *y[4], *weight[4], *result[RESULTS];
	} rows[] = {
		{ .x = { "1000000004", "1000000007", "1000000013", "1000000016" },
			.y = { "1", "2", "3", "4" },
			.weight = { "1", "1", "2", "1" },
			.result = { "30", "22.5", "5.477225575051661", "4.743416490252569", "7",
				"5.25", "0.9899494936611666", "0.23333333333333334",
				"-233333333.16666666", "1000000010.6" } },
		{ .x = { "21.5", "21.7", "22.05", "19" },
			.y = { "1012.3", "1012.1", "1011.4", "1013.25" },
			.weight = { "1", "1", "0.5", "2" },
			.result = { "1.9422916666666667", "1.45671875", "1.3936612453055681",
				"1.2069460427044783", "-0.991875", "-0.74390625",
				"-0.9326730616821063", "-0.5106725303014051", "1023.0185401694733",
				"20.494444444444444" } },
		{ .x = { "1" },
			.y = { "10" },
			.weight = { "3" },
			.result = { "", "0", "", "0", "", "0", "", "", "", "1" } },
		{ .x = { "5", "5", "5.0" },
			.y = { "1", "2", "4" },
			.weight = { "1", "-1", "0" },
			.result = { "0", "0", "0", "0", "0", "0", "", "", "", "" } },
		{ .x = { "1600000000000000000", "1600000060000000000", "1600000120000000000",
			  "1600000180000000000" },
			.y = { "0.1", "0.2", "0.4", "0.3" },
			.weight = { "1", "1", "1", "2" },
			.result = { "6e21", "4.5e21", "77459666924.14833", "67082039324.99369",
				"8000000000", "6000000000", "0.8", "1.3333333333333334e-12",
				"-2133333.203333333", "1600000108000000000" } },
		{ .x = { "0", "2000000002" },
			.y = { "0", "1" },
			.weight = { "1", "1" },
			.result = { "2000000004000000002", "1000000002000000001",
				"1414213563.7873087", "1000000001", "1000000001", "500000000.5",
				"1", "4.999999995e-10", "0", "1000000001" } },
		{ .x = { "0", "30000000003" },
			.y = { "0", "9" },
			.weight = { "1", "1" },
			.result = { "450000000090000000000", "225000000045000000000",
				"21213203437.717747", "15000000001.5", "135000000013.5",
				"67500000006.75", "1", "2.9999999997e-10", "0", "15000000001.5" } },
		{ .x = { "1e308", "-1e308", "1" },
			.y = { "1e-308", "-1e-308", "2" },
			.weight = { "1e308", "1", "3" },
			.result = { "", "", "1e308", "8.16496580927726e307", "1.6666666666666667",
				"1.1111111111111112", "1.4433756729740643e-308", "0",
				"0.6666666666666666", "1e308" } },
		{ .x = { "1e-300", "3e-300", "2e-300" },
			.y = { "1e300", "2e300", "1e300" },
			.weight = { "1", "1e-300", "7" },
			.result = { "0", "0", "1e-300", "8.16496580927726e-301", "0.5",
				"0.3333333333333333", "0.8660254037844386", "",
				"3.3333333333333335e299", "1.875e-300" } },
		{ .x = { "1e-330", "-4e-330", "7e-390" },
			.y = { "3", "5", "1" },
			.weight = { "1", "1", "1e-390" },
			.result = { "0", "0", "0", "0", "0", "0", "-0.7559289460184545", "",
				"2.4285714285714284", "0" } },
		{ .x = { "123456789012345678901234567890", "123456789012345678901234567891",
			  "123456789012345678901234567895" },
			.y = { "1", "2", "3" },
			.weight = { "1", "2", "1" },
			.result = { "7", "4.666666666666667", "2.6457513110645907",
				"2.160246899469287", "2.5", "1.6666666666666667",
				"0.944911182523068", "0.35714285714285715", "-4.409171036155202e28",
				"1.2345678901234568e29" } },
		{ .x = { "0.12345678901234567", "0.000012345678901234567", "0.9" },
			.y = { "0.98765432109876543", "1", "0.0000098765432109876543" },
			.weight = { "0.3", "0.1", "0.7" },
			.result = { "0.2380392778418857", "0.15869285189459045",
				"0.4878926909084473", "0.39836271398637507", "-0.2780752265504944",
				"-0.18538348436699628", "-0.9932691311798414",
				"-1.1681905149082248", "1.0610903776965397",
				"0.6063984284287216" } },
		{ .x = { "0", "1e-25", "1e25" },
			.y = { "1", "2", "4" },
			.weight = { "1", "1", "1" },
			.result = { "3.333333333333333e49", "2.2222222222222222e49",
				"5.773502691896257e24", "4.714045207910317e24",
				"8.333333333333334e24", "5.555555555555555e24", "0.944911182523068",
				"2.5e-25", "1.5", "3.3333333333333333e24" } },
		{ .x = { "3.141592653589793238462643383279502884", "1", "2" },
			.y = { "2.718281828459045235360287471352662497", "1", "3" },
			.weight = { "1.4142135623730950488", "1", "0.5" },
			.result = { "1.1482754801066597", "0.7655169867377731",
				"1.0715761662647503", "0.874938275958809", "0.8930420576018042",
				"0.5953613717345362", "0.7698204773398308", "0.77772457313018",
				"0.6472714345354915", "2.210847901247091" } },
		{ .x = { "1e150", "-1e154", "1e160" },
			.y = { "1e150", "1e155", "0" },
			.weight = { "1", "1", "2" },
			.result = { "", "", "5.773505578361094e159", "4.7140475646989866e159", "",
				"", "-0.5000082500894367", "-0.000005000055000889994",
				"5.000050000444999e154", "4.99999750025e159" } },
		{ .x = { "9223372036854775807", "-9223372036854775807", "9223372036854775806" },
			.y = { "-9223372036854775807", "9223372036854775806",
				"9223372036854775807" },
			.weight = { "9223372036854775807", "1", "9223372036854775807" },
			.result = { "1.1342745564031281e38", "7.561830376020854e37",
				"10650232656628343000", "8695878550221855000",
				"-5.671372782015641e37", "-3.780915188010427e37", "-0.5", "-0.5",
				"4611686018427387903", "9223372036854776000" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int way = 0; way < 4; way++) {
			struct sums s = { 0 };

			for (int j = 0; j < 4 && rows[i].x[j]; j++)
				add(&s, rows[i].x[j], rows[i].y[j], rows[i].weight[j]);
			for (int j = 0; j < RESULTS; j++)
				assert_string_equal(result(&s, (enum result)j), rows[i].result[j]);
			clear(&s);
		}
}

static void of_nothing(void **state)
{
	struct sums s = { 0 };

	(void)state;
	for (int i = 0; i < RESULTS; i++)
		assert_string_equal(result(&s, (enum result)i), "");
}

static void beyond_the_doubles(void **state)
{
	static const struct slice one = { "1", 1 }, large = { "1e309", 5 };
	const struct decimal many = { 2, 308 }, few = { 1, 0 };
	struct sums s = { 0 };
	struct buf b = { 0 };

	(void)state;
	assert_false(moments_add(&s.pair.x, many));
	assert_false(moments_add_number(&s.pair.x, large));
	assert_false(moments_pair_add(&s.pair, many, few));
	assert_false(moments_pair_add(&s.pair, few, many));
	assert_false(moments_pair_add_number(&s.pair, one, large));
	assert_false(moments_pair_add_number(&s.pair, large, one));
	assert_false(moments_weighted_add(&s.weighted, few, many));
	assert_false(moments_weighted_add_number(&s.weighted, large, one));
	moments_pair_print(&b, &s.pair);
	buf_byte(&b, ' ');
	moments_weighted_print(&b, &s.weighted);
	assert_true(slice_equal(buf_slice(&b), SLICE("0 0 0 0 0 0 0 0")));
	buf_free(&b);
	clear(&s);
}

/* NIST's Statistical Reference Datasets, those of the univariate ones that a rule makes: 1001
 * numbers, the first of them in the middle, the others to both sides by turns. */
static void reference_sets(void **state)
{
	static const struct {
		const char *middle, *low, *high, *mean, *deviation;
		int n;
	} sets[] = {
		{ "10000002", "10000001", "10000003", "10000002", "1", 3 },
		{ "1.2", "1.1", "1.3", "1.2", "0.1", 1001 },
		{ "1000000.2", "1000000.1", "1000000.3", "1000000.2", "0.1", 1001 },
		{ "10000000.2", "10000000.1", "10000000.3", "10000000.2", "0.1", 1001 },
	};
	char text[NUM_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct sums s = { 0 };

		add(&s, sets[i].middle, "0", "0");
		for (int j = 1; j < sets[i].n; j++)
			add(&s, j % 2 ? sets[i].low : sets[i].high, "0", "0");
		assert_string_equal(result(&s, DEVIATION), sets[i].deviation);
		assert_int_equal(s.pair.x.n, sets[i].n);
		text[total_print_mean(text, &s.pair.x.x, s.pair.x.n)] = 0;
		assert_string_equal(text, sets[i].mean);
		clear(&s);
	}
}

/* The deviation of -x and x is the double nearest to x, or x itself, as is x weighted. */
static void roots(void **state)
{
	static const char *const row[][2] = {
		{ "4503599627370496.5", "4503599627370496" },
		{ "4503599627370497.5", "4503599627370498" },
		{ "4503599627370497.49999999999999999999999999999", "4503599627370497" },
		{ "4503599627370496.50000000000000000000000000001", "4503599627370497" },
		{ "9007199254740993", "9007199254740993" },
		{ "9007199254740993.000000001", "9007199254740994" },
		{ "9007199254740993.00000000000000000000000", "9007199254740993" },
		{ "9007199254740992.999999999", "9007199254740992" },
		{ "999999999999999999999", "999999999999999999999" },
		{ "999999999999999999999.1", "1e21" },
		{ "1e21", "1e21" },
		{ "1.7976931348623158e308", "1.7976931348623157e308" },
		{ "1e-320", "1e-320" },
		{ "2.4703282292062327e-324", "0" },
		{ "2.4703282292062328e-324", "5e-324" },
		{ "7.4109846876186981e-324", "5e-324" },
		{ "7.4109846876186982e-324", "1e-323" },
		{ "1e-399", "0" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		char minus[LONGEST] = "-";
		struct sums s = { 0 };

		add(&s, row[i][0], "1", "3.7");
		assert_string_equal(result(&s, WEIGHTED_MEAN), row[i][1]);
		add(&s, strcat(minus, row[i][0]), "1", "0.1");
		assert_string_equal(result(&s, DEVIATION_ALL), row[i][1]);
		clear(&s);
	}
}

static void check_double(const char *text, const char *number)
{
	char wanted[NUM_MAX + 1];

	wanted[real_print(wanted, real_of(slice_of(number)))] = 0;
	if (strtod(text, NULL) != strtod(wanted, NULL))
		fail_msg("%s is not %s", text, number);
}

/* The points (0, b), (1, b + a) and (-1, b - a) lie on a line whatever a and b are; so do those of
 * any x. The sum of b and a is that of their integers, at one exponent. */
static void lines(void **state)
{
	(void)state;
	for (int i = 0; i < MANY; i++) {
		int64_t a = (int64_t)(any_bits() >> any_of(3, 62)), b = any_of(-1000000, 1000000);
		int e = any_of(-290, 280);
		char slope[LONGEST], intercept[LONGEST], x[LONGEST], y[LONGEST];
		struct sums s = { 0 };

		sprintf(slope, "%llde%d", (long long)a, e);
		sprintf(intercept, "%llde%d", (long long)b, e);
		for (int j = -1; j < any_of(1, 4); j++) {
			sprintf(x, "%d.0", j);
			sprintf(y, "%llde%d", (long long)(b + j * a), e);
			add(&s, x, y, "1");
		}
		check_double(result(&s, SLOPE), slope);
		check_double(result(&s, INTERCEPT), intercept);
		assert_string_equal(result(&s, CORRELATION), a ? "1" : "");
		clear(&s);
	}
}

/* No correlation is beyond 1, and all beside it agree with integers of 128 bits. */
static void small_integers(void **state)
{
	(void)state;
	for (int i = 0; i < MANY; i++) {
		__int128 xx = 0, xy = 0, c;
		int64_t sx = 0, sy = 0;
		struct sums s = { 0 };
		char text[NUM_MAX + 1], number[2][LONGEST];
		int n = any_of(2, 20);

		for (int j = 0; j < n; j++) {
			int64_t x = (int64_t)(any_bits() >> any_of(32, 60)), y = any_of(-99, 99);
			sprintf(number[0], "%lld", (long long)x);
			sprintf(number[1], "%lld", (long long)y);
			add(&s, number[0], number[1], "1");
			sx += x;
			sy += y;
			xx += (__int128)x * x;
			xy += (__int128)x * y;
		}
		c = n * xx - (__int128)sx * sx;
		text[real_print(text, real_ratio(c, (unsigned __int128)n * n))] = 0;
		if (c % (n * n) || c / (n * n) < (int64_t)1 << 53)
			assert_string_equal(result(&s, VARIANCE_ALL), text);
		xy = n * xy - (__int128)sx * sy;
		text[c ? real_print(text, real_ratio(xy, (unsigned __int128)c)) : 0] = 0;
		assert_string_equal(result(&s, SLOPE), text);
		assert_true(fabs(strtod(result(&s, CORRELATION), NULL)) <= 1);
		clear(&s);
	}
}

static void check_same(const struct sums *s, char wanted[RESULTS][NUM_MAX + 1], const char *text)
{
	struct buf b = { 0 };

	for (int i = 0; i < RESULTS; i++)
		assert_string_equal(result(s, (enum result)i), wanted[i]);
	moments_pair_print(&b, &s->pair);
	buf_byte(&b, '/');
	moments_weighted_print(&b, &s->weighted);
	buf_byte(&b, 0);
	assert_string_equal(b.at, text);
	buf_free(&b);
}

static void read_again(struct sums *s)
{
	struct sums read = { 0 };
	struct buf b = { 0 };

	moments_pair_print(&b, &s->pair);
	assert_true(moments_pair_parse(&read.pair, buf_slice(&b)));
	b.len = 0;
	moments_weighted_print(&b, &s->weighted);
	assert_true(moments_weighted_parse(&read.weighted, buf_slice(&b)));
	buf_free(&b);
	clear(s);
	*s = read;
}

static void check_splits(char number[][3][LONGEST], int n)
{
	struct sums all = { 0 };
	struct buf b = { 0 };
	char wanted[RESULTS][NUM_MAX + 1];

	for (int i = 0; i < n; i++)
		add(&all, number[i][0], number[i][1], number[i][2]);
	for (int i = 0; i < RESULTS; i++)
		strcpy(wanted[i], result(&all, (enum result)i));
	moments_pair_print(&b, &all.pair);
	buf_byte(&b, '/');
	moments_weighted_print(&b, &all.weighted);
	buf_byte(&b, 0);
	clear(&all);
	for (int turn = 0; turn < 10; turn++) {
		struct sums part[4] = { 0 };
		int step = 2 * any_of(0, n / 2 - 1) + 1, at = any_of(0, n - 1);

		/* n is a power of two: an odd step comes by all. */
		for (int i = 0; i < n; i++, at = (at + step) % n)
			add(&part[any_of(0, 3)], number[at][0], number[at][1], number[at][2]);
		for (int i = 0; i < 4; i++) {
			if (any_of(0, 1))
				read_again(&part[i]);
			merge(&all, &part[i]);
			clear(&part[i]);
		}
		check_same(&all, wanted, b.at);
		clear(&all);
	}
	buf_free(&b);
}

static void orders_and_splits(void **state)
{
	enum { NUMBERS = 16 };
	static const int spread[] = { 0, 3, 20, 50, 290 }, more[] = { 0, 1, 40 };

	(void)state;
	for (int i = 0; i < 60; i++) {
		char number[NUMBERS][3][LONGEST];

		for (int j = 0; j < NUMBERS * 3; j++) {
			int s = any_of(0, i % 5), m = any_of(0, i % 3);
			any_number(number[j / 3][j % 3], more[m] ? 240 : spread[s], more[m]);
		}
		check_splits(number, NUMBERS);
	}
}

/* Products that fill 256 bits after a few doublings. All sums are 2^40 times those of 3 pairs. */
static void full_limbs(void **state)
{
	struct moments_pair p = { 0 }, twice = { 0 };
	const struct decimal most = { INT64_MAX, 0 }, least = { -INT64_MAX, -19 };
	char text[NUM_MAX + 1];
	struct buf b = { 0 };

	(void)state;
	moments_pair_add(&p, most, most);
	moments_pair_add(&p, most, (struct decimal){ -INT64_MAX, 0 });
	moments_pair_add(&p, least, least);
	for (int i = 0; i < 40; i++) {
		twice = (struct moments_pair){ 0 };
		moments_pair_merge(&twice, &p);
		moments_pair_merge(&p, &twice);
		moments_pair_free(&twice);
	}
	assert_int_equal(p.x.n, (int64_t)3 << 40);
	moments_pair_print(&b, &p);
	buf_byte(&b, 0);
	assert_string_equal(b.at,
		"3298534883328 20282409603651670420734107550281.4164789125885984768 187"
		"072209578355573489506839380380885671199247232339.777867447534196901904"
		"42835131943092224 -1014120480182.5835210874114015232 18707220957835557"
		"3489506839380380885671199247232339.77786744753419690190442835131943092"
		"224 935361047891.77786744753419690190442835131943092224");
	text[moments_print_slope(text, &p)] = 0;
	assert_string_equal(text, "1e-19");
	buf_free(&b);
	moments_pair_free(&p);
}

static void texts(void **state)
{
	static const char *const refused[] = { "", " ", "2", "2 3", "2 3 ", "2 3 5 ", " 2 3 5",
		"2  3 5", "2 3 5 7", "-2 3 5", "2.0 3 5", "2e0 3 5", "1000000000000000 3 5",
		"2 3 4", "0 1 1", "0 0 1", "0 1 0", "2 3 -5", "2 3e0 5", "2 x 5", "2\t3 5" };
	static const char *const refused_pairs[] = { "2 3 5 3 5", "2 3 5 3 5 5 5", "2 3 5 3 5 6",
		"2 3 5 3 4 5", "0 0 0 0 0 1", "2 3 5 3 5 5 " };
	struct moments m = { 0 };
	struct moments_pair p = { 0 };
	struct moments_weighted s = { 0 };
	char text[NUM_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		assert_false(moments_parse(&m, slice_of(refused[i])));
		assert_int_equal(m.n, 0);
	}
	for (size_t i = 0; i < sizeof refused_pairs / sizeof *refused_pairs; i++)
		assert_false(moments_pair_parse(&p, slice_of(refused_pairs[i])));
	assert_false(moments_weighted_parse(&s, SLICE("1")));
	assert_false(moments_weighted_parse(&s, SLICE("1 2 3")));
	assert_true(moments_parse(&m, SLICE("0 0 0")));
	assert_true(moments_parse(&m, SLICE("2 3 5")));
	assert_int_equal(moments_print_variance(text, &m, MOMENTS_SAMPLE), 3);
	assert_memory_equal(text, "0.5", 3);
	assert_true(moments_pair_parse(&p, SLICE("2 3 5 3 5 4")));
	assert_int_equal(moments_print_correlation(text, &p), 2);
	assert_memory_equal(text, "-1", 2);
	assert_true(moments_weighted_parse(&s, SLICE("-2 3")));
	assert_int_equal(moments_print_weighted_mean(text, &s), 4);
	assert_memory_equal(text, "-1.5", 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known),
		cmocka_unit_test(of_nothing),
		cmocka_unit_test(beyond_the_doubles),
		cmocka_unit_test(reference_sets),
		cmocka_unit_test(roots),
		cmocka_unit_test(lines),
		cmocka_unit_test(small_integers),
		cmocka_unit_test(orders_and_splits),
		cmocka_unit_test(full_limbs),
		cmocka_unit_test(texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
