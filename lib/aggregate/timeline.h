/* timeline: values by their times
 *
 * The aggregates first, last, delta, increase, rate and list. */
#pragma once

#include "aggregate/measure.h"

extern const struct measure timeline_table[]; /* up to a row without a name */
