#include "program/reader.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "csv/cells.h"
#include "csv/dsv.h"
#include "io/stop.h"
#include "number/num.h"
#include "record/json.h"

static_assert((int)NUM_PAD <= (int)IN_PAD && (int)JSON_PAD <= (int)IN_PAD,
	"behind a line so much may be read");

enum scan_way reader_way(void)
{
	static const char *const names[] = { "fast", "avx2", "sse4", "plain", "general" };
	const char *wanted = getenv("WEIR_SCAN");

	for (int i = 0; wanted && i < 5; i++)
		if (!strcmp(wanted, names[i]))
			return (enum scan_way)i;
	if (wanted)
		usage("WEIR_SCAN is none of fast, avx2, sse4, plain, general");
	return SCAN_FAST;
}

void reader_init(struct reader *r, struct fields *fields, size_t max_line, int (*idle)(void))
{
	*r = (struct reader){ .in = { .max_line = max_line, .idle = idle } };
	scan_init(&r->scan, fields, reader_way());
	r->scan.max_line = max_line;
}

void reader_csv(struct reader *r, char delimiter)
{
	struct entries *table = mem_array(1, sizeof *table);
	struct dsv *dsv = &table->sheet.dsv;

	dsv->delimiter = delimiter ? delimiter : ',';
	table->sheet.sure = delimiter;
	dsv->max_row = r->scan.max_line;
	dsv->fast = cells_with(scan_vector(reader_way()));
	table->sheet.wish.tool = "csv2rec ";
	entries_init(table, r->scan.fields);
	r->table = table;
}

void reader_open(struct reader *r, const char *name)
{
	r->in.name = name;
	in_open(&r->in);
	r->scan.lines = 0;
	scan_block(&r->scan, (struct slice){ 0 });
	r->ended = false;
	if (r->table) {
		entries_begin(r->table);
		dsv_bytes(&r->table->sheet.dsv, (struct slice){ 0 }, false);
	}
}

/* A record may be cut because it goes on in the next line, or because the file ends. */
static const char *advise(const struct reader *r, const char *what)
{
	bool last = r->in.unended && r->scan.at == r->scan.end;

	if (!last && !strcmp(what, "record is cut off"))
		return "record is cut off; each must be on one line, as jq -c . writes them";
	return what;
}

static struct rec *take_long(struct reader *r, struct slice line)
{
	line.len = r->scan.max_line;
	r->line = ++r->scan.lines;
	rec_begin_bad(&r->rec, line, SCAN_TOO_LONG, line.len);
	return &r->rec;
}

/* The next bytes of the table, behind what was left of the last ones; false: there are none. */
static bool read_on(struct reader *r)
{
	struct dsv *dsv = &r->table->sheet.dsv;
	struct slice bytes;
	enum in_what what;

	if (r->ended)
		return false;
	in_leave(&r->in, dsv_left(dsv));
	what = in_bytes(&r->in, &bytes);
	if (what == IN_STOPPED)
		return false;
	if (r->block)
		r->block(bytes);
	r->ended = what == IN_END;
	dsv_bytes(dsv, bytes, r->ended);
	return true;
}

static void hint_at_delimiter(const struct reader *r)
{
	struct sheet *s = &r->table->sheet;

	if (s->sole)
		warn("%s: one column, whose name holds '%c': is that the delimiter?  -d",
			r->in.name, s->sole);
	s->sole = 0;
}

static struct rec *next_row(struct reader *r)
{
	const struct sheet *s = &r->table->sheet;
	enum sheet_found found;

	while ((found = stop_overdue() ? SHEET_MORE : entries_next(r->table, &r->rec)) ==
		SHEET_MORE) {
		hint_at_delimiter(r);
		if (!read_on(r))
			return NULL;
	}
	hint_at_delimiter(r);
	r->line = s->dsv.line;
	if (found == SHEET_VAIN)
		die("%s:%" PRIu64 ": %.*s", r->in.name, r->line, (int)s->vain.len, s->vain.at);
	return &r->rec;
}

static struct rec *next_line(struct reader *r)
{
	enum scan_found found;
	enum in_what what;
	struct slice lines;

	while ((found = stop_overdue() ? SCAN_DONE : scan_next(&r->scan)) == SCAN_DONE) {
		what = in_block(&r->in, &lines);
		if (what != IN_LINES && what != IN_LONG)
			return NULL;
		if (r->block)
			r->block(lines);
		if (what == IN_LONG)
			return take_long(r, lines);
		scan_block(&r->scan, lines);
	}
	r->line = r->scan.lines;
	if (found == SCAN_RECORD)
		rec_begin(&r->rec, &r->scan);
	else
		rec_begin_bad(
			&r->rec, r->scan.line, advise(r, r->scan.fault.what), r->scan.fault.at);
	return &r->rec;
}

struct rec *reader_next(struct reader *r)
{
	return r->table ? next_row(r) : next_line(r);
}

void reader_spell(struct reader *r, struct rec *rec)
{
	if (rec == &r->rec && !rec->line.at)
		entries_spell(r->table, rec);
}

void reader_close(struct reader *r)
{
	in_close(&r->in);
}

void reader_free(struct reader *r)
{
	in_free(&r->in);
	scan_free(&r->scan);
	rec_free(&r->rec);
	if (r->table)
		entries_free(r->table);
	free(r->table);
}
