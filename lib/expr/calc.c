/* What fits 64 bits is done there at once. What does not is worked out in 128 bits, and the zeros at
 * its end are taken off before it is given up as a decimal; then it goes to the nearest double from
 * where it is still exact, so that it is rounded once. Exponents too far apart for 128 bits are left
 * to wide numbers.
 *
 * A quotient of decimals is a decimal if what is left of the divisor without its factors 2 and 5
 * divides the dividend. A remainder always is one: it is no larger than either side. */
#include "expr/calc.h"

#include <assert.h>
#include <math.h>

#include "number/digits.h"
#include "number/real.h"
#include "number/wide.h"

enum {
	SAFE = 289,   /* m * 10^e is within the doubles up to this e, whatever m */
	DIGITS = 19,  /* every m is below 10^19 */
	PLACES = 400, /* beyond every double, on both sides of the point */
	LONGEST = 1 + 310 + 1 + CALC_FIXED,
	SHORT_RANGE = 290, /* 10^-290 is far from where doubles lose digits */
	FAR = 100000,      /* an exponent far from all doubles */
};

static const int64_t SHORT = 1000000000000000; /* 10^15 */

/* --- numbers --- */

static bool fits(__int128 m)
{
	return m >= -INT64_MAX && m <= INT64_MAX;
}

struct calc calc_real(double x)
{
	if (!isfinite(x))
		return calc_null();
	/* Of -0 this makes 0. */
	return (struct calc){ .kind = KIND_NUMBER, .real = x + 0.0 };
}

static bool is_usual(int64_t e)
{
	return e >= -NUM_EXPONENT && e <= SAFE;
}

/* The exponent may be out of its range, or take the number beyond the doubles. */
static struct calc of_decimal(int64_t m, int64_t e)
{
	struct calc result = { .kind = KIND_NUMBER, .exact = true, .decimal = { m, e } };
	double x;

	if (is_usual(e))
		return result;
	if (!m)
		return calc_integer(0);
	x = real_nearest(result.decimal);
	return isfinite(x) && e >= -NUM_EXPONENT ? result : calc_real(x);
}

bool calc_quick_number(struct slice text, struct calc *x)
{
	if (!num_decimal_padded(text, &x->decimal) || x->decimal.e > SAFE)
		return false;
	x->kind = KIND_NUMBER;
	x->exact = true;
	x->json.at = NULL;
	return true;
}

struct calc calc_number(struct slice text)
{
	struct decimal d;
	struct calc x;

	if (num_decimal(text, &d))
		return of_decimal(d.m, d.e);
	x = calc_real(real_of(text));
	if (x.kind == KIND_NUMBER)
		x.written = text;
	return x;
}

double calc_double(const struct calc *x)
{
	return x->exact ? real_nearest(x->decimal) : x->real;
}

/* The shortest one of a double. */
static struct decimal decimal_of(const struct calc *x)
{
	char text[NUM_MAX];
	struct decimal d = { 0 };

	if (x->exact)
		return x->decimal;
	num_decimal((struct slice){ text, real_print(text, x->real) }, &d);
	return d;
}

static struct decimal strip_zeros(struct decimal d)
{
	for (; d.m && d.m % 10 == 0; d.e++)
		d.m /= 10;
	return d;
}

/* The double nearest to n * 10^e / by, which is above 0. */
static double nearest(__int128 n, int64_t e, int64_t by)
{
	struct wide w = { 0 };
	double x;

	if (e <= 0 && e >= -NUM_TENS)
		return real_ratio(n, (unsigned __int128)by * num_ten[-e]);
	if (e > 0 && e <= NUM_TENS && fits(n))
		return real_ratio(n * num_ten[e], (unsigned __int128)by);
	wide_add_scaled(&w, n, e);
	x = wide_double(&w, by);
	wide_free(&w);
	return x;
}

static struct calc of_product(__int128 m, int64_t e)
{
	struct decimal d = { 0, e };
	__int128 rest = m;

	for (; !fits(rest) && rest % 10 == 0; d.e++)
		rest /= 10;
	if (!fits(rest))
		return calc_real(nearest(m, e, 1));
	d.m = (int64_t)rest;
	return of_decimal(d.m, d.e);
}

/* --- sums --- */

/* high * 10^apart + low */
static inline bool add_scaled(int64_t high, int64_t low, int64_t apart, int64_t *m)
{
	return apart < DIGITS && !__builtin_mul_overflow(high, (int64_t)num_ten[apart], m) &&
		!__builtin_add_overflow(*m, low, m) && *m != INT64_MIN;
}

static inline bool near_sum(struct decimal a, struct decimal b, struct decimal *sum)
{
	sum->e = a.e < b.e ? a.e : b.e;
	return a.e >= b.e ? add_scaled(a.m, b.m, a.e - b.e, &sum->m) :
			    add_scaled(b.m, a.m, b.e - a.e, &sum->m);
}

