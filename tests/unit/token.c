/* token: the words of an expression */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/buf.h"
#include "expr/token.h"

static void begin(struct tokens *t, struct arena *arena, const char *source)
{
	*arena = (struct arena){ 0 };
	*t = (struct tokens){ .source = slice_of(source), .arena = arena };
}

/* Each as its kind and what it means, up to the end: "name temp|operator >|number 3". */
static void words(const char *source, const char *wanted)
{
	static const char *const name[] = { "end", "number", "text", "name", "quoted", "operator" };
	struct buf got = { 0 };
	struct arena arena;
	struct tokens t;
	struct token token;
	struct fault fault;

	begin(&t, &arena, source);
	for (;;) {
		if (!token_next(&t, &token, &fault))
			fail_msg("%s: %s (byte %zu)", source, fault.what, fault.at);
		if (token.kind == TOKEN_END)
			break;
		buf_printf(&got, "%s%s ", got.len ? "|" : "", name[token.kind]);
		buf_add(&got, token.text);
	}
	assert_int_equal(token.at, strlen(source));
	assert_true(token_next(&t, &token, &fault));
	assert_int_equal(token.kind, TOKEN_END);
	buf_byte(&got, 0);
	assert_string_equal(got.at, wanted);
	buf_free(&got);
	arena_free(&arena);
}

static void refuses(const char *source, size_t at, const char *what)
{
	struct arena arena;
	struct tokens t;
	struct token token;
	struct fault fault;

	begin(&t, &arena, source);
	while (token_next(&t, &token, &fault))
		if (token.kind == TOKEN_END)
			fail_msg("%s: nothing is wrong", source);
	if (fault.at != at || strcmp(fault.what, what) != 0)
		fail_msg("%s: %s (byte %zu)", source, fault.what, fault.at);
	arena_free(&arena);
}

static void are_divided_anywhere(void **state)
{
	(void)state;
	words("", "");
	words(" \t\r\n", "");
	words("temp>3", "name temp|operator >|number 3");
	words(" temp\t>\n3 ", "name temp|operator >|number 3");
	words("a==b", "name a|operator ==|name b");
	words("a**-b", "name a|operator **|operator -|name b");
	words("a***b", "name a|operator **|operator *|name b");
	words("!a!=!b", "operator !|name a|operator !=|operator !|name b");
	words("a<=b>=c<d>e",
		"name a|operator <=|name b|operator >=|name c|operator <|name d|operator >|name e");
	words("a&&b||c??d", "name a|operator &&|name b|operator |||name c|operator ??|name d");
	words("a???b:c", "name a|operator ??|operator ?|name b|operator :|name c");
	words("f(a,b)%+-*/",
		"name f|operator (|name a|operator ,|name b|operator )|operator %|operator +|"
		"operator -|operator *|operator /");
}

static void numbers_are_those_of_json(void **state)
{
	(void)state;
	words("0", "number 0");
	words("1.50e-3", "number 1.50e-3");
	words("2E+08", "number 2E+08");
	words(".5", "number 0.5");
	words(".5e1", "number 0.5e1");
	words("1-1", "number 1|operator -|number 1");
	words("-.5", "operator -|number 0.5");
	words("a - .5", "name a|operator -|number 0.5");
	words("1e999", "number 1e999");
	refuses("01", 0, "not a number as JSON has it");
	refuses("1 + 1.", 4, "not a number as JSON has it");
	refuses("1.e5", 0, "not a number as JSON has it");
	refuses("1.5.2", 3, "a name with a dot stands in backquotes, or as field(\"...\")");
	refuses("a > 15m", 4, "a number ends in letters; durations are texts, \"15m\"");
	refuses("1e", 0, "a number ends in letters; durations are texts, \"15m\"");
	refuses("1e+", 0, "a number ends in letters; durations are texts, \"15m\"");
	refuses("0x10", 0, "a number ends in letters; durations are texts, \"15m\"");
	refuses("1\xc3\xa9", 0, "a number ends in letters; durations are texts, \"15m\"");
}

