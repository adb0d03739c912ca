/* Reading takes eight characters at a time as one word. All of a number but its point, sign and
 * exponent mark has the bit 0x10 set, so the point is found by a mask, closed by a shift, and
 * three multiplications make a value of eight digits.
 *
 * Where 16 bytes may be read, whatever is behind the number, they are taken at once: the number is moved
 * to their end, the point is closed under a mask, and three products add up pairs, fours and eights of
 * digits. There is no branch that depends on how long a number is or where its point is.
 *
 * Printing goes the other way: what is below 10^8 is divided by 10000, its halves at once by 100, and
 * theirs by 10, which makes a word of eight digits. */
#include "number/num.h"

#include <endian.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef unsigned __int128 wider;

static const uint64_t BYTES = 0x0101010101010101;

const uint64_t num_ten[NUM_TENS + 1] = {
	1,
	10,
	100,
	1000,
	10000,
	100000,
	1000000,
	10000000,
	100000000,
	1000000000,
	10000000000,
	100000000000,
	1000000000000,
	10000000000000,
	100000000000000,
	1000000000000000,
	10000000000000000,
	100000000000000000,
	1000000000000000000,
	10000000000000000000u,
};

/* Reading */

static size_t count_digits(struct slice s)
{
	size_t n = 0;

	while (n < s.len && is_digit(s.at[n]))
		n++;
	return n;
}

bool num_valid(struct slice text)
{
	struct slice s = slice_skip(text, text.len && text.at[0] == '-');
	size_t n = count_digits(s);

	if (!n || (n > 1 && s.at[0] == '0'))
		return false;
	s = slice_skip(s, n);
	if (s.len && s.at[0] == '.') {
		s = slice_skip(s, 1);
		n = count_digits(s);
		if (!n)
			return false;
		s = slice_skip(s, n);
	}
	if (s.len && (s.at[0] | 0x20) == 'e') {
		s = slice_skip(s, 1);
		if (s.len && (s.at[0] == '+' || s.at[0] == '-'))
			s = slice_skip(s, 1);
		n = count_digits(s);
		return n && n == s.len;
	}
	return !s.len;
}

bool num_count(struct slice text, int64_t *n)
{
	enum { DIGITS = 15 };

	*n = 0;
	if (!text.len || text.len > DIGITS || (text.len > 1 && *text.at == '0') ||
		count_digits(text) < text.len)
		return false;
	for (size_t i = 0; i < text.len; i++)
		*n = *n * 10 + (text.at[i] - '0');
	return true;
}

static int64_t exponent_of(struct slice s)
{
	const int64_t most = 2000000000000000000;
	bool negative = s.at[0] == '-';
	int64_t x = 0;

	for (size_t i = negative || s.at[0] == '+'; i < s.len && x < most; i++)
		x = x > most / 10 ? most : x * 10 + (s.at[i] - '0');
	if (x > most)
		x = most;
	return negative ? -x : x;
}

struct num_parts num_parts(struct slice text)
{
	struct num_parts p = { .negative = text.at[0] == '-' };
	struct slice rest = slice_skip(text, p.negative);
	bool point;

	p.whole = (struct slice){ rest.at, count_digits(rest) };
	rest = slice_skip(rest, p.whole.len);
	point = rest.len && rest.at[0] == '.';
	rest = slice_skip(rest, point);
	p.fraction = (struct slice){ rest.at, point ? count_digits(rest) : 0 };
	rest = slice_skip(rest, p.fraction.len);
	if (rest.len)
		p.exponent = exponent_of(slice_skip(rest, 1));
	return p;
}

static bool times_ten(int64_t *m, size_t times)
{
	for (; times && *m; times--)
		if (__builtin_mul_overflow(*m, 10, m))
			return false;
	return true;
}

/* Puts digits behind those of m, but for trailing zeros, which are counted. */
static bool take_digits(struct slice digits, int64_t *m, size_t *zeros)
{
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] == '0') {
			(*zeros)++;
			continue;
		}
		if (!times_ten(m, *zeros + 1) || __builtin_add_overflow(*m, digits.at[i] - '0', m))
			return false;
		*zeros = 0;
	}
	return true;
}

