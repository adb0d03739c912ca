/* Zones. Expected values are those of Python's zoneinfo; the small files are made here, byte by
 * byte, as RFC 9636 has it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "time/civil.h"
#include "time/tzdata.h"
#include "time/zone.h"

#include "../zones.h"

static int64_t seconds_of(const char *text)
{
	struct civil c;

	assert_int_equal(sscanf(text, "%d-%d-%d %d:%d:%d", &c.year, &c.month, &c.day, &c.hour,
				 &c.minute, &c.second),
		6);
	return civil_seconds(&c);
}

static const struct {
	const char *zone, *local, *utc;
} readings[] = {
	{ "Europe/Berlin", "2024-01-15 12:00:00", "2024-01-15 11:00:00" },
	{ "Europe/Berlin", "2024-07-15 12:00:00", "2024-07-15 10:00:00" },
	{ "Europe/Berlin", "2024-03-31 01:59:59", "2024-03-31 00:59:59" },
	{ "Europe/Berlin", "2024-03-31 02:00:00", "2024-03-31 01:00:00" },
	{ "Europe/Berlin", "2024-03-31 02:30:00", "2024-03-31 01:30:00" },
	{ "Europe/Berlin", "2024-03-31 03:00:00", "2024-03-31 01:00:00" },
	{ "Europe/Berlin", "2024-10-27 01:59:59", "2024-10-26 23:59:59" },
	{ "Europe/Berlin", "2024-10-27 02:30:00", "2024-10-27 00:30:00" },
	{ "Europe/Berlin", "2024-10-27 03:00:00", "2024-10-27 02:00:00" },
	{ "Europe/Berlin", "1800-06-01 12:00:00", "1800-06-01 11:06:32" },
	{ "Europe/Berlin", "2300-07-01 12:00:00", "2300-07-01 10:00:00" },
	{ "Europe/Berlin", "2300-12-01 12:00:00", "2300-12-01 11:00:00" },
	{ "Europe/Berlin", "9998-07-01 12:00:00", "9998-07-01 10:00:00" },
	{ "Australia/Lord_Howe", "2024-04-07 01:45:00", "2024-04-06 14:45:00" },
	{ "Australia/Lord_Howe", "2024-10-06 02:15:00", "2024-10-05 15:45:00" },
	{ "Australia/Lord_Howe", "2024-12-01 00:00:00", "2024-11-30 13:00:00" },
	{ "Asia/Kolkata", "2024-05-05 05:30:00", "2024-05-05 00:00:00" },
	{ "Asia/Kathmandu", "2024-05-05 05:45:00", "2024-05-05 00:00:00" },
	{ "Africa/Casablanca", "2024-03-10 02:30:00", "2024-03-10 01:30:00" },
	{ "Africa/Casablanca", "2024-04-01 12:00:00", "2024-04-01 12:00:00" },
	{ "Africa/Casablanca", "2024-04-14 02:30:00", "2024-04-14 02:30:00" },
	{ "Pacific/Apia", "2011-12-29 23:59:59", "2011-12-30 09:59:59" },
	{ "Pacific/Apia", "2011-12-30 12:00:00", "2011-12-30 22:00:00" },
	{ "Pacific/Apia", "2011-12-31 00:00:00", "2011-12-30 10:00:00" },
	{ "America/Santiago", "2024-04-06 23:30:00", "2024-04-07 02:30:00" },
	{ "America/Santiago", "2024-09-08 00:00:00", "2024-09-08 04:00:00" },
	{ "America/Santiago", "2024-09-08 00:30:00", "2024-09-08 04:30:00" },
	{ "Asia/Beirut", "2024-03-31 00:30:00", "2024-03-30 22:30:00" },
	{ "Asia/Beirut", "2024-10-26 23:30:00", "2024-10-26 20:30:00" },
	{ "America/St_Johns", "2006-10-29 00:00:30", "2006-10-29 02:30:30" },
	{ "America/New_York", "2007-03-11 02:30:00", "2007-03-11 07:30:00" },
	{ "America/New_York", "2060-03-14 02:30:00", "2060-03-14 07:30:00" },
	{ "Europe/Dublin", "2050-01-01 00:00:00", "2050-01-01 00:00:00" },
	{ "Antarctica/Troll", "2024-07-01 00:00:00", "2024-06-30 22:00:00" },
	{ "Asia/Tokyo", "2040-01-01 00:00:00", "2039-12-31 15:00:00" },
};

static void local_times(void **state)
{
	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		struct zone zone = need_zone(readings[i].zone);
		if (zone_utc(&zone, seconds_of(readings[i].local)) != seconds_of(readings[i].utc))
			fail_msg("%s %s", readings[i].zone, readings[i].local);
		zone_free(&zone);
	}
}

static void a_gap_is_reached_at_the_jump(void **state)
{
	struct zone berlin, santiago;

	(void)state;
	if (no_zones())
		return;
	berlin = need_zone("Europe/Berlin");
	santiago = need_zone("America/Santiago");
	assert_int_equal(zone_reach(&berlin, seconds_of("2024-03-31 02:30:00")),
		seconds_of("2024-03-31 01:00:00"));
	assert_int_equal(zone_reach(&berlin, seconds_of("2024-10-27 02:30:00")),
		seconds_of("2024-10-27 00:30:00"));
	assert_int_equal(zone_reach(&santiago, seconds_of("2024-09-08 00:30:00")),
		seconds_of("2024-09-08 04:00:00"));
	zone_free(&berlin);
	zone_free(&santiago);
}

static void times_that_come_twice(void **state)
{
	struct zone berlin;
	static const struct {
		const char *utc;
		bool twice;
	} times[] = {
		{ "2024-10-26 23:59:59", false },
		{ "2024-10-27 00:00:00", true },
		{ "2024-10-27 00:59:59", true },
		{ "2024-10-27 01:00:00", true },
		{ "2024-10-27 01:59:59", true },
		{ "2024-10-27 02:00:00", false },
		{ "2024-03-31 00:59:59", false },
		{ "2024-03-31 01:00:00", false },
		{ "2300-10-28 00:30:00", true },
		{ "2024-07-01 00:00:00", false },
	};

	(void)state;
	if (no_zones())
		return;
	berlin = need_zone("Europe/Berlin");
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		if (zone_twice(&berlin, seconds_of(times[i].utc)) != times[i].twice)
			fail_msg("%s", times[i].utc);
	zone_free(&berlin);
}

static uint64_t random_bits(void)
{
	static uint64_t seed = 1;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

/* There and back, whatever was asked before. */
static void random_times(void **state)
{
	static const char *const names[] = {
		"Europe/Berlin",
		"Australia/Lord_Howe",
		"Africa/Casablanca",
		"Pacific/Apia",
		"Asia/Gaza",
		"America/Santiago",
		"America/St_Johns",
		"Europe/Dublin",
		"Antarctica/Troll",
	};

	(void)state;
	if (no_zones())
		return;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct zone zone = need_zone(names[i]);
		for (int k = 0; k < 20000; k++) {
			int64_t t = (int64_t)(random_bits() % 20000000000) - 5000000000;
			int64_t local = t + zone_offset(&zone, t), first = zone_utc(&zone, local);
			assert_true(zone.period.from <= first && first < zone.period.until);
			assert_true(first == t || (first < t && zone_twice(&zone, t)));
			assert_int_equal(first + zone_offset(&zone, first), local);
			assert_int_equal(zone_reach(&zone, local), first);
		}
		zone_free(&zone);
	}
}

