/* The functions of texts. Expected values by hand; those of letters are from perl's copy of the Unicode
 * Character Database and agree with towlower() and towupper() of glibc. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include <stdio.h>

#include "text/letters.h"

#include "../trial.h"

static const struct {
	const char *call, *result;
} calls[] = {
	{ "len('')", "0" },
	{ "len('abc')", "3" },
	{ "len('héllo')", "5" },
	{ "len('€😀')", "2" },
	{ "len('e\u0301')", "2" },
	{ "len('a\\u0000b')", "3" },

	{ "lower('')", "''" },
	{ "lower('AbC xYz @[`{')", "'abc xyz @[`{'" },
	{ "upper('AbC xYz @[`{')", "'ABC XYZ @[`{'" },
	{ "lower('ÄÖÜ É')", "'äöü é'" },
	{ "upper('straße ÿ ÷')", "'STRAßE Ÿ ÷'" },
	{ "lower('ẞ İ ×')", "'ß i ×'" },
	{ "upper('ı ſ µ')", "'I S Μ'" },
	{ "lower('ΟΔΟΣ ΆΫ')", "'οδοσ άϋ'" },
	{ "upper('οδός')", "'ΟΔΌΣ'" },
	{ "upper('москва ёї')", "'МОСКВА ЁЇ'" },
	{ "lower('Ǆ ǅ Ⱥ Ȿ')", "'ǆ ǆ ⱥ ȿ'" },
	{ "upper('ǆ ǅ ⱥ ȿ')", "'Ǆ Ǆ Ⱥ Ȿ'" },
	{ "lower('ViỆt Nam')", "'việt nam'" },
	{ "upper('日本 😀 \u05d0')", "'日本 😀 \u05d0'" },
	{ "upper('A\\u00C9')", "'A\\u00C9'" }, /* nothing to do: the spelling stays */
	{ "lower('A\\u00e9')", "'aé'" },

	{ "trim('')", "''" },
	{ "trim(' \\t\\n\\u000b\\f\\r')", "''" },
	{ "trim('  a b\\n')", "'a b'" },
	{ "trim('\u00a0\u2003x\u3000\xc2\x85')", "'x'" },
	{ "trim('€ à')", "'€ à'" },
	{ "trim('\u200bx\ufeff')", "'\u200bx\ufeff'" }, /* no white space */
	{ "trim('\\u0041')", "'\\u0041'" },

	{ "substr('abcdef',1)", "'abcdef'" },
	{ "substr('abcdef',2,3)", "'bcd'" },
	{ "substr('abcdef',6)", "'f'" },
	{ "substr('abcdef',7)", "''" },
	{ "substr('abcdef',5,9)", "'ef'" },
	{ "substr('abcdef',99,1)", "''" },
	{ "substr('abcdef',3,0)", "''" },
	{ "substr('abcdef',0)", "'abcdef'" },
	{ "substr('abcdef',0,2)", "'a'" },
	{ "substr('abcdef',-1,3)", "'a'" },
	{ "substr('abcdef',-5,3)", "''" },
	{ "substr('abcdef',-5)", "'abcdef'" },
	{ "substr('abcdef',2.0,1e0)", "'b'" },
	{ "substr('abcdef',2,9223372036854775807)", "'bcdef'" },
	{ "substr('abcdef',-9223372036854775807,9223372036854775807)", "''" },
	{ "substr('abcdef',-1e300,1)", "''" },
	{ "substr('abcdef',1e300)", "''" },
	{ "substr('hé€😀o',2,3)", "'é€😀'" },
	{ "substr('',1,1)", "''" },
	{ "substr('abc',1.5)", "fault 1: not a whole number" },
	{ "substr('abc',1,0.5)", "fault 2: not a whole number" },
	{ "substr('abc',1,-1)", "fault 2: a negative length" },
	{ "substr(null,1)", "null" },
	{ "substr('abc',1,null)", "null" },

	{ "split('a,b,c',',',1)", "'a'" },
	{ "split('a,b,c',',',2)", "'b'" },
	{ "split('a,b,c',',',3)", "'c'" },
	{ "split('a,b,c',',',4)", "null" },
	{ "split('a,b,c',',',0)", "null" },
	{ "split('a,b,c',',',-1)", "null" },
	{ "split('a,,c',',',2)", "''" },
	{ "split('a,',',',2)", "''" },
	{ "split('',',',1)", "''" },
	{ "split('',',',2)", "null" },
	{ "split('a::b:::c','::',3)", "':c'" },
	{ "split('a€b€c','€',2)", "'b'" },
	{ "split('abc','abcd',1)", "'abc'" },
	{ "split('a,b',',',1e30)", "null" },
	{ "split('a,b',',',1.5)", "fault 2: not a whole number" },
	{ "split('a','',1)", "fault 1: an empty text to look for" },

	{ "replace('banana','an','AN')", "'bANANa'" },
	{ "replace('aaa','aa','b')", "'ba'" },
	{ "replace('aaa','a','aa')", "'aaaaaa'" },
	{ "replace('a.b.c','.','')", "'abc'" },
	{ "replace('','a','b')", "''" },
	{ "replace('abc','abc','')", "''" },
	{ "replace('1,5','.','x')", "'1,5'" },
	{ "replace('\\u0041','a','b')", "'\\u0041'" },
	{ "replace('5 €','€','EUR')", "'5 EUR'" },
	{ "replace('abc','','x')", "fault 1: an empty text to look for" },

	{ "concat('a')", "'a'" },
	{ "concat('a','','b')", "'ab'" },
	{ "concat('n=',1.50,' ',true,' ',-1E3)", "'n=1.50 true -1E3'" },
	{ "concat([1, 2],{'a':null})", "'[1, 2]{\\'a\\':null}'" },
	{ "concat('','')", "''" },
	{ "concat('a',null)", "null" },

	{ "contains('banana','nan')", "true" },
	{ "contains('banana','nab')", "false" },
	{ "contains('banana','')", "true" },
	{ "contains('','')", "true" },
	{ "contains('','a')", "false" },
	{ "contains('é','è')", "false" },
	{ "contains('a','abc')", "false" },
	{ "contains(null,'a')", "null" },
	{ "starts('banana','ban')", "true" },
	{ "starts('banana','anana')", "false" },
	{ "starts('ba','ban')", "false" },
	{ "starts('ba','')", "true" },
	{ "starts('','')", "true" },
	{ "ends('banana','nana')", "true" },
	{ "ends('banana','banan')", "false" },
	{ "ends('a','na')", "false" },
	{ "ends('','')", "true" },
	{ "matches('sensor-12','^sensor-[0-9]+$')", "true" },
	{ "matches('sensor-1x','^sensor-[0-9]+$')", "false" },
	{ "matches('aéb','a.b')", "true" },
	{ "matches('a','(')", "refused 1: a parenthesis is not closed" },

	{ "coalesce(null,1.50,2)", "1.50" },
	{ "coalesce('\\u0041',null)", "'\\u0041'" },
	{ "coalesce(false,1)", "false" },
	{ "coalesce(null,[ 1 ])", "[ 1 ]" },
	{ "coalesce(null,null)", "null" },
	{ "coalesce(null)", "null" },
	{ "isnull(null)", "true" },
	{ "isnull(0)", "false" },
	{ "isnull('')", "false" },
	{ "isobject({})", "true" },
	{ "isobject([])", "false" },
	{ "isobject(null)", "false" },
	{ "isarray([])", "true" },
	{ "isarray({})", "false" },
	{ "isarray(null)", "false" },
	{ "typeof(null)", "'null'" },
	{ "typeof(true)", "'boolean'" },
	{ "typeof(false)", "'boolean'" },
	{ "typeof(1)", "'number'" },
	{ "typeof('1')", "'string'" },
	{ "typeof({})", "'object'" },
	{ "typeof([])", "'array'" },
};

