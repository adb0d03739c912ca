/* The functions of times. Expected values are from Python's datetime and zoneinfo; years that it does
 * not have are those 400 years or a multiple later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>

#include "../trial.h"
#include "../zones.h"

enum { PARTS = 11 };

static const char *const names[PARTS] = { "year", "quarter", "month", "week", "day", "weekday",
	"dayofweek", "yearday", "hour", "minute", "second" };

/* Texts begin with a digit or a minus as numbers do, but have a second minus or more. */
static const struct {
	const char *zone, *time;
	int part[PARTS];
} times[] = {
	{ "UTC", "0", { 1970, 1, 1, 1, 1, 4, 5, 1, 0, 0, 0 } },
	{ "UTC", "-1", { 1969, 4, 12, 1, 31, 3, 4, 365, 23, 59, 59 } },
	{ "UTC", "-0.000001", { 1969, 4, 12, 1, 31, 3, 4, 365, 23, 59, 59 } },
	{ "UTC", "1451624400", { 2016, 1, 1, 53, 1, 5, 6, 1, 5, 0, 0 } },
	{ "UTC", "1451624459.999999", { 2016, 1, 1, 53, 1, 5, 6, 1, 5, 0, 59 } },
	{ "UTC", "1451624400000", { 2016, 1, 1, 53, 1, 5, 6, 1, 5, 0, 0 } },
	{ "Europe/Berlin", "1711846799", { 2024, 1, 3, 13, 31, 7, 1, 91, 1, 59, 59 } },
	{ "Europe/Berlin", "1711846800", { 2024, 1, 3, 13, 31, 7, 1, 91, 3, 0, 0 } },
	{ "Europe/Berlin", "1729990799", { 2024, 4, 10, 43, 27, 7, 1, 301, 2, 59, 59 } },
	{ "Europe/Berlin", "1729990800", { 2024, 4, 10, 43, 27, 7, 1, 301, 2, 0, 0 } },
	{ "Europe/Berlin", "1711846799999", { 2024, 1, 3, 13, 31, 7, 1, 91, 1, 59, 59 } },
	{ "Europe/Berlin", "1729990800000001", { 2024, 4, 10, 43, 27, 7, 1, 301, 2, 0, 0 } },
	{ "Europe/Berlin", "1729990799999999999", { 2024, 4, 10, 43, 27, 7, 1, 301, 2, 59, 59 } },
	{ "Australia/Lord_Howe", "1728142199", { 2024, 4, 10, 40, 6, 7, 1, 280, 1, 59, 59 } },
	{ "Australia/Lord_Howe", "1728142200", { 2024, 4, 10, 40, 6, 7, 1, 280, 2, 30, 0 } },
	{ "Australia/Lord_Howe", "1712415599", { 2024, 2, 4, 14, 7, 7, 1, 98, 1, 59, 59 } },
	{ "Australia/Lord_Howe", "1712415600", { 2024, 2, 4, 14, 7, 7, 1, 98, 1, 30, 0 } },
	{ "Asia/Kolkata", "1714871700", { 2024, 2, 5, 18, 5, 7, 1, 126, 6, 45, 0 } },
	{ "Asia/Kathmandu", "1714871700", { 2024, 2, 5, 18, 5, 7, 1, 126, 7, 0, 0 } },
	{ "America/New_York", "1e9", { 2001, 3, 9, 36, 8, 6, 7, 251, 21, 46, 40 } },
	{ "UTC", "2016-01-01T05:00:00Z", { 2016, 1, 1, 53, 1, 5, 6, 1, 5, 0, 0 } },
	{ "UTC", "2021-01-03T23:59:59Z", { 2021, 1, 1, 53, 3, 7, 1, 3, 23, 59, 59 } },
	{ "UTC", "2021-01-04T00:00:00Z", { 2021, 1, 1, 1, 4, 1, 2, 4, 0, 0, 0 } },
	{ "UTC", "2020-12-31T12:00:00Z", { 2020, 4, 12, 53, 31, 4, 5, 366, 12, 0, 0 } },
	{ "UTC", "2026-12-31T00:00:00Z", { 2026, 4, 12, 53, 31, 4, 5, 365, 0, 0, 0 } },
	{ "UTC", "2024-12-30T00:00:00Z", { 2024, 4, 12, 1, 30, 1, 2, 365, 0, 0, 0 } },
	{ "UTC", "2024-02-29T12:34:56.789Z", { 2024, 1, 2, 9, 29, 4, 5, 60, 12, 34, 56 } },
	{ "UTC", "1900-03-01T00:00:00Z", { 1900, 1, 3, 9, 1, 4, 5, 60, 0, 0, 0 } },
	{ "UTC", "9999-12-31T23:59:59.999999999Z", { 9999, 4, 12, 52, 31, 5, 6, 365, 23, 59, 59 } },
	{ "UTC", "0001-01-01T00:00:00Z", { 1, 1, 1, 1, 1, 1, 2, 1, 0, 0, 0 } },
	{ "Asia/Tokyo", "2023-12-31T15:00:00Z", { 2024, 1, 1, 1, 1, 1, 2, 1, 0, 0, 0 } },
	{ "Pacific/Apia", "2011-12-30T09:59:59Z", { 2011, 4, 12, 52, 29, 4, 5, 363, 23, 59, 59 } },
	{ "Pacific/Apia", "2011-12-30T10:00:00Z", { 2011, 4, 12, 52, 31, 6, 7, 365, 0, 0, 0 } },
	{ "Europe/Berlin", "2024-05-01T23:30:00-03:30", { 2024, 2, 5, 18, 2, 4, 5, 123, 5, 0, 0 } },
	{ "Asia/Kolkata", "2024-05-01 00:00:00+0530", { 2024, 2, 5, 18, 1, 3, 4, 122, 0, 0, 0 } },
	{ "Europe/Berlin", "2024-03-31 02:30:00", { 2024, 1, 3, 13, 31, 7, 1, 91, 3, 30, 0 } },
	{ "Europe/Berlin", "2024-10-27T02:30:00", { 2024, 4, 10, 43, 27, 7, 1, 301, 2, 30, 0 } },
	{ "Europe/Berlin", "2024-07-01", { 2024, 3, 7, 27, 1, 1, 2, 183, 0, 0, 0 } },
	{ "Australia/Lord_Howe", "2024-10-06T02:15:00",
		{ 2024, 4, 10, 40, 6, 7, 1, 280, 2, 45, 0 } },
	{ "UTC", "-99999999999", { -1199, 1, 2, 7, 15, 4, 5, 46, 14, 13, 21 } },
	{ "UTC", "0000-02-29T12:00:00Z", { 0, 1, 2, 9, 29, 2, 3, 60, 12, 0, 0 } },
	{ "UTC", "-0001-12-31T12:00:00Z", { -1, 4, 12, 52, 31, 5, 6, 365, 12, 0, 0 } },
	{ "UTC", "-9999-01-01T00:00:00Z", { -9999, 1, 1, 1, 1, 1, 2, 1, 0, 0, 0 } },
};

