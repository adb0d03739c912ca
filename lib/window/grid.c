#include "window/grid.h"

#include <stdlib.h>

#include "base/fault.h"
#include "base/mem.h"
#include "time/instant.h"

enum { GRID_WINDOWS = 100000 }; /* that one moment may belong to */

/* How many parts make the size, 0 if they do not: weeks are days where days are asked for. */
static int64_t count_parts(struct span_size size, struct span_size part)
{
	if (size.unit == SPAN_WEEKS && part.unit == SPAN_DAYS)
		size = (struct span_size){ SPAN_DAYS, 7 * size.n };
	if (size.unit != part.unit || size.n % part.n)
		return 0;
	return size.n / part.n;
}

/* Where the clocks do not change. */
static int64_t usual_length(struct span_size size, int days_of_a_month)
{
	static const int64_t day = CIVIL_DAY * INT64_C(1000000000);
	const int64_t unit[] = { [SPAN_NANOS] = 1,
		[SPAN_DAYS] = day,
		[SPAN_WEEKS] = 7 * day,
		[SPAN_MONTHS] = days_of_a_month * day };

	return size.n > INT64_MAX / unit[size.unit] ? INT64_MAX : size.n * unit[size.unit];
}

static bool check_hop(struct grid *g, struct span_size part, struct fault *fault)
{
	int64_t usual = usual_length(part, 28);

	if (g->size.unit == SPAN_NANOS) {
		if (g->size.n < usual)
			return fault_set(fault, "the size is smaller than the slide", 0);
		return g->size.n / usual < GRID_WINDOWS ||
			fault_set(fault, "a record would belong to more than 100000 windows", 0);
	}
	g->pieces = (size_t)count_parts(g->size, part);
	if (!g->pieces)
		return fault_set(fault,
			"the size is no multiple of the slide in the calendar (1d may be 23h, 24h is not)",
			0);
	return g->pieces < GRID_WINDOWS ||
		fault_set(fault, "a record would belong to more than 100000 windows", 0);
}

/* A calendar day is made of hours as a day of 24 is: the last step may be cut short. */
static bool check_steps(struct grid *g, struct span_size part, struct fault *fault)
{
	static const int64_t day = CIVIL_DAY * INT64_C(1000000000);
	bool in_days = g->size.unit != SPAN_NANOS && part.unit == SPAN_NANOS;
	int64_t steps = in_days ? usual_length(g->size, 31) / part.n : count_parts(g->size, part);

	if (in_days ? part.n > day || day % part.n : !steps)
		return fault_set(fault, "the size is no multiple of the step", 0);
	return steps < GRID_WINDOWS ||
		fault_set(fault, "a record would belong to more than 100000 windows", 0);
}

bool grid_init(struct grid *g, enum grid_kind kind, struct span_size size, struct span_size part,
	struct span offset, struct zone *zone, struct fault *fault)
{
	*g = (struct grid){ .kind = kind, .size = size };
	calendar_init(&g->whole, size, offset, zone);
	if (kind == GRID_TUMBLE)
		return true;
	calendar_init(&g->part, part, offset, zone);
	return kind == GRID_HOP ? check_hop(g, part, fault) : check_steps(g, part, fault);
}

static void add(struct grid *g, struct instant start, struct instant end)
{
	MEM_GROW(g->window, g->n, g->cap);
	g->window[g->n++] = (struct interval){ start, end };
}

static bool before(struct instant t, struct instant *earlier)
{
	return instant_add(t, (struct span){ -1 }, earlier);
}

/* The window that begins with the piece from start to end. */
static bool find_end(struct grid *g, struct interval piece, struct instant *end)
{
	struct instant start = piece.start;

	*end = piece.end;
	if (g->size.unit == SPAN_NANOS)
		return instant_add(start, (struct span){ g->size.n }, end);
	for (size_t i = 1; i < g->pieces; i++)
		if (!calendar_find(&g->part, *end, &start, end))
			return false;
	return true;
}

/* The windows that begin with the piece of t and with those before it, while they reach up to t. Where
 * one of them has ended before t, the answer is another one before that end. */
static bool find_hops(struct grid *g, struct instant t)
{
	struct interval piece;
	struct instant at = t, end;

	for (;;) {
		if (!calendar_find(&g->part, at, &piece.start, &piece.end) ||
			!find_end(g, piece, &end))
			return false;
		if (!g->n)
			g->valid = piece;
		if (instant_compare(end, t) <= 0)
			break;
		add(g, piece.start, end);
		if (instant_compare(end, g->valid.end) < 0)
			g->valid.end = end;
		if (!before(piece.start, &at))
			return false;
	}
	if (instant_compare(end, g->valid.start) > 0)
		g->valid.start = end;
	for (size_t i = 0; i < g->n / 2; i++) {
		struct interval w = g->window[i];
		g->window[i] = g->window[g->n - 1 - i];
		g->window[g->n - 1 - i] = w;
	}
	return true;
}

static bool find_steps(struct grid *g, struct instant t)
{
	struct interval whole, step;

	if (!calendar_find(&g->whole, t, &whole.start, &whole.end))
		return false;
	for (struct instant at = t; instant_compare(at, whole.end) < 0; at = step.end) {
		if (!calendar_find(&g->part, at, &step.start, &step.end))
			return false;
		if (instant_compare(step.end, whole.end) > 0)
			step.end = whole.end;
		if (!g->n)
			g->valid = step;
		if (instant_compare(g->valid.start, whole.start) < 0)
			g->valid.start = whole.start;
		add(g, whole.start, step.end);
	}
	return true;
}

bool grid_find(struct grid *g, struct instant t)
{
	struct instant start, end;
	bool good;

	g->n = 0;
	if (g->kind == GRID_HOP) {
		good = find_hops(g, t);
	} else if (g->kind == GRID_CUMULATE) {
		good = find_steps(g, t);
	} else {
		good = calendar_find(&g->whole, t, &start, &end);
		g->valid = (struct interval){ start, end };
		if (good)
			add(g, start, end);
	}
	if (good)
		return true;
	g->valid = (struct interval){ 0 };
	g->n = 0;
	return false;
}

bool grid_last(struct grid *g, struct instant t, struct interval *window, struct instant *next)
{
	bool hops = g->kind == GRID_HOP;

	if (!calendar_find(hops ? &g->part : &g->whole, t, &window->start, &window->end))
		return false;
	*next = window->end;
	return !hops || find_end(g, *window, &window->end);
}

/* Does a step end there, or the window that they are steps of? */
static bool is_step(struct grid *g, const struct interval *span)
{
	struct interval whole, step;
	struct instant last;

	if (!calendar_find(&g->whole, span->start, &whole.start, &whole.end) ||
		instant_compare(whole.start, span->start) ||
		instant_compare(span->end, span->start) <= 0 || !before(span->end, &last))
		return false;
	if (instant_compare(span->end, whole.end) >= 0)
		return !instant_compare(span->end, whole.end);
	return calendar_find(&g->part, last, &step.start, &step.end) &&
		!instant_compare(step.end, span->end);
}

bool grid_has(struct grid *g, const struct interval *span)
{
	struct interval last;
	struct instant next;

	if (g->kind == GRID_CUMULATE)
		return is_step(g, span);
	return grid_last(g, span->start, &last, &next) &&
		!instant_compare(last.start, span->start) && !instant_compare(last.end, span->end);
}

void grid_free(struct grid *g)
{
	free(g->window);
	*g = (struct grid){ 0 };
}
