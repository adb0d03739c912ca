/* The hash folds 128-bit products, eight bytes at a time, as wyhash does (Wang Yi, 2019). */
#include "base/map.h"

#include <stdlib.h>
#include <sys/random.h>

#include "base/die.h"
#include "base/mem.h"

static uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static const uint64_t *seed(void)
{
	static uint64_t random[3];

	if (!random[0]) {
		if (getrandom(random, sizeof random, 0) != sizeof random)
			die_errno("no random bytes for the hash table");
		for (int i = 0; i < 3; i++)
			random[i] |= 1;
	}
	return random;
}

uint64_t map_hash(struct slice text)
{
	const uint64_t *key = seed();
	uint64_t h = key[0] ^ text.len, word;
	size_t i = 0;

	for (; i + 8 <= text.len; i += 8) {
		memcpy(&word, text.at + i, 8);
		h = fold(h ^ word, key[1]);
	}
	word = 0;
	if (i < text.len)
		memcpy(&word, text.at + i, text.len - i);
	return fold(h ^ word, key[2]);
}

static size_t place(const struct map *m, struct slice text, uint64_t hash)
{
	size_t i = hash & m->mask;

	while (m->table[i]) {
		const struct map_entry *e = &m->entry[m->table[i] - 1];
		if (e->hash == hash && slice_equal(e->text, text))
			break;
		i = (i + 1) & m->mask;
	}
	return i;
}

uint32_t map_find(const struct map *m, struct slice text)
{
	if (!m->n)
		return MAP_NONE;
	/* 0 - 1 is MAP_NONE. */
	return m->table[place(m, text, map_hash(text))] - 1;
}

static void widen(struct map *m)
{
	size_t size = m->table ? (m->mask + 1) * 2 : 32;

	free(m->table);
	m->table = mem_array(size, sizeof *m->table);
	m->mask = size - 1;
	for (size_t n = 0; n < m->n; n++)
		m->table[place(m, m->entry[n].text, m->entry[n].hash)] = (uint32_t)n + 1;
}

uint32_t map_add(struct map *m, struct slice text)
{
	uint64_t hash = map_hash(text);
	char *copy;
	size_t i;

	if (m->n * 2 >= m->mask)
		widen(m);
	i = place(m, text, hash);
	if (m->table[i])
		return m->table[i] - 1;
	if (m->n == MAP_NONE - 1)
		die("out of memory");
	copy = mem_alloc(text.len + 1);
	if (text.len)
		memcpy(copy, text.at, text.len);
	copy[text.len] = 0;
	MEM_GROW(m->entry, m->n, m->cap);
	m->entry[m->n] = (struct map_entry){ { copy, text.len }, hash };
	m->table[i] = (uint32_t)++m->n;
	return (uint32_t)m->n - 1;
}

void map_free(struct map *m)
{
	for (size_t i = 0; i < m->n; i++)
		free((char *)m->entry[i].text.at);
	free(m->entry);
	free(m->table);
	*m = (struct map){ 0 };
}
