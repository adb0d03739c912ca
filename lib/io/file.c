#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "base/mem.h"
#include "io/place.h"
#include "io/stop.h"

int file_open(const char *path, int flags)
{
	int fd;

	do
		fd = open(path, flags | O_CLOEXEC | O_NOCTTY, 0666);
	while (fd < 0 && errno == EINTR && !stop_asked());
	return fd;
}

/* Another process may have written to what it has open: that stays, and what comes from here goes behind it. */
static int open_place(const struct place *p, bool empty)
{
	if (p->fd >= 0)
		return fcntl(p->fd, F_DUPFD_CLOEXEC, 3);
	if (p->foreign)
		return file_open(p->path, O_WRONLY | O_APPEND);
	return file_open(p->path, O_WRONLY | (empty ? O_CREAT | O_TRUNC : 0));
}

static int open_to_write(const struct place *p, const char *path, bool empty)
{
	int fd = open_place(p, empty);

	if (fd < 0 && stop_asked())
		stop_now();
	if (fd < 0)
		die_errno("%s", path);
	return fd;
}

int file_open_to_write(const char *path, bool empty)
{
	struct place p;
	int fd;

	place_find(&p, path);
	fd = open_to_write(&p, path, empty);
	place_free(&p);
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

static char *directory_of(const char *path)
{
	size_t len = directory_length(path);
	char *name = mem_alloc(len + sizeof ".");

	memcpy(name, path, len);
	strcpy(name + len, ".");
	return name;
}

static mode_t usual_mode(void)
{
	mode_t mask = umask(0);

	umask(mask);
	return 0666 & ~mask;
}

/* The file as it is called, behind any links; false: it is no file that could be replaced, and is open now. */
static bool find(struct file *f, const char *path, struct place *p)
{
	place_find(p, path);
	if (!p->exists && p->error != ENOENT && p->fd < 0) {
		errno = p->error;
		die_errno("%s", path);
	}
	if (p->exists && S_ISDIR(p->file.st_mode)) {
		errno = EISDIR;
		die_errno("%s", path);
	}
	if (p->fd < 0 && !p->foreign && (!p->exists || S_ISREG(p->file.st_mode)))
		return true;
	f->fd = open_to_write(p, path, false);
	return false;
}

static bool open_aside(struct file *f)
{
	int dir = (int)directory_length(f->path);
	size_t room = (size_t)dir + sizeof ".weir.XXXXXX";

	f->aside = mem_alloc(room);
	do {
		snprintf(f->aside, room, "%.*s.weir.XXXXXX", dir, f->path);
		f->fd = mkostemp(f->aside, O_CLOEXEC);
	} while (f->fd < 0 && errno == EINTR);
	if (f->fd < 0) {
		free(f->aside);
		f->aside = NULL;
	}
	return f->fd >= 0;
}

/* Only root may give a file away, and others a group only where they belong to it. */
static bool take_owner(int fd, const struct stat *old)
{
	struct stat new;

	if (fstat(fd, &new) < 0)
		return false;
	if (new.st_uid == old->st_uid &&new.st_gid == old->st_gid)
		return true;
	return fchown(fd, old->st_uid, old->st_gid) == 0 ||
		fchown(fd, (uid_t)-1, old->st_gid) == 0 || errno == EPERM || errno == EINVAL;
}

static bool take_after(int fd, const struct place *p)
{
	return p->exists ? take_owner(fd, &p->file) && fchmod(fd, p->file.st_mode & 0777) == 0 :
			   fchmod(fd, usual_mode()) == 0;
}

void file_create(struct file *f, const char *path)
{
	struct place p;

	*f = (struct file){ .fd = -1 };
	if (!find(f, path, &p)) {
		place_free(&p);
		return;
	}
	f->path = p.path;
	f->directory = directory_of(f->path);
	if (!open_aside(f))
		die_errno("%s", path);
	if (!take_after(f->fd, &p)) {
		int cause = errno;
		file_drop(f);
		errno = cause;
		die_errno("%s", path);
	}
}

static void sync_directory(const char *name)
{
	int fd = file_open(name, O_RDONLY | O_DIRECTORY);

	/* A directory may be closed to readers; some file systems have nothing to sync and say EINVAL. */
	if (fd < 0 ? errno != EACCES : !sync_to_disk(fd) && errno != EINVAL)
		die_errno("%s", name);
	if (fd >= 0)
		close(fd);
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
	free(f->directory);
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
		sync_directory(f->directory);
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
