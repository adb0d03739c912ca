/* As RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

size_t utf8_character(struct slice s)
{
	const unsigned char *p = (const unsigned char *)s.at;
	size_t n = 0;

	if (p[0] < 0x80)
		return 1;
	if (p[0] >= 0xc2 && p[0] <= 0xdf)
		n = 2;
	else if ((p[0] & 0xf0) == 0xe0)
		n = 3;
	else if (p[0] >= 0xf0 && p[0] <= 0xf4)
		n = 4;
	if (n > s.len)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) ||
		(p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return n;
}

size_t utf8_decode(struct slice s, uint32_t *character)
{
	const unsigned char *p = (const unsigned char *)s.at;
	size_t n = utf8_character(s);
	uint32_t c = n > 1 ? *p & (0x7fu >> n) : *p;

	for (size_t i = 1; i < n; i++)
		c = c << 6 | (p[i] & 0x3f);
	*character = c;
	return n;
}

size_t utf8_visible(struct slice s, uint32_t *character)
{
	size_t n = utf8_decode(s, character);
	uint32_t c = *character;

	return c < 0x20 || (c >= 0x7f && c < 0xa0) ? 0 : n;
}

static bool is_ascii(const char *eight)
{
	uint64_t x;

	memcpy(&x, eight, sizeof x);
	return !(x & 0x8080808080808080);
}

size_t utf8_length(struct slice s)
{
	size_t i = 0, n = 1;

	for (; i < s.len && n; i += n)
		n = s.len - i >= 8 && is_ascii(s.at + i) ? 8 : utf8_character(slice_skip(s, i));
	return i;
}