static void shows_parts(void **state)
{
	char call[64], result[16];

	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct zone zone = need_zone(times[i].zone);
		const char *quote = strchr(times[i].time + 1, '-') ? "'" : "";
		for (size_t k = 0; k < PARTS; k++) {
			snprintf(call, sizeof call, "%s(%s%s%s)", names[k], quote, times[i].time,
				quote);
			snprintf(result, sizeof result, "%d", times[i].part[k]);
			assert_call(call, result, &zone);
		}
		zone_free(&zone);
	}
}

static const struct {
	const char *zone, *call, *result;
} calls[] = {
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1us')", "'2024-05-05T12:34:56.789Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','500ms')", "'2024-05-05T12:34:56.5Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1s')", "'2024-05-05T12:34:56Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','15m')", "'2024-05-05T12:30:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1h')", "'2024-05-05T12:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1d')", "'2024-05-05T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','24h')", "'2024-05-05T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','7d')", "'2024-05-02T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1w')", "'2024-04-29T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','2w')", "'2024-04-22T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1mo')", "'2024-05-01T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1q')", "'2024-04-01T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','1y')", "'2024-01-01T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56.789Z','10y')", "'2020-01-01T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05 12:34:56','1h')", "'2024-05-05 12:00:00'" },
	{ "UTC", "truncate('2024-05-05t12:34:56z','1h')", "'2024-05-05t12:00:00z'" },
	{ "UTC", "truncate('2024-05-05T12:34:56+05:30','1h')", "'2024-05-05T12:30:00+05:30'" },
	{ "UTC", "truncate('2024-05-05','1mo')", "'2024-05-01'" },
	{ "UTC", "truncate(1451624459,'1m')", "1451624400" },
	{ "UTC", "truncate(1451624459.75,'500ms')", "1451624459.5" },
	{ "UTC", "truncate(1451624459.25,'500ms')", "1451624459" },
	{ "UTC", "truncate(1451624459750,'1s')", "1451624459000" },
	{ "UTC", "truncate(1451624459750000,'1s')", "1451624459000000" },
	{ "UTC", "truncate(1451624459750000001,'1us')", "1451624459750000000" },
	{ "UTC", "truncate(-1,'1d')", "-86400" },
	{ "UTC", "truncate(-0.001,'1s')", "-1" },
	{ "UTC", "truncate(0,'1w')", "-259200" },
	{ "UTC", "truncate(-259201,'1w')", "-864000" },
	{ "UTC", "truncate('0000-02-29T12:00:00Z','1mo')", "'0000-02-01T00:00:00Z'" },
	{ "UTC", "truncate('9999-12-30T12:00:00Z','1d')", "'9999-12-30T00:00:00Z'" },
	{ "UTC", "truncate('9999-12-31T12:00:00Z','1d')", "'9999-12-31T00:00:00Z'" },
	{ "UTC", "truncate('2024-05-05','')", "refused 1: an empty duration" },
	{ "UTC", "truncate('2024-05-05','0')", "refused 1: a size of nothing" },
	{ "UTC", "truncate('2024-05-05','1mo1d')",
		"refused 1: a size that mixes calendar units with others" },
	{ "UTC", "truncate('2024-02-30','1d')", "fault 0: no such date" },
	{ "UTC", "truncate(null,'1d')", "null" },
	{ "Europe/Berlin", "truncate('2024-03-31 03:40:00','15m')", "'2024-03-31 03:30:00'" },
	{ "Europe/Berlin", "truncate('2024-03-31T02:40:00','15m')", "'2024-03-31T03:30:00'" },
	{ "Europe/Berlin", "truncate('2024-03-31T03:40:00+02:00','1d')",
		"'2024-03-31T00:00:00+01:00'" },
	{ "Europe/Berlin", "truncate('2024-03-31T01:40:00Z','1d')", "'2024-03-30T23:00:00Z'" },
	{ "Europe/Berlin", "truncate('2024-10-27T02:40:00','15m')", "'2024-10-27T02:30:00+02:00'" },
	{ "Europe/Berlin", "truncate('2024-10-27T02:40:00+01:00','15m')",
		"'2024-10-27T02:30:00+01:00'" },
	{ "Europe/Berlin", "truncate(1729993200,'1h')", "1729990800" },
	{ "Europe/Berlin", "truncate('2024-07-01T15:00:00','24h')", "'2024-07-01T02:00:00'" },
	{ "Europe/Berlin", "truncate('2024-07-01T15:00:00','1d')", "'2024-07-01T00:00:00'" },
	{ "Europe/Berlin", "truncate('2024-03-31T12:00:00','1w')", "'2024-03-25T00:00:00'" },
	{ "Europe/Berlin", "truncate('2024-04-03T12:00:00','1w')", "'2024-04-01T00:00:00'" },
	{ "Europe/Berlin", "truncate('2024-07-15T10:00:00+00:00','1mo')",
		"'2024-07-01T00:00:00+02:00'" },
	{ "Australia/Lord_Howe", "truncate('2024-10-06T02:45:00','1h')", "'2024-10-06T02:30:00'" },
	{ "Asia/Kolkata", "truncate(1714871700,'1h')", "1714869000" },

	{ "UTC", "shift(0,'15m')", "900" },
	{ "UTC", "shift(0,'-1h')", "-3600" },
	{ "UTC", "shift(7,'0')", "7" },
	{ "UTC", "shift(1.5,'500ms')", "2" },
	{ "UTC", "shift(1451624400,'1ns')", "1451624400.000000001" },
	{ "UTC", "shift(1451624400.123456789,'1s')", "1451624401.123456789" },
	{ "UTC", "truncate(1451624400.123456789,'100ns')", "1451624400.1234567" },
	{ "UTC", "shift(1451624400000,'-1ms')", "1451624399999" },
	{ "UTC", "shift(1451624400000,'1us')", "1451624400000.001" },
	{ "UTC", "shift(1451624400000000,'1h30m')", "1451629800000000" },
	{ "UTC", "shift(1451624400000000000,'1ns')", "1451624400000000001" },
	{ "UTC", "shift(-9223372036854775807,'-1ns')", "-9223372036854775808" },
	{ "UTC", "shift('2016-01-01','1d')", "'2016-01-02'" },
	{ "UTC", "shift('2016-01-01','1h')", "'2016-01-01T01:00:00'" },
	{ "UTC", "shift('2016-02-28T23:59:59.5Z','PT0.5S')", "'2016-02-29T00:00:00Z'" },
	{ "UTC", "shift('2016-01-01 00:00:00+0200','-1d')", "'2015-12-31 00:00:00+0200'" },
	{ "UTC", "shift('0000-01-01T00:00:00Z','-1s')", "'-0001-12-31T23:59:59Z'" },
	{ "UTC", "shift('9999-12-31T23:59:59Z','1s')",
		"fault 0: a time beyond the years -9999 to 9999" },
	{ "UTC", "shift(0,'1mo')", "fault 1: months and years have no fixed length" },
	{ "UTC", "shift(0,'soon')", "fault 1: not a duration" },
	{ "UTC", "shift('soon','1h')", "fault 0: not a time" },
	{ "UTC", "shift(0,null)", "null" },
	{ "Europe/Berlin", "shift('2024-03-31T01:30:00','1h')", "'2024-03-31T03:30:00'" },
	{ "Europe/Berlin", "shift('2024-10-27T02:30:00','1h')", "'2024-10-27T02:30:00+01:00'" },
	{ "Europe/Berlin", "shift('2024-03-30T12:00:00','1d')", "'2024-03-31T13:00:00'" },

	{ "UTC", "seconds(1451624400)", "1451624400" },
	{ "UTC", "seconds(1451624400123)", "1451624400.123" },
	{ "UTC", "seconds(1451624400123456)", "1451624400.123456" },
	{ "UTC", "seconds(1451624400123456789)", "1451624400.1234567" },
	{ "UTC", "seconds(-0.5)", "-0.5" },
	{ "UTC", "seconds('1970-01-01T00:00:01.5Z')", "1.5" },
	{ "UTC", "seconds('1969-12-31T23:59:59.25Z')", "-0.75" },
	{ "UTC", "seconds('2016-01-01T00:00:00.000000001Z')", "1451606400" },
	{ "UTC", "seconds('2016-01-01T01:00:00Z','2016-01-01T00:00:00.5Z')", "3599.5" },
	{ "UTC", "seconds('2016-01-01T00:00:00.5Z','2016-01-01T01:00:00Z')", "-3599.5" },
	{ "UTC", "seconds(1451624400,1451624400000)", "0" },
	{ "UTC", "seconds(1451624401,'2016-01-01T05:00:00Z')", "1" },
	{ "UTC", "seconds(0,'1970-01-01T00:00:00.000000001Z')", "-1e-9" },
	{ "UTC", "seconds('9999-12-31T23:59:59Z','-9999-01-01T00:00:00Z')", "631107417599" },
	{ "UTC", "seconds('9999-12-31T23:59:59.999999999Z','-9999-01-01T00:00:00Z')",
		"631107417600" },
	{ "UTC", "seconds(0,'x')", "fault 1: not a time" },
	{ "UTC", "seconds(0,null)", "null" },
	{ "Europe/Berlin", "seconds('2024-03-31T03:00:00','2024-03-31T01:00:00')", "3600" },
	{ "Europe/Berlin", "seconds('1970-01-01')", "-3600" },

	{ "UTC", "format(0,'%F %T')", "'1970-01-01 00:00:00'" },
	{ "UTC", "format(1451624400.25,'%d/%m/%y %H:%M:%S.%f')", "'01/01/16 05:00:00.250000'" },
	{ "UTC", "format(1451624400123456789,'%T.%f')", "'05:00:00.123456789'" },
	{ "UTC", "format('-0001-02-03','%Y|%j|%%')", "'-0001|034|%'" },
	{ "UTC", "format(0,'')", "''" },
	{ "UTC", "format(0,'%Q')", "refused 1: no such conversion" },
	{ "UTC", "format('x','%F')", "fault 0: not a time" },
	{ "Europe/Berlin", "format(1711846800,'%a, %e %b %Y %I:%M %p %z')",
		"'Sun, 31 Mar 2024 03:00 AM +0200'" },
	{ "Europe/Berlin", "format('2024-10-27T01:00:00Z','%T %z %s')",
		"'02:00:00 +0100 1729990800'" },

	{ "UTC", "parse('31/12/2015 23:59','%d/%m/%Y %H:%M')", "'2015-12-31T23:59:00Z'" },
	{ "UTC", "parse('31/12/2015 23:59 +0100','%d/%m/%Y %H:%M %z')", "'2015-12-31T22:59:00Z'" },
	{ "UTC", "parse('20160101T050000.25','%Y%m%dT%H%M%S.%f')", "'2016-01-01T05:00:00.25Z'" },
	{ "UTC", "parse('2016-01-01','%F')", "'2016-01-01T00:00:00Z'" },
	{ "UTC", "parse('-1.5','%s.%f')", "'1969-12-31T23:59:59.5Z'" },
	{ "UTC", "parse('31.12.2015','%d/%m/%Y')", "fault 0: not as the format says" },
	{ "UTC", "parse('31/02/2015','%d/%m/%Y')", "fault 0: no such date" },
	{ "UTC", "parse('12:30','%H:%M')", "refused 1: a format without a whole date" },
	{ "UTC", "parse('12:30','%Q')", "refused 1: no such conversion" },
	{ "Europe/Berlin", "parse('31/12/2015','%d/%m/%Y')", "'2015-12-31T00:00:00+01:00'" },
	{ "Europe/Berlin", "parse('2024-03-31 02:30','%F %R')", "'2024-03-31T03:30:00+02:00'" },
	{ "Europe/Berlin", "parse('2024-10-27 02:30','%F %R')", "'2024-10-27T02:30:00+02:00'" },
	{ "Europe/Berlin", "parse('1729990800','%s')", "'2024-10-27T02:00:00+01:00'" },

	{ "UTC", "hour('2023-02-29')", "fault 0: no such date" },
	{ "UTC", "hour('2024-01-01T24:00:00')", "fault 0: no such time of day" },
	{ "UTC", "hour('2016-12-31T23:59:60Z')", "0" },
	{ "UTC", "hour(-1e300)", "fault 0: a time beyond the years -9999 to 9999" },
	{ "UTC", "hour(null)", "null" },
	{ "UTC", "second(1451624400.00000000000000000000000000001)", "0" },
	{ "UTC", "second(-0.00000000000000000000000000001)", "59" },
};

