/* Times: the first byte chooses what the others are. Nothing may crash, and what is printed must be
 * read back as the same. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "time/calendar.h"
#include "time/layout.h"
#include "time/tzdata.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
	if (!good)
		abort();
}

/* Up to the first NUL; the rest goes to *s. */
static struct slice take_line(struct slice *s)
{
	const char *end = s->len ? memchr(s->at, 0, s->len) : NULL;
	struct slice line = { s->at, end ? (size_t)(end - s->at) : s->len };

	*s = slice_skip(*s, end ? line.len + 1 : line.len);
	return line;
}

static void try_text(struct slice s)
{
	struct zone zone = zone_fixed(-12600);
	struct instant t, again;
	struct instant_style style;
	struct fault fault;
	char out[INSTANT_MAX];

	if (!instant_parse(s, &zone, &t, &style, &fault)) {
		must(fault.at <= s.len);
		return;
	}
	must(instant_compare(t, instant_first) >= 0 && instant_compare(t, instant_last) <= 0);
	s = (struct slice){ out, instant_print(out, t, &style, &zone) };
	must(instant_parse(s, &zone, &again, &style, &fault) && !instant_compare(t, again));
}

static void try_number(struct slice s)
{
	struct zone zone = zone_fixed(0);
	struct instant_scale scale = { 0 };
	struct instant t, again;
	struct fault fault;
	char out[INSTANT_MAX];

	if (!num_valid(s) || !instant_of_number(s, &scale, &t, &fault))
		return;
	s = (struct slice){ out,
		instant_print(out, t, &(struct instant_style){ .unit = scale.unit }, &zone) };
	must(num_valid(s));
	/* Rounding may have brought it over the border to another unit. */
	scale.given = true;
	must(instant_of_number(s, &scale, &again, &fault) && !instant_compare(t, again));
}

/* A format, a NUL, a text. */
static void try_layout(struct slice s)
{
	struct zone zone = zone_fixed(0);
	struct slice format = take_line(&s);
	struct layout layout;
	struct instant t, again;
	struct fault fault;
	struct buf out = { 0 };

	if (!layout_compile(format, &layout, &fault)) {
		must(fault.at < format.len);
		return;
	}
	layout_print(&layout, instant_first, &zone, &out);
	if (layout_can_read(&layout, &fault) && layout_parse(&layout, s, &zone, &t, &fault)) {
		out.len = 0;
		layout_print(&layout, t, &zone, &out);
		must(layout_parse(&layout, buf_slice(&out), &zone, &again, &fault));
		must(!instant_compare(t, again));
	}
	layout_free(&layout);
	buf_free(&out);
}

static void check_zone(struct zone *zone, int64_t utc)
{
	int32_t offset = zone_offset(zone, utc);
	int64_t first = zone_utc(zone, utc + offset);

	must(offset >= -ZONE_OFFSET_MAX && offset <= ZONE_OFFSET_MAX);
	must(first <= utc && first + zone_offset(zone, first) == utc + offset);
	must(first == utc || (zone_twice(zone, utc) && zone_twice(zone, first)));
	first = zone_reach(zone, utc + offset);
	must(first <= utc && first + zone_offset(zone, first) >= utc + offset);
}

static void try_zone(struct slice s)
{
	struct zone zone;
	struct fault fault;

	if (!tzdata_parse(s, &zone, &fault))
		return;
	for (int64_t utc = instant_first.seconds; utc < instant_last.seconds; utc += 9999999967)
		check_zone(&zone, utc);
	for (size_t i = 0; i < zone.n && i < 20; i++)
		if (zone.jump[i].at > instant_first.seconds &&
			zone.jump[i].at < instant_last.seconds) {
			check_zone(&zone, zone.jump[i].at - 1);
			check_zone(&zone, zone.jump[i].at);
		}
	zone_free(&zone);
}

static void try_span(struct slice s)
{
	struct span span;
	struct span_size size;
	struct fault fault;

	if (span_parse(s, SPAN_LENGTH, &span, &fault))
		must(span.nanos >= 0);
	else
		must(fault.at <= s.len);
	if (span_size_parse(s, &size, &fault))
		must(size.n > 0);
	else
		must(fault.at <= s.len);
}

/* A size, a NUL, a zone's file. */
static void try_calendar(struct slice s)
{
	static const int64_t times[] = { -377705116800, -2203891201, 0, 1711848600, 1729992600,
		95617584000 };
	struct slice text = take_line(&s);
	struct span_size size;
	struct calendar calendar;
	struct zone zone = zone_fixed(0);
	struct instant start, end, next, last;
	struct fault fault;

	if (!span_size_parse(text, &size, &fault))
		return;
	if (!tzdata_parse(s, &zone, &fault))
		zone = zone_fixed(20700);
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		struct instant t = { times[i], 1 };
		calendar_init(&calendar, size, (struct span){ 0 }, &zone);
		if (!calendar_find(&calendar, t, &start, &end))
			continue;
		must(instant_compare(start, t) <= 0 && instant_compare(t, end) < 0);
		if (calendar_find(&calendar, end, &next, &last))
			must(!instant_compare(next, end));
	}
	zone_free(&zone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const tries[])(struct slice) = {
		try_text,
		try_number,
		try_layout,
		try_zone,
		try_span,
		try_calendar,
	};

	if (size)
		tries[*data % 6]((struct slice){ (const char *)data + 1, size - 1 });
	return 0;
}
