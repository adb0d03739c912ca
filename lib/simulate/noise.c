/* The bits are those of SplitMix64, whose nth number is a scrambled n (Steele, Lea and Flood, Fast
 * Splittable Pseudorandom Number Generators, 2014): it gives any number as fast as the next one.
 * The sine is Bhaskara's, of the seventh century: with x from 0 to 1 for half a turn it is
 * 16x(1 - x) / (5 - 4x(1 - x)), at most 0.0017 away. */
#include "simulate/noise.h"

#include "number/num.h"
#include "time/civil.h"

uint64_t noise_at(uint64_t stream, int64_t index)
{
	uint64_t x = stream + (uint64_t)index * 0x9e3779b97f4a7c15;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

int64_t noise_between(uint64_t stream, int64_t index, int64_t low, int64_t high)
{
	uint64_t values = (uint64_t)(high - low) + 1;

	return low + (int64_t)((noise_at(stream, index) >> 32) * values >> 32);
}

int64_t noise_smooth(uint64_t stream, int64_t at, int64_t step, int64_t height)
{
	int64_t index = num_floor(at, step);
	int64_t x = at - index * step;
	int64_t from = noise_between(stream, index, -height, height);
	int64_t to = noise_between(stream, index + 1, -height, height);

	/* 3x^2 - 2x^3 is level at both ends. */
	return from + (to - from) * (x * x * (3 * step - 2 * x)) / (step * step * step);
}

int64_t noise_sine(int64_t at, int64_t period, int64_t height)
{
	/* Twice the way into the period, so that half of it is a whole number. */
	int64_t x = 2 * (at - num_floor(at, period) * period);
	int64_t sign = 1, arch;

	if (x >= period) {
		x -= period;
		sign = -1;
	}
	arch = x * (period - x);
	return sign * height * 16 * arch / (5 * period * period - 4 * arch);
}
