/* fill: results for the windows of a key in which nothing came, between two in which something did
 *
 * A window is filled only when the next one of the key is there, and only where no more than the gap
 * is missing. So results wait until that can no longer happen; then they go out in the order that
 * they always have. A key of which more is missing is forgotten.
 *
 * A state has what waits, and of each key whose last result is out, but may still be filled from,
 * that one: results as they are, with a member more in front.
 *
 *	{"partial":0,"dev":"a","window_start":0,"window_end":60,"count":2,"x_mean":1.5} */
#pragma once

#include "record/groups.h"
#include "window/grid.h"
#include "window/results.h"

enum fill_with { FILL_NULL, FILL_PREVIOUS, FILL_LINEAR, FILL_ZERO };

struct fill {
	enum fill_with with;
	struct span gap;
	struct grid grid; /* of the windows, which tumble or hop; a copy for fill alone */
	uint64_t most;    /* windows that wait at once */
	struct results *results;
	void (*print)(struct slice line);

	/* private */
	struct interval open; /* the first window that may still fire */
	struct groups last;   /* for each key its last result of records */
	size_t crowd;         /* so many of them before any is forgotten */
	struct fill_pane **waiting;
	size_t n, cap;
};

void fill_begin(struct fill *f);

/* A window has fired: takes its results, and fills what is missing before them. False: more windows would wait
 * than may, and some were not made up. */
bool fill_take(struct fill *f, const struct interval *span, const struct groups *groups);

/* The windows up to this moment have fired: lets go what nothing can come before any more. */
void fill_release(struct fill *f, struct instant ended);

/* The stream has come to its end: lets go all, and nothing is filled between that and what follows. */
void fill_finish(struct fill *f);

/* The lines of a state, for fill_restore(). */
void fill_save(const struct fill *f, void (*add)(struct slice line));

/* Such a line, without its LF, of a group of so many records. The time up to which windows have
 * fired is known already. What is wrong with it, or NULL. */
const char *fill_restore(struct fill *f, const struct interval *span, uint64_t count,
	struct slice key, struct slice saved);
