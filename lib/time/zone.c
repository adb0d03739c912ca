/* A zone is a table of jumps, and a rule for the time after the last: RFC 9636 ("TZif"), whose
 * footer is a TZ string of POSIX. A question finds a period between two jumps. Periods overlap or
 * leave gaps on the local clock, so a local time is sought from the first period that can hold it
 * onwards. */
#include "time/zone.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "time/civil.h"

/* Far outside the years of any question, and no sum with an offset overflows. */
static const int64_t always = INT64_C(1) << 60;

enum { FILE_MAX = 1 << 18 };

static bool wrong(struct fault *fault, const char *what)
{
	*fault = (struct fault){ what, 0 };
	return false;
}

struct zone zone_fixed(int32_t offset)
{
	return (struct zone){ .period = { -always, always, offset }, .first = offset };
}

void zone_free(struct zone *zone)
{
	free(zone->jump);
	*zone = zone_fixed(0);
}

bool zone_is_utc(const struct zone *zone)
{
	return !zone->n && !zone->rule.given && !zone->first;
}

/* --- the rule --- */

/* The day, in days since 1970, on which the clocks change in a year. */
static int64_t change_day(const struct zone_change *c, int year)
{
	int64_t first = civil_days(year, c->kind == 'M' ? c->month : 1, 1);
	struct civil month = { .year = year, .month = c->month, .day = 1 };
	int day;

	if (c->kind == 'D')
		return first + c->day;
	if (c->kind == 'J')
		return first + c->day - 1 + (c->day > 59 && civil_month_days(year, 2) == 29);
	day = (c->day - civil_weekday(&month) % 7 + 7) % 7 + 7 * (c->week - 1);
	return first + (day < civil_month_days(year, c->month) ? day : day - 7);
}

static struct zone_jump change_jump(const struct zone_change *c, int year, int32_t from, int32_t to)
{
	return (struct zone_jump){ change_day(c, year) * CIVIL_DAY + c->time - from, to };
}

/* In order of time; of two at one time the one that was added later counts, and stays behind. */
static void insert(struct zone_jump *list, int n, struct zone_jump jump)
{
	for (; n && list[n - 1].at > jump.at; n--)
		list[n] = list[n - 1];
	list[n] = jump;
}

/* The period of a time at or after `since`, from which on the rule holds. A change may be moved
 * over the end of its year by a week, so the years around are needed. */
static struct zone_period rule_period(
	const struct zone_rule *r, struct zone_jump since, int64_t utc)
{
	struct zone_period p = { since.at, always, since.offset };
	struct zone_jump list[10];
	int year = civil_of(utc).year, n = 0;

	if (!r->summer)
		return (struct zone_period){ since.at, always, r->offset };
	for (int y = year - 2; y <= year + 2; y++) {
		insert(list, n++, change_jump(&r->begin, y, r->offset, r->summer_offset));
		insert(list, n++, change_jump(&r->end, y, r->summer_offset, r->offset));
	}
	for (int i = 0; i < n; i++) {
		if (list[i].at <= since.at)
			continue;
		if (list[i].at > utc) {
			p.until = list[i].at;
			break;
		}
		p.from = list[i].at;
		p.offset = list[i].offset;
	}
	return p;
}

/* --- questions --- */

/* Jumps at or before this time. */
static size_t jumps_until(const struct zone *z, int64_t utc)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (z->jump[middle].at <= utc)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void zone_seek(struct zone *zone, int64_t utc)
{
	size_t i = jumps_until(zone, utc);
	struct zone_jump since = i ? zone->jump[i - 1] : (struct zone_jump){ -always, zone->first };

	if (i < zone->n)
		zone->period = (struct zone_period){ since.at, zone->jump[i].at, since.offset };
	else if (zone->rule.given)
		zone->period = rule_period(&zone->rule, since, utc);
	else
		zone->period = (struct zone_period){ since.at, always, since.offset };
}

/* Is the period the first to show this local time, as far as offsets alone can tell? */
static bool surely_first(const struct zone_period *p, int64_t local)
{
	return local >= p->from + ZONE_OFFSET_MAX && local < p->until + p->offset;
}

/* Makes the period the first at whose end the clocks show a later time; gives back the offset of
 * the period before. If the local time is left out, the period begins behind it. */
