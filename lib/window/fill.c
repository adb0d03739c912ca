/* Results wait as printed lines, in panes that are ordered by their spans, each line under its key.
 * What is between the values of two results is the same for all results, so they are walked side by
 * side.
 *
 * Windows fire in their order. So when the first one that may still fire begins more than the gap
 * after some moment, no window that begins there or before is filled any more, and no result matters
 * after which the next window would have begun by then. */
#include "window/fill.h"

#include <stdlib.h>

#include "aggregate/agg.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "number/total.h"
#include "program/output.h"
#include "record/json.h"

/* Before so many keys are known nobody is forgotten. */
enum { FEW = 1000 };

static const struct slice mark = SLICE("{\"partial\":0,");

/* A result. It is held by who made it, while it waits, and while it is the last one of its key. */
struct line {
	size_t holders, len;
	char at[];
};

/* The lines of one window; each group's cells are a struct line *. */
struct fill_pane {
	struct interval span;
	struct groups lines;
};

/* The cells of a key. */
struct last {
	struct instant next; /* where the window after it begins */
	struct line *line;
};

static struct line *make_line(struct slice text)
{
	struct line *line = mem_alloc(sizeof *line + text.len + JSON_PAD);

	line->holders = 1;
	line->len = text.len;
	memcpy(line->at, text.at, text.len);
	return line;
}

static struct slice text_of(const struct line *line)
{
	return (struct slice){ line->at, line->len };
}

static void drop(struct line *line)
{
	if (!--line->holders)
		free(line);
}

static struct line *line_in(struct group *group)
{
	return *(struct line **)(void *)group->cells;
}

static struct last *last_in(struct group *group)
{
	return (struct last *)(void *)group->cells;
}

static bool is_near(const struct fill *f, struct instant from, struct instant to)
{
	return instant_nanos(to) - instant_nanos(from) <= f->gap.nanos;
}

void fill_begin(struct fill *f)
{
	f->last.size = sizeof(struct last);
	f->crowd = FEW;
	f->open = (struct interval){ instant_first, instant_first };
}

