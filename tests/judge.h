/* judge: what the tests of the scanner hold it against
 *
 * jansson tells which lines are records, but for three written exceptions: a raw NUL is always bad,
 * names may hold an escaped NUL, and numbers may have any size. A stream is read by every way, its
 * blocks being copied so that 64 bytes follow them and not one more; what was found becomes a text,
 * and the texts of all ways must be the same. */
#pragma once

#include <ctype.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/slice.h"
#include "record/fields.h"
#include "record/scan.h"

enum { JUDGE_PAD = 64, JUDGE_WAYS = 4 };

/* Within a text, p at a backslash: an escaped NUL becomes another character. */
static inline size_t judge_escape(struct buf *b, struct slice rest)
{
	if (slice_starts(rest, SLICE("\\u0000"))) {
		buf_add(b, SLICE("\\u0001"));
		return 6;
	}
	buf_add(b, (struct slice){ rest.at, rest.len < 2 ? rest.len : 2 });
	return rest.len < 2 ? rest.len : 2;
}

/* The line as jansson can judge it: of each number's digits in a row, the first two are enough. */
static inline struct buf judge_prepare(struct slice line)
{
	struct buf b = { 0 };
	bool text = false;
	size_t digits = 0;

	for (size_t i = 0; i < line.len;) {
		char c = line.at[i];
		digits = !text && isdigit((unsigned char)c) ? digits + 1 : 0;
		text ^= c == '"';
		if (text && c == '\\') {
			i += judge_escape(&b, slice_skip(line, i));
			continue;
		}
		if (digits < 3)
			buf_byte(&b, c);
		i++;
	}
	return b;
}

/* Is the line, without its LF, a record? */
static inline bool judge_line(struct slice line)
{
	struct buf b = judge_prepare(line);
	json_t *json = json_loadb(b.at ? b.at : "", b.len, JSON_ALLOW_NUL, NULL);
	bool good = json_is_object(json) && !memchr(line.at, 0, line.len);

	json_decref(json);
	buf_free(&b);
	return good;
}

static inline bool judge_is_blank(struct slice line)
{
	for (size_t i = 0; i < line.len; i++)
		if (!strchr(" \t\r", line.at[i]) || !line.at[i])
			return false;
	return true;
}

/* A copy that ends where the block may be read to; `skew` bytes stand before it, what follows is made
 * to mislead. Free the result's at - skew. */
static inline struct slice judge_copy(struct slice lines, size_t skew)
{
	static const char after[] = "\"\n,{\\:}9";
	char *copy = mem_alloc(skew + lines.len + JUDGE_PAD);

	memset(copy, ' ', skew);
	memcpy(copy + skew, lines.at, lines.len);
	for (size_t i = 0; i < JUDGE_PAD; i++)
		copy[skew + lines.len + i] = after[(i + skew) % (sizeof after - 1)];
	return (struct slice){ copy + skew, lines.len };
}

/* One line of text for what the scanner has found; origin is the block, which begins at byte `base`. */
static inline void judge_note(
	struct buf *b, const struct scan *s, enum scan_found found, const char *origin, size_t base)
{
	buf_printf(b, "%ju: %zu+%zu ", (uintmax_t)s->lines, base + (size_t)(s->line.at - origin),
		s->line.len);
	if (found == SCAN_BAD) {
		buf_printf(b, "bad %zu %s\n", s->fault.at, s->fault.what);
		return;
	}
	for (size_t i = 0; i < s->shape->n; i++)
		buf_printf(b, " %zu+%u/%u", (size_t)(s->value[i].at - s->line.at), s->value[i].len,
			s->value[i].kind);
	buf_printf(b, " fields");
	for (uint32_t f = 0; f < s->fields->names.n && f < 8; f++)
		buf_printf(b, " %d", (int)shape_slot(s->shape, f));
	for (size_t l = 0; l < s->fields->lists; l++) {
		buf_printf(b, " list");
		for (size_t i = 0; i < s->shape->pick[l].n; i++)
			buf_printf(b, " %u", s->shape->pick[l].at[i]);
	}
	buf_byte(b, '\n');
}

/* Where the block that begins at `from` ends: after the line that reaches `size` bytes. */
static inline size_t judge_block_end(struct slice stream, size_t from, size_t size)
{
	size_t due = from + (size ? size - 1 : 0);
	const char *newline =
		due < stream.len ? memchr(stream.at + due, '\n', stream.len - due) : NULL;

	return newline ? (size_t)(newline - stream.at) + 1 : stream.len;
}

/* Reads a stream, which ends with LF, in blocks of about `size` bytes. */
static inline struct buf judge_read(
	struct slice stream, enum scan_way way, size_t size, size_t skew, const char *list)
{
	struct fields fields = { 0 };
	struct names names = { 0 };
	struct buf notes = { 0 };
	struct fault f;
	struct scan scan;

	if (names_add(&names, slice_of(list), &f))
		fields_resolve(&fields, &names);
	scan_init(&scan, &fields, way);
	for (size_t from = 0, to; from < stream.len; from = to) {
		enum scan_found found;
		struct slice block;
		to = judge_block_end(stream, from, size);
		block = judge_copy((struct slice){ stream.at + from, to - from }, skew);
		scan_block(&scan, block);
		while ((found = scan_next(&scan)) != SCAN_DONE)
			judge_note(&notes, &scan, found, block.at, from);
		free((char *)block.at - skew);
	}
	scan_free(&scan);
	fields_free(&fields);
	free(names.at);
	buf_byte(&notes, 0);
	return notes;
}

/* Do all ways find the same in a stream? The notes are those of the general way. */
static inline bool judge_ways_agree(
	struct slice stream, size_t size, size_t skew, const char *list, struct buf *notes)
{
	bool same = true;

	*notes = judge_read(stream, SCAN_GENERAL, size, skew, list);
	for (int way = 0; way < SCAN_GENERAL; way++) {
		struct buf other = judge_read(stream, (enum scan_way)way, size, skew, list);
		same &= slice_equal(buf_slice(&other), buf_slice(notes));
		buf_free(&other);
	}
	return same;
}

/* What a stream's lines are by jansson, as the beginnings of notes. */
static inline struct buf judge_verdicts(struct slice stream)
{
	struct buf b = { 0 };
	uintmax_t number = 1;

	for (size_t from = 0, to; from < stream.len; from = to + 1, number++) {
		struct slice line = { stream.at + from, 0 };
		to = (size_t)((const char *)memchr(line.at, '\n', stream.len - from) - stream.at);
		line.len = to - from;
		if (!judge_is_blank(line))
			buf_printf(&b, "%ju: %zu+%zu %s\n", number, from, line.len,
				judge_line(line) ? "good" : "bad");
	}
	buf_byte(&b, 0);
	return b;
}

/* Do the notes say of each line what jansson says of it? */
static inline bool judge_approves(struct slice stream, const char *notes)
{
	struct buf verdicts = judge_verdicts(stream);
	const char *p = verdicts.at, *q = notes;
	bool same = true;

	while (same && *p && *q) {
		size_t head = strcspn(p, "gb");
		bool good = p[head] == 'g', found_good = strncmp(q + head, "bad", 3);
		same = !strncmp(p, q, head) && good == found_good;
		p = strchr(p, '\n') + 1;
		q = strchr(q, '\n') + 1;
	}
	same &= *p == *q;
	buf_free(&verdicts);
	return same;
}
