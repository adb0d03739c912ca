/* An item is matched with the tables of the aggregates, where letters tell what stands between the
 * parentheses. p95(x) is quantile(x,0.95) under another name. */
#include "aggregate/asked.h"

#include <stdlib.h>
#include <string.h>

#include "aggregate/places.h"
#include "aggregate/quantiles.h"
#include "aggregate/sample.h"
#include "aggregate/statistics.h"
#include "aggregate/summary.h"
#include "aggregate/timeline.h"
#include "aggregate/variety.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "record/json.h"
#include "text/list.h"
#include "text/near.h"

static bool fail(struct fault *f, const char *what, size_t at)
{
	*f = (struct fault){ what, at };
	return false;
}

/* Aggregates by name */

static const struct measure *const tables[] = { summary_table, statistics_table, quantiles_table,
	timeline_table, variety_table, places_table };

enum { TABLES = sizeof tables / sizeof *tables };

void asked_each_known(void (*each)(const struct measure *, void *), void *with)
{
	for (size_t i = 0; i < TABLES; i++)
		for (const struct measure *m = tables[i]; m->name; m++)
			each(m, with);
}

static bool is_called(const struct measure *m, struct slice name)
{
	return slice_equal(name, slice_of(m->name)) ||
		(m->alias && slice_equal(name, slice_of(m->alias)));
}

static const struct measure *find_measure(struct slice name)
{
	for (size_t i = 0; i < TABLES; i++)
		for (const struct measure *m = tables[i]; m->name; m++)
			if (is_called(m, name))
				return m;
	return NULL;
}

static const char *near_measure(struct slice name)
{
	for (size_t i = 0; i < TABLES; i++)
		for (const struct measure *m = tables[i]; m->name; m++) {
			if (near_enough(name, slice_of(m->name)))
				return m->name;
			if (m->alias && near_enough(name, slice_of(m->alias)))
				return m->alias;
		}
	return NULL;
}

/* Items */

/* A share from 0 to 1 as digits behind a point. */
static bool take_share(struct slice number, int64_t exponent, struct decimal *q)
{
	if (!num_valid(number) || !num_decimal(number, q) || q->m < 0)
		return false;
	q->e += exponent;
	for (; q->m && q->m % 10 == 0; q->m /= 10)
		q->e++;
	if (!q->m)
		q->e = 0;
	return q->e <= 0 && q->e >= -SAMPLE_DIGITS && q->m <= (int64_t)num_ten[-q->e];
}

/* p95, p99.9, p05 */
static bool take_percentile(struct slice name, struct decimal *q)
{
	struct slice digits = name.len ? slice_skip(name, 1) : name;

	if (!digits.len || *name.at != 'p' || !json_is_digit(*digits.at))
		return false;
	while (digits.len > 1 && *digits.at == '0' && json_is_digit(digits.at[1]))
		digits = slice_skip(digits, 1);
	return take_share(digits, -2, q);
}

/* x_w_wavg; quantile(x,0.95) is called as p95(x) is. */
static struct slice name_of(const struct asked_item *item)
{
	struct decimal percent = { item->q.m, item->q.e + 2 };
	struct buf b = { 0 };

	for (size_t i = 0; i < 2 && item->field[i].at; i++) {
		buf_add(&b, item->field[i]);
		buf_byte(&b, '_');
	}
	if (slice_equal(item->label, SLICE("quantile"))) {
		buf_byte(&b, 'p');
		b.len += num_print_decimal(buf_room(&b, NUM_MAX), percent);
	} else {
		buf_add(&b, item->label);
	}
	return buf_slice(&b);
}

static size_t place_in(const struct asked_item *item, struct slice part)
{
	return (size_t)(part.at - item->text.at);
}

static bool take_field(struct asked_item *item, size_t i, struct slice text, struct fault *f)
{
	size_t at = place_in(item, text);

	if (!list_name(text, &item->field[i]))
		return fail(f, "this is not the name of a field", at);
	if (item->field[i].len == text.len &&
		(memchr(text.at, '*', text.len) || memchr(text.at, '?', text.len)))
		return fail(
			f, "a pattern has no place here (backquotes take it to the letter)", at);
	return true;
}

/* What is between the parentheses, as the letters have it. */
static bool take_arguments(
	struct asked_item *item, const char *takes, struct slice text, struct fault *f)
{
	size_t fields = 0, from;
	struct slice rest = text, argument;

	for (; *takes; takes++) {
		if (!rest.at || !list_trim(rest).len)
			return fail(f, "an argument is missing", place_in(item, text) + text.len);
		from = place_in(item, rest);
		if (!list_next(&rest, &argument, f)) {
			f->at += from;
			return false;
		}
		if (*takes != 'q') {
			if (!take_field(item, fields++, argument, f))
				return false;
			continue;
		}
		if (!take_share(argument, 0, &item->q))
			return fail(f, "a number from 0 to 1 is needed, of 15 digits at most",
				place_in(item, argument));
	}
	if (rest.at)
		return fail(f, "there are too many arguments", place_in(item, rest));
	return true;
}

