/* moments: exact sums of numbers and of their products, and what statistics makes of them
 *
 * As with total, nothing is rounded on the way, and { 0 } is empty. A result is the double nearest
 * to the true value for the numbers as they were written: its division, or the root of that, is
 * rounded once. So order and merging change no byte, and no cancellation loses a digit. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "number/limbs.h"
#include "number/num.h"
#include "number/total.h"

/* A sum of products: the limbs, lowest first, as one signed number, times 10^-scale, + *wide. */
struct moments_sum {
	uint64_t limb[LIMBS];
	struct wide *wide; /* NULL until something does not fit beside it */
	int64_t scale;
};

struct moments {
	int64_t n;
	struct total x;
	struct moments_sum xx;
};

struct moments_pair {
	struct moments x, y;
	struct moments_sum xy;
};

struct moments_weighted {
	struct total w;
	struct moments_sum wx;
};

/* The divisor: n - 1 for what is estimated from a sample, n for the numbers themselves. */
enum moments_of { MOMENTS_SAMPLE, MOMENTS_POPULATION };

/* What may be added takes so many characters at most: the time grows with the square of the digits. */
enum { MOMENTS_DIGITS = 4000 };

/* False, and nothing is added, when a number is beyond the doubles. Those that take a text want
 * a valid JSON number. */
bool moments_add(struct moments *m, struct decimal x);
bool moments_add_number(struct moments *m, struct slice x);
bool moments_pair_add(struct moments_pair *p, struct decimal x, struct decimal y);
bool moments_pair_add_number(struct moments_pair *p, struct slice x, struct slice y);
bool moments_weighted_add(struct moments_weighted *s, struct decimal x, struct decimal weight);
bool moments_weighted_add_number(struct moments_weighted *s, struct slice x, struct slice weight);

/* Adds from to the first; they are not the same. */
void moments_merge(struct moments *m, const struct moments *from);
void moments_pair_merge(struct moments_pair *p, const struct moments_pair *from);
void moments_weighted_merge(struct moments_weighted *s, const struct moments_weighted *from);

/* The length of the result, an integer below 10^21 in all its digits, else the nearest double
 * (real_print()). 0 when it is beyond the doubles, or when there is none: of no numbers, of a
 * sample of one, of a correlation or slope where all x (or y) are equal, of weights that sum to
 * 0. */
size_t moments_print_variance(char out[NUM_MAX], const struct moments *m, enum moments_of of);
size_t moments_print_deviation(char out[NUM_MAX], const struct moments *m, enum moments_of of);
size_t moments_print_covariance(
	char out[NUM_MAX], const struct moments_pair *p, enum moments_of of);
size_t moments_print_correlation(char out[NUM_MAX], const struct moments_pair *p);

/* Of the line of least squares, y over x. */
size_t moments_print_slope(char out[NUM_MAX], const struct moments_pair *p);
size_t moments_print_intercept(char out[NUM_MAX], const struct moments_pair *p);

size_t moments_print_weighted_mean(char out[NUM_MAX], const struct moments_weighted *s);

/* Appends the exact sums with blanks between them: "n x xx", "n x xx y yy xy", "w wx". */
void moments_print(struct buf *b, const struct moments *m);
void moments_pair_print(struct buf *b, const struct moments_pair *p);
void moments_weighted_print(struct buf *b, const struct moments_weighted *s);

/* Reads that. False, nothing being held then, when the text is another, when it counts 10^15 or
 * more, or when its sums contradict one another, so that a root would be drawn of less than 0.
 * What is read into holds nothing yet. A text that no numbers of MOMENTS_DIGITS can have made is too long. */
bool moments_parse(struct moments *m, struct slice text);
bool moments_pair_parse(struct moments_pair *p, struct slice text);
bool moments_weighted_parse(struct moments_weighted *s, struct slice text);

/* They are empty again. */
void moments_free(struct moments *m);
void moments_pair_free(struct moments_pair *p);
void moments_weighted_free(struct moments_weighted *s);
