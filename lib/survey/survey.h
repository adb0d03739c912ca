/* survey: what the fields of a stream hold, in one pass and bounded memory
 *
 * For each field: how many values of which kind, how many different ones, the extremes, the exact
 * total and the quantiles of its numbers, the lengths of its texts; of the field that holds the time,
 * its order and its steps. And which fields are copies of another one, character for character.
 * { .setup = ... } has seen nothing. A field takes up to some 100 KiB, one of few values much less. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "number/total.h"
#include "record/json.h"
#include "record/shape.h"
#include "record/stamp.h"
#include "sketch/distinct.h"
#include "sketch/sample.h"
#include "survey/alike.h"

enum {
	SURVEY_TEXT = 80,    /* characters that are kept of a text */
	SURVEY_MARKERS = 18, /* values that mostly stand for a missing one, */
	SURVEY_NUMBERS = 12, /* from here on numbers */
};

/* As they are meant: "NA". */
extern const char *const survey_marker[SURVEY_MARKERS];

/* The longest of some texts, the smaller one of two that are as long, cut. */
struct survey_text {
	uint64_t length; /* characters */
	struct buf text;
};

/* Of the field that holds the time. Differences are between a time and the one before it. */
struct survey_times {
	uint64_t read, unread, duplicates, backwards;
	struct instant first, last, before;
	struct stamp first_stamp, last_stamp;
	struct instant_style style; /* of the first one */
	struct sample steps;        /* differences above 0, in seconds */
	bool mixed;                 /* they are written in several ways */
};

struct survey_field {
	uint32_t field;                 /* its number */
	uint64_t count[KIND_ARRAY + 1]; /* by enum kind, but for KIND_MISSING */
	struct distinct distinct;       /* without null */

	/* Numbers that are not beyond the doubles. */
	uint64_t numbers;
	double low, high;
	struct buf least, greatest;   /* as they are spelled */
	double low_other, high_other; /* of those that are no markers */
	struct total total;
	struct sample values;

	uint64_t shortest;                 /* in characters */
	struct survey_text longest, plain; /* plain: that are neither numbers nor markers */
	uint64_t numeric;                  /* texts that are numbers */
	uint64_t plains;
	uint64_t *marked; /* how often each marker came; NULL: none */

	/* private */
	struct survey_recent *recent; /* values of late, by their hash */
	unsigned shift;               /* of the hash: 64 less the logarithm of their number */
	uint32_t misses;
};

struct survey_setup {
	uint32_t time; /* the field that holds it */
	struct stamp *stamp;
};

struct survey {
	const struct survey_setup *setup;
	uint64_t records;
	struct survey_field *field; /* in the order of their first appearance */
	size_t n, cap;
	struct survey_times *times; /* NULL: the time field was never there */

	struct alike alike; /* which fields are copies, by their places here */

	/* private */
	uint32_t *place; /* of each field by its number */
	size_t places, place_cap;
};

/* The next record; then its fields, each once; then its end. The values must stay until then, and NUM_PAD
 * bytes be readable from where each begins. A field that is asked for and missing may be told too. */
void survey_begin(struct survey *s);
void survey_add(struct survey *s, uint32_t field, struct value v);
void survey_end(struct survey *s);

/* To be called before anything is read of the field. */
void survey_settle(struct survey_field *f);

/* How many records have the field. */
uint64_t survey_there(const struct survey_field *f);

/* How often a marker came, where it stands out: a text always, a number where all others are far. */
uint64_t survey_marked(const struct survey_field *f, int marker);

/* The median of the differences, the lower one of two; there is one at least. In seconds. */
double survey_step(struct survey_times *t);

/* Differences of more than one and a half steps; where they are too many to be kept (sample.h), at least so
 * many. */
uint64_t survey_gaps(struct survey_times *t);

void survey_free(struct survey *s);
