/* The merging digest of Dunning and Ertl (Computing Extremely Accurate Quantiles Using t-Digests,
 * arXiv 1902.04023): points are collected, sorted and swept together with the centroids, and what
 * lies side by side is joined as long as it covers at most one unit of the scale k(q) = delta / 2
 * pi * asin(2q - 1), where delta is twice the compression.
 *
 * Three things are our own.
 *
 * A centroid knows its smallest and its largest value. So the rank of an answer has bounds that do
 * not depend on how well the centroids are in order.
 *
 * A new point goes to the centroid in whose range it lies, until that covers two units; only the
 * rest is swept. So centroids keep their places once they have found them, and hardly overlap.
 *
 * A centroid of one value alone has a credit: what it weighs, less half a percent of what has come
 * since it is there (at compression 100). With credit left it is not joined (the lossy counting of
 * Manku and Motwani, VLDB 2002), so frequent values are found and stay exact.
 *
 * No bound on the rank error holds for every input (Cormode et al., KDD 2021): means of values over
 * hundreds of decades say little. That is what the bounds of an answer are for. */
#include "sketch/tdigest.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "number/num.h"
#include "number/real.h"

enum {
	FIRST = 16,      /* places for points at first, */
	POINTS = 512,    /* at last */
	DIFFERENT = 256, /* so many different values stay exact when those are full, */
	KEPT = 128,      /* so many may wait beside centroids */
	CENTROIDS = 5,   /* the most for one of compression: see cluster() */
	FEW = 16,        /* what is not worth parting */
};

/* One of a single value has low == high. It needs no mean; its credit has the place. */
struct tdigest_centroid {
	double low, high, weight;
	union {
		double mean, credit;
	};
};

static bool is_single(const struct tdigest_centroid *c)
{
	return c->low == c->high;
}

static double centre(const struct tdigest_centroid *c)
{
	return is_single(c) ? c->low : c->mean;
}

/* Sorts a few: each is compared with all before it, which says where both go. No branch depends on
 * the values, so none is predicted wrongly. */
static void sort_few(struct tdigest_point *p, size_t n)
{
	struct tdigest_point copy[FEW];
	size_t place[FEW];

	for (size_t i = 0; i < n; i++) {
		double x = p[i].value;
		size_t before = 0;
		for (size_t j = 0; j < i; j++) {
			bool up = copy[j].value <= x;
			before += up;
			place[j] += !up;
		}
		place[i] = before;
		copy[i] = p[i];
	}
	for (size_t i = 0; i < n; i++)
		p[place[i]] = copy[i];
}

static double median_of_three(double a, double b, double c)
{
	double low = a < b ? a : b, high = a < b ? b : a;

	return c < low ? low : c > high ? high : c;
}

/* Brings those below the pivot to the front, or those at it as well; how many. Each is written to
 * both sides, again without a branch. Not inlined, for its room must not be there on every level of
 * sort(). */
__attribute__((noinline)) static size_t part(
	struct tdigest_point *p, size_t n, double pivot, bool equal)
{
	struct tdigest_point back[POINTS];
	size_t front = 0;

	for (size_t i = 0; i < n; i++) {
		struct tdigest_point x = p[i];
		back[i - front] = p[front] = x;
		front += equal ? x.value <= pivot : x.value < pivot;
	}
	memcpy(p + front, back, (n - front) * sizeof *p);
	return front;
}

/* Quicksort; n is bounded, and so is the worst that a chosen order can do. */
static void sort(struct tdigest_point *p, size_t n)
{
	while (n > FEW) {
		double pivot = median_of_three(p[0].value, p[n / 2].value, p[n - 1].value);
		size_t front = part(p, n, pivot, false);
		if (front)
			sort(p, front);
		else
			front = part(p, n, pivot, true);
		p += front;
		n -= front;
	}
	sort_few(p, n);
}

static void settle_points(struct tdigest *d)
{
	size_t n = 0;

	if (d->settled == d->points)
		return;
	sort(d->point, d->points);
	for (size_t i = 1; i < d->points; i++)
		if (d->point[i].value == d->point[n].value)
			d->point[n].weight += d->point[i].weight;
		else
			d->point[++n] = d->point[i];
	d->settled = d->points = n + 1;
}

/* From a to b, 0 being a and 1 b. No difference is taken, which could overflow. */
static inline double between(double a, double b, double part)
{
	double x = a * (1 - part) + b * part, low = a < b ? a : b, high = a < b ? b : a;

	x = low > x ? low : x;
	return high < x ? high : x;
}

