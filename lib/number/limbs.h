/* limbs: integers of many words
 *
 * The words come lowest first. Those of LIMBS words have a sign, as two's complement; others have none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LIMBS = 4 };

/* x *= by; what is carried out of its n words. */
uint64_t limbs_times(uint64_t *x, size_t n, uint64_t by);

/* x /= by; the rest. */
uint64_t limbs_divide(uint64_t *x, size_t n, uint64_t by);

void limbs_set(uint64_t x[LIMBS], __int128 value);
bool limbs_is_zero(const uint64_t x[LIMBS]);
void limbs_negate(uint64_t x[LIMBS]);

/* x *= 10^times. False, and x is of no use, when it does not fit. */
bool limbs_times_ten(uint64_t x[LIMBS], int64_t times);

/* x += high * 2^128 + low. False, and x is as it was, when the sum does not fit. */
static inline bool limbs_add(uint64_t x[LIMBS], unsigned __int128 low, __int128 high)
{
	unsigned __int128 lower = ((unsigned __int128)x[1] << 64 | x[0]) + low;
	unsigned __int128 before = (unsigned __int128)x[3] << 64 | x[2],
			  top = (unsigned __int128)high;
	unsigned __int128 upper = before + top + (lower < low);

	/* Both had the sign that the sum has not. */
	if (((upper ^ before) & (upper ^ top)) >> 127)
		return false;
	x[0] = (uint64_t)lower;
	x[1] = (uint64_t)(lower >> 64);
	x[2] = (uint64_t)upper;
	x[3] = (uint64_t)(upper >> 64);
	return true;
}

/* The same for another of LIMBS words. */
static inline bool limbs_add_limbs(uint64_t x[LIMBS], const uint64_t y[LIMBS])
{
	return limbs_add(x, (unsigned __int128)y[1] << 64 | y[0],
		(__int128)((unsigned __int128)y[3] << 64 | y[2]));
}

/* The same for x += product * by, by being at most 10^18. */
static inline bool limbs_add_product(uint64_t x[LIMBS], __int128 product, uint64_t by)
{
	unsigned __int128 low = (unsigned __int128)(uint64_t)product * by;
	unsigned __int128 high =
		(unsigned __int128)(uint64_t)(product >> 64) * by + (uint64_t)(low >> 64);
	/* As an unsigned factor a negative product is 2^128 more. */
	uint64_t top = (uint64_t)(high >> 64) - (product < 0 ? by : 0);

	return limbs_add(x, high << 64 | (uint64_t)low, (int64_t)top);
}
