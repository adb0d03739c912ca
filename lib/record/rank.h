/* rank: keys in the order of their values
 *
 * A key is the spelling (canon.h) of one or more values, LF between two; they are compared part by part. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* Something that has a key. */
struct ranked {
	void *it;
	uint64_t bytes; /* private */
};

/* Below, at or above 0. */
int rank_compare(struct slice a, struct slice b);

/* Sorts n of them in place. key() tells the key of one. */
void rank_sort(struct ranked *at, size_t n, struct slice (*key)(const void *with, const void *it),
	const void *with);
