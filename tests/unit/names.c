/* Lists of names, and patterns, which are held against a twin that tries every way. */
#include "text/names.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void lists_are_divided_by_commas(void **unused)
{
	static const struct {
		const char *list;
		/* With / between names, a * before those that are patterns. */
		const char *wanted;
	} cases[] = {
		{ "a", "a" },
		{ "a,b", "a/b" },
		{ "a,a", "a/a" },
		{ "use [kW],gen [kW]", "use [kW]/gen [kW]" },
		{ " a , b ", " a / b " },
		{ "*", "**" },
		{ "*_kw,x?,y", "**_kw/*x?/y" },
		{ "`a,b`", "a,b" },
		{ "`*`,*", "*/**" },
		{ "x,`a,b`,`?`,y", "x/a,b/?/y" },
		{ "``", "" },
		{ "``,a", "/a" },
		{ "a`b", "a`b" },
		{ "a`b,c`", "a`b/c`" },
		{ "\xc3\xa9,(x)", "\xc3\xa9/(x)" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct names names = { 0 };
		struct fault f;
		char got[100];
		size_t len = 0;
		got[0] = 0;
		assert_true(names_add(&names, slice_of(cases[i].list), &f));
		for (size_t k = 0; k < names.n; k++)
			len += (size_t)snprintf(got + len, sizeof got - len, "%s%s%.*s",
				k ? "/" : "", names.at[k].pattern ? "*" : "",
				(int)names.at[k].text.len, names.at[k].text.at);
		assert_string_equal(got, cases[i].wanted);
		free(names.at);
	}
}

static void faulty_lists_are_refused(void **unused)
{
	static const struct {
		const char *list, *what;
		size_t at;
	} cases[] = {
		{ "", "a name is empty", 0 },
		{ ",", "a name is empty", 0 },
		{ "a,", "a name is empty", 2 },
		{ "a,,b", "a name is empty", 2 },
		{ "`a`,", "a name is empty", 4 },
		{ "`", "a backquote is not closed", 0 },
		{ "a,`b,c", "a backquote is not closed", 2 },
		{ "`a`b", "a comma is missing after a backquote", 3 },
		{ "x,`a``b`", "a comma is missing after a backquote", 5 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct names names = { 0 };
		struct fault f = { 0 };
		assert_false(names_add(&names, slice_of(cases[i].list), &f));
		assert_string_equal(f.what, cases[i].what);
		assert_int_equal(f.at, cases[i].at);
		free(names.at);
	}
}

static void lists_may_repeat(void **unused)
{
	struct names names = { 0 };
	struct fault f;

	(void)unused;
	assert_true(names_add(&names, SLICE("a,b"), &f));
	assert_true(names_add(&names, SLICE("c*"), &f));
	assert_int_equal(names.n, 3);
	assert_true(slice_equal(names.at[0].text, SLICE("a")) && names.at[2].pattern);
	free(names.at);
}

static size_t character(struct slice s)
{
	size_t n = 1;

	while (n < s.len && ((unsigned char)s.at[n] & 0xc0) == 0x80)
		n++;
	return n;
}

static bool matches(struct slice pattern, struct slice text)
{
	if (!pattern.len)
		return !text.len;
	if (pattern.at[0] == '*')
		return matches(slice_skip(pattern, 1), text) ||
			(text.len && matches(pattern, slice_skip(text, character(text))));
	if (!text.len)
		return false;
	if (pattern.at[0] == '?')
		return matches(slice_skip(pattern, 1), slice_skip(text, character(text)));
	return pattern.at[0] == text.at[0] && matches(slice_skip(pattern, 1), slice_skip(text, 1));
}

/* Makes the nth text of an alphabet: all shorter ones come before. */
static struct slice spell(char *to, unsigned n, const char *const *letters, unsigned count)
{
	size_t len = 0;

	for (; n; n = (n - 1) / count) {
		const char *letter = letters[(n - 1) % count];
		memcpy(to + len, letter, strlen(letter));
		len += strlen(letter);
	}
	return (struct slice){ to, len };
}

static void patterns_match_what_the_twin_matches(void **unused)
{
	static const char *const in_pattern[] = { "a", "b", "*", "?", "\xc3\xa9" };
	static const char *const in_text[] = { "a", "b", "\xc3\xa9", "\xe2\x82\xac" };
	char p[32], t[32];

	(void)unused;
	for (unsigned i = 0; i < 3906; i++)
		for (unsigned k = 0; k < 1365; k++) {
			struct slice pattern = spell(p, i, in_pattern, 5),
				     text = spell(t, k, in_text, 4);
			assert_int_equal(names_match(pattern, text), matches(pattern, text));
		}
}

/* With k stars the twin would take n to the power of k. */
static void many_stars_take_no_longer(void **unused)
{
	char pattern[201], text[100000];

	(void)unused;
	for (size_t i = 0; i < 100; i++)
		memcpy(pattern + 2 * i, "*a", 2);
	pattern[200] = 'b';
	memset(text, 'a', sizeof text);
	assert_false(
		names_match((struct slice){ pattern, 201 }, (struct slice){ text, sizeof text }));
	assert_true(
		names_match((struct slice){ pattern, 200 }, (struct slice){ text, sizeof text }));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_are_divided_by_commas),
		cmocka_unit_test(faulty_lists_are_refused),
		cmocka_unit_test(lists_may_repeat),
		cmocka_unit_test(patterns_match_what_the_twin_matches),
		cmocka_unit_test(many_stars_take_no_longer),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
