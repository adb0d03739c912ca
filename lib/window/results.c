#include "window/results.h"

#include <inttypes.h>

#include "aggregate/request.h"
#include "base/arena.h"
#include "base/buf.h"
#include "number/num.h"
#include "record/fields.h"
#include "record/json.h"
#include "record/rec.h"
#include "time/zone.h"

enum { MOST_NAMES = 9 };

/* The members that results have anyway. */
static size_t list_names(const struct results *p, const char *name[MOST_NAMES])
{
	size_t n = 0;

	name[n++] = "count";
	name[n++] = "partial";
	if (p->bounds) {
		name[n++] = "window_start";
		name[n++] = "window_end";
	}
	if (p->sizes > 1)
		name[n++] = "window_size";
	if (p->ends) {
		name[n++] = "first";
		name[n++] = "last";
	}
	if (p->revisions) {
		name[n++] = "pane";
		name[n++] = "rev";
	}
	return n;
}

const char *results_reserve(const struct results *p)
{
	const char *name[MOST_NAMES], *taken = NULL;
	size_t n = list_names(p, name);

	for (size_t i = 0; i < n; i++) {
		struct slice text = slice_of(name[i]);
		request_reserve(&p->aggregates->request, text);
		for (size_t k = 0; k < p->keys->n && !taken; k++)
			if (slice_equal(p->keys->item[k].name, text))
				taken = name[i];
	}
	for (size_t k = 0; k < p->keys->n; k++)
		request_reserve(&p->aggregates->request, p->keys->item[k].name);
	return taken;
}

static void add_time(const struct results *p, struct buf *b, struct slice name, struct instant t)
{
	char text[STAMP_MAX];

	buf_add(b, name);
	buf_add(b, (struct slice){ text, stamp_print(text, &p->style, t) });
}

static bool is_printed(const struct results *p, const struct result *result)
{
	const struct interval *a = &p->printed.span, *b = &result->span;

	return p->place.len && !instant_compare(a->start, b->start) &&
		!instant_compare(a->end, b->end) && p->printed.size == result->size;
}

/* The bounds, which are those of the result before in most cases. */
static void add_place(struct results *p, const struct result *result)
{
	if (!is_printed(p, result)) {
		p->place.len = 0;
		add_time(p, &p->place, SLICE(",\"window_start\":"), result->span.start);
		add_time(p, &p->place, SLICE(",\"window_end\":"), result->span.end);
		if (p->sizes > 1) {
			buf_add(&p->place, SLICE(",\"window_size\":"));
			json_quote(&p->place, p->size[result->size]);
		}
		p->printed = *result;
	}
	buf_add(&p->line, buf_slice(&p->place));
}

static void add_number(struct buf *b, struct slice name, uint64_t number)
{
	buf_add(b, name);
	b->len += num_print_integer(buf_room(b, NUM_MAX), number);
}

static void begin(
	struct results *p, const struct result *result, struct slice shown, uint64_t count)
{
	p->line.len = 0;
	buf_byte(&p->line, '{');
	keys_print(p->keys, shown, &p->line);
	if (p->bounds)
		add_place(p, result);
	if (p->ends && !result->untimed) {
		add_time(p, &p->line, SLICE(",\"first\":"), result->first);
		add_time(p, &p->line, SLICE(",\"last\":"), result->last);
	}
	add_number(&p->line, SLICE(",\"count\":"), count);
}

static struct slice end(struct results *p)
{
	struct buf *line = &p->line;

	buf_add(line, SLICE("}\n"));
	/* Without a key nothing precedes the first comma. */
	if (line->at[1] == ',') {
		memmove(line->at + 1, line->at + 2, line->len - 2);
		line->len--;
	}
	return buf_slice(line);
}

struct slice results_print(struct results *p, const struct result *result, struct slice shown,
	struct group *group, bool partial)
{
	begin(p, result, shown, group->count);
	if (partial) {
		buf_add(&p->line, SLICE(",\"partial\":1"));
		agg_print_partial(p->aggregates, group->cells, &p->line);
	} else {
		agg_print(p->aggregates, group->cells, &p->line);
	}
	group->changed = false;
	if (p->revisions)
		buf_printf(
			&p->line, ",\"pane\":\"%s\",\"rev\":%" PRIu32, result->pane, group->rev++);
	return end(p);
}

