/* variety: which values there were, of any kind
 *
 * The aggregates mode, distinct, any and all. */
#pragma once

#include "aggregate/measure.h"

extern const struct measure variety_table[]; /* up to a row without a name */
