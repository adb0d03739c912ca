#include "program/bad.h"

#include <inttypes.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/utf8.h"
#include "io/out.h"
#include "program/output.h"
#include "record/json.h"

enum {
	RAW_MAX = 1 << 16, /* of a bad record's bytes, those that --bad keeps, */
	NAME_MAX = 200,    /* and of the name of a field */
};

static struct side side = { .option = "bad" };
static struct whole max_bad;
static const char *program;
static uint64_t count;

const struct opt bad_options[] = {
	OPT(0, "bad", "FILE", &side.path, "write bad records to FILE and go on"),
	OPT(0, "max-bad", "N", &max_bad, "stop after more than N bad records"),
	OPT_END,
};

void bad_prepare(const char *name)
{
	program = name;
	output_side(&side);
	if (max_bad.given && max_bad.n < 0)
		usage("--max-bad must be at least 0");
	if (max_bad.given && !side.path)
		usage("--max-bad goes with --bad FILE");
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
		buf_base64(&base64, kept);
		member(b, "raw_b64", buf_slice(&base64));
		buf_free(&base64);
	}
	if (kept.len < raw.len)
		buf_add(b, SLICE(",\"cut\":true"));
}

static void keep(const char *file, uint64_t number, struct slice raw, struct slice error)
{
	struct buf line = { 0 };

	member(&line, "program", slice_of(program));
	member(&line, "file", slice_of(file));
	buf_printf(&line, ",\"line\":%" PRIu64, number);
	member(&line, "error", error);
	add_raw(&line, raw);
	buf_add(&line, SLICE("}\n"));
	out_add(&side.out, buf_slice(&line));
	buf_free(&line);
}

/* error: what it begins with, if anything. */
static void take(const char *file, uint64_t number, struct slice raw, struct buf *error,
	const char *what, size_t at)
{
	buf_printf(error, "%s (byte %zu)", what, at);
	count++;
	if (!side.open)
		die("%s:%" PRIu64 ": %.*s", file, number, (int)error->len, error->at);
	keep(file, number, raw, buf_slice(error));
	if (max_bad.given && count > (uint64_t)max_bad.n)
		die("%s:%" PRIu64 ": %.*s; more than --max-bad %" PRId64 " bad records", file,
			number, (int)error->len, error->at, max_bad.n);
	buf_free(error);
}

static void add_name(struct buf *error, struct slice name, const char *joint)
{
	if (!name.len)
		return;
	name.len = name.len < NAME_MAX ? name.len : NAME_MAX;
	buf_add(error, (struct slice){ name.at, utf8_length(name) });
	buf_add(error, slice_of(joint));
}

void bad_record(const char *file, uint64_t line, const struct rec *r)
{
	struct buf error = { 0 };

	add_name(&error, r->fault_name, r->fault_joint);
	take(file, line, r->raw, &error, r->fault, r->fault_at);
}

void bad_row(const char *file, uint64_t line, struct slice raw, struct slice name, const char *what,
	size_t at)
{
	struct buf error = { 0 };

	add_name(&error, name, " ");
	take(file, line, raw, &error, what, at);
}

uint64_t bad_count(void)
{
	return count;
}

void bad_tell(void)
{
	if (count)
		warn("%" PRIu64 " bad record%s: see %s", count, count == 1 ? "" : "s", side.path);
}
