/* mem: allocation that cannot fail
 *
 * Out of memory ends the program with a message, so no caller tests for NULL. Asking for nothing is a
 * bug. What lives as long as the process is not freed; what lives with a key, a window or a test is
 * freed by the module that made it. */
#pragma once

#include <stddef.h>

void *mem_alloc(size_t size);

/* The same for much of which something is looked at here and there: in large pages, if the system has some. */
void *mem_scattered(size_t size);

/* Zeroed room for n elements. */
void *mem_array(size_t n, size_t size);

/* As realloc: p may be NULL, what was there is kept. */
void *mem_resize(void *p, size_t size);

/* Sees to it that array[n] may be written, n being at most *cap; gives back the (moved) array. */
void *mem_grow(void *array, size_t n, size_t *cap, size_t size);

#define MEM_GROW(array, n, cap) ((array) = mem_grow((array), (n), &(cap), sizeof *(array)))
