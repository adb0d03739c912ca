/* frame: records between a head that tells what they are and a foot that tells that they are whole
 *
 * The head names the program that wrote them, the version of its format, the run of which they are, if that has
 * a name, and the options that shaped what is written. The foot has the number of records and a CRC-64 of every byte before it: a change
 * within 64 bits in a row is always found, and so is every cut. Both are records themselves, and look
 * the same in all versions.
 *
 *	{"program":"window","version":1,"run":"2024-02-29","size":"15m"}
 *	{"id":"a","count":3}
 *	{"records":1,"crc64":"0123456789abcdef"}
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "record/rec.h"

enum { FRAME_FOOT = 64 };

/* What was asked for with one option, as JSON; null where it was not given. */
struct frame_option {
	const char *name;
	struct buf value;
};

struct frame_head {
	const char *program;
	unsigned version;
	struct buf run; /* the name as JSON; empty: it has none */
	struct frame_option *option;
	size_t n, cap;
};

/* All lines so far. { 0 } is none. */
struct frame_sum {
	uint64_t lines;
	uint64_t before, whole; /* CRC-64 without the last line, and with it */
	bool known;             /* the first line begins as a head does */
	size_t len;             /* of the last line; 0: too long for a foot */
	char last[FRAME_FOOT];
};

/* The name must stay where it is, the value is copied. */
void frame_option(struct frame_head *h, const char *name, struct slice json);

/* Appends the line. */
void frame_print_head(const struct frame_head *h, struct buf *b);

/* Is the record this head, its options in any order, of whatever run? If not, appends how it differs. */
bool frame_agrees(const struct frame_head *h, const struct rec *r, struct buf *how);

/* Is the record a head of this run, which has a name? */
bool frame_same_run(const struct frame_head *h, const struct rec *r);

/* One or more lines, each with its LF. */
void frame_add(struct frame_sum *s, struct slice lines);

/* The foot for a head and records; the number of bytes written. */
size_t frame_foot(const struct frame_sum *s, char out[FRAME_FOOT]);

/* What is wrong with a head, records and foot, or NULL. ended: the last line had its LF. */
const char *frame_check(const struct frame_sum *s, bool ended);

void frame_free(struct frame_head *h);
