/* What columns are called, which are wanted, and what is refused. */
#include "csv/columns.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static void snake_makes_words_of_names(void **unused)
{
	static const char *const cases[][2] = {
		{ "use [kW]", "use_kw" },
		{ "Furnace 1 [kW]", "furnace_1_kw" },
		{ "House overall [kW]", "house_overall_kw" },
		{ "apparentTemperature", "apparent_temperature" },
		{ "dewPoint", "dew_point" },
		{ "HVACUsage", "hvacusage" },
		{ "Sub_metering_1", "sub_metering_1" },
		{ "pH", "ph" },
		{ "24h", "x24h" },
		{ "(24h)", "x24h" },
		{ "a24h", "a24h" },
		{ "  a -- b  ", "a_b" },
		{ "__a__", "a" },
		{ "Temperatur \xc3\xb6", "temperatur_\xc3\xb6" },
		{ "\xc2\xb0"
		  "C",
			"\xc2\xb0"
			"c" },
		{ "[]", "" },
		{ "", "" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf b = { 0 };
		buf_add(&b, SLICE("before"));
		columns_snake(&b, slice_of(cases[i][0]));
		buf_byte(&b, 0);
		assert_string_equal(b.at + 6, cases[i][1]);
		buf_free(&b);
	}
}

static void list(struct names *names, const char *text)
{
	struct fault f;

	if (text)
		assert_true(names_add(names, slice_of(text), &f));
}

static const struct {
	const char *names; /* divided by / */
	const char *wanted, *unwanted, *texts, *numbers, *renames;
	bool dedupe, snake;
	const char *result; /* key=cell and t or n, or the complaint */
} cases[] = {
	{ "a/b", .result = "a=0 b=1 " },
	{ "a/b/c", .wanted = "c,a", .result = "c=2 a=0 " },
	{ "a/b/c", .wanted = "c,*", .result = "c=2 a=0 b=1 " },
	{ "a/b/c", .wanted = "c,c", .result = "c=2 " },
	{ "a/b/c", .unwanted = "b", .result = "a=0 c=2 " },
	{ "a/b/c", .wanted = "c,b,a", .unwanted = "b", .result = "c=2 a=0 " },
	{ "a/b/c", .unwanted = "*", .result = "" },
	{ "a/b/c", .wanted = "x*", .result = "" },
	{ "a/b/c", .texts = "a,b", .numbers = "b,c", .result = "a=0t b=1n c=2n " },
	{ "a/b", .texts = "*", .result = "a=0t b=1t " },
	{ "a/b", .renames = "a=b,b=a", .result = "b=0 a=1 " },
	{ "a=b/x", .renames = "a=b=c", .result = "c=0 x=1 " },
	{ "useW [kW]/b", .snake = true, .texts = "useW [kW]", .renames = "b=B B",
		.result = "use_w_kw=0t B B=1 " },
	{ "a/a/b/a", .dedupe = true, .result = "a=0 a_2=1 b=2 a_3=3 " },
	{ "a/a/a_2/a", .dedupe = true, .result = "a=0 a_2=1 a_2_2=2 a_3=3 " },
	{ "a//c2/", .dedupe = true, .result = "a=0 c2=1 c2_2=2 c4=3 " },
	{ "a/a", .dedupe = true, .wanted = "a_2", .renames = "a_2=z", .result = "z=1 " },
	{ "a/a", .result = "two columns are called 'a'; --dedupe-header numbers them" },
	{ "a/", .result = "column 2 has no name; --dedupe-header gives it one" },
	{ "a/b", .wanted = "a,x", .result = "no column is called 'x'" },
	{ "a/b", .unwanted = "x", .result = "no column is called 'x'" },
	{ "a/b", .texts = "x", .result = "no column is called 'x'" },
	{ "a/b", .numbers = "x", .result = "no column is called 'x'" },
	{ "a/b", .renames = "x=a", .result = "no column is called as in 'x=a'" },
	{ "a/b", .renames = "a=b", .result = "'a' and 'b' would both be called 'b'" },
	{ "a b/a_b", .snake = true, .result = "'a b' and 'a_b' would both be called 'a_b'" },
	{ "a b/a_b", .snake = true, .unwanted = "a_b", .result = "a_b=0 " },
	{ "[]", .snake = true, .result = "nothing is left of the name '[]'" },
	{ "a", .renames = "a=", .result = "nothing is left of the name 'a'" },
};

static size_t divide(const char *text, struct slice *name)
{
	size_t n = 0;

	for (;; text++) {
		size_t len = strcspn(text, "/");
		name[n++] = (struct slice){ text, len };
		text += len;
		if (!*text)
			return n;
	}
}

static void print(struct buf *b, const struct columns *c)
{
	size_t keys = 0;

	for (size_t i = 0; i < c->n; i++) {
		const struct column *column = &c->at[i];
		struct slice key = column->key;
		assert_true(slice_starts(key, SLICE(",\"")));
		assert_memory_equal(key.at + key.len - 2, "\":", 2);
		buf_printf(b, "%.*s=%zu%s ", (int)key.len - 4, key.at + 2, column->cell,
			column->type == COLUMN_TEXT           ? "t" :
				column->type == COLUMN_NUMBER ? "n" :
								"");
		keys += key.len;
	}
	assert_int_equal(c->keys, keys);
}

static void wishes_are_met_or_refused(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct columns_wish wish = { .dedupe = cases[i].dedupe, .snake = cases[i].snake };
		struct buf error = { 0 }, got = { 0 };
		struct slice name[10];
		struct columns c;
		size_t n = divide(cases[i].names, name);
		list(&wish.wanted, cases[i].wanted);
		list(&wish.unwanted, cases[i].unwanted);
		list(&wish.texts, cases[i].texts);
		list(&wish.numbers, cases[i].numbers);
		list(&wish.renames, cases[i].renames);
		if (columns_decide(&c, &wish, name, n, &error)) {
			assert_int_equal(c.cells, n);
			print(&got, &c);
		} else {
			buf_add(&got, buf_slice(&error));
		}
		buf_byte(&got, 0);
		assert_string_equal(got.at, cases[i].result);
		columns_free(&c);
		buf_free(&error);
		buf_free(&got);
		free(wish.wanted.at);
		free(wish.unwanted.at);
		free(wish.texts.at);
		free(wish.numbers.at);
		free(wish.renames.at);
	}
}

