/* Open addressing with linear probing over half of the hash, beside which the pointers lie: a group itself is
 * looked at only if it is most likely the one. The groups are cut from blocks of growing size, so a million of
 * them is some dozens of allocations and goes in as many; and who wants all of them walks through the blocks.
 * Both are looked at in no order, so much of either lies in large pages. */
#include "record/groups.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/rank.h"

enum { FIRST_BLOCK = 1 << 10, LARGEST_BLOCK = 1 << 24 };

struct groups_block {
	struct groups_block *before;
	size_t len, cap;
	_Alignas(8) char room[];
};

static uint32_t tag_of(uint64_t hash)
{
	return (uint32_t)hash | (uint32_t)1 << 31;
}

static size_t place(const struct groups *g, struct slice key, uint32_t tag)
{
	size_t i = tag & g->mask;

	for (; g->tag[i]; i = (i + 1) & g->mask)
		if (g->tag[i] == tag && slice_equal(group_key(g, g->table[i]), key))
			break;
	return i;
}

struct group *groups_find(const struct groups *g, struct slice key, uint64_t hash)
{
	size_t i;

	if (!g->n)
		return NULL;
	i = place(g, key, tag_of(hash));
	return g->tag[i] ? g->table[i] : NULL;
}

static void put(struct groups *g, uint32_t tag, struct group *group)
{
	size_t i = tag & g->mask;

	while (g->tag[i])
		i = (i + 1) & g->mask;
	g->tag[i] = tag;
	g->table[i] = group;
}

static void widen(struct groups *g)
{
	struct groups old = *g;
	size_t places = old.tag ? old.mask + 1 : 0;

	g->mask = places ? 2 * places - 1 : 7;
	g->tag = mem_scattered((g->mask + 1) * sizeof *g->tag);
	memset(g->tag, 0, (g->mask + 1) * sizeof *g->tag);
	g->table = mem_scattered((g->mask + 1) * sizeof(struct group *));
	for (size_t i = 0; i < places; i++)
		if (old.tag[i])
			put(g, old.tag[i], old.table[i]);
	free(old.tag);
	free(old.table);
}

static void *take(struct groups *g, size_t size)
{
	struct groups_block *b = g->block;
	void *room;

	if (!b || size > b->cap - b->len) {
		size_t whole = b ? (sizeof *b + b->cap) * 2 : FIRST_BLOCK;
		whole = whole > LARGEST_BLOCK ? LARGEST_BLOCK : whole;
		whole = whole < sizeof *b + size ? sizeof *b + size : whole;
		b = mem_scattered(whole);
		*b = (struct groups_block){ g->block, 0, whole - sizeof *b };
		g->block = b;
	}
	room = b->room + b->len;
	b->len += size;
	return room;
}

static size_t size_of(size_t cells, struct slice key, struct slice shown)
{
	size_t text = key.len + (slice_equal(key, shown) ? 0 : shown.len);

	return (sizeof(struct group) + cells + text + 7) & ~(size_t)7;
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

struct group *groups_add(struct groups *g, struct slice key, struct slice shown, uint64_t hash)
{
	struct group *group;

	if (!g->tag || (g->n + 1) * 4 > (g->mask + 1) * 3)
		widen(g);
	group = take(g, size_of(g->size, key, shown));
	begin(group, g->size, key, shown, hash);
	put(g, tag_of(hash), group);
	g->n++;
	return group;
}

struct group *groups_get(struct groups *g, struct slice key, struct slice shown, uint64_t hash)
{
	struct group *group = groups_find(g, key, hash);

	return group ? group : groups_add(g, key, shown, hash);
}

int groups_compare(const struct groups *g, const struct group *a, const struct group *b)
{
	return rank_compare(group_key(g, a), group_key(g, b));
}

struct group *groups_next(const struct groups *g, struct groups_walk *w)
{
	struct group *group;

	while (w->block && w->at == w->block->len)
		*w = (struct groups_walk){ w->block->before, 0 };
	if (!w->block)
		return NULL;
	group = (struct group *)(void *)(w->block->room + w->at);
	w->at += size_of(g->size, group_key(g, group), group_shown(g, group));
	return group;
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
	while (g->block) {
		struct groups_block *before = g->block->before;
		free(g->block);
		g->block = before;
	}
	free(g->tag);
	free(g->table);
	*g = (struct groups){ .size = g->size };
}
