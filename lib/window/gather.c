/* A record is read once, by keys and agg, and added to as many groups as it belongs to: windows and sessions
 * find them, and call back. */
#include "window/gather.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/die.h"
#include "base/map.h"
#include "base/mem.h"
#include "program/filter.h"
#include "program/output.h"
#include "program/reader.h"
#include "program/when.h"
#include "record/groups.h"
#include "record/rec.h"
#include "record/scan.h"
#include "time/instant.h"

enum { SECOND = 1000, MILLION = 1000000 };

/* The times of the records of a group that counts rows, if any has one; they lie behind its cells. */
struct ends {
	struct instant first, last;
	bool known;
};

static struct ends *ends_of(const struct gather *g, struct group *group)
{
	return (struct ends *)(void *)(group->cells + agg_size(&g->aggregates));
}

/* --- results --- */

/* As what groups are printed. */
struct form {
	const char *pane;
	bool partial;
};

static struct form form_of(const struct gather *g, const char *pane)
{
	return (struct form){ pane, g->wish.partial };
}

static struct slice print_of_window(
	struct gather *g, const struct pane *pane, struct group *group, struct form form)
{
	struct result result = { .span = pane->span, .size = pane->size, .pane = form.pane };

	if (g->wish.kind == GATHER_ROWS) {
		const struct ends *ends = ends_of(g, group);
		result.first = ends->first;
		result.last = ends->last;
		result.untimed = !ends->known;
	}
	return results_print(
		&g->results, &result, group_shown(&pane->groups, group), group, form.partial);
}

static struct slice print_of_session(struct gather *g, const struct session *s, struct form form)
{
	struct slice shown = group_shown(&g->sessions.layout, s->group);
	struct result result = {
		.span = s->span, .first = s->span.start, .last = s->last, .pane = form.pane
	};

	return results_print(&g->results, &result, shown, s->group, form.partial);
}

static bool has_changed(const struct pane *pane)
{
	struct group *group;

	for (struct groups_walk w = groups_walk(&pane->groups);
		(group = groups_next(&pane->groups, &w));)
		if (group->changed)
			return true;
	return false;
}

static void print_pane(struct gather *g, const struct pane *pane, struct form form, bool changed,
	void (*print)(struct slice line))
{
	struct group **group = groups_sorted(&pane->groups);

	for (size_t i = 0; i < pane->groups.n; i++) {
		groups_look_ahead(group, i, pane->groups.n);
		if (changed ? group[i]->changed : group[i]->count > 0)
			print(print_of_window(g, pane, group[i], form));
	}
	free(group);
}

/* What is open, or what of it has changed since its last result. */
static void print_open(
	struct gather *g, struct form form, bool changed, void (*print)(struct slice line))
{
	struct session **session = sessions_sorted(&g->sessions);

	for (struct pane *pane = panes_first(&g->windows.panes); pane; pane = panes_after(pane))
		if (!changed || has_changed(pane))
			print_pane(g, pane, form, changed, print);
	for (size_t i = 0; i < g->sessions.n; i++)
		if (!changed || session[i]->group->changed)
			print(print_of_session(g, session[i], form));
	free(session);
}

void gather_save(struct gather *g, void (*add)(struct slice line))
{
	print_open(g, (struct form){ "", true }, false, add);
}

static void fire_window(void *with, struct pane *pane)
{
	struct gather *g = with;

	if (!g->fill)
		print_pane(g, pane, form_of(g, "final"), false, g->wish.print);
	else if (!fill_take(g->fill, &pane->span, &pane->groups))
		die("more than %" PRIu64 " windows wait with --fill: see --max-open",
			g->wish.max_open);
}

static void drop_window(void *with, struct pane *pane)
{
	struct gather *g = with;
	struct group *group;

	for (struct groups_walk w = groups_walk(&pane->groups);
		(group = groups_next(&pane->groups, &w));) {
		output_end_if_overdue();
		agg_drop(&g->aggregates, group->cells);
	}
}

static void fire_session(void *with, struct session *s)
{
	struct gather *g = with;

	g->wish.print(print_of_session(g, s, form_of(g, "final")));
}

static void drop_session(void *with, struct session *s)
{
	struct gather *g = with;

	agg_drop(&g->aggregates, s->group->cells);
}

/* --- groups --- */