static bool decimal_of_parts(struct slice text, struct decimal *d)
{
	struct num_parts p = num_parts(text);
	int64_t m = 0, e = p.exponent - (int64_t)p.fraction.len;
	size_t zeros = 0;

	if (!take_digits(p.whole, &m, &zeros) || !take_digits(p.fraction, &m, &zeros))
		return false;
	for (; m && zeros && m <= INT64_MAX / 10; zeros--)
		m *= 10;
	if (m)
		e += (int64_t)zeros;
	else if (e < -NUM_EXPONENT || e > NUM_EXPONENT)
		e = 0;
	*d = (struct decimal){ p.negative ? -m : m, e };
	return e >= -NUM_EXPONENT && e <= NUM_EXPONENT;
}

static uint64_t eight_at(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
	return le64toh(word);
}

static uint64_t four_at(const char *p)
{
	uint32_t word;

	memcpy(&word, p, sizeof word);
	return le32toh(word);
}

/* 1 to 8 characters at the upper end of a word, the last one uppermost, zeros below. */
static uint64_t word_at(const char *p, size_t n)
{
	size_t unused = 8 - n;

	if (n == 8)
		return eight_at(p);
	if (n >= 4)
		return four_at(p + n - 4) << 32 | four_at(p) << 8 * unused;
	return (uint64_t)p[n - 1] << 56 | (uint64_t)p[n / 2] << 8 * (unused + n / 2) |
		(uint64_t)p[0] << 8 * unused;
}

/* A bit in the lowest place of each byte that is none of the n uppermost's digits. */
static uint64_t no_digits(uint64_t word, size_t n)
{
	return ~(word >> 4) & BYTES << 8 * (8 - n);
}

/* Moves what is below the byte with the given bit up over it. */
static uint64_t close_point(uint64_t word, uint64_t point)
{
	uint64_t below = point - 1;

	return (word & ~(below << 8 | 0xff)) | (word & below) << 8;
}

static int digits_after(uint64_t point)
{
	return 7 - __builtin_ctzll(point) / 8;
}

/* The first character is the lowest byte. */
static uint64_t value_of_eight(uint64_t word)
{
	word = (word & 0x0f0f0f0f0f0f0f0f) * (10 << 8 | 1) >> 8;
	word = (word & 0x00ff00ff00ff00ff) * (100 << 16 | 1) >> 16;
	return (word & 0x0000ffff0000ffff) * ((uint64_t)10000 << 32 | 1) >> 32;
}

bool num_decimal(struct slice text, struct decimal *d)
{
	const uint64_t letters = BYTES << 6;
	bool negative = text.at[0] == '-';
	const char *p = text.at + negative;
	size_t n = text.len - negative;
	uint64_t low, high, point, m;
	int after = 0;

	if (n > 16)
		return decimal_of_parts(text, d);
	low = n < 8 ? word_at(p, n) : eight_at(p + n - 8);
	high = n <= 8 ? 0 : eight_at(p) << 8 * (16 - n);
	if ((low | high) & letters)
		return decimal_of_parts(text, d);
	point = no_digits(low, n < 8 ? n : 8);
	if (point) {
		after = digits_after(point);
		m = value_of_eight(close_point(low, point));
		if (n > 8)
			m += value_of_eight(high) * 10000000;
	} else {
		m = value_of_eight(low);
		point = n > 8 ? no_digits(high, n - 8) : 0;
		if (point) {
			after = 8 + digits_after(point);
			high = close_point(high, point);
		}
		if (n > 8)
			m += value_of_eight(high) * 100000000;
	}
	*d = (struct decimal){ negative ? -(int64_t)m : (int64_t)m, -after };
	return true;
}

#ifdef __SSE2__

static __m128i sixteen_at(const void *p)
{
	return _mm_loadu_si128(p);
}

/* n < 16 characters moved to the upper end, zeros below. */
static __m128i move_up(const char *p, size_t n)
{
	wider word;

	memcpy(&word, p, sizeof word);
	word <<= 8 * (sizeof word - n);
	return _mm_set_epi64x((int64_t)(uint64_t)(word >> 64), (int64_t)(uint64_t)word);
}

/* The character at this place, the point, goes: what is below it moves up. 0 is below the number. */
static __m128i close_point_at(__m128i text, unsigned at)
{
	static const uint8_t mask[31] = { 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
		255, 255, 255, 255, 255 };
	__m128i upto = sixteen_at(mask + 15 - at);

	return _mm_or_si128(
		_mm_and_si128(upto, _mm_slli_si128(text, 1)), _mm_andnot_si128(upto, text));
}

