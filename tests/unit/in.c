/* Blocks of whole lines out of pipes and files. What ends the program does so in a child. */
#include "io/in.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include "../inflated.h"
#include "base/buf.h"
#include "base/die.h"
#include "base/mem.h"

static char path[] = "/tmp/weir-in.XXXXXX";

static int make_file(void **unused)
{
	int fd = mkstemp(path);

	(void)unused;
	return fd < 0 || close(fd) < 0;
}

static int remove_file(void **unused)
{
	(void)unused;
	return unlink(path);
}

static void fill(struct slice content)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(content.at, 1, content.len, f), content.len);
	assert_int_equal(fclose(f), 0);
}

/* All that a file's blocks hold, the lines that were too long by their beginnings and a '~'. */
static struct buf read_all(struct in *in)
{
	struct buf all = { 0 };
	struct slice block;
	enum in_what what;

	in_open(in);
	while ((what = in_block(in, &block)) != IN_END) {
		assert_true(what == IN_LINES || what == IN_LONG);
		assert_true(block.len > 0);
		if (what == IN_LINES)
			assert_int_equal(block.at[block.len - 1], '\n');
		buf_add(&all,
			what == IN_LINES || block.len < 10 ? block :
							     (struct slice){ block.at, 10 });
		if (what == IN_LONG)
			buf_byte(&all, '~');
	}
	in_close(in);
	return all;
}

static void assert_reads(struct slice content, size_t max_line, struct slice wanted, bool unended)
{
	struct in in = { .name = path, .max_line = max_line };
	struct buf all;

	fill(content);
	all = read_all(&in);
	assert_true(slice_equal(buf_slice(&all), wanted));
	assert_int_equal(in.unended, unended);
	assert_int_equal(in.taken, content.len);
	buf_free(&all);
	free(in.at);
}

static void lines_end_with_lf(void **unused)
{
	(void)unused;
	assert_reads(SLICE(""), 100, SLICE(""), false);
	assert_reads(SLICE("\n"), 100, SLICE("\n"), false);
	assert_reads(SLICE("a"), 100, SLICE("a\n"), true);
	assert_reads(SLICE("a\n"), 100, SLICE("a\n"), false);
	assert_reads(SLICE("a\n\nb"), 100, SLICE("a\n\nb\n"), true);
	assert_reads(SLICE("a\rb\r\nc\0\n"), 100, SLICE("a\rb\r\nc\0\n"), false);
	assert_reads(SLICE("\x1f"), 100, SLICE("\x1f\n"), true);
	assert_reads(SLICE("\x1f\n\x8b"), 100, SLICE("\x1f\n\x8b\n"), true);
}

static void a_mark_is_skipped_at_the_start_only(void **unused)
{
	(void)unused;
	assert_reads(SLICE("\xef\xbb\xbf"), 100, SLICE(""), false);
	assert_reads(SLICE("\xef\xbb\xbf\n"), 100, SLICE("\n"), false);
	assert_reads(
		SLICE("\xef\xbb\xbf{}\n\xef\xbb\xbf{}"), 100, SLICE("{}\n\xef\xbb\xbf{}\n"), true);
	assert_reads(SLICE("\xef\xbb\xbf\xef\xbb\xbf{}\n"), 100, SLICE("\xef\xbb\xbf{}\n"), false);
	assert_reads(SLICE("\xef\xbb"), 100, SLICE("\xef\xbb\n"), true);
	assert_reads(SLICE("\xef"), 100, SLICE("\xef\n"), true);
}

static struct buf repeated(struct slice line, size_t n)
{
	struct buf b = { 0 };

	while (n--)
		buf_add(&b, line);
	return b;
}

