#include "record/vector.h"

#ifdef __x86_64__

#include <stdbool.h>

static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
		__builtin_cpu_supports("bmi2");
}

/* Processors with vbmi2 lose no speed by wide vectors. */
static bool has_avx512(void)
{
	return has_avx2() && __builtin_cpu_supports("avx512f") &&
		__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
		__builtin_cpu_supports("avx512vbmi2");
}

enum vector vector_best(enum vector most)
{
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("popcnt") || !__builtin_cpu_supports("pclmul"))
		return VECTOR_NONE;
	if (most >= VECTOR_AVX512 && has_avx512())
		return VECTOR_AVX512;
	if (most >= VECTOR_AVX2 && has_avx2())
		return VECTOR_AVX2;
	if (most >= VECTOR_SSE4 && __builtin_cpu_supports("sse4.2"))
		return VECTOR_SSE4;
	return VECTOR_NONE;
}

#else

enum vector vector_best(enum vector most)
{
	(void)most;
	return VECTOR_NONE;
}

#endif
