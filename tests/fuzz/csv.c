/* A text of rows, read by all ways. The first byte chooses the size of the pieces, the second the options;
 * all ways must find the same, and libcsv must agree where it can tell. Then the same bytes are cells, 0xff
 * dividing cells and 0xfe rows: written as CSV and read again they must be the same. Last, each row is
 * written as a record: jansson must take it, and its members must say what the cells do; as a record at hand
 * it must hold the same values, and become the same line. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "../judge.h"
#include "../judge_csv.h"
#include "csv/entries.h"
#include "csv/sheet.h"
#include "record/json.h"

static void check(bool kept, const struct buf *why)
{
	if (kept)
		return;
	fwrite(why->at, 1, why->len, stderr);
	abort();
}

static void write_cell(struct buf *b, struct slice text, char delimiter, bool always)
{
	bool quoted = always || memchr(text.at, delimiter, text.len);

	for (size_t i = 0; i < text.len; i++)
		quoted |= text.at[i] == '"' || text.at[i] == '\n' || text.at[i] == '\r';
	if (!quoted) {
		buf_add(b, text);
		return;
	}
	buf_byte(b, '"');
	for (size_t i = 0; i < text.len; i++) {
		buf_byte(b, text.at[i]);
		if (text.at[i] == '"')
			buf_byte(b, '"');
	}
	buf_byte(b, '"');
}

/* The data as CSV, and as rows_read() tells what is read. A row of one empty cell is one only in quotes. */
static void write_rows(
	struct slice data, const struct rows_options *o, struct buf *csv, struct buf *wanted)
{
	bool first = true;

	for (size_t from = 0, to = 0; to <= data.len; to++) {
		struct slice text = { data.at + from, to - from };
		bool end = to == data.len || data.at[to] == '\xfe';
		if (!end && data.at[to] != '\xff')
			continue;
		write_cell(csv, text, o->delimiter,
			(end && first && !text.len) || (from + text.len) % 3 == 0);
		buf_add(csv,
			end ? o->skip ? SLICE("\r\n") : SLICE("\n") :
			      (struct slice){ &o->delimiter, 1 });
		rows_note_cell(wanted, text);
		if (end)
			buf_byte(wanted, '\n');
		first = end;
		from = to + 1;
	}
}

static void check_round_trip(struct slice data, struct rows_options o, size_t piece)
{
	struct buf csv = { 0 }, wanted = { 0 };

	write_rows(data, &o, &csv, &wanted);
	o = (struct rows_options){ .delimiter = o.delimiter, .max_row = SIZE_MAX / 2 };
	for (int way = 0; way < ROWS_WAYS; way++) {
		struct rows rows = rows_read(buf_slice(&csv), &o, (enum rows_way)way, piece, 0);
		check(slice_equal(buf_slice(&rows.cells), buf_slice(&wanted)), &rows.cells);
		rows_free(&rows);
	}
	buf_free(&csv);
	buf_free(&wanted);
}

/* A member's value against the cell it comes from. */
static void check_value(const char *at, const char *end, enum kind kind, const struct cell *cell)
{
	struct buf meant = { 0 }, wanted = { 0 };

	cell_text(cell, &wanted);
	if (kind == KIND_TEXT)
		json_unquote(&meant, (struct slice){ at, (size_t)(end - at) });
	else if (kind == KIND_NUMBER)
		buf_add(&meant, (struct slice){ at, (size_t)(end - at) });
	check(kind == KIND_NUMBER ?
			cell->kind == CELL_NUMBER :
			kind == KIND_TEXT || (kind == KIND_NULL && cell->kind == CELL_EMPTY),
		&wanted);
	check(slice_equal(buf_slice(&meant), buf_slice(&wanted)), &meant);
	buf_free(&meant);
	buf_free(&wanted);
}

/* Of rows that are as their header, read without options. */
static void check_members(const struct dsv *d, const char *p)
{
	struct json_fault f;
	enum kind kind;
	bool plain;

	for (size_t i = 0; i < d->cells; i++) {
		const char *at = json_text(p + 1, &plain, &f) + 1;
		p = json_value(at, 1, &kind, &f);
		check_value(at, p, kind, &d->cell[i]);
	}
	if (*p != '}')
		abort();
}

static void check_record(struct sheet *s, bool plain)
{
	struct buf line = { 0 };
	size_t bound = sheet_bound(s);
	char *start = buf_room(&line, bound + JSON_PAD), *end = sheet_print(s, start, NULL);

	if (end) {
		line.len = (size_t)(end - start);
		check(line.len <= bound && end[-1] == '\n', &line);
		check(judge_line((struct slice){ start, line.len - 1 }), &line);
		if (plain)
			check_members(&s->dsv, start);
	}
	buf_free(&line);
}

static void wish(struct sheet *s, unsigned wishes)
{
	static struct name names[] = { { SLICE("c1"), false }, { SLICE("a*"), true } };

	s->wish.unnamed = wishes & 1;
	s->wish.dedupe = true;
	s->wish.snake = wishes & 2;
	s->ragged = wishes & 4;
	s->comma = wishes & 512;
	s->empty = wishes >> 3 & 1 ? SHEET_OMIT : wishes >> 4 & 1 ? SHEET_TEXT : SHEET_NULL;
	if (wishes & 32)
		s->nulls = (struct names){ .at = names, .n = 1 };
	if (wishes & 64)
		s->wish.texts = (struct names){ .at = names + 1, .n = 1 };
	if (wishes & 128)
		s->wish.numbers = (struct names){ .at = names + (wishes & 1 ? 0 : 1), .n = 1 };
}

