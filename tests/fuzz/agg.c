/* The first line is a list of aggregates, the others are records. Each is read as partial results, and then
 * as itself; either may be refused. Whatever a group holds then is printed as partial results that can be
 * read back to the same, and can be added to itself. */
#include "aggregate/agg.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "base/mem.h"
#include "record/scan.h"
#include "text/list.h"

enum { PAD = 64 };

static void must(bool good)
{
	if (!good)
		abort();
}

struct group {
	struct agg agg;
	struct fields fields;
	void *cells;
};

static bool open_group(struct group *g, struct slice items)
{
	struct slice rest = items, item;
	struct names none = { 0 };
	struct fault fault;
	bool good = true;

	*g = (struct group){ .agg = { .skip_text = true, .most = 1000 } };
	g->agg.exact = items.len % 2;
	while (good && list_next(&rest, &item, &fault)) {
		good = request_parse(&g->agg.request, item, &fault);
		must(good || fault.at <= item.len);
	}
	good = good && !fault.what && request_complete(&g->agg.request, &none, &fault);
	if (good) {
		agg_resolve(&g->agg, &g->fields);
		agg_resolve_partial(&g->agg, &g->fields);
		g->cells = mem_array(1, agg_size(&g->agg) + 1);
	}
	return good;
}

static void close_group(struct group *g)
{
	if (g->cells)
		agg_drop(&g->agg, g->cells);
	free(g->cells);
	agg_free(&g->agg);
	fields_free(&g->fields);
}

/* The time of a record is its number: it has no other. */
static bool add_lines(struct group *g, struct slice lines, bool partial, bool plain)
{
	struct instant t = { 0 };
	struct rec r = { 0 };
	enum scan_found found;
	struct buf block = { 0 };
	struct scan s;
	bool all = true;

	buf_add(&block, lines);
	buf_byte(&block, '\n');
	memset(buf_room(&block, PAD), 0, PAD);
	scan_init(&s, &g->fields, SCAN_PLAIN);
	scan_block(&s, buf_slice(&block));
	while ((found = scan_next(&s)) != SCAN_DONE) {
		bool good = found == SCAN_RECORD;
		rec_begin(&r, &s);
		good = good && partial && agg_read_partial(&g->agg, &r) &&
			agg_add_partial(&g->agg, g->cells);
		all &= good;
		if (found != SCAN_RECORD || !plain)
			continue;
		rec_begin(&r, &s);
		t.seconds++;
		if (agg_read(&g->agg, &r, t))
			agg_add(&g->agg, g->cells);
		else
			must(r.fault);
	}
	rec_free(&r);
	scan_free(&s);
	buf_free(&block);
	return all;
}

static struct buf print(struct group *g, bool partial)
{
	struct buf b = { 0 };

	(partial ? agg_print_partial : agg_print)(&g->agg, g->cells, &b);
	if (partial && b.len) {
		*b.at = '{';
		buf_byte(&b, '}');
	}
	return b;
}

static void must_print(struct group *g, bool partial, const struct buf *wanted)
{
	struct buf got = print(g, partial);

	must(slice_equal(buf_slice(&got), buf_slice(wanted)));
	buf_free(&got);
}

static void check_round(struct group *g, struct slice items)
{
	struct buf results = print(g, false), partial = print(g, true);
	bool approximate = g->agg.approximate;
	struct group other;

	must(open_group(&other, items));
	other.agg.most = AGG_MOST;
	if (partial.len)
		must(add_lines(&other, buf_slice(&partial), true, false));
	if (!approximate) {
		must_print(&other, false, &results);
		must_print(&other, true, &partial);
	}
	agg_merge(&g->agg, g->cells, other.cells);
	buf_free(&partial);
	partial = print(g, true);
	buf_free(&partial);
	buf_free(&results);
	close_group(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data, *end = size ? memchr(text, '\n', size) : NULL;
	struct slice items = { text, end ? (size_t)(end - text) : size };
	struct group g;

	if (end && open_group(&g, items)) {
		add_lines(&g, slice_skip((struct slice){ text, size }, items.len + 1), true, true);
		check_round(&g, items);
		close_group(&g);
	} else if (end) {
		close_group(&g);
	}
	return 0;
}
