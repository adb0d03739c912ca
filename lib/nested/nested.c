/* A value is taken apart in one pass, and no function calls itself: each node knows the one that it is
 * in. Few children are found by looking at each, many with a hash table, which all nodes share; a child
 * goes over to it when there are many. */
#include "nested/nested.h"

#include <stdlib.h>

#include "base/mem.h"

enum { FEW = 32 };

static uint32_t add_node(struct nested *t, uint32_t parent, struct slice name)
{
	uint32_t id = (uint32_t)t->n;
	struct nested_node *above;

	MEM_GROW(t->node, t->n, t->cap);
	t->node[t->n++] = (struct nested_node){
		.name = name,
		.parent = parent,
		.first = NESTED_NONE,
		.last = NESTED_NONE,
		.next = NESTED_NONE,
	};
	if (parent == NESTED_NONE)
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

void nested_begin(struct nested *t)
{
	t->n = 0;
	t->replaced = false;
	arena_reset(&t->names);
	if (t->many.n)
		map_free(&t->many);
	add_node(t, NESTED_NONE, (struct slice){ 0 });
	t->node[0].kind = KIND_OBJECT;
}

void nested_free(struct nested *t)
{
	free(t->node);
	free(t->known);
	free(t->order);
	arena_free(&t->names);
	map_free(&t->many);
	buf_free(&t->key);
	*t = (struct nested){ 0 };
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

struct slice nested_spell(struct arena *a, struct slice quoted)
{
	struct slice inside = { quoted.at + 1, quoted.len - 2 };

	return memchr(inside.at, '\\', inside.len) ? spell(a, json_meaning(a, quoted)) : inside;
}

/* Where the map has the node of that name; NESTED_NONE is there if it is new. */
static uint32_t *known(struct nested *t, uint32_t parent, struct slice name)
{
	size_t before = t->many.n;
	uint32_t number;

	t->key.len = 0;
	buf_add(&t->key, (struct slice){ (const char *)&parent, sizeof parent });
	buf_add(&t->key, name);
	number = map_add(&t->many, buf_slice(&t->key));
	if (t->many.n > before) {
		MEM_GROW(t->known, number, t->known_cap);
		t->known[number] = NESTED_NONE;
	}
	return &t->known[number];
}

static uint32_t find_among_few(const struct nested *t, uint32_t parent, struct slice name)
{
	uint32_t child = t->node[parent].first;

	while (child != NESTED_NONE && !slice_equal(t->node[child].name, name))
		child = t->node[child].next;
	return child;
}

/* What the map has may be a child that a later value of the parent has replaced. */
static uint32_t find_among_many(struct nested *t, uint32_t parent, struct slice name)
{
	uint32_t *child = known(t, parent, name);

	if (*child == NESTED_NONE || t->node[*child].parent != parent)
		*child = add_node(t, parent, name);
	return *child;
}

uint32_t nested_member(struct nested *t, uint32_t object, struct slice name)
{
	uint32_t child;

	if (t->node[object].children > FEW)
		return find_among_many(t, object, name);
	child = find_among_few(t, object, name);
	if (child != NESTED_NONE)
		return child;
	child = add_node(t, object, name);
	if (t->node[object].children > FEW)
		for (uint32_t c = t->node[object].first; c != NESTED_NONE; c = t->node[c].next)
			*known(t, object, t->node[c].name) = c;
	return child;
}

static void let_children_go(struct nested *t, uint32_t node)
{
	for (uint32_t c = t->node[node].first; c != NESTED_NONE; c = t->node[c].next)
		t->node[c].parent = NESTED_NONE;
	t->node[node].first = t->node[node].last = NESTED_NONE;
	t->node[node].children = 0;
}

void nested_set(struct nested *t, uint32_t node, struct value v)
{
	if (t->node[node].children)
		let_children_go(t, node);
	t->replaced |= t->node[node].text.at != NULL;
	t->node[node].text = (struct slice){ v.at, v.len };
	t->node[node].kind = v.kind;
}

/* p is behind the bracket or the comma before a child of `at`; gives where its value begins. */
static const char *begin_child(struct nested *t, uint32_t at, const char *p, uint32_t *child)
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
		name = nested_spell(&t->names, (struct slice){ p, name.len + 2 });
	*child = nested_member(t, at, name);
	return json_blanks(json_blanks(end) + 1);
}

/* The byte behind a value that is a leaf. */
static const char *set_leaf(struct nested *t, uint32_t node, const char *p)
{
	struct json_fault ignored;
	enum kind kind = KIND_NUMBER;
	const char *end = json_plain_number(p);

	if (!end)
		end = json_value(p, 1, &kind, &ignored);
	nested_set(t, node, (struct value){ p, (uint32_t)(end - p), kind });
	return end;
}

void nested_open(struct nested *t, uint32_t node)
{
	const char *p = t->node[node].text.at;
	uint32_t at = node, child;

	if (!nested_is_full(p))
		return;
	let_children_go(t, node);
	for (;;) {
		p = begin_child(t, at, p + 1, &child);
		if (nested_is_full(p)) {
			enum kind kind = *p == '{' ? KIND_OBJECT : KIND_ARRAY;
			nested_set(t, child, (struct value){ .at = p, .kind = kind });
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

bool nested_reach(struct nested *t, struct slice name, struct slice separator, uint32_t *node,
	struct fault *f)
{
	struct slice rest = name, part;
	size_t depth = 1;

	for (*node = 0;; rest = slice_skip(rest, part.len + separator.len)) {
		part = part_of(rest, separator);
		*node = nested_member(t, *node, spell(&t->names, part));
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
static bool is_array(struct nested *t, const struct nested_node *object)
{
	for (uint32_t c = object->first; c != NESTED_NONE; c = t->node[c].next)
		if (!is_number_below(t->node[c].name, object->children, &t->node[c].place))
			return false;
	return true;
}

static void put_in_order(struct nested *t, struct nested_node *array)
{
	uint32_t *link = &array->first;

	if (array->children > t->order_cap) {
		t->order_cap = array->children * 2;
		t->order = mem_resize(t->order, t->order_cap * sizeof *t->order);
	}
	for (uint32_t c = array->first; c != NESTED_NONE; c = t->node[c].next)
		t->order[t->node[c].place] = c;
	for (uint32_t i = 0; i < array->children; i++) {
		*link = t->order[i];
		link = &t->node[*link].next;
	}
	*link = NESTED_NONE;
	array->last = t->order[array->children - 1];
}

void nested_number(struct nested *t)
{
	for (size_t i = 1; i < t->n; i++) {
		struct nested_node *object = &t->node[i];
		if (!object->children || !is_array(t, object))
			continue;
		object->kind = KIND_ARRAY;
		put_in_order(t, object);
	}
}

static void print_name(const struct nested *t, const struct nested_node *node, struct buf *to)
{
	if (t->node[node->parent].kind == KIND_ARRAY)
		return;
	buf_byte(to, '"');
	buf_add(to, node->name);
	buf_add(to, SLICE("\":"));
}

void nested_print(const struct nested *t, uint32_t node, struct buf *to)
{
	const struct nested_node *top = &t->node[node], *at = top;

	for (;;) {
		if (at != top)
			print_name(t, at, to);
		if (at->children) {
			buf_byte(to, at->kind == KIND_ARRAY ? '[' : '{');
			at = &t->node[at->first];
			continue;
		}
		buf_add(to, at->text);
		while (at != top && at->next == NESTED_NONE) {
			at = &t->node[at->parent];
			buf_byte(to, at->kind == KIND_ARRAY ? ']' : '}');
		}
		if (at == top)
			return;
		buf_byte(to, ',');
		at = &t->node[at->next];
	}
}

void nested_print_member(const struct nested *t, uint32_t node, struct buf *to)
{
	print_name(t, &t->node[node], to);
	nested_print(t, node, to);
}
