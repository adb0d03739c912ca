/* clock: nanoseconds of a clock that nobody sets, from some moment on */
#pragma once

#include <stdint.h>
#include <time.h>

static inline int64_t clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}
