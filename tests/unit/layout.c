/* Layouts. Expected values are those of Python's datetime, or by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "time/layout.h"

static struct layout compile(const char *format)
{
	struct layout layout;
	struct fault fault;

	if (!layout_compile(slice_of(format), &layout, &fault))
		fail_msg("%s: %s", format, fault.what);
	return layout;
}

static bool read_with(const char *format, const char *text, struct instant *t, struct fault *fault)
{
	struct layout layout = compile(format);
	struct zone utc = zone_fixed(0);
	bool good;

	if (!layout_can_read(&layout, fault))
		fail_msg("%s: %s", format, fault->what);
	good = layout_parse(&layout, slice_of(text), &utc, t, fault);
	layout_free(&layout);
	return good;
}

static const struct {
	const char *format, *text;
	int64_t seconds;
	uint32_t nanos;
	const char *printed; /* NULL: the same */
} readings[] = {
	{ "%Y-%m-%d %H:%M:%S", "2016-01-01 05:00:00", 1451624400, 0, NULL },
	{ "%F %T", "2016-01-01 05:00:00", 1451624400, 0, NULL },
	{ "%Y%m%d%H%M%S", "20160101050000", 1451624400, 0, NULL },
	{ "%m/%d/%Y %H:%M", "1/1/2016 5:00", 1451624400, 0, "01/01/2016 05:00" },
	{ "%m/%d/%Y %H:%M", "01/01/2016 05:00", 1451624400, 0, NULL },
	{ "%d/%m/%Y %H:%M:%S", "16/12/2006 17:24:00", 1166289840, 0, NULL },
	{ "%d/%m/%Y;%H:%M:%S", "16/12/2006;17:24:00", 1166289840, 0, NULL },
	{ "%D %R", "12/16/06 17:24", 1166289840, 0, NULL },
	{ "%d/%m/%y", "1/1/70", 0, 0, "01/01/70" },
	{ "%y%m%d", "680101", 3092601600, 0, NULL },
	{ "%y%m%d", "690101", -31536000, 0, NULL },
	{ "%a, %d %b %Y %H:%M:%S %z", "Sat, 16 Dec 2006 19:24:00 +0200", 1166289840, 0,
		"Sat, 16 Dec 2006 17:24:00 +0000" },
	{ "%A %e %B %Y", "tuesday  2 JANUARY 2024", 1704153600, 0, "Tuesday  2 January 2024" },
	{ "%A %e %B %Y", "Tuesday 16 January 2024", 1705363200, 0, NULL },
	{ "%e.%m.%Y", " 2.01.2024", 1704153600, 0, NULL },
	{ "%e.%m.%Y", "2.1.2024", 1704153600, 0, " 2.01.2024" },
	{ "%FT%T.%f%z", "2016-01-01T05:00:00.250000Z", 1451624400, 250000000,
		"2016-01-01T05:00:00.250000+0000" },
	{ "%FT%T.%f", "2016-01-01T05:00:00.000000001", 1451624400, 1, NULL },
	{ "%FT%T.%f", "2016-01-01T05:00:00.1", 1451624400, 100000000,
		"2016-01-01T05:00:00.100000" },
	{ "%FT%T.%f", "2016-01-01T05:00:00.1234567899", 1451624400, 123456789,
		"2016-01-01T05:00:00.123456789" },
	{ "%F%z", "2016-01-01-08", 1451635200, 0, "2016-01-01+0000" },
	{ "%F %z", "2016-01-01 +05:30", 1451586600, 0, "2015-12-31 +0000" },
	{ "%Y-%j", "2016-366", 1483142400, 0, NULL },
	{ "%j %Y", "36 2024", 1707091200, 0, "036 2024" },
	{ "%F %I:%M %p", "2016-01-01 12:30 am", 1451608200, 0, "2016-01-01 12:30 AM" },
	{ "%F %I:%M %p", "2016-01-01 12:30 PM", 1451651400, 0, NULL },
	{ "%F %I%p", "2016-01-01 05PM", 1451667600, 0, NULL },
	{ "%p%I %F", "AM05 2016-01-01", 1451624400, 0, NULL },
	{ "%s", "1451624400", 1451624400, 0, NULL },
	{ "%s", "-1", -1, 0, NULL },
	{ "%s.%f", "-2.500000", -2, 500000000, NULL },
	{ "@%s", "@253402300799", 253402300799, 0, NULL },
	{ "%Y-%m-%d", "-0001-12-31", -62167305600, 0, NULL },
	{ "%Y-%m-%d", "0000-01-01", -62167219200, 0, NULL },
	{ "%F %T", "2016-12-31 23:59:60", 1483228800, 0, "2017-01-01 00:00:00" },
	{ "%F%n%T", "2016-01-01 \t\r\n05:00:00", 1451624400, 0, "2016-01-01\n05:00:00" },
	{ "%F %T", "2016-01-0105:00:00", 1451624400, 0, "2016-01-01 05:00:00" },
	{ "%F%t", "2016-01-01", 1451606400, 0, "2016-01-01\t" },
	{ "100%% %F", "100% 2016-01-01", 1451606400, 0, NULL },
	{ "\xc3\xa0 %F", "\xc3\xa0 2016-01-01", 1451606400, 0, NULL },
};

static void reads_and_prints(void **state)
{
	struct zone utc = zone_fixed(0);
	struct buf out = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		const char *format = readings[i].format, *text = readings[i].text;
		struct layout layout = compile(format);
		struct instant t;
		struct fault fault;
		if (!read_with(format, text, &t, &fault))
			fail_msg("'%s' '%s': %s at %zu", format, text, fault.what, fault.at);
		if (t.seconds != readings[i].seconds || t.nanos != readings[i].nanos)
			fail_msg("'%s' '%s' is %lld", format, text, (long long)t.seconds);
		out.len = 0;
		layout_print(&layout, t, &utc, &out);
		buf_byte(&out, 0);
		assert_string_equal(out.at, readings[i].printed ? readings[i].printed : text);
		layout_free(&layout);
	}
	buf_free(&out);
}

