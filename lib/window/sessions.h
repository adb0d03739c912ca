/* sessions: windows that last as long as records of a key come close enough to one another
 *
 * Each record is a session of its own, from its time until the gap has passed; sessions of a key that
 * touch become one. So a late record may join two. They fire, and end, in the order of their ends, their
 * starts and their keys. */
#pragma once

#include "record/groups.h"
#include "window/grid.h"

struct session {
	struct interval span;
	struct instant last; /* the latest record; the first one is at the start */
	struct instant due, gone;
	bool fired;
	struct group *group;
	/* private */
	struct session *older, *newer; /* of the same key */
	size_t place;                  /* in the heap */
};

struct sessions {
	struct span gap, delay, lateness;
	struct groups layout; /* of the groups: the size of the cells */
	struct instant clock;
	bool running;
	size_t n; /* open ones */

	void *with; /* for the callbacks */
	/* A record belongs to this one; to one that takes no more; two become one. */
	void (*add)(void *with, struct session *s);
	void (*miss)(void *with, const struct interval *span);
	void (*join)(void *with, struct group *to, struct group *from);
	/* Its main time has come; and it takes no more. */
	void (*fire)(void *with, struct session *s);
	void (*drop)(void *with, struct session *s);

	/* private */
	struct session **table; /* the newest one of each key, near which most records come */
	size_t mask, keys;
	struct session **heap; /* the one first that is due, or gone if it has fired */
	size_t cap;
};

/* A record of this time and key, or several that make one session from the first to the last, the end of
 * which must be within reach: not beyond the years. */
bool sessions_reach(const struct sessions *s, struct instant last);

/* Calls each() for the groups of the sessions that such would make one, until it says false. */
bool sessions_each_group(const struct sessions *s, struct instant first, struct instant last,
	struct slice key, bool (*each)(void *with, struct group *group));

void sessions_put(struct sessions *s, struct instant first, struct instant last, struct slice key,
	struct slice shown);

void sessions_advance(struct sessions *s, struct instant clock);
void sessions_finish(struct sessions *s);

/* When the last of them will be gone. False: there are none. */
bool sessions_horizon(const struct sessions *s, struct instant *gone);

/* All of them in order; the array is the caller's to free, NULL when there are none. */
struct session **sessions_sorted(const struct sessions *s);