static void gives_the_result(void **state)
{
	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		struct zone zone = need_zone(calls[i].zone);
		assert_call(calls[i].call, calls[i].result, &zone);
		zone_free(&zone);
	}
}

static void refuses_constants(void **state)
{
	struct zone utc = zone_fixed(0);

	(void)state;
	assert_refused("shift(0,'1mo')", "refused 1: months and years have no fixed length", &utc);
	assert_refused("truncate(0,'x')", "refused 1: not a duration", &utc);
	assert_refused("format(0,'%')", "refused 1: no such conversion", &utc);
}

/* The next record: its first argument. */
static const char *run_with(struct trial *c, struct calc x)
{
	arena_reset(&c->arena);
	c->arg[0] = x;
	return trial_run(c);
}

static void remembers_the_unit(void **state)
{
	struct zone utc = zone_fixed(0);
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "shift(1451624400000,'1s')", false, &utc));
	assert_string_equal(trial_run(&c), "1451624401000");
	assert_string_equal(run_with(&c, calc_integer(-1451624400000)), "-1451624399000");
	assert_string_equal(run_with(&c, calc_number(SLICE("1451624400000.5"))), "1451624401000.5");
	assert_string_equal(run_with(&c, calc_text(SLICE("2016-01-01"))), "'2016-01-01T00:00:01'");
	assert_string_equal(run_with(&c, calc_integer(99999999999)),
		"fault 0: a time of another magnitude than the first");
	assert_string_equal(run_with(&c, calc_integer(100000000000)), "100000001000");
	assert_string_equal(run_with(&c, calc_integer(99999999999999)), "100000000000999");
	assert_string_equal(run_with(&c, calc_integer(100000000000000)),
		"fault 0: a time of another magnitude than the first");
	trial_free(&c);
}

