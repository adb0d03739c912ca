/* civil: days and clocks of the Gregorian calendar, without zones
 *
 * The calendar is carried on before 1582, year 0 is there and a leap year. "Seconds" count from
 * 1970-01-01 00:00:00 on the clock in question, 86,400 a day. Years -30000..30000. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum { CIVIL_DAY = 86400 };

struct civil {
	int year;
	int month, day; /* from 1 */
	int hour, minute, second;
};

/* Days since 1970-01-01. */
int64_t civil_days(int year, int month, int day);

int64_t civil_seconds(const struct civil *c);
struct civil civil_of(int64_t seconds);

/* 28 to 31. */
int civil_month_days(int year, int month);

/* Is there such a date? */
bool civil_has_date(const struct civil *c);

/* Is there such a time of day? 24:00:00 and second 60 are none. */
bool civil_has_clock(const struct civil *c);

/* Monday 1 to Sunday 7. */
int civil_weekday(const struct civil *c);

/* 1 to 366. */
int civil_yearday(const struct civil *c);

/* The week of ISO 8601, 1 to 53; it may belong to the year before or after. */
int civil_week(const struct civil *c);

/* 1 to 4. */
int civil_quarter(const struct civil *c);

/* Writes n in so many digits, zeros in front; gives back the end. */
static inline char *civil_put(char *to, unsigned n, int digits)
{
	for (int i = digits; i--; n /= 10)
		to[i] = (char)('0' + n % 10);
	return to + digits;
}
