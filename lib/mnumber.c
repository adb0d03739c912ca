#include "mnumber.h"

#include <assert.h>

#include "moments.h"
#include "sample.h"
#include "tdigest.h"
#include "words.h"

/* No sum of counts goes beyond it. */
static const int64_t MOST = 1000000000000000000;

static int64_t add_counts(int64_t a, int64_t b)
{
	return a < MOST - b ? a + b : MOST;
}

static void print_mean_of(const struct total *t, int64_t n, struct buf *b)
{
	b->len += total_print_mean(buf_room(b, NUM_MAX), t, n);
}

static bool are_numbers(const struct measure_input *in)
{
	return in->x->is == READING_NUMBER && in->y->is == READING_NUMBER;
}

static double nearest(const struct reading *x)
{
	return x->near ? num_nearest(x->number) : num_double(reading_spelling(x));
}

/* count, sum, mean, min, max, range */

enum { COUNT = MNUMBER_COUNT, SUM = 2, LOW = 4, HIGH = 8 };

static_assert(sizeof(struct mnumber) == 64, "one line of the cache");

void mnumber_add_slowly(struct mnumber *c, struct reading *r)
{
	c->count += r->is != READING_NONE;
	if (r->is != READING_NUMBER)
		return;
	total_add_number(&c->total, reading_spelling(r), 1);
	extreme_add(&c->extreme, r);
}

static void add(void *cell, const struct measure_input *in)
{
	mnumber_add(cell, in->x);
}

static void adopt(void *to, void *from, unsigned parts)
{
	struct mnumber *c = to;
	const struct mnumber *other = from;

	if (parts & COUNT)
		c->count = add_counts(c->count, other->count);
	if (parts & SUM)
		total_merge(&c->total, &other->total);
	if (parts & LOW)
		extreme_merge(&c->extreme, EXTREME_LOW, &other->extreme);
	if (parts & HIGH)
		extreme_merge(&c->extreme, EXTREME_HIGH, &other->extreme);
}

static void merge(void *to, void *from)
{
	adopt(to, from, COUNT | SUM | LOW | HIGH);
}

static void free_cell(void *cell)
{
	struct mnumber *c = cell;

	total_free(&c->total);
	extreme_free(&c->extreme);
}

const struct measure_store mnumber_store = {
	.size = sizeof(struct mnumber),
	.add = add,
	.merge = merge,
	.adopt = adopt,
	.free = free_cell,
};

/* A cell begins with its count. */
static void count_print(void *cell, struct buf *b)
{
	const int64_t *count = cell;

	b->len += num_print_integer(buf_room(b, NUM_MAX), *count);
}

static bool count_parse(void *cell, struct slice text)
{
	int64_t *count = cell;
	struct words w;
	bool good;

	words_open(&w, text);
	good = words_take_count(&w, count) && words_done(&w);
	words_close(&w);
	return good;
}

static void sum_print(void *cell, struct buf *b)
{
	const struct mnumber *c = cell;

	if (c->count)
		print_mean_of(&c->total, 1, b);
}

static void sum_partial(void *cell, struct buf *b)
{
	const struct mnumber *c = cell;

	if (c->count)
		total_print(b, &c->total);
}

static bool sum_parse(void *cell, struct slice text)
{
	struct mnumber *c = cell;

	c->count = 1;
	return total_parse(&c->total, text);
}

static void mean_print(void *cell, struct buf *b)
{
	const struct mnumber *c = cell;

	if (c->count)
		print_mean_of(&c->total, c->count, b);
}

static void mean_partial(void *cell, struct buf *b)
{
	const struct mnumber *c = cell;

	if (!c->count)
		return;
	count_print(cell, b);
	buf_byte(b, ' ');
	total_print(b, &c->total);
}

static bool mean_parse(void *cell, struct slice text)
{
	struct mnumber *c = cell;
	struct slice sum;
	struct words w;
	bool good;

	words_open(&w, text);
	good = words_take_count(&w, &c->count) && c->count && words_take(&w, &sum) &&
		words_done(&w) && total_parse(&c->total, sum);
	words_close(&w);
	return good;
}

static void print_end(const struct mnumber *c, enum extreme_end end, struct buf *b)
{
	if (!extreme_none(&c->extreme, end))
		extreme_print(b, &c->extreme, end);
}

