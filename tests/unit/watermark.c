/* The clock of several sources, against one that looks at all of them for every record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "time/watermark.h"

enum { SOURCES = 20, RECORDS = 20000, EXPECTED = 15 };

static struct {
	bool seen, idle;
	int64_t top, heard;
} model[SOURCES];

static struct instant at(int64_t second)
{
	return (struct instant){ second, 0 };
}

/* The smallest of what the sources have come to that are awake; false: not all are there. */
static bool lowest(int64_t *low)
{
	int seen = 0, awake = 0;

	for (int i = 0; i < SOURCES; i++) {
		seen += model[i].seen;
		if (!model[i].seen || model[i].idle)
			continue;
		if (!awake++ || model[i].top < *low)
			*low = model[i].top;
	}
	return seen >= EXPECTED && awake;
}

static void check(const struct watermark *w, bool moved, int64_t *clock, bool *running)
{
	int64_t low = 0;
	bool rises = lowest(&low) && (!*running || low > *clock);

	if (rises) {
		*clock = low;
		*running = true;
	}
	assert_int_equal(moved, rises);
	assert_int_equal(w->running, *running);
	if (*running)
		assert_int_equal(w->clock.seconds, *clock);
}

static void the_slowest_source_counts(void **state)
{
	struct watermark w = { .expected = EXPECTED };
	int64_t clock = 0;
	bool running = false;

	(void)state;
	srand(2);
	for (int64_t now = 1; now <= RECORDS; now++) {
		int i = rand() % SOURCES;
		int64_t t = now + rand() % 300 - 150;
		char name = (char)('a' + i);
		bool moved = watermark_rise_by(&w, (struct slice){ &name, 1 }, at(t), now);
		model[i].top = model[i].seen && model[i].top > t ? model[i].top : t;
		model[i].seen = true;
		model[i].idle = false;
		model[i].heard = now;
		check(&w, moved, &clock, &running);
		if (rand() % 10)
			continue;
		for (int k = 0; k < SOURCES; k++)
			model[k].idle |= model[k].seen && model[k].heard < now - 30;
		check(&w, watermark_idle(&w, now - 30), &clock, &running);
	}
	assert_true(running);
	watermark_free(&w);
}

static void one_source_needs_no_name(void **state)
{
	struct watermark w = { 0 };

	(void)state;
	assert_true(watermark_rise(&w, at(-5)));
	assert_false(watermark_rise(&w, at(-5)));
	assert_false(watermark_rise(&w, at(-6)));
	assert_true(watermark_rise(&w, at(3)));
	assert_int_equal(w.clock.seconds, 3);
}

static void all_idle_is_no_time(void **state)
{
	struct watermark w = { .expected = 1 };

	(void)state;
	assert_true(watermark_rise_by(&w, SLICE("a"), at(10), 1));
	assert_false(watermark_idle(&w, 100));
	assert_int_equal(w.clock.seconds, 10);
	/* It wakes with what it had come to. */
	assert_false(watermark_rise_by(&w, SLICE("a"), at(4), 101));
	assert_true(watermark_rise_by(&w, SLICE("a"), at(11), 102));
	watermark_free(&w);
}

static void what_is_restored_moves_no_clock(void **state)
{
	struct watermark w = { .expected = 2 };
	struct instant top;
	struct slice name;
	size_t next = 0;

	(void)state;
	watermark_restore(&w, SLICE("a"), at(10));
	watermark_restore(&w, SLICE("b"), at(20));
	assert_false(w.running);
	assert_true(watermark_next(&w, &next, &name, &top));
	assert_true(slice_equal(name, SLICE("a")));
	assert_true(watermark_next(&w, &next, &name, &top));
	assert_int_equal(top.seconds, 20);
	assert_false(watermark_next(&w, &next, &name, &top));
	assert_true(watermark_rise_by(&w, SLICE("b"), at(5), 1));
	assert_int_equal(w.clock.seconds, 10);
	watermark_free(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_slowest_source_counts),
		cmocka_unit_test(one_source_needs_no_name),
		cmocka_unit_test(all_idle_is_no_time),
		cmocka_unit_test(what_is_restored_moves_no_clock),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
