#include "csv/cells.h"

#ifdef __x86_64__

#define VECTOR_BITS 256
#include "record/vector.inc"
#include "csv/cells.inc"
#define VECTOR_BITS 128
#include "record/vector.inc"
#include "csv/cells.inc"

const struct cells *cells_with(enum vector vector)
{
	static const struct cells avx2 = { find_avx2, read_avx2 };
	static const struct cells sse4 = { find_sse4, read_sse4 };

	return vector == VECTOR_AVX2 ? &avx2 : vector == VECTOR_SSE4 ? &sse4 : NULL;
}

#else

const struct cells *cells_with(enum vector vector)
{
	(void)vector;
	return NULL;
}

#endif
