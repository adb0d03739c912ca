/* malloc - memory that runs out where it is told to, to be preloaded
 *
 * MALLOC_FAIL_AT=N   the Nth allocation fails, counted from 1
 * MALLOC_FAIL_STICKY when set, all after it fail, too
 * MALLOC_COUNT=FILE  the number of allocations is written there at the end */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* The allocator itself, under the names by which the C library of GNU keeps it. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);

static long calls, fail_at;
static bool sticky;

__attribute__((constructor)) static void begin(void)
{
	const char *at = getenv("MALLOC_FAIL_AT");

	fail_at = at ? atol(at) : 0;
	sticky = getenv("MALLOC_FAIL_STICKY");
	calls = 0;
}

__attribute__((destructor)) static void end(void)
{
	const char *name = getenv("MALLOC_COUNT");
	char text[32];

	if (!name)
		return;
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	int len = snprintf(text, sizeof text, "%ld\n", calls);
	if (fd < 0 || write(fd, text, (size_t)len) != len)
		_exit(125);
	close(fd);
}

static bool fails(void)
{
	calls++;
	if (!fail_at || calls < fail_at || (calls > fail_at && !sticky))
		return false;
	errno = ENOMEM;
	return true;
}

void *malloc(size_t size)
{
	return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
	return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
	return fails() ? NULL : __libc_realloc(p, size);
}
