#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"

char *buf_room(struct buf *b, size_t n)
{
	if (n > SIZE_MAX / 4 - b->len)
		die("out of memory");
	if (b->len + n > b->cap || !b->at) {
		b->cap = (b->len + n) * 3 / 2 + 64;
		b->at = mem_resize(b->at, b->cap);
	}
	return b->at + b->len;
}

void buf_add(struct buf *b, struct slice s)
{
	char *to = buf_room(b, s.len);

	if (s.len)
		memcpy(to, s.at, s.len);
	b->len += s.len;
}

void buf_byte(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->len++;
}

void buf_printf(struct buf *b, const char *format, ...)
{
	va_list args, again;
	int n;

	va_start(args, format);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, format, args);
	vsnprintf(buf_room(b, (size_t)n + 1), (size_t)n + 1, format, again);
	b->len += (size_t)n;
	va_end(again);
	va_end(args);
}

void buf_free(struct buf *b)
{
	free(b->at);
	*b = (struct buf){ 0 };
}

void buf_base64(struct buf *b, struct slice raw)
{
	static const char digit[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < raw.len; i += 3) {
		uint32_t x = 0;
		for (size_t k = 0; k < 3; k++)
			x = x << 8 | (i + k < raw.len ? (unsigned char)raw.at[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			buf_byte(b, i + k <= raw.len ? digit[x >> (18 - 6 * k) & 63] : '=');
	}
}
