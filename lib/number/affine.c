/* The result for m * 10^-k is (mul * m + add * 10^k) / (div * 10^k): two integers. For usual
 * readings both are below 2^53, and one division of doubles rounds the quotient correctly. Else
 * they are below 2^127 as long as k is at most 18, with any mul, add and div; what is left goes
 * through wide numbers. */
#include "number/affine.h"

#include <assert.h>

#include "number/real.h"
#include "number/wide.h"

/* The largest power of ten that leaves n and d below 2^127. */
enum { SCALE = 18 };

struct fraction {
	__int128 n, d;
};

static bool within(__int128 x, int64_t limit)
{
	return x >= -limit && x <= limit;
}

static bool fraction_of(struct decimal x, const struct affine *f, struct fraction *r)
{
	__int128 product = (__int128)f->mul * x.m;

	if (x.e < -SCALE || x.e > SCALE)
		return false;
	if (x.e > 0) {
		if (!within(product, INT64_MAX))
			return false;
		r->n = product * (int64_t)num_ten[x.e] + f->add;
		r->d = f->div;
		return true;
	}
	r->n = product + (__int128)f->add * (int64_t)num_ten[-x.e];
	r->d = (__int128)f->div * (int64_t)num_ten[-x.e];
	return true;
}

/* |n| is below 2^63 and digits at most 18. */
static size_t print_rounded(char *out, struct fraction r, int digits)
{
	__int128 twice = r.n * 2 * (int64_t)num_ten[digits];
	int64_t safe = (int64_t)num_ten[15];

	twice = (twice + (r.n < 0 ? -r.d : r.d)) / (2 * r.d);
	/* Decimals of 15 digits are those of their nearest doubles. */
	if (within(twice, safe))
		return num_print_decimal(out, (struct decimal){ (int64_t)twice, -digits });
	return real_print_ratio(out, twice, num_ten[digits]);
}

static size_t print_wide(char *out, struct slice text, const struct affine *f, int digits)
{
	struct wide w = { 0 };
	int64_t by = f->div;
	size_t n;

	if (!wide_parse(&w, text)) {
		wide_free(&w);
		return 0;
	}
	wide_times(&w, f->mul);
	wide_plus(&w, f->add);
	if (digits >= 0) {
		wide_round(&w, by, digits);
		by = 1;
	}
	n = wide_print_ratio(out, &w, by);
	wide_free(&w);
	return n;
}

size_t affine_print(char out[NUM_MAX], struct slice text, const struct affine *f, int digits)
{
	struct decimal x;
	struct fraction r;

	assert(f->mul && f->div > 0 && digits <= AFFINE_DIGITS);
	if (num_decimal(text, &x) && fraction_of(x, f, &r)) {
		if (digits < 0)
			return real_print_ratio(out, r.n, (unsigned __int128)r.d);
		if (digits <= SCALE && within(r.n, INT64_MAX))
			return print_rounded(out, r, digits);
	}
	return print_wide(out, text, f, digits);
}
