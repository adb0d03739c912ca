/* Aggregates against what exact arithmetic with fractions gives, and the promise that neither order nor
 * splits change a byte. In the texts here ' stands for the quote, records are divided by |. */
#include "aggregate/agg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../judge.h"
#include "text/list.h"

enum { RECORDS = 60, PARTS = 5 };

static uint64_t seed = 0x9e3779b97f4a7c15;

static size_t any_below(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (seed >> 33) % n;
}

/* Aggregates and what they look at; time is field 0. */
struct bench {
	struct agg agg;
	struct fields fields;
};

static void open(struct bench *b, const char *items)
{
	struct slice rest = slice_of(items), item;
	struct names none = { 0 };
	struct fault fault;

	fields_add(&b->fields, SLICE("t"));
	while (list_next(&rest, &item, &fault))
		assert_true(request_parse(&b->agg.request, item, &fault));
	assert_null(fault.what);
	assert_true(request_complete(&b->agg.request, &none, &fault));
	agg_resolve(&b->agg, &b->fields);
	agg_resolve_partial(&b->agg, &b->fields);
}

static void shut(struct bench *b)
{
	agg_free(&b->agg);
	fields_free(&b->fields);
}

static void *empty_cells(const struct bench *b)
{
	return mem_array(1, agg_size(&b->agg) + 1);
}

static void drop(struct bench *b, void *cells)
{
	agg_drop(&b->agg, cells);
	free(cells);
}

/* Calls work() with one record. */
static void with_record(struct bench *b, struct slice line,
	bool (*work)(struct bench *, void *, struct rec *), void *cells, bool good)
{
	struct slice copy = judge_copy(line, 0);
	struct rec r = { 0 };
	struct scan s;

	scan_init(&s, &b->fields, SCAN_PLAIN);
	scan_block(&s, copy);
	assert_int_equal(scan_next(&s), SCAN_RECORD);
	rec_begin(&r, &s);
	assert_int_equal(work(b, cells, &r), good);
	rec_free(&r);
	scan_free(&s);
	free((char *)copy.at);
}

static bool add(struct bench *b, void *cells, struct rec *r)
{
	struct instant_scale seconds = { .unit = INSTANT_SECONDS, .known = true, .given = true };
	struct instant t = { 0 };
	struct slice number;
	struct fault fault;

	if (rec_number(r, 0, &number))
		assert_true(instant_of_number(number, &seconds, &t, &fault));
	return agg_read(&b->agg, r, t) && agg_add(&b->agg, cells);
}

static bool add_partial(struct bench *b, void *cells, struct rec *r)
{
	return agg_read_partial(&b->agg, r) && agg_add_partial(&b->agg, cells);
}

static bool take_partial(struct bench *b, void *cells, struct rec *r)
{
	return agg_read_partial(&b->agg, r) && agg_take_partial(&b->agg, cells);
}

/* x:1,s:'a' becomes {"x":1,"s":"a"} and LF. */
static struct buf record_of(struct slice text)
{
	struct buf b = { 0 };
	bool name = true;

	buf_byte(&b, '{');
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		if (name && (!i || text.at[i - 1] == ','))
			buf_byte(&b, '"');
		if (name && c == ':')
			buf_byte(&b, '"');
		name = c == ':' ? false : c == ',' ? true : name;
		buf_byte(&b, c == '\'' ? '"' : c);
	}
	buf_add(&b, SLICE("}\n"));
	return b;
}

static void add_text(struct bench *b, void *cells, struct slice text, bool good)
{
	struct buf line = record_of(text);

	with_record(b, buf_slice(&line), add, cells, good);
	buf_free(&line);
}

static void add_all(struct bench *b, void *cells, const char *records)
{
	for (const char *end = records; *end; records = end + 1) {
		end = strchrnul(records, '|');
		add_text(b, cells, (struct slice){ records, (size_t)(end - records) }, true);
	}
}

typedef void print_call(struct agg *a, void *cells, struct buf *b);

static char *print(struct bench *b, void *cells, print_call *call)
{
	struct buf text = { 0 };

	call(&b->agg, cells, &text);
	buf_byte(&text, 0);
	return text.at;
}

static void assert_prints(struct bench *b, void *cells, const char *wanted)
{
	char *got = print(b, cells, agg_print);

	assert_string_equal(got, wanted);
	free(got);
}

/* To a group what another prints as partial results. One that had nothing has the same then. */
static void hand_over(struct bench *b, void *to, void *from)
{
	char *text = print(b, from, agg_print_partial), *again;
	void *empty = empty_cells(b);
	struct buf line = { 0 };

	buf_printf(&line, "{%s}\n", *text ? text + 1 : "");
	with_record(b, buf_slice(&line), add_partial, to, true);
	with_record(b, buf_slice(&line), take_partial, empty, true);
	again = print(b, empty, agg_print_partial);
	assert_string_equal(again, text);
	drop(b, empty);
	buf_free(&line);
	free(again);
	free(text);
}

