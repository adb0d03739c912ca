/* temporal: the functions of times */
#pragma once

#include "expr/call.h"

/* Ends with a row without a name. */
extern const struct function temporal_table[];
