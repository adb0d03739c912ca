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

/* The place of the first one that is not before this. */
static size_t place(const struct panes *p, const struct interval *span, size_t size)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (compare(p->at[middle], span, size) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct pane *panes_find(const struct panes *p, const struct interval *span, size_t size)
{
	size_t i = place(p, span, size);

	return i < p->n && !compare(p->at[i], span, size) ? p->at[i] : NULL;
}

struct pane *panes_add(struct panes *p, const struct interval *span, size_t size)
{
	size_t i = place(p, span, size);
	struct pane *pane = mem_array(1, sizeof *pane);

	MEM_GROW(p->at, p->n, p->cap);
	memmove(p->at + i + 1, p->at + i, (p->n - i) * sizeof *p->at);
	p->n++;
	pane->span = *span;
	pane->size = size;
	pane->groups.size = p->cells;
	return p->at[i] = pane;
}

void panes_drop(struct panes *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		groups_free(&p->at[i]->groups);
		free(p->at[i]);
	}
	p->n -= n;
	if (p->n)
		memmove(p->at, p->at + n, p->n * sizeof *p->at);
}