/* a:1|b:2 becomes ,"a":1,"b":2 */
static char *results_of(const char *text)
{
	struct buf b = { 0 };
	bool name = true;

	buf_add(&b, SLICE(",\""));
	for (; *text; text++) {
		if (*text == '|')
			buf_add(&b, SLICE(",\""));
		else if (*text == ':' && name)
			buf_add(&b, SLICE("\":"));
		else
			buf_byte(&b, *text == '\'' ? '"' : *text);
		name = *text == '|' ? true : *text == ':' ? false : name;
	}
	buf_byte(&b, 0);
	return b.at;
}

static const struct {
	const char *items, *records, *results;
} known[] = {
	{ "count(x),sum(x),mean(x),min(x),max(x),range(x)",
		"x:0.1|x:0.1|x:0.1|x:0.1|x:0.1|x:0.1|x:0.1|x:0.1|x:0.1|x:0.1",
		"x_count:10|x_sum:1|x_mean:0.1|x_min:0.1|x_max:0.1|x_range:0" },
	{ "count(x),sum(x),avg(x),min(x),max(x),range(x)", "x:36.14|x:36.2|x:null||x:36.10",
		"x_count:3|x_sum:108.44|x_avg:36.14666666666667|x_min:36.1|x_max:36.2|"
		"x_range:0.1" },
	{ "sum(x),mean(x),min(x),max(x),range(x)", "x:1e16|x:1|x:-1e16",
		"x_sum:1|x_mean:0.3333333333333333|x_min:-10000000000000000|"
		"x_max:10000000000000000|x_range:20000000000000000" },
	{ "sum(x),mean(x),min(x),max(x),range(x)", "x:1e308|x:-1e308|x:1e308|x:-1e308|x:0.1",
		"x_sum:0.1|x_mean:0.02|x_min:-1e308|x_max:1e308|x_range:null" },
	{ "sum(x),mean(x),min(x),max(x),range(x)",
		"x:123456789012345678901234567890|x:123456789012345678901234567891|"
		"x:1e-300",
		"x_sum:2.4691357802469136e29|x_mean:8.230452600823046e28|x_min:1e-300|"
		"x_max:1.23456789012345678901234567891e29|x_range:1.2345678901234568e29" },
	{ "min(x),max(x),range(x)",
		"x:1e-300|x:-1e-300|x:9223372036854775808|x:9223372036854775807",
		"x_min:-1e-300|x_max:9223372036854775808|x_range:9223372036854776000" },
	{ "min(x),max(x)",
		"x:12345.678900000001|x:0.1234567890123456|x:-0.00|"
		"x:99999999999999999999.5",
		"x_min:0|x_max:99999999999999999999.5" },
	{ "sum(x),max(x),first(x)",
		"t:1,x:170141183460469231731687303715884105728|t:1,"
		"x:999999999999999999999",
		"x_sum:1.7014118346046923e38|"
		"x_max:1.70141183460469231731687303715884105728e38|"
		"x_first:999999999999999999999" },
	{ "sum(x),count(x),mean(x),last(x),p50(x)", "x:1e999|x:-1e400|x:7",
		"x_sum:7|x_count:1|x_mean:7|x_last:7|x_p50:7" },
	{ "min(s),max(s),count(s),min(x)",
		"s:'b',x:1|s:'\\u0061'|s:null|s:'a\\u0000'|s:'\\u00e9'|s:'B'|s:'\\u00C9'",
		"s_min:'B'|s_max:'\u00e9'|s_count:6|x_min:1" },
	{ "min(s),max(s)", "s:''|s:'10'|s:'9'", "s_min:''|s_max:'9'" },
	{ "var(x),varp(x),stddev(x),stddevp(x)",
		"x:1000000004|x:1000000007|x:1000000013|x:1000000016",
		"x_var:30|x_varp:22.5|x_stddev:5.477225575051661|"
		"x_stddevp:4.743416490252569" },
	{ "var(x),varp(x),stddev(x),stddevp(x)", "x:36.1",
		"x_var:null|x_varp:0|x_stddev:null|x_stddevp:0" },
	{ "stddevp(x),varp(x)", "x:0.1|x:0.2|x:0.4|x:1e-30",
		"x_stddevp:0.1479019945774904|x_varp:0.021875" },
	{ "wavg(x,w),wsum(x,w)", "x:50.5,w:3|x:30,w:1|x:70|w:9|x:20.25,w:0",
		"x_w_wavg:45.375|x_w_wsum:181.5" },
	{ "wavg(x,w),wsum(x,w)", "x:5,w:2|x:7,w:-2", "x_w_wavg:null|x_w_wsum:-4" },
	{ "cov(x,y),corr(x,y),slope(x,y)", "x:1.1,y:1|x:2.3,y:2|x:2.9,y:3|x:4.2,y:4|x:9",
		"x_y_cov:1.65|x_y_corr:0.9912398251570825|x_y_slope:0.99" },
	{ "cov(x,y),corr(x,y),slope(x,y)", "x:1,y:5|x:2,y:5",
		"x_y_cov:0|x_y_corr:null|x_y_slope:null" },
	{ "corr(x,y),slope(x,y)", "x:1,y:-3|x:2,y:-6|x:3,y:-9",
		"x_y_corr:-1|x_y_slope:-0.3333333333333333" },
	{ "median(x),p25(x),p99.9(x),quantile(x,0.125),p0(x),p100(x)", "x:0.1|x:0.2|x:0.4|x:0.7",
		"x_median:0.3|x_p25:0.175|x_p99.9:0.6991|x_p12.5:0.1375|x_p0:0.1|x_p100:0.7" },
	{ "median(x),p05(x)", "x:36.1|x:36.2", "x_median:36.15|x_p05:36.105" },
	{ "median(x),p90(x)", "x:5|x:5|x:5.0|x:6|x:1", "x_median:5|x_p90:5.6" },
	{ "median(x),p0(x),p100(x)", "x:9007199254740993",
		"x_median:9007199254740993|"
		"x_p0:9007199254740993|x_p100:9007199254740993" },
	{ "first(x),last(x),delta(x),increase(x),rate(x)",
		"t:30,x:10.5|t:10,x:0.1|t:20,x:3|t:40,x:12.25",
		"x_first:0.1|x_last:12.25|x_delta:12.15|x_increase:12.15|x_rate:0.405" },
	{ "first(x),last(x),delta(x),increase(x),rate(x),list(x)",
		"t:1,x:7|t:1,x:5|t:2,x:2|t:2,x:3|t:2.5,x:null",
		"x_first:5|x_last:3|x_delta:-2|x_increase:5|x_rate:5|x_list:[5,7,2,3]" },
	{ "increase(x),rate(x),delta(x)",
		"t:1700000000,x:100|t:1700000060,x:130|t:1700000120,x:20|t:1700000180,"
		"x:25.5",
		"x_increase:55.5|x_rate:0.30833333333333335|x_delta:-74.5" },
	{ "increase(x),rate(x),delta(x),range(x)", "t:5,x:9",
		"x_increase:0|x_rate:null|x_delta:0|x_range:0" },
	{ "rate(x)", "t:0,x:0|t:0.000000003,x:1", "x_rate:333333333.3333333" },
	{ "first(s),last(s),list(s),mode(s),set(s),distinct(s),count(s)",
		"t:3,s:'b'|t:1,s:'\\u0061'|t:2,s:'a'|t:2,s:1.0|t:2,s:true|t:2,s:false|"
		"t:4,s:1e0|t:5,s:null",
		"s_first:'a'|s_last:1|s_list:['a',false,true,1,'a','b',1]|s_mode:1|"
		"s_set:[false,true,1,'a','b']|s_distinct:5|s_count:7" },
	{ "mode(x),distinct(x)", "x:2|x:1.50|x:1.5|x:2.0|x:3", "x_mode:1.5|x_distinct:3" },
	{ "set(x),set(s)",
		"x:10|x:9|x:-1e1,s:'\\u00e9'|x:1e1,s:'z'|x:123456789012345678901234567891|x:9.0|"
		"x:123456789012345678901234567890,s:''|x:1e999|x:null,s:'Z'",
		"x_set:[-10,9,10,1.2345678901234567890123456789e29,"
		"1.23456789012345678901234567891e29]|s_set:['','Z','z','\u00e9']" },
	{ "mode(s),distinct(s)", "s:'b'|s:'a'", "s_mode:'a'|s_distinct:2" },
	{ "argmin(x,s),argmax(x,s)",
		"x:1,s:'b'|x:1.0,s:'a'|x:3,s:true|x:3,s:'z'|x:9|x:0,s:null|x:30e-1,s:7",
		"x_s_argmin:'a'|x_s_argmax:true" },
	{ "argmin(x,y),argmax(x,y)",
		"x:123456789012345678901234567890,y:1|x:123456789012345678901234567889,"
		"y:2.50|x:1e300,y:3|x:1e301,y:4",
		"x_y_argmin:2.5|x_y_argmax:4" },
	{ "any(b),all(b)", "b:true|b:false|b:null", "b_any:true|b_all:false" },
	{ "any(b),all(b)", "b:true|b:true", "b_any:true|b_all:true" },
	{ "any(b),all(b)", "b:false", "b_any:false|b_all:false" },
	{ "count(),count() as n,count(x),sum(x)", "x:1|x:null|", "n:3|x_count:1|x_sum:1" },
	{ "count(x),sum(x),mean(x),min(x),max(x),range(x),var(x),stddevp(x),"
	  "median(x),first(x),last(x),delta(x),increase(x),rate(x),list(x),mode(x),set(x),"
	  "distinct(x),any(x),all(x),wavg(x,y),wsum(x,y),argmin(x,y),argmax(x,y),"
	  "cov(x,y),corr(x,y),slope(x,y)",
		"x:null",
		"x_count:0|x_sum:null|x_mean:null|x_min:null|x_max:null|x_range:null|"
		"x_var:null|x_stddevp:null|x_median:null|x_first:null|x_last:null|"
		"x_delta:null|x_increase:null|x_rate:null|x_list:null|x_mode:null|"
		"x_set:null|x_distinct:null|x_any:null|x_all:null|x_y_wavg:null|x_y_wsum:null|"
		"x_y_argmin:null|x_y_argmax:null|x_y_cov:null|x_y_corr:null|"
		"x_y_slope:null" },
};

