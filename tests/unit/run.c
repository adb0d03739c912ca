/* run: the numbers that it takes are those of num, by every way; sums and extremes are those of plain C. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "aggregate/run.h"
#include "number/num.h"
#include "number/total.h"

static const enum vector ways[] = { VECTOR_NONE, VECTOR_SSE4, VECTOR_AVX2, VECTOR_AVX512 };

enum { WAYS = sizeof ways / sizeof *ways, COLUMNS = 5 };

/* A record of which all members are columns. */
struct sample {
	struct fields fields;
	struct scan scan;
	struct rec rec;
	char line[4096];
};

static void begin(struct sample *s)
{
	*s = (struct sample){ 0 };
	for (int i = 0; i < COLUMNS; i++)
		fields_add(&s->fields, (struct slice){ &"abcde"[i], 1 });
	scan_init(&s->scan, &s->fields, SCAN_GENERAL);
}

static void end(struct sample *s)
{
	scan_free(&s->scan);
	rec_free(&s->rec);
	fields_free(&s->fields);
}

static void read_line(struct sample *s, const char *line)
{
	size_t len = strlen(line);

	assert_true(len + 100 < sizeof s->line);
	memset(s->line, 0, sizeof s->line);
	memcpy(s->line, line, len);
	s->line[len] = '\n';
	scan_block(&s->scan, (struct slice){ s->line, len + 1 });
	assert_int_equal(scan_next(&s->scan), SCAN_RECORD);
	rec_begin(&s->rec, &s->scan);
}

static void init(struct run *r, enum vector way)
{
	static const uint32_t field[COLUMNS] = { 0, 1, 2, 3, 4 };

	run_init(r, field, COLUMNS, vector_best(way));
}

/* Is the first column of this record taken, and as what? */
static bool take(enum vector way, const char *number, int64_t *x)
{
	struct sample s;
	struct run r;
	char line[200];
	bool taken;

	begin(&s);
	init(&r, way);
	snprintf(line, sizeof line, "{\"b\":1,\"a\":%s,\"c\":2}", number);
	read_line(&s, line);
	taken = run_read(&r, &s.rec);
	if (taken) {
		assert_true(r.present[0] == -1 && r.present[1] == -1 && r.present[3] == 0);
		assert_true(r.number[1] == 1000000000 && r.number[2] == 2000000000);
		*x = r.number[0];
	}
	run_free(&r);
	end(&s);
	return taken;
}