static struct calc wide_sum(struct decimal a, struct decimal b)
{
	struct wide w = { 0 };
	double x;

	wide_add_scaled(&w, a.m, a.e);
	wide_add_scaled(&w, b.m, b.e);
	x = wide_double(&w, 1);
	wide_free(&w);
	return calc_real(x);
}

static struct calc far_sum(struct decimal a, struct decimal b)
{
	a = strip_zeros(a);
	b = strip_zeros(b);
	if (!a.m || !b.m)
		return of_decimal(a.m + b.m, a.m ? a.e : b.e);
	if (a.e < b.e) {
		struct decimal lower = a;
		a = b;
		b = lower;
	}
	/* The last digits are not 0: with more between them the sum is too long for a decimal. */
	if (a.e - b.e > DIGITS)
		return wide_sum(a, b);
	return of_product((__int128)a.m * num_ten[a.e - b.e] + b.m, b.e);
}

static struct calc sum(struct decimal a, struct decimal b)
{
	struct decimal near;

	return near_sum(a, b, &near) ? of_decimal(near.m, near.e) : far_sum(a, b);
}

static struct decimal negative(struct decimal d)
{
	return (struct decimal){ -d.m, d.e };
}

struct calc calc_add(const struct calc *a, const struct calc *b)
{
	if (a->exact && b->exact)
		return sum(a->decimal, b->decimal);
	return calc_real(calc_double(a) + calc_double(b));
}

struct calc calc_subtract(const struct calc *a, const struct calc *b)
{
	if (a->exact && b->exact)
		return sum(a->decimal, negative(b->decimal));
	return calc_real(calc_double(a) - calc_double(b));
}

/* a becomes d if that is far from the limits. */
static bool become(struct calc *a, struct decimal d)
{
	if (!is_usual(d.e))
		return false;
	a->decimal = d;
	a->json.at = NULL;
	return true;
}

bool calc_quick_add(struct calc *a, const struct calc *b)
{
	struct decimal d;

	return a->exact && b->exact && near_sum(a->decimal, b->decimal, &d) && become(a, d);
}

bool calc_quick_subtract(struct calc *a, const struct calc *b)
{
	struct decimal d;

	return a->exact && b->exact && near_sum(a->decimal, negative(b->decimal), &d) &&
		become(a, d);
}

static struct slice opposite(struct arena *arena, struct slice number)
{
	char *text;

	if (*number.at == '-')
		return slice_skip(number, 1);
	text = arena_take(arena, number.len + 1);
	*text = '-';
	slice_put(text + 1, number);
	return (struct slice){ text, number.len + 1 };
}

struct calc calc_negate(struct arena *arena, const struct calc *a)
{
	struct calc x;

	if (a->exact)
		return of_decimal(-a->decimal.m, a->decimal.e);
	x = calc_real(-a->real);
	if (a->written.at)
		x.written = opposite(arena, a->written);
	return x;
}

/* --- products and quotients --- */

bool calc_quick_multiply(struct calc *a, const struct calc *b)
{
	struct decimal d;

	if (!a->exact || !b->exact || __builtin_mul_overflow(a->decimal.m, b->decimal.m, &d.m) ||
		d.m == INT64_MIN)
		return false;
	d.e = a->decimal.e + b->decimal.e;
	return become(a, d);
}

struct calc calc_multiply(const struct calc *a, const struct calc *b)
{
	if (a->exact && b->exact)
		return of_product(
			(__int128)a->decimal.m * b->decimal.m, a->decimal.e + b->decimal.e);
	return calc_real(calc_double(a) * calc_double(b));
}

/* n *= by, so many times. */
static bool times(int64_t *n, int64_t by, int count)
{
	while (count-- > 0)
		if (__builtin_mul_overflow(*n, by, n))
			return false;
	return *n != INT64_MIN;
}

/* b.m = rest * 2^twos * 5^fives. */
static bool divide_exactly(struct decimal a, struct decimal b, struct decimal *quotient)
{
	int twos = __builtin_ctzll((uint64_t)b.m), fives = 0;
	int64_t rest = b.m / ((int64_t)1 << twos), n;

	for (; rest % 5 == 0; fives++)
		rest /= 5;
	if (a.m % rest)
		return false;
	n = a.m / rest;
	for (; twos && n % 2 == 0; twos--)
		n /= 2;
	for (; fives && n % 5 == 0; fives--)
		n /= 5;
	if (!times(&n, 5, twos - fives) || !times(&n, 2, fives - twos))
		return false;
	*quotient = (struct decimal){ n, a.e - b.e - (twos > fives ? twos : fives) };
	return true;
}