/* The place of the first pane that does not begin before this. */
static size_t place(const struct fill *f, struct instant start)
{
	size_t low = 0, high = f->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (instant_compare(f->waiting[middle]->span.start, start) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct fill_pane *pane_of(struct fill *f, const struct interval *span)
{
	size_t i = place(f, span->start);
	struct fill_pane *pane;

	if (i < f->n && !instant_compare(f->waiting[i]->span.start, span->start))
		return f->waiting[i];
	pane = mem_array(1, sizeof *pane);
	pane->span = *span;
	pane->lines.size = sizeof(struct line *);
	MEM_GROW(f->waiting, f->n, f->cap);
	memmove(f->waiting + i + 1, f->waiting + i, (f->n - i) * sizeof *f->waiting);
	f->n++;
	return f->waiting[i] = pane;
}

/* False: one of this key waits already. */
static bool put_line(
	struct fill *f, const struct interval *span, struct slice key, struct line *line)
{
	struct fill_pane *pane = pane_of(f, span);
	uint64_t hash = map_hash(key);
	struct group *group;

	if (groups_find(&pane->lines, key, hash))
		return false;
	group = groups_add(&pane->lines, key, key, hash);
	*(struct line **)(void *)group->cells = line;
	line->holders++;
	return true;
}

static struct slice value_at(const char *p)
{
	struct json_fault fault;
	enum kind kind;
	const char *end = json_value(p, 1, &kind, &fault);

	return (struct slice){ p, (size_t)(end - p) };
}

/* Of n + 1 steps from a to z the value after i: a mean, rounded once. */
static void add_between(struct buf *b, struct slice a, struct slice z, int64_t i, int64_t n)
{
	struct total sum = { 0 };
	bool known = total_add_number(&sum, a, n + 1 - i) && total_add_number(&sum, z, i);
	size_t len = known ? total_print_mean(buf_room(b, NUM_MAX), &sum, n + 1) : 0;

	b->len += len;
	if (!len)
		buf_add(b, SLICE("null"));
	total_free(&sum);
}

static bool is_number(struct slice json)
{
	return is_digit(*json.at) || *json.at == '-';
}

/* Two lists ,"name":value of the same names, with something else behind them. */
static void interpolate(struct buf *b, const char *a, const char *z, int64_t i, int64_t n)
{
	while (*a == ',') {
		struct slice name = value_at(a + 1), from, to;
		from = value_at(name.at + name.len + 1);
		to = value_at(z + 1 + name.len + 1);
		buf_byte(b, ',');
		buf_add(b, name);
		buf_byte(b, ':');
		if (is_number(from) && is_number(to))
			add_between(b, from, to, i, n);
		else
			buf_add(b, SLICE("null"));
		a = from.at + from.len;
		z = to.at + to.len;
	}
}

/* All values become this one. */
static void replace(struct buf *b, const char *a, struct slice by)
{
	while (*a == ',') {
		struct slice name = value_at(a + 1), value = value_at(name.at + name.len + 1);
		buf_byte(b, ',');
		buf_add(b, name);
		buf_byte(b, ':');
		buf_add(b, by);
		a = value.at + value.len;
	}
}

static void make_up(const struct fill *f, struct slice before, struct slice after, int64_t i,
	int64_t n, struct buf *b)
{
	b->len = 0;
	if (f->with == FILL_PREVIOUS)
		buf_add(b, before);
	else if (f->with == FILL_LINEAR)
		interpolate(b, before.at, after.at, i, n);
	else
		replace(b, before.at, f->with == FILL_ZERO ? SLICE("0") : SLICE("null"));
}

static bool find(struct fill *f, struct instant *start, struct interval *span)
{
	return grid_last(&f->grid, *start, span, start);
}

/* More than may wait are not counted, as each would. */
static int64_t count_missing(struct fill *f, struct instant from, struct instant to)
{
	struct interval span;
	int64_t n = 0;

	for (; (uint64_t)n <= f->most && instant_compare(from, to) < 0 && find(f, &from, &span);
		n++)
		output_end_if_overdue();
	return n;
}

static void fill_between(struct fill *f, struct slice key, struct slice shown,
	const struct last *last, struct instant to, const struct line *next)
{
	struct result result = { 0 };
	int64_t n = count_missing(f, last->next, to);
	struct instant start = last->next;
	struct slice before, after;
	struct buf values = { 0 };

	results_values(f->results, text_of(last->line), &before);
	results_values(f->results, text_of(next), &after);
	for (int64_t i = 1; i <= n && f->n <= f->most; i++) {
		struct line *line;
		output_end_if_overdue();
		find(f, &start, &result.span);
		make_up(f, before, after, i, n, &values);
		line = make_line(
			results_print_filled(f->results, &result, shown, buf_slice(&values)));
		put_line(f, &result.span, key, line);
		drop(line);
	}
	buf_free(&values);
}

static struct last *last_of(struct fill *f, struct slice key, uint64_t hash)
{
	return last_in(groups_get(&f->last, key, key, hash));
}

static void follow(struct last *last, struct instant next, struct line *line)
{
	if (last->line && instant_compare(last->next, next) >= 0)
		return;
	if (last->line)
		drop(last->line);
	*last = (struct last){ next, line };
	line->holders++;
}

static void take_group(struct fill *f, const struct interval *span, struct instant next,
	const struct groups *groups, struct group *group)
{
	struct result result = { .span = *span, .pane = "final" };
	struct slice key = group_key(groups, group), shown = group_shown(groups, group);
	struct line *line = make_line(results_print(f->results, &result, shown, group, false));

	if (put_line(f, span, key, line)) {
		struct last *last = last_of(f, key, group->hash);
		if (last->line && is_near(f, last->next, span->start))
			fill_between(f, key, shown, last, span->start, line);
		follow(last, next, line);
	}
	drop(line);
}

static struct instant next_after(struct fill *f, const struct interval *span)
{
	struct instant next = span->start;
	struct interval same;

	return find(f, &next, &same) ? next : span->end;
}

bool fill_take(struct fill *f, const struct interval *span, const struct groups *groups)
{
	struct instant next = next_after(f, span);
	struct group *group;

	for (struct groups_walk w = groups_walk(groups); (group = groups_next(groups, &w));)
		take_group(f, span, next, groups, group);
	return f->n <= f->most;
}

static void print_pane(struct fill *f, struct fill_pane *pane)
{
	struct group **group = groups_sorted(&pane->lines);

	for (size_t i = 0; i < pane->lines.n; i++) {
		f->print(text_of(line_in(group[i])));
		drop(line_in(group[i]));
	}
	free(group);
	groups_free(&pane->lines);
	free(pane);
}

/* Keys are let go all at once, and only when there are twice as many as were left the last time. */
static void forget(struct fill *f)
{
	struct groups all = f->last;
	struct group *group;

	if (all.n < f->crowd)
		return;
	f->last = (struct groups){ .size = all.size };
	for (struct groups_walk w = groups_walk(&all); (group = groups_next(&all, &w));)
		if (is_near(f, last_in(group)->next, f->open.start))
			*last_of(f, group_key(&all, group), group->hash) = *last_in(group);
		else
			drop(last_in(group)->line);
	groups_free(&all);
	f->crowd = 2 * f->last.n + FEW;
}

static void print_first(struct fill *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		print_pane(f, f->waiting[i]);
	f->n -= n;
	if (f->n)
		memmove(f->waiting, f->waiting + n, f->n * sizeof *f->waiting);
}

/* The first window that may still fire. Where no window holds the moment, it is the next one. */
static bool find_open(struct fill *f, struct instant ended)
{
	struct interval before;
	struct instant next;

	if (grid_find(&f->grid, ended) && f->grid.n) {
		f->open = f->grid.window[0];
		return true;
	}
	if (!grid_last(&f->grid, ended, &before, &next))
		return false;
	f->open = (struct interval){ next, next };
	return true;
}

void fill_release(struct fill *f, struct instant ended)
{
	size_t n = 0;

	if (instant_compare(ended, f->open.end) < 0 || !find_open(f, ended))
		return;
	while (n < f->n && !is_near(f, f->waiting[n]->span.start, f->open.start))
		n++;
	print_first(f, n);
	forget(f);
}

void fill_finish(struct fill *f)
{
	struct group *group;

	print_first(f, f->n);
	for (struct groups_walk w = groups_walk(&f->last); (group = groups_next(&f->last, &w));)
		drop(last_in(group)->line);
	groups_free(&f->last);
}

/* --- from run to run --- */

static void save_line(const struct line *line, struct buf *b, void (*add)(struct slice line))
{
	b->len = 0;
	buf_add(b, mark);
	buf_add(b, slice_skip(text_of(line), 1));
	add(buf_slice(b));
}

/* What is held by its key alone has gone out. */
static void save_last(const struct fill *f, struct buf *b, void (*add)(struct slice line))
{
	struct group **group = groups_sorted(&f->last);

	for (size_t i = 0; i < f->last.n; i++) {
		const struct last *last = last_in(group[i]);
		if (last->line->holders == 1 && is_near(f, last->next, f->open.start))
			save_line(last->line, b, add);
	}
	free(group);
}

void fill_save(const struct fill *f, void (*add)(struct slice line))
{
	struct buf b = { 0 };

	save_last(f, &b, add);
	for (size_t i = 0; i < f->n; i++) {
		const struct groups *lines = &f->waiting[i]->lines;
		struct group **group = groups_sorted(lines);
		for (size_t k = 0; k < lines->n; k++)
			save_line(line_in(group[k]), &b, add);
		free(group);
	}
	buf_free(&b);
}

static struct line *read_line(struct slice saved)
{
	struct buf text = { 0 };
	struct line *line;

	buf_byte(&text, '{');
	buf_add(&text, slice_skip(saved, mark.len));
	buf_byte(&text, '\n');
	line = make_line(buf_slice(&text));
	buf_free(&text);
	return line;
}

const char *fill_restore(struct fill *f, const struct interval *span, uint64_t count,
	struct slice key, struct slice saved)
{
	const char *wrong = NULL;
	struct slice values;
	struct line *line;

	if (!slice_starts(saved, mark))
		return "is no result that waits";
	line = read_line(saved);
	if (!results_values(f->results, text_of(line), &values))
		wrong = "is no result that waits";
	else if (is_near(f, span->start, f->open.start) && !put_line(f, span, key, line))
		wrong = "waits already";
	else if (count)
		follow(last_of(f, key, map_hash(key)), next_after(f, span), line);
	drop(line);
	return wrong;
}
