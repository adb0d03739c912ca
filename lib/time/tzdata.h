/* tzdata: zones by name, from the system's tz database */
#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/slice.h"
#include "time/tzdata.h"
#include "time/zone.h"

/* By name: UTC, Z, +HH:MM, -HH:MM, or a file of the tz database in $TZDIR or where systems keep it.
 * The fault says whether the zone is unknown or the system has no database. */
bool tzdata_find(struct slice name, struct zone *zone, struct fault *fault);

/* From the bytes of a TZif file (RFC 9636), versions 1 to 4. */
bool tzdata_parse(struct slice bytes, struct zone *zone, struct fault *fault);
