/* Frames: the checksum of the standard, every change and every cut, and heads that differ. */
#include "program/frame.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static struct frame_sum sum_of(struct slice lines, size_t step)
{
	struct frame_sum s = { 0 };

	/* Pieces of at least so many bytes, each of whole lines. */
	for (size_t n; lines.len; lines = slice_skip(lines, n)) {
		n = lines.len < step ? lines.len : step;
		while (lines.at[n - 1] != '\n')
			n++;
		frame_add(&s, (struct slice){ lines.at, n });
	}
	return s;
}

/* As in.h hands it out: the last line gets an LF if it has none. */
static const char *check(struct slice file, size_t step)
{
	struct buf b = { 0 };
	struct frame_sum s;
	bool ended = file.len && file.at[file.len - 1] == '\n';

	buf_add(&b, file);
	if (file.len && !ended)
		buf_byte(&b, '\n');
	s = sum_of(buf_slice(&b), step);
	buf_free(&b);
	return frame_check(&s, ended);
}

/* As xz has them in its blocks. */
static void sums(void **unused)
{
	static const struct {
		const char *text;
		uint64_t crc;
	} cases[] = {
		{ "\n", 0x1c88102d33392364 },
		{ "123456789\n", 0x344263ad10a90458 },
		{ "a\nb\n", 0xaccda0adb52c8e44 },
		{ "\n\n\n\n\n\n\n\n\n", 0x7baa872482afc0fc },
		{ "\377\001\n", 0x15dc7a5b5ac4b7b7 },
		{ "{\"program\":\"window\",\"version\":1}\n{\"id\":\"a\"}\n", 0xa1acb9d5901329af },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct frame_sum s = sum_of(slice_of(cases[i].text), 1);
		assert_int_equal(s.whole, cases[i].crc);
		s = sum_of(slice_of(cases[i].text), 1000);
		assert_int_equal(s.whole, cases[i].crc);
	}
}

static struct buf example(size_t records)
{
	struct frame_head h = { .program = "window", .version = 1 };
	struct frame_sum s;
	struct buf b = { 0 };
	char foot[FRAME_FOOT];

	frame_option(&h, "size", SLICE("\"15m\""));
	frame_print_head(&h, &b);
	for (size_t i = 0; i < records; i++)
		buf_printf(&b, "{\"id\":\"%zu\",\"n\":%zu}\n", i, i * i);
	s = sum_of(buf_slice(&b), 1);
	buf_add(&b, (struct slice){ foot, frame_foot(&s, foot) });
	frame_free(&h);
	return b;
}

static void wholes(void **unused)
{
	(void)unused;
	for (size_t n = 0; n < 30; n++) {
		struct buf b = example(n);
		for (size_t step = 1; step < b.len; step += 7)
			assert_null(check(buf_slice(&b), step));
		buf_free(&b);
	}
}

static void changes(void **unused)
{
	struct buf b = example(5);

	(void)unused;
	for (size_t i = 0; i < b.len; i++) {
		char was = b.at[i];
		for (int other = 0; other < 256; other++) {
			b.at[i] = (char)other;
			if (b.at[i] != was)
				assert_non_null(check(buf_slice(&b), 50));
		}
		b.at[i] = was;
	}
	assert_null(check(buf_slice(&b), 50));
	buf_free(&b);
}

static void cuts(void **unused)
{
	struct buf b = example(5);

	(void)unused;
	for (size_t from = 0; from < b.len; from++)
		for (size_t to = from; to < b.len + (from > 0); to++)
			assert_non_null(check((struct slice){ b.at + from, to - from }, 50));
	for (size_t from = 0; from < b.len; from++)
		for (size_t n = 1; n < b.len - from; n++) {
			struct buf rest = { 0 };
			buf_add(&rest, (struct slice){ b.at, from });
			buf_add(&rest, slice_skip(buf_slice(&b), from + n));
			assert_non_null(check(buf_slice(&rest), 50));
			buf_free(&rest);
		}
	buf_free(&b);
}

static void reasons(void **unused)
{
	struct buf b = example(2);

	(void)unused;
	assert_string_equal(check(SLICE(""), 1), "is empty");
	assert_string_equal(check(SLICE("{\"id\":1}\n"), 1), "is no state");
	assert_string_equal(check((struct slice){ b.at, b.len - 1 }, 1), "is cut off");
	assert_string_equal(check((struct slice){ b.at, 60 }, 1), "is cut off");
	b.at[15] ^= 1;
	assert_string_equal(check(buf_slice(&b), 1), "checksum does not match");
	buf_free(&b);
}

/* How the line differs from a head of version 3 with a size and without a key; "" if it does not. */
static struct buf difference(const char *line)
{
	struct frame_head h = { .program = "window", .version = 3 };
	struct buf text = { 0 }, how = { 0 };
	struct fields fields = { 0 };
	struct rec rec = { 0 };
	struct scan scan;
	bool same;

	frame_option(&h, "size", SLICE("\"15m\""));
	frame_option(&h, "key", SLICE("null"));
	buf_printf(&text, "%s\n", line);
	buf_room(&text, 64);
	scan_init(&scan, &fields, SCAN_GENERAL);
	scan_block(&scan, buf_slice(&text));
	assert_int_equal(scan_next(&scan), SCAN_RECORD);
	rec_begin(&rec, &scan);
	same = frame_agrees(&h, &rec, &how);
	assert_int_equal(same, !how.len);
	buf_byte(&how, '\0');
	rec_free(&rec);
	scan_free(&scan);
	fields_free(&fields);
	buf_free(&text);
	frame_free(&h);
	return how;
}

static void heads(void **unused)
{
	static const char *const cases[][2] = {
		{ "{\"program\":\"window\",\"version\":3,\"size\":\"15m\",\"key\":null}", "" },
		{ "{\"size\":\"15m\", \"version\":3,\"program\":\"window\"}", "" },
		{ "{\"size\":\"1\",\"version\":3,\"program\":\"window\",\"size\":\"15m\"}", "" },
		{ "{}", "made by null, not by window" },
		{ "{\"program\":\"topk\",\"version\":3,\"size\":\"15m\"}",
			"made by \"topk\", not by window" },
		{ "{\"program\":\"window\",\"size\":\"15m\"}", "has no version of its format" },
		{ "{\"program\":\"window\",\"version\":1e999}", "has no version of its format" },
		{ "{\"program\":\"window\",\"version\":4}",
			"made by a newer window: its format is 4, not 3" },
		{ "{\"program\":\"window\",\"version\":-1}",
			"made by an older window: its format is -1, not 3" },
		{ "{\"program\":\"window\",\"version\":3}", "made without size, not with \"15m\"" },
		{ "{\"program\":\"window\",\"version\":3,\"size\":[1, 2]}",
			"made with size [1, 2], not with \"15m\"" },
		{ "{\"program\":\"window\",\"version\":3,\"size\":\"15m\",\"key\":\"dev\"}",
			"made with key \"dev\", not without" },
		{ "{\"program\":\"window\",\"version\":3,\"size\":\"15m\",\"other\":1}",
			"made with other 1, not without" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct buf how = difference(cases[i][0]);
		assert_string_equal(how.at, cases[i][1]);
		buf_free(&how);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sums),
		cmocka_unit_test(wholes),
		cmocka_unit_test(changes),
		cmocka_unit_test(cuts),
		cmocka_unit_test(reasons),
		cmocka_unit_test(heads),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
