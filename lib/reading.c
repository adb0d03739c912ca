/* Numbers are put in order by the place of their first digit, then digit by digit, unless both are
 * decimals whose exponents are close: these are compared as integers. */
#include "reading.h"

#include <math.h>
#include <string.h>

#include "canon.h"
#include "real.h"

enum {
	CLOSE = 18,     /* 10^18 is the largest power of ten in int64_t */
	POINT_LOW = -5, /* where num_print_decimal() has the point, counted from the first digit, */
	POINT_HIGH = 21, /* without an exponent */
};

bool reading_take(struct reading *r, struct value v)
{
	r->value = v;
	r->canon.at = NULL;
	r->near = v.kind == KIND_NUMBER && num_decimal(reading_spelling(r), &r->number) &&
		total_near(r->number);
	if (r->near) {
		r->is = READING_NUMBER;
		return true;
	}
	r->is = v.kind <= KIND_NULL ? READING_NONE : READING_OTHER;
	if (v.kind == KIND_NUMBER)
		r->is = isinf(real_of(reading_spelling(r))) ? READING_NONE : READING_NUMBER;
	return v.kind != KIND_NUMBER || r->is == READING_NUMBER;
}

struct slice reading_canon(struct reading *r)
{
	if (!r->canon.at)
		r->canon = canon_of(r->value, &r->scratch);
	return r->canon;
}

void reading_free(struct reading *r)
{
	buf_free(&r->scratch);
	*r = (struct reading){ 0 };
}

/* The digits of a number in a row, from the first that is not 0. */
struct digits {
	struct num_parts parts;
	size_t first, n;
	int64_t point; /* how many are before it */
};

static char digit_at(const struct digits *d, size_t i)
{
	const struct num_parts *p = &d->parts;

	i += d->first;
	if (i < p->whole.len)
		return p->whole.at[i];
	i -= p->whole.len;
	return i < p->fraction.len ? p->fraction.at[i] : '0';
}

static struct digits digits_of(struct slice number)
{
	struct digits d = { .parts = num_parts(number) };
	size_t all = d.parts.whole.len + d.parts.fraction.len;

	while (d.first < all && digit_at(&d, 0) == '0')
		d.first++;
	d.n = all - d.first;
	d.point = d.parts.exponent + (int64_t)d.parts.whole.len - (int64_t)d.first;
	return d;
}

static int order_digits(const struct digits *a, const struct digits *b)
{
	size_t n = a->n > b->n ? a->n : b->n;

	if (!a->n || !b->n)
		return (a->n > 0) - (b->n > 0);
	if (a->point != b->point)
		return a->point < b->point ? -1 : 1;
	for (size_t i = 0; i < n; i++)
		if (digit_at(a, i) != digit_at(b, i))
			return digit_at(a, i) < digit_at(b, i) ? -1 : 1;
	return 0;
}

static int order_texts(struct slice a, struct slice b)
{
	struct digits x = digits_of(a), y = digits_of(b);
	bool down = x.n && x.parts.negative, other = y.n && y.parts.negative;

	if (down != other)
		return down ? -1 : 1;
	return down ? order_digits(&y, &x) : order_digits(&x, &y);
}

int reading_order_decimals(struct decimal a, struct decimal b)
{
	int64_t apart = a.e - b.e;
	char x[NUM_MAX], y[NUM_MAX];
	__int128 p = a.m, q = b.m;

	if (apart < -CLOSE || apart > CLOSE)
		return order_texts((struct slice){ x, num_print_decimal(x, a) },
			(struct slice){ y, num_print_decimal(y, b) });
	if (apart > 0)
		p *= (int64_t)num_ten[apart];
	else
		q *= (int64_t)num_ten[-apart];
	return (p > q) - (p < q);
}

int reading_order_numbers(struct slice a, struct slice b)
{
	struct decimal x, y;

	if (num_decimal(a, &x) && num_decimal(b, &y))
		return reading_order_decimals(x, y);
	return order_texts(a, b);
}

static bool is_number(struct slice json)
{
	return *json.at == '-' || json_is_digit(*json.at);
}

int reading_order(struct slice a, struct slice b)
{
	if (is_number(a) && is_number(b))
		return reading_order_numbers(a, b);
	return canon_compare(a, b);
}

static void add_zeros(struct buf *b, int64_t n)
{
	for (; n > 0; n--)
		buf_byte(b, '0');
}

/* The digits from one to another, of which those beyond the last are zeros. */
static void add_digits(struct buf *b, const struct digits *d, int64_t from, int64_t to)
{
	for (; from < to; from++)
		buf_byte(b, digit_at(d, (size_t)from));
}

/* n digits, which end in no 0, with the point behind some of them. */
static void add_with_point(struct buf *b, const struct digits *d, int64_t n, int64_t before)
{
	add_digits(b, d, 0, before);
	if (n > before)
		buf_byte(b, '.');
	add_digits(b, d, before, n);
}

static void print_long(struct buf *b, struct slice number)
{
	struct digits d = digits_of(number);
	int64_t n = (int64_t)d.n;

	if (d.parts.negative)
		buf_byte(b, '-');
	if (d.point > POINT_HIGH || d.point < POINT_LOW) {
		add_with_point(b, &d, n, 1);
		buf_printf(b, "e%lld", (long long)d.point - 1);
	} else if (d.point <= 0) {
		buf_add(b, SLICE("0."));
		add_zeros(b, -d.point);
		add_digits(b, &d, 0, n);
	} else {
		add_with_point(b, &d, n, d.point);
	}
}

void reading_print(struct buf *b, struct slice canon)
{
	struct decimal d;

	if (canon.len && is_number(canon) && !num_decimal(canon, &d))
		print_long(b, canon);
	else
		buf_add(b, canon);
}
