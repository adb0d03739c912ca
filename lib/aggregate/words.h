/* words: partial results as text, to be read back
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

struct words {
	bool numbers; /* the caller's: no other readings are taken */

	/* private */
	struct buf text;
	const char *p, *end;
};

/* Copies the text. */
void words_open(struct words *w, struct slice text);

/* Was everything taken? */
bool words_done(const struct words *w);

/* Each takes what comes next, and the blank behind it unless it is the last. False: it is not there, and
 * what follows is of no use.
 *
 * A count is below 10^15, so that sums of many fit. */
bool words_take(struct words *w, struct slice *word);
bool words_take_count(struct words *w, int64_t *n);

/* A time as words_print_time() writes it. */
bool words_take_time(struct words *w, struct instant *t);

/* A JSON value that is a reading. It lives until words_close(). */
bool words_take_reading(struct words *w, struct reading *r);

/* All that is left. */
struct slice words_rest(struct words *w);

void words_close(struct words *w);

/* Appends a blank if a word has been appended already, since b was so long. */
void words_next(struct buf *b, size_t before);

/* Appends the seconds since 1970 with as many digits behind the point as there are. */
void words_print_time(struct buf *b, struct instant t);
