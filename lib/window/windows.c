/* Nearly every record belongs to the windows that the one before it belonged to, so these are kept at
 * hand for each size, together with the group of the last key. */
#include "window/windows.h"

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "record/groups.h"
#include "time/instant.h"

void windows_size(struct windows *w, const struct grid *grid)
{
	MEM_GROW(w->view, w->views, w->cap);
	w->view[w->views++] = (struct view){ .grid = *grid };
}

/* The clock at which something happens to a window; the end of all time where that is beyond. */
static struct instant later(struct instant end, struct span by)
{
	struct instant t;

	return instant_add(end, by, &t) ? t : instant_last;
}

static bool has_come(const struct windows *w, struct instant t)
{
	return w->running && instant_compare(w->clock, t) >= 0;
}

struct pane *windows_open(struct windows *w, const struct interval *span, size_t size)
{
	struct pane *pane = panes_find(&w->panes, span, size);

	if (pane)
		return pane;
	pane = panes_add(&w->panes, span, size);
	pane->due = later(span->end, w->delay);
	pane->gone = later(pane->due, w->lateness);
	pane->fired = has_come(w, pane->due);
	if (!pane->fired && panes_after(pane) == w->waiting)
		w->waiting = pane;
	return pane;
}

static bool look_up(struct view *v, struct instant t)
{
	if (!grid_find(&v->grid, t))
		return false;
	if (v->grid.n > v->cap) {
		v->cap = v->grid.n;
		v->pane = mem_resize(v->pane, v->cap * sizeof *v->pane);
		v->group = mem_resize(v->group, v->cap * sizeof *v->group);
	}
	for (size_t i = 0; i < v->grid.n; i++) {
		v->pane[i] = NULL;
		v->group[i] = NULL;
	}
	return true;
}

bool windows_has(struct windows *w, const struct interval *span, size_t size)
{
	return grid_has(&w->view[size].grid, span);
}

/* NULL: the window takes no more. */
static struct pane *pane_of(struct windows *w, size_t size, size_t i)
{
	struct view *v = &w->view[size];
	const struct interval *span = &v->grid.window[i];

	if (v->pane[i])
		return v->pane[i];
	if (has_come(w, later(later(span->end, w->delay), w->lateness)))
		return NULL;
	return v->pane[i] = windows_open(w, span, size);
}

/* Forgets the groups at hand when the key is another. */
static void remember_key(struct windows *w, struct slice key)
{
	if (slice_equal(buf_slice(&w->key), key))
		return;
	w->key.len = 0;
	buf_add(&w->key, key);
	for (size_t s = 0; s < w->views; s++)
		for (size_t i = 0; i < w->view[s].grid.n; i++)
			w->view[s].group[i] = NULL;
}

bool windows_find(struct windows *w, struct instant t)
{
	for (size_t s = 0; s < w->views; s++)
		if (!grid_holds(&w->view[s].grid, t) && !look_up(&w->view[s], t))
			return false;
	return true;
}

bool windows_each_group(
	struct windows *w, struct slice key, bool (*each)(void *with, struct group *group))
{
	uint64_t hash = map_hash(key);
	bool good = true;

	for (size_t s = 0; s < w->views; s++) {
		const struct grid *g = &w->view[s].grid;
		for (size_t i = 0; i < g->n && good; i++) {
			const struct pane *pane = panes_find(&w->panes, &g->window[i], s);
			struct group *group = pane ? groups_find(&pane->groups, key, hash) : NULL;
			good = !group || each(w->with, group);
		}
	}
	return good;
}

void windows_put(struct windows *w, struct slice key, struct slice shown)
{
	uint64_t hash = 0;

	remember_key(w, key);
	for (size_t s = 0; s < w->views; s++) {
		struct view *v = &w->view[s];
		if (!v->grid.n)
			w->miss(w->with, NULL);
		for (size_t i = 0; i < v->grid.n; i++) {
			struct pane *pane = pane_of(w, s, i);
			if (!pane) {
				w->miss(w->with, &v->grid.window[i]);
				continue;
			}
			if (!v->group[i]) {
				hash = hash ? hash : map_hash(key);
				v->group[i] = groups_get(&pane->groups, key, shown, hash);
			}
			w->add(w->with, pane, v->group[i]);
		}
	}
}

/* None of the panes at hand is one that goes now. */
static void let_go(struct windows *w)
{
	for (size_t s = 0; s < w->views; s++) {
		struct view *v = &w->view[s];
		for (size_t i = 0; i < v->grid.n; i++) {
			if (v->pane[i] && has_come(w, v->pane[i]->gone))
				v->pane[i] = NULL;
			if (!v->pane[i])
				v->group[i] = NULL;
		}
	}
}

static void fire_one(struct windows *w)
{
	struct pane *pane = w->waiting;

	w->waiting = panes_after(pane);
	w->fire(w->with, pane);
	pane->fired = true;
}

static bool is_gone(const struct windows *w, const struct pane *pane)
{
	return pane && pane->fired && has_come(w, pane->gone);
}

static void drop_gone(struct windows *w)
{
	while (is_gone(w, panes_first(&w->panes))) {
		w->drop(w->with, panes_first(&w->panes));
		panes_drop(&w->panes);
	}
}

void windows_advance(struct windows *w, struct instant clock)
{
	w->clock = clock;
	w->running = true;
	while (w->waiting && has_come(w, w->waiting->due))
		fire_one(w);
	if (!is_gone(w, panes_first(&w->panes)))
		return;
	let_go(w);
	drop_gone(w);
}

bool windows_horizon(const struct windows *w, struct instant *gone)
{
	const struct pane *last = panes_last(&w->panes);

	if (last)
		*gone = last->gone;
	return last;
}

void windows_finish(struct windows *w)
{
	while (w->waiting)
		fire_one(w);
	w->clock = instant_last;
	w->running = true;
	for (size_t s = 0; s < w->views; s++)
		for (size_t i = 0; i < w->view[s].grid.n; i++) {
			w->view[s].pane[i] = NULL;
			w->view[s].group[i] = NULL;
		}
	drop_gone(w);
}
