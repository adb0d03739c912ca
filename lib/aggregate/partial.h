/* partial: partial results as text, to be read back
 *
 * Words and JSON values with one blank between two, as in 1700000000 36.1 1700000060.5 "in use". Whatever
 * the text is, nothing is believed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aggregate/reading.h"
#include "base/buf.h"
#include "base/slice.h"
#include "time/instant.h"

struct partial {
	bool numbers; /* the caller's: no other readings are taken */

	/* private */
	struct buf text;
	const char *p, *end;
};

/* Copies the text. */
void partial_open(struct partial *w, struct slice text);

/* Was everything taken? */
bool partial_done(const struct partial *w);

/* Each takes what comes next, and the blank behind it unless it is the last. False: it is not there, and
 * what follows is of no use.
 *
 * A count is below 10^15, so that sums of many fit. */
bool partial_take(struct partial *w, struct slice *word);
bool partial_take_count(struct partial *w, int64_t *n);

/* A time as partial_print_time() writes it. */
bool partial_take_time(struct partial *w, struct instant *t);

/* A JSON value that is a reading. It lives until partial_close(). */
bool partial_take_reading(struct partial *w, struct reading *r);

/* All that is left. */
struct slice partial_rest(struct partial *w);

void partial_close(struct partial *w);

/* Appends a blank if a word has been appended already, since b was so long. */
void partial_next(struct buf *b, size_t before);

/* Appends the seconds since 1970 with as many digits behind the point as there are. */
void partial_print_time(struct buf *b, struct instant t);
