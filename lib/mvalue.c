#include "mvalue.h"

#include "distinct.h"
#include "extreme.h"
#include "history.h"
#include "tally.h"
#include "words.h"

/* distinct */

static void set_add(void *cell, const struct measure_input *in)
{
	struct reading *x = in->x;

	if (x->near)
		distinct_add(cell, distinct_hash_number(x->number));
	else if (x->is == READING_NUMBER)
		distinct_add(cell, distinct_hash_digits(reading_spelling(x)));
	else if (x->is == READING_OTHER)
		distinct_add(cell, distinct_hash_other(reading_canon(x)));
}

static void set_merge(void *to, void *from)
{
	distinct_merge(to, from);
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
	.exact = set_exact,
	.free = set_free,
};

static bool is_empty(const struct distinct *d)
{
	return !d->n && !d->reg;
}

static void set_print(void *cell, struct buf *b)
{
	if (!is_empty(cell))
		b->len += num_print_integer(buf_room(b, NUM_MAX), distinct_count(cell));
}

static void set_partial(void *cell, struct buf *b)
{
	if (!is_empty(cell))
		distinct_print(cell, b);
}

static bool set_parse(void *cell, struct slice text)
{
	struct fault fault;

	return distinct_parse(cell, text, &fault);
}

/* mode */

static void mode_add(void *cell, const struct measure_input *in)
{
	if (in->x->is != READING_NONE)
		tally_add(cell, reading_canon(in->x), 1);
}

static void mode_merge(void *to, void *from)
{
	tally_merge(to, from);
}

static bool mode_full(void *cell, size_t most)
{
	return tally_size(cell) > most;
}

static void mode_free(void *cell)
{
	tally_free(cell);
}

static const struct measure_store times = {
	.size = sizeof(struct tally),
	.add = mode_add,
	.merge = mode_merge,
	.full = mode_full,
	.free = mode_free,
};

static void mode_print(void *cell, struct buf *b)
{
	if (tally_size(cell))
		reading_print(b, tally_mode(cell));
}

static void mode_partial(void *cell, struct buf *b)
{
	tally_print(cell, b);
}

static bool mode_parse(void *cell, struct slice text)
{
	struct words w;
	bool good;

	words_open(&w, text);
	good = tally_parse(cell, &w);
	words_close(&w);
	return good;
}

/* first, last, delta */

enum { FIRST = 1, LAST = 2 };

static void ends_add(void *cell, const struct measure_input *in)
{
	if (in->x->is == READING_NONE)
		return;
	history_take(cell, HISTORY_FIRST, in->t, reading_canon(in->x));
	history_take(cell, HISTORY_LAST, in->t, reading_canon(in->x));
}

static void ends_adopt(void *to, void *from, unsigned parts)
{
	if (parts & FIRST)
		history_take_from(to, HISTORY_FIRST, from);
	if (parts & LAST)
		history_take_from(to, HISTORY_LAST, from);
}

static void ends_merge(void *to, void *from)
{
	ends_adopt(to, from, FIRST | LAST);
}

static void ends_free(void *cell)
{
	history_free_ends(cell);
}

static const struct measure_store ends = {
	.size = sizeof(struct history_ends),
	.timed = true,
	.add = ends_add,
	.merge = ends_merge,
	.adopt = ends_adopt,
	.free = ends_free,
};

/* What holds numbers is not shared with what may be read back as holding others. */
static const struct measure_store number_ends = {
	.size = sizeof(struct history_ends),
	.timed = true,
	.add = ends_add,
	.merge = ends_merge,
	.free = ends_free,
};

static void first_print(void *cell, struct buf *b)
{
	reading_print(b, history_end(cell, HISTORY_FIRST));
}

static void last_print(void *cell, struct buf *b)
{
	reading_print(b, history_end(cell, HISTORY_LAST));
}

