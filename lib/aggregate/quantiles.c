#include "aggregate/quantiles.h"

#include "aggregate/partial.h"
#include "base/buf.h"
#include "sketch/sample.h"

static void add(const struct measure_cell *cell, const struct measure_input *in)
{
	if (in->x->near)
		sample_add(cell->at, in->x->number);
	else
		sample_add_number(cell->at, reading_spelling(in->x));
}

static void add_to_whole(const struct measure_cell *cell, const struct measure_input *in)
{
	struct sample *s = cell->at;

	s->whole = true;
	add(cell, in);
}

static void merge(const struct measure_cell *to, void *from)
{
	struct sample *s = to->at;
	const struct sample *other = from;

	s->whole |= other->whole;
	sample_merge(s, from);
}

static void print(const struct measure_cell *cell, struct buf *b)
{
	if (!sample_count(cell->at))
		return;
	buf_add(b, SLICE("values "));
	sample_print(b, cell->at);
}

static bool parse(const struct measure_cell *cell, struct partial *w)
{
	struct slice word;

	return partial_take(w, &word) && slice_equal(word, SLICE("values")) &&
		sample_parse(cell->at, partial_rest(w));
}

static bool parse_whole(const struct measure_cell *cell, struct partial *w)
{
	struct sample *s = cell->at;

	s->whole = true;
	return parse(cell, w);
}

/* Different values are counted only when there may be too many: that takes time. */
static bool full(void *cell, size_t most)
{
	struct sample *s = cell;

	return sample_most(s) / 2 >= most && sample_different(s) > most;
}

static bool exact(void *cell)
{
	return sample_exact(cell);
}

static void drop(void *cell)
{
	sample_free(cell);
}

static void print_quantile(const struct measure_cell *cell, struct buf *b)
{
	if (sample_count(cell->at))
		sample_print_quantile(b, cell->at, cell->q);
}

/* All values */

static const struct measure_store whole = {
	.size = sizeof(struct sample),
	.add = add_to_whole,
	.merge = merge,
	.print = print,
	.parse = parse_whole,
	.full = full,
	.free = drop,
};

static const struct measure exactly = { "quantile", NULL, "nq", &whole, 1, print_quantile };

/* As many as it takes */

static const struct measure_store sample = {
	.size = sizeof(struct sample),
	.add = add,
	.merge = merge,
	.print = print,
	.parse = parse,
	.exact = exact,
	.free = drop,
	.kept = &exactly,
};

const struct measure quantiles_table[] = {
	{ "median", NULL, "n", &sample, 1, print_quantile },
	{ "quantile", NULL, "nq", &sample, 1, print_quantile },
	{ 0 },
};
