/* Ranges and ticks. What is wanted is by hand, for times of zones with Python's zoneinfo. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "picture/axis.h"

#include "../zones.h"

/* All labels, LF as / and a blank between two. */
static const char *labels(const struct axis *a)
{
	static char all[AXIS_TICKS * AXIS_LABEL];
	size_t len = 0;

	for (size_t i = 0; i < a->n; i++)
		len += (size_t)snprintf(
			all + len, sizeof all - len, "%s%s", i ? " " : "", a->tick[i].label);
	for (char *p = all; *p; p++)
		*p = *p == '\n' ? '/' : *p;
	return a->n ? all : "";
}

static const struct {
	double low, high;
	int wanted;
	bool whole;
	double from, to;
	const char *labels;
} numbers[] = {
	{ 0, 10, 5, true, 0, 10, "0 2 4 6 8 10" },
	{ 0.3, 9.7, 5, true, 0, 10, "0 2 4 6 8 10" },
	{ 0.3, 9.7, 5, false, 0.3, 9.7, "2 4 6 8" },
	{ -1, 1, 4, true, -1, 1, "-1.0 -0.5 0.0 0.5 1.0" },
	{ -1234567, 2e6, 4, true, -2e6, 2e6, "-2,000,000 -1,000,000 0 1,000,000 2,000,000" },
	{ 0.001, 0.0042, 4, true, 0.001, 0.005, "0.001 0.002 0.003 0.004 0.005" },
	{ 5, 5, 2, true, 4.5, 5.5, "4.5 5.0 5.5" },
	{ 0, 0, 2, true, -1, 1, "-1 0 1" },
	{ 1e15, 3e15, 2, true, 1e15, 3e15, "1e15 2e15 3e15" },
	{ -1e-9, 1.5e-9, 5, true, -1e-9, 1.5e-9, "-1e-9 -5e-10 0 5e-10 1e-9 1.5e-9" },
	{ 0, 2e12, 2, true, 0, 2e12, "0 1e12 2e12" },
	{ 1000, 1000.000004, 2, true, 1000, 1000.000004, "1,000.000000 1,000.000002 1,000.000004" },
};

static void numbers_have_round_ticks(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct axis a;
		axis_linear(
			&a, numbers[i].low, numbers[i].high, numbers[i].wanted, numbers[i].whole);
		assert_string_equal(labels(&a), numbers[i].labels);
		assert_true(a.low == numbers[i].from && a.high == numbers[i].to);
	}
}

/* Neither an endless loop nor an empty range, wherever the numbers are. */
static void extremes_have_an_axis(void **state)
{
	static const double value[] = { -1e300, -1e17, -1e17 - 16, -1, -1e-300, -5e-324, 0, 5e-324,
		1e-300, 1e-9, 1, 1 + 1e-15, 1e17, 1e17 + 16, 1e300 };
	enum { N = sizeof value / sizeof *value };

	(void)state;
	for (int i = 0; i < N; i++)
		for (int k = i; k < N; k++)
			for (int whole = 0; whole < 2; whole++) {
				struct axis a;
				axis_linear(&a, value[i], value[k], 7, whole);
				assert_true(a.low < a.high && a.n >= 1);
				assert_true(a.low <= value[i] && a.high >= value[k]);
				if (value[i] < 1e-300)
					continue;
				axis_log(&a, value[i], value[k], 7);
				assert_true(a.low < a.high && a.n >= 2);
				assert_true(a.low <= value[i] && a.high >= value[k]);
			}
}

static void logarithms_have_decades(void **state)
{
	struct axis a;

	(void)state;
	axis_log(&a, 0.02, 3000, 8);
	assert_string_equal(labels(&a), "0.01 0.1 1 10 100 1,000 10,000");
	axis_log(&a, 3, 40, 8);
	assert_string_equal(labels(&a), "2 5 10 20 50");
	axis_log(&a, 1, 1e12, 4);
	assert_true(a.n <= 6 && a.low <= 1 && a.high >= 1e12);
	axis_log(&a, 10, 10, 5);
	assert_true(a.low <= 10 && a.high >= 10 && a.low < a.high);
}

static const struct {
	const char *zone;
	double low, high;
	int room;
	const char *labels;
} times[] = {
	{ "UTC", 1704067200, 1704067260, 72,
		"00:00:00/1 Jan 2024 00:00:10 00:00:20 00:00:30 00:00:40 00:00:50 00:01:00" },
	{ "UTC", 0.25, 0.35, 40, "00:00:00.250/1 Jan 1970 00:00:00.300 00:00:00.350" },
	{ "UTC", -1, 86401, 45, "00:00/1 Jan 1970 06:00 12:00 18:00 00:00/2 Jan 1970" },
	/* In Berlin the clocks jump at 01:00 UTC, from 2 to 3; then from 3 to 2. */
	{ "Europe/Berlin", 1711839600, 1711854000, 45,
		"00:00/31 Mar 2024 01:00 03:00 04:00 05:00" },
	{ "Europe/Berlin", 1729980000, 1729994400, 45,
		"00:00/27 Oct 2024 01:00 02:00 02:00 03:00" },
	/* Two hours are counted from midnight in spite of that, and no hour comes twice. */
	{ "Europe/Berlin", 1711839600, 1711861200, 45, "00:00/31 Mar 2024 04:00 06:00" },
	{ "Europe/Berlin", 1729980000, 1730001600, 45, "00:00/27 Oct 2024 02:00 04:00" },
	/* Two dates side by side would run into each other. */
	{ "UTC", 1704063600, 1704074400, 45, "23:00 00:00/1 Jan 2024 01:00 02:00" },
	{ "UTC", 1704067200, 1704067200, 45, "23:59:30 00:00:00/1 Jan 2024 00:00:30" },
	/* Mondays. */
	{ "UTC", 1704067200, 1706745600, 50, "1 Jan/2024 8 Jan 15 Jan 22 Jan 29 Jan" },
	{ "Asia/Kathmandu", 1704067200, 1735689600, 50, "Mar/2024 May Jul Sep Nov Jan/2025" },
	{ "UTC", -62135596800, 253402300799, 45, "2000 4000 6000 8000" },
};

static void times_have_places_in_the_calendar(void **state)
{
	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct zone zone = need_zone(times[i].zone);
		struct axis a;
		axis_time(&a, times[i].low, times[i].high, times[i].room, &zone);
		assert_string_equal(labels(&a), times[i].labels);
		zone_free(&zone);
	}
}

static void a_time_needs_a_unit(void **state)
{
	struct zone utc = zone_fixed(0);

	(void)state;
	assert_int_equal(axis_unit_of(1704067200, &utc), AXIS_YEAR);
	assert_int_equal(axis_unit_of(1706745600, &utc), AXIS_MONTH);
	assert_int_equal(axis_unit_of(1704153600, &utc), AXIS_DAY);
	assert_int_equal(axis_unit_of(1704067260, &utc), AXIS_MINUTE);
	assert_int_equal(axis_unit_of(1704067201, &utc), AXIS_SECOND);
	assert_int_equal(axis_unit_of(1704067200.5, &utc), AXIS_MILLI);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_have_round_ticks),
		cmocka_unit_test(extremes_have_an_axis),
		cmocka_unit_test(logarithms_have_decades),
		cmocka_unit_test(times_have_places_in_the_calendar),
		cmocka_unit_test(a_time_needs_a_unit),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
