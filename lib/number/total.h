/* total: the exact sum of numbers as they are written, in any order
 *
 * { 0 } is the empty sum. Numbers are added as decimals: nothing is rounded until a result is
 * printed, and that once, so order, merging and the way that a number came in change no byte. What
 * is not zero and below 10^-400 in size counts as 10^-400 with its sign. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"

/* The sum is (high * 2^64 + low) * 10^-scale + *wide. */
struct total {
	uint64_t low;
	int64_t high;
	struct wide *wide; /* NULL until something does not fit beside it */
	int64_t scale;
};

enum {
	TOTAL_FAST = 18, /* 10^18 is the largest power of ten in int64_t */
	TOTAL_NEAR = 280,
};

/* Then it is neither beyond the doubles nor one of those that are not zero and below 10^-400. */
static inline bool total_near(struct decimal d)
{
	return d.e >= -TOTAL_NEAR && d.e <= TOTAL_NEAR;
}

/* Adds the number so many times, which may be below 0. False, and nothing is added, when it is
 * beyond the doubles. */
bool total_add_times(struct total *t, struct decimal d, int64_t times);

/* The same for any valid JSON number. */
bool total_add_number(struct total *t, struct slice text, int64_t times);

static inline bool total_add(struct total *t, struct decimal d)
{
	uint64_t shift = (uint64_t)(d.e + t->scale);
	__int128 sum = (__int128)((unsigned __int128)t->high << 64 | t->low);

	if (shift > TOTAL_FAST ||
		__builtin_add_overflow(sum, (__int128)d.m * (int64_t)num_ten[shift], &sum))
		return total_add_times(t, d, 1);
	t->low = (uint64_t)sum;
	t->high = (int64_t)(sum >> 64);
	return true;
}

/* The sum that is one number, not above 0 in its exponent, and not below -18. */
static inline struct total total_of(struct decimal d)
{
	return (struct total){ (uint64_t)d.m, d.m < 0 ? -1 : 0, NULL, -d.e };
}

/* Adds from to t; they are not the same. */
void total_merge(struct total *t, const struct total *from);

/* w += t */
void total_gather(struct wide *w, const struct total *t);

/* The sum divided by n, which is above 0: a mean, or with 1 the sum itself. The length of an
 * integer below 10^21 in all its digits, else of the nearest double (real_print()); 0 when it is
 * beyond the doubles. */
size_t total_print_mean(char out[NUM_MAX], const struct total *t, int64_t n);

/* The nearest double; infinite beyond the doubles. */
double total_double(const struct total *t, int64_t n);

/* Appends the exact sum as a JSON number without an exponent: "-0.5". */
void total_print(struct buf *b, const struct total *t);

/* Reads what total_print() has written, into a t that holds nothing yet. False, and it still does,
 * when the text is no JSON number or has an exponent. */
bool total_parse(struct total *t, struct slice text);

/* It is the empty sum again. */
void total_free(struct total *t);
