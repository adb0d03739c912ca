/* cost - run a command, write "STATUS MILLISECONDS PEAK-KIB" to a file
 *
 *	cost FILE COMMAND...
 *
 * The status is as a shell would tell it, the time is that of the processor. The peak that the kernel tells of a process is at least that of
 * the one that began it, so this one is small. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static long milliseconds(struct timeval t)
{
	return t.tv_sec * 1000 + t.tv_usec / 1000;
}

int main(int argc, char **argv)
{
	struct rusage used;
	int status;

	if (argc < 3)
		errx(2, "usage: cost FILE COMMAND...");
	pid_t pid = fork();
	if (pid < 0)
		err(1, "fork");
	if (!pid) {
		execvp(argv[2], argv + 2);
		err(127, "%s", argv[2]);
	}
	if (wait4(pid, &status, 0, &used) < 0)
		err(1, "wait");
	FILE *to = fopen(argv[1], "w");
	if (!to)
		err(1, "%s", argv[1]);
	fprintf(to, "%d %ld %ld\n",
		WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
		milliseconds(used.ru_utime) + milliseconds(used.ru_stime), used.ru_maxrss);
	if (fclose(to))
		err(1, "%s", argv[1]);
	return 0;
}
