/* mnumber: aggregates of numbers */
#pragma once

#include <stdint.h>

#include "extreme.h"
#include "measure.h"
#include "total.h"

extern const struct measure mnumber_table[]; /* up to a row without a name */

/* Counts records, for count() under a name of its own. */
extern const struct measure mnumber_records;

/* Where those gather that are asked most: 64 bytes. */
struct mnumber {
	int64_t count; /* of readings, numbers or not */
	struct total total;
	struct extreme extreme;
};

/* Its kind; and the part that tells how many there were: where it is not shown, all count as one. */
extern const struct measure_store mnumber_store;
enum { MNUMBER_COUNT = 1 };

/* The way of mnumber_add() for all but usual numbers. */
void mnumber_add_slowly(struct mnumber *cell, struct reading *r);

static inline void mnumber_add(struct mnumber *cell, struct reading *r)
{
	if (!r->near) {
		mnumber_add_slowly(cell, r);
		return;
	}
	cell->count++;
	total_add(&cell->total, r->number);
	extreme_add(&cell->extreme, r);
}