/* Across the borders of the buffer. */
static void lines_may_be_many_and_long(void **unused)
{
	static const size_t long_ones[] = { 65535, 65536, 262143, 262144, 262145, 1000000 };
	struct buf b = repeated(SLICE("{\"a\":1234567}\n"), 100000);

	(void)unused;
	assert_reads(buf_slice(&b), SIZE_MAX, buf_slice(&b), false);
	for (size_t i = 0; i < sizeof long_ones / sizeof *long_ones; i++) {
		memset(buf_room(&b, long_ones[i]), 'x', long_ones[i]);
		b.len += long_ones[i];
		buf_byte(&b, '\n');
	}
	assert_reads(buf_slice(&b), SIZE_MAX, buf_slice(&b), false);
	buf_free(&b);
}

static void too_long_lines_are_skipped_to_their_end(void **unused)
{
	struct buf b = repeated(SLICE("0123456789"), 100000);
	struct buf wanted = { 0 };

	(void)unused;
	assert_reads(buf_slice(&b), 999999, SLICE("0123456789~"), false);
	buf_add(&b, SLICE("\nend\n"));
	assert_reads(buf_slice(&b), 300000, SLICE("0123456789~end\n"), false);
	buf_add(&wanted, buf_slice(&b));
	assert_reads(buf_slice(&b), 1000000, buf_slice(&wanted), false);
	buf_free(&wanted);
	buf_free(&b);
}

/* Seen by the child that writes, too. */
static volatile int *idled;

static int idle(void)
{
	(*idled)++;
	return -1;
}

