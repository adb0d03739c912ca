#include "window/wall.h"

#include <limits.h>

#include "base/clock.h"

enum { SECOND = 1000, MILLION = 1000000 };

/* Milliseconds until then; 1 at least. */
static int until(int64_t next, int64_t now)
{
	int64_t rest = (next - now) / MILLION;

	return rest >= INT_MAX ? INT_MAX : (int)rest + 1;
}

int wall_tick(struct wall *w, struct gather *g, int64_t waited, bool waiting)
{
	int wait = w->idle.nanos ? SECOND : -1;
	int64_t now;

	if (w->idle.nanos && waiting)
		gather_wait(g, w->idle, waited);
	else if (w->idle.nanos)
		gather_hear(g, waited);
	if (!w->early.nanos)
		return wait;
	now = clock_now();
	if (now >= w->next) {
		gather_each(g, "early", true, g->print);
		w->next = now + w->early.nanos;
	}
	return wait < 0 || until(w->next, now) < wait ? until(w->next, now) : wait;
}
