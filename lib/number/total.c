/* A number m * 10^e is added to a sum of scale k as m * 10^(k + e), in 128 bits. k grows when a
 * finer number comes. What that has no room for, be it a number or the sum so far, goes to a
 * wide number beside it: the true sum is that of both, whichever took what. */
#include "number/total.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "number/real.h"
#include "number/wide.h"

enum {
	/* Beyond it one fine number would leave too little room for usual ones. */
	SCALE_MAX = 27,
	CHUNK = 18, /* digits that are read at a time */
};

static __int128 narrow(const struct total *t)
{
	return (__int128)((unsigned __int128)t->high << 64 | t->low);
}

static void set_narrow(struct total *t, __int128 sum)
{
	t->low = (uint64_t)sum;
	t->high = (int64_t)(sum >> 64);
}

static struct wide *wide_of(struct total *t)
{
	if (!t->wide)
		t->wide = mem_array(1, sizeof *t->wide);
	return t->wide;
}

static void spill(struct total *t)
{
	wide_add_scaled(wide_of(t), narrow(t), -t->scale);
	set_narrow(t, 0);
}

static bool times_ten(__int128 *x, int64_t times)
{
	for (int64_t step; times && *x; times -= step) {
		step = times < CHUNK ? times : CHUNK;
		if (__builtin_mul_overflow(*x, (__int128)num_ten[step], x))
			return false;
	}
	return true;
}

static void refine(struct total *t, int64_t scale)
{
	__int128 sum = narrow(t);

	if (times_ten(&sum, scale - t->scale))
		set_narrow(t, sum);
	else
		spill(t);
	t->scale = scale;
}

static void add(struct total *t, __int128 x, int64_t e)
{
	__int128 scaled = x, sum;

	if (!x)
		return;
	if (-e > t->scale && -e <= SCALE_MAX)
		refine(t, -e);
	if (-e > t->scale || !times_ten(&scaled, e + t->scale)) {
		wide_add_scaled(wide_of(t), x, e);
		return;
	}
	if (__builtin_add_overflow(narrow(t), scaled, &sum)) {
		spill(t);
		sum = scaled;
	}
	set_narrow(t, sum);
}

static bool add_text(struct total *t, struct slice text, int64_t times)
{
	struct wide w = { 0 };

	if (isinf(real_of(text)))
		return false;
	wide_parse(&w, text);
	wide_add(wide_of(t), &w, times);
	wide_free(&w);
	return true;
}

bool total_add_times(struct total *t, struct decimal d, int64_t times)
{
	char text[NUM_MAX];

	if (!total_near(d))
		return add_text(t, (struct slice){ text, num_print_decimal(text, d) }, times);
	add(t, (__int128)d.m * times, d.e);
	return true;
}

bool total_add_number(struct total *t, struct slice text, int64_t times)
{
	struct decimal d;

	if (num_decimal(text, &d))
		return total_add_times(t, d, times);
	return add_text(t, text, times);
}

/* Is nothing in it that a number of this scale would not fit beside? */
static bool takes(const struct total *t, int64_t scale)
{
	return t->scale == scale || (!t->low && !t->high && !t->wide);
}

void total_merge(struct total *t, const struct total *from)
{
	__int128 sum;

	if (takes(t, from->scale) && !from->wide &&
		!__builtin_add_overflow(narrow(t), narrow(from), &sum)) {
		set_narrow(t, sum);
		t->scale = from->scale;
		return;
	}
	add(t, narrow(from), -from->scale);
	if (from->wide)
		wide_add(wide_of(t), from->wide, 1);
}

void total_gather(struct wide *w, const struct total *t)
{
	wide_add_scaled(w, narrow(t), -t->scale);
	if (t->wide)
		wide_add(w, t->wide, 1);
}

/* The sum divided by n as a fraction of 128 bits. */
static bool divisor_of(const struct total *t, int64_t n, __int128 *divisor)
{
	assert(n > 0);
	*divisor = n;
	return !t->wide && times_ten(divisor, t->scale);
}

/* Is it a number of up to 15 digits? Then it is also the shortest that reads back as the nearest double. */
static bool is_short(const struct total *t, int64_t n)
{
	__int128 sum = narrow(t), limit = (__int128)num_ten[DBL_DIG];

	return !t->wide && sum > -limit && sum < limit && (int64_t)sum % n == 0;
}

size_t total_print_mean(char out[NUM_MAX], const struct total *t, int64_t n)
{
	struct wide w = { 0 };
	__int128 divisor;
	size_t len;

	if (is_short(t, n))
		return num_print_decimal(out, (struct decimal){ (int64_t)t->low / n, -t->scale });
	if (divisor_of(t, n, &divisor))
		return real_print_ratio(out, narrow(t), (unsigned __int128)divisor);
	total_gather(&w, t);
	len = wide_print_ratio(out, &w, n);
	wide_free(&w);
	return len;
}

double total_double(const struct total *t, int64_t n)
{
	struct wide w = { 0 };
	__int128 divisor;
	double x;

	if (divisor_of(t, n, &divisor))
		return real_ratio(narrow(t), (unsigned __int128)divisor);
	total_gather(&w, t);
	x = wide_double(&w, n);
	wide_free(&w);
	return x;
}

void total_print(struct buf *b, const struct total *t)
{
	struct wide w = { 0 };

	total_gather(&w, t);
	wide_print(b, &w);
	wide_free(&w);
}

/* The value of the last digits of a text, which get cut off; a point among them is passed over. */
static int64_t take_chunk(struct slice *text)
{
	int64_t x = 0;

	for (int n = 0; n < CHUNK && text->len; text->len--) {
		char c = text->at[text->len - 1];
		if (c != '.')
			x += (int64_t)num_ten[n++] * (c - '0');
	}
	return x;
}

bool total_parse(struct total *t, struct slice text)
{
	struct num_parts p;
	int64_t e;
	int sign;

	if (!num_valid(text) || memchr(text.at, 'e', text.len) || memchr(text.at, 'E', text.len))
		return false;
	p = num_parts(text);
	e = -(int64_t)p.fraction.len;
	sign = p.negative ? -1 : 1;
	/* From the last, so that a wide number grows at its end. */
	for (text = slice_skip(text, p.negative); text.len; e += CHUNK)
		add(t, (__int128)take_chunk(&text) * sign, e);
	return true;
}

void total_free(struct total *t)
{
	if (t->wide) {
		wide_free(t->wide);
		free(t->wide);
	}
	*t = (struct total){ 0 };
}
