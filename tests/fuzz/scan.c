/* A stream of lines, read by all ways in blocks of several sizes. The first byte chooses the blocks and
 * the place in memory. All ways must find the same, jansson must agree with each verdict, and a record
 * must be printed as it was read. */
#include "fuzz.h"

#include <stdlib.h>

#include "../judge.h"
#include "record/rec.h"

static void check(bool kept)
{
	if (!kept)
		abort();
}

static void check_printing(struct slice stream)
{
	struct slice block = judge_copy(stream, 0);
	struct fields fields = { 0 };
	struct rec rec = { 0 };
	struct scan scan;
	enum scan_found found;

	scan_init(&scan, &fields, SCAN_FAST);
	scan_block(&scan, block);
	while ((found = scan_next(&scan)) != SCAN_DONE) {
		char *to, *end;
		if (found == SCAN_BAD)
			continue;
		rec_begin(&rec, &scan);
		to = mem_alloc(rec_bound(&rec));
		end = rec_print(&rec, to);
		check((size_t)(end - to) == scan.line.len + 1 && end[-1] == '\n');
		check(!memcmp(to, scan.line.at, scan.line.len));
		free(to);
	}
	rec_free(&rec);
	scan_free(&scan);
	fields_free(&fields);
	free((char *)block.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const list[] = { "a,b,\xc3\xa9", "b*,a", "*", "" };
	struct buf stream = { 0 }, notes;
	unsigned first;

	if (!size)
		return 0;
	first = data[0];
	buf_add(&stream, (struct slice){ (const char *)data + 1, size - 1 });
	buf_byte(&stream, '\n');
	check(judge_ways_agree(buf_slice(&stream), first & 1 ? SIZE_MAX / 2 : first,
		first >> 2 & 31, list[first >> 1 & 3], &notes));
	check(judge_approves(buf_slice(&stream), notes.at));
	check_printing(buf_slice(&stream));
	buf_free(&notes);
	buf_free(&stream);
	return 0;
}
