/* machine: the steps that an expression is made of, and what carries them out
 *
 * Values lie on a stack whose depth is known beforehand; a step takes its operands from there and leaves
 * its result. Null is what is not known: arithmetic and comparisons with it give null, and so do && and
 * || where it matters. */
#pragma once

#include "expr/calc.h"
#include "expr/call.h"
#include "record/rec.h"

enum step_what {
	STEP_FIELD,    /* a: its number */
	STEP_EACH,     /* the field that machine->each names */
	STEP_CONSTANT, /* a: its place in machine->constant */
	STEP_CALL,     /* a: its place in machine->call */
	STEP_ADD,
	STEP_SUBTRACT,
	STEP_MULTIPLY,
	STEP_DIVIDE,
	STEP_REMAINDER,
	STEP_POWER,
	STEP_NEGATE,
	STEP_NUMBER, /* leaves a number as it is */
	STEP_EQUAL,
	STEP_UNEQUAL,
	STEP_LESS,
	STEP_LESS_EQUAL,
	STEP_GREATER,
	STEP_GREATER_EQUAL,
	STEP_IS_NULL,
	STEP_IS_VALUE,
	STEP_NOT,
	STEP_AND_IF, /* a: where to go with false, which is the result */
	STEP_AND,
	STEP_OR_IF, /* a: where to go with true, which is the result */
	STEP_OR,
	STEP_ELSE, /* a: where to go unless null; null is taken away */
	STEP_CHOOSE, /* takes the condition away; a: where to go if false, b: with null, which is the result */
	STEP_GO,         /* to a */
	STEP_DROP_BELOW, /* takes the value below away */
};

struct step {
	uint32_t what, a, b;
};

struct machine {
	struct step *step;
	size_t n, cap;
	struct calc *constant;
	size_t constants, constant_cap;
	struct call **call;
	size_t calls, call_cap;
	struct calc *stack; /* stacked: as many as any step needs */
	size_t stacked;
	struct arena arena; /* of results, until the next run */
	uint32_t each;
	uint64_t undefined; /* results so far that do not exist, as 1 / 0 */
};

/* What is wrong with a record. field: the one it is about, or FIELD_NONE; inside: it was found in its
 * value ("no such date"), not told of it ("is not a number"). */
struct machine_fault {
	const char *what;
	uint32_t field;
	bool inside;
};

/* Runs the steps from `from` on. r may be NULL where no step reads a field. The result lives until the
 * next run. */
bool machine_run(struct machine *m, size_t from, const struct rec *r, struct calc *result,
	struct machine_fault *fault);

void machine_free(struct machine *m);
