/* unflat: the nested values that fields with separators in their names stand for
 *
 * The members of a record are placed in a tree, one after the other; then it is known what becomes of
 * them: each object or array takes the place of the first member in it. */
#pragma once

#include "nested/recast.h"
#include "nested/tree.h"

struct unflat {
	struct slice separator; /* as it is meant */

	/* private */
	struct tree tree;
	uint32_t *top; /* for each member: the node that stands for it in the record */
	size_t cap;
	struct buf printed;
	struct arena text;
};

/* Another record. */
void unflat_begin(struct unflat *u, const struct rec *r);

/* Places a member; if `whole`, its name is not divided. False: *f tells what is wrong with so many bytes
 * of *name, which is what the name means and good until the next record. */
bool unflat_place(struct unflat *u, const struct rec *r, uint32_t member, bool whole,
	struct slice *name, struct fault *f);

/* All are placed: gives the number of values that are made and says in *c what becomes of the members.
 * With 0, nothing does. What it gives is good until the next record. */
uint64_t unflat_settle(struct unflat *u, const struct rec *r, struct recast *c);

void unflat_free(struct unflat *u);
