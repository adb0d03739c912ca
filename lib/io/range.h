/* range: bytes of a file that are handed on without passing through the program
 *
 * The kernel gives the file's own pages to the pipe, where the file system can do that. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

struct range {
	int fd;
	off_t at, end;
	off_t filled; /* what is there behind the end does not belong to it yet */
};

/* A file without a name in memory, empty, that grows by range_add(); to be closed by the caller. */
struct range range_in_memory(void);

/* Fills in more bytes of a range in memory. */
void range_add(struct range *r, const char *at, size_t n);

/* Gives to a pipe that does not block what it takes now. False: nobody reads it any more. name is the
 * file's, for messages. */
bool range_feed(struct range *r, int pipe, const char *name);

static inline bool range_is_empty(const struct range *r)
{
	return r->at == r->end;
}
