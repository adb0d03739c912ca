/* Times are saved in the style of the results, but none of them need show it: where clocks show a time twice
 * it has an offset also if others have none, and by its size a bound may be a number of another unit. So the
 * first record has a time that does show it. */
#include "window/resume.h"

#include "aggregate/found.h"
#include "base/arena.h"
#include "base/buf.h"
#include "program/filter.h"
#include "program/keys.h"
#include "program/state.h"
#include "program/when.h"
#include "record/json.h"
#include "record/rec.h"
#include "record/stamp.h"
#include "time/watermark.h"
#include "time/zone.h"
#include "window/fill.h"
#include "window/results.h"

/* Midnight, as a date alone may show it, and a number whose size tells its unit, in any. */
static const struct instant example = { 946684800, 0 };

void resume_ready(struct resume *s, struct gather *g)
{
	s->gather = g;
	s->written = filter_field(SLICE("written"));
	s->clock = filter_field(SLICE("clock"));
	s->source = filter_field(SLICE("source"));
	s->top = filter_field(SLICE("top"));
	s->field = filter_field(SLICE("field"));
	s->partial = filter_field(SLICE("partial"));
}

static bool take_written(const struct resume *s, struct rec *r)
{
	struct gather *g = s->gather;
	const struct instant_style *style = &g->results.style.style;

	if (rec_value(r, s->written).kind == KIND_NULL)
		return true;
	if (!results_write_like(&g->results, r, s->written))
		return false;
	g->has_style = true;
	if (!style->text)
		when_expect(style->unit);
	return true;
}

static bool take_clock(const struct resume *s, struct rec *r)
{
	struct gather *g = s->gather;
	struct instant t;

	if (rec_value(r, s->clock).kind == KIND_MISSING)
		return false;
	if (results_read_time(&g->results, r, s->clock, &t))
		gather_restore_clock(g, t);
	return true;
}

static void take_source(const struct resume *s, struct rec *r)
{
	struct gather *g = s->gather;
	struct value v = rec_value(r, s->source);
	struct arena meant = { 0 };
	struct instant t;

	if (v.kind != KIND_TEXT) {
		rec_blame(r, s->source, "is no source");
		return;
	}
	/* The clock was saved by itself, and stands until all of them are there. */
	if (results_read_time(&g->results, r, s->top, &t))
		watermark_restore(
			&g->watermark, json_meaning(&meant, (struct slice){ v.at, v.len }), t);
	arena_free(&meant);
}

static bool take_field(const struct resume *s, struct rec *r)
{
	struct value v = rec_value(r, s->field);
	struct arena meant = { 0 };

	if (v.kind == KIND_MISSING)
		return false;
	if (v.kind != KIND_TEXT)
		rec_blame(r, s->field, "is none");
	else if (!found_add(&s->gather->aggregates.found,
			 json_meaning(&meant, (struct slice){ v.at, v.len })))
		rec_blame(r, s->field, "is one more than --max-fields allows");
	arena_free(&meant);
	return true;
}

/* What a window of --fill has left. */
static void take_result(const struct resume *s, struct rec *r)
{
	struct gather *g = s->gather;
	struct interval span;
	const char *wrong;
	uint64_t count;

	if (!results_read(&g->results, r, &span, &count) || !keys_read_again(&g->keys, r))
		return;
	wrong = fill_restore(g->fill, &span, count, g->keys.key, r->line);
	if (wrong)
		rec_blame(r, s->partial, wrong);
}

void resume_take(struct resume *s, struct rec *r)
{
	struct value partial = rec_value(r, s->partial);

	if (!s->begun) {
		s->begun = take_written(s, r);
		return;
	}
	/* The members of a group may have any other names. */
	if (s->gather->fill && partial.kind == KIND_NUMBER && *partial.at == '0')
		take_result(s, r);
	else if (partial.kind != KIND_MISSING)
		gather_restore(s->gather, r);
	else if (!take_clock(s, r) && !take_field(s, r))
		take_source(s, r);
}

static void save_time(
	const struct stamp *style, const char *member, struct instant t, struct slice more)
{
	char text[STAMP_MAX];
	struct buf b = { 0 };

	buf_printf(&b, "{\"%s\":", member);
	buf_add(&b, (struct slice){ text, stamp_print(text, style, t) });
	buf_add(&b, more);
	buf_add(&b, SLICE("}\n"));
	state_add(buf_slice(&b));
	buf_free(&b);
}

/* In UTC, where nothing comes twice and an offset stays what it is. */
static void save_written(const struct gather *g)
{
	struct zone utc = zone_fixed(0);
	struct stamp s = { .zone = &utc, .style = g->results.style.style };

	if (g->has_style)
		save_time(&s, "written", example, SLICE(""));
	else
		state_add(SLICE("{\"written\":null}\n"));
}

static void save_sources(const struct gather *g)
{
	struct buf name = { 0 };
	struct slice source;
	struct instant top;

	for (size_t at = 0; watermark_next(&g->watermark, &at, &source, &top);) {
		name.len = 0;
		buf_add(&name, SLICE(",\"source\":"));
		json_quote(&name, source);
		save_time(&g->results.style, "top", top, buf_slice(&name));
	}
	buf_free(&name);
}

static void save_fields(const struct gather *g)
{
	const struct map *fields = &g->aggregates.found.fields;
	struct buf b = { 0 };

	for (size_t i = 0; i < fields->n; i++) {
		b.len = 0;
		buf_add(&b, SLICE("{\"field\":"));
		json_quote(&b, fields->entry[i].text);
		buf_add(&b, SLICE("}\n"));
		state_add(buf_slice(&b));
	}
	buf_free(&b);
}

void resume_save(const struct resume *s)
{
	struct gather *g = s->gather;

	save_written(g);
	if (g->watermark.running)
		save_time(&g->results.style, "clock", g->watermark.clock, SLICE(""));
	save_sources(g);
	save_fields(g);
	if (g->fill)
		fill_save(g->fill, state_add);
	gather_save(g, state_add);
}
