/* expr: expressions over the fields of a record
 *
 *	temp > 30 && icon == "rain"        round(`use [kW]` / 60, 3)        hour(time) < 6
 *
 * weir-expressions(7) is the description. An expression is compiled once and then run for each record,
 * in time linear in what it holds and without allocating anything. */
#pragma once

#include "base/fault.h"
#include "expr/calc.h"
#include "record/fields.h"
#include "record/rec.h"
#include "time/instant.h"

enum { EXPR_MAX = 1 << 16, EXPR_DEPTH = 200 };

struct expr;

/* What an expression is compiled with; all of it must outlive it. */
struct expr_setup {
	struct fields *fields;
	struct zone *zone;
	struct instant_scale scale; /* the unit of times that are numbers */
	bool each;                  /* _ stands for the field that expr_run() is told */
	size_t longest;             /* bytes that a result may have, --max-line */
};

struct expr_fault {
	const char *what; /* static text */
	size_t at;        /* the byte of the expression */
	const char *near; /* the function that may have been meant, or NULL */
};

/* text is UTF-8 and must stay. NULL: there is a mistake in it. */
struct expr *expr_compile(
	struct slice text, const struct expr_setup *setup, struct expr_fault *fault);

/* Is it clear beforehand that it gives a number or a text, and so can never hold? */
bool expr_never_holds(const struct expr *e);

/* each: the field that _ stands for, or FIELD_NONE. The result lives until the next run. False: the
 * record is blamed. */
bool expr_run(struct expr *e, struct rec *r, uint32_t each, struct calc *result);

/* The same where the result must be true, false or null, which counts as false. False: the record is
 * blamed. */
bool expr_test(struct expr *e, struct rec *r, bool *holds);

/* Results so far that do not exist, such as 1 / 0 and log(0); they are null. */
uint64_t expr_undefined(const struct expr *e);

/* JSON of a result, until the next run. False: it is too long, and the record is blamed. */
bool expr_json(struct expr *e, const struct calc *x, struct rec *r, struct slice *json);

void expr_free(struct expr *e);
