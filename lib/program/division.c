#include "program/division.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "io/in.h"
#include "io/range.h"
#include "program/output.h"
#include "program/pieces.h"
#include "text/cut.h"

enum {
	LOOKED_AT = 1 << 18,   /* bytes of a file that are looked at together */
	BLOCK_LEAST = 1 << 20, /* in a piece: processes need time to start */
};

static const struct division_wish *wish;
static uint64_t bytes_in;

/* The file at hand. */
static struct {
	struct in in;
	bool plain; /* its own pages are given to the pieces, which else have a copy in memory, */
	int fd;     /* by this descriptor */
	off_t start, at; /* of its first byte, and of what comes next */
	uint64_t lines;  /* so far, where they are not counted later */
	uint64_t block;  /* bytes from which on a piece may end */
	struct range head;
	int64_t heads;       /* lines that are still to go there */
	bool blank;          /* nothing but a line end in this one so far */
	struct piece *piece; /* to which all else goes */
	bool was_cut;        /* there was one */
	struct cut cut;
	uint64_t length, least; /* of the line or the piece, and from where on it may end */
	bool reads;             /* and does nothing else: a fault is the input's */
} input;

/* --- pieces --- */

static void begin_line(uint64_t least)
{
	cut_begin(&input.cut, least);
	input.length = 0;
	input.least = least - 1;
	input.blank = true;
}

static int copy_of(int fd)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);

	if (copy < 0)
		die_errno("%s", input.in.name);
	return copy;
}

static void begin_piece(void)
{
	input.head.end = input.head.filled;
	struct piece p = {
		.file = input.in.name,
		.start = input.start,
		.from = input.at,
		.lines = input.lines,
		.in_memory = !input.plain,
		.head = input.head,
	};

	if (input.plain) {
		p.head.fd = copy_of(input.fd);
		p.body = (struct range){ p.head.fd, input.at, input.at, input.at };
	} else {
		p.head.fd = p.head.fd < 0 ? -1 : copy_of(p.head.fd);
		p.body = range_in_memory();
	}
	input.piece = pieces_add(&p);
	input.was_cut = true;
	begin_line(input.block);
}

static void end_piece(void)
{
	struct piece *p = input.piece;

	input.piece = NULL;
	p->body.end = p->body.filled;
	pieces_close(p);
}

/* The whole lines of a piece that is not whole: it may be long till it is, or never come to that. */
static void let_lines_go(struct range *r, struct slice added)
{
	const char *last = memrchr(added.at, '\n', added.len);

	if (last)
		r->end = r->filled - (added.at + added.len - last) + 1;
}

/* The bytes, which are those at input.at, go to the head or to the piece. */
static void grow(struct slice bytes)
{
	struct range *r = input.piece ? &input.piece->body : &input.head;

	if (input.plain) {
		r->filled += (off_t)bytes.len;
	} else {
		range_add(r, bytes.at, bytes.len);
		let_lines_go(r, bytes);
		input.lines += cut_count(bytes, '\n');
	}
	input.at += (off_t)bytes.len;
	input.length += bytes.len;
	bytes_in += bytes.len;
}

/* Nothing ends where it should; of these bytes those that are before that may hold whole lines. */
static _Noreturn void die_of_length(struct slice bytes)
{
	if (input.length < input.least)
		grow((struct slice){ bytes.at, input.least - input.length });
	input.reads = true;
	die("%s: byte %jd: no line ends within --max-line from here%s", input.in.name,
		(intmax_t)(input.at - input.start) - (intmax_t)(input.length - input.least),
		wish->csv ? "; is a quote not closed?" : "");
}

static bool is_blank(struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if (!memchr("\r\n\xef\xbb\xbf", bytes.at[i], 5))
			return false;
	return true;
}

static void end_line(void)
{
	if (input.piece) {
		end_piece();
		return;
	}
	/* A line with nothing on it is no header. */
	input.heads -= wish->heads.given || !input.blank;
	begin_line(1);
}

static void take(struct slice bytes)
{
	bool ends;

	while (bytes.len) {
		if (!input.heads && !input.piece)
			begin_piece();
		size_t n = cut_find(&input.cut, bytes, &ends);
		struct slice part = { bytes.at, n };
		input.blank = input.blank && !input.piece && is_blank(part);
		if (input.length + n > input.least + wish->max_line)
			die_of_length(part);
		grow(part);
		if (ends)
			end_line();
		bytes = slice_skip(bytes, n);
	}
}

/* --- files --- */

