/* noise: the known numbers of SplitMix64, and waves beside those of the C library */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate/noise.h"

/* The reference implementation of SplitMix64 gives these for the seeds 0 and 1234567. */
static void bits_are_those_of_splitmix64(void **state)
{
	static const uint64_t of_0[] = { 0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4,
		0x06c45d188009454f };
	static const uint64_t of_1234567[] = { 6457827717110365317u, 3203168211198807973u,
		9817491932198370423u, 4593380528125082431u, 16408922859458223821u };

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(noise_at(0, i + 1), of_0[i]);
	for (int i = 0; i < 5; i++)
		assert_int_equal(noise_at(1234567, i + 1), of_1234567[i]);
}

static void between_takes_all_values_alike(void **state)
{
	int seen[7] = { 0 };

	(void)state;
	for (int64_t i = -35000; i < 35000; i++) {
		int64_t x = noise_between(5, i, -3, 3);
		assert_in_range(x + 3, 0, 6);
		seen[x + 3]++;
	}
	/* The standard deviation is 93. */
	for (int i = 0; i < 7; i++)
		assert_in_range(seen[i], 9500, 10500);
	assert_int_equal(noise_between(5, 1, 4, 4), 4);
	assert_in_range(noise_between(5, 1, 0, UINT32_MAX - 1), 0, UINT32_MAX - 1);
}

static void smooth_noise_has_no_steps(void **state)
{
	(void)state;
	for (int64_t at = -20000; at < 20000; at++) {
		int64_t x = noise_smooth(9, at, 100, 1000);
		assert_in_range(x + 1000, 0, 2000);
		/* The steepest slope is one and a half times that of a straight line. */
		assert_in_range(llabs(noise_smooth(9, at + 1, 100, 1000) - x), 0, 31);
		if (at % 100 == 0)
			assert_int_equal(x, noise_between(9, at / 100, -1000, 1000));
	}
	assert_int_equal(noise_smooth(9, 77, 1, 50), noise_between(9, 77, -50, 50));
	assert_in_range(noise_smooth(9, 19999, 20000, 100000) + 100000, 0, 200000);
}

static void sines_are_near_the_true_ones(void **state)
{
	static const int64_t periods[] = { 4, 7, 24, 1440, 525960, 1000000 };

	(void)state;
	for (size_t k = 0; k < sizeof periods / sizeof *periods; k++) {
		int64_t period = periods[k];
		for (int64_t at = -2 * period; at <= 2 * period; at += 1 + period / 1000) {
			double wanted = 100000 * sin(2 * acos(-1) * (double)at / (double)period);
			assert_true(fabs((double)noise_sine(at, period, 100000) - wanted) <= 165);
		}
	}
	assert_int_equal(noise_sine(0, 24, 1000), 0);
	assert_int_equal(noise_sine(6, 24, 1000), 1000);
	assert_int_equal(noise_sine(12, 24, 1000), 0);
	assert_int_equal(noise_sine(-6, 24, 1000), -1000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bits_are_those_of_splitmix64),
		cmocka_unit_test(between_takes_all_values_alike),
		cmocka_unit_test(smooth_noise_has_no_steps),
		cmocka_unit_test(sines_are_near_the_true_ones),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
