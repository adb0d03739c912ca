/* Open addressing with linear probing. A place holds a part of the hash and where the group lies, so the group
 * itself is looked at only if it is most likely the one. The groups are cut from blocks of growing size, so a
 * million of them is some dozens of allocations and goes in as many; and who wants all of them walks through the
 * blocks. Both are looked at in no order, so much of either lies in large pages.
 *
 * Where one lies is the number of its block and then how many words it is from the beginning of that. */
#include "record/groups.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "record/rank.h"

enum {
	FIRST_BLOCK = 1 << 10,
	LARGEST_BLOCK = 1 << 24,
	WORD = 8,
	WORD_BITS = 21, /* there are fewer in a block, or it has one group */
	LIES_BITS = 40,
};

struct groups_block {
	size_t len, cap;
	_Alignas(WORD) char room[];
};

static size_t size_of(size_t cells, struct slice key, struct slice shown)
{
	size_t text = key.len + (slice_equal(key, shown) ? 0 : shown.len);

	return (sizeof(struct group) + cells + text + WORD - 1) & ~(size_t)(WORD - 1);
}

static void begin(
	struct group *group, size_t cells, struct slice key, struct slice shown, uint64_t hash)
{
	bool same = slice_equal(key, shown);

	memset(group, 0, sizeof *group + cells);
	group->hash = (uint32_t)hash;
	group->key_len = (uint32_t)key.len;
	group->shown_len = same ? 0 : (uint32_t)shown.len;
	if (key.len)
		memcpy(group->cells + cells, key.at, key.len);
	if (!same)
		memcpy(group->cells + cells + key.len, shown.at, shown.len);
}

struct group *group_make(size_t size, struct slice key, struct slice shown, uint64_t hash)
{
	struct group *group = mem_alloc(size_of(size, key, shown));

	begin(group, size, key, shown, hash);
	return group;
}

/* Blocks */

static uint64_t lies_at(size_t block, size_t at)
{
	return (uint64_t)block << WORD_BITS | at / WORD;
}

static struct group *group_at(const struct groups *g, uint64_t lies)
{
	struct groups_block *b = g->block[lies >> WORD_BITS];

	return (struct group *)(void *)(b->room + lies % ((size_t)1 << WORD_BITS) * WORD);
}

static struct groups_block *begin_block(struct groups *g, size_t size)
{
	const struct groups_block *last = g->blocks ? g->block[g->blocks - 1] : NULL;
	size_t whole = last ? (sizeof *last + last->cap) * 2 : FIRST_BLOCK;
	struct groups_block *b;

	whole = whole > LARGEST_BLOCK ? LARGEST_BLOCK : whole;
	whole = whole < sizeof *b + size ? sizeof *b + size : whole;
	b = mem_scattered(whole);
	*b = (struct groups_block){ 0, whole - sizeof *b };
	/* Of its size at every power of two. */
	if (!(g->blocks & (g->blocks - 1)))
		g->block = mem_resize(
			g->block, (g->blocks ? 2 * g->blocks : 1) * sizeof(struct groups_block *));
	g->block[g->blocks++] = b;
	assert(g->blocks <= (size_t)1 << (LIES_BITS - WORD_BITS));
	return b;
}

/* Tells where it lies. */
static uint64_t take(struct groups *g, size_t size)
{
	struct groups_block *b = g->blocks ? g->block[g->blocks - 1] : NULL;
	size_t at;

	if (!b || size > b->cap - b->len)
		b = begin_block(g, size);
	at = b->len;
	b->len += size;
	return lies_at(g->blocks - 1, at);
}

struct group *groups_next(const struct groups *g, struct groups_walk *w)
{
	struct group *group;

	while (w->block < g->blocks && w->at == g->block[w->block]->len)
		*w = (struct groups_walk){ w->block + 1, 0 };
	if (w->block == g->blocks)
		return NULL;
	group = group_at(g, lies_at(w->block, w->at));
	w->at += size_of(g->size, group_key(g, group), group_shown(g, group));
	return group;
}

