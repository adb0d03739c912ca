/* Pieces of time. Expected bounds are by hand from the rules of the zones; those of days, weeks and
 * months were also found by trying every local date with Python's zoneinfo. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "time/calendar.h"

#include "../zones.h"

static const struct {
	const char *zone, *size, *offset, *time, *start, *end;
} pieces[] = {
	{ "UTC", "15m", "0", "2024-01-01T00:07:30+00:00", "2024-01-01T00:00:00+00:00",
		"2024-01-01T00:15:00+00:00" },
	{ "UTC", "15m", "0", "2024-01-01T00:15:00+00:00", "2024-01-01T00:15:00+00:00",
		"2024-01-01T00:30:00+00:00" },
	{ "UTC", "15m", "0", "2024-01-01T00:14:59.999999999+00:00", "2024-01-01T00:00:00+00:00",
		"2024-01-01T00:15:00+00:00" },
	{ "UTC", "1h", "0", "1969-12-31T23:59:59.5+00:00", "1969-12-31T23:00:00+00:00",
		"1970-01-01T00:00:00+00:00" },
	{ "UTC", "500ms", "0", "1969-12-31T23:59:59.4+00:00", "1969-12-31T23:59:59+00:00",
		"1969-12-31T23:59:59.5+00:00" },
	/* What does not divide a day goes on over midnight. */
	{ "UTC", "7h", "0", "2024-01-01T00:00:00+00:00", "2023-12-31T19:00:00+00:00",
		"2024-01-01T02:00:00+00:00" },
	{ "UTC", "36h", "0", "1970-01-02T13:00:00+00:00", "1970-01-02T12:00:00+00:00",
		"1970-01-04T00:00:00+00:00" },
	{ "UTC", "1d", "0", "1969-12-31T12:00:00+00:00", "1969-12-31T00:00:00+00:00",
		"1970-01-01T00:00:00+00:00" },
	{ "UTC", "2d", "0", "1969-12-31T12:00:00+00:00", "1969-12-30T00:00:00+00:00",
		"1970-01-01T00:00:00+00:00" },
	{ "UTC", "1w", "0", "1970-01-01T00:00:00+00:00", "1969-12-29T00:00:00+00:00",
		"1970-01-05T00:00:00+00:00" },
	{ "UTC", "2w", "0", "1970-01-12T00:00:00+00:00", "1970-01-12T00:00:00+00:00",
		"1970-01-26T00:00:00+00:00" },
	{ "UTC", "7d", "0", "1970-01-08T00:00:00+00:00", "1970-01-08T00:00:00+00:00",
		"1970-01-15T00:00:00+00:00" },
	{ "UTC", "1mo", "0", "2024-02-29T12:00:00+00:00", "2024-02-01T00:00:00+00:00",
		"2024-03-01T00:00:00+00:00" },
	{ "UTC", "5mo", "0", "1969-12-01T00:00:00+00:00", "1969-08-01T00:00:00+00:00",
		"1970-01-01T00:00:00+00:00" },
	{ "UTC", "1q", "0", "2024-05-15T00:00:00+00:00", "2024-04-01T00:00:00+00:00",
		"2024-07-01T00:00:00+00:00" },
	{ "UTC", "1y", "0", "0000-02-29T00:00:00+00:00", "0000-01-01T00:00:00+00:00",
		"0001-01-01T00:00:00+00:00" },
	{ "UTC", "4y", "0", "1965-01-01T00:00:00+00:00", "1962-01-01T00:00:00+00:00",
		"1966-01-01T00:00:00+00:00" },
	/* Days of 23 and 25 hours, and their hours. */
	{ "Europe/Berlin", "1d", "0", "2024-03-31T12:00:00+02:00", "2024-03-31T00:00:00+01:00",
		"2024-04-01T00:00:00+02:00" },
	{ "Europe/Berlin", "1d", "0", "2024-10-27T12:00:00+01:00", "2024-10-27T00:00:00+02:00",
		"2024-10-28T00:00:00+01:00" },
	{ "Europe/Berlin", "1w", "0", "2024-03-31T12:00:00+02:00", "2024-03-25T00:00:00+01:00",
		"2024-04-01T00:00:00+02:00" },
	{ "Europe/Berlin", "1mo", "0", "2024-10-27T12:00:00+01:00", "2024-10-01T00:00:00+02:00",
		"2024-11-01T00:00:00+01:00" },
	{ "Europe/Berlin", "1h", "0", "2024-10-27T02:30:00+02:00", "2024-10-27T02:00:00+02:00",
		"2024-10-27T02:00:00+01:00" },
	{ "Europe/Berlin", "1h", "0", "2024-10-27T02:30:00+01:00", "2024-10-27T02:00:00+01:00",
		"2024-10-27T03:00:00+01:00" },
	{ "Europe/Berlin", "1h", "0", "2024-03-31T01:30:00+01:00", "2024-03-31T01:00:00+01:00",
		"2024-03-31T03:00:00+02:00" },
	{ "Europe/Berlin", "6h", "0", "2024-03-31T05:00:00+02:00", "2024-03-31T00:00:00+01:00",
		"2024-03-31T07:00:00+02:00" },
	{ "Europe/Berlin", "6h", "0", "2024-03-31T20:00:00+02:00", "2024-03-31T19:00:00+02:00",
		"2024-04-01T00:00:00+02:00" },
	{ "Europe/Berlin", "6h", "0", "2024-10-27T23:30:00+01:00", "2024-10-27T23:00:00+01:00",
		"2024-10-28T00:00:00+01:00" },
	{ "Europe/Berlin", "24h", "0", "2024-07-01T12:00:00+02:00", "2024-07-01T02:00:00+02:00",
		"2024-07-02T02:00:00+02:00" },
	/* Offsets off the hour. */
	{ "Asia/Kolkata", "1h", "0", "2024-05-05T05:45:00+05:30", "2024-05-05T05:00:00+05:30",
		"2024-05-05T06:00:00+05:30" },
	{ "Asia/Kathmandu", "1h", "0", "2024-05-05T05:45:00+05:45", "2024-05-05T05:00:00+05:45",
		"2024-05-05T06:00:00+05:45" },
	{ "Asia/Kathmandu", "1d", "0", "2024-05-05T05:45:00+05:45", "2024-05-05T00:00:00+05:45",
		"2024-05-06T00:00:00+05:45" },
	/* A jump of half an hour: the hours stay off the clock until midnight. */
	{ "Australia/Lord_Howe", "1h", "0", "2024-10-06T02:45:00+11:00",
		"2024-10-06T02:30:00+11:00", "2024-10-06T03:30:00+11:00" },
	{ "Australia/Lord_Howe", "1h", "0", "2024-10-06T23:45:00+11:00",
		"2024-10-06T23:30:00+11:00", "2024-10-07T00:00:00+11:00" },
	{ "Australia/Lord_Howe", "1h", "0", "2024-10-07T00:45:00+11:00",
		"2024-10-07T00:00:00+11:00", "2024-10-07T01:00:00+11:00" },
	{ "Australia/Lord_Howe", "1d", "0", "2024-04-07T12:00:00+10:30",
		"2024-04-07T00:00:00+11:00", "2024-04-08T00:00:00+10:30" },
	/* A day that was left out. */
	{ "Pacific/Apia", "1d", "0", "2011-12-29T12:00:00-10:00", "2011-12-29T00:00:00-10:00",
		"2011-12-31T00:00:00+14:00" },
	{ "Pacific/Apia", "1d", "0", "2011-12-31T12:00:00+14:00", "2011-12-31T00:00:00+14:00",
		"2012-01-01T00:00:00+14:00" },
	{ "Pacific/Apia", "7h", "0", "2011-12-29T23:00:00-10:00", "2011-12-29T21:00:00-10:00",
		"2011-12-31T00:00:00+14:00" },
	/* Jumps at midnight: days from 1 o'clock, and of 25 hours. */
	{ "America/Santiago", "1d", "0", "2024-09-08T12:00:00-03:00", "2024-09-08T01:00:00-03:00",
		"2024-09-09T00:00:00-03:00" },
	{ "America/Santiago", "6h", "0", "2024-09-08T01:30:00-03:00", "2024-09-08T01:00:00-03:00",
		"2024-09-08T06:00:00-03:00" },
	{ "America/Santiago", "1d", "0", "2024-04-06T23:30:00-04:00", "2024-04-06T00:00:00-03:00",
		"2024-04-07T00:00:00-04:00" },
	{ "Asia/Beirut", "1d", "0", "2024-03-31T01:00:00+03:00", "2024-03-31T01:00:00+03:00",
		"2024-04-01T00:00:00+03:00" },
	{ "Asia/Beirut", "1d", "0", "2024-10-26T23:30:00+02:00", "2024-10-26T00:00:00+03:00",
		"2024-10-27T00:00:00+02:00" },
	/* Back from 0:01 to 23:01: the day has begun when its eve comes again. */
	{ "America/St_Johns", "1d", "0", "2006-10-28T23:30:00-03:30", "2006-10-29T00:00:00-02:30",
		"2006-10-30T00:00:00-03:30" },
	/* Offsets of the grid. */
	{ "UTC", "15m", "5m", "2024-01-01T00:04:00+00:00", "2023-12-31T23:50:00+00:00",
		"2024-01-01T00:05:00+00:00" },
	{ "UTC", "15m", "-10m", "2024-01-01T00:04:00+00:00", "2023-12-31T23:50:00+00:00",
		"2024-01-01T00:05:00+00:00" },
	{ "UTC", "24h", "30h", "2024-01-01T05:00:00+00:00", "2023-12-31T06:00:00+00:00",
		"2024-01-01T06:00:00+00:00" },
	{ "UTC", "1mo", "14d", "2024-03-10T00:00:00+00:00", "2024-02-15T00:00:00+00:00",
		"2024-03-15T00:00:00+00:00" },
	{ "Europe/Berlin", "1d", "6h", "2024-03-31T05:00:00+02:00", "2024-03-30T06:00:00+01:00",
		"2024-03-31T06:00:00+02:00" },
	{ "Europe/Berlin", "1h", "10m", "2024-03-31T03:05:00+02:00", "2024-03-31T01:10:00+01:00",
		"2024-03-31T03:10:00+02:00" },
};

