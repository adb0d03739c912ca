/* measure - run a command and say what it took
 *
 *	measure run N COMMAND...   N times, one after the other, with nothing on standard input and its
 *	                           output to /dev/null: for each run a line, "wall-ns cpu-us peak-KiB"
 *	measure echo N COMMAND...  once, between two pipes: N times the line on standard input is written
 *	                           to it and a line awaited: for each a line, "ns"
 *
 * The peak memory that wait4(2) tells of a process is at least that of the process that spawned it.
 * So this one has to be small, and the program that makes tables of the lines is not. */
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	LINE_MAX_BYTES = 1 << 14, /* must fit into an empty pipe, so that the write cannot block */
	REHEARSALS = 20,          /* first echoes, not reported */
	PATIENCE_MS = 5000,
};

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static int64_t microseconds(struct timeval t)
{
	return t.tv_sec * INT64_C(1000000) + t.tv_usec;
}

/* Starts it with these descriptors as its standard input and output. */
static pid_t start(char **command, int in, int out)
{
	posix_spawn_file_actions_t actions;
	pid_t pid;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in, 0);
	posix_spawn_file_actions_adddup2(&actions, out, 1);
	int error = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
	if (error)
		errx(1, "%s: %s", command[0], strerror(error));
	posix_spawn_file_actions_destroy(&actions);
	return pid;
}

static struct rusage await(pid_t pid, const char *name)
{
	struct rusage used;
	int status;

	if (wait4(pid, &status, 0, &used) < 0)
		err(1, "%s", name);
	if (WIFSIGNALED(status))
		errx(1, "%s: killed by signal %d", name, WTERMSIG(status));
	if (WEXITSTATUS(status))
		errx(1, "%s: exit status %d", name, WEXITSTATUS(status));
	return used;
}

static void run(char **command, long times)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	if (null < 0)
		err(1, "/dev/null");
	for (long i = 0; i < times; i++) {
		int64_t began = now();
		struct rusage used = await(start(command, null, null), command[0]);
		int64_t wall = now() - began;
		printf("%jd %jd %ld\n", (intmax_t)wall,
			(intmax_t)(microseconds(used.ru_utime) + microseconds(used.ru_stime)),
			used.ru_maxrss);
	}
}

/* Reads up to the end of a line; false if none comes. */
static bool answered(int from)
{
	struct pollfd answer = { .fd = from, .events = POLLIN };
	char text[LINE_MAX_BYTES];
	ssize_t n;

	do {
		if (poll(&answer, 1, PATIENCE_MS) <= 0)
			return false;
		n = read(from, text, sizeof text);
		if (n <= 0)
			return false;
	} while (text[n - 1] != '\n');
	return true;
}

static void echo(char **command, long times)
{
	char line[LINE_MAX_BYTES];
	int there[2], back[2];

	if (!fgets(line, sizeof line, stdin) || !strchr(line, '\n'))
		errx(1, "standard input: a line of less than %d bytes is needed", LINE_MAX_BYTES);
	if (pipe2(there, O_CLOEXEC) < 0 || pipe2(back, O_CLOEXEC) < 0)
		err(1, "pipe");
	pid_t pid = start(command, there[0], back[1]);
	signal(SIGPIPE, SIG_IGN);
	close(there[0]);
	close(back[1]);
	size_t len = strlen(line);
	for (long i = -REHEARSALS; i < times; i++) {
		int64_t began = now();
		if (write(there[1], line, len) != (ssize_t)len || !answered(back[0])) {
			kill(pid, SIGKILL);
			errx(1, "%s: no answer to line %ld", command[0], i + REHEARSALS + 1);
		}
		if (i >= 0)
			printf("%jd\n", (intmax_t)(now() - began));
	}
	close(there[1]);
	await(pid, command[0]);
}

int main(int argc, char **argv)
{
	long times = argc > 3 ? strtol(argv[2], NULL, 10) : 0;

	if (times > 0 && !strcmp(argv[1], "run"))
		run(argv + 3, times);
	else if (times > 0 && !strcmp(argv[1], "echo"))
		echo(argv + 3, times);
	else
		errx(2, "usage: measure run|echo N COMMAND...");
	if (fflush(stdout))
		err(1, "standard output");
}
