/* The sessions of a key are a list in a hash table; over all of them stands a heap by the time at which
 * something happens to them next. Keys without sessions are forgotten. */
#include "window/sessions.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "time/instant.h"

static struct instant later(struct instant end, struct span by)
{
	struct instant t;

	return instant_add(end, by, &t) ? t : instant_last;
}

static bool has_come(const struct sessions *s, struct instant t)
{
	return s->running && instant_compare(s->clock, t) >= 0;
}

/* A record at the very end of a session still touches it, so it is open then. */
static struct instant last_chance(const struct interval *span)
{
	return later(span->end, (struct span){ 1 });
}

/* --- the table --- */

static size_t place(const struct sessions *s, struct slice key, uint64_t hash)
{
	size_t i = hash & s->mask;

	while (s->table[i] &&
		(s->table[i]->group->hash != (uint32_t)hash ||
			!slice_equal(group_key(&s->layout, s->table[i]->group), key)))
		i = (i + 1) & s->mask;
	return i;
}

static void widen(struct sessions *s)
{
	struct session **old = s->table;
	size_t slots = old ? s->mask + 1 : 0;

	s->mask = slots ? 2 * slots - 1 : 15;
	s->table = mem_array(s->mask + 1, sizeof *s->table);
	for (size_t i = 0; i < slots; i++)
		if (old[i])
			s->table[place(s, group_key(&s->layout, old[i]->group),
				old[i]->group->hash)] = old[i];
	free(old);
}

/* Closes the gap that an emptied place would leave in the runs that go through it. */
static void empty_place(struct sessions *s, size_t hole)
{
	size_t i = hole;

	s->keys--;
	for (;;) {
		s->table[hole] = NULL;
		for (;;) {
			size_t home;
			i = (i + 1) & s->mask;
			if (!s->table[i])
				return;
			home = s->table[i]->group->hash & s->mask;
			if (((i - home) & s->mask) >= ((i - hole) & s->mask))
				break;
		}
		s->table[hole] = s->table[i];
		hole = i;
	}
}

/* --- the heap --- */

static struct instant next_time(const struct session *x)
{
	return x->fired ? x->gone : x->due;
}

static void put_at(struct sessions *s, size_t at, struct session *x)
{
	s->heap[at] = x;
	x->place = at;
}

static bool is_before(const struct session *a, const struct session *b)
{
	int order = instant_compare(next_time(a), next_time(b));

	/* One that is due comes before one that is gone by now. */
	return order ? order < 0 : !a->fired && b->fired;
}