static const struct instant_style style = { .text = true, .separator = 'T', .zone = ':' };

static struct calendar need_calendar(const char *size, const char *offset, struct zone *zone)
{
	struct calendar calendar;
	struct span_size parsed;
	struct span moved;
	struct fault fault;

	assert_true(span_size_parse(slice_of(size), &parsed, &fault));
	assert_true(span_parse(slice_of(offset), SPAN_SIGNED, &moved, &fault));
	calendar_init(&calendar, parsed, moved, zone);
	return calendar;
}

static struct instant need_time(const char *text, struct zone *zone)
{
	struct instant_style ignored;
	struct instant t;
	struct fault fault;

	if (!instant_parse(slice_of(text), zone, &t, &ignored, &fault))
		fail_msg("%s: %s", text, fault.what);
	return t;
}

static void assert_printed(const char *text, struct instant t, struct zone *zone)
{
	char out[INSTANT_MAX + 1];

	out[instant_print(out, t, &style, zone)] = 0;
	assert_string_equal(out, text);
}

static void known_pieces(void **state)
{
	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct zone zone = need_zone(pieces[i].zone);
		struct calendar calendar = need_calendar(pieces[i].size, pieces[i].offset, &zone);
		struct instant start, end;
		assert_true(
			calendar_find(&calendar, need_time(pieces[i].time, &zone), &start, &end));
		assert_printed(pieces[i].start, start, &zone);
		assert_printed(pieces[i].end, end, &zone);
		zone_free(&zone);
	}
}

