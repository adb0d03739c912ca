/* A year is taken to begin in March, so that the leap day is its last; the months from March then
 * have 31 30 31 30 31, 31 30 31 30 31, 31 (28) days, which (153 m + 2) / 5 adds up. 400 years have
 * 146,097 days; a hundred times that is added to stay above zero. */
#include "time/civil.h"

#include "number/num.h"

enum {
	ERA_YEARS = 400,
	ERA_DAYS = 146097,
	LIFT_YEARS = 100 * ERA_YEARS,
	/* from 1 March of the year -40000 to 1970-01-01 */
	LIFT_DAYS = 100 * ERA_DAYS + 719468,
};

int64_t civil_days(int year, int month, int day)
{
	unsigned y = (unsigned)(year + LIFT_YEARS - (month <= 2));
	unsigned m = (unsigned)(month <= 2 ? month + 9 : month - 3);
	unsigned before = y * 365 + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5;

	return (int64_t)before + day - 1 - LIFT_DAYS;
}

int64_t civil_seconds(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day) * CIVIL_DAY + c->hour * 3600 + c->minute * 60 +
		c->second;
}

struct civil civil_of(int64_t seconds)
{
	int64_t days = num_floor(seconds, CIVIL_DAY);
	unsigned rest = (unsigned)(seconds - days * CIVIL_DAY);
	unsigned lifted = (unsigned)(days + LIFT_DAYS);
	unsigned era = lifted / ERA_DAYS;
	unsigned day = lifted % ERA_DAYS;
	/* Without the leap days before it each year has 365 days. */
	unsigned year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	unsigned m;

	day -= year * 365 + year / 4 - year / 100;
	m = (5 * day + 2) / 153;
	return (struct civil){
		.year = (int)(era * ERA_YEARS + year + (m >= 10)) - LIFT_YEARS,
		.month = (int)(m < 10 ? m + 3 : m - 9),
		.day = (int)(day - (153 * m + 2) / 5 + 1),
		.hour = (int)(rest / 3600),
		.minute = (int)(rest / 60 % 60),
		.second = (int)(rest % 60),
	};
}

int civil_month_days(int year, int month)
{
	if (month != 2)
		return 30 + ((month + month / 8) & 1);
	return 28 + (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
}

bool civil_has_date(const struct civil *c)
{
	return c->month >= 1 && c->month <= 12 && c->day >= 1 &&
		c->day <= civil_month_days(c->year, c->month);
}

bool civil_has_clock(const struct civil *c)
{
	return c->hour >= 0 && c->hour <= 23 && c->minute >= 0 && c->minute <= 59 &&
		c->second >= 0 && c->second <= 59;
}

static int weekday(int64_t days)
{
	/* Day 0 was a Thursday. */
	return (int)(days + 3 - num_floor(days + 3, 7) * 7) + 1;
}

int civil_weekday(const struct civil *c)
{
	return weekday(civil_days(c->year, c->month, c->day));
}

int civil_yearday(const struct civil *c)
{
	return (int)(civil_days(c->year, c->month, c->day) - civil_days(c->year, 1, 1)) + 1;
}

int civil_week(const struct civil *c)
{
	int64_t days = civil_days(c->year, c->month, c->day);
	/* A week belongs to the year of its Thursday. */
	struct civil thursday = civil_of((days + 4 - weekday(days)) * CIVIL_DAY);

	return (civil_yearday(&thursday) - 1) / 7 + 1;
}

int civil_quarter(const struct civil *c)
{
	return (c->month - 1) / 3 + 1;
}
