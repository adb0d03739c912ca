/* Both ends are kept in the finest exponent that was met, as long as they fit; so a coarser number
 * is brought to it by one multiplication and compared with both. */
#include "aggregate/extreme.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "number/digits.h"
#include "record/canon.h"

enum { NONE, NEAR, FAR, TEXT }; /* from FAR on it is spelled */

static struct decimal decimal_at(const struct extreme *x, enum extreme_end end)
{
	return (struct decimal){ x->at[end].m, x->e[end] };
}

/* Brings a decimal to a finer exponent, if it fits there. */
static void refine(struct extreme *x, enum extreme_end end, int64_t e)
{
	uint64_t shift = (uint64_t)(x->e[end] - e);
	int64_t m;

	if (x->is[end] != NEAR || shift > TOTAL_FAST ||
		__builtin_mul_overflow(x->at[end].m, (int64_t)num_ten[shift], &m))
		return;
	x->at[end].m = m;
	x->e[end] = (int16_t)e;
}

/* Brings both to the finer exponent of the two and e, as far as they fit. */
static void level(struct extreme *x, int64_t e)
{
	refine(x, EXTREME_LOW, e);
	refine(x, EXTREME_HIGH, e);
	refine(x, EXTREME_LOW, x->e[EXTREME_HIGH]);
	refine(x, EXTREME_HIGH, x->e[EXTREME_LOW]);
	x->even = x->is[0] == NEAR && x->is[1] == NEAR && x->e[0] == x->e[1];
}

enum reading_is extreme_is(const struct extreme *x)
{
	if (x->is[EXTREME_LOW] == NONE && x->is[EXTREME_HIGH] == NONE)
		return READING_NONE;
	return x->is[EXTREME_LOW] == TEXT || x->is[EXTREME_HIGH] == TEXT ? READING_OTHER :
									   READING_NUMBER;
}

bool extreme_none(const struct extreme *x, enum extreme_end end)
{
	return x->is[end] == NONE;
}

/* Of a decimal into out. Lives as long as both. */
static struct slice spelling(const struct extreme *x, enum extreme_end end, char out[NUM_MAX])
{
	if (x->is[end] >= FAR)
		return slice_of(x->at[end].text);
	return (struct slice){ out, num_print_decimal(out, decimal_at(x, end)) };
}

static int seen_from(enum extreme_end end, int order)
{
	return end == EXTREME_LOW ? -order : order;
}

int extreme_beyond_decimal(const struct extreme *x, enum extreme_end end, struct decimal d)
{
	char text[NUM_MAX];

	if (x->is[end] == NONE)
		return 1;
	if (x->is[end] == NEAR)
		return seen_from(end, digits_order_decimals(d, decimal_at(x, end)));
	return seen_from(end,
		digits_order((struct slice){ text, num_print_decimal(text, d) },
			slice_of(x->at[end].text)));
}

int extreme_beyond(const struct extreme *x, enum extreme_end end, struct reading *r)
{
	char text[NUM_MAX];

	if (x->is[end] == NONE || r->near)
		return extreme_beyond_decimal(x, end, r->number);
	return seen_from(end, canon_compare(reading_canon(r), spelling(x, end, text)));
}

static char *copy(struct slice s)
{
	char *text = mem_alloc(s.len + 1);

	memcpy(text, s.at, s.len);
	text[s.len] = 0;
	return text;
}

static void drop(struct extreme *x, enum extreme_end end)
{
	if (x->is[end] >= FAR)
		free(x->at[end].text);
	x->is[end] = NONE;
}

void extreme_put(struct extreme *x, enum extreme_end end, struct decimal d)
{
	x->is[end] = NEAR;
	x->at[end].m = d.m;
	x->e[end] = (int16_t)d.e;
	x->even = x->is[!end] == NEAR && x->e[!end] == d.e;
}

static void set_decimal(struct extreme *x, enum extreme_end end, struct decimal d)
{
	drop(x, end);
	extreme_put(x, end, d);
	if (!x->even)
		level(x, d.e);
}

void extreme_set(struct extreme *x, enum extreme_end end, struct reading *r)
{
	if (r->near) {
		set_decimal(x, end, r->number);
		return;
	}
	drop(x, end);
	x->is[end] = r->is == READING_NUMBER ? FAR : TEXT;
	x->at[end].text = copy(reading_canon(r));
	x->even = false;
}

void extreme_take(struct extreme *x, enum extreme_end end, struct reading *r)
{
	if (extreme_beyond(x, end, r) > 0)
		extreme_set(x, end, r);
}

void extreme_add_slowly(struct extreme *x, struct reading *r)
{
	if (r->near && x->is[EXTREME_LOW] == NONE && x->is[EXTREME_HIGH] == NONE) {
		x->is[EXTREME_LOW] = x->is[EXTREME_HIGH] = NEAR;
		x->at[EXTREME_LOW].m = x->at[EXTREME_HIGH].m = r->number.m;
		x->e[EXTREME_LOW] = x->e[EXTREME_HIGH] = (int16_t)r->number.e;
		x->even = true;
		return;
	}
	extreme_take(x, EXTREME_LOW, r);
	extreme_take(x, EXTREME_HIGH, r);
	if (r->near)
		level(x, r->number.e);
}

void extreme_add_decimal_slowly(struct extreme *x, struct decimal d)
{
	char text[NUM_MAX];
	struct reading r = { 0 };

	reading_take(&r, (struct value){ text, (uint32_t)num_print_decimal(text, d), KIND_NUMBER });
	extreme_add_slowly(x, &r);
	reading_free(&r);
}

static void merge_decimal(struct extreme *x, enum extreme_end end, struct decimal d)
{
	uint64_t shift = (uint64_t)(d.e - x->e[end]);
	int64_t m;

	if (x->is[end] == NEAR && shift <= TOTAL_FAST &&
		!__builtin_mul_overflow(d.m, (int64_t)num_ten[shift], &m)) {
		if (end == EXTREME_LOW ? m < x->at[end].m : m > x->at[end].m)
			x->at[end].m = m;
	} else if (extreme_beyond_decimal(x, end, d) > 0) {
		set_decimal(x, end, d);
	} else {
		level(x, d.e);
	}
}

void extreme_merge(struct extreme *x, enum extreme_end end, const struct extreme *from)
{
	enum kind kind = from->is[end] == TEXT ? KIND_TEXT : KIND_NUMBER;
	struct reading r = { 0 };
	struct slice s;

	if (from->is[end] == NEAR) {
		merge_decimal(x, end, decimal_at(from, end));
	} else if (from->is[end] != NONE) {
		s = slice_of(from->at[end].text);
		reading_take(&r, (struct value){ s.at, (uint32_t)s.len, kind });
		extreme_take(x, end, &r);
		reading_free(&r);
	}
}

void extreme_print(struct buf *b, const struct extreme *x, enum extreme_end end)
{
	if (x->is[end] >= FAR)
		buf_add(b, slice_of(x->at[end].text));
	else
		b->len += num_print_decimal(buf_room(b, NUM_MAX), decimal_at(x, end));
}

void extreme_gather(struct total *t, const struct extreme *x, enum extreme_end end, int64_t times)
{
	char text[NUM_MAX];

	if (x->is[end] == NEAR)
		total_add_times(t, decimal_at(x, end), times);
	else
		total_add_number(t, spelling(x, end, text), times);
}

void extreme_free(struct extreme *x)
{
	drop(x, EXTREME_LOW);
	drop(x, EXTREME_HIGH);
	*x = (struct extreme){ 0 };
}
