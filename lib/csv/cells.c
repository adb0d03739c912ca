#include "csv/cells.h"

#ifdef __x86_64__

#define VECTOR_BITS 512
#include "record/vector.inc"
#include "csv/cells.inc"
#define VECTOR_BITS 256
#include "record/vector.inc"
#include "csv/cells.inc"
#define VECTOR_BITS 128
#include "record/vector.inc"
#include "csv/cells.inc"

const struct cells *cells_with(enum vector vector)
{
	static const struct cells sets[] = {
		[VECTOR_SSE4] = { find_sse4, read_sse4 },
		[VECTOR_AVX2] = { find_avx2, read_avx2 },
		[VECTOR_AVX512] = { find_avx512, read_avx512 },
	};

	return vector == VECTOR_NONE ? NULL : &sets[vector];
}

#else

const struct cells *cells_with(enum vector vector)
{
	(void)vector;
	return NULL;
}

#endif
