/* memory: what a program keeps for each key
 *
 * Every key has a cell, all zero at first, which stays where it is; --max-keys bounds how many there may
 * be. In a state each is a record, in the order of the keys: the members of the key, then those that save()
 * adds.
 *
 *	static struct memory memory = { .size = sizeof(struct cell), .most = 1000 };
 *
 *		OPT('k', "key", "KEYS", &memory.list, "each key by itself"),
 *		OPT(0, "max-keys", "N", &memory.most, "keys at most (1000)"),
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "program/keys.h"
#include "record/groups.h"
#include "record/rec.h"

struct memory {
	size_t size; /* of a cell, a multiple of 8 */
	int64_t most;
	struct buf list; /* of keys, as it was typed; empty: all records are of one key */

	/* For a state: appends the members of a cell, each with a comma before it; reads them again, or blames
	 * the record. */
	void (*save)(const void *cell, struct buf *members);
	void (*take)(void *cell, struct rec *r);

	struct keys keys;
	struct groups groups;
};

/* Checks the options; to be called in ready(). */
void memory_prepare(struct memory *m);

/* The cell of the record's key; NULL: the record is blamed. Dies when there are too many keys. */
void *memory_of(struct memory *m, struct rec *r);

/* What lies in it. */
static inline void *memory_cell(struct group *g)
{
	return g->cells;
}

/* The save() and the take() of a state. */
void memory_save(const struct memory *m);
void memory_take(struct memory *m, struct rec *r);