static void numbers_are_multiples_of_a_billionth(void **unused)
{
	static const struct {
		const char *text;
		int64_t x;
	} rows[] = {
		{ "0", 0 },
		{ "-0", 0 },
		{ "0.0", 0 },
		{ "7", 7000000000 },
		{ "-7", -7000000000 },
		{ "0.932833333", 932833333 },
		{ "-0.932833333", -932833333 },
		{ "0.000000001", 1 },
		{ "36.14", 36140000000 },
		{ "9999999", 9999999000000000 },
		{ "-9999999", -9999999000000000 },
		{ "9999999.99999999", 9999999999999990 },
		{ "9999999.999999999", 9999999999999999 },
		{ "-9999999.999999999", -9999999999999999 },
		{ "1234567.123456789", 1234567123456789 },
		{ "3.33E-05", 33300 },
		{ "3.33e-5", 33300 },
		{ "-1e-9", -1 },
		{ "1e6", 1000000000000000 },
		{ "1.5E+02", 150000000000 },
		{ "1.25e-7", 125 },
		{ "9e-9", 9 },
		{ "9E-09", 9 },
		{ "-12.5e-08", -125 },
		{ "1234567.12e-07", 123456712 },
		{ "12345678e-5", 123456780000 },
		{ "7e-0", 7000000000 },
		{ "7e-00", 7000000000 },
		{ "7e-001", 700000000 },
		{ "0.00e-07", 0 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t w = 0; w < WAYS; w++) {
			int64_t x;
			assert_true(take(ways[w], rows[i].text, &x));
			assert_true(x == rows[i].x);
		}
}

static void what_does_not_fit_is_left(void **unused)
{
	static const char *const rows[] = {
		"10000000",
		"-10000000",
		"0.0000000001",
		"1e-10",
		"1.5e-9",
		"1.25E-08",
		"1e7",
		"1e999",
		"1e-999",
		"123456789012345678901234567890",
		"0.12345678901234567890",
		"\"1\"",
		"true",
		"[1]",
		"[-0]",
		"{}",
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t w = 0; w < WAYS; w++) {
			int64_t x;
			assert_false(take(ways[w], rows[i], &x));
		}
}

static void print_number(char *to, size_t room)
{
	int whole = rand() % 8, fraction = rand() % 10;
	long long m = rand() % 10000000, f = rand() % 1000000000;

	for (int i = 7; i > whole; i--)
		m /= 10;
	for (int i = 9; i > fraction; i--)
		f /= 10;
	if (fraction)
		snprintf(to, room, "%s%lld.%0*lld", rand() % 2 ? "-" : "", m, fraction, f);
	else
		snprintf(to, room, "%s%lld", rand() % 2 ? "-" : "", m);
	if (rand() % 3 == 0)
		sprintf(to + strlen(to), rand() % 2 ? "e-%d" : "E-0%d", rand() % (10 - fraction));
}

/* Every way has read the same, and that is what num says. */
static void try_random(struct sample *s, struct run r[])
{
	char line[400], text[COLUMNS][60];
	size_t len = 1;

	strcpy(line, "{");
	for (int i = 0; i < COLUMNS; i++) {
		strcpy(text[i], "null");
		if (rand() % 8)
			print_number(text[i], sizeof text[i]);
		len += (size_t)sprintf(
			line + len, "%s\"%c\":%s", i ? "," : "", "abcde"[i], text[i]);
	}
	strcpy(line + len, "}");
	read_line(s, line);
	for (size_t w = 0; w < WAYS; w++) {
		assert_true(run_read(&r[w], &s->rec));
		run_add(&r[w]);
		for (int i = 0; i < COLUMNS; i++) {
			struct decimal d = { 0 };
			bool is = strcmp(text[i], "null");
			if (is)
				assert_true(num_decimal(slice_of(text[i]), &d));
			assert_true(r[w].present[i] == -(int64_t)is);
			assert_true(r[w].number[i] == d.m * (int64_t)num_ten[d.e + RUN_PLACES]);
		}
	}
}

static void all_ways_sum_alike(void **unused)
{
	struct run_sum expected[COLUMNS];
	struct run r[WAYS];
	struct sample s;

	(void)unused;
	begin(&s);
	for (size_t w = 0; w < WAYS; w++)
		init(&r[w], ways[w]);
	for (int round = 0; round < 20; round++) {
		for (int i = 0; i < COLUMNS; i++)
			expected[i] = (struct run_sum){ 0, 0, INT64_MAX, INT64_MIN };
		for (int k = 0; k < RUN_RECORDS - 1; k++) {
			try_random(&s, r);
			for (int i = 0; i < COLUMNS; i++) {
				int64_t x = r[0].number[i];
				if (!r[0].present[i])
					continue;
				expected[i].count++;
				expected[i].sum += x;
				expected[i].low = x < expected[i].low ? x : expected[i].low;
				expected[i].high = x > expected[i].high ? x : expected[i].high;
			}
		}
		for (size_t w = 0; w < WAYS; w++) {
			assert_int_equal(r[w].records, RUN_RECORDS - 1);
			for (size_t i = 0; i < COLUMNS; i++) {
				struct run_sum got = run_sum(&r[w], i);
				assert_memory_equal(&got, &expected[i], sizeof got);
			}
			run_clear(&r[w]);
		}
	}
	for (size_t w = 0; w < WAYS; w++)
		run_free(&r[w]);
	end(&s);
}

/* The largest that are taken, as often as they may be. */
static void nothing_overflows(void **unused)
{
	(void)unused;
	for (size_t w = 0; w < WAYS; w++) {
		struct run_sum sum;
		struct sample s;
		struct run r;

		begin(&s);
		init(&r, ways[w]);
		read_line(&s, "{\"a\":-9999999.999999999,\"e\":9999999.999999999}");
		for (int k = 0; k < RUN_RECORDS - 1; k++) {
			assert_true(run_read(&r, &s.rec));
			run_add(&r);
		}
		sum = run_sum(&r, 0);
		assert_true(sum.sum == -9999999999999999 * (int64_t)(RUN_RECORDS - 1));
		sum = run_sum(&r, 4);
		assert_true(sum.sum == 9999999999999999 * (int64_t)(RUN_RECORDS - 1));
		assert_true(sum.low == sum.high && sum.count == RUN_RECORDS - 1);
		run_free(&r);
		end(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_multiples_of_a_billionth),
		cmocka_unit_test(what_does_not_fit_is_left),
		cmocka_unit_test(all_ways_sum_alike),
		cmocka_unit_test(nothing_overflows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
