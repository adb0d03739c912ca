/* argmin: what another field was where one was smallest or largest
 *
 * The aggregates argmin and argmax. */
#pragma once

#include "aggregate/measure.h"

extern const struct measure argmin_table[]; /* up to a row without a name */
