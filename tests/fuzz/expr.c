/* An expression. If it is one, it is run for a few records of one stream, and once more from the beginning:
 * the results are those of the first time, and JSON. */
#include "fuzz.h"

#include <stdlib.h>

#include "../judge.h"
#include "base/utf8.h"
#include "expr/expr.h"

static const char stream[] =
	"{\"a\":1,\"b\":2.50,\"s\":\"x\",\"t\":true,\"n\":null,\"time\":\"2024-03-31T01:30:00Z\"}\n"
	"{\"a\":-1e999,\"b\":1700000000,\"s\":\"1.ELECTRICITY.ACTIVE_POWER\",\"t\":false}\n"
	"{\"b\":0,\"a\":9223372036854775807,\"s\":\"\",\"o\":{\"x\":[1]},\"time\":1700000000000}\n"
	"{\"a\":\"\\u00e9 \\ud83d\\ude00\",\"b\":\"2024-10-27 02:30:00\",\"s\":[],\"t\":\"OK\"}\n"
	"{\"a\":4.9e-324,\"b\":-0.1,\"s\":\"15m\",\"t\":null,\"time\":1e17,\"use [kW]\":1e-7}\n";

enum { RECORDS = 5 };

static void must(bool good)
{
	if (!good)
		abort();
}

static void check_json(struct slice json)
{
	struct buf line = { 0 };
	const char *end;
	struct json_fault fault;
	enum kind kind;

	buf_add(&line, json);
	buf_add(&line, SLICE("\n\0\0\0\0\0\0\0"));
	end = json_value(line.at, 1, &kind, &fault);
	must(end == line.at + json.len);
	buf_free(&line);
}

/* Appends what comes of it. */
static void run(struct expr *e, struct rec *r, uint32_t each, struct buf *results)
{
	struct slice json;
	struct calc x;

	if (expr_run(e, r, each, &x) && expr_json(e, &x, r, &json)) {
		check_json(json);
		buf_add(results, json);
	} else {
		must(r->fault);
		buf_add(results, slice_of(r->fault));
	}
	buf_byte(results, '\n');
}

static void run_all(struct slice text, struct buf *results)
{
	struct fields fields = { 0 };
	struct zone zone = zone_fixed(-12600);
	const struct expr_setup setup = {
		.fields = &fields, .zone = &zone, .each = true, .longest = 1 << 20
	};
	struct slice block = judge_copy((struct slice){ stream, sizeof stream - 1 }, 0);
	uint32_t each = fields_add(&fields, SLICE("a"));
	struct expr_fault fault;
	struct expr *e = expr_compile(text, &setup, &fault);
	struct scan scan;
	struct rec rec = { 0 };

	scan_init(&scan, &fields, SCAN_FAST);
	scan_block(&scan, block);
	must(e || (fault.what && fault.at <= text.len));
	for (size_t i = 0; e && i < RECORDS; i++) {
		must(scan_next(&scan) == SCAN_RECORD);
		rec_begin(&rec, &scan);
		run(e, &rec, each, results);
	}
	if (e)
		buf_printf(results, "%ju", (uintmax_t)expr_undefined(e));
	else
		buf_printf(results, "%zu: %s", fault.at, fault.what);
	if (e)
		expr_free(e);
	rec_free(&rec);
	scan_free(&scan);
	fields_free(&fields);
	free((char *)block.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = { (const char *)data, size };
	struct buf first = { 0 }, second = { 0 };

	if (utf8_length(text) < size)
		return 0;
	run_all(text, &first);
	run_all(text, &second);
	must(slice_equal(buf_slice(&first), buf_slice(&second)));
	buf_free(&first);
	buf_free(&second);
	return 0;
}
