/* Of several places of an extreme, the smallest one counts. */
#include "aggregate/argmin.h"

#include "aggregate/extreme.h"
#include "aggregate/partial.h"
#include "aggregate/reading.h"
#include "base/buf.h"
#include "record/canon.h"

enum { LOW = 1 << EXTREME_LOW, HIGH = 1 << EXTREME_HIGH };

struct places {
	struct extreme extreme;
	struct buf at[2]; /* of its ends; empty: none yet */
};

static void offer(struct places *p, enum extreme_end end, struct reading *x, struct slice at)
{
	int order = extreme_beyond(&p->extreme, end, x);

	if (order < 0 || (!order && canon_compare(at, buf_slice(&p->at[end])) >= 0))
		return;
	if (order)
		extreme_set(&p->extreme, end, x);
	p->at[end].len = 0;
	buf_add(&p->at[end], at);
}

static void add(const struct measure_cell *cell, const struct measure_input *in)
{
	if (cell->parts & LOW)
		offer(cell->at, EXTREME_LOW, in->x, reading_canon(in->y));
	if (cell->parts & HIGH)
		offer(cell->at, EXTREME_HIGH, in->x, reading_canon(in->y));
}

static void merge_end(struct places *p, enum extreme_end end, const struct places *from)
{
	struct buf text = { 0 };
	struct reading x = { 0 };

	if (!from->at[end].len)
		return;
	extreme_print(&text, &from->extreme, end);
	reading_take(&x, (struct value){ text.at, (uint32_t)text.len, KIND_NUMBER });
	offer(p, end, &x, buf_slice(&from->at[end]));
	reading_free(&x);
	buf_free(&text);
}

static void merge(const struct measure_cell *to, void *from)
{
	if (to->parts & LOW)
		merge_end(to->at, EXTREME_LOW, from);
	if (to->parts & HIGH)
		merge_end(to->at, EXTREME_HIGH, from);
}

/* A result shows one. */
static enum extreme_end end_of(const struct measure_cell *cell)
{
	return cell->parts == LOW ? EXTREME_LOW : EXTREME_HIGH;
}

static void print(const struct measure_cell *cell, struct buf *b)
{
	const struct places *p = cell->at;
	enum extreme_end end = end_of(cell);

	if (!p->at[end].len)
		return;
	extreme_print(b, &p->extreme, end);
	buf_byte(b, ' ');
	buf_add(b, buf_slice(&p->at[end]));
}

static bool parse(const struct measure_cell *cell, struct partial *w)
{
	struct reading x = { 0 }, at = { 0 };
	bool good = partial_take_reading(w, &x) && x.is == READING_NUMBER &&
		partial_take_reading(w, &at);

	if (good)
		offer(cell->at, end_of(cell), &x, reading_canon(&at));
	reading_free(&x);
	reading_free(&at);
	return good;
}

static void drop(void *cell)
{
	struct places *p = cell;

	extreme_free(&p->extreme);
	buf_free(&p->at[EXTREME_LOW]);
	buf_free(&p->at[EXTREME_HIGH]);
}

static const struct measure_store places = {
	.size = sizeof(struct places),
	.add = add,
	.merge = merge,
	.print = print,
	.parse = parse,
	.free = drop,
};

static void print_place(const struct measure_cell *cell, struct buf *b)
{
	const struct places *p = cell->at;

	buf_add(b, buf_slice(&p->at[end_of(cell)]));
}

const struct measure argmin_table[] = {
	{ "argmin", NULL, "na", &places, LOW, print_place },
	{ "argmax", NULL, "na", &places, HIGH, print_place },
	{ 0 },
};
