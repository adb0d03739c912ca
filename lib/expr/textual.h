/* textual: the functions of texts, and those that look at what a value is */
#pragma once

#include "expr/call.h"

/* Ends with a row without a name. */
extern const struct function textual_table[];
