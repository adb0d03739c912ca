/* expr: what is compiled, what is refused, what comes of it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/mem.h"
#include "expr/expr.h"
#include "expr/function.h"

enum { PAD = 64 };

/* The record that most of them are run with. */
static const char *const sample =
	"{\"a\":1,\"b\":2.50,\"c\":3,\"s\":\"x\",\"t\":true,\"f\":false,\"n\":null,\"big\":1e999,"
	"\"o\":{\"x\":1},\"use [kW]\":7,\"and\":8,\"_\":9,\"\xc3\xa9\":10,\"x\":1.0,\"y\":1e0}";

struct bench {
	struct fields fields;
	struct zone zone;
	bool each;
	struct expr *expression;
	struct scan scan;
	struct rec rec;
	char *block;
};

static struct expr *compile(struct bench *b, struct slice text, struct expr_fault *fault)
{
	const struct expr_setup setup = {
		.fields = &b->fields, .zone = &b->zone, .each = b->each, .longest = 1000
	};

	b->zone = zone_fixed(0);
	return expr_compile(text, &setup, fault);
}

/* The sample is the record at hand. */
static void lay(struct bench *b, const char *text, bool each)
{
	struct expr_fault fault;
	size_t len = strlen(sample);

	*b = (struct bench){ .each = each };
	b->expression = compile(b, slice_of(text), &fault);
	if (!b->expression)
		fail_msg("%s: %s (byte %zu)", text, fault.what, fault.at);
	b->block = mem_alloc(len + 1 + PAD);
	memcpy(b->block, sample, len);
	memset(b->block + len, '\n', 1 + PAD);
	scan_init(&b->scan, &b->fields, SCAN_FAST);
	scan_block(&b->scan, (struct slice){ b->block, len + 1 });
	assert_int_equal(scan_next(&b->scan), SCAN_RECORD);
	rec_begin(&b->rec, &b->scan);
}

static void clear(struct bench *b)
{
	expr_free(b->expression);
	rec_free(&b->rec);
	scan_free(&b->scan);
	fields_free(&b->fields);
	free(b->block);
}

static void gives(const char *text, const char *json)
{
	struct bench b;
	struct calc x;
	struct slice got;

	lay(&b, text, false);
	/* The second time is like the first. */
	for (size_t i = 0; i < 2; i++) {
		if (!expr_run(b.expression, &b.rec, FIELD_NONE, &x))
			fail_msg("%s: %.*s %s", text, (int)b.rec.fault_name.len,
				b.rec.fault_name.at, b.rec.fault);
		assert_true(expr_json(b.expression, &x, &b.rec, &got));
		if (!slice_equal(got, slice_of(json)))
			fail_msg("%s: %.*s, not %s", text, (int)got.len, got.at, json);
	}
	clear(&b);
}

/* The record is a bad one. */
static void blames(const char *text, const char *name, const char *what)
{
	struct bench b;
	struct calc x;

	lay(&b, text, false);
	if (expr_run(b.expression, &b.rec, FIELD_NONE, &x))
		fail_msg("%s: nothing is wrong", text);
	if (!slice_equal(b.rec.fault_name, slice_of(name)) || strcmp(b.rec.fault, what) != 0)
		fail_msg("%s: %.*s %s", text, (int)b.rec.fault_name.len, b.rec.fault_name.at,
			b.rec.fault);
	clear(&b);
}

static void refuses_slice(struct slice text, size_t at, const char *what)
{
	struct bench b = { 0 };
	struct expr_fault fault;

	if (compile(&b, text, &fault))
		fail_msg("%.*s: nothing is wrong", (int)text.len, text.at);
	if (fault.at != at || strcmp(fault.what, what) != 0)
		fail_msg("%.60s: %s (byte %zu)", text.at, fault.what, fault.at);
	fields_free(&b.fields);
}

static void refuses(const char *text, size_t at, const char *what)
{
	refuses_slice(slice_of(text), at, what);
}

/* --- grammar --- */

