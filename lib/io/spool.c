#include "io/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"

enum { PAGE = 1 << 16 }; /* at least a page, on any machine */

static const char *directory(void)
{
	const char *path = getenv("TMPDIR");

	return path && *path ? path : "/var/tmp";
}

static int open_named(const char *in)
{
	struct buf path = { 0 };
	int fd;

	buf_printf(&path, "%s/weir.XXXXXX%c", in, 0);
	fd = mkostemp(path.at, O_CLOEXEC);
	if (fd >= 0)
		unlink(path.at);
	buf_free(&path);
	return fd;
}

/* Not every file system has files without a name. */
static int open_unnamed(void)
{
	const char *in = directory();
	int fd = open(in, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

	if (fd < 0)
		fd = open_named(in);
	if (fd < 0)
		die_errno("%s", in);
	return fd;
}

/* Sealed: who opens its standard output anew would empty it. */
static int open_memory(void)
{
	int fd = memfd_create("weir", MFD_CLOEXEC | MFD_ALLOW_SEALING);

	if (fd < 0)
		die_errno("memory for an output");
	fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK);
	return fd;
}

void spool_open(struct spool *s, bool in_memory)
{
	*s = (struct spool){ .in_memory = in_memory, .aside = -1 };
	s->fd = in_memory ? open_memory() : open_unnamed();
}

uint64_t spool_size(const struct spool *s)
{
	struct stat st;

	return s->fd >= 0 && fstat(s->fd, &st) == 0 ? (uint64_t)st.st_size : 0;
}

uint64_t spool_in_memory(const struct spool *s)
{
	return s->in_memory ? spool_size(s) - (uint64_t)s->moved : 0;
}

/* Whole pages, for others would stay. */
void spool_move(struct spool *s)
{
	off_t end = (off_t)(spool_size(s) / PAGE * PAGE), from = s->moved;

	if (s->aside < 0)
		s->aside = open_unnamed();
	while (s->moved < end) {
		ssize_t n = sendfile(s->aside, s->fd, &s->moved, (size_t)(end - s->moved));
		if (n <= 0 && errno != EINTR)
			die_errno("%s", directory());
	}
	fallocate(s->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, from, end - from);
}

void spool_send(struct spool *s, struct out *out)
{
	if (s->moved)
		out_file(out, s->aside, 0, s->moved);
	out_file(out, s->fd, s->moved, (off_t)spool_size(s));
}

void spool_close(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	if (s->aside >= 0)
		close(s->aside);
	*s = (struct spool){ .fd = -1, .aside = -1 };
}
