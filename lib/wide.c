/* Limbs of decimals, because what is read and printed is decimal: a number's digits are placed,
 * not converted. Every operation is one pass over the limbs, so a million digits take a million
 * steps.
 *
 * A quotient goes to the nearest double by its first 800 digits and one that tells whether
 * anything follows: no number half-way between two doubles has more than 768. Capping must not
 * come earlier. (mul * x + add) / div is half-way for x = (div * half - add) / mul, which may
 * have endless digits, so no number of x's own digits would do. */
#include "wide.h"

#include <stdlib.h>

#include "mem.h"
#include "num.h"

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
		memmove(w->limb + below, w->limb, w->n * sizeof *w->limb);
		memset(w->limb, 0, below * sizeof *w->limb);
		memset(w->limb + below + w->n, 0, above * sizeof *w->limb);
		w->low -= (int64_t)below;
		w->n = n;
	}
	return &w->limb[place - w->low];
}

static void add_at(struct wide *w, int64_t place, __int128 x)
{
	for (; x; place++) {
		int64_t *limb = reach(w, place);

		x += *limb;
		*limb = (int64_t)(x % BASE);
		x /= BASE;
	}
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
		w->limb[i] = (int64_t)(carry % BASE);
		carry /= BASE;
	}
	add_at(w, w->low + (int64_t)w->n, carry);
}

void wide_plus(struct wide *w, int64_t x)
{
	add_at(w, 0, x);
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
	return num_double((struct slice){ text, n });
}

void wide_free(struct wide *w)
{
	free(w->limb);
	*w = (struct wide){ 0 };
}