struct slice results_print_filled(
	struct results *p, const struct result *result, struct slice shown, struct slice aggregates)
{
	begin(p, result, shown, 0);
	buf_add(&p->line, aggregates);
	return end(p);
}

bool results_values(const struct results *p, struct slice line, struct slice *values)
{
	bool good = json_pass(&line, SLICE("{"));

	for (size_t i = 0; i < p->keys->n; i++)
		good = good && json_pass_member(&line, p->keys->item[i].json) &&
			json_pass(&line, SLICE(","));
	good = good && json_pass_member(&line, SLICE("\"window_start\":")) &&
		json_pass_member(&line, SLICE(",\"window_end\":")) &&
		json_pass_member(&line, SLICE(",\"count\":"));
	*values = line;
	good = good && agg_pass(p->aggregates, &line);
	values->len -= line.len;
	return good && slice_equal(line, SLICE("}\n"));
}

static bool is_asked_for(const struct results *p, struct slice name)
{
	const struct request *asked = &p->aggregates->request;

	for (size_t i = 0; i < p->keys->n; i++)
		if (slice_equal(p->keys->item[i].name, name))
			return true;
	for (size_t i = 0; i < asked->n; i++)
		if (slice_equal(asked->item[i].name, name))
			return true;
	return false;
}

static void expect_foreign(struct results *p, struct fields *fields, bool ours, struct slice name)
{
	if (!ours && !is_asked_for(p, name))
		p->foreign[p->foreigns++] = fields_add(fields, name);
}

void results_expect_partial(struct results *p, struct fields *fields)
{
	expect_foreign(p, fields, p->bounds, SLICE("window_start"));
	expect_foreign(p, fields, p->bounds, SLICE("window_end"));
	expect_foreign(p, fields, p->sizes > 1, SLICE("window_size"));
	expect_foreign(p, fields, p->ends, SLICE("first"));
	expect_foreign(p, fields, p->ends, SLICE("last"));
	p->start = fields_add(fields, SLICE("window_start"));
	p->end = fields_add(fields, SLICE("window_end"));
	p->length = fields_add(fields, SLICE("window_size"));
	p->count = fields_add(fields, SLICE("count"));
	p->first = fields_add(fields, SLICE("first"));
	p->last = fields_add(fields, SLICE("last"));
	p->rev = fields_add(fields, SLICE("rev"));
	p->version = fields_add(fields, SLICE("partial"));
	agg_resolve_partial(p->aggregates, fields);
}

static bool read_time(struct stamp *s, struct rec *r, uint32_t field, struct instant *t)
{
	struct fault fault = { "is no time", 0 };
	struct arena meant = { 0 };
	bool good = stamp_value(s, rec_value(r, field), &meant, t, &fault);

	arena_free(&meant);
	if (!good)
		rec_refuse(r, field, fault.what);
	return good;
}

bool results_write_like(struct results *p, struct rec *r, uint32_t field)
{
	struct zone utc = zone_fixed(0);
	struct stamp s = { .zone = &utc };
	struct instant t;

	if (!read_time(&s, r, field, &t))
		return false;
	p->style.style = s.style;
	p->style.scale = s.scale;
	return true;
}

/* What results write: a bound may have another size than the times in the window. */
static struct stamp stamp_of_results(const struct results *p)
{
	struct stamp s = p->style;

	s.scale.given = s.scale.known;
	return s;
}

bool results_read_time(const struct results *p, struct rec *r, uint32_t field, struct instant *t)
{
	struct stamp s = stamp_of_results(p);

	return read_time(&s, r, field, t);
}

/* By its size one of the two may be of another unit than the records between them, but not the one that is
 * further from 1970, except in the year 5138. */
static bool learn_unit(struct results *p, struct rec *r, const uint32_t field[2])
{
	struct stamp first = { .zone = p->style.zone }, second = first, s = p->style;
	struct instant t;

	if (!read_time(&first, r, field[0], &t) || !read_time(&second, r, field[1], &t) ||
		!read_time(&s, r, field[second.scale.unit > first.scale.unit], &t))
		return false;
	p->style.scale = s.scale;
	return true;
}

