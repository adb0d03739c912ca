/* in: files, pipes and gzip streams as blocks of whole lines
 *
 * One buffer of 256 KiB stays in the cache; it grows only for a longer line. A byte-order mark at the
 * start of a file is skipped, a last line without its LF gets one. Descriptors may be non-blocking.
 * Before a read that would wait, idle() is called: the moment to let output go. It tells after how many
 * milliseconds it wants to be called again, while there is nothing to read; -1 is never. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/slice.h"

/* Readable bytes after every block, so that wide loads may run over its end. */
enum { IN_PAD = 64 };

enum in_what {
	IN_LINES, /* whole lines, each with its LF */
	IN_LONG,  /* the beginning of a line that is longer than allowed; the rest is skipped */
	IN_END,
	IN_STOPPED, /* a signal asks the program to end */
};

struct in {
	const char *name;
	size_t max_line;
	int (*idle)(void);
	bool keeps_mark; /* a byte-order mark stays */
	int fd;          /* once it is open */
	uint64_t taken;  /* bytes read from the descriptor */
	int64_t waited;  /* nanoseconds without input, in which idle() was called; of all files */
	bool unended;    /* the last line of the last block had no LF of its own */

	/* private */
	bool waits, at_end, at_start, skipping;
	char *at; /* cap + IN_PAD bytes; [from, to) was read and not handed out, */
	size_t cap, from, to, seen; /* [from, seen) has no LF */
	struct gunzip *gunzip;
	const char *damage; /* of the compressed stream, not yet told */
	char *raw;          /* compressed, [raw_from, raw_to) */
	size_t raw_from, raw_to;
};

/* "-" is standard input. The members name, max_line and idle are set by the caller before. */
void in_open(struct in *in);

/* Is it a file that can be read at any place, and not compressed? Then *at is where its bytes begin. */
bool in_plain(const struct in *in, off_t *at);

/* The block lives until the next call. */
enum in_what in_block(struct in *in, struct slice *block);

/* As in_block(), but bytes as they come, lines or not, and a LF behind them that is not one of them.
 * They begin with what in_leave() has left of the last ones. At IN_END they are all that was left. */
enum in_what in_bytes(struct in *in, struct slice *bytes);

/* So many of the last bytes are not used yet. */
void in_leave(struct in *in, size_t n);

void in_close(struct in *in);

/* Gives up the buffer, which a next file would use again. */
void in_free(struct in *in);
