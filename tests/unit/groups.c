/* Many keys in one window: none is lost, none is there twice, and their order is that of their values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "record/groups.h"

#include "base/buf.h"
#include "base/map.h"

enum { KEYS = 5000 };

static struct slice number(struct buf *b, int n)
{
	b->len = 0;
	buf_printf(b, "%d", n);
	return buf_slice(b);
}

static void each_key_has_one_group(void **state)
{
	struct groups g = { .size = sizeof(uint64_t) };
	struct buf key = { 0 };
	struct group *group, **sorted;
	size_t n = 0;

	(void)state;
	assert_null(groups_find(&g, SLICE("1"), map_hash(SLICE("1"))));
	/* 7 has no factor in common with the number of keys, so all come, in another order. */
	for (int i = 0; i < KEYS; i++) {
		int k = i * 7 % KEYS;
		struct slice text = number(&key, k);
		uint64_t hash = map_hash(text), value = (uint64_t)k;
		assert_null(groups_find(&g, text, hash));
		group = groups_add(&g, text, text, hash);
		assert_int_equal(group->count, 0);
		memcpy(group->cells, &value, sizeof value);
	}
	assert_int_equal(g.n, KEYS);
	for (int i = 0; i < KEYS; i++) {
		struct slice text = number(&key, i);
		uint64_t value;
		group = groups_find(&g, text, map_hash(text));
		assert_non_null(group);
		assert_true(slice_equal(group_key(&g, group), text));
		assert_true(slice_equal(group_shown(&g, group), text));
		memcpy(&value, group->cells, sizeof value);
		assert_int_equal(value, i);
	}
	for (struct groups_walk w = groups_walk(&g); groups_next(&g, &w);)
		n++;
	assert_int_equal(n, KEYS);
	sorted = groups_sorted(&g);
	for (int i = 0; i < KEYS; i++)
		assert_true(slice_equal(group_key(&g, sorted[i]), number(&key, i)));
	free(sorted);
	buf_free(&key);
	groups_free(&g);
}

static void keys_of_several_parts_go_part_by_part(void **state)
{
	static const char *const keys[] = { "null\n2", "9\n\"b\"", "9\n\"ba\"", "10\n\"a\"",
		"10\n\"a,\"", "\"a\"\n-1", "\"a\"\n1", "\"a b\"\n0", "\"ab\"\n-5" };
	enum { N = sizeof keys / sizeof *keys };
	struct groups g = { .size = 0 };
	struct group **sorted;

	(void)state;
	for (size_t i = N; i--;)
		groups_add(&g, slice_of(keys[i]), slice_of(keys[i]), map_hash(slice_of(keys[i])));
	sorted = groups_sorted(&g);
	for (size_t i = 0; i < N; i++)
		assert_true(slice_equal(group_key(&g, sorted[i]), slice_of(keys[i])));
	free(sorted);
	groups_free(&g);
}

static void a_key_is_shown_as_it_came(void **state)
{
	struct groups g = { .size = 16 };
	struct group *group;

	(void)state;
	group = groups_add(&g, SLICE("1"), SLICE("1.00"), map_hash(SLICE("1")));
	assert_true(slice_equal(group_key(&g, group), SLICE("1")));
	assert_true(slice_equal(group_shown(&g, group), SLICE("1.00")));
	groups_free(&g);
}

static void no_groups_are_none(void **state)
{
	struct groups g = { .size = 8 };
	struct groups_walk all = groups_walk(&g);

	(void)state;
	assert_null(groups_next(&g, &all));
	assert_null(groups_sorted(&g));
	groups_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_key_has_one_group),
		cmocka_unit_test(keys_of_several_parts_go_part_by_part),
		cmocka_unit_test(a_key_is_shown_as_it_came),
		cmocka_unit_test(no_groups_are_none),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
