/* Durations and sizes; expected values by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "time/span.h"

#define S INT64_C(1000000000)

static const struct {
	const char *text;
	int64_t nanos;
} lengths[] = {
	{ "1ns", 1 },
	{ "3us", 3000 },
	{ "500ms", 500000000 },
	{ "10s", 10 * S },
	{ "15m", 900 * S },
	{ "1h", 3600 * S },
	{ "24h", 86400 * S },
	{ "7d", 7 * 86400 * S },
	{ "2w", 14 * 86400 * S },
	{ "1h30m", 5400 * S },
	{ "2d10s", (2 * 86400 + 10) * S },
	{ "1w1d1h1m1s1ms1us1ns", (8 * 86400 + 3661) * S + 1001001 },
	{ "1.5h", 5400 * S },
	{ "0.000000001s", 1 },
	{ "0.25d", 21600 * S },
	{ "90m", 5400 * S },
	{ "007s", 7 * S },
	{ "PT15M", 900 * S },
	{ "P1DT2H", (86400 + 7200) * S },
	{ "P2W", 14 * 86400 * S },
	{ "PT0.5S", S / 2 },
	{ "P1D", 86400 * S },
	{ "PT1H2M3S", 3723 * S },
	{ "9223372036854775807ns", 0 }, /* too many digits for one number */
	{ "9223372036.854775807s", INT64_MAX },
	{ "106751d", INT64_C(106751) * 86400 * S },
};

static void reads_lengths(void **state)
{
	struct span span;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
		bool good = span_parse(slice_of(lengths[i].text), SPAN_POSITIVE, &span, &fault);
		if (good != !!lengths[i].nanos || (good && span.nanos != lengths[i].nanos))
			fail_msg("%s", lengths[i].text);
	}
}

static const struct {
	const char *text;
	size_t at;
} refused[] = {
	{ "", 0 },
	{ "s", 0 },
	{ "15", 2 },
	{ "1x", 1 },
	{ "1M", 1 },
	{ "1H", 1 },
	{ "1 h", 1 },
	{ "1h ", 1 },
	{ " 1h", 0 },
	{ "1h30", 4 },
	{ "1h1h", 3 },
	{ "1m1h", 3 },
	{ "1.h", 2 },
	{ ".5h", 0 },
	{ "+1h", 0 },
	{ "1mo", 0 },
	{ "1q", 0 },
	{ "2h1y", 3 },
	{ "1y", 0 },
	{ "0.5ns", 0 },
	{ "1.0000000001s", 0 },
	{ "1234567890123456789s", 18 },
	{ "106752d", 0 },
	{ "9223372036.854775808s", 0 },
	{ "999999999999999999w", 0 },
	{ "P", 1 },
	{ "PT", 2 },
	{ "P1DT", 4 },
	{ "PT1D", 3 },
	{ "P1H", 2 },
	{ "P1M", 1 },
	{ "PT1H1D", 5 },
	{ "P1D1D", 4 },
	{ "pt1h", 0 },
	{ "PT1h", 3 },
};

static void refuses_what_is_no_length(void **state)
{
	struct span span;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		if (span_parse(slice_of(refused[i].text), SPAN_SIGNED, &span, &fault))
			fail_msg("'%s' was read", refused[i].text);
		if (fault.at != refused[i].at)
			fail_msg("'%s' at %zu: %s", refused[i].text, fault.at, fault.what);
	}
	assert_false(span_parse(SLICE("1\0h"), SPAN_SIGNED, &span, &fault));
	assert_false(span_parse(SLICE("P1\0"), SPAN_SIGNED, &span, &fault));
}

static void signs(void **state)
{
	struct span span;
	struct fault fault;

	(void)state;
	assert_false(span_parse(SLICE("0"), SPAN_POSITIVE, &span, &fault));
	assert_false(span_parse(SLICE("0s"), SPAN_POSITIVE, &span, &fault));
	assert_true(span_parse(SLICE("0"), SPAN_LENGTH, &span, &fault));
	assert_int_equal(span.nanos, 0);
	assert_true(span_parse(SLICE("0h0m"), SPAN_LENGTH, &span, &fault));
	assert_false(span_parse(SLICE("-15m"), SPAN_LENGTH, &span, &fault));
	assert_true(span_parse(SLICE("-15m"), SPAN_SIGNED, &span, &fault));
	assert_int_equal(span.nanos, -900 * S);
	assert_true(span_parse(SLICE("-PT1S"), SPAN_SIGNED, &span, &fault));
	assert_int_equal(span.nanos, -S);
	assert_false(span_parse(SLICE("-"), SPAN_SIGNED, &span, &fault));
	assert_false(span_parse(SLICE("--1s"), SPAN_SIGNED, &span, &fault));
}

static const struct {
	const char *text;
	enum span_unit unit;
	int64_t n; /* 0: refused */
} sizes[] = {
	{ "15m", SPAN_NANOS, 900 * S },
	{ "24h", SPAN_NANOS, 86400 * S },
	{ "1d", SPAN_DAYS, 1 },
	{ "7d", SPAN_DAYS, 7 },
	{ "2w", SPAN_WEEKS, 2 },
	{ "1mo", SPAN_MONTHS, 1 },
	{ "1q", SPAN_MONTHS, 3 },
	{ "1y", SPAN_MONTHS, 12 },
	{ "1y6mo", SPAN_MONTHS, 18 },
	{ "0.5y", SPAN_MONTHS, 6 },
	{ "P1Y2M", SPAN_MONTHS, 14 },
	{ "P1M", SPAN_MONTHS, 1 },
	{ "PT1M", SPAN_NANOS, 60 * S },
	{ "P1W", SPAN_WEEKS, 1 },
	{ "P1D", SPAN_DAYS, 1 },
	{ "0d1h", SPAN_NANOS, 3600 * S },
	{ "20000y", SPAN_MONTHS, 240000 },
	{ "1d12h", SPAN_NANOS, 0 },
	{ "1w1d", SPAN_NANOS, 0 },
	{ "1mo1d", SPAN_NANOS, 0 },
	{ "0", SPAN_NANOS, 0 },
	{ "0mo", SPAN_NANOS, 0 },
	{ "0.5d", SPAN_NANOS, 0 },
	{ "0.5mo", SPAN_NANOS, 0 },
	{ "-1d", SPAN_NANOS, 0 },
	{ "20001y", SPAN_NANOS, 0 },
	{ "99999999d", SPAN_NANOS, 0 },
	{ "999999999999999999y", SPAN_NANOS, 0 },
	{ "1", SPAN_NANOS, 0 },
	{ "", SPAN_NANOS, 0 },
};

static void reads_sizes(void **state)
{
	struct span_size size;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		bool good = span_size_parse(slice_of(sizes[i].text), &size, &fault);
		if (good != !!sizes[i].n ||
			(good && (size.unit != sizes[i].unit || size.n != sizes[i].n)))
			fail_msg("'%s'", sizes[i].text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_lengths),
		cmocka_unit_test(refuses_what_is_no_length),
		cmocka_unit_test(signs),
		cmocka_unit_test(reads_sizes),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
