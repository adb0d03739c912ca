/* overview: a table of findings that fits the width of a terminal
 *
 * What a wide table has room for, a narrow one says otherwise or not at all. Step by step, until it fits:
 * estimates are marked by a ~, the number of records is said once, notes and what only some fields have go
 * below the table, numbers lose digits, and the columns that matter least are left out, which the last line
 * says. In the end names are cut. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

struct overview_cell {
	size_t at, len; /* in the text */
	bool number;
};

struct overview {
	size_t width; /* what fits */
	size_t keys;  /* columns before that of the field's name */

	/* private */
	struct overview_cell *cell; /* the first row are the names of the columns */
	size_t cells, cap, columns;
	struct buf text;
	struct overview_form {
		bool *hidden, *below; /* columns: not in the table; in lines below it */
		bool marks, once;
		int digits;    /* of numbers; 0: as they are */
		size_t cut;    /* characters of a name, 0: all */
		bool left_out; /* a column is nowhere */
	} form;
};

/* The next cell of a row; the first row are the names of the columns, and ends with overview_named(). */
void overview_add(struct overview *o, struct slice text, bool number);
void overview_named(struct overview *o);

/* Appends the table. */
void overview_print(struct overview *o, struct buf *b);

void overview_free(struct overview *o);
