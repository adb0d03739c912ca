#include "record/shape.h"

#include <stdlib.h>

#include "base/mem.h"

void shape_reserve(struct shape *s, size_t n)
{
	if (n < s->cap)
		return;
	s->cap = n * 2 + 32;
	s->piece = mem_resize(s->piece, s->cap * sizeof *s->piece);
	s->key = mem_resize(s->key, s->cap * sizeof *s->key);
	s->field = mem_resize(s->field, s->cap * sizeof *s->field);
}

static struct slice key_text(const struct shape *s, size_t i)
{
	return (struct slice){ s->piece[i].text + s->key[i].at, s->key[i].len };
}

static uint32_t find_field(struct fields *fields, struct slice quoted)
{
	struct slice inner = { quoted.at + 1, quoted.len - 2 };
	struct buf meant = { 0 };
	uint32_t field;

	if (!memchr(inner.at, '\\', inner.len))
		return fields_find(fields, inner);
	json_unquote(&meant, quoted);
	field = fields_find(fields, buf_slice(&meant));
	buf_free(&meant);
	return field;
}

static void resolve_lists(struct shape *s, const struct fields *fields)
{
	if (s->lists < fields->lists) {
		s->pick = mem_resize(s->pick, fields->lists * sizeof *s->pick);
		memset(s->pick + s->lists, 0, (fields->lists - s->lists) * sizeof *s->pick);
		s->lists = fields->lists;
	}
	for (size_t l = 0; l < s->lists; l++)
		if (fields->patterns || !s->pick[l].n)
			fields_pick(fields, l, s->field, s->n, &s->pick[l]);
}

bool shape_resolve(struct shape *s, struct fields *fields)
{
	fields->full = false;
	fields_layout(fields);
	for (size_t i = 0; i < s->n; i++)
		s->field[i] = find_field(fields, key_text(s, i));
	if (fields->full)
		return false;
	s->fields = fields->names.n;
	if (s->fields > s->slot_cap) {
		s->slot_cap = s->fields * 2;
		s->slot = mem_resize(s->slot, s->slot_cap * sizeof *s->slot);
		s->again = mem_resize(s->again, s->slot_cap * sizeof *s->again);
	}
	for (size_t f = 0; f < s->fields; f++) {
		s->slot[f] = SLOT_NONE;
		s->again[f] = false;
	}
	s->twice = false;
	for (size_t i = 0; i < s->n; i++) {
		if (s->field[i] == FIELD_NONE)
			continue;
		s->again[s->field[i]] = s->slot[s->field[i]] != SLOT_NONE;
		s->twice |= s->again[s->field[i]];
		s->slot[s->field[i]] = (uint32_t)i;
	}
	resolve_lists(s, fields);
	return true;
}

static void copy_pieces(struct shape *s, const struct shape *from, size_t room)
{
	s->text.len = 0;
	char *to = buf_room(&s->text, room);

	for (size_t i = 0; i <= s->n; i++) {
		uint32_t len = from->piece[i].len;
		s->piece[i] = from->piece[i];
		s->piece[i].text = to;
		s->piece[i].mask = len < 32 ? (1u << len) - 1 : UINT32_MAX;
		s->piece[i].tail = 0;
		memset(&s->piece[i].tail, 0xff, len % 8);
		memcpy(to, from->piece[i].text, len);
		memset(to + len, 0, SHAPE_PAD);
		to += len + SHAPE_PAD;
	}
}

static void copy_picks(struct shape *s, const struct shape *from)
{
	if (s->lists < from->lists) {
		s->pick = mem_resize(s->pick, from->lists * sizeof *s->pick);
		memset(s->pick + s->lists, 0, (from->lists - s->lists) * sizeof *s->pick);
		s->lists = from->lists;
	}
	for (size_t l = 0; l < s->lists; l++) {
		struct picks *to = &s->pick[l];
		to->n = from->pick[l].n;
		if (!to->n)
			continue;
		to->at = mem_resize(to->at, to->n * sizeof *to->at);
		memcpy(to->at, from->pick[l].at, to->n * sizeof *to->at);
	}
}

bool shape_learn(struct shape *s, const struct shape *from)
{
	size_t room = 0;

	for (size_t i = 0; i <= from->n; i++)
		room += from->piece[i].len + SHAPE_PAD;
	if (from->n > SHAPE_MEMBERS || room > SHAPE_TEXT + (from->n + 1) * SHAPE_PAD)
		return false;
	shape_reserve(s, from->n);
	s->n = from->n;
	copy_pieces(s, from, room);
	memcpy(s->key, from->key, s->n * sizeof *s->key);
	memcpy(s->field, from->field, s->n * sizeof *s->field);
	s->fields = from->fields;
	if (s->fields) {
		s->slot_cap = s->fields;
		s->slot = mem_resize(s->slot, s->slot_cap * sizeof *s->slot);
		s->again = mem_resize(s->again, s->slot_cap * sizeof *s->again);
		memcpy(s->slot, from->slot, s->fields * sizeof *s->slot);
		memcpy(s->again, from->again, s->fields * sizeof *s->again);
	}
	copy_picks(s, from);
	s->twice = from->twice;
	s->nested = from->nested;
	return true;
}

bool shape_equal(const struct shape *a, const struct shape *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i <= a->n; i++)
		if (a->piece[i].len != b->piece[i].len ||
			memcmp(a->piece[i].text, b->piece[i].text, a->piece[i].len))
			return false;
	return true;
}

static inline uint64_t eight(const char *p)
{
	uint64_t x;

	memcpy(&x, p, 8);
	return x;
}

/* Stops at the LF at the latest, which only the last piece has, at its end. */
static inline bool begins_with(const char *p, const struct piece *piece)
{
	const char *text = piece->text, *last = text + (piece->len & ~7u);

	for (; text < last; text += 8, p += 8)
		if (eight(p) != eight(text))
			return false;
	return !((eight(p) ^ eight(text)) & piece->tail);
}

const char *shape_match(const struct shape *s, struct value *value, const char *line)
{
	struct json_fault ignored;
	const char *p = line;

	for (size_t i = 0;; i++) {
		const char *at = p + s->piece[i].len;
		enum kind kind = KIND_NUMBER;
		if (!begins_with(p, &s->piece[i]))
			return NULL;
		if (i == s->n)
			return at;
		p = json_plain_number(at);
		if (!p)
			p = json_value(at, 1, &kind, &ignored);
		if (!p)
			return NULL;
		value[i] = (struct value){ at, (uint32_t)(p - at), kind };
	}
}

void shape_free(struct shape *s)
{
	for (size_t l = 0; l < s->lists; l++)
		free(s->pick[l].at);
	free(s->pick);
	free(s->piece);
	free(s->key);
	free(s->field);
	free(s->slot);
	free(s->again);
	buf_free(&s->text);
	*s = (struct shape){ 0 };
}
