/* function: the tables of functions, and the functions of numbers */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "expr/function.h"

static struct arena arena;

static const char *text_of(struct slice s)
{
	char *copy = arena_take(&arena, s.len + 1);

	memcpy(copy, s.at, s.len);
	copy[s.len] = 0;
	return copy;
}

static const struct function *find(const char *name)
{
	return function_find(slice_of(name));
}

/* --- tables --- */

enum { FUNCTIONS = 200 };

struct seen {
	const char *name[FUNCTIONS];
	size_t n;
};

static void look_at(const struct function *f, void *with)
{
	struct seen *names = with;
	size_t letters = strspn(f->takes, "ntwaNTWA");
	const char *rest = f->takes + letters;

	assert_true(letters > 0 || *rest == '?');
	if (*rest == '?')
		rest += 1 + strspn(rest + 1, "ntwaNTWA");
	rest += *rest == '+';
	assert_string_equal(rest, "");
	assert_true(function_least(f) <= function_most(f));
	assert_true(function_most(f) <= FUNCTION_ARGUMENTS);
	assert_non_null(strchr("ntbwa", f->gives));
	assert_non_null(f->call);
	assert_ptr_equal(find(f->name), f);
	for (size_t i = 0; i < names->n; i++)
		assert_string_not_equal(names->name[i], f->name);
	assert_true(names->n < FUNCTIONS);
	names->name[names->n++] = f->name;
}

static void tables(void **state)
{
	struct seen names = { .n = 0 };

	(void)state;
	function_each(look_at, &names);
	assert_true(names.n > 15);
	assert_string_equal(names.name[0], "abs");
	assert_null(find("absolute"));
	assert_null(find(""));
	assert_null(find("ABS"));
}

static void near(void **state)
{
	(void)state;
	assert_string_equal(function_near(SLICE("rond")), "round");
	assert_string_equal(function_near(SLICE("flor")), "floor");
	assert_string_equal(function_near(SLICE("numbr")), "number");
	assert_null(function_near(SLICE("xyzzy")));
}