static _Noreturn void die_of_excess(const struct gather *g)
{
	die("%.*s keeps more than %d values of one group", (int)g->aggregates.excess.len,
		g->aggregates.excess.at, AGG_MOST);
}

static _Noreturn void die_of_fields(const struct gather *g)
{
	struct slice clash = g->aggregates.clash;

	if (clash.at)
		die("two results are called %.*s: give the key or that of -a another name after as",
			(int)clash.len, clash.at);
	die("more than %zu fields match -f: see --max-fields", g->aggregates.found.most);
}

static bool add_record(struct gather *g, struct group *group)
{
	if (!g->wish.merge && !g->restoring)
		return agg_add(&g->aggregates, group->cells);
	return group->count ? agg_add_partial(&g->aggregates, group->cells) :
			      agg_take_partial(&g->aggregates, group->cells);
}

static void add_to(struct gather *g, struct group *group)
{
	bool good = add_record(g, group);

	group->count += g->brings;
	group->changed = true;
	if (g->restoring)
		group->rev = g->rev & INT32_MAX;
	if (!good)
		die_of_excess(g);
}

/* What the result is called that the record at hand makes; NULL: it makes none. */
static const char *name_of_update(const struct gather *g, bool fired)
{
	if (g->wish.merge || g->restoring)
		return NULL;
	return fired ? "late" : g->wish.changes ? "early" : NULL;
}

static void add_to_window(void *with, struct pane *pane, struct group *group)
{
	struct gather *g = with;
	const char *update = name_of_update(g, pane->fired);

	if (!group->count && pane->groups.n > g->wish.max_keys)
		die("more than %" PRIu64 " keys in one window: see --max-keys", g->wish.max_keys);
	if (g->windows.panes.n > g->wish.max_open)
		die("more than %" PRIu64 " windows are open: see --max-open", g->wish.max_open);
	add_to(g, group);
	if (update)
		g->wish.print(print_of_window(g, pane, group, form_of(g, update)));
}

static void add_to_session(void *with, struct session *s)
{
	struct gather *g = with;
	const char *update = name_of_update(g, s->fired);

	if (g->sessions.n > g->wish.max_open)
		die("more than %" PRIu64 " sessions are open: see --max-open", g->wish.max_open);
	add_to(g, s->group);
	if (update)
		g->wish.print(print_of_session(g, s, form_of(g, update)));
}

static void join_sessions(void *with, struct group *to, struct group *from)
{
	struct gather *g = with;

	to->count += from->count;
	to->rev = to->rev > from->rev ? to->rev : from->rev;
	if (!agg_merge(&g->aggregates, to->cells, from->cells))
		die_of_excess(g);
	agg_drop(&g->aggregates, from->cells);
}

static void miss(void *with, const struct interval *span)
{
	struct gather *g = with;

	late_miss(&g->late, span, &g->results.style);
}

static bool has_clock(const struct gather *g)
{
	return g->wish.kind == GATHER_SIZES || g->wish.kind == GATHER_SESSIONS;
}

static void furnish_windows(struct gather *g)
{
	const struct gather_wish *w = &g->wish;

	for (size_t i = 0; i < w->sizes; i++)
		windows_size(&g->windows, &w->size[i].grid);
	g->windows.delay = g->sessions.delay = w->delay;
	g->windows.lateness = g->sessions.lateness = w->lateness;
	g->sessions.gap = w->gap;
	g->watermark.expected = w->expected;
}

static void furnish_results(struct gather *g)
{
	const struct gather_wish *w = &g->wish;
	struct results *r = &g->results;

	r->keys = &g->keys;
	r->aggregates = &g->aggregates;
	r->style = *when_stamp();
	r->size = mem_array(w->sizes + 1, sizeof *r->size);
	for (; r->sizes < w->sizes; r->sizes++)
		r->size[r->sizes] = w->size[r->sizes].typed;
	r->learns = w->merge && has_clock(g);
	r->bounds = has_clock(g);
	r->ends = w->kind == GATHER_SESSIONS || w->kind == GATHER_ROWS;
	r->revisions = w->revisions;
}

void gather_furnish(struct gather *g, const struct gather_wish *wish)
{
	g->wish = *wish;
	furnish_windows(g);
	furnish_results(g);
	late_ready(&g->late, wish->late);
	keys_prepare(&g->keys, wish->keys);
	keys_prepare(&g->sources, wish->sources);
	g->aggregates.skip_text = wish->skip_text;
	g->aggregates.exact = wish->exact;
}

