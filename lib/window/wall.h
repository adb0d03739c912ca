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

/* For tick() of a filter: does what is due, and says after how many milliseconds to come again. Silence is
 * measured in `waited`, nanoseconds in which there was no input: what the program itself took, or whoever
 * stopped it, is none. And while there is input nobody is silent who may be behind it. */
int wall_tick(struct wall *w, struct gather *g, int64_t waited, bool waiting);
