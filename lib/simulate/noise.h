/* noise: chance that is the same everywhere, and waves
 *
 * What comes by chance is looked up under a stream and an index and not drawn in turn, so any row
 * of a data set can be made without those before it. All of it is integer arithmetic: no machine
 * and no compiler gives other values. */
#pragma once

#include <stdint.h>

/* 64 bits. Those of an index make a new stream. */
uint64_t noise_at(uint64_t stream, int64_t index);

/* low to high, both of them too, all alike; high - low is below 2^32. */
int64_t noise_between(uint64_t stream, int64_t index, int64_t low, int64_t high);

/* Between -height and height: by chance at every multiple of step, and smooth from one to the next.
 * step is from 1 to 20000, height at most 100000. */
int64_t noise_smooth(uint64_t stream, int64_t at, int64_t step, int64_t height);

/* A sine: 0 at 0, then height, 0 and -height at the quarters of the period, which is from 4 to
 * 10^6; height is at most 100000. */
int64_t noise_sine(int64_t at, int64_t period, int64_t height);
