/* The stream of gzip members in pieces of any size, held against zlib that has all of it at once. */
#include "io/gunzip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "../inflated.h"
#include "base/buf.h"
#include "base/mem.h"

static uint64_t draw(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

enum { LEVELS = 4 };

/* Appends a member: stored, with fixed codes, with codes of its own, or full of long repetitions. */
static void add_member(struct buf *b, struct slice text, int how)
{
	static const int level[LEVELS] = { 0, 9, 6, 1 },
			 strategy[LEVELS] = { Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY,
				 Z_DEFAULT_STRATEGY };
	z_stream z = { .next_in = (Bytef *)text.at, .avail_in = (uInt)text.len };
	size_t room;

	assert_int_equal(
		deflateInit2(&z, level[how], Z_DEFLATED, 16 + MAX_WBITS, 8, strategy[how]), Z_OK);
	room = deflateBound(&z, text.len) + 100;
	z.next_out = (Bytef *)buf_room(b, room);
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	b->len += room - z.avail_out;
	deflateEnd(&z);
}

static struct buf lines(size_t n, uint64_t seed)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++)
		buf_printf(&b, "{\"n\":%zu,\"x\":%ju}\n", i, (uintmax_t)(draw(&seed) % 1000));
	return b;
}

/* What came out of a stream in pieces of at most `in` bytes, into as many as `out` at a time. */
static struct inflated run(struct slice from, size_t in, size_t out, uint64_t *state)
{
	struct inflated got = { .good = true };
	struct gunzip *g = gunzip_open();
	struct fault f;

	for (size_t given = 0; got.good;) {
		size_t piece = state ? draw(state) % in + 1 : in;
		struct slice rest = { 0 };
		if (piece > from.len - given)
			piece = from.len - given;
		/* A piece of its own, so that a byte too far is seen. */
		char *copy = mem_alloc(piece + !piece);
		memcpy(copy, from.at + given, piece);
		rest = (struct slice){ copy, piece };
		for (size_t room = 1; got.good && (rest.len || room);) {
			size_t before = rest.len, asked = state ? draw(state) % out + 1 : out;
			char *to = mem_alloc(asked);
			room = asked;
			got.good = gunzip_run(g, &rest, to, &room, &f);
			assert_true(room <= asked);
			assert_true(!got.good || room || rest.len < before || !rest.len);
			buf_add(&got.text, (struct slice){ to, room });
			free(to);
		}
		given += piece - rest.len;
		free(copy);
		assert_int_equal(gunzip_taken(g), given);
		if (!got.good)
			assert_int_equal(f.at, given);
		if (!piece)
			break;
	}
	got.complete = gunzip_complete(g);
	gunzip_close(g);
	return got;
}

static void assert_as_zlib(struct slice stream, size_t in, size_t out, uint64_t *state)
{
	struct inflated got = run(stream, in, out, state), wanted = inflated(stream);

	/* Where a stream is both damaged and cut, one may see the damage before the end. */
	assert_int_equal(got.good && got.complete, wanted.good && wanted.complete);
	if (got.good && wanted.good)
		assert_true(slice_equal(buf_slice(&got.text), buf_slice(&wanted.text)));
	buf_free(&got.text);
	buf_free(&wanted.text);
}

static void pieces_may_have_any_size(void **unused)
{
	uint64_t state = 11;

	(void)unused;
	for (int how = 0; how < LEVELS; how++) {
		struct buf text = lines(1000, 3), stream = { 0 };
		add_member(&stream, buf_slice(&text), how);
		assert_as_zlib(buf_slice(&stream), 1, 1, NULL);
		assert_as_zlib(buf_slice(&stream), 1, 100000, NULL);
		assert_as_zlib(buf_slice(&stream), 100000, 1, NULL);
		assert_as_zlib(buf_slice(&stream), 100000, 100000, NULL);
		for (size_t i = 0; i < 30; i++)
			assert_as_zlib(buf_slice(&stream), draw(&state) % 300 + 1,
				draw(&state) % 3000 + 1, &state);
		buf_free(&text);
		buf_free(&stream);
	}
}

