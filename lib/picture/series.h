/* series: points that make one line, one cloud or one group of bars
 *
 * A point is `each` numbers side by side: x, y, and whatever belongs to them. A y that is not a
 * number is a gap. What is drawn of a series is another one, small enough for the picture and
 * without a visible difference to it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct series {
	double *at;
	size_t n, cap;
	size_t each;   /* numbers a point, from 2 */
	bool unsorted; /* some x is less than the one before */
};

/* As many numbers as the series has in each. */
void series_add(struct series *s, const double *point);

/* Forgets all but the last n points. */
void series_keep_last(struct series *s, size_t n);

/* By x, points of one x by y. */
void series_sort(struct series *s);

void series_free(struct series *s);

static inline double series_x(const struct series *s, size_t i)
{
	return s->at[i * s->each];
}

static inline double series_y(const struct series *s, size_t i)
{
	return s->at[i * s->each + 1];
}

/* The functions below want sorted series, and pictures of `columns` columns between two values of
 * x. */
struct view {
	double low, high;
	bool log;
	size_t columns;
};

/* What counts as a gap in x: three times the step that nine of ten do not exceed; infinite where
 * there are fewer than four steps. */
double series_gap(const struct series *s);

/* The line to draw: of the points in one column only the first, the last and the extremes. A gap
 * is a point whose y is not a number. Points that have no neighbour go to `alone`. */
void series_thin(const struct series *s, double gap, struct view view, struct series *line,
	struct series *alone);

/* The same for points with y between two others, the third and the fourth number: of a column one
 * point with the extremes of both. */
void series_thin_band(const struct series *s, double gap, struct view view, struct series *band);

/* One point of those that fall on one cell of the picture. */
void series_spread(const struct series *s, struct view x, struct view y, struct series *points);

/* What a box shows of n values in ascending order: n is above 0. Quartiles lie between values in
 * proportion; whiskers end at the last values within 1.5 times the distance of the quartiles. */
struct quartiles {
	double low, first, median, third, high;
};

struct quartiles series_quartiles(const struct series *s, size_t from, size_t n);

/* The classes of a histogram: n of them from `low` on. */
struct bins {
	double low, width;
	size_t n;
};

enum { BINS_MIN = 5, BINS_MAX = 100, BINS_LIMIT = 10000 };

/* For the y of a series that is sorted by y. So many as `wanted` says, between the extremes; or,
 * if that is 0, by the rule of Freedman and Diaconis, or that of Sturges where half of all values
 * are equal, with round bounds, and no finer than whole numbers where the values are. */
struct bins series_bins(const struct series *s, size_t wanted);
size_t bins_find(const struct bins *b, double y);
