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

/* With the directory as it really is; NULL: it is not to be found, or the path ends in none but that. */
static char *with_real_directory(struct place *p)
{
	const char *name = p->path + directory_length(p->path);
	char *directory, *real, *ends;
	struct stat st;

	p->directory = 0;
	if (!*name || !strcmp(name, ".") || !strcmp(name, ".."))
		return NULL;
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

/* The path that a link holds; NULL: it is none. */
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

/* To the end of all links, or to a descriptor. */
static void walk(struct place *p)
{
	for (int links = 0; links <= LINKS_MAX; links++) {
		char *real = with_real_directory(p), *next;
		int process, fd;
		if (!real)
			return;
		free(p->path);
		p->path = real;
		if (is_descriptor(real, &process, &fd)) {
			p->foreign = !is_us(process);
			p->fd = p->foreign ? -1 : fd;
			return;
		}
		next = follow(real);
		if (!next)
			return;
		free(p->path);
		p->path = next;
	}
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
	p->path = beside("", path);
	if (fd < 0) {
		walk(p);
		fd = p->fd;
	}
	if (fd >= 0) {
		place_free(p);
		place_of(p, fd);
		return;
	}
	p->exists = stat(p->path, &p->file) == 0;
	p->error = p->exists ? 0 : errno;
}

bool place_same(const struct place *a, const struct place *b)
{
	if (a->exists && b->exists)
		return S_ISREG(a->file.st_mode) && a->file.st_dev == b->file.st_dev &&
			a->file.st_ino == b->file.st_ino;
	return !a->exists && !b->exists && a->directory && a->directory == b->directory &&
		a->device == b->device &&
		!strcmp(a->path + directory_length(a->path), b->path + directory_length(b->path));
}

void place_free(struct place *p)
{
	free(p->path);
	*p = (struct place){ .fd = -1 };
}
