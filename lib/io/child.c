/* The group of a command outlives bash, which ends at once when it is asked to, while a program may have
 * something to write first. So orphans are adopted: a group is gone when none of it is left to wait for. */
#include "io/child.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"

enum {
	TICK = 2000000, /* nanoseconds between two looks at what is to end */
	PATIENCE = 500, /* ticks */
};

static struct {
	pid_t *at;
	size_t n, cap;
} running;

static int watch = -1;
static sigset_t mask; /* as it was before */

int child_watch(void)
{
	sigset_t ends;

	/* Who inherits that it is ignored would have nothing to wait for. */
	signal(SIGCHLD, SIG_DFL);
	sigemptyset(&ends);
	sigaddset(&ends, SIGCHLD);
	sigprocmask(SIG_BLOCK, &ends, &mask);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	watch = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
	if (watch < 0)
		die_errno("waiting for commands");
	return watch;
}

static void must(int error)
{
	if (error) {
		errno = error;
		die_errno("bash");
	}
}

pid_t child_start(const char *command, int in, int out)
{
	char name[] = "bash", option[] = "-o", pipefail[] = "pipefail", text[] = "-c";
	char *const argv[] = { name, option, pipefail, text, (char *)command, NULL };
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t how;
	sigset_t usual;
	pid_t pid;

	sigemptyset(&usual);
	sigaddset(&usual, SIGPIPE);
	sigaddset(&usual, SIGXFSZ);
	must(posix_spawnattr_init(&how));
	must(posix_spawnattr_setflags(
		&how, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
	must(posix_spawnattr_setsigmask(&how, &mask));
	must(posix_spawnattr_setsigdefault(&how, &usual));
	must(posix_spawn_file_actions_init(&actions));
	must(posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO));
	must(posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO));
	MEM_GROW(running.at, running.n + 1, running.cap);
	must(posix_spawnp(&pid, "bash", &actions, &how, argv, environ));
	posix_spawn_file_actions_destroy(&actions);
	posix_spawnattr_destroy(&how);
	running.at[running.n++] = pid;
	return pid;
}

static bool forget(pid_t pid)
{
	for (size_t i = 0; i < running.n; i++) {
		if (running.at[i] != pid)
			continue;
		running.at[i] = running.at[--running.n];
		return true;
	}
	return false;
}

pid_t child_ended(int *status)
{
	struct signalfd_siginfo ignored;
	pid_t pid;

	while (read(watch, &ignored, sizeof ignored) > 0)
		;
	do
		pid = waitpid(-1, status, WNOHANG);
	while (pid > 0 && !forget(pid));
	return pid > 0 ? pid : 0;
}

void child_stop(pid_t child)
{
	kill(-child, SIGTERM);
	kill(-child, SIGCONT);
}

/* Takes in what has ended of the group; is all of it gone? */
static bool gone(pid_t group)
{
	siginfo_t it;

	do {
		it.si_pid = 0;
		if (waitid(P_PGID, (id_t)group, &it, WEXITED | WNOHANG) < 0 && errno != EINTR)
			return true;
	} while (it.si_pid);
	return false;
}

static bool all_gone(void)
{
	for (size_t i = running.n; i-- > 0;)
		if (gone(running.at[i]))
			forget(running.at[i]);
	return !running.n;
}

static bool wait_for_all(void)
{
	struct timespec tick = { .tv_nsec = TICK };

	for (int i = 0; i < PATIENCE; i++) {
		if (all_gone())
			return true;
		nanosleep(&tick, NULL);
	}
	return false;
}

void child_end_all(void)
{
	for (size_t i = 0; i < running.n; i++)
		child_stop(running.at[i]);
	if (wait_for_all())
		return;
	for (size_t i = 0; i < running.n; i++)
		kill(-running.at[i], SIGKILL);
	wait_for_all();
}

void child_tell(struct buf *b, int status)
{
	if (WIFSIGNALED(status))
		buf_printf(b, "killed by signal %d (%s)", WTERMSIG(status),
			strsignal(WTERMSIG(status)));
	else
		buf_printf(b, "exit status %d", WEXITSTATUS(status));
}