static void take(struct tdigest_centroid *c, const struct tdigest_centroid *other)
{
	double weight = c->weight + other->weight;

	c->mean = between(centre(c), centre(other), other->weight / weight);
	c->low = other->low < c->low ? other->low : c->low;
	c->high = other->high > c->high ? other->high : c->high;
	c->weight = weight;
}

/* The doubles in their order as integers in theirs: by size, nearly their logarithms. */
static int64_t image(double x)
{
	int64_t bits;

	memcpy(&bits, &x, sizeof bits);
	return bits < 0 ? bits ^ INT64_MAX : bits;
}

static double of_image(int64_t bits)
{
	double x;

	bits = bits < 0 ? bits ^ INT64_MAX : bits;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* How far a centroid may reach: an angle, as its cosine and sine. */
struct reach {
	double cosine, sine, total;
};

/* The cosine comes from its series, alike on every machine. */
static struct reach reach_of(int compression, double units, double total)
{
	double angle = M_PI * units / compression, square = angle * angle;
	double cosine = 1 - square / 2 + square * square / 24;

	return (struct reach){ cosine, sqrt(1 - cosine * cosine), total };
}

/* The rank up to which one may reach that begins at a rank: x is the angle of q = (1 - cos x) / 2,
 * and is at most pi. */
static double reach_end(const struct reach *r, double before)
{
	double q = before / r->total, cosine = 1 - 2 * q;

	if (cosine <= -r->cosine)
		return r->total;
	return ((1 - cosine * r->cosine) / 2 + sqrt(q * (1 - q)) * r->sine) * r->total;
}

/* The credit that a value needs to stay by itself: 0, or more when too many have that. */
static double credit_needed(const struct tdigest_centroid *c, size_t n, int most)
{
	double need = 0, least;

	for (;;) {
		int found = 0;
		least = INFINITY;
		for (size_t i = 0; i < n; i++)
			if (is_single(&c[i]) && c[i].credit > need) {
				found++;
				least = c[i].credit < least ? c[i].credit : least;
			}
		if (found <= most)
			return need;
		need = least > 2 * need ? least : 2 * need;
	}
}

/* Joins neighbours in place; how many are left. A crumb beside something large is joined up to two
 * units, as hand_out() does. Two that stand side by side and could not be joined cover more than
 * one of the compression units of the scale, and at most compression values stay by themselves, so
 * that there are never more than 4 * compression + 1. */
static size_t cluster(struct tdigest_centroid *c, size_t n, int compression, double total)
{
	struct reach reach = reach_of(compression, 1, total), far = reach_of(compression, 2, total);
	double need = credit_needed(c, n, compression), before = 0, end = 0, far_end = 0;
	size_t left = 0;
	bool open = false;

	for (size_t i = 0; i < n; i++) {
		bool alone = is_single(&c[i]) && c[i].credit > need;
		double after = before + c[i].weight, last = left ? c[left - 1].weight : 0;
		bool crumb = 8 * c[i].weight < last || 8 * last < c[i].weight;
		if (open && !alone && after <= (crumb ? far_end : end)) {
			take(&c[left - 1], &c[i]);
		} else {
			end = alone ? 0 : reach_end(&reach, before);
			far_end = alone ? 0 : reach_end(&far, before);
			c[left++] = c[i];
		}
		open = !alone;
		before = after;
	}
	return left;
}

/* Puts c behind the n of all, unless it is the value that the last of them is. */
static size_t put_next(struct tdigest_centroid *all, size_t n, const struct tdigest_centroid *c)
{
	struct tdigest_centroid *last = n ? &all[n - 1] : NULL;

	if (last && is_single(c) && is_single(last) && c->low == last->low) {
		last->weight += c->weight;
		last->credit += c->credit;
		return n;
	}
	all[n] = *c;
	return n + 1;
}

static double charge_for(const struct tdigest *d, double weight)
{
	return weight / (2 * d->compression);
}

/* So much has gone into the centroids. */
static void enter(struct tdigest *d, double weight)
{
	double charge = charge_for(d, weight);

	d->weight += weight;
	for (size_t i = 0; i < d->centroids; i++)
		if (is_single(&d->centroid[i]))
			d->centroid[i].credit -= charge;
}

/* Takes in centroids that are in order and weigh so much, which every value is charged for. */
static void absorb(struct tdigest *d, const struct tdigest_centroid *c, size_t n, double weight)
{
	struct tdigest_centroid *all = mem_array(d->centroids + n, sizeof *all);
	size_t i = 0, j = 0, found = 0;

	while (i < d->centroids || j < n)
		if (j == n || (i < d->centroids && centre(&d->centroid[i]) <= centre(&c[j])))
			found = put_next(all, found, &d->centroid[i++]);
		else
			found = put_next(all, found, &c[j++]);
	free(d->centroid);
	d->centroid = all;
	d->centroids = found;
	enter(d, weight);
	d->centroids = cluster(all, found, d->compression, d->weight);
	d->centroid = mem_resize(all, d->centroids * sizeof *all);
}

static struct tdigest_centroid single(struct tdigest_point p)
{
	return (struct tdigest_centroid){
		.low = p.value, .high = p.value, .weight = p.weight, .credit = p.weight
	};
}

static bool may_take(const struct tdigest_centroid *c, double weight, double most)
{
	return c->weight + weight <= most && !(is_single(c) && c->credit > 0);
}

/* Does x lie in the first, or nearer to it than to the second? */
static bool is_nearer(const struct tdigest_centroid *a, const struct tdigest_centroid *b, double x)
{
	return x <= a->high || (x < b->low && x - a->high <= b->low - x);
}

static double weight_of(const struct tdigest_point *p, size_t n)
{
	double weight = 0;

	for (size_t i = 0; i < n; i++)
		weight += p[i].weight;
	return weight;
}

/* Gives settled points to the centroids they lie in, or to the nearer one of a gap; what nobody may
 * take, or could have credit, is kept. No point goes before another that is smaller (cut), which
 * keeps the centroids in order. */
static void hand_out(struct tdigest *d)
{
	double weight = weight_of(d->point, d->points), charge = charge_for(d, weight);
	struct reach reach = reach_of(d->compression, 2, d->weight + weight);
	struct tdigest_centroid *next = d->centroid, *last = NULL, *end = next + d->centroids, c;
	double before = 0, last_most = 0, next_most = reach_end(&reach, 0);
	bool cut = false;
	size_t kept = 0;

	for (size_t i = 0; i < d->points; i++) {
		c = single(d->point[i]);
		for (; next < end && centre(next) <= c.low; cut = false) {
			before += next->weight;
			last = next++;
			last_most = next_most;
			next_most = reach_end(&reach, before) - before;
		}
		if (last && is_single(last) && last->low == c.low) {
			last->weight += c.weight;
			last->credit += c.weight;
		} else if (c.weight > charge) {
			d->point[kept++] = d->point[i];
		} else if (last && !cut && (next == end || is_nearer(last, next, c.low)) &&
			may_take(last, c.weight, last_most)) {
			take(last, &c);
		} else if (next < end && may_take(next, c.weight, next_most)) {
			take(next, &c);
			cut = true;
		} else {
			d->point[kept++] = d->point[i];
		}
	}
	d->points = d->settled = kept;
	enter(d, weight - weight_of(d->point, kept));
}

/* From here on all points are centroids. */
static void absorb_points(struct tdigest *d)
{
	struct tdigest_centroid c[POINTS];

	for (size_t i = 0; i < d->points; i++)
		c[i] = single(d->point[i]);
	absorb(d, c, d->points, weight_of(d->point, d->points));
	d->points = d->settled = 0;
}

static void settle(struct tdigest *d)
{
	settle_points(d);
	if (!d->centroids || !d->points)
		return;
	hand_out(d);
	absorb_points(d);
}

void tdigest_make_room(struct tdigest *d)
{
	if (d->room < POINTS) {
		d->room = d->room ? 2 * d->room : FIRST;
		d->point = mem_resize(d->point, d->room * sizeof *d->point);
		return;
	}
	settle_points(d);
	if (d->centroids)
		hand_out(d);
	if (d->points > (d->centroids ? KEPT : DIFFERENT))
		absorb_points(d);
}

void tdigest_merge(struct tdigest *d, struct tdigest *other)
{
	struct tdigest_centroid *c;

	if (!other->centroids) {
		for (size_t i = 0; i < other->points; i++)
			tdigest_add(d, other->point[i].value, other->point[i].weight);
		return;
	}
	settle(other);
	settle(d);
	if (d->points)
		absorb_points(d);
	c = mem_array(other->centroids, sizeof *c);
	memcpy(c, other->centroid, other->centroids * sizeof *c);
	/* What was there when other's values came is no charge to them. */
	for (size_t i = 0; i < other->centroids; i++)
		if (is_single(&c[i]))
			c[i].credit += charge_for(d, other->weight);
	absorb(d, c, other->centroids, other->weight);
	free(c);
}

double tdigest_count(const struct tdigest *d)
{
	double count = d->weight;

	for (size_t i = 0; i < d->points; i++)
		count += d->point[i].weight;
	return count;
}

/* How many there are when d is settled, and the ith of them. */
static size_t entries(const struct tdigest *d)
{
	return d->centroids ? d->centroids : d->points;
}

static struct tdigest_centroid entry(const struct tdigest *d, size_t i)
{
	return d->centroids ? d->centroid[i] : single(d->point[i]);
}

/* A place on the curve of values by rank. */
struct knot {
	double rank, value;
};

static double line(struct knot a, struct knot b, double rank)
{
	return between(a.value, b.value, (rank - a.rank) / (b.rank - a.rank));
}

static double exact_quantile(const struct tdigest *d, double rank)
{
	struct knot last = { 0, d->point[0].value }, next;
	double before = 0;

	for (size_t i = 0; i < d->points; i++) {
		/* Equal values fill all of their places. */
		next = (struct knot){ before + 0.5, d->point[i].value };
		if (rank < next.rank)
			return line(last, next, rank);
		before += d->point[i].weight;
		last = (struct knot){ before - 0.5, next.value };
		if (rank <= last.rank)
			break;
	}
	return last.value;
}

/* The share of the values of c that are at most x. Half of them lie evenly on either side of the
 * mean; where that is close to the end which is nearer to zero, all lie evenly by their logarithms.
 * */
static double share_up_to(const struct tdigest_centroid *c, double x)
{
	double skew;

	if (x < c->low || x >= c->high)
		return x >= c->high;
	/* Halves, as the difference could overflow. */
	skew = (c->mean / 2 - c->low / 2) / (c->high / 2 - c->low / 2);
	if (c->low >= 0 ? skew < 0.2 : c->high <= 0 && skew > 0.8)
		return (double)((uint64_t)image(x) - (uint64_t)image(c->low)) /
			(double)((uint64_t)image(c->high) - (uint64_t)image(c->low));
	if (x < c->mean)
		return (x / 2 - c->low / 2) / (c->mean / 2 - c->low / 2) / 2;
	return 0.5 + (x / 2 - c->mean / 2) / (c->high / 2 - c->mean / 2) / 2;
}

/* Neighbours may overlap by a few values that came early, which is no measure of where most lie.
 * They get a border, so that both have the same density there. What stays by itself is no
 * neighbour, it may lie anywhere in another. */
static void part_neighbours(struct tdigest_centroid *c, size_t n)
{
	struct tdigest_centroid *last = NULL;

	for (size_t i = 0; i < n; i++) {
		if (is_single(&c[i]))
			continue;
		if (last && last->high > c[i].low)
			last->high = c[i].low = between(
				last->mean, c[i].mean, last->weight / (last->weight + c[i].weight));
		last = &c[i];
	}
}

static double rank_up_to(const struct tdigest_centroid *c, size_t n, double x, double enough)
{
	double rank = 0;

	for (size_t i = 0; i < n && rank < enough; i++)
		rank += c[i].weight * share_up_to(&c[i], x);
	return rank;
}

static double extreme(const struct tdigest *d, bool largest)
{
	double found = largest ? -INFINITY : INFINITY;

	for (size_t i = 0; i < entries(d); i++) {
		struct tdigest_centroid c = entry(d, i);
		found = largest ? fmax(found, c.high) : fmin(found, c.low);
	}
	return found;
}

/* The least value with such a rank, found by halving: at most 64 times. */
static double sketched_quantile(const struct tdigest *d, double rank)
{
	int64_t low = image(extreme(d, false)) - 1, high = image(extreme(d, true)), middle;
	size_t n = d->centroids;
	struct tdigest_centroid *c = mem_array(n, sizeof *c);

	memcpy(c, d->centroid, n * sizeof *c);
	part_neighbours(c, n);
	while (high - 1 > low) {
		middle = (low & high) + ((low ^ high) >> 1);
		if (rank_up_to(c, n, of_image(middle), rank) < rank)
			low = middle;
		else
			high = middle;
	}
	free(c);
	return of_image(high);
}

double tdigest_quantile(struct tdigest *d, double q)
{
	double rank, total;

	settle(d);
	assert(entries(d) && q >= 0 && q <= 1);
	total = tdigest_count(d);
	rank = q * total;
	if (rank <= 0.5 || rank >= total - 0.5)
		return extreme(d, q > 0.5);
	return d->centroids ? sketched_quantile(d, rank) : exact_quantile(d, rank);
}

void tdigest_rank(struct tdigest *d, double x, double *low, double *high)
{
	*low = *high = 0;
	settle(d);
	for (size_t i = 0; i < entries(d); i++) {
		struct tdigest_centroid c = entry(d, i);
		*low += c.high < x ? c.weight : 0;
		*high += c.low <= x ? c.weight : 0;
	}
}

static void print_number(struct buf *b, char before, double x)
{
	char *to = buf_room(b, 1 + NUM_MAX);

	*to = before;
	b->len += 1 + real_print(to + 1, x);
}

/* The compression; then of exact points the value and, if it is not 1, the weight; of centroids the
 * weight and the credit, or the weight, the smallest and the largest value. */
void tdigest_print(struct tdigest *d, struct buf *b)
{
	settle(d);
	buf_printf(b, "%d", d->compression);
	for (size_t i = 0; i < entries(d); i++) {
		struct tdigest_centroid c = entry(d, i);
		print_number(b, ' ', centre(&c));
		if (d->centroids || c.weight != 1)
			print_number(b, ':', c.weight);
		if (!is_single(&c))
			print_number(b, ':', c.low);
		if (d->centroids)
			print_number(b, ':', is_single(&c) ? c.credit : c.high);
	}
}

/* Takes the numbers between colons up to a blank; false: there are none or too many. */
static bool parse_numbers(struct slice *s, double number[4], size_t *n)
{
	*n = 0;
	for (;;) {
		struct slice text = *s;
		size_t len = 0;
		while (len < s->len && s->at[len] != ' ' && s->at[len] != ':')
			len++;
		text.len = len;
		if (*n == 4 || !num_valid(text))
			return false;
		number[*n] = real_of(text);
		if (!isfinite(number[(*n)++]))
			return false;
		*s = slice_skip(*s, len);
		if (!s->len || *s->at == ' ')
			return true;
		*s = slice_skip(*s, 1);
	}
}

/* Up to 10^15, so that sums stay exact. */
static bool is_count(double x)
{
	return x >= 1 && x <= 1e15 && x == floor(x);
}

/* n numbers as a centroid; false: they are none. */
static bool parse_entry(const double number[4], size_t n, struct tdigest_centroid *c)
{
	*c = single((struct tdigest_point){ number[0], n > 1 ? number[1] : 1 });
	if (n == 3)
		c->credit = number[2];
	if (n == 4) {
		c->mean = number[0];
		c->low = number[2];
		c->high = number[3];
		if (!(c->low < c->high && c->low <= c->mean && c->mean <= c->high))
			return false;
	}
	/* A credit is no more than the weight, and no less than what was charged. */
	return is_count(c->weight) && (n != 3 || (c->credit <= c->weight && c->credit >= -1e15));
}

/* Adds one that was parsed, if it may stand behind the others. */
static bool add_entry(
	struct tdigest *d, size_t numbers, const struct tdigest_centroid *c, size_t *cap)
{
	if (numbers < 3) {
		if (d->centroids || d->points == POINTS ||
			(d->points && c->low <= d->point[d->points - 1].value))
			return false;
		tdigest_add(d, c->low, c->weight);
		return true;
	}
	if (d->points || d->centroids > (size_t)CENTROIDS * (size_t)d->compression ||
		(d->centroids && centre(c) < centre(&d->centroid[d->centroids - 1])))
		return false;
	MEM_GROW(d->centroid, d->centroids, *cap);
	d->centroid[d->centroids++] = *c;
	d->weight += c->weight;
	return true;
}

static bool parse_entries(struct tdigest *d, struct slice *s)
{
	struct tdigest_centroid c;
	double number[4];
	size_t n, cap = 0;

	if (!parse_numbers(s, number, &n) || n != 1 || number[0] != floor(number[0]) ||
		number[0] < TDIGEST_COMPRESSION_MIN || number[0] > TDIGEST_COMPRESSION_MAX)
		return false;
	d->compression = (int)number[0];
	while (s->len) {
		*s = slice_skip(*s, 1);
		if (!parse_numbers(s, number, &n) || !parse_entry(number, n, &c) ||
			!add_entry(d, n, &c, &cap))
			return false;
	}
	return true;
}

bool tdigest_parse(struct tdigest *d, struct slice text, struct fault *fault)
{
	struct slice rest = text;

	*d = (struct tdigest){ .compression = TDIGEST_COMPRESSION };
	if (parse_entries(d, &rest) && tdigest_count(d) <= 1e15) {
		d->settled = d->points;
		return true;
	}
	*fault = (struct fault){ "not a digest", text.len - rest.len };
	tdigest_free(d);
	d->compression = TDIGEST_COMPRESSION;
	return false;
}

void tdigest_free(struct tdigest *d)
{
	free(d->point);
	free(d->centroid);
	*d = (struct tdigest){ .compression = d->compression };
}
