/* A partial result is the parts that are shown, as "count sum" of a mean and "low high" of a range. */
#include "aggregate/summary.h"

#include <assert.h>

#include "aggregate/partial.h"
#include "aggregate/reading.h"
#include "base/buf.h"
#include "number/num.h"

/* The parts of a cell. */
enum {
	LOW = 1 << EXTREME_LOW,
	HIGH = 1 << EXTREME_HIGH,
	COUNT = SUMMARY_COUNT,
	SUM = 8,
	ANY = SUMMARY_ANY,
};

static_assert(sizeof(struct summary) == 64, "one line of the cache");

/* No sum of counts goes beyond it. */
static const int64_t MOST = 1000000000000000000;

static int64_t add_counts(int64_t a, int64_t b)
{
	return a < MOST - b ? a + b : MOST;
}

/* A cell begins with its count, also that of the records. */
static void print_count(const struct measure_cell *cell, struct buf *b)
{
	const int64_t *count = cell->at;

	b->len += num_print_integer(buf_room(b, NUM_MAX), *count);
}

void summary_add_slowly(struct summary *s, struct reading *r)
{
	s->count += r->is != READING_NONE;
	if (r->is != READING_NUMBER)
		return;
	total_add_number(&s->total, reading_spelling(r), 1);
	extreme_add(&s->extreme, r);
}

void summary_add_text(struct summary *s, struct reading *r)
{
	s->count++;
	extreme_add(&s->extreme, r);
}

void summary_add_run(struct summary *s, const struct run_sum *run)
{
	s->count += run->count;
	total_add(&s->total, (struct decimal){ run->sum, -RUN_PLACES });
	extreme_add_decimal(&s->extreme, (struct decimal){ run->low, -RUN_PLACES });
	extreme_add_decimal(&s->extreme, (struct decimal){ run->high, -RUN_PLACES });
}

static void merge(const struct measure_cell *to, void *from)
{
	struct summary *s = to->at;
	const struct summary *other = from;

	if (to->parts & (COUNT | ANY))
		s->count = add_counts(s->count, other->count);
	if (to->parts & SUM)
		total_merge(&s->total, &other->total);
	if (to->parts & LOW)
		extreme_merge(&s->extreme, EXTREME_LOW, &other->extreme);
	if (to->parts & HIGH)
		extreme_merge(&s->extreme, EXTREME_HIGH, &other->extreme);
}

static bool lacks(const struct summary *s, unsigned parts)
{
	return (parts & SUM && !s->count) ||
		(parts & LOW && extreme_none(&s->extreme, EXTREME_LOW)) ||
		(parts & HIGH && extreme_none(&s->extreme, EXTREME_HIGH));
}

static void print_parts(const struct measure_cell *cell, struct buf *b)
{
	const struct summary *s = cell->at;
	size_t before = b->len;

	if (lacks(s, cell->parts))
		return;
	if (cell->parts & COUNT)
		print_count(cell, b);
	if (cell->parts & SUM) {
		partial_next(b, before);
		total_print(b, &s->total);
	}
	for (enum extreme_end end = EXTREME_LOW; end <= EXTREME_HIGH; end++)
		if (cell->parts >> end & 1) {
			partial_next(b, before);
			extreme_print(b, &s->extreme, end);
		}
}

static bool parse_sum(struct total *t, struct partial *w)
{
	struct slice sum;
	struct decimal d;

	if (!partial_take_plain(w, &d))
		return partial_take(w, &sum) && total_parse(t, sum);
	*t = total_of(d);
	return true;
}

/* The low end comes first, and is not above the other. */
static bool parse_end(struct extreme *x, enum extreme_end end, struct partial *w)
{
	struct reading r = { 0 };
	enum reading_is is = extreme_is(x);
	bool first = extreme_none(x, EXTREME_LOW), good;
	struct decimal d;

	if (partial_take_plain(w, &d)) {
		good = is != READING_OTHER &&
			(first || extreme_beyond_decimal(x, EXTREME_LOW, d) <= 0);
		extreme_put(x, end, d);
		return good;
	}
	good = partial_take_reading(w, &r) &&
		(r.is == READING_NUMBER || r.value.kind == KIND_TEXT) &&
		(is == READING_NONE || is == r.is) &&
		(first || extreme_beyond(x, EXTREME_LOW, &r) <= 0);
	if (good)
		extreme_set(x, end, &r);
	reading_free(&r);
	return good;
}

static bool parse_parts(const struct measure_cell *cell, struct partial *w)
{
	struct summary *s = cell->at;
	unsigned parts = cell->parts;

	if (parts & ANY)
		s->count = 1;
	return (!(parts & COUNT) || partial_take_count(w, &s->count)) &&
		(!(parts & SUM) || ((s->count || !(parts & COUNT)) && parse_sum(&s->total, w))) &&
		(!(parts & LOW) || parse_end(&s->extreme, EXTREME_LOW, w)) &&
		(!(parts & HIGH) || parse_end(&s->extreme, EXTREME_HIGH, w));
}

static void drop(void *cell)
{
	struct summary *s = cell;

	total_free(&s->total);
	extreme_free(&s->extreme);
}

const struct measure_store summary_store = {
	.size = sizeof(struct summary),
	.merge = merge,
	.print = print_parts,
	.parse = parse_parts,
	.free = drop,
};

/* The sum, or the mean if the count is shown. */
static void print_sum(const struct measure_cell *cell, struct buf *b)
{
	const struct summary *s = cell->at;
	int64_t n = cell->parts & COUNT ? s->count : 1;

	if (s->count)
		b->len += total_print_mean(buf_room(b, NUM_MAX), &s->total, n);
}

static void print_range(const struct measure_cell *cell, struct buf *b)
{
	const struct summary *s = cell->at;
	struct total t = { 0 };

	if (lacks(s, cell->parts))
		return;
	extreme_gather(&t, &s->extreme, EXTREME_HIGH, 1);
	extreme_gather(&t, &s->extreme, EXTREME_LOW, -1);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, 1);
	total_free(&t);
}

const struct measure summary_table[] = {
	{ "count", NULL, "a", &summary_store, COUNT, print_count },
	{ "sum", NULL, "n", &summary_store, SUM, print_sum },
	{ "mean", "avg", "n", &summary_store, COUNT | SUM, print_sum },
	{ "min", NULL, "o", &summary_store, LOW, print_parts },
	{ "max", NULL, "o", &summary_store, HIGH, print_parts },
	{ "range", NULL, "n", &summary_store, LOW | HIGH, print_range },
	{ 0 },
};

/* Records */

static void add_record(const struct measure_cell *cell, const struct measure_input *in)
{
	int64_t *count = cell->at;

	(void)in;
	++*count;
}

static void merge_count(const struct measure_cell *to, void *from)
{
	int64_t *count = to->at, *other = from;

	*count = add_counts(*count, *other);
}

static bool parse_count(const struct measure_cell *cell, struct partial *w)
{
	return partial_take_count(w, cell->at);
}

static const struct measure_store records = {
	.size = sizeof(int64_t),
	.add = add_record,
	.merge = merge_count,
	.print = print_count,
	.parse = parse_count,
};

const struct measure summary_records = { "count", NULL, "", &records, 1, print_count };
