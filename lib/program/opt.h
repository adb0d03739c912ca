/* opt: the option table
 *
 * A program describes itself with a table of rows; parsing, --help, the completions and the check
 * against the manual are all made from it. A row's type is that of the variable it sets, so a wrong one
 * does not compile; the variable's initial value is the default. After opt_parse() there are only plain
 * variables.
 *
 *	static struct names fields;
 *	static int64_t count = 10;
 *
 *	static const struct opt options[] = {
 *		OPT('f', "field", "FIELDS", &fields, "convert these fields"),
 *		OPT('n', "count", "N", &count, "keep the first N (10)"),
 *		OPT_INCLUDE(filter_options),
 *		OPT_END,
 *	};
 *
 * Of an option that is given several times the last one counts, but lists of names grow, and so does the
 * text in a struct buf, with a comma between.
 *
 * Options may stand before and after operands, up to "--"; "-abc", "-nN", "-n N", "--count N" and
 * "--count=N" are understood. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "text/names.h"
#include "time/span.h"

/* One of the words that the row's arg lists, "csv|ndjson": at counts from 0. */
struct choice {
	int at;
};

/* A number of bytes: 65536, 64KiB, 1MiB, 2GiB, 10kB, 1MB. */
struct size {
	uint64_t bytes;
	bool given;
};

/* A whole number that has no default. */
struct whole {
	bool given;
	int64_t n;
};

/* A length of time (span.h), 15m or PT15M; nothing by default. may: the caller's, also 0 or backwards? */
struct duration {
	enum span_sign may;
	bool given;
	struct span span;
	const char *typed;
};

/* Anything else: gets the argument, and calls usage() if it makes no sense. */
typedef void opt_call(const char *argument);

struct opt {
	enum opt_type {
		OPT_STOP,
		OPT_TABLE,
		OPT_FLAG,
		OPT_INTEGER,
		OPT_WHOLE,
		OPT_NUMBER,
		OPT_TEXT,
		OPT_NAMES,
		OPT_LIST,
		OPT_SIZE,
		OPT_DURATION,
		OPT_CHOICE,
		OPT_CALL,
	} type;
	char letter;            /* 0: none */
	const char *name, *arg; /* arg NULL: takes none */
	void *into;
	const char *help; /* NULL: not shown */
	opt_call *call;
};

/* clang-format off */
#define OPT(letter, name, arg, into, help) { \
	_Generic((into), bool *: OPT_FLAG, int64_t *: OPT_INTEGER, struct whole *: OPT_WHOLE, \
		double *: OPT_NUMBER, const char **: OPT_TEXT, struct names *: OPT_NAMES, \
		struct buf *: OPT_LIST, struct size *: OPT_SIZE, \
		struct duration *: OPT_DURATION, struct choice *: OPT_CHOICE), \
	letter, name, arg, into, help, NULL }
#define OPT_DO(letter, name, arg, call, help) { OPT_CALL, letter, name, arg, NULL, help, call }
#define OPT_INCLUDE(table) { .type = OPT_TABLE, .into = (void *)(table) }
#define OPT_END { .type = OPT_STOP }
/* clang-format on */

struct program {
	const char *name, *about; /* about: as after .Nd in the manual */
	const char *operands;     /* "[file ...]" */
	const struct opt *options;
};

/* In argv, in order; a NULL follows. */
struct operands {
	char **at;
	int n;
};

/* Begins the program: names it in messages, sees to it that the three standard descriptors are taken,
 * reads the options. Answers --help, --version and --options itself. */
struct operands opt_parse(const struct program *p, int argc, char **argv);

/* Calls each() for every row, those of included tables too, in order. */
void opt_each(const struct opt *table, void (*each)(const struct opt *, void *), void *with);

/* The one ASCII character that an option's argument must be, no quote and no line end. */
char opt_character(const char *name, const char *argument);
