/* unique: of several members of one name the last counts, in the place of the first
 *
 * Finds them in a record, and makes values without them. What it gives is good until the next record. */
#pragma once

#include "nested/tree.h"
#include "record/rec.h"

struct unique {
	/* For each member of the record: the first of its name, and, for that one, the last. */
	uint32_t *first, *last;

	/* private */
	size_t cap;
	struct map names;
	uint32_t *first_of; /* each name */
	size_t names_cap;
	struct tree tree;
	struct buf printed;
	struct arena text;
};

/* Another record. */
void unique_members(struct unique *u, const struct rec *r);

/* A value as it counts: the one that was given, or one that is printed anew. */
struct value unique_value(struct unique *u, struct value v);

void unique_free(struct unique *u);
