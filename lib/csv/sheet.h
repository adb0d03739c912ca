/* sheet: the rows of a table as records
 *
 * The first row names the columns, or an option does; each row behind it becomes a record, a line of JSON.
 * A cell that is a JSON number becomes that number as it is written, all else a text. What is wrong with
 * a row makes that row bad; what is wrong with the names makes the whole table useless, and so does a
 * header that is not there if columns were named. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "csv/columns.h"
#include "csv/dsv.h"
#include "record/shape.h"
#include "text/names.h"

enum sheet_empty { SHEET_NULL, SHEET_TEXT, SHEET_OMIT };

enum sheet_found {
	SHEET_ROW,  /* dsv has it */
	SHEET_BAD,  /* dsv has it, and fault tells why */
	SHEET_VAIN, /* vain tells why nothing can come of this table; dsv.line is where */
	SHEET_MORE, /* what is left is no whole row */
};

/* Of a row: "temp is not a number". */
struct sheet_fault {
	struct slice name; /* of the column that it speaks of, as JSON spells it; or empty */
	const char *what;
	size_t at; /* the byte of the row */
};

struct sheet {
	/* The caller's. In dsv all that dsv.h says is. */
	struct dsv dsv;
	struct columns_wish wish;
	struct names
		nulls; /* cells that mean null: these texts, or numbers that are equal to these */
	enum sheet_empty empty;
	bool ragged; /* a row may have fewer cells than there are columns, or more */
	bool comma;  /* stands in numbers for the point, and a point is no part of any */
	bool sure; /* of the delimiter: a header that looks as if it were another is none the worse */

	struct sheet_fault fault;
	struct buf vain;
	uint64_t raggeds;
	char sole; /* what may divide the cells, for the one column's name holds it; or 0 */

	/* private */
	struct columns columns;
	bool settled; /* the columns are decided */
	uint32_t *wanted;
	size_t wanted_cap;
	struct buf meant, json;
	struct buf *null_number; /* for each of nulls: the number that it is, or nothing */
	char made[100];          /* a key or a fault that is made up for a row */
};

void sheet_init(struct sheet *s);

/* Another table begins, of which so many lines are passed over. */
void sheet_begin(struct sheet *s, uint64_t skip);

/* The next row in the bytes that dsv was given; it lives until the call after. */
enum sheet_found sheet_next(struct sheet *s);

/* Bytes that sheet_print() may write. */
static inline size_t sheet_bound(const struct sheet *s)
{
	/* A byte becomes six at most, \u001f; the rest is keys, quotes, null, and what short copies spill. */
	return s->columns.keys + 6 * s->dsv.row.len + 48 * (s->dsv.cells + s->columns.n) + 64;
}

/* Writes the row as a record, with its LF; gives the end, or NULL: the row is bad. Notes where the value of
 * each column is, unless `value` is NULL. */
char *sheet_print(struct sheet *s, char *to, struct value *value);

void sheet_free(struct sheet *s);