static void what_binds_more(void **state)
{
	(void)state;
	gives("2**3**2", "512");
	gives("-2**2", "-4");
	gives("(-2)**2", "4");
	gives("2**-1", "0.5");
	gives("2**-1**2", "0.5");
	gives("- -2", "2");
	gives("+-+2", "-2");
	gives("-2*-3", "6");
	gives("2*3%4", "2");
	gives("2+3*4", "14");
	gives("7/2*2", "7");
	gives("10-2-3", "5");
	gives("10-2+3", "11");
	gives("n ?? 1 + 1", "2");
	gives("1 + (n ?? 1)", "2");
	gives("n ?? n ?? 4", "4");
	gives("n ?? 1 == 1", "true");
	gives("1 + 1 == 2", "true");
	gives("!a == 2", "true");
	gives("not a == 2", "true");
	gives("! !t", "true");
	gives("not t or t", "true");
	gives("!f && f", "false");
	gives("t == !f", "true");
	gives("f == f && t == t", "true");
	gives("t || f && f", "true");
	gives("(t || f) && f", "false");
	gives("t or f and f", "true");
	gives("f || t ? 1 : 2", "1");
	gives("f ? 1 : f ? 2 : 3", "3");
	gives("t ? f ? 1 : 2 : 3", "2");
	gives("t ? 1 : 2 + 3", "1");
	gives("(t ? 1 : 2) + 3", "4");
	gives("max(1, t ? 5 : 2, 3)", "5");
}

static void names(void **state)
{
	(void)state;
	gives("`use [kW]` + field(\"use [kW]\") + field('use [kW]')", "21");
	gives("field(concat(\"use\", \" [kW]\"))", "7");
	gives("`and`", "8");
	gives("_ + `_`", "18");
	gives("\xc3\xa9", "10");
	gives("missing", "null");
	gives("hour", "null");
	gives("`true`", "null");
	gives("true", "true");
	gives("field", "null");
	refuses("field()", 0, "field takes one text, the field's name");
	refuses("1 + field(\"a\", \"b\")", 4, "field takes one text, the field's name");
	refuses("field(a)", 0, "field takes one text, the field's name");
	refuses("field(1)", 0, "field takes one text, the field's name");
	refuses("and", 0, "a value is missing before this");
	refuses("a + or", 4, "a value is missing before this");
}

static void mistakes(void **state)
{
	(void)state;
	refuses("", 0, "a value is missing here");
	refuses("  ", 2, "a value is missing here");
	refuses("1 +", 3, "a value is missing here");
	refuses("(1 + 2", 0, "the parenthesis is not closed");
	refuses("a + (b * (c)", 4, "the parenthesis is not closed");
	refuses("1 + 2)", 5, "a parenthesis is closed that was not opened");
	refuses("()", 1, "a value is missing before this");
	refuses("* 2", 0, "a value is missing before this");
	refuses("a + * b", 4, "a value is missing before this");
	refuses("a b", 2, "an operator is missing before this");
	refuses("a 1", 2, "an operator is missing before this");
	refuses("\"a\" \"b\"", 4, "an operator is missing before this");
	refuses("`a`(1)", 3, "an operator is missing before this");
	refuses("true(1)", 4, "an operator is missing before this");
	refuses("1, 2", 1, "an operator is missing before this");
	refuses("a = 1", 2, "= is no comparison; == is");
	refuses("a $", 2, "a field is named without a $");
	refuses("a + \"x", 4, "a quote is not closed");
	refuses("t ? 1", 2, "a : is missing after this ?");
	refuses("t ? 1 : f ? 2", 10, "a : is missing after this ?");
	refuses("t ? : 2", 4, "a value is missing before this");
	refuses("a < b < c", 6, "comparisons do not chain; say a < b && b < c");
	refuses("a == b != c", 7, "comparisons do not chain; say a < b && b < c");
	refuses("1e999", 0, "a number beyond the doubles");
	refuses("a + 1e999", 4, "a number beyond the doubles");
}

