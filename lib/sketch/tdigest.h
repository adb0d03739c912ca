/* tdigest: quantiles of a stream in bounded memory
 *
 * Values and how often each came are kept as they are up to 512 adds, and longer while there are no
 * more than 256 different values: so far every answer is exact and the order of the adds does not
 * matter. Then neighbours are joined to centroids, small ones at both ends and larger ones in the
 * middle; a value that holds more than 1 % of the weight (at compression 100) stays by itself.
 * About 12 KiB at compression 100. The same adds in the same order give the same bytes on every
 * machine. */
#pragma once

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"

enum {
	TDIGEST_COMPRESSION = 100,
	TDIGEST_COMPRESSION_MIN = 20,
	TDIGEST_COMPRESSION_MAX = 1000,
};

struct tdigest_point {
	double value, weight;
};

/* { .compression = TDIGEST_COMPRESSION } is an empty one. As many points as are settled are in
 * order and different; once there are centroids, settling makes centroids of all points. */
struct tdigest {
	int compression;
	struct tdigest_point *point;
	size_t points, room, settled;
	struct tdigest_centroid *centroid;
	size_t centroids;
	double weight; /* of the centroids */
};

/* The way of tdigest_add() when there is no place left. */
void tdigest_make_room(struct tdigest *d);

/* Adds a finite value that came weight times, a whole number from 1; all weights together are at
 * most 10^15. */
static inline void tdigest_add(struct tdigest *d, double value, double weight)
{
	assert(isfinite(value) && weight >= 1);
	if (d->points == d->room)
		tdigest_make_room(d);
	/* There is no negative zero. */
	d->point[d->points++] = (struct tdigest_point){ value + 0.0, weight };
}

/* Adds all that other has seen. They need not have the same compression; d keeps its own. */
void tdigest_merge(struct tdigest *d, struct tdigest *other);

/* How many values came, weights counted. */
double tdigest_count(const struct tdigest *d);

/* What follows needs at least one value, and settles what was added (the sketch of later adds may
 * depend on that, within its error).
 *
 * The value below which the share q from 0 to 1 lies: the nth of N values stands at (n - 1/2) / N,
 * between them the line. 0 gives the smallest value and 1 the largest, always exactly. */
double tdigest_quantile(struct tdigest *d, double q);

/* Bounds of the rank of x that hold whatever came: at least *low values are below it, at most *high
 * are below or equal. Both are exact while the digest is. */
void tdigest_rank(struct tdigest *d, double x, double *low, double *high);

/* Appends the whole state, settled: numbers between blanks and colons. An empty digest may be
 * printed. */
void tdigest_print(struct tdigest *d, struct buf *b);

/* d becomes what was printed; what it held before is not freed. False: that is no digest, and *d is
 * an empty one. */
bool tdigest_parse(struct tdigest *d, struct slice text, struct fault *fault);

/* Leaves an empty digest of the same compression. */
void tdigest_free(struct tdigest *d);