static void names(void **state)
{
	(void)state;
	words("_", "name _");
	words("_a1 a_ T\xc3\xa9mp\xc3\xa9 n0", "name _a1|name a_|name T\xc3\xa9mp\xc3\xa9|name n0");
	words("`use [kW]``a\\\"'b`", "quoted use [kW]|quoted a\\\"'b");
	words("``", "quoted ");
	words("and true", "name and|name true");
	refuses("a + `b", 4, "a backquote is not closed");
	refuses("`", 0, "a backquote is not closed");
	refuses("use [kW]", 4,
		"a name with brackets or blanks stands in backquotes, or as field(\"...\")");
	refuses("pos.lat", 3, "a name with a dot stands in backquotes, or as field(\"...\")");
	refuses("volt.0 > 1", 4, "a name with a dot stands in backquotes, or as field(\"...\")");
	refuses("$temp", 0, "a field is named without a $");
}

static void texts(void **state)
{
	(void)state;
	words("\"\"", "text ");
	words("\"a b\"", "text a b");
	words("\"a\\\"b\\\\\"\"c\"", "text a\"b\\|text c");
	words("\"\\t\\u00e9\\ud83d\\ude00\\/\"", "text \t\xc3\xa9\xf0\x9f\x98\x80/");
	words("'a\\tb\"'", "text a\\tb\"");
	words("''", "text ");
	refuses("x == \"a", 5, "a quote is not closed");
	refuses("\"", 0, "a quote is not closed");
	refuses("\"a\\\"", 0, "a quote is not closed");
	refuses("'a", 0, "a quote is not closed");
	refuses("  '", 2, "a quote is not closed");
	refuses("1 + \"ab\\q\"", 8, "not a text as JSON has it; in '...' a backslash is itself");
	refuses("\"\\ud800\"", 1, "not a text as JSON has it; in '...' a backslash is itself");
	refuses("\"a\nb\"", 2, "not a text as JSON has it; in '...' a backslash is itself");
}

/* They live as long as the arena. */
static void texts_stay(void **state)
{
	struct arena arena;
	struct tokens t;
	struct token a, b, c;
	struct fault fault;

	(void)state;
	begin(&t, &arena, "\"\\u0041\\u0000\" \"\\u0042\" .25");
	assert_true(token_next(&t, &a, &fault) && token_next(&t, &b, &fault));
	assert_true(token_next(&t, &c, &fault));
	assert_int_equal(a.at, 0);
	assert_int_equal(b.at, 15);
	assert_int_equal(c.at, 24);
	assert_true(slice_equal(a.text, SLICE("A\0")));
	assert_true(slice_equal(b.text, SLICE("B")));
	assert_true(slice_equal(c.text, SLICE("0.25")));
	arena_free(&arena);
}

static void slips_are_told(void **state)
{
	(void)state;
	refuses("a = 1", 2, "= is no comparison; == is");
	refuses("a & b", 2, "& is no operator; && is");
	refuses("a | b", 2, "| is no operator; || is");
	refuses("a ^ 2", 2, "^ is no operator; ** is the power");
	refuses("a; b", 1, "not a sign that expressions know");
	refuses("{", 0, "not a sign that expressions know");
	refuses("a \\ b", 2, "not a sign that expressions know");
	refuses("a \x01 b", 2, "not a sign that expressions know");
}

/* No byte behind the source is looked at: here it has a number or a quote go on. */
static void ends_where_it_ends(void **state)
{
	static const char *const whole[] = { "12", "a1", "**", "==", "'a'" };
	struct arena arena = { 0 };
	struct token token;
	struct fault fault;

	(void)state;
	for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
		struct tokens t = { .source = { whole[i], 1 }, .arena = &arena };
		bool good = token_next(&t, &token, &fault);
		assert_int_equal(good, i < 3);
		if (good)
			assert_true(slice_equal(token.text, t.source));
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(are_divided_anywhere),
		cmocka_unit_test(numbers_are_those_of_json),
		cmocka_unit_test(names),
		cmocka_unit_test(texts),
		cmocka_unit_test(texts_stay),
		cmocka_unit_test(slips_are_told),
		cmocka_unit_test(ends_where_it_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
