/* output: all that a program writes
 *
 * Its answers go to standard output or, with -o, to a file that is replaced when all is done. Beside
 * them there may be side files (--bad, --rest) and a file that is saved last (--state). None of them may
 * be another of them, or an input. */
#pragma once

#include <stdbool.h>

#include "io/out.h"
#include "program/opt.h"

/* A file beside the output: --bad, --rest. It is emptied at the start and grows under its own name. */
struct side {
	const char *option, *path; /* path NULL: not asked for */
	bool open;
	struct out out; /* once it is open */

	/* private */
	struct side *next;
};

/* A file that is replaced when all has gone well, after the output. write() is called once that is complete
 * and, where it goes to a file, on the disk, but before one that is replaced takes its place: where there is no
 * room for both, both stay as they were. */
struct saved {
	const char *option, *path;
	const char *lock; /* another file, which is locked */
	void (*write)(struct out *to);
};

/* -o */
extern const struct opt output_options[];

/* As -o has it; NULL: not given. */
const char *output_path(void);

/* Makes a side file or the saved one known, before output_open(). */
void output_side(struct side *side);
void output_saves(const struct saved *saved);

/* Opens the output and the side files, and watches signals from now on; files are the inputs, which none
 * of them may be. last() is called when the program dies and the output does not wait to take the place
 * of a file: what was held back may still be added; or NULL. */
struct out *output_open(struct operands files, void (*last)(void));

/* Where the answers go. */
struct out *output_main(void);

/* Holds nothing back: whoever is about to wait says so. */
void output_flush(void);

/* Dies by the signal that has asked for a stop, if one has; what is written goes, what waits aside does
 * not take its place. */
void output_end_if_stopped(void);

/* The same where it was asked for a while ago, for who has much to do at once: looks at no more than a flag. */
void output_end_if_overdue(void);

/* Closes all and saves, or dies by the signal that has asked for a stop. */
void output_close(void);
