/* when: the time of a record, for the programs that go by it
 *
 * The process reads one stream, so it has one time field, one zone and one unit. */
#pragma once

#include "program/opt.h"
#include "record/rec.h"
#include "record/stamp.h"

/* --tz and --time-unit; and with -t before them. */
extern const struct opt zone_options[];
extern const struct opt when_options[];

/* To be called in ready(): a zone that is not known is a usage error. */
void when_ready(void);

/* The zone that --tz names, else UTC; and the unit that --time-unit names, else any. */
struct zone *when_zone(void);
const char *when_zone_name(void);
struct instant_scale when_scale(void);

/* Numbers of the stream have this unit, as far as an earlier run knows; --time-unit knows better. */
void when_expect(enum instant_unit unit);

/* The number of the field that -t names, else "time". */
uint32_t when_field(void);

/* Did -t name it? */
bool when_named(void);

/* The time of the record; false where it has none that can be read: then the record is blamed. */
bool when_read(struct rec *r, struct instant *t);

/* How the last one was written. */
const struct stamp *when_stamp(void);
