/* calendar: where windows of one size begin and end
 *
 * A size divides time into pieces, start inclusive, end exclusive. Multiples count from 1970-01-01
 * 00:00 on the zone's clock, weeks from Monday 1969-12-29.
 * - Days, weeks and months are as long as they are: 23, 24 or 25 hours, and what else zones do.
 * - A length below 24 h follows the clock as it was when the day began. Where the clock jumps, all
 *   keep their length, until the grid starts afresh with the next day; the last is cut short.
 * - A length of 24 h or more never changes, and counts from 1970-01-01T00:00Z.
 *
 * An offset moves the grid: on the clock for calendar units (days from 6 to 6), else by its
 * length. */
#pragma once

#include "time/instant.h"

struct calendar {
	struct span_size size;
	int64_t offset;            /* nanoseconds; of a fixed size not below 0 and less than it */
	struct zone *zone;         /* the caller's */
	struct instant start, end; /* the piece of the last question */
};

void calendar_init(
	struct calendar *calendar, struct span_size size, struct span offset, struct zone *zone);

/* The piece that t is in: start <= t < end. False if one of them is beyond the years. */
bool calendar_find(
	struct calendar *calendar, struct instant t, struct instant *start, struct instant *end);

/* Its start alone, also of a piece that ends beyond the years. */
bool calendar_start(struct calendar *calendar, struct instant t, struct instant *start);
