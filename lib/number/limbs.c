#include "number/limbs.h"

#include "number/num.h"

typedef unsigned __int128 wider;

enum { STEP = 18 }; /* the largest power of ten of one step */

uint64_t limbs_times(uint64_t *x, size_t n, uint64_t by)
{
	wider carry = 0;

	for (size_t i = 0; i < n; i++) {
		carry += (wider)x[i] * by;
		x[i] = (uint64_t)carry;
		carry >>= 64;
	}
	return (uint64_t)carry;
}

uint64_t limbs_divide(uint64_t *x, size_t n, uint64_t by)
{
	wider rest = 0;

	for (size_t i = n; i > 0; i--) {
		rest = rest << 64 | x[i - 1];
		x[i - 1] = (uint64_t)(rest / by);
		rest %= by;
	}
	return (uint64_t)rest;
}

void limbs_set(uint64_t x[LIMBS], __int128 value)
{
	x[0] = (uint64_t)value;
	x[1] = (uint64_t)(value >> 64);
	x[2] = x[3] = value < 0 ? UINT64_MAX : 0;
}

bool limbs_is_zero(const uint64_t x[LIMBS])
{
	return !(x[0] | x[1] | x[2] | x[3]);
}

void limbs_negate(uint64_t x[LIMBS])
{
	bool carry = true;

	for (int i = 0; i < LIMBS; i++) {
		x[i] = ~x[i] + carry;
		carry = carry && !x[i];
	}
}

bool limbs_times_ten(uint64_t x[LIMBS], int64_t times)
{
	bool negative = x[LIMBS - 1] >> 63;

	if (negative)
		limbs_negate(x);
	for (int64_t step; times && !limbs_is_zero(x); times -= step) {
		step = times < STEP ? times : STEP;
		if (limbs_times(x, LIMBS, num_ten[step]) || x[LIMBS - 1] >> 63)
			return false;
	}
	if (negative)
		limbs_negate(x);
	return true;
}
