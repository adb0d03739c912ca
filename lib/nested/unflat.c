/* Only names that have parts lead to nodes with children. */
#include "nested/unflat.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "record/json.h"
#include "record/rec.h"

void unflat_begin(struct unflat *u, const struct rec *r)
{
	tree_begin(&u->tree);
	arena_reset(&u->text);
	if (r->shape->n > u->cap) {
		u->cap = 2 * r->shape->n;
		u->top = mem_resize(u->top, u->cap * sizeof *u->top);
	}
}

bool unflat_place(struct unflat *u, const struct rec *r, uint32_t member, bool whole,
	struct slice *name, struct fault *f)
{
	const struct value *v = &r->value[member];
	const struct tree_node *node;
	struct json_fault ignored;
	enum kind kind;
	uint32_t at, top;
	int depth = 1;

	*name = json_meaning(&u->text, rec_name(r, member));
	if (!tree_reach(&u->tree, *name, whole ? SLICE("") : u->separator, &at, f))
		return false;
	node = u->tree.node;
	for (top = at; node[top].parent; top = node[top].parent)
		depth++;
	if (v->kind >= KIND_OBJECT && !json_value(v->at, depth, &kind, &ignored)) {
		*f = (struct fault){ "is nested deeper than 2048", name->len };
		return false;
	}
	tree_set(&u->tree, at, *v);
	u->top[member] = top;
	return true;
}

static struct value print_member(struct unflat *u, uint32_t node)
{
	struct slice text;

	u->printed.len = 0;
	tree_print_member(&u->tree, node, &u->printed);
	text = arena_copy(&u->text, buf_slice(&u->printed));
	return (struct value){ .at = text.at, .len = (uint32_t)text.len };
}

/* The nodes of the record have come in the order of the first members in them. */
uint64_t unflat_settle(struct unflat *u, const struct rec *r, struct recast *c)
{
	uint32_t known = 0;
	uint64_t made = 0;

	tree_number(&u->tree);
	recast_begin(c, r);
	for (uint32_t i = 0; i < r->shape->n; i++) {
		uint32_t top = u->top[i];
		bool is_first = u->tree.node[top].place == known;
		known += is_first;
		c->member[i].role = RECAST_PASS;
		if (!u->tree.node[top].children)
			continue;
		c->member[i].role = is_first ? RECAST_MAKE : RECAST_DROP;
		if (is_first)
			c->member[i].value = print_member(u, top);
		made += is_first;
	}
	return made;
}

void unflat_free(struct unflat *u)
{
	tree_free(&u->tree);
	free(u->top);
	buf_free(&u->printed);
	arena_free(&u->text);
	*u = (struct unflat){ 0 };
}
