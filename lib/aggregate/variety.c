#include "aggregate/variety.h"

#include "aggregate/tally.h"
#include "sketch/distinct.h"

/* How often each came */

static void times_add(const struct measure_cell *cell, const struct measure_input *in)
{
	tally_add(cell->at, reading_canon(in->x), 1);
}

static void times_merge(const struct measure_cell *to, void *from)
{
	tally_merge(to->at, from);
}

static void times_print(const struct measure_cell *cell, struct buf *b)
{
	tally_print(cell->at, b);
}

static bool times_parse(const struct measure_cell *cell, struct partial *w)
{
	return tally_parse(cell->at, w);
}

static bool times_full(void *cell, size_t most)
{
	return tally_size(cell) > most;
}

static void times_free(void *cell)
{
	tally_free(cell);
}

static const struct measure_store times = {
	.size = sizeof(struct tally),
	.add = times_add,
	.merge = times_merge,
	.print = times_print,
	.parse = times_parse,
	.full = times_full,
	.free = times_free,
};

static void print_mode(const struct measure_cell *cell, struct buf *b)
{
	if (tally_size(cell->at))
		buf_add(b, tally_mode(cell->at));
}

/* How many are different */

static void set_add(const struct measure_cell *cell, const struct measure_input *in)
{
	struct reading *x = in->x;

	if (x->near)
		distinct_add(cell->at, distinct_hash_number(x->number));
	else if (x->is == READING_NUMBER)
		distinct_add(cell->at, distinct_hash_digits(reading_spelling(x)));
	else
		distinct_add(cell->at, distinct_hash_other(reading_canon(x)));
}

static void set_merge(const struct measure_cell *to, void *from)
{
	distinct_merge(to->at, from);
}

static bool is_empty(const struct distinct *d)
{
	return !d->n && !d->reg;
}

static void set_print(const struct measure_cell *cell, struct buf *b)
{
	if (!is_empty(cell->at))
		distinct_print(cell->at, b);
}

static bool set_parse(const struct measure_cell *cell, struct partial *w)
{
	struct fault fault;

	return distinct_parse(cell->at, partial_rest(w), &fault);
}

static bool set_exact(void *cell)
{
	return distinct_exact(cell);
}

static void set_free(void *cell)
{
	distinct_free(cell);
}

static const struct measure_store set = {
	.size = sizeof(struct distinct),
	.add = set_add,
	.merge = set_merge,
	.print = set_print,
	.parse = set_parse,
	.exact = set_exact,
	.free = set_free,
};

static void print_distinct(const struct measure_cell *cell, struct buf *b)
{
	if (!is_empty(cell->at))
		b->len += num_print_integer(buf_room(b, NUM_MAX), distinct_count(cell->at));
}

/* Which of true and false came */

/* What one of them tells, the other may not. */
enum { ANY = 1, ALL = 2 };

struct truth {
	_Alignas(8) bool seen[2]; /* false, true */
};

static void truth_add(const struct measure_cell *cell, const struct measure_input *in)
{
	struct truth *c = cell->at;

	c->seen[in->x->value.kind == KIND_TRUE] = true;
}

static void truth_merge(const struct measure_cell *to, void *from)
{
	struct truth *c = to->at;
	const struct truth *other = from;

	c->seen[false] |= other->seen[false];
	c->seen[true] |= other->seen[true];
}

static void truth_print(const struct measure_cell *cell, struct buf *b)
{
	const struct truth *c = cell->at;
	bool holds = cell->parts == ANY ? c->seen[true] : !c->seen[false];

	if (c->seen[false] || c->seen[true])
		buf_add(b, holds ? SLICE("true") : SLICE("false"));
}

static bool truth_parse(const struct measure_cell *cell, struct partial *w)
{
	struct truth *c = cell->at;
	struct slice text = partial_rest(w);
	bool holds = slice_equal(text, SLICE("true"));

	c->seen[holds] = true;
	return holds || slice_equal(text, SLICE("false"));
}

static const struct measure_store truth = {
	.size = sizeof(struct truth),
	.add = truth_add,
	.merge = truth_merge,
	.print = truth_print,
	.parse = truth_parse,
};

const struct measure variety_table[] = {
	{ "mode", NULL, "a", &times, 1, print_mode },
	{ "distinct", NULL, "a", &set, 1, print_distinct },
	{ "any", NULL, "b", &truth, ANY, truth_print },
	{ "all", NULL, "b", &truth, ALL, truth_print },
	{ 0 },
};
