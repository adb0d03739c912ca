/* sample: all values, for quantiles that are exact
 *
 * A value that came several times takes the place of one. { 0 } has none. The quantiles are those of
 * tdigest, but worked out in decimals: the median of 0.1 and 0.2 is 0.15. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "number/num.h"
#include "sketch/tdigest.h"

enum { SAMPLE_DIGITS = 15 }; /* of a q, behind the point */

/* As many points as are settled are in order and different. */
struct sample {
	struct tdigest_point *point;
	size_t n, cap, settled;
};

/* Adds a finite value that came weight times. */
void sample_add(struct sample *s, double value, double weight);

/* They are not the same. */
void sample_merge(struct sample *s, const struct sample *from);

/* How many different values. */
size_t sample_size(struct sample *s);

/* The length of the value below which the share q from 0 to 1 lies: the nth of N values stands at
 * (n - 1/2) / N, between them the line, beyond them the smallest and the largest. There is a value; q has
 * no more than SAMPLE_DIGITS. A value counts as its shortest decimal. */
size_t sample_print_quantile(char out[NUM_MAX], struct sample *s, struct decimal q);

/* The same of a digest with values: worked out in decimals while it is exact, else a double. */
size_t sample_print_quantile_in(char out[NUM_MAX], struct tdigest *d, struct decimal q);

/* Appends "value times value times", in order. */
void sample_print(struct sample *s, struct buf *b);

void sample_free(struct sample *s);
