/* random: bits and integers that are the same in every run, for unit tests */
#pragma once

#include <stdint.h>

static uint64_t seed = 0x9e3779b97f4a7c15;

static inline uint64_t any_bits(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static inline int any_of(int from, int to)
{
	return from + (int)(any_bits() >> 33) % (to - from + 1);
}

static inline int any_below(int n)
{
	return any_of(0, n - 1);
}
