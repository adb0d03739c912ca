/* Names that are claimed, and given back. */
#include "nested/claims.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>

enum { MANY = 5000 };

static struct slice name(int i)
{
	static char text[16];

	return (struct slice){ text, (size_t)snprintf(text, sizeof text, "%d", i) };
}

/* So few hashes that most names share theirs. */
static uint64_t hash(int i)
{
	return (uint64_t)i % 97;
}

static void each_name_is_claimed_once(void **unused)
{
	static const char by[MANY];
	struct claims c = { 0 };

	(void)unused;
	for (int i = 0; i < MANY; i++)
		assert_null(claims_add(&c, hash(i), name(i), by + i));
	for (int i = 0; i < MANY; i++)
		assert_ptr_equal(claims_add(&c, hash(i), name(i), NULL)->by, by + i);
	assert_int_equal(c.n, MANY);
	claims_free(&c);
}

static void claims_are_taken_back(void **unused)
{
	struct claims c = { 0 };

	(void)unused;
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < MANY; i++)
			assert_null(claims_add(&c, hash(i), name(i), NULL));
		claims_keep(&c, 100);
		assert_non_null(claims_add(&c, hash(99), name(99), NULL));
		for (int i = MANY; i >= 100; i--)
			assert_null(claims_add(&c, hash(i), name(i), NULL));
		claims_keep(&c, 0);
	}
	claims_free(&c);
}

static void equal_hashes_are_enough_loosely(void **unused)
{
	struct claims c = { .loosely = true };

	(void)unused;
	assert_null(claims_add(&c, 1, SLICE("a"), NULL));
	assert_null(claims_add(&c, 2, SLICE("b"), NULL));
	assert_non_null(claims_add(&c, 1, SLICE("c"), NULL));
	claims_keep(&c, 1);
	assert_null(claims_add(&c, 2, SLICE("a"), NULL));
	claims_free(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_name_is_claimed_once),
		cmocka_unit_test(claims_are_taken_back),
		cmocka_unit_test(equal_hashes_are_enough_loosely),
	};

	return cmocka_run_group_tests_name("claims", tests, NULL, NULL);
}
