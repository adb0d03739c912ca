/* summary: how many there were, their sum, the smallest and the largest
 *
 * The aggregates count, sum, mean, min, max and range. */
#pragma once

#include <stdint.h>

#include "aggregate/extreme.h"
#include "aggregate/measure.h"
#include "aggregate/run.h"
#include "number/total.h"

extern const struct measure summary_table[]; /* up to a row without a name */

/* Counts records, for count() under a name of its own. */
extern const struct measure summary_records;

/* Where those gather that are asked most: 64 bytes. */
struct summary {
	int64_t count; /* of readings, numbers or not */
	struct total total;
	struct extreme extreme;
};

/* Its kind, which leaves adding to summary_add(); the part that tells how many there were; and the one that
 * stands in for it where nobody shows it, so that all that there were count as one. */
extern const struct measure_store summary_store;
enum { SUMMARY_COUNT = 4, SUMMARY_ANY = 16 };

/* The way of summary_add() for all but usual numbers. */
void summary_add_slowly(struct summary *s, struct reading *r);

/* A number that is total_near(). */
static inline void summary_add_number(struct summary *s, struct decimal d)
{
	s->count++;
	total_add(&s->total, d);
	extreme_add_decimal(&s->extreme, d);
}

/* A text where the smallest and the largest are of texts; all others are told what is no number by
 * summary_add(), which counts it. */
void summary_add_text(struct summary *s, struct reading *r);

/* What some records had; there were some. */
void summary_add_run(struct summary *s, const struct run_sum *run);

static inline void summary_add(struct summary *s, struct reading *r)
{
	if (!r->near) {
		summary_add_slowly(s, r);
		return;
	}
	s->count++;
	total_add(&s->total, r->number);
	extreme_add(&s->extreme, r);
}
