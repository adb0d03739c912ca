/* columns: what the columns of a table are called in a record, and which of them are wanted
 *
 * The first row names the columns, or an option does. Options speak of columns by the names that the file
 * gives them; what the fields are called is decided last. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "text/names.h"

/* The options about columns. */
struct columns_wish {
	struct names given; /* names in place of the first row's */
	struct names wanted, unwanted;
	struct names texts, numbers;
	struct names renames; /* OLD=NEW */
	bool unnamed, dedupe, snake;
	const char *
		tool; /* what has these options, and a blank, in messages; NULL: it goes without saying */
};

struct column {
	size_t cell; /* its place in the row */
	enum column_type {
		COLUMN_ANY, /* a JSON number is a number, all else a text */
		COLUMN_TEXT,
		COLUMN_NUMBER, /* 007, +5 and .5 are numbers too, all else is a fault */
	} type;
	bool closely;     /* the reader's: a cell may take more than copying */
	struct slice key; /* ,"name": */
};

struct columns {
	struct column *at; /* the wanted ones, in the order of the fields */
	size_t n;
	size_t cells; /* of a whole row */
	size_t keys;  /* bytes of all keys together */
};

/* Decides what becomes of columns with these names, each of them UTF-8. False: *error says why not. */
bool columns_decide(struct columns *c, const struct columns_wish *wish, const struct slice *name,
	size_t n, struct buf *error);

void columns_free(struct columns *c);

/* Appends a name made of words in lower case and underscores: use_kw of "use [kW]", dew_point of
 * "dewPoint", x24h of "24h". */
void columns_snake(struct buf *b, struct slice name);
