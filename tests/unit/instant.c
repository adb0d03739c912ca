/* Instants. Expected values are those of Python's datetime, or by hand from the day numbers of
 * years that it does not have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdlib.h>

#include "time/instant.h"

#include "../zones.h"

static struct instant parse(const char *text, struct zone *zone, struct instant_style *style)
{
	struct instant t;
	struct fault fault;

	if (!instant_parse(slice_of(text), zone, &t, style, &fault))
		fail_msg("'%s': %s at %zu", text, fault.what, fault.at);
	return t;
}

static void assert_printed(
	const char *text, struct instant t, const struct instant_style *style, struct zone *zone)
{
	char out[INSTANT_MAX + 1];

	out[instant_print(out, t, style, zone)] = 0;
	assert_string_equal(out, text);
}

static const struct {
	const char *text;
	int64_t seconds;
	uint32_t nanos;
} texts[] = {
	{ "1970-01-01T00:00:00Z", 0, 0 },
	{ "2016-01-01T05:00:00Z", 1451624400, 0 },
	{ "2016-01-01t05:00:00z", 1451624400, 0 },
	{ "2016-01-01 05:00:00", 1451624400, 0 },
	{ "2016-01-01", 1451606400, 0 },
	{ "2006-12-16T17:24:00Z", 1166289840, 0 },
	{ "2016-02-29T12:34:56Z", 1456749296, 0 },
	{ "2016-02-29T12:34:56.5Z", 1456749296, 500000000 },
	{ "2016-02-29T12:34:56.000000001Z", 1456749296, 1 },
	{ "2016-02-29 12:34:56.123456789+00:00", 1456749296, 123456789 },
	{ "2024-05-01T12:34:56-03:30", 1714579496, 0 },
	{ "2024-05-01T12:34:56+14:00", 1714516496, 0 },
	{ "2024-05-01T12:34:56+1400", 1714516496, 0 },
	{ "2024-05-01T12:34:56+14", 1714516496, 0 },
	{ "2024-05-01T12:34:56.25+14:00:01", 1714516495, 250000000 },
	{ "1969-12-31T23:59:59.75Z", -1, 750000000 },
	{ "1900-02-28T23:59:59Z", -2203891201, 0 },
	{ "0001-01-01T00:00:00Z", -62135596800, 0 },
	{ "0000-02-29T00:00:00Z", -719469 * INT64_C(86400), 0 },
	{ "-0001-12-31T23:59:59Z", -719528 * INT64_C(86400) - 1, 0 },
	{ "-9999-01-01T00:00:00Z", -377705116800, 0 },
	{ "9999-12-31T23:59:59.999999999Z", 253402300799, 999999999 },
	/* Leap seconds */
	{ "2016-12-31T23:59:60Z", 1483228800, 0 },
	{ "2016-12-31T23:59:60.5Z", 1483228800, 500000000 },
	{ "2017-01-01T00:59:60+01:00", 1483228800, 0 },
	{ "2016-12-31T15:59:60-08:00", 1483228800, 0 },
};

static void texts_are_read_and_printed_alike(void **state)
{
	struct zone utc = zone_fixed(0);
	struct instant_style style;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct instant t = parse(texts[i].text, &utc, &style);
		if (t.seconds != texts[i].seconds || t.nanos != texts[i].nanos)
			fail_msg("%s", texts[i].text);
		if (!strstr(texts[i].text, ":60"))
			assert_printed(texts[i].text, t, &style, &utc);
	}
}