static void obeys_a_given_unit(void **state)
{
	struct zone utc = zone_fixed(0);
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "shift(0,'1s')", false, &utc));
	c.call.stamp[0].scale = (struct instant_scale){ INSTANT_MILLIS, true, true };
	assert_string_equal(trial_run(&c), "1000");
	assert_string_equal(run_with(&c, calc_integer(-1500)), "-500");
	assert_string_equal(run_with(&c, calc_integer(1451624400000)), "1451624401000");
	assert_string_equal(run_with(&c, calc_integer(253402300799000)),
		"fault 0: a time beyond the years -9999 to 9999");
	assert_string_equal(run_with(&c, calc_integer(253402300799999)),
		"fault 0: a time beyond the years -9999 to 9999");
	assert_string_equal(run_with(&c, calc_integer(253402300798999)), "253402300799999");
	trial_free(&c);
}

/* A double stands for its shortest decimal. */
static void reads_calculated_times(void **state)
{
	struct zone utc = zone_fixed(0);
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "seconds(0)", false, &utc));
	assert_string_equal(run_with(&c, calc_real(1451624400.1)), "1451624400.1");
	assert_string_equal(run_with(&c, calc_real(1e10 / 3)), "3333333333.3333335");
	assert_string_equal(run_with(&c, calc_real(-0.3)), "-0.3");
	trial_free(&c);
}

