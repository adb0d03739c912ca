/* state: what a filter remembers from one run to the next
 *
 * --state FILE names the file. It is read before anything is written, and replaced when the input has
 * ended well and all output is complete and, where it goes to a file, on the disk. After a stop, a
 * failure or a crash it is what it was, or what it was to become, and then no output is missing.
 * FILE.lock is held for as long as the process runs.
 *
 * --run ID is kept in the file. Where that is of the same run already, the process ends well: it has read no
 * input, and no file is another than before.
 *
 * With STATE_IN and STATE_OUT in the environment a FILE that is no absolute path is read from the one
 * directory and written to the other; with STATE_OUT alone there is nothing to read.
 *
 *	static const struct state state = { "window", 1, take_group, save_groups };
 *
 *	static void ready(void)
 *	{
 *		state_shape("size", buf_slice(&size));
 *		state_load(&state);
 *	}
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"
#include "program/opt.h"
#include "record/rec.h"

struct state {
	const char *program;
	unsigned version;            /* of what save() writes and take() reads */
	void (*take)(struct rec *r); /* one that was saved; may blame it, which ends the program */
	void (*save)(void);          /* calls state_add() for what is to be remembered */
};

/* --state, --state-new, --run */
extern const struct opt state_options[];

/* --state is given. */
bool state_wanted(void);

/* Only a state that was made with the same value (JSON; null: not given) of this option will be taken.
 * The name is that of the option. To be called before state_load(), and for each of them. */
void state_shape(const char *option, struct slice json);

/* The same for the options of these names, as they were given; NULL ends the names. */
void state_shape_options(const struct opt *table, const char *const names[]);

/* To be called at the end of ready(). Once it is clear that the file is whole and is ours, calls take()
 * for every record; dies where it is not, and ends where the run is done. False: there is none, or none is
 * wanted. */
bool state_load(const struct state *state);

/* One record, a line with its LF. */
void state_add(struct slice line);
