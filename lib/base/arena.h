/* arena: memory for as long as a record is at hand, taken in pieces and given back all at once
 *
 * { 0 } is an empty one. What was taken stays where it is until arena_reset(). */
#pragma once

#include "base/slice.h"

struct arena {
	char *at; /* the block that is being used up */
	size_t len, cap;
	char **full;
	size_t n, fulls;
};

/* Room for so many bytes, aligned for no more than char. */
char *arena_take(struct arena *a, size_t size);

/* Gives the last piece a smaller size: what is behind `end` is free again. */
void arena_trim(struct arena *a, const char *end);

struct slice arena_copy(struct arena *a, struct slice s);

/* Keeps the largest block. */
void arena_reset(struct arena *a);

void arena_free(struct arena *a);
