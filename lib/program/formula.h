/* formula: expressions as they are typed on the command line */
#pragma once

#include "expr/expr.h"

/* Compiles a text that is, or is a part of, an operand or an argument; a mistake is a usage error that
 * shows the whole and the place. To be called in ready(), after when_ready(). each: _ stands for a field
 * that expr_run() is told. */
struct expr *formula_compile(struct slice whole, struct slice part, bool each);
