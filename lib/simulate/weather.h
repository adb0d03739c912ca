/* weather: the simulated weather of a place in New England, for sets that need one
 *
 * A function of the seed and the minute since 1970 in UTC. It changes every hour, the sun every
 * minute. */
#pragma once

#include <stdint.h>

#include "base/slice.h"

enum {
	WEATHER_HOUR = 60, /* in minutes, as all times here */
	WEATHER_DAY = 24 * WEATHER_HOUR,
	WEATHER_ZONE = -5 * WEATHER_HOUR, /* the clocks keep no summer time */
};

struct weather {
	int64_t temperature, apparent, dew_point; /* 1/100 °F */
	int64_t humidity;                         /* 1/100, 20 to 100 */
	int64_t visibility;                       /* 1/100 mile, 30 to 1000 */
	int64_t pressure;                         /* 1/100 hPa */
	int64_t wind;                             /* 1/100 mile an hour */
	int64_t bearing;                          /* degrees, 0 to 359 */
	int64_t clouds;                           /* 1/100, 0 to 100 */
	int64_t rain;                             /* 1/10000 inch an hour, or snow; mostly 0 */
	int64_t rain_chance;                      /* 1/100; 0 if and only if rain is */
	struct slice summary, icon;
};

/* The minute of the day by the clocks there, 0 to 1439. */
int64_t weather_clock(int64_t minute);

struct weather weather_at(uint64_t seed, int64_t minute);

/* How strong the sun is above the clouds: 0 at night, at most 10000. */
int64_t weather_sun(int64_t minute);
