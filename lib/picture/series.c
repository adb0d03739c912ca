/* A picture has fewer columns than a long series has points. A line that goes through the first,
 * the last, the least and the largest point of each column covers the same dots as the whole one
 * (Jugel and others, "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014). */
#include "picture/series.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "picture/axis.h"

enum { SAMPLE = 10000, STEPS_MIN = 4 };

void series_add(struct series *s, const double *point)
{
	if (s->n && point[0] < series_x(s, s->n - 1))
		s->unsorted = true;
	if (s->n >= s->cap) {
		s->cap = s->cap ? 2 * s->cap : 16;
		s->at = mem_resize(s->at, s->cap * s->each * sizeof *s->at);
	}
	memcpy(s->at + s->n++ * s->each, point, s->each * sizeof *point);
}

void series_keep_last(struct series *s, size_t n)
{
	if (s->n <= n)
		return;
	memmove(s->at, s->at + (s->n - n) * s->each, n * s->each * sizeof *s->at);
	s->n = n;
}

/* What is not a number comes last. */
static int compare(double a, double b)
{
	if (isnan(a) || isnan(b))
		return isnan(a) - isnan(b);
	return (a > b) - (a < b);
}

static int compare_points(const void *left, const void *right)
{
	const double *a = left, *b = right;
	int order = compare(a[0], b[0]);

	return order ? order : compare(a[1], b[1]);
}

void series_sort(struct series *s)
{
	if (s->unsorted)
		qsort(s->at, s->n, s->each * sizeof *s->at, compare_points);
	s->unsorted = false;
}

void series_free(struct series *s)
{
	free(s->at);
	*s = (struct series){ .each = s->each };
}

/* --- gaps --- */

static int compare_numbers(const void *a, const void *b)
{
	return compare(*(const double *)a, *(const double *)b);
}

double series_gap(const struct series *s)
{
	size_t steps = s->n ? s->n - 1 : 0;
	size_t n = steps < SAMPLE ? steps : SAMPLE;
	double *step, usual;

	if (n < STEPS_MIN)
		return INFINITY;
	step = mem_array(n, sizeof *step);
	for (size_t i = 0; i < n; i++) {
		size_t k = n == steps ? i : (size_t)((double)i / (double)n * (double)steps);
		step[i] = series_x(s, k + 1) - series_x(s, k);
	}
	qsort(step, n, sizeof *step, compare_numbers);
	usual = step[9 * (n - 1) / 10];
	free(step);
	return usual > 0 ? 3 * usual : INFINITY;
}

static bool is_gap(const struct series *s, size_t i)
{
	return isnan(series_y(s, i));
}

/* The end of the points that hang together from i on. */
static size_t run_end(const struct series *s, size_t i, double gap)
{
	while (++i < s->n && !is_gap(s, i))
		if (series_x(s, i) - series_x(s, i - 1) > gap)
			break;
	return i;
}

/* --- columns --- */

static size_t column_of(const struct view *v, double x)
{
	double part = v->log ? log(x / v->low) / log(v->high / v->low) :
			       (x - v->low) / (v->high - v->low);

	if (!(part > 0))
		return 0;
	return part < 1 ? (size_t)(part * (double)v->columns) : v->columns - 1;
}

static size_t column_end(const struct series *s, const struct view *v, size_t i, size_t end)
{
	size_t column = column_of(v, series_x(s, i));

	do
		i++;
	while (i < end && column_of(v, series_x(s, i)) == column);
	return i;
}

static void copy(struct series *to, const struct series *from, size_t i)
{
	series_add(to, from->at + i * from->each);
}

/* The last gap separates nothing. */
static void end_gaps(struct series *to)
{
	to->n -= to->n && is_gap(to, to->n - 1);
}

static void add_gap(struct series *to)
{
	static const double gap[4] = { 0, NAN, NAN, NAN };

	if (to->n && !is_gap(to, to->n - 1))
		series_add(to, gap);
}

/* The points of one column: first, last and extremes in their order. */
static void thin_column(const struct series *s, size_t from, size_t end, struct series *line)
{
	size_t low = from, high = from, first, second;

	for (size_t i = from; i < end; i++) {
		low = series_y(s, i) < series_y(s, low) ? i : low;
		high = series_y(s, i) > series_y(s, high) ? i : high;
	}
	first = low < high ? low : high;
	second = low < high ? high : low;
	copy(line, s, from);
	if (first > from)
		copy(line, s, first);
	if (second > first && second > from)
		copy(line, s, second);
	if (end - 1 > second)
		copy(line, s, end - 1);
}

static void thin_run(
	const struct series *s, struct view view, size_t from, size_t end, struct series *line)
{
	bool dense = s->n > 4 * view.columns;

	for (size_t i = from, next; i < end; i = next) {
		next = dense ? column_end(s, &view, i, end) : i + 1;
		thin_column(s, i, next, line);
	}
	add_gap(line);
}

