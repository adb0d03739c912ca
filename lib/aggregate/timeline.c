/* Values are in their one spelling, and in order by time, those of one time by value.
 *
 * What is read back for a field of numbers holds nothing else, or there would be no telling what delta() and
 * increase() of it are. */
#include "aggregate/timeline.h"

#include <stdlib.h>

#include "aggregate/partial.h"
#include "aggregate/reading.h"
#include "base/buf.h"
#include "base/mem.h"
#include "number/digits.h"
#include "number/total.h"
#include "number/wide.h"
#include "record/canon.h"

static int order(struct instant t, struct slice value, struct instant u, struct slice other)
{
	int by_time = instant_compare(t, u);

	return by_time ? by_time : canon_compare(value, other);
}

/* A partial result has them as words. */
static void print_moment(struct buf *b, struct instant t, struct slice value)
{
	partial_print_time(b, t);
	buf_byte(b, ' ');
	buf_add(b, value);
}

static bool take_moment(struct partial *w, struct instant *t, struct reading *value)
{
	return partial_take_time(w, t) && partial_take_reading(w, value);
}

/* The two ends */

enum { FIRST, LAST, ENDS };

struct ends {
	struct moment {
		struct instant t;
		struct buf value; /* empty: none yet */
	} at[ENDS];
};

/* Is that end among the parts of the cell? */
static bool has(const struct measure_cell *cell, int end)
{
	return cell->parts >> end & 1;
}

static struct slice value_at(const struct measure_cell *cell, int end)
{
	const struct ends *e = cell->at;

	return buf_slice(&e->at[end].value);
}

static void offer(struct ends *e, int end, struct instant t, struct slice canon)
{
	struct moment *m = &e->at[end];
	int sign = end == FIRST ? -1 : 1;

	if (m->value.len && sign * order(t, canon, m->t, buf_slice(&m->value)) <= 0)
		return;
	m->t = t;
	m->value.len = 0;
	buf_add(&m->value, canon);
}

static void ends_add(const struct measure_cell *cell, const struct measure_input *in)
{
	for (int end = FIRST; end < ENDS; end++)
		if (has(cell, end))
			offer(cell->at, end, in->t, reading_canon(in->x));
}

static void ends_merge(const struct measure_cell *to, void *from)
{
	const struct ends *e = from;

	for (int end = FIRST; end < ENDS; end++)
		if (has(to, end) && e->at[end].value.len)
			offer(to->at, end, e->at[end].t, buf_slice(&e->at[end].value));
}

static void ends_print(const struct measure_cell *cell, struct buf *b)
{
	const struct ends *e = cell->at;
	size_t before = b->len;

	for (int end = FIRST; end < ENDS; end++)
		if (has(cell, end) && e->at[end].value.len) {
			partial_next(b, before);
			print_moment(b, e->at[end].t, buf_slice(&e->at[end].value));
		}
}

static bool ends_parse(const struct measure_cell *cell, struct partial *w)
{
	struct reading value = { 0 };
	struct instant t;
	bool good = true;

	for (int end = FIRST; end < ENDS && good; end++) {
		if (!has(cell, end))
			continue;
		good = take_moment(w, &t, &value);
		if (good)
			offer(cell->at, end, t, reading_canon(&value));
	}
	reading_free(&value);
	return good;
}

static void ends_free(void *cell)
{
	struct ends *e = cell;

	buf_free(&e->at[FIRST].value);
	buf_free(&e->at[LAST].value);
}

static const struct measure_store ends = {
	.size = sizeof(struct ends),
	.timed = true,
	.apart = true,
	.add = ends_add,
	.merge = ends_merge,
	.print = ends_print,
	.parse = ends_parse,
	.free = ends_free,
};

static void print_first(const struct measure_cell *cell, struct buf *b)
{
	buf_add(b, value_at(cell, FIRST));
}

static void print_last(const struct measure_cell *cell, struct buf *b)
{
	buf_add(b, value_at(cell, LAST));
}

