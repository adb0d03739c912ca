/* csv2rec - turn CSV or TSV into records */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/slice.h"
#include "base/utf8.h"
#include "csv/cell.h"
#include "csv/cells.h"
#include "csv/columns.h"
#include "csv/dsv.h"
#include "program/filter.h"
#include "program/reader.h"
#include "record/json.h"

enum { EMPTY_NULL, EMPTY_STRING, EMPTY_OMIT };

static struct columns_wish wish;
static const char *delimiter, *comment, *null_list;
static bool tsv, ragged, lazy, trim;
static struct choice empty;
static int64_t skip;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &wish.wanted, "only these columns, in this order"),
	OPT('x', "exclude", "FIELDS", &wish.unwanted, "all columns but these"),
	OPT('d', "delimiter", "CHAR", &delimiter, "what divides the cells (a comma)"),
	OPT(0, "tsv", NULL, &tsv, "a tab divides the cells"),
	OPT(0, "header", "NAMES", &wish.given, "the columns' names; the first row is data"),
	OPT(0, "no-header", NULL, &wish.unnamed, "the first row is data; call them c1, c2, ..."),
	OPT(0, "dedupe-header", NULL, &wish.dedupe, "number columns of one name: a, a_2, ..."),
	OPT(0, "snake", NULL, &wish.snake, "make use_kw of 'use [kW]'"),
	OPT(0, "rename", "OLD=NEW,...", &wish.renames, "call columns otherwise"),
	OPT(0, "text", "FIELDS", &wish.texts, "what these columns hold is text"),
	OPT(0, "number", "FIELDS", &wish.numbers, "so is 007, +5, .5 a number here, and text bad"),
	OPT(0, "empty", "null|string|omit", &empty, "what an empty cell becomes (null)"),
	OPT(0, "null", "TEXTS", &null_list, "cells that mean null: '?,NA'"),
	OPT(0, "ragged", NULL, &ragged, "short rows end in nulls, long ones in extra_1, ..."),
	OPT(0, "lazy-quotes", NULL, &lazy, "a quote that stands wrong is text"),
	OPT(0, "trim", NULL, &trim, "blanks around a cell are no part of it"),
	OPT(0, "skip", "N", &skip, "pass over the first N lines of each file"),
	OPT(0, "comment", "CHAR", &comment, "pass over lines that begin with it"),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static struct names nulls;
static struct columns columns;
static struct dsv dsv;
static bool headed; /* the columns of this file are decided */
static struct buf cell_buf, row_buf;
static uint64_t raggeds;

static void check_renames(void)
{
	for (size_t i = 0; i < wish.renames.n; i++) {
		struct slice pair = wish.renames.at[i].text;
		if (!memchr(pair.at, '=', pair.len))
			usage("--rename: '%.*s' is not OLD=NEW", (int)pair.len, pair.at);
	}
}

static void prepare(void)
{
	struct fault f;

	if (tsv && delimiter)
		usage("--tsv and --delimiter exclude each other");
	if (wish.unnamed && wish.given.n)
		usage("--header and --no-header exclude each other");
	if (skip < 0)
		usage("--skip must be at least 0");
	if (null_list && !names_add(&nulls, slice_of(null_list), &f))
		usage("--null: %s: '%s'", f.what, null_list);
	check_renames();
	dsv.delimiter = tsv ? '\t' : delimiter ? opt_character("delimiter", delimiter) : ',';
	dsv.comment = comment ? opt_character("comment", comment) : 0;
	dsv.trim = trim;
	dsv.lazy = lazy;
	dsv.max_row = filter_max_line();
	dsv.fast = cells_with(scan_vector(reader_way()));
	dsv_init(&dsv);
}

static void begin_file(void)
{
	columns_free(&columns);
	dsv.wanted = NULL;
	headed = false;
	dsv_begin(&dsv, (uint64_t)skip);
}