static void fixed_zones(void **state)
{
	static const struct {
		const char *name;
		int32_t offset;
	} fixed[] = {
		{ "UTC", 0 },
		{ "Z", 0 },
		{ "+00:00", 0 },
		{ "+05:30", 19800 },
		{ "-03:30", -12600 },
		{ "+23:59", 86340 },
		{ "-23:59", -86340 },
	};
	struct zone zone;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
		assert_true(tzdata_find(slice_of(fixed[i].name), &zone, &fault));
		assert_int_equal(zone_offset(&zone, 0), fixed[i].offset);
		assert_int_equal(zone_utc(&zone, 0), -fixed[i].offset);
		assert_int_equal(zone_offset(&zone, -377705116800), fixed[i].offset);
		assert_int_equal(zone_is_utc(&zone), !fixed[i].offset);
		assert_false(zone_twice(&zone, 0));
	}
}

static void refused_names(void **state)
{
	static const char *const names[] = {
		"",
		"/etc/passwd",
		"../zoneinfo/UTC",
		"Europe/../UTC",
		"./UTC",
		"Europe//Berlin",
		"Europe/",
		"+5:30",
		"+24:00",
		"+05:60",
		"-0530",
		"Europe Berlin",
		"Europe/Berl\n",
	};
	struct zone zone;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (tzdata_find(slice_of(names[i]), &zone, &fault))
			fail_msg("'%s' was found", names[i]);
		assert_string_equal(fault.what, "not the name of a time zone");
	}
	assert_false(tzdata_find(SLICE("UTC\0"), &zone, &fault));
}