static uint64_t value_of_sixteen(__m128i text)
{
	__m128i digits = _mm_and_si128(text, _mm_set1_epi8(0x0f)), pairs, fours, eights;
	uint64_t both;

	pairs = _mm_srli_epi16(_mm_mullo_epi16(digits, _mm_set1_epi16(10 << 8 | 1)), 8);
	fours = _mm_madd_epi16(pairs, _mm_set1_epi32(1 << 16 | 100));
	fours = _mm_packs_epi32(fours, fours);
	eights = _mm_madd_epi16(fours, _mm_set1_epi32(1 << 16 | 10000));
	both = (uint64_t)_mm_cvtsi128_si64(eights);
	return (both & UINT32_MAX) * 100000000 + (both >> 32);
}

/* mark: where the e is. An exponent of one or two digits, as most have. */
static bool decimal_with_exponent(struct slice text, size_t mark, struct decimal *d)
{
	struct slice rest = slice_skip(text, mark + 1);
	bool down = *rest.at == '-';
	int64_t e;

	rest = slice_skip(rest, down || *rest.at == '+');
	if (rest.len > 2)
		return decimal_of_parts(text, d);
	e = rest.at[0] - '0';
	if (rest.len == 2)
		e = e * 10 + rest.at[1] - '0';
	num_decimal_padded((struct slice){ text.at, mark }, d);
	d->e += down ? -e : e;
	return true;
}

/* n < 16 characters, digits and one point at most. */
static struct decimal plain_decimal(__m128i all, bool negative)
{
	unsigned at = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(all, _mm_set1_epi8('.')));
	int64_t m;

	/* 16 when there is none: then 0, and the point would be behind the last one. */
	at = (unsigned)__builtin_ctz(at | 0x10000);
	m = (int64_t)value_of_sixteen(close_point_at(all, at % 16));
	return (struct decimal){ negative ? -m : m, (int64_t)at - 15 - (at == 16) };
}

bool num_decimal_padded(struct slice text, struct decimal *d)
{
	bool negative = text.at[0] == '-';
	size_t n = text.len - negative;
	__m128i all;
	unsigned letters;

	if (n >= sizeof all)
		return num_decimal(text, d);
	all = move_up(text.at + negative, n);
	/* Of all characters only e has the bit 0x40. */
	letters = (unsigned)_mm_movemask_epi8(_mm_slli_epi16(all, 1));
	if (letters)
		return decimal_with_exponent(
			text, (size_t)__builtin_ctz(letters) + text.len - sizeof all, d);
	*d = plain_decimal(all, negative);
	return true;
}

const char *num_decimal_ahead(const char *p, struct decimal *d)
{
	bool negative = *p == '-';
	__m128i text = sixteen_at(p + negative), digits, points;
	unsigned point, used, wrong, n;

	/* Of the bytes from '0' on, counted around, only digits are below 10. */
	digits = _mm_sub_epi8(text, _mm_set1_epi8('0'));
	digits = _mm_cmpeq_epi8(_mm_min_epu8(digits, _mm_set1_epi8(9)), digits);
	points = _mm_cmpeq_epi8(text, _mm_set1_epi8('.'));
	used = (unsigned)_mm_movemask_epi8(_mm_or_si128(digits, points));
	n = (unsigned)__builtin_ctz(~used);
	point = (unsigned)_mm_movemask_epi8(points) & ((1u << n) - 1);
	/* A second point, one at an end, none behind a leading 0. */
	wrong = (point & (point - 1)) | (point & 1) | (point << 1 >> n);
	wrong |= p[negative] == '0' && n > 1 && point != 2;
	if (wrong || !n || n == sizeof text || (p[negative + n] | 0x20) == 'e')
		return NULL;
	*d = plain_decimal(move_up(p + negative, n), negative);
	return p + negative + n;
}

#else

const char *num_decimal_ahead(const char *p, struct decimal *d)
{
	bool negative = *p == '-';
	size_t n = 0;

	while (n < 16 && (is_digit(p[negative + n]) || p[negative + n] == '.'))
		n++;
	if (n == 16 || (p[negative + n] | 0x20) == 'e' ||
		!num_valid((struct slice){ p, negative + n }))
		return NULL;
	num_decimal((struct slice){ p, negative + n }, d);
	return p + negative + n;
}

bool num_decimal_padded(struct slice text, struct decimal *d)
{
	return num_decimal(text, d);
}

#endif

/* Printing */

static size_t count_of_digits(uint64_t x)
{
	size_t least;

	x |= 1;
	least = (size_t)(64 - __builtin_clzll(x)) * 1233 >> 12;
	return least + (x >= num_ten[least]);
}

