/* filter: the loop that every filter is
 *
 * A filter is a table of options and a few callbacks. filter_main() reads the options, opens the files
 * one after the other, calls record() for each record, and sees to everything else: bad records, output
 * that appears before the program waits, signals, statistics, the checks at the end. */
#pragma once

#include <stdint.h>

#include "opt.h"
#include "out.h"
#include "rec.h"

/* A number of its own that a program reports with --stats. */
struct count {
	const char *name;
	const uint64_t *value;
};

struct filter {
	struct program program;
	void (*ready)(void); /* the options are read: check them, prepare */
	void (*record)(struct rec *r);
	void (*end)(void);          /* the input has ended (not when a signal ended it) */
	const struct count *counts; /* ends with a row without a name */
};

int filter_main(const struct filter *f, int argc, char **argv);

/* The record, as it is now, is an answer. Nothing happens if it has turned out to be bad. */
void emit(struct rec *r);

/* The field's number, for names that do not come from an option; to be called in ready(). */
uint32_t filter_field(struct slice name);

/* -o, and what every filter understands: --bad --max-bad --max-line --progress --stats */
extern const struct opt output_options[];
extern const struct opt filter_options[];

/* For programs without input: the output that -o asks for (standard output otherwise), and its end.
 * Signals are watched from the opening on: a source asks stop_asked() between its records. */
struct out *source_open(void);

/* Closes the output, or abandons it and dies by the signal that has asked for a stop. */
void source_close(void);
