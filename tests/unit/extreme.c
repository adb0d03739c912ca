/* Both ends of numbers of all sizes, held against comparing each with each. */
#include "aggregate/extreme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../random.h"
#include "number/digits.h"

enum { NUMBERS = 12 };

static void any_number(char *text)
{
	static const char *const odd[] = { "1e308", "1e-300", "1e281", "10e280", "1e280", "2e-700",
		"9223372036854775807", "9223372036854775808", "123456789012345678901234567890",
		"0.30000000000000004", "12345.678900000001" };

	*text = '-';
	text += any_below(2);
	switch (any_below(4)) {
	case 0:
		strcpy(text, odd[any_below(sizeof odd / sizeof *odd)]);
		break;
	case 1:
		sprintf(text, "%d.%d", any_below(4), any_below(10));
		break;
	case 2:
		sprintf(text, "%d.%03d", any_below(4), any_below(1000));
		break;
	default:
		sprintf(text, "%de%d", any_below(1000), any_below(60) - 30);
	}
}

static void take(struct reading *r, const char *text)
{
	assert_true(reading_take(r, (struct value){ text, (uint32_t)strlen(text), KIND_NUMBER }));
}

static void assert_end(const struct extreme *x, enum extreme_end end, const char *wanted)
{
	struct buf b = { 0 };

	extreme_print(&b, x, end);
	if (digits_order(buf_slice(&b), slice_of(wanted)))
		fail_msg("%.*s and not %s", (int)b.len, b.at, wanted);
	buf_free(&b);
}

static void ends_are_exact(void **unused)
{
	(void)unused;
	for (int round = 0; round < 20000; round++) {
		struct extreme x = { 0 }, part[2];
		char text[NUMBERS][64], *low = text[0], *high = text[0];
		struct reading r = { 0 };
		int n = 1 + any_below(NUMBERS);
		memset(part, 0, sizeof part);
		assert_true(extreme_none(&x, EXTREME_LOW));
		for (int i = 0; i < n; i++) {
			any_number(text[i]);
			take(&r, text[i]);
			extreme_add(&x, &r);
			extreme_add(&part[any_below(2)], &r);
			if (digits_order(slice_of(text[i]), slice_of(low)) < 0)
				low = text[i];
			if (digits_order(slice_of(text[i]), slice_of(high)) > 0)
				high = text[i];
		}
		for (int end = EXTREME_LOW; end <= EXTREME_HIGH; end++)
			extreme_merge(&part[0], end, &part[1]);
		assert_end(&x, EXTREME_LOW, low);
		assert_end(&x, EXTREME_HIGH, high);
		assert_end(&part[0], EXTREME_LOW, low);
		assert_end(&part[0], EXTREME_HIGH, high);
		extreme_free(&x);
		extreme_free(&part[0]);
		extreme_free(&part[1]);
		reading_free(&r);
	}
}

static void one_end_alone(void **unused)
{
	struct extreme x = { 0 };
	struct reading r = { 0 };
	struct total t = { 0 };
	struct buf b = { 0 };

	(void)unused;
	take(&r, "2.50");
	extreme_take(&x, EXTREME_HIGH, &r);
	assert_true(extreme_none(&x, EXTREME_LOW));
	assert_int_equal(extreme_beyond(&x, EXTREME_HIGH, &r), 0);
	take(&r, "2.4");
	assert_true(extreme_beyond(&x, EXTREME_HIGH, &r) < 0);
	assert_true(extreme_beyond(&x, EXTREME_LOW, &r) > 0);
	extreme_take(&x, EXTREME_HIGH, &r);
	extreme_gather(&t, &x, EXTREME_HIGH, 3);
	total_print(&b, &t);
	assert_true(slice_equal(buf_slice(&b), SLICE("7.5")));
	take(&r, "1e300");
	extreme_add(&x, &r);
	assert_end(&x, EXTREME_HIGH, "1e300");
	assert_end(&x, EXTREME_LOW, "1e300");
	buf_free(&b);
	reading_free(&r);
	extreme_free(&x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_are_exact),
		cmocka_unit_test(one_end_alone),
	};

	return cmocka_run_group_tests_name("extreme", tests, NULL, NULL);
}