static const struct {
	const char *text;
	size_t at;
} refused[] = {
	{ "", 0 },
	{ "2016", 4 },
	{ "2016-01-1", 9 },
	{ "16-01-01", 2 },
	{ "2016/01/01", 4 },
	{ "2016-01-01T", 11 },
	{ "2016-01-01T05:00", 16 },
	{ "2016-01-01T05:00:0", 18 },
	{ "2016-01-01_05:00:00", 10 },
	{ "2016-01-01T05.00:00", 13 },
	{ "2016-01-01T05:00-00", 16 },
	{ "2016-01-01T0x:00:00", 12 },
	{ "2016-01-01T05:00:00.", 20 },
	{ "2016-01-01T05:00:00.Z", 20 },
	{ "2016-01-01T05:00:00,5", 19 },
	{ "2016-01-01T05:00:00 Z", 19 },
	{ "2016-01-01T05:00:00ZZ", 20 },
	{ "2016-01-01T05:00:00+", 19 },
	{ "2016-01-01T05:00:00+5", 19 },
	{ "2016-01-01T05:00:00+05:", 22 },
	{ "2016-01-01T05:00:00+24:00", 19 },
	{ "2016-01-01T05:00:00+05:60", 22 },
	{ "2016-01-01Z", 10 },
	{ " 2016-01-01", 0 },
	{ "+2016-01-01", 0 },
	{ "12016-01-01", 4 },
	{ "-2016", 5 },
	{ "-0000-01-01", 1 },
	{ "2023-02-29", 0 },
	{ "2024-02-30", 0 },
	{ "1900-02-29", 0 },
	{ "2100-02-29T00:00:00Z", 0 },
	{ "-0001-02-29", 1 },
	{ "2024-13-01", 0 },
	{ "2024-00-01", 0 },
	{ "2024-04-31", 0 },
	{ "2024-04-00", 0 },
	{ "2024-04-01T24:00:00Z", 11 },
	{ "2024-04-01T25:00:00Z", 11 },
	{ "2024-04-01T00:60:00Z", 11 },
	{ "2024-04-01T00:00:61Z", 11 },
	{ "2024-04-01T12:00:60Z", 0 },
	{ "2024-04-01T23:59:60+01:00", 0 },
	{ "9999-12-31T23:59:59-00:01", 0 },
	{ "9999-12-31T23:59:60Z", 0 },
	{ "-9999-01-01T00:00:00+00:01", 0 },
};

static void bad_texts_are_refused(void **state)
{
	struct zone utc = zone_fixed(0);
	struct instant t;
	struct instant_style style;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		/* Its own piece of memory, so that a read beyond is seen. */
		size_t n = strlen(refused[i].text);
		char *copy = malloc(n + 1);
		memcpy(copy, refused[i].text, n);
		if (instant_parse((struct slice){ copy, n }, &utc, &t, &style, &fault))
			fail_msg("'%s' was read", refused[i].text);
		if (fault.at != refused[i].at)
			fail_msg("'%s': %s at %zu", refused[i].text, fault.what, fault.at);
		free(copy);
	}
	assert_false(instant_parse(SLICE("2016-01-01\0"), &utc, &t, &style, &fault));
}

static void texts_without_a_zone(void **state)
{
	static const struct {
		const char *text, *printed;
		int64_t seconds;
	} local[] = {
		{ "2024-03-31 01:59:59", "2024-03-31 01:59:59", 1711846799 },
		{ "2024-03-31 02:30:00", "2024-03-31 03:30:00", 1711848600 },
		{ "2024-03-31", "2024-03-31", 1711839600 },
		{ "2024-10-27T02:30:00", "2024-10-27T02:30:00+02:00", 1729989000 },
		{ "2024-10-27T02:30:00+01:00", "2024-10-27T02:30:00+01:00", 1729992600 },
		{ "2024-10-27T03:00:00", "2024-10-27T03:00:00", 1729994400 },
		{ "2017-01-01 00:59:60", "2017-01-01 01:00:00", 1483228800 },
		/* An offset follows the zone, Z stays. */
		{ "2024-07-01T12:00:00+05:30", "2024-07-01T08:30:00+02:00", 1719815400 },
		{ "2024-01-01T12:00:00-0800", "2024-01-01T21:00:00+0100", 1704139200 },
		{ "2024-01-01T12:00:00Z", "2024-01-01T12:00:00Z", 1704110400 },
		{ "1850-01-01T00:00:00+00", "1850-01-01T00:53:28+00:53:28", -3786825600 },
		/* A year that could not be read again. */
		{ "9999-12-31T23:30:00Z", "9999-12-31T23:30:00Z", 253402299000 },
		{ "9999-12-31T23:30:00+00:00", "9999-12-31T23:30:00+00:00", 253402299000 },
	};
	struct zone berlin;
	struct instant_style style;

	(void)state;
	if (no_zones())
		return;
	berlin = need_zone("Europe/Berlin");
	for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
		struct instant t = parse(local[i].text, &berlin, &style);
		if (t.seconds != local[i].seconds)
			fail_msg("%s", local[i].text);
		assert_printed(local[i].printed, t, &style, &berlin);
	}
	style = (struct instant_style){ .text = true, .separator = ' ' };
	assert_printed(
		"2024-10-27 02:30:00+01:00", (struct instant){ 1729992600, 0 }, &style, &berlin);
	assert_printed(
		"9999-12-31 23:30:00+00:00", (struct instant){ 253402299000, 0 }, &style, &berlin);
	style.separator = 0;
	assert_printed("2024-07-01T02:00:00", (struct instant){ 1719792000, 0 }, &style, &berlin);
	assert_printed("2024-07-01", (struct instant){ 1719784800, 0 }, &style, &berlin);
	zone_free(&berlin);
}

