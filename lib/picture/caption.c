#include "picture/caption.h"

#include <stdint.h>
#include <stdio.h>

#include "base/utf8.h"
#include "base/width.h"

enum { BYTE_SHOWN = 8 };

/* It turns the direction of writing, or is no character of XML. */
static bool is_hidden(uint32_t c)
{
	return (c >= 0x200e && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069) || c == 0xfffe || c == 0xffff;
}

/* Takes the next piece to show, and its places: a character, or a byte in hexadecimal. */
static struct slice next(struct slice *rest, char byte[BYTE_SHOWN], int *places)
{
	uint32_t character;
	size_t n = utf8_visible(*rest, &character);
	struct slice shown = { rest->at, n };

	if (n && !is_hidden(character)) {
		*places = width_of(character);
	} else {
		*places = snprintf(byte, BYTE_SHOWN, "\\x%02x", (unsigned char)*rest->at);
		shown = (struct slice){ byte, (size_t)*places };
		n = 1;
	}
	*rest = slice_skip(*rest, n);
	return shown;
}

int caption_width(struct slice s)
{
	char byte[BYTE_SHOWN];
	int width = 0;

	for (int places; s.len; width += places)
		next(&s, byte, &places);
	return width;
}

static void add(struct buf *b, struct slice s, int places)
{
	bool cut = caption_width(s) > places;
	char byte[BYTE_SHOWN];
	int width;

	places -= cut;
	while (s.len) {
		struct slice c = next(&s, byte, &width);
		places -= width;
		if (places < 0)
			break;
		buf_add(b, c);
	}
	if (cut)
		buf_add(b, SLICE("\xe2\x80\xa6"));
}

static bool is_harmless(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit((char)c) ||
		memchr(" .,:/()+-=[]", c, 12);
}

/* What stands for a character, if it is not the character itself. */
static struct slice instead_of(char c, unsigned use)
{
	if (c == '%' && use & CAPTION_TICK)
		return SLICE("%%");
	if (c == '&' && use & CAPTION_XML)
		return SLICE("&#x26;");
	if (c == '>' && use & CAPTION_XML)
		return SLICE("&#x3e;");
	return (struct slice){ 0 };
}

/* gnuplot would take a digit behind an octal number for a part of it. */
static void add_quoted(struct buf *b, struct slice s)
{
	bool octal = false;

	buf_byte(b, '"');
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		octal = !is_harmless(c) || (octal && is_digit(s.at[i]));
		if (octal)
			buf_printf(b, "\\%03o", c);
		else
			buf_byte(b, (char)c);
	}
	buf_byte(b, '"');
}

void caption_add_string(struct buf *b, struct slice s, int places, unsigned use)
{
	struct buf shown = { 0 }, meant = { 0 };

	add(&shown, s, places);
	for (size_t i = 0; i < shown.len; i++) {
		struct slice other = instead_of(shown.at[i], use);
		if (other.len)
			buf_add(&meant, other);
		else
			buf_byte(&meant, shown.at[i]);
	}
	add_quoted(b, buf_slice(&meant));
	buf_free(&shown);
	buf_free(&meant);
}

void caption_add_html(struct buf *b, struct slice s, int places)
{
	struct buf shown = { 0 };

	add(&shown, s, places);
	for (size_t i = 0; i < shown.len; i++) {
		char c = shown.at[i];
		if (memchr("<>&\"'", c, 5))
			buf_printf(b, "&#%d;", c);
		else
			buf_byte(b, c);
	}
	buf_free(&shown);
}
