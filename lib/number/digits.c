/* Numbers are put in order by their sign, then by the place of the first digit that is not 0, then digit
 * by digit. Decimals are compared as integers, where their exponents are close: an integer is below
 * 10^19, so beyond that the exponents tell. */
#include "number/digits.h"

enum {
	CLOSE = 18,     /* 10^18 is the largest power of ten in int64_t */
	POINT_LOW = -5, /* where num_print_decimal() has the point, counted from the first digit, */
	POINT_HIGH = 21, /* without an exponent */
};

/* From here on places are not told apart: well below where num_parts() cuts exponents, so that equal numbers
 * stay equal. */
static const int64_t FAR = 1000000000000000000;

/* From the first digit that is not 0 to the last: n of them, none in zero. */
struct digits {
	struct num_parts parts;
	size_t first, n;
	int64_t point; /* how many are before it */
	int sign;
};

/* Those behind the last are zeros. */
static char digit_at(const struct digits *d, size_t i)
{
	const struct num_parts *p = &d->parts;

	i += d->first;
	if (i < p->whole.len)
		return p->whole.at[i];
	i -= p->whole.len;
	return i < p->fraction.len ? p->fraction.at[i] : '0';
}

static int64_t at_most_far(int64_t point)
{
	if (point > FAR)
		return FAR;
	return point < -FAR ? -FAR : point;
}

static struct digits digits_of(struct slice number)
{
	struct digits d = { .parts = num_parts(number) };
	size_t all = d.parts.whole.len + d.parts.fraction.len;

	while (d.first < all && digit_at(&d, 0) == '0')
		d.first++;
	d.n = all - d.first;
	while (d.n && digit_at(&d, d.n - 1) == '0')
		d.n--;
	d.point = at_most_far(d.parts.exponent + (int64_t)d.parts.whole.len - (int64_t)d.first);
	if (d.n)
		d.sign = d.parts.negative ? -1 : 1;
	return d;
}

/* Of two that are not zero, without their signs. */
static int order_sizes(const struct digits *a, const struct digits *b)
{
	size_t n = a->n > b->n ? a->n : b->n;

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

	if (x.sign != y.sign)
		return x.sign < y.sign ? -1 : 1;
	return x.sign ? x.sign * order_sizes(&x, &y) : 0;
}

static int sign_of(int64_t x)
{
	return (x > 0) - (x < 0);
}

int digits_order_decimals(struct decimal a, struct decimal b)
{
	int64_t apart = a.e - b.e;
	int sign = sign_of(a.m);
	__int128 p = a.m, q = b.m;

	if (sign != sign_of(b.m))
		return sign < sign_of(b.m) ? -1 : 1;
	if (apart < -CLOSE || apart > CLOSE)
		return apart < 0 ? -sign : sign;
	if (apart > 0)
		p *= (int64_t)num_ten[apart];
	else
		q *= (int64_t)num_ten[-apart];
	return (p > q) - (p < q);
}

int digits_order(struct slice a, struct slice b)
{
	struct decimal x, y;

	if (num_decimal(a, &x) && num_decimal(b, &y))
		return digits_order_decimals(x, y);
	return order_texts(a, b);
}

static void add_digits(struct buf *b, const struct digits *d, int64_t from, int64_t to)
{
	for (; from < to; from++)
		buf_byte(b, digit_at(d, (size_t)from));
}

/* The point is behind some of them. */
static void add_with_point(struct buf *b, const struct digits *d, int64_t before)
{
	int64_t n = (int64_t)d->n;

	add_digits(b, d, 0, before);
	if (n > before)
		buf_byte(b, '.');
	add_digits(b, d, before, n);
}

void digits_print(struct buf *b, struct slice number)
{
	struct digits d = digits_of(number);

	if (d.sign < 0)
		buf_byte(b, '-');
	if (!d.sign) {
		buf_byte(b, '0');
	} else if (d.point > POINT_HIGH || d.point < POINT_LOW) {
		add_with_point(b, &d, 1);
		buf_printf(b, "e%lld", (long long)d.point - 1);
	} else if (d.point > 0) {
		add_with_point(b, &d, d.point);
	} else {
		buf_add(b, (struct slice){ "0.00000", (size_t)(2 - d.point) });
		add_digits(b, &d, 0, (int64_t)d.n);
	}
}
