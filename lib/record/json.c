#include "record/json.h"

#include <stdio.h>
#include <string.h>

#include "base/slice.h"
#include "base/utf8.h"

static const char *fault(struct json_fault *f, const char *what, const char *at)
{
	*f = (struct json_fault){ *at == '\n' ? "record is cut off" : what, at };
	return NULL;
}

static const char *digits(const char *p)
{
	while (is_digit(*p))
		p++;
	return p;
}

const char *json_number(const char *p, struct json_fault *f)
{
	static const char bad[] = "not a JSON object: bad number";

	if (*p == '-')
		p++;
	if (!is_digit(*p))
		return fault(f, bad, p);
	p = *p == '0' ? p + 1 : digits(p);
	if (*p == '.') {
		if (!is_digit(*++p))
			return fault(f, bad, p);
		p = digits(p);
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		if (*p == '+' || *p == '-')
			p++;
		if (!is_digit(*p))
			return fault(f, bad, p);
		p = digits(p);
	}
	return p;
}

/* The first byte from p on that a text cannot simply hold: quote, backslash, control or non-ASCII. */
static inline const char *special(const char *p)
{
	const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
	uint64_t x, quote, slash, found;

	for (;; p += 8) {
		memcpy(&x, p, 8);
		quote = x ^ ones * '"';
		slash = x ^ ones * '\\';
		/* A top bit appears in a difference where the byte is too small (Mycroft, 1987); a borrow
		 * may set one in a byte after such a byte, never before the first. */
		found = ((x - ones * 0x20) | (quote - ones) | (slash - ones) | x) & tops;
		if (found)
			break;
	}
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
	return p + __builtin_ctzll(found) / 8;
#else
	while ((unsigned char)*p >= 0x20 && (unsigned char)*p < 0x80 && *p != '"' && *p != '\\')
		p++;
	return p;
#endif
}

/* Where it shows that there is no character at p: at the LF, if the line ends in the midst of one. */
static const char *broken_at(const char *p)
{
	const char *q = p + 1;

	while (((unsigned char)*p & 0xc0) == 0xc0 && (*q & 0xc0) == 0x80)
		q++;
	return *q == '\n' && ((unsigned char)*p & 0xc0) == 0xc0 ? q : p;
}

/* Four hexadecimal digits, or -1. */
static int hex4(const char *p)
{
	int x = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i], low = c | 0x20;
		if (is_digit(c))
			x = x * 16 + (c - '0');
		else if (low >= 'a' && low <= 'f')
			x = x * 16 + (low - 'a' + 10);
		else
			return -1;
	}
	return x;
}

/* p is at the backslash. */
static const char *escape(const char *p, struct json_fault *f)
{
	static const char lone[] = "not a JSON object: half of a surrogate pair in a text";
	const char *next = p + 6;
	int x;

	if (p[1] != 'u') {
		if (p[1] && strchr("\"\\/bfnrt", p[1]))
			return p + 2;
		return fault(f, "not a JSON object: bad escape in a text", p + 1);
	}
	for (int i = 2; i < 6; i++)
		if (p[i] == '\n')
			return fault(f, "", p + i);
	x = hex4(p + 2);
	if (x < 0)
		return fault(f, "not a JSON object: bad escape in a text", p);
	if (x >= 0xdc00 && x <= 0xdfff)
		return fault(f, lone, p);
	if (x < 0xd800 || x > 0xdbff)
		return p + 6;
	next += *next == '\\';
	if (next == p + 6 || *next != 'u')
		return fault(f, lone, *next == '\n' ? next : p);
	for (int i = 8; i < 12; i++)
		if (p[i] == '\n')
			return fault(f, "", p + i);
	x = hex4(p + 8);
	return x >= 0xdc00 && x <= 0xdfff ? p + 12 : fault(f, lone, p);
}

const char *json_text(const char *p, bool *plain, struct json_fault *f)
{
	*plain = true;
	for (p++;;) {
		size_t n;
		p = special(p);
		if (*p == '"')
			return p + 1;
		if (*p == '\\') {
			*plain = false;
			p = escape(p, f);
			if (!p)
				return NULL;
		} else if ((unsigned char)*p < 0x20) {
			return fault(f, "not a JSON object: control character in a text", p);
		} else if ((n = utf8_character((struct slice){ p, 4 }))) {
			p += n;
		} else {
			return fault(f, "not a JSON object: not UTF-8", broken_at(p));
		}
	}
}

static const char *literal(
	const char *p, struct slice word, enum kind k, enum kind *kind, struct json_fault *f)
{
	for (size_t i = 0; i < word.len; i++)
		if (p[i] != word.at[i])
			return fault(
				f, "not a JSON object: expected a value", p[i] == '\n' ? p + i : p);
	*kind = k;
	return p + word.len;
}

static const char *scalar(const char *p, enum kind *kind, struct json_fault *f)
{
	bool plain;

	switch (*p) {
	case '"':
		*kind = KIND_TEXT;
		return json_text(p, &plain, f);
	case 't':
		return literal(p, SLICE("true"), KIND_TRUE, kind, f);
	case 'f':
		return literal(p, SLICE("false"), KIND_FALSE, kind, f);
	case 'n':
		return literal(p, SLICE("null"), KIND_NULL, kind, f);
	}
	if (*p != '-' && !is_digit(*p))
		return fault(f, "not a JSON object: expected a value", p);
	*kind = KIND_NUMBER;
	return json_number(p, f);
}

