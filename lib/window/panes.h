/* panes: the windows that are open, each with its groups
 *
 * They are kept in the order of their ends, then of their starts, then of their sizes, which is also the
 * order in which they fire. */
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
};

struct panes {
	struct pane **at;
	size_t n, cap;
	size_t cells; /* size of a group's cells */
};

/* The one that is open for this span; NULL: there is none. */
struct pane *panes_find(const struct panes *p, const struct interval *span, size_t size);

/* A new one, of a span that has none. */
struct pane *panes_add(struct panes *p, const struct interval *span, size_t size);

/* Closes the first ones, of which there are at least n. What their cells own is let go before. */
void panes_drop(struct panes *p, size_t n);
