/* An item is matched with the tables of the aggregates, where letters tell what stands between the
 * parentheses. p95(x) is quantile(x,0.95) under another name. */
#include "aggregate/request.h"

#include <stdlib.h>
#include <string.h>

#include "aggregate/argmin.h"
#include "aggregate/quantiles.h"
#include "aggregate/statistics.h"
#include "aggregate/summary.h"
#include "aggregate/timeline.h"
#include "aggregate/variety.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "record/json.h"
#include "sketch/sample.h"
#include "text/list.h"
#include "text/near.h"

/* Aggregates by name */

static const struct measure *const tables[] = { summary_table, statistics_table, quantiles_table,
	timeline_table, variety_table, argmin_table };

enum { TABLES = sizeof tables / sizeof *tables };

void request_each_known(void (*each)(const struct measure *, void *), void *with)
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

	if (!digits.len || *name.at != 'p' || !is_digit(*digits.at))
		return false;
	while (digits.len > 1 && *digits.at == '0' && is_digit(digits.at[1]))
		digits = slice_skip(digits, 1);
	return take_share(digits, -2, q);
}

/* x_w_wavg; quantile(x,0.95) is called as p95(x) is. */
static struct slice name_of(const struct request_item *item)
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

static size_t place_in(const struct request_item *item, struct slice part)
{
	return (size_t)(part.at - item->text.at);
}

static bool take_field(struct request_item *item, size_t i, struct slice text, struct fault *f)
{
	size_t at = place_in(item, text);

	if (!list_name(text, &item->field[i]))
		return fault_set(f, "this is not the name of a field", at);
	if (item->field[i].len == text.len &&
		(memchr(text.at, '*', text.len) || memchr(text.at, '?', text.len)))
		return fault_set(
			f, "a pattern has no place here (backquotes take it to the letter)", at);
	return true;
}

/* What is between the parentheses, as the letters have it. */
static bool take_arguments(
	struct request_item *item, const char *takes, struct slice text, struct fault *f)
{
	size_t fields = 0, from;
	struct slice rest = text, argument;

	for (; *takes; takes++) {
		if (!rest.at || !list_trim(rest).len)
			return fault_set(
				f, "an argument is missing", place_in(item, text) + text.len);
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
			return fault_set(f, "a number from 0 to 1 is needed, of 15 digits at most",
				place_in(item, argument));
	}
	if (rest.at)
		return fault_set(f, "there are too many arguments", place_in(item, rest));
	return true;
}

static bool take_bare(struct request_item *item, const char *takes, struct fault *f)
{
	item->bare = true;
	if (!strcmp(takes, "nq"))
		return fault_set(f, "a field and a number are needed, as in quantile(x,0.95)",
			item->text.len);
	if (strlen(takes) > 1)
		return fault_set(f, "two fields are needed, as in wavg(x,y)", item->text.len);
	return true;
}

/* What stands before "as". */
static bool take_what(
	struct request *r, struct request_item *item, struct slice what, struct fault *f)
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
		r->near = near_measure(item->label);
		return fault_set(f, "there is no such aggregate", at);
	}
	if (!open)
		return take_bare(item, takes, f);
	if (what.at[what.len - 1] != ')')
		return fault_set(
			f, "nothing may follow the parentheses but a name after as", at + what.len);
	inner = (struct slice){ open + 1, what.len - len - 2 };
	if (item->measure == find_measure(SLICE("count")) && !list_trim(inner).len) {
		item->measure = &summary_records;
		return true;
	}
	return take_arguments(item, takes, inner, f);
}

static void add_item(struct request *r, const struct request_item *item)
{
	MEM_GROW(r->item, r->n, r->cap);
	r->item[r->n] = *item;
	if (!item->name.at && !item->bare)
		r->item[r->n].name = name_of(item);
	r->n++;
}

bool request_parse(struct request *r, struct slice text, struct fault *f)
{
	struct request_item item = { .text = text };
	size_t good = utf8_length(text);
	struct slice what;

	r->about = text;
	r->near = NULL;
	if (good < text.len)
		return fault_set(f, "this is not UTF-8", good);
	item.named = list_named(text, &what, &item.name);
	if (!item.named && what.len < text.len)
		return fault_set(f, "after as, a name is needed", text.len);
	if (!what.len)
		return fault_set(f, "an aggregate is missing", 0);
	if (!take_what(r, &item, what, f))
		return false;
	if (item.measure != &summary_records || item.named)
		add_item(r, &item);
	return true;
}

/* Bare items */

