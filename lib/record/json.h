/* json: the grammar of one JSON text on one line, in plain C
 *
 * What is accepted is what jansson accepts as one object with JSON_ALLOW_NUL, except that numbers may
 * have any size, that names may hold an escaped NUL, and that a raw NUL is always wrong. A line ends
 * with LF, a byte that no value holds, so nothing here needs to look at a length; up to JSON_PAD bytes
 * after the LF are read. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

enum { JSON_DEPTH = 2048, JSON_PAD = 8 };

enum kind {
	KIND_MISSING, /* the record has no such member */
	KIND_NULL,
	KIND_FALSE,
	KIND_TRUE,
	KIND_NUMBER,
	KIND_TEXT,
	KIND_OBJECT,
	KIND_ARRAY,
};

struct json_fault {
	const char *what; /* static text */
	const char *at;
};

static inline bool json_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static inline const char *json_blanks(const char *p)
{
	while (json_is_blank(*p))
		p++;
	return p;
}

/* The byte after a number without an exponent, as most are; NULL: look closer. */
static inline const char *json_plain_number(const char *p)
{
	const char *first;

	p += *p == '-';
	first = p;
	while (is_digit(*p))
		p++;
	if (p == first || (*first == '0' && p - first > 1))
		return NULL;
	if (*p == '.') {
		first = ++p;
		while (is_digit(*p))
			p++;
		if (p == first)
			return NULL;
	}
	return (*p | 0x20) == 'e' ? NULL : p;
}

/* Each gives the byte after what begins at p, or NULL and the fault. */

const char *json_number(const char *p, struct json_fault *f);

/* p is the opening quote; *plain tells that nothing in the text is escaped. */
const char *json_text(const char *p, bool *plain, struct json_fault *f);

/* depth is that of what encloses the value: 1 within the record itself. */
const char *json_value(const char *p, int depth, enum kind *kind, struct json_fault *f);

/* Passes over a text at the start of a line; and over one and the value behind it. False: something else is
 * there. */
bool json_pass(struct slice *line, struct slice text);
bool json_pass_member(struct slice *line, struct slice name);

/* What a valid text means; quoted is the text with its quotes. It lies in `quoted` itself where
 * nothing is escaped, else in the arena. */
struct slice json_meaning(struct arena *a, struct slice quoted);

/* The same, appended. */
void json_unquote(struct buf *b, struct slice quoted);

/* Writes a text (UTF-8) as JSON, with its quotes; gives the end. */
char *json_put_text(char *to, struct slice text);

/* Bytes that json_put_text() may write, and a NUL. */
static inline size_t json_text_bound(struct slice text)
{
	return 6 * text.len + 3;
}

/* The same, appended. */
void json_quote(struct buf *b, struct slice text);
