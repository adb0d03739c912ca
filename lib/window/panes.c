/* A skip list (W. Pugh, Skip Lists: A Probabilistic Alternative to Balanced Trees, 1990): all are in the chain of
 * level 0, and of each level one in four is in the next as well, so the search walks a few of each. */
#include "window/panes.h"

#include <stdlib.h>

#include "base/mem.h"

static int compare(const struct pane *p, const struct interval *span, size_t size)
{
	int order = instant_compare(p->span.end, span->end);

	if (!order)
		order = instant_compare(p->span.start, span->start);
	return order ? order : (p->size > size) - (p->size < size);
}

/* In each level where the first one that is not before this hangs. */
static void find_place(struct panes *p, const struct interval *span, size_t size,
	struct pane **place[PANES_LEVELS])
{
	struct pane **from = p->first;

	for (int level = PANES_LEVELS; level--;) {
		while (from[level] && compare(from[level], span, size) < 0)
			from = from[level]->after;
		place[level] = &from[level];
	}
}

struct pane *panes_last(const struct panes *p)
{
	struct pane *const *from = p->first;
	struct pane *last = NULL;

	for (int level = PANES_LEVELS; level--;)
		while (from[level]) {
			last = from[level];
			from = last->after;
		}
	return last;
}

/* Of windows that overlap one is asked for after the other. */
struct pane *panes_find(struct panes *p, const struct interval *span, size_t size)
{
	struct pane *next = p->found ? panes_after(p->found) : NULL;
	struct pane **place[PANES_LEVELS];

	if (!next || compare(next, span, size)) {
		find_place(p, span, size, place);
		next = *place[0];
		if (!next || compare(next, span, size))
			return NULL;
	}
	return p->found = next;
}

static int throw_dice(struct panes *p)
{
	int level = 1;

	p->dice = p->dice * 1664525 + 1013904223;
	for (uint32_t bits = p->dice >> 8; level < PANES_LEVELS && !(bits & 3); bits >>= 2)
		level++;
	return level;
}

struct pane *panes_add(struct panes *p, const struct interval *span, size_t size)
{
	int levels = throw_dice(p);
	struct pane *pane = mem_array(1, sizeof *pane + (size_t)levels * sizeof *pane->after);
	struct pane **place[PANES_LEVELS];

	find_place(p, span, size, place);
	pane->span = *span;
	pane->size = size;
	pane->groups.size = p->cells;
	for (int i = 0; i < levels; i++) {
		pane->after[i] = *place[i];
		*place[i] = pane;
	}
	p->n++;
	return p->found = pane;
}

void panes_drop(struct panes *p)
{
	struct pane *pane = p->first[0];

	for (int i = 0; i < PANES_LEVELS && p->first[i] == pane; i++)
		p->first[i] = pane->after[i];
	if (p->found == pane)
		p->found = NULL;
	p->n--;
	groups_free(&pane->groups);
	free(pane);
}