static void arguments(void **state)
{
	static const struct {
		const char *takes;
		size_t least, most;
		const char *letters;
	} rows[] = {
		{ "n", 1, 1, "n" },
		{ "n?n", 1, 2, "nn" },
		{ "n?N", 1, 2, "nN" },
		{ "tT", 2, 2, "tT" },
		{ "tt+", 2, FUNCTION_ARGUMENTS, "ttttt" },
		{ "n+", 1, FUNCTION_ARGUMENTS, "nnnnn" },
		{ "t?aW", 1, 3, "taW" },
		{ "t?n+", 1, FUNCTION_ARGUMENTS, "tnnnn" },
		{ "?n", 0, 1, "n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const struct function f = { .takes = rows[i].takes };
		assert_int_equal(function_least(&f), rows[i].least);
		assert_int_equal(function_most(&f), rows[i].most);
		for (size_t k = 0; rows[i].letters[k]; k++) {
			bool constant;
			char letter = rows[i].letters[k];
			assert_int_equal(function_takes(&f, k, &constant), letter | 0x20);
			assert_int_equal(constant, letter < 'a');
		}
	}
}

/* --- calls --- */

static bool refuses(struct call *s, const struct calc *arg, struct fault *fault)
{
	(void)s;
	*fault = (struct fault){ "is not good enough", 1 };
	return arg[1].kind == KIND_TEXT;
}

static void preparing(void **state)
{
	const struct function f = { .takes = "nT", .prepare = refuses };
	struct calc arg[] = { calc_null(), calc_null() };
	struct call s = { .arena = &arena, .longest = SIZE_MAX };
	struct fault fault = { 0 };

	(void)state;
	assert_false(function_prepare(&s, &f, arg, 2, &fault));
	assert_int_equal(fault.at, 1);
	function_free(&s);
	arg[1] = calc_text(SLICE("x"));
	assert_true(function_prepare(&s, &f, arg, 2, &fault));
	assert_ptr_equal(s.function, &f);
	assert_int_equal(s.n, 2);
	assert_ptr_equal(s.arena, &arena);
	function_free(&s);
	function_free(&s);
}

/* What the constant arguments were made into is freed. */
static void freeing(void **state)
{
	struct call s = { .arena = &arena, .longest = SIZE_MAX };
	struct fault fault;

	(void)state;
	assert_true(layout_compile(SLICE("%F"), &s.layout, &fault));
	assert_true(ere_compile(SLICE("a+"), &s.ere, &fault));
	function_free(&s);
	assert_null(s.ere);
	assert_null(s.layout.step);
}

enum { MOST = 4 };

struct row {
	const char *name, *arg[MOST];
	const char *result; /* JSON; of a fault what is wrong */
};

static struct calc argument(const char *json)
{
	struct slice s = slice_of(json);
	struct calc x;

	if (*json == '"')
		x = calc_text((struct slice){ s.at + 1, s.len - 2 });
	else if (*json == '~') /* a double */
		return calc_real(strtod(json + 1, NULL));
	else if (strchr("tf", *json))
		x = calc_bool(*json == 't');
	else
		x = calc_number(s);
	x.json = s;
	return x;
}

static void check_row(const struct row *r)
{
	struct call s = { .arena = &arena, .longest = SIZE_MAX };
	struct calc arg[MOST], result = calc_null();
	struct fault fault = { 0 };
	size_t n = 0;
	const char *given;

	for (; n < MOST && r->arg[n]; n++)
		arg[n] = argument(r->arg[n]);
	assert_true(function_prepare(&s, find(r->name), arg, n, &fault));
	if (s.function->call(&s, arg, &result, &fault))
		given = text_of(calc_json(&arena, &result));
	else
		given = fault.what;
	if (strcmp(given, r->result) != 0)
		fail_msg("%s(%s): %s, not %s", r->name, r->arg[0], given, r->result);
	function_free(&s);
	arena_reset(&arena);
}

static void numbers(void **state)
{
	static const struct row rows[] = {
		{ "abs", { "-2.50" }, "2.5" },
		{ "abs", { "2.50" }, "2.50" },
		{ "abs", { "-0.0" }, "-0.0" },
		{ "abs", { "~-2.5" }, "2.5" },
		{ "abs", { "-9223372036854775807" }, "9223372036854775807" },
		{ "min", { "3", "1.0", "1", "2" }, "1.0" },
		{ "min", { "1e0" }, "1e0" },
		{ "min", { "9007199254740993", "9007199254740992" }, "9007199254740992" },
		{ "max", { "3", "7.0", "7", "2" }, "7.0" },
		{ "max", { "-1e300", "-2e-300" }, "-2e-300" },
		{ "clamp", { "5.0", "1", "9" }, "5.0" },
		{ "clamp", { "0.5", "1.0", "9" }, "1.0" },
		{ "clamp", { "9.5", "1", "9.00" }, "9.00" },
		{ "clamp", { "2", "1", "1" }, "1" },
		{ "clamp", { "5", "9", "1" }, "above the upper limit" },
		{ "sign", { "-1e-300" }, "-1" },
		{ "sign", { "0.00" }, "0" },
		{ "sign", { "~0.25" }, "1" },
		{ "floor", { "-2.5" }, "-3" },
		{ "ceil", { "-2.5" }, "-2" },
		{ "round", { "2.5" }, "3" },
		{ "round", { "1.005", "2" }, "1.01" },
		{ "round", { "1.005", "2.0" }, "1.01" },
		{ "round", { "1250", "-2" }, "1300" },
		{ "round", { "1.5", "1e300" }, "1.5" },
		{ "round", { "1.5", "-1e300" }, "0" },
		{ "round", { "1.5", "0.5" }, "not a whole number of digits" },
		{ "fixed", { "2.5", "2" }, "\"2.50\"" },
		{ "fixed", { "2.5", "0" }, "\"3\"" },
		{ "fixed", { "2.5", "-1" }, "not a number of digits from 0 to 99" },
		{ "fixed", { "2.5", "100" }, "not a number of digits from 0 to 99" },
		{ "fixed", { "2.5", "1.5" }, "not a number of digits from 0 to 99" },
		{ "sqrt", { "2" }, "1.4142135623730951" },
		{ "sqrt", { "0.01" }, "0.1" },
		{ "sqrt", { "0" }, "0" },
		{ "sqrt", { "-1" }, "null" },
		{ "pow", { "1.1", "2" }, "1.21" },
		{ "pow", { "2", "0.5" }, "1.4142135623730951" },
		{ "pow", { "0", "-1" }, "null" },
		{ "exp", { "0" }, "1" },
		{ "exp", { "1" }, "2.718281828459045" },
		{ "exp", { "1000" }, "null" },
		{ "exp", { "-1000" }, "0" },
		{ "log", { "1" }, "0" },
		{ "log", { "10" }, "2.302585092994046" },
		{ "log", { "0" }, "null" },
		{ "log", { "-1" }, "null" },
		{ "log10", { "1e-5" }, "-5" },
		{ "log10", { "0.001000" }, "-3" },
		{ "log10", { "1000" }, "3" },
		{ "log10", { "2" }, "0.3010299956639812" },
		{ "log10", { "~1000" }, "3" },
		{ "log10", { "0" }, "null" },
		{ "log10", { "0e5" }, "null" },
		{ "log10", { "-10" }, "null" },
		{ "number", { "\"2.50\"" }, "2.5" },
		{ "number", { "2.50" }, "2.50" },
		{ "number", { "\"-1e3\"" }, "-1000" },
		{ "number", { "\" 1\"" }, "null" },
		{ "number", { "\"1 \"" }, "null" },
		{ "number", { "\"007\"" }, "null" },
		{ "number", { "\"\"" }, "null" },
		{ "number", { "\"1e999\"" }, "null" },
		{ "number", { "\"12V\"" }, "null" },
		{ "number", { "true" }, "null" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_row(&rows[i]);
}

static void powers_of_ten(void **state)
{
	struct call s = { .n = 1 };
	struct fault fault;

	(void)state;
	for (int64_t e = -1000; e <= 289; e++) {
		struct calc x = calc_integer(100), result;
		x.decimal.e = e;
		if (e == -1000)
			x.decimal.m = 1;
		assert_true(find("log10")->call(&s, &x, &result, &fault));
		assert_true(result.exact);
		assert_int_equal(result.decimal.m, e == -1000 ? e : e + 2);
	}
}

static int finish(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables),
		cmocka_unit_test(near),
		cmocka_unit_test(arguments),
		cmocka_unit_test(preparing),
		cmocka_unit_test(freeing),
		cmocka_unit_test(numbers),
		cmocka_unit_test(powers_of_ten),
	};

	return cmocka_run_group_tests(tests, NULL, finish);
}