static const struct {
	const char *format, *text;
	size_t at;
} refused[] = {
	{ "%F", "", 0 },
	{ "%F", "2016-01-0", 8 },
	{ "%F", "2016-01-", 8 },
	{ "%F", "2016-01-01 ", 10 },
	{ "%F", "2016-13-01", 5 },
	{ "%F", "2016-00-01", 5 },
	{ "%F", "2016-01-32", 8 },
	{ "%F", "2016-02-30", 0 },
	{ "%F", "2023-02-29", 0 },
	{ "%F", "16-01-01", 2 },
	{ "%F", "--016-01-01", 1 },
	{ "%F", " 2016-01-01", 0 },
	{ "%F %T", "2016-01-01 24:00:00", 11 },
	{ "%F %T", "2016-01-01 00:60:00", 14 },
	{ "%F %T", "2016-01-01 00:00:61", 17 },
	{ "%F %T", "2016-01-01 00:00:60", 0 },
	{ "%F %I%p", "2016-01-01 0AM", 11 },
	{ "%F %I%p", "2016-01-01 13PM", 11 },
	{ "%F %I%p", "2016-01-01 1XM", 12 },
	{ "%F %I%p", "2016-01-01 1", 12 },
	{ "%d %b %Y", "1 Jax 2016", 2 },
	{ "%d %b %Y", "1 January 2016", 5 },
	{ "%d %B %Y", "1 Jan 2016", 2 },
	{ "%a %F", "Mon 2016-01-01", 0 },
	{ "%Y-%j", "2015-366", 0 },
	{ "%Y-%j", "2015-000", 5 },
	{ "%F.%f", "2016-01-01.", 11 },
	{ "%F%z", "2016-01-01+0", 10 },
	{ "%F%z", "2016-01-01CET", 10 },
	{ "%s", "253402300800", 0 },
	{ "%s", "99999999999999999999", 13 },
	{ "%s", "-", 1 },
	{ "%F %T%z", "9999-12-31 23:59:59-01", 0 },
	{ "x%F", "y2016-01-01", 0 },
};

static void refuses_other_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct instant t;
		struct fault fault;
		if (read_with(refused[i].format, refused[i].text, &t, &fault))
			fail_msg("'%s' '%s'", refused[i].format, refused[i].text);
		if (fault.at != refused[i].at)
			fail_msg("'%s' '%s': %s at %zu", refused[i].format, refused[i].text,
				fault.what, fault.at);
	}
}

static void bad_formats(void **state)
{
	static const struct {
		const char *format;
		size_t at;
	} bad[] = {
		{ "%", 0 },
		{ "%F %", 3 },
		{ "%Q", 0 },
		{ "a%%%q", 3 },
		{ "%\xff", 0 },
		{ "%Y-%K", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct layout layout;
		struct fault fault;
		assert_false(layout_compile(slice_of(bad[i].format), &layout, &fault));
		assert_int_equal(fault.at, bad[i].at);
	}
	assert_false(layout_compile(SLICE("%\0"), &(struct layout){ 0 }, &(struct fault){ 0 }));
}

static void formats_that_cannot_read(void **state)
{
	static const struct {
		const char *format;
		size_t at;
	} bad[] = {
		{ "", 0 },
		{ "%T", 0 },
		{ "%Y-%m", 0 },
		{ "%Y %d", 0 },
		{ "%F %d", 3 },
		{ "%F %D", 3 },
		{ "%Y %j %m", 6 },
		{ "%F %H %I %p", 6 },
		{ "%F %I", 0 },
		{ "%F %H %p", 0 },
		{ "%s %z", 3 },
		{ "%F %s", 3 },
		{ "%s1", 2 },
		{ "%s%f", 2 },
		{ "%F %f%H", 5 },
		{ "%a %s", 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct layout layout = compile(bad[i].format);
		struct fault fault;
		if (layout_can_read(&layout, &fault))
			fail_msg("'%s' can", bad[i].format);
		if (fault.at != bad[i].at)
			fail_msg("'%s': %s at %zu", bad[i].format, fault.what, fault.at);
		layout_free(&layout);
	}
}

static void the_clock_of_the_zone(void **state)
{
	struct layout layout = compile("%F %T %z"), naive = compile("%F %T");
	struct zone zone = zone_fixed(-12600);
	struct buf out = { 0 };
	struct instant t;
	struct fault fault;

	(void)state;
	layout_print(&layout, (struct instant){ 0, 0 }, &zone, &out);
	assert_int_equal(out.len, strlen("1969-12-31 20:30:00 -0330"));
	assert_memory_equal(out.at, "1969-12-31 20:30:00 -0330", out.len);
	assert_true(layout_parse(&naive, SLICE("1969-12-31 20:30:00"), &zone, &t, &fault));
	assert_int_equal(t.seconds, 0);
	assert_true(layout_parse(&layout, SLICE("1970-01-01 01:00:00 +0100"), &zone, &t, &fault));
	assert_int_equal(t.seconds, 0);
	buf_free(&out);
	layout_free(&layout);
	layout_free(&naive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_and_prints),
		cmocka_unit_test(refuses_other_texts),
		cmocka_unit_test(bad_formats),
		cmocka_unit_test(formats_that_cannot_read),
		cmocka_unit_test(the_clock_of_the_zone),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
