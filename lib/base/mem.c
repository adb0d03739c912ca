#include "base/mem.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "base/die.h"

enum { LARGE_PAGE = 1 << 21 };

static void *given(void *p)
{
	if (!p)
		die("out of memory");
	return p;
}

void *mem_alloc(size_t size)
{
	assert(size);
	return given(malloc(size));
}

void *mem_array(size_t n, size_t size)
{
	assert(n && size);
	return given(calloc(n, size));
}

void *mem_scattered(size_t size)
{
	void *p;

	if (size < LARGE_PAGE)
		return mem_alloc(size);
	if (posix_memalign(&p, LARGE_PAGE, size))
		p = given(NULL);
#ifdef MADV_HUGEPAGE
	madvise(p, size / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE); /* else small ones do */
#endif
	return p;
}

void *mem_resize(void *p, size_t size)
{
	assert(size);
	return given(realloc(p, size));
}

void *mem_grow(void *array, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return array;
	if (n > SIZE_MAX / 4 / size)
		die("out of memory");
	*cap = n < 8 ? 16 : n * 2;
	return mem_resize(array, *cap * size);
}
