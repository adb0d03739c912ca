#include "io/in.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/mem.h"
#include "io/file.h"
#include "io/gunzip.h"
#include "io/stop.h"

enum {
	BLOCK = 1 << 18,
	RAW_BLOCK = 1 << 16,
	PIPE_WANTED = 1 << 20,
};

static void look_at(struct in *in)
{
	struct stat st;

	if (fstat(in->fd, &st) < 0)
		die_errno("%s", in->name);
	if (S_ISDIR(st.st_mode)) {
		errno = EISDIR;
		die_errno("%s", in->name);
	}
	if (S_ISFIFO(st.st_mode))
		fcntl(in->fd, F_SETPIPE_SZ, PIPE_WANTED);
	in->waits = !S_ISREG(st.st_mode);
}

void in_open(struct in *in)
{
	in->at_start = true;
	in->at_end = in->skipping = in->unended = in->waits = false;
	in->taken = in->from = in->to = in->seen = 0;
	if (!in->at) {
		in->cap = BLOCK;
		in->at = mem_alloc(in->cap + IN_PAD);
	}
	in->fd = strcmp(in->name, "-") ? file_open(in->name, O_RDONLY) : STDIN_FILENO;
	/* Where nobody writes to a FIFO a stop ends the waiting; in_block() tells of it. */
	if (in->fd >= 0)
		look_at(in);
	else if (!stop_asked())
		die_errno("%s", in->name);
}

/* What the kernel makes up, as in /proc, has no size. */
bool in_plain(const struct in *in, off_t *at)
{
	char first[2];
	struct stat st;

	if (in->waits || fstat(in->fd, &st) < 0 || !st.st_size)
		return false;
	*at = lseek(in->fd, 0, SEEK_CUR);
	return *at >= 0 &&
		!(pread(in->fd, first, sizeof first, *at) == sizeof first &&
			gunzip_magic((struct slice){ first, sizeof first }));
}

void in_close(struct in *in)
{
	if (in->fd != STDIN_FILENO)
		close(in->fd);
	if (in->gunzip) {
		gunzip_close(in->gunzip);
		free(in->raw);
		in->gunzip = NULL;
		in->damage = NULL;
	}
}

void in_free(struct in *in)
{
	free(in->at);
	*in = (struct in){ 0 };
}

/* What idle() takes is no time without input. */
static int wait_once(struct in *in, struct pollfd *ready, int timeout)
{
	int64_t before = timeout ? clock_now() : 0;
	int n = poll(ready, 1, timeout);

	if (timeout)
		in->waited += clock_now() - before;
	return n;
}

/* Until there is something to read, or a signal came. A descriptor that blocks waits in the read itself
 * where nobody wants to be called. */
static void wait_for(struct in *in, bool blocks)
{
	struct pollfd ready = { .fd = in->fd, .events = POLLIN };
	int timeout = 0;

	while (wait_once(in, &ready, timeout) == 0) {
		timeout = in->idle ? in->idle() : -1;
		if (timeout < 0 && blocks)
			return;
	}
}

/* False: a stop was asked for. Zero bytes are the end. */
static bool read_some(struct in *in, char *to, size_t room, size_t *got)
{
	ssize_t n;

	if (in->waits)
		wait_for(in, true);
	while (!stop_asked()) {
		n = read(in->fd, to, room);
		if (n >= 0) {
			in->taken += (size_t)n;
			*got = (size_t)n;
			return true;
		}
		if (errno == EAGAIN)
			wait_for(in, false);
		else if (errno != EINTR)
			die_errno("%s", in->name);
	}
	return false;
}

static _Noreturn void die_of_gzip(const struct in *in, const char *what)
{
	die("%s: byte %ju of the compressed stream: %s", in->name,
		(uintmax_t)gunzip_taken(in->gunzip), what);
}

/* False: a stop was asked for. */
static bool read_raw(struct in *in)
{
	size_t got;

	if (!read_some(in, in->raw, RAW_BLOCK, &got))
		return false;
	if (!got && !gunzip_complete(in->gunzip))
		die_of_gzip(in, "unexpected end of gzip data");
	in->at_end = !got;
	in->raw_from = 0;
	in->raw_to = got;
	return true;
}

static bool inflate_some(struct in *in)
{
	size_t made = 0;
	struct slice from;
	struct fault f;

	while (!made && !in->at_end) {
		/* What came before the damage was handed out first. */
		if (in->damage)
			die_of_gzip(in, in->damage);
		/* Also without a byte more: some output may have found no room before. */
		from = (struct slice){ in->raw + in->raw_from, in->raw_to - in->raw_from };
		made = in->cap - in->to;
		if (!gunzip_run(in->gunzip, &from, in->at + in->to, &made, &f))
			in->damage = f.what;
		in->raw_from = in->raw_to - from.len;
		if (!made && !from.len && !in->damage && !read_raw(in))
			return false;
	}
	in->to += made;
	return true;
}

