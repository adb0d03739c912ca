/* Most of the line is copied in long pieces: `from` is where that goes on. */
#include "nested/recast.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/slice.h"
#include "nested/claims.h"
#include "number/num.h"

void recast_begin(struct recast *c, const struct rec *r)
{
	if (r->shape->n > c->cap) {
		c->cap = 2 * r->shape->n;
		c->member = mem_resize(c->member, c->cap * sizeof *c->member);
	}
	for (uint32_t i = 0; i < r->shape->n; i++)
		c->member[i] = (struct recast_member){ .value = r->value[i] };
}

static void take_over(
	struct recast *c, struct recast_member *first, const struct recast_member *last)
{
	first->role = last->role == RECAST_COPY ? RECAST_REPLACE : last->role;
	first->flatten = last->flatten;
	first->value = last->value;
	if (first->role == RECAST_FLATTEN || first->flatten)
		first->value = unique_value(&c->unique, first->value);
}

void recast_settle(struct recast *c, const struct rec *r)
{
	struct recast_member *m = c->member;

	unique_members(&c->unique, r);
	for (uint32_t i = 0; i < r->shape->n; i++)
		m[c->unique.first[i]].changed |= m[i].role != RECAST_COPY;
	for (uint32_t i = 0; i < r->shape->n; i++) {
		uint32_t first = c->unique.first[i];
		if (i != first)
			m[i].role = m[first].changed ? RECAST_DROP : RECAST_PASS;
		else if (m[i].changed)
			take_over(c, &m[i], &m[c->unique.last[i]]);
	}
}

static const char *end_of(const struct rec *r, size_t i)
{
	return r->value[i].at + r->value[i].len;
}

/* Only a name that begins as one that is changed can be equal to what becomes of that. An empty one and
 * one with an escape may begin anyhow. */
static void note_beginnings(struct recast *c, const struct rec *r)
{
	memset(c->begins, 0, sizeof c->begins);
	for (uint32_t i = 0; i < r->shape->n; i++) {
		unsigned char begin;
		if (c->member[i].role == RECAST_COPY)
			continue;
		begin = (unsigned char)rec_name(r, i).at[1];
		if (begin == '"' || begin == '\\')
			memset(c->begins, 0xff, sizeof c->begins);
		c->begins[begin / 64] |= 1ull << begin % 64;
	}
}

static bool may_clash(const struct recast *c, struct slice name)
{
	unsigned char begin = (unsigned char)name.at[1];

	return begin == '\\' || (c->begins[begin / 64] >> begin % 64 & 1);
}

/* Copies from the line, of which everything before *from is dealt with. */
static void add_up_to(struct recast *c, const char **from, const char *end)
{
	buf_add(&c->frame, (struct slice){ *from, (size_t)(end - *from) });
	*from = end;
}

static void add_hole(struct recast *c, bool for_number)
{
	c->hole[c->holes++] = (struct recast_hole){ c->frame.len, for_number };
}

/* In place of a member's value, */
static void replace_value(struct recast *c, const struct recast_member *m)
{
	if (m->role == RECAST_NUMBER)
		add_hole(c, true);
	else
		buf_add(&c->frame, (struct slice){ m->value.at, m->value.len });
}

/* and of all of it. */
static void replace_member(struct recast *c, uint32_t i, struct slice name)
{
	const struct recast_member *m = &c->member[i];

	if (m->role == RECAST_FLATTEN) {
		c->too_long |= !flat_value(&c->flat, name, m->value.at, &c->frame, c->most);
	} else if (m->role == RECAST_EXPLODE) {
		c->array = i;
		add_hole(c, false);
	} else {
		buf_add(&c->frame, (struct slice){ m->value.at, m->value.len });
	}
}

