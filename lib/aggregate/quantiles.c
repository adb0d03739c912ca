#include "aggregate/quantiles.h"

#include <math.h>

#include "number/real.h"
#include "sketch/sample.h"
#include "sketch/tdigest.h"

static double nearest(const struct reading *x)
{
	return x->near ? real_nearest(x->number) : real_of(reading_spelling(x));
}

/* All values */

static void kept_add(const struct measure_cell *cell, const struct measure_input *in)
{
	sample_add(cell->at, nearest(in->x), 1);
}

static void kept_merge(const struct measure_cell *to, void *from)
{
	sample_merge(to->at, from);
}

static void kept_print(const struct measure_cell *cell, struct buf *b)
{
	sample_print(cell->at, b);
}

static bool kept_parse(const struct measure_cell *cell, struct partial *w)
{
	struct slice word;
	int64_t weight;
	double x;

	do {
		if (!partial_take(w, &word) || !num_valid(word) || !partial_take_count(w, &weight))
			return false;
		x = real_of(word);
		if (!isfinite(x) || weight < 1)
			return false;
		sample_add(cell->at, x, (double)weight);
	} while (!partial_done(w));
	return true;
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

static const struct measure_store kept = {
	.size = sizeof(struct sample),
	.add = kept_add,
	.merge = kept_merge,
	.print = kept_print,
	.parse = kept_parse,
	.full = kept_full,
	.free = kept_free,
};

static void print_exactly(const struct measure_cell *cell, struct buf *b)
{
	struct sample *s = cell->at;

	if (s->n)
		b->len += sample_print_quantile(buf_room(b, NUM_MAX), s, cell->q);
}

static const struct measure exactly = { "quantile", NULL, "nq", &kept, 1, print_exactly };

/* A sketch of them */

static void digest_add(const struct measure_cell *cell, const struct measure_input *in)
{
	struct tdigest *d = cell->at;

	d->compression = TDIGEST_COMPRESSION;
	tdigest_add(d, nearest(in->x), 1);
}

static void digest_merge(const struct measure_cell *to, void *from)
{
	struct tdigest *d = to->at, *other = from;

	if (!other->compression)
		return;
	d->compression = TDIGEST_COMPRESSION;
	tdigest_merge(d, other);
}

static void digest_print(const struct measure_cell *cell, struct buf *b)
{
	struct tdigest *d = cell->at;

	if (d->compression)
		tdigest_print(d, b);
}

static bool digest_parse(const struct measure_cell *cell, struct partial *w)
{
	struct fault fault;

	return tdigest_parse(cell->at, partial_rest(w), &fault) && tdigest_count(cell->at) > 0;
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
	.print = digest_print,
	.parse = digest_parse,
	.exact = digest_exact,
	.free = digest_free,
	.kept = &exactly,
};

static void print_quantile(const struct measure_cell *cell, struct buf *b)
{
	struct tdigest *d = cell->at;

	if (d->compression)
		b->len += sample_print_quantile_in(buf_room(b, NUM_MAX), d, cell->q);
}

const struct measure quantiles_table[] = {
	{ "median", NULL, "n", &digest, 1, print_quantile },
	{ "quantile", NULL, "nq", &digest, 1, print_quantile },
	{ 0 },
};
