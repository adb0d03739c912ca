/* judge_csv: what the tests of rows and cells hold them against
 *
 * libcsv, strict and with blanks kept, tells which cells a text has and at which byte it goes wrong first.
 * In that there is no difference. It has no word for the rest: it stops at the first fault where we go on
 * at the next line, of a quote that is not closed it does not say where it opened, it knows no lines, no
 * longest row, no comments and no lines to be skipped, and what it calls trimming and lenient is not what
 * we call so. There the ways judge each other. A text is read by every way, in pieces as they come from
 * a pipe; each piece is copied so that what follows it misleads, and ends where it may be read to. What
 * was found becomes a text, and the texts of all ways must be the same. */
#pragma once

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/slice.h"
#include "csv/dsv.h"
#include "csv/cells.h"

enum { ROWS_PAD = 64 };

enum rows_way {
	ROWS_PLAIN,
	ROWS_FAST,
	ROWS_AVX2,
	ROWS_SSE4,
	ROWS_SLOWLY, /* no cells are found ahead: all is read letter by letter */
	ROWS_WAYS,
};

struct rows_options {
	char delimiter, comment;
	bool trim, lazy;
	uint64_t skip;
	size_t max_row;
};

struct rows {
	struct buf cells; /* up to the first fault, as libcsv would tell it */
	struct buf notes; /* all, with the lines */
	bool faulty;
};

static inline void rows_free(struct rows *r)
{
	buf_free(&r->cells);
	buf_free(&r->notes);
}

static inline void rows_note_cell(struct buf *b, struct slice text)
{
	buf_printf(b, " %zu:", text.len);
	buf_add(b, text);
}

/* What libcsv finds. */
struct rows_judge {
	struct buf cells, row;
};

static inline void rows_judge_cell(void *text, size_t len, void *judge)
{
	rows_note_cell(&((struct rows_judge *)judge)->row, (struct slice){ text, len });
}

static inline void rows_judge_end(int end, void *judge)
{
	struct rows_judge *j = judge;

	(void)end;
	buf_add(&j->cells, buf_slice(&j->row));
	buf_byte(&j->cells, '\n');
	j->row.len = 0;
}

static inline int rows_no_blank(unsigned char c)
{
	(void)c;
	return 0;
}

static inline struct buf rows_judge(struct slice text, char delimiter)
{
	struct rows_judge j = { 0 };
	struct csv_parser parser;
	size_t n;

	if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL))
		abort();
	csv_set_space_func(&parser, rows_no_blank);
	csv_set_delim(&parser, (unsigned char)delimiter);
	n = csv_parse(&parser, text.at, text.len, rows_judge_cell, rows_judge_end, &j);
	/* After a fault its end would deliver what is left of the row. */
	if (n < text.len)
		buf_printf(&j.cells, "bad at %zu\n", n);
	else if (csv_fini(&parser, rows_judge_cell, rows_judge_end, &j))
		buf_printf(&j.cells, "bad at the end\n");
	csv_free(&parser);
	buf_free(&j.row);
	return j.cells;
}

static inline void rows_note_row(struct rows *r, const struct dsv *d)
{
	buf_printf(&r->notes, "%ju, %zu bytes:", (uintmax_t)d->line, d->row.len);
	for (size_t i = 0; i < d->cells; i++) {
		struct buf text = { 0 };
		cell_text(&d->cell[i], &text);
		rows_note_cell(&r->notes, buf_slice(&text));
		buf_printf(&r->notes, "/%u", d->cell[i].kind);
		if (!r->faulty)
			rows_note_cell(&r->cells, buf_slice(&text));
		buf_free(&text);
	}
	buf_byte(&r->notes, '\n');
	if (!r->faulty)
		buf_byte(&r->cells, '\n');
}

static inline void rows_note_fault(struct rows *r, const struct dsv *d, size_t row_at)
{
	bool at_end = strstr(d->fault.what, "not closed");

	buf_printf(&r->notes, "%ju: %s at %zu of", (uintmax_t)d->line, d->fault.what, d->fault.at);
	rows_note_cell(&r->notes, d->row);
	buf_byte(&r->notes, '\n');
	if (!r->faulty && at_end)
		buf_printf(&r->cells, "bad at the end\n");
	else if (!r->faulty)
		buf_printf(&r->cells, "bad at %zu\n", row_at + d->fault.at);
	r->faulty = true;
}

