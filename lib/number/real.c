/* To the nearest double there are three ways. Where m < 2^53 and 10^|e| are doubles, one
 * operation on them rounds once (W. Clinger, How to Read Floating Point Numbers Accurately,
 * 1990). Where 10^|e| fits 64 bits, integer division gives 62 or more bits of the quotient, and
 * one more that says whether anything follows. For the rest there is strtod; the program's
 * LC_NUMERIC is C.
 *
 * Printing is R. Giulietti's Schubfach (The Schubfach way to render doubles, 2020): of the
 * decimals between a double and its neighbours it finds the shortest with three products of 64
 * and 128 bits. The powers of ten for that are worked out exactly when they are first needed,
 * in less than a microsecond each. */
#include "number/real.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number/limbs.h"

typedef unsigned __int128 wider;

enum {
	/* A number half-way between doubles has 768 digits at most: what lies behind more of
	 * them is told by one digit. */
	SIGNIFICANT = 800,
	POWER_LOW = -292,
	POWER_HIGH = 324,
	WORDS = 14, /* 5^324 has 753 bits, and two words stay free below it */
};

/* Reading */

static int leading_zeros(wider x)
{
	uint64_t high = (uint64_t)(x >> 64);

	return high ? __builtin_clzll(high) : 64 + __builtin_clzll((uint64_t)x);
}

/* The first 63 or 64 bits of n / d, whose uppermost bits are set, bit by bit; the last bit is
 * set if anything follows. */
static uint64_t divide_bits(wider n, wider d)
{
	uint64_t quotient = 0;
	bool carry = false;

	for (int i = 0; i < 64; i++) {
		bool fits = carry || n >= d;

		if (fits)
			n -= d;
		quotient = quotient << 1 | fits;
		carry = n >> 127;
		n <<= 1;
	}
	return quotient | (carry || n);
}

/* Are both doubles, so that dividing them rounds once? */
static bool are_doubles(__int128 n, wider d)
{
	const int64_t exact = (int64_t)1 << 53;

	return n >= -exact && n <= exact && d <= (wider)exact;
}

double real_ratio(__int128 n, unsigned __int128 d)
{
	wider rest = n < 0 ? -(wider)n : (wider)n;
	uint64_t bits;
	int scale;
	double x;

	if (!n)
		return 0;
	if (are_doubles(n, d))
		return (double)(int64_t)n / (double)(int64_t)d;
	scale = -leading_zeros(rest);
	rest <<= -scale;
	if (d >> 64) {
		int zeros = leading_zeros(d);
		bits = divide_bits(rest, d << zeros);
		scale += zeros - 63;
	} else {
		wider quotient = rest / d;
		int above = 64 - leading_zeros(quotient);
		bits = (uint64_t)(quotient >> above);
		bits |= (wider)bits << above != quotient || quotient * d != rest;
		scale += above;
	}
	x = ldexp((double)bits, scale);
	return n < 0 ? -x : x;
}

double real_nearest(struct decimal d)
{
	static const double tens[] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
		1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };
	const int64_t exact = (int64_t)1 << 53;
	char text[NUM_MAX + 1];

	if (d.m >= -exact && d.m <= exact && d.e >= -22 && d.e <= 22)
		return d.e < 0 ? (double)d.m / tens[-d.e] : (double)d.m * tens[d.e];
	if (d.e >= -NUM_TENS && d.e <= 0)
		return real_ratio(d.m, num_ten[-d.e]);
	if (d.e > 0 && d.e <= NUM_TENS)
		return real_ratio((__int128)d.m * num_ten[d.e], 1);
	text[num_print_decimal(text, d)] = 0;
	return strtod(text, NULL) + 0.0; /* of -0 this makes 0 */
}

/* Digits on their way into a short text: leading zeros go, what is beyond SIGNIFICANT is
 * counted. */
struct excerpt {
	char text[SIGNIFICANT + 32];
	size_t n;
	int64_t left_out;
	bool more;
};

static void excerpt_add(struct excerpt *x, struct slice digits)
{
	size_t i = 0, n;

	while (!x->n && i < digits.len && digits.at[i] == '0')
		i++;
	n = digits.len - i < SIGNIFICANT - x->n ? digits.len - i : SIGNIFICANT - x->n;
	if (n)
		memcpy(x->text + x->n, digits.at + i, n);
	x->n += n;
	x->left_out += (int64_t)(digits.len - i - n);
	for (i += n; i < digits.len && !x->more; i++)
		x->more = digits.at[i] != '0';
}

static double double_of_parts(struct slice text)
{
	const int64_t far = 100000;
	struct num_parts p = num_parts(text);
	struct excerpt x = { .n = 0 };
	int64_t e = p.exponent - (int64_t)p.fraction.len;
	double result;

	excerpt_add(&x, p.whole);
	excerpt_add(&x, p.fraction);
	if (!x.n)
		return 0;
	e += x.left_out;
	if (x.more) {
		x.text[x.n++] = '1';
		e--;
	}
	x.text[x.n++] = 'e';
	e = e < -far ? -far : e > far ? far : e;
	x.n += num_print_integer(x.text + x.n, e);
	x.text[x.n] = 0;
	result = strtod(x.text, NULL);
	return p.negative && result > 0 ? -result : result;
}