enum { KNOWN = sizeof known / sizeof *known };

static void results_are_exact(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < KNOWN; i++)
		for (int exact = 0; exact < 2; exact++) {
			struct bench b = { .agg.exact = exact };
			char *wanted = results_of(known[i].results);
			void *cells, *other;
			open(&b, known[i].items);
			cells = empty_cells(&b);
			other = empty_cells(&b);
			add_all(&b, cells, known[i].records);
			assert_prints(&b, cells, wanted);
			hand_over(&b, other, cells);
			assert_prints(&b, other, wanted);
			drop(&b, cells);
			drop(&b, other);
			shut(&b);
			free(wanted);
		}
}

static const char everything[] =
	"count(x),sum(x),mean(x),min(x),max(x),range(x),var(x),varp(x),stddev(x),stddevp(x),"
	"wavg(x,y),wsum(x,y),median(x),p95(x),p1(x),cov(x,y),corr(x,y),slope(x,y),delta(x),"
	"increase(x),rate(x),first(x),last(x),list(x),mode(x),distinct(x),argmin(x,s),argmax(x,s),"
	"first(s),last(s),list(s),mode(s),set(s),set(x),distinct(s),count(s),any(b),all(b),count() as n,max(y),min(w),"
	"max(w)";

static const char *any_of(const char *const *texts, size_t n)
{
	return texts[any_below(n)];
}

