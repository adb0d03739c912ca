/* home: the set of a house in New England, its power and its weather, once a minute
 *
 * 18 columns of kilowatts, 13 of weather that is measured once an hour, and the faults that the
 * published file is known for: twin columns, sums that do not add up, texts among the numbers. */
#pragma once

#include "simulate/simulate.h"

extern const struct simulate_set home_set;
