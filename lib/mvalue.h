/* mvalue: aggregates of values of any kind, and of values by their times */
#pragma once

#include "measure.h"

extern const struct measure mvalue_table[]; /* up to a row without a name */
