/* Results wait as printed lines, in panes that are ordered by their spans, each line under its key. What
 * is between the values of two results is the same for all results, so they are walked side by side. */
#include "fill.h"

#include <stdlib.h>

#include "agg.h"
#include "calc.h"
#include "mem.h"

/* The lines of one window; each group's cells are a struct slice that is owned. */
struct fill_pane {
	struct interval span;
	struct groups lines;
};

struct last {
	struct instant end;
	struct slice aggregates; /* owned */
};

static struct slice copy(struct slice s)
{
	char *to = mem_alloc(s.len + 1);

	memcpy(to, s.at, s.len);
	return (struct slice){ to, s.len };
}

void fill_begin(struct fill *f)
{
	f->last.size = sizeof(struct last);
}

static struct fill_pane *pane_of(struct fill *f, const struct interval *span)
{
	size_t i = f->n;
	struct fill_pane *pane;

	while (i && instant_compare(f->waiting[i - 1]->span.start, span->start) > 0)
		i--;
	if (i && !instant_compare(f->waiting[i - 1]->span.start, span->start))
		return f->waiting[i - 1];
	pane = mem_array(1, sizeof *pane);
	pane->span = *span;
	pane->lines.size = sizeof(struct slice);
	MEM_GROW(f->waiting, f->n, f->cap);
	memmove(f->waiting + i + 1, f->waiting + i, (f->n - i) * sizeof *f->waiting);
	f->n++;
	return f->waiting[i] = pane;
}

static void put_line(struct fill *f, const struct interval *span, struct slice key,
	struct slice shown, struct slice line)
{
	struct fill_pane *pane = pane_of(f, span);
	struct group *group = groups_add(&pane->lines, key, shown, map_hash(key));
	struct slice kept = copy(line);

	memcpy(group->cells, &kept, sizeof kept);
}

static struct slice value_at(const char *p)
{
	struct json_fault fault;
	enum kind kind;
	const char *end = json_value(p, 1, &kind, &fault);

	return (struct slice){ p, (size_t)(end - p) };
}

/* Of n + 1 steps from a to b the value after i. */
static void add_between(struct buf *b, struct slice a, struct slice z, int64_t i, int64_t n)
{
	struct arena arena = { 0 };
	struct calc from = calc_number(a), to = calc_number(z), at = calc_integer(i);
	struct calc rest = calc_integer(n + 1 - i), steps = calc_integer(n + 1);

	/* Divided last, so that it is rounded once. */
	from = calc_multiply(&from, &rest);
	to = calc_multiply(&to, &at);
	if (from.kind == KIND_NUMBER && to.kind == KIND_NUMBER)
		to = calc_add(&from, &to);
	if (to.kind == KIND_NUMBER)
		to = calc_divide(&to, &steps);
	buf_add(b, calc_json(&arena, &to));
	arena_free(&arena);
}

static bool is_number(struct slice json)
{
	return json_is_digit(*json.at) || *json.at == '-';
}

/* Two lists ,"name":value of the same names, each with a LF behind it. */
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
		buf_add(b, (struct slice){ before.at, before.len - 1 });
	else if (f->with == FILL_LINEAR)
		interpolate(b, before.at, after.at, i, n);
	else
		replace(b, before.at, f->with == FILL_ZERO ? SLICE("0") : SLICE("null"));
}

static int64_t count_missing(struct fill *f, struct instant from, struct instant to)
{
	struct interval span = { .end = from };
	int64_t n = 0;

	while (instant_compare(span.end, to) < 0 &&
		calendar_find(f->calendar, span.end, &span.start, &span.end))
		n++;
	return n;
}

static void fill_between(struct fill *f, struct slice key, struct slice shown,
	const struct last *last, struct instant to, struct slice after)
{
	struct result result = { .span = { .end = last->end }, .pane = "final" };
	int64_t n = count_missing(f, last->end, to);
	struct buf values = { 0 };

	for (int64_t i = 1; i <= n; i++) {
		calendar_find(f->calendar, result.span.end, &result.span.start, &result.span.end);
		make_up(f, last->aggregates, after, i, n, &values);
		put_line(f, &result.span, key, shown,
			results_print_filled(f->results, &result, shown, buf_slice(&values)));
	}
	buf_free(&values);
}

static bool is_near(const struct fill *f, struct instant from, struct instant to)
{
	return instant_nanos(to) - instant_nanos(from) <= f->gap.nanos;
}

static void take_group(struct fill *f, const struct interval *span, const struct groups *groups,
	struct group *group)
{
	struct result result = { .span = *span, .pane = "final" };
	struct slice key = group_key(groups, group), shown = group_shown(groups, group);
	struct group *known = groups_find(&f->last, key, group->hash);
	struct buf values = { 0 };
	struct last *last;

	agg_print(f->results->aggregates, group->cells, &values);
	buf_byte(&values, '\n');
	if (!known)
		known = groups_add(&f->last, key, shown, group->hash);
	last = (struct last *)(void *)known->cells;
	if (last->aggregates.at && is_near(f, last->end, span->start))
		fill_between(f, key, group_shown(&f->last, known), last, span->start,
			buf_slice(&values));
	put_line(f, span, key, shown, results_print(f->results, &result, shown, group));
	free((char *)last->aggregates.at);
	*last = (struct last){ span->end, buf_slice(&values) };
}

void fill_take(struct fill *f, const struct interval *span, const struct groups *groups)
{
	struct group *group;

	for (size_t at = 0; (group = groups_next(groups, &at));)
		take_group(f, span, groups, group);
}

static void print_pane(struct fill *f, struct fill_pane *pane)
{
	struct group **group = groups_sorted(&pane->lines);

	for (size_t i = 0; i < pane->lines.n; i++) {
		struct slice line;
		memcpy(&line, group[i]->cells, sizeof line);
		f->print(line);
		free((char *)line.at);
	}
	free(group);
	groups_free(&pane->lines);
	free(pane);
}

void fill_release(struct fill *f, const struct instant *clock)
{
	size_t n = 0;

	while (n < f->n && (!clock || !is_near(f, f->waiting[n]->span.end, *clock)))
		print_pane(f, f->waiting[n++]);
	f->n -= n;
	if (f->n)
		memmove(f->waiting, f->waiting + n, f->n * sizeof *f->waiting);
}
