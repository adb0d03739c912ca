#include "aggregate/statistics.h"

#include "aggregate/partial.h"
#include "base/buf.h"
#include "number/moments.h"

/* One field */

static void spread_add(const struct measure_cell *cell, const struct measure_input *in)
{
	if (in->x->near)
		moments_add(cell->at, in->x->number);
	else
		moments_add_number(cell->at, reading_spelling(in->x));
}

static void spread_merge(const struct measure_cell *to, void *from)
{
	moments_merge(to->at, from);
}

static void spread_print(const struct measure_cell *cell, struct buf *b)
{
	const struct moments *m = cell->at;

	if (m->n)
		moments_print(b, m);
}

static bool spread_parse(const struct measure_cell *cell, struct partial *w)
{
	return moments_parse(cell->at, partial_rest(w));
}

static void spread_free(void *cell)
{
	moments_free(cell);
}

static const struct measure_store spread = {
	.size = sizeof(struct moments),
	.add = spread_add,
	.merge = spread_merge,
	.print = spread_print,
	.parse = spread_parse,
	.free = spread_free,
};

static void print_var(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_variance(buf_room(b, NUM_MAX), cell->at, MOMENTS_SAMPLE);
}

static void print_varp(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_variance(buf_room(b, NUM_MAX), cell->at, MOMENTS_POPULATION);
}

static void print_stddev(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_deviation(buf_room(b, NUM_MAX), cell->at, MOMENTS_SAMPLE);
}

static void print_stddevp(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_deviation(buf_room(b, NUM_MAX), cell->at, MOMENTS_POPULATION);
}

/* One field with weights */

struct weighted {
	struct moments_weighted sums;
	int64_t any; /* has there been a value? */
};

static void weighted_add(const struct measure_cell *cell, const struct measure_input *in)
{
	struct weighted *c = cell->at;

	c->any = true;
	if (in->x->near && in->y->near)
		moments_weighted_add(&c->sums, in->x->number, in->y->number);
	else
		moments_weighted_add_number(
			&c->sums, reading_spelling(in->x), reading_spelling(in->y));
}

static void weighted_merge(const struct measure_cell *to, void *from)
{
	struct weighted *c = to->at;
	const struct weighted *other = from;

	c->any |= other->any;
	moments_weighted_merge(&c->sums, &other->sums);
}

static void weighted_print(const struct measure_cell *cell, struct buf *b)
{
	const struct weighted *c = cell->at;

	if (c->any)
		moments_weighted_print(b, &c->sums);
}

static bool weighted_parse(const struct measure_cell *cell, struct partial *w)
{
	struct weighted *c = cell->at;

	c->any = true;
	return moments_weighted_parse(&c->sums, partial_rest(w));
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
	.print = weighted_print,
	.parse = weighted_parse,
	.free = weighted_free,
};

static void print_wavg(const struct measure_cell *cell, struct buf *b)
{
	const struct weighted *c = cell->at;

	b->len += moments_print_weighted_mean(buf_room(b, NUM_MAX), &c->sums);
}

/* The mean, were the weights 1 together. */
static void print_wsum(const struct measure_cell *cell, struct buf *b)
{
	const struct weighted *c = cell->at;
	struct moments_weighted one = { .w = { .low = 1 }, .wx = c->sums.wx };

	if (c->any)
		b->len += moments_print_weighted_mean(buf_room(b, NUM_MAX), &one);
}

/* Two fields: the first argument is y, so slope(y,x) is what y gains with x. */

static void pair_add(const struct measure_cell *cell, const struct measure_input *in)
{
	const struct reading *y = in->x, *x = in->y;

	if (x->near && y->near)
		moments_pair_add(cell->at, x->number, y->number);
	else
		moments_pair_add_number(cell->at, reading_spelling(x), reading_spelling(y));
}

static void pair_merge(const struct measure_cell *to, void *from)
{
	moments_pair_merge(to->at, from);
}

static void pair_print(const struct measure_cell *cell, struct buf *b)
{
	const struct moments_pair *p = cell->at;

	if (p->x.n)
		moments_pair_print(b, p);
}

static bool pair_parse(const struct measure_cell *cell, struct partial *w)
{
	return moments_pair_parse(cell->at, partial_rest(w));
}

static void pair_free(void *cell)
{
	moments_pair_free(cell);
}

static const struct measure_store pair = {
	.size = sizeof(struct moments_pair),
	.add = pair_add,
	.merge = pair_merge,
	.print = pair_print,
	.parse = pair_parse,
	.free = pair_free,
};

static void print_cov(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_covariance(buf_room(b, NUM_MAX), cell->at, MOMENTS_SAMPLE);
}

static void print_corr(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_correlation(buf_room(b, NUM_MAX), cell->at);
}

static void print_slope(const struct measure_cell *cell, struct buf *b)
{
	b->len += moments_print_slope(buf_room(b, NUM_MAX), cell->at);
}

/* Products take the square of the digits in time. */
const struct measure statistics_table[] = {
	{ "var", "variance", "s", &spread, 1, print_var },
	{ "varp", NULL, "s", &spread, 1, print_varp },
	{ "stddev", "stdev", "s", &spread, 1, print_stddev },
	{ "stddevp", NULL, "s", &spread, 1, print_stddevp },
	{ "wavg", NULL, "ss", &weighted, 1, print_wavg },
	{ "wsum", NULL, "ss", &weighted, 1, print_wsum },
	{ "cov", NULL, "ss", &pair, 1, print_cov },
	{ "corr", NULL, "ss", &pair, 1, print_corr },
	{ "slope", NULL, "ss", &pair, 1, print_slope },
	{ 0 },
};