static void unknown_zones(void **state)
{
	struct zone zone;
	struct fault fault;

	(void)state;
	if (no_zones())
		return;
	zone = need_zone("Europe/Berlin");
	zone_free(&zone);
	assert_false(tzdata_find(SLICE("Europe/Atlantis"), &zone, &fault));
	assert_string_equal(fault.what, "unknown time zone");
	assert_false(tzdata_find(SLICE("Europe"), &zone, &fault));
	assert_string_equal(fault.what, "unknown time zone");
	assert_true(zone_is_utc(&zone));
}

/* --- files made here --- */

static void add_number(struct buf *b, int64_t n, int bytes)
{
	while (bytes--)
		buf_byte(b, (char)((uint64_t)n >> 8 * bytes));
}

static void add_header(struct buf *b, char version, int times, int types, int leaps)
{
	buf_add(b, SLICE("TZif"));
	buf_byte(b, version);
	add_number(b, 0, 8);
	add_number(b, 0, 7);
	add_number(b, 0, 4);
	add_number(b, 0, 4);
	add_number(b, leaps, 4);
	add_number(b, times, 4);
	add_number(b, types, 4);
	add_number(b, 4, 4);
}

struct sample {
	int64_t times[3];
	int n;
	int32_t offsets[2];
	const char *footer;
};

/* Jumps to the second type, the first, and so on. */
static void add_block(struct buf *b, const struct sample *s, int width)
{
	for (int i = 0; i < s->n; i++)
		add_number(b, s->times[i], width);
	for (int i = 0; i < s->n; i++)
		add_number(b, !(i & 1), 1);
	for (int i = 0; i < 2; i++) {
		add_number(b, s->offsets[i], 4);
		add_number(b, 0, 2);
	}
	buf_add(b, SLICE("ABC\0"));
}

static bool parse_sample(const struct sample *s, char version, struct zone *zone)
{
	struct buf b = { 0 };
	struct fault fault;
	bool good;

	add_header(&b, version, s->n, 2, 0);
	add_block(&b, s, 4);
	if (version) {
		add_header(&b, version, s->n, 2, 0);
		add_block(&b, s, 8);
		buf_printf(&b, "\n%s\n", s->footer);
	}
	good = tzdata_parse(buf_slice(&b), zone, &fault);
	buf_free(&b);
	return good;
}

static void all_versions(void **state)
{
	static const struct sample s = { { 1000, 200000, 300000 }, 3, { 3600, 7200 }, "ABC-3" };
	static const char versions[] = { 0, '2', '3', '4' };
	struct zone zone;

	(void)state;
	for (size_t i = 0; i < sizeof versions; i++) {
		assert_true(parse_sample(&s, versions[i], &zone));
		assert_int_equal(zone_offset(&zone, -1000000), 3600);
		assert_int_equal(zone_offset(&zone, 999), 3600);
		assert_int_equal(zone_offset(&zone, 1000), 7200);
		assert_int_equal(zone_offset(&zone, 200000), 3600);
		assert_int_equal(zone_offset(&zone, 300000), versions[i] ? 10800 : 7200);
		zone_free(&zone);
	}
}