/* One byte at a time, each of which comes when it is waited for. */
static void pipes_give_what_there_is(void **unused)
{
	static const char text[] = "\xef\xbb\xbf{\"a\":1}\n{\"b\":2}\n{}";
	int pair[2];
	pid_t child;
	char name[32];
	struct in in = { .name = name, .max_line = 100, .idle = idle };
	struct buf all;

	(void)unused;
	assert_int_equal(pipe2(pair, O_NONBLOCK), 0);
	idled = mmap(NULL, sizeof *idled, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(idled != MAP_FAILED);
	child = fork();
	if (!child) {
		alarm(60);
		for (size_t i = 0; i < sizeof text - 1; i++) {
			while (*idled <= (int)i)
				usleep(100);
			if (write(pair[1], text + i, 1) != 1)
				_exit(1);
		}
		_exit(0);
	}
	close(pair[1]);
	snprintf(name, sizeof name, "/dev/fd/%d", pair[0]);
	all = read_all(&in);
	assert_true(slice_equal(buf_slice(&all), slice_of("{\"a\":1}\n{\"b\":2}\n{}\n")));
	assert_true(*idled >= (int)sizeof text - 1);
	waitpid(child, NULL, 0);
	close(pair[0]);
	buf_free(&all);
	free(in.at);
}

static struct buf zipped(struct slice text, int level)
{
	z_stream z = { .next_in = (Bytef *)text.at, .avail_in = (uInt)text.len };
	struct buf b = { 0 };
	size_t room = text.len + 1000;

	assert_int_equal(deflateInit2(&z, level, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), Z_OK);
	z.next_out = (Bytef *)buf_room(&b, room);
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	b.len = room - z.avail_out;
	deflateEnd(&z);
	return b;
}

static void gzip_is_known_by_its_first_bytes(void **unused)
{
	static const struct slice texts[] = { SLICE(""), SLICE("a"),
		SLICE("\xef\xbb\xbf{}\n{}\n") };
	static const struct slice wanted[] = { SLICE(""), SLICE("a\n"), SLICE("{}\n{}\n") };
	struct buf large = repeated(SLICE("{\"a\":1234567}\n"), 100000), z;

	(void)unused;
	for (size_t i = 0; i < 3; i++) {
		z = zipped(texts[i], 9);
		assert_reads(buf_slice(&z), 100, wanted[i], i == 1);
		buf_free(&z);
	}
	z = zipped(buf_slice(&large), 9);
	assert_reads(buf_slice(&z), 100, buf_slice(&large), false);
	buf_free(&z);
	buf_free(&large);
}

static void until_taken(int pipe)
{
	int waiting = 1;

	while (!ioctl(pipe, FIONREAD, &waiting) && waiting)
		usleep(100);
}

/* The first byte tells too little, what follows it is more than the buffer of compressed bytes. */
static void gzip_may_come_in_two_pieces(void **unused)
{
	struct buf text = repeated(SLICE("{\"a\":1}\n"), 20000), z = zipped(buf_slice(&text), 0),
		   all;
	int pair[2];
	pid_t child;
	char name[32];
	struct in in = { .name = name, .max_line = 100 };

	(void)unused;
	assert_int_equal(pipe(pair), 0);
	assert_true(fcntl(pair[1], F_SETPIPE_SZ, 1 << 20) > (int)z.len);
	child = fork();
	if (!child) {
		bool done = write(pair[1], z.at, 1) == 1;
		until_taken(pair[1]);
		_exit(!done || write(pair[1], z.at + 1, z.len - 1) != (ssize_t)z.len - 1);
	}
	close(pair[1]);
	snprintf(name, sizeof name, "/dev/fd/%d", pair[0]);
	all = read_all(&in);
	assert_true(slice_equal(buf_slice(&all), buf_slice(&text)));
	waitpid(child, NULL, 0);
	close(pair[0]);
	buf_free(&all);
	buf_free(&text);
	buf_free(&z);
	free(in.at);
}

static uint64_t handed_out;
static int report_to;

static void report(void)
{
	if (write(report_to, &handed_out, sizeof handed_out) != sizeof handed_out)
		_exit(3);
}

/* Bytes in the blocks of a file that cannot be read to its end. */
static uint64_t read_damaged(void)
{
	struct in in = { .name = path, .max_line = 100 };
	uint64_t got = 0;
	int pair[2], status;
	pid_t child;

	assert_int_equal(pipe(pair), 0);
	child = fork();
	if (!child) {
		struct slice block;
		report_to = pair[1];
		die_first(report);
		if (!freopen("/dev/null", "w", stderr))
			_exit(3);
		in_open(&in);
		while (in_block(&in, &block) == IN_LINES)
			handed_out += block.len;
		_exit(0);
	}
	close(pair[1]);
	assert_int_equal(read(pair[0], &got, sizeof got), sizeof got);
	close(pair[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == EXIT_FAILED);
	return got;
}

/* The cuts fall on all sides of the end of the buffer, where a match may be half out. */
static void a_cut_gzip_stream_gives_all_its_whole_lines(void **unused)
{
	static const char line[] = "{\"a\":1,\"b\":\"text that comes again\"}\n";
	struct buf text = repeated(slice_of(line), 300000 / (sizeof line - 1)),
		   z = zipped(buf_slice(&text), 9);

	(void)unused;
	for (size_t cut = 3; cut < z.len; cut++) {
		struct slice part = { z.at, cut };
		struct inflated whole = inflated(part);
		/* Those that are far from it are much alike. */
		if (whole.text.len > (1 << 18) - 1000 || cut % 100 == 0) {
			fill(part);
			assert_int_equal(read_damaged(),
				whole.text.len - whole.text.len % (sizeof line - 1));
		}
		buf_free(&whole.text);
	}
	buf_free(&text);
	buf_free(&z);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_with_lf),
		cmocka_unit_test(a_mark_is_skipped_at_the_start_only),
		cmocka_unit_test(lines_may_be_many_and_long),
		cmocka_unit_test(too_long_lines_are_skipped_to_their_end),
		cmocka_unit_test(pipes_give_what_there_is),
		cmocka_unit_test(gzip_is_known_by_its_first_bytes),
		cmocka_unit_test(gzip_may_come_in_two_pieces),
		cmocka_unit_test(a_cut_gzip_stream_gives_all_its_whole_lines),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_file, remove_file);
}
