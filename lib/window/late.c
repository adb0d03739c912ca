#include "window/late.h"

#include <inttypes.h>
#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "number/num.h"
#include "program/filter.h"
#include "record/json.h"
#include "time/instant.h"

void late_ready(struct late *l, const char *what)
{
	l->given = what;
	l->written = what && strcmp(what, "drop");
	l->side.option = "late";
	l->side.path = l->written ? what : NULL;
	l->late_by = filter_field(SLICE("late_by"));
	l->late_for = filter_field(SLICE("late_for"));
	output_side(&l->side);
}

static void add_bound(struct late *l, struct instant t, const struct stamp *s)
{
	char text[INSTANT_MAX];

	buf_add(&l->missed, (struct slice){ text, instant_print(text, t, &s->style, s->zone) });
}

void late_miss(struct late *l, const struct interval *span, const struct stamp *style)
{
	l->has_missed = true;
	if (!span)
		return;
	if (l->missed.len)
		buf_byte(&l->missed, ' ');
	add_bound(l, span->start, style);
	buf_byte(&l->missed, '/');
	add_bound(l, span->end, style);
}

/* To the nanosecond, or to the second where so many nanoseconds are too many. */
static struct decimal seconds_between(struct instant from, struct instant to)
{
	__int128 nanos = instant_nanos(to) - instant_nanos(from);

	if (nanos > INT64_MAX || nanos < INT64_MIN)
		return (struct decimal){ to.seconds - from.seconds, 0 };
	return (struct decimal){ (int64_t)nanos, -9 };
}

void late_put(struct late *l, struct rec *r, struct instant t, const struct instant *clock)
{
	char seconds[NUM_MAX];
	struct slice by = SLICE("null");
	struct buf text = { 0 };

	if (!l->written)
		return;
	if (clock)
		by = (struct slice){ seconds,
			num_print_decimal(seconds, seconds_between(t, *clock)) };
	json_quote(&text, buf_slice(&l->missed));
	rec_set(r, l->late_by, by);
	rec_set(r, l->late_for, buf_slice(&text));
	buf_free(&text);
	emit_aside(r, &l->side);
}

void late_judge(const struct late *l)
{
	uint64_t n = l->behind + l->ahead;

	if (n && l->written)
		warn("%" PRIu64 " late record%s: see %s", n, n == 1 ? "" : "s", l->side.path);
	if (n && !l->given)
		die("%" PRIu64 " record%s late; say what becomes of such: --late FILE or --late "
		    "drop, or wait with --grace",
			n, n == 1 ? " was" : "s were");
}