static int32_t seek_local(struct zone *z, int64_t local)
{
	int32_t before = zone_offset(z, local - ZONE_OFFSET_MAX);

	while (local >= z->period.until + z->period.offset) {
		before = z->period.offset;
		zone_seek(z, z->period.until);
	}
	return before;
}

/* Moves on to a later period that shows this local time, if there is one. */
static bool seek_later(struct zone *z, int64_t local)
{
	const struct zone_period *p = &z->period;

	while (p->until <= local + ZONE_OFFSET_MAX) {
		zone_seek(z, p->until);
		if (local >= p->from + p->offset && local < p->until + p->offset)
			return true;
	}
	return false;
}

int64_t zone_utc(struct zone *zone, int64_t local)
{
	const struct zone_period *p = &zone->period;

	if (!surely_first(p, local)) {
		int32_t before = seek_local(zone, local);
		/* One jump may leave out what the next brings back. */
		if (local < p->from + p->offset && !seek_later(zone, local))
			return local - before;
	}
	return local - p->offset;
}

int64_t zone_reach(struct zone *zone, int64_t local)
{
	const struct zone_period *p = &zone->period;

	if (!surely_first(p, local))
		seek_local(zone, local);
	return local < p->from + p->offset ? p->from : local - p->offset;
}

bool zone_twice(struct zone *zone, int64_t utc)
{
	int64_t local = utc + zone_offset(zone, utc);
	const struct zone_period *p = &zone->period;

	if (utc - p->from >= 2 * ZONE_OFFSET_MAX && p->until - utc > 2 * ZONE_OFFSET_MAX)
		return false;
	return zone_utc(zone, local) != utc || seek_later(zone, local);
}

/* --- offsets --- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Two digits at s.at[at], below a limit. */
static bool read_pair(struct slice s, size_t at, int limit, int *n)
{
	int pair;

	if (s.len < at + 2 || !is_digit(s.at[at]) || !is_digit(s.at[at + 1]))
		return false;
	pair = (s.at[at] - '0') * 10 + (s.at[at + 1] - '0');
	if (pair >= limit)
		return false;
	*n = pair;
	return true;
}

static bool read_colon_pair(struct slice s, size_t at, int *n)
{
	return s.len > at && s.at[at] == ':' && read_pair(s, at + 1, 60, n);
}

size_t zone_read_offset(struct slice text, int32_t *offset)
{
	int hour, minute = 0, second = 0; /* stay zero where the text has none */
	size_t n = 3;

	*offset = 0;
	if (text.len && (*text.at == 'Z' || *text.at == 'z'))
		return 1;
	if (!text.len || (*text.at != '+' && *text.at != '-') || !read_pair(text, 1, 24, &hour))
		return 0;
	if (read_pair(text, 3, 60, &minute))
		n = 5;
	else if (read_colon_pair(text, 3, &minute))
		n = read_colon_pair(text, 6, &second) ? 9 : 6;
	*offset = hour * 3600 + minute * 60 + second;
	if (*text.at == '-')
		*offset = -*offset;
	return n;
}

size_t zone_print_offset(char out[ZONE_PRINT_MAX], int32_t offset, bool colon)
{
	unsigned size = (unsigned)(offset < 0 ? -offset : offset);
	char *to = out;

	colon |= size % 60 != 0;
	*to++ = offset < 0 ? '-' : '+';
	to = civil_put(to, size / 3600, 2);
	if (colon)
		*to++ = ':';
	to = civil_put(to, size / 60 % 60, 2);
	if (size % 60) {
		*to++ = ':';
		to = civil_put(to, size % 60, 2);
	}
	return (size_t)(to - out);
}

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
		if (jump.at < -always / 2 || jump.at > always / 2 ||
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

bool zone_parse(struct slice bytes, struct zone *zone, struct fault *fault)
{
	*zone = (struct zone){ 0 };
	if (!read_file(bytes, zone)) {
		zone_free(zone);
		return wrong(fault, "not the data of a time zone");
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

bool zone_find(struct slice name, struct zone *zone, struct fault *fault)
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
		return wrong(fault, "not the name of a time zone");
	if (find_file(name, &content, &database))
		good = zone_parse(buf_slice(&content), zone, fault);
	else if (database)
		good = wrong(fault, "unknown time zone");
	else
		good = wrong(fault, "no time zone data on this system (is tzdata installed?)");
	buf_free(&content);
	return good;
}
