/* simd: matching records with their shapes, and finding the cells of rows, 32 bytes at a time
 *
 * First the separators of many lines are found, 64 bytes at a time: the commas outside of texts and the
 * LFs. Then a record's values are known to lie between them, each can be checked without waiting for
 * the one before. The index is a guess that the match verifies; a wrong one costs time, never truth.
 * shape_match() is the plain twin, for rows of cells it is in dsv.c. */
#pragma once

#include <stdint.h>

#include "record/cell.h"
#include "record/shape.h"

enum {
	SIMD_RUN = 1 << 15,        /* bytes that one index covers at most */
	SIMD_ROWS = SIMD_RUN + 16, /* entries that an index of rows may need */
};

/* Rows of cells, as far as whole ones go. */
struct simd_rows {
	uint16_t *
		start; /* of each cell, behind the delimiter or line end before it; 0 is the first */
	uint16_t *last; /* the number of each row's last cell */
	size_t rows;
	bool quotes; /* there are some, */
	bool lines;  /* and line ends between them */
};

struct simd {
	const char *name;

	/* Notes the separators of the whole lines in [from, end), at most SIMD_RUN bytes that end with LF,
	 * as offsets from `from`; how many, and in *end how far it came: behind the end of a line. */
	size_t (*index)(const char *from, const char **end, uint16_t *separator);

	/* As shape_match(); separator[0] is the first one of the line. */
	const char *(*match)(const struct shape *s, struct value *value, const char *line,
		const char *from, const uint16_t *separator);

	/* Finds the cells in [from, end), at most SIMD_RUN bytes. */
	void (*rows)(const char *from, const char *end, char delimiter, struct simd_rows *rows);

	/* Reads n cells, the first ones or those wanted; false: there are quotes out of order. */
	bool (*cells)(const char *from, const uint16_t *start, const uint32_t *wanted, size_t n,
		struct cell *cell);
};

/* What this processor can do best, NULL for nothing; or the one of that name, if it can do that. */
const struct simd *simd_best(void);
const struct simd *simd_named(const char *name);
