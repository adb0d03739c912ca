/* fill: results for the windows of a key in which nothing came, between two in which something did
 *
 * A window is filled only when the next one of the key is there, and only where the key was silent for
 * no longer than the gap allows. So results wait until that can no longer happen; then they go out in
 * the order that they always have. */
#pragma once

#include "calendar.h"
#include "groups.h"
#include "results.h"

enum fill_with { FILL_NULL, FILL_PREVIOUS, FILL_LINEAR, FILL_ZERO };

struct fill {
	enum fill_with with;
	struct span gap;
	struct calendar *calendar; /* of the windows */
	struct results *results;
	void (*print)(struct slice line);

	/* private */
	struct groups last; /* for each key its last window with records */
	struct fill_pane **waiting;
	size_t n, cap;
};

void fill_begin(struct fill *f);

/* A window has fired: takes its results, and fills what is missing before them. */
void fill_take(struct fill *f, const struct interval *span, const struct groups *groups);

/* Lets go what ended so long before the clock of its windows' ends; all of it with NULL. */
void fill_release(struct fill *f, const struct instant *clock);