static struct calc quotient(struct decimal a, struct decimal b)
{
	struct decimal q;

	if (!b.m)
		return calc_null();
	if (divide_exactly(a, b, &q))
		return of_decimal(q.m, q.e);
	if (b.m < 0) {
		a.m = -a.m;
		b.m = -b.m;
	}
	return calc_real(nearest(a.m, a.e - b.e, b.m));
}

struct calc calc_divide(const struct calc *a, const struct calc *b)
{
	if (a->exact && b->exact)
		return quotient(a->decimal, b->decimal);
	return calc_real(calc_double(a) / calc_double(b));
}

/* m * 10^e modulo by. */
static int64_t scaled_modulo(int64_t m, int64_t e, int64_t by)
{
	__int128 rest = m % by, power = 10 % by;

	for (; e; e /= 2) {
		if (e % 2)
			rest = rest * power % by;
		power = power * power % by;
	}
	return (int64_t)rest;
}

static struct calc remainder_of(struct decimal a, struct decimal b)
{
	int64_t apart = a.e - b.e, m;

	if (!b.m)
		return calc_null();
	if (apart >= 0) {
		bool near =
			apart < DIGITS && !__builtin_mul_overflow(a.m, (int64_t)num_ten[apart], &m);
		return of_decimal(near ? m % b.m : scaled_modulo(a.m, apart, b.m), b.e);
	}
	/* A divisor too large for 64 bits is above the dividend. */
	if (-apart >= DIGITS || __builtin_mul_overflow(b.m, (int64_t)num_ten[-apart], &m))
		return of_decimal(a.m, a.e);
	return of_decimal(a.m % m, a.e);
}

struct calc calc_remainder(const struct calc *a, const struct calc *b)
{
	if (a->exact && b->exact)
		return remainder_of(a->decimal, b->decimal);
	return calc_real(fmod(calc_double(a), calc_double(b)));
}

/* --- powers --- */

static bool whole(struct decimal d, int64_t *n)
{
	d = strip_zeros(d);
	if (d.e < 0 && d.m)
		return false;
	*n = d.m;
	return times(n, 10, d.m ? (int)d.e : 0);
}

/* n is above 0. */
static bool multiply_out(struct decimal base, int64_t n, struct decimal *power)
{
	if (__builtin_mul_overflow(base.e, n, &power->e) || power->e < -FAR || power->e > FAR)
		return false;
	power->m = 1;
	/* 0, 1 and -1, the only ones whose powers do not outgrow everything soon */
	if (base.m >= -1 && base.m <= 1)
		n = 2 - n % 2;
	return n < 64 && times(&power->m, base.m, (int)n);
}

static bool exact_power(struct decimal base, struct decimal exponent, struct calc *result)
{
	const struct calc one = calc_integer(1);
	struct decimal power;
	int64_t n;

	if (!whole(exponent, &n))
		return false;
	if (!n) {
		*result = one;
		return true;
	}
	base = strip_zeros(base);
	if (!multiply_out(base, n < 0 ? -n : n, &power))
		return false;
	*result = n < 0 ? quotient(one.decimal, power) : of_decimal(power.m, power.e);
	return true;
}

struct calc calc_power(const struct calc *a, const struct calc *b)
{
	struct calc result;

	if (a->exact && b->exact && exact_power(a->decimal, b->decimal, &result))
		return result;
	return calc_real(pow(calc_double(a), calc_double(b)));
}

/* --- order --- */

static int order(__int128 a, __int128 b)
{
	return (a > b) - (a < b);
}

/* All digits of the number that x stands for. */
static struct slice digits_of(const struct calc *x, char room[NUM_MAX])
{
	if (!x->exact && x->written.at)
		return x->written;
	return (struct slice){ room,
		x->exact ? num_print_decimal(room, x->decimal) : real_print(room, x->real) };
}

int calc_order(const struct calc *a, const struct calc *b)
{
	char room[2][NUM_MAX];
	double x, y;

	assert(a->kind == b->kind);
	if (a->kind == KIND_TEXT)
		return slice_compare(a->text, b->text);
	if (a->exact && b->exact)
		return digits_order_decimals(a->decimal, b->decimal);
	/* Of two numbers the larger one is never nearest to the smaller double. */
	x = calc_double(a);
	y = calc_double(b);
	if (x != y)
		return x < y ? -1 : 1;
	return digits_order(digits_of(a, room[0]), digits_of(b, room[1]));
}

/* --- rounding --- */

static struct decimal round_decimal(struct decimal d, int64_t digits)
{
	int64_t drop, unit, half;

