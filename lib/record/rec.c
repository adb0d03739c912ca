#include "record/rec.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/slice.h"
#include "number/num.h"

enum { UNTOUCHED = 0, GONE = UINT32_MAX, ADDED = UINT32_MAX };

/* What becomes of one member. New members come after all others, in the order they were added. */
struct change {
	uint32_t slot;  /* of the line, or ADDED */
	uint32_t field; /* its name in the end */
	bool dropped, renamed, set;
	struct value value; /* the new one */
};

static void forget(struct rec *r)
{
	for (size_t i = 0; i < r->marks; i++)
		r->changed[r->marked[i]] = UNTOUCHED;
	r->marks = r->changes = 0;
	arena_reset(&r->text);
	r->fault_name = (struct slice){ 0 };
	r->fault_joint = " ";
}

void rec_begin(struct rec *r, const struct scan *s)
{
	forget(r);
	r->line = r->raw = s->line;
	r->place = NULL;
	r->value = s->value;
	r->shape = s->shape;
	r->fields = s->fields;
	r->fault = NULL;
}

void rec_begin_apart(struct rec *r, struct slice raw, const struct shape *shape,
	const struct value *value, const uint32_t *place, struct fields *fields)
{
	forget(r);
	r->line = (struct slice){ 0 };
	r->raw = raw;
	r->place = place;
	r->value = value;
	r->shape = shape;
	r->fields = fields;
	r->fault = NULL;
}

void rec_begin_bad(struct rec *r, struct slice line, const char *what, size_t at)
{
	static const struct shape none;

	forget(r);
	r->line = r->raw = line;
	r->place = NULL;
	r->value = NULL;
	r->shape = &none;
	r->fault = what;
	r->fault_at = at;
}

void rec_free(struct rec *r)
{
	free(r->change);
	free(r->changed);
	free(r->marked);
	free(r->order);
	arena_free(&r->text);
	*r = (struct rec){ 0 };
}

struct slice rec_name(const struct rec *r, size_t member)
{
	const struct value *before = member ? &r->value[member - 1] : NULL;
	const char *at = before ? before->at + before->len : r->line.at;

	return (struct slice){ at + r->shape->key[member].at, r->shape->key[member].len };
}

size_t rec_place(const struct rec *r, const char *at)
{
	bool in_line = at >= r->line.at && at <= r->line.at + r->line.len;

	if (!r->place)
		return in_line ? (size_t)(at - r->line.at) : 0;
	for (size_t i = 0; i < r->shape->n; i++) {
		const struct value *v = &r->value[i];
		if ((in_line || at >= v->at) && at < v->at + v->len)
			return r->place[i];
	}
	return 0;
}

static uint32_t state(const struct rec *r, uint32_t field)
{
	return field < r->changed_cap ? r->changed[field] : UNTOUCHED;
}

struct value rec_changed_value(const struct rec *r, uint32_t field)
{
	static const struct value missing = { .kind = KIND_MISSING };
	uint32_t now = state(r, field), slot = shape_slot(r->shape, field);
	const struct change *c;

	if (now == GONE)
		return missing;
	if (now == UNTOUCHED)
		return slot == SLOT_NONE ? missing : r->value[slot];
	c = &r->change[now - 1];
	return c->set ? c->value : r->value[c->slot];
}

static void blame(struct rec *r, struct slice name, const char *joint, const char *what, size_t at)
{
	if (r->fault)
		return;
	r->fault = what;
	r->fault_name = name;
	r->fault_joint = joint;
	r->fault_at = at;
}

static void blame_field(struct rec *r, uint32_t field, const char *joint, const char *what)
{
	blame(r, fields_name(r->fields, field), joint, what, rec_place(r, rec_value(r, field).at));
}

void rec_blame(struct rec *r, uint32_t field, const char *what)
{
	if (field == FIELD_NONE)
		blame(r, (struct slice){ 0 }, " ", what, 0);
	else
		blame_field(r, field, " ", what);
}

void rec_refuse(struct rec *r, uint32_t field, const char *what)
{
	blame_field(r, field, ": ", what);
}

static struct slice visible(struct slice name)
{
	return name.len ? name : SLICE("\"\"");
}