static void delta_print(void *cell, struct buf *b)
{
	struct slice first = history_end(cell, HISTORY_FIRST);
	struct slice last = history_end(cell, HISTORY_LAST);
	struct total t = { 0 };

	if (!first.len || !last.len)
		return;
	total_add_number(&t, last, 1);
	total_add_number(&t, first, -1);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

static void first_partial(void *cell, struct buf *b)
{
	if (history_end(cell, HISTORY_FIRST).len)
		history_print_end(cell, HISTORY_FIRST, b);
}

static void last_partial(void *cell, struct buf *b)
{
	if (history_end(cell, HISTORY_LAST).len)
		history_print_end(cell, HISTORY_LAST, b);
}

static void delta_partial(void *cell, struct buf *b)
{
	if (!history_end(cell, HISTORY_FIRST).len || !history_end(cell, HISTORY_LAST).len)
		return;
	first_partial(cell, b);
	buf_byte(b, ' ');
	last_partial(cell, b);
}

static bool parse_ends(void *cell, struct slice text, unsigned parts)
{
	struct words w;
	bool good;

	words_open(&w, text);
	good = (!(parts & FIRST) || history_parse_end(cell, HISTORY_FIRST, &w)) &&
		(!(parts & LAST) || history_parse_end(cell, HISTORY_LAST, &w)) && words_done(&w);
	words_close(&w);
	return good;
}

static bool first_parse(void *cell, struct slice text)
{
	return parse_ends(cell, text, FIRST);
}

static bool last_parse(void *cell, struct slice text)
{
	return parse_ends(cell, text, LAST);
}

static bool delta_parse(void *cell, struct slice text)
{
	return parse_ends(cell, text, FIRST | LAST) &&
		num_valid(history_end(cell, HISTORY_FIRST)) &&
		num_valid(history_end(cell, HISTORY_LAST));
}

/* increase, rate, list */

static void values_add(void *cell, const struct measure_input *in)
{
	if (in->x->is != READING_NONE)
		history_add(cell, in->t, reading_canon(in->x));
}

static void values_merge(void *to, void *from)
{
	history_merge(to, from);
}

static bool values_full(void *cell, size_t most)
{
	return ((const struct history *)cell)->n > most;
}

static void values_free(void *cell)
{
	history_free(cell);
}

static const struct measure_store values = {
	.size = sizeof(struct history),
	.timed = true,
	.add = values_add,
	.merge = values_merge,
	.full = values_full,
	.free = values_free,
};

static const struct measure_store numbers = {
	.size = sizeof(struct history),
	.timed = true,
	.add = values_add,
	.merge = values_merge,
	.full = values_full,
	.free = values_free,
};

static void increase_print(void *cell, struct buf *b)
{
	struct history *h = cell;
	struct total t = { 0 };

	if (!h->n)
		return;
	history_gather_increase(h, &t);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

static void rate_print(void *cell, struct buf *b)
{
	struct history *h = cell;

	if (h->n)
		b->len += history_print_rate(buf_room(b, NUM_MAX), h);
}

static void list_print(void *cell, struct buf *b)
{
	struct history *h = cell;

	if (h->n)
		history_print(h, b);
}

static void values_partial(void *cell, struct buf *b)
{
	history_print_words(cell, b);
}

static bool list_parse(void *cell, struct slice text)
{
	struct words w;
	bool good;

	words_open(&w, text);
	good = history_parse(cell, &w);
	words_close(&w);
	return good;
}

static bool numbers_parse(void *cell, struct slice text)
{
	return list_parse(cell, text) && history_is_numbers(cell);
}

/* argmin, argmax */

struct place {
	struct extreme best;
	struct buf at; /* empty: none yet */
};

static void offer(struct place *c, enum extreme_end end, struct reading *x, struct slice at)
{
	int order = extreme_beyond(&c->best, end, x);

	if (order < 0 || (!order && reading_order(at, buf_slice(&c->at)) >= 0))
		return;
	if (order)
		extreme_set(&c->best, end, x);
	c->at.len = 0;
	buf_add(&c->at, at);
}

static void place_add(struct place *c, enum extreme_end end, const struct measure_input *in)
{
	if (in->x->is == READING_NUMBER && in->y->is != READING_NONE)
		offer(c, end, in->x, reading_canon(in->y));
}

static void least_add(void *cell, const struct measure_input *in)
{
	place_add(cell, EXTREME_LOW, in);
}

static void greatest_add(void *cell, const struct measure_input *in)
{
	place_add(cell, EXTREME_HIGH, in);
}

static void place_merge(struct place *c, enum extreme_end end, const struct place *from)
{
	struct buf text = { 0 };
	struct reading x = { 0 };

	if (!from->at.len)
		return;
	extreme_print(&text, &from->best, end);
	reading_take(&x, (struct value){ text.at, (uint32_t)text.len, KIND_NUMBER });
	offer(c, end, &x, buf_slice(&from->at));
	reading_free(&x);
	buf_free(&text);
}

static void least_merge(void *to, void *from)
{
	place_merge(to, EXTREME_LOW, from);
}

static void greatest_merge(void *to, void *from)
{
	place_merge(to, EXTREME_HIGH, from);
}

static void place_free(void *cell)
{
	struct place *c = cell;

	extreme_free(&c->best);
	buf_free(&c->at);
}

static const struct measure_store least = {
	.size = sizeof(struct place),
	.add = least_add,
	.merge = least_merge,
	.free = place_free,
};

static const struct measure_store greatest = {
	.size = sizeof(struct place),
	.add = greatest_add,
	.merge = greatest_merge,
	.free = place_free,
};

static void place_print(void *cell, struct buf *b)
{
	const struct place *c = cell;

	reading_print(b, buf_slice(&c->at));
}

static void place_partial(const struct place *c, enum extreme_end end, struct buf *b)
{
	if (!c->at.len)
		return;
	extreme_print(b, &c->best, end);
	buf_byte(b, ' ');
	buf_add(b, buf_slice(&c->at));
}

static void least_partial(void *cell, struct buf *b)
{
	place_partial(cell, EXTREME_LOW, b);
}

static void greatest_partial(void *cell, struct buf *b)
{
	place_partial(cell, EXTREME_HIGH, b);
}

static bool parse_place(struct place *c, enum extreme_end end, struct slice text)
{
	struct reading x = { 0 }, at = { 0 };
	struct words w;
	bool good;

	words_open(&w, text);
	good = words_take_reading(&w, &x) && x.is == READING_NUMBER &&
		words_take_reading(&w, &at) && words_done(&w);
	if (good)
		offer(c, end, &x, reading_canon(&at));
	words_close(&w);
	reading_free(&x);
	reading_free(&at);
	return good;
}

static bool least_parse(void *cell, struct slice text)
{
	return parse_place(cell, EXTREME_LOW, text);
}

static bool greatest_parse(void *cell, struct slice text)
{
	return parse_place(cell, EXTREME_HIGH, text);
}

/* any, all */

/* What one of them tells, the other may not. */
enum { ANY = 1, ALL = 2 };

struct truth {
	_Alignas(8) bool seen[2]; /* false, true */
};

static void truth_add(void *cell, const struct measure_input *in)
{
	struct truth *c = cell;

	if (in->x->is != READING_NONE)
		c->seen[in->x->value.kind == KIND_TRUE] = true;
}

static void truth_merge(void *to, void *from)
{
	struct truth *c = to;
	const struct truth *other = from;

	c->seen[false] |= other->seen[false];
	c->seen[true] |= other->seen[true];
}

static const struct measure_store truth = {
	.size = sizeof(struct truth),
	.add = truth_add,
	.merge = truth_merge,
};

static void print_truth(const struct truth *c, bool holds, struct buf *b)
{
	if (c->seen[false] || c->seen[true])
		buf_add(b, holds ? SLICE("true") : SLICE("false"));
}

static void any_print(void *cell, struct buf *b)
{
	const struct truth *c = cell;

	print_truth(c, c->seen[true], b);
}

static void all_print(void *cell, struct buf *b)
{
	const struct truth *c = cell;

	print_truth(c, !c->seen[false], b);
}

static bool truth_parse(void *cell, struct slice text)
{
	struct truth *c = cell;
	bool holds = slice_equal(text, SLICE("true"));

	c->seen[holds] = true;
	return holds || slice_equal(text, SLICE("false"));
}

/* clang-format off */
const struct measure mvalue_table[] = {
	{ "first", NULL, "a", &ends, FIRST, first_print, NULL, first_partial, first_parse, NULL },
	{ "last", NULL, "a", &ends, LAST, last_print, NULL, last_partial, last_parse, NULL },
	{ "delta", NULL, "n", &number_ends, 1, delta_print, NULL, delta_partial, delta_parse, NULL },
	{ "increase", NULL, "n", &numbers, 1, increase_print, NULL, values_partial, numbers_parse, NULL },
	{ "rate", NULL, "n", &numbers, 1, rate_print, NULL, values_partial, numbers_parse, NULL },
	{ "mode", NULL, "a", &times, 1, mode_print, NULL, mode_partial, mode_parse, NULL },
	{ "distinct", NULL, "a", &set, 1, set_print, NULL, set_partial, set_parse, NULL },
	{ "argmin", NULL, "na", &least, 1, place_print, NULL, least_partial, least_parse, NULL },
	{ "argmax", NULL, "na", &greatest, 1, place_print, NULL, greatest_partial, greatest_parse, NULL },
	{ "list", NULL, "a", &values, 1, list_print, NULL, values_partial, list_parse, NULL },
	{ "any", NULL, "b", &truth, ANY, any_print, NULL, any_print, truth_parse, NULL },
	{ "all", NULL, "b", &truth, ALL, all_print, NULL, all_print, truth_parse, NULL },
	{ 0 },
};
/* clang-format on */
