/* cells: finding the cells of rows, many bytes at a time
 *
 * First the delimiters and line ends outside of quotes are found, of many rows, 64 bytes at a time; then the
 * cells are known to lie between them, and what each one is can be told without waiting for the one before.
 * The plain twins are in dsv.c. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "csv/cell.h"
#include "record/vector.h"

enum {
	CELLS_RUN = 1 << 15,                      /* bytes that one index covers at most */
	CELLS_MAX = CELLS_RUN + 1 + VECTOR_SPARE, /* entries that it may need */
};

/* The rows and cells in some bytes, as far as whole ones go. */
struct cells_index {
	uint16_t *start; /* of each cell, behind what ends the one before it; 0 is the first */
	uint16_t *last;  /* the number of each row's last cell */
	size_t rows;
	bool quotes; /* there are some, */
	bool lines;  /* and line ends between them */
	bool high;   /* there may be bytes that are no ASCII */
};

struct cells {
	/* Finds the cells in [from, end), at most CELLS_RUN bytes. */
	void (*find)(const char *from, const char *end, char delimiter, struct cells_index *index);

	/* Reads n cells, the first ones or those wanted; false: there are quotes out of order. */
	bool (*read)(const char *from, const uint16_t *start, const uint32_t *wanted, size_t n,
		struct cell *cell);
};

/* NULL for VECTOR_NONE. */
const struct cells *cells_with(enum vector vector);
