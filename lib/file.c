#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "die.h"
#include "mem.h"
#include "stop.h"

int file_open(const char *path, int flags)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0666);
	while (fd < 0 && errno == EINTR && !stop_asked());
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

static void write_directly(struct file *f)
{
	f->fd = file_open(f->path, O_WRONLY);
	if (f->fd < 0 && stop_asked())
		stop_now();
	if (f->fd < 0)
		die_errno("%s", f->path);
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

	*f = (struct file){ .path = resolve(path) };
	if (stat(f->path, &old) == 0) {
		if (S_ISDIR(old.st_mode)) {
			errno = EISDIR;
			die_errno("%s", path);
		}
		if (!S_ISREG(old.st_mode)) {
			write_directly(f);
			return;
		}
		mode = old.st_mode & 0777;
	}
	dir = (int)directory_length(f->path);
	room = strlen(f->path) + sizeof "..XXXXXX";
	f->aside = mem_alloc(room);
	do {
		snprintf(f->aside, room, "%.*s.%s.XXXXXX", dir, f->path, f->path + dir);
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
	/* Some file systems have nothing to sync for a directory and say EINVAL. */
	if (fd < 0 || (!sync_to_disk(fd) && errno != EINVAL))
		die_errno("%s", name);
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

void file_keep(struct file *f)
{
	int fd = f->fd;

	f->fd = -1;
	if (f->aside && !sync_to_disk(fd))
		fail(f);
	if (close(fd) < 0 && errno != EINTR)
		fail(f);
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
