/* Windows of one size. They are compared with all multiples of the slide that hold the moment, counted by
 * hand from 1970, and with bounds that Python's zoneinfo gives for days. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "window/grid.h"

#include "../zones.h"

enum { HOUR = 3600, TRIES = 4000 };

static struct span_size seconds(int64_t n)
{
	return (struct span_size){ SPAN_NANOS, n * 1000000000 };
}

static struct instant at(int64_t second)
{
	return (struct instant){ second, 0 };
}

static int64_t floor_to(int64_t t, int64_t size)
{
	return t - ((t % size) + size) % size;
}

static void assert_window(const struct grid *g, size_t i, int64_t start, int64_t end)
{
	assert_true(i < g->n);
	assert_int_equal(g->window[i].start.seconds, start);
	assert_int_equal(g->window[i].end.seconds, end);
}

/* Half of the moments lie near the one before, so that windows at hand are used again. */
static void try_many(struct grid *g, void (*check)(const struct grid *g, int64_t t))
{
	int64_t t = 0;

	srand(1);
	for (int i = 0; i < TRIES; i++) {
		t = i % 2 ? t + rand() % 400 - 200 : rand() % 4000000 - 2000000;
		if (!grid_holds(g, at(t)))
			assert_true(grid_find(g, at(t)));
		assert_true(grid_holds(g, at(t)));
		check(g, t);
	}
	grid_free(g);
}

static void check_tumbling(const struct grid *g, int64_t t)
{
	int64_t start = floor_to(t, 900);

	assert_int_equal(g->n, 1);
	assert_window(g, 0, start, start + 900);
}

static void check_hopping(const struct grid *g, int64_t t)
{
	size_t n = 0;

	for (int64_t start = floor_to(t, 400) - 2000; start <= t; start += 400)
		if (t < start + 1000)
			assert_window(g, n++, start, start + 1000);
	assert_int_equal(g->n, n);
}

static void check_cumulating(const struct grid *g, int64_t t)
{
	int64_t start = floor_to(t, HOUR);
	size_t n = 0;

	for (int64_t end = start + 600; end <= start + HOUR; end += 600)
		if (t < end)
			assert_window(g, n++, start, end);
	assert_int_equal(g->n, n);
}

static struct grid need_grid(
	enum grid_kind kind, struct span_size size, struct span_size part, struct zone *zone)
{
	struct fault fault;
	struct grid g;

	if (!grid_init(&g, kind, size, part, (struct span){ 0 }, zone, &fault))
		fail_msg("%s", fault.what);
	return g;
}

static void moments_are_in_their_windows(void **state)
{
	struct zone utc = zone_fixed(0);
	struct grid g;

	(void)state;
	g = need_grid(GRID_TUMBLE, seconds(900), seconds(0), &utc);
	try_many(&g, check_tumbling);
	g = need_grid(GRID_HOP, seconds(1000), seconds(400), &utc);
	try_many(&g, check_hopping);
	g = need_grid(GRID_CUMULATE, seconds(HOUR), seconds(600), &utc);
	try_many(&g, check_cumulating);
}

static void each_window_has_a_next_one(void **state)
{
	struct zone utc = zone_fixed(0);
	struct grid tumbling = need_grid(GRID_TUMBLE, seconds(900), seconds(0), &utc);
	struct grid hopping = need_grid(GRID_HOP, seconds(1000), seconds(400), &utc);
	struct interval w;
	struct instant next;

	(void)state;
	srand(2);
	for (int i = 0; i < TRIES; i++) {
		int64_t t = rand() % 4000000 - 2000000;
		assert_true(grid_last(&tumbling, at(t), &w, &next));
		assert_int_equal(w.start.seconds, floor_to(t, 900));
		assert_int_equal(w.end.seconds, floor_to(t, 900) + 900);
		assert_int_equal(next.seconds, floor_to(t, 900) + 900);
		assert_true(grid_last(&hopping, at(t), &w, &next));
		assert_int_equal(w.start.seconds, floor_to(t, 400));
		assert_int_equal(w.end.seconds, floor_to(t, 400) + 1000);
		assert_int_equal(next.seconds, floor_to(t, 400) + 400);
	}
	assert_false(grid_last(&hopping, instant_last, &w, &next));
}

/* Against all the windows that hold the start. */
static void a_window_is_known_by_its_bounds(void **state)
{
	struct zone utc = zone_fixed(0);
	struct grid all[] = {
		need_grid(GRID_TUMBLE, seconds(9), seconds(0), &utc),
		need_grid(GRID_HOP, seconds(10), seconds(4), &utc),
		need_grid(GRID_CUMULATE, seconds(10), seconds(2), &utc),
	};
	int known = 0;

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int64_t start = -40; start < 40; start++)
			for (int64_t end = start - 2; end < start + 14; end++) {
				struct interval span = { at(start), at(end) };
				bool has = false;
				assert_true(grid_find(&all[i], at(start)));
				for (size_t k = 0; k < all[i].n; k++)
					has |= all[i].window[k].start.seconds == start &&
						all[i].window[k].end.seconds == end;
				assert_int_equal(grid_has(&all[i], &span), has);
				known += has;
			}
	assert_int_equal(known, 9 + 20 + 8 * 5);
	for (size_t i = 0; i < 3; i++)
		grid_free(&all[i]);
}

