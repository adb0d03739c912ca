/* A file that may be a state, first as it is and then with the checksum that it should have. What is taken
 * for whole must be the very bytes that would be written, in whatever pieces it comes; a change to it is
 * found. The first byte chooses the pieces (@: one byte each, A: two), the next two the change. Every record
 * is compared with a head: it is the same, or the difference is told. Then it is taken for one of windows that
 * are filled, and may be blamed; what it leaves to be saved is left again by that. */
#include "fuzz.h"

#include <stdlib.h>

#include "base/mem.h"
#include "program/filter.h"
#include "program/frame.h"
#include "window/resume.h"

static void must(bool kept)
{
	if (!kept)
		abort();
}

static struct frame_sum sum_of(struct slice lines, size_t step)
{
	struct frame_sum s = { 0 };

	for (size_t n; lines.len; lines = slice_skip(lines, n)) {
		n = lines.len <= step ? lines.len : step;
		n = (size_t)((char *)memchr(lines.at + n - 1, '\n', lines.len - n + 1) - lines.at) +
			1;
		frame_add(&s, (struct slice){ lines.at, n });
	}
	return s;
}

static bool is_whole(struct slice lines, size_t step)
{
	struct frame_sum s = sum_of(lines, step);

	return !frame_check(&s, true);
}

/* The records before the last line, and the foot that they should have. */
static void check_foot(struct slice lines, size_t step)
{
	const char *last = memrchr(lines.at, '\n', lines.len - 1);
	size_t len = last ? (size_t)(last - lines.at) + 1 : 0;
	struct frame_sum s = sum_of((struct slice){ lines.at, len }, step);
	char foot[FRAME_FOOT];

	if (!is_whole(lines, step))
		return;
	must(len &&
		slice_equal(slice_skip(lines, len), (struct slice){ foot, frame_foot(&s, foot) }));
}

static void check_sealed(struct slice lines, size_t step, size_t at, char change)
{
	struct frame_sum s = sum_of(lines, step);
	struct buf sealed = { 0 };
	char foot[FRAME_FOOT];

	buf_add(&sealed, lines);
	buf_add(&sealed, (struct slice){ foot, frame_foot(&s, foot) });
	must(is_whole(buf_slice(&sealed), SIZE_MAX / 2) == s.known);
	must(is_whole(buf_slice(&sealed), step) == s.known);
	if (at % sealed.len < sealed.len - 1 && change) {
		sealed.at[at % sealed.len] ^= change;
		must(!is_whole(buf_slice(&sealed), step));
	}
	buf_free(&sealed);
}

static void check_head(struct rec *r)
{
	struct frame_head h = { .program = "window", .version = 1 };
	struct buf how = { 0 };
	bool same;

	frame_option(&h, "size", SLICE("\"15m\""));
	frame_option(&h, "key", SLICE("null"));
	same = frame_agrees(&h, r, &how);
	must(same == !how.len);
	buf_free(&how);
	frame_free(&h);
}

static void check_records(struct slice lines, void (*check)(struct rec *r))
{
	struct rec rec = { 0 };
	struct buf copy = { 0 };
	struct scan scan;
	enum scan_found found;

	buf_add(&copy, lines);
	memset(buf_room(&copy, 64), 0, 64);
	scan_init(&scan, filter_fields(), SCAN_FAST);
	scan_block(&scan, buf_slice(&copy));
	while ((found = scan_next(&scan)) != SCAN_DONE) {
		if (found == SCAN_BAD)
			continue;
		rec_begin(&rec, &scan);
		check(&rec);
	}
	rec_free(&rec);
	scan_free(&scan);
	buf_free(&copy);
}

/* Sums of x by k for each minute, filled for ten. */
static struct gather gather;
static struct resume resume;
static struct zone utc;
static struct buf saved;

static void pass_by(struct slice line)
{
	must(line.at[line.len - 1] == '\n');
}

static void add_saved(struct slice line)
{
	buf_add(&saved, line);
}

static void prepare(void)
{
	static struct gather_size size;
	const struct gather_wish wish = {
		.kind = GATHER_SIZES,
		.size = &size,
		.sizes = 1,
		.keys = SLICE("k"),
		.restores = true,
		.fills = true,
		.fill = FILL_LINEAR,
		.max_gap = { INT64_C(600000000000) },
		.max_keys = UINT64_MAX,
		.max_open = UINT64_MAX,
		.print = pass_by,
	};
	struct span_size minute = { SPAN_NANOS, INT64_C(60000000000) };
	struct names none = { 0 };
	struct fault fault;

	utc = zone_fixed(0);
	must(grid_init(&size.grid, GRID_TUMBLE, minute, minute, (struct span){ 0 }, &utc, &fault));
	gather_furnish(&gather, &wish);
	must(request_parse(&gather.aggregates.request, SLICE("sum(x)"), &fault) &&
		request_complete(&gather.aggregates.request, &none, &fault));
	gather_begin(&gather);
	resume_ready(&resume, &gather);
}

static void take(struct rec *r)
{
	resume_take(&resume, r);
}

static void take_saved(struct rec *r)
{
	resume_take(&resume, r);
	must(!r->fault);
}

static void restart(struct watermark *mark)
{
	gather_finish(&gather);
	watermark_free(mark);
	gather.windows.running = false;
	fill_begin(gather.fill);
}

static void check_fill(struct slice lines)
{
	struct watermark *mark = &gather.watermark;
	struct instant clock;
	struct buf first;
	bool running;

	gather.results.style = (struct stamp){ .zone = &utc };
	resume.begun = false;
	check_records(lines, take);
	fill_save(gather.fill, add_saved);
	first = saved;
	saved = (struct buf){ 0 };
	clock = mark->clock;
	running = mark->running;
	restart(mark);
	if (running && watermark_rise(mark, clock))
		gather_advance(&gather);
	check_records(buf_slice(&first), take_saved);
	fill_save(gather.fill, add_saved);
	must(slice_equal(buf_slice(&first), buf_slice(&saved)));
	restart(mark);
	buf_free(&first);
	buf_free(&saved);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf file = { 0 };
	struct slice lines;

	if (size < 3)
		return 0;
	buf_add(&file, (struct slice){ (const char *)data + 3, size - 3 });
	if (!file.len || file.at[file.len - 1] != '\n')
		buf_byte(&file, '\n');
	lines = buf_slice(&file);
	check_foot(lines, data[0] % 64 + 1u);
	check_sealed(lines, data[0] % 64 + 1u, data[1], (char)data[2]);
	if (!resume.gather)
		prepare();
	check_records(lines, check_head);
	check_fill(lines);
	buf_free(&file);
	return 0;
}
