/* Products are summed as those of total are, in 256 bits: that of two decimals has 126 bits, and
 * a scale that fits takes 60 more. What has no room there goes to a wide number beside it.
 *
 * With Cxy = n * sum(x * y) - sum(x) * sum(y), which is exact, the covariance is Cxy / (n (n - 1)),
 * the slope Cxy / Cxx, the correlation the root of Cxy^2 / (Cxx * Cyy), and the intercept
 * (sum(y) * sum(x * x) - sum(x) * sum(x * y)) / Cxx: quotients of integers, so to say. */
#include "number/moments.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "number/limbs.h"
#include "number/real.h"
#include "number/wide.h"

enum {
	/* A product has twice the digits, beside 800 before the point; there are five sums. */
	LONGEST = 5 * (2 * MOMENTS_DIGITS + 1000),
	STEP = 18, /* the largest power of ten of one step, as in wide numbers */
	SCALE_MAX = 54,
};

/* w += x * 10^e */
static void limbs_gather(struct wide *w, const uint64_t x[LIMBS], int64_t e)
{
	uint64_t rest[LIMBS] = { x[0], x[1], x[2], x[3] };
	int64_t sign = x[LIMBS - 1] >> 63 ? -1 : 1;

	if (sign < 0)
		limbs_negate(rest);
	for (; !limbs_is_zero(rest); e += STEP)
		wide_add_scaled(w, sign * (int64_t)limbs_divide(rest, LIMBS, num_ten[STEP]), e);
}

/* Sums of products */

static struct wide *wide_of(struct moments_sum *s)
{
	if (!s->wide)
		s->wide = mem_array(1, sizeof *s->wide);
	return s->wide;
}

static void spill(struct moments_sum *s)
{
	limbs_gather(wide_of(s), s->limb, -s->scale);
	memset(s->limb, 0, sizeof s->limb);
}

static void refine(struct moments_sum *s, int64_t scale)
{
	uint64_t x[LIMBS] = { s->limb[0], s->limb[1], s->limb[2], s->limb[3] };

	if (limbs_times_ten(x, scale - s->scale))
		memcpy(s->limb, x, sizeof x);
	else
		spill(s);
	s->scale = scale;
}

static void sum_add(struct moments_sum *s, const uint64_t limb[LIMBS], int64_t e)
{
	uint64_t x[LIMBS] = { limb[0], limb[1], limb[2], limb[3] };

	if (limbs_is_zero(x))
		return;
	if (-e > s->scale && -e <= SCALE_MAX)
		refine(s, -e);
	if (-e > s->scale || !limbs_times_ten(x, e + s->scale)) {
		limbs_gather(wide_of(s), limb, e);
		return;
	}
	if (!limbs_add_limbs(s->limb, x)) {
		spill(s);
		memcpy(s->limb, x, sizeof x);
	}
}

__attribute__((noinline)) static void add_slowly(struct moments_sum *s, __int128 x, int64_t e)
{
	uint64_t limb[LIMBS];

	limbs_set(limb, x);
	sum_add(s, limb, e);
}

static inline void add_product(struct moments_sum *s, struct decimal x, struct decimal y)
{
	uint64_t shift = (uint64_t)(x.e + y.e + s->scale);
	__int128 product = (__int128)x.m * y.m;

	if (shift > STEP || !limbs_add_product(s->limb, product, num_ten[shift]))
		add_slowly(s, product, x.e + y.e);
}

static void sum_merge(struct moments_sum *s, const struct moments_sum *from)
{
	sum_add(s, from->limb, -from->scale);
	if (from->wide)
		wide_add(wide_of(s), from->wide, 1);
}

static void sum_gather(struct wide *w, const struct moments_sum *s)
{
	limbs_gather(w, s->limb, -s->scale);
	if (s->wide)
		wide_add(w, s->wide, 1);
}

static void sum_free(struct moments_sum *s)
{
	if (s->wide)
		wide_free(s->wide);
	free(s->wide);
	*s = (struct moments_sum){ 0 };
}

/* Adding */

static bool near_decimal(struct slice text, struct decimal *d)
{
	return num_decimal(text, d) && total_near(*d);
}

