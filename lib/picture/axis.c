#include "picture/axis.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "number/num.h"
#include "time/calendar.h"
#include "time/instant.h"

static void add_tick(struct axis *a, double at)
{
	if (a->n < AXIS_TICKS && at >= a->low && at <= a->high)
		a->tick[a->n++].at = at;
}

/* --- numbers --- */

/* m times 10^e, m being 1, 2 or 5. */
struct step {
	int m, e;
};

static double value_of(struct step s, double times)
{
	return s.e < 0 ? times * s.m / pow(10, -s.e) : times * s.m * pow(10, s.e);
}

static struct step round_up(double x)
{
	static const int mantissa[] = { 1, 2, 5 };
	struct step s = { 1, (int)floor(log10(x)) };

	for (int i = 0; i < 3; i++) {
		s.m = mantissa[i];
		/* A hair less is the same. */
		if (value_of(s, 1) >= x * (1 - 1e-12))
			return s;
	}
	return (struct step){ 1, s.e + 1 };
}

double axis_round(double x)
{
	return value_of(round_up(x), 1);
}

/* 1234567.5 with its thousands apart. */
static void group(char *out, const char *plain)
{
	size_t sign = *plain == '-', digits = strspn(plain + sign, "0123456789");

	for (size_t i = 0; plain[i]; i++) {
		if (i > sign && i < sign + digits && (sign + digits - i) % 3 == 0)
			*out++ = ',';
		*out++ = plain[i];
	}
	*out = '\0';
}

/* 1e-9 rather than 1e-09, 1e15 rather than 1e+15. */
static void shorten(char *label)
{
	char *e = strchr(label, 'e');

	if (e)
		sprintf(e, "e%d", atoi(e + 1));
}

static void label_number(struct tick *t, struct step step, double largest)
{
	char plain[AXIS_LABEL / 2];

	if (largest < 1e12 && (step.e >= -5 || largest >= 1)) {
		snprintf(plain, sizeof plain, "%.*f", step.e < 0 ? -step.e : 0, t->at);
		group(t->label, plain);
		return;
	}
	snprintf(t->label, sizeof t->label, "%.10g", t->at);
	shorten(t->label);
}

/* Doubles must tell the ticks apart. */
static void widen(double *low, double *high)
{
	double size = fmax(fabs(*low), fabs(*high));
	double least = size < 1e-300 ? 1 : size * 1e-9;

	if (*high - *low > least)
		return;
	if (*high == *low && size >= 1e-300)
		least = size * 0.1;
	*low -= least;
	*high += least;
}

void axis_linear(struct axis *a, double low, double high, int wanted, bool whole)
{
	struct step step;
	double first, last;

	widen(&low, &high);
	step = round_up((high - low) / (wanted > 2 ? wanted : 2));
	first = floor(low / value_of(step, 1) + 1e-9);
	last = ceil(high / value_of(step, 1) - 1e-9);
	*a = (struct axis){ .low = low, .high = high };
	if (whole) {
		a->low = fmin(low, value_of(step, first));
		a->high = fmax(high, value_of(step, last));
	}
	for (double k = first; k <= last && a->n < AXIS_TICKS; k++) {
		/* There is no negative zero. */
		add_tick(a, value_of(step, k) + 0.0);
		if (a->n)
			label_number(&a->tick[a->n - 1], step, fmax(fabs(low), fabs(high)));
	}
}

/* The three round numbers of each decade are counted on. */
static double in_log(int i)
{
	static const int mantissa[] = { 1, 2, 5 };
	int e = (int)floor(i / 3.0);

	return value_of((struct step){ mantissa[i - 3 * e], e }, 1);
}

void axis_log(struct axis *a, double low, double high, int wanted)
{
	int first = 3 * (int)floor(log10(low)) + 2;
	int last = 3 * (int)floor(log10(high));
	int every = 1;

	while (in_log(first) > low)
		first--;
	while (in_log(last) < high)
		last++;
	last += last == first;
	if (last - first > wanted) {
		every = 3;
		first = 3 * (int)floor(first / 3.0);
		last = 3 * (int)ceil(last / 3.0);
	}
	while ((last - first) / every > (wanted > 2 ? wanted : 2))
		every += 3;
	*a = (struct axis){ .low = in_log(first), .high = in_log(last), .log = true };
	for (int i = first; i <= last; i += every) {
		add_tick(a, in_log(i));
		if (a->n)
			label_number(&a->tick[a->n - 1], (struct step){ 1, (int)floor(i / 3.0) },
				in_log(i));
	}
}

/* --- times --- */

#define HOUR 3600000000000

static struct instant instant_of(double t)
{
	struct instant at = t < 0 ? instant_first : instant_last;

	instant_of_nanos((__int128)llround(t * 1000) * 1000000, &at);
	return at;
}

