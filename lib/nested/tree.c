/* A value is taken apart in one pass, and no function calls itself: each node knows the one that it is
 * in. Few children are found by looking at each, many with a hash table, which all nodes share; a child
 * goes over to it when there are many. */
#include "nested/tree.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FEW = 32 };

static uint32_t add_node(struct tree *t, uint32_t parent, struct slice name)
{
	uint32_t id = (uint32_t)t->n;
	struct tree_node *above;

	MEM_GROW(t->node, t->n, t->cap);
	t->node[t->n++] = (struct tree_node){
		.name = name,
		.parent = parent,
		.first = TREE_NONE,
		.last = TREE_NONE,
		.next = TREE_NONE,
	};
	if (parent == TREE_NONE)
		return id;
	above = &t->node[parent];
	if (above->children)
		t->node[above->last].next = id;
	else
		above->first = id;
	above->last = id;
	t->node[id].place = above->children++;
	return id;
}

void tree_begin(struct tree *t)
{
	t->n = 0;
	t->replaced = false;
	arena_reset(&t->names);
	if (t->many.n)
		map_free(&t->many);
	add_node(t, TREE_NONE, (struct slice){ 0 });
	t->node[0].kind = KIND_OBJECT;
}

void tree_free(struct tree *t)
{
	free(t->node);
	free(t->known);
	free(t->order);
	arena_free(&t->names);
	map_free(&t->many);
	buf_free(&t->key);
	*t = (struct tree){ 0 };
}

static bool is_plain(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)text.at[i] < 0x20 || text.at[i] == '"' || text.at[i] == '\\')
			return false;
	return true;
}

/* A name that is given as it is meant. */
static struct slice spell(struct arena *a, struct slice meaning)
{
	char *quoted, *end;

	if (is_plain(meaning))
		return meaning;
	quoted = arena_take(a, json_text_bound(meaning));
	end = json_put_text(quoted, meaning);
	arena_trim(a, end);
	return (struct slice){ quoted + 1, (size_t)(end - quoted) - 2 };
}

struct slice tree_spell(struct arena *a, struct slice quoted)
{
	struct slice inside = { quoted.at + 1, quoted.len - 2 };

	return memchr(inside.at, '\\', inside.len) ? spell(a, json_meaning(a, quoted)) : inside;
}

/* Where the map has the node of that name; TREE_NONE is there if it is new. */
static uint32_t *known(struct tree *t, uint32_t parent, struct slice name)
{
	size_t before = t->many.n;
	uint32_t number;

	t->key.len = 0;
	buf_add(&t->key, (struct slice){ (const char *)&parent, sizeof parent });
	buf_add(&t->key, name);
	number = map_add(&t->many, buf_slice(&t->key));
	if (t->many.n > before) {
		MEM_GROW(t->known, number, t->known_cap);
		t->known[number] = TREE_NONE;
	}
	return &t->known[number];
}

static uint32_t find_among_few(const struct tree *t, uint32_t parent, struct slice name)
{
	uint32_t child = t->node[parent].first;

	while (child != TREE_NONE && !slice_equal(t->node[child].name, name))
		child = t->node[child].next;
	return child;
}

/* What the map has may be a child that a later value of the parent has replaced. */
static uint32_t find_among_many(struct tree *t, uint32_t parent, struct slice name)
{
	uint32_t *child = known(t, parent, name);

	if (*child == TREE_NONE || t->node[*child].parent != parent)
		*child = add_node(t, parent, name);
	return *child;
}

uint32_t tree_member(struct tree *t, uint32_t object, struct slice name)
{
	uint32_t child;

	if (t->node[object].children > FEW)
		return find_among_many(t, object, name);
	child = find_among_few(t, object, name);
	if (child != TREE_NONE)
		return child;
	child = add_node(t, object, name);
	if (t->node[object].children > FEW)
		for (uint32_t c = t->node[object].first; c != TREE_NONE; c = t->node[c].next)
			*known(t, object, t->node[c].name) = c;
	return child;
}

static void let_children_go(struct tree *t, uint32_t node)
{
	for (uint32_t c = t->node[node].first; c != TREE_NONE; c = t->node[c].next)
		t->node[c].parent = TREE_NONE;
	t->node[node].first = t->node[node].last = TREE_NONE;
	t->node[node].children = 0;
}

void tree_set(struct tree *t, uint32_t node, struct value v)
{
	if (t->node[node].children)
		let_children_go(t, node);
	t->replaced |= t->node[node].text.at != NULL;
	t->node[node].text = (struct slice){ v.at, v.len };
	t->node[node].kind = v.kind;
}

/* p is behind the bracket or the comma before a child of `at`; gives where its value begins. */
static const char *begin_child(struct tree *t, uint32_t at, const char *p, uint32_t *child)
{
	struct json_fault ignored;
	const char *end;
	bool plain;
	struct slice name;

	p = json_blanks(p);
	if (t->node[at].kind == KIND_ARRAY) {
		*child = add_node(t, at, (struct slice){ 0 });
		return p;
	}
	end = json_text(p, &plain, &ignored);
	name = (struct slice){ p + 1, (size_t)(end - p) - 2 };
	if (!plain)
		name = tree_spell(&t->names, (struct slice){ p, name.len + 2 });
	*child = tree_member(t, at, name);
	return json_blanks(json_blanks(end) + 1);
}

