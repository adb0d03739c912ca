/* The tree knows whether a value has taken the place of another. */
#include "nested/unique.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/slice.h"

/* As behind a line: what may be read. */
enum { PAD = 32 };

void unique_members(struct unique *u, const struct rec *r)
{
	arena_reset(&u->text);
	if (r->shape->n > u->cap) {
		u->cap = 2 * r->shape->n;
		u->first = mem_resize(u->first, u->cap * sizeof *u->first);
		u->last = mem_resize(u->last, u->cap * sizeof *u->last);
	}
	for (uint32_t i = 0; i < r->shape->n; i++) {
		size_t before = u->names.n;
		uint32_t name = map_add(&u->names, tree_spell(&u->text, rec_name(r, i)));
		MEM_GROW(u->first_of, name, u->names_cap);
		if (u->names.n > before)
			u->first_of[name] = i;
		u->first[i] = u->first_of[name];
		u->last[u->first[i]] = i;
	}
	map_free(&u->names);
}

struct value unique_value(struct unique *u, struct value v)
{
	uint32_t node;
	char *copy;

	tree_begin(&u->tree);
	node = tree_member(&u->tree, 0, SLICE("v"));
	tree_set(&u->tree, node, v);
	tree_open(&u->tree, node);
	if (!u->tree.replaced)
		return v;
	u->printed.len = 0;
	tree_print(&u->tree, node, &u->printed);
	copy = arena_take(&u->text, u->printed.len + PAD);
	memset(slice_put(copy, buf_slice(&u->printed)), '\n', PAD);
	return (struct value){ copy, (uint32_t)u->printed.len, v.kind };
}

void unique_free(struct unique *u)
{
	free(u->first);
	free(u->last);
	free(u->first_of);
	map_free(&u->names);
	tree_free(&u->tree);
	buf_free(&u->printed);
	arena_free(&u->text);
	*u = (struct unique){ 0 };
}