static void members_are_one_stream(void **unused)
{
	static const struct slice text[] = { SLICE(""), SLICE("{\"a\":1}\n{\"b\""), SLICE(":2}\n"),
		SLICE("") };
	struct buf stream = { 0 };
	struct inflated got;

	(void)unused;
	for (int i = 0; i < 4; i++)
		add_member(&stream, text[i], i);
	for (size_t in = 1; in < stream.len; in++) {
		got = run(buf_slice(&stream), in, in % 7 + 1, NULL);
		assert_true(got.good && got.complete);
		assert_true(slice_equal(buf_slice(&got.text), SLICE("{\"a\":1}\n{\"b\":2}\n")));
		buf_free(&got.text);
	}
	buf_free(&stream);
}

static void members_may_be_many(void **unused)
{
	struct buf stream = { 0 };
	struct inflated got;

	(void)unused;
	for (int i = 0; i < 10000; i++)
		add_member(&stream, SLICE("x\n"), i % LEVELS);
	got = run(buf_slice(&stream), 65536, 65536, NULL);
	assert_true(got.good && got.complete);
	assert_int_equal(got.text.len, 20000);
	buf_free(&got.text);
	buf_free(&stream);
}

/* All that inflates comes out, and no cut stream is complete but one that is cut between members. */
static void every_cut_is_seen(void **unused)
{
	uint64_t state = 5;

	(void)unused;
	for (int how = 0; how < LEVELS; how++) {
		struct buf text = lines(60, 9), stream = { 0 };
		size_t first;
		memset(buf_room(&text, 3000), 'z', 3000);
		text.len += 3000;
		add_member(&stream, buf_slice(&text), how);
		first = stream.len;
		add_member(&stream, SLICE("{\"a\":1}\n"), how);
		for (size_t cut = 0; cut < stream.len; cut++) {
			struct slice part = { stream.at, cut };
			struct inflated got = run(part, 10000, 10000, NULL);
			assert_true(got.good);
			assert_int_equal(got.complete, cut == first);
			buf_free(&got.text);
			assert_as_zlib(part, 10000, 10000, NULL);
			assert_as_zlib(part, 1, 1, NULL);
			assert_as_zlib(part, 50, 50, &state);
		}
		buf_free(&text);
		buf_free(&stream);
	}
}

/* Some bits mean nothing: a header's time, what fills a byte. zlib is asked which, and what is whole
 * without them must be what it was. */
static void every_damage_is_seen(void **unused)
{
	uint64_t state = 6;

	(void)unused;
	for (int how = 0; how < LEVELS; how++) {
		struct buf text = lines(12, 4), stream = { 0 };
		add_member(&stream, buf_slice(&text), how);
		for (size_t i = 0; i < stream.len; i++)
			for (int bit = 0; bit < 9; bit++) {
				char flip = bit < 8 ? (char)(1 << bit) : (char)0xff;
				struct inflated got;
				stream.at[i] ^= flip;
				got = run(buf_slice(&stream), 10000, 10000, NULL);
				if (got.good && got.complete)
					assert_true(slice_equal(
						buf_slice(&got.text), buf_slice(&text)));
				buf_free(&got.text);
				assert_as_zlib(buf_slice(&stream), 10000, 10000, NULL);
				assert_as_zlib(buf_slice(&stream), 30, 30, &state);
				stream.at[i] ^= flip;
			}
		buf_free(&text);
		buf_free(&stream);
	}
}

static void only_zeros_may_follow(void **unused)
{
	static const struct {
		struct slice after;
		bool good;
		const char *what;
		size_t at;
	} cases[] = {
		{ SLICE("\0"), true, "", 0 },
		{ SLICE("\0\0\0\0\0\0\0\0\0\0\0\0"), true, "", 0 },
		{ SLICE("x"), false, "data that is not gzip after the end of the gzip stream", 0 },
		{ SLICE("\0\0x"), false, "data that is not gzip after the end of the gzip stream",
			2 },
		{ SLICE("\0\x1f\x8b"), false,
			"data that is not gzip after the end of the gzip stream", 1 },
		{ SLICE("{\"a\":1}\n"), false,
			"data that is not gzip after the end of the gzip stream", 0 },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t in = 1; in < 40; in++) {
			struct buf stream = { 0 };
			size_t end;
			struct inflated got;
			add_member(&stream, SLICE("{}\n"), 1);
			end = stream.len;
			buf_add(&stream, cases[i].after);
			got = run(buf_slice(&stream), in, 100, NULL);
			assert_int_equal(got.good, cases[i].good);
			assert_true(slice_equal(buf_slice(&got.text), SLICE("{}\n")));
			if (!got.good) {
				struct slice from = buf_slice(&stream);
				struct gunzip *g = gunzip_open();
				struct fault f = { 0 };
				char to[100];
				size_t room = sizeof to;
				assert_false(gunzip_run(g, &from, to, &room, &f));
				assert_string_equal(f.what, cases[i].what);
				assert_int_equal(f.at, end + cases[i].at);
				gunzip_close(g);
			}
			buf_free(&got.text);
			buf_free(&stream);
		}
}

