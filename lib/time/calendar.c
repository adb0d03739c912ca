/* Pieces of calendar units are numbered. The number of a time is guessed from the local date and
 * corrected by the boundaries themselves: a zone may show a date twice, or leave one out, and
 * zone_reach() never runs backwards. */
#include "time/calendar.h"

#include "number/num.h"
#include "time/civil.h"
#include "time/zone.h"

static const int64_t second = 1000000000;
static const int64_t day = CIVIL_DAY * INT64_C(1000000000);

enum { FIRST_MONDAY = -3, EPOCH = 1970 };

static const struct span_size one_day = { SPAN_DAYS, 1 };

/* In nanoseconds since 1970; the boundaries may lie beyond the years. */
struct piece {
	__int128 start, end;
};

static __int128 floor_div(__int128 a, int64_t b)
{
	return a / b - (a % b < 0);
}

void calendar_init(
	struct calendar *calendar, struct span_size size, struct span offset, struct zone *zone)
{
	*calendar = (struct calendar){ .size = size, .offset = offset.nanos, .zone = zone };
	if (size.unit != SPAN_NANOS)
		return;
	calendar->offset %= size.n;
	if (calendar->offset < 0)
		calendar->offset += size.n;
}

/* The first moment at which the clocks show this local time or a later one. */
static __int128 reach(const struct calendar *c, __int128 local)
{
	int64_t seconds = (int64_t)floor_div(local, second);
	int64_t utc = zone_reach(c->zone, seconds);
	__int128 rest = local - (__int128)seconds * second;

	/* Behind a gap nothing is left to wait for. */
	if (utc + zone_offset(c->zone, utc) != seconds)
		rest = 0;
	return (__int128)utc * second + rest;
}

static int32_t offset_at(const struct calendar *c, __int128 t)
{
	return zone_offset(c->zone, (int64_t)floor_div(t, second));
}

static __int128 local_of(const struct calendar *c, __int128 t)
{
	return t + (__int128)offset_at(c, t) * second;
}

/* --- calendar units --- */

/* The day, counted from 1970, with which the piece of this number begins. */
static int64_t first_day(const struct span_size *size, int64_t number)
{
	int64_t count = number * size->n;
	int64_t year = num_floor(count, 12);

	switch (size->unit) {
	case SPAN_MONTHS:
		return civil_days((int)(EPOCH + year), (int)(count - year * 12) + 1, 1);
	case SPAN_WEEKS:
		return FIRST_MONDAY + count * 7;
	default:
		return count;
	}
}

static int64_t number_of(const struct span_size *size, int64_t date)
{
	struct civil c;

	switch (size->unit) {
	case SPAN_MONTHS:
		c = civil_of(date * CIVIL_DAY);
		return num_floor((int64_t)(c.year - EPOCH) * 12 + c.month - 1, size->n);
	case SPAN_WEEKS:
		return num_floor(date - FIRST_MONDAY, 7 * size->n);
	default:
		return num_floor(date, size->n);
	}
}

static __int128 boundary(const struct calendar *c, const struct span_size *size, int64_t number)
{
	return reach(c, (__int128)first_day(size, number) * day + c->offset);
}

static int64_t number_at(const struct calendar *c, const struct span_size *size, __int128 t)
{
	int64_t date = (int64_t)floor_div(local_of(c, t) - c->offset, day);
	int64_t number = number_of(size, date);

	while (t < boundary(c, size, number))
		number--;
	while (t >= boundary(c, size, number + 1))
		number++;
	return number;
}

static struct piece unit_at(const struct calendar *c, __int128 t)
{
	int64_t number = number_at(c, &c->size, t);

	return (struct piece){ boundary(c, &c->size, number), boundary(c, &c->size, number + 1) };
}

/* --- lengths --- */

/* Pieces of that length from `from` on, and before it. */
static struct piece length_at(int64_t length, __int128 from, __int128 t)
{
	__int128 start = from + floor_div(t - from, length) * length;

	return (struct piece){ start, start + length };
}

/* Does the zone jump within three days around? */
static bool jumps_near(const struct calendar *c, __int128 t)
{
	int64_t seconds = (int64_t)floor_div(t, second);

	zone_offset(c->zone, seconds);
	return seconds - c->zone->period.from < 3 * CIVIL_DAY ||
		c->zone->period.until - seconds < 3 * CIVIL_DAY;
}

/* Cuts the piece at mornings at which the offset is another than the morning before. The piece may
 * reach into the days beside today. */
static void cut_at_mornings(const struct calendar *c, int64_t today, __int128 t, struct piece *p)
{
	int32_t before = offset_at(c, boundary(c, &one_day, today - 2)), now;

	for (int64_t date = today - 1; date <= today + 2; date++, before = now) {
		__int128 morning = boundary(c, &one_day, date);
		now = offset_at(c, morning);
		if (now == before)
			continue;
		if (morning <= t && morning > p->start)
			p->start = morning;
		if (morning > t && morning < p->end)
			p->end = morning;
	}
}

static struct piece part_of_day_at(const struct calendar *c, __int128 t)
{
	bool plain = !jumps_near(c, t);
	int64_t today = plain ? 0 : number_at(c, &one_day, t);
	int32_t offset = offset_at(c, plain ? t : boundary(c, &one_day, today));
	struct piece p = length_at(c->size.n, c->offset - (__int128)offset * second, t);

	if (!plain)
		cut_at_mornings(c, today, t, &p);
	return p;
}

static struct piece piece_at(const struct calendar *c, __int128 t)
{
	if (c->size.unit != SPAN_NANOS)
		return unit_at(c, t);
	if (c->size.n < day)
		return part_of_day_at(c, t);
	return length_at(c->size.n, c->offset, t);
}

bool calendar_find(
	struct calendar *calendar, struct instant t, struct instant *start, struct instant *end)
{
	if (instant_compare(t, calendar->start) < 0 || instant_compare(t, calendar->end) >= 0) {
		struct piece p = piece_at(calendar, instant_nanos(t));
		if (!instant_of_nanos(p.start, start) || !instant_of_nanos(p.end, end))
			return false;
		calendar->start = *start;
		calendar->end = *end;
	}
	*start = calendar->start;
	*end = calendar->end;
	return true;
}

bool calendar_start(struct calendar *calendar, struct instant t, struct instant *start)
{
	struct instant end;

	return calendar_find(calendar, t, start, &end) ||
		instant_of_nanos(piece_at(calendar, instant_nanos(t)).start, start);
}
