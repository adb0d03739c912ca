/* zlib inflates, or ISA-L where it was there at build time: it does so three times as fast. What they
 * do about one member is behind begin(), step() and end(); the stream of members is made here. */
#include "io/gunzip.h"

#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"

enum step { STEP_ON, STEP_END, STEP_BAD };

#ifdef HAVE_LIBISAL

#include <isa-l/igzip_lib.h>

enum { FLAGS_RESERVED = 0xe0 };

/* The header is read apart: isal_inflate() forgets its checksum from one call to the next. */
struct engine {
	struct inflate_state z;
	struct isal_gzip_header header;
	bool in_data;
};

static void again(struct engine *e)
{
	isal_inflate_reset(&e->z);
	e->z.crc_flag = ISAL_GZIP_NO_HDR_VER;
	isal_gzip_header_init(&e->header);
	e->in_data = false;
}

static void begin(struct engine *e)
{
	isal_inflate_init(&e->z);
	again(e);
}

static enum step step(struct engine *e)
{
	if (!e->in_data) {
		int result = isal_read_gzip_header(&e->z, &e->header);
		if (result == ISAL_END_INPUT)
			return STEP_ON;
		if (result != ISAL_DECOMP_OK || e->header.flags & FLAGS_RESERVED)
			return STEP_BAD;
		e->in_data = true;
	}
	if (isal_inflate(&e->z) != ISAL_DECOMP_OK)
		return STEP_BAD;
	return e->z.block_state == ISAL_BLOCK_FINISH ? STEP_END : STEP_ON;
}

static void end(struct engine *e)
{
	(void)e;
}

static bool has_header(const struct engine *e)
{
	return e->in_data;
}

#else

#include <zlib.h>

struct engine {
	z_stream z;
	gz_header header; /* of the first member */
};

static void begin(struct engine *e)
{
	/* 16 more than the window's bits asks for a gzip header. */
	if (inflateInit2(&e->z, 16 + MAX_WBITS) != Z_OK)
		die("out of memory");
	inflateGetHeader(&e->z, &e->header);
}

static void again(struct engine *e)
{
	inflateReset(&e->z);
}

static enum step step(struct engine *e)
{
	switch (inflate(&e->z, Z_NO_FLUSH)) {
	case Z_OK:
	case Z_BUF_ERROR:
		return STEP_ON;
	case Z_STREAM_END:
		return STEP_END;
	case Z_MEM_ERROR:
		die("out of memory");
	}
	return STEP_BAD;
}

static void end(struct engine *e)
{
	inflateEnd(&e->z);
}

static bool has_header(const struct engine *e)
{
	return e->header.done == 1;
}

#endif

struct gunzip {
	struct engine engine;
	uint64_t taken;
	bool full; /* there may be more to come without another byte */
	enum { FIRST, MEMBER, BETWEEN, PADDING } state;
};

bool gunzip_magic(struct slice first)
{
	return first.len >= 2 && first.at[0] == '\x1f' && first.at[1] == '\x8b';
}

struct gunzip *gunzip_open(void)
{
	struct gunzip *g = mem_array(1, sizeof *g);

	begin(&g->engine);
	return g;
}

static bool damaged(const struct gunzip *g, const char *what, struct fault *f)
{
	*f = (struct fault){ what, g->taken };
	return false;
}

static void take(struct gunzip *g, struct slice *from, size_t n)
{
	*from = slice_skip(*from, n);
	g->taken += n;
}

/* After a member: another one, padding, or rubbish? */
static bool go_on(struct gunzip *g, struct slice *from, struct fault *f)
{
	if (g->state == BETWEEN && from->at[0] == '\x1f') {
		again(&g->engine);
		g->state = MEMBER;
		return true;
	}
	g->state = PADDING;
	while (from->len && !from->at[0])
		take(g, from, 1);
	return !from->len ||
		damaged(g, "data that is not gzip after the end of the gzip stream", f);
}

static bool inflate_member(
	struct gunzip *g, struct slice *from, char *to, size_t *done, size_t room, struct fault *f)
{
	uint32_t in = from->len < UINT32_MAX ? (uint32_t)from->len : UINT32_MAX;
	uint32_t out = room - *done < UINT32_MAX ? (uint32_t)(room - *done) : UINT32_MAX;
	enum step result;

	g->engine.z.next_in = (unsigned char *)from->at;
	g->engine.z.avail_in = in;
	g->engine.z.next_out = (unsigned char *)to + *done;
	g->engine.z.avail_out = out;
	result = step(&g->engine);
	take(g, from, in - g->engine.z.avail_in);
	*done += out - g->engine.z.avail_out;
	g->full = !g->engine.z.avail_out;
	if (has_header(&g->engine))
		g->state = MEMBER;
	if (result == STEP_BAD)
		return damaged(g,
			g->state == FIRST ?
				"not gzip, though it begins like it, or its header is damaged" :
				"gzip data is damaged; what was written may be wrong",
			f);
	if (result == STEP_END)
		g->state = BETWEEN;
	return true;
}

bool gunzip_run(struct gunzip *g, struct slice *from, char *to, size_t *room, struct fault *f)
{
	size_t done = 0;
	bool good = true;

	while (good && done < *room && (from->len || (g->state == MEMBER && g->full))) {
		if (g->state >= BETWEEN)
			good = go_on(g, from, f);
		else
			good = inflate_member(g, from, to, &done, *room, f);
	}
	*room = done;
	return good;
}

bool gunzip_complete(const struct gunzip *g)
{
	return g->state >= BETWEEN;
}

uint64_t gunzip_taken(const struct gunzip *g)
{
	return g->taken;
}

void gunzip_close(struct gunzip *g)
{
	end(&g->engine);
	free(g);
}
