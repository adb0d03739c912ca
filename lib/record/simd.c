#include "record/simd.h"

#include <stddef.h>
#include <string.h>

#ifdef __x86_64__

#include <immintrin.h>

static inline unsigned first_bit(uint64_t x)
{
	return x ? (unsigned)__builtin_ctzll(x) : 64;
}

static inline uint32_t low_bits(size_t n)
{
	return n < 32 ? (1u << n) - 1 : UINT32_MAX;
}

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

#define TARGET __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))
#define NAME(x) x##_avx2

TARGET static inline __m256i load_avx2(const char *p)
{
	return _mm256_loadu_si256((const __m256i *)p);
}

TARGET static inline uint32_t equal_avx2(const char *p, char c)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load_avx2(p), _mm256_set1_epi8(c)));
}

TARGET static inline uint32_t alike_avx2(const char *p, const char *q)
{
	return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(load_avx2(p), load_avx2(q)));
}

TARGET static inline uint32_t not_digit_avx2(const char *p)
{
	__m256i x = _mm256_sub_epi8(load_avx2(p), _mm256_set1_epi8('0'));

	return ~(uint32_t)_mm256_movemask_epi8(
		_mm256_cmpeq_epi8(_mm256_min_epu8(x, _mm256_set1_epi8(9)), x));
}

/* Compared as signed bytes, those above ASCII are below the blank too. */
TARGET static inline uint32_t special_avx2(const char *p)
{
	__m256i x = load_avx2(p);
	__m256i low = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), x);
	__m256i quote = _mm256_cmpeq_epi8(x, _mm256_set1_epi8('"'));
	__m256i slash = _mm256_cmpeq_epi8(x, _mm256_set1_epi8('\\'));

	return (uint32_t)_mm256_movemask_epi8(_mm256_or_si256(low, _mm256_or_si256(quote, slash)));
}

#include "record/simd.inc"
#undef TARGET
#undef NAME
#define TARGET __attribute__((target("sse4.2,popcnt,pclmul")))
#define NAME(x) x##_sse4

TARGET static inline uint32_t bits_sse4(__m128i low, __m128i high)
{
	return (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
}

TARGET static inline __m128i load_sse4(const char *p)
{
	return _mm_loadu_si128((const __m128i *)p);
}

TARGET static inline uint32_t equal_sse4(const char *p, char c)
{
	__m128i x = _mm_set1_epi8(c);

	return bits_sse4(_mm_cmpeq_epi8(load_sse4(p), x), _mm_cmpeq_epi8(load_sse4(p + 16), x));
}

TARGET static inline uint32_t alike_sse4(const char *p, const char *q)
{
	return bits_sse4(_mm_cmpeq_epi8(load_sse4(p), load_sse4(q)),
		_mm_cmpeq_epi8(load_sse4(p + 16), load_sse4(q + 16)));
}

TARGET static inline __m128i digit_sse4(const char *p)
{
	__m128i x = _mm_sub_epi8(load_sse4(p), _mm_set1_epi8('0'));

	return _mm_cmpeq_epi8(_mm_min_epu8(x, _mm_set1_epi8(9)), x);
}

TARGET static inline uint32_t not_digit_sse4(const char *p)
{
	return ~bits_sse4(digit_sse4(p), digit_sse4(p + 16));
}

TARGET static inline __m128i special16_sse4(const char *p)
{
	__m128i x = load_sse4(p);

	return _mm_or_si128(_mm_cmpgt_epi8(_mm_set1_epi8(0x20), x),
		_mm_or_si128(_mm_cmpeq_epi8(x, _mm_set1_epi8('"')),
			_mm_cmpeq_epi8(x, _mm_set1_epi8('\\'))));
}

TARGET static inline uint32_t special_sse4(const char *p)
{
	return bits_sse4(special16_sse4(p), special16_sse4(p + 16));
}

#include "record/simd.inc"

static const struct simd avx2 = { "avx2", index_avx2, match_avx2, rows_avx2, cells_avx2 };
static const struct simd sse4 = { "sse4", index_sse4, match_sse4, rows_sse4, cells_sse4 };

const struct simd *simd_named(const char *name)
{
	__builtin_cpu_init();
	if (!strcmp(name, avx2.name) && __builtin_cpu_supports("avx2") &&
		__builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
		__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul"))
		return &avx2;
	if (!strcmp(name, sse4.name) && __builtin_cpu_supports("sse4.2") &&
		__builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul"))
		return &sse4;
	return NULL;
}

const struct simd *simd_best(void)
{
	const struct simd *best = simd_named(avx2.name);

	return best ? best : simd_named(sse4.name);
}

#else

const struct simd *simd_named(const char *name)
{
	(void)name;
	return NULL;
}

const struct simd *simd_best(void)
{
	return NULL;
}

#endif
