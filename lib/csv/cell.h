/* cell: what is between two delimiters of a row */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"

enum cell_kind {
	CELL_EMPTY,
	CELL_NUMBER,  /* a JSON number as it stands */
	CELL_PLAIN,   /* ASCII that a JSON text holds as it stands */
	CELL_TEXT,    /* anything else */
	CELL_DOUBLED, /* anything, where two quotes mean one */
};

struct cell {
	const char *at; /* between the quotes, where there are any */
	uint32_t len;
	uint32_t kind;
};

/* What raw bytes say, which hold no delimiter or line end but between quotes. False: the quotes are out
 * of order. */
bool cell_read(struct cell *c, struct slice raw);

/* The kind of bytes that are no longer quoted. The byte behind them is read as well. */
enum cell_kind cell_kind_of(struct slice text);

/* Appends what is meant: the bytes, quotes once. */
void cell_text(const struct cell *c, struct buf *b);

/* Appends 007, +5, .5 and 5. as JSON spells them, without the blanks around them; false: that is no number.
 * `point` is what stands in front of the decimals: a comma becomes a point, and then a point is no part of a
 * number. b is empty before. */
bool cell_number(struct slice text, char point, struct buf *b);

/* The same for what must be spelled so already, but for the point. */
bool cell_plain_number(struct slice text, char point, struct buf *b);

/* Without the blanks and tabs around it. */
struct slice cell_trim(struct slice text);

/* May a text not be written as it is? Blanks at its ends are quoted, which some readers strip. */
bool cell_needs_quotes(struct slice text, char delimiter);

/* Writes it in quotes, at most twice its bytes and two; gives the place behind. */
char *cell_quote(char *to, struct slice text);