	if (!d.m)
		return (struct decimal){ 0, 0 };
	if (d.e >= -digits)
		return d;
	drop = -digits - d.e;
	if (drop > DIGITS)
		return (struct decimal){ 0, -digits };
	half = (int64_t)(num_ten[drop] / 2);
	if (drop == DIGITS)
		return (struct decimal){ (d.m >= half) - (d.m <= -half), -digits };
	unit = (int64_t)num_ten[drop];
	d.m = d.m / unit + (d.m % unit >= half) - (d.m % unit <= -half);
	return (struct decimal){ d.m, -digits };
}

struct calc calc_round(const struct calc *x, int64_t digits)
{
	struct decimal d;

	digits = digits < -PLACES ? -PLACES : digits > PLACES ? PLACES : digits;
	d = round_decimal(decimal_of(x), digits);
	return of_decimal(d.m, d.e);
}

/* The integer next to d on one side: -1 below, 1 above. */
static struct calc next_integer(struct decimal d, int side)
{
	int64_t unit, rest;

	if (d.e >= 0)
		return of_decimal(d.m, d.e);
	if (d.e <= -DIGITS)
		return calc_integer(order(d.m, 0) == side ? side : 0);
	unit = (int64_t)num_ten[-d.e];
	rest = d.m % unit;
	return calc_integer(d.m / unit + (order(rest, 0) == side ? side : 0));
}

struct calc calc_floor(const struct calc *x)
{
	return x->exact ? next_integer(x->decimal, -1) : calc_real(floor(x->real));
}

struct calc calc_ceil(const struct calc *x)
{
	return x->exact ? next_integer(x->decimal, 1) : calc_real(ceil(x->real));
}

bool calc_is_whole(const struct calc *x)
{
	const struct calc whole = calc_floor(x);

	return x->exact ? !calc_compare(x, &whole) : x->real == whole.real;
}

/* --- texts --- */

struct slice calc_fixed(struct arena *a, const struct calc *x, int64_t digits)
{
	char mantissa[NUM_MAX], *text = arena_take(a, LONGEST), *to = text;
	struct decimal d;
	int64_t n, place;

	assert(digits >= 0 && digits <= CALC_FIXED);
	d = round_decimal(decimal_of(x), digits);
	n = (int64_t)num_print_integer(mantissa, d.m < 0 ? -d.m : d.m);
	if (d.m < 0)
		*to++ = '-';
	for (place = n + d.e > 0 ? n + d.e - 1 : 0; place >= -digits; place--) {
		int64_t i = n - 1 - (place - d.e);
		if (place == -1)
			*to++ = '.';
		*to++ = i >= 0 && i < n ? mantissa[i] : '0';
	}
	arena_trim(a, to);
	return (struct slice){ text, (size_t)(to - text) };
}

/* Is it an integer below 10^21? With a larger exponent it is beyond, or has few digits. */
static bool is_plain_integer(struct decimal d)
{
	const __int128 limit = (__int128)num_ten[18] * 1000;
	__int128 x;

	d = strip_zeros(d);
	if (d.e < 0 || d.e > NUM_TENS)
		return false;
	x = (__int128)d.m * num_ten[d.e];
	return x > -limit && x < limit;
}

static size_t print_number(char out[NUM_MAX], const struct calc *x)
{
	struct decimal d;

	if (!x->exact)
		return real_print(out, x->real);
	d = x->decimal;
	/* Decimals of 15 digits are those of their nearest doubles. */
	if (d.m > -SHORT && d.m < SHORT && d.e >= -SHORT_RANGE && d.e <= SHORT_RANGE)
		return num_print_decimal(out, d);
	return is_plain_integer(d) ? num_print_decimal(out, d) : real_print(out, real_nearest(d));
}

static struct slice json_of_number(struct arena *a, const struct calc *x)
{
	char *text = arena_take(a, NUM_MAX);
	size_t n = print_number(text, x);

	arena_trim(a, text + n);
	return (struct slice){ text, n };
}

static struct slice json_of_text(struct arena *a, struct slice s)
{
	char *text = arena_take(a, json_text_bound(s)), *end = json_put_text(text, s);

	arena_trim(a, end);
	return (struct slice){ text, (size_t)(end - text) };
}

struct slice calc_json(struct arena *a, const struct calc *x)
{
	if (x->json.at)
		return x->json;
	switch (x->kind) {
	case KIND_FALSE:
		return SLICE("false");
	case KIND_TRUE:
		return SLICE("true");
	case KIND_NUMBER:
		return json_of_number(a, x);
	case KIND_TEXT:
		return json_of_text(a, x->text);
	default:
		assert(x->kind == KIND_NULL);
		return SLICE("null");
	}
}

struct slice calc_plain(struct arena *a, const struct calc *x)
{
	return x->kind == KIND_TEXT ? x->text : calc_json(a, x);
}
