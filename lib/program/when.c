#include "program/when.h"

#include "base/arena.h"
#include "base/die.h"
#include "program/filter.h"
#include "record/json.h"
#include "time/tzdata.h"

static const char usual[] = "time";
static const char *field_name = usual, *zone_name = "UTC";
static struct choice unit = { -1 };
static uint32_t field;
static struct zone zone;
static struct stamp stamp;
static struct arena unquoted;

const struct opt zone_options[] = {
	OPT(0, "tz", "ZONE", &zone_name, "the zone of calendars and of times without one (UTC)"),
	OPT(0, "time-unit", "s|ms|us|ns", &unit, "the unit of times that are numbers (by size)"),
	OPT_END,
};

const struct opt when_options[] = {
	OPT('t', "time", "FIELD", &field_name, "the field that holds the time (time)"),
	OPT_INCLUDE(zone_options),
	OPT_END,
};

void when_ready(void)
{
	struct fault fault;

	if (!tzdata_find(slice_of(zone_name), &zone, &fault))
		usage("--tz: %s: '%s'", fault.what, zone_name);
	field = field_name == usual ? filter_field(SLICE("time")) :
				      filter_needs(slice_of(field_name));
	stamp = (struct stamp){ .zone = &zone, .scale = when_scale() };
}

struct zone *when_zone(void)
{
	return &zone;
}

const char *when_zone_name(void)
{
	return zone_name;
}

struct instant_scale when_scale(void)
{
	if (unit.at < 0)
		return (struct instant_scale){ 0 };
	return (struct instant_scale){ (enum instant_unit)unit.at, true, true };
}

void when_expect(enum instant_unit expected)
{
	if (unit.at < 0)
		stamp.scale = (struct instant_scale){ .unit = expected, .known = true };
}

uint32_t when_field(void)
{
	return field;
}

bool when_named(void)
{
	return field_name != usual;
}

const struct stamp *when_stamp(void)
{
	return &stamp;
}

/* What is wrong with a text, and who may be of help. */
static const char *objection(const struct fault *fault)
{
	if (strcmp(fault->what, INSTANT_NO_TIME))
		return fault->what;
	return "not a time; rectime --from reads other forms";
}

bool when_read(struct rec *r, struct instant *t)
{
	struct value v = rec_value(r, field);
	struct fault fault;

	arena_reset(&unquoted);
	if (stamp_value(&stamp, v, &unquoted, t, &fault))
		return true;
	if (v.kind <= KIND_NULL)
		rec_blame(r, field, "is missing; -t tells which field has the time");
	else if (v.kind == KIND_TEXT)
		rec_refuse(r, field, objection(&fault));
	else if (v.kind == KIND_NUMBER)
		rec_refuse(r, field, fault.what);
	else
		rec_blame(r, field, "is not a time");
	return false;
}