static void add_member(struct buf *b, const char *name, const char *value)
{
	if (any_below(12))
		buf_printf(b, ",%s:%s", name, value);
}

/* What sensors say, and what only an enemy would. */
static void any_number(char *text, bool wild)
{
	static const char *const odd[] = { "1e308", "-1e308", "1e-300", "-2e-300", "1e999", "-0.0",
		"123456789012345678901234567890", "123456789012345678901234567891e-29",
		"0.1000000000000000000000000000001", "9223372036854775807", "-9223372036854775808",
		"9223372036854775808", "1700000000123456789", "1e280", "1e281", "10e280", "4e-500",
		"3e-600", "null", "17.25E0" };

	if (wild && any_below(2))
		strcpy(text, any_of(odd, sizeof odd / sizeof *odd));
	else if (any_below(2))
		sprintf(text, "%zu.%02zu", any_below(9), any_below(100));
	else
		sprintf(text, "-%zu.%zu", any_below(3), any_below(3));
}

static char *any_record(bool wild)
{
	static const char *const values[] = { "'a'", "'\\u0061'", "'b'", "''", "1", "1.0", "1e0",
		"true", "false", "null", "[1]", "'it is'", "2.50", "{'a':1}", "1e25",
		"99999999999999999999999" };
	static const char *const words[] = { "'a'", "'\\u0061'", "'b c'", "''", "'9'", "'10'",
		"null", "'\\u0000'", "'\\ud83d\\ude00'", "'\\uffff'" };
	static const char *const truths[] = { "true", "false", "null" };
	struct buf b = { 0 };
	char number[64];

	buf_printf(&b, "t:%s%zu.%zu", any_below(4) ? "" : "-", any_below(30), any_below(3));
	any_number(number, wild);
	add_member(&b, "x", number);
	any_number(number, wild);
	add_member(&b, "y", number);
	add_member(&b, "s", any_of(values, sizeof values / sizeof *values));
	add_member(&b, "b", any_of(truths, 3));
	add_member(&b, "w", any_of(words, sizeof words / sizeof *words));
	buf_byte(&b, 0);
	return b.at;
}

