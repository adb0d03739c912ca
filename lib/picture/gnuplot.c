#include "picture/gnuplot.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/die.h"
#include "io/stop.h"

extern char **environ;

enum { COMPLAINT_MAX = 200, PIECE = 1 << 16 };

static int memory_file(void)
{
	int fd = memfd_create("chart", MFD_CLOEXEC);

	if (fd < 0)
		die_errno("a file in memory");
	return fd;
}

static void fill(int fd, struct slice s)
{
	while (s.len) {
		ssize_t n = write(fd, s.at, s.len);
		if (n < 0 && errno != EINTR)
			die_errno("a file in memory");
		s = slice_skip(s, n < 0 ? 0 : (size_t)n);
	}
	lseek(fd, 0, SEEK_SET);
}

static void take(int fd, struct buf *b)
{
	ssize_t n;

	lseek(fd, 0, SEEK_SET);
	while ((n = read(fd, buf_room(b, PIECE), PIECE))) {
		if (n < 0 && errno != EINTR)
			die_errno("a file in memory");
		b->len += n < 0 ? 0 : (size_t)n;
	}
	close(fd);
}

static pid_t start(int in, int out, int err)
{
	static char name[] = "gnuplot", no_settings[] = "--default-settings";
	char *argv[] = { name, no_settings, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	sigset_t ignored;
	pid_t child;

	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&files, err, STDERR_FILENO);
	posix_spawnattr_init(&how);
	sigemptyset(&ignored);
	sigaddset(&ignored, SIGPIPE);
	sigaddset(&ignored, SIGXFSZ);
	posix_spawnattr_setsigdefault(&how, &ignored);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF);
	errno = posix_spawnp(&child, name, &files, &how, argv, environ);
	if (errno == ENOENT)
		die("gnuplot is not installed; on Debian: apt-get install gnuplot-nox");
	if (errno)
		die_errno("gnuplot");
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&how);
	return child;
}

/* A signal that comes before the wait is followed by the ticks of a clock, so none is missed. */
static int wait_for(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0) {
		if (errno != EINTR)
			die_errno("gnuplot");
		if (stop_asked())
			kill(child, SIGKILL);
	}
	if (stop_asked())
		stop_now();
	return status;
}

/* Its last line says what is wrong; those before show where. */
static struct slice complaint(const struct buf *words)
{
	struct slice s = buf_slice(words);
	const char *line;

	while (s.len && strchr(" \t\r\n", s.at[s.len - 1]))
		s.len--;
	line = s.len ? memrchr(s.at, '\n', s.len) : NULL;
	if (line)
		s = slice_skip(s, (size_t)(line + 1 - s.at));
	while (s.len && *s.at == ' ')
		s = slice_skip(s, 1);
	s.len = s.len < COMPLAINT_MAX ? s.len : COMPLAINT_MAX;
	return s;
}

void gnuplot_draw(struct slice program, struct buf *picture)
{
	int in = memory_file(), out = memory_file(), err = memory_file();
	struct buf words = { 0 };
	struct slice wrong;
	size_t before = picture->len;
	int status;

	fill(in, program);
	status = wait_for(start(in, out, err));
	close(in);
	take(out, picture);
	take(err, &words);
	wrong = complaint(&words);
	if (WIFSIGNALED(status))
		die("gnuplot: %s", strsignal(WTERMSIG(status)));
	if (WEXITSTATUS(status) || picture->len == before)
		die("gnuplot: %.*s", wrong.len ? (int)wrong.len : 11,
			wrong.len ? wrong.at : "it has failed");
	buf_free(&words);
}
