/* zones: for unit tests that need the system's tz database; to be included after cmocka.h */
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include "time/tzdata.h"
#include "time/zone.h"

/* Where there is no tz database a test says so and ends; skip() of cmocka 1.1 would print "not ok".
 * As in lib.sh, that is a failure where WEIR_NOSKIP is set. */
static inline bool no_zones(void)
{
	if (access("/usr/share/zoneinfo/Europe/Berlin", R_OK) == 0)
		return false;
	if (getenv("WEIR_NOSKIP"))
		fail_msg("no time zone data");
	print_message("# SKIP no time zone data\n");
	return true;
}

static inline struct zone need_zone(const char *name)
{
	struct zone zone;
	struct fault fault;

	if (!tzdata_find(slice_of(name), &zone, &fault))
		fail_msg("%s: %s", name, fault.what);
	return zone;
}
