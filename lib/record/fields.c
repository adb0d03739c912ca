#include "record/fields.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "record/json.h"

enum { LAYOUTS = 64 }; /* the first of them are remembered by name */

/* Most names of a record are looked at by nobody: length and two bytes tell so nearly always. */
static unsigned hint(struct slice name)
{
	if (!name.len)
		return 0;
	return (unsigned)(name.len * 61 + (unsigned char)name.at[0] * 7 +
		       (unsigned char)name.at[name.len - 1] * 31) &
		255;
}

uint32_t fields_add(struct fields *f, struct slice name)
{
	size_t before = f->names.n;
	uint32_t field = map_add(&f->names, name);
	struct buf json = { 0 };

	if (f->names.n == before)
		return field;
	json_quote(&json, name);
	MEM_GROW(f->json, field, f->json_cap);
	f->json[field] = buf_slice(&json);
	MEM_GROW(f->note, field, f->note_cap);
	f->note[field] = 0;
	f->hint[hint(name) / 64] |= 1ull << hint(name) % 64;
	return field;
}

uint32_t fields_need(struct fields *f, struct slice name)
{
	uint32_t field = fields_add(f, name);

	fields_note(f, field, FIELD_NEEDED);
	return field;
}

void fields_resolve(struct fields *f, struct names *names)
{
	MEM_GROW(f->list, f->lists, f->list_cap);
	names->list = (uint32_t)f->lists;
	f->list[f->lists++] = names;
	for (size_t i = 0; i < names->n; i++) {
		if (names->at[i].pattern)
			f->patterns = true;
		else
			fields_add(f, names->at[i].text);
	}
}

static bool wanted(const struct fields *f, struct slice name)
{
	for (size_t l = 0; l < f->lists; l++)
		for (size_t i = 0; i < f->list[l]->n; i++)
			if (f->list[l]->at[i].pattern && names_match(f->list[l]->at[i].text, name))
				return true;
	return false;
}

void fields_layout(struct fields *f)
{
	if (!f->aside)
		f->layouts++;
}

/* Notes that some record has it. */
static void meet(struct fields *f, struct slice name, uint32_t field)
{
	if (f->aside)
		return;
	if (field != FIELD_NONE)
		fields_note(f, field, FIELD_MET);
	if (f->layouts <= LAYOUTS && f->met.n < FIELDS_MET_MAX)
		map_add(&f->met, name);
}

uint32_t fields_find(struct fields *f, struct slice name)
{
	unsigned h = hint(name);
	uint32_t field = FIELD_NONE;

	if (f->hint[h / 64] >> h % 64 & 1)
		field = map_find(&f->names, name);
	meet(f, name, field);
	if (field != FIELD_NONE || !f->patterns || !wanted(f, name))
		return field;
	if (f->names.n < FIELDS_MAX || f->boundless)
		return fields_add(f, name);
	f->full = true;
	return FIELD_NONE;
}

static void pick(struct picks *p, uint32_t field, bool seen[])
{
	if (seen[field])
		return;
	seen[field] = true;
	p->at[p->n++] = field;
}

void fields_pick(
	const struct fields *f, size_t list, const uint32_t *present, size_t n, struct picks *p)
{
	const struct names *names = f->list[list];
	bool *seen = mem_array(f->names.n + 1, sizeof *seen);

	p->n = 0;
	p->at = mem_resize(p->at, (names->n + n + 1) * sizeof *p->at);
	for (size_t i = 0; i < names->n; i++) {
		const struct name *name = &names->at[i];
		if (!name->pattern)
			pick(p, map_find(&f->names, name->text), seen);
		for (size_t k = 0; name->pattern && k < n; k++)
			if (present[k] != FIELD_NONE &&
				names_match(name->text, fields_name(f, present[k])))
				pick(p, present[k], seen);
	}
	free(seen);
}

void fields_free(struct fields *f)
{
	for (size_t i = 0; i < f->names.n; i++)
		free((char *)f->json[i].at);
	free(f->json);
	free(f->note);
	free(f->list);
	map_free(&f->names);
	map_free(&f->met);
	*f = (struct fields){ 0 };
}
