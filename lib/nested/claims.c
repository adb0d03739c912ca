/* Open addressing with linear probing. Claims are taken back in the reverse order of their coming, so
 * that no other was ever put behind the slot that becomes empty. */
#include "nested/claims.h"

#include <stdlib.h>

#include "base/mem.h"

enum { SLOTS = 64 };

/* Every bit of a hash counts, be it a weak one. */
static size_t first_slot(const struct claims *c, uint64_t hash)
{
	return (hash * 0x9e3779b97f4a7c15) >> 32 & (c->slots - 1);
}

static void grow(struct claims *c)
{
	free(c->slot);
	c->slots = c->slots ? 4 * c->slots : SLOTS;
	c->slot = mem_array(c->slots, sizeof *c->slot);
	c->claim = mem_resize(c->claim, c->slots / 2 * sizeof *c->claim);
	for (uint32_t n = 0; n < c->n; n++) {
		size_t i = first_slot(c, c->claim[n].hash);
		while (c->slot[i])
			i = (i + 1) & (c->slots - 1);
		c->slot[i] = n + 1;
		c->claim[n].slot = i;
	}
}

static bool is_for(
	const struct claims *c, const struct claim *claim, uint64_t hash, struct slice name)
{
	return claim->hash == hash &&
		(c->loosely ||
			slice_equal((struct slice){ c->text.at + claim->text, claim->len }, name));
}

const struct claim *claims_add(struct claims *c, uint64_t hash, struct slice name, const char *by)
{
	size_t i;

	if (2 * c->n >= c->slots)
		grow(c);
	for (i = first_slot(c, hash); c->slot[i]; i = (i + 1) & (c->slots - 1))
		if (is_for(c, &c->claim[c->slot[i] - 1], hash, name))
			return &c->claim[c->slot[i] - 1];
	c->claim[c->n++] = (struct claim){ hash, c->text.len, name.len, i, by };
	c->slot[i] = (uint32_t)c->n;
	if (!c->loosely)
		buf_add(&c->text, name);
	return NULL;
}

void claims_keep(struct claims *c, size_t n)
{
	while (c->n > n)
		c->slot[c->claim[--c->n].slot] = 0;
	c->text.len = n && !c->loosely ? c->claim[n - 1].text + c->claim[n - 1].len : 0;
}

void claims_free(struct claims *c)
{
	free(c->claim);
	free(c->slot);
	buf_free(&c->text);
	*c = (struct claims){ 0 };
}
