#include "expr/temporal.h"

#include "base/arena.h"
#include "base/buf.h"
#include "expr/calc.h"
#include "number/num.h"
#include "number/real.h"
#include "record/fields.h"
#include "record/stamp.h"
#include "time/calendar.h"
#include "time/civil.h"
#include "time/instant.h"
#include "time/layout.h"
#include "time/span.h"
#include "time/zone.h"

static bool wrong(struct fault *fault, size_t argument, const char *what)
{
	*fault = (struct fault){ what, argument };
	return false;
}

/* --- reading and writing --- */

/* Of a number with many digits the spelling has more of them than the double. */
static bool read_real(const struct calc *x, struct stamp *s, struct instant *t, struct fault *fault)
{
	char text[NUM_MAX];

	if (x->json.at)
		return stamp_number(s, x->json, t, fault);
	return stamp_number(s, (struct slice){ text, real_print(text, x->real) }, t, fault);
}

/* An argument that is a time; each has a unit and a manner of its own. */
static bool read_time(struct call *s, const struct calc *arg, size_t argument, struct instant *t,
	struct fault *fault)
{
	const struct calc *x = &arg[argument];
	struct stamp *stamp = &s->stamp[argument];
	bool good;

	if (x->kind == KIND_TEXT)
		good = stamp_text(stamp, x->text, t, fault);
	else if (x->exact)
		good = stamp_decimal(stamp, x->decimal, t, fault);
	else
		good = read_real(x, stamp, t, fault);
	if (!good)
		fault->at = argument;
	return good;
}

/* The text of a number or a time. */
static struct slice print(struct call *s, struct instant t, const struct instant_style *style)
{
	char *to = arena_take(s->arena, INSTANT_MAX);
	size_t n = instant_print(to, t, style, s->stamp[0].zone);

	arena_trim(s->arena, to + n);
	return (struct slice){ to, n };
}

/* As many units as it is since 1970; exact, unless that would take more digits than a decimal has. */
static struct calc number_of(struct call *s, struct instant t, enum instant_unit unit)
{
	const struct instant_style style = { .unit = unit };
	int least = 3 * (int)unit, digits = 9;
	int64_t fraction = t.nanos, m;

	for (; digits > least && fraction % 10 == 0; digits--)
		fraction /= 10;
	if (__builtin_mul_overflow(t.seconds, (int64_t)num_ten[digits], &m) ||
		__builtin_add_overflow(m, fraction, &m) || m == INT64_MIN)
		return calc_number(print(s, t, &style));
	return (struct calc){
		.kind = KIND_NUMBER, .exact = true, .decimal = { m, least - digits }
	};
}

/* Would it be printed as it is? Numbers with a fraction are, with up to 15 digits. */
static bool is_short(const struct calc *x)
{
	const int64_t limit = 1000000000000000;

	return x->exact && (!x->decimal.e || (x->decimal.m < limit && x->decimal.m > -limit));
}

/* In the manner of the first argument, and to the nanosecond. */
static struct calc time_of(struct call *s, struct instant t)
{
	const struct instant_style *style = &s->stamp[0].style;
	struct calc x;

	if (style->text)
		return calc_text(print(s, t, style));
	x = number_of(s, t, style->unit);
	if (!is_short(&x)) {
		x.json = print(s, t, style);
		x.field = FIELD_NONE;
	}
	return x;
}

/* --- what a clock and a calendar show --- */

/* In its place: a number that is made elsewhere and copied while it is still on its way costs 10 ns. */
static bool give_integer(int64_t i, struct calc *result)
{
	result->kind = KIND_NUMBER;
	result->exact = true;
	result->decimal = (struct decimal){ i, 0 };
	result->json.at = NULL;
	return true;
}

static bool show(struct call *s, const struct calc *arg, int (*part)(const struct civil *c),
	struct calc *result, struct fault *fault)
{
	struct civil c;
	struct instant t;

	if (!read_time(s, arg, 0, &t, fault))
		return false;
	c = instant_civil(t, s->stamp[0].zone);
	return give_integer(part(&c), result);
}

/* The seconds since midnight, which take no calendar. */
static bool read_clock(
	struct call *s, const struct calc *arg, int64_t *seconds, struct fault *fault)
{
	struct instant t;

	if (!read_time(s, arg, 0, &t, fault))
		return false;
	t.seconds += zone_offset(s->stamp[0].zone, t.seconds);
	*seconds = t.seconds - num_floor(t.seconds, CIVIL_DAY) * CIVIL_DAY;
	return true;
}

static int year_of(const struct civil *c)
{
	return c->year;
}

static int month_of(const struct civil *c)
{
	return c->month;
}

static int day_of(const struct civil *c)
{
	return c->day;
}

/* Sunday 1 to Saturday 7. */
static int dayofweek_of(const struct civil *c)
{
	return civil_weekday(c) % 7 + 1;
}

static bool call_year(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, year_of, result, fault);
}

static bool call_quarter(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, civil_quarter, result, fault);
}

static bool call_month(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, month_of, result, fault);
}

static bool call_week(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, civil_week, result, fault);
}

static bool call_day(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, day_of, result, fault);
}

static bool call_weekday(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, civil_weekday, result, fault);
}

static bool call_dayofweek(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, dayofweek_of, result, fault);
}

static bool call_yearday(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	return show(s, arg, civil_yearday, result, fault);
}