static const struct {
	const char *number;
	enum instant_unit unit;
	int64_t seconds;
	uint32_t nanos;
	const char *printed; /* NULL: the same */
} numbers[] = {
	{ "0", INSTANT_SECONDS, 0, 0, NULL },
	{ "1451624400", INSTANT_SECONDS, 1451624400, 0, NULL },
	{ "1451624400.25", INSTANT_SECONDS, 1451624400, 250000000, NULL },
	{ "1451624400.000000001", INSTANT_SECONDS, 1451624400, 1, NULL },
	{ "1451624400.0000000019", INSTANT_SECONDS, 1451624400, 1, "1451624400.000000001" },
	{ "1451624400.50", INSTANT_SECONDS, 1451624400, 500000000, "1451624400.5" },
	{ "1.4516244E9", INSTANT_SECONDS, 1451624400, 0, "1451624400" },
	{ "-1.5", INSTANT_SECONDS, -2, 500000000, NULL },
	{ "-0.0000000001", INSTANT_SECONDS, -1, 999999999, "-1e-9" },
	{ "0.0000000001", INSTANT_SECONDS, 0, 0, "0" },
	{ "1e-9", INSTANT_SECONDS, 0, 1, NULL },
	{ "1e-400", INSTANT_SECONDS, 0, 0, "0" },
	{ "-1e-4000000", INSTANT_SECONDS, -1, 999999999, "-1e-9" },
	/* More digits than fit 64 bits. */
	{ "1451624400.123456789012345678901234567890", INSTANT_SECONDS, 1451624400, 123456789,
		"1451624400.123456789" },
	{ "-1451624400.1234567890000000000000000000000000000001", INSTANT_SECONDS, -1451624401,
		876543210, "-1451624400.12345679" },
	{ "-1451624400.1234567890000000000000000000000000000000", INSTANT_SECONDS, -1451624401,
		876543211, "-1451624400.123456789" },
	{ "0.00000000000000000000000000000000000001451624400e47", INSTANT_SECONDS, 1451624400, 0,
		"1451624400" },
	{ "145162440000000000000000000000000000000000000000e-38", INSTANT_SECONDS, 1451624400, 0,
		"1451624400" },
	/* The borders, on both sides. */
	{ "99999999999", INSTANT_SECONDS, 99999999999, 0, NULL },
	{ "99999999999.999999999", INSTANT_SECONDS, 99999999999, 999999999, NULL },
	{ "100000000000", INSTANT_MILLIS, 100000000, 0, NULL },
	{ "-99999999999", INSTANT_SECONDS, -99999999999, 0, NULL },
	{ "-100000000000", INSTANT_MILLIS, -100000000, 0, NULL },
	{ "1e11", INSTANT_MILLIS, 100000000, 0, "100000000000" },
	{ "99999999999999", INSTANT_MILLIS, 99999999999, 999000000, NULL },
	{ "99999999999999.999999", INSTANT_MILLIS, 99999999999, 999999999, NULL },
	{ "100000000000000", INSTANT_MICROS, 100000000, 0, NULL },
	{ "99999999999999999", INSTANT_MICROS, 99999999999, 999999000, NULL },
	{ "99999999999999999.999", INSTANT_MICROS, 99999999999, 999999999, NULL },
	{ "100000000000000000", INSTANT_NANOS, 100000000, 0, NULL },
	{ "1451624400123", INSTANT_MILLIS, 1451624400, 123000000, NULL },
	{ "1451624400123456", INSTANT_MICROS, 1451624400, 123456000, NULL },
	{ "1451624400123456789", INSTANT_NANOS, 1451624400, 123456789, NULL },
	{ "1451624400123456789.9", INSTANT_NANOS, 1451624400, 123456789, "1451624400123456789" },
	{ "-1451624400123456789.9", INSTANT_NANOS, -1451624401, 876543210, "-1451624400123456790" },
	{ "253402300799999999999", INSTANT_NANOS, 253402300799, 999999999, NULL },
	{ "-377705116800000000000", INSTANT_NANOS, -377705116800, 0, NULL },
};