static void settle(struct sessions *s, struct session *x)
{
	size_t at = x->place;

	for (; at && is_before(x, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
		put_at(s, at, s->heap[(at - 1) / 2]);
	for (size_t child; (child = 2 * at + 1) < s->n; at = child) {
		if (child + 1 < s->n && is_before(s->heap[child + 1], s->heap[child]))
			child++;
		if (!is_before(s->heap[child], x))
			break;
		put_at(s, at, s->heap[child]);
	}
	put_at(s, at, x);
}

static void leave_heap(struct sessions *s, struct session *x)
{
	struct session *last = s->heap[--s->n];

	if (last == x)
		return;
	put_at(s, x->place, last);
	settle(s, last);
}

/* --- sessions --- */

static void free_session(struct session *x)
{
	free(x->group);
	free(x);
}

/* After the span has changed. */
static void set_times(struct sessions *s, struct session *x)
{
	x->due = later(last_chance(&x->span), s->delay);
	x->gone = later(x->due, s->lateness);
	x->fired = has_come(s, x->due);
	settle(s, x);
}

/* Between the newer and the older ones of its key. */
static void link_session(struct session **newest, struct session *x)
{
	struct session *newer = NULL, *older = *newest;

	for (; older && instant_compare(older->span.start, x->span.start) > 0; older = older->older)
		newer = older;
	x->newer = newer;
	x->older = older;
	if (older)
		older->newer = x;
	*(newer ? &newer->older : newest) = x;
}

static struct session *make(
	struct sessions *s, const struct interval *span, struct slice key, struct slice shown)
{
	struct session *x = mem_array(1, sizeof *x), **newest;
	uint64_t hash = map_hash(key);

	if (!s->table || 4 * (s->keys + 1) > 3 * (s->mask + 1))
		widen(s);
	x->group = group_make(s->layout.size, key, shown, hash);
	x->span = *span;
	newest = &s->table[place(s, key, hash)];
	s->keys += !*newest;
	link_session(newest, x);
	MEM_GROW(s->heap, s->n, s->cap);
	put_at(s, s->n++, x);
	return x;
}

/* The table's place of a key whose newest session goes is the next older one's, or empty. */
static void unlink_session(struct sessions *s, struct session *x)
{
	if (x->older)
		x->older->newer = x->newer;
	if (x->newer) {
		x->newer->older = x->older;
	} else {
		size_t i = place(s, group_key(&s->layout, x->group), x->group->hash);
		s->table[i] = x->older;
		if (!x->older)
			empty_place(s, i);
	}
	leave_heap(s, x);
}

/* Takes in the older ones that touch x. */
static void join_older(struct sessions *s, struct session *x)
{
	struct session *other;

	while ((other = x->older) && instant_compare(other->span.end, x->span.start) >= 0) {
		if (instant_compare(other->span.start, x->span.start) < 0)
			x->span.start = other->span.start;
		s->join(s->with, x->group, other->group);
		unlink_session(s, other);
		free_session(other);
	}
}

static struct session *newest_touching(
	const struct sessions *s, const struct interval *span, struct slice key)
{
	struct session *x = s->table ? s->table[place(s, key, map_hash(key))] : NULL;

	while (x && instant_compare(x->span.start, span->end) > 0)
		x = x->older;
	return x && instant_compare(x->span.end, span->start) >= 0 ? x : NULL;
}

bool sessions_reach(const struct sessions *s, struct instant last)
{
	struct instant end;

	return instant_add(last, s->gap, &end);
}

static struct interval span_of(const struct sessions *s, struct instant first, struct instant last)
{
	struct interval span = { first, last };

	instant_add(last, s->gap, &span.end);
	return span;
}

bool sessions_each_group(const struct sessions *s, struct instant first, struct instant last,
	struct slice key, bool (*each)(void *with, struct group *group))
{
	struct interval span = span_of(s, first, last);
	const struct session *x = newest_touching(s, &span, key);
	bool good = true;

	for (; good && x && instant_compare(x->span.end, span.start) >= 0; x = x->older)
		good = each(s->with, x->group);
	return good;
}

void sessions_put(struct sessions *s, struct instant first, struct instant last, struct slice key,
	struct slice shown)
{
	struct interval span = span_of(s, first, last);
	struct session *x = newest_touching(s, &span, key);

	if (!x && has_come(s, later(later(last_chance(&span), s->delay), s->lateness))) {
		s->miss(s->with, &span);
		return;
	}
	if (!x) {
		x = make(s, &span, key, shown);
		x->last = last;
	}
	if (instant_compare(first, x->span.start) < 0)
		x->span.start = first;
	if (instant_compare(last, x->last) > 0) {
		x->last = last;
		x->span.end = span.end;
	}
	join_older(s, x);
	set_times(s, x);
	s->add(s->with, x);
}

bool sessions_horizon(const struct sessions *s, struct instant *gone)
{
	for (size_t i = 0; i < s->n; i++)
		if (!i || instant_compare(s->heap[i]->gone, *gone) > 0)
			*gone = s->heap[i]->gone;
	return s->n > 0;
}

static int compare(const void *a, const void *b, void *with)
{
	const struct session *x = *(struct session *const *)a, *y = *(struct session *const *)b;
	const struct sessions *s = with;
	int order = instant_compare(x->span.end, y->span.end);

	if (!order)
		order = instant_compare(x->span.start, y->span.start);
	return order ? order : groups_compare(&s->layout, x->group, y->group);
}

struct session **sessions_sorted(const struct sessions *s)
{
	struct session **all;

	if (!s->n)
		return NULL;
	all = mem_array(s->n, sizeof *all);
	memcpy(all, s->heap, s->n * sizeof *all);
	qsort_r(all, s->n, sizeof *all, compare, (void *)s);
	return all;
}

/* Those to which something happens now, in order; each is left settled. */
static size_t collect_due(struct sessions *s, struct session ***due)
{
	size_t n = 0, cap = 0;

	*due = NULL;
	while (s->n && has_come(s, next_time(s->heap[0])) && !s->heap[0]->fired) {
		struct session *x = s->heap[0];
		MEM_GROW(*due, n, cap);
		(*due)[n++] = x;
		x->fired = true;
		settle(s, x);
	}
	if (n)
		qsort_r(*due, n, sizeof **due, compare, s);
	return n;
}

static void drop_gone(struct sessions *s)
{
	while (s->n && s->heap[0]->fired && has_come(s, s->heap[0]->gone)) {
		struct session *x = s->heap[0];
		s->drop(s->with, x);
		unlink_session(s, x);
		free_session(x);
	}
}

void sessions_advance(struct sessions *s, struct instant clock)
{
	struct session **due;
	size_t n;

	s->clock = clock;
	s->running = true;
	if (!s->n || !has_come(s, next_time(s->heap[0])))
		return;
	/* One that has fired and is gone may lie before one that is due. */
	do {
		n = collect_due(s, &due);
		for (size_t i = 0; i < n; i++)
			s->fire(s->with, due[i]);
		free(due);
		drop_gone(s);
	} while (s->n && has_come(s, next_time(s->heap[0])));
}

void sessions_finish(struct sessions *s)
{
	sessions_advance(s, instant_last);
}
