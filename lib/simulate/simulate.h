/* simulate: rows of a simulated data set, as CSV and as NDJSON
 *
 * A set says what its rows hold; how they are spelled is the same for all. A row depends on the
 * seed, its number and its times alone, so a longer run begins with the bytes of a shorter one. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"
#include "number/num.h"

enum {
	SIMULATE_CELLS = 32,    /* the most columns */
	SIMULATE_TEXT = 64,     /* the longest name or text */
	SIMULATE_ROW = 1 << 13, /* room for a row or a header in either format */
};

/* A text, or a number where text.at is NULL, whose exponent is -NUM_TENS at least. Neither texts
 * nor names need quoting in CSV or escapes in JSON. */
struct simulate_cell {
	struct slice text;
	struct decimal number;
};

struct simulate_row {
	uint64_t seed;
	int64_t number; /* from 0 */
	int64_t moment; /* when it is measured, in seconds since 1970 */
	int64_t time;   /* when it claims to be */
};

struct simulate_set {
	const char *name;
	const struct slice *columns;
	size_t n;
	int64_t rows;  /* as the published data have: so many, */
	int64_t start; /* from this moment, */
	int64_t step;  /* so many seconds apart */
	void (*fill)(const struct simulate_row *row, struct simulate_cell cells[]);
};

/* Each writes one line with its LF into SIMULATE_ROW bytes and gives back its length. */
size_t simulate_header(const struct simulate_set *set, char to[]);
size_t simulate_csv(const struct simulate_set *set, const struct simulate_row *row, char to[]);
size_t simulate_ndjson(const struct simulate_set *set, const struct simulate_row *row, char to[]);