static void min_print(void *cell, struct buf *b)
{
	print_end(cell, EXTREME_LOW, b);
}

static void max_print(void *cell, struct buf *b)
{
	print_end(cell, EXTREME_HIGH, b);
}

static bool parse_end(struct mnumber *c, enum extreme_end end, struct slice text)
{
	struct value v = { text.at, (uint32_t)text.len, KIND_NUMBER };
	struct reading r = { 0 };
	bool good = num_valid(text) && reading_take(&r, v);

	if (good)
		extreme_take(&c->extreme, end, &r);
	c->count = 1;
	reading_free(&r);
	return good;
}

static bool min_parse(void *cell, struct slice text)
{
	return parse_end(cell, EXTREME_LOW, text);
}

static bool max_parse(void *cell, struct slice text)
{
	return parse_end(cell, EXTREME_HIGH, text);
}

static void range_print(void *cell, struct buf *b)
{
	const struct extreme *x = &((const struct mnumber *)cell)->extreme;
	struct total t = { 0 };

	if (extreme_none(x, EXTREME_LOW) || extreme_none(x, EXTREME_HIGH))
		return;
	extreme_gather(&t, x, EXTREME_HIGH, 1);
	extreme_gather(&t, x, EXTREME_LOW, -1);
	print_mean_of(&t, 1, b);
	total_free(&t);
}

static void range_partial(void *cell, struct buf *b)
{
	const struct mnumber *c = cell;

	if (extreme_none(&c->extreme, EXTREME_LOW))
		return;
	min_print(cell, b);
	buf_byte(b, ' ');
	max_print(cell, b);
}

static bool range_parse(void *cell, struct slice text)
{
	struct slice low, high;
	struct words w;
	bool good;

	words_open(&w, text);
	good = words_take(&w, &low) && words_take(&w, &high) && words_done(&w) &&
		min_parse(cell, low) && max_parse(cell, high) &&
		reading_order_numbers(low, high) <= 0;
	words_close(&w);
	return good;
}

/* count() under a name of its own */

static void records_add(void *cell, const struct measure_input *in)
{
	int64_t *count = cell;

	(void)in;
	++*count;
}

static void records_merge(void *to, void *from)
{
	int64_t *count = to, *other = from;

	*count = add_counts(*count, *other);
}

static const struct measure_store records = {
	.size = sizeof(int64_t),
	.add = records_add,
	.merge = records_merge,
};

const struct measure mnumber_records = {
	.name = "count",
	.takes = "",
	.store = &records,
	.parts = 1,
	.print = count_print,
	.print_partial = count_print,
	.parse_partial = count_parse,
};

/* var, varp, stddev, stddevp */

static void spread_add(void *cell, const struct measure_input *in)
{
	if (in->x->near)
		moments_add(cell, in->x->number);
	else if (in->x->is == READING_NUMBER)
		moments_add_number(cell, reading_spelling(in->x));
}

static void spread_merge(void *to, void *from)
{
	moments_merge(to, from);
}

static void spread_free(void *cell)
{
	moments_free(cell);
}

static const struct measure_store spread = {
	.size = sizeof(struct moments),
	.add = spread_add,
	.merge = spread_merge,
	.free = spread_free,
};

static void var_print(void *cell, struct buf *b)
{
	b->len += moments_print_variance(buf_room(b, NUM_MAX), cell, MOMENTS_SAMPLE);
}

static void varp_print(void *cell, struct buf *b)
{
	b->len += moments_print_variance(buf_room(b, NUM_MAX), cell, MOMENTS_POPULATION);
}

static void stddev_print(void *cell, struct buf *b)
{
	b->len += moments_print_deviation(buf_room(b, NUM_MAX), cell, MOMENTS_SAMPLE);
}

static void stddevp_print(void *cell, struct buf *b)
{
	b->len += moments_print_deviation(buf_room(b, NUM_MAX), cell, MOMENTS_POPULATION);
}

static void spread_partial(void *cell, struct buf *b)
{
	const struct moments *m = cell;

	if (m->n)
		moments_print(b, m);
}

static bool spread_parse(void *cell, struct slice text)
{
	return moments_parse(cell, text);
}

