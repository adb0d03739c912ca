/* rec: the record at hand, as it was read and as it is changed
 *
 * A record is its line, with the values that the scanner has found. Changes are noted beside it; when
 * it is printed, the line is copied but for the spans that changed, so that every other byte stays what
 * it was. Several members of one name count as the last of them; setting or renaming one leaves one, in
 * the place of the first. All of it lives until the next record.
 *
 * Functions that need a value of some kind return false where there is none to work with: the field is
 * missing or null, which is no fault, or of another kind, which is. The fault stays with the record;
 * emit() and the loop look at it, so callers need not. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/fault.h"
#include "base/slice.h"
#include "record/fields.h"
#include "record/scan.h"
#include "record/shape.h"

struct rec {
	struct slice line; /* in JSON; empty where it has yet to be spelled */
	struct slice raw;  /* what was read: the line, or a row of a table */
	const struct value *value;
	const struct shape *shape;
	struct fields *fields;

	/* What is wrong with it. For all to read; rec_blame() and its like set it. */
	const char *fault;       /* NULL: a good record */
	struct slice fault_name; /* the field that it speaks of, if any, */
	const char *fault_joint; /* and what is between the two */
	size_t fault_at;         /* the byte of what was read */

	/* private */
	const uint32_t *place; /* where in raw each member's value is; NULL: raw is the line */
	struct change *change;
	size_t changes, change_cap;
	uint32_t *changed; /* for each field: GONE, the change that holds it + 1, or 0 */
	size_t changed_cap;
	uint32_t *marked; /* the fields with such a mark */
	size_t marks, marked_cap;
	uint32_t *order;
	size_t order_cap;
	struct arena text; /* of new values */
};

/* The record that the scanner has found. */
void rec_begin(struct rec *r, const struct scan *s);

/* A record that was not read as a line: its values lie apart, and came from these places of what was read.
 * Before it is printed, or its line or the names of its members are looked at, the line has to be set. */
void rec_begin_apart(struct rec *r, struct slice raw, const struct shape *shape,
	const struct value *value, const uint32_t *place, struct fields *fields);

/* A line that is none: it has no members, and a fault from the beginning. */
void rec_begin_bad(struct rec *r, struct slice line, const char *what, size_t at);

void rec_free(struct rec *r);

/* The fields that a list of names stands for in this record. */
static inline struct picks rec_pick(const struct rec *r, const struct names *names)
{
	return r->shape->pick[names->list];
}

/* As it is now; of kind KIND_MISSING where there is none. NUM_PAD bytes may be read from any byte of it. */
struct value rec_changed_value(const struct rec *r, uint32_t field);

static inline struct value rec_value(const struct rec *r, uint32_t field)
{
	uint32_t slot;

	if (r->changes)
		return rec_changed_value(r, field);
	slot = shape_slot(r->shape, field);
	return slot == SLOT_NONE ? (struct value){ .kind = KIND_MISSING } : r->value[slot];
}

/* The name of a member of the line, with its quotes. */
struct slice rec_name(const struct rec *r, size_t member);

/* The byte of what was read that `at` comes from, which is in a value or in the line; 0: in neither. */
size_t rec_place(const struct rec *r, const char *at);

/* A number as it is written; anything but a number, null or nothing makes the record a bad one. */
bool rec_number(struct rec *r, uint32_t field, struct slice *text);

/* Says that the record is bad because of what the field holds: "temp is not a number". With FIELD_NONE
 * it is not the field's fault. The first reason stays. */
void rec_blame(struct rec *r, uint32_t field, const char *what);

/* The same for a fault that was found in its value: "time: no such date". */
void rec_refuse(struct rec *r, uint32_t field, const char *what);

/* Both for a name that need not be a field's, and a byte of the line: "a.b arises twice". The name stays as
 * long as the fault; an empty one is shown as "". */
void rec_blame_at(struct rec *r, struct slice name, const char *what, size_t at);
void rec_refuse_at(struct rec *r, struct slice name, const char *what, size_t at);

/* json is a valid JSON value, and is copied. A field that is missing is added at the end. */
void rec_set(struct rec *r, uint32_t field, struct slice json);
void rec_drop(struct rec *r, uint32_t field);

/* The field keeps its place and its value and gets the name of `to`, of which nothing else is left.
 * Nothing happens to a field that is missing. */
void rec_rename(struct rec *r, uint32_t field, uint32_t to);

/* Bytes that rec_print() may write. */
size_t rec_bound(const struct rec *r);

/* Writes the record with its LF; gives the end of what was written. */
char *rec_print(struct rec *r, char *to);
