/* tree: a record as a tree of values
 *
 * Node 0 is the record. The children of an object have names, those of an array have numbers. Of
 * several members of one name there is one node, in the place of the first and with the value of the
 * last. Names are kept as JSON spells them, without quotes and each in one spelling only: names that
 * are equal have equal bytes.
 *
 * A tree is made from values, by taking them apart, or from names with separators in them; it is
 * printed as JSON. What was read must stay. { 0 } is good for tree_begin(). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/map.h"
#include "base/slice.h"
#include "record/json.h"
#include "record/shape.h"

enum { TREE_NONE = UINT32_MAX };

struct tree_node {
	struct slice name; /* of a member; at is NULL for an element */
	struct slice text; /* the value as it was read; empty if it is made of its children only */
	uint32_t kind;     /* enum kind */
	uint32_t parent;   /* TREE_NONE for what a later value has replaced */
	uint32_t first, last; /* its children, */
	uint32_t children;    /* so many */
	uint32_t next, place; /* among its siblings; place counts from 0 */
};

struct tree {
	struct tree_node *node;
	size_t n, cap;
	bool replaced; /* a value has taken the place of another */

	/* private */
	struct arena names;
	struct map many; /* the children of those that have many, by parent and name */
	struct buf key;
	uint32_t *known; /* for each entry of the map: the node */
	size_t known_cap;
	uint32_t *order;
	size_t order_cap;
};

/* Only the record, without members. Forgets what was there. */
void tree_begin(struct tree *t);

void tree_free(struct tree *t);

/* The one spelling of a name, which is given with its quotes; it lies there or in the arena. */
struct slice tree_spell(struct arena *a, struct slice quoted);

/* Is the valid value there an object or array, and not an empty one? */
static inline bool tree_is_full(const char *at)
{
	if (*at != '{' && *at != '[')
		return false;
	at = json_blanks(at + 1);
	return *at != '}' && *at != ']';
}

/* The node of that name in an object, which is added if there is none. */
uint32_t tree_member(struct tree *t, uint32_t object, struct slice name);

/* Gives a node a value in place of what it had. */
void tree_set(struct tree *t, uint32_t node, struct value v);

/* Takes the value of a node apart, down to its leaves: values that are no objects or arrays, or are
 * empty ones. */
void tree_open(struct tree *t, uint32_t node);

/* The node for a name that is divided by separators, all as they are meant: a node for each part within
 * that of the part before. No separator divides nothing. The node is fit for a value. False: one of them
 * is both a value and an object, or there are too many; the fault is behind the part where that shows. */
bool tree_reach(
	struct tree *t, struct slice name, struct slice separator, uint32_t *node, struct fault *f);

/* Makes arrays of the objects whose names are the numbers from 0 on, in any order and without gaps. */
void tree_number(struct tree *t);

/* Appends a node as JSON, with or without its name before it. */
void tree_print(const struct tree *t, uint32_t node, struct buf *to);
void tree_print_member(const struct tree *t, uint32_t node, struct buf *to);
