/* Limbs of decimals, because what is read and printed is decimal: a number's digits are placed,
 * not converted. Every operation is one pass over the limbs, so a million digits take a million
 * steps.
 *
 * A quotient goes to the nearest double by its first 800 digits and one that tells whether
 * anything follows: no number half-way between two doubles has more than 768. Capping must not
 * come earlier. (mul * x + add) / div is half-way for x = (div * half - add) / mul, which may
 * have endless digits, so no number of x's own digits would do.
 *
 * A quotient of two wide numbers, or its root, is estimated by their first digits; whether the
 * estimate is the nearest double is then decided exactly. a / b is above the number f * 2^-e
 * half-way between two doubles if a * 2^e is above b * f, and its root is if a * 4^e is above
 * b * f * f. */
#include "number/wide.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "number/real.h"

enum { LIMB_DIGITS = 18, SIGNIFICANT = 800 };

static const int64_t BASE = 1000000000000000000;

/* Rounded down. */
static int64_t limb_of(int64_t exponent)
{
	return (exponent < 0 ? exponent - LIMB_DIGITS + 1 : exponent) / LIMB_DIGITS;
}

/* The limb at a place, which comes to be if it is not there. */
static int64_t *reach(struct wide *w, int64_t place)
{
	size_t below, above;

	if (!w->n)
		w->low = place;
	below = place < w->low ? (size_t)(w->low - place) : 0;
	above = place >= w->low + (int64_t)w->n ? (size_t)(place - w->low) - w->n + 1 : 0;
	if (below + above) {
		size_t n = below + w->n + above;

		MEM_GROW(w->limb, n, w->cap);
		if (below)
			memmove(w->limb + below, w->limb, w->n * sizeof *w->limb);
		memset(w->limb, 0, below * sizeof *w->limb);
		memset(w->limb + below + w->n, 0, above * sizeof *w->limb);
		w->low -= (int64_t)below;
		w->n = n;
	}
	return &w->limb[place - w->low];
}

/* What of x stays in its limb; x becomes what goes to the next. */
static int64_t carry_over(__int128 *x)
{
	__int128 carry = *x / BASE;
	int64_t limb = (int64_t)(*x - carry * BASE);

	*x = carry;
	return limb;
}

static void add_at(struct wide *w, int64_t place, __int128 x)
{
	for (; x; place++) {
		int64_t *limb = reach(w, place);

		x += *limb;
		*limb = carry_over(&x);
	}
}

/* |x| is below BASE. */
static void add_limb(struct wide *w, int64_t place, int64_t x)
{
	for (; x; place++) {
		int64_t *limb = reach(w, place);

		*limb += x;
		x = (*limb >= BASE) - (*limb <= -BASE);
		*limb -= x * BASE;
	}
}

static void reach_all(struct wide *w, int64_t place, size_t n)
{
	if (!n)
		return;
	reach(w, place + (int64_t)n - 1);
	reach(w, place);
}

static void trim(struct wide *w)
{
	size_t zeros = 0;

	while (w->n && !w->limb[w->n - 1])
		w->n--;
	while (zeros < w->n && !w->limb[zeros])
		zeros++;
	if (!zeros)
		return;
	w->n -= zeros;
	w->low += (int64_t)zeros;
	memmove(w->limb, w->limb + zeros, w->n * sizeof *w->limb);
}

/* Gives all limbs the sign of the number, 1 or -1, and takes zeros off both ends; 0 for zero. */
static int settle(struct wide *w)
{
	int sign;

	trim(w);
	if (!w->n)
		return 0;
	sign = w->limb[w->n - 1] < 0 ? -1 : 1;
	for (size_t i = 0; i + 1 < w->n; i++)
		if (w->limb[i] * sign < 0) {
			w->limb[i] += sign * BASE;
			w->limb[i + 1] -= sign;
		}
	trim(w);
	return sign;
}

/* The digits of one part, the last of which counts 10^exponent. */
static void place_digits(struct wide *w, struct slice digits, int64_t exponent, int sign)
{
	for (size_t i = digits.len; i > 0; exponent++) {
		int64_t place = limb_of(exponent);
		uint64_t unit = num_ten[exponent - place * LIMB_DIGITS];
		int64_t *limb = reach(w, place);

		*limb += sign * (int64_t)unit * (digits.at[--i] - '0');
	}
}