/* What a column is called in a record is JSON, whatever its name holds. */
static void keys_are_quoted(void **unused)
{
	struct slice name = SLICE("a\"\\\n\0\x1f\xc3\xa9");
	struct columns_wish wish = { 0 };
	struct buf error = { 0 };
	struct columns c;

	(void)unused;
	assert_true(columns_decide(&c, &wish, &name, 1, &error));
	assert_true(slice_equal(c.at[0].key, SLICE(",\"a\\\"\\\\\\n\\u0000\\u001f\xc3\xa9\":")));
	columns_free(&c);
}

/* Processor time, least of a few, of deciding so many columns: each of its own name, or all of one. */
static clock_t time_of(size_t n, bool one)
{
	struct columns_wish wish = { .dedupe = true };
	struct slice *name = malloc(n * sizeof *name);
	char(*text)[16] = malloc(n * sizeof *text);
	clock_t least = 0;

	for (size_t i = 0; i < n; i++) {
		snprintf(text[i], sizeof text[i], "a%zu", one ? 0 : i);
		name[i] = slice_of(text[i]);
	}
	for (int round = 0; round < 3; round++) {
		struct buf error = { 0 };
		struct columns c;
		clock_t start = clock(), spent;
		assert_true(columns_decide(&c, &wish, name, n, &error));
		spent = clock() - start;
		least = !round || spent < least ? spent : least;
		columns_free(&c);
	}
	free(name);
	free(text);
	return least;
}

/* Eight times as many take no longer than the square would by far: 64 times. */
static void time_grows_with_the_columns(void **unused)
{
	(void)unused;
	for (int one = 0; one < 2; one++)
		assert_true(time_of(40000, one) < 25 * time_of(5000, one));
}

/* Where the table of names grows, a name that is made up is still there. */
static void many_names_are_told_apart(void **unused)
{
	(void)unused;
	for (size_t n = 1; n < 300; n++) {
		struct columns_wish wish = { .dedupe = true };
		struct buf error = { 0 };
		struct slice name[300];
		char text[300][8];
		struct columns c;
		for (size_t i = 0; i < n; i++) {
			snprintf(text[i], sizeof text[i], "n%zu", i);
			name[i] = slice_of(text[i]);
		}
		name[n] = name[0];
		assert_true(columns_decide(&c, &wish, name, n + 1, &error));
		assert_true(slice_equal(c.at[n].key, SLICE(",\"n0_2\":")));
		columns_free(&c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(snake_makes_words_of_names),
		cmocka_unit_test(wishes_are_met_or_refused),
		cmocka_unit_test(keys_are_quoted),
		cmocka_unit_test(many_names_are_told_apart),
		cmocka_unit_test(time_grows_with_the_columns),
	};

	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
