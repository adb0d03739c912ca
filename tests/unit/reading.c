/* What a field may hold, and which of it is a reading. */
#include "aggregate/reading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static struct value value_of(const char *text)
{
	return (struct value){ text, (uint32_t)strlen(text),
		*text == 't' ? KIND_TRUE : KIND_NUMBER };
}

static void what_is_no_reading(void **unused)
{
	struct reading r = { 0 };

	(void)unused;
	assert_true(reading_take(&r, value_of("1.7976931348623158e308")));
	assert_int_equal(r.is, READING_NUMBER);
	assert_false(r.near);
	assert_false(reading_take(&r, value_of("1.8e308")));
	assert_int_equal(r.is, READING_NONE);
	assert_false(reading_take(&r, value_of("-1e5000")));
	assert_true(reading_take(&r, (struct value){ .kind = KIND_MISSING }));
	assert_int_equal(r.is, READING_NONE);
	assert_true(reading_take(&r, (struct value){ "null", 4, KIND_NULL }));
	assert_int_equal(r.is, READING_NONE);
	assert_true(reading_take(&r, value_of("true")));
	assert_int_equal(r.is, READING_OTHER);
	assert_true(reading_take(&r, value_of("25e-1")));
	assert_true(r.near);
	assert_int_equal(r.number.m, 25);
	assert_true(slice_equal(reading_canon(&r), SLICE("2.5")));
	reading_free(&r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_no_reading),
	};

	return cmocka_run_group_tests_name("reading", tests, NULL, NULL);
}
