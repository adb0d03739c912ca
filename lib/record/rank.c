/* A key is a row of bytes whose order is that of the keys: canon_bytes() of each part. It is never written
 * out; eight of its bytes are worked out at a time, and only for keys that do not differ before. What all have in
 * common, as keys mostly begin alike, is passed over: then the eight tell most of them apart, and no key is
 * looked up any more.
 *
 * By them the keys are sorted in place, one byte after the other: each goes to the range of those that
 * have the same one. Short ranges are sorted by insertion, and what bytes cannot tell by comparison. */
#include "record/rank.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "record/canon.h"

enum {
	FEW = 24,
	DEEP = 64, /* bytes of a key; keys that are alike for longer are rather compared */
};

struct ranking {
	struct slice (*key)(const void *with, const void *it);
	const void *with;
};

/* The first part; *rest becomes what is after it. */
static struct slice part_of(struct slice *rest)
{
	const char *end = memchr(rest->at, '\n', rest->len);
	struct slice part = { rest->at, end ? (size_t)(end - rest->at) : rest->len };

	*rest = slice_skip(*rest, part.len + (end ? 1 : 0));
	return part;
}

int rank_compare(struct slice a, struct slice b)
{
	int order = 0;

	while (!order && a.len && b.len) {
		struct slice x = part_of(&a), y = part_of(&b);
		order = canon_compare(x, y);
	}
	return order;
}

static int compare(const void *a, const void *b, void *with)
{
	const struct ranked *x = a, *y = b;
	const struct ranking *r = with;

	if (x->bytes != y->bytes)
		return x->bytes < y->bytes ? -1 : 1;
	return rank_compare(r->key(r->with, x->it), r->key(r->with, y->it));
}

/* Eight bytes of a key, from one on. False: they are not to be had. */
static bool bytes_of(struct slice key, size_t from, uint64_t *bytes)
{
	struct canon_bytes b = { .skip = from };

	while (key.len && b.n < sizeof b.bytes)
		if (!canon_bytes(&b, part_of(&key)))
			return false;
	*bytes = b.n ? b.bytes << 8 * (sizeof b.bytes - b.n) : 0;
	return true;
}

/* False: those of one key are not to be had, and all are 0. */
static bool take_bytes(const struct ranking *r, struct ranked *at, size_t n, size_t from)
{
	bool good = from < DEEP;

	for (size_t i = 0; i < n && good; i++)
		good = bytes_of(r->key(r->with, at[i].it), from, &at[i].bytes);
	for (size_t i = 0; i < n && !good; i++)
		at[i].bytes = 0;
	return good;
}

/* How many of those that were taken all have. */
static size_t in_common(const struct ranked *at, size_t n)
{
	uint64_t differ = 0;

	for (size_t i = 1; i < n; i++)
		differ |= at[i].bytes ^ at[0].bytes;
	return differ ? (size_t)__builtin_clzll(differ) / 8 : sizeof differ;
}

/* Takes eight from the first one on that not all have. */
static bool take_telling(const struct ranking *r, struct ranked *at, size_t n, size_t *from)
{
	for (size_t more; take_bytes(r, at, n, *from); *from += more)
		if (!(more = in_common(at, n)))
			return true;
	return false;
}

static void insert(const struct ranking *r, struct ranked *at, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct ranked one = at[i];
		size_t k = i;
		for (; k && compare(&one, &at[k - 1], (void *)r) < 0; k--)
			at[k] = at[k - 1];
		at[k] = one;
	}
}

static unsigned byte_of(const struct ranked *x, int shift)
{
	return x->bytes >> shift & 0xff;
}

/* Each goes to where those with its byte are. */
static void spread(struct ranked *at, size_t n, int shift)
{
	size_t next[256] = { 0 }, end[256], sum = 0;

	for (size_t i = 0; i < n; i++)
		next[byte_of(&at[i], shift)]++;
	if (next[byte_of(at, shift)] == n)
		return;
	for (size_t b = 0; b < 256; b++) {
		sum += next[b];
		next[b] = sum - next[b];
		end[b] = sum;
	}
	for (unsigned b = 0; b < 256; b++)
		while (next[b] < end[b]) {
			struct ranked one = at[next[b]];
			for (unsigned to; (to = byte_of(&one, shift)) != b;) {
				struct ranked other = at[next[to]];
				at[next[to]++] = one;
				one = other;
			}
			at[next[b]++] = one;
		}
}

/* Those that are known to be equal in so many bytes, `told` of them being the first of those at hand. */
static void sort(const struct ranking *r, struct ranked *at, size_t n, size_t from, size_t told)
{
	int shift;

	if (n <= FEW) {
		insert(r, at, n);
		return;
	}
	if (told == sizeof at->bytes)
		told = 0;
	if (!told && !take_telling(r, at, n, &from)) {
		qsort_r(at, n, sizeof *at, compare, (void *)r);
		return;
	}
	shift = 56 - 8 * (int)told;
	spread(at, n, shift);
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i + 1; k < n && byte_of(&at[k], shift) == byte_of(&at[i], shift);)
			k++;
		sort(r, at + i, k - i, from + 1, told + 1);
	}
}

void rank_sort(struct ranked *at, size_t n, struct slice (*key)(const void *with, const void *it),
	const void *with)
{
	const struct ranking r = { key, with };

	if (n <= FEW)
		take_bytes(&r, at, n, 0);
	sort(&r, at, n, 0, 0);
}