/* cov, corr, slope: the first argument is y, so slope(y,x) is what y gains with x. */

static void pair_add(void *cell, const struct measure_input *in)
{
	const struct reading *y = in->x, *x = in->y;

	if (x->near && y->near)
		moments_pair_add(cell, x->number, y->number);
	else if (are_numbers(in))
		moments_pair_add_number(cell, reading_spelling(x), reading_spelling(y));
}

static void pair_merge(void *to, void *from)
{
	moments_pair_merge(to, from);
}

static void pair_free(void *cell)
{
	moments_pair_free(cell);
}

static const struct measure_store pair = {
	.size = sizeof(struct moments_pair),
	.add = pair_add,
	.merge = pair_merge,
	.free = pair_free,
};

static void cov_print(void *cell, struct buf *b)
{
	b->len += moments_print_covariance(buf_room(b, NUM_MAX), cell, MOMENTS_SAMPLE);
}

static void corr_print(void *cell, struct buf *b)
{
	b->len += moments_print_correlation(buf_room(b, NUM_MAX), cell);
}

static void slope_print(void *cell, struct buf *b)
{
	b->len += moments_print_slope(buf_room(b, NUM_MAX), cell);
}

static void pair_partial(void *cell, struct buf *b)
{
	const struct moments_pair *p = cell;

	if (p->x.n)
		moments_pair_print(b, p);
}

static bool pair_parse(void *cell, struct slice text)
{
	return moments_pair_parse(cell, text);
}

/* wavg, wsum */

struct weighted {
	struct moments_weighted sums;
	int64_t any; /* has there been a value? */
};

static void weighted_add(void *cell, const struct measure_input *in)
{
	struct weighted *c = cell;

	if (!are_numbers(in))
		return;
	c->any = true;
	if (in->x->near && in->y->near)
		moments_weighted_add(&c->sums, in->x->number, in->y->number);
	else
		moments_weighted_add_number(
			&c->sums, reading_spelling(in->x), reading_spelling(in->y));
}

static void weighted_merge(void *to, void *from)
{
	struct weighted *c = to;
	const struct weighted *other = from;

	c->any |= other->any;
	moments_weighted_merge(&c->sums, &other->sums);
}

static void weighted_free(void *cell)
{
	struct weighted *c = cell;

	moments_weighted_free(&c->sums);
}

static const struct measure_store weighted = {
	.size = sizeof(struct weighted),
	.add = weighted_add,
	.merge = weighted_merge,
	.free = weighted_free,
};

static void wavg_print(void *cell, struct buf *b)
{
	const struct weighted *c = cell;

	b->len += moments_print_weighted_mean(buf_room(b, NUM_MAX), &c->sums);
}

/* The mean, were the weights 1 together. */
static void wsum_print(void *cell, struct buf *b)
{
	const struct weighted *c = cell;
	struct moments_weighted one = { .w = { .low = 1 }, .wx = c->sums.wx };

	if (c->any)
		b->len += moments_print_weighted_mean(buf_room(b, NUM_MAX), &one);
}

static void weighted_partial(void *cell, struct buf *b)
{
	const struct weighted *c = cell;

	if (c->any)
		moments_weighted_print(b, &c->sums);
}

static bool weighted_parse(void *cell, struct slice text)
{
	struct weighted *c = cell;

	c->any = true;
	return moments_weighted_parse(&c->sums, text);
}

/* median, p95, quantile */

static void digest_add(void *cell, const struct measure_input *in)
{
	struct tdigest *d = cell;

	if (in->x->is != READING_NUMBER)
		return;
	d->compression = TDIGEST_COMPRESSION;
	tdigest_add(d, nearest(in->x), 1);
}

static void digest_merge(void *to, void *from)
{
	struct tdigest *d = to, *other = from;

	if (!other->compression)
		return;
	d->compression = TDIGEST_COMPRESSION;
	tdigest_merge(d, other);
}

static bool digest_exact(void *cell)
{
	return !((const struct tdigest *)cell)->centroids;
}

static void digest_free(void *cell)
{
	tdigest_free(cell);
}

static const struct measure_store digest = {
	.size = sizeof(struct tdigest),
	.add = digest_add,
	.merge = digest_merge,
	.exact = digest_exact,
	.free = digest_free,
};

