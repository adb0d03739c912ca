#include "aggregate/variety.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "record/canon.h"
#include "sketch/distinct.h"

/* How often each came */

/* No sum of counts goes beyond it. */
static const int64_t MOST = 1000000000000000000;

/* Values are in their one spelling. */
struct times {
	struct map value;
	int64_t *times; /* of each */
	size_t cap;
};

static struct slice value_of(const struct times *t, size_t i)
{
	return t->value.entry[i].text;
}

static void add_times(struct times *t, struct slice canon, int64_t times)
{
	size_t before = t->value.n;
	uint32_t i = map_add(&t->value, canon);

	MEM_GROW(t->times, i, t->cap);
	if (t->value.n > before)
		t->times[i] = 0;
	t->times[i] = times < MOST - t->times[i] ? t->times[i] + times : MOST;
}

static void times_add(const struct measure_cell *cell, const struct measure_input *in)
{
	add_times(cell->at, reading_canon(in->x), 1);
}

static void times_merge(const struct measure_cell *to, void *from)
{
	const struct times *t = from;

	for (size_t i = 0; i < t->value.n; i++)
		add_times(to->at, value_of(t, i), t->times[i]);
}

static int compare(const void *a, const void *b, void *with)
{
	const struct times *t = with;

	return canon_compare(value_of(t, *(const uint32_t *)a), value_of(t, *(const uint32_t *)b));
}

/* The places of the values, in order; to be freed. */
static uint32_t *sorted(struct times *t)
{
	uint32_t *place = mem_array(t->value.n + 1, sizeof *place);

	for (uint32_t i = 0; i < t->value.n; i++)
		place[i] = i;
	qsort_r(place, t->value.n, sizeof *place, compare, t);
	return place;
}

/* "value times value times", in order. */
static void times_print(const struct measure_cell *cell, struct buf *b)
{
	struct times *t = cell->at;
	uint32_t *place = sorted(t);

	for (size_t i = 0; i < t->value.n; i++) {
		if (i)
			buf_byte(b, ' ');
		buf_add(b, value_of(t, place[i]));
		buf_printf(b, " %lld", (long long)t->times[place[i]]);
	}
	free(place);
}

static bool times_parse(const struct measure_cell *cell, struct partial *w)
{
	struct reading value = { 0 };
	int64_t times;
	bool good;

	do {
		good = partial_take_reading(w, &value) && partial_take_count(w, &times) &&
			times > 0;
		if (good)
			add_times(cell->at, reading_canon(&value), times);
	} while (good && !partial_done(w));
	reading_free(&value);
	return good;
}

static bool times_full(void *cell, size_t most)
{
	const struct times *t = cell;

	return t->value.n > most;
}

static void times_free(void *cell)
{
	struct times *t = cell;

	map_free(&t->value);
	free(t->times);
}

static const struct measure_store times = {
	.size = sizeof(struct times),
	.add = times_add,
	.merge = times_merge,
	.print = times_print,
	.parse = times_parse,
	.full = times_full,
	.free = times_free,
};

/* The most frequent one, of several the smallest. */
static void print_mode(const struct measure_cell *cell, struct buf *b)
{
	const struct times *t = cell->at;
	size_t best = 0;

	for (size_t i = 1; i < t->value.n; i++)
		if (t->times[i] > t->times[best] ||
			(t->times[i] == t->times[best] &&
				canon_compare(value_of(t, i), value_of(t, best)) < 0))
			best = i;
	if (t->value.n)
		buf_add(b, value_of(t, best));
}

static void print_set(const struct measure_cell *cell, struct buf *b)
{
	struct times *t = cell->at;
	uint32_t *place;

	if (!t->value.n)
		return;
	place = sorted(t);
	for (size_t i = 0; i < t->value.n; i++) {
		buf_byte(b, i ? ',' : '[');
		buf_add(b, value_of(t, place[i]));
	}
	buf_byte(b, ']');
	free(place);
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
	{ "set", NULL, "a", &times, 1, print_set },
	{ "distinct", NULL, "a", &set, 1, print_distinct },
	{ "any", NULL, "b", &truth, ANY, truth_print },
	{ "all", NULL, "b", &truth, ALL, truth_print },
	{ 0 },
};
