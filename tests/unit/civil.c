/* Days and clocks. Expected values are those of Python's datetime; it has no year 0 and none below,
 * so these were taken from the year some multiples of 400 later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "time/civil.h"

static const struct {
	int year, month, day;
	int64_t days;
	int weekday, yearday, week;
} dates[] = {
	{ -9999, 1, 1, -4371587, 1, 1, 1 },
	{ -4713, 11, 24, -2440588, 1, 328, 48 },
	{ -400, 2, 29, -865566, 2, 60, 9 },
	{ -100, 2, 28, -755994, 3, 59, 9 },
	{ -100, 3, 1, -755993, 4, 60, 9 },
	{ -4, 2, 29, -720930, 4, 60, 9 },
	{ -1, 12, 31, -719529, 5, 365, 52 },
	{ 0, 1, 1, -719528, 6, 1, 52 },
	{ 0, 2, 29, -719469, 2, 60, 9 },
	{ 0, 12, 31, -719163, 7, 366, 52 },
	{ 1, 1, 1, -719162, 1, 1, 1 },
	{ 4, 2, 29, -718008, 7, 60, 9 },
	{ 100, 3, 1, -682944, 1, 60, 9 },
	{ 1582, 10, 15, -141427, 5, 288, 41 },
	{ 1600, 2, 29, -135081, 2, 60, 9 },
	{ 1899, 12, 31, -25568, 7, 365, 52 },
	{ 1900, 2, 28, -25509, 3, 59, 9 },
	{ 1900, 3, 1, -25508, 4, 60, 9 },
	{ 1969, 12, 28, -4, 7, 362, 52 },
	{ 1969, 12, 29, -3, 1, 363, 1 },
	{ 1969, 12, 31, -1, 3, 365, 1 },
	{ 1970, 1, 1, 0, 4, 1, 1 },
	{ 1999, 12, 31, 10956, 5, 365, 52 },
	{ 2000, 2, 29, 11016, 2, 60, 9 },
	{ 2000, 12, 31, 11322, 7, 366, 52 },
	{ 2004, 12, 31, 12783, 5, 366, 53 },
	{ 2005, 1, 1, 12784, 6, 1, 53 },
	{ 2005, 1, 2, 12785, 7, 2, 53 },
	{ 2008, 12, 29, 14242, 1, 364, 1 },
	{ 2010, 1, 3, 14612, 7, 3, 53 },
	{ 2016, 1, 1, 16801, 5, 1, 53 },
	{ 2020, 12, 31, 18627, 4, 366, 53 },
	{ 2021, 1, 3, 18630, 7, 3, 53 },
	{ 2024, 2, 29, 19782, 4, 60, 9 },
	{ 2024, 12, 30, 20087, 1, 365, 1 },
	{ 2024, 12, 31, 20088, 2, 366, 1 },
	{ 2100, 2, 28, 47540, 7, 59, 8 },
	{ 2100, 3, 1, 47541, 1, 60, 9 },
	{ 2400, 2, 29, 157113, 2, 60, 9 },
	{ 9999, 12, 31, 2932896, 5, 365, 52 },
};

static void known_dates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		struct civil c = { dates[i].year, dates[i].month, dates[i].day, 0, 0, 0 };
		assert_int_equal(civil_days(c.year, c.month, c.day), dates[i].days);
		assert_int_equal(civil_weekday(&c), dates[i].weekday);
		assert_int_equal(civil_yearday(&c), dates[i].yearday);
		assert_int_equal(civil_week(&c), dates[i].week);
	}
}

static void days_follow_each_other(void **state)
{
	int64_t days = civil_days(-9999, 1, 1);

	(void)state;
	for (int year = -9999; year <= 9999; year++)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= civil_month_days(year, month); day++, days++) {
				struct civil c = civil_of(days * CIVIL_DAY + CIVIL_DAY - 1);
				if (civil_days(year, month, day) != days || c.year != year ||
					c.month != month || c.day != day || c.hour != 23 ||
					c.minute != 59 || c.second != 59)
					fail_msg("%d-%02d-%02d", year, month, day);
			}
	assert_int_equal(days, civil_days(10000, 1, 1));
}

static void seconds_before_1970_round_down(void **state)
{
	struct civil c = civil_of(-1);

	(void)state;
	assert_int_equal(c.year, 1969);
	assert_int_equal(c.second, 59);
	assert_int_equal(civil_seconds(&c), -1);
}

static void months_have_their_lengths(void **state)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	(void)state;
	for (int month = 1; month <= 12; month++)
		assert_int_equal(civil_month_days(2023, month), lengths[month - 1]);
	assert_int_equal(civil_month_days(1900, 2), 28);
	assert_int_equal(civil_month_days(2000, 2), 29);
	assert_int_equal(civil_month_days(2100, 2), 28);
	assert_int_equal(civil_month_days(0, 2), 29);
	assert_int_equal(civil_month_days(-1, 2), 28);
	assert_int_equal(civil_month_days(-4, 2), 29);
}

static void what_exists(void **state)
{
	(void)state;
	assert_true(civil_has_date(&(struct civil){ 2024, 2, 29, 0, 0, 0 }));
	assert_false(civil_has_date(&(struct civil){ 2023, 2, 29, 0, 0, 0 }));
	assert_false(civil_has_date(&(struct civil){ 2024, 0, 1, 0, 0, 0 }));
	assert_false(civil_has_date(&(struct civil){ 2024, 13, 1, 0, 0, 0 }));
	assert_false(civil_has_date(&(struct civil){ 2024, 4, 31, 0, 0, 0 }));
	assert_false(civil_has_date(&(struct civil){ 2024, 4, 0, 0, 0, 0 }));
	assert_true(civil_has_clock(&(struct civil){ 2024, 1, 1, 23, 59, 59 }));
	assert_false(civil_has_clock(&(struct civil){ 2024, 1, 1, 24, 0, 0 }));
	assert_false(civil_has_clock(&(struct civil){ 2024, 1, 1, 0, 60, 0 }));
	assert_false(civil_has_clock(&(struct civil){ 2024, 1, 1, 23, 59, 60 }));
}

static void quarters(void **state)
{
	(void)state;
	assert_int_equal(civil_quarter(&(struct civil){ .month = 1 }), 1);
	assert_int_equal(civil_quarter(&(struct civil){ .month = 3 }), 1);
	assert_int_equal(civil_quarter(&(struct civil){ .month = 4 }), 2);
	assert_int_equal(civil_quarter(&(struct civil){ .month = 12 }), 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_dates),
		cmocka_unit_test(days_follow_each_other),
		cmocka_unit_test(seconds_before_1970_round_down),
		cmocka_unit_test(months_have_their_lengths),
		cmocka_unit_test(what_exists),
		cmocka_unit_test(quarters),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
