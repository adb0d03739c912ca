/* distinct: how many different values there were
 *
 * Values are told apart by their hashes of 64 bits. Up to 1,024 different ones are kept and counted
 * exactly (two of them are one with a chance of 3 in 10^14); then a HyperLogLog of 2^14 registers
 * goes on, whose standard error is 0.8 %. Nothing depends on the order of the values, and the same
 * values give the same bytes on every machine: the hash has no seed, so whoever chooses the values
 * can choose the estimate as well; 1,024 probes an add are the worst. { 0 } is empty. 16 KiB at
 * most. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "number/num.h"

enum { DISTINCT_EXACT = 1024 };

struct distinct {
	uint64_t *table; /* hashes by open addressing, 0 being empty */
	size_t n, mask;  /* how many; table size - 1 */
	uint8_t *reg;    /* the registers, then there is no table */
};

/* The hash of a text; of what is neither text nor number, such as true, by its bytes; and of
 * numbers, which are one if they are equal: 1, 1.0 and 1e0. No two kinds are equal. */
uint64_t distinct_hash(struct slice text);
uint64_t distinct_hash_other(struct slice bytes);
uint64_t distinct_hash_number(struct decimal d);

/* The same for the text of a valid number of any length. */
uint64_t distinct_hash_digits(struct slice number);

void distinct_add(struct distinct *d, uint64_t hash);

/* Adds all that other has seen. */
void distinct_merge(struct distinct *d, const struct distinct *other);

uint64_t distinct_count(const struct distinct *d);

/* Is the count exact? */
static inline bool distinct_exact(const struct distinct *d)
{
	return !d->reg;
}

/* Appends the state: letters, digits, + and /. */
void distinct_print(const struct distinct *d, struct buf *b);

/* *d becomes what was printed. False: it was not printed by distinct_print(); *d is { 0 } then. */
bool distinct_parse(struct distinct *d, struct slice text, struct fault *fault);

/* Leaves { 0 }. */
void distinct_free(struct distinct *d);