static void begin_windows(struct gather *g)
{
	g->windows.with = g;
	g->windows.add = add_to_window;
	g->windows.miss = miss;
	g->windows.fire = fire_window;
	g->windows.drop = drop_window;
	g->windows.panes.cells =
		agg_size(&g->aggregates) + (g->wish.kind == GATHER_ROWS ? sizeof(struct ends) : 0);
	if (!has_clock(g))
		g->whole = windows_open(
			&g->windows, &(struct interval){ instant_first, instant_last }, 0);
}

static void begin_sessions(struct gather *g)
{
	g->sessions.with = g;
	g->sessions.add = add_to_session;
	g->sessions.miss = miss;
	g->sessions.join = join_sessions;
	g->sessions.fire = fire_session;
	g->sessions.drop = drop_session;
	g->sessions.layout.size = agg_size(&g->aggregates);
}

static void begin_fill(struct gather *g)
{
	g->fill = mem_array(1, sizeof *g->fill);
	g->fill->with = g->wish.fill;
	g->fill->gap = g->wish.max_gap;
	g->fill->grid = g->wish.size->grid;
	g->fill->most = g->wish.max_open;
	g->fill->results = &g->results;
	g->fill->print = g->wish.print;
	fill_begin(g->fill);
}

void gather_begin(struct gather *g)
{
	g->brings = 1;
	g->aggregates.vector = scan_vector(reader_way());
	agg_resolve(&g->aggregates, filter_fields());
	if (g->wish.merge || g->wish.restores)
		results_expect_partial(&g->results, filter_fields());
	g->untimed =
		g->wish.kind == GATHER_ROWS && !when_named() && !agg_needs_time(&g->aggregates);
	begin_windows(g);
	begin_sessions(g);
	if (g->wish.fills)
		begin_fill(g);
}

/* --- the clock --- */

void gather_advance(struct gather *g)
{
	struct span back = { -g->windows.delay.nanos };
	struct instant ended;

	if (g->wish.kind == GATHER_SESSIONS)
		sessions_advance(&g->sessions, g->watermark.clock);
	else
		windows_advance(&g->windows, g->watermark.clock);
	if (g->fill && instant_add(g->watermark.clock, back, &ended))
		fill_release(g->fill, ended);
}

static void go_on_in_silence(struct gather *g, int64_t waited)
{
	int64_t limit = g->wish.idle.nanos;
	bool moved = g->sources.n && watermark_idle(&g->watermark, waited - limit);
	struct span silent = { waited - g->heard };
	struct instant clock;

	if (g->watermark.running && silent.nanos >= limit &&
		instant_add(g->clock_heard, silent, &clock))
		moved |= watermark_rise(&g->watermark, clock);
	if (moved)
		gather_advance(g);
}

/* Milliseconds until then; 1 at least. */
static int until(int64_t next, int64_t now)
{
	int64_t rest = (next - now) / MILLION;

	return rest >= INT_MAX ? INT_MAX : (int)rest + 1;
}

int gather_tick(struct gather *g, int64_t waited, bool waiting)
{
	int wait = g->wish.idle.nanos ? SECOND : -1;
	int64_t now;

	g->waited = waited;
	if (g->wish.idle.nanos && waiting)
		go_on_in_silence(g, waited);
	if (!g->wish.early.nanos)
		return wait;
	now = clock_now();
	if (now >= g->next_early) {
		print_open(g, form_of(g, "early"), true, g->wish.print);
		g->next_early = now + g->wish.early.nanos;
	}
	return wait < 0 || until(g->next_early, now) < wait ? until(g->next_early, now) : wait;
}

void gather_drain(struct gather *g)
{
	struct instant gone;

	if (g->wish.kind == GATHER_SIZES ? windows_horizon(&g->windows, &gone) :
					   sessions_horizon(&g->sessions, &gone))
		watermark_rise(&g->watermark, gone);
}

void gather_finish(struct gather *g)
{
	if (g->wish.kind == GATHER_SESSIONS)
		sessions_finish(&g->sessions);
	else
		windows_finish(&g->windows);
	if (g->fill)
		fill_finish(g->fill);
}

