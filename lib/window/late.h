/* late: what becomes of records that came too late, or too early to be true
 *
 * With --late FILE they go there, with two members more: late_by, the seconds from the record to the clock
 * (below 0 where it is ahead; null before there is a clock), and late_for, the windows that it has missed,
 * START/END with a blank between two. With --late drop they are counted. Without the option, one of them is a failure in the end. */
#pragma once

#include "program/output.h"
#include "record/rec.h"
#include "record/stamp.h"
#include "window/grid.h"

struct late {
	uint64_t behind, ahead;

	/* private */
	struct side side;
	bool given; /* is it said what becomes of them? */
	bool written;
	bool has_missed;   /* has the record at hand been in vain for some size? */
	struct buf missed; /* and which windows of it */
	uint32_t late_by, late_for;
};

/* To be called in ready(), with what --late says; NULL: nothing. */
void late_ready(struct late *l, const char *what);

/* Another record: it has missed nothing yet. */
static inline void late_begin(struct late *l)
{
	l->has_missed = false;
	l->missed.len = 0;
}

/* The record belongs to a window that takes no more; its bounds are written in this style. NULL: there is
 * no window of some size that it belongs to. */
void late_miss(struct late *l, const struct interval *span, const struct stamp *style);

static inline bool late_has_missed(const struct late *l)
{
	return l->has_missed;
}

/* The record, of time t, goes aside if that is asked for. The caller counts it. NULL: there is no clock. */
void late_put(struct late *l, struct rec *r, struct instant t, const struct instant *clock);

/* At the end of the program: says how many there are in the file, and dies if there were some and nobody has said what becomes of them. */
void late_judge(const struct late *l);
