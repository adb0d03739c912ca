/* row: the values of records for the columns of a table
 *
 * The first record tells which columns there are; from then on each has to have them, and no others. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/rec.h"
#include "text/names.h"

struct row {
	/* The caller's. Without wanted ones all fields of the first record are columns. */
	struct names wanted, unwanted;
	bool drops; /* fields that are no columns are left out, unwanted or not */
	bool fills; /* columns may be missing */

	uint32_t *column; /* the fields, in their order */
	size_t n;
	const struct value **cell; /* of the record at hand, of KIND_MISSING where it has none */
	bool settled;              /* there has been a first record */
	uint64_t left_out;         /* fields so far */

	/* private */
	struct names everything;
	enum row_role *role; /* of each field */
	size_t roles, role_cap, column_cap;
	struct buf name;
};

/* Lists the names with fields, before the first record. */
void row_ready(struct row *row, struct fields *fields);

/* Finds the cells of a record. False: it is blamed, and settles nothing. */
bool row_take(struct row *row, struct rec *r);
