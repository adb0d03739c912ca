#include "io/range.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/die.h"
#include "io/stop.h"

enum {
	CHUNK = 1 << 20,
	COPIED = 1 << 16, /* where the pages cannot be given */
};

struct range range_in_memory(void)
{
	struct range r = { .fd = memfd_create("weir", MFD_CLOEXEC) };

	if (r.fd < 0)
		die_errno("memory for a piece");
	return r;
}

void range_add(struct range *r, const char *at, size_t n)
{
	while (n) {
		ssize_t done = pwrite(r->fd, at, n, r->filled);
		if (done < 0 && errno == EINTR && !stop_overdue())
			continue;
		if (done < 0)
			die_errno("memory for a piece");
		at += done;
		n -= (size_t)done;
		r->filled += done;
	}
}

static ssize_t copy(struct range *r, int pipe, size_t n)
{
	static char bytes[COPIED];
	ssize_t got = pread(r->fd, bytes, n < COPIED ? n : COPIED, r->at);
	ssize_t done = got > 0 ? write(pipe, bytes, (size_t)got) : got;

	if (done > 0)
		r->at += done;
	return done;
}

bool range_feed(struct range *r, int pipe, const char *name)
{
	off_t left = r->end - r->at;
	size_t n = left < CHUNK ? (size_t)left : CHUNK;
	ssize_t done = splice(r->fd, &r->at, pipe, NULL, n, SPLICE_F_NONBLOCK);

	if (done < 0 && errno == EINVAL)
		done = copy(r, pipe, n);
	if (done < 0 && errno == EPIPE)
		return false;
	if (done < 0 && errno != EAGAIN && errno != EINTR)
		die_errno("%s", name);
	if (!done && n)
		die("%s: became shorter while it was read", name);
	return true;
}