/* Where clocks show a time twice, its offset does not tell whether others have one; nor does +05:30 show
 * that a whole hour is +05. So a style that fits the first time as well takes the place of that one's. */
static bool learn_style(struct results *p, struct rec *r, uint32_t field)
{
	struct stamp s = stamp_of_results(p);
	struct instant t;

	if (!read_time(&s, r, field, &t))
		return false;
	if (!p->learnt) {
		p->learnt = true;
		p->lesson = t;
		p->style.style = s.style;
	}
	if (!stamp_alike(&p->style, &s.style, t) && stamp_alike(&p->style, &s.style, p->lesson))
		p->style.style = s.style;
	return true;
}

static bool learn(struct results *p, struct rec *r)
{
	const uint32_t bounds[2] = { p->start, p->end }, ends[2] = { p->first, p->last };

	return learn_unit(p, r, p->ends ? ends : bounds) && learn_style(p, r, p->start) &&
		learn_style(p, r, p->end) && (!p->ends || learn_style(p, r, p->last));
}

static bool read_number(struct rec *r, uint32_t field, uint64_t least, uint64_t *number)
{
	struct slice text;
	struct decimal d;

	if (rec_number(r, field, &text) && num_decimal(text, &d) && !d.e && d.m >= (int64_t)least) {
		*number = (uint64_t)d.m;
		return true;
	}
	rec_blame(r, field, "is not a number that counts something");
	return false;
}

static bool read_size(struct results *p, struct rec *r, size_t *size)
{
	struct value v = rec_value(r, p->length);

	*size = 0;
	if (p->sizes < 2)
		return true;
	for (; *size < p->sizes; ++*size)
		if (v.kind == KIND_TEXT &&
			slice_equal((struct slice){ v.at + 1, v.len - 2 }, p->size[*size]))
			return true;
	rec_blame(r, p->length, "is none of the sizes asked for");
	return false;
}

static bool is_foreign(struct results *p, struct rec *r)
{
	for (size_t i = 0; i < p->foreigns; i++)
		if (rec_value(r, p->foreign[i]).kind != KIND_MISSING) {
			rec_blame(r, p->foreign[i], "is there, so this is of other windows");
			return true;
		}
	return false;
}

/* Of the form of partial results there is one so far. */
static bool is_partial(struct results *p, struct rec *r)
{
	struct value v = rec_value(r, p->version);

	if (v.kind == KIND_NUMBER && v.len == 1 && *v.at == '1')
		return true;
	rec_blame(r, p->version,
		v.kind <= KIND_NULL ? "is missing, so this is no partial result" :
				      "is not 1, the form that is known");
	return false;
}

static bool read_bounds(struct results *p, struct rec *r, struct interval *span)
{
	return results_read_time(p, r, p->start, &span->start) &&
		results_read_time(p, r, p->end, &span->end);
}

bool results_read(struct results *p, struct rec *r, struct interval *span, uint64_t *count)
{
	return read_bounds(p, r, span) && read_number(r, p->count, 0, count);
}

/* Of rows there may be none. */
static bool read_ends(struct results *p, struct rec *r, struct result *result)
{
	result->untimed = !p->bounds && rec_value(r, p->first).kind == KIND_MISSING &&
		rec_value(r, p->last).kind == KIND_MISSING;
	return result->untimed ||
		(results_read_time(p, r, p->first, &result->first) &&
			results_read_time(p, r, p->last, &result->last));
}

bool results_read_partial(struct results *p, struct rec *r, struct result *result, uint64_t *count)
{
	if (!is_partial(p, r) || is_foreign(p, r))
		return false;
	if (p->learns && !learn(p, r))
		return false;
	if (p->bounds && !read_bounds(p, r, &result->span))
		return false;
	if (p->ends && !read_ends(p, r, result))
		return false;
	if (p->revisions) {
		uint64_t rev;
		if (!read_number(r, p->rev, 0, &rev))
			return false;
		result->rev = (uint32_t)rev;
	}
	return read_size(p, r, &result->size) && read_number(r, p->count, 1, count);
}