/* What is printed may be rounded, the number itself is not. */
static void counts_exactly(void **state)
{
	struct zone utc = zone_fixed(0);
	struct calc result;
	struct fault fault;
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "seconds('2016-01-01T00:00:00.000000001Z')", false, &utc));
	assert_true(c.call.function->call(&c.call, c.arg, &result, &fault));
	assert_true(result.exact);
	assert_int_equal(result.decimal.m, 1451606400000000001);
	assert_int_equal(result.decimal.e, -9);
	trial_free(&c);
}

/* Any style of text, record by record. */
static void keeps_the_style_of_each(void **state)
{
	static const char *const same[] = { "2016-01-01T05:00:00Z", "2016-01-01 05:00:00",
		"2016-01-01t05:00:00z", "2016-01-01T05:00:00.125+0530", "2016-01-01T05:00:00-03",
		"2016-01-01", "-9999-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z" };
	struct zone utc = zone_fixed(0);
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "shift(0,'0s')", false, &utc));
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct calc result;
		struct fault fault;
		c.arg[0] = calc_text(slice_of(same[i]));
		assert_true(c.call.function->call(&c.call, c.arg, &result, &fault));
		assert_true(slice_equal(result.text, slice_of(same[i])));
		assert_string_equal(run_with(&c, calc_integer(1451624400)), "1451624400");
	}
	trial_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shows_parts),
		cmocka_unit_test(gives_the_result),
		cmocka_unit_test(refuses_constants),
		cmocka_unit_test(remembers_the_unit),
		cmocka_unit_test(obeys_a_given_unit),
		cmocka_unit_test(reads_calculated_times),
		cmocka_unit_test(counts_exactly),
		cmocka_unit_test(keeps_the_style_of_each),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
