/* quantiles: below which value a share of them lies
 *
 * The aggregates median and quantile, whose other spelling is p95. */
#pragma once

#include "aggregate/measure.h"

extern const struct measure quantiles_table[]; /* up to a row without a name */
