#include "csv/entries.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "csv/cell.h"
#include "csv/dsv.h"
#include "number/num.h"
#include "record/json.h"

static const char null[4 + NUM_PAD] = "null";

void entries_init(struct entries *e, struct fields *fields)
{
	e->fields = fields;
	sheet_init(&e->sheet);
}

void entries_begin(struct entries *e)
{
	shape_free(&e->shape);
	e->shaped = false;
	sheet_begin(&e->sheet, 0);
}

static void reserve(struct entries *e, size_t n)
{
	if (n <= e->cap)
		return;
	e->cap = n;
	e->value = mem_resize(e->value, n * sizeof *e->value);
	e->place = mem_resize(e->place, n * sizeof *e->place);
	e->wanted = mem_resize(e->wanted, n * sizeof *e->wanted);
}

/* The pieces between the values, as sheet_print() writes them. */
static void make_pieces(struct entries *e, const struct columns *columns)
{
	struct shape *s = &e->shape;
	const char *text;

	e->keys.len = 0;
	for (size_t i = 0; i < columns->n; i++)
		buf_add(&e->keys, columns->at[i].key);
	e->keys.at[0] = '{';
	buf_add(&e->keys, SLICE("}\n"));
	text = e->keys.at;
	shape_reserve(s, columns->n);
	s->n = columns->n;
	for (size_t i = 0; i < s->n; i++) {
		uint32_t len = (uint32_t)columns->at[i].key.len;
		s->piece[i] = (struct piece){ .text = text, .len = len };
		s->key[i] = (struct key){ 1, len - 2 };
		text += len;
	}
	s->piece[s->n] = (struct piece){ .text = text, .len = 2, .separator = 1 };
}

/* With the first row: a header alone is no record. */
static bool make_shape(struct entries *e)
{
	struct sheet *sheet = &e->sheet;
	size_t n = sheet->columns.n;

	make_pieces(e, &sheet->columns);
	if (!shape_resolve(&e->shape, e->fields))
		return false;
	reserve(e, n);
	e->n_wanted = 0;
	for (size_t i = 0; i < n; i++) {
		e->value[i] = (struct value){ .kind = KIND_MISSING };
		e->place[i] = 0;
		if (e->shape.field[i] != FIELD_NONE)
			e->wanted[e->n_wanted++] = (uint32_t)i;
	}
	sheet->dsv.wanted = e->n_wanted < n ? e->wanted : NULL;
	sheet->dsv.n_wanted = e->n_wanted;
	e->shaped = true;
	return true;
}

/* A text in quotes, or what has to be escaped; *to is behind it. */
static struct value text_of(const struct cell *c, char **to)
{
	struct buf meant = { 0 };
	char *at = *to;

	if (c->kind == CELL_PLAIN) {
		*at = '"';
		*to = slice_put_short(at + 1, (struct slice){ c->at, c->len });
		*(*to)++ = '"';
	} else if (c->kind == CELL_TEXT) {
		*to = json_put_text(at, (struct slice){ c->at, c->len });
	} else {
		cell_text(c, &meant);
		*to = json_put_text(at, buf_slice(&meant));
		buf_free(&meant);
	}
	return (struct value){ at, (uint32_t)(*to - at), KIND_TEXT };
}

static void take_values(struct entries *e)
{
	const struct dsv *d = &e->sheet.dsv;
	/* A byte becomes six at most; the rest is quotes and what short copies spill. */
	char *to = buf_room(&e->texts, 6 * d->row.len + 3 * e->n_wanted + 64);

	for (size_t i = 0; i < e->n_wanted; i++) {
		size_t k = e->wanted[i];
		const struct cell *c = &d->cell[k];
		e->place[k] = (uint32_t)(c->at - d->row.at);
		if (c->kind == CELL_NUMBER)
			e->value[k] = (struct value){ c->at, c->len, KIND_NUMBER };
		else if (c->kind == CELL_EMPTY)
			e->value[k] = (struct value){ null, 4, KIND_NULL };
		else
			e->value[k] = text_of(c, &to);
	}
}

/* Writes the row as a line; false: it is bad. */
static bool write_line(struct entries *e)
{
	struct sheet *s = &e->sheet;
	char *start, *end;

	e->line.len = 0;
	start = buf_room(&e->line, sheet_bound(s) + NUM_PAD);
	dsv_look(&s->dsv);
	end = sheet_print(s, start, e->value);
	e->line.len = end ? (size_t)(end - start) - 1 : 0;
	return end;
}

static enum sheet_found blame(struct entries *e, struct rec *r)
{
	const struct sheet *s = &e->sheet;

	rec_begin_bad(r, s->dsv.row, s->fault.what, s->fault.at);
	r->fault_name = s->fault.name;
	return SHEET_BAD;
}

enum sheet_found entries_next(struct entries *e, struct rec *r)
{
	const struct dsv *d = &e->sheet.dsv;
	enum sheet_found found = sheet_next(&e->sheet);

	if (found == SHEET_BAD)
		return blame(e, r);
	if (found != SHEET_ROW)
		return found;
	if (!e->shaped && !make_shape(e)) {
		buf_add(&e->sheet.vain, SLICE("too many different names match the patterns"));
		return SHEET_VAIN;
	}
	/* Which cell it is, only the one who looks at all can tell. */
	if (d->high && utf8_length(d->row) < d->row.len && !write_line(e))
		return blame(e, r);
	take_values(e);
	rec_begin_apart(r, d->row, &e->shape, e->value, e->place, e->fields);
	return SHEET_ROW;
}

void entries_spell(struct entries *e, struct rec *r)
{
	const char *row = e->sheet.dsv.row.at;

	write_line(e);
	for (size_t i = 0; i < e->shape.n; i++)
		e->place[i] = (uint32_t)(e->sheet.dsv.cell[i].at - row);
	r->line = buf_slice(&e->line);
}

void entries_free(struct entries *e)
{
	sheet_free(&e->sheet);
	shape_free(&e->shape);
	free(e->value);
	free(e->place);
	free(e->wanted);
	buf_free(&e->keys);
	buf_free(&e->texts);
	buf_free(&e->line);
	*e = (struct entries){ 0 };
}
