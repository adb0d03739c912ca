#include "base/arena.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

static void put_aside(struct arena *a, size_t size)
{
	if (a->at) {
		MEM_GROW(a->full, a->n, a->fulls);
		a->full[a->n++] = a->at;
	}
	a->cap = 2 * a->cap + size;
	a->at = mem_alloc(a->cap);
	a->len = 0;
}

char *arena_take(struct arena *a, size_t size)
{
	char *piece;

	if (!a->at || size > a->cap - a->len)
		put_aside(a, size + 1);
	piece = a->at + a->len;
	a->len += size;
	return piece;
}

void arena_trim(struct arena *a, const char *end)
{
	assert(end >= a->at && end <= a->at + a->len);
	a->len = (size_t)(end - a->at);
}

struct slice arena_copy(struct arena *a, struct slice s)
{
	char *to = arena_take(a, s.len);

	if (s.len)
		memcpy(to, s.at, s.len);
	return (struct slice){ to, s.len };
}

void arena_reset(struct arena *a)
{
	while (a->n)
		free(a->full[--a->n]);
	a->len = 0;
}

void arena_free(struct arena *a)
{
	arena_reset(a);
	free(a->full);
	free(a->at);
	*a = (struct arena){ 0 };
}
