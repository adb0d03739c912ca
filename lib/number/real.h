/* real: doubles of decimals, and the shortest decimals of doubles
 *
 * Every double is the nearest to the true value, ties to the even one. There is no negative zero. */
#pragma once

#include <stddef.h>

#include "base/slice.h"
#include "number/num.h"

/* Of a valid JSON number, whole; infinite when it is beyond the doubles. */
double real_of(struct slice text);
double real_nearest(struct decimal d);

/* n / d; d is not 0. */
double real_ratio(__int128 n, unsigned __int128 d);

/* The number of bytes written, no NUL after them. The shortest decimal that reads back as x, of those
 * the nearest to it, in the notation of num_print_decimal(). 0 when x is infinite or not a number. */
size_t real_print(char out[NUM_MAX], double x);

/* The same of n / d, d being above 0 and below 2^127; an integer below 10^21 has all its digits. */
size_t real_print_ratio(char out[NUM_MAX], __int128 n, unsigned __int128 d);

/* The first 128 bits of 10^k for -292 <= k <= 324, rounded up: 10^k = (g - x) * 2^s for a whole
 * s and 0 <= x < 1. */
unsigned __int128 real_power(int k);