/* The byte behind a value that is a leaf. */
static const char *set_leaf(struct tree *t, uint32_t node, const char *p)
{
	struct json_fault ignored;
	enum kind kind = KIND_NUMBER;
	const char *end = json_plain_number(p);

	if (!end)
		end = json_value(p, 1, &kind, &ignored);
	tree_set(t, node, (struct value){ p, (uint32_t)(end - p), kind });
	return end;
}

void tree_open(struct tree *t, uint32_t node)
{
	const char *p = t->node[node].text.at;
	uint32_t at = node, child;

	if (!tree_is_full(p))
		return;
	let_children_go(t, node);
	for (;;) {
		p = begin_child(t, at, p + 1, &child);
		if (tree_is_full(p)) {
			enum kind kind = *p == '{' ? KIND_OBJECT : KIND_ARRAY;
			tree_set(t, child, (struct value){ .at = p, .kind = kind });
			at = child;
			continue;
		}
		p = json_blanks(set_leaf(t, child, p));
		for (; *p != ','; p = json_blanks(p)) {
			p++;
			t->node[at].text.len = (size_t)(p - t->node[at].text.at);
			if (at == node)
				return;
			at = t->node[at].parent;
		}
	}
}

/* The first part of a name. */
static struct slice part_of(struct slice name, struct slice separator)
{
	const char *found =
		separator.len ? memmem(name.at, name.len, separator.at, separator.len) : NULL;

	return found ? (struct slice){ name.at, (size_t)(found - name.at) } : name;
}

bool tree_reach(
	struct tree *t, struct slice name, struct slice separator, uint32_t *node, struct fault *f)
{
	struct slice rest = name, part;
	size_t depth = 1;

	for (*node = 0;; rest = slice_skip(rest, part.len + separator.len)) {
		part = part_of(rest, separator);
		*node = tree_member(t, *node, spell(&t->names, part));
		*f = (struct fault){ "is both a value and an object",
			name.len - rest.len + part.len };
		if (part.len == rest.len)
			return !t->node[*node].children;
		if (t->node[*node].text.at)
			return false;
		f->what = "is nested deeper than 2048";
		if (++depth == JSON_DEPTH)
			return false;
		t->node[*node].kind = KIND_OBJECT;
	}
}

/* The number that a name is, if it is below n. */
static bool is_number_below(struct slice name, uint32_t n, uint32_t *number)
{
	uint64_t x = 0;

	if (!name.len || name.len > 10 || (name.len > 1 && name.at[0] == '0'))
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if (!is_digit(name.at[i]))
			return false;
		x = x * 10 + (uint64_t)(name.at[i] - '0');
	}
	*number = (uint32_t)x;
	return x < n;
}

/* Different numbers below their count leave no gap. */
static bool is_array(struct tree *t, const struct tree_node *object)
{
	for (uint32_t c = object->first; c != TREE_NONE; c = t->node[c].next)
		if (!is_number_below(t->node[c].name, object->children, &t->node[c].place))
			return false;
	return true;
}

static void put_in_order(struct tree *t, struct tree_node *array)
{
	uint32_t *link = &array->first;

	if (array->children > t->order_cap) {
		t->order_cap = array->children * 2;
		t->order = mem_resize(t->order, t->order_cap * sizeof *t->order);
	}
	for (uint32_t c = array->first; c != TREE_NONE; c = t->node[c].next)
		t->order[t->node[c].place] = c;
	for (uint32_t i = 0; i < array->children; i++) {
		*link = t->order[i];
		link = &t->node[*link].next;
	}
	*link = TREE_NONE;
	array->last = t->order[array->children - 1];
}

void tree_number(struct tree *t)
{
	for (size_t i = 1; i < t->n; i++) {
		struct tree_node *object = &t->node[i];
		if (!object->children || !is_array(t, object))
			continue;
		object->kind = KIND_ARRAY;
		put_in_order(t, object);
	}
}

static void print_name(const struct tree *t, const struct tree_node *node, struct buf *to)
{
	if (t->node[node->parent].kind == KIND_ARRAY)
		return;
	buf_byte(to, '"');
	buf_add(to, node->name);
	buf_add(to, SLICE("\":"));
}

void tree_print(const struct tree *t, uint32_t node, struct buf *to)
{
	const struct tree_node *top = &t->node[node], *at = top;

	for (;;) {
		if (at != top)
			print_name(t, at, to);
		if (at->children) {
			buf_byte(to, at->kind == KIND_ARRAY ? '[' : '{');
			at = &t->node[at->first];
			continue;
		}
		buf_add(to, at->text);
		while (at != top && at->next == TREE_NONE) {
			at = &t->node[at->parent];
			buf_byte(to, at->kind == KIND_ARRAY ? ']' : '}');
		}
		if (at == top)
			return;
		buf_byte(to, ',');
		at = &t->node[at->next];
	}
}

void tree_print_member(const struct tree *t, uint32_t node, struct buf *to)
{
	print_name(t, &t->node[node], to);
	tree_print(t, node, to);
}