static void calls(void **state)
{
	struct bench b = { 0 };
	struct expr_fault fault;

	(void)state;
	assert_null(compile(&b, SLICE("1 + rond(a)"), &fault));
	assert_int_equal(fault.at, 4);
	assert_string_equal(fault.near, "round");
	assert_null(compile(&b, SLICE("xyzzy(a)"), &fault));
	assert_null(fault.near);
	fields_free(&b.fields);
	refuses("xyzzy(a)", 0, "there is no such function");
	refuses("round()", 0, "the function takes more arguments");
	refuses("1 + substr(s)", 4, "the function takes more arguments");
	refuses("round(1, 2, 3)", 0, "the function takes fewer arguments");
	refuses("round(1", 0, "the parenthesis after this is not closed");
	refuses("1 + round(1, ", 13, "a value is missing here");
	refuses("round(1,)", 8, "a value is missing before this");
	refuses("round(\"a\")", 6, "this is not a number");
	refuses("round(1, s == s)", 9, "this is not a number");
	refuses("len(1)", 4, "this is not a text");
	refuses("hour(t == t)", 5, "this is not a time");
	refuses("matches(s, s)", 11, "this must be a constant, such as \"1d\"");
	refuses("truncate(a, null)", 12, "this must be a constant, such as \"1d\"");
	refuses("truncate(a, \"1 day\")", 12, "no such unit of time (y q mo w d h m s ms us ns)");
	gives("truncate(`use [kW]`, concat(\"5\", \"s\"))", "5");
	gives("matches(s, \"^x$\")", "true");
	gives("max(1, 2, 3)", "3");
}

/* --- kinds --- */

static void kinds_known_beforehand(void **state)
{
	(void)state;
	refuses("1 + \"a\"", 4, "this is not a number");
	refuses("\"a\" + 1", 0, "this is not a number");
	refuses("-\"a\"", 1, "this is not a number");
	refuses("+(a == 1)", 2, "this is not a number");
	refuses("2 * (a < b)", 5, "this is not a number");
	refuses("!a && 2", 6, "this is not true or false");
	refuses("1 && t", 0, "this is not true or false");
	refuses("t || len(s)", 5, "this is not true or false");
	refuses("!\"a\"", 1, "this is not true or false");
	refuses("a + 1 ? 2 : 3", 0, "this is not true or false");
	refuses("1 == \"a\"", 2, "this compares values of different kinds");
	refuses("(a == 1) == \"x\"", 9, "this compares values of different kinds");
	refuses("len(s) < lower(s)", 7, "this compares values of different kinds");
	refuses("true < false", 5, "true and false are not ordered");
	refuses("a < null", 4, "null is neither less nor greater; == and != look for it");
	refuses("null >= a", 0, "null is neither less nor greater; == and != look for it");
	refuses("substr(\"a\", 1.5)", 12, "not a whole number");
}

static void kinds_of_fields(void **state)
{
	(void)state;
	blames("a + s", "s", "is not a number");
	blames("n + s", "s", "is not a number");
	blames("t * 2", "t", "is not a number");
	blames("-s", "s", "is not a number");
	blames("+s", "s", "is not a number");
	blames("o + 1", "o", "is not a number");
	blames("a && t", "a", "is not true or false");
	blames("t && s", "s", "is not true or false");
	blames("!a", "a", "is not true or false");
	blames("s ? 1 : 2", "s", "is not true or false");
	blames("a == s", "a", "is a number, compared with a text");
	blames("1 == s", "s", "is a text, compared with a number");
	blames("a == t", "a", "is a number, compared with true or false");
	blames("o == o", "o", "is a nested value, which cannot be compared");
	blames("o == 1", "o", "is a nested value, which cannot be compared");
	blames("t < f", "t", "is true or false, of which none is greater");
	blames("round(s)", "s", "is not a number");
	blames("substr(n, s)", "s", "is not a number");
	blames("len(a)", "a", "is not a text");
	blames("hour(t)", "t", "is not a time");
	blames("hour(s)", "s", "not a time");
	blames("fixed(b, a - b)", "a part of the expression",
		"not a number of digits from 0 to 99");
	blames("(t ? s : 1) * (f ? 1 : \"a\")", "s", "is not a number");
	blames("a * (f ? 1 : \"a\")", "a part of the expression", "is not a number");
	blames("(f ? 1 : \"a\") == a + 1", "a part of the expression",
		"is a text, compared with a number");
	blames("(a == 1) < t", "t", "is true or false, of which none is greater");
	gives("n == s", "null");
	gives("n < o", "null");
	gives("f && s", "false");
	gives("t || s", "true");
	gives("t ? 1 : -s", "1");
	gives("a ?? -s", "1");
	gives("isobject(o) && !isarray(o)", "true");
}

