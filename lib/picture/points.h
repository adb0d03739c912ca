/* points: what records give to a picture
 *
 * Each field, with each key, becomes a line of the plot, in the order of arrival. A value that is
 * missing or null is a gap. A record that is found to be bad leaves nothing behind. */
#pragma once

#include "base/arena.h"
#include "base/map.h"
#include "picture/plot.h"
#include "record/rec.h"
#include "record/stamp.h"

struct points {
	struct plot *plot; /* its lines, its words and what its x is */
	struct names x;    /* one name, or none: no x */
	bool is_time;      /* x is the field of the time */
	struct names y, keys;
	struct stamp stamp; /* of times */
	uint64_t last;      /* of each line only so many; 0: all */
	uint64_t max_points, max_keys;

	uint64_t records, points, gaps, overflows; /* so far */
	const char *full; /* the limit that was met, by its name without "max-" */

	/* private */
	bool x_known;
	struct map lines, places;
	size_t line_cap, word_cap;
	double *value; /* of y, of the record at hand */
	size_t value_cap;
	struct buf key, key_shown, place, place_shown, canon;
	struct arena kept, scratch;
};

/* The lists have been resolved. False: the record is blamed, or a limit was met. */
bool points_take(struct points *p, struct rec *r);

/* When all is taken. */
void points_end(struct points *p);