static void numbers_are_read_and_printed_alike(void **state)
{
	struct zone utc = zone_fixed(0);

	(void)state;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		struct instant_scale scale = { 0 };
		struct instant t;
		struct fault fault;
		const char *number = numbers[i].number;
		if (!instant_of_number(slice_of(number), &scale, &t, &fault))
			fail_msg("%s: %s", number, fault.what);
		if (t.seconds != numbers[i].seconds || t.nanos != numbers[i].nanos ||
			scale.unit != numbers[i].unit)
			fail_msg("%s", number);
		assert_printed(numbers[i].printed ? numbers[i].printed : number, t,
			&(struct instant_style){ .unit = scale.unit }, &utc);
	}
}

static void the_first_number_decides(void **state)
{
	struct instant_scale scale = { 0 };
	struct instant t;
	struct fault fault;

	(void)state;
	/* What is no time decides nothing. */
	assert_false(instant_of_number(SLICE("1e21"), &scale, &t, &fault));
	assert_false(scale.known);
	assert_true(instant_of_number(SLICE("1451624400123"), &scale, &t, &fault));
	assert_true(instant_of_number(SLICE("1451624400124"), &scale, &t, &fault));
	assert_false(instant_of_number(SLICE("1451624400"), &scale, &t, &fault));
	assert_string_equal(fault.what, "a time of another magnitude than the first");
	assert_false(instant_of_decimal((struct decimal){ 145162440, 10 }, &scale, &t, &fault));
	assert_true(instant_of_decimal((struct decimal){ 1451624400, 3 }, &scale, &t, &fault));
	assert_int_equal(t.seconds, 1451624400);
}

static void a_unit_that_is_given(void **state)
{
	struct instant_scale scale = { .unit = INSTANT_MILLIS, .given = true };
	struct zone utc = zone_fixed(0);
	struct instant t;
	struct fault fault;

	(void)state;
	assert_true(instant_of_number(SLICE("0"), &scale, &t, &fault));
	assert_true(instant_of_number(SLICE("1451624400123"), &scale, &t, &fault));
	assert_int_equal(t.seconds, 1451624400);
	assert_true(instant_of_number(SLICE("12.5"), &scale, &t, &fault));
	assert_int_equal(t.seconds, 0);
	assert_int_equal(t.nanos, 12500000);
	assert_printed("12.5", t, &(struct instant_style){ .unit = INSTANT_MILLIS }, &utc);
	scale.unit = INSTANT_SECONDS;
	assert_true(instant_of_number(SLICE("253402300799.999999999"), &scale, &t, &fault));
	assert_printed("253402300799.999999999", t, &(struct instant_style){ 0 }, &utc);
	assert_true(instant_of_number(SLICE("-377705116799.25"), &scale, &t, &fault));
	assert_printed("-377705116799.25", t, &(struct instant_style){ 0 }, &utc);
	assert_printed(
		"-377705116799250", t, &(struct instant_style){ .unit = INSTANT_MILLIS }, &utc);
}

static void numbers_beyond_the_years(void **state)
{
	static const char *const beyond[] = {
		"253402300800000000000",
		"-377705116800000000001",
		"1e21",
		"1e99",
		"-1e400",
		"1e999999999999",
		"123456789012345678901234567890123456789012345678901234567890",
	};

	(void)state;
	for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++) {
		struct instant_scale scale = { 0 };
		struct instant t;
		struct fault fault;
		if (instant_of_number(slice_of(beyond[i]), &scale, &t, &fault))
			fail_msg("%s", beyond[i]);
		assert_string_equal(fault.what, "a time beyond the years -9999 to 9999");
	}
}