/* The table */

/* The upper bits of the lower half of a hash, which are not 0: those that a place holds. */
static uint64_t tag_of(uint64_t hash)
{
	return (hash << 32 | (uint64_t)1 << 63) >> LIES_BITS;
}

static struct group *group_of(const struct groups *g, uint64_t place)
{
	return group_at(g, place & (((uint64_t)1 << LIES_BITS) - 1));
}

/* The place of a key, or a free one for it. */
static size_t find_place(const struct groups *g, struct slice key, uint64_t hash)
{
	uint64_t tag = tag_of(hash);
	size_t i = hash & g->mask;

	for (; g->table[i]; i = (i + 1) & g->mask)
		if (g->table[i] >> LIES_BITS == tag &&
			slice_equal(group_key(g, group_of(g, g->table[i])), key))
			break;
	return i;
}

struct group *groups_find(const struct groups *g, struct slice key, uint64_t hash)
{
	size_t i;

	if (!g->n)
		return NULL;
	i = find_place(g, key, (uint32_t)hash);
	return g->table[i] ? group_of(g, g->table[i]) : NULL;
}

static void put(struct groups *g, uint64_t hash, uint64_t lies)
{
	size_t i = hash & g->mask;

	while (g->table[i])
		i = (i + 1) & g->mask;
	g->table[i] = tag_of(hash) << LIES_BITS | lies;
}

/* Goes through the groups, which lie one after the other, and not through the table. */
static void widen(struct groups *g)
{
	size_t places = g->table ? 2 * (g->mask + 1) : 8;
	struct groups_walk w = groups_walk(g);
	struct group *group;

	free(g->table);
	g->table = mem_scattered(places * sizeof *g->table);
	memset(g->table, 0, places * sizeof *g->table);
	g->mask = places - 1;
	while ((group = groups_next(g, &w)))
		put(g, group->hash,
			lies_at(w.block, (size_t)((char *)group - g->block[w.block]->room)));
}

struct group *groups_add(struct groups *g, struct slice key, struct slice shown, uint64_t hash)
{
	struct group *group;
	uint64_t lies;

	if (!g->table || (g->n + 1) * 4 > (g->mask + 1) * 3)
		widen(g);
	lies = take(g, size_of(g->size, key, shown));
	group = group_at(g, lies);
	begin(group, g->size, key, shown, hash);
	put(g, (uint32_t)hash, lies);
	g->n++;
	return group;
}

struct group *groups_get(struct groups *g, struct slice key, struct slice shown, uint64_t hash)
{
	struct group *group = groups_find(g, key, hash);

	return group ? group : groups_add(g, key, shown, hash);
}

/* All of them */

int groups_compare(const struct groups *g, const struct group *a, const struct group *b)
{
	return rank_compare(group_key(g, a), group_key(g, b));
}

static struct slice key_of(const void *groups, const void *group)
{
	return group_key(groups, group);
}

struct group **groups_sorted(const struct groups *g)
{
	struct groups_walk walk = groups_walk(g);
	struct group *group, **all;
	struct ranked *ranked;
	size_t n = 0;

	if (!g->n)
		return NULL;
	ranked = mem_alloc(g->n * sizeof *ranked);
	while ((group = groups_next(g, &walk)))
		ranked[n++].it = group;
	rank_sort(ranked, n, key_of, g);
	/* In the place of the others, which are larger: with many keys both would be much. */
	all = (struct group **)(void *)ranked;
	for (size_t i = 0; i < n; i++) {
		group = ranked[i].it;
		all[i] = group;
	}
	return all;
}

void groups_free(struct groups *g)
{
	while (g->blocks)
		free(g->block[--g->blocks]);
	free(g->block);
	free(g->table);
	*g = (struct groups){ .size = g->size };
}
