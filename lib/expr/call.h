/* call: a call in an expression, and the functions that can be called
 *
 * Functions are rows of tables, so that the compiler knows what each takes, suggestions know the names,
 * and tests hold the manual to them. A call has a memory of its own for what its constant arguments
 * were made into. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"
#include "expr/calc.h"
#include "record/stamp.h"
#include "text/ere.h"
#include "time/calendar.h"
#include "time/layout.h"

struct function;

#define CALL_TOO_LONG "the result is longer than --max-line allows"

/* One call in an expression. */
struct call {
	const struct function *function;
	size_t n;              /* arguments */
	struct stamp stamp[2]; /* of times, the first and the second; zone and unit are set */
	struct arena *arena;   /* for results, until the next record */
	size_t longest;        /* bytes that a text may have */
	struct calendar calendar;
	struct layout layout;
	struct ere *ere;
};

struct function {
	const char *name;
	/* A letter for each argument: n number, t text, w time (number or text), a anything; in upper
	 * case if it must be constant. After ? they may be left out, the last may be repeated after +. */
	const char *takes;
	char gives; /* n, t, b true or false, w, a */
	bool nulls; /* is called with nulls too; the others give null for any null */
	/* Makes something of the constant arguments (the others are null here); NULL: nothing to do. What
	 * it leaves in the call is freed by function_free(), after false too. */
	bool (*prepare)(struct call *s, const struct calc *arg, struct fault *fault);
	/* False: the argument `fault->at` (from 0) is not what the function can take. A result of null is
	 * one that does not exist, as log(0). */
	bool (*call)(
		struct call *s, const struct calc *arg, struct calc *result, struct fault *fault);
};
