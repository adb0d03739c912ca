/* numeric: the functions of numbers */
#pragma once

#include "expr/call.h"

/* Ends with a row without a name. */
extern const struct function numeric_table[];
