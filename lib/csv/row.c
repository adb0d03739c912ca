#include "csv/row.h"

#include "base/mem.h"
#include "record/fields.h"
#include "record/json.h"

enum row_role { ROLE_NONE, ROLE_COLUMN, ROLE_UNWANTED };

void row_ready(struct row *row, struct fields *fields)
{
	struct fault ignored;

	if (row->wanted.n)
		return;
	names_add(&row->everything, SLICE("*"), &ignored);
	fields_resolve(fields, &row->everything);
	/* The first record has all columns. */
	fields->boundless = true;
}

static void set_role(struct row *row, uint32_t field, enum row_role what)
{
	for (; row->roles <= field; row->roles++) {
		MEM_GROW(row->role, row->roles, row->role_cap);
		row->role[row->roles] = ROLE_NONE;
	}
	if (!row->role[field])
		row->role[field] = what;
}

static enum row_role role_of(const struct row *row, uint32_t field)
{
	return field < row->roles ? row->role[field] : ROLE_NONE;
}

static void note_unwanted(struct row *row, const struct rec *r)
{
	struct picks picks = rec_pick(r, &row->unwanted);

	for (size_t i = 0; i < picks.n; i++)
		set_role(row, picks.at[i], ROLE_UNWANTED);
}

/* The columns are what the lists stand for in this record. */
static void decide(struct row *row, const struct rec *r)
{
	struct picks picks = rec_pick(r, row->wanted.n ? &row->wanted : &row->everything);

	row->roles = row->n = 0;
	note_unwanted(row, r);
	for (size_t i = 0; i < picks.n; i++) {
		if (role_of(row, picks.at[i]) != ROLE_NONE)
			continue;
		set_role(row, picks.at[i], ROLE_COLUMN);
		MEM_GROW(row->column, row->n, row->column_cap);
		row->column[row->n++] = picks.at[i];
	}
	row->cell = mem_resize(row->cell, (row->n + 1) * sizeof *row->cell);
}

static bool blame(struct rec *r, struct slice name, const char *what, size_t at)
{
	rec_blame_at(r, name, what, at);
	return false;
}

static bool blame_extra(struct row *row, struct rec *r, size_t member)
{
	const struct shape *s = r->shape;
	struct slice quoted = { s->piece[member].text + s->key[member].at, s->key[member].len };

	row->name.len = 0;
	json_unquote(&row->name, quoted);
	return blame(r, buf_slice(&row->name), "is no column; --extra drop leaves it out",
		rec_place(r, r->value[member].at));
}

/* Looks at the members that are no columns. False: one is neither unwanted nor to be dropped. */
static bool excuse(struct row *row, struct rec *r, size_t surplus)
{
	struct picks picks = rec_pick(r, &row->unwanted);

	if (row->drops)
		return true;
	for (size_t i = 0; i < picks.n; i++)
		surplus -= shape_slot(r->shape, picks.at[i]) != SLOT_NONE;
	if (!surplus)
		return true;
	note_unwanted(row, r);
	for (size_t i = 0; i < r->shape->n; i++)
		if (role_of(row, r->shape->field[i]) == ROLE_NONE)
			return blame_extra(row, r, i);
	return true;
}

static bool gather(struct row *row, struct rec *r)
{
	static const struct value missing = { .kind = KIND_MISSING };
	size_t found = 0;

	for (size_t i = 0; i < row->n; i++) {
		uint32_t slot = shape_slot(r->shape, row->column[i]);
		if (slot == SLOT_NONE && !row->fills)
			return blame(r, fields_name(r->fields, row->column[i]),
				"is missing; --absent TEXT stands in for it", 0);
		row->cell[i] = slot == SLOT_NONE ? &missing : &r->value[slot];
		found += slot != SLOT_NONE;
	}
	if (found < r->shape->n && !excuse(row, r, r->shape->n - found))
		return false;
	row->left_out += r->shape->n - found;
	return true;
}

bool row_take(struct row *row, struct rec *r)
{
	if (!row->settled)
		decide(row, r);
	if (!row->n)
		rec_blame(r, FIELD_NONE, "the record has no field for a column");
	if (!row->n || !gather(row, r))
		return false;
	/* Patterns have done their work: no name of a later record needs a number. */
	if (!row->settled) {
		row->wanted.n = row->everything.n = 0;
		r->fields->boundless = false;
	}
	row->settled = true;
	return true;
}
