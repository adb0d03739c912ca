/* grid: the windows of one size that a moment belongs to
 *
 * Tumbling windows follow one another. Hopping ones begin with every piece of a calendar and last a
 * size. Cumulating ones begin with a piece of the size and end, one after the other, with the steps in
 * it. All include their start and exclude their end. */
#pragma once

#include "time/calendar.h"

enum grid_kind { GRID_TUMBLE, GRID_HOP, GRID_CUMULATE };

struct interval {
	struct instant start, end;
};

struct grid {
	enum grid_kind kind;
	struct span_size size;
	size_t pieces;         /* of a hopping window of calendar units: how many slides it lasts */
	struct calendar whole; /* of the size */
	struct calendar part;  /* of the slide or the step */
	struct interval valid; /* moments in here belong to the windows that were found last */
	struct interval *window;
	size_t n, cap;
};

/* part: the slide or the step. False: the two do not go together; fault->at is 0. */
bool grid_init(struct grid *g, enum grid_kind kind, struct span_size size, struct span_size part,
	struct span offset, struct zone *zone, struct fault *fault);

static inline bool grid_holds(const struct grid *g, struct instant t)
{
	return instant_compare(g->valid.start, t) <= 0 && instant_compare(t, g->valid.end) < 0;
}

/* Finds g->window, in the order of their ends. False, and there are none, if one of them reaches beyond the
 * years. */
bool grid_find(struct grid *g, struct instant t);

/* Of tumbling or hopping windows the last one that begins at t or before, and where the next one begins.
 * False if one of these is beyond the years. g->window stays as it is. */
bool grid_last(struct grid *g, struct instant t, struct interval *window, struct instant *next);

/* Is this one of the windows? */
bool grid_has(struct grid *g, const struct interval *span);

void grid_free(struct grid *g);
