/* Quantiles of values whose place is known. */
#include "sketch/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

enum { MANY = 100000 };

static void assert_quantile(struct sample *s, int64_t m, int64_t e, const char *wanted)
{
	char text[NUM_MAX + 1];

	text[sample_print_quantile(text, s, (struct decimal){ m, e })] = 0;
	assert_string_equal(text, wanted);
}

static void between_two_lies_the_line(void **unused)
{
	struct sample s = { 0 };

	(void)unused;
	sample_add(&s, 0.2, 1);
	assert_quantile(&s, 5, -1, "0.2");
	sample_add(&s, 0.1, 1);
	assert_quantile(&s, 0, 0, "0.1");
	assert_quantile(&s, 25, -2, "0.1");
	assert_quantile(&s, 26, -2, "0.102");
	assert_quantile(&s, 5, -1, "0.15");
	assert_quantile(&s, 500000000000001, -15, "0.1500000000000002");
	assert_quantile(&s, 75, -2, "0.2");
	assert_quantile(&s, 1, 0, "0.2");
	sample_add(&s, 1e308, 1);
	sample_add(&s, -1e308, 1);
	assert_quantile(&s, 5, -1, "0.15");
	assert_quantile(&s, 875, -3, "1e308");
	assert_quantile(&s, 75, -2, "5e307");
	assert_quantile(&s, 25, -2, "-5e307");
	sample_free(&s);
}

static void equal_values_count(void **unused)
{
	struct sample s = { 0 };

	(void)unused;
	sample_add(&s, 7, 3);
	sample_add(&s, 5, 1);
	sample_add(&s, -0.0, 1);
	sample_add(&s, 0.0, 1);
	sample_add(&s, 5, 1);
	assert_int_equal(sample_size(&s), 3);
	/* 0 0 5 5 7 7 7 */
	assert_quantile(&s, 5, -1, "5");
	assert_quantile(&s, 3, -1, "3");
	assert_quantile(&s, 6, -1, "6.4");
	assert_quantile(&s, 7, -1, "7");
	assert_quantile(&s, 1, -1, "0");
	sample_free(&s);
}

static void place_goes_with_the_number_of_values(void **unused)
{
	struct sample s = { 0 }, other = { 0 };

	(void)unused;
	for (int64_t i = 0; i < MANY; i++) {
		sample_add(&s, (double)(i * 7919 % MANY), 1);
		sample_add(&other, (double)(i * 104729 % MANY), 1);
	}
	sample_merge(&s, &other);
	assert_int_equal(sample_size(&s), MANY);
	assert_quantile(&s, 5, -1, "49999.5");
	assert_quantile(&s, 99, -2, "98999.5");
	assert_quantile(&s, 12345, -5, "12344.5");
	assert_quantile(&s, 123455, -6, "12345");
	sample_free(&s);
	sample_free(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(between_two_lies_the_line),
		cmocka_unit_test(equal_values_count),
		cmocka_unit_test(place_goes_with_the_number_of_values),
	};

	return cmocka_run_group_tests_name("sample", tests, NULL, NULL);
}
