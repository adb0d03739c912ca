/* tally: which values there were, and how often each
 *
 * Values are in their one spelling (reading.h). { 0 } has none. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "aggregate/partial.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/slice.h"

struct tally {
	struct map value;
	int64_t *times; /* of each */
	size_t cap;
};

/* How many different values. */
static inline size_t tally_size(const struct tally *t)
{
	return t->value.n;
}

void tally_add(struct tally *t, struct slice canon, int64_t times);
void tally_merge(struct tally *t, const struct tally *from);

/* The most frequent one, of several the smallest; there is one. */
struct slice tally_mode(const struct tally *t);

/* Appends "value times value times", in order. */
void tally_print(const struct tally *t, struct buf *b);

/* Adds what was printed so. False: it is something else; t holds some of it. */
bool tally_parse(struct tally *t, struct partial *w);

void tally_free(struct tally *t);
