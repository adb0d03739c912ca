/* slice: text that is borrowed, by pointer and length; NUL bytes are data */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char *at;
	size_t len;
};

#define SLICE(literal) ((struct slice){ "" literal, sizeof(literal) - 1 })

static inline struct slice slice_of(const char *text)
{
	return (struct slice){ text, strlen(text) };
}

static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.at, b.at, a.len));
}

/* By bytes, a text before its own continuations; below, at or above 0 as memcmp. */
static inline int slice_compare(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.at, b.at, n) : 0;

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static inline bool slice_starts(struct slice s, struct slice prefix)
{
	return s.len >= prefix.len && (!prefix.len || !memcmp(s.at, prefix.at, prefix.len));
}

static inline struct slice slice_skip(struct slice s, size_t n)
{
	return (struct slice){ s.at + n, s.len - n };
}

/* Takes the bytes up to the next blank, and that; a blank with nothing behind it stays with them. */
static inline struct slice slice_word(struct slice *rest)
{
	const char *end = rest->len ? memchr(rest->at, ' ', rest->len - 1) : NULL;
	struct slice word = { rest->at, end ? (size_t)(end - rest->at) : rest->len };

	*rest = slice_skip(*rest, word.len + (end != NULL));
	return word;
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Writes where there is room; gives the place behind. */
static inline char *slice_put(char *to, struct slice s)
{
	if (s.len)
		memcpy(to, s.at, s.len);
	return to + s.len;
}

/* What is mostly short: 32 bytes may be read from s and written, however short it is. */
static inline char *slice_put_short(char *to, struct slice s)
{
	if (s.len > 32)
		return slice_put(to, s);
	memcpy(to, s.at, 32);
	return to + s.len;
}