/* A rule alone, and what a TZ string can say. */
static void rules(void **state)
{
	static const struct {
		const char *footer, *utc;
		int32_t offset;
	} rules[] = {
		{ "", "2024-01-01 00:00:00", 0 },
		{ "CET-1", "2024-07-01 00:00:00", 3600 },
		{ "<-0330>3:30", "2024-07-01 00:00:00", -12600 },
		{ "<+01>-1:02:03", "2024-07-01 00:00:00", 3723 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31 00:59:59", 3600 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31 01:00:00", 7200 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27 00:59:59", 7200 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27 01:00:00", 3600 },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "-9990-07-01 00:00:00", 7200 },
		/* Southern summer, over the turn of the year. */
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", "2023-12-31 23:00:00", 39600 },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01 01:00:00", 39600 },
		{ "AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-07-01 00:00:00", 36000 },
		/* Winter time as the exception, and half an hour. */
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2024-01-01 00:00:00", 0 },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-01 00:00:00", 3600 },
		{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2024-01-01 00:00:00", 39600 },
		/* 1 March is day 60 with J, and day 59 without in a year that is no leap year. */
		{ "AAA0BBB,J60/0,J61/0", "2024-02-29 23:59:59", 0 },
		{ "AAA0BBB,J60/0,J61/0", "2024-03-01 00:00:00", 3600 },
		{ "AAA0BBB,59/0,60/0", "2023-03-01 00:00:00", 3600 },
		{ "AAA0BBB,59/0,60/0", "2024-02-29 00:00:00", 3600 },
		{ "AAA0BBB,59/0,60/0", "2024-03-01 00:00:00", 0 },
		/* Before midnight, and days later. */
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31 00:59:59", -7200 },
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31 01:00:00", -3600 },
		{ "EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-29 23:59:59", 7200 },
		{ "EET-2EEST,M3.4.4/50,M10.4.4/50", "2024-03-30 00:00:00", 10800 },
		/* Summer all year. */
		{ "EST5EDT,0/0,J365/25", "2024-01-01 03:59:59", -14400 },
		{ "EST5EDT,0/0,J365/25", "2024-01-01 05:00:00", -14400 },
		{ "EST5EDT,0/0,J365/25", "2024-07-01 00:00:00", -14400 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct sample s = { .footer = rules[i].footer };
		struct zone zone;
		if (!parse_sample(&s, '3', &zone))
			fail_msg("%s", rules[i].footer);
		if (zone_offset(&zone, seconds_of(rules[i].utc)) != rules[i].offset)
			fail_msg("%s at %s", rules[i].footer, rules[i].utc);
		zone_free(&zone);
	}
}

static void the_table_comes_before_the_rule(void **state)
{
	/* To +1 in July 2024, in the midst of the rule's summer. */
	struct sample s = { { seconds_of("2023-01-01 00:00:00"),
				    seconds_of("2024-07-01 00:00:00") },
		2, { 3600, 0 }, "CET-1CEST,M3.5.0,M10.5.0/3" };
	struct zone zone;

	(void)state;
	assert_true(parse_sample(&s, '2', &zone));
	assert_int_equal(zone_offset(&zone, seconds_of("2024-06-30 23:59:59")), 0);
	assert_int_equal(zone_offset(&zone, seconds_of("2024-07-01 00:00:00")), 3600);
	assert_int_equal(zone.period.until, seconds_of("2024-10-27 01:00:00"));
	assert_int_equal(zone_offset(&zone, seconds_of("2025-07-01 00:00:00")), 7200);
	zone_free(&zone);
}

/* Two jumps within half an hour: forwards by two hours, and back. */
static void what_one_jump_leaves_out_the_next_may_bring(void **state)
{
	static const struct sample s = { { 0, 1800 }, 2, { 0, 7200 }, "" };
	struct zone zone;

	(void)state;
	assert_true(parse_sample(&s, '2', &zone));
	assert_int_equal(zone_utc(&zone, -1), -1);
	assert_int_equal(zone_utc(&zone, 1000), 1000);
	assert_int_equal(zone_utc(&zone, 5000), 5000);
	assert_int_equal(zone_utc(&zone, 8000), 800);
	assert_int_equal(zone_reach(&zone, 5000), 0);
	assert_true(zone_twice(&zone, 800));
	assert_true(zone_twice(&zone, 8000));
	assert_false(zone_twice(&zone, 5000));
	zone_free(&zone);
}

static void bad_footers(void **state)
{
	static const char *const footers[] = {
		"A0",
		"ABC",
		"ABC24",
		"ABC-25",
		"<A>0",
		"<ABC0",
		"ABC0DEF",
		"ABC0DEF,M1.1.0",
		"ABC0DEF,M13.1.0,0",
		"ABC0DEF,M1.6.0,0",
		"ABC0DEF,M1.1.7,0",
		"ABC0DEF,J0,J1",
		"ABC0DEF,J366,J1",
		"ABC0DEF,0/168,1",
		"ABC0DEF,0,366",
		"ABC0DEF,0,1,",
		"ABC0:60",
		"ABC-23:59DEF,0,1",
		" ",
	};

	(void)state;
	for (size_t i = 0; i < sizeof footers / sizeof *footers; i++) {
		struct sample s = { .footer = footers[i] };
		struct zone zone;
		if (parse_sample(&s, '2', &zone))
			fail_msg("%s", footers[i]);
	}
}

