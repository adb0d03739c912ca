/* window - aggregate records by windows of time and by keys */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "agg.h"
#include "die.h"
#include "fill.h"
#include "filter.h"
#include "json.h"
#include "keys.h"
#include "list.h"
#include "map.h"
#include "mem.h"
#include "results.h"
#include "sessions.h"
#include "state.h"
#include "water.h"
#include "when.h"
#include "windows.h"

/* What was typed, repeated options in one text, divided by commas. */
static struct buf key_list, agg_list, size_list, source_list;
static struct names fields;
static const char *slide_text, *step_text, *gap_text, *offset_text, *grace_text, *delay_text;
static const char *lateness_text, *ahead_text, *idle_text, *early_text, *gap_limit;
static bool all, skip_text, exact, partial, merge, drain;
static int64_t rows = INT64_MIN, sources = INT64_MIN; /* not given */
static int64_t max_keys = 1000000, max_open = 1000000;
static struct choice emission, filling = { -1 };
static struct side late = { .option = "late" };

enum { EMIT_FINAL, EMIT_CHANGES };

static const struct opt options[] = {
	OPT(0, "size", "SIZE", &size_list, "windows of this size, one after the other"),
	OPT(0, "slide", "SIZE", &slide_text, "one begins every SIZE, so they overlap"),
	OPT(0, "advance", "SIZE", &slide_text, NULL), /* what others call it */
	OPT(0, "step", "SIZE", &step_text, "results every SIZE from the start of a window on"),
	OPT(0, "gap", "DURATION", &gap_text, "sessions: one ends where nothing comes for so long"),
	OPT(0, "all", NULL, &all, "one window for the whole input"),
	OPT(0, "rows", "N", &rows, "windows of N records of a key"),
	OPT(0, "offset", "DURATION", &offset_text, "windows begin so much later"),
	OPT('k', "key", "KEYS", &key_list, "a group for each: fields, or EXPR as NAME"),
	OPT('a', "agg", "LIST", &agg_list, "aggregates, such as mean(x),p95(x) as p"),
	OPT('f', "field", "FIELDS", &fields, "the fields of aggregates that name none"),
	OPT(0, "grace", "DURATION", &grace_text, "wait so long for what comes late (0)"),
	OPT(0, "delay", "DURATION", &delay_text, "the same, with --lateness"),
	OPT(0, "lateness", "DURATION", &lateness_text, "correct results for so long"),
	OPT(0, "late", "FILE|drop", &late.path, "write what comes too late to FILE, or drop it"),
	OPT(0, "watermark-by", "FIELDS", &source_list, "a clock for each value of these fields"),
	OPT(0, "sources", "N", &sources, "wait until so many of them have been seen"),
	OPT(0, "max-ahead", "DURATION", &ahead_text, "a record so far ahead of the clock is late"),
	OPT(0, "idle-timeout", "DURATION", &idle_text,
		"do not wait for a source that is silent so long"),
	OPT(0, "emit", "final|changes", &emission, "results once, or with every change"),
	OPT(0, "early", "DURATION", &early_text, "so often, by the wall clock, what has changed"),
	OPT(0, "fill", "null|prev|linear|0", &filling,
		"results for windows without records, made of"),
	OPT(0, "max-gap", "DURATION", &gap_limit, "... where no more than this is missing"),
	OPT(0, "skip-text", NULL, &skip_text, "take a text for null where a number is needed"),
	OPT(0, "exact", NULL, &exact, "keep all values for quantiles"),
	OPT(0, "partial", NULL, &partial, "write results that can be merged"),
	OPT(0, "merge", NULL, &merge, "read such, and write the results of all"),
	OPT(0, "drain", NULL, &drain, "with --state: end the windows that are open"),
	OPT(0, "max-keys", "N", &max_keys, "keys in one window at most (1000000)"),
	OPT(0, "max-open", "N", &max_open, "open windows at most (1000000)"),
	OPT_INCLUDE(state_options),
	OPT_INCLUDE(when_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static enum { BY_SIZE, BY_GAP, BY_ROWS, WHOLE } kind;
static struct agg aggregates;
static struct keys keys, source_keys;
static struct results results = { .keys = &keys, .aggregates = &aggregates };
static struct windows windows;
static struct sessions sessions;
static struct water water;
static struct fill fill = { .results = &results };
static struct span max_ahead;
static struct pane *whole; /* the one window where there is no time */
static bool late_given, write_late, state_loaded;
static uint32_t late_by, late_for;
static struct instant now; /* of the record at hand */
static struct buf missed;  /* the windows that it has missed */
static uint64_t late_records, ahead_records;
static struct span early, idle;
static int64_t wall, heard, next_early; /* nanoseconds of the monotonic clock */
static struct instant clock_heard;      /* the clock when the last record came */

/* The times of the records of a group that counts rows; they lie behind its cells. */
struct ends {
	struct instant first, last;
};

static struct ends *ends_of(struct group *group)
{
	return (struct ends *)(void *)(group->cells + agg_size(&aggregates));
}

/* --- results --- */

static void print(struct slice line)
{
	out_add(filter_output(), line);
	filter_counts_answer();
}

static struct slice print_of_window(const struct pane *pane, struct group *group, const char *when)
{
	struct result result = { .span = pane->span, .size = pane->size, .pane = when };

	if (kind == BY_ROWS) {
		result.first = ends_of(group)->first;
		result.last = ends_of(group)->last;
	}
	return results_print(&results, &result, group_shown(&pane->groups, group), group);
}

static struct slice print_of_session(const struct session *s, const char *when)
{
	struct result result = {
		.span = s->span, .first = s->span.start, .last = s->last, .pane = when
	};

	return results_print(&results, &result, group_shown(&sessions.layout, s->group), s->group);
}

static void fire_window(struct pane *pane)
{
	struct group **group;

	if (gap_limit) {
		fill_take(&fill, &pane->span, &pane->groups);
		return;
	}
	group = groups_sorted(&pane->groups);
	for (size_t i = 0; i < pane->groups.n; i++)
		if (group[i]->count)
			print(print_of_window(pane, group[i], "final"));
	free(group);
}

static void drop_window(struct pane *pane)
{
	struct group *group;

	for (size_t at = 0; (group = groups_next(&pane->groups, &at));)
		agg_drop(&aggregates, group->cells);
}

static void fire_session(struct session *s)
{
	print(print_of_session(s, "final"));
}

static void drop_session(struct session *s)
{
	agg_drop(&aggregates, s->group->cells);
}

/* --- groups --- */

static _Noreturn void die_of_excess(void)
{
	die("%.*s keeps more than %d values of one group", (int)aggregates.excess.len,
		aggregates.excess.at, AGG_MOST);
}

/* What the record at hand brings: itself, or a partial result of so many. */
static struct rec *record;
static uint64_t brings = 1;
static uint32_t brought_rev; /* of a group that is restored */
static bool restoring;

static void add_to(struct group *group)
{
	bool whole_record = !merge && !restoring;
	bool good = whole_record ? agg_add(&aggregates, group->cells) :
				   agg_parse_partial(&aggregates, group->cells, record);

	group->count += brings;
	group->changed = true;
	if (restoring)
		group->rev = brought_rev;
	if (!good && !record->fault)
		die_of_excess();
}

static const char *name_of_update(bool fired)
{
	if (merge || restoring)
		return NULL;
	return fired ? "late" : emission.at == EMIT_CHANGES ? "early" : NULL;
}

static void add_to_window(struct pane *pane, struct group *group)
{
	const char *update = name_of_update(pane->fired);

	if (!group->count && pane->groups.n > (uint64_t)max_keys)
		die("more than %" PRId64 " keys in one window: see --max-keys", max_keys);
	if (windows.panes.n > (uint64_t)max_open)
		die("more than %" PRId64 " windows are open: see --max-open", max_open);
	add_to(group);
	if (update)
		print(print_of_window(pane, group, update));
}

static void add_to_session(struct session *s)
{
	const char *update = name_of_update(s->fired);

	if (sessions.n > (uint64_t)max_open)
		die("more than %" PRId64 " sessions are open: see --max-open", max_open);
	add_to(s->group);
	if (update)
		print(print_of_session(s, update));
}

static void join_sessions(struct group *to, struct group *from)
{
	to->count += from->count;
	to->rev = to->rev > from->rev ? to->rev : from->rev;
	if (!agg_merge(&aggregates, to->cells, from->cells))
		die_of_excess();
	agg_drop(&aggregates, from->cells);
}

/* --- late records --- */

static void add_bound(struct instant t)
{
	char text[INSTANT_MAX];
	const struct stamp *s = &results.style;

	buf_add(&missed, (struct slice){ text, instant_print(text, t, &s->style, s->zone) });
}

static void note_missed(const struct interval *span)
{
	if (missed.len)
		buf_byte(&missed, ' ');
	add_bound(span->start);
	buf_byte(&missed, '/');
	add_bound(span->end);
}

static void miss_window(const struct interval *span, size_t size)
{
	(void)size;
	note_missed(span);
}

/* The record as it is, with how far it is behind the clock, and what it has missed. */
static void put_aside(struct rec *r)
{
	char seconds[NUM_MAX];
	struct buf text = { 0 };
	__int128 behind = instant_nanos(water.clock) - instant_nanos(now);
	struct decimal d = { (int64_t)behind, -9 };

	if (!write_late)
		return;
	if (behind > INT64_MAX)
		d = (struct decimal){ water.clock.seconds - now.seconds, 0 };
	json_quote(&text, buf_slice(&missed));
	rec_set(r, late_by, (struct slice){ seconds, num_print_decimal(seconds, d) });
	rec_set(r, late_for, buf_slice(&text));
	buf_free(&text);
	emit_aside(r, &late);
}

static bool is_ahead(void)
{
	struct instant limit;

	return max_ahead.nanos && water.running && instant_add(water.clock, max_ahead, &limit) &&
		instant_compare(now, limit) > 0;
}

/* --- records --- */

static void advance(void)
{
	struct instant ended;

	if (kind == BY_GAP)
		sessions_advance(&sessions, water.clock);
	else
		windows_advance(&windows, water.clock);
	if (gap_limit && instant_add(water.clock, (struct span){ -windows.delay.nanos }, &ended))
		fill_release(&fill, &ended);
}

/* Time goes on with this record. */
static bool rise(struct rec *r)
{
	bool moved;

	if (source_keys.n) {
		if (!keys_read(&source_keys, r))
			return false;
		moved = water_rise_by(&water, source_keys.key, now, wall);
	} else {
		moved = water_rise(&water, now);
	}
	heard = wall;
	clock_heard = water.clock;
	if (moved)
		advance();
	return true;
}

static bool put(struct rec *r)
{
	bool good = kind == BY_GAP ? sessions_put(&sessions, now, now, keys.key, keys.shown) :
				     windows_put(&windows, now, keys.key, keys.shown);

	if (!good)
		rec_refuse(r, when_field(), "its window reaches beyond the years");
	return good;
}

/* Results write times as the first one was written. */
static void note_style(void)
{
	static bool noted;

	if (!noted && !state_loaded)
		results.style = *when_stamp();
	noted = true;
}

static void take_by_time(struct rec *r)
{
	if (!when_read(r, &now))
		return;
	note_style();
	if (!agg_read(&aggregates, r, now) || !keys_read(&keys, r))
		return;
	missed.len = 0;
	if (is_ahead()) {
		ahead_records++;
		put_aside(r);
	} else if (rise(r) && put(r) && missed.len) {
		late_records++;
		put_aside(r);
	}
}

static struct group *group_in(struct pane *pane)
{
	uint64_t hash = map_hash(keys.key);
	struct group *group = groups_find(&pane->groups, keys.key, hash);

	return group ? group : groups_add(&pane->groups, keys.key, keys.shown, hash);
}

static void take_without_time(struct rec *r)
{
	static struct group *last;

	if (agg_needs_time(&aggregates) && !when_read(r, &now))
		return;
	if (!agg_read(&aggregates, r, now) || !keys_read(&keys, r))
		return;
	if (!last || !slice_equal(group_key(&whole->groups, last), keys.key))
		last = group_in(whole);
	add_to_window(whole, last);
}

static void restart(struct group *group)
{
	agg_drop(&aggregates, group->cells);
	memset(group->cells, 0, whole->groups.size);
	group->count = 0;
	group->rev = 0;
}

static void take_row(struct rec *r)
{
	struct group *group;
	struct ends *ends;

	if (!when_read(r, &now))
		return;
	note_style();
	if (!agg_read(&aggregates, r, now) || !keys_read(&keys, r))
		return;
	group = group_in(whole);
	ends = ends_of(group);
	if (!group->count || instant_compare(now, ends->first) < 0)
		ends->first = now;
	if (!group->count || instant_compare(now, ends->last) > 0)
		ends->last = now;
	add_to_window(whole, group);
	if (group->count < (uint64_t)rows)
		return;
	print(print_of_window(whole, group, "final"));
	restart(group);
}

static void take_partial(struct rec *r)
{
	struct result result = { 0 };
	struct pane *pane = whole;
	struct group *group;

	if (!results_read_partial(&results, r, &result, &brings) || !keys_read(&keys, r))
		return;
	brought_rev = result.rev;
	if (kind == BY_GAP) {
		sessions_put(&sessions, result.first, result.last, keys.key, keys.shown);
		return;
	}
	if (kind == BY_SIZE)
		pane = windows_open(&windows, &result.span, result.size);
	group = group_in(pane);
	if (kind == BY_ROWS)
		*ends_of(group) = (struct ends){ result.first, result.last };
	add_to_window(pane, group);
}

static void take(struct rec *r)
{
	record = r;
	if (merge)
		take_partial(r);
	else if (kind == WHOLE)
		take_without_time(r);
	else if (kind == BY_ROWS)
		take_row(r);
	else
		take_by_time(r);
}

/* --- the clock on the wall --- */

static void print_early(void)
{
	for (size_t i = 0; i < windows.panes.n; i++) {
		struct pane *pane = windows.panes.at[i];
		struct group **group = groups_sorted(&pane->groups);
		for (size_t k = 0; k < pane->groups.n; k++)
			if (group[k]->changed)
				print(print_of_window(pane, group[k], "early"));
		free(group);
	}
	if (sessions.n) {
		struct session **session = sessions_sorted(&sessions);
		for (size_t i = 0; i < sessions.n; i++)
			if (session[i]->group->changed)
				print(print_of_session(session[i], "early"));
		free(session);
	}
}

/* Silent sources hold nobody up; when all are silent, time goes on as on the wall. */
static void pass_time(void)
{
	struct instant clock;
	bool moved = source_keys.n && water_idle(&water, wall - idle.nanos);

	if (water.running && wall - heard >= idle.nanos &&
		instant_add(clock_heard, (struct span){ wall - heard }, &clock))
		moved |= water_rise(&water, clock);
	if (moved)
		advance();
}

static int tick(void)
{
	enum { SECOND = 1000, MILLION = 1000000 };
	struct timespec now_there;
	int wait = -1;

	clock_gettime(CLOCK_MONOTONIC, &now_there);
	wall = now_there.tv_sec * INT64_C(1000000000) + now_there.tv_nsec;
	if (idle.nanos) {
		pass_time();
		wait = SECOND;
	}
	if (!early.nanos)
		return wait;
	if (wall >= next_early) {
		print_early();
		next_early = wall + early.nanos;
	}
	if (wait < 0 || (next_early - wall) / MILLION < wait)
		wait = (int)((next_early - wall) / MILLION) + 1;
	return wait;
}

/* --- state --- */

/* What is saved is the clock, where the sources have come to, and each group as a partial result. */
static uint32_t clock_field, source_field, top_field;

static void save_time(const char *member, struct instant t, struct slice more)
{
	char text[STAMP_MAX];
	struct buf b = { 0 };

	buf_printf(&b, "{\"%s\":", member);
	buf_add(&b, (struct slice){ text, stamp_print(text, &results.style, t) });
	buf_add(&b, more);
	buf_add(&b, SLICE("}\n"));
	state_add(buf_slice(&b));
	buf_free(&b);
}

static void save_sources(void)
{
	for (size_t i = 0; i < water.names.n; i++) {
		struct buf name = { 0 };
		buf_add(&name, SLICE(",\"source\":"));
		json_quote(&name, water.names.entry[i].text);
		save_time("top", water.source[i].top, buf_slice(&name));
		buf_free(&name);
	}
}

static void save_groups(void)
{
	for (size_t i = 0; i < windows.panes.n; i++) {
		struct pane *pane = windows.panes.at[i];
		struct group **group = groups_sorted(&pane->groups);
		for (size_t k = 0; k < pane->groups.n; k++)
			if (group[k]->count)
				state_add(print_of_window(pane, group[k], ""));
		free(group);
	}
}

static void save_sessions(void)
{
	struct session **session = sessions_sorted(&sessions);

	for (size_t i = 0; i < sessions.n; i++)
		state_add(print_of_session(session[i], ""));
	free(session);
}

static void save(void)
{
	results.partial = true;
	if (water.running)
		save_time("clock", water.clock, SLICE(""));
	save_sources();
	save_groups();
	save_sessions();
}

static bool take_clock(struct rec *r)
{
	struct instant t;

	if (rec_value(r, clock_field).kind == KIND_MISSING)
		return false;
	if (!results_read_time(&results, r, clock_field, &t))
		return true;
	water_rise(&water, t);
	windows.clock = sessions.clock = t;
	windows.running = sessions.running = true;
	return true;
}

static bool take_source(struct rec *r)
{
	struct value v = rec_value(r, source_field);
	static struct arena meant;
	size_t expected = water.expected;
	struct instant t;

	if (v.kind != KIND_TEXT)
		return false;
	/* The clock was saved by itself, and stands until all of them are there. */
	water.expected = SIZE_MAX;
	if (results_read_time(&results, r, top_field, &t))
		water_rise_by(&water, json_meaning(&meant, (struct slice){ v.at, v.len }), t, 0);
	water.expected = expected;
	return true;
}

static void take_saved(struct rec *r)
{
	record = r;
	state_loaded = true;
	if (!take_clock(r) && !take_source(r))
		take_partial(r);
}

/* --- options --- */

static struct span read_span(const char *option, const char *text, enum span_sign sign)
{
	struct span span = { 0 };
	struct fault fault;

	if (text && !span_parse(slice_of(text), sign, &span, &fault))
		usage_at(slice_of(text), fault.at, "--%s: %s", option, fault.what);
	return span;
}

static struct span_size read_size(const char *option, struct slice text)
{
	struct span_size size = { 0 };
	struct fault fault;

	if (!span_size_parse(text, &size, &fault))
		usage_at(text, fault.at, "--%s: %s", option, fault.what);
	return size;
}

static void prepare_size(struct slice text)
{
	static size_t cap;
	enum grid_kind moves = slide_text ? GRID_HOP : step_text ? GRID_CUMULATE : GRID_TUMBLE;
	struct span offset = read_span("offset", offset_text, SPAN_SIGNED);
	struct span_size size = read_size("size", text), part = { 0 };
	struct fault fault;
	struct grid grid;

	if (slide_text)
		part = read_size("slide", slice_of(slide_text));
	if (step_text)
		part = read_size("step", slice_of(step_text));
	if (!grid_init(&grid, moves, size, part, offset, when_zone(), &fault))
		usage("--size %.*s: %s", (int)text.len, text.at, fault.what);
	windows_size(&windows, &grid);
	MEM_GROW(results.size, results.sizes, cap);
	results.size[results.sizes++] = text;
}

static void prepare_sizes(void)
{
	struct slice rest = buf_slice(&size_list), item;
	struct fault fault;

	while (list_next(&rest, &item, &fault))
		prepare_size(item);
	if (fault.what)
		usage("--size: %s", fault.what);
}

static void check_kind(void)
{
	int kinds = (size_list.at != NULL) + (gap_text != NULL) + all + (rows != INT64_MIN);

	if (!kinds)
		usage("which windows?  --size, --gap, --all or --rows is needed");
	if (kinds > 1)
		usage("--size, --gap, --all and --rows do not go together");
	kind = size_list.at ? BY_SIZE : gap_text ? BY_GAP : all ? WHOLE : BY_ROWS;
	if (kind != BY_SIZE && (slide_text || step_text || offset_text))
		usage("--slide, --step and --offset go with --size");
	if (slide_text && step_text)
		usage("--slide and --step do not go together");
	if (kind == BY_ROWS && rows < 1)
		usage("--rows must be at least 1");
	if (kind == BY_ROWS && (partial || merge))
		usage("--rows goes by the order of the records, so it has no parts to merge");
}

static void check_clock(void)
{
	bool clock = grace_text || delay_text || lateness_text || late.path || source_list.at ||
		ahead_text;

	if (clock && (kind == WHOLE || kind == BY_ROWS))
		usage("--all and --rows have no clock, and nothing is late for them");
	if (clock && merge)
		usage("--merge has no clock: it waits for all of its input");
	if (grace_text && (delay_text || lateness_text))
		usage("--grace does not go with --delay and --lateness");
	if (partial && (lateness_text || early_text || emission.at == EMIT_CHANGES))
		usage("--partial does not go with --lateness, --early and --emit changes");
	if ((sources != INT64_MIN) != (source_list.at != NULL))
		usage("--watermark-by and --sources go together");
	if (sources != INT64_MIN && sources < 1)
		usage("--sources must be at least 1");
	if (max_keys < 1 || max_open < 1)
		usage("--max-%s must be at least 1", max_keys < 1 ? "keys" : "open");
}

static void prepare_late(void)
{
	late_given = late.path;
	write_late = late_given && strcmp(late.path, "drop");
	if (!write_late)
		late.path = NULL;
	late_by = filter_field(SLICE("late_by"));
	late_for = filter_field(SLICE("late_for"));
	filter_side(&late);
}

static void prepare_clock(void)
{
	struct span delay = read_span("grace", grace_text, SPAN_LENGTH);
	struct span lateness = read_span("lateness", lateness_text, SPAN_LENGTH);

	if (delay_text)
		delay = read_span("delay", delay_text, SPAN_LENGTH);
	max_ahead = read_span("max-ahead", ahead_text, SPAN_POSITIVE);
	early = read_span("early", early_text, SPAN_POSITIVE);
	idle = read_span("idle-timeout", idle_text, SPAN_POSITIVE);
	water.expected = sources > 0 ? (size_t)sources : 0;
	windows.add = add_to_window;
	windows.miss = miss_window;
	windows.fire = fire_window;
	windows.drop = drop_window;
	windows.delay = delay;
	windows.lateness = lateness;
	sessions.add = add_to_session;
	sessions.miss = note_missed;
	sessions.join = join_sessions;
	sessions.fire = fire_session;
	sessions.drop = drop_session;
	sessions.delay = delay;
	sessions.lateness = lateness;
	sessions.gap = read_span("gap", gap_text, SPAN_POSITIVE);
	results.bounds = kind == BY_SIZE || kind == BY_GAP;
	results.ends = kind == BY_GAP || kind == BY_ROWS;
	results.revisions = lateness_text || early_text || emission.at == EMIT_CHANGES;
	results.partial = partial;
}

static void reserve(const char *name)
{
	struct slice text = slice_of(name);

	agg_reserve(&aggregates, text);
	for (size_t i = 0; i < keys.n; i++)
		if (slice_equal(keys.item[i].name, text))
			usage("--key: results have a member %s of their own; say `%s` as NAME",
				name, name);
}

/* The members that results have anyway. */
static void reserve_names(void)
{
	reserve("count");
	reserve("partial");
	if (results.bounds) {
		reserve("window_start");
		reserve("window_end");
	}
	if (results.sizes > 1)
		reserve("window_size");
	if (results.ends) {
		reserve("first");
		reserve("last");
	}
	if (results.revisions) {
		reserve("pane");
		reserve("rev");
	}
	for (size_t i = 0; i < keys.n; i++)
		agg_reserve(&aggregates, keys.item[i].name);
}

static _Noreturn void refuse_aggregates(const struct fault *fault, struct slice about)
{
	struct slice list = buf_slice(&agg_list);
	bool inside = about.at >= list.at && about.at <= list.at + list.len;
	size_t at = inside ? (size_t)(about.at - list.at) + fault->at : 0;

	if (aggregates.near)
		usage_at(list, at, "--agg: %s; did you mean %s?", fault->what, aggregates.near);
	if (inside)
		usage_at(list, at, "--agg: %s", fault->what);
	usage("--agg: %s: %.*s", fault->what, (int)about.len, about.at);
}

static void prepare_aggregates(void)
{
	struct slice rest = buf_slice(&agg_list), item;
	struct fault fault;

	aggregates.skip_text = skip_text;
	aggregates.exact = exact;
	while (list_next(&rest, &item, &fault))
		if (!agg_parse(&aggregates, item, &fault))
			refuse_aggregates(&fault, item);
	if (fault.what)
		refuse_aggregates(&fault, rest);
	reserve_names();
	if (!agg_spread(&aggregates, &fields, &fault) ||
		!agg_resolve(&aggregates, filter_fields(), &fault))
		refuse_aggregates(&fault, aggregates.about);
}

static void prepare_state(void)
{
	static const struct state state = { "window", 1, take_saved, save };
	static const char *const shaping[] = { "size", "slide", "step", "gap", "all", "rows",
		"offset", "key", "agg", "field", "grace", "delay", "lateness", "watermark-by",
		"sources", "emit", "skip-text", "exact", "time", "tz", NULL };

	if (drain && !state_wanted())
		usage("--drain goes with --state");
	if (!state_wanted())
		return;
	if (merge || partial)
		usage("--state does not go with --partial and --merge");
	if (!late_given && (kind == BY_SIZE || kind == BY_GAP))
		usage("--state continues a stream, so say what becomes of late records: --late FILE or "
		      "--late drop");
	clock_field = filter_field(SLICE("clock"));
	source_field = filter_field(SLICE("source"));
	top_field = filter_field(SLICE("top"));
	state_shape_options(options, shaping);
	restoring = true;
	state_load(&state);
	restoring = false;
	brings = 1;
}

static void prepare_fill(void)
{
	if ((filling.at >= 0) != (gap_limit != NULL))
		usage("--fill and --max-gap go together");
	if (!gap_limit)
		return;
	if (results.sizes != 1 || slide_text || step_text)
		usage("--fill goes with one --size, without --slide and --step");
	if (results.revisions || partial || merge || state_wanted())
		usage("--fill makes final results, without --lateness, --early, --emit changes, "
		      "--partial, --merge and --state");
	fill.with = (enum fill_with)filling.at;
	fill.gap = read_span("max-gap", gap_limit, SPAN_POSITIVE);
	fill.calendar = &windows.view->grid.whole;
	fill.print = print;
	fill_begin(&fill);
}

static void prepare(void)
{
	struct interval ever = { instant_first, instant_last };

	check_kind();
	check_clock();
	when_ready();
	prepare_sizes();
	prepare_clock();
	prepare_late();
	keys_prepare(&keys, buf_slice(&key_list), merge);
	keys_prepare(&source_keys, buf_slice(&source_list), false);
	prepare_aggregates();
	results.style = *when_stamp();
	if (merge || state_wanted())
		results_expect_partial(&results, filter_fields());
	sessions.layout.size = windows.panes.cells = agg_size(&aggregates);
	if (kind == BY_ROWS)
		windows.panes.cells += sizeof(struct ends);
	if (kind == BY_ROWS || kind == WHOLE)
		whole = windows_open(&windows, &ever, 0);
	prepare_fill();
	prepare_state();
}

/* What has ended stays so: a record of the next run that belongs there is late. */
static void move_clock_to_the_end(void)
{
	if (kind == BY_SIZE && windows.panes.n)
		water_rise(&water, windows.panes.at[windows.panes.n - 1]->gone);
	for (size_t i = 0; kind == BY_GAP && i < sessions.n; i++)
		water_rise(&water, sessions.heap[i]->gone);
}

static void finish(void)
{
	if (state_wanted() && !drain)
		return;
	if (drain)
		move_clock_to_the_end();
	if (kind == BY_GAP)
		sessions_finish(&sessions);
	else
		windows_finish(&windows);
	if (gap_limit)
		fill_release(&fill, NULL);
}

static void judge_late(void)
{
	uint64_t n = late_records + ahead_records;

	if (n && !late_given)
		die("%" PRIu64 " record%s late; say what becomes of such: --late FILE or --late "
		    "drop, or wait with --grace",
			n, n == 1 ? " was" : "s were");
}

static const struct count counts[] = {
	{ "late", &late_records },
	{ "ahead", &ahead_records },
	{ "skipped", &aggregates.skipped },
	{ "beyond", &aggregates.beyond },
	{ "approximate", &aggregates.approximate },
	{ 0 },
};

static const struct filter window = {
	.program = { "window", "aggregate records by windows of time and by keys", "[file ...]",
		options },
	.ready = prepare,
	.record = take,
	.tick = tick,
	.end = finish,
	.verdict = judge_late,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&window, argc, argv);
}
