#include "csv/sheet.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "csv/cell.h"
#include "number/digits.h"
#include "record/json.h"

enum { OFTEN = 2 }; /* a character that a name holds so often is no part of it */

#define UTF16 "UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it"
#define NOT_UTF8 "is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it"

static char point(const struct sheet *s)
{
	return s->comma ? ',' : '.';
}

void sheet_init(struct sheet *s)
{
	dsv_init(&s->dsv);
	if (!s->nulls.n)
		return;
	s->null_number = mem_array(s->nulls.n, sizeof *s->null_number);
	for (size_t i = 0; i < s->nulls.n; i++)
		if (!cell_plain_number(s->nulls.at[i].text, point(s), &s->null_number[i]))
			s->null_number[i].len = 0;
}

void sheet_begin(struct sheet *s, uint64_t skip)
{
	columns_free(&s->columns);
	s->dsv.wanted = NULL;
	s->settled = false;
	s->sole = 0;
	dsv_begin(&s->dsv, skip);
}

static bool names_itself(const struct sheet *s)
{
	return !s->wish.unnamed && !s->wish.given.n;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Only the cells that are wanted need to be looked at. */
static void tell_reader(struct sheet *s)
{
	const struct columns *c = &s->columns;

	if (c->n > s->wanted_cap) {
		s->wanted_cap = c->n;
		s->wanted = mem_resize(s->wanted, c->n * sizeof *s->wanted);
	}
	for (size_t i = 0; i < c->n; i++)
		s->wanted[i] = (uint32_t)c->at[i].cell;
	if (c->n)
		qsort(s->wanted, c->n, sizeof *s->wanted, by_number);
	s->dsv.wanted = c->n && c->n < c->cells ? s->wanted : NULL;
	s->dsv.n_wanted = c->n;
}

static bool decide(struct sheet *s, const struct slice *names, size_t n)
{
	s->vain.len = 0;
	if (!columns_decide(&s->columns, &s->wish, names, n, &s->vain))
		return false;
	for (size_t i = 0; i < s->columns.n; i++)
		s->columns.at[i].closely =
			s->columns.at[i].type != COLUMN_ANY || s->nulls.n || s->comma;
	tell_reader(s);
	s->settled = true;
	return true;
}

static bool refuse(struct sheet *s, const char *why)
{
	s->vain.len = 0;
	buf_add(&s->vain, slice_of(why));
	return false;
}

static size_t times(struct slice name, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++)
		n += name.at[i] == c;
	return n;
}

/* The one column's name may hold what divides the cells indeed. False: it is sure to. */
static bool suspect_delimiter(struct sheet *s, struct slice name)
{
	for (const char *p = ";\t|"; *p && !s->sole; p++)
		if (*p != s->dsv.delimiter && memchr(name.at, *p, name.len))
			s->sole = *p;
	if (!s->sole || s->sure || times(name, s->sole) < OFTEN)
		return true;
	s->vain.len = 0;
	buf_printf(&s->vain,
		"one column, whose name holds %s%c%s %zu times: is that the delimiter?  See -d",
		s->sole == '\t' ? "a ta" : "'", s->sole == '\t' ? 'b' : s->sole,
		s->sole == '\t' ? "" : "'", times(name, s->sole));
	s->sole = 0;
	return false;
}

static bool is_utf16(struct slice row)
{
	return slice_starts(row, SLICE("\xff\xfe")) || slice_starts(row, SLICE("\xfe\xff"));
}

/* The names in the first row, as texts. */
static bool decide_from_row(struct sheet *s)
{
	size_t n = s->dsv.cells;
	struct slice *name = mem_alloc(n * sizeof *name);
	struct buf *text = mem_array(n, sizeof *text);
	bool good = true;

	for (size_t i = 0; i < n && good; i++) {
		cell_text(&s->dsv.cell[i], &text[i]);
		name[i] = buf_slice(&text[i]);
		if (utf8_length(name[i]) < name[i].len)
			good = refuse(s, is_utf16(s->dsv.row) ? UTF16 : "the header " NOT_UTF8);
	}
	good = good && (n > 1 || suspect_delimiter(s, name[0])) && decide(s, name, n);
	for (size_t i = 0; i < n; i++)
		buf_free(&text[i]);
	free(text);
	free(name);
	return good;
}

