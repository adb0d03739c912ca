/* The checksum is CRC-64 as xz has it (the polynomial of ECMA-182, reflected), taken eight bytes at a
 * time: table[k] tells what a byte does that k other bytes follow. (M. E. Kounavis and F. L. Berry,
 * Novel table lookup-based algorithms for high-performance CRC generation, 2008.) Two texts that differ
 * within 64 bits in a row never have the same one. */
#include "program/frame.h"

#include <assert.h>
#include <endian.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "number/num.h"
#include "record/json.h"

enum { SHOWN_MAX = 200 }; /* bytes of a value in a message */

static uint64_t table[8][256];

static void make_table(void)
{
	static const uint64_t polynomial = 0xc96c5795d7870f42;

	for (unsigned byte = 0; byte < 256; byte++) {
		uint64_t crc = byte;
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? polynomial : 0);
		table[0][byte] = crc;
	}
	for (unsigned k = 1; k < 8; k++)
		for (unsigned byte = 0; byte < 256; byte++) {
			uint64_t crc = table[k - 1][byte];
			table[k][byte] = table[0][crc & 255] ^ crc >> 8;
		}
}

/* Goes on from the CRC-64 of what came before, 0 of nothing. */
static uint64_t crc64(uint64_t crc, struct slice s)
{
	uint64_t eight;

	if (!table[0][1])
		make_table();
	crc = ~crc;
	for (; s.len >= sizeof eight; s = slice_skip(s, sizeof eight)) {
		memcpy(&eight, s.at, sizeof eight);
		eight = le64toh(eight) ^ crc;
		crc = 0;
		for (int i = 0; i < 8; i++)
			crc ^= table[7 - i][eight >> 8 * i & 255];
	}
	for (; s.len; s = slice_skip(s, 1))
		crc = table[0][(crc ^ (unsigned char)*s.at) & 255] ^ crc >> 8;
	return ~crc;
}

static uint64_t count_lines(struct slice s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == '\n';
	return n;
}

void frame_add(struct frame_sum *s, struct slice lines)
{
	const char *newline;
	struct slice last = lines;

	assert(lines.len && lines.at[lines.len - 1] == '\n');
	newline = memrchr(lines.at, '\n', lines.len - 1);
	if (newline)
		last = slice_skip(lines, (size_t)(newline - lines.at) + 1);
	if (!s->lines)
		s->known = slice_starts(lines, SLICE("{\"program\":\""));
	s->lines += count_lines(lines);
	s->before = crc64(s->whole, (struct slice){ lines.at, lines.len - last.len });
	s->whole = crc64(s->before, last);
	s->len = last.len <= sizeof s->last ? last.len : 0;
	memcpy(s->last, last.at, s->len);
}

static size_t print_foot(char out[FRAME_FOOT], uint64_t records, uint64_t crc)
{
	char text[FRAME_FOOT + 1];
	int len = snprintf(text, sizeof text,
		"{\"records\":%" PRIu64 ",\"crc64\":\"%016" PRIx64 "\"}\n", records, crc);

	memcpy(out, text, (size_t)len);
	return (size_t)len;
}

size_t frame_foot(const struct frame_sum *s, char out[FRAME_FOOT])
{
	assert(s->lines);
	return print_foot(out, s->lines - 1, s->whole);
}

/* The foot is compared letter by letter, for it is in no checksum itself. */
const char *frame_check(const struct frame_sum *s, bool ended)
{
	struct slice last = { s->last, s->len };
	char wanted[FRAME_FOOT];
	size_t len;

	if (!s->lines)
		return "is empty";
	if (!s->known)
		return "is no state";
	if (!ended || s->lines < 2 || !slice_starts(last, SLICE("{\"records\":")))
		return "is cut off";
	len = print_foot(wanted, s->lines - 2, s->before);
	return slice_equal(last, (struct slice){ wanted, len }) ? NULL : "checksum does not match";
}

void frame_option(struct frame_head *h, const char *name, struct slice json)
{
	MEM_GROW(h->option, h->n, h->cap);
	h->option[h->n] = (struct frame_option){ .name = name };
	buf_add(&h->option[h->n++].value, json);
}

