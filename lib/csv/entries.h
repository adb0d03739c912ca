/* entries: the rows of a table as records at hand
 *
 * A row becomes what the scanner makes of a line: values and a shape, which is that of the header. Only the
 * columns that somebody looks at are read, and nothing is written: a number lies where it was found, a text
 * gets its quotes in a buffer of its own. Whoever needs the record whole, to print it, has it spelled: then
 * it is the line that sheet_print() writes, with all its members. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "csv/sheet.h"
#include "record/fields.h"
#include "record/rec.h"
#include "record/shape.h"

struct entries {
	struct sheet
		sheet; /* as sheet.h says, but for wish, nulls, empty and ragged: there are none */
	struct fields *fields;

	/* private */
	struct shape shape; /* of this table's records, */
	bool shaped;        /* once the first one has come */
	struct value *value;
	uint32_t *place;  /* where in the row each value is */
	uint32_t *wanted; /* the columns that are looked at, in order */
	size_t n_wanted, cap;
	struct buf keys, texts, line;
};

/* What sheet_init() needs is set before. fields must outlive it. */
void entries_init(struct entries *e, struct fields *fields);

/* Another table begins. */
void entries_begin(struct entries *e);

/* The next row in the bytes that sheet.dsv was given, as a record that lives until the call after. A bad row
 * is a record with a fault; SHEET_VAIN and SHEET_MORE give none. */
enum sheet_found entries_next(struct entries *e, struct rec *r);

/* Makes the record a line of JSON. Where its values were, they stay as well. */
void entries_spell(struct entries *e, struct rec *r);

void entries_free(struct entries *e);
