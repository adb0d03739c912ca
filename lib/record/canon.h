/* canon: one spelling for values that are equal, for keys and for counting what is different
 *
 * 1, 1.0 and 1e0 are one number, "a" and "\u0061" one text; null and a missing value are one. Objects
 * and arrays are equal where their bytes are. Numbers are spelled with all their digits, as results are,
 * and put in order exactly, whatever their size (digits.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "record/shape.h"

/* The spelling, as JSON on one line: the value's own bytes, or some in the buffer, which is emptied. */
struct slice canon_of(struct value v, struct buf *scratch);

/* The order of such spellings: null, false, true, numbers by value, texts by their bytes, the rest.
 * Below, at or above 0. */
int canon_compare(struct slice a, struct slice b);

/* Eight at most of the bytes that have the order of the values: n of them are in the low end of bytes. */
struct canon_bytes {
	size_t skip; /* as many come first that are not wanted */
	size_t n;
	uint64_t bytes;
};

/* Adds those of a spelling. None is the beginning of another. False: those that would be needed are not
 * known, and only canon_compare() tells. */
bool canon_bytes(struct canon_bytes *b, struct slice spelling);