static void digest_print(void *cell, struct decimal q, struct buf *b)
{
	struct tdigest *d = cell;

	if (d->compression)
		b->len += sample_print_quantile_in(buf_room(b, NUM_MAX), d, q);
}

static void digest_partial(void *cell, struct buf *b)
{
	struct tdigest *d = cell;

	if (d->compression)
		tdigest_print(d, b);
}

static bool digest_parse(void *cell, struct slice text)
{
	struct fault fault;

	return tdigest_parse(cell, text, &fault) && tdigest_count(cell) > 0;
}

static void kept_add(void *cell, const struct measure_input *in)
{
	if (in->x->is == READING_NUMBER)
		sample_add(cell, nearest(in->x), 1);
}

static void kept_merge(void *to, void *from)
{
	sample_merge(to, from);
}

/* Different values are counted only when there may be too many: that takes time. */
static bool kept_full(void *cell, size_t most)
{
	struct sample *s = cell;

	return s->n / 2 >= most && sample_size(s) > most;
}

static void kept_free(void *cell)
{
	sample_free(cell);
}

static const struct measure_store values = {
	.size = sizeof(struct sample),
	.add = kept_add,
	.merge = kept_merge,
	.full = kept_full,
	.free = kept_free,
};

static void kept_print(void *cell, struct decimal q, struct buf *b)
{
	struct sample *s = cell;

	if (s->n)
		b->len += sample_print_quantile(buf_room(b, NUM_MAX), s, q);
}

static void kept_partial(void *cell, struct buf *b)
{
	sample_print(cell, b);
}

static bool kept_parse(void *cell, struct slice text)
{
	struct words w;
	bool good;

	words_open(&w, text);
	good = sample_parse(cell, &w);
	words_close(&w);
	return good;
}

static const struct measure kept = {
	.name = "quantile",
	.takes = "nq",
	.store = &values,
	.parts = 1,
	.print_at = kept_print,
	.print_partial = kept_partial,
	.parse_partial = kept_parse,
};

/* clang-format off */
const struct measure mnumber_table[] = {
	{ "count", NULL, "a", &mnumber_store, COUNT, count_print, NULL, count_print, count_parse, NULL },
	{ "sum", NULL, "n", &mnumber_store, SUM, sum_print, NULL, sum_partial, sum_parse, NULL },
	{ "mean", "avg", "n", &mnumber_store, COUNT | SUM, mean_print, NULL, mean_partial, mean_parse, NULL },
	{ "min", NULL, "n", &mnumber_store, LOW, min_print, NULL, min_print, min_parse, NULL },
	{ "max", NULL, "n", &mnumber_store, HIGH, max_print, NULL, max_print, max_parse, NULL },
	{ "range", NULL, "n", &mnumber_store, LOW | HIGH, range_print, NULL, range_partial, range_parse, NULL },
	{ "var", "variance", "n", &spread, 1, var_print, NULL, spread_partial, spread_parse, NULL },
	{ "varp", NULL, "n", &spread, 1, varp_print, NULL, spread_partial, spread_parse, NULL },
	{ "stddev", "stdev", "n", &spread, 1, stddev_print, NULL, spread_partial, spread_parse, NULL },
	{ "stddevp", NULL, "n", &spread, 1, stddevp_print, NULL, spread_partial, spread_parse, NULL },
	{ "median", NULL, "n", &digest, 1, NULL, digest_print, digest_partial, digest_parse, &kept },
	{ "quantile", NULL, "nq", &digest, 1, NULL, digest_print, digest_partial, digest_parse, &kept },
	{ "wavg", NULL, "nn", &weighted, 1, wavg_print, NULL, weighted_partial, weighted_parse, NULL },
	{ "wsum", NULL, "nn", &weighted, 1, wsum_print, NULL, weighted_partial, weighted_parse, NULL },
	{ "cov", NULL, "nn", &pair, 1, cov_print, NULL, pair_partial, pair_parse, NULL },
	{ "corr", NULL, "nn", &pair, 1, corr_print, NULL, pair_partial, pair_parse, NULL },
	{ "slope", NULL, "nn", &pair, 1, slope_print, NULL, pair_partial, pair_parse, NULL },
	{ 0 },
};
/* clang-format on */
