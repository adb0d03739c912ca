/* statistics: variance and deviation of a field, weighted means, and how two fields go together
 *
 * The aggregates var, varp, stddev, stddevp, wavg, wsum, cov, corr and slope. */
#pragma once

#include "aggregate/measure.h"

extern const struct measure statistics_table[]; /* up to a row without a name */
