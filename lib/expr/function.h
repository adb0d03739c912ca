/* function: what can be called in an expression, by name */
#pragma once

#include "expr/call.h"

enum { FUNCTION_ARGUMENTS = 64 }; /* in one call */

/* Calls each() for every function, in the order of the manual. */
void function_each(void (*each)(const struct function *, void *), void *with);

/* NULL: there is none. */
const struct function *function_find(struct slice name);

/* The name of one that may have been meant; NULL if none is near. */
const char *function_near(struct slice name);

/* How many arguments it takes at least and at most. */
size_t function_least(const struct function *f);
size_t function_most(const struct function *f);

/* The letter of one argument, in lower case; must it be constant? */
char function_takes(const struct function *f, size_t argument, bool *constant);

/* Sets up a call: f with n arguments, of which those that are constant are given and the others null.
 * False: fault->at is the argument (from 0) that will not do. */
bool function_prepare(struct call *s, const struct function *f, const struct calc *arg, size_t n,
	struct fault *fault);

void function_free(struct call *s);
