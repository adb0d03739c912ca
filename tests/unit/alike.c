/* Held against comparing every field with every other one. */
#include "survey/alike.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 20, RECORDS = 12 };

/* The first field that had the same in all records as this one. */
static uint32_t first_alike(char all[RECORDS][FIELDS], uint32_t field)
{
	for (uint32_t other = 0;; other++) {
		int differ = 0;
		for (int r = 0; r < RECORDS; r++)
			differ += all[r][other] != all[r][field];
		if (!differ)
			return other;
	}
}

/* Fields differ seldom, and some appear late or vanish; 0 is no value. */
static void fill(char all[RECORDS][FIELDS])
{
	int odds = 1 + rand() % 40;

	for (int r = 0; r < RECORDS; r++) {
		char usual = (char)(rand() % 4 ? '1' + rand() % 3 : 0);
		for (int f = 0; f < FIELDS; f++)
			all[r][f] =
				rand() % odds ? usual : (char)(rand() % 3 ? '1' + rand() % 3 : 0);
	}
}

static bool is_never_there(char all[RECORDS][FIELDS], uint32_t field)
{
	for (int r = 0; r < RECORDS; r++)
		if (all[r][field])
			return false;
	return true;
}

static void add(struct alike *a, char all[RECORDS][FIELDS], int record)
{
	int from = rand() % FIELDS;

	alike_begin(a);
	for (int i = 0; i < FIELDS; i++) {
		int f = (i + from) % FIELDS;
		if (all[record][f])
			alike_add(a, (uint32_t)f, (struct slice){ &all[record][f], 1 });
	}
	alike_end(a);
}

static void fields_are_alike_that_were_so_in_every_record(void **unused)
{
	(void)unused;
	srand(2);
	for (int round = 0; round < 5000; round++) {
		struct alike a = { 0 };
		char all[RECORDS][FIELDS];
		fill(all);
		for (int r = 0; r < RECORDS; r++)
			add(&a, all, r);
		for (uint32_t f = 0; f < FIELDS; f++)
			assert_int_equal(alike_leader(&a, f),
				is_never_there(all, f) ? f : first_alike(all, f));
		alike_free(&a);
	}
}

static void values_are_alike_if_all_their_bytes_are(void **unused)
{
	struct alike a = { 0 };

	(void)unused;
	alike_begin(&a);
	alike_add(&a, 3, SLICE("1.0"));
	alike_add(&a, 1, SLICE("1.0"));
	alike_add(&a, 2, SLICE("1.00"));
	alike_add(&a, 0, SLICE("\"1.0\""));
	alike_end(&a);
	assert_int_equal(alike_leader(&a, 0), 0);
	assert_int_equal(alike_leader(&a, 1), 1);
	assert_int_equal(alike_leader(&a, 2), 2);
	assert_int_equal(alike_leader(&a, 3), 1);
	assert_int_equal(alike_leader(&a, 4), 4);
	alike_free(&a);
}

enum { MANY = 50000 };

/* A class of all that falls apart at once. */
static void many_fields_take_little_time(void **unused)
{
	static uint32_t value[MANY];
	struct alike a = { 0 };

	(void)unused;
	for (uint32_t record = 0; record < 2; record++) {
		alike_begin(&a);
		for (uint32_t f = 0; f < MANY; f++) {
			value[f] = record * (f / 2);
			alike_add(
				&a, f, (struct slice){ (const char *)&value[f], sizeof value[f] });
		}
		alike_end(&a);
	}
	for (uint32_t f = 0; f < MANY; f++)
		assert_int_equal(alike_leader(&a, f), f / 2 * 2);
	alike_free(&a);
}

/* One after the other leaves the class, its leader first. */
static void what_is_missing_takes_no_time(void **unused)
{
	struct alike a = { 0 };

	(void)unused;
	alike_begin(&a);
	for (uint32_t f = 0; f < MANY; f++)
		alike_add(&a, f, SLICE("0"));
	alike_end(&a);
	for (uint32_t f = 0; f < MANY - 2; f++) {
		assert_int_equal(alike_leader(&a, MANY - 1), f);
		alike_begin(&a);
		alike_add(&a, f, SLICE("0"));
		alike_end(&a);
		assert_int_equal(alike_leader(&a, f), f);
	}
	assert_int_equal(alike_leader(&a, MANY - 1), MANY - 2);
	alike_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_alike_that_were_so_in_every_record),
		cmocka_unit_test(values_are_alike_if_all_their_bytes_are),
		cmocka_unit_test(many_fields_take_little_time),
		cmocka_unit_test(what_is_missing_takes_no_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
