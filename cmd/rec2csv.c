/* rec2csv - turn records into CSV or TSV */
#include "base/die.h"
#include "base/mem.h"
#include "base/slice.h"
#include "csv/cell.h"
#include "csv/row.h"
#include "number/num.h"
#include "program/filter.h"
#include "record/json.h"
#include "text/table.h"

enum { EXTRA_UNSAID = -1, EXTRA_ERROR, EXTRA_DROP };

static struct row row;
static const char *delimiter_given, *absent, *null = "";
static struct choice extra = { EXTRA_UNSAID }, decimal;
static bool tsv, no_header, crlf, excel_safe, as_table;
static uint64_t filled_in, defused;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &row.wanted, "only these fields, in this order"),
	OPT('x', "exclude", "FIELDS", &row.unwanted, "all fields but these"),
	OPT('d', "delimiter", "CHAR", &delimiter_given, "what divides the cells (a comma)"),
	OPT(0, "tsv", NULL, &tsv, "a tab divides the cells"),
	OPT(0, "no-header", NULL, &no_header, "no first row with the names"),
	OPT(0, "extra", "error|drop", &extra, "a field that is no column (drop with -f, or error)"),
	OPT(0, "absent", "TEXT", &absent, "write this for a missing field, in place of failing"),
	OPT(0, "null", "TEXT", &null, "write this for null (nothing)"),
	OPT(0, "decimal", ".|,", &decimal, "what stands in front of decimals (a point)"),
	OPT(0, "crlf", NULL, &crlf, "rows end with CR and LF"),
	OPT(0, "excel-safe", NULL, &excel_safe, "a ' before texts that a spreadsheet would run"),
	OPT(0, "table", NULL, &as_table, "columns for a terminal"),
	OPT_INCLUDE(filter_options_csv),
	OPT_END,
};

static char delimiter = ',';
static bool closely[256]; /* a text that begins with this may not be copied as it is */
static bool bare;         /* a number may be copied as it is: it does not hold the delimiter */
static struct slice end_of_row;
static struct buf null_cell, absent_cell;
static struct table table;
static struct buf scratch;

static bool is_formula(struct slice s)
{
	return s.len && memchr("=+-@\t\r", s.at[0], 6) && !num_valid(s);
}

/* At most twice the bytes and two, or three if it is made safe. */
static char *put_any(char *to, struct slice s)
{
	return cell_needs_quotes(s, delimiter) ? cell_quote(to, s) : slice_put(to, s);
}

static char *put_text(char *to, struct slice s)
{
	static struct buf safe;

	if (!excel_safe || !is_formula(s))
		return put_any(to, s);
	defused++;
	safe.len = 0;
	buf_byte(&safe, '\'');
	buf_add(&safe, s);
	return put_any(to, buf_slice(&safe));
}

static void add_name(struct buf *b, struct slice s)
{
	char *start = buf_room(b, 2 * s.len + 8);

	b->len += (size_t)(put_text(start, s) - start);
}

/* What an option says is no formula from afar, and stays as it is. */
static void add_given(struct buf *b, struct slice s)
{
	char *start = buf_room(b, 2 * s.len + 8);

	b->len += (size_t)(put_any(start, s) - start);
}

/* What a text means. */
static struct slice meaning(struct slice quoted)
{
	scratch.len = 0;
	json_unquote(&scratch, quoted);
	return scratch.len ? buf_slice(&scratch) : SLICE("");
}

static bool holds(uint64_t eight, char c)
{
	uint64_t x = eight ^ 0x0101010101010101u * (unsigned char)c;

	return (x - 0x0101010101010101u) & ~x & 0x8080808080808080u;
}

/* Is a text, as it stands in the JSON, also a cell? A quote would be escaped there, and so would the
 * end of a line or a tab. */
static inline bool is_cell(struct slice s)
{
	const char *p = s.at, *end = s.at + s.len;
	uint64_t x;

	if (closely[(unsigned char)*p] || end[-1] == ' ')
		return false;
	for (; end - p >= 8; p += 8) {
		memcpy(&x, p, 8);
		if (holds(x, '\\') || holds(x, delimiter))
			return false;
	}
	for (; p < end; p++)
		if (*p == '\\' || *p == delimiter)
			return false;
	return true;
}

/* As it is spelled, but for the point; it lives until the next. */
static struct slice spelled(struct slice number)
{
	char *point;

	if (!decimal.at)
		return number;
	scratch.len = 0;
	buf_add(&scratch, number);
	point = memchr(scratch.at, '.', scratch.len);
	if (point)
		*point = ',';
	return buf_slice(&scratch);
}

static char *put_closely(char *to, const struct value *v)
{
	struct slice raw = { v->at, v->len };

	switch (v->kind) {
	case KIND_MISSING:
		filled_in++;
		return slice_put(to, buf_slice(&absent_cell));
	case KIND_NULL:
		return slice_put(to, buf_slice(&null_cell));
	case KIND_TEXT:
		return put_text(to, meaning(raw));
	case KIND_NUMBER:
		return put_any(to, spelled(raw));
	default:
		return put_any(to, raw);
	}
}

