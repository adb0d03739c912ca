/* dsv: rows of cells, divided by commas or another character
 *
 * A row ends with LF, CR or CRLF; a line with nothing on it is no row. A cell in quotes may hold
 * anything, line ends too; a quote within it is written twice. A quote in a cell without quotes, and
 * anything between a closing quote and the next delimiter, is a fault. Blanks belong to the cell. That
 * is how libcsv reads strictly and with blanks kept, and it is the judge.
 *
 * The ends of all cells in the next 32 KiB are found at once, whatever the cells hold: what stands
 * between quotes, counted from the beginning, is none. Then the cells are looked at, and a row whose
 * quotes turn out to be out of order, or that is longer, is read again letter by letter. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "csv/cell.h"
#include "csv/cells.h"

enum dsv_found {
	DSV_ROW,
	DSV_BAD,  /* row, line and fault tell which and why */
	DSV_MORE, /* what is left is no whole row */
};

struct dsv {
	/* set by the caller */
	char delimiter, comment; /* comment 0: none */
	bool trim;               /* blanks around a cell are no part of it */
	bool lazy;               /* a quote that stands wrong is text */
	size_t max_row;
	const struct cells *fast; /* NULL: in plain C */
	const uint32_t *wanted;   /* the only cells that must be looked at, in order; NULL: all */
	size_t n_wanted;

	/* the row at hand, until the next dsv_next() */
	struct cell *cell;
	size_t cells;
	uint64_t line;    /* on which it begins, from 1 */
	struct slice row; /* its bytes, without its end */
	bool high;        /* there may be some among them that are no ASCII */
	struct fault fault;

	/* private */
	const char *at, *end, *from;
	struct cells_index index; /* of what begins at `from` */
	size_t next, cap;         /* the row of the index that comes next */
	const uint16_t *unseen;   /* the cells of the row at hand, if not all were looked at */
	size_t reach;             /* bytes that the next index covers */
	uint64_t lines;           /* that ended before `at` */
	uint64_t skip;            /* lines to be passed over */
	bool last, skipping, after_cr;
};

void dsv_init(struct dsv *d);

/* Another file begins, of which so many lines are passed over. */
void dsv_begin(struct dsv *d, uint64_t skip);

/* bytes begin where the last row ended: see dsv_left(). Behind them is a LF that is not one of them, and
 * 64 readable bytes. */
void dsv_bytes(struct dsv *d, struct slice bytes, bool last);

enum dsv_found dsv_next(struct dsv *d);

/* Looks at all cells of the row, those that are not wanted too. */
void dsv_look(struct dsv *d);

/* Nothing follows: the last bytes are used. */
static inline bool dsv_ended(const struct dsv *d)
{
	return d->last && d->at == d->end;
}

/* How many of the bytes are not used yet. */
size_t dsv_left(const struct dsv *d);

void dsv_free(struct dsv *d);
