/* recast: a record of which members become something else
 *
 * The caller says what becomes of each member; the record is printed into a frame, in which every other
 * byte of the line is as it was. A frame may have holes, for what differs from one element of an array
 * to the next, and is then filled once for each of them.
 *
 * A quick try takes it that no name is there twice and, with flat.h, finds out if one is; a close one
 * after recast_settle() makes one of those, or knows that the record is a bad one. */
#pragma once

#include "nested/flat.h"
#include "nested/unique.h"
#include "record/rec.h"

enum recast_role {
	RECAST_COPY,
	RECAST_PASS, /* the same, but its name does not count */
	RECAST_DROP,
	RECAST_REPLACE, /* the value, by `value` */
	RECAST_MAKE,    /* all of it, by `value` */
	RECAST_FLATTEN, /* `value`, an object or array that is not empty */
	RECAST_EXPLODE, /* such an array: a hole for its elements */
	RECAST_NUMBER,  /* a hole for the number of the element */
};

struct recast_member {
	enum recast_role role;
	bool changed; /* private */
	bool flatten; /* for RECAST_EXPLODE: the elements, too */
	struct value value;
};

struct recast {
	struct flat flat;
	struct slice
		number; /* the name, in quotes, of a field that is added if no member has that role */
	struct recast_member *member;
	struct buf frame;
	size_t holes;   /* 0: the frame is all, but for the LF */
	uint32_t array; /* the member that explodes, if any does */
	bool too_long;  /* the last try came to more than `most` bytes */

	/* private */
	size_t cap, most;
	uint64_t begins[4];
	struct unique unique;
	struct recast_hole {
		size_t at;
		bool for_number;
	} hole[2];
};

/* Another record, of which nothing is changed yet. */
void recast_begin(struct recast *c, const struct rec *r);

/* Of several members of one name the first gets the role and the value of the last, if any of them is
 * changed. In values that are flattened the last of a name counts, too. */
void recast_settle(struct recast *c, const struct rec *r);

/* Makes the frame. False: it is too long, or a name arises twice; so it is with recast_fill(). */
bool recast_print(struct recast *c, const struct rec *r, bool closely, size_t most);

/* Appends the frame with an element and its number, and a LF. */
bool recast_fill(struct recast *c, const struct rec *r, struct value element, uint64_t number,
	struct buf *to);

/* Where in the line the later of the two values is whose names are the same; 0 if one has no place. */
size_t recast_twice_at(const struct recast *c, const struct rec *r);

void recast_free(struct recast *c);