static double seconds_of(struct instant t)
{
	return (double)t.seconds + t.nanos / 1e9;
}

static const char month_name[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep",
	"Oct", "Nov", "Dec" };

static void print_first(
	char out[AXIS_LABEL / 2], struct instant t, const struct civil *c, enum axis_unit unit)
{
	size_t room = AXIS_LABEL / 2;

	switch (unit) {
	case AXIS_YEAR:
		snprintf(out, room, "%d", c->year);
		break;
	case AXIS_MONTH:
		snprintf(out, room, "%s", month_name[c->month - 1]);
		break;
	case AXIS_DAY:
		snprintf(out, room, "%d %s", c->day, month_name[c->month - 1]);
		break;
	case AXIS_MINUTE:
		snprintf(out, room, "%02d:%02d", c->hour, c->minute);
		break;
	case AXIS_SECOND:
		snprintf(out, room, "%02d:%02d:%02d", c->hour, c->minute, c->second);
		break;
	case AXIS_MILLI:
		snprintf(out, room, "%02d:%02d:%02d.%03u", c->hour, c->minute, c->second,
			t.nanos / 1000000);
		break;
	}
}

static void print_second(char out[AXIS_LABEL / 2], const struct civil *c, enum axis_unit unit)
{
	size_t room = AXIS_LABEL / 2;

	*out = '\0';
	if (unit == AXIS_MONTH || unit == AXIS_DAY)
		snprintf(out, room, "%d", c->year);
	else if (unit > AXIS_DAY)
		snprintf(out, room, "%d %s %d", c->day, month_name[c->month - 1], c->year);
}

void axis_label_times(struct tick *tick, size_t n, enum axis_unit unit, struct zone *zone)
{
	char first[AXIS_LABEL / 2], second[AXIS_LABEL / 2], before[AXIS_LABEL / 2] = "";

	for (size_t i = 0; i < n; i++) {
		struct instant t = instant_of(tick[i].at);
		struct civil c = instant_civil(t, zone);
		print_first(first, t, &c, unit);
		print_second(second, &c, unit);
		snprintf(tick[i].label, AXIS_LABEL, strcmp(second, before) ? "%s\n%s" : "%s", first,
			second);
		strcpy(before, second);
	}
}

enum axis_unit axis_unit_of(double t, struct zone *zone)
{
	struct instant at = instant_of(t);
	struct civil c = instant_civil(at, zone);

	if (at.nanos)
		return AXIS_MILLI;
	if (c.second)
		return AXIS_SECOND;
	if (c.hour || c.minute)
		return AXIS_MINUTE;
	return c.day > 1 ? AXIS_DAY : c.month > 1 ? AXIS_MONTH : AXIS_YEAR;
}

static const struct {
	struct span_size size;
	double seconds;
	enum axis_unit unit;
} steps[] = {
	{ { SPAN_NANOS, 1000000 }, 1e-3, AXIS_MILLI },
	{ { SPAN_NANOS, 2000000 }, 2e-3, AXIS_MILLI },
	{ { SPAN_NANOS, 5000000 }, 5e-3, AXIS_MILLI },
	{ { SPAN_NANOS, 10000000 }, 1e-2, AXIS_MILLI },
	{ { SPAN_NANOS, 20000000 }, 2e-2, AXIS_MILLI },
	{ { SPAN_NANOS, 50000000 }, 5e-2, AXIS_MILLI },
	{ { SPAN_NANOS, 100000000 }, 0.1, AXIS_MILLI },
	{ { SPAN_NANOS, 200000000 }, 0.2, AXIS_MILLI },
	{ { SPAN_NANOS, 500000000 }, 0.5, AXIS_MILLI },
	{ { SPAN_NANOS, 1000000000 }, 1, AXIS_SECOND },
	{ { SPAN_NANOS, 2000000000 }, 2, AXIS_SECOND },
	{ { SPAN_NANOS, 5000000000 }, 5, AXIS_SECOND },
	{ { SPAN_NANOS, 10000000000 }, 10, AXIS_SECOND },
	{ { SPAN_NANOS, 15000000000 }, 15, AXIS_SECOND },
	{ { SPAN_NANOS, 30000000000 }, 30, AXIS_SECOND },
	{ { SPAN_NANOS, 60000000000 }, 60, AXIS_MINUTE },
	{ { SPAN_NANOS, 120000000000 }, 120, AXIS_MINUTE },
	{ { SPAN_NANOS, 300000000000 }, 300, AXIS_MINUTE },
	{ { SPAN_NANOS, 600000000000 }, 600, AXIS_MINUTE },
	{ { SPAN_NANOS, 900000000000 }, 900, AXIS_MINUTE },
	{ { SPAN_NANOS, 1800000000000 }, 1800, AXIS_MINUTE },
	{ { SPAN_NANOS, 3600000000000 }, 3600, AXIS_MINUTE },
	{ { SPAN_NANOS, 7200000000000 }, 7200, AXIS_MINUTE },
	{ { SPAN_NANOS, 10800000000000 }, 10800, AXIS_MINUTE },
	{ { SPAN_NANOS, 21600000000000 }, 21600, AXIS_MINUTE },
	{ { SPAN_NANOS, 43200000000000 }, 43200, AXIS_MINUTE },
	{ { SPAN_DAYS, 1 }, 86400, AXIS_DAY },
	{ { SPAN_DAYS, 2 }, 2 * 86400, AXIS_DAY },
	{ { SPAN_WEEKS, 1 }, 7 * 86400, AXIS_DAY },
	{ { SPAN_WEEKS, 2 }, 14 * 86400, AXIS_DAY },
	{ { SPAN_MONTHS, 1 }, 30.4 * 86400, AXIS_MONTH },
	{ { SPAN_MONTHS, 2 }, 61 * 86400, AXIS_MONTH },
	{ { SPAN_MONTHS, 3 }, 91 * 86400, AXIS_MONTH },
	{ { SPAN_MONTHS, 6 }, 182 * 86400, AXIS_MONTH },
};