static inline char *put_cell(char *to, const struct value *v)
{
	struct slice inside = { v->at + 1, v->len - 2 };

	if (v->kind == KIND_NUMBER && bare)
		return slice_put_short(to, (struct slice){ v->at, v->len });
	if (v->kind == KIND_TEXT && is_cell(inside))
		return slice_put_short(to, inside);
	return put_closely(to, v);
}

/* An empty line would be no row. */
static char *end_row(char *start, char *to)
{
	if (to == start)
		to = slice_put(to, SLICE("\"\""));
	return slice_put(to, end_of_row);
}

static char *put_row(char *start)
{
	char *to = start;

	for (size_t i = 0; i < row.n; i++) {
		to = put_cell(to, row.cell[i]);
		*to++ = delimiter;
	}
	return end_row(start, to - 1);
}

static void print_row(const struct rec *r)
{
	static struct buf large;
	struct out *out = output_main();
	/* Each cell has its delimiter, quotes, what makes it safe, and what a short copy spills. */
	size_t each = 40 + null_cell.len + absent_cell.len;
	size_t bound = 2 * r->line.len + row.n * each + 8;
	char *start = bound <= OUT_BLOCK ? out_room(out, bound) : buf_room(&large, bound);
	size_t len = (size_t)(put_row(start) - start);

	if (bound <= OUT_BLOCK) {
		out->len += len;
		out_step(out);
	} else {
		out_add(out, (struct slice){ start, len });
	}
}

static void print_header(const struct rec *r)
{
	struct buf line = { 0 };

	for (size_t i = 0; i < row.n; i++) {
		if (i)
			buf_byte(&line, delimiter);
		add_name(&line, fields_name(r->fields, row.column[i]));
	}
	if (!line.len)
		buf_add(&line, SLICE("\"\""));
	buf_add(&line, end_of_row);
	out_add(output_main(), buf_slice(&line));
	buf_free(&line);
}

static void show_table(void)
{
	static struct buf rows;

	if (!table.cells)
		return;
	rows.len = 0;
	table_print(&table, &rows);
	out_add(output_main(), buf_slice(&rows));
}

static struct slice shown(const struct value *v)
{
	switch (v->kind) {
	case KIND_MISSING:
		filled_in++;
		return slice_of(absent);
	case KIND_NULL:
		return slice_of(null);
	case KIND_TEXT:
		return meaning((struct slice){ v->at, v->len });
	case KIND_NUMBER:
		return spelled((struct slice){ v->at, v->len });
	default:
		return (struct slice){ v->at, v->len };
	}
}

static void show_row(void)
{
	for (size_t i = 0; i < row.n; i++)
		table_add(&table, shown(row.cell[i]), row.cell[i]->kind == KIND_NUMBER);
	if (table_is_ready(&table))
		show_table();
}

static void show_header(const struct rec *r)
{
	table.columns = row.n;
	table.header = !no_header;
	for (size_t i = 0; i < row.n && !no_header; i++)
		table_add(&table, fields_name(r->fields, row.column[i]), false);
}

static void print_first(const struct rec *r)
{
	if (as_table)
		show_header(r);
	else if (!no_header)
		print_header(r);
}

static void take_record(struct rec *r)
{
	bool first = !row.settled;

	if (!row_take(&row, r))
		return;
	if (first)
		print_first(r);
	if (as_table)
		show_row();
	else
		print_row(r);
	filter_counts_answer();
}

static void prepare(void)
{
	if (tsv && delimiter_given)
		usage("--tsv and --delimiter exclude each other");
	if (as_table && (tsv || delimiter_given || crlf || excel_safe))
		usage("--table is neither CSV nor TSV: no --tsv, --delimiter, --crlf, --excel-safe");
	if (extra.at == EXTRA_UNSAID)
		extra.at = row.wanted.n ? EXTRA_DROP : EXTRA_ERROR;
	row.drops = extra.at == EXTRA_DROP;
	row.fills = absent;
	delimiter = tsv         ? '\t' :
		delimiter_given ? opt_character("delimiter", delimiter_given) :
				  ',';
	if (decimal.at && delimiter == ',' && !as_table)
		usage("--decimal: a comma divides the cells; -d tells what else does");
	bare = !decimal.at && !strchr("+-.0123456789Ee", delimiter);
	end_of_row = crlf ? SLICE("\r\n") : SLICE("\n");
	for (const char *p = excel_safe ? " \xef=+-@" : " \xef"; *p; p++)
		closely[(unsigned char)*p] = true;
	add_given(&null_cell, slice_of(null));
	add_given(&absent_cell, slice_of(absent ? absent : ""));
	row_ready(&row, filter_fields());
}

static const struct filter rec2csv = {
	.program = { "rec2csv", "turn records into CSV or TSV", "[file ...]", options },
	.ready = prepare,
	.whole = true,
	.record = take_record,
	.last = show_table,
	.counts = (const struct count[]){ { "left_out", &row.left_out },
		{ "filled_in", &filled_in }, { "defused", &defused }, { 0 } },
};

int main(int argc, char **argv)
{
	return filter_main(&rec2csv, argc, argv);
}