static void print_member(struct recast *c, const struct rec *r, uint32_t i, const char **from)
{
	struct slice name = rec_name(r, i);
	const char *value = r->value[i].at;

	switch (c->member[i].role) {
	case RECAST_COPY:
		if (may_clash(c, name))
			flat_claim(&c->flat, name, value);
		return;
	case RECAST_PASS:
		return;
	case RECAST_DROP:
		add_up_to(c, from, end_of(r, i - 1));
		break;
	case RECAST_REPLACE:
	case RECAST_NUMBER:
		flat_claim(&c->flat, name, value);
		add_up_to(c, from, value);
		replace_value(c, &c->member[i]);
		break;
	default:
		add_up_to(c, from, name.at);
		replace_member(c, i, name);
	}
	*from = end_of(r, i);
}

/* There is a member before it: the array. */
static void add_number(struct recast *c, const struct rec *r, const char **from)
{
	add_up_to(c, from, end_of(r, r->shape->n - 1));
	buf_byte(&c->frame, ',');
	flat_claim(&c->flat, c->number, NULL);
	buf_add(&c->frame, c->number);
	buf_byte(&c->frame, ':');
	add_hole(c, true);
}

bool recast_print(struct recast *c, const struct rec *r, bool closely, size_t most)
{
	const char *from = r->line.at;

	c->frame.len = c->holes = 0;
	c->most = most;
	c->too_long = false;
	flat_begin(&c->flat, closely);
	note_beginnings(c, r);
	for (uint32_t i = 0; i < r->shape->n && !c->too_long; i++)
		print_member(c, r, i, &from);
	if (c->number.len && c->holes == 1)
		add_number(c, r, &from);
	add_up_to(c, &from, r->line.at + r->line.len);
	c->too_long |= c->frame.len > most;
	return !c->too_long && !c->flat.repeated;
}

static void add_element(
	struct recast *c, const struct rec *r, struct value v, struct buf *to, size_t most)
{
	struct slice name = rec_name(r, c->array);
	const char *array = r->value[c->array].at;

	if (c->member[c->array].flatten && tree_is_full(v.at)) {
		c->too_long |= !flat_value(&c->flat, name, v.at, to, most);
		return;
	}
	flat_claim(&c->flat, name, v.at);
	buf_add(to, (struct slice){ name.at, (size_t)(array - name.at) });
	buf_add(to, (struct slice){ v.at, v.len });
}

bool recast_fill(struct recast *c, const struct rec *r, struct value element, uint64_t number,
	struct buf *to)
{
	size_t from = 0, most = to->len + c->most, common = c->flat.names.n;

	for (size_t i = 0; i < c->holes; i++) {
		size_t at = c->hole[i].at;
		buf_add(to, (struct slice){ c->frame.at + from, at - from });
		from = at;
		if (c->hole[i].for_number)
			to->len += num_print_integer(buf_room(to, NUM_MAX), number);
		else
			add_element(c, r, element, to, most);
	}
	buf_add(to, slice_skip(buf_slice(&c->frame), from));
	c->too_long |= to->len > most;
	buf_byte(to, '\n');
	claims_keep(&c->flat.names, common);
	return !c->too_long && !c->flat.repeated;
}

/* In the line, or in a value that has been printed anew. */
static size_t place_of(const struct recast *c, const struct rec *r, const char *at)
{
	if (at >= r->line.at && at < r->line.at + r->line.len)
		return rec_place(r, at);
	for (uint32_t i = 0; i < r->shape->n; i++) {
		const struct value *v = &c->member[i].value;
		if (at >= v->at && at < v->at + v->len)
			return rec_place(r, r->value[i].at);
	}
	return 0;
}

size_t recast_twice_at(const struct recast *c, const struct rec *r)
{
	size_t one = place_of(c, r, c->flat.twice_at[0]);
	size_t other = place_of(c, r, c->flat.twice_at[1]);

	if (!one || !other)
		return 0;
	return one > other ? one : other;
}

void recast_free(struct recast *c)
{
	free(c->member);
	flat_free(&c->flat);
	buf_free(&c->frame);
	unique_free(&c->unique);
	*c = (struct recast){ 0 };
}