/* --- null --- */

static void null_is_what_is_not_known(void **state)
{
	(void)state;
	gives("n + 1", "null");
	gives("1 - n", "null");
	gives("-n", "null");
	gives("!n", "null");
	gives("n ? 1 : 2", "null");
	gives("round(n)", "null");
	gives("n < 1", "null");
	gives("n == n", "null");
	gives("n != n", "null");
	gives("n == missing", "null");
	gives("n && t", "null");
	gives("t && n", "null");
	gives("n && f", "false");
	gives("f && n", "false");
	gives("n || t", "true");
	gives("t || n", "true");
	gives("n || f", "null");
	gives("n || n", "null");
	gives("null || true", "true");
	gives("null && false", "false");
	gives("true && null", "null");
	gives("null + 1", "null");
	gives("null", "null");
}

static void tests_for_null(void **state)
{
	(void)state;
	gives("n == null", "true");
	gives("null == n", "true");
	gives("missing == null", "true");
	gives("a == null", "false");
	gives("a != null", "true");
	gives("null != n", "false");
	gives("o != null", "true");
	gives("(n) == (null)", "true");
	gives("null == null", "true");
	gives("n + 1 == null", "true");
	gives("a / 0 == null", "true");
	gives("big == null", "true");
	/* With the word alone: what happens to be null is not known. */
	gives("a == 1 / 0", "null");
	gives("a != null + 1", "null");
	gives("a < 1 / 0", "null");
	gives("1 / 0 == null", "true");
}

/* A value from a record is copied as it is spelled there; one beyond the doubles is null to operators. */
static void spelling(void **state)
{
	(void)state;
	gives("b", "2.50");
	gives("+b", "2.50");
	gives("n ?? b", "2.50");
	gives("t ? b : a", "2.50");
	gives("max(a, b)", "2.50");
	gives("big", "1e999");
	gives("n ?? big", "1e999");
	gives("big ?? 1", "1");
	gives("-big", "null");
	gives("+big", "null");
	gives("!big", "null");
	gives("big ? 1 : 2", "null");
	gives("big && t", "null");
	gives("t && big", "null");
	gives("big || f", "null");
	gives("round(big)", "null");
	gives("o", "{\"x\":1}");
	gives("x == y && y == a", "true");
	gives("b * 1", "2.5");
}

