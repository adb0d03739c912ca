/* Held against counting everything. */
#include "survey/survey.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "time/tzdata.h"
#include "time/zone.h"

enum { TIME = 99, ROOM = 64 };

static struct stamp stamp;
static const struct survey_setup setup = { TIME, &stamp };

static enum kind kind_of(const char *json)
{
	switch (*json) {
	case 0:
		return KIND_MISSING;
	case 'n':
		return KIND_NULL;
	case 't':
		return KIND_TRUE;
	case 'f':
		return KIND_FALSE;
	case '"':
		return KIND_TEXT;
	case '[':
		return KIND_ARRAY;
	case '{':
		return KIND_OBJECT;
	default:
		return KIND_NUMBER;
	}
}

/* A value with as many bytes behind as may be read, until the end of the record. */
static void add(struct survey *s, uint32_t field, const char *json)
{
	static char room[ROOM][ROOM];
	static size_t next;
	char *copy = room[next++ % ROOM];

	memset(copy, '#', ROOM);
	memcpy(copy, json, strlen(json));
	survey_add(s, field, (struct value){ copy, (uint32_t)strlen(json), kind_of(json) });
}

static void add_record(struct survey *s, const char *json)
{
	survey_begin(s);
	add(s, 0, json);
	survey_end(s);
}

static void assert_total(const struct survey_field *f, const char *wanted)
{
	struct buf sum = { 0 };

	total_print(&sum, &f->total);
	buf_byte(&sum, 0);
	assert_string_equal(sum.at, wanted);
	buf_free(&sum);
}

/* So many values come in turn or by chance, each as a short and as a long spelling. */
static void count_values(unsigned pool, bool by_chance)
{
	struct survey s = { .setup = &setup };
	struct survey_field *f;
	uint64_t sum = 0;
	char text[ROOM];

	srand(1);
	for (unsigned i = 0; i < 20000; i++) {
		unsigned x = by_chance ? (unsigned)rand() % pool : i % pool;
		sum += x;
		snprintf(text, sizeof text, i % 7 ? "%u" : "%u.00000000000000000000", x);
		add_record(&s, text);
		if (i % 5 == 0)
			add_record(&s, i % 2 ? "\"word\"" : "null");
	}
	f = &s.field[0];
	survey_settle(f);
	assert_int_equal(s.records, 24000);
	assert_int_equal(f->count[KIND_NUMBER], 20000);
	assert_int_equal(f->numbers, 20000);
	assert_int_equal(f->count[KIND_TEXT], 2000);
	assert_int_equal(f->plains, 2000);
	assert_int_equal(f->count[KIND_NULL], 2000);
	assert_int_equal(survey_there(f), 24000);
	assert_true(sample_count(&f->values) == 20000);
	if (!by_chance)
		assert_int_equal(distinct_count(&f->distinct), pool + 1);
	snprintf(text, sizeof text, "%llu", (unsigned long long)sum);
	assert_total(f, text);
	survey_free(&s);
}

static void counts_are_exact_however_many_values_there_are(void **unused)
{
	static const unsigned pools[] = { 1, 2, 7, 8, 9, 100, 511, 1000 };

	(void)unused;
	for (size_t i = 0; i < sizeof pools / sizeof *pools; i++) {
		count_values(pools[i], false);
		count_values(pools[i], true);
	}
	count_values(15000, true);
}

static void spellings_are_told_apart_up_to_their_last_byte(void **unused)
{
	static const char *const values[] = { "1234567", "12345678", "123456789", "123456781234567",
		"1234567812345678", "12345678123456781", "1234567812345679", "\"1234567\"",
		"\"12345678123456\"", "\"123456781234567\"", "\"12345678123457\"", "true", "false",
		"null", "[1]", "[2]", "{}" };
	enum { VALUES = sizeof values / sizeof *values };
	struct survey s = { .setup = &setup };

	(void)unused;
	for (int i = 0; i < 3 * VALUES; i++)
		add_record(&s, values[i % VALUES]);
	survey_settle(&s.field[0]);
	assert_int_equal(distinct_count(&s.field[0].distinct), VALUES - 1);
	assert_int_equal(s.field[0].count[KIND_NUMBER], 21);
	assert_int_equal(s.field[0].count[KIND_TEXT], 12);
	assert_int_equal(s.field[0].numeric, 12);
	assert_int_equal(s.field[0].count[KIND_ARRAY], 6);
	survey_free(&s);
}

static void add_time(struct survey *s, const char *json)
{
	survey_begin(s);
	add(s, TIME, json);
	survey_end(s);
}

static void the_step_is_the_lower_median_and_longer_ones_are_gaps(void **unused)
{
	struct survey s = { .setup = &setup };
	struct zone zone;
	struct fault fault;
	char text[ROOM];
	int64_t at = 1700000000;

	(void)unused;
	assert_true(tzdata_find(SLICE("UTC"), &zone, &fault));
	stamp = (struct stamp){ .zone = &zone };
	for (int i = 0; i < 100; i++) {
		snprintf(text, sizeof text, "%lld", (long long)(at += i % 2 ? 10 : 15));
		add_time(&s, text);
	}
	assert_true(survey_step(s.times) == 10);
	assert_int_equal(survey_gaps(s.times), 0);
	snprintf(text, sizeof text, "%lld", (long long)(at += 16));
	add_time(&s, text);
	assert_int_equal(survey_gaps(s.times), 1);
	/* As many gaps as make 600 different ones. */
	for (int i = 0; i < 600; i++) {
		snprintf(text, sizeof text, "%lld", (long long)(at += 100 + i));
		add_time(&s, text);
		for (int k = 0; k < 3; k++) {
			snprintf(text, sizeof text, "%lld", (long long)(at += 10));
			add_time(&s, text);
		}
	}
	assert_true(survey_step(s.times) == 10);
	assert_in_range(survey_gaps(s.times), 560, 601);
	assert_int_equal(s.times->read, 101 + 2400);
	survey_free(&s);
}

static void a_field_that_is_asked_for_may_never_be_there(void **unused)
{
	struct survey s = { .setup = &setup };

	(void)unused;
	add_record(&s, "");
	add_record(&s, "");
	assert_int_equal(s.n, 1);
	assert_int_equal(survey_there(&s.field[0]), 0);
	survey_free(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_exact_however_many_values_there_are),
		cmocka_unit_test(spellings_are_told_apart_up_to_their_last_byte),
		cmocka_unit_test(the_step_is_the_lower_median_and_longer_ones_are_gaps),
		cmocka_unit_test(a_field_that_is_asked_for_may_never_be_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
