/* axis: the range of an axis, its ticks and what is written at them
 *
 * Ticks stand at round numbers: 1, 2 or 5 times a power of ten; or, where the axis is time, at the
 * places of a calendar: full minutes, midnights, Mondays, firsts of a month. Values are within
 * AXIS_LARGEST; times are seconds since 1970. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "time/zone.h"

enum { AXIS_TICKS = 64, AXIS_LABEL = 64 };

#define AXIS_LARGEST 1e300

struct tick {
	double at;
	char label[AXIS_LABEL]; /* with LF between its lines */
};

struct axis {
	double low, high; /* low < high */
	bool log;
	struct tick tick[AXIS_TICKS]; /* all of them within the range */
	size_t n;
};

/* The least round number that is not below x, which is above 0. */
double axis_round(double x);

/* A range that is next to nothing is widened. About `wanted` ticks, at most; a range that is to be
 * `whole` ends at ticks. */
void axis_linear(struct axis *a, double low, double high, int wanted, bool whole);

/* low is above 0; the range ends at ticks. */
void axis_log(struct axis *a, double low, double high, int wanted);

/* As many ticks as have room where so many letters have. */
void axis_time(struct axis *a, double low, double high, int room, struct zone *zone);

/* What of a time has to be written. */
enum axis_unit {
	AXIS_YEAR,
	AXIS_MONTH,
	AXIS_DAY,
	AXIS_MINUTE,
	AXIS_SECOND,
	AXIS_MILLI,
};

/* The least unit that the time needs: AXIS_DAY for a midnight. */
enum axis_unit axis_unit_of(double t, struct zone *zone);

/* Labels times in order. The larger units, in the second line, stand where they change. */
void axis_label_times(struct tick *tick, size_t n, enum axis_unit unit, struct zone *zone);
