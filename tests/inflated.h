/* inflated: what a gzip stream holds, by zlib in one call for each member */
#pragma once

#include <stdbool.h>
#include <zlib.h>

#include "base/buf.h"
#include "base/slice.h"

struct inflated {
	bool good;     /* nothing in it is damaged, */
	bool complete; /* and it may end where it does */
	struct buf text;
};

/* The member that *from begins with, which is taken away; false: it is damaged or cut. */
static inline bool inflated_member(struct slice *from, struct inflated *into)
{
	z_stream z = { .next_in = (Bytef *)from->at, .avail_in = (uInt)from->len };
	int result = inflateInit2(&z, 16 + MAX_WBITS);

	while (result == Z_OK) {
		size_t room = 1 << 16;
		z.next_out = (Bytef *)buf_room(&into->text, room);
		z.avail_out = (uInt)room;
		result = inflate(&z, Z_SYNC_FLUSH);
		into->text.len += room - z.avail_out;
	}
	*from = (struct slice){ (const char *)z.next_in, z.avail_in };
	inflateEnd(&z);
	into->complete = result == Z_STREAM_END;
	into->good = into->complete || result == Z_BUF_ERROR;
	return into->complete;
}

/* Members, then zeros; an empty stream is not complete. */
static inline struct inflated inflated(struct slice from)
{
	struct inflated into = { .good = true };

	while (from.len)
		if (!inflated_member(&from, &into))
			return into;
		else if (from.len && from.at[0] != '\x1f')
			break;
	while (from.len && !from.at[0])
		from = slice_skip(from, 1);
	into.good = !from.len;
	return into;
}
