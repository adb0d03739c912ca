#include "program/filter.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/die.h"
#include "io/in.h"
#include "io/meter.h"
#include "io/out.h"
#include "program/bad.h"
#include "program/reader.h"
#include "program/unmet.h"
#include "record/fields.h"

static struct size max_line = { .bytes = 64 << 20 };
static bool csv, progress, stats;
static const char *delimiter;

const struct opt filter_options_bytes[] = {
	OPT_INCLUDE(output_options),
	OPT_INCLUDE(bad_options),
	OPT(0, "max-line", "SIZE", &max_line, "longest line taken (64MiB)"),
	OPT(0, "progress", NULL, &progress, "show on a terminal how far it is"),
	OPT(0, "stats", NULL, &stats, "print counts as JSON on standard error at the end"),
	OPT_END,
};

static const struct opt csv_option[] = {
	OPT(0, "csv", NULL, &csv, "the input is CSV, read as csv2rec does"),
	OPT_END,
};

const struct opt filter_options_csv[] = {
	OPT_INCLUDE(csv_option),
	OPT_INCLUDE(filter_options_bytes),
	OPT_END,
};

const struct opt filter_options[] = {
	OPT_INCLUDE(csv_option),
	OPT('d', "delimiter", "CHAR", &delimiter, "with --csv: what divides the cells (a comma)"),
	OPT_INCLUDE(filter_options_bytes),
	OPT_END,
};

/* The process is the one filter that runs. */
static const struct filter *filter;
static struct fields fields;
static struct reader reader;
static uint64_t records_in, records_out, bytes_before;

struct fields *filter_fields(void)
{
	return &fields;
}

uint32_t filter_field(struct slice name)
{
	return fields_add(&fields, name);
}

uint32_t filter_needs(struct slice name)
{
	return fields_need(&fields, name);
}

void filter_spares(uint32_t field)
{
	fields_note(&fields, field, FIELD_SPARED);
}

void filter_list(struct names *names)
{
	fields_resolve(&fields, names);
}

static void print(struct rec *r, struct out *to)
{
	static struct buf large;
	size_t bound;
	char *at;

	reader_spell(&reader, r);
	bound = rec_bound(r);

	if (bound <= OUT_BLOCK) {
		at = out_room(to, bound);
		to->len += (size_t)(rec_print(r, at) - at);
		out_step(to);
		return;
	}
	at = buf_room(&large, bound);
	out_add(to, (struct slice){ at, (size_t)(rec_print(r, at) - at) });
}

void emit(struct rec *r)
{
	if (r->fault)
		return;
	records_out++;
	print(r, output_main());
}

void emit_aside(struct rec *r, struct side *side)
{
	if (!r->fault)
		print(r, &side->out);
}

void filter_counts_answer(void)
{
	records_out++;
}

void filter_counts_row(bool answered)
{
	records_in++;
	records_out += answered;
}

void filter_blames_row(
	uint64_t line, struct slice raw, struct slice name, const char *what, size_t at)
{
	records_in++;
	bad_row(filter_file(), line, raw, name, what, at);
}

const char *filter_file(void)
{
	return reader.in.name;
}

size_t filter_max_line(void)
{
	return max_line.bytes;
}

int64_t filter_waited(void)
{
	return reader.in.waited;
}

static void show_progress(void)
{
	meter_show(bytes_before + reader.in.taken, records_in);
}

static void begin_block(struct slice lines)
{
	(void)lines;
	if (filter->tick)
		filter->tick(false);
	show_progress();
}

static void run_records(void)
{
	struct rec *r;

	while ((r = reader_next(&reader))) {
		records_in++;
		if (!r->fault && filter->whole)
			reader_spell(&reader, r);
		if (!r->fault)
			filter->record(r);
		if (r->fault)
			bad_record(reader.in.name, reader.line, r);
	}
}

