/* pieces: of an input, each worked on by a command of its own, some at once, answered in order
 *
 * A piece is a part of a file, or grows in memory. The kernel gives its pages to the command, and what
 * the command writes goes straight to the output if all before it is written, else to a spool. As many
 * pieces again as are at work may wait: to be worked on, or for the one before to be done. If a command
 * fails, those behind it are ended, those before it are awaited, and what it could answer is written
 * before the program dies. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "io/out.h"
#include "io/range.h"
#include "io/spool.h"

struct piece {
	/* the caller's, when it is new */
	const char *file;
	off_t start, from;       /* where the file begins and where the piece, in its bytes */
	uint64_t lines;          /* of the file before it; not told of one that can be read again */
	bool in_memory;          /* the body is; it is let go as soon as it is not needed */
	struct range head, body; /* their descriptors are ours from now on, and may be one */

	/* private */
	uint64_t number;
	bool whole, begun, ended, straight;
	pid_t pid;
	int feed, status;
	struct spool spool;
};

struct pieces_wish {
	const char *command;
	const char *variable; /* in which each is told its number, from 1 on */
	size_t at_once;
	uint64_t memory; /* bytes that spools may keep there, all together */
	struct out *out;
};

/* From now on pieces_end() is to be called when the program dies. */
void pieces_begin(const struct pieces_wish *wish);
void pieces_end(void);

/* A new one, when there is room; its body may grow until pieces_close(). */
struct piece *pieces_add(const struct piece *p);

/* The end of its body is the last; comes back when work on it has begun. */
void pieces_close(struct piece *p);

/* Does what there is to do. If it waits, until something was done, or until fd, if it is not -1, can be
 * read: then it is true. */
bool pieces_work(bool waits, int fd);

/* Comes back when all are done. */
void pieces_finish(void);

/* How many there were, and bytes of their outputs that had to go to a file. */
uint64_t pieces_count(void);
uint64_t pieces_aside(void);
