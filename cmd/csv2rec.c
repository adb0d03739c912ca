/* csv2rec - turn CSV or TSV into records */
#include <stdint.h>

#include "base/die.h"
#include "base/slice.h"
#include "csv/cells.h"
#include "csv/sheet.h"
#include "program/filter.h"
#include "program/reader.h"

static struct sheet sheet;
static const char *delimiter, *comment, *null_list;
static bool tsv;
static struct choice decimal, empty;
static int64_t skip;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &sheet.wish.wanted, "only these columns, in this order"),
	OPT('x', "exclude", "FIELDS", &sheet.wish.unwanted, "all columns but these"),
	OPT('d', "delimiter", "CHAR", &delimiter, "what divides the cells (a comma)"),
	OPT(0, "tsv", NULL, &tsv, "a tab divides the cells"),
	OPT(0, "header", "NAMES", &sheet.wish.given, "the columns' names; the first row is data"),
	OPT(0, "no-header", NULL, &sheet.wish.unnamed,
		"the first row is data; call them c1, c2, ..."),
	OPT(0, "dedupe-header", NULL, &sheet.wish.dedupe,
		"number columns of one name: a, a_2, ..."),
	OPT(0, "snake", NULL, &sheet.wish.snake, "make use_kw of 'use [kW]'"),
	OPT(0, "rename", "OLD=NEW,...", &sheet.wish.renames, "call columns otherwise"),
	OPT(0, "text", "FIELDS", &sheet.wish.texts, "what these columns hold is text"),
	OPT(0, "number", "FIELDS", &sheet.wish.numbers,
		"so is 007, +5, .5 a number here, and text bad"),
	OPT(0, "decimal", ".|,", &decimal, "what stands in front of decimals (a point)"),
	OPT(0, "empty", "null|string|omit", &empty, "what an empty cell becomes (null)"),
	OPT(0, "null", "TEXTS", &null_list, "cells that mean null: '?,NA'"),
	OPT(0, "ragged", NULL, &sheet.ragged, "short rows end in nulls, long ones in extra_1, ..."),
	OPT(0, "lazy-quotes", NULL, &sheet.dsv.lazy, "a quote that stands wrong is text"),
	OPT(0, "trim", NULL, &sheet.dsv.trim, "blanks around a cell are no part of it"),
	OPT(0, "skip", "N", &skip, "pass over the first N lines of each file"),
	OPT(0, "comment", "CHAR", &comment, "pass over lines that begin with it"),
	OPT_INCLUDE(filter_options_bytes),
	OPT_END,
};

static void check_renames(void)
{
	for (size_t i = 0; i < sheet.wish.renames.n; i++) {
		struct slice pair = sheet.wish.renames.at[i].text;
		if (!memchr(pair.at, '=', pair.len))
			usage("--rename: '%.*s' is not OLD=NEW", (int)pair.len, pair.at);
	}
}

static void prepare(void)
{
	struct fault f;

	if (tsv && delimiter)
		usage("--tsv and --delimiter exclude each other");
	if (sheet.wish.unnamed && sheet.wish.given.n)
		usage("--header and --no-header exclude each other");
	if (skip < 0)
		usage("--skip must be at least 0");
	if (null_list && !names_add(&sheet.nulls, slice_of(null_list), &f))
		usage("--null: %s: '%s'", f.what, null_list);
	check_renames();
	sheet.dsv.delimiter = tsv ? '\t' : delimiter ? opt_character("delimiter", delimiter) : ',';
	sheet.sure = delimiter || tsv;
	sheet.comma = decimal.at;
	if (sheet.comma && sheet.dsv.delimiter == ',')
		usage("--decimal: a comma divides the cells; -d tells what else does");
	sheet.dsv.comment = comment ? opt_character("comment", comment) : 0;
	sheet.dsv.max_row = filter_max_line();
	sheet.dsv.fast = cells_with(scan_vector(reader_way()));
	sheet.empty = (enum sheet_empty)empty.at;
	sheet_init(&sheet);
}

static void begin_file(void)
{
	sheet_begin(&sheet, (uint64_t)skip);
}

static void blame_row(void)
{
	filter_blames_row(
		sheet.dsv.line, sheet.dsv.row, sheet.fault.name, sheet.fault.what, sheet.fault.at);
}

static void hint_at_delimiter(void)
{
	if (sheet.sole)
		warn("%s: one column, whose name holds '%c': is that the delimiter?  -d",
			filter_file(), sheet.sole);
	sheet.sole = 0;
}

static void answer(void)
{
	static struct buf large;
	struct out *out = output_main();
	size_t bound = sheet_bound(&sheet);
	char *start = bound <= OUT_BLOCK ? out_room(out, bound) : buf_room(&large, bound);
	char *end = sheet_print(&sheet, start, NULL);

	if (!end) {
		blame_row();
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

/* The faults of the names are the file's: what they would lead to is no answer to any row. */
static _Noreturn void refuse(void)
{
	die("%s:%ju: %.*s", filter_file(), (uintmax_t)sheet.dsv.line, (int)sheet.vain.len,
		sheet.vain.at);
}

static size_t take_bytes(struct slice bytes, bool last)
{
	enum sheet_found found;

	dsv_bytes(&sheet.dsv, bytes, last);
	while ((found = sheet_next(&sheet)) != SHEET_MORE) {
		hint_at_delimiter();
		if (found == SHEET_ROW)
			answer();
		else if (found == SHEET_BAD)
			blame_row();
		else
			refuse();
	}
	hint_at_delimiter();
	return dsv_left(&sheet.dsv);
}

static const struct count counts[] = {
	{ "ragged", &sheet.raggeds },
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
