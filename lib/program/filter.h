/* filter: the loop that every filter is
 *
 * A filter is a table of options and a few callbacks. filter_main() reads the options, opens the files
 * one after the other, calls record() for each record, and sees to everything else: bad records, output
 * that appears before the program waits, signals, statistics, the checks at the end. */
#pragma once

#include <stdint.h>

#include "program/opt.h"
#include "program/output.h"
#include "record/rec.h"

/* A number of its own that a program reports with --stats. */
struct count {
	const char *name;
	const uint64_t *value;
};

struct filter {
	struct program program;
	int (*operands)(struct operands o); /* how many of them come before the files; takes them */
	void (*ready)(void);                /* the options are read: check them, prepare */
	void (*record)(struct rec *r);
	bool whole; /* record() looks at the line or at all members, not only at fields that were named */
	/* In place of record(), where the input is no records: how many of the bytes are left for the
	 * next time. There is a LF behind them. The last ones are all used. */
	size_t (*bytes)(struct slice bytes, bool last);
	void (*file)(void); /* another file begins */
	void (*end)(void);  /* the input has ended (not when a signal ended it) */
	/* The output is about to end, by whatever reason: write what was held back. */
	void (*last)(void);
	/* Is called now and then, at least before the program waits for input, which `waiting` tells: after how
	 * many milliseconds again? -1: not before there is some. */
	int (*tick)(bool waiting);
	/* All is written and closed: what is still to be said, and maybe die of. */
	void (*verdict)(void);
	const struct count *counts; /* ends with a row without a name */
};

int filter_main(const struct filter *f, int argc, char **argv);

/* The record, as it is now, is an answer. Nothing happens if it has turned out to be bad. */
void emit(struct rec *r);

/* The same, but into a file beside the output. */
void emit_aside(struct rec *r, struct side *side);

/* What a filter tells that writes its answer to a record itself. */
void filter_counts_answer(void);

/* What a filter that reads bytes tells the loop: of a row that is good, and of one that is not,
 * because of the column of that name, if any. */
void filter_counts_row(bool answered);
void filter_blames_row(
	uint64_t line, struct slice raw, struct slice name, const char *what, size_t at);

/* The name of the file at hand, and what the options ask of every reader. */
const char *filter_file(void);
size_t filter_max_line(void);

/* Nanoseconds so far in which there was no input to be read. */
int64_t filter_waited(void);

/* The names that the scanner looks for. */
struct fields *filter_fields(void);

/* The field's number, for names that do not come from an option; to be called in ready(). */
uint32_t filter_field(struct slice name);

/* The same for one that an option names, so that it is missed if no record has it: see unmet.h. */
uint32_t filter_needs(struct slice name);

/* The program makes the field itself, or can do without it. */
void filter_spares(uint32_t field);

/* Gives a list its number, if it does not come from an option; to be called in ready(). */
void filter_list(struct names *names);

/* What every filter of records understands: --csv -d -o --bad --max-bad --max-line --progress --stats */
extern const struct opt filter_options[];

/* The same without -d, for those to whom it means another thing, and without --csv, for those that read bytes. */
extern const struct opt filter_options_csv[];
extern const struct opt filter_options_bytes[];
