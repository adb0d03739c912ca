#include "window/wall.h"

#include <limits.h>
#include <time.h>

enum { SECOND = 1000, MILLION = 1000000 };

static int64_t monotonic(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

int wall_tick(struct wall *w, struct gather *g)
{
	int64_t rest;
	int wait = -1;

	g->wall = monotonic();
	if (w->idle.nanos) {
		gather_wait(g, w->idle);
		wait = SECOND;
	}
	if (!w->early.nanos)
		return wait;
	if (g->wall >= w->next) {
		gather_each(g, "early", true, g->print);
		w->next = g->wall + w->early.nanos;
	}
	rest = (w->next - g->wall) / MILLION;
	if (rest >= INT_MAX)
		rest = INT_MAX - 1;
	return wait < 0 || rest < wait ? (int)rest + 1 : wait;
}