static struct slice spell(char out[NUM_MAX], struct decimal d)
{
	return (struct slice){ out, num_print_decimal(out, d) };
}

static bool read_wide(struct wide *w, struct slice text)
{
	return !isinf(real_of(text)) && wide_parse(w, text);
}

static bool add_text(struct moments *m, struct slice text)
{
	struct wide x = { 0 };
	bool read = read_wide(&x, text);

	if (read) {
		total_add_number(&m->x, text, 1);
		wide_add_product(wide_of(&m->xx), &x, &x);
		m->n++;
	}
	wide_free(&x);
	return read;
}

static inline void add_near(struct moments *m, struct decimal x)
{
	total_add(&m->x, x);
	add_product(&m->xx, x, x);
	m->n++;
}

__attribute__((noinline)) static bool add_far(struct moments *m, struct decimal x)
{
	char text[NUM_MAX];

	return add_text(m, spell(text, x));
}

bool moments_add(struct moments *m, struct decimal x)
{
	if (!total_near(x))
		return add_far(m, x);
	add_near(m, x);
	return true;
}

bool moments_add_number(struct moments *m, struct slice x)
{
	struct decimal d;

	return near_decimal(x, &d) ? moments_add(m, d) : add_text(m, x);
}

/* s += x * y, as texts */
static bool add_texts(struct moments_sum *s, struct slice x, struct slice y)
{
	struct wide a = { 0 }, b = { 0 };
	bool read = read_wide(&a, x) && read_wide(&b, y);

	if (read)
		wide_add_product(wide_of(s), &a, &b);
	wide_free(&a);
	wide_free(&b);
	return read;
}

static bool add_pair_of_texts(struct moments_pair *p, struct slice x, struct slice y)
{
	return add_texts(&p->xy, x, y) && moments_add_number(&p->x, x) &&
		moments_add_number(&p->y, y);
}

bool moments_pair_add(struct moments_pair *p, struct decimal x, struct decimal y)
{
	char a[NUM_MAX], b[NUM_MAX];

	if (!total_near(x) || !total_near(y))
		return add_pair_of_texts(p, spell(a, x), spell(b, y));
	add_near(&p->x, x);
	add_near(&p->y, y);
	add_product(&p->xy, x, y);
	return true;
}

bool moments_pair_add_number(struct moments_pair *p, struct slice x, struct slice y)
{
	struct decimal a, b;

	if (near_decimal(x, &a) && near_decimal(y, &b))
		return moments_pair_add(p, a, b);
	return add_pair_of_texts(p, x, y);
}

static bool add_weighted_texts(struct moments_weighted *s, struct slice x, struct slice weight)
{
	return add_texts(&s->wx, weight, x) && total_add_number(&s->w, weight, 1);
}

bool moments_weighted_add(struct moments_weighted *s, struct decimal x, struct decimal weight)
{
	char a[NUM_MAX], b[NUM_MAX];

	if (!total_near(x) || !total_near(weight))
		return add_weighted_texts(s, spell(a, x), spell(b, weight));
	total_add(&s->w, weight);
	add_product(&s->wx, weight, x);
	return true;
}

bool moments_weighted_add_number(struct moments_weighted *s, struct slice x, struct slice weight)
{
	struct decimal a, b;

	if (near_decimal(x, &a) && near_decimal(weight, &b))
		return moments_weighted_add(s, a, b);
	return add_weighted_texts(s, x, weight);
}

void moments_merge(struct moments *m, const struct moments *from)
{
	m->n += from->n;
	total_merge(&m->x, &from->x);
	sum_merge(&m->xx, &from->xx);
}

void moments_pair_merge(struct moments_pair *p, const struct moments_pair *from)
{
	moments_merge(&p->x, &from->x);
	moments_merge(&p->y, &from->y);
	sum_merge(&p->xy, &from->xy);
}

void moments_weighted_merge(struct moments_weighted *s, const struct moments_weighted *from)
{
	total_merge(&s->w, &from->w);
	sum_merge(&s->wx, &from->wx);
}

/* Results */

/* c += total * sum */
static void add_cross(struct wide *c, const struct total *t, const struct moments_sum *s)
{
	struct wide a = { 0 }, b = { 0 };

	total_gather(&a, t);
	sum_gather(&b, s);
	wide_add_product(c, &a, &b);
	wide_free(&a);
	wide_free(&b);
}

