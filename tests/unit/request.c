/* Aggregates that are asked for: what they are called, and what is wrong with others. */
#include "aggregate/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/buf.h"
#include "text/list.h"

static bool ask(struct request *a, const char *items, const char *fields, struct fault *fault)
{
	struct slice rest = slice_of(items), item;
	struct names names = { 0 };
	bool good;

	while (list_next(&rest, &item, fault))
		if (!request_parse(a, item, fault))
			return false;
	assert_null(fault->what);
	if (*fields)
		assert_true(names_add(&names, slice_of(fields), fault));
	good = request_complete(a, &names, fault);
	free(names.at);
	return good;
}

static void items_are_named(void **unused)
{
	static const struct {
		const char *items, *fields, *names;
	} rows[] = {
		{ "mean,p95", "x,y", "x_mean x_p95 y_mean y_p95" },
		{ "min(z),mean,last(q),p95", "x,y", "z_min x_mean x_p95 y_mean y_p95 q_last" },
		{ "mean( use [kW] ),avg(`a,b`)", "", "use [kW]_mean a,b_avg" },
		{ " max ( x ) as  the most , wavg(speed,n)", "", "the most speed_n_wavg" },
		{ "quantile(x,0.95),quantile(x,5e-1),p99.9(x),p05(x),quantile(x,1),quantile(x,0.0)",
			"", "x_p95 x_p50 x_p99.9 x_p05 x_p100 x_p0" },
		{ "stdev,variance(x)", "a", "a_stdev x_variance" },
		{ "count(),sum(x)", "", "x_sum" },
		{ "count,sum(x)", "", "x_sum" },
		{ "count as n,sum(x)", "", "n x_sum" },
		{ "count,count() as n", "x", "x_count n" },
		{ "delta(x)", "", "x_delta" },
		{ "rate(x) as r", "", "r" },
		{ "argmin(x,time) as `a b`", "", "a b" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct request a = { 0 };
		struct buf got = { 0 };
		struct fault fault;
		if (!ask(&a, rows[i].items, rows[i].fields, &fault))
			fail_msg("%s: %s", rows[i].items, fault.what);
		for (size_t k = 0; k < a.n; k++)
			buf_printf(&got, "%s%.*s", k ? " " : "", (int)a.item[k].name.len,
				a.item[k].name.at);
		buf_byte(&got, 0);
		assert_string_equal(got.at, rows[i].names);
		buf_free(&got);
		request_free(&a);
	}
}

static void mistakes_are_told(void **unused)
{
	static const struct {
		const char *item, *fields, *what;
		size_t at;
		const char *near;
	} rows[] = {
		{ "meen(x)", "", "there is no such aggregate", 0, "mean" },
		{ "medain", "x", "there is no such aggregate", 0, "median" },
		{ "stdev(x),x", "", "there is no such aggregate", 0, NULL },
		{ "p101(x)", "", "there is no such aggregate", 0, NULL },
		{ "p(x)", "", "there is no such aggregate", 0, NULL },
		{ "(x)", "", "there is no such aggregate", 0, NULL },
		{ "mean()", "", "an argument is missing", 5, NULL },
		{ "wavg(x)", "", "an argument is missing", 6, NULL },
		{ "wavg(x, )", "", "an argument is missing", 8, NULL },
		{ "mean(x,y)", "", "there are too many arguments", 7, NULL },
		{ "p95(x,0.5)", "", "there are too many arguments", 6, NULL },
		{ "mean(x)y", "", "nothing may follow the parentheses but a name after as", 8,
			NULL },
		{ "mean(a*)", "", "a pattern has no place here (backquotes take it to the letter)",
			5, NULL },
		{ "quantile(x,1.5)", "", "a number from 0 to 1 is needed, of 15 digits at most", 11,
			NULL },
		{ "quantile(x, half)", "", "a number from 0 to 1 is needed, of 15 digits at most",
			12, NULL },
		{ "quantile(x,0.1234567890123456)", "",
			"a number from 0 to 1 is needed, of 15 digits at most", 11, NULL },
		{ "wavg", "x", "two fields are needed, as in wavg(x,y)", 4, NULL },
		{ "quantile", "x", "a field and a number are needed, as in quantile(x,0.95)", 8,
			NULL },
		{ "mean", "", "of which field?", 4, NULL },
		{ "mean as m", "x*", "a pattern has several results, so they have no name", 0,
			NULL },
		{ "mean(x) as ``", "", "after as, a name is needed", 13, NULL },
		{ "mean(\xff)", "", "this is not UTF-8", 5, NULL },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct request a = { 0 };
		struct fault fault;
		if (ask(&a, rows[i].item, rows[i].fields, &fault))
			fail_msg("%s is taken", rows[i].item);
		assert_string_equal(fault.what, rows[i].what);
		assert_int_equal(fault.at, rows[i].at);
		assert_true(!rows[i].near == !a.near);
		if (a.near)
			assert_string_equal(a.near, rows[i].near);
		request_free(&a);
	}
}

static void assert_clash(const char *items, const char *what, const char *about)
{
	struct request a = { 0 };
	struct fault fault;

	request_reserve(&a, SLICE("count"));
	request_reserve(&a, SLICE("house"));
	assert_false(ask(&a, items, "", &fault));
	assert_string_equal(fault.what, what);
	assert_true(slice_equal(a.about, slice_of(about)));
	request_free(&a);
}

static void names_do_not_clash(void **unused)
{
	(void)unused;
	assert_clash("mean(x),p5(x),mean(x)", "two results have this name: give another after as",
		"x_mean");
	assert_clash("quantile(x,0.5),p50(x)", "two results have this name: give another after as",
		"x_p50");
	assert_clash(
		"mean(x),max(x) as house", "this name is taken: give another after as", "house");
}

static void note(const struct measure *m, void *with)
{
	struct buf *b = with;

	buf_printf(b, "%s ", m->name);
}

static void all_are_listed(void **unused)
{
	struct buf b = { 0 };

	(void)unused;
	request_each_known(note, &b);
	buf_byte(&b, 0);
	assert_string_equal(b.at,
		"count sum mean min max range var varp stddev stddevp wavg wsum cov corr slope median "
		"quantile first last delta increase rate list mode set distinct any all argmin argmax ");
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(items_are_named),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(names_do_not_clash),
		cmocka_unit_test(all_are_listed),
	};

	return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
