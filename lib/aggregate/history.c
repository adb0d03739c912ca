#include "aggregate/history.h"

#include <stdlib.h>

#include "base/mem.h"
#include "number/digits.h"
#include "number/wide.h"
#include "record/canon.h"

static struct instant time_of(const struct history_entry *e)
{
	return (struct instant){ e->seconds, e->nanos };
}

static struct slice value_of(const struct history *h, size_t i)
{
	return (struct slice){ h->text.at + h->entry[i].at, h->entry[i].len };
}

static int order(struct instant t, struct slice value, struct instant u, struct slice other)
{
	int by_time = instant_compare(t, u);

	return by_time ? by_time : canon_compare(value, other);
}

void history_add(struct history *h, struct instant t, struct slice canon)
{
	const struct history_entry *last = h->n ? &h->entry[h->n - 1] : NULL;

	if (last && !h->mixed)
		h->mixed = order(time_of(last), value_of(h, h->n - 1), t, canon) > 0;
	MEM_GROW(h->entry, h->n, h->cap);
	h->entry[h->n++] =
		(struct history_entry){ t.seconds, t.nanos, (uint32_t)canon.len, h->text.len };
	buf_add(&h->text, canon);
}

void history_merge(struct history *h, const struct history *from)
{
	for (size_t i = 0; i < from->n; i++)
		history_add(h, time_of(&from->entry[i]), value_of(from, i));
}

static int compare(const void *a, const void *b, void *text)
{
	const struct history_entry *x = a, *y = b;
	const char *at = text;

	return order(time_of(x), (struct slice){ at + x->at, x->len }, time_of(y),
		(struct slice){ at + y->at, y->len });
}

static void sort(struct history *h)
{
	if (h->mixed)
		qsort_r(h->entry, h->n, sizeof *h->entry, compare, h->text.at);
	h->mixed = false;
}

void history_print(struct history *h, struct buf *b)
{
	sort(h);
	buf_byte(b, '[');
	for (size_t i = 0; i < h->n; i++) {
		if (i)
			buf_byte(b, ',');
		buf_add(b, value_of(h, i));
	}
	buf_byte(b, ']');
}

static void print_moment(struct buf *b, struct instant t, struct slice value)
{
	partial_print_time(b, t);
	buf_byte(b, ' ');
	buf_add(b, value);
}

void history_print_words(struct history *h, struct buf *b)
{
	sort(h);
	for (size_t i = 0; i < h->n; i++) {
		if (i)
			buf_byte(b, ' ');
		print_moment(b, time_of(&h->entry[i]), value_of(h, i));
	}
}

bool history_parse(struct history *h, struct partial *w)
{
	struct reading value = { 0 };
	struct instant t;
	bool good = true;

	do {
		good = partial_take_time(w, &t) && partial_take_reading(w, &value);
		if (good)
			history_add(h, t, reading_canon(&value));
	} while (good && !partial_done(w));
	reading_free(&value);
	return good;
}

/* Of each run without a fall, what it ends at; then what the first one began at goes off. */
void history_gather_increase(struct history *h, struct total *t)
{
	sort(h);
	for (size_t i = 0; i < h->n; i++)
		if (i + 1 == h->n || digits_order(value_of(h, i + 1), value_of(h, i)) < 0)
			total_add_number(t, value_of(h, i), 1);
	if (h->n)
		total_add_number(t, value_of(h, 0), -1);
}

size_t history_print_rate(char out[NUM_MAX], struct history *h)
{
	const int64_t second = 1000000000;
	struct total t = { 0 };
	struct wide above = { 0 }, below = { 0 };
	__int128 nanos;
	size_t len;

	sort(h);
	nanos = instant_nanos(time_of(&h->entry[h->n - 1])) - instant_nanos(time_of(&h->entry[0]));
	if (!nanos)
		return 0;
	history_gather_increase(h, &t);
	total_gather(&above, &t);
	wide_times(&above, second);
	wide_add_scaled(&below, nanos, 0);
	len = wide_print_quotient(out, &above, &below);
	wide_free(&above);
	wide_free(&below);
	total_free(&t);
	return len;
}

void history_free(struct history *h)
{
	free(h->entry);
	buf_free(&h->text);
	*h = (struct history){ 0 };
}

struct slice history_end(const struct history_ends *h, enum history_end end)
{
	return buf_slice(&h->at[end].value);
}

void history_take(
	struct history_ends *h, enum history_end end, struct instant t, struct slice canon)
{
	struct history_moment *m = &h->at[end];
	int sign = end == HISTORY_FIRST ? -1 : 1;

	if (m->value.len && sign * order(t, canon, m->t, buf_slice(&m->value)) <= 0)
		return;
	m->t = t;
	m->value.len = 0;
	buf_add(&m->value, canon);
}

void history_take_from(
	struct history_ends *h, enum history_end end, const struct history_ends *from)
{
	if (from->at[end].value.len)
		history_take(h, end, from->at[end].t, history_end(from, end));
}

void history_print_end(const struct history_ends *h, enum history_end end, struct buf *b)
{
	print_moment(b, h->at[end].t, history_end(h, end));
}

bool history_parse_end(struct history_ends *h, enum history_end end, struct partial *w)
{
	struct reading value = { 0 };
	struct instant t;
	bool good = partial_take_time(w, &t) && partial_take_reading(w, &value);

	if (good)
		history_take(h, end, t, reading_canon(&value));
	reading_free(&value);
	return good;
}

void history_free_ends(struct history_ends *h)
{
	buf_free(&h->at[HISTORY_FIRST].value);
	buf_free(&h->at[HISTORY_LAST].value);
	*h = (struct history_ends){ 0 };
}
