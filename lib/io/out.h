/* out: where records go
 *
 * Bytes are gathered in blocks of 64 KiB, which keeps them in the cache and calls the kernel seldom.
 * Whoever is about to wait for input calls out_flush() first, so nothing is ever held back. Every write
 * is checked, up to the close; a reader that has left ends the program without a word.
 * A pipe is grown to 1 MiB; one that must stay small is written in small pieces, since a write as large
 * as the pipe makes both sides run in lock step. */
#pragma once

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/slice.h"
#include "io/file.h"

enum { OUT_BLOCK = 1 << 16 };

struct out {
	char *at; /* cap bytes, of which len are full */
	size_t len, cap;
	size_t piece;     /* bytes given to one write(2) */
	const char *name; /* for messages */
	struct file file;
};

/* Standard output; at the end close it as any other. */
void out_standard(struct out *o);

/* A file that takes the place of the old one when it is closed, and not before. */
void out_replace(struct out *o, const char *path);

/* A file that is emptied now and grows under its own name. */
void out_truncate(struct out *o, const char *path);

/* How many characters fit into a line of the terminal that it is; 0: it is none. */
size_t out_width(const struct out *o);

void out_flush(struct out *o);

/* Room for n contiguous bytes, n at most OUT_BLOCK. Add what was written to len, then out_step(). */
static inline char *out_room(struct out *o, size_t n)
{
	assert(n <= OUT_BLOCK && o->len + n <= o->cap);
	return o->at + o->len;
}

/* Lets a full block go. */
static inline void out_step(struct out *o)
{
	if (o->len >= OUT_BLOCK)
		out_flush(o);
}

/* Any number of bytes. */
void out_add(struct out *o, struct slice s);

/* Bytes [at, end) of a file, which do not pass through here where the kernel can move them. */
void out_file(struct out *o, int fd, off_t at, off_t end);

/* No more is added: what there is goes to the disk, if it is for a file. */
void out_settle(struct out *o);

void out_close(struct out *o);

/* Gives up: a file that would have been replaced stays as it was. */
void out_abandon(struct out *o);
