#include "io/out.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "io/stop.h"

enum {
	PIPE_WANTED = 1 << 20,
	PIPE_SMALL = 1 << 16,
	PIECE_SMALL = 1 << 14,
};

static void size_pipe(struct out *o)
{
	struct stat st;

	o->piece = SIZE_MAX / 2;
	if (fstat(o->file.fd, &st) < 0 || !S_ISFIFO(st.st_mode))
		return;
	if (fcntl(o->file.fd, F_SETPIPE_SZ, PIPE_WANTED) < 0 &&
		fcntl(o->file.fd, F_GETPIPE_SZ) <= PIPE_SMALL)
		o->piece = PIECE_SMALL;
}

/* Before the file: memory that runs out here leaves none behind. */
static void begin(struct out *o, const char *name)
{
	/* A record may be added to a block that is not quite full. */
	*o = (struct out){ .at = mem_alloc(2 * OUT_BLOCK), .cap = 2 * OUT_BLOCK, .name = name };
}

void out_standard(struct out *o)
{
	begin(o, "standard output");
	o->file.fd = STDOUT_FILENO;
	size_pipe(o);
}

void out_replace(struct out *o, const char *path)
{
	begin(o, path);
	file_create(&o->file, path);
	size_pipe(o);
}

void out_truncate(struct out *o, const char *path)
{
	begin(o, path);
	o->file.fd = file_open_to_write(path, true);
	size_pipe(o);
}

/* What could not be written is forgotten, so that the last words of die() do not try it again. */
static _Noreturn void fail(struct out *o)
{
	o->len = 0;
	if (errno == EPIPE)
		stop_unread();
	die_errno("%s", o->name);
}

/* After a call: a reader that takes little holds the end up no more than one that takes nothing. */
static void end_if_overdue(struct out *o)
{
	if (stop_overdue()) {
		o->len = 0;
		stop_now();
	}
}

/* After a call that took nothing: waits where the reader is slow; whatever else is wrong ends it. */
static void wait_for_reader(struct out *o)
{
	if (errno == EAGAIN) {
		struct pollfd ready = { .fd = o->file.fd, .events = POLLOUT };
		poll(&ready, 1, -1);
	} else if (errno != EINTR) {
		fail(o);
	}
}

static void write_all(struct out *o, const char *at, size_t len)
{
	while (len) {
		ssize_t n = write(o->file.fd, at, len < o->piece ? len : o->piece);
		if (n >= 0) {
			at += n;
			len -= (size_t)n;
		} else {
			wait_for_reader(o);
		}
		if (len)
			end_if_overdue(o);
	}
}

size_t out_width(const struct out *o)
{
	struct winsize size;

	return ioctl(o->file.fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void out_flush(struct out *o)
{
	write_all(o, o->at, o->len);
	o->len = 0;
}

void out_add(struct out *o, struct slice s)
{
	if (!s.len)
		return;
	if (s.len > OUT_BLOCK) {
		out_flush(o);
		write_all(o, s.at, s.len);
		return;
	}
	memcpy(out_room(o, s.len), s.at, s.len);
	o->len += s.len;
	out_step(o);
}

/* For an output that pages cannot be moved to, such as one that is added to (>>). */
static void copy(struct out *o, int fd, off_t at, off_t end)
{
	static char bytes[OUT_BLOCK];

	while (at < end) {
		size_t room = end - at < OUT_BLOCK ? (size_t)(end - at) : OUT_BLOCK;
		ssize_t n = pread(fd, bytes, room, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			fail(o);
		write_all(o, bytes, (size_t)n);
		at += n;
	}
}

void out_file(struct out *o, int fd, off_t at, off_t end)
{
	out_flush(o);
	while (at < end) {
		ssize_t n = sendfile(o->file.fd, fd, &at, (size_t)(end - at));
		if (n < 0 && errno == EINVAL) {
			copy(o, fd, at, end);
			return;
		}
		if (n < 0)
			wait_for_reader(o);
		else if (!n)
			die("%s: what it should get is gone", o->name);
		if (at < end)
			end_if_overdue(o);
	}
}

static void sync_file(struct out *o)
{
	struct stat st;
	int failed;

	if (fstat(o->file.fd, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	do
		failed = fsync(o->file.fd);
	while (failed && errno == EINTR);
	if (failed)
		fail(o);
}

void out_settle(struct out *o)
{
	out_flush(o);
	if (o->file.aside)
		file_settle(&o->file);
	else
		sync_file(o);
}

void out_close(struct out *o)
{
	out_flush(o);
	if (o->file.path) {
		file_keep(&o->file);
	} else {
		int fd = o->file.fd;
		o->file.fd = -1;
		if (close(fd) < 0 && errno != EINTR)
			fail(o);
	}
	free(o->at);
	*o = (struct out){ .file.fd = -1 };
}

void out_abandon(struct out *o)
{
	o->len = 0;
	if (o->file.path)
		file_drop(&o->file);
}
