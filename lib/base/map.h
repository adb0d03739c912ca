/* map: from a text to a small number, in the order of arrival
 *
 * The nth new text gets number n. Texts are copied and stay where they are. The table is open
 * addressing with linear probing over a hash that is seeded per process, so that nobody can prepare
 * texts that collide; nothing that can be seen depends on the seed. */
#pragma once

#include "base/slice.h"
#include <stdint.h>

struct map_entry {
	struct slice text;
	uint64_t hash;
};

struct map {
	uint32_t *table; /* entry + 1, or 0 */
	size_t mask;     /* table size - 1 */
	struct map_entry *entry;
	size_t n, cap;
};

enum { MAP_NONE = UINT32_MAX };

/* Seeded per process: nothing that can be seen may depend on it. */
uint64_t map_hash(struct slice text);

/* The number of a text, or MAP_NONE. */
uint32_t map_find(const struct map *m, struct slice text);

/* The number of a text, which is added if it is new (m->n grows). */
uint32_t map_add(struct map *m, struct slice text);

void map_free(struct map *m);
