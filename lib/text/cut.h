/* cut: where a text may be cut into pieces: behind a line, or behind a row of CSV
 *
 * A piece ends with the first line end that makes it long enough. Where that is depends on the bytes
 * alone, however they come. A line ends with LF; a row of CSV also with CR, and with neither between
 * quotes. Quotes are counted and nothing else, so that the delimiter does not matter; one that stands in
 * the midst of a cell without quotes puts that out of order. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct cut {
	bool csv; /* the caller's */

	/* private */
	uint64_t least; /* bytes to come before a line end counts */
	bool quoted, after_cr;
};

/* Another piece begins, of that many bytes at least; 1 is a single line. */
void cut_begin(struct cut *c, uint64_t least);

/* So many of the bytes to come need not be seen: cut_skip() passes over them. */
uint64_t cut_unseen(const struct cut *c);
void cut_skip(struct cut *c, uint64_t n);

/* How many of these bytes, the next ones, belong to the piece; found: it ends behind them. A CR ends a
 * row when the byte behind it is known, so a piece may end before these bytes. */
size_t cut_find(struct cut *c, struct slice bytes, bool *found);

/* How often the byte occurs. */
uint64_t cut_count(struct slice bytes, char byte);