/* --- records --- */

/* Time goes on with this record. */
static bool rise(struct gather *g, struct rec *r)
{
	bool moved;

	if (g->sources.n) {
		if (!keys_read(&g->sources, r))
			return false;
		moved = watermark_rise_by(&g->watermark, g->sources.key, g->now, g->waited);
		if (watermark_sources(&g->watermark) > g->wish.max_keys)
			die("more than %" PRIu64 " sources of --watermark-by: see --max-keys",
				g->wish.max_keys);
	} else {
		moved = watermark_rise(&g->watermark, g->now);
	}
	g->heard = g->waited;
	g->clock_heard = g->watermark.clock;
	if (moved)
		gather_advance(g);
	return true;
}

/* A record that is refused moves no clock, so this comes before. */
static bool find_place(struct gather *g, struct rec *r)
{
	bool good = g->wish.kind == GATHER_SESSIONS ? sessions_reach(&g->sessions, g->now) :
						      windows_find(&g->windows, g->now);

	if (!good)
		rec_refuse(r, when_field(), "its window reaches beyond the years");
	return good;
}

static bool suits(void *with, struct group *group)
{
	struct gather *g = with;

	return agg_suits(&g->aggregates, group->cells, g->wish.kind == GATHER_SESSIONS, g->record);
}

/* Nor does one that some group cannot take. */
static bool find_groups(struct gather *g)
{
	if (!agg_weigh(&g->aggregates))
		return true;
	return g->wish.kind == GATHER_SESSIONS ?
		sessions_each_group(&g->sessions, g->now, g->now, g->keys.key, suits) :
		windows_each_group(&g->windows, g->keys.key, suits);
}

static void put(struct gather *g)
{
	const struct keys *k = &g->keys;

	if (g->wish.kind == GATHER_SESSIONS)
		sessions_put(&g->sessions, g->now, g->now, k->key, k->shown);
	else
		windows_put(&g->windows, k->key, k->shown);
}

static bool read_time(struct gather *g, struct rec *r)
{
	if (!when_read(r, &g->now))
		return false;
	if (!g->has_style)
		g->results.style = *when_stamp();
	g->has_style = true;
	return true;
}

/* A fault is the record's, or there is no going on. */
static bool is_read(const struct gather *g, bool good)
{
	if (!good && !g->record->fault)
		die_of_fields(g);
	return good;
}

static bool read_rest(struct gather *g, struct rec *r)
{
	return is_read(g, agg_read(&g->aggregates, r, g->now)) && keys_read(&g->keys, r);
}

static bool is_ahead(const struct gather *g)
{
	struct instant limit;

	return g->wish.max_ahead.nanos && g->watermark.running &&
		instant_add(g->watermark.clock, g->wish.max_ahead, &limit) &&
		instant_compare(g->now, limit) > 0;
}

static void set_aside(struct gather *g, struct rec *r, uint64_t *count)
{
	++*count;
	late_put(&g->late, r, g->now, g->watermark.running ? &g->watermark.clock : NULL);
}

static void take_by_time(struct gather *g, struct rec *r)
{
	if (!read_time(g, r) || !read_rest(g, r))
		return;
	late_begin(&g->late);
	if (is_ahead(g)) {
		set_aside(g, r, &g->late.ahead);
		return;
	}
	if (!find_place(g, r) || !find_groups(g) || !rise(g, r))
		return;
	put(g);
	if (late_has_missed(&g->late))
		set_aside(g, r, &g->late.behind);
}

static struct group *group_in(struct gather *g, struct pane *pane)
{
	return groups_get(&pane->groups, g->keys.key, g->keys.shown, map_hash(g->keys.key));
}

/* While this record is done with, memory brings what the next one will need. */
static void look_ahead(const struct gather *g, const struct pane *pane)
{
	struct slice key = keys_guess(&g->keys, g->record);

	if (key.len)
		groups_expect(&pane->groups, map_hash(key));
}

/* A group that is new takes all. */
static bool is_taken_by(struct gather *g, struct group *group)
{
	return !agg_weigh(&g->aggregates) || suits(g, group);
}

