/* measure: what an aggregate is
 *
 * An aggregate is a row of a table: what it takes, where it gathers, what it prints. Where it gathers is a
 * cell, which aggregates of the same arguments share; each shows some parts of it. A cell that is all zero
 * is empty. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "aggregate/partial.h"
#include "aggregate/reading.h"
#include "base/buf.h"
#include "number/num.h"
#include "time/instant.h"

/* A record: what the fields of the arguments hold, which is what they must and not none, and its time where
 * it matters. */
struct measure_input {
	struct reading *x, *y;
	struct instant t;
};

/* Some parts of a cell, a bit each; cells of a single part need not look at them. */
struct measure_cell {
	void *at;
	unsigned parts;
	struct decimal q; /* the argument of that letter */
};

struct measure;

/* A kind of cell. */
struct measure_store {
	size_t size; /* a multiple of 8 */
	bool timed;  /* it goes by the time */
	bool apart;  /* what must be numbers has a cell of its own */
	void (*add)(const struct measure_cell *cell, const struct measure_input *in);
	void (*merge)(const struct measure_cell *to, void *from); /* from may get settled */
	/* Appends a partial result as it stands between its quotes; nothing: there is none. And puts one into
	 * a cell where these parts are empty. False: it is something else, and the cell is of no use. */
	void (*print)(const struct measure_cell *cell, struct buf *b);
	bool (*parse)(const struct measure_cell *cell, struct partial *w);
	bool (*full)(void *cell, size_t most); /* it holds more values; NULL: its size is bounded */
	bool (*exact)(void *cell);             /* NULL: always */
	void (*free)(void *cell);              /* NULL: it owns nothing */
	const struct measure *kept; /* shows the same of all values; NULL: there is none */
};

struct measure {
	const char *name, *alias;
	/* A letter for each argument: n a field of numbers, s one of numbers of MOMENTS_DIGITS at most, o one of
	 * numbers or of texts, b one of true and false, a one of anything, q a number from 0 to 1. */
	const char *takes;
	const struct measure_store *store;
	unsigned parts; /* those of its cell that it shows */
	/* Appends the result as JSON; nothing: there is none. */
	void (*print)(const struct measure_cell *cell, struct buf *b);
};