static void shuffle(char **record, size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t k = any_below(i);
		char *swapped = record[k];
		record[k] = record[i - 1];
		record[i - 1] = swapped;
	}
}

static void add_records(struct bench *b, void *cells, char **record, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_text(b, cells, slice_of(record[i]), true);
}

/* The records in another order, in parts, which are put together as they are or through texts. */
static void try_parts(
	struct bench *b, char **record, size_t n, const char *wanted, const char *partial)
{
	void *whole = empty_cells(b), *part[PARTS];
	bool as_text = any_below(2);
	char *got;

	shuffle(record, n);
	for (size_t i = 0; i < PARTS; i++)
		part[i] = empty_cells(b);
	for (size_t i = 0; i < n; i++)
		add_records(b, part[any_below(PARTS)], record + i, 1);
	for (size_t i = 0; i < PARTS; i++) {
		if (as_text)
			hand_over(b, whole, part[i]);
		else
			assert_true(agg_merge(&b->agg, whole, part[i]));
		drop(b, part[i]);
	}
	assert_prints(b, whole, wanted);
	got = print(b, whole, agg_print_partial);
	assert_string_equal(got, partial);
	free(got);
	drop(b, whole);
}

static void neither_order_nor_splits_show(void **unused)
{
	(void)unused;
	for (int round = 0; round < 120; round++) {
		struct bench b = { .agg.exact = round % 3 == 0 };
		char *record[RECORDS], *wanted, *partial;
		size_t n = any_below(RECORDS + 1);
		void *cells;
		open(&b, everything);
		cells = empty_cells(&b);
		for (size_t i = 0; i < n; i++)
			record[i] = any_record(round % 2);
		add_records(&b, cells, record, n);
		wanted = print(&b, cells, agg_print);
		partial = print(&b, cells, agg_print_partial);
		for (int i = 0; i < 4; i++)
			try_parts(&b, record, n, wanted, partial);
		for (size_t i = 0; i < n; i++)
			free(record[i]);
		free(wanted);
		free(partial);
		drop(&b, cells);
		shut(&b);
	}
}

static void partial_results_are_plain(void **unused)
{
	struct bench b = { 0 };
	void *cells;
	char *got,
		*wanted =
			results_of("x_mean:'3 10.5'|x_sum:'10.5'|x_min:'0.5'|x_max:'6'|x_count:'3'"
				   "|x_range:'0.5 6'|x_last:'3 6'|x_mode:'0.5 1 4 1 6 1'"
				   "|x_list:'-1.5 0.5 2 4 3 6'|s_argmax:null|x_median:"
				   "'values 0.5 4 6'|s_any:'true'|x_var:'3 10.5 52.25'");

	(void)unused;
	open(&b,
		"mean(x),sum(x),min(x),max(x),count(x),range(x),last(x),mode(x),list(x),"
		"argmax(x,q) as s_argmax,median(x),any(s),var(x)");
	cells = empty_cells(&b);
	add_all(&b, cells, "t:2,x:4.0,s:false|t:3,x:6,s:true|t:-1.5,x:0.50");
	got = print(&b, cells, agg_print_partial);
	assert_string_equal(got, wanted);
	free(got);
	free(wanted);
	drop(&b, cells);
	shut(&b);
}

/* One of the items of a group can be asked for alone, and its partial result is enough. */
static void partial_results_stand_alone(void **unused)
{
	static const char *const items[] = { "sum(x)", "max(x)", "range(x)", "min(x),sum(x)",
		"sum(x),mean(x)", "mean(x),sum(x)", "range(x),max(x),count(x)", "first(x)",
		"last(x),first(x)", "stddev(x),var(x)", "all(b)", "any(b),all(b)",
		"rate(x),increase(x)", "wsum(x,x)", "p5(x),median(x)", "count() as n" };

	(void)unused;
	for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
		struct bench b = { 0 };
		void *one, *two, *both, *whole;
		char *wanted;
		open(&b, items[i]);
		one = empty_cells(&b);
		two = empty_cells(&b);
		both = empty_cells(&b);
		whole = empty_cells(&b);
		add_all(&b, one, "t:1,x:2.5,b:true|t:2,x:3");
		add_all(&b, two, "t:3,x:1,b:false|t:3,x:7");
		add_all(&b, whole, "t:1,x:2.5,b:true|t:2,x:3|t:3,x:1,b:false|t:3,x:7");
		hand_over(&b, both, one);
		hand_over(&b, both, two);
		wanted = print(&b, whole, agg_print);
		assert_prints(&b, both, wanted);
		free(wanted);
		drop(&b, one);
		drop(&b, two);
		drop(&b, both);
		drop(&b, whole);
		shut(&b);
	}
}