static void what_only_begins_like_gzip_is_told(void **unused)
{
	struct slice from = SLICE("\x1f\x8bok, this is text");
	struct gunzip *g = gunzip_open();
	struct fault f = { 0 };
	char to[100];
	size_t room = sizeof to;

	(void)unused;
	assert_true(gunzip_magic(from));
	assert_false(gunzip_magic((struct slice){ from.at, 1 }));
	assert_false(gunzip_magic(SLICE("\x1f\x8c")));
	assert_false(gunzip_run(g, &from, to, &room, &f));
	assert_string_equal(f.what, "not gzip, though it begins like it, or its header is damaged");
	assert_int_equal(room, 0);
	gunzip_close(g);
}

static const char *damage_at(struct slice stream, size_t at)
{
	struct buf bytes = { 0 };
	struct gunzip *g = gunzip_open();
	struct fault f = { 0 };
	struct slice from;
	char to[100];
	size_t room = sizeof to;

	buf_add(&bytes, stream);
	bytes.at[at] ^= 6;
	from = buf_slice(&bytes);
	assert_false(gunzip_run(g, &from, to, &room, &f));
	gunzip_close(g);
	buf_free(&bytes);
	return f.what;
}

/* Also where nothing was inflated yet: the bits that say how the first block is packed. */
static void what_has_a_header_is_gzip(void **unused)
{
	struct buf stream = { 0 };

	(void)unused;
	add_member(&stream, SLICE(""), 0);
	assert_string_equal(damage_at(buf_slice(&stream), 2),
		"not gzip, though it begins like it, or its header is damaged");
	for (size_t at = 10; at < stream.len; at += stream.len - 11)
		assert_string_equal(damage_at(buf_slice(&stream), at),
			"gzip data is damaged; what was written may be wrong");
	buf_free(&stream);
}

/* Headers with a name, a comment, extra bytes and a checksum of their own. */
static void headers_may_hold_more(void **unused)
{
	struct buf text = lines(20, 8);

	(void)unused;
	for (int parts = 0; parts < 16; parts++) {
		static Bytef extra[] = "weir", name[] = "name.ndjson", comment[] = "comment";
		gz_header header = {
			.extra = parts & 1 ? extra : NULL,
			.extra_len = parts & 1 ? sizeof extra : 0,
			.name = parts & 2 ? name : NULL,
			.comment = parts & 4 ? comment : NULL,
			.hcrc = parts >> 3,
		};
		struct buf stream = { 0 };
		z_stream z = { .next_in = (Bytef *)text.at, .avail_in = (uInt)text.len };
		z.next_out = (Bytef *)buf_room(&stream, 4000);
		z.avail_out = 4000;
		assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, 0), Z_OK);
		assert_int_equal(deflateSetHeader(&z, &header), Z_OK);
		assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
		stream.len = 4000 - z.avail_out;
		deflateEnd(&z);
		for (size_t in = 1; in < 60; in++)
			assert_as_zlib(buf_slice(&stream), in, 64, NULL);
		for (size_t cut = 0; cut < 60; cut++)
			assert_as_zlib((struct slice){ stream.at, cut }, 7, 64, NULL);
		buf_free(&stream);
	}
	buf_free(&text);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_may_have_any_size),
		cmocka_unit_test(members_are_one_stream),
		cmocka_unit_test(members_may_be_many),
		cmocka_unit_test(every_cut_is_seen),
		cmocka_unit_test(every_damage_is_seen),
		cmocka_unit_test(only_zeros_may_follow),
		cmocka_unit_test(what_only_begins_like_gzip_is_told),
		cmocka_unit_test(what_has_a_header_is_gzip),
		cmocka_unit_test(headers_may_hold_more),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
