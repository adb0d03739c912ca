#include "record/match.h"

#ifdef __x86_64__

#include "base/slice.h"
#include "record/json.h"

/* The bytes that a backslash before them escapes; *carry is 1 if the next 64 begin with one. */
static uint64_t escapes(uint64_t slashes, uint64_t *carry)
{
	uint64_t escaped = *carry;

	*carry = 0;
	for (; slashes; slashes &= slashes - 1) {
		uint64_t slash = slashes & -slashes;
		if (escaped & slash)
			continue;
		escaped |= slash << 1;
		*carry = slash >> 63;
	}
	return escaped;
}

/* What is rare is left to the grammar: exponents, escapes, UTF-8, literals, objects. */
static __attribute__((noinline)) bool is_value(struct value *v)
{
	struct json_fault ignored;
	enum kind kind;

	if (json_value(v->at, 1, &kind, &ignored) != v->at + v->len)
		return false;
	v->kind = kind;
	return true;
}

#define VECTOR_BITS 512
#include "record/vector.inc"
#include "record/match.inc"
#define VECTOR_BITS 256
#include "record/vector.inc"
#include "record/match.inc"
#define VECTOR_BITS 128
#include "record/vector.inc"
#include "record/match.inc"

const struct match *match_with(enum vector vector)
{
	static const struct match sets[] = {
		[VECTOR_SSE4] = { index_sse4, record_sse4 },
		[VECTOR_AVX2] = { index_avx2, record_avx2 },
		[VECTOR_AVX512] = { index_avx512, record_avx512 },
	};

	return vector == VECTOR_NONE ? NULL : &sets[vector];
}

#else

const struct match *match_with(enum vector vector)
{
	(void)vector;
	return NULL;
}

#endif
