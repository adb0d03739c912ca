/* groups: the keys of one window, and what has been gathered for each
 *
 * A group lies where it is until the window is done with; then all go at once. */
#pragma once

#include <stdint.h>

#include "base/slice.h"

struct group {
	uint64_t count;              /* of records */
	uint32_t hash;               /* the lower half */
	uint32_t key_len, shown_len; /* shown_len 0: it is shown as the key */
	uint32_t rev : 31;           /* results so far */
	bool changed : 1;            /* since the last of them */
	_Alignas(8) char cells[];    /* all zero at first; then the key, then how it is shown */
};

struct groups {
	size_t size; /* of the cells, a multiple of 8 */
	size_t n;

	/* private */
	uint64_t *table; /* for each place 0, or a part of the hash above where the group lies */
	size_t mask;
	struct groups_block **block;
	size_t blocks;
};

/* A way through all of them. */
struct groups_walk {
	size_t block, at;
};

static inline struct slice group_key(const struct groups *g, const struct group *group)
{
	return (struct slice){ group->cells + g->size, group->key_len };
}

/* The key as it was first met. */
static inline struct slice group_shown(const struct groups *g, const struct group *group)
{
	const char *key = group->cells + g->size;

	if (!group->shown_len)
		return (struct slice){ key, group->key_len };
	return (struct slice){ key + group->key_len, group->shown_len };
}

/* One that belongs to no window, for the caller to free. */
struct group *group_make(size_t size, struct slice key, struct slice shown, uint64_t hash);

/* NULL: there is none of this key. hash is map_hash() of it. */
struct group *groups_find(const struct groups *g, struct slice key, uint64_t hash);

/* A key of this hash will be looked for soon, or not: nothing depends on it but the time that it takes. */
static inline void groups_expect(const struct groups *g, uint64_t hash)
{
	if (g->table)
		__builtin_prefetch(&g->table[hash & g->mask]);
}

/* A new one, of a key that there is none of. shown may be the key itself. */
struct group *groups_add(struct groups *g, struct slice key, struct slice shown, uint64_t hash);

/* The one of this key, added if there is none. */
struct group *groups_get(struct groups *g, struct slice key, struct slice shown, uint64_t hash);

/* All of them in no order, in that of memory; NULL: that was the last. */
static inline struct groups_walk groups_walk(const struct groups *g)
{
	(void)g;
	return (struct groups_walk){ 0 };
}

struct group *groups_next(const struct groups *g, struct groups_walk *w);

/* All of them, in the order of canon_compare() of their keys, part by part, LF being between two. The array
 * is the caller's to free; NULL when there are none. */
struct group **groups_sorted(const struct groups *g);

/* Whoever comes to the ith of n like these will soon come to those behind it. */
static inline void groups_look_ahead(struct group *const *sorted, size_t i, size_t n)
{
	enum { AHEAD = 12, LINE = 64 };

	if (i + AHEAD < n) {
		__builtin_prefetch(sorted[i + AHEAD]);
		__builtin_prefetch((const char *)sorted[i + AHEAD] + LINE);
	}
}

/* That order. */
int groups_compare(const struct groups *g, const struct group *a, const struct group *b);

void groups_free(struct groups *g);
