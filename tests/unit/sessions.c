/* Sessions, against a list of intervals that are joined one by one. Times are whole seconds; a session is due
 * a nanosecond after its end and the delay, so a second later. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "window/sessions.h"

#include "number/num.h"
#include "number/real.h"

enum { RECORDS = 20000, KEYS = 40, GAP = 20, DELAY = 15, LATENESS = 60, MOST = 1000 };

struct known {
	int key;
	int64_t start, end, last;
	uint64_t count;
};

static struct known model[MOST];
static size_t n;

static struct {
	struct sessions sessions;
	int64_t clock;
	size_t fired, adds, misses, joined, dropped;
	struct interval last; /* that has fired, since the clock moved */
	bool has_fired;
} run;

static struct instant at(int64_t second)
{
	return (struct instant){ second, 0 };
}

static uint64_t count_of(const struct group *group)
{
	uint64_t count;

	memcpy(&count, group->cells, sizeof count);
	return count;
}

static void add(void *with, struct session *s)
{
	uint64_t count = count_of(s->group) + 1;

	assert_ptr_equal(with, &run);
	memcpy(s->group->cells, &count, sizeof count);
	run.adds++;
}

static void miss(void *with, const struct interval *span)
{
	assert_ptr_equal(with, &run);
	assert_int_equal(span->end.seconds - span->start.seconds, GAP);
	run.misses++;
}

static void join(void *with, struct group *to, struct group *from)
{
	uint64_t count = count_of(to) + count_of(from);

	assert_ptr_equal(with, &run);
	memcpy(to->cells, &count, sizeof count);
	run.joined++;
}

static void fire(void *with, struct session *s)
{
	assert_ptr_equal(with, &run);
	assert_true(run.clock > s->span.end.seconds + DELAY);
	if (run.has_fired) {
		int order = instant_compare(run.last.end, s->span.end);
		assert_true(order < 0 ||
			(!order && instant_compare(run.last.start, s->span.start) <= 0));
	}
	run.last = s->span;
	run.has_fired = true;
	run.fired++;
}

static void drop(void *with, struct session *s)
{
	assert_ptr_equal(with, &run);
	assert_true(run.clock > s->span.end.seconds + DELAY + LATENESS);
	run.dropped++;
}

static bool is_gone(const struct known *k)
{
	return run.clock > k->end + DELAY + LATENESS;
}

static void forget(void)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!is_gone(&model[i]))
			model[kept++] = model[i];
	n = kept;
}

/* False: the record is too late for all of them. */
static bool put(int key, int64_t t)
{
	struct known new = { key, t, t + GAP, t, 1 };
	size_t kept = 0;
	bool touches = false;

	for (size_t i = 0; i < n; i++) {
		struct known *k = &model[i];
		if (k->key == key && k->start <= t + GAP && t <= k->end) {
			new.start = k->start < new.start ? k->start : new.start;
			new.end = k->end > new.end ? k->end : new.end;
			new.last = k->last > new.last ? k->last : new.last;
			new.count += k->count;
			touches = true;
		} else {
			model[kept++] = *k;
		}
	}
	n = kept;
	if (!touches && is_gone(&new))
		return false;
	assert_true(n < MOST);
	model[n++] = new;
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct known *x = a, *y = b;

	if (x->end != y->end)
		return x->end < y->end ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->key - y->key;
}

static void check(void)
{
	struct session **session = sessions_sorted(&run.sessions);

	qsort(model, n, sizeof *model, compare);
	assert_int_equal(run.sessions.n, n);
	for (size_t i = 0; i < n; i++) {
		const struct session *s = session[i];
		assert_int_equal(s->span.start.seconds, model[i].start);
		assert_int_equal(s->span.end.seconds, model[i].end);
		assert_int_equal(s->last.seconds, model[i].last);
		assert_int_equal(count_of(s->group), model[i].count);
		assert_true(real_of(group_key(&run.sessions.layout, s->group)) == model[i].key);
		assert_int_equal(s->fired, run.clock > model[i].end + DELAY);
	}
	free(session);
}

static struct sessions sessions_of_test(void)
{
	return (struct sessions){
		.gap = { GAP * INT64_C(1000000000) },
		.delay = { DELAY * INT64_C(1000000000) },
		.lateness = { LATENESS * INT64_C(1000000000) },
		.layout = { .size = sizeof(uint64_t) },
		.with = &run,
		.add = add,
		.miss = miss,
		.join = join,
		.fire = fire,
		.drop = drop,
	};
}

static void sessions_are_what_the_list_says(void **state)
{
	int64_t top = 0;
	size_t misses = 0;

	(void)state;
	srand(4);
	run.sessions = sessions_of_test();
	for (int i = 0; i < RECORDS; i++) {
		int k = rand() % KEYS;
		char key[NUM_MAX];
		struct slice text = { key, num_print_integer(key, k) };
		int64_t t;
		top += rand() % 200 ? rand() % 4 : 300;
		t = rand() % 3 ? top : top - rand() % 150;
		if (!i || t > run.clock) {
			run.clock = t;
			run.has_fired = false;
			sessions_advance(&run.sessions, at(t));
			forget();
		}
		misses += !put(k, t);
		sessions_put(&run.sessions, at(t), at(t), text, text);
		check();
	}
	assert_int_equal(run.misses, misses);
	assert_int_equal(run.adds, RECORDS - misses);
	assert_true(run.joined && run.misses && run.fired);
	run.clock = INT64_MAX;
	run.has_fired = false;
	sessions_finish(&run.sessions);
	assert_int_equal(run.sessions.n, 0);
	free(run.sessions.table);
	free(run.sessions.heap);
}

static void what_ends_beyond_the_years_is_refused(void **state)
{
	struct sessions s = sessions_of_test();

	(void)state;
	assert_false(sessions_reach(&s, instant_last));
	assert_true(sessions_reach(&s, at(0)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sessions_are_what_the_list_says),
		cmocka_unit_test(what_ends_beyond_the_years_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