static void arithmetic(void **state)
{
	struct instant a = { -1, 750000000 }, b = { 1, 0 }, sum;

	(void)state;
	assert_true(instant_compare(a, b) < 0);
	assert_true(instant_compare(b, a) > 0);
	assert_int_equal(instant_compare(a, a), 0);
	assert_true(instant_compare(a, (struct instant){ -1, 750000001 }) < 0);
	assert_true(instant_nanos(b) - instant_nanos(a) == 1250000000);
	assert_true(instant_add(a, (struct span){ 1250000000 }, &sum));
	assert_int_equal(instant_compare(sum, b), 0);
	assert_true(instant_add(b, (struct span){ -1250000000 }, &sum));
	assert_int_equal(instant_compare(sum, a), 0);
	assert_false(instant_add(instant_last, (struct span){ 1 }, &sum));
	assert_false(instant_add(instant_first, (struct span){ -1 }, &sum));
	assert_false(instant_add(instant_last, (struct span){ INT64_MAX }, &sum));
	assert_true(instant_add(instant_first, (struct span){ INT64_MAX }, &sum));
	assert_true(instant_of_nanos(instant_nanos(instant_first), &sum));
	assert_int_equal(instant_compare(sum, instant_first), 0);
}

static void clocks(void **state)
{
	struct zone kathmandu;
	struct instant t, back;
	struct instant_style style;
	struct fault fault;
	struct civil c;

	(void)state;
	if (no_zones())
		return;
	kathmandu = need_zone("Asia/Kathmandu");
	t = parse("2024-12-30T20:00:01Z", &kathmandu, &style);
	c = instant_civil(t, &kathmandu);
	assert_int_equal(c.year, 2024);
	assert_int_equal(c.month, 12);
	assert_int_equal(c.day, 31);
	assert_int_equal(c.hour, 1);
	assert_int_equal(c.minute, 45);
	assert_int_equal(c.second, 1);
	assert_true(instant_of_civil(&c, 7, &kathmandu, &back, &fault));
	assert_int_equal(back.seconds, t.seconds);
	assert_int_equal(back.nanos, 7);
	zone_free(&kathmandu);
}

static uint64_t random_bits(void)
{
	static uint64_t seed = 1;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static struct instant random_instant(void)
{
	int64_t year = INT64_C(31557600);
	uint64_t bits = random_bits();

	return (struct instant){
		bits & 1 ? (int64_t)(random_bits() % (400 * (uint64_t)year)) - 200 * year :
			   instant_first.seconds +
				(int64_t)(random_bits() %
					(uint64_t)(instant_last.seconds - instant_first.seconds)),
		bits & 6 ? (uint32_t)(random_bits() % 1000000000) : 0,
	};
}

static void check_round_trip(struct instant t, const struct instant_style *style, struct zone *zone)
{
	char out[INSTANT_MAX];
	struct slice text = { out, instant_print(out, t, style, zone) };
	struct instant_scale scale = { .unit = style->unit, .given = true };
	struct instant_style again;
	struct instant back;
	struct fault fault;
	bool good = style->text ? instant_parse(text, zone, &back, &again, &fault) :
				  instant_of_number(text, &scale, &back, &fault);

	if (!good || instant_compare(back, t) != 0)
		fail_msg(
			"%lld.%09u as %.*s", (long long)t.seconds, t.nanos, (int)text.len, text.at);
}

static void what_is_printed_reads_back(void **state)
{
	static const char *const names[] = {
		"UTC",
		"+05:30",
		"Europe/Berlin",
		"Australia/Lord_Howe",
		"Africa/Casablanca",
		"America/St_Johns",
		"Pacific/Apia",
		"Asia/Kathmandu",
	};
	static const char separators[] = { 'T', 't', ' ', 0 },
			  zones[] = { 0, 'Z', 'z', ':', '+', 'h' };
	static const int32_t offsets[] = { 0, 7200, -12600, 3208, -86399 };

	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct zone zone = need_zone(names[i]);
		for (int k = 0; k < 20000; k++) {
			struct instant_style style = {
				.text = random_bits() % 8,
				.unit = random_bits() % 4,
				.separator = separators[random_bits() % sizeof separators],
				.zone = zones[random_bits() % sizeof zones],
				.offset = offsets[random_bits() % 5],
			};
			check_round_trip(random_instant(), &style, &zone);
		}
		zone_free(&zone);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_read_and_printed_alike),
		cmocka_unit_test(bad_texts_are_refused),
		cmocka_unit_test(texts_without_a_zone),
		cmocka_unit_test(numbers_are_read_and_printed_alike),
		cmocka_unit_test(the_first_number_decides),
		cmocka_unit_test(a_unit_that_is_given),
		cmocka_unit_test(numbers_beyond_the_years),
		cmocka_unit_test(arithmetic),
		cmocka_unit_test(clocks),
		cmocka_unit_test(what_is_printed_reads_back),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
