/* division: files cut into pieces of whole lines, or of whole rows, which are worked on at once: pieces.h
 *
 * A piece ends with its file. Of a plain file no more is read than what is around the cuts, or must be counted;
 * what comes through a pipe, or is inflated, is kept in memory until it was handed on. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program/opt.h"

/* Bytes from which on a piece ends, if it is not said. */
enum { DIVISION_BLOCK = 32 << 20 };

struct division_wish {
	bool csv;
	struct whole heads; /* lines that go before each piece of a file; not given: one of CSV */
	uint64_t block;     /* 0: as above, or less where a file has less for each of those at work at once */
	uint64_t max_line;
	size_t at_once;
};

/* To be called after pieces_begin(); comes back when all are done. */
void division_read(const struct division_wish *wish, struct operands files);

/* When the program dies: if the input was at fault, what came before it is answered. */
void division_answer(void);

uint64_t division_bytes(void);