void rec_blame_at(struct rec *r, struct slice name, const char *what, size_t at)
{
	blame(r, visible(name), " ", what, at);
}

void rec_refuse_at(struct rec *r, struct slice name, const char *what, size_t at)
{
	blame(r, visible(name), ": ", what, at);
}

bool rec_number(struct rec *r, uint32_t field, struct slice *text)
{
	struct value v = rec_value(r, field);

	if (v.kind == KIND_NUMBER) {
		*text = (struct slice){ v.at, v.len };
		return true;
	}
	if (v.kind > KIND_NULL)
		rec_blame(r, field, "is not a number");
	return false;
}

static void mark(struct rec *r, uint32_t field, uint32_t now)
{
	if (field >= r->changed_cap) {
		size_t cap = (field + 1) * 2;
		r->changed = mem_resize(r->changed, cap * sizeof *r->changed);
		memset(r->changed + r->changed_cap, 0, (cap - r->changed_cap) * sizeof *r->changed);
		r->changed_cap = cap;
	}
	if (r->changed[field] == UNTOUCHED) {
		MEM_GROW(r->marked, r->marks, r->marked_cap);
		r->marked[r->marks++] = field;
	}
	r->changed[field] = now;
}

static struct change *add_change(struct rec *r, uint32_t slot, uint32_t field)
{
	MEM_GROW(r->change, r->changes, r->change_cap);
	r->change[r->changes] = (struct change){ .slot = slot, .field = field };
	return &r->change[r->changes++];
}

static void set_text(struct rec *r, struct change *c, struct slice json, enum kind kind)
{
	char *kept = arena_take(&r->text, json.len + NUM_PAD);

	memcpy(kept, json.at, json.len);
	arena_trim(&r->text, kept + json.len);
	c->set = true;
	c->value = (struct value){ kept, (uint32_t)json.len, kind };
}

/* Of several members of one name, the first is kept and gets the value of the last. */
static struct change *hold_repeated(struct rec *r, uint32_t field)
{
	size_t kept = r->changes;
	const struct value *last = NULL;

	for (uint32_t i = 0; i < r->shape->n; i++) {
		if (r->shape->field[i] != field)
			continue;
		add_change(r, i, field)->dropped = last;
		last = &r->value[i];
	}
	set_text(r, &r->change[kept], (struct slice){ last->at, last->len }, last->kind);
	mark(r, field, (uint32_t)kept + 1);
	return &r->change[kept];
}

/* The change that holds a field, NULL if the record has no such member. */
static struct change *hold(struct rec *r, uint32_t field)
{
	uint32_t now = state(r, field), slot = shape_slot(r->shape, field);
	struct change *c;

	if (now == GONE || (now == UNTOUCHED && slot == SLOT_NONE))
		return NULL;
	if (now != UNTOUCHED)
		return &r->change[now - 1];
	if (r->shape->twice && r->shape->again[field])
		return hold_repeated(r, field);
	c = add_change(r, slot, field);
	mark(r, field, (uint32_t)r->changes);
	return c;
}

static enum kind kind_of(char c)
{
	switch (c) {
	case '"':
		return KIND_TEXT;
	case '{':
		return KIND_OBJECT;
	case '[':
		return KIND_ARRAY;
	case 't':
		return KIND_TRUE;
	case 'f':
		return KIND_FALSE;
	case 'n':
		return KIND_NULL;
	}
	return KIND_NUMBER;
}

void rec_set(struct rec *r, uint32_t field, struct slice json)
{
	struct change *c = hold(r, field);

	if (!c) {
		c = add_change(r, ADDED, field);
		mark(r, field, (uint32_t)r->changes);
	}
	set_text(r, c, json, kind_of(*json.at));
}

void rec_drop(struct rec *r, uint32_t field)
{
	struct change *c = hold(r, field);

	if (!c)
		return;
	c->dropped = true;
	mark(r, field, GONE);
}

void rec_rename(struct rec *r, uint32_t field, uint32_t to)
{
	struct change *c;

	if (field == to || !hold(r, field))
		return;
	rec_drop(r, to);
	c = hold(r, field);
	c->field = to;
	c->renamed = true;
	mark(r, to, state(r, field));
	mark(r, field, GONE);
}

