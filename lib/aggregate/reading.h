/* reading: what a field holds, for those that gather it
 *
 * Null, a missing field and a number beyond the doubles are no reading. The others are put in order
 * and told apart by their value (canon.h). */
#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"
#include "number/total.h"
#include "record/shape.h"

enum reading_is { READING_NONE, READING_NUMBER, READING_OTHER };

/* { 0 } is none. What it borrows lives as long as the value that was taken. */
struct reading {
	enum reading_is is;
	bool near;             /* a number that is decimal, and total_near() */
	struct decimal number; /* where it is near */
	struct value value;    /* as it was spelled */

	/* private */
	struct slice canon;
	struct buf scratch;
};

/* What it held before is gone. False: a number beyond the doubles, which is none. */
bool reading_take(struct reading *r, struct value v);

/* The same for a value from where NUM_PAD bytes may be read. */
static inline bool reading_take_padded(struct reading *r, struct value v)
{
	if (v.kind != KIND_NUMBER ||
		!num_decimal_padded((struct slice){ v.at, v.len }, &r->number) ||
		!total_near(r->number))
		return reading_take(r, v);
	r->is = READING_NUMBER;
	r->near = true;
	r->value = v;
	r->canon.at = NULL;
	return true;
}

/* As it was spelled. */
static inline struct slice reading_spelling(const struct reading *r)
{
	return (struct slice){ r->value.at, r->value.len };
}

/* The one spelling of its value, until something else is taken. It is not none. */
struct slice reading_canon(struct reading *r);

void reading_free(struct reading *r);