static size_t leading_zeros(struct slice digits)
{
	size_t n = 0;

	while (n < digits.len && digits.at[n] == '0')
		n++;
	return n;
}

bool wide_parse(struct wide *w, struct slice text)
{
	struct num_parts p = num_parts(text);
	int64_t end = p.exponent - (int64_t)p.fraction.len;
	int64_t first;
	int sign = p.negative ? -1 : 1;

	w->n = 0;
	p.whole = slice_skip(p.whole, leading_zeros(p.whole));
	if (!p.whole.len)
		p.fraction = slice_skip(p.fraction, leading_zeros(p.fraction));
	if (!p.whole.len && !p.fraction.len)
		return true;
	first = end + (int64_t)(p.whole.len + p.fraction.len) - 1;
	if (first >= WIDE_RANGE)
		return false;
	if (first < -WIDE_RANGE) {
		place_digits(w, SLICE("1"), -WIDE_RANGE, sign);
		return true;
	}
	reach(w, limb_of(end));
	reach(w, limb_of(first));
	place_digits(w, p.fraction, end, sign);
	place_digits(w, p.whole, p.exponent, sign);
	return true;
}

void wide_times(struct wide *w, int64_t by)
{
	__int128 carry = 0;

	for (size_t i = 0; i < w->n; i++) {
		carry += (__int128)w->limb[i] * by;
		w->limb[i] = carry_over(&carry);
	}
	add_at(w, w->low + (int64_t)w->n, carry);
}

void wide_plus(struct wide *w, int64_t x)
{
	add_at(w, 0, x);
}

void wide_add_scaled(struct wide *w, __int128 x, int64_t exponent)
{
	int64_t place = limb_of(exponent);
	int64_t unit = (int64_t)num_ten[exponent - place * LIMB_DIGITS];
	int64_t part;

	for (; x != (int64_t)x; place++) {
		part = carry_over(&x);
		add_limb(w, place, part % (BASE / unit) * unit);
		add_limb(w, place + 1, part / (BASE / unit));
	}
	part = (int64_t)x;
	add_limb(w, place, part % (BASE / unit) * unit);
	add_limb(w, place + 1, part / (BASE / unit));
}

void wide_add(struct wide *w, const struct wide *x, int64_t by)
{
	__int128 carry = 0;

	reach_all(w, x->low, x->n);
	for (size_t i = 0; i < x->n; i++) {
		int64_t *limb = &w->limb[x->low - w->low + (int64_t)i];

		carry += (__int128)x->limb[i] * by + *limb;
		*limb = carry_over(&carry);
	}
	add_at(w, x->low + (int64_t)x->n, carry);
}

void wide_add_product(struct wide *w, const struct wide *a, const struct wide *b)
{
	int64_t low = a->low + b->low;

	if (!a->n || !b->n)
		return;
	reach_all(w, low, a->n + b->n);
	for (size_t i = 0; i < a->n; i++) {
		int64_t *limb = &w->limb[low - w->low + (int64_t)i];
		__int128 carry = 0;

		for (size_t j = 0; j < b->n; j++) {
			carry += (__int128)a->limb[i] * b->limb[j] + limb[j];
			limb[j] = carry_over(&carry);
		}
		add_at(w, low + (int64_t)(i + b->n), carry);
	}
}

int wide_sign(struct wide *w)
{
	return settle(w);
}

/* One step of a long division; *rest is carried from limb to limb. */
static int64_t divide_limb(int64_t limb, int64_t by, int64_t *rest)
{
	__int128 x = (__int128)*rest * BASE + limb;

	*rest = (int64_t)(x % by);
	return (int64_t)(x / by);
}

void wide_round(struct wide *w, int64_t by, int digits)
{
	/* The lowest place to look at holds the digit after the last to be kept. */
	int64_t lowest = -(digits / LIMB_DIGITS + 1);
	int64_t unit = (int64_t)num_ten[LIMB_DIGITS - digits % LIMB_DIGITS];
	int64_t rest = 0, extra;
	int sign = settle(w);

	if (!sign)
		return;
	reach(w, lowest);
	for (size_t i = w->n; i > 0; i--)
		w->limb[i - 1] = divide_limb(w->limb[i - 1], by, &rest);
	memset(w->limb, 0, (size_t)(lowest - w->low) * sizeof *w->limb);
	extra = *reach(w, lowest) % unit;
	*reach(w, lowest) -= extra;
	if (extra * sign >= unit / 2)
		add_at(w, lowest, sign * unit);
}

