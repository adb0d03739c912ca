/* Values and the members that they become. */
#include "nested/flat.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>

/* Some bytes behind a value may be looked at. */
static const char *line(const char *text)
{
	static char room[512];

	memset(room, '\n', sizeof room);
	memcpy(room, text, strlen(text));
	return room;
}

static struct slice quoted(const char *name)
{
	static char text[64];

	return (struct slice){ text, (size_t)snprintf(text, sizeof text, "\"%s\"", name) };
}

static const struct {
	const char *value, *flat;
	bool quickly, closely; /* a name arises twice */
} values[] = {
	{ "[1, \"x\" ,null]", "\"v/0\":1,\"v/1\":\"x\",\"v/2\":null", false, false },
	{ "{\"a\" : {\"b\":[[{}],-1.5e3]}, \"c\":[ ]}",
		"\"v/a/b/0/0\":{},\"v/a/b/1\":-1.5e3,\"v/c\":[ ]", false, false },
	{ "{\"\":1,\"\\u0061\":2,\"\\u0022\":{\"\\n\":3}}", "\"v/\":1,\"v/a\":2,\"v/\\\"/\\n\":3",
		false, false },
	{ "[0,1,2,3,4,5,6,7,8,9,10]",
		"\"v/0\":0,\"v/1\":1,\"v/2\":2,\"v/3\":3,\"v/4\":4,\"v/5\":5,\"v/6\":6,\"v/7\":7,\"v/8\":8,"
		"\"v/9\":9,\"v/10\":10",
		false, false },
	{ "{\"a\":1,\"\\u0061\":2}", "\"v/a\":1,\"v/a\":2", true, true },
	{ "{\"a/b\":1,\"a\":{\"b\":2}}", "\"v/a/b\":1,\"v/a/b\":2", true, true },
	{ "{\"a\":{\"x\":1},\"a\":[2]}", "\"v/a/x\":1,\"v/a/0\":2", true, false },
	{ "{\"a\":{\"x\":1},\"b\":{\"x\":2}}", "\"v/a/x\":1,\"v/b/x\":2", false, false },
};

static void values_become_members(void **unused)
{
	struct flat f = { .separator = SLICE("/") };

	(void)unused;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		for (int closely = 0; closely < 2; closely++) {
			struct buf got = { 0 };
			bool twice = closely ? values[i].closely : values[i].quickly;
			flat_begin(&f, closely);
			assert_true(flat_value(&f, quoted("v"), line(values[i].value), &got, 1000));
			assert_true(slice_equal(buf_slice(&got), slice_of(values[i].flat)));
			assert_int_equal(f.repeated, twice);
			assert_int_equal(f.opened, 1);
			buf_free(&got);
		}
	}
	flat_free(&f);
}

/* A flat name is one that has separators in it, however it came about. */
static void names_arise_twice(void **unused)
{
	struct flat f = { .separator = SLICE("::") };
	const char *value = line("{\"b\":{\"c\":1},\"d\":2}"), *other = "3";
	struct buf got = { 0 };

	(void)unused;
	for (int closely = 0; closely < 2; closely++) {
		flat_begin(&f, closely);
		flat_claim(&f, quoted("a:"), other);
		flat_claim(&f, quoted("a::b::\\u0063"), other);
		assert_false(f.repeated);
		assert_true(flat_value(&f, quoted("a"), value, &got, 1000));
		assert_true(f.repeated);
		assert_true(slice_equal(buf_slice(&f.twice), SLICE("a::b::c")));
		assert_ptr_equal(f.twice_at[0], other);
		assert_ptr_equal(f.twice_at[1], strchr(value, '1'));
	}
	buf_free(&got);
	flat_free(&f);
}

static void what_grows_too_long_is_given_up(void **unused)
{
	struct flat f = { .separator = SLICE(".") };
	const char *value = line("[1,2]");
	struct buf got = { 0 };

	(void)unused;
	flat_begin(&f, true);
	buf_byte(&got, '{');
	assert_true(flat_value(&f, quoted("a"), value, &got, 16));
	assert_true(slice_equal(buf_slice(&got), SLICE("{\"a.0\":1,\"a.1\":2")));
	flat_begin(&f, true);
	got.len = 1;
	assert_false(flat_value(&f, quoted("a"), value, &got, 15));
	buf_free(&got);
	flat_free(&f);
}

/* In FNV-1a a byte adds to the state what depends on the state's low byte alone, so two names differ by a sum
 * that a secret beginning hides in one byte only. These, times the powers of its prime, add up to 0 modulo
 * 2^64: of each low byte two names can be made that it would not tell apart. */
static const int difference[] = { 1, 8, -2, -4, -10, -6, 14, 2, 18, 13, -15, 17 };

enum { LENGTH = sizeof difference / sizeof *difference };

static bool is_letter(int c)
{
	return c >= '#' && c <= '~' && c != '\\';
}

static bool make_pair(unsigned char a, unsigned char b, int i, char *x, char *y)
{
	for (int sum = 0; sum < 256 && i < LENGTH; sum++) {
		int other = sum - a + b - difference[i];
		x[i] = (char)(a ^ sum);
		y[i] = (char)(b ^ other);
		if (other < 0 || other > 255 || !is_letter(x[i]) || !is_letter(y[i]))
			continue;
		if (make_pair((unsigned char)(sum * 0xb3), (unsigned char)(other * 0xb3), i + 1, x,
			    y))
			return true;
	}
	return i == LENGTH;
}

static void names_cannot_be_made_to_collide(void **unused)
{
	struct flat f = { .separator = SLICE(".") };
	char x[LENGTH + 1] = { 0 }, y[LENGTH + 1] = { 0 };

	(void)unused;
	for (int low = 0; low < 256; low++) {
		assert_true(make_pair((unsigned char)low, (unsigned char)low, 0, x, y));
		assert_string_not_equal(x, y);
		flat_begin(&f, false);
		flat_claim(&f, quoted(x), x);
		flat_claim(&f, quoted(y), y);
		assert_false(f.repeated);
	}
	flat_free(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_become_members),
		cmocka_unit_test(names_arise_twice),
		cmocka_unit_test(what_grows_too_long_is_given_up),
		cmocka_unit_test(names_cannot_be_made_to_collide),
	};

	return cmocka_run_group_tests_name("flat", tests, NULL, NULL);
}
