/* flat: the fields that a nested value becomes
 *
 * A value is read once, from left to right, and each leaf in it (a value that is no object or array, or
 * is an empty one) is written as a member. Its name is that of the value itself and all that lead from
 * there to the leaf, with a separator between them; elements of arrays are numbered from 0. Names are
 * written in one spelling only: tree_spell().
 *
 * Each name is claimed, and so are those of fields that are flat, with flat_claim(). One that arises
 * twice is noted. A quick look goes by hashes, and objects claim the names that lead to them, too: if
 * nothing arises twice then, no object held a name twice either. If something does, it may be a false
 * alarm; or there was such an object, and all of its members were written. To be sure, make values of
 * them in which no name is twice, and look again, closely. */
#pragma once

#include "nested/claims.h"
#include "record/shape.h"

struct flat_level {
	size_t len; /* of the name that leads here, with its separator */
	uint64_t hash;
	uint32_t elements;
	bool array;
};

struct flat {
	struct slice separator; /* as JSON spells it */
	uint64_t opened;        /* values of this record that were given to flat_value() */
	struct claims names;    /* some may be taken back while none has arisen twice */

	bool repeated;           /* a name has arisen twice: the first that did, */
	struct buf twice;        /* the name, */
	const char *twice_at[2]; /* and the values */

	/* private */
	uint64_t secret[256]; /* what each byte adds to a hash */
	uint64_t hash;        /* of the name at hand, */
	struct buf name;      /* up to its last separator, */
	struct slice child;   /* and from there */
	char digits[64];
	struct buf spelled;
	struct arena arena;
	struct flat_level *level;
	size_t levels, level_cap;
};

/* Another record. */
void flat_begin(struct flat *f, bool closely);

/* A name with its quotes. */
void flat_claim(struct flat *f, struct slice name, const char *at);

/* Appends the members that an object or array becomes, with commas between them. It is valid and not
 * empty, and 32 bytes behind it are readable. False: `to` would become longer than `most`, and is of no
 * use. */
bool flat_value(struct flat *f, struct slice name, const char *at, struct buf *to, size_t most);

void flat_free(struct flat *f);
