/* match: matching records with their shapes, many bytes at a time
 *
 * First the separators of many lines are found, 64 bytes at a time: the commas outside of texts and the
 * LFs. Then a record's values are known to lie between them, each can be checked without waiting for
 * the one before. The index is a guess that the match verifies; a wrong one costs time, never truth.
 * shape_match() is the plain twin. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "record/shape.h"
#include "record/vector.h"

enum { MATCH_RUN = 1 << 15 }; /* bytes that one index covers at most */

struct match {
	/* Notes the separators of the whole lines in [from, end), at most MATCH_RUN bytes that end with LF,
	 * as offsets from `from`, and up to VECTOR_SPARE others; how many, and in *end how far it came: behind
	 * the end of a line. */
	size_t (*index)(const char *from, const char **end, uint16_t *separator);

	/* As shape_match(); separator[0] is the first one of the line. */
	const char *(*record)(const struct shape *s, struct value *value, const char *line,
		const char *from, const uint16_t *separator);
};

/* NULL for VECTOR_NONE. */
const struct match *match_with(enum vector vector);