static bool decide_from_wish(struct sheet *s)
{
	size_t n = s->wish.unnamed ? s->dsv.cells : s->wish.given.n;
	struct slice *name = mem_alloc(n * sizeof *name);
	char(*numbered)[24] = mem_alloc(n * sizeof *numbered);
	bool good;

	for (size_t i = 0; i < n; i++) {
		snprintf(numbered[i], sizeof numbered[i], "c%zu", i + 1);
		name[i] = s->wish.unnamed ? slice_of(numbered[i]) : s->wish.given.at[i].text;
	}
	good = decide(s, name, n);
	free(numbered);
	free(name);
	return good;
}

static enum sheet_found bad(struct sheet *s, const char *what, size_t at)
{
	s->fault = (struct sheet_fault){ { 0 }, what, at };
	return SHEET_BAD;
}

static enum sheet_found take_row(struct sheet *s)
{
	size_t cells = s->dsv.cells;

	if (cells == s->columns.cells)
		return SHEET_ROW;
	if (s->ragged) {
		s->raggeds++;
		return SHEET_ROW;
	}
	snprintf(s->made, sizeof s->made, "the row has %zu cell%s, not %zu", cells,
		cells == 1 ? "" : "s", s->columns.cells);
	return bad(s, s->made, 0);
}

/* Without a header there are no columns, and all is well if nobody named one. */
static enum sheet_found take_end(struct sheet *s)
{
	if (!dsv_ended(&s->dsv) || s->settled || !names_itself(s) || decide(s, NULL, 0))
		return SHEET_MORE;
	s->dsv.line = s->dsv.lines;
	buf_add(&s->vain, SLICE(", for there is no header"));
	return SHEET_VAIN;
}

enum sheet_found sheet_next(struct sheet *s)
{
	for (;;) {
		enum dsv_found found = dsv_next(&s->dsv);
		if (found == DSV_MORE)
			return take_end(s);
		if (found == DSV_ROW && s->settled)
			return take_row(s);
		if (found == DSV_BAD && (s->settled || !names_itself(s)))
			return bad(s, s->dsv.fault.what, s->dsv.fault.at);
		if (found == DSV_BAD) {
			refuse(s, s->dsv.fault.what);
			return SHEET_VAIN;
		}
		if (!names_itself(s))
			return decide_from_wish(s) ? take_row(s) : SHEET_VAIN;
		if (!decide_from_row(s))
			return SHEET_VAIN;
	}
}

/* The row is bad because of a cell. */
static char *blame(struct sheet *s, const struct cell *cell, const struct column *c,
	const char *what, size_t at)
{
	s->fault.name = (struct slice){ c->key.at + 2, c->key.len - 4 };
	s->fault.what = what;
	s->fault.at = (size_t)(cell->at - s->dsv.row.at) + at;
	return NULL;
}

static char *put_empty(const struct sheet *s, char *to, const struct column *c)
{
	if (s->empty == SHEET_OMIT)
		return to;
	to = slice_put(to, c->key);
	return slice_put(to, s->empty == SHEET_NULL ? SLICE("null") : SLICE("\"\""));
}

/* As JSON spells it, in s->json; false: it is none. */
static bool take_number(struct sheet *s, const struct column *c, struct slice text)
{
	s->json.len = 0;
	if (c->type == COLUMN_NUMBER)
		return cell_number(text, point(s), &s->json);
	return cell_plain_number(text, point(s), &s->json);
}

/* number: s->json is what the text is as a number. */
static bool means_null(const struct sheet *s, struct slice text, bool number)
{
	for (size_t i = 0; i < s->nulls.n; i++) {
		struct slice value = buf_slice(&s->null_number[i]);
		if (slice_equal(s->nulls.at[i].text, text))
			return true;
		if (number && value.len && !digits_order(value, buf_slice(&s->json)))
			return true;
	}
	return false;
}

