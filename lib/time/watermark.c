/* The sources that are awake lie in a heap by the times that they have come to, so a record costs the
 * logarithm of their number. */
#include "time/watermark.h"

#include <stdlib.h>

#include "base/mem.h"

enum { IDLE = SIZE_MAX };

static void put_at(struct watermark *w, size_t place, uint32_t source)
{
	w->heap[place] = source;
	w->source[source].place = place;
}

static bool is_below(const struct watermark *w, uint32_t a, uint32_t b)
{
	return instant_compare(w->source[a].top, w->source[b].top) < 0;
}

/* The source finds its place between the one above it and the two below. */
static void settle(struct watermark *w, uint32_t source)
{
	size_t at = w->source[source].place;

	while (at && is_below(w, source, w->heap[(at - 1) / 2])) {
		put_at(w, at, w->heap[(at - 1) / 2]);
		at = (at - 1) / 2;
	}
	for (size_t child; (child = 2 * at + 1) < w->awake; at = child) {
		if (child + 1 < w->awake && is_below(w, w->heap[child + 1], w->heap[child]))
			child++;
		if (!is_below(w, w->heap[child], source))
			break;
		put_at(w, at, w->heap[child]);
	}
	put_at(w, at, source);
}

static bool follow(struct watermark *w)
{
	if (w->names.n < w->expected || !w->awake)
		return false;
	return watermark_rise(w, w->source[w->heap[0]].top);
}

static void hear(struct watermark *w, struct slice source, struct instant t, int64_t now)
{
	size_t before = w->names.n;
	uint32_t number = map_add(&w->names, source);
	struct watermark_source *s;

	if (w->names.n > before) {
		MEM_GROW(w->source, number, w->cap);
		w->source[number] = (struct watermark_source){ t, IDLE, now };
	}
	s = &w->source[number];
	s->heard = now;
	if (now < w->earliest)
		w->earliest = now;
	if (instant_compare(t, s->top) > 0)
		s->top = t;
	if (s->place == IDLE) {
		MEM_GROW(w->heap, w->awake, w->heap_cap);
		put_at(w, w->awake++, number);
	}
	settle(w, number);
}

bool watermark_rise_by(struct watermark *w, struct slice source, struct instant t, int64_t now)
{
	hear(w, source, t, now);
	return follow(w);
}

void watermark_restore(struct watermark *w, struct slice source, struct instant top)
{
	hear(w, source, top, 0);
}

bool watermark_next(
	const struct watermark *w, size_t *at, struct slice *source, struct instant *top)
{
	if (*at == w->names.n)
		return false;
	*source = w->names.entry[*at].text;
	*top = w->source[(*at)++].top;
	return true;
}

static void put_to_sleep(struct watermark *w, struct watermark_source *s)
{
	size_t place = s->place;
	uint32_t last = w->heap[--w->awake];

	s->place = IDLE;
	if (place == w->awake)
		return;
	put_at(w, place, last);
	settle(w, last);
}

bool watermark_idle(struct watermark *w, int64_t before)
{
	struct watermark_source *s = w->source;

	if (before <= w->earliest)
		return follow(w);
	w->earliest = INT64_MAX;
	for (size_t i = 0; i < w->names.n; i++, s++) {
		if (s->place != IDLE && s->heard < before)
			put_to_sleep(w, s);
		if (s->place != IDLE && s->heard < w->earliest)
			w->earliest = s->heard;
	}
	return follow(w);
}

void watermark_free(struct watermark *w)
{
	map_free(&w->names);
	free(w->source);
	free(w->heap);
	*w = (struct watermark){ 0 };
}
