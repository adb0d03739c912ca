/* partial: partial results as text, to be read back
 *
 * Words and JSON values with one blank between two, as in 1700000000 36.1 1700000060.5 "in use". Whatever
 * the text is, nothing is believed.
 *
 * { 0 } is ready to be opened, time and again. Plain numbers, as most are, are read where they stand; all
 * else from a copy. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aggregate/reading.h"
#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"
#include "record/shape.h"
#include "time/instant.h"

struct partial {
	bool numbers; /* the caller's: no other readings are taken */

	/* private */
	bool meant; /* what is left is in `text`, as it is meant */
	struct buf text;
	const char *p, *end;
};

/* A JSON text, or a number, as a table may have made of one; it stays where it is, and NUM_PAD bytes may be read
 * from any byte of it. */
static inline void partial_open(struct partial *w, struct value v)
{
	size_t quote = v.kind == KIND_TEXT;

	w->meant = false;
	w->p = v.at + quote;
	w->end = v.at + v.len - quote;
}

/* Was everything taken? */
static inline bool partial_done(const struct partial *w)
{
	return w->p == w->end;
}

/* Goes to what comes behind the value that ends at p. A blank with nothing behind it stays. */
static inline bool partial_go_behind(struct partial *w, const char *p)
{
	if (p + 1 < w->end && *p == ' ')
		p++;
	else if (p != w->end)
		return false;
	w->p = p;
	return true;
}

/* Takes a number without an exponent, of 15 characters and a sign at most, and the blank behind it. False:
 * what is there is another one, or none, or spelled otherwise; then nothing was taken. */
static inline bool partial_take_plain(struct partial *w, struct decimal *d)
{
	const char *end = num_decimal_ahead(w->p, d);

	return end && partial_go_behind(w, end);
}

/* Passes over words that must come first. False: others do. */
bool partial_pass(struct partial *w, struct slice words);

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