static void begin_gzip(struct in *in)
{
	in->gunzip = gunzip_open();
	in->raw = mem_alloc(RAW_BLOCK);
	memcpy(in->raw, in->at, in->to);
	in->raw_from = 0;
	in->raw_to = in->to;
	in->to = 0;
}

static bool fill(struct in *in)
{
	size_t got, room = in->cap - in->to;

	if (in->gunzip)
		return inflate_some(in);
	/* The first bytes tell what the file is, and must fit the raw buffer if they are gzip's. */
	if (in->at_start && room > RAW_BLOCK)
		room = RAW_BLOCK - in->to;
	if (!read_some(in, in->at + in->to, room, &got))
		return false;
	in->to += got;
	in->at_end = !got;
	return true;
}

/* Reads until it is known what the file begins with; false: a stop was asked for. */
static bool begin(struct in *in)
{
	static const struct slice mark = SLICE("\xef\xbb\xbf");

	while (in->to < mark.len && !in->at_end &&
		(!in->to || in->at[0] == mark.at[0] || in->at[0] == 0x1f))
		if (!fill(in))
			return false;
	if (!in->gunzip && gunzip_magic((struct slice){ in->at, in->to })) {
		begin_gzip(in);
		in->at_end = false;
		return begin(in);
	}
	in->at_start = false;
	if (!in->keeps_mark && slice_starts((struct slice){ in->at, in->to }, mark))
		in->from = in->seen = mark.len;
	return true;
}

/* Twice as much, but no more than the longest line needs. */
static size_t more_room(const struct in *in)
{
	if (in->cap <= in->max_line && in->max_line < in->cap * 2)
		return in->max_line + BLOCK;
	return in->cap * 2;
}

static void make_room(struct in *in)
{
	size_t kept = in->to - in->from;

	if (in->from) {
		memmove(in->at, in->at + in->from, kept);
		in->seen -= in->from;
		in->from = 0;
		in->to = kept;
	}
	/* After a long line, so that what follows stays in the cache. */
	if (in->cap > BLOCK && kept < BLOCK / 2) {
		in->cap = BLOCK;
		in->at = mem_resize(in->at, in->cap + IN_PAD);
	}
	if (in->to == in->cap) {
		in->cap = more_room(in);
		in->at = mem_resize(in->at, in->cap + IN_PAD);
	}
}

static struct slice hand_out(struct in *in, size_t end)
{
	struct slice block = { in->at + in->from, end - in->from };

	in->from = in->seen = end;
	return block;
}

/* Forgets what is left of a line that was too long, up to its LF. */
static void skip(struct in *in)
{
	const char *end = memchr(in->at + in->from, '\n', in->to - in->from);

	in->from = in->seen = end ? (size_t)(end - in->at) + 1 : in->to;
	in->skipping = !end;
}

static bool end_last_line(struct in *in, struct slice *block)
{
	if (in->from == in->to)
		return false;
	make_room(in);
	in->at[in->to++] = '\n';
	in->unended = true;
	*block = hand_out(in, in->to);
	return true;
}

enum in_what in_block(struct in *in, struct slice *block)
{
	const char *newline;

	if (in->at_start && !begin(in))
		return IN_STOPPED;
	for (;;) {
		if (stop_asked())
			return IN_STOPPED;
		if (in->skipping)
			skip(in);
		newline = memrchr(in->at + in->seen, '\n', in->to - in->seen);
		if (newline) {
			*block = hand_out(in, (size_t)(newline - in->at) + 1);
			return IN_LINES;
		}
		in->seen = in->to;
		if (in->to - in->from > in->max_line) {
			in->skipping = true;
			*block = hand_out(in, in->to);
			return IN_LONG;
		}
		if (in->at_end)
			return end_last_line(in, block) ? IN_LINES : IN_END;
		make_room(in);
		if (!fill(in))
			return IN_STOPPED;
	}
}

static struct slice hand_out_bytes(struct in *in)
{
	struct slice bytes = { in->at + in->from, in->to - in->from };

	in->at[in->to] = '\n';
	in->from = in->seen = in->to;
	return bytes;
}

enum in_what in_bytes(struct in *in, struct slice *bytes)
{
	size_t left;

	if (in->at_start && !begin(in))
		return IN_STOPPED;
	if (in->seen == in->to && !in->at_end) {
		make_room(in);
		left = in->to - in->from;
		/* What is looked at again and again must grow by more than a little each time. */
		do {
			if (!fill(in))
				return IN_STOPPED;
		} while (!in->at_end && left > BLOCK / 2 && in->to < in->cap && in->to < 2 * left);
	}
	*bytes = hand_out_bytes(in);
	return in->at_end ? IN_END : IN_LINES;
}

void in_leave(struct in *in, size_t n)
{
	in->from = in->to - n;
}