static void bad_tables(void **state)
{
	static const struct sample bad[] = {
		{ { 5, 5 }, 2, { 0, 0 }, "" }, /* not ascending */
		{ { 5, 4 }, 2, { 0, 0 }, "" },
		{ { 5 }, 1, { 0, 86400 }, "" }, /* an offset of a day */
		{ { 5 }, 1, { -86400, 0 }, "" },
		{ { INT64_MIN }, 1, { 0, 0 }, "" }, /* before everything */
	};
	struct zone zone;

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(parse_sample(&bad[i], '2', &zone));
}

/* Every file that was cut short, and one with leap seconds. */
static void bad_files(void **state)
{
	static const struct sample s = { { 1000, 2000, 3000 }, 3, { 3600, 7200 }, "ABC-3" };
	struct buf b = { 0 };
	struct zone zone;
	struct fault fault;

	(void)state;
	add_header(&b, '2', 3, 2, 0);
	add_block(&b, &s, 4);
	add_header(&b, '2', 3, 2, 0);
	add_block(&b, &s, 8);
	buf_add(&b, SLICE("\nABC-3\n"));
	for (size_t n = 0; n < b.len; n++) {
		/* Its own piece of memory, so that a read beyond is seen. */
		char *copy = malloc(n + 1);
		memcpy(copy, b.at, n);
		assert_false(tzdata_parse((struct slice){ copy, n }, &zone, &fault));
		assert_string_equal(fault.what, "not the data of a time zone");
		free(copy);
	}
	assert_true(tzdata_parse(buf_slice(&b), &zone, &fault));
	zone_free(&zone);
	b.len = 0;
	add_header(&b, 0, 0, 2, 1);
	add_block(&b, &(struct sample){ 0 }, 4);
	add_number(&b, 0, 8);
	assert_false(tzdata_parse(buf_slice(&b), &zone, &fault));
	b.len = 0;
	add_header(&b, 0, 0, 0, 0); /* no types */
	buf_add(&b, SLICE("ABC\0"));
	assert_false(tzdata_parse(buf_slice(&b), &zone, &fault));
	buf_free(&b);
}

static void offsets_as_text(void **state)
{
	static const struct {
		const char *text;
		size_t n;
		int32_t offset;
	} offsets[] = {
		{ "Z", 1, 0 },
		{ "z1", 1, 0 },
		{ "+01", 3, 3600 },
		{ "-0130", 5, -5400 },
		{ "+01:30", 6, 5400 },
		{ "-01:30:15", 9, -5415 },
		{ "+01:30:60", 6, 5400 },
		{ "+01:75", 3, 3600 },
		{ "+0175", 3, 3600 },
		{ "+24:00", 0, 0 },
		{ "+1:00", 0, 0 },
		{ "", 0, 0 },
		{ "+", 0, 0 },
		{ "01:00", 0, 0 },
		{ "+013", 3, 3600 },
	};
	char out[ZONE_PRINT_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof offsets / sizeof *offsets; i++) {
		int32_t offset;
		assert_int_equal(
			zone_read_offset(slice_of(offsets[i].text), &offset), offsets[i].n);
		assert_int_equal(offset, offsets[i].offset);
	}
	assert_int_equal(zone_print_offset(out, -12600, true), 6);
	assert_memory_equal(out, "-03:30", 6);
	assert_int_equal(zone_print_offset(out, 12600, false), 5);
	assert_memory_equal(out, "+0330", 5);
	assert_int_equal(zone_print_offset(out, 3208, false), 9);
	assert_memory_equal(out, "+00:53:28", 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(local_times),
		cmocka_unit_test(a_gap_is_reached_at_the_jump),
		cmocka_unit_test(times_that_come_twice),
		cmocka_unit_test(random_times),
		cmocka_unit_test(fixed_zones),
		cmocka_unit_test(refused_names),
		cmocka_unit_test(unknown_zones),
		cmocka_unit_test(all_versions),
		cmocka_unit_test(rules),
		cmocka_unit_test(the_table_comes_before_the_rule),
		cmocka_unit_test(what_one_jump_leaves_out_the_next_may_bring),
		cmocka_unit_test(bad_footers),
		cmocka_unit_test(bad_tables),
		cmocka_unit_test(bad_files),
		cmocka_unit_test(offsets_as_text),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
