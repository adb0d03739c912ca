/* A gzip stream in pieces. The first byte chooses what the rest is: a stream as it is, or a text to be
 * made into one; the second the sizes of pieces. zlib, which gets all at once, must agree: nothing that
 * it calls damaged or cut is ever whole, and what is whole is the same. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "../inflated.h"
#include "base/buf.h"
#include "base/mem.h"
#include "io/gunzip.h"

enum { TEXT = 1, TWICE = 2, OUT_MAX = 1 << 22 };

static void check(bool kept)
{
	if (!kept)
		abort();
}

static void add_member(struct buf *b, struct slice text, int level)
{
	z_stream z = { .next_in = (Bytef *)text.at, .avail_in = (uInt)text.len };
	size_t room = text.len + 1000;

	check(deflateInit2(&z, level, Z_DEFLATED, 16 + MAX_WBITS, 8, 0) == Z_OK);
	z.next_out = (Bytef *)buf_room(b, room);
	z.avail_out = (uInt)room;
	check(deflate(&z, Z_FINISH) == Z_STREAM_END);
	b->len += room - z.avail_out;
	deflateEnd(&z);
}

/* A piece's size, from 1 on; another one each time. */
static size_t draw(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return 1 + (*state >> 16) % (1u << (*state >> 28));
}

/* All that comes of a piece, into room that ends where it was said to end. */
static bool run_piece(struct gunzip *g, struct slice *piece, uint32_t *state, struct buf *into)
{
	struct fault f;
	bool good = true;

	for (size_t made = 1; good && into->len < OUT_MAX && (piece->len || made);) {
		size_t room = draw(state), before = piece->len;
		char *to = mem_alloc(room);
		made = room;
		good = gunzip_run(g, piece, to, &made, &f);
		check(made <= room && (!good || made || piece->len < before || !before));
		buf_add(into, (struct slice){ to, made });
		free(to);
	}
	return good;
}

static struct inflated run(struct slice stream, uint32_t state)
{
	struct inflated got = { .good = true };
	struct gunzip *g = gunzip_open();

	while (got.good && stream.len) {
		size_t len = draw(&state);
		struct slice piece;
		char *copy;
		if (len > stream.len)
			len = stream.len;
		copy = mem_alloc(len);
		memcpy(copy, stream.at, len);
		piece = (struct slice){ copy, len };
		got.good = run_piece(g, &piece, &state, &got.text);
		free(copy);
		stream = slice_skip(stream, len);
	}
	got.complete = gunzip_complete(g);
	gunzip_close(g);
	return got;
}

/* ISA-L takes codes that are not complete, as long as the data does not use what they lack. Its length and
 * its checksum must be right all the same. */
#ifdef HAVE_LIBISAL
enum { LENIENT = true };
#else
enum { LENIENT = false };
#endif

static void compare(struct slice stream, uint32_t state)
{
	struct inflated wanted = inflated(stream), got;
	bool ours, theirs = wanted.good && wanted.complete;

	if (wanted.text.len < OUT_MAX) {
		got = run(stream, state);
		ours = got.good && got.complete;
		check(ours == theirs || (ours && LENIENT));
		check(!got.good || !wanted.good ||
			slice_equal(buf_slice(&got.text), buf_slice(&wanted.text)));
		buf_free(&got.text);
	}
	buf_free(&wanted.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf stream = { 0 };
	struct slice rest;

	if (size < 2)
		return 0;
	rest = (struct slice){ (const char *)data + 2, size - 2 };
	if (!(data[0] & TEXT)) {
		compare(rest, data[1]);
		return 0;
	}
	add_member(&stream, rest, data[0] >> 2 & 7);
	if (data[0] & TWICE)
		add_member(&stream, rest, data[0] >> 5);
	compare(buf_slice(&stream), data[1]);
	buf_free(&stream);
	return 0;
}
