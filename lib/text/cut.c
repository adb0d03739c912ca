#include "text/cut.h"

enum { GROUP = 64 };

void cut_begin(struct cut *c, uint64_t least)
{
	c->least = least;
	c->quoted = c->after_cr = false;
}

/* The last of them may be a line end. */
uint64_t cut_unseen(const struct cut *c)
{
	return c->csv || !c->least ? 0 : c->least - 1;
}

void cut_skip(struct cut *c, uint64_t n)
{
	c->least -= n;
}

/* A loop of fixed length is one that compilers make vectors of. */
uint64_t cut_count(struct slice bytes, char byte)
{
	const char *p = bytes.at, *end = p + bytes.len;
	uint64_t n = 0;

	for (; end - p >= GROUP; p += GROUP) {
		unsigned char hits = 0;
		for (int i = 0; i < GROUP; i++)
			hits = (unsigned char)(hits + (p[i] == byte));
		n += hits;
	}
	for (; p < end; p++)
		n += *p == byte;
	return n;
}

static size_t find_line(struct slice bytes, bool *found)
{
	const char *end = bytes.len ? memchr(bytes.at, '\n', bytes.len) : NULL;

	*found = end;
	return end ? (size_t)(end - bytes.at) + 1 : bytes.len;
}

static size_t find_row(struct cut *c, struct slice bytes, bool *found)
{
	for (size_t i = 0; i < bytes.len; i++) {
		char byte = bytes.at[i];
		if (c->after_cr || (byte == '\n' && !c->quoted)) {
			*found = true;
			return i + (byte == '\n');
		}
		c->quoted ^= byte == '"';
		c->after_cr = byte == '\r' && !c->quoted;
	}
	return bytes.len;
}

size_t cut_find(struct cut *c, struct slice bytes, bool *found)
{
	uint64_t before = c->least ? c->least - 1 : 0;
	size_t passed = before < bytes.len ? (size_t)before : bytes.len;
	struct slice rest = slice_skip(bytes, passed);

	*found = false;
	if (c->csv)
		c->quoted ^= cut_count((struct slice){ bytes.at, passed }, '"') & 1;
	c->least -= passed;
	return passed + (c->csv ? find_row(c, rest, found) : find_line(rest, found));
}
