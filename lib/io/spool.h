/* spool: output that waits for its turn
 *
 * It lies in memory, or in a file without a name in $TMPDIR (/var/tmp); what is in memory can be moved
 * there at any time, also while it is written to. */
#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "io/out.h"

struct spool {
	int fd; /* to be written to; -1: closed */

	/* private */
	bool in_memory;
	int aside;   /* where what was moved lies, -1: nowhere yet */
	off_t moved; /* so many of the first bytes */
};

void spool_open(struct spool *s, bool in_memory);

/* Bytes of it in memory, and all of them. */
uint64_t spool_in_memory(const struct spool *s);
uint64_t spool_size(const struct spool *s);

/* Moves what is in memory. */
void spool_move(struct spool *s);

/* Writes all of it, which is complete. */
void spool_send(struct spool *s, struct out *out);

void spool_close(struct spool *s);
