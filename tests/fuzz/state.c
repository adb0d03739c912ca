/* A file that may be a state, first as it is and then with the checksum that it should have. What is taken
 * for whole must be the very bytes that would be written, in whatever pieces it comes; a change to it is
 * found. The first byte chooses the pieces, the next two the change. Every record is compared with a head:
 * it is the same, or the difference is told. */
#include "fuzz.h"

#include <stdlib.h>

#include "frame.h"
#include "mem.h"

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

static void check_head(const struct rec *r)
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

static void check_records(struct slice lines)
{
	struct fields fields = { 0 };
	struct rec rec = { 0 };
	struct buf copy = { 0 };
	struct scan scan;
	enum scan_found found;

	buf_add(&copy, lines);
	memset(buf_room(&copy, 64), 0, 64);
	scan_init(&scan, &fields, SCAN_FAST);
	scan_block(&scan, buf_slice(&copy));
	while ((found = scan_next(&scan)) != SCAN_DONE) {
		if (found == SCAN_BAD)
			continue;
		rec_begin(&rec, &scan);
		check_head(&rec);
	}
	rec_free(&rec);
	scan_free(&scan);
	fields_free(&fields);
	buf_free(&copy);
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
	check_foot(lines, data[0] + 1u);
	check_sealed(lines, data[0] + 1u, data[1], (char)data[2]);
	check_records(lines);
	buf_free(&file);
	return 0;
}
