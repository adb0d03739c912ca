/* Open addressing with linear probing over pointers; the groups themselves are cut from blocks of
 * growing size, so a million of them is some dozens of allocations and goes in as many. */
#include "record/groups.h"

#include <stdlib.h>

#include "base/mem.h"
#include "record/rank.h"

enum { FIRST_BLOCK = 1 << 10, LARGEST_BLOCK = 1 << 20 };

struct groups_block {
	struct groups_block *before;
	size_t len, cap;
	_Alignas(8) char room[];
};

static size_t place(const struct groups *g, struct slice key, uint64_t hash)
{
	size_t i = hash & g->mask;

	while (g->table[i]) {
		const struct group *group = g->table[i];
		if (group->hash == hash && slice_equal(group_key(g, group), key))
			break;
		i = (i + 1) & g->mask;
	}
	return i;
}

struct group *groups_find(const struct groups *g, struct slice key, uint64_t hash)
{
	return g->n ? g->table[place(g, key, hash)] : NULL;
}

static void widen(struct groups *g)
{
	struct group **old = g->table;
	size_t slots = old ? g->mask + 1 : 0;

	g->mask = slots ? slots * 2 - 1 : 7;
	g->table = mem_array(g->mask + 1, sizeof(struct group *));
	for (size_t i = 0; i < slots; i++) {
		size_t to;
		if (!old[i])
			continue;
		for (to = old[i]->hash & g->mask; g->table[to];)
			to = (to + 1) & g->mask;
		g->table[to] = old[i];
	}
	free(old);
}

static void *take(struct groups *g, size_t size)
{
	struct groups_block *b = g->block;
	void *room;

	size = (size + 7) & ~(size_t)7;
	if (!b || size > b->cap - b->len) {
		size_t cap = b ? b->cap * 2 : FIRST_BLOCK;
		cap = cap > LARGEST_BLOCK ? LARGEST_BLOCK : cap;
		cap = cap < size ? size : cap;
		b = mem_alloc(sizeof *b + cap);
		*b = (struct groups_block){ g->block, 0, cap };
		g->block = b;
	}
	room = b->room + b->len;
	b->len += size;
	return room;
}

static size_t size_of(size_t cells, struct slice key, struct slice shown)
{
	return sizeof(struct group) + cells + key.len + (slice_equal(key, shown) ? 0 : shown.len);
}

static void begin(
	struct group *group, size_t cells, struct slice key, struct slice shown, uint64_t hash)
{
	bool same = slice_equal(key, shown);

	memset(group, 0, sizeof *group + cells);
	group->hash = hash;
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

	if (!g->table || (g->n + 1) * 4 > (g->mask + 1) * 3)
		widen(g);
	group = take(g, size_of(g->size, key, shown));
	begin(group, g->size, key, shown, hash);
	g->table[place(g, key, hash)] = group;
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

struct group *groups_next(const struct groups *g, size_t *at)
{
	while (g->table && *at <= g->mask)
		if (g->table[(*at)++])
			return g->table[*at - 1];
	return NULL;
}

static struct slice key_of(const void *groups, const void *group)
{
	return group_key(groups, group);
}

struct group **groups_sorted(const struct groups *g)
{
	struct group **all, *group;
	struct ranked *ranked;
	size_t n = 0;

	if (!g->n)
		return NULL;
	ranked = mem_array(g->n, sizeof *ranked);
	for (size_t at = 0; (group = groups_next(g, &at));)
		ranked[n++].it = group;
	rank_sort(ranked, n, key_of, g);
	all = mem_array(n, sizeof(struct group *));
	for (size_t i = 0; i < n; i++)
		all[i] = ranked[i].it;
	free(ranked);
	return all;
}

void groups_free(struct groups *g)
{
	while (g->block) {
		struct groups_block *before = g->block->before;
		free(g->block);
		g->block = before;
	}
	free(g->table);
	*g = (struct groups){ .size = g->size };
}