static void undefined_results_count(void **state)
{
	static const struct {
		const char *text;
		uint64_t twice;
	} rows[] = {
		{ "1 / 0", 2 },
		{ "a / 0 + b / 0", 4 },
		{ "log(0)", 2 },
		{ "sqrt(-1)", 2 },
		{ "0 % 0", 2 },
		{ "1e308 * 10", 2 },
		{ "10 ** 400", 2 },
		{ "big + 1", 2 },
		{ "n + 1", 0 },
		{ "t ? 1 : 1 / 0", 0 },
		{ "t || 1 / 0 == 1", 0 },
		{ "a ?? 1 / 0", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench b;
		struct calc x;
		lay(&b, rows[i].text, false);
		for (size_t n = 0; n < 2; n++)
			assert_true(expr_run(b.expression, &b.rec, FIELD_NONE, &x));
		if (expr_undefined(b.expression) != rows[i].twice)
			fail_msg("%s: %ju", rows[i].text, (uintmax_t)expr_undefined(b.expression));
		clear(&b);
	}
}

/* --- jumps --- */

static void append(struct buf *b, const char *text, size_t times)
{
	while (times--)
		buf_add(b, slice_of(text));
}

static const char *text_of(struct buf *b)
{
	buf_byte(b, 0);
	b->len--;
	return b->at;
}

static void jumps_within_jumps(void **state)
{
	struct buf b = { 0 };

	(void)state;
	gives("(f ? 1 : n) ?? (t ? n : 1) ?? 3", "3");
	gives("(f || n) ?? t", "true");
	gives("1 + (t && (f || t) ? (n ?? 5) : 6) * 2", "11");
	gives("max((n ?? 1) + 1, f ? 9 : (t && f ? 8 : 3))", "3");
	gives("(a == 1 ? s : \"y\") == \"x\" && (n == null) == t", "true");
	gives("(n ? 1 : 2) ?? 3", "3");
	gives("1 + 2 * (3 + (n ?? 4) * (f ? 0 : 5)) == null", "false");
	gives("null == (n ?? n) || f", "true");
	append(&b, "f ? 1 : ", 199);
	append(&b, "2", 1);
	gives(text_of(&b), "2");
	b.len = 0;
	append(&b, "n ?? ", 5000);
	append(&b, "2", 1);
	gives(text_of(&b), "2");
	b.len = 0;
	append(&b, "f or ", 5000);
	append(&b, "t", 1);
	gives(text_of(&b), "true");
	buf_free(&b);
}

/* As many values at once as an expression can ask for. */
static void tall_stacks(void **state)
{
	struct buf b = { 0 };

	(void)state;
	append(&b, "a + (", 199);
	append(&b, "a", 1);
	append(&b, ")", 199);
	gives(text_of(&b), "200");
	b.len = 0;
	append(&b, "max(", 30);
	append(&b, "1", 1);
	append(&b, ",2,3,a+c)", 30);
	gives(text_of(&b), "4");
	b.len = 0;
	append(&b, "max(c", 1);
	append(&b, ",a", FUNCTION_ARGUMENTS - 1);
	append(&b, ")", 1);
	gives(text_of(&b), "3");
	b.len = 0;
	append(&b, "max(c", 1);
	append(&b, ",a", FUNCTION_ARGUMENTS);
	append(&b, ")", 1);
	refuses(text_of(&b), 4 + 2 * FUNCTION_ARGUMENTS, "too many arguments");
	buf_free(&b);
}

/* What opens so many levels around a value. */
static void nest(struct buf *b, const char *open, const char *value, const char *close, size_t n)
{
	b->len = 0;
	append(b, open, n);
	append(b, value, 1);
	append(b, close, n);
}

static void depth(void **state)
{
	static const struct {
		const char *open, *value, *close, *json;
		size_t at; /* in one level more, from its beginning */
	} rows[] = {
		{ "(", "a", ")", "1", 1 },
		{ "-", "a", "", "1", 1 },
		{ "!", "t", "", "true", 1 },
		{ "a**", "a", "", "1", 3 },
		{ "abs(", "a", ")", "1", 4 },
		{ "a + (", "a", ")", "201", 5 },
		{ "f ? 1 : ", "a", "", "1", 4 },
		{ "t ? ", "a", " : 1", "1", 4 },
	};
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		nest(&b, rows[i].open, rows[i].value, rows[i].close, EXPR_DEPTH);
		gives(text_of(&b), rows[i].json);
		nest(&b, rows[i].open, rows[i].value, rows[i].close, EXPR_DEPTH + 1);
		refuses(text_of(&b), EXPR_DEPTH * strlen(rows[i].open) + rows[i].at,
			"the expression is nested too deeply");
	}
	buf_free(&b);
}

static void length(void **state)
{
	struct buf b = { 0 };

	(void)state;
	append(&b, "1", 1);
	append(&b, " ", EXPR_MAX - 2);
	append(&b, "+", 1);
	refuses(text_of(&b), EXPR_MAX, "a value is missing here");
	b.at[1] = '+';
	b.at[EXPR_MAX - 1] = '1';
	gives(b.at, "2");
	append(&b, " ", 1);
	refuses(text_of(&b), EXPR_MAX, "the expression is longer than 65536 bytes");
	append(&b, "((((((((((", 1000000);
	refuses(text_of(&b), EXPR_MAX, "the expression is longer than 65536 bytes");
	buf_free(&b);
}

