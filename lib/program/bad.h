/* bad: records that are none, or that a program can do nothing with
 *
 * The first one ends the program, with a message that names its line. With --bad FILE each is written
 * there as a record that says where it stood and what is wrong, and work goes on. */
#pragma once

#include <stdint.h>

#include "base/slice.h"
#include "program/opt.h"
#include "record/rec.h"

/* --bad --max-bad */
extern const struct opt bad_options[];

/* Checks the options and makes the side file known; program: whose records they are. */
void bad_prepare(const char *program);

/* A record with its fault, in this line of the file. */
void bad_record(const char *file, uint64_t line, const struct rec *r);

/* The same for what was no record from the beginning. name: of the field that the fault speaks of; or empty. */
void bad_row(const char *file, uint64_t line, struct slice raw, struct slice name, const char *what,
	size_t at);

/* How many there were so far. */
uint64_t bad_count(void);

/* Says so at the end, if there were any. */
void bad_tell(void);
