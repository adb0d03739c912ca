#include "base/map.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void an_empty_map_holds_nothing(void **unused)
{
	struct map m = { 0 };

	(void)unused;
	assert_int_equal(map_find(&m, SLICE("")), MAP_NONE);
	assert_int_equal(map_find(&m, SLICE("a")), MAP_NONE);
	map_free(&m);
}

static void texts_differ_in_any_byte(void **unused)
{
	static const struct slice texts[] = {
		SLICE(""),
		SLICE("\0"),
		SLICE("\0\0"),
		SLICE("a"),
		SLICE("a\0"),
		SLICE("A"),
		SLICE("12345678"),
		SLICE("12345678\0"),
		SLICE("12345678\0\0"),
		SLICE("123456789"),
		SLICE("\0"
		      "12345678"),
	};
	enum { TEXTS = sizeof texts / sizeof *texts };
	struct map m = { 0 };

	(void)unused;
	for (uint32_t round = 0; round < 2; round++)
		for (uint32_t i = 0; i < TEXTS; i++)
			assert_int_equal(map_add(&m, texts[i]), i);
	assert_int_equal(m.n, TEXTS);
	for (uint32_t i = 0; i < TEXTS; i++) {
		assert_int_equal(map_find(&m, texts[i]), i);
		assert_true(slice_equal(m.entry[i].text, texts[i]));
	}
	map_free(&m);
}

/* Texts are copied and stay where they are, however much the map grows. */
static void numbers_are_given_in_order(void **unused)
{
	struct map m = { 0 };
	const char *first;
	char text[32];

	(void)unused;
	strcpy(text, "0");
	map_add(&m, slice_of(text));
	first = m.entry[0].text.at;
	for (uint32_t i = 1; i < 100000; i++) {
		snprintf(text, sizeof text, "%u", i);
		assert_int_equal(map_find(&m, slice_of(text)), MAP_NONE);
		assert_int_equal(map_add(&m, slice_of(text)), i);
	}
	for (uint32_t i = 0; i < 100000; i++) {
		snprintf(text, sizeof text, "%u", i);
		assert_int_equal(map_find(&m, slice_of(text)), i);
		assert_int_equal(map_add(&m, slice_of(text)), i);
		assert_true(slice_equal(m.entry[i].text, slice_of(text)));
	}
	assert_ptr_equal(m.entry[0].text.at, first);
	assert_int_equal(map_find(&m, SLICE("100000")), MAP_NONE);
	map_free(&m);
	assert_int_equal(map_find(&m, SLICE("1")), MAP_NONE);
}

/* The last bytes count, whatever the length is. */
static void long_texts_are_told_apart(void **unused)
{
	struct map m = { 0 };
	char *text = malloc(3000);

	(void)unused;
	assert_non_null(text);
	memset(text, 'x', 3000);
	for (uint32_t len = 0; len < 3000; len++) {
		/* Of the very size, so that a byte too far is seen. */
		char *copy = malloc(len + 1);
		assert_non_null(copy);
		memcpy(copy, text, len);
		copy[len] = 'y';
		assert_int_equal(map_add(&m, (struct slice){ text, len }), 2 * len);
		assert_int_equal(map_add(&m, (struct slice){ copy, len + 1 }), 2 * len + 1);
		free(copy);
	}
	map_free(&m);
	free(text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_map_holds_nothing),
		cmocka_unit_test(texts_differ_in_any_byte),
		cmocka_unit_test(numbers_are_given_in_order),
		cmocka_unit_test(long_texts_are_told_apart),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
