/* instant: points in time, as numbers and as texts
 *
 * An instant counts from 1970-01-01T00:00:00Z, without leap seconds, in the years -9999 to 9999
 * of UTC; what would lie beyond is refused. nanos is below 10^9 and counts forwards, also before
 * 1970. */
#pragma once

#include "base/fault.h"
#include "base/slice.h"
#include "number/num.h"
#include "time/civil.h"
#include "time/span.h"
#include "time/zone.h"

struct instant {
	int64_t seconds;
	uint32_t nanos;
};

static const struct instant instant_first = { -377705116800, 0 };
static const struct instant instant_last = { 253402300799, 999999999 };

static inline int instant_compare(struct instant a, struct instant b)
{
	if (a.seconds != b.seconds)
		return a.seconds < b.seconds ? -1 : 1;
	return (a.nanos > b.nanos) - (a.nanos < b.nanos);
}

/* Nanoseconds since 1970; two instants differ by the difference of these. */
static inline __int128 instant_nanos(struct instant t)
{
	return (__int128)t.seconds * 1000000000 + t.nanos;
}

/* False beyond the years. */
bool instant_of_nanos(__int128 nanos, struct instant *t);
bool instant_add(struct instant t, struct span by, struct instant *sum);

/* What a clock in the zone shows. */
struct civil instant_civil(struct instant t, struct zone *zone);

/* The other way; zone_utc() has the rules. Second 60 is the next second where it is 23:59 in UTC.
 * fault->at is 0. */
bool instant_of_civil(const struct civil *c, uint32_t nanos, struct zone *zone, struct instant *t,
	struct fault *fault);

/* Numbers count units since 1970. */
enum instant_unit { INSTANT_SECONDS, INSTANT_MILLIS, INSTANT_MICROS, INSTANT_NANOS };

/* { 0 } lets the first number decide by its size, without the sign: seconds below 10^11,
 * milliseconds below 10^14, microseconds below 10^17, nanoseconds; a number of another size is then
 * refused. With `given` any number has the unit. */
struct instant_scale {
	enum instant_unit unit;
	bool known, given;
};

/* What is finer than a nanosecond is cut off, towards the past. The text is a valid JSON number. */
bool instant_of_decimal(
	struct decimal d, struct instant_scale *scale, struct instant *t, struct fault *fault);
bool instant_of_number(
	struct slice number, struct instant_scale *scale, struct instant *t, struct fault *fault);

/* How a time was written, for results to be written likewise. { 0 } is a number of seconds. */
struct instant_style {
	bool text;
	enum instant_unit unit; /* of a number */
	char separator; /* between date and time: T, t, blank; 0 when there was a date alone */
	char zone;      /* Z, z, 0 for none; an offset as ':' +HH:MM, '+' +HHMM or 'h' +HH */
	int32_t offset; /* where it was one */
};

/* What is said of a text that does not look like a time at all. */
#define INSTANT_NO_TIME "not a time"

/* YYYY-MM-DD, and YYYY-MM-DD[T ]HH:MM:SS[.fraction][zone], of which RFC 3339 is a part; a year
 * below 0 has a minus sign. A time without a zone is one of the zone given. Digits of the fraction
 * beyond the ninth are cut off. */
bool instant_parse(struct slice text, struct zone *zone, struct instant *t,
	struct instant_style *style, struct fault *fault);

enum { INSTANT_MAX = NUM_MAX };

/* Writes no NUL; gives back the length. A fraction is there only where it is not zero. A text
 * without a zone shows the zone's clock, and an offset only if the clock shows that time twice.
 * One with an offset keeps its own, unless the zone is another than UTC: then it has that of the
 * zone. */
size_t instant_print(char out[INSTANT_MAX], struct instant t, const struct instant_style *style,
	struct zone *zone);