/* Eight digits as characters, of x < 10^8: first in halves of 32 bits, then of 16, then of 8. */
static uint64_t eight_digits(uint64_t x)
{
	uint64_t word = x / 10000 | x % 10000 << 32;
	uint64_t quotient = (word * 10486 >> 20) & 0x0000007f0000007f;

	word = quotient | (word - 100 * quotient) << 16;
	quotient = (word * 103 >> 10) & 0x000f000f000f000f;
	word = quotient | (word - 10 * quotient) << 8;
	return word | BYTES * '0';
}

static void put_eight(char *out, uint64_t word)
{
	word = htole64(word);
	memcpy(out, &word, sizeof word);
}

/* The last n digits of x < 10^20, in 1 <= n <= 24, and up to seven bytes of anything. */
static void put_digits(char *out, uint64_t x, size_t n)
{
	uint64_t last = eight_digits(x % num_ten[8]), middle;

	if (n <= 8) {
		put_eight(out, last >> 8 * (8 - n));
		return;
	}
	middle = eight_digits(x / num_ten[8] % num_ten[8]);
	if (n <= 16) {
		put_eight(out, middle >> 8 * (16 - n));
	} else {
		put_eight(out, eight_digits(x / num_ten[16]) >> 8 * (24 - n));
		put_eight(out + n - 16, middle);
	}
	put_eight(out + n - 8, last);
}

static size_t put_integer(char *out, uint64_t x)
{
	size_t n = count_of_digits(x);

	put_digits(out, x, n);
	return n;
}

/* n digits with the point behind some of them. */
static size_t put_with_point(char *out, uint64_t m, size_t n, size_t before)
{
	uint64_t unit = num_ten[n - before];

	put_digits(out, m / unit, before);
	if (before == n)
		return n;
	out[before] = '.';
	put_digits(out + before + 1, m % unit, n - before);
	return n + 1;
}

static size_t put_exponent(char *out, int64_t x)
{
	size_t n = 1;

	out[0] = 'e';
	if (x < 0)
		out[n++] = '-';
	return n + put_integer(out + n, (uint64_t)(x < 0 ? -x : x));
}

/* m * 10^e, m without trailing zeros. */
static size_t put_decimal(char *out, uint64_t m, int64_t e)
{
	size_t n = count_of_digits(m);
	int64_t point = (int64_t)n + e; /* the place of the point, from the first digit */

	if (point > 21 || point < -5) {
		n = put_with_point(out, m, n, 1);
		return n + put_exponent(out + n, point - 1);
	}
	if (point <= 0) {
		memcpy(out, "0.000000", 8);
		put_digits(out + 2 - point, m, n);
		return (size_t)(2 - point) + n;
	}
	if (e < 0)
		return put_with_point(out, m, n, (size_t)point);
	put_digits(out, m, n);
	memset(out + n, '0', (size_t)e);
	return (size_t)point;
}

static void drop_zeros(uint64_t *m, int64_t *e, uint64_t unit, int zeros)
{
	if (*m % unit == 0) {
		*m /= unit;
		*e += zeros;
	}
}

size_t num_print_decimal(char out[NUM_MAX], struct decimal d)
{
	bool negative = d.m < 0;
	uint64_t m = negative ? -(uint64_t)d.m : (uint64_t)d.m;

	out[0] = '-';
	if (!m) {
		out[0] = '0';
		return 1;
	}
	if (m % 10 == 0) {
		drop_zeros(&m, &d.e, num_ten[8], 8);
		drop_zeros(&m, &d.e, num_ten[8], 8);
		drop_zeros(&m, &d.e, num_ten[4], 4);
		drop_zeros(&m, &d.e, num_ten[2], 2);
		drop_zeros(&m, &d.e, num_ten[1], 1);
	}
	return negative + put_decimal(out + negative, m, d.e);
}

size_t num_print_integer(char out[NUM_MAX], __int128 x)
{
	wider rest = x < 0 ? -(wider)x : (wider)x;
	size_t n = x < 0;

	out[0] = '-';
	if (!(rest >> 64))
		return n + put_integer(out + n, (uint64_t)rest);
	n += put_integer(out + n, (uint64_t)(rest / num_ten[NUM_TENS]));
	put_digits(out + n, (uint64_t)(rest % num_ten[NUM_TENS]), NUM_TENS);
	return n + NUM_TENS;
}