static void print_delta(const struct measure_cell *cell, struct buf *b)
{
	struct slice first = value_at(cell, FIRST);
	struct total t = { 0 };

	if (!first.len)
		return;
	total_add_number(&t, value_at(cell, LAST), 1);
	total_add_number(&t, first, -1);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

/* All values */

struct all {
	struct entry {
		int64_t seconds;
		uint32_t nanos, len;
		size_t at; /* in the text */
	} * entry;
	size_t n, cap;
	struct buf text;
	bool mixed; /* they need sorting */
};

static struct instant time_of(const struct entry *e)
{
	return (struct instant){ e->seconds, e->nanos };
}

static struct slice value_of(const struct all *h, size_t i)
{
	return (struct slice){ h->text.at + h->entry[i].at, h->entry[i].len };
}

static void append(struct all *h, struct instant t, struct slice canon)
{
	const struct entry *last = h->n ? &h->entry[h->n - 1] : NULL;

	if (last && !h->mixed)
		h->mixed = order(time_of(last), value_of(h, h->n - 1), t, canon) > 0;
	MEM_GROW(h->entry, h->n, h->cap);
	h->entry[h->n++] = (struct entry){ t.seconds, t.nanos, (uint32_t)canon.len, h->text.len };
	buf_add(&h->text, canon);
}

static int compare(const void *a, const void *b, void *text)
{
	const struct entry *x = a, *y = b;
	const char *at = text;

	return order(time_of(x), (struct slice){ at + x->at, x->len }, time_of(y),
		(struct slice){ at + y->at, y->len });
}

static void sort(struct all *h)
{
	if (h->mixed)
		qsort_r(h->entry, h->n, sizeof *h->entry, compare, h->text.at);
	h->mixed = false;
}

static void all_add(const struct measure_cell *cell, const struct measure_input *in)
{
	append(cell->at, in->t, reading_canon(in->x));
}

static void all_merge(const struct measure_cell *to, void *from)
{
	const struct all *h = from;

	for (size_t i = 0; i < h->n; i++)
		append(to->at, time_of(&h->entry[i]), value_of(h, i));
}

static void all_print(const struct measure_cell *cell, struct buf *b)
{
	struct all *h = cell->at;

	sort(h);
	for (size_t i = 0; i < h->n; i++) {
		if (i)
			buf_byte(b, ' ');
		print_moment(b, time_of(&h->entry[i]), value_of(h, i));
	}
}

static bool all_parse(const struct measure_cell *cell, struct partial *w)
{
	struct reading value = { 0 };
	struct instant t;
	bool good;

	do {
		good = take_moment(w, &t, &value);
		if (good)
			append(cell->at, t, reading_canon(&value));
	} while (good && !partial_done(w));
	reading_free(&value);
	return good;
}

static bool all_full(void *cell, size_t most)
{
	return ((const struct all *)cell)->n > most;
}

static void all_free(void *cell)
{
	struct all *h = cell;

	free(h->entry);
	buf_free(&h->text);
}

static const struct measure_store all = {
	.size = sizeof(struct all),
	.timed = true,
	.apart = true,
	.add = all_add,
	.merge = all_merge,
	.print = all_print,
	.parse = all_parse,
	.full = all_full,
	.free = all_free,
};

/* t += the sum of the rises from one to the next; what is below the one before is a counter that began anew,
 * and adds itself. So, of each run without a fall, what it ends at; then what the first one began at goes
 * off. There is one at least. */
static void gather_increase(struct all *h, struct total *t)
{
	sort(h);
	for (size_t i = 0; i < h->n; i++)
		if (i + 1 == h->n || digits_order(value_of(h, i + 1), value_of(h, i)) < 0)
			total_add_number(t, value_of(h, i), 1);
	total_add_number(t, value_of(h, 0), -1);
}

static void print_increase(const struct measure_cell *cell, struct buf *b)
{
	struct all *h = cell->at;
	struct total t = { 0 };

	if (!h->n)
		return;
	gather_increase(h, &t);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

/* The increase per second between the first and the last time; none where these are one. */
static void print_rate(const struct measure_cell *cell, struct buf *b)
{
	const int64_t second = 1000000000;
	struct all *h = cell->at;
	struct total t = { 0 };
	struct wide above = { 0 }, below = { 0 };
	__int128 nanos;

	if (!h->n)
		return;
	sort(h);
	nanos = instant_nanos(time_of(&h->entry[h->n - 1])) - instant_nanos(time_of(&h->entry[0]));
	if (!nanos)
		return;
	gather_increase(h, &t);
	total_gather(&above, &t);
	wide_times(&above, second);
	wide_add_scaled(&below, nanos, 0);
	b->len += wide_print_quotient(buf_room(b, NUM_MAX), &above, &below);
	wide_free(&above);
	wide_free(&below);
	total_free(&t);
}

static void print_list(const struct measure_cell *cell, struct buf *b)
{
	struct all *h = cell->at;

	if (!h->n)
		return;
	sort(h);
	buf_byte(b, '[');
	for (size_t i = 0; i < h->n; i++) {
		if (i)
			buf_byte(b, ',');
		buf_add(b, value_of(h, i));
	}
	buf_byte(b, ']');
}

const struct measure timeline_table[] = {
	{ "first", NULL, "a", &ends, 1 << FIRST, print_first },
	{ "last", NULL, "a", &ends, 1 << LAST, print_last },
	{ "delta", NULL, "n", &ends, 1 << FIRST | 1 << LAST, print_delta },
	{ "increase", NULL, "n", &all, 1, print_increase },
	{ "rate", NULL, "n", &all, 1, print_rate },
	{ "list", NULL, "a", &all, 1, print_list },
	{ 0 },
};