/* A cell that takes more than copying, or an option that does; NULL: it makes the row a bad one. */
static char *put_closely(struct sheet *s, char *to, const struct column *c, const struct cell *cell)
{
	struct slice text = { cell->at, cell->len };
	size_t good;
	bool number;

	if (cell->kind == CELL_EMPTY)
		return put_empty(s, to, c);
	if (cell->kind == CELL_DOUBLED) {
		s->meant.len = 0;
		cell_text(cell, &s->meant);
		text = buf_slice(&s->meant);
	}
	good = utf8_length(text);
	if (good < text.len)
		return blame(s, cell, c, NOT_UTF8, good);
	number = c->type != COLUMN_TEXT && take_number(s, c, text);
	if (means_null(s, text, number))
		return slice_put(slice_put(to, c->key), SLICE("null"));
	if (!number && c->type == COLUMN_NUMBER)
		return blame(s, cell, c, "is not a number", 0);
	if (!number) {
		s->json.len = 0;
		json_quote(&s->json, text);
	}
	return slice_put(slice_put(to, c->key), buf_slice(&s->json));
}

static inline char *put_cell(
	struct sheet *s, char *to, const struct column *c, const struct cell *cell)
{
	if (c->closely || cell->kind > CELL_PLAIN || cell->kind == CELL_EMPTY)
		return put_closely(s, to, c, cell);
	to = slice_put_short(to, c->key);
	if (cell->kind == CELL_NUMBER)
		return slice_put_short(to, (struct slice){ cell->at, cell->len });
	*to++ = '"';
	to = slice_put_short(to, (struct slice){ cell->at, cell->len });
	*to++ = '"';
	return to;
}

/* Cells behind those that the header names. */
static char *put_surplus(struct sheet *s, char *to)
{
	struct column extra = { .type = COLUMN_ANY };
	size_t named = s->columns.cells;

	for (size_t i = named; i < s->dsv.cells && to && !s->wish.wanted.n; i++) {
		int n = snprintf(s->made, sizeof s->made, ",\"extra_%zu\":", i - named + 1);
		extra.key = (struct slice){ s->made, (size_t)n };
		to = put_closely(s, to, &extra, &s->dsv.cell[i]);
	}
	return to;
}

static struct value noted(const char *at, const char *end)
{
	enum kind kind = *at == '"' ? KIND_TEXT : *at == 'n' ? KIND_NULL : KIND_NUMBER;

	return (struct value){ at, (uint32_t)(end - at), kind };
}

/* Members that each begin with a comma. */
static inline __attribute__((always_inline)) char *put_columns(
	struct sheet *s, char *to, struct value *value)
{
	const struct column *c = s->columns.at, *end = c + s->columns.n;
	const struct cell *cell = s->dsv.cell;
	size_t cells = s->dsv.cells;

	for (; c < end && to; c++) {
		const char *at = to + c->key.len;
		if (c->cell < cells)
			to = put_cell(s, to, c, &cell[c->cell]);
		else
			to = slice_put(slice_put(to, c->key), SLICE("null"));
		if (value && to)
			*value++ = noted(at, to);
	}
	return to;
}

/* The first comma becomes the brace. */
char *sheet_print(struct sheet *s, char *start, struct value *value)
{
	char *to = value ? put_columns(s, start, value) : put_columns(s, start, NULL);

	if (to && s->dsv.cells > s->columns.cells)
		to = put_surplus(s, to);
	if (!to)
		return NULL;
	to += to == start;
	*start = '{';
	return slice_put(to, SLICE("}\n"));
}

void sheet_free(struct sheet *s)
{
	dsv_free(&s->dsv);
	columns_free(&s->columns);
	buf_free(&s->vain);
	buf_free(&s->meant);
	buf_free(&s->json);
	for (size_t i = 0; i < s->nulls.n; i++)
		buf_free(&s->null_number[i]);
	free(s->null_number);
	free(s->wanted);
	*s = (struct sheet){ 0 };
}
