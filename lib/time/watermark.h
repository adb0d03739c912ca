/* watermark: how far the time of a stream has come
 *
 * The clock is the largest time seen. With several sources it is the smallest of what each has come to,
 * and it stands until as many have been seen as are expected. It never goes back. A source that is set
 * idle does not hold the others up. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "time/instant.h"

struct watermark_source {
	struct instant top; /* the largest time of its records */
	size_t place;       /* in the heap; SIZE_MAX: idle */
	int64_t heard;      /* when, in nanoseconds of a clock of the caller's */
};

struct watermark {
	size_t expected; /* sources; 0: all records are of one */
	struct instant clock;
	bool running; /* is there a clock yet? */

	/* private */
	struct map names;
	struct watermark_source *source;
	uint32_t *heap; /* of sources that are not idle, the smallest top first */
	size_t cap, awake, heap_cap;
	int64_t earliest; /* none that is awake was heard last before this */
};

/* A record of the only source. True when the clock has moved. */
static inline bool watermark_rise(struct watermark *w, struct instant t)
{
	if (w->running && instant_compare(t, w->clock) <= 0)
		return false;
	w->clock = t;
	w->running = true;
	return true;
}

/* How many have been seen. */
static inline size_t watermark_sources(const struct watermark *w)
{
	return w->names.n;
}

/* A record of one of several sources. */
bool watermark_rise_by(struct watermark *w, struct slice source, struct instant t, int64_t now);

/* A source of an earlier run, and what it had come to. The clock stands until one of the sources is heard. */
void watermark_restore(struct watermark *w, struct slice source, struct instant top);

/* Walks the sources in the order in which they came; *at begins with 0. False: there are no more. */
bool watermark_next(
	const struct watermark *w, size_t *at, struct slice *source, struct instant *top);

/* Lets the sources be idle that were heard last before this; true when the clock has moved. */
bool watermark_idle(struct watermark *w, int64_t before);

void watermark_free(struct watermark *w);