double real_of(struct slice text)
{
	struct decimal d;

	return num_decimal(text, &d) ? real_nearest(d) : double_of_parts(text);
}

/* Powers of ten */

static uint64_t power_of_five(int n)
{
	uint64_t power = 1;

	for (; n; n--)
		power *= 5;
	return power;
}

/* 5^k, of which 10^k differs by a shift; the quotient of a power of two where k is negative. */
__attribute__((noinline)) static wider work_out_power(int k)
{
	uint64_t limb[WORDS] = { 0 };
	wider first;
	int i = WORDS - 1, shift;

	limb[k < 0 ? i : 2] = k < 0 ? (uint64_t)1 << 63 : 1;
	for (int left = abs(k), step; left; left -= step) {
		step = left < 27 ? left : 27; /* 5^27 is the largest in 64 bits */
		if (k < 0)
			limbs_divide(limb, WORDS, power_of_five(step));
		else
			limbs_times(limb, WORDS, power_of_five(step));
	}
	while (!limb[i])
		i--;
	shift = __builtin_clzll(limb[i]);
	first = (wider)limb[i] << 64 | limb[i - 1];
	if (shift)
		first = first << shift | limb[i - 2] >> (64 - shift);
	/* 5^55 is the largest in 128 bits. */
	return first + (k < 0 || k > 55);
}

unsigned __int128 real_power(int k)
{
	static wider power[POWER_HIGH - POWER_LOW + 1];
	wider *p = &power[k - POWER_LOW];

	if (!*p)
		*p = work_out_power(k);
	return *p;
}

/* Printing */

/* The first 64 bits of a product of 192, the last one set if any below it is. */
static uint64_t product(wider power, uint64_t x)
{
	wider low = (wider)(uint64_t)power * x;
	wider high = (wider)(uint64_t)(power >> 64) * x + (uint64_t)(low >> 64);

	return (uint64_t)(high >> 64) | ((uint64_t)high > 1);
}

static int floor_log10_of_power2(int q)
{
	return (q * 1262611) >> 22;
}

static int floor_log10_of_three_quarters(int q)
{
	return (q * 1262611 - 524031) >> 22;
}

static int floor_log2_of_power10(int k)
{
	return (k * 1741647) >> 19;
}

/* The shortest decimal that reads back as c * 2^q, of those the nearest. The numbers that do so
 * lie from low to high, in quarters of 10^k; the ends are among them where c is even. closer
 * says that the double below is only half as far as the one above. */
static uint64_t shortest(uint64_t c, int q, bool closer, int *e)
{
	int k = closer ? floor_log10_of_three_quarters(q) : floor_log10_of_power2(q);
	int shift = q + floor_log2_of_power10(-k) + 1;
	wider power = real_power(-k);
	uint64_t low = product(power, (4 * c - 2 + closer) << shift) + (c & 1);
	uint64_t here = product(power, 4 * c << shift);
	uint64_t high = product(power, (4 * c + 2) << shift) - (c & 1);
	uint64_t below = here / 4, tens = below / 10;
	bool low_fits, high_fits;

	*e = k + 1;
	low_fits = tens && low <= 40 * tens;
	high_fits = 40 * tens + 40 <= high;
	if (tens && low_fits != high_fits)
		return tens + high_fits;
	*e = k;
	low_fits = low <= 4 * below;
	high_fits = 4 * below + 4 <= high;
	if (low_fits != high_fits)
		return below + high_fits;
	return below + (here > 4 * below + 2 || (here == 4 * below + 2 && below & 1));
}

size_t real_print(char out[NUM_MAX], double x)
{
	const uint64_t unit = (uint64_t)1 << 52;
	double size = fabs(x);
	uint64_t bits, c;
	int q, e;

	if (!(size <= DBL_MAX))
		return 0;
	if (size < 0x1p53 && x == (double)(int64_t)x)
		return num_print_integer(out, (int64_t)x);
	memcpy(&bits, &size, sizeof bits);
	q = (int)(bits >> 52);
	c = bits & (unit - 1);
	if (q)
		c = shortest(c | unit, q - 1075, !c && q > 1, &e);
	else
		c = shortest(c, -1074, false, &e);
	return num_print_decimal(out, (struct decimal){ x < 0 ? -(int64_t)c : (int64_t)c, e });
}

size_t real_print_ratio(char out[NUM_MAX], __int128 n, unsigned __int128 d)
{
	const __int128 limit = (__int128)num_ten[18] * 1000, by = (__int128)d;
	__int128 whole;

	if (are_doubles(n, d))
		return real_print(out, real_ratio(n, d));
	whole = n / by;
	if (whole > -limit && whole < limit && whole * by == n)
		return num_print_integer(out, whole);
	return real_print(out, real_ratio(n, d));
}
