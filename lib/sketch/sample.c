/* With q = m / 10^k the place of the quantile among N values, the first being 0, is
 * (2 m N - 10^k) / (2 * 10^k): the quotient is the value before it, and the rest tells how far it is from
 * there to the next. */
#include "sketch/sample.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "number/real.h"
#include "number/total.h"

/* What a value may weigh. */
static const double MOST = 1e18;

static int compare(const void *a, const void *b)
{
	double x = ((const struct tdigest_point *)a)->value;
	double y = ((const struct tdigest_point *)b)->value;

	return (x > y) - (x < y);
}

static void settle(struct sample *s)
{
	size_t n = 0;

	if (s->settled == s->n)
		return;
	qsort(s->point, s->n, sizeof *s->point, compare);
	for (size_t i = 1; i < s->n; i++) {
		if (s->point[i].value == s->point[n].value)
			s->point[n].weight = fmin(s->point[n].weight + s->point[i].weight, MOST);
		else
			s->point[++n] = s->point[i];
	}
	s->n = s->settled = n + 1;
}

void sample_add(struct sample *s, double value, double weight)
{
	if (s->n == s->cap) {
		settle(s);
		/* Else few would be left to be joined before the next time. */
		if (s->n >= s->cap / 2)
			MEM_GROW(s->point, s->cap, s->cap);
	}
	/* There is no negative zero. */
	s->point[s->n++] = (struct tdigest_point){ value + 0.0, weight };
}

void sample_merge(struct sample *s, const struct sample *from)
{
	for (size_t i = 0; i < from->n; i++)
		sample_add(s, from->point[i].value, from->point[i].weight);
}

size_t sample_size(struct sample *s)
{
	settle(s);
	return s->n;
}

static struct decimal decimal_of(double x)
{
	char text[NUM_MAX];
	struct decimal d;

	num_decimal((struct slice){ text, real_print(text, x) }, &d);
	return d;
}

/* a + (b - a) * part / whole */
static size_t print_between(char *out, double a, double b, int64_t part, int64_t whole)
{
	struct total t = { 0 };
	size_t len;

	total_add_times(&t, decimal_of(a), whole - part);
	total_add_times(&t, decimal_of(b), part);
	len = total_print_mean(out, &t, whole);
	total_free(&t);
	return len;
}

static size_t print_quantile(
	char out[NUM_MAX], const struct tdigest_point *point, size_t n, struct decimal q)
{
	int64_t ten = (int64_t)num_ten[-q.e], part;
	__int128 before = 0, all = 0, above, place;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		all += (int64_t)point[k].weight;
	above = (__int128)2 * q.m * all - ten;
	place = above < 0 ? 0 : above / (2 * ten);
	part = above < 0 ? 0 : (int64_t)(above % (2 * ten));
	while (i + 1 < n && before + (int64_t)point[i].weight <= place)
		before += (int64_t)point[i++].weight;
	if (place + 1 < before + (int64_t)point[i].weight || i + 1 == n)
		part = 0;
	return print_between(
		out, point[i].value, point[part ? i + 1 : i].value, 5 * part, 10 * ten);
}

size_t sample_print_quantile(char out[NUM_MAX], struct sample *s, struct decimal q)
{
	settle(s);
	return print_quantile(out, s->point, s->n, q);
}

void sample_print(struct sample *s, struct buf *b)
{
	settle(s);
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			buf_byte(b, ' ');
		b->len += real_print(buf_room(b, NUM_MAX), s->point[i].value);
		buf_byte(b, ' ');
		b->len += real_print(buf_room(b, NUM_MAX), s->point[i].weight);
	}
}

void sample_free(struct sample *s)
{
	free(s->point);
	*s = (struct sample){ 0 };
}

size_t sample_print_quantile_in(char out[NUM_MAX], struct tdigest *d, struct decimal q)
{
	double x = tdigest_quantile(d, real_nearest(q));

	/* Its points are settled now. */
	return d->centroids ? real_print(out, x) : print_quantile(out, d->point, d->points, q);
}
