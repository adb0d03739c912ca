/* findings: what a survey has found, a row a field, with what is suspicious in words */
#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "record/fields.h"
#include "survey/survey.h"

enum { FINDINGS_COLUMNS = 27 };

/* The name of a column; the first holds that of the field. */
const char *findings_name(size_t column);

/* { .fields = ... } is empty. */
struct findings {
	const struct fields *fields; /* the names */
	bool rounded;                /* for people: results have six digits */
	struct buf cells; /* JSON of each, with a LF; null where a column does not apply */
	bool used[FINDINGS_COLUMNS]; /* it is not null in all rows; rounded: nor 0, nor true */

	/* private */
	size_t column; /* of the next cell */
};

/* Appends the rows of a survey, in the order of its fields. The survey may go on after it. */
void findings_add(struct findings *s, struct survey *from);

/* Takes the text up to the next LF, as which a cell is there; *rest becomes what is behind it. */
struct slice findings_next(struct slice *rest);