/* Where reading would wait. */
static int work_meanwhile(void)
{
	input.reads = false;
	while (!pieces_work(true, input.in.fd))
		;
	input.reads = true;
	return 0;
}

/* What need not be seen of a plain file is not read. */
static void pass_unseen(void)
{
	uint64_t n = input.piece ? cut_unseen(&input.cut) : 0;
	struct stat st;

	if (!n || fstat(input.fd, &st) < 0 || st.st_size <= input.at)
		return;
	if (n > (uint64_t)(st.st_size - input.at))
		n = (uint64_t)(st.st_size - input.at);
	posix_fadvise(input.fd, input.at, (off_t)n, POSIX_FADV_WILLNEED);
	cut_skip(&input.cut, n);
	grow((struct slice){ NULL, n });
}

static void read_plain(void)
{
	static char bytes[LOOKED_AT];
	ssize_t n;

	do {
		pass_unseen();
		input.reads = true;
		n = pread(input.fd, bytes, sizeof bytes, input.at);
		if (n < 0 && errno != EINTR)
			die_errno("%s", input.in.name);
		input.reads = false;
		if (n > 0)
			take((struct slice){ bytes, (size_t)n });
		pieces_work(false, -1);
	} while (n);
	/* As after any other way of reading it. */
	lseek(input.fd, input.at, SEEK_SET);
}

static void read_stream(void)
{
	enum in_what what;
	struct slice bytes;

	do {
		input.reads = true;
		what = in_bytes(&input.in, &bytes);
		input.reads = false;
		output_end_if_stopped();
		in_leave(&input.in, 0);
		take(bytes);
		pieces_work(false, -1);
	} while (what != IN_END);
}

/* All processes are to have as much to do, and to be ready together. */
static uint64_t fair_share(uint64_t size)
{
	uint64_t at_once = wish->at_once, rounds = size / (at_once * DIVISION_BLOCK) + 1;
	uint64_t share = size / (at_once * rounds) + 1;

	return share < BLOCK_LEAST ? BLOCK_LEAST : share;
}

static uint64_t block_of_file(void)
{
	struct stat st;

	if (wish->block)
		return wish->block;
	if (!input.plain || fstat(input.fd, &st) < 0 || st.st_size < input.start)
		return DIVISION_BLOCK;
	return fair_share((uint64_t)(st.st_size - input.start));
}

static void open_file(const char *name)
{
	input.in.name = name;
	input.reads = true;
	in_open(&input.in);
	input.reads = false;
	output_end_if_stopped();
	input.start = 0;
	input.plain = in_plain(&input.in, &input.start);
	input.fd = input.in.fd;
	input.block = block_of_file();
	input.at = input.start;
	input.lines = 0;
	input.was_cut = false;
	input.heads = wish->heads.given ? wish->heads.n : wish->csv;
	input.head = (struct range){ .fd = -1 };
	if (input.plain)
		input.head = (struct range){ input.fd, input.start, input.start, input.start };
	else if (input.heads)
		input.head = range_in_memory();
	begin_line(1);
}

static void read_file(const char *name)
{
	open_file(name);
	if (input.plain)
		read_plain();
	else
		read_stream();
	/* One without a line, or with nothing but a head, is a piece too. */
	if (!input.piece && !input.was_cut)
		begin_piece();
	if (input.piece)
		end_piece();
	if (!input.plain && input.head.fd >= 0)
		close(input.head.fd);
	in_close(&input.in);
}

void division_read(const struct division_wish *w, struct operands files)
{
	wish = w;
	input.cut.csv = w->csv;
	input.in.idle = work_meanwhile;
	input.in.keeps_mark = true;
	for (int i = 0; i < files.n; i++)
		read_file(files.at[i]);
	pieces_finish();
}

uint64_t division_bytes(void)
{
	return bytes_in;
}

/* Of a piece that is not whole only whole lines are. */
static void end_at_line(struct range *r)
{
	static char bytes[LOOKED_AT];

	for (off_t at = r->filled; at > r->end;) {
		size_t n = at - r->end < LOOKED_AT ? (size_t)(at - r->end) : LOOKED_AT;
		at -= (off_t)n;
		if (pread(r->fd, bytes, n, at) != (ssize_t)n)
			return;
		const char *last = memrchr(bytes, '\n', n);
		if (last) {
			r->end = at + (last - bytes) + 1;
			return;
		}
	}
}

void division_answer(void)
{
	if (!input.reads)
		return;
	if (input.piece)
		end_at_line(&input.piece->body);
	if (input.piece)
		pieces_close(input.piece);
	pieces_finish();
}
