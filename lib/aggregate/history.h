/* history: values by their times, in whatever order they came
 *
 * Values are in their one spelling (reading.h). They are in order by time, those of one time by
 * value. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aggregate/reading.h"
#include "aggregate/partial.h"
#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"
#include "number/total.h"
#include "time/instant.h"

struct history_entry {
	int64_t seconds;
	uint32_t nanos, len;
	size_t at; /* in the text */
};

/* All of them; { 0 } has none. */
struct history {
	struct history_entry *entry;
	size_t n, cap;
	struct buf text;
	bool mixed; /* they need sorting */
};

void history_add(struct history *h, struct instant t, struct slice canon);
void history_merge(struct history *h, const struct history *from);

/* Appends them in order: as a JSON array; and as words, "time value time value". */
void history_print(struct history *h, struct buf *b);
void history_print_words(struct history *h, struct buf *b);

/* Adds what was printed so. False: it is something else; h holds some of it. */
bool history_parse(struct history *h, struct partial *w);

/* Below, all are numbers.
 *
 * t += the sum of the rises from one to the next; what is below the one before is a
 * counter that began anew, and adds itself. */
void history_gather_increase(struct history *h, struct total *t);

/* That per second between the first and the last time, the nearest double, and an integer below 10^21 in
 * all its digits. 0: these are one, or it is beyond the doubles. */
size_t history_print_rate(char out[NUM_MAX], struct history *h);

/* { 0 } again. */
void history_free(struct history *h);

/* The first and the last one alone. */
enum history_end { HISTORY_FIRST, HISTORY_LAST };

struct history_ends {
	struct history_moment {
		struct instant t;
		struct buf value; /* empty: none yet */
	} at[2];
};

void history_take(
	struct history_ends *h, enum history_end end, struct instant t, struct slice canon);
void history_take_from(
	struct history_ends *h, enum history_end end, const struct history_ends *from);

/* Its value; empty: there is none. */
struct slice history_end(const struct history_ends *h, enum history_end end);

/* Appends "time value", and takes it back into an end; there is one. */
void history_print_end(const struct history_ends *h, enum history_end end, struct buf *b);
bool history_parse_end(struct history_ends *h, enum history_end end, struct partial *w);

void history_free_ends(struct history_ends *h);
