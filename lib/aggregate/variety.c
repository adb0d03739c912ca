#include "aggregate/variety.h"

#include <stdlib.h>

#include "aggregate/partial.h"
#include "aggregate/reading.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "number/num.h"
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

/* They are no more than there are values, be the estimate what it may. Of MOST values it is not known how many
 * they are, as partial results did not tell once. */
struct different {
	struct distinct distinct;
	int64_t values;
};

static uint64_t hash_of(struct reading *x)
{
	if (x->near)
		return distinct_hash_number(x->number);
	if (x->is == READING_NUMBER)
		return distinct_hash_digits(reading_spelling(x));
	return distinct_hash_other(reading_canon(x));
}

static void different_add(const struct measure_cell *cell, const struct measure_input *in)
{
	struct different *d = cell->at;

	distinct_add(&d->distinct, hash_of(in->x));
	d->values++;
}

static void different_merge(const struct measure_cell *to, void *from)
{
	struct different *d = to->at;
	const struct different *other = from;

	distinct_merge(&d->distinct, &other->distinct);
	d->values = other->values < MOST - d->values ? d->values + other->values : MOST;
}

/* The state, and how many values there were, if that is known. */
static void different_print(const struct measure_cell *cell, struct buf *b)
{
	const struct different *d = cell->at;

	if (!d->values)
		return;
	distinct_print(&d->distinct, b);
	if (d->values < MOST)
		buf_printf(b, " %lld", (long long)d->values);
}

static bool different_parse(const struct measure_cell *cell, struct partial *w)
{
	struct different *d = cell->at;
	struct fault fault;
	struct slice state;

	d->values = MOST;
	return partial_take(w, &state) && distinct_parse(&d->distinct, state, &fault) &&
		(partial_done(w) || partial_take_count(w, &d->values)) && d->values > 0 &&
		(uint64_t)d->values >= d->distinct.n;
}

static bool different_exact(void *cell)
{
	const struct different *d = cell;

	return distinct_exact(&d->distinct);
}

static void different_free(void *cell)
{
	struct different *d = cell;

	distinct_free(&d->distinct);
}

static const struct measure_store different = {
	.size = sizeof(struct different),
	.add = different_add,
	.merge = different_merge,
	.print = different_print,
	.parse = different_parse,
	.exact = different_exact,
	.free = different_free,
};

static void print_distinct(const struct measure_cell *cell, struct buf *b)
{
	const struct different *d = cell->at;
	uint64_t n = distinct_count(&d->distinct), most = (uint64_t)d->values;

	if (d->values)
		b->len += num_print_integer(buf_room(b, NUM_MAX), n < most ? n : most);
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
	{ "distinct", NULL, "a", &different, 1, print_distinct },
	{ "any", NULL, "b", &truth, ANY, truth_print },
	{ "all", NULL, "b", &truth, ALL, truth_print },
	{ 0 },
};