static void check_sheet(struct slice text, struct rows_options o, unsigned wishes)
{
	struct slice copy = rows_copy(text, 0);
	struct sheet s = { .dsv = { .delimiter = o.delimiter,
				   .comment = o.comment,
				   .trim = o.trim,
				   .lazy = o.lazy,
				   .max_row = o.max_row,
				   .fast = rows_fast(wishes & 256 ? ROWS_FAST : ROWS_PLAIN) } };
	enum sheet_found found;

	wish(&s, wishes);
	sheet_init(&s);
	sheet_begin(&s, o.skip);
	dsv_bytes(&s.dsv, copy, true);
	while ((found = sheet_next(&s)) == SHEET_ROW || found == SHEET_BAD)
		if (found == SHEET_ROW)
			check_record(&s, !(wishes & 0x2f8) && s.dsv.cells == s.columns.cells);
	sheet_free(&s);
	free((char *)copy.at);
}

static struct dsv reader_of(const struct rows_options *o, enum rows_way way)
{
	return (struct dsv){
		.delimiter = o->delimiter, .max_row = o->max_row, .fast = rows_fast(way)
	};
}

/* The values that are looked at are those of the line, and the line that the record becomes is it. */
static void check_entry(
	struct entries *e, struct rec *r, struct slice line, const struct value *value)
{
	struct buf got = { 0 };

	for (size_t i = 0; i < r->shape->n; i++)
		if (r->shape->field[i] != FIELD_NONE)
			check(r->value[i].kind == value[i].kind &&
					slice_equal(
						(struct slice){ r->value[i].at, r->value[i].len },
						(struct slice){ value[i].at, value[i].len }),
				&got);
	entries_spell(e, r);
	got.len = (size_t)(rec_print(r, buf_room(&got, rec_bound(r))) - got.at);
	check(slice_equal(buf_slice(&got), line), &got);
	buf_free(&got);
}

/* In two ways at once; no name is made up, so most headers are in vain. */
static void check_entries(struct slice text, struct rows_options o, unsigned wishes)
{
	static struct name names[] = { { SLICE("a*"), true }, { SLICE("b"), false } };
	struct names list = { .at = names, .n = wishes & 3 };
	struct slice copy = rows_copy(text, wishes & 63);
	struct entries e = { .sheet.dsv = reader_of(&o, wishes & 4 ? ROWS_FAST : ROWS_PLAIN) };
	struct sheet s = { .dsv = reader_of(&o, wishes & 8 ? ROWS_FAST : ROWS_PLAIN) };
	enum sheet_found found;
	struct fields fields = { 0 };
	struct buf line = { 0 };
	struct rec r = { 0 };

	list.n = list.n > 2 ? 0 : list.n;
	fields_resolve(&fields, &list);
	entries_init(&e, &fields);
	sheet_init(&s);
	entries_begin(&e);
	sheet_begin(&s, 0);
	dsv_bytes(&e.sheet.dsv, copy, true);
	dsv_bytes(&s.dsv, copy, true);
	while ((found = entries_next(&e, &r)) == SHEET_ROW || found == SHEET_BAD) {
		struct value *value = mem_alloc(sizeof *value * (r.shape->n + 1));
		bool row = sheet_next(&s) == SHEET_ROW;
		char *start = row ? buf_room(&line, sheet_bound(&s)) : NULL;
		char *end = row ? sheet_print(&s, start, found == SHEET_ROW ? value : NULL) : NULL;
		check((found == SHEET_ROW) == !!end, &line);
		if (end)
			check_entry(&e, &r, (struct slice){ start, (size_t)(end - start) }, value);
		free(value);
	}
	if (sheet_next(&s) != found)
		abort();
	rec_free(&r);
	buf_free(&line);
	fields_free(&fields);
	entries_free(&e);
	sheet_free(&s);
	free((char *)copy.at - (wishes & 63));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rows_options o = { .max_row = SIZE_MAX / 2 };
	struct buf why = { 0 };
	struct slice text;
	size_t piece;

	if (size < 2)
		return 0;
	text = (struct slice){ (const char *)data + 2, size - 2 };
	piece = data[0] > 200 || size > 2000 ? SIZE_MAX / 2 : data[0] + 1u;
	o.delimiter = ",;\t "[data[1] & 3];
	o.trim = data[1] & 4;
	o.lazy = data[1] & 8;
	o.comment = data[1] & 16 ? '#' : 0;
	o.skip = data[1] >> 5 & 1;
	o.max_row = data[1] & 64 ? 10 : o.max_row;
	check(rows_agree(text, &o, piece, data[0] & 63, &why), &why);
	check_round_trip(text, o, piece);
	check_sheet(text, o, ((data[0] ^ (unsigned)size << 1) & 0x1ff) | (data[1] & 128u) << 2);
	check_entries(text, o, data[0]);
	return 0;
}
