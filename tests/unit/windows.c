/* Windows of two sizes, against a table of all of them: what is added to each, what is too late for it, when
 * and in which order they fire and go. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "window/windows.h"

enum { SPAN = 12000, RECORDS = 6000, KEYS = 3, DELAY = 30, LATENESS = 90 };

/* Hopping windows of 60 s every 20 s, and tumbling ones of 100 s. */
static const struct {
	int64_t size, slide;
} shapes[] = { { 60, 20 }, { 100, 100 } };

static struct {
	uint64_t added[KEYS];
	bool open, fired, gone;
} model[2][SPAN];

static struct {
	struct windows windows;
	int64_t clock, t;
	int key;
	size_t adds, misses;
	struct interval last; /* that has fired, since the clock moved */
	bool has_fired;
} run;

static struct instant at(int64_t second)
{
	return (struct instant){ second, 0 };
}

static void add(void *with, struct pane *pane, struct group *group)
{
	int64_t start = pane->span.start.seconds, size = shapes[pane->size].size;
	uint64_t n;

	assert_ptr_equal(with, &run);
	assert_int_equal(pane->span.end.seconds, start + size);
	assert_true(start <= run.t && run.t < start + size);
	assert_true(run.clock < start + size + DELAY + LATENESS);
	assert_int_equal(pane->fired, run.clock >= start + size + DELAY);
	assert_int_equal(*group_key(&pane->groups, group).at, '0' + run.key);
	memcpy(&n, group->cells, sizeof n);
	n++;
	memcpy(group->cells, &n, sizeof n);
	assert_int_equal(n, ++model[pane->size][start].added[run.key]);
	if (!model[pane->size][start].open)
		model[pane->size][start].fired = pane->fired;
	model[pane->size][start].open = true;
	run.adds++;
}

static void miss(void *with, const struct interval *span)
{
	assert_ptr_equal(with, &run);
	assert_true(span->start.seconds <= run.t && run.t < span->end.seconds);
	assert_true(run.clock >= span->end.seconds + DELAY + LATENESS);
	run.misses++;
}

static void fire(void *with, struct pane *pane)
{
	int64_t start = pane->span.start.seconds;

	assert_ptr_equal(with, &run);
	assert_true(run.clock >= pane->span.end.seconds + DELAY);
	assert_true(model[pane->size][start].open);
	assert_false(model[pane->size][start].fired);
	model[pane->size][start].fired = true;
	if (run.has_fired) {
		int order = instant_compare(run.last.end, pane->span.end);
		assert_true(order < 0 ||
			(!order && instant_compare(run.last.start, pane->span.start) <= 0));
	}
	run.last = pane->span;
	run.has_fired = true;
}

static void drop(void *with, struct pane *pane)
{
	int64_t start = pane->span.start.seconds;

	assert_ptr_equal(with, &run);
	assert_true(run.clock >= pane->span.end.seconds + DELAY + LATENESS);
	assert_true(model[pane->size][start].fired);
	assert_false(model[pane->size][start].gone);
	model[pane->size][start].gone = true;
}

static void move_clock(int64_t t)
{
	run.clock = t;
	run.has_fired = false;
	windows_advance(&run.windows, at(t));
	for (int s = 0; s < 2; s++)
		for (int64_t start = 0; start < SPAN; start++) {
			int64_t end = start + shapes[s].size;
			if (!model[s][start].open)
				continue;
			assert_int_equal(model[s][start].fired, t >= end + DELAY);
			assert_int_equal(model[s][start].gone, t >= end + DELAY + LATENESS);
		}
}

static size_t windows_of(int64_t t)
{
	size_t n = 0;

	for (int s = 0; s < 2; s++)
		for (int64_t start = 0; start <= t; start += shapes[s].slide)
			n += t < start + shapes[s].size;
	return n;
}

static void prepare(struct zone *zone)
{
	struct windows *w = &run.windows;

	*w = (struct windows){ .with = &run, .add = add, .miss = miss, .fire = fire, .drop = drop };
	w->delay = (struct span){ DELAY * INT64_C(1000000000) };
	w->lateness = (struct span){ LATENESS * INT64_C(1000000000) };
	w->panes.cells = sizeof(uint64_t);
	for (int s = 0; s < 2; s++) {
		struct span_size size = { SPAN_NANOS, shapes[s].size * 1000000000 };
		struct span_size slide = { SPAN_NANOS, shapes[s].slide * 1000000000 };
		struct fault fault;
		struct grid grid;
		assert_true(grid_init(&grid, s ? GRID_TUMBLE : GRID_HOP, size, slide,
			(struct span){ 0 }, zone, &fault));
		windows_size(w, &grid);
	}
}

static void each_record_is_where_it_belongs(void **state)
{
	struct zone utc = zone_fixed(0);
	int64_t top = 400;

	(void)state;
	srand(3);
	prepare(&utc);
	for (int i = 0; i < RECORDS; i++) {
		char key = (char)('0' + (run.key = rand() % KEYS));
		struct slice text = { &key, 1 };
		top += rand() % 100 ? rand() % 3 : 150;
		run.t = rand() % 3 ? top : top - rand() % 200;
		if (top > SPAN - 200)
			break;
		if (run.t > run.clock)
			move_clock(run.t);
		run.adds = run.misses = 0;
		assert_true(windows_find(&run.windows, at(run.t)));
		windows_put(&run.windows, text, text);
		assert_int_equal(run.adds + run.misses, windows_of(run.t));
	}
	run.clock = INT64_MAX;
	run.has_fired = false;
	windows_finish(&run.windows);
	assert_int_equal(run.windows.panes.n, 0);
	for (int s = 0; s < 2; s++)
		for (int64_t start = 0; start < SPAN; start++)
			assert_int_equal(model[s][start].gone, model[s][start].open);
	for (int s = 0; s < 2; s++) {
		grid_free(&run.windows.view[s].grid);
		free(run.windows.view[s].pane);
		free(run.windows.view[s].group);
	}
	free(run.windows.view);
	buf_free(&run.windows.key);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_record_is_where_it_belongs),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
