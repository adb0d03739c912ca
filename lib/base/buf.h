/* buf: bytes that are owned and grow
 *
 * { 0 } is an empty one. at[0 .. len) is the content; it moves when the buffer grows. */
#pragma once

#include "base/slice.h"

struct buf {
	char *at;
	size_t len, cap;
};

/* Room for n more bytes; the place to write them. Add what was written to len. */
char *buf_room(struct buf *b, size_t n);

void buf_add(struct buf *b, struct slice s);
void buf_byte(struct buf *b, char c);
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *b, const char *format, ...);

/* The bytes in the 64 letters of RFC 4648, padded. */
void buf_base64(struct buf *b, struct slice raw);

void buf_free(struct buf *b);

/* Lives until the buffer changes. */
static inline struct slice buf_slice(const struct buf *b)
{
	return (struct slice){ b->at, b->len };
}
