/* table: rows set out in columns for a terminal
 *
 * Columns are as wide as the first rows need, so these are held back: TABLE_ROWS of them, or
 * TABLE_BYTES. A later cell that is wider is printed whole, and pushes the rest of its row aside.
 * Numbers stand on the right of their column. What could act on the terminal is shown as \xNN. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

enum {
	TABLE_ROWS = 100,
	TABLE_BYTES = 1 << 20,
	TABLE_WIDTH = 200, /* of a column; what is wider counts as too wide from the start */
};

struct table_cell {
	size_t at, len; /* in the text */
	size_t width;
	bool number;
};

struct table_column {
	size_t width;
	bool numbers, texts; /* what the rows held back have of it */
};

struct table {
	size_t columns;
	bool header; /* the first row are names; a rule is drawn below */

	/* private */
	struct table_column *column;
	bool settled;
	struct table_cell *cell; /* of whole rows and the one that is begun */
	size_t cells, cap;
	struct buf text;
};

/* The next cell of the row, in UTF-8. */
void table_add(struct table *t, struct slice text, bool number);

/* After a whole row: is it time to print? */
bool table_is_ready(const struct table *t);

/* Appends all rows at hand, and settles the widths of those to come. */
void table_print(struct table *t, struct buf *b);

/* Appends a text as a cell would show it; gives its width. */
size_t table_show(struct buf *b, struct slice text);

void table_free(struct table *t);