/* c, being 0, becomes n * sum(x * y) - sum(x) * sum(y). */
static void centre(struct wide *c, int64_t n, const struct total *x, const struct total *y,
	const struct moments_sum *xy)
{
	struct wide a = { 0 }, b = { 0 };

	total_gather(&a, x);
	total_gather(&b, y);
	wide_add_product(c, &a, &b);
	wide_times(c, -1);
	wide_free(&a);
	sum_gather(&a, xy);
	wide_add(c, &a, n);
	wide_free(&a);
	wide_free(&b);
}

static void centre_one(struct wide *c, const struct moments *m)
{
	centre(c, m->n, &m->x, &m->x, &m->xx);
}

static void centre_pair(struct wide *c, const struct moments_pair *p)
{
	centre(c, p->x.n, &p->x.x, &p->y.x, &p->xy);
}

typedef size_t print_call(char out[NUM_MAX], struct wide *a, struct wide *b);

/* Prints of a and b, unless b is 0, and frees them. */
static size_t finish(char *out, struct wide *a, struct wide *b, print_call *print)
{
	size_t len = wide_sign(b) ? print(out, a, b) : 0;

	wide_free(a);
	wide_free(b);
	return len;
}

/* c is freed. */
static size_t spread(char *out, struct wide *c, int64_t n, enum moments_of of, print_call *print)
{
	struct wide divisor = { 0 };

	wide_add_scaled(&divisor, (__int128)n * (n - (of == MOMENTS_SAMPLE)), 0);
	return finish(out, c, &divisor, print);
}

size_t moments_print_variance(char out[NUM_MAX], const struct moments *m, enum moments_of of)
{
	struct wide c = { 0 };

	centre_one(&c, m);
	return spread(out, &c, m->n, of, wide_print_quotient);
}

size_t moments_print_deviation(char out[NUM_MAX], const struct moments *m, enum moments_of of)
{
	struct wide c = { 0 };

	centre_one(&c, m);
	return spread(out, &c, m->n, of, wide_print_root);
}

size_t moments_print_covariance(char out[NUM_MAX], const struct moments_pair *p, enum moments_of of)
{
	struct wide c = { 0 };

	centre_pair(&c, p);
	return spread(out, &c, p->x.n, of, wide_print_quotient);
}

size_t moments_print_correlation(char out[NUM_MAX], const struct moments_pair *p)
{
	struct wide xx = { 0 }, yy = { 0 }, xy = { 0 }, above = { 0 }, below = { 0 };
	char text[NUM_MAX];
	bool negative;
	size_t len;

	centre_one(&xx, &p->x);
	centre_one(&yy, &p->y);
	centre_pair(&xy, p);
	negative = wide_sign(&xy) < 0;
	wide_add_product(&above, &xy, &xy);
	wide_add_product(&below, &xx, &yy);
	wide_free(&xx);
	wide_free(&yy);
	wide_free(&xy);
	len = finish(text, &above, &below, wide_print_root);
	out[0] = '-';
	if (len)
		memcpy(out + negative, text, len);
	return len ? len + negative : 0;
}

size_t moments_print_slope(char out[NUM_MAX], const struct moments_pair *p)
{
	struct wide xx = { 0 }, xy = { 0 };

	centre_one(&xx, &p->x);
	centre_pair(&xy, p);
	return finish(out, &xy, &xx, wide_print_quotient);
}

size_t moments_print_intercept(char out[NUM_MAX], const struct moments_pair *p)
{
	struct wide xx = { 0 }, above = { 0 };

	add_cross(&above, &p->x.x, &p->xy);
	wide_times(&above, -1);
	add_cross(&above, &p->y.x, &p->x.xx);
	centre_one(&xx, &p->x);
	return finish(out, &above, &xx, wide_print_quotient);
}

size_t moments_print_weighted_mean(char out[NUM_MAX], const struct moments_weighted *s)
{
	struct wide above = { 0 }, below = { 0 };

	sum_gather(&above, &s->wx);
	total_gather(&below, &s->w);
	return finish(out, &above, &below, wide_print_quotient);
}

