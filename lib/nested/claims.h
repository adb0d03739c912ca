/* claims: names, each of which may be claimed once
 *
 * The last claims can be taken back, so that what is common to many tries is claimed only once. Names
 * are copied; loosely, they are not, and those of equal hashes are taken for equal. { 0 } has none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

struct claim {
	uint64_t hash;
	size_t text, len; /* the name, in claims.text */
	size_t slot;
	const char *by; /* whatever claims it */
};

struct claims {
	bool loosely;        /* changed only while there are none */
	struct claim *claim; /* in their order */
	size_t n;

	/* private */
	struct buf text;
	uint32_t *slot; /* a claim + 1, or 0 */
	size_t slots;   /* a power of two */
};

/* The claim of that name, if there is one already; NULL: it is added. The hash must depend on a seed: see
 * map_hash(). */
const struct claim *claims_add(struct claims *c, uint64_t hash, struct slice name, const char *by);

/* Takes back all but the first n. */
void claims_keep(struct claims *c, size_t n);

void claims_free(struct claims *c);
