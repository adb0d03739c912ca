/* windows: records into the windows that they belong to, and windows out as time goes on
 *
 * A window fires when the clock has come to its end and the delay, and takes records until the lateness
 * has passed as well. The windows of all sizes are kept in one order. What a record adds to a group, and
 * what becomes of a window that fires, is for the caller. */
#pragma once

#include "base/buf.h"
#include "window/grid.h"
#include "window/panes.h"

/* The windows of one size, with those at hand that the last record belonged to. */
struct view {
	struct grid grid;
	struct pane **pane;   /* for each window of the grid; NULL: not looked for yet */
	struct group **group; /* likewise, of the last key */
	size_t cap;
};

struct windows {
	struct view *view;
	size_t views, cap;
	struct panes panes;
	struct span delay, lateness;
	struct instant clock;
	bool running; /* is there a clock yet? */

	void *with; /* for the callbacks */
	/* A record belongs to this group. */
	void (*add)(void *with, struct pane *pane, struct group *group);
	/* It belongs to a window that takes no more; NULL: of some size it belongs to none. */
	void (*miss)(void *with, const struct interval *span);
	/* The window's main time has come; and it takes no more. */
	void (*fire)(void *with, struct pane *pane);
	void (*drop)(void *with, struct pane *pane);

	/* private */
	struct buf key;       /* the last one */
	struct pane *waiting; /* the first that has not fired */
};

/* Adds a size; the grid is copied. */
void windows_size(struct windows *w, const struct grid *grid);

/* Finds the windows that a time belongs to, for windows_put(). False: one would reach beyond the years. */
bool windows_find(struct windows *w, struct instant t);

/* Calls each() for the groups of this key that are there in those windows, until it says false. */
bool windows_each_group(
	struct windows *w, struct slice key, bool (*each)(void *with, struct group *group));

/* A record of the time that was found last, and of this key. */
void windows_put(struct windows *w, struct slice key, struct slice shown);

/* Is this span a window of that size? */
bool windows_has(struct windows *w, const struct interval *span, size_t size);

/* The window of this span, opened if it is not. */
struct pane *windows_open(struct windows *w, const struct interval *span, size_t size);

/* Time has come so far: fires and drops what is due. */
void windows_advance(struct windows *w, struct instant clock);

/* When the last of them will be gone. False: none is open. */
bool windows_horizon(const struct windows *w, struct instant *gone);

/* Fires what has not fired, and drops all. */
void windows_finish(struct windows *w);