size_t rec_bound(const struct rec *r)
{
	size_t n = r->line.len + 1;

	for (size_t i = 0; i < r->changes; i++)
		n += r->fields->json[r->change[i].field].len + r->change[i].value.len + 2;
	return n;
}

static int compare(const void *a, const void *b, void *with)
{
	const struct change *change = with;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (change[x].slot != change[y].slot)
		return change[x].slot < change[y].slot ? -1 : 1;
	return (x > y) - (x < y);
}

/* The changes by their place in the line, which is mostly the order in which they were made. */
static const uint32_t *in_order(struct rec *r)
{
	bool sorted = true;

	if (r->changes > r->order_cap) {
		r->order_cap = r->change_cap;
		r->order = mem_resize(r->order, r->order_cap * sizeof *r->order);
	}
	for (uint32_t i = 0; i < r->changes; i++) {
		r->order[i] = i;
		sorted &= !i || r->change[i - 1].slot <= r->change[i].slot;
	}
	if (!sorted)
		qsort_r(r->order, r->changes, sizeof *r->order, compare, r->change);
	return r->order;
}

static const char *end_of(const struct rec *r, size_t slot)
{
	return r->value[slot].at + r->value[slot].len;
}

static const char *name_of(const struct rec *r, size_t slot)
{
	return (slot ? end_of(r, slot - 1) : r->line.at) + r->shape->key[slot].at;
}

/* Copies from the line, of which everything before *from is dealt with. */
static char *copy_up_to(char *to, const char **from, const char *end)
{
	if (end > *from) {
		to = slice_put(to, (struct slice){ *from, (size_t)(end - *from) });
		*from = end;
	}
	return to;
}

static struct slice new_text(const struct change *c)
{
	return (struct slice){ c->value.at, c->value.len };
}

static char *print_change(const struct rec *r, const struct change *c, char *to, const char **from)
{
	const char *name = name_of(r, c->slot);

	if (c->renamed) {
		to = copy_up_to(to, from, name);
		to = slice_put(to, r->fields->json[c->field]);
		*from = name + r->shape->key[c->slot].len;
	}
	if (c->set) {
		to = copy_up_to(to, from, r->value[c->slot].at);
		to = slice_put(to, new_text(c));
		*from = end_of(r, c->slot);
	}
	return to;
}

/* A member goes with the comma before it; while none is left before it, with the one after it. */
static char *print_without(
	const struct rec *r, size_t slot, bool first, char *to, const char **from)
{
	if (!first) {
		to = copy_up_to(to, from, end_of(r, slot - 1));
		*from = end_of(r, slot);
		return to;
	}
	to = copy_up_to(to, from, name_of(r, slot));
	*from = slot + 1 < r->shape->n ? name_of(r, slot + 1) : end_of(r, slot);
	return to;
}

static char *print_added(const struct rec *r, const struct change *c, bool first, char *to)
{
	if (!first)
		*to++ = ',';
	to = slice_put(to, r->fields->json[c->field]);
	*to++ = ':';
	return slice_put(to, new_text(c));
}

char *rec_print(struct rec *r, char *to)
{
	const char *from = r->line.at, *end = r->line.at + r->line.len;
	const uint32_t *order = r->changes ? in_order(r) : NULL;
	size_t left = r->shape->n, leading = 0;

	for (size_t i = 0; i < r->changes; i++) {
		const struct change *c = &r->change[order[i]];
		if (c->slot != ADDED && !c->dropped) {
			to = print_change(r, c, to, &from);
		} else if (c->slot != ADDED) {
			to = print_without(r, c->slot, c->slot == leading, to, &from);
			leading += c->slot == leading;
			left--;
		} else if (!c->dropped) {
			const char *brace = memchr(r->line.at, '{', r->line.len);
			to = copy_up_to(
				to, &from, r->shape->n ? end_of(r, r->shape->n - 1) : brace + 1);
			to = print_added(r, c, !left, to);
			left++;
		}
	}
	to = copy_up_to(to, &from, end);
	*to++ = '\n';
	return to;
}
