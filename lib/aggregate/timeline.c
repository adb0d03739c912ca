/* What is read back for a field of numbers holds nothing else, or there would be no telling what delta() and
 * increase() of it are. */
#include "aggregate/timeline.h"

#include "aggregate/history.h"

/* The two ends */

enum { FIRST = 1 << HISTORY_FIRST, LAST = 1 << HISTORY_LAST };

static void ends_add(const struct measure_cell *cell, const struct measure_input *in)
{
	if (cell->parts & FIRST)
		history_take(cell->at, HISTORY_FIRST, in->t, reading_canon(in->x));
	if (cell->parts & LAST)
		history_take(cell->at, HISTORY_LAST, in->t, reading_canon(in->x));
}

static void ends_merge(const struct measure_cell *to, void *from)
{
	if (to->parts & FIRST)
		history_take_from(to->at, HISTORY_FIRST, from);
	if (to->parts & LAST)
		history_take_from(to->at, HISTORY_LAST, from);
}

static void ends_print(const struct measure_cell *cell, struct buf *b)
{
	size_t before = b->len;

	for (enum history_end end = HISTORY_FIRST; end <= HISTORY_LAST; end++)
		if (cell->parts >> end & 1 && history_end(cell->at, end).len) {
			partial_next(b, before);
			history_print_end(cell->at, end, b);
		}
}

static bool ends_parse(const struct measure_cell *cell, struct partial *w)
{
	return (!(cell->parts & FIRST) || history_parse_end(cell->at, HISTORY_FIRST, w)) &&
		(!(cell->parts & LAST) || history_parse_end(cell->at, HISTORY_LAST, w));
}

static void ends_free(void *cell)
{
	history_free_ends(cell);
}

static const struct measure_store ends = {
	.size = sizeof(struct history_ends),
	.timed = true,
	.apart = true,
	.add = ends_add,
	.merge = ends_merge,
	.print = ends_print,
	.parse = ends_parse,
	.free = ends_free,
};

static void print_end(const struct measure_cell *cell, struct buf *b)
{
	buf_add(b, history_end(cell->at, cell->parts & FIRST ? HISTORY_FIRST : HISTORY_LAST));
}

static void print_delta(const struct measure_cell *cell, struct buf *b)
{
	struct slice first = history_end(cell->at, HISTORY_FIRST);
	struct slice last = history_end(cell->at, HISTORY_LAST);
	struct total t = { 0 };

	if (!first.len)
		return;
	total_add_number(&t, last, 1);
	total_add_number(&t, first, -1);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

/* All values */

static void all_add(const struct measure_cell *cell, const struct measure_input *in)
{
	history_add(cell->at, in->t, reading_canon(in->x));
}

static void all_merge(const struct measure_cell *to, void *from)
{
	history_merge(to->at, from);
}

static void all_print(const struct measure_cell *cell, struct buf *b)
{
	history_print_words(cell->at, b);
}

static bool all_parse(const struct measure_cell *cell, struct partial *w)
{
	return history_parse(cell->at, w);
}

static bool all_full(void *cell, size_t most)
{
	return ((const struct history *)cell)->n > most;
}

static void all_free(void *cell)
{
	history_free(cell);
}

static const struct measure_store all = {
	.size = sizeof(struct history),
	.timed = true,
	.apart = true,
	.add = all_add,
	.merge = all_merge,
	.print = all_print,
	.parse = all_parse,
	.full = all_full,
	.free = all_free,
};

static void print_increase(const struct measure_cell *cell, struct buf *b)
{
	struct history *h = cell->at;
	struct total t = { 0 };

	if (!h->n)
		return;
	history_gather_increase(h, &t);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

static void print_rate(const struct measure_cell *cell, struct buf *b)
{
	struct history *h = cell->at;

	if (h->n)
		b->len += history_print_rate(buf_room(b, NUM_MAX), h);
}

static void print_list(const struct measure_cell *cell, struct buf *b)
{
	struct history *h = cell->at;

	if (h->n)
		history_print(h, b);
}

const struct measure timeline_table[] = {
	{ "first", NULL, "a", &ends, FIRST, print_end },
	{ "last", NULL, "a", &ends, LAST, print_end },
	{ "delta", NULL, "n", &ends, FIRST | LAST, print_delta },
	{ "increase", NULL, "n", &all, 1, print_increase },
	{ "rate", NULL, "n", &all, 1, print_rate },
	{ "list", NULL, "a", &all, 1, print_list },
	{ 0 },
};
