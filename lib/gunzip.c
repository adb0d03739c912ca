#include "gunzip.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

#include "die.h"
#include "mem.h"

struct gunzip {
	z_stream z;
	uint64_t taken;
	enum { FIRST, MEMBER, BETWEEN, PADDING } state;
};

bool gunzip_magic(struct slice first)
{
	return first.len >= 2 && first.at[0] == '\x1f' && first.at[1] == '\x8b';
}

struct gunzip *gunzip_open(void)
{
	struct gunzip *g = mem_array(1, sizeof *g);

	/* 16 more than the window's bits asks for a gzip header. */
	if (inflateInit2(&g->z, 16 + MAX_WBITS) != Z_OK)
		die("out of memory");
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
		if (inflateReset(&g->z) != Z_OK)
			return damaged(g, "cannot be inflated", f);
		g->state = MEMBER;
		return true;
	}
	g->state = PADDING;
	while (from->len && !from->at[0])
		take(g, from, 1);
	return !from->len || damaged(g, "data that is not gzip after the end of the gzip stream", f);
}

static const char *cause(const struct gunzip *g, int result)
{
	if (g->state == FIRST)
		return "not gzip, although it begins like it";
	if (result == Z_NEED_DICT)
		return "gzip data needs a dictionary";
	return "gzip data is damaged; what was written may be wrong";
}

static bool inflate_member(struct gunzip *g, struct slice *from, char *to, size_t *done, size_t room,
	struct fault *f)
{
	uInt in = from->len < UINT_MAX ? (uInt)from->len : UINT_MAX;
	uInt out = room - *done < UINT_MAX ? (uInt)(room - *done) : UINT_MAX;
	int result;

	g->z.next_in = (Bytef *)from->at;
	g->z.avail_in = in;
	g->z.next_out = (Bytef *)to + *done;
	g->z.avail_out = out;
	result = inflate(&g->z, Z_NO_FLUSH);
	take(g, from, in - g->z.avail_in);
	*done += out - g->z.avail_out;
	if (result == Z_MEM_ERROR)
		die("out of memory");
	if (result == Z_STREAM_END)
		g->state = BETWEEN;
	else if (result != Z_OK && result != Z_BUF_ERROR)
		return damaged(g, cause(g, result), f);
	else if (g->state == FIRST && *done)
		g->state = MEMBER;
	return true;
}

bool gunzip_run(struct gunzip *g, struct slice *from, char *to, size_t *room, struct fault *f)
{
	size_t done = 0;
	bool good = true;

	while (good && from->len && done < *room) {
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
	inflateEnd(&g->z);
	free(g);
}