/* The header's faults are the file's: what they would lead to is no answer to any row. */
static _Noreturn void refuse(uint64_t line, struct slice why)
{
	die("%s:%ju: %.*s", filter_file(), (uintmax_t)line, (int)why.len, why.at);
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* Only the cells that are wanted need to be looked at. */
static void tell_reader(void)
{
	static uint32_t *wanted;

	wanted = mem_resize(wanted, (columns.n + 1) * sizeof *wanted);
	for (size_t i = 0; i < columns.n; i++)
		wanted[i] = (uint32_t)columns.at[i].cell;
	qsort(wanted, columns.n, sizeof *wanted, by_number);
	dsv.wanted = columns.n < columns.cells ? wanted : NULL;
	dsv.n_wanted = columns.n;
}

static void decide(const struct slice *names, size_t n)
{
	struct buf error = { 0 };

	if (!columns_decide(&columns, &wish, names, n, &error))
		refuse(dsv.line, buf_slice(&error));
	tell_reader();
	headed = true;
}

static void hint_at_delimiter(struct slice name)
{
	for (const char *p = ";\t|"; *p; p++)
		if (*p != dsv.delimiter && memchr(name.at, *p, name.len))
			warn("%s: one column, whose name holds '%c': is that the delimiter?  -d",
				filter_file(), *p);
}

/* The names in the first row, as texts. */
static void decide_from_row(void)
{
	struct slice *name = mem_alloc(dsv.cells * sizeof *name);
	struct buf *text = mem_array(dsv.cells, sizeof *text);

	for (size_t i = 0; i < dsv.cells; i++) {
		cell_text(&dsv.cell[i], &text[i]);
		name[i] = buf_slice(&text[i]);
		if (utf8_length(name[i]) < name[i].len)
			refuse(dsv.line,
				slice_of(slice_starts(dsv.row, SLICE("\xff\xfe")) ||
							slice_starts(dsv.row, SLICE("\xfe\xff")) ?
						"UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it" :
						"the header is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it"));
	}
	if (dsv.cells == 1)
		hint_at_delimiter(name[0]);
	decide(name, dsv.cells);
	for (size_t i = 0; i < dsv.cells; i++)
		buf_free(&text[i]);
	free(text);
	free(name);
}

static void decide_from_options(void)
{
	size_t n = wish.unnamed ? dsv.cells : wish.given.n;
	struct slice *name = mem_alloc(n * sizeof *name);
	char(*numbered)[24] = mem_alloc(n * sizeof *numbered);

	for (size_t i = 0; i < n; i++) {
		snprintf(numbered[i], sizeof numbered[i], "c%zu", i + 1);
		name[i] = wish.unnamed ? slice_of(numbered[i]) : wish.given.at[i].text;
	}
	decide(name, n);
	free(numbered);
	free(name);
}

/* The row is bad, and why: static text but for the name of the column. */
static struct {
	char what[300];
	size_t at;
} fault;

static char *blame(const struct cell *cell, const struct column *c, const char *what, size_t at)
{
	struct slice name = { c->key.at + 2, c->key.len - 4 };

	snprintf(fault.what, sizeof fault.what, "%.*s %s", (int)(name.len < 200 ? name.len : 200),
		name.at, what);
	fault.at = (size_t)(cell->at - dsv.row.at) + at;
	return NULL;
}

static bool means_null(struct slice text)
{
	for (size_t i = 0; i < nulls.n; i++)
		if (slice_equal(nulls.at[i].text, text))
			return true;
	return false;
}

static char *put_empty(char *to, const struct column *c)
{
	if (empty.at == EMPTY_OMIT)
		return to;
	to = slice_put(to, c->key);
	return slice_put(to, empty.at == EMPTY_NULL ? SLICE("null") : SLICE("\"\""));
}

/* A cell that takes more than copying, or an option that does; NULL: it makes the row a bad one. */
static char *put_closely(char *to, const struct column *c, const struct cell *cell)
{
	struct slice text = { cell->at, cell->len };
	size_t good;

	if (cell->kind == CELL_EMPTY)
		return put_empty(to, c);
	if (cell->kind == CELL_DOUBLED) {
		cell_buf.len = 0;
		cell_text(cell, &cell_buf);
		text = buf_slice(&cell_buf);
	}
	good = utf8_length(text);
	if (good < text.len)
		return blame(
			cell, c, "is not UTF-8: iconv -f LATIN1 -t UTF-8 may convert it", good);
	to = slice_put(to, c->key);
	if (means_null(text))
		return slice_put(to, SLICE("null"));
	row_buf.len = 0;
	if (cell->kind == CELL_NUMBER && c->type != COLUMN_TEXT)
		buf_add(&row_buf, text);
	else if (c->type != COLUMN_NUMBER)
		json_quote(&row_buf, text);
	else if (!cell_number(text, &row_buf))
		return blame(cell, c, "is not a number", 0);
	return slice_put(to, buf_slice(&row_buf));
}

static inline char *put_cell(char *to, const struct column *c, const struct cell *cell)
{
	if (c->type != COLUMN_ANY || nulls.n || cell->kind > CELL_PLAIN || cell->kind == CELL_EMPTY)
		return put_closely(to, c, cell);
	to = slice_put_short(to, c->key);
	if (cell->kind == CELL_NUMBER)
		return slice_put_short(to, (struct slice){ cell->at, cell->len });
	*to++ = '"';
	to = slice_put_short(to, (struct slice){ cell->at, cell->len });
	*to++ = '"';
	return to;
}

/* Cells behind those that the header names. */
static char *put_surplus(char *to)
{
	struct column extra = { .type = COLUMN_ANY };
	char key[40];

	for (size_t i = columns.cells; i < dsv.cells && to && !wish.wanted.n; i++) {
		int n = snprintf(key, sizeof key, ",\"extra_%zu\":", i - columns.cells + 1);
		extra.key = (struct slice){ key, (size_t)n };
		to = put_closely(to, &extra, &dsv.cell[i]);
	}
	return to;
}

/* A record is members that each begin with a comma, the first of which becomes the brace. */
static char *put_row(char *start)
{
	char *to = start;

	for (size_t i = 0; i < columns.n && to; i++) {
		const struct column *c = &columns.at[i];
		if (c->cell < dsv.cells)
			to = put_cell(to, c, &dsv.cell[c->cell]);
		else
			to = slice_put(slice_put(to, c->key), SLICE("null"));
	}
	if (to && dsv.cells > columns.cells)
		to = put_surplus(to);
	if (!to)
		return NULL;
	to += to == start;
	*start = '{';
	return slice_put(to, SLICE("}\n"));
}

static void answer(void)
{
	static struct buf large;
	struct out *out = output_main();
	/* A byte becomes six at most, \u001f; the rest is keys, quotes, null, and what short copies spill. */
	size_t bound = columns.keys + 6 * dsv.row.len + 48 * (dsv.cells + columns.n) + 64;
	char *start = bound <= OUT_BLOCK ? out_room(out, bound) : buf_room(&large, bound);
	char *end = put_row(start);

	if (!end) {
		filter_blames_row(dsv.line, dsv.row, fault.what, fault.at);
		return;
	}
	if (bound <= OUT_BLOCK) {
		out->len += (size_t)(end - start);
		out_step(out);
	} else {
		out_add(out, (struct slice){ start, (size_t)(end - start) });
	}
	filter_counts_row(true);
}

static void take_row(void)
{
	char what[100];

	if (!headed && !wish.unnamed && !wish.given.n) {
		decide_from_row();
		return;
	}
	if (!headed)
		decide_from_options();
	if (dsv.cells == columns.cells || ragged) {
		raggeds += dsv.cells != columns.cells;
		answer();
		return;
	}
	snprintf(what, sizeof what, "the row has %zu cell%s, not %zu", dsv.cells,
		dsv.cells == 1 ? "" : "s", columns.cells);
	filter_blames_row(dsv.line, dsv.row, what, 0);
}

static size_t take_bytes(struct slice bytes, bool last)
{
	enum dsv_found found;

	dsv_bytes(&dsv, bytes, last);
	while ((found = dsv_next(&dsv)) != DSV_MORE) {
		if (found == DSV_ROW)
			take_row();
		else if (headed || wish.unnamed || wish.given.n)
			filter_blames_row(dsv.line, dsv.row, dsv.fault.what, dsv.fault.at);
		else
			refuse(dsv.line, slice_of(dsv.fault.what));
	}
	return dsv_left(&dsv);
}

static const struct count counts[] = {
	{ "ragged", &raggeds },
	{ 0 },
};

static const struct filter csv2rec = {
	.program = { "csv2rec", "turn CSV or TSV into records", "[file ...]", options },
	.ready = prepare,
	.file = begin_file,
	.bytes = take_bytes,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&csv2rec, argc, argv);
}