static void beyond_the_years(void **state)
{
	struct zone zone = zone_fixed(0);
	struct calendar year = need_calendar("1y", "0", &zone),
			thousand = need_calendar("1000y", "0", &zone);
	struct instant start, end;

	(void)state;
	assert_true(calendar_find(&year, instant_first, &start, &end));
	assert_int_equal(instant_compare(start, instant_first), 0);
	assert_false(calendar_find(&year, instant_last, &start, &end));
	assert_true(calendar_find(&year, (struct instant){ 0, 0 }, &start, &end));
	assert_int_equal(end.seconds, 365 * CIVIL_DAY);
	assert_false(calendar_find(&thousand, instant_first, &start, &end));
}

static uint64_t random_bits(void)
{
	static uint64_t seed = 1;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static void assert_same(
	struct calendar fresh, struct instant t, struct instant start, struct instant end)
{
	struct instant start_again, end_again;

	assert_true(calendar_find(&fresh, t, &start_again, &end_again));
	assert_int_equal(instant_compare(start, start_again), 0);
	assert_int_equal(instant_compare(end, end_again), 0);
}

/* start <= t < end, from every time of the piece the same, and no hole between two. */
static void check_piece(struct calendar *calendar, const struct calendar *fresh, struct instant t)
{
	struct instant start, end, next, last;

	assert_true(calendar_find(calendar, t, &start, &end));
	assert_true(instant_compare(start, t) <= 0 && instant_compare(t, end) < 0);
	assert_true(instant_add(end, (struct span){ -1 }, &last));
	assert_same(*fresh, t, start, end);
	assert_same(*fresh, start, start, end);
	assert_same(*fresh, last, start, end);
	assert_true(calendar_find(calendar, end, &next, &last));
	assert_int_equal(instant_compare(next, end), 0);
}

static void pieces_lie_side_by_side(void **state)
{
	static const char *const names[] = {
		"UTC",
		"Europe/Berlin",
		"Australia/Lord_Howe",
		"Pacific/Apia",
		"America/Santiago",
		"America/St_Johns",
		"Africa/Casablanca",
		"Asia/Gaza",
		"Antarctica/Troll",
		"Pacific/Kwajalein",
	};
	static const char *const sizes[] = {
		"7ms",
		"15m",
		"1h",
		"6h",
		"7h",
		"23h30m",
		"24h",
		"30h",
		"1d",
		"3d",
		"1w",
		"1mo",
		"1q",
		"7y",
	};
	static const char *const offsets[] = { "0", "0", "6h", "-90m", "10d", "1ns" };

	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct zone zone = need_zone(names[i]);
		for (int k = 0; k < 3000; k++) {
			const char *size = sizes[random_bits() % (sizeof sizes / sizeof *sizes)];
			struct calendar calendar =
				need_calendar(size, offsets[random_bits() % 6], &zone);
			struct calendar fresh = calendar;
			int64_t seconds = (int64_t)(random_bits() % 8000000000) - 3000000000;
			/* Half of them about a jump, where there is one. */
			zone_offset(&zone, seconds);
			if (k % 2 && zone.period.until < 5000000000)
				seconds = zone.period.until + (int64_t)(random_bits() % 400000) -
					200000;
			check_piece(&calendar, &fresh,
				(struct instant){ seconds, random_bits() % 1000000000 });
		}
		zone_free(&zone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_pieces),
		cmocka_unit_test(beyond_the_years),
		cmocka_unit_test(pieces_lie_side_by_side),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