static void run_bytes(void)
{
	enum in_what what;
	struct slice bytes;

	while ((what = in_bytes(&reader.in, &bytes)) != IN_STOPPED) {
		in_leave(&reader.in, filter->bytes(bytes, what == IN_END));
		show_progress();
		if (what == IN_END)
			return;
	}
}

static void run_file(const char *name)
{
	reader_open(&reader, name);
	if (filter->file)
		filter->file();
	if (filter->bytes)
		run_bytes();
	else
		run_records();
	output_end_if_stopped();
	bytes_before += reader.in.taken;
	reader_close(&reader);
}

/* The size of all inputs together, 0 if one of them is no plain file. */
static uint64_t total_size(struct operands files)
{
	uint64_t total = 0;

	for (int i = 0; i < files.n; i++) {
		struct stat st;
		bool standard = !strcmp(files.at[i], "-");
		if ((standard ? fstat(0, &st) : stat(files.at[i], &st)) < 0 || !S_ISREG(st.st_mode))
			return 0;
		total += (uint64_t)st.st_size;
	}
	return total;
}

/* What is to be left out may be missing. */
static bool is_needed(const struct opt *o)
{
	return strcmp(o->name, "exclude") && strcmp(o->name, "drop");
}

static void resolve(const struct opt *o, void *with)
{
	struct names *names = o->into;

	if (o->type != OPT_NAMES)
		return;
	fields_resolve(with, names);
	for (size_t i = 0; i < names->n && is_needed(o); i++)
		if (!names->at[i].pattern)
			fields_need(with, names->at[i].text);
}

static int wait(void)
{
	int next = filter->tick ? filter->tick(true) : -1;

	output_flush();
	return next;
}

static void begin(struct operands files)
{
	if (max_line.bytes < 1 || max_line.bytes > UINT32_MAX - 1)
		usage("--max-line must be from 1 byte to 4294967294");
	if (delimiter && !csv)
		usage("--delimiter goes with --csv");
	bad_prepare(filter->program.name);
	opt_each(filter->program.options, resolve, &fields);
	if (filter->ready)
		filter->ready();
	reader_init(&reader, &fields, max_line.bytes, wait);
	reader.block = begin_block;
	if (csv)
		reader_csv(&reader, delimiter ? opt_character("delimiter", delimiter) : 0);
	output_open(files, filter->last);
}

static void print_stats(void)
{
	struct buf line = { 0 };

	buf_printf(&line,
		"{\"program\":\"%s\",\"in\":%" PRIu64 ",\"out\":%" PRIu64 ",\"bad\":%" PRIu64,
		filter->program.name, records_in, records_out, bad_count());
	buf_printf(&line, ",\"unmet\":%zu", unmet_count(&fields));
	for (const struct count *c = filter->counts; c && c->name; c++)
		buf_printf(&line, ",\"%s\":%" PRIu64, c->name, *c->value);
	buf_printf(&line, ",\"seconds\":%.3f}\n", meter_seconds());
	/* As messages: in one piece, and no help if it fails. */
	fwrite(line.at, line.len, 1, stderr);
	buf_free(&line);
}

static void finish(void)
{
	if (filter->end)
		filter->end();
	if (filter->last)
		filter->last();
	output_close();
	meter_hide();
	bad_tell();
	unmet_tell(&fields);
	if (stats)
		print_stats();
	if (filter->verdict)
		filter->verdict();
}

int filter_main(const struct filter *f, int argc, char **argv)
{
	static char standard[] = "-", *only[] = { standard };
	struct operands files = opt_parse(&f->program, argc, argv);

	filter = f;
	if (f->operands) {
		int taken = f->operands(files);
		files = (struct operands){ files.at + taken, files.n - taken };
	}
	if (!files.n)
		files = (struct operands){ only, 1 };
	begin(files);
	meter_start(progress, progress ? total_size(files) : 0);
	for (int i = 0; i < files.n; i++)
		run_file(files.at[i]);
	finish();
	return EXIT_DONE;
}