void series_thin(const struct series *s, double gap, struct view view, struct series *line,
	struct series *alone)
{
	for (size_t i = 0, end; i < s->n; i = end) {
		end = i + 1;
		if (is_gap(s, i))
			continue;
		end = run_end(s, i, gap);
		if (end == i + 1)
			copy(alone, s, i);
		else
			thin_run(s, view, i, end, line);
	}
	end_gaps(line);
}

/* One point for those of a column, which is the last of the band: the band is as wide as all of
 * them. */
static void cover(const struct series *s, size_t from, size_t end, struct series *band)
{
	double *to;

	copy(band, s, from);
	to = band->at + (band->n - 1) * band->each;
	for (size_t i = from + 1; i < end; i++) {
		to[2] = fmin(to[2], s->at[i * s->each + 2]);
		to[3] = fmax(to[3], s->at[i * s->each + 3]);
	}
}

void series_thin_band(const struct series *s, double gap, struct view view, struct series *band)
{
	bool dense = s->n > 4 * view.columns;

	for (size_t i = 0, end; i < s->n; i = end) {
		end = i + 1;
		if (is_gap(s, i))
			continue;
		end = run_end(s, i, gap);
		for (size_t k = i, next; k < end; k = next) {
			next = dense ? column_end(s, &view, k, end) : k + 1;
			cover(s, k, next, band);
		}
		add_gap(band);
	}
	end_gaps(band);
}

void series_spread(const struct series *s, struct view x, struct view y, struct series *points)
{
	uint8_t *taken = mem_array(x.columns * y.columns / 8 + 1, 1);

	for (size_t i = 0; i < s->n; i++) {
		size_t cell;
		if (is_gap(s, i))
			continue;
		cell = column_of(&x, series_x(s, i)) * y.columns + column_of(&y, series_y(s, i));
		if (taken[cell / 8] & 1 << cell % 8)
			continue;
		taken[cell / 8] |= (uint8_t)(1 << cell % 8);
		copy(points, s, i);
	}
	free(taken);
}

/* --- values --- */

/* Between the values around it, as most programs have it (type 7 of Hyndman and Fan). */
static double quantile(const struct series *s, size_t from, size_t n, double q)
{
	double place = q * (double)(n - 1);
	size_t i = (size_t)place;
	double below = series_y(s, from + i);

	if (i + 1 >= n)
		return below;
	return below + (place - (double)i) * (series_y(s, from + i + 1) - below);
}

struct quartiles series_quartiles(const struct series *s, size_t from, size_t n)
{
	struct quartiles q = {
		.first = quantile(s, from, n, 0.25),
		.median = quantile(s, from, n, 0.5),
		.third = quantile(s, from, n, 0.75),
	};
	double reach = 1.5 * (q.third - q.first);
	size_t low = from, high = from + n - 1;

	while (series_y(s, low) < q.first - reach)
		low++;
	while (series_y(s, high) > q.third + reach)
		high--;
	q.low = fmin(series_y(s, low), q.first);
	q.high = fmax(series_y(s, high), q.third);
	return q;
}

static bool are_whole(const struct series *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (series_y(s, i) != floor(series_y(s, i)))
			return false;
	return true;
}

static double usual_width(const struct series *s)
{
	double range = series_y(s, s->n - 1) - series_y(s, 0);
	double iqr = quantile(s, 0, s->n, 0.75) - quantile(s, 0, s->n, 0.25);
	double width =
		iqr > 0 ? 2 * iqr / cbrt((double)s->n) : range / (ceil(log2((double)s->n)) + 1);

	return fmax(width, range / BINS_MAX);
}

struct bins series_bins(const struct series *s, size_t wanted)
{
	double low = series_y(s, 0), high = series_y(s, s->n - 1);
	double size = fmax(fabs(low), fabs(high)), width;

	/* Values that a double hardly tells apart make one class. */
	if (high - low <= size * 1e-9) {
		width = size < 1e-300 ? 1 : axis_round(size * 0.1);
		return (struct bins){ low - width / 2, width, 1 };
	}
	if (wanted)
		return (struct bins){ low, (high - low) / (double)wanted, wanted };
	width = axis_round(fmin(usual_width(s) / 1.5, (high - low) / (2.5 * BINS_MIN)));
	if (width < 1 && are_whole(s))
		width = 1;
	while ((high - low) / width > BINS_MAX - 2)
		width = axis_round(width * 1.5);
	low = floor(low / width) * width;
	return (struct bins){ low, width, (size_t)floor((high - low) / width) + 1 };
}

size_t bins_find(const struct bins *b, double y)
{
	double place = (y - b->low) / b->width;

	if (!(place > 0))
		return 0;
	return place < (double)b->n ? (size_t)place : b->n - 1;
}