enum { STEPS = sizeof steps / sizeof *steps };

/* Places that a label takes, with the room to the next. */
static const int room_of[] = {
	[AXIS_YEAR] = 7,
	[AXIS_MONTH] = 7,
	[AXIS_DAY] = 10,
	[AXIS_MINUTE] = 10,
	[AXIS_SECOND] = 12,
	[AXIS_MILLI] = 15,
};

/* Several hours are counted from midnight, on days of 23 and 25 hours as well. */
static void add_hours(struct axis *a, int every, struct zone *zone)
{
	struct instant t = instant_of(a->low), start, end;
	struct calendar calendar;
	int before = -1;

	calendar_init(&calendar, (struct span_size){ SPAN_NANOS, HOUR }, (struct span){ 0 }, zone);
	while (a->n < AXIS_TICKS && calendar_find(&calendar, t, &start, &end)) {
		struct civil c = instant_civil(start, zone);
		if (seconds_of(start) > a->high)
			return;
		if (c.hour % every == 0 && c.hour != before)
			add_tick(a, seconds_of(start));
		before = c.hour;
		t = end;
	}
}

static void add_pieces(struct axis *a, struct span_size size, struct zone *zone)
{
	struct instant t = instant_of(a->low), start, end;
	struct calendar calendar;

	calendar_init(&calendar, size, (struct span){ 0 }, zone);
	while (a->n < AXIS_TICKS && calendar_find(&calendar, t, &start, &end)) {
		if (seconds_of(start) > a->high)
			return;
		add_tick(a, seconds_of(start));
		t = end;
	}
}

static void add_years(struct axis *a, int every, struct zone *zone)
{
	struct civil first = instant_civil(instant_of(a->low), zone);
	struct civil last = instant_civil(instant_of(a->high), zone);
	struct instant t;
	struct fault ignored;

	for (int64_t y = num_floor(first.year, every) * every; y <= last.year; y += every) {
		struct civil c = { .year = (int)y, .month = 1, .day = 1 };
		if (instant_of_civil(&c, 0, zone, &t, &ignored))
			add_tick(a, seconds_of(t));
	}
}

/* There is no room for two dates at once: of these the first goes without saying. */
static void part_dates(struct axis *a)
{
	char *date =
		a->n > 1 && strchr(a->tick[1].label, '\n') ? strchr(a->tick[0].label, '\n') : NULL;

	if (date)
		*date = '\0';
}

void axis_time(struct axis *a, double low, double high, int room, struct zone *zone)
{
	const double year = 365.2425 * CIVIL_DAY;
	double place;
	size_t i = 0;

	if (high - low < 0.01) {
		low -= 30;
		high += 30;
	}
	place = (high - low) / room;
	*a = (struct axis){ .low = low, .high = high };
	while (i < STEPS && steps[i].seconds < place * room_of[steps[i].unit])
		i++;
	if (i == STEPS)
		add_years(a, (int)axis_round(fmax(1, place * room_of[AXIS_YEAR] / year)), zone);
	else if (steps[i].unit == AXIS_MINUTE && steps[i].size.n > HOUR)
		add_hours(a, (int)(steps[i].size.n / HOUR), zone);
	else
		add_pieces(a, steps[i].size, zone);
	axis_label_times(a->tick, a->n, i < STEPS ? steps[i].unit : AXIS_YEAR, zone);
	if (i < STEPS && steps[i].unit > AXIS_DAY)
		part_dates(a);
}
