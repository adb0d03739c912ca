/* scan: records out of blocks of lines
 *
 * A stream has few layouts. Eight shapes are remembered, each with the one that followed it last time:
 * the next record is compared with that guess first, then with the others, and only a record of a new
 * layout is taken apart letter by letter and remembered in turn. A stream whose layouts do not come
 * back is looked at in this way only now and then. All ways give the same answer. */
#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"
#include "record/fields.h"
#include "record/shape.h"
#include "record/match.h"

enum { SCAN_SHAPES = 8 };

#define SCAN_TOO_LONG "the line is longer than --max-line allows"

/* The ways differ in speed only; the slow ones are there to be compared with and for other machines. */
enum scan_way {
	SCAN_FAST, /* the best that this processor can do */
	SCAN_AVX2,
	SCAN_SSE4,
	SCAN_PLAIN,   /* shapes without vector instructions */
	SCAN_GENERAL, /* no shapes: each record is taken apart */
};

enum scan_found {
	SCAN_RECORD,
	SCAN_BAD,  /* line and fault tell which and why */
	SCAN_DONE, /* the block is used up */
};

struct scan {
	struct fields *fields;
	size_t max_line;
	uint64_t lines; /* seen so far, blank ones too */
	struct fault fault;

	/* the record at hand, until the next scan_next() */
	struct slice line; /* without its LF */
	const struct shape *shape;
	struct value *value; /* shape->n */

	/* private */
	const struct match *fast;
	bool general;
	const char *at, *end;
	struct shape known[SCAN_SHAPES], loose;
	struct shape *last;
	size_t shapes, oldest, values;
	unsigned vain;             /* shapes remembered since one was of use */
	unsigned left_alone;       /* records since the last try, while that is in vain */
	const char *run, *run_end; /* what the index covers */
	size_t separators, next;
	uint16_t *separator;
};

/* The instructions that a way uses. */
enum vector scan_vector(enum scan_way way);

/* fields must outlive the scanner; none are added after the first record but by its patterns. */
void scan_init(struct scan *s, struct fields *fields, enum scan_way way);

/* lines: whole lines, each with its LF, and 64 readable bytes after the last. */
void scan_block(struct scan *s, struct slice lines);

/* Blank lines are passed over. */
enum scan_found scan_next(struct scan *s);

void scan_free(struct scan *s);
