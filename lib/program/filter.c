#include "program/filter.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/utf8.h"
#include "io/in.h"
#include "io/meter.h"
#include "io/stop.h"
#include "number/num.h"
#include "record/json.h"
#include "record/scan.h"

static_assert((int)NUM_PAD <= (int)IN_PAD && (int)JSON_PAD <= (int)IN_PAD,
	"behind a line so much may be read");

enum { RAW_MAX = 1 << 16 }; /* of a bad record's bytes, those that --bad keeps */

static const char *output_path;
static struct side bad = { .option = "bad" };
static int64_t max_bad = INT64_MIN; /* not given */
static struct size max_line = { 64 << 20 };
static bool progress, stats;

const struct opt output_options[] = {
	OPT('o', "output", "FILE", &output_path, "write to FILE, replaced when all is done"),
	OPT_END,
};

const struct opt filter_options[] = {
	OPT_INCLUDE(output_options),
	OPT(0, "bad", "FILE", &bad.path, "write bad records to FILE and go on"),
	OPT(0, "max-bad", "N", &max_bad, "stop after more than N bad records"),
	OPT(0, "max-line", "SIZE", &max_line, "longest line taken (64MiB)"),
	OPT(0, "progress", NULL, &progress, "show on a terminal how far it is"),
	OPT(0, "stats", NULL, &stats, "print counts as JSON on standard error at the end"),
	OPT_END,
};

/* The process is the one filter that runs. */
static const struct filter *filter;
static struct fields fields;
static struct scan scan;
static struct rec rec;
static struct in in;
static struct out output;
static bool output_open;
static struct side *sides;
static const struct saved *saved;
static uint64_t records_in, records_out, records_bad, bytes_before;

static void let_go(void)
{
	if (output_open)
		out_flush(&output);
	for (struct side *s = sides; s; s = s->next)
		if (s->open)
			out_flush(&s->out);
}

static int wait(void)
{
	int next = filter->tick ? filter->tick() : -1;

	let_go();
	return next;
}

/* A file that waits to take the place of an old one will not, so nothing more need go there. */
static void last_words(void)
{
	meter_hide();
	if (saved)
		saved->drop();
	if (output_open && output.file.aside)
		out_abandon(&output);
	else if (output_open && filter && filter->last)
		filter->last();
	let_go();
}

struct out *source_open(void)
{
	if (output_path && !*output_path)
		usage("--output: the name is empty");
	stop_watch(last_words);
	die_first(last_words);
	if (output_path && strcmp(output_path, "-"))
		out_replace(&output, output_path);
	else
		out_standard(&output);
	output_open = true;
	return &output;
}

static void end_if_stopped(void)
{
	if (stop_asked())
		stop_now();
}

void source_close(void)
{
	end_if_stopped();
	out_close(&output);
	output_open = false;
}

struct fields *filter_fields(void)
{
	return &fields;
}

uint32_t filter_field(struct slice name)
{
	return fields_add(&fields, name);
}

void filter_list(struct names *names)
{
	fields_resolve(&fields, names);
}

static void print(struct rec *r, struct out *to)
{
	static struct buf large;
	size_t bound = rec_bound(r);
	char *at;

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
	print(r, &output);
}

void emit_aside(struct rec *r, struct side *side)
{
	if (!r->fault)
		print(r, &side->out);
}

/* Bytes of a file's name that are no UTF-8 become U+FFFD, for a record holds nothing else. */
static void member(struct buf *b, const char *name, struct slice text)
{
	struct buf clean = { 0 };

	for (size_t n; text.len; text = slice_skip(text, n)) {
		n = utf8_length(text);
		buf_add(&clean, (struct slice){ text.at, n });
		if (n < text.len)
			buf_add(&clean, SLICE("\xef\xbf\xbd"));
		n += n < text.len;
	}
	buf_byte(b, b->len ? ',' : '{');
	json_quote(b, slice_of(name));
	buf_byte(b, ':');
	json_quote(b, buf_slice(&clean));
	buf_free(&clean);
}