/* A copy that ends where it may be read to, with `skew` bytes before it. What follows it misleads: there
 * seems to be more, or nothing that would stop a search. Free the result's at - skew. */
static inline struct slice rows_copy(struct slice piece, size_t skew)
{
	static const char after[] = "\"\n,\r;\"\"9";
	char *copy = mem_alloc(skew + piece.len + ROWS_PAD);

	memset(copy, '"', skew);
	if (piece.len)
		memcpy(copy + skew, piece.at, piece.len);
	for (size_t i = 0; i < ROWS_PAD; i++)
		copy[skew + piece.len + i] = !i ? '\n' :
			skew % 2                ? after[(i + skew) % (sizeof after - 1)] :
						  'x';
	return (struct slice){ copy + skew, piece.len };
}

static inline const struct cells *rows_fast(enum rows_way way)
{
	return cells_with(vector_best(way == ROWS_FAST ? VECTOR_AVX512 :
			way == ROWS_AVX2               ? VECTOR_AVX2 :
			way == ROWS_SSE4               ? VECTOR_SSE4 :
							 VECTOR_NONE));
}

/* How many of the bytes, which begin at `from` of the text, are left. */
static inline size_t rows_take(struct rows *r, struct dsv *d, struct slice bytes, size_t from,
	bool last, enum rows_way way)
{
	enum dsv_found found = DSV_ROW;

	dsv_bytes(d, bytes, last);
	while (found != DSV_MORE) {
		if (way == ROWS_SLOWLY)
			d->reach = 0;
		found = dsv_next(d);
		if (found == DSV_ROW)
			rows_note_row(r, d);
		else if (found == DSV_BAD)
			rows_note_fault(r, d, from + (size_t)(d->row.at - bytes.at));
	}
	return dsv_left(d);
}

/* Reads a text in pieces. The end is known with the last piece if their size is odd, else after it. */
static inline struct rows rows_read(struct slice text, const struct rows_options *o,
	enum rows_way way, size_t piece, size_t skew)
{
	struct dsv d = { .delimiter = o->delimiter,
		.comment = o->comment,
		.trim = o->trim,
		.lazy = o->lazy,
		.max_row = o->max_row,
		.fast = rows_fast(way) };
	struct rows rows = { 0 };
	size_t left = 0, to = 0;
	bool last = false;

	dsv_init(&d);
	dsv_begin(&d, o->skip);
	while (!last) {
		size_t from = to - left, more = text.len - to < piece ? text.len - to : piece;
		last = to + more == text.len && (piece % 2 || !more);
		to += more;
		struct slice bytes = rows_copy((struct slice){ text.at + from, to - from }, skew);
		left = rows_take(&rows, &d, bytes, from, last, way);
		free((char *)bytes.at - skew);
	}
	if (left)
		abort();
	dsv_free(&d);
	return rows;
}

/* Do all ways find the same in these pieces as the plain one finds in the whole? And libcsv, where the
 * options are such that it can tell? If not, *why are the two. */
static inline bool rows_agree(
	struct slice text, const struct rows_options *o, size_t piece, size_t skew, struct buf *why)
{
	struct rows wanted = rows_read(text, o, ROWS_PLAIN, SIZE_MAX / 2, 0);
	bool same = true;

	for (int way = 0; way < ROWS_WAYS && same; way++) {
		struct rows got = rows_read(text, o, (enum rows_way)way, piece, skew);
		same = slice_equal(buf_slice(&got.notes), buf_slice(&wanted.notes));
		if (!same)
			buf_printf(why, "way %d, pieces of %zu, skew %zu:\n%.*s-- not\n%.*s", way,
				piece, skew, (int)got.notes.len, got.notes.at,
				(int)wanted.notes.len, wanted.notes.at);
		rows_free(&got);
	}
	if (same && !o->comment && !o->trim && !o->lazy && !o->skip && text.len <= o->max_row) {
		struct buf judged = rows_judge(text, o->delimiter);
		same = slice_equal(buf_slice(&wanted.cells), buf_slice(&judged));
		if (!same)
			buf_printf(why, "found:\n%.*s-- not\n%.*s", (int)wanted.cells.len,
				wanted.cells.at, (int)judged.len, judged.at);
		buf_free(&judged);
	}
	rows_free(&wanted);
	return same;
}
