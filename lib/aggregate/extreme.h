/* extreme: the smallest and the largest of numbers, exactly; or of texts, by their bytes
 *
 * { 0 } has seen none. Values that are equal count as one, however they are spelled. It is the caller's to see
 * that numbers and texts do not meet. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "aggregate/reading.h"
#include "base/buf.h"
#include "number/num.h"
#include "number/total.h"

enum extreme_end { EXTREME_LOW, EXTREME_HIGH };

/* One that is not near (reading.h) is kept in its one spelling. */
struct extreme {
	union {
		int64_t m;
		char *text;
	} at[2];
	int16_t e[2]; /* of the decimals */
	uint8_t is[2];
	bool even; /* both are decimals, of one exponent */
};

/* The ways of those below where the decimals are not even. */
void extreme_add_slowly(struct extreme *x, struct reading *r);
void extreme_add_decimal_slowly(struct extreme *x, struct decimal d);

/* False: not done. */
static inline bool extreme_add_evenly(struct extreme *x, struct decimal d)
{
	uint64_t shift = (uint64_t)(d.e - x->e[0]);
	int64_t m;

	if (!x->even || shift > TOTAL_FAST ||
		__builtin_mul_overflow(d.m, (int64_t)num_ten[shift], &m))
		return false;
	x->at[0].m = m < x->at[0].m ? m : x->at[0].m;
	x->at[1].m = m > x->at[1].m ? m : x->at[1].m;
	return true;
}

/* Adds a number, or a text. */
static inline void extreme_add(struct extreme *x, struct reading *r)
{
	if (!r->near || !extreme_add_evenly(x, r->number))
		extreme_add_slowly(x, r);
}

/* The same for one that is total_near(). */
static inline void extreme_add_decimal(struct extreme *x, struct decimal d)
{
	if (!extreme_add_evenly(x, d))
		extreme_add_decimal_slowly(x, d);
}

/* What it has seen: none, numbers, or others, which are texts. */
enum reading_is extreme_is(const struct extreme *x);

/* Is there none? */
bool extreme_none(const struct extreme *x, enum extreme_end end);

/* Above 0 if the value lies beyond that end, or there is none yet; 0 if it is there. */
int extreme_beyond(const struct extreme *x, enum extreme_end end, struct reading *r);

/* The same for a decimal that is total_near(), among numbers. */
int extreme_beyond_decimal(const struct extreme *x, enum extreme_end end, struct decimal d);

/* Makes the value that end, or lets it be it if it lies beyond. */
void extreme_set(struct extreme *x, enum extreme_end end, struct reading *r);
void extreme_take(struct extreme *x, enum extreme_end end, struct reading *r);

/* Makes a decimal that is total_near() that end, where there is none yet. */
void extreme_put(struct extreme *x, enum extreme_end end, struct decimal d);

/* Adds one end of another. */
void extreme_merge(struct extreme *x, enum extreme_end end, const struct extreme *from);

/* Below, there is one.
 *
 * Appends it with all its digits, in the notation of num_print_decimal(). */
void extreme_print(struct buf *b, const struct extreme *x, enum extreme_end end);

/* t += it, a number, so many times */
void extreme_gather(struct total *t, const struct extreme *x, enum extreme_end end, int64_t times);

/* It has seen none again. */
void extreme_free(struct extreme *x);