bool wide_integer(struct wide *w, int64_t by, __int128 *x)
{
	int64_t rest = 0;

	*x = 0;
	if (!settle(w))
		return true;
	/* 10^21 * by is below 10^40. */
	if (w->low < 0 || w->low + (int64_t)w->n > 3)
		return false;
	for (int64_t i = (int64_t)w->n - 1; i >= -w->low; i--) {
		/* With one more limb it would be 10^21 or more. */
		if (*x <= -1000 || *x >= 1000)
			return false;
		*x = *x * BASE + divide_limb(i < 0 ? 0 : w->limb[i], by, &rest);
	}
	return !rest;
}

double wide_double(struct wide *w, int64_t by)
{
	char text[SIGNIFICANT + 3 * NUM_MAX], padded[NUM_MAX];
	size_t i, n = 0, length, digits = 0;
	int64_t place, rest = 0;
	int sign = settle(w);

	if (!sign)
		return 0;
	i = w->n;
	place = w->low + (int64_t)i;
	if (sign < 0)
		text[n++] = '-';
	while (digits < SIGNIFICANT && (i || rest)) {
		int64_t limb = divide_limb(i ? w->limb[i - 1] : 0, by, &rest) * sign;

		i -= i > 0;
		place--;
		if (!digits && !limb)
			continue;
		/* A 1 before it keeps the zeros of a limb that is not the first. */
		length = num_print_integer(padded, digits ? BASE + limb : limb);
		length -= digits > 0;
		memcpy(text + n, padded + (digits > 0), length);
		n += length;
		digits += length;
	}
	place *= LIMB_DIGITS;
	if (i || rest) {
		text[n++] = '1';
		place--;
	}
	text[n++] = 'e';
	n += num_print_integer(text + n, place);
	return real_of((struct slice){ text, n });
}

size_t wide_print_ratio(char out[NUM_MAX], struct wide *w, int64_t by)
{
	__int128 whole;

	return wide_integer(w, by, &whole) ? num_print_integer(out, whole) :
					     real_print(out, wide_double(w, by));
}

/* limb is not negative. */
static void print_limb(struct buf *b, int64_t limb, bool padded)
{
	char *to = buf_room(b, NUM_MAX);
	size_t n = num_print_integer(to, padded ? BASE + limb : limb);

	/* The 1 before it has kept the zeros. */
	if (padded)
		memmove(to, to + 1, --n);
	b->len += n;
}

static int64_t limb_at(const struct wide *w, int64_t place)
{
	return place < w->low ? 0 : w->limb[place - w->low];
}

void wide_print(struct buf *b, struct wide *w)
{
	int sign = settle(w);
	int64_t end = sign ? w->low + (int64_t)w->n : 0;

	if (sign < 0)
		buf_byte(b, '-');
	if (end <= 0)
		buf_byte(b, '0');
	for (int64_t place = end - 1; place >= 0; place--)
		print_limb(b, limb_at(w, place) * sign, place < end - 1);
	if (!sign || w->low >= 0)
		return;
	buf_byte(b, '.');
	for (int64_t place = -1; place >= w->low; place--)
		print_limb(b, place < end ? limb_at(w, place) * sign : 0, true);
	while (b->at[b->len - 1] == '0')
		b->len--;
}

/* Quotients of wide numbers. Below, a and b are above 0, and settled. */

struct quotient {
	struct wide a, b;
	bool root;
};

/* The first 19 digits or more; the number is that times 10^*exponent. */
static long double first_digits(const struct wide *w, int64_t *exponent)
{
	size_t n = w->n;
	long double second = n > 1 ? (long double)w->limb[n - 2] : 0;

	*exponent = (w->low + (int64_t)n - 2) * LIMB_DIGITS;
	return (long double)w->limb[n - 1] * (long double)BASE + second;
}