/* --- the rest --- */

/* A constant text is still there when the next record has used up the memory of results. */
static void constants_are_folded_and_stay(void **state)
{
	(void)state;
	gives("concat(\"a\", \"b\", 1 + 1)", "\"ab2\"");
	gives("concat(concat(\"a\", \"b\"), s, upper(\"c\"))", "\"abxC\"");
	gives("0.1 + 0.2 == 0.3", "true");
	gives("true ? \"a\" : \"b\"", "\"a\"");
	gives("(false ? 1 : \"a\") == s", "false");
	gives("null ?? 5", "5");
	gives("coalesce(null, 1) + a", "2");
	refuses("a + coalesce(\"a\", 1)", 4, "this is not a number");
	refuses("1 + (true ? \"a\" : 1)", 5, "this is not a number");
}

static void never_holds(void **state)
{
	static const struct {
		const char *text;
		bool never;
	} rows[] = { { "1", true }, { "a + 1", true }, { "\"a\"", true }, { "lower(s)", true },
		{ "truncate(a, \"1h\")", true }, { "a", false }, { "a > 1", false },
		{ "null", false }, { "true", false }, { "t ? 1 : f", false },
		{ "coalesce(t, f)", false } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench b;
		lay(&b, rows[i].text, false);
		assert_int_equal(expr_never_holds(b.expression), rows[i].never);
		clear(&b);
	}
}

static void tests(void **state)
{
	static const struct {
		const char *text;
		bool good, holds;
		const char *fault;
	} rows[] = {
		{ "a < b", true, true, NULL },
		{ "a > b", true, false, NULL },
		{ "n > b", true, false, NULL },
		{ "t", true, true, NULL },
		{ "missing", true, false, NULL },
		{ "s", false, false, "is not true or false" },
		{ "t ? o : f", false, false, "is not true or false" },
		{ "t ? 1 : f", false, false, "the expression is not true or false" },
		{ "s > 1", false, false, "is a text, compared with a number" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench b;
		bool holds;
		lay(&b, rows[i].text, false);
		assert_int_equal(expr_test(b.expression, &b.rec, &holds), rows[i].good);
		assert_int_equal(holds, rows[i].holds);
		if (!rows[i].good)
			assert_string_equal(b.rec.fault, rows[i].fault);
		clear(&b);
	}
}

/* Without the backquotes it stands for the field at hand. */
static void each_field(void **state)
{
	static const struct {
		const char *field, *json;
	} rows[] = { { "a", "10" }, { "c", "12" }, { "n", "null" }, { "_", "18" } };
	struct bench b;
	struct slice got;
	struct calc x;

	(void)state;
	lay(&b, "_ + `_` + (n + a + c ?? 0)", true);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		uint32_t field = fields_find(&b.fields, slice_of(rows[i].field));
		assert_true(expr_run(b.expression, &b.rec, field, &x));
		assert_true(expr_json(b.expression, &x, &b.rec, &got));
		assert_true(slice_equal(got, slice_of(rows[i].json)));
	}
	clear(&b);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(what_binds_more),
		cmocka_unit_test(names),
		cmocka_unit_test(mistakes),
		cmocka_unit_test(calls),
		cmocka_unit_test(kinds_known_beforehand),
		cmocka_unit_test(kinds_of_fields),
		cmocka_unit_test(null_is_what_is_not_known),
		cmocka_unit_test(tests_for_null),
		cmocka_unit_test(spelling),
		cmocka_unit_test(undefined_results_count),
		cmocka_unit_test(jumps_within_jumps),
		cmocka_unit_test(tall_stacks),
		cmocka_unit_test(depth),
		cmocka_unit_test(length),
		cmocka_unit_test(constants_are_folded_and_stay),
		cmocka_unit_test(never_holds),
		cmocka_unit_test(tests),
		cmocka_unit_test(each_field),
	};

	return cmocka_run_group_tests(all, NULL, NULL);
}
