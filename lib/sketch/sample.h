/* sample: quantiles of values, exact or within a thousandth of their ranks
 *
 * While no more than SAMPLE_EXACT of the values are different, however often each came, all of them are kept
 * with all their digits, every answer is exact, and the order of the adds shows nowhere. Beyond that, unless
 * all are to be kept, some stand for the others: an answer is a value that came, and its rank is never more
 * than one in a thousand of all off, whatever the values and their order; after samples of more values were
 * merged, two in a thousand. The smallest and the largest stay exact. 8 bytes a value up to 2,048, then
 * some 40 KiB, twice that for some wandering streams. { 0 } has none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"

enum {
	SAMPLE_EXACT = 2048,
	SAMPLE_DIGITS = 15, /* of a q, behind the point */
};

/* A number by its nearest double if its digits are the shortest of that, else by its text. */
union sample_value {
	double x;
	char *text; /* in its one spelling (digits.h), with a NUL behind */
};

/* A value that is kept, the next one after another in their order. */
struct sample_entry {
	union sample_value value;
	uint64_t times; /* so many more are known to be at most this than at most the one before */
	uint64_t
		unsure; /* so many more, at most, than those at most the one before are below this */
};

struct sample {
	bool whole; /* the caller's: all values are kept */

	/* private */
	bool far;   /* values are texts, every one */
	bool rough; /* not all were kept */
	uint32_t n, cap, sorted;
	union sample_value *
		fresh; /* not among the entries yet; the first ones, as many as are sorted, in order */
	struct sample_entry *entry;
	size_t entries, room;
	uint64_t count; /* of what the entries stand for */
};

/* Adds a number that is not beyond the doubles; the last one one that came so many times, from 1. All that is
 * added and merged together comes 10^15 times at most. */
void sample_add(struct sample *s, struct decimal d);
void sample_add_number(struct sample *s, struct slice number);
void sample_add_times(struct sample *s, struct decimal d, uint64_t times);

/* Adds what from has, which is then empty. */
void sample_merge(struct sample *s, struct sample *from);

/* How many came. */
uint64_t sample_count(const struct sample *s);

/* How many are kept: at most so many, which takes no time, and exactly. */
static inline size_t sample_most(const struct sample *s)
{
	return s->n + s->entries;
}

size_t sample_different(struct sample *s);

/* Is every answer exact? */
static inline bool sample_exact(const struct sample *s)
{
	return !s->rough;
}

/* Below, there is one at least.
 *
 * Appends the value below which the share q from 0 to 1 lies, of SAMPLE_DIGITS at most: that of N values with
 * (N - 1) q before it, and between two of them what is on the line (type 7 of Hyndman and Fan, as in R, numpy
 * and spreadsheets). A value has all its digits; what lies between is the nearest double, and an integer below
 * 10^21 in full. */
void sample_print_quantile(struct buf *b, struct sample *s, struct decimal q);

/* The value with so many before it, which are fewer than there are values: exact, or as near as above. */
double sample_value(struct sample *s, uint64_t before);

/* How many values are above x; at least so many where it is not exact. */
uint64_t sample_above(struct sample *s, double x);

/* Appends what is kept: words with blanks between, each a value, value:times or value:times:unsure. */
void sample_print(struct buf *b, struct sample *s);

/* Reads that into one that has none. False: it is something else, or not exact where all is to be kept; then
 * it has none. */
bool sample_parse(struct sample *s, struct slice text);

/* It has none; whole stays. */
void sample_free(struct sample *s);