static bool take_bare(struct asked_item *item, const char *takes, struct fault *f)
{
	item->bare = true;
	if (!strcmp(takes, "nq"))
		return fail(f, "a field and a number are needed, as in quantile(x,0.95)",
			item->text.len);
	if (strlen(takes) > 1)
		return fail(f, "two fields are needed, as in wavg(x,y)", item->text.len);
	return true;
}

/* What stands before "as". */
static bool take_what(struct asked *a, struct asked_item *item, struct slice what, struct fault *f)
{
	const char *open = memchr(what.at, '(', what.len), *takes;
	size_t len = open ? (size_t)(open - what.at) : what.len;
	size_t at = place_in(item, what);
	struct slice inner;

	item->label = list_trim((struct slice){ what.at, len });
	item->q = (struct decimal){ 5, -1 };
	item->measure = find_measure(item->label);
	takes = item->measure ? item->measure->takes : "n";
	if (!item->measure && take_percentile(item->label, &item->q))
		item->measure = find_measure(SLICE("quantile"));
	if (!item->measure) {
		a->near = near_measure(item->label);
		return fail(f, "there is no such aggregate", at);
	}
	if (!open)
		return take_bare(item, takes, f);
	if (what.at[what.len - 1] != ')')
		return fail(
			f, "nothing may follow the parentheses but a name after as", at + what.len);
	inner = (struct slice){ open + 1, what.len - len - 2 };
	if (item->measure == find_measure(SLICE("count")) && !list_trim(inner).len) {
		item->measure = &summary_records;
		return true;
	}
	return take_arguments(item, takes, inner, f);
}

static void add_item(struct asked *a, const struct asked_item *item)
{
	MEM_GROW(a->item, a->n, a->cap);
	a->item[a->n] = *item;
	if (!item->name.at && !item->bare)
		a->item[a->n].name = name_of(item);
	a->n++;
}

bool asked_parse(struct asked *a, struct slice text, struct fault *f)
{
	struct asked_item item = { .text = text };
	size_t good = utf8_length(text);
	struct slice what;

	a->about = text;
	a->near = NULL;
	if (good < text.len)
		return fail(f, "this is not UTF-8", good);
	item.named = list_named(text, &what, &item.name);
	if (!item.named && what.len < text.len)
		return fail(f, "after as, a name is needed", text.len);
	if (!what.len)
		return fail(f, "an aggregate is missing", 0);
	if (!take_what(a, &item, what, f))
		return false;
	if (item.measure != &summary_records || item.named)
		add_item(a, &item);
	return true;
}

/* Bare items */

static void spread_over(struct asked *a, const struct asked *from, struct slice field)
{
	for (size_t i = 0; i < from->n; i++) {
		struct asked_item item = from->item[i];
		if (!item.bare)
			continue;
		item.field[0] = field;
		item.bare = false;
		add_item(a, &item);
	}
}

/* Without fields, a bare count is that of the records. */
static bool spread_over_none(struct asked *a, const struct asked *from, struct fault *f)
{
	for (size_t i = 0; i < from->n; i++) {
		struct asked_item item = from->item[i];
		if (!item.bare)
			continue;
		if (item.measure != find_measure(SLICE("count"))) {
			a->about = item.text;
			return fail(f, "of which field?", item.text.len);
		}
		item.measure = &summary_records;
		item.bare = false;
		if (item.named)
			add_item(a, &item);
	}
	return true;
}

static bool spread_bare(
	struct asked *a, const struct asked *from, const struct names *fields, struct fault *f)
{
	for (size_t i = 0; i < fields->n; i++) {
		a->about = fields->at[i].text;
		if (fields->at[i].pattern)
			return fail(f, "a pattern has no place beside aggregates", 0);
		spread_over(a, from, fields->at[i].text);
	}
	return fields->n || spread_over_none(a, from, f);
}

static bool spread(struct asked *a, const struct names *fields, struct fault *f)
{
	struct asked from = *a;
	bool met = false, good = true;

	a->item = NULL;
	a->n = a->cap = 0;
	for (size_t i = 0; i < from.n; i++) {
		if (!from.item[i].bare)
			add_item(a, &from.item[i]);
		else if (!met)
			good = spread_bare(a, &from, fields, f);
		met |= from.item[i].bare;
	}
	free(from.item);
	return good;
}

/* Names of results */

void asked_reserve(struct asked *a, struct slice name)
{
	MEM_GROW(a->reserved, a->reserves, a->reserved_cap);
	a->reserved[a->reserves++] = name;
}

static bool check_names(struct asked *a, struct fault *f)
{
	for (size_t i = 0; i < a->n; i++) {
		a->about = a->item[i].name;
		for (size_t k = 0; k < a->reserves; k++)
			if (slice_equal(a->about, a->reserved[k]))
				return fail(f, "this name is taken: give another after as", 0);
		for (size_t k = 0; k < i; k++)
			if (slice_equal(a->about, a->item[k].name))
				return fail(
					f, "two results have this name: give another after as", 0);
	}
	return true;
}

bool asked_complete(struct asked *a, const struct names *fields, struct fault *f)
{
	return spread(a, fields, f) && check_names(a, f);
}

void asked_free(struct asked *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (!a->item[i].named)
			free((char *)a->item[i].name.at);
	free(a->item);
	free(a->reserved);
}
