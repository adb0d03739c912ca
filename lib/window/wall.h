/* wall: what an aggregation does by the clock on the wall
 *
 * Early results come every so often, and a stream that is silent for so long is waited for no more. */
#pragma once

#include "window/gather.h"

struct wall {
	struct span early, idle; /* 0: never */

	/* private */
	int64_t next; /* early results */
};

/* For tick() of a filter: does what is due, and says after how many milliseconds to come again. */
int wall_tick(struct wall *w, struct gather *g);
