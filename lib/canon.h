/* canon: one spelling for values that are equal, for keys and for counting what is different
 *
 * 1, 1.0 and 1e0 are one number, "a" and "\u0061" one text; null and a missing value are one. Objects
 * and arrays are equal where their bytes are. */
#pragma once

#include "buf.h"
#include "shape.h"
#include "slice.h"

/* The spelling, as JSON on one line: the value's own bytes, or some in the buffer, which is emptied. */
struct slice canon_of(struct value v, struct buf *scratch);

/* That of a smaller one is not larger: most pairs can be told apart by it. */
uint64_t canon_prefix(struct slice spelling);

/* The order of such spellings: null, false, true, numbers by value, texts by their bytes, the rest.
 * Below, at or above 0. */
int canon_compare(struct slice a, struct slice b);