/* Texts */

static void print_sum(struct buf *b, const struct moments_sum *s)
{
	struct wide w = { 0 };

	sum_gather(&w, s);
	buf_byte(b, ' ');
	wide_print(b, &w);
	wide_free(&w);
}

static void print_sums(struct buf *b, const struct moments *m)
{
	buf_byte(b, ' ');
	total_print(b, &m->x);
	print_sum(b, &m->xx);
}

void moments_print(struct buf *b, const struct moments *m)
{
	buf_printf(b, "%lld", (long long)m->n);
	print_sums(b, m);
}

void moments_pair_print(struct buf *b, const struct moments_pair *p)
{
	moments_print(b, &p->x);
	print_sums(b, &p->y);
	print_sum(b, &p->xy);
}

void moments_weighted_print(struct buf *b, const struct moments_weighted *s)
{
	total_print(b, &s->w);
	print_sum(b, &s->wx);
}

static bool take_total(struct slice *text, struct total *t)
{
	return total_parse(t, slice_word(text));
}

static bool take_sum(struct slice *text, struct moments_sum *s)
{
	struct total t = { 0 };

	if (!take_total(text, &t))
		return false;
	*s = (struct moments_sum){ .wide = t.wide, .scale = t.scale };
	limbs_set(s->limb, (__int128)((unsigned __int128)t.high << 64 | t.low));
	return true;
}

static bool take_sums(struct slice *text, struct moments *m)
{
	return take_total(text, &m->x) && take_sum(text, &m->xx);
}

static bool sum_is_zero(const struct moments_sum *s)
{
	struct wide w = { 0 };
	bool zero;

	sum_gather(&w, s);
	zero = !wide_sign(&w);
	wide_free(&w);
	return zero;
}

static bool is_possible(const struct moments *m)
{
	struct wide c = { 0 };
	bool possible;

	centre_one(&c, m);
	possible = wide_sign(&c) >= 0 && (m->n || sum_is_zero(&m->xx));
	wide_free(&c);
	return possible;
}

/* The inequality of Cauchy and Schwarz. */
static bool is_possible_pair(const struct moments_pair *p)
{
	struct wide xx = { 0 }, yy = { 0 }, xy = { 0 }, room = { 0 };
	bool possible;

	if (!is_possible(&p->x) || !is_possible(&p->y))
		return false;
	centre_one(&xx, &p->x);
	centre_one(&yy, &p->y);
	centre_pair(&xy, p);
	wide_add_product(&room, &xy, &xy);
	wide_times(&room, -1);
	wide_add_product(&room, &xx, &yy);
	possible = wide_sign(&room) >= 0 && (p->x.n || sum_is_zero(&p->xy));
	wide_free(&xx);
	wide_free(&yy);
	wide_free(&xy);
	wide_free(&room);
	return possible;
}

void moments_free(struct moments *m)
{
	total_free(&m->x);
	sum_free(&m->xx);
	m->n = 0;
}

void moments_pair_free(struct moments_pair *p)
{
	moments_free(&p->x);
	moments_free(&p->y);
	sum_free(&p->xy);
}

void moments_weighted_free(struct moments_weighted *s)
{
	total_free(&s->w);
	sum_free(&s->wx);
}

bool moments_parse(struct moments *m, struct slice text)
{
	if (text.len <= LONGEST && num_count(slice_word(&text), &m->n) && take_sums(&text, m) &&
		!text.len && is_possible(m))
		return true;
	moments_free(m);
	return false;
}

bool moments_pair_parse(struct moments_pair *p, struct slice text)
{
	if (text.len <= LONGEST && num_count(slice_word(&text), &p->x.n) &&
		take_sums(&text, &p->x) && take_sums(&text, &p->y)) {
		p->y.n = p->x.n;
		if (take_sum(&text, &p->xy) && !text.len && is_possible_pair(p))
			return true;
	}
	moments_pair_free(p);
	return false;
}

bool moments_weighted_parse(struct moments_weighted *s, struct slice text)
{
	if (text.len <= LONGEST && take_total(&text, &s->w) && take_sum(&text, &s->wx) && !text.len)
		return true;
	moments_weighted_free(s);
	return false;
}
