#include "program/pieces.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "io/child.h"
#include "io/stop.h"
#include "program/output.h"
#include "text/cut.h"

enum {
	LOOKED_AT = 1 << 18, /* bytes of a file that are counted together */
	PIPE_WANTED = 1 << 20,
	A_WHILE = 10, /* milliseconds for which spools may grow without being looked at */
};

/* Those that are not done, in order: n from `first` on, in a ring. */
static struct {
	struct piece *at;
	size_t size, first, n;
	size_t running;
	bool failed; /* one of them */
} queue;

static const struct pieces_wish *wish;
static int children; /* to be polled: one has ended */
static struct pollfd *polled;
static uint64_t count, aside;

static struct piece *piece_at(size_t i)
{
	return &queue.at[(queue.first + i) % queue.size];
}

uint64_t pieces_count(void)
{
	return count;
}

uint64_t pieces_aside(void)
{
	return aside;
}

/* --- a command that has failed --- */

static uint64_t lines_before(const struct piece *p)
{
	static char bytes[LOOKED_AT];
	uint64_t lines = p->lines;
	off_t at = p->start;

	while (!p->in_memory && at < p->from && !stop_asked()) {
		off_t left = p->from - at;
		size_t room = left < LOOKED_AT ? (size_t)left : LOOKED_AT;
		ssize_t n = pread(p->body.fd, bytes, room, at);
		if (n <= 0)
			break;
		lines += cut_count((struct slice){ bytes, (size_t)n }, '\n');
		at += n;
	}
	return lines;
}

static _Noreturn void die_of(const struct piece *p)
{
	uint64_t lines = lines_before(p);
	struct buf how = { 0 };

	child_tell(&how, p->status);
	output_end_if_stopped();
	child_end_all();
	die("%s:%" PRIu64 ": piece %" PRIu64 ", which begins here (byte %jd): %.*s", p->file,
		lines + 1, p->number, (intmax_t)(p->from - p->start), (int)how.len, how.at);
}

/* --- feeding --- */

static void close_input(struct piece *p)
{
	if (p->head.fd >= 0 && p->head.fd != p->body.fd)
		close(p->head.fd);
	if (p->body.fd >= 0)
		close(p->body.fd);
	p->head.fd = p->body.fd = -1;
}

static void end_feeding(struct piece *p)
{
	if (p->feed >= 0)
		close(p->feed);
	p->feed = -1;
	if (p->in_memory && p->whole)
		close_input(p);
}

static bool is_fed(const struct piece *p)
{
	return range_is_empty(&p->head) && range_is_empty(&p->body);
}

static void feed(struct piece *p)
{
	struct range *from = range_is_empty(&p->head) ? &p->body : &p->head;

	if (!range_feed(from, p->feed, p->file) || (p->whole && is_fed(p)))
		end_feeding(p);
}

/* --- memory --- */

static uint64_t held_in_memory(void)
{
	uint64_t n = 0;

	for (size_t i = 0; i < queue.n; i++)
		n += spool_in_memory(&piece_at(i)->spool);
	return n;
}

/* What is needed last goes first. */
static void save_memory(void)
{
	uint64_t held = held_in_memory();

	for (size_t i = queue.n; i-- > 0 && held > wish->memory;) {
		held -= spool_in_memory(&piece_at(i)->spool);
		spool_move(&piece_at(i)->spool);
	}
}

static bool grows_in_memory(void)
{
	for (size_t i = 0; i < queue.n; i++)
		if (piece_at(i)->begun && !piece_at(i)->ended && !piece_at(i)->straight)
			return true;
	return false;
}

static bool due(void)
{
	static struct timespec last;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
	if ((now.tv_sec - last.tv_sec) * 1000 + (now.tv_nsec - last.tv_nsec) / 1000000 < A_WHILE)
		return false;
	last = now;
	return true;
}

/* --- from the beginning to the end of a piece --- */

/* Not every program can write to what does not block. */
static bool may_share_output(void)
{
	int how = fcntl(wish->out->file.fd, F_GETFL);

	return how >= 0 && (how & O_ACCMODE) != O_RDONLY && !(how & O_NONBLOCK);
}

/* In one place, for whatever putenv() is given stays. */
static void tell_number(uint64_t number)
{
	static char variable[60];

	snprintf(variable, sizeof variable, "%.30s=%" PRIu64, wish->variable, number);
	putenv(variable);
}

