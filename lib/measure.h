/* measure: what an aggregate is
 *
 * An aggregate is a row of a table: what it takes, where it gathers, what it prints. Where it gathers is a
 * cell, which aggregates of the same arguments share. A cell that is all zero is empty. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "instant.h"
#include "num.h"
#include "reading.h"
#include "slice.h"

/* A record: what the fields of the arguments hold, and its time where it matters. */
struct measure_input {
	struct reading *x, *y;
	struct instant t;
};

/* A kind of cell. */
struct measure_store {
	size_t size; /* a multiple of 8 */
	bool timed;  /* it goes by the time */
	void (*add)(void *cell, const struct measure_input *in);
	void (*merge)(void *to, void *from);                 /* from may get settled */
	void (*adopt)(void *to, void *from, unsigned parts); /* merges those; NULL: all */
	bool (*full)(void *cell, size_t most); /* it holds more values; NULL: its size is bounded */
	bool (*exact)(void *cell);             /* NULL: always */
	void (*free)(void *cell);              /* NULL: it owns nothing */
};

struct measure {
	const char *name, *alias;
	/* A letter for each argument: n a field of numbers, b one of true and false, a one of anything,
	 * q a number from 0 to 1. */
	const char *takes;
	const struct measure_store *store;
	unsigned parts; /* those of its cell that it shows */
	/* Appends the result as JSON; nothing: there is none. */
	void (*print)(void *cell, struct buf *b);
	void (*print_at)(void *cell, struct decimal q, struct buf *b); /* in place of it, with q */
	/* Appends a partial result as it stands between its quotes; and adds such a text to an empty cell.
	 * False: it is something else. */
	void (*print_partial)(void *cell, struct buf *b);
	bool (*parse_partial)(void *cell, struct slice text);
	const struct measure *kept; /* the one that keeps all values, where this does not */
};
