/* RFC 9636 ("TZif"): jumps, and a footer that is a TZ string of POSIX. */
#include "time/tzdata.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"

enum { FILE_MAX = 1 << 18 };

/* --- TZ strings --- */

static bool skip_byte(struct slice *s, char c)
{
	if (!s->len || *s->at != c)
		return false;
	*s = slice_skip(*s, 1);
	return true;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* What a name may have besides letters if it is quoted. */
static bool is_quotable(char c)
{
	return is_digit(c) || c == '+' || c == '-';
}

/* CET, or <+0530>. */
static bool skip_abbreviation(struct slice *s)
{
	bool quoted = skip_byte(s, '<');
	size_t n = 0;

	while (n < s->len && (is_letter(s->at[n]) || (quoted && is_quotable(s->at[n]))))
		n++;
	*s = slice_skip(*s, n);
	return n >= 3 && (!quoted || skip_byte(s, '>'));
}

static bool read_number(struct slice *s, int least, int most, int *n)
{
	int digits = 0;

	for (*n = 0; digits < 3 && s->len && is_digit(*s->at); digits++) {
		*n = *n * 10 + (*s->at - '0');
		*s = slice_skip(*s, 1);
	}
	return digits && *n >= least && *n <= most;
}

/* [+-]h[:mm[:ss]], in seconds. */
static bool read_clock(struct slice *s, int hours_most, int32_t *seconds)
{
	bool minus = skip_byte(s, '-');
	int hour, minute = 0, second = 0;

	if (!minus)
		skip_byte(s, '+');
	if (!read_number(s, 0, hours_most, &hour))
		return false;
	if (skip_byte(s, ':')) {
		if (!read_number(s, 0, 59, &minute))
			return false;
		if (skip_byte(s, ':') && !read_number(s, 0, 59, &second))
			return false;
	}
	*seconds = hour * 3600 + minute * 60 + second;
	if (minus)
		*seconds = -*seconds;
	return true;
}

/* POSIX counts westwards. */
static bool read_offset(struct slice *s, int32_t *offset)
{
	if (!read_clock(s, 23, offset))
		return false;
	*offset = -*offset;
	return true;
}

static bool read_change(struct slice *s, struct zone_change *c)
{
	c->time = 2 * 3600;
	if (!skip_byte(s, ','))
		return false;
	if (skip_byte(s, 'M')) {
		c->kind = 'M';
		if (!read_number(s, 1, 12, &c->month) || !skip_byte(s, '.') ||
			!read_number(s, 1, 5, &c->week) || !skip_byte(s, '.') ||
			!read_number(s, 0, 6, &c->day))
			return false;
	} else {
		c->kind = skip_byte(s, 'J') ? 'J' : 'D';
		if (!read_number(s, c->kind == 'J', 365, &c->day))
			return false;
	}
	return !skip_byte(s, '/') || read_clock(s, 167, &c->time);
}

static bool read_rule(struct slice s, struct zone_rule *r)
{
	*r = (struct zone_rule){ .given = true };
	if (!skip_abbreviation(&s) || !read_offset(&s, &r->offset))
		return false;
	if (!s.len)
		return true;
	r->summer = true;
	r->summer_offset = r->offset + 3600;
	if (!skip_abbreviation(&s))
		return false;
	if (s.len && *s.at != ',' && !read_offset(&s, &r->summer_offset))
		return false;
	if (r->summer_offset > ZONE_OFFSET_MAX)
		return false;
	return read_change(&s, &r->begin) && read_change(&s, &r->end) && !s.len;
}

/* --- TZif --- */

struct header {
	char version;
	uint32_t ut, std, leap, times, types, letters;
};

/* n bytes off the front. */
static bool cut(struct slice *s, uint64_t n, struct slice *front)
{
	if (n > s->len)
		return false;
	*front = (struct slice){ s->at, (size_t)n };
	*s = slice_skip(*s, (size_t)n);
	return true;
}

static uint64_t big_endian(const char *at, int bytes)
{
	uint64_t n = 0;

	for (int i = 0; i < bytes; i++)
		n = n << 8 | (unsigned char)at[i];
	return n;
}

static int64_t read_time(const char *at, int width)
{
	uint64_t n = big_endian(at, width);

	return width == 4 ? (int32_t)(uint32_t)n : (int64_t)n;
}

static bool read_header(struct slice *s, struct header *h)
{
	struct slice front;
	uint32_t *count[] = { &h->ut, &h->std, &h->leap, &h->times, &h->types, &h->letters };

	if (!cut(s, 44, &front) || memcmp(front.at, "TZif", 4) != 0)
		return false;
	h->version = front.at[4];
	for (int i = 0; i < 6; i++)
		*count[i] = (uint32_t)big_endian(front.at + 20 + 4 * i, 4);
	return true;
}

/* Width is that of a time in bytes. */
static uint64_t block_size(const struct header *h, int width)
{
	return (uint64_t)h->times * (unsigned)(width + 1) + (uint64_t)h->types * 6 + h->letters +
		(uint64_t)h->leap * (unsigned)(width + 4) + h->std + h->ut;
}

/* `types` are six bytes each, beginning with the offset. */
static bool read_type(struct slice types, unsigned type, int32_t *offset)
{
	if (type >= types.len / 6)
		return false;
	*offset = (int32_t)(uint32_t)big_endian(types.at + 6 * type, 4);
	return *offset >= -ZONE_OFFSET_MAX && *offset <= ZONE_OFFSET_MAX;
}

static bool read_block(struct slice block, const struct header *h, int width, struct zone *z)
{
	struct slice times, indexes, types;

	if (!cut(&block, (uint64_t)h->times * (unsigned)width, &times) ||
		!cut(&block, h->times, &indexes) || !cut(&block, (uint64_t)h->types * 6, &types) ||
		!read_type(types, 0, &z->first))
		return false;
	for (; z->n < h->times; z->n++) {
		struct zone_jump jump = { .at = read_time(times.at + z->n * (size_t)width, width) };
		if (jump.at < -ZONE_ALWAYS / 2 || jump.at > ZONE_ALWAYS / 2 ||
			(z->n && jump.at <= z->jump[z->n - 1].at) ||
			!read_type(types, (unsigned char)indexes.at[z->n], &jump.offset))
			return false;
		MEM_GROW(z->jump, z->n, z->cap);
		z->jump[z->n] = jump;
	}
	return true;
}

/* A TZ string between two newlines; if it is empty, the last offset stays. */
static bool read_footer(struct slice s, struct zone_rule *r)
{
	const char *end;

	if (!skip_byte(&s, '\n') || !s.len)
		return false;
	end = memchr(s.at, '\n', s.len);
	if (!end)
		return false;
	s.len = (size_t)(end - s.at);
	return !s.len || read_rule(s, r);
}

/* A file of version 2 or later has all twice: with times of 32 bits, which are passed over, and of
 * 64. */
static bool read_file(struct slice s, struct zone *z)
{
	struct header h;
	struct slice block;
	int width = 4;

	if (!read_header(&s, &h) || !cut(&s, block_size(&h, 4), &block))
		return false;
	if (h.version) {
		width = 8;
		if (!read_header(&s, &h) || !cut(&s, block_size(&h, 8), &block) ||
			!read_footer(s, &z->rule))
			return false;
	}
	/* With leap seconds ("right/") the times would be no UTC. */
	return !h.leap && read_block(block, &h, width, z);
}

bool tzdata_parse(struct slice bytes, struct zone *zone, struct fault *fault)
{
	*zone = (struct zone){ 0 };
	if (!read_file(bytes, zone)) {
		zone_free(zone);
		return fault_set(fault, "not the data of a time zone", 0);
	}
	zone_seek(zone, 0);
	return true;
}

/* --- names --- */

/* Relative, without a way up, and of the letters that names of the database have. */
static bool is_name(struct slice name)
{
	char last = '/';

	for (size_t i = 0; i < name.len; last = name.at[i++]) {
		char c = name.at[i];
		if (!is_letter(c) && !is_digit(c) && (last == '/' || !memchr("/+-_.", c, 5)))
			return false;
	}
	return last != '/' && name.len < 256;
}

/* false: there is no such file, or it cannot be read. */
static bool read_whole(const char *path, struct buf *content)
{
	FILE *f = fopen(path, "re");
	bool good;

	if (!f)
		return false;
	content->len = fread(buf_room(content, FILE_MAX), 1, FILE_MAX, f);
	good = !ferror(f);
	fclose(f);
	return good;
}

static bool has_files(const char *directory)
{
	DIR *d = opendir(directory);
	const struct dirent *e;

	if (!d)
		return false;
	do
		e = readdir(d);
	while (e && e->d_name[0] == '.');
	closedir(d);
	return e;
}

static bool find_file(struct slice name, struct buf *content, bool *database)
{
	const char *directories[] = { getenv("TZDIR"), "/usr/share/zoneinfo", "/usr/lib/zoneinfo",
		"/usr/share/lib/zoneinfo", "/etc/zoneinfo" };
	struct buf path = { 0 };
	bool found = false;

	*database = false;
	for (size_t i = 0; !found && i < sizeof directories / sizeof *directories; i++) {
		if (!directories[i])
			continue;
		path.len = 0;
		buf_printf(&path, "%s/%.*s", directories[i], (int)name.len, name.at);
		found = read_whole(path.at, content);
		*database |= found || has_files(directories[i]);
	}
	buf_free(&path);
	return found;
}

bool tzdata_find(struct slice name, struct zone *zone, struct fault *fault)
{
	struct buf content = { 0 };
	bool good, database;

	int32_t offset = 0;

	*zone = zone_fixed(0);
	if (slice_equal(name, SLICE("UTC")) || slice_equal(name, SLICE("Z")))
		return true;
	if (name.len == 6 && zone_read_offset(name, &offset) == 6) {
		*zone = zone_fixed(offset);
		return true;
	}
	if (!is_name(name))
		return fault_set(fault, "not the name of a time zone", 0);
	if (find_file(name, &content, &database))
		good = tzdata_parse(buf_slice(&content), zone, fault);
	else if (database)
		good = fault_set(fault, "unknown time zone", 0);
	else
		good = fault_set(
			fault, "no time zone data on this system (is tzdata installed?)", 0);
	buf_free(&content);
	return good;
}