static void take_of_all(struct gather *g, struct rec *r)
{
	if (agg_needs_time(&g->aggregates) && !read_time(g, r))
		return;
	if (!read_rest(g, r))
		return;
	if (!g->latest || !slice_equal(group_key(&g->whole->groups, g->latest), g->keys.key)) {
		look_ahead(g, g->whole);
		g->latest = group_in(g, g->whole);
	}
	if (is_taken_by(g, g->latest))
		add_to_window(g, g->whole, g->latest);
}

static void restart(struct gather *g, struct group *group)
{
	agg_drop(&g->aggregates, group->cells);
	memset(group->cells, 0, g->whole->groups.size);
	group->count = 0;
	group->rev = 0;
}

static void note_time(struct ends *ends, struct instant t)
{
	if (!ends->known || instant_compare(t, ends->first) < 0)
		ends->first = t;
	if (!ends->known || instant_compare(t, ends->last) > 0)
		ends->last = t;
	ends->known = true;
}

static void take_row(struct gather *g, struct rec *r)
{
	bool timed = !g->untimed || rec_value(r, when_field()).kind > KIND_NULL;
	struct group *group;

	if ((timed && !read_time(g, r)) || !read_rest(g, r))
		return;
	look_ahead(g, g->whole);
	group = group_in(g, g->whole);
	if (!is_taken_by(g, group))
		return;
	if (timed)
		note_time(ends_of(g, group), g->now);
	add_to_window(g, g->whole, group);
	if (group->count < g->wish.rows)
		return;
	g->wish.print(print_of_window(g, g->whole, group, form_of(g, "final")));
	restart(g, group);
}

/* Is a session as long as its records and the gap make it? */
static bool is_session(const struct gather *g, const struct result *x)
{
	struct instant end;

	return instant_add(x->last, g->sessions.gap, &end) && !instant_compare(end, x->span.end) &&
		!instant_compare(x->first, x->span.start) &&
		instant_compare(x->first, x->last) <= 0;
}

/* Could a run with these options have made the result? What was saved was made by one. */
static bool is_asked_for(struct gather *g, const struct result *x)
{
	if (g->restoring)
		return true;
	if (g->wish.kind == GATHER_SESSIONS)
		return is_session(g, x);
	return g->wish.kind != GATHER_SIZES || windows_has(&g->windows, &x->span, x->size);
}

/* All of it is read before anything is made of it. */
static bool read_partial(struct gather *g, struct rec *r, struct result *result)
{
	if (!results_read_partial(&g->results, r, result, &g->brings) ||
		!keys_read_again(&g->keys, r))
		return false;
	if (!is_asked_for(g, result)) {
		rec_blame(r, FIELD_NONE, "the window is none of those asked for");
		return false;
	}
	return is_read(g, agg_read_partial(&g->aggregates, r));
}

static void take_partial(struct gather *g, struct rec *r)
{
	const struct keys *k = &g->keys;
	struct result result = { 0 };
	struct pane *pane = g->whole;
	struct group *group;

	if (!read_partial(g, r, &result))
		return;
	g->rev = result.rev;
	if (g->wish.kind == GATHER_SESSIONS) {
		if (agg_weigh(&g->aggregates) &&
			!sessions_each_group(
				&g->sessions, result.first, result.last, k->key, suits))
			return;
		sessions_put(&g->sessions, result.first, result.last, k->key, k->shown);
		return;
	}
	if (g->wish.kind == GATHER_SIZES)
		pane = windows_open(&g->windows, &result.span, result.size);
	group = group_in(g, pane);
	if (!is_taken_by(g, group))
		return;
	if (g->wish.kind == GATHER_ROWS)
		*ends_of(g, group) = (struct ends){ result.first, result.last, !result.untimed };
	add_to_window(g, pane, group);
}

void gather_take(struct gather *g, struct rec *r)
{
	g->record = r;
	if (g->wish.merge)
		take_partial(g, r);
	else if (g->wish.kind == GATHER_ALL)
		take_of_all(g, r);
	else if (g->wish.kind == GATHER_ROWS)
		take_row(g, r);
	else
		take_by_time(g, r);
}

void gather_restore(struct gather *g, struct rec *r)
{
	g->record = r;
	g->restoring = true;
	take_partial(g, r);
	g->restoring = false;
	g->brings = 1;
}

void gather_restore_clock(struct gather *g, struct instant t)
{
	if (watermark_rise(&g->watermark, t))
		gather_advance(g);
	g->clock_heard = g->watermark.clock;
}
