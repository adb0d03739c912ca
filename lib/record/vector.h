/* vector: what this processor can do with many bytes at once
 *
 * A module that uses it has its hot part in a file beside it, which is compiled once for each set of
 * instructions, behind vector.inc; and a plain twin that finds the same. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum vector {
	VECTOR_NONE, /* plain C */
	VECTOR_SSE4,
	VECTOR_AVX2,
	VECTOR_AVX512,
};

/* The best that this processor has, up to the one given. */
enum vector vector_best(enum vector most);

enum { VECTOR_SPARE = 32 }; /* places that NAME(note) may write too many */

static inline unsigned vector_first(uint64_t bits)
{
	return bits ? (unsigned)__builtin_ctzll(bits) : 64;
}

/* The first n of 32. */
static inline uint32_t vector_low(size_t n)
{
	return n < 32 ? (1u << n) - 1 : UINT32_MAX;
}
