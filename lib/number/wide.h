/* wide: exact decimals of any length
 *
 * The slow path beside struct decimal, for numbers that do not fit there. { 0 } is zero; what it
 * holds beyond that is its own until wide_free(). Limb i counts 10^(18 * (low + i)). Each limb
 * is between -10^18 and 10^18, both excluded, and their signs may differ: so adding touches few
 * limbs, whatever the signs. Functions that read a number first make the signs of its limbs
 * agree, which leaves its value. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"

struct wide {
	int64_t *limb;
	size_t n, cap;
	int64_t low;
};

enum { WIDE_RANGE = 400 };

/* w becomes the number of a valid JSON text. False, w being zero, when it is 10^400 or more in
 * size; what is not zero and below 10^-400 becomes 10^-400 with its sign. Both are so far from
 * every double that factors and addends of 64 bits do not change how a result is rounded. */
bool wide_parse(struct wide *w, struct slice text);

void wide_times(struct wide *w, int64_t by);
void wide_plus(struct wide *w, int64_t x);

/* w += x * 10^exponent */
void wide_add_scaled(struct wide *w, __int128 x, int64_t exponent);

/* w += x * by; w and x are not the same. */
void wide_add(struct wide *w, const struct wide *x, int64_t by);

/* w += a * b; w is neither of them. The time is that of multiplying each limb by each. */
void wide_add_product(struct wide *w, const struct wide *a, const struct wide *b);

/* -1, 0 or 1 */
int wide_sign(struct wide *w);

/* All digits of the number, in the form of JSON: no exponent, no zeros that could be left out. */
void wide_print(struct buf *b, struct wide *w);

/* The number of bytes written for a / b or its square root: an integer below 10^21 in all its
 * digits, else the nearest double (real_print()); 0 when that is beyond the doubles. b is not 0;
 * where a root is drawn the signs of a and b agree, or a is 0. */
size_t wide_print_quotient(char out[NUM_MAX], struct wide *a, struct wide *b);
size_t wide_print_root(char out[NUM_MAX], struct wide *a, struct wide *b);

/* Below, by is above 0 and digits from 0 to 99.
 *
 * w becomes w / by, rounded to so many digits after the point, the half away from zero. */
void wide_round(struct wide *w, int64_t by, int digits);

/* Is w / by an integer below 10^21 in size? Then it is in *x. */
bool wide_integer(struct wide *w, int64_t by, __int128 *x);

/* The double nearest to w / by, infinite beyond the doubles. */
double wide_double(struct wide *w, int64_t by);

/* The number of bytes written for w / by, as of a quotient above. */
size_t wide_print_ratio(char out[NUM_MAX], struct wide *w, int64_t by);

void wide_free(struct wide *w);