/* p is after '{' or a comma within an object: the name and its colon. */
static const char *name(const char *p, struct json_fault *f)
{
	bool plain;

	p = json_blanks(p);
	if (*p != '"')
		return fault(f, "not a JSON object: expected a name in quotes", p);
	p = json_text(p, &plain, f);
	if (!p)
		return NULL;
	p = json_blanks(p);
	return *p == ':' ? p + 1 : fault(f, "not a JSON object: expected ':'", p);
}

/* Objects and arrays, without recursion: within[] tells what encloses each level. */
static const char *nested(const char *p, int depth, struct json_fault *f)
{
	bool within[JSON_DEPTH + 1];
	int base = depth;
	enum kind kind;

	for (;;) {
		/* p is at an opening bracket. */
		within[++depth] = *p == '{';
		p = json_blanks(p + 1);
		if (*p != (within[depth] ? '}' : ']')) {
			if (within[depth] && !(p = name(p, f)))
				return NULL;
			goto value;
		}
		goto close;
value:
		p = json_blanks(p);
		if (depth == JSON_DEPTH)
			return fault(f, "not a JSON object: nested deeper than 2048", p);
		if (*p == '{' || *p == '[')
			continue;
		p = scalar(p, &kind, f);
		if (!p)
			return NULL;
after:
		p = json_blanks(p);
		if (*p == ',') {
			p++;
			if (within[depth] && !(p = name(p, f)))
				return NULL;
			goto value;
		}
		if (*p != (within[depth] ? '}' : ']'))
			return fault(f, "not a JSON object: expected ',' or a closing bracket", p);
close:
		p++;
		if (--depth == base)
			return p;
		goto after;
	}
}

const char *json_value(const char *p, int depth, enum kind *kind, struct json_fault *f)
{
	if (*p != '{' && *p != '[')
		return scalar(p, kind, f);
	*kind = *p == '{' ? KIND_OBJECT : KIND_ARRAY;
	return nested(p, depth, f);
}

bool json_pass(struct slice *line, struct slice text)
{
	if (!slice_starts(*line, text))
		return false;
	*line = slice_skip(*line, text.len);
	return true;
}

bool json_pass_member(struct slice *line, struct slice name)
{
	struct json_fault fault;
	const char *end;
	enum kind kind;

	if (!json_pass(line, name))
		return false;
	end = json_value(line->at, 1, &kind, &fault);
	if (end)
		*line = slice_skip(*line, (size_t)(end - line->at));
	return end != NULL;
}

static char *put_utf8(char *to, unsigned x)
{
	if (x < 0x80) {
		*to++ = (char)x;
	} else if (x < 0x800) {
		*to++ = (char)(0xc0 | x >> 6);
		*to++ = (char)(0x80 | (x & 0x3f));
	} else if (x < 0x10000) {
		*to++ = (char)(0xe0 | x >> 12);
		*to++ = (char)(0x80 | (x >> 6 & 0x3f));
		*to++ = (char)(0x80 | (x & 0x3f));
	} else {
		*to++ = (char)(0xf0 | x >> 18);
		*to++ = (char)(0x80 | (x >> 12 & 0x3f));
		*to++ = (char)(0x80 | (x >> 6 & 0x3f));
		*to++ = (char)(0x80 | (x & 0x3f));
	}
	return to;
}

/* *p is after the backslash of a valid escape, and is moved behind it. */
static char *unescape(char *to, const char **p)
{
	static const char from[] = "bfnrt", control[] = "\b\f\n\r\t";
	const char *at = *p, *known = strchr(from, *at);
	unsigned x;

	if (*at != 'u') {
		*to = known ? control[known - from] : *at;
		*p += 1;
		return to + 1;
	}
	x = (unsigned)hex4(at + 1);
	if (x < 0xd800 || x > 0xdbff) {
		*p += 5;
		return put_utf8(to, x);
	}
	*p += 11;
	return put_utf8(to, 0x10000 + ((x - 0xd800) << 10) + ((unsigned)hex4(at + 7) - 0xdc00));
}

static char *put_meaning(char *to, struct slice quoted)
{
	const char *p = quoted.at + 1, *end = quoted.at + quoted.len - 1;

	while (p < end) {
		const char *slash = memchr(p, '\\', (size_t)(end - p));
		to = slice_put(to, (struct slice){ p, (size_t)((slash ? slash : end) - p) });
		if (!slash)
			break;
		p = slash + 1;
		to = unescape(to, &p);
	}
	return to;
}

void json_unquote(struct buf *b, struct slice quoted)
{
	char *to = buf_room(b, quoted.len);

	b->len += (size_t)(put_meaning(to, quoted) - to);
}

struct slice json_meaning(struct arena *a, struct slice quoted)
{
	struct slice inner = { quoted.at + 1, quoted.len - 2 };
	char *to;

	if (!memchr(inner.at, '\\', inner.len))
		return inner;
	to = arena_take(a, inner.len);
	inner.len = (size_t)(put_meaning(to, quoted) - to);
	arena_trim(a, to + inner.len);
	return (struct slice){ to, inner.len };
}

char *json_put_text(char *to, struct slice text)
{
	static const char plain[] = "\b\f\n\r\t\"\\", letter[] = "bfnrt\"\\";

	*to++ = '"';
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c >= 0x20 && c != '"' && c != '\\') {
			*to++ = (char)c;
			continue;
		}
		*to++ = '\\';
		if (c && strchr(plain, c))
			*to++ = letter[strchr(plain, c) - plain];
		else
			to += sprintf(to, "u%04x", c);
	}
	*to++ = '"';
	return to;
}

void json_quote(struct buf *b, struct slice text)
{
	char *to = buf_room(b, json_text_bound(text));

	b->len += (size_t)(json_put_text(to, text) - to);
}
