/* affine: x -> (mul * x + add) / div, exactly, for a number as it is written */
#pragma once

#include <stdint.h>

#include "base/slice.h"
#include "number/num.h"

/* mul is not 0, div is above 0. */
struct affine {
	int64_t mul, add, div;
};

enum { AFFINE_DIGITS = 99 };

/* Prints the result for a valid JSON number: an integer below 10^21 in all its digits, of others
 * the nearest double (real_print()). digits says how many to keep after the point, -1 all, at
 * most 99: the exact result is rounded to them first, the half away from zero; zeros at the end
 * are not printed. The length, or 0 when the result is beyond the doubles. */
size_t affine_print(char out[NUM_MAX], struct slice text, const struct affine *f, int digits);