static void add_base64(struct buf *b, struct slice raw)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < raw.len; i += 3) {
		uint32_t x = 0;
		for (size_t k = 0; k < 3; k++)
			x = x << 8 | (i + k < raw.len ? (unsigned char)raw.at[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_byte(b, i + k <= raw.len ? digit[x >> (18 - 6 * k) & 63] : '=');
	}
}

static void add_raw(struct buf *b, struct slice raw)
{
	struct slice kept = { raw.at, raw.len < RAW_MAX ? raw.len : RAW_MAX };
	struct buf base64 = { 0 };
	size_t good = utf8_length(kept);

	/* The cut may go through a character. */
	if (kept.len < raw.len && kept.len - good < 4)
		kept.len = good;
	if (good == kept.len) {
		member(b, "raw", kept);
	} else {
		add_base64(&base64, kept);
		member(b, "raw_b64", buf_slice(&base64));
		buf_free(&base64);
	}
	if (kept.len < raw.len)
		buf_add(b, SLICE(",\"cut\":true"));
}

static void keep_bad(uint64_t number, struct slice raw, struct slice error)
{
	struct buf line = { 0 };

	member(&line, "program", slice_of(filter->program.name));
	member(&line, "file", slice_of(in.name));
	buf_printf(&line, ",\"line\":%" PRIu64, number);
	member(&line, "error", error);
	add_raw(&line, raw);
	buf_add(&line, SLICE("}\n"));
	out_add(&bad.out, buf_slice(&line));
	buf_free(&line);
}

/* number: of the line; subject: what the reason begins with, if anything. */
static void take_bad(
	uint64_t number, struct slice raw, struct slice subject, const char *what, size_t at)
{
	struct buf error = { 0 };

	records_bad++;
	buf_add(&error, subject);
	buf_printf(&error, "%s (byte %zu)", what, at);
	if (!bad.open)
		die("%s:%" PRIu64 ": %.*s", in.name, number, (int)error.len, error.at);
	keep_bad(number, raw, buf_slice(&error));
	if (max_bad >= 0 && records_bad > (uint64_t)max_bad)
		die("%s:%" PRIu64 ": %.*s; more than --max-bad %" PRId64 " bad records", in.name,
			number, (int)error.len, error.at, max_bad);
	buf_free(&error);
}

static void take_fault(uint64_t number)
{
	struct slice name = rec.fault_name;
	struct buf subject = { 0 };

	if (name.len) {
		name.len = name.len < 200 ? name.len : 200;
		buf_add(&subject, (struct slice){ name.at, utf8_length(name) });
		buf_add(&subject, slice_of(rec.fault_joint));
	}
	take_bad(number, rec.line, buf_slice(&subject), rec.fault, rec.fault_at);
	buf_free(&subject);
}

/* A record may be cut because it goes on in the next line, or because the file ends. */
static const char *advise(const char *what)
{
	bool last = in.unended && scan.at == scan.end;

	if (!last && !strcmp(what, "record is cut off"))
		return "record is cut off; each must be on one line, as jq -c . writes them";
	return what;
}

static void run_block(struct slice lines)
{
	enum scan_found found;

	scan_block(&scan, lines);
	while (!stop_overdue() && (found = scan_next(&scan)) != SCAN_DONE) {
		records_in++;
		if (found == SCAN_BAD) {
			take_bad(scan.lines, scan.line, (struct slice){ 0 },
				advise(scan.fault.what), scan.fault.at);
			continue;
		}
		rec_begin(&rec, &scan);
		filter->record(&rec);
		if (rec.fault)
			take_fault(scan.lines);
	}
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

void filter_blames_row(uint64_t line, struct slice raw, const char *what, size_t at)
{
	records_in++;
	take_bad(line, raw, (struct slice){ 0 }, what, at);
}

struct out *filter_output(void)
{
	return &output;
}

const char *filter_file(void)
{
	return in.name;
}

size_t filter_max_line(void)
{
	return max_line.bytes;
}

static void run_lines(void)
{
	enum in_what what;
	struct slice block;

	scan.lines = 0;
	while ((what = in_block(&in, &block)) == IN_LINES || what == IN_LONG) {
		if (filter->tick)
			filter->tick();
		if (what == IN_LONG) {
			records_in++;
			scan.lines++;
			block.len = scan.max_line;
			take_bad(scan.lines, block, (struct slice){ 0 }, SCAN_TOO_LONG,
				scan.max_line);
		} else {
			run_block(block);
		}
		meter_show(bytes_before + in.taken, records_in);
	}
}

static void run_bytes(void)
{
	enum in_what what;
	struct slice bytes;

	while ((what = in_bytes(&in, &bytes)) != IN_STOPPED) {
		in_leave(&in, filter->bytes(bytes, what == IN_END));
		meter_show(bytes_before + in.taken, records_in);
		if (what == IN_END)
			return;
	}
}

static void run_file(const char *name)
{
	in.name = name;
	in_open(&in);
	if (filter->file)
		filter->file();
	if (filter->bytes)
		run_bytes();
	else
		run_lines();
	end_if_stopped();
	bytes_before += in.taken;
	in_close(&in);
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

static void resolve(const struct opt *o, void *with)
{
	if (o->type == OPT_NAMES)
		fields_resolve(with, o->into);
}

enum scan_way filter_way(void)
{
	static const char *const names[] = { "fast", "sse4", "plain", "general" };
	const char *wanted = getenv("WEIR_SCAN");

	for (int i = 0; wanted && i < 4; i++)
		if (!strcmp(wanted, names[i]))
			return (enum scan_way)i;
	if (wanted)
		usage("WEIR_SCAN is none of fast, sse4, plain, general");
	return SCAN_FAST;
}

static bool is_file(const char *path, const struct stat *it)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_dev == it->st_dev && st.st_ino == it->st_ino;
}

/* A file is read and emptied, or read and added to without end, where it is named twice. */
static void keep_from_input(const char *path)
{
	struct stat st;
	bool standard = !strcmp(path, "-");
	bool known = standard ? fstat(STDIN_FILENO, &st) == 0 : stat(path, &st) == 0;

	if (!known || !S_ISREG(st.st_mode))
		return;
	for (const struct side *s = sides; s; s = s->next)
		if (s->path && is_file(s->path, &st))
			usage("--%s: %s is the input", s->option, s->path);
	if (!output.file.path && fcntl(STDOUT_FILENO, F_GETFL) & O_APPEND &&
		is_file("/dev/fd/1", &st))
		usage("%s is the output too", path);
}

static void keep_from_output(const struct side *side)
{
	if (saved && !strcmp(side->path, saved->path))
		usage("--%s: %s is that of --%s too", side->option, side->path, saved->option);
	if (output.file.path && !strcmp(side->path, output_path))
		usage("--%s: %s is the output", side->option, side->path);
	for (const struct side *s = side->next; s; s = s->next)
		if (s->path && !strcmp(s->path, side->path))
			usage("--%s: %s is that of --%s too", side->option, side->path, s->option);
}

void filter_side(struct side *side)
{
	if (side->path && !*side->path)
		usage("--%s: the name is empty", side->option);
	if (side->path && !strcmp(side->path, "-"))
		usage("--%s: standard output is for the %s records", side->option,
			side == &bad ? "good" : "other");
	side->next = sides;
	sides = side;
}

void filter_saves(const struct saved *it)
{
	if (output_path && !strcmp(it->path, output_path))
		usage("--%s: %s is the output", it->option, it->path);
	saved = it;
}

static void open_sides(struct operands files)
{
	for (int i = 0; i < files.n; i++)
		keep_from_input(files.at[i]);
	for (struct side *s = sides; s; s = s->next)
		if (s->path)
			keep_from_output(s);
	for (struct side *s = sides; s; s = s->next) {
		if (s->path)
			out_truncate(&s->out, s->path);
		s->open = s->path;
	}
}

static void begin(struct operands files)
{
	filter_side(&bad);
	if (max_line.bytes < 1 || max_line.bytes > UINT32_MAX - 1)
		usage("--max-line must be from 1 byte to 4294967294");
	if (max_bad != INT64_MIN && max_bad < 0)
		usage("--max-bad must be at least 0");
	if (max_bad >= 0 && !bad.path)
		usage("--max-bad goes with --bad FILE");
	opt_each(filter->program.options, resolve, &fields);
	if (filter->ready)
		filter->ready();
	source_open();
	open_sides(files);
	scan_init(&scan, &fields, filter_way());
	scan.max_line = in.max_line = max_line.bytes;
	in.idle = wait;
}

static void print_stats(void)
{
	struct buf line = { 0 };

	buf_printf(&line,
		"{\"program\":\"%s\",\"in\":%" PRIu64 ",\"out\":%" PRIu64 ",\"bad\":%" PRIu64,
		filter->program.name, records_in, records_out, records_bad);
	for (const struct count *c = filter->counts; c && c->name; c++)
		buf_printf(&line, ",\"%s\":%" PRIu64, c->name, *c->value);
	buf_printf(&line, ",\"seconds\":%.3f}\n", meter_seconds());
	/* As messages: in one piece, and no help if it fails. */
	fwrite(line.at, line.len, 1, stderr);
	buf_free(&line);
}

/* What was saved speaks of output that must not be lost after it. One that is replaced is on the disk
 * when it is closed. */
static void settle(struct out *o)
{
	struct stat st;
	int failed;

	out_flush(o);
	if (o->file.aside || fstat(o->file.fd, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	do
		failed = fsync(o->file.fd);
	while (failed && errno == EINTR);
	if (failed)
		die_errno("%s", o->name);
}

static void close_all(void)
{
	for (struct side *s = sides; s; s = s->next) {
		if (s->open && saved)
			settle(&s->out);
		if (s->open)
			out_close(&s->out);
		s->open = false;
	}
	if (saved)
		settle(&output);
	source_close();
}

static void finish(void)
{
	if (filter->end)
		filter->end();
	if (filter->last)
		filter->last();
	end_if_stopped();
	close_all();
	meter_hide();
	if (saved)
		saved->save();
	if (records_bad)
		warn("%" PRIu64 " bad record%s: see %s", records_bad, records_bad == 1 ? "" : "s",
			bad.path);
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