static bool call_hour(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t seconds;

	return read_clock(s, arg, &seconds, fault) && give_integer(seconds / 3600, result);
}

static bool call_minute(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t seconds;

	return read_clock(s, arg, &seconds, fault) && give_integer(seconds / 60 % 60, result);
}

static bool call_second(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t seconds;

	return read_clock(s, arg, &seconds, fault) && give_integer(seconds % 60, result);
}

/* --- other times --- */

static bool prepare_truncate(struct call *s, const struct calc *arg, struct fault *fault)
{
	struct span_size size;

	if (!span_size_parse(arg[1].text, &size, fault)) {
		fault->at = 1;
		return false;
	}
	calendar_init(&s->calendar, size, (struct span){ 0 }, s->stamp[0].zone);
	return true;
}

static bool call_truncate(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct instant t, start;

	if (!read_time(s, arg, 0, &t, fault))
		return false;
	if (!calendar_start(&s->calendar, t, &start))
		return wrong(fault, 0, "too close to the end of the years -9999 to 9999");
	*result = time_of(s, start);
	return true;
}

static bool read_length(const struct calc *arg, struct span *by, struct fault *fault)
{
	if (span_parse(arg[1].text, SPAN_SIGNED, by, fault))
		return true;
	fault->at = 1;
	return false;
}

static bool prepare_shift(struct call *s, const struct calc *arg, struct fault *fault)
{
	struct span by;

	(void)s;
	return arg[1].kind != KIND_TEXT || read_length(arg, &by, fault);
}

static bool call_shift(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct span by;
	struct instant t;

	if (!read_time(s, arg, 0, &t, fault) || !read_length(arg, &by, fault))
		return false;
	if (!instant_add(t, by, &t))
		return wrong(fault, 0, "a time beyond the years -9999 to 9999");
	*result = time_of(s, t);
	return true;
}

/* From a to b. */
static struct instant difference(struct instant b, struct instant a)
{
	struct instant d = { b.seconds - a.seconds, b.nanos - a.nanos };

	if (b.nanos < a.nanos) {
		d.seconds--;
		d.nanos += 1000000000;
	}
	return d;
}

static bool call_seconds(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct instant t, since = { 0 };

	if (!read_time(s, arg, 0, &t, fault) || (s->n > 1 && !read_time(s, arg, 1, &since, fault)))
		return false;
	*result = number_of(s, difference(t, since), INSTANT_SECONDS);
	return true;
}

/* --- layouts --- */

static bool prepare_format(struct call *s, const struct calc *arg, struct fault *fault)
{
	if (layout_compile(arg[1].text, &s->layout, fault))
		return true;
	fault->at = 1;
	return false;
}

static bool call_format(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct buf text = { 0 };
	struct instant t;

	if (!read_time(s, arg, 0, &t, fault))
		return false;
	layout_print(&s->layout, t, s->stamp[0].zone, &text);
	*result = calc_text(arena_copy(s->arena, buf_slice(&text)));
	buf_free(&text);
	return true;
}

static bool prepare_parse(struct call *s, const struct calc *arg, struct fault *fault)
{
	if (layout_compile(arg[1].text, &s->layout, fault) && layout_can_read(&s->layout, fault))
		return true;
	fault->at = 1;
	return false;
}

/* The result is a text of RFC 3339. */
static bool call_parse(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct zone *zone = s->stamp[0].zone;
	const struct instant_style style = {
		.text = true, .separator = 'T', .zone = zone_is_utc(zone) ? 'Z' : ':'
	};
	struct instant t;

	if (!layout_parse(&s->layout, arg->text, zone, &t, fault)) {
		fault->at = 0;
		return false;
	}
	*result = calc_text(print(s, t, &style));
	return true;
}

const struct function temporal_table[] = {
	{ .name = "year", .takes = "w", .gives = 'n', .call = call_year },
	{ .name = "quarter", .takes = "w", .gives = 'n', .call = call_quarter },
	{ .name = "month", .takes = "w", .gives = 'n', .call = call_month },
	{ .name = "week", .takes = "w", .gives = 'n', .call = call_week },
	{ .name = "day", .takes = "w", .gives = 'n', .call = call_day },
	{ .name = "weekday", .takes = "w", .gives = 'n', .call = call_weekday },
	{ .name = "dayofweek", .takes = "w", .gives = 'n', .call = call_dayofweek },
	{ .name = "yearday", .takes = "w", .gives = 'n', .call = call_yearday },
	{ .name = "hour", .takes = "w", .gives = 'n', .call = call_hour },
	{ .name = "minute", .takes = "w", .gives = 'n', .call = call_minute },
	{ .name = "second", .takes = "w", .gives = 'n', .call = call_second },
	{ .name = "truncate",
		.takes = "wT",
		.gives = 'w',
		.prepare = prepare_truncate,
		.call = call_truncate },
	{ .name = "shift",
		.takes = "wt",
		.gives = 'w',
		.prepare = prepare_shift,
		.call = call_shift },
	{ .name = "seconds", .takes = "w?w", .gives = 'n', .call = call_seconds },
	{ .name = "format",
		.takes = "wT",
		.gives = 't',
		.prepare = prepare_format,
		.call = call_format },
	{ .name = "parse",
		.takes = "tT",
		.gives = 't',
		.prepare = prepare_parse,
		.call = call_parse },
	{ .name = NULL },
};