static void begin(struct piece *p)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		die_errno("a pipe to bash");
	fcntl(ends[1], F_SETPIPE_SZ, PIPE_WANTED);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	p->straight = p == piece_at(0) && may_share_output();
	if (!p->straight)
		spool_open(&p->spool, held_in_memory() < wish->memory);
	tell_number(p->number);
	p->pid =
		child_start(wish->command, ends[0], p->straight ? wish->out->file.fd : p->spool.fd);
	close(ends[0]);
	p->feed = ends[1];
	p->begun = true;
	queue.running++;
	if (p->whole && is_fed(p))
		end_feeding(p);
}

static void fail(size_t i)
{
	queue.failed = true;
	for (i++; i < queue.n; i++) {
		struct piece *p = piece_at(i);
		end_feeding(p);
		if (p->begun && !p->ended)
			child_stop(p->pid);
	}
}

static void note_end(pid_t pid, int status)
{
	for (size_t i = 0; i < queue.n; i++) {
		struct piece *p = piece_at(i);
		if (!p->begun || p->ended || p->pid != pid)
			continue;
		p->ended = true;
		p->status = status;
		queue.running--;
		end_feeding(p);
		if (status)
			fail(i);
	}
}

static void let_go(struct piece *p)
{
	if (!p->straight) {
		aside += spool_size(&p->spool) - spool_in_memory(&p->spool);
		spool_close(&p->spool);
	}
	close_input(p);
	queue.first = (queue.first + 1) % queue.size;
	queue.n--;
}

/* Writes what has its turn. */
static void settle(void)
{
	while (queue.n) {
		struct piece *p = piece_at(0);
		if (!p->ended || !(p->whole || p->status))
			return;
		if (!p->straight)
			spool_send(&p->spool, wish->out);
		if (p->status)
			die_of(p);
		let_go(p);
	}
}

/* One that may grow for long is begun when there is nothing before it. */
static void begin_early(void)
{
	struct piece *p = queue.n ? piece_at(0) : NULL;

	if (p && !p->begun && !queue.failed)
		begin(p);
}

static void step(bool waits, int fd)
{
	int ready;

	polled[0] = (struct pollfd){ children, POLLIN, 0 };
	polled[1] = (struct pollfd){ wish->out->file.fd, 0, 0 };
	polled[2] = (struct pollfd){ fd, POLLIN, 0 };
	for (size_t i = 0; i < queue.n; i++) {
		struct piece *p = piece_at(i);
		polled[3 + i] = (struct pollfd){ is_fed(p) ? -1 : p->feed, POLLOUT, 0 };
	}
	ready = poll(polled, 3 + queue.n, !waits ? 0 : grows_in_memory() ? A_WHILE : -1);
	output_end_if_stopped();
	if (ready > 0 && polled[1].revents & (POLLERR | POLLHUP))
		stop_unread();
	for (size_t i = 0; ready > 0 && i < queue.n; i++)
		if (polled[3 + i].revents && piece_at(i)->feed >= 0)
			feed(piece_at(i));
	for (int status, pid; (pid = child_ended(&status)) > 0;)
		note_end(pid, status);
	settle();
	begin_early();
	if (due())
		save_memory();
}

/* After a failure all that is left is to wait for those before it. */
bool pieces_work(bool waits, int fd)
{
	do
		step(waits, fd);
	while (queue.failed);
	return polled[2].revents;
}

void pieces_begin(const struct pieces_wish *it)
{
	wish = it;
	queue.size = 2 * it->at_once;
	queue.at = mem_array(queue.size, sizeof *queue.at);
	polled = mem_array(queue.size + 3, sizeof *polled);
	children = child_watch();
}

void pieces_end(void)
{
	child_end_all();
}

struct piece *pieces_add(const struct piece *new)
{
	struct piece *p;

	while (queue.n == queue.size)
		pieces_work(true, -1);
	p = piece_at(queue.n++);
	*p = *new;
	p->number = ++count;
	p->feed = p->spool.fd = -1;
	return p;
}

void pieces_close(struct piece *p)
{
	p->whole = true;
	while (!p->begun && queue.running == wish->at_once)
		pieces_work(true, -1);
	if (!p->begun)
		begin(p);
	else if (is_fed(p))
		end_feeding(p);
	pieces_work(false, -1);
}

void pieces_finish(void)
{
	while (queue.n)
		pieces_work(true, -1);
}