static void gives_the_result(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
		assert_call(calls[i].call, calls[i].result, NULL);
}

static void refuses_constants(void **state)
{
	(void)state;
	assert_refused("replace('a','','b')", "refused 1: an empty text to look for", NULL);
	assert_refused("split('a','',1)", "refused 1: an empty text to look for", NULL);
	assert_refused("split('a',',',0.5)", "refused 2: not a whole number", NULL);
	assert_refused("substr('a',0.5)", "refused 1: not a whole number", NULL);
	assert_refused("substr('a',1,0.5)", "refused 2: not a whole number", NULL);
	assert_refused("substr('a',1,-1)", "refused 2: a negative length", NULL);
	assert_refused("matches('a','a{2,1}')",
		"refused 1: a repetition whose least is above its most", NULL);
}

/* A calculated number has no spelling of its own. */
static void joins_calculated_numbers(void **state)
{
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "concat(0,'/',0)", false, NULL));
	c.arg[0] = calc_real(1.0 / 3);
	c.arg[2] = calc_integer(INT64_MAX);
	assert_string_equal(trial_run(&c), "'0.3333333333333333/9223372036854775807'");
	trial_free(&c);
}

static void refuses_places_between_characters(void **state)
{
	struct trial c;

	(void)state;
	assert_null(trial_prepare(&c, "substr('abc',1)", false, NULL));
	c.arg[1] = calc_real(2.5);
	assert_string_equal(trial_run(&c), "fault 1: not a whole number");
	c.arg[1] = calc_real(2);
	assert_string_equal(trial_run(&c), "'bc'");
	trial_free(&c);
}

static size_t encode(char *to, unsigned c)
{
	if (c < 0x80) {
		to[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		to[0] = (char)(0xc0 | c >> 6);
		to[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	to[0] = (char)(0xe0 | c >> 12);
	to[1] = (char)(0x80 | (c >> 6 & 0x3f));
	to[2] = (char)(0x80 | (c & 0x3f));
	return 3;
}

static unsigned decode(const char *text, size_t len)
{
	const unsigned char *p = (const unsigned char *)text;

	if (len == 1)
		return p[0];
	if (len == 2)
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	assert_int_equal(len, 3);
	return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

/* Of what the letters from first to last become, by a polynomial in 31. */
static uint32_t sum(
	uint32_t h, unsigned first, unsigned last, char *(*letters)(char *, struct slice))
{
	for (unsigned c = first; c <= last; c++) {
		char from[4], to[8];
		size_t n = encode(from, c);
		char *end = letters(to, (struct slice){ from, n });
		h = h * 31 + decode(to, (size_t)(end - to));
	}
	return h;
}

static uint32_t sum_all(char *(*letters)(char *, struct slice))
{
	uint32_t h = sum(0, 0, 0x24f, letters);

	h = sum(h, 0x370, 0x52f, letters);
	return sum(h, 0x1e00, 0x1eff, letters);
}

static void knows_all_letters(void **state)
{
	(void)state;
	assert_int_equal(sum_all(letters_lower), 0x7da0654f);
	assert_int_equal(sum_all(letters_upper), 0xeb0a6473);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_the_result),
		cmocka_unit_test(refuses_constants),
		cmocka_unit_test(joins_calculated_numbers),
		cmocka_unit_test(refuses_places_between_characters),
		cmocka_unit_test(knows_all_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
