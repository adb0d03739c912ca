/* simulate: how rows are spelled, and that the sets fill theirs for any seed and at any time */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "simulate/home.h"
#include "simulate/noise.h"
#include "simulate/simulate.h"

static struct simulate_cell given[3];

static void fill(const struct simulate_row *row, struct simulate_cell cells[])
{
	cells[0] = (struct simulate_cell){ .number = { row->time, 0 } };
	cells[1] = given[1];
	cells[2] = given[2];
}

static const struct slice columns[] = { SLICE("time"), SLICE("x [kW]"), SLICE("sky") };
static const struct simulate_set set = { "set", columns, 3, 10, 0, 60, fill };

static void rows_in_both_formats(void **state)
{
	const struct simulate_row row = { .time = 1451624400 };
	char line[SIMULATE_ROW + 1];

	(void)state;
	given[1].number = (struct decimal){ 932833333, -9 };
	given[2].text = SLICE("Partly Cloudy");
	line[simulate_header(&set, line)] = 0;
	assert_string_equal(line, "time,x [kW],sky\n");
	line[simulate_csv(&set, &row, line)] = 0;
	assert_string_equal(line, "1451624400,0.932833333,Partly Cloudy\n");
	line[simulate_ndjson(&set, &row, line)] = 0;
	assert_string_equal(
		line, "{\"time\":1451624400,\"x [kW]\":0.932833333,\"sky\":\"Partly Cloudy\"}\n");
}

/* Those below 0.0001 as Python's format(x, '.3g') has the digits, but for the case of the E. */
static void numbers_as_a_spreadsheet_exports_them(void **state)
{
	static const struct {
		struct decimal number;
		const char *text;
	} rows[] = {
		{ { 16667, -9 }, "1.67E-05" },
		{ { 33333, -9 }, "3.33E-05" },
		{ { 50000, -9 }, "5E-05" },
		{ { 66667, -9 }, "6.67E-05" },
		{ { 83333, -9 }, "8.33E-05" },
		{ { 99949, -9 }, "9.99E-05" },
		{ { 100000, -9 }, "0.0001" },
		{ { 116667, -9 }, "0.000116667" },
		{ { 1, -5 }, "1E-05" },
		{ { 12, -6 }, "1.2E-05" },
		{ { 1, -9 }, "1E-09" },
		{ { 9996, -9 }, "1E-05" },
		{ { 1, -19 }, "1E-19" },
		{ { 123456789012345, -19 }, "1.23E-05" },
		{ { 0, -9 }, "0" },
		{ { 120000000, -9 }, "0.12" },
		{ { 3000000000, -9 }, "3" },
		{ { -1264, -2 }, "-12.64" },
		{ { 101870, -2 }, "1018.7" },
		{ { 282, 0 }, "282" },
	};
	const struct simulate_row row = { .time = 0 };
	char line[SIMULATE_ROW + 1], wanted[100];

	(void)state;
	given[2].text = SLICE("x");
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		given[1].number = rows[i].number;
		line[simulate_csv(&set, &row, line)] = 0;
		snprintf(wanted, sizeof wanted, "0,%s,x\n", rows[i].text);
		assert_string_equal(line, wanted);
	}
}

/* The number of a cell in units of 10^e, which must come out even. */
static int64_t in_units(const struct simulate_cell *cell, int32_t e)
{
	assert_null(cell->text.at);
	assert_int_equal(cell->number.e, e);
	return cell->number.m;
}

static void check_home(const struct simulate_cell *c)
{
	int64_t sum = 0;

	for (int i = 1; i <= 18; i++)
		assert_in_range(in_units(&c[i], -9), 0, 20000000000);
	for (int i = 4; i <= 17; i++)
		sum += c[i].number.m;
	assert_int_equal(c[1].number.m, c[3].number.m);
	assert_int_equal(c[2].number.m, c[18].number.m);
	assert_true(c[1].number.m > sum);
	assert_true(c[2].number.m >= 3000000);
	assert_in_range(in_units(&c[19], -2) + 4000, 0, 16000);
	assert_true(c[20].text.len && c[23].text.len);
	assert_in_range(in_units(&c[21], -2), 0, 100);
	assert_in_range(in_units(&c[22], -2), 0, 1000);
	assert_in_range(in_units(&c[25], -2), 95000, 107000);
	assert_in_range(in_units(&c[26], -2), 1, 3000);
	assert_in_range(in_units(&c[27], -2), 0, 100);
	assert_in_range(in_units(&c[28], 0), 0, 359);
	assert_in_range(in_units(&c[29], -4), 0, 1000);
	assert_true(in_units(&c[30], -2) < c[19].number.m);
	assert_in_range(in_units(&c[31], -2), 0, 100);
	assert_int_equal(!c[29].number.m, !c[31].number.m);
}

static void the_home_at_any_time(void **state)
{
	(void)state;
	for (int64_t i = 0; i < 20000; i++) {
		struct simulate_cell c[SIMULATE_CELLS];
		struct simulate_row row = {
			.seed = noise_at(1, i),
			.number = 58,
			.moment = -377705116800 + (int64_t)(noise_at(2, i) % 631107417600),
		};
		home_set.fill(&row, c);
		check_home(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_in_both_formats),
		cmocka_unit_test(numbers_as_a_spreadsheet_exports_them),
		cmocka_unit_test(the_home_at_any_time),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