/* A few doubles off at most. */
static double estimate(const struct quotient *q)
{
	int64_t above, below, e;
	long double x = first_digits(&q->a, &above) / first_digits(&q->b, &below);

	e = above - below;
	if (q->root) {
		x = sqrtl(x);
		e /= 2; /* both are multiples of 18 */
	}
	for (; x < 1e17L; e--)
		x *= 10;
	return real_nearest((struct decimal){ (int64_t)x, e });
}

static void times_two(struct wide *w, int64_t times)
{
	for (; times > 62; times -= 62)
		wide_times(w, (int64_t)1 << 62);
	wide_times(w, (int64_t)1 << times);
}

static void times_long(struct wide *w, __int128 by)
{
	struct wide product = { 0 }, factor = { 0 };

	if (by == (int64_t)by) {
		wide_times(w, (int64_t)by);
		return;
	}
	wide_add_scaled(&factor, by, 0);
	wide_add_product(&product, w, &factor);
	wide_free(&factor);
	wide_free(w);
	*w = product;
}

/* Of the quotient or root minus f * 2^e; f is not negative. */
static int sign_beside(const struct quotient *q, __int128 f, int64_t e)
{
	struct wide left = { 0 }, right = { 0 };
	int sign;

	wide_add(&left, &q->a, 1);
	wide_add(&right, &q->b, 1);
	times_long(&right, f);
	if (q->root) {
		times_long(&right, f);
		e *= 2;
	}
	times_two(e < 0 ? &left : &right, e < 0 ? -e : e);
	wide_add(&left, &right, -1);
	sign = settle(&left);
	wide_free(&left);
	wide_free(&right);
	return sign;
}

/* Is the double nearest to the quotient above x? */
static bool rounds_above(const struct quotient *q, double x)
{
	const uint64_t unit = (uint64_t)1 << 52;
	uint64_t bits, c;
	int64_t e;
	int sign;

	memcpy(&bits, &x, sizeof bits);
	e = (int64_t)(bits >> 52);
	c = bits & (unit - 1);
	if (e)
		c |= unit;
	else
		e = 1;
	sign = sign_beside(q, 2 * (int64_t)c + 1, e - 1076);
	return sign > 0 || (!sign && c & 1);
}

static double nearest(const struct quotient *q)
{
	double x = fmin(estimate(q), DBL_MAX);

	while (x <= DBL_MAX && rounds_above(q, x))
		x = nextafter(x, INFINITY);
	while (x > 0 && x <= DBL_MAX && !rounds_above(q, nextafter(x, 0)))
		x = nextafter(x, 0);
	return x;
}

/* Is it an integer? near is the nearest double, from 2^53 to 10^21. */
static bool is_integer(const struct quotient *q, double near, __int128 *x)
{
	__int128 low = (__int128)nextafter(near, 0), high = (__int128)nextafter(near, INFINITY);

	while (low < high) {
		__int128 middle = low + (high - low) / 2;
		if (sign_beside(q, middle, 0) > 0)
			low = middle + 1;
		else
			high = middle;
	}
	*x = low;
	return !sign_beside(q, low, 0);
}

static size_t print_quotient(char *out, struct wide *a, struct wide *b, bool root)
{
	const __int128 limit = (__int128)num_ten[18] * 1000;
	int above = settle(a), below = settle(b);
	struct quotient q = { .root = root };
	__int128 whole;
	double x;
	size_t n;

	if (!above)
		return num_print_integer(out, 0);
	wide_add(&q.a, a, above);
	wide_add(&q.b, b, below);
	x = nearest(&q);
	if (x >= 0x1p53 && x <= 1e21 && is_integer(&q, x, &whole) && whole < limit)
		n = num_print_integer(out, whole * above * below);
	else
		n = real_print(out, x * above * below);
	wide_free(&q.a);
	wide_free(&q.b);
	return n;
}

size_t wide_print_quotient(char out[NUM_MAX], struct wide *a, struct wide *b)
{
	return print_quotient(out, a, b, false);
}

size_t wide_print_root(char out[NUM_MAX], struct wide *a, struct wide *b)
{
	return print_quotient(out, a, b, true);
}

void wide_free(struct wide *w)
{
	free(w->limb);
	*w = (struct wide){ 0 };
}
