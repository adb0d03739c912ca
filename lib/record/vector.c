#include "record/vector.h"

#ifdef __x86_64__

enum vector vector_best(enum vector most)
{
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("popcnt") || !__builtin_cpu_supports("pclmul"))
		return VECTOR_NONE;
	if (most >= VECTOR_AVX2 && __builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2"))
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
