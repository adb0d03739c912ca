/* A text of rows, read by all ways. The first byte chooses the size of the pieces, the second the options;
 * all ways must find the same, and libcsv must agree where it can tell. Then the same bytes are cells, 0xff
 * dividing cells and 0xfe rows: written as CSV and read again they must be the same. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "../judge_csv.h"

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
	return 0;
}
