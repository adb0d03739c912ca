/* zone: time zones: how far their clocks are from UTC, and when they jump
 *
 * An offset is in seconds, east above zero, less than 24 hours. "UTC" below is seconds since
 * 1970-01-01T00:00:00Z, "local" is what the zone's clocks show, counted the same way. Times are
 * those of the years -30000..30000. A zone remembers the period that was asked for last, so it is
 * not const and does not belong to two threads. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

enum { ZONE_OFFSET_MAX = 24 * 3600 - 1 };

/* Far outside the years of any question, and no sum with an offset overflows. */
#define ZONE_ALWAYS (INT64_C(1) << 60)

/* Time without a jump: from <= utc < until. */
struct zone_period {
	int64_t from, until;
	int32_t offset;
};

/* When the clocks change by the rule for years to come. */
struct zone_change {
	char kind;            /* 'J': day 1 to 365, never 29 February; 'D': 0 to 365; 'M' */
	int month, week, day; /* for M: week 1 to 5, the last; day 0 is Sunday */
	int32_t time;         /* after midnight by the clock before the change */
};

struct zone_jump {
	int64_t at;
	int32_t offset; /* from then on */
};

struct zone {
	struct zone_period period; /* of the last question */
	int32_t first;             /* the offset before the first jump */
	struct zone_jump *jump;
	size_t n, cap;
	struct zone_rule { /* after the last jump, unless there is none */
		bool given, summer;
		int32_t offset, summer_offset;
		struct zone_change begin, end;
	} rule;
};

/* A zone that owns nothing. */
struct zone zone_fixed(int32_t offset);

void zone_free(struct zone *zone);

/* Makes zone->period the one that holds this time. */
void zone_seek(struct zone *zone, int64_t utc);

static inline int32_t zone_offset(struct zone *zone, int64_t utc)
{
	if (utc < zone->period.from || utc >= zone->period.until)
		zone_seek(zone, utc);
	return zone->period.offset;
}

/* A local time that a jump left out is read with the offset before the jump; of one that comes
 * twice the first is meant. */
int64_t zone_utc(struct zone *zone, int64_t local);

/* The first moment at which the clocks show this or later: of a time left out it is the jump. */
int64_t zone_reach(struct zone *zone, int64_t local);

/* Do the clocks show the local time of this moment twice? */
bool zone_twice(struct zone *zone, int64_t utc);

/* No offset, ever. */
bool zone_is_utc(const struct zone *zone);

/* The offset that a text begins with: Z, z, +HH, +HHMM, +HH:MM or +HH:MM:SS, likewise with a minus.
 * Gives back its length, the longest possible, 0 if there is none. */
size_t zone_read_offset(struct slice text, int32_t *offset);

enum { ZONE_PRINT_MAX = sizeof "+HH:MM:SS" - 1 };

/* Prints +HH:MM, without the colon as +HHMM; +HH:MM:SS where there are seconds. */
size_t zone_print_offset(char out[ZONE_PRINT_MAX], int32_t offset, bool colon);
