/* panes: the windows that are open, each with its groups
 *
 * They are kept in the order of their ends, then of their starts, then of their sizes, which is also the
 * order in which they fire. A new one costs the logarithm of their number, wherever it belongs. */
#pragma once

#include "record/groups.h"
#include "window/grid.h"

struct pane {
	struct interval span;
	size_t size;         /* which of several sizes */
	struct instant due;  /* the clock at which it fires, */
	struct instant gone; /* and at which it takes nothing more */
	bool fired;
	struct groups groups;

	/* private */
	struct pane *after[];
};

enum { PANES_LEVELS = 12 };

struct panes {
	size_t n;
	size_t cells; /* size of a group's cells */

	/* private */
	struct pane *first[PANES_LEVELS];
	struct pane *found; /* the last one that was asked for */
	uint32_t dice;
};

/* In order; NULL: there is none. */
static inline struct pane *panes_first(const struct panes *p)
{
	return p->first[0];
}

static inline struct pane *panes_after(const struct pane *pane)
{
	return pane->after[0];
}

struct pane *panes_last(const struct panes *p);

/* The one that is open for this span; NULL: there is none. */
struct pane *panes_find(struct panes *p, const struct interval *span, size_t size);

/* A new one, of a span that has none. */
struct pane *panes_add(struct panes *p, const struct interval *span, size_t size);

/* Closes the first one. What its cells own is let go before. */
void panes_drop(struct panes *p);