static void spread_over(struct request *r, const struct request *from, struct slice field)
{
	for (size_t i = 0; i < from->n; i++) {
		struct request_item item = from->item[i];
		if (!item.bare)
			continue;
		item.field[0] = field;
		item.bare = false;
		add_item(r, &item);
	}
}

/* Without fields, a bare count is that of the records. */
static bool spread_over_none(struct request *r, const struct request *from, struct fault *f)
{
	for (size_t i = 0; i < from->n; i++) {
		struct request_item item = from->item[i];
		if (!item.bare)
			continue;
		if (item.measure != find_measure(SLICE("count"))) {
			r->about = item.text;
			return fault_set(f, "of which field?", item.text.len);
		}
		item.measure = &summary_records;
		item.bare = false;
		if (item.named)
			add_item(r, &item);
	}
	return true;
}

/* Here are the results of what a pattern will be found to stand for. */
static bool spread_over_pattern(
	struct request *r, const struct request *from, size_t name, struct fault *f)
{
	MEM_GROW(r->pattern, r->patterns, r->pattern_cap);
	r->pattern[r->patterns++] = (struct request_pattern){ name, r->n };
	if (r->each)
		return true;
	r->each = mem_array(from->n, sizeof *r->each);
	for (size_t i = 0; i < from->n; i++) {
		if (!from->item[i].bare)
			continue;
		r->about = from->item[i].name;
		if (from->item[i].named)
			return fault_set(
				f, "a pattern has several results, so they have no name", 0);
		r->each[r->eachs++] = from->item[i];
	}
	return true;
}

static bool spread_bare(
	struct request *r, const struct request *from, const struct names *fields, struct fault *f)
{
	for (size_t i = 0; i < fields->n; i++) {
		r->about = fields->at[i].text;
		if (!fields->at[i].pattern)
			spread_over(r, from, fields->at[i].text);
		else if (!spread_over_pattern(r, from, i, f))
			return false;
	}
	return fields->n || spread_over_none(r, from, f);
}

static bool spread(struct request *r, const struct names *fields, struct fault *f)
{
	struct request from = *r;
	bool met = false, good = true;

	r->item = NULL;
	r->n = r->cap = 0;
	for (size_t i = 0; i < from.n; i++) {
		if (!from.item[i].bare)
			add_item(r, &from.item[i]);
		else if (!met)
			good = spread_bare(r, &from, fields, f);
		met |= from.item[i].bare;
	}
	free(from.item);
	return good;
}

/* Names of results */

void request_reserve(struct request *r, struct slice name)
{
	MEM_GROW(r->reserved, r->reserves, r->reserved_cap);
	r->reserved[r->reserves++] = name;
}

static bool is_taken(const struct request *r, struct slice name)
{
	for (size_t i = 0; i < r->reserves; i++)
		if (slice_equal(name, r->reserved[i]))
			return true;
	for (size_t i = 0; i < r->n; i++)
		if (slice_equal(name, r->item[i].name))
			return true;
	return false;
}

bool request_spread(
	const struct request *r, size_t each, struct slice field, struct request_item *item)
{
	*item = r->each[each];
	item->field[0] = field;
	item->bare = false;
	item->name = name_of(item);
	return !is_taken(r, item->name);
}

void request_print(const struct request_item *item, struct buf *b)
{
	bool spread = item->field[0].at && !memchr(item->text.at, '(', item->text.len);

	buf_add(b, spread ? item->label : item->text);
	if (!spread)
		return;
	buf_byte(b, '(');
	buf_add(b, item->field[0]);
	buf_byte(b, ')');
}

static bool check_names(struct request *r, struct fault *f)
{
	for (size_t i = 0; i < r->n; i++) {
		r->about = r->item[i].name;
		for (size_t k = 0; k < r->reserves; k++)
			if (slice_equal(r->about, r->reserved[k]))
				return fault_set(f, "this name is taken: give another after as", 0);
		for (size_t k = 0; k < i; k++)
			if (slice_equal(r->about, r->item[k].name)) {
				r->rival[0] = &r->item[k];
				r->rival[1] = &r->item[i];
				return fault_set(
					f, "two results have this name: give another after as", 0);
			}
	}
	return true;
}

bool request_complete(struct request *r, const struct names *fields, struct fault *f)
{
	return spread(r, fields, f) && check_names(r, f);
}

void request_free(struct request *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->item[i].named)
			free((char *)r->item[i].name.at);
	free(r->item);
	free(r->pattern);
	free(r->each);
	free(r->reserved);
}
