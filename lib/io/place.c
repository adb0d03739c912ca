#include "io/place.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { LINKS_MAX = 40 }; /* as the kernel has it */

static size_t directory_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) + 1 : 0;
}

/* A name beside that of the path. */
static char *beside(const char *path, const char *name)
{
	size_t len = directory_length(path), room = len + strlen(name) + 1;
	char *joined = mem_alloc(room);

	snprintf(joined, room, "%.*s%s", (int)len, path, name);
	return joined;
}

static const char *name_in(const char *path)
{
	return path + directory_length(path);
}

/* With the directory as it really is; NULL: it is not to be found, and errno tells why. */
static char *with_real_directory(struct place *p)
{
	const char *name = name_in(p->path);
	char *directory, *real, *ends;
	struct stat st;

	directory = beside(p->path, ".");
	real = realpath(directory, NULL);
	free(directory);
	if (!real || stat(real, &st) < 0) {
		free(real);
		return NULL;
	}
	p->device = st.st_dev;
	p->directory = st.st_ino;
	ends = mem_alloc(strlen(real) + strlen(name) + 2);
	sprintf(ends, "%s/%s", strcmp(real, "/") ? real : "", name);
	free(real);
	return ends;
}

/* The path that a link holds; NULL: it cannot be read, as where it is none. */
static char *follow(const char *link)
{
	char to[PATH_MAX];
	ssize_t n = readlink(link, to, sizeof to - 1);

	if (n < 0)
		return NULL;
	to[n] = '\0';
	return beside(*to == '/' ? "" : link, to);
}

/* Of which process is the descriptor, and which one of that? */
static bool is_descriptor(const char *real, int *process, int *fd)
{
	char more;

	return sscanf(real, "/proc/%d/fd/%d%c", process, fd, &more) == 2 ||
		sscanf(real, "/proc/%d/task/%*d/fd/%d%c", process, fd, &more) == 2;
}

/* As /proc calls it. */
static bool is_us(int process)
{
	char *self = realpath("/proc/self", NULL);
	int us = -1;

	if (self)
		sscanf(self, "/proc/%d", &us);
	free(self);
	return process == us;
}

/* Those that are known without a look at /proc, which may be missing. */
static int usual_descriptor(const char *path)
{
	int fd;
	char more;

	if (!strcmp(path, "/dev/stdout"))
		return STDOUT_FILENO;
	if (!strcmp(path, "/dev/stderr"))
		return STDERR_FILENO;
	return sscanf(path, "/dev/fd/%d%c", &fd, &more) == 1 ? fd : -1;
}

static bool is_directory(const char *path)
{
	const char *name = name_in(path);

	return !*name || !strcmp(name, ".") || !strcmp(name, "..");
}

static void move_to(struct place *p, char *path)
{
	free(p->path);
	p->path = path;
}

/* To the end of all links, or to a descriptor. False: there is no way, and errno tells why. */
static bool walk(struct place *p)
{
	for (int links = 0; links <= LINKS_MAX && !is_directory(p->path); links++) {
		char *next = with_real_directory(p);
		int process, fd;
		if (!next)
			return false;
		move_to(p, next);
		if (is_descriptor(p->path, &process, &fd)) {
			p->foreign = !is_us(process);
			p->fd = p->foreign ? -1 : fd;
			return true;
		}
		next = follow(p->path);
		if (!next)
			return errno == EINVAL || errno == ENOENT;
		move_to(p, next);
		p->directory = 0;
	}
	return true;
}

void place_of(struct place *p, int fd)
{
	*p = (struct place){ .fd = fd };
	p->exists = fstat(fd, &p->file) == 0;
	p->error = p->exists ? 0 : errno;
}

void place_find(struct place *p, const char *path)
{
	int fd = usual_descriptor(path);

	*p = (struct place){ .fd = -1 };
	if (fd >= 0) {
		place_of(p, fd);
		return;
	}
	p->path = beside("", path);
	p->exists = walk(p) && (p->fd >= 0 ? fstat(p->fd, &p->file) : stat(p->path, &p->file)) == 0;
	p->error = p->exists ? 0 : errno;
}

bool place_same(const struct place *a, const struct place *b)
{
	if (a->exists && b->exists)
		return S_ISREG(a->file.st_mode) && a->file.st_dev == b->file.st_dev &&
			a->file.st_ino == b->file.st_ino;
	return !a->exists && !b->exists && a->directory && a->directory == b->directory &&
		a->device == b->device && !strcmp(name_in(a->path), name_in(b->path));
}

void place_free(struct place *p)
{
	free(p->path);
	*p = (struct place){ .fd = -1 };
}