static void other_partial_results_are_refused(void **unused)
{
	static const struct {
		const char *item, *name, *texts[17];
	} rows[] = {
		{ "count(x)", "x_count",
			{ "", "-1", "1.5", "1e3", "1 ", "01", "1000000000000000" } },
		{ "sum(x)", "x_sum", { "", "x", "1e5", "+1", "1 2", ".5" } },
		{ "mean(x)", "x_mean", { "", "1", "0 1", "1 2 3", "1  2", "1 x", " 1 2", "1 2 " } },
		{ "min(x)", "x_min", { "", "1e999", "1 2", "'1", "true", "[1]", "null", "1\\n" } },
		{ "range(x)", "x_range", { "2 1", "1", "1 2 3", "1 x" } },
		{ "var(x)", "x_var", { "2 3", "2 3 1", "0 1 1", "2 3 x" } },
		{ "wavg(x,y)", "x_y_wavg", { "1", "1 2 3", "1 x" } },
		{ "cov(x,y)", "x_y_cov", { "2 1 1 1 1", "2 0 1 0 1 2", "1" } },
		{ "median(x)", "x_median",
			{ "", "values", "values ", "values x", "5", "100 5", "values 2 1",
				"values 1 1.0", "values 1:0", "values 1:1.5", "values 1:2:3:4",
				"values 1: 2", "values 1e999", "values 1:1:1", "values 1 2:1:2",
				"values 1:1000000000000000" } },
		{ "distinct(x)", "x_distinct",
			{ "", "h1", "q", "r0", "h0000000000000001 0",
				"h00000000000000010000000000000002 1", "h0000000000000001 x",
				"h0000000000000001 1 1", "h0000000000000001 " } },
		{ "mode(x)", "x_mode",
			{ "", "1", "1 0", "1 1 ", "null 1", "1 1 x", "[1 1", "1\\n1" } },
		{ "first(x)", "x_first",
			{ "", "1", "1 ", "1 null", "1 1e999", "x 1", "1 2 3 4", "1e99 1" } },
		{ "delta(x)", "x_delta", { "1 2", "1 2 3", "1 2 3 'x'", "1 true 2 3" } },
		{ "increase(x)", "x_increase", { "", "1", "1 'x'", "1 2 3", "1 2 3 [4]" } },
		{ "list(x)", "x_list", { "", "1", "1 {", "1 2  3 4", "1 2\\u00003 4" } },
		{ "argmin(x,y)", "x_y_argmin", { "", "1", "'a' 1", "1 null", "1 2 3", "null 1" } },
		{ "any(x)", "x_any", { "", "1", "True", "true " } },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (size_t k = 0; k < 17 && rows[i].texts[k]; k++) {
			struct bench b = { 0 };
			struct buf line = { 0 };
			char *before, *after;
			void *cells;
			open(&b, rows[i].item);
			cells = empty_cells(&b);
			before = print(&b, cells, agg_print);
			buf_printf(&line, "{\"%s\":\"", rows[i].name);
			for (const char *p = rows[i].texts[k]; *p; p++)
				buf_add(&line, *p == '\'' ? SLICE("\\\"") : (struct slice){ p, 1 });
			buf_add(&line, SLICE("\"}\n"));
			with_record(&b, buf_slice(&line), add_partial, cells, false);
			after = print(&b, cells, agg_print);
			assert_string_equal(before, after);
			free(before);
			free(after);
			buf_free(&line);
			drop(&b, cells);
			shut(&b);
		}
}

static bool lacks_partial(struct bench *b, void *cells, struct rec *r)
{
	bool good = agg_read_partial(&b->agg, r) && agg_add_partial(&b->agg, cells);

	assert_string_equal(r->fault, "is missing");
	assert_true(slice_equal(r->fault_name, SLICE("x_sum")));
	return good;
}

static void a_missing_partial_result_is_told(void **unused)
{
	struct bench b = { 0 };
	void *cells;

	(void)unused;
	open(&b, "max(x),sum(x)");
	cells = empty_cells(&b);
	with_record(&b, SLICE("{\"x_max\":\"5\"}\n"), lacks_partial, cells, false);
	assert_prints(&b, cells, ",\"x_max\":null,\"x_sum\":null");
	drop(&b, cells);
	shut(&b);
}

/* Whoever asks for both ends and hands over one has written the partial result by hand. */
static void a_range_has_two_ends(void **unused)
{
	struct bench b = { 0 };
	void *cells;
	char *got;

	(void)unused;
	open(&b, "min(x),max(x),range(x)");
	cells = empty_cells(&b);
	with_record(&b, SLICE("{\"x_min\":\"3\",\"x_max\":null,\"x_range\":\"3 4\"}\n"),
		add_partial, cells, true);
	assert_prints(&b, cells, ",\"x_min\":3,\"x_max\":null,\"x_range\":null");
	got = print(&b, cells, agg_print_partial);
	assert_string_equal(got, ",\"x_min\":\"3\",\"x_max\":null,\"x_range\":null");
	free(got);
	drop(&b, cells);
	shut(&b);
}

static void some_go_by_the_time(void **unused)
{
	static const struct {
		const char *items;
		bool timed;
	} rows[] = {
		{ "mean(x),p95(y)", false },
		{ "min(z),mean(x),last(q)", true },
		{ "delta(x)", true },
		{ "rate(x) as r", true },
		{ "count() as n,list(x)", true },
		{ "argmin(x,time)", false },
		{ "mode(x),set(x),distinct(x),any(b)", false },
		{ "count()", false },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench b = { 0 };
		open(&b, rows[i].items);
		assert_int_equal(agg_needs_time(&b.agg), rows[i].timed);
		shut(&b);
	}
}

static struct slice blamed;

static bool add_badly(struct bench *b, void *cells, struct rec *r)
{
	bool good = add(b, cells, r);

	blamed = slice_of(r->fault ? r->fault : "");
	return good;
}

static void other_kinds_are_bad(void **unused)
{
	static const struct {
		const char *items, *record, *what;
		bool good;
	} rows[] = {
		{ "mean(x)", "x:'a'", "is not a number", false },
		{ "mean(x)", "x:true", "is not a number", false },
		{ "median(x)", "x:[1]", "is not a number", false },
		{ "argmin(x,s)", "x:'a',s:1", "is not a number", false },
		{ "argmin(x,s)", "x:1,s:'a'", "", true },
		{ "first(x),delta(x)", "x:'a'", "is not a number", false },
		{ "first(x),count(x),mode(x),distinct(x),list(x)", "x:'a'", "", true },
		{ "min(x)", "x:true", "is neither a number nor a text", false },
		{ "max(x)", "x:[1]", "is neither a number nor a text", false },
		{ "max(x),count(x)", "x:'a'", "", true },
		{ "max(x),sum(x)", "x:'a'", "is not a number", false },
		{ "range(x),max(x)", "x:'a'", "is not a number", false },
		{ "any(x)", "x:1", "is neither true nor false", false },
		{ "all(x)", "x:'a'", "is neither true nor false", false },
		{ "mean(x),all(x)", "y:1", "", true },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench b = { 0 };
		struct buf line = record_of(slice_of(rows[i].record));
		void *cells;
		open(&b, rows[i].items);
		cells = empty_cells(&b);
		with_record(&b, buf_slice(&line), add_badly, cells, rows[i].good);
		assert_true(slice_equal(blamed, slice_of(rows[i].what)));
		buf_free(&line);
		drop(&b, cells);
		shut(&b);
	}
}

static void *shown[2];
static bool joins;

static bool see_suits(struct bench *b, void *unused, struct rec *r)
{
	bool good;

	(void)unused;
	assert_true(agg_read(&b->agg, r, (struct instant){ 0 }));
	good = !agg_weigh(&b->agg) ||
		(agg_suits(&b->agg, shown[0], joins, r) && agg_suits(&b->agg, shown[1], joins, r));
	blamed = slice_of(r->fault ? r->fault : "");
	return good;
}

/* What two groups hold of x and y, what is read after that, and what is said of both groups; joined if they are
 * to be one. */
static void kinds_do_not_mix(void **unused)
{
	static const struct {
		const char *one, *other, *record, *what;
		bool joins;
	} rows[] = {
		{ "x:1", "", "x:2", "", false },
		{ "x:'a'", "", "x:'b'", "", true },
		{ "x:null", "y:1", "x:'b',y:3", "", true },
		{ "x:1", "", "x:'a'", "is a text among numbers", false },
		{ "", "x:1e300", "x:'a'", "is a text among numbers", false },
		{ "x:'a'", "", "y:2,x:1", "is a number among texts", false },
		{ "x:'a'", "", "x:123456789012345678901234567890", "is a number among texts",
			false },
		{ "x:'a'", "x:1", "x:null", "", false },
		{ "x:'a'", "x:1", "x:null", "would join texts with numbers", true },
		{ "x:'a',y:1", "x:'b',y:2", "", "", true },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct bench b = { 0 };
		struct buf line;
		void *one, *other;
		open(&b, "max(x),min(y),min(x),mean(y)");
		one = empty_cells(&b);
		other = empty_cells(&b);
		add_all(&b, one, rows[i].one);
		add_all(&b, other, rows[i].other);
		shown[0] = one;
		shown[1] = other;
		joins = rows[i].joins;
		line = record_of(slice_of(rows[i].record));
		with_record(&b, buf_slice(&line), see_suits, NULL, !*rows[i].what);
		buf_free(&line);
		assert_true(slice_equal(blamed, slice_of(rows[i].what)));
		drop(&b, one);
		drop(&b, other);
		shut(&b);
	}
}

static void text_may_be_skipped(void **unused)
{
	struct bench b = { .agg.skip_text = true };
	void *cells;

	(void)unused;
	open(&b, "count(x),mean(x),first(x),any(b),count(s)");
	cells = empty_cells(&b);
	add_all(&b, cells, "x:'?',b:'no',s:'a'|x:true,s:1e999|x:3,b:false,s:true");
	add_text(&b, cells, SLICE("x:{}"), false);
	add_text(&b, cells, SLICE("b:1"), false);
	assert_prints(&b, cells,
		",\"x_count\":1,\"x_mean\":3,\"x_first\":3,\"b_any\":false,\"s_count\":2");
	assert_int_equal(b.agg.skipped, 3);
	assert_int_equal(b.agg.beyond, 1);
	drop(&b, cells);
	shut(&b);
}

static void add_integers(struct bench *b, void *cells, int n)
{
	struct buf text = { 0 };

	for (int i = 0; i < n; i++)
		buf_printf(&text, "%st:%d,x:%d", i ? "|" : "", i, i * 7919 % n);
	buf_byte(&text, 0);
	add_all(b, cells, text.at);
	buf_free(&text);
}

static void approximate_results_are_counted(void **unused)
{
	struct bench b = { 0 };
	void *cells;
	char *got;

	(void)unused;
	open(&b, "distinct(x),median(x),mode(x)");
	cells = empty_cells(&b);
	add_integers(&b, cells, 500);
	assert_prints(&b, cells, ",\"x_distinct\":500,\"x_median\":249.5,\"x_mode\":0");
	assert_int_equal(b.agg.approximate, 0);
	add_integers(&b, cells, 3000);
	got = print(&b, cells, agg_print);
	assert_int_equal(b.agg.approximate, 2);
	free(got);
	drop(&b, cells);
	shut(&b);
}

/* Of 0 to 3000 the nth has n before it, of 3000. */
static void quantiles_may_be_exact(void **unused)
{
	struct bench b = { .agg.exact = true };
	void *cells;

	(void)unused;
	open(&b, "median(x),p10(x),quantile(x,0.333333333333333),p99.9(x)");
	cells = empty_cells(&b);
	add_integers(&b, cells, 3001);
	assert_prints(&b, cells,
		",\"x_median\":1500,\"x_p10\":300,\"x_p33.3333333333333\":999.999999999999,"
		"\"x_p99.9\":2997");
	assert_int_equal(b.agg.approximate, 0);
	drop(&b, cells);
	shut(&b);
}

/* Exact quantiles count their values once there may be twice as many. */
static void assert_excess(const char *item, bool exact)
{
	struct bench b = { .agg.exact = exact, .agg.most = 3 };
	void *cells, *other;

	open(&b, item);
	cells = empty_cells(&b);
	other = empty_cells(&b);
	add_all(&b, cells, "t:1,x:1|t:2,x:2|t:3,x:3");
	add_all(&b, other, "t:1,x:1|t:2,x:2");
	add_all(&b, other, "t:1,x:8");
	assert_false(agg_merge(&b.agg, cells, other));
	assert_true(slice_equal(b.agg.excess, SLICE("r")));
	add_text(&b, cells, SLICE("x:9"), exact);
	drop(&b, cells);
	drop(&b, other);
	shut(&b);
}

static void too_many_values_are_told(void **unused)
{
	(void)unused;
	assert_excess("list(x) as r", false);
	assert_excess("increase(x) as r", false);
	assert_excess("mode(x) as r", false);
	assert_excess("set(x) as r", false);
	assert_excess("median(x) as r,sum(x)", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_exact),
		cmocka_unit_test(neither_order_nor_splits_show),
		cmocka_unit_test(partial_results_are_plain),
		cmocka_unit_test(partial_results_stand_alone),
		cmocka_unit_test(other_partial_results_are_refused),
		cmocka_unit_test(a_missing_partial_result_is_told),
		cmocka_unit_test(a_range_has_two_ends),
		cmocka_unit_test(some_go_by_the_time),
		cmocka_unit_test(other_kinds_are_bad),
		cmocka_unit_test(kinds_do_not_mix),
		cmocka_unit_test(text_may_be_skipped),
		cmocka_unit_test(approximate_results_are_counted),
		cmocka_unit_test(quantiles_may_be_exact),
		cmocka_unit_test(too_many_values_are_told),
	};

	return cmocka_run_group_tests_name("agg", tests, NULL, NULL);
}