void frame_print_head(const struct frame_head *h, struct buf *b)
{
	buf_add(b, SLICE("{\"program\":"));
	json_quote(b, slice_of(h->program));
	buf_printf(b, ",\"version\":%u", h->version);
	if (h->run.len)
		buf_printf(b, ",\"run\":%.*s", (int)h->run.len, h->run.at);
	for (size_t i = 0; i < h->n; i++) {
		buf_byte(b, ',');
		json_quote(b, slice_of(h->option[i].name));
		buf_byte(b, ':');
		buf_add(b, buf_slice(&h->option[i].value));
	}
	buf_add(b, SLICE("}\n"));
}

static struct slice member_name(const struct rec *r, size_t i)
{
	const struct key *key = &r->shape->key[i];

	/* Without its quotes: names that are written here hold nothing to escape. */
	return (struct slice){ r->shape->piece[i].text + key->at + 1, key->len - 2 };
}

/* Of the last one of this name; null where there is none. */
static struct slice member(const struct rec *r, struct slice name)
{
	for (size_t i = r->shape->n; i--;)
		if (slice_equal(member_name(r, i), name))
			return (struct slice){ r->value[i].at, r->value[i].len };
	return SLICE("null");
}

static bool is_null(struct slice value)
{
	return slice_equal(value, SLICE("null"));
}

static void show(struct buf *b, struct slice value)
{
	struct slice front = { value.at, value.len < SHOWN_MAX ? value.len : SHOWN_MAX };

	front.len = utf8_length(front);
	buf_add(b, front);
	if (front.len < value.len)
		buf_add(b, SLICE("..."));
}

static bool same_program(const struct frame_head *h, const struct rec *r, struct buf *how)
{
	struct slice found = member(r, SLICE("program"));
	struct buf wanted = { 0 };
	bool same;

	json_quote(&wanted, slice_of(h->program));
	same = slice_equal(found, buf_slice(&wanted));
	buf_free(&wanted);
	if (!same) {
		buf_add(how, SLICE("made by "));
		show(how, found);
		buf_printf(how, ", not by %s", h->program);
	}
	return same;
}

static bool same_version(const struct frame_head *h, const struct rec *r, struct buf *how)
{
	struct slice found = member(r, SLICE("version"));
	struct decimal d;

	if (!num_valid(found) || !num_decimal(found, &d) || d.e) {
		buf_add(how, SLICE("has no version of its format"));
		return false;
	}
	if (d.m == h->version)
		return true;
	buf_printf(how, "made by %s %s: its format is ", d.m < h->version ? "an older" : "a newer",
		h->program);
	show(how, found);
	buf_printf(how, ", not %u", h->version);
	return false;
}

static bool same_option(struct slice name, struct slice wanted, struct slice found, struct buf *how)
{
	if (slice_equal(wanted, found))
		return true;
	buf_add(how, is_null(found) ? SLICE("made without ") : SLICE("made with "));
	show(how, name);
	if (!is_null(found)) {
		buf_byte(how, ' ');
		show(how, found);
	}
	buf_add(how, is_null(wanted) ? SLICE(", not without") : SLICE(", not with "));
	if (!is_null(wanted))
		show(how, wanted);
	return false;
}

static struct slice option(const struct frame_head *h, struct slice name)
{
	for (size_t i = 0; i < h->n; i++)
		if (slice_equal(slice_of(h->option[i].name), name))
			return buf_slice(&h->option[i].value);
	return SLICE("null");
}

static bool is_option(struct slice name)
{
	return !slice_equal(name, SLICE("program")) && !slice_equal(name, SLICE("version")) &&
		!slice_equal(name, SLICE("run"));
}

bool frame_agrees(const struct frame_head *h, const struct rec *r, struct buf *how)
{
	if (!same_program(h, r, how) || !same_version(h, r, how))
		return false;
	for (size_t i = 0; i < h->n; i++) {
		const struct frame_option *o = &h->option[i];
		struct slice name = slice_of(o->name);
		if (!same_option(name, buf_slice(&o->value), member(r, name), how))
			return false;
	}
	for (size_t i = 0; i < r->shape->n; i++) {
		struct slice name = member_name(r, i);
		if (is_option(name) && !same_option(name, option(h, name), member(r, name), how))
			return false;
	}
	return true;
}

bool frame_same_run(const struct frame_head *h, const struct rec *r)
{
	return h->run.len && slice_equal(buf_slice(&h->run), member(r, SLICE("run")));
}

void frame_free(struct frame_head *h)
{
	buf_free(&h->run);
	for (size_t i = 0; i < h->n; i++)
		buf_free(&h->option[i].value);
	free(h->option);
	*h = (struct frame_head){ 0 };
}