/* The clocks of Berlin went forward on 2024-03-31 and back on 2024-10-27. */
static void days_are_as_long_as_they_are(void **state)
{
	static const int64_t monday = 1711321200; /* 2024-03-25T00:00+01:00 */
	struct span_size week = { SPAN_DAYS, 7 }, day = { SPAN_DAYS, 1 };
	struct interval w;
	struct instant next;
	struct zone berlin;
	struct grid g;

	(void)state;
	if (no_zones())
		return;
	berlin = need_zone("Europe/Berlin");
	g = need_grid(GRID_HOP, week, day, &berlin);
	assert_true(grid_find(&g, at(monday + 6 * 24 * HOUR + 12 * HOUR)));
	assert_int_equal(g.n, 7);
	assert_window(&g, 0, monday, monday + (7 * 24 - 1) * HOUR);
	assert_window(&g, 6, monday + 6 * 24 * HOUR, monday + (13 * 24 - 1) * HOUR);
	assert_true(grid_last(&g, at(monday + 6 * 24 * HOUR), &w, &next));
	assert_int_equal(w.end.seconds, monday + (13 * 24 - 1) * HOUR);
	assert_int_equal(next.seconds, monday + (7 * 24 - 1) * HOUR);
	grid_free(&g);
	/* The last step of a day of 25 hours: 24, 25. */
	g = need_grid(GRID_CUMULATE, day, seconds(12 * HOUR), &berlin);
	assert_true(grid_find(&g, at(1730066400 + HOUR / 2))); /* 2024-10-27T23:30+01:00 */
	assert_window(&g, g.n - 1, 1729980000, 1730070000);
	grid_free(&g);
	zone_free(&berlin);
}

static void sizes_that_do_not_fit_are_refused(void **state)
{
	static const struct {
		enum grid_kind kind;
		struct span_size size, part;
	} rows[] = {
		{ GRID_HOP, { SPAN_NANOS, 5 }, { SPAN_NANOS, 6 } },
		{ GRID_HOP, { SPAN_NANOS, 1000000 }, { SPAN_NANOS, 1 } },
		{ GRID_HOP, { SPAN_NANOS, INT64_C(24) * HOUR * 1000000000 - 1 }, { SPAN_DAYS, 1 } },
		{ GRID_HOP, { SPAN_NANOS, INT64_C(48) * HOUR * 1000000000 }, { SPAN_WEEKS, 1 } },
		{ GRID_HOP, { SPAN_DAYS, 7 }, { SPAN_DAYS, 2 } },
		{ GRID_HOP, { SPAN_MONTHS, 1 }, { SPAN_DAYS, 1 } },
		{ GRID_CUMULATE, { SPAN_NANOS, 10 }, { SPAN_NANOS, 4 } },
		{ GRID_CUMULATE, { SPAN_DAYS, 1 }, { SPAN_NANOS, INT64_C(7) * HOUR * 1000000000 } },
		{ GRID_CUMULATE, { SPAN_NANOS, INT64_C(24) * HOUR * 1000000000 },
			{ SPAN_NANOS, 1000000 } },
		{ GRID_CUMULATE, { SPAN_DAYS, 1 }, { SPAN_NANOS, 1000000 } },
		{ GRID_CUMULATE, { SPAN_WEEKS, 1 }, { SPAN_NANOS, INT64_C(5) * 1000000000 } },
		{ GRID_CUMULATE, { SPAN_MONTHS, 12 }, { SPAN_NANOS, 1000000000 } },
		{ GRID_CUMULATE, { SPAN_MONTHS, INT64_C(100000) },
			{ SPAN_NANOS, INT64_C(24) * HOUR * 1000000000 } },
	};
	struct zone utc = zone_fixed(0);

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct fault fault;
		struct grid g;
		assert_false(grid_init(&g, rows[i].kind, rows[i].size, rows[i].part,
			(struct span){ 0 }, &utc, &fault));
		assert_int_equal(fault.at, 0);
	}
}

static void nothing_lies_beyond_the_years(void **state)
{
	struct zone utc = zone_fixed(0);
	struct grid g = need_grid(GRID_HOP, seconds(1000), seconds(400), &utc);

	(void)state;
	assert_false(grid_find(&g, instant_last));
	assert_false(grid_holds(&g, instant_last));
	assert_int_equal(g.n, 0);
	/* The last of them begins within the years, the one before it would not. */
	assert_false(grid_find(&g, instant_first));
	assert_int_equal(g.n, 0);
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(moments_are_in_their_windows),
		cmocka_unit_test(each_window_has_a_next_one),
		cmocka_unit_test(a_window_is_known_by_its_bounds),
		cmocka_unit_test(days_are_as_long_as_they_are),
		cmocka_unit_test(sizes_that_do_not_fit_are_refused),
		cmocka_unit_test(nothing_lies_beyond_the_years),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
