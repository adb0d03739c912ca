#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "io/stop.h"

int file_open(const char *path, int flags)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0666);
	while (fd < 0 && errno == EINTR && !stop_asked());
	return fd;
}

/* The number of an open descriptor that a path stands for, or -1. */
static int descriptor(const char *path)
{
	int fd = -1;
	char more;

	if (!strcmp(path, "/dev/stdout"))
		return STDOUT_FILENO;
	if (!strcmp(path, "/dev/stderr"))
		return STDERR_FILENO;
	return sscanf(path, "/dev/fd/%d%c", &fd, &more) == 1 ? fd : -1;
}

int file_open_to_write(const char *path, bool empty)
{
	int open_already = descriptor(path);
	int fd = open_already >= 0 ? fcntl(open_already, F_DUPFD_CLOEXEC, 3) :
				     file_open(path, O_WRONLY | (empty ? O_CREAT | O_TRUNC : 0));

	if (fd < 0 && stop_asked())
		stop_now();
	if (fd < 0)
		die_errno("%s", path);
	return fd;
}

static bool sync_to_disk(int fd)
{
	int result;

	do
		result = fsync(fd);
	while (result < 0 && errno == EINTR);
	return !result;
}

static size_t directory_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* Behind a link that leads nowhere yet there is no path to resolve: it is taken as it stands. */
static char *resolve(const char *path)
{
	char *real = realpath(path, NULL);

	if (!real && errno != ENOENT)
		die_errno("%s", path);
	if (!real) {
		real = mem_alloc(strlen(path) + 1);
		strcpy(real, path);
	}
	return real;
}

void file_create(struct file *f, const char *path)
{
	struct stat old;
	mode_t mode = usual_mode();
	size_t room;
	int dir;

	*f = (struct file){ .fd = -1 };
	if (descriptor(path) >= 0) {
		f->fd = file_open_to_write(path, false);
		return;
	}
	f->path = resolve(path);
	if (stat(f->path, &old) == 0) {
		if (S_ISDIR(old.st_mode)) {
			errno = EISDIR;
			die_errno("%s", path);
		}
		if (!S_ISREG(old.st_mode)) {
			f->fd = file_open_to_write(f->path, false);
			return;
		}
		mode = old.st_mode & 0777;
	}
	dir = (int)directory_length(f->path);
	room = (size_t)dir + sizeof ".weir.XXXXXX";
	f->aside = mem_alloc(room);
	do {
		snprintf(f->aside, room, "%.*s.weir.XXXXXX", dir, f->path);
		f->fd = mkostemp(f->aside, O_CLOEXEC);
	} while (f->fd < 0 && errno == EINTR);
	if (f->fd < 0) {
		free(f->aside);
		f->aside = NULL;
		die_errno("%s", path);
	}
	if (fchmod(f->fd, mode) < 0) {
		int cause = errno;
		file_drop(f);
		errno = cause;
		die_errno("%s", path);
	}
}

static void sync_directory(const char *path)
{
	char *name = mem_alloc(strlen(path) + 2);
	size_t len = directory_length(path);
	int fd;

	memcpy(name, path, len);
	strcpy(name + len, ".");
	fd = file_open(name, O_RDONLY | O_DIRECTORY);
	/* A directory may be closed to readers; some file systems have nothing to sync and say EINVAL. */
	if (fd < 0 ? errno != EACCES : !sync_to_disk(fd) && errno != EINVAL)
		die_errno("%s", name);
	if (fd >= 0)
		close(fd);
	free(name);
}

static _Noreturn void fail(struct file *f)
{
	int cause = errno;

	if (f->aside)
		unlink(f->aside);
	free(f->aside);
	f->aside = NULL;
	errno = cause;
	die_errno("%s", f->path);
}

static void release(struct file *f)
{
	free(f->aside);
	free(f->path);
	*f = (struct file){ .fd = -1 };
}

void file_settle(struct file *f)
{
	int fd = f->fd;

	f->fd = -1;
	if (f->aside && !sync_to_disk(fd))
		fail(f);
	if (close(fd) < 0 && errno != EINTR)
		fail(f);
}

void file_keep(struct file *f)
{
	if (f->fd >= 0)
		file_settle(f);
	if (f->aside) {
		if (rename(f->aside, f->path) < 0)
			fail(f);
		sync_directory(f->path);
	}
	release(f);
}

void file_drop(struct file *f)
{
	if (f->aside)
		unlink(f->aside);
	if (f->fd >= 0)
		close(f->fd);
	release(f);
}
