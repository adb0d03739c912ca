/* Results of the same arguments that gather the same share a cell. The usual ones, of which there may be
 * many for each record, come first and are added to without a call.
 *
 * A partial result of a shared cell is a part of it; what an earlier one has brought is not brought
 * twice. */
#include "agg.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "list.h"
#include "mem.h"
#include "near.h"
#include "places.h"
#include "quantiles.h"
#include "sample.h"
#include "statistics.h"
#include "summary.h"
#include "timeline.h"
#include "utf8.h"
#include "variety.h"
#include "words.h"

enum { NEED_NUMBER = 1, NEED_TRUTH = 2, NO_SLOT = UINT32_MAX };

struct agg_slot {
	struct slice name;
	uint32_t field;
	unsigned needs;
	struct reading reading;
};

struct agg_cell {
	const struct measure_store *store;
	uint32_t slot[2]; /* or NO_SLOT */
	unsigned parts;   /* those that are wanted */
	bool numbers;     /* nothing else may be read back in it */
	size_t at;
	size_t result; /* the first that has it */
};

static bool fail(struct fault *f, const char *what, size_t at)
{
	*f = (struct fault){ what, at };
	return false;
}

/* Names of aggregates */

static const struct measure *const tables[] = { summary_table, statistics_table, quantiles_table,
	timeline_table, variety_table, places_table };

enum { TABLES = sizeof tables / sizeof *tables };

void agg_each(void (*each)(const struct measure *, void *), void *with)
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

static struct slice keep(struct buf *b)
{
	struct slice s = { b->at, b->len };

	*b = (struct buf){ 0 };
	return s;
}

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
static struct slice name_of(const struct agg_result *r)
{
	struct decimal percent = { r->q.m, r->q.e + 2 };
	struct buf b = { 0 };

	for (size_t i = 0; i < 2 && r->field[i].at; i++) {
		buf_add(&b, r->field[i]);
		buf_byte(&b, '_');
	}
	if (slice_equal(r->label, SLICE("quantile"))) {
		buf_byte(&b, 'p');
		b.len += num_print_decimal(buf_room(&b, NUM_MAX), percent);
	} else {
		buf_add(&b, r->label);
	}
	return keep(&b);
}

static size_t place_in(const struct agg_result *r, struct slice part)
{
	return (size_t)(part.at - r->item.at);
}

static bool take_field(struct agg_result *r, size_t i, struct slice text, struct fault *f)
{
	size_t at = place_in(r, text);

	if (!list_name(text, &r->field[i]))
		return fail(f, "this is not the name of a field", at);
	if (r->field[i].len == text.len &&
		(memchr(text.at, '*', text.len) || memchr(text.at, '?', text.len)))
		return fail(
			f, "a pattern has no place here (backquotes take it to the letter)", at);
	return true;
}

/* What is between the parentheses, as the letters have it. */
static bool take_arguments(
	struct agg_result *r, const char *takes, struct slice text, struct fault *f)
{
	size_t fields = 0, from;
	struct slice rest = text, argument;

	for (; *takes; takes++) {
		if (!rest.at || !list_trim(rest).len)
			return fail(f, "an argument is missing", place_in(r, text) + text.len);
		from = place_in(r, rest);
		if (!list_next(&rest, &argument, f)) {
			f->at += from;
			return false;
		}
		if (*takes != 'q') {
			if (!take_field(r, fields++, argument, f))
				return false;
			continue;
		}
		if (!take_share(argument, 0, &r->q))
			return fail(f, "a number from 0 to 1 is needed, of 15 digits at most",
				place_in(r, argument));
	}
	if (rest.at)
		return fail(f, "there are too many arguments", place_in(r, rest));
	return true;
}

static bool take_bare(struct agg_result *r, const char *takes, struct fault *f)
{
	r->bare = true;
	if (!strcmp(takes, "nq"))
		return fail(
			f, "a field and a number are needed, as in quantile(x,0.95)", r->item.len);
	if (strlen(takes) > 1)
		return fail(f, "two fields are needed, as in wavg(x,y)", r->item.len);
	return true;
}

/* What stands before "as". */
static bool take_what(struct agg *a, struct agg_result *r, struct slice what, struct fault *f)
{
	const char *open = memchr(what.at, '(', what.len), *takes;
	size_t len = open ? (size_t)(open - what.at) : what.len;
	size_t at = place_in(r, what);
	struct slice inner;

	r->label = list_trim((struct slice){ what.at, len });
	r->q = (struct decimal){ 5, -1 };
	r->measure = find_measure(r->label);
	takes = r->measure ? r->measure->takes : "n";
	if (!r->measure && take_percentile(r->label, &r->q))
		r->measure = find_measure(SLICE("quantile"));
	if (!r->measure) {
		a->near = near_measure(r->label);
		return fail(f, "there is no such aggregate", at);
	}
	if (!open)
		return take_bare(r, takes, f);
	if (what.at[what.len - 1] != ')')
		return fail(
			f, "nothing may follow the parentheses but a name after as", at + what.len);
	inner = (struct slice){ open + 1, what.len - len - 2 };
	if (r->measure == find_measure(SLICE("count")) && !list_trim(inner).len) {
		r->measure = &summary_records;
		return true;
	}
	return take_arguments(r, takes, inner, f);
}

static void add_result(struct agg *a, const struct agg_result *r)
{
	MEM_GROW(a->result, a->n, a->cap);
	a->result[a->n] = *r;
	if (!r->name.at && !r->bare)
		a->result[a->n].name = name_of(r);
	a->n++;
}

bool agg_parse(struct agg *a, struct slice item, struct fault *f)
{
	struct agg_result r = { .item = item };
	size_t good = utf8_length(item);
	struct slice what;

	a->about = item;
	a->near = NULL;
	if (good < item.len)
		return fail(f, "this is not UTF-8", good);
	r.named = list_named(item, &what, &r.name);
	if (!r.named && what.len < item.len)
		return fail(f, "after as, a name is needed", item.len);
	if (!what.len)
		return fail(f, "an aggregate is missing", 0);
	if (!take_what(a, &r, what, f))
		return false;
	if (r.measure != &summary_records || r.named)
		add_result(a, &r);
	return true;
}

/* Bare items */

static void spread_over(struct agg *a, const struct agg *from, struct slice field)
{
	for (size_t i = 0; i < from->n; i++) {
		struct agg_result r = from->result[i];
		if (!r.bare)
			continue;
		r.field[0] = field;
		r.bare = false;
		add_result(a, &r);
	}
}

/* Without fields, a bare count is that of the records. */
static bool spread_over_none(struct agg *a, const struct agg *from, struct fault *f)
{
	for (size_t i = 0; i < from->n; i++) {
		struct agg_result r = from->result[i];
		if (!r.bare)
			continue;
		if (r.measure != find_measure(SLICE("count"))) {
			a->about = r.item;
			return fail(f, "of which field?", r.item.len);
		}
		r.measure = &summary_records;
		r.bare = false;
		if (r.named)
			add_result(a, &r);
	}
	return true;
}

static bool spread_bare(
	struct agg *a, const struct agg *from, const struct names *fields, struct fault *f)
{
	for (size_t i = 0; i < fields->n; i++) {
		a->about = fields->at[i].text;
		if (fields->at[i].pattern)
			return fail(f, "a pattern has no place beside aggregates", 0);
		spread_over(a, from, fields->at[i].text);
	}
	return fields->n || spread_over_none(a, from, f);
}

bool agg_spread(struct agg *a, const struct names *fields, struct fault *f)
{
	struct agg from = *a;
	bool spread = false, good = true;

	a->result = NULL;
	a->n = a->cap = 0;
	for (size_t i = 0; i < from.n; i++) {
		if (!from.result[i].bare)
			add_result(a, &from.result[i]);
		else if (!spread)
			good = spread_bare(a, &from, fields, f);
		spread |= from.result[i].bare;
	}
	free(from.result);
	return good;
}

/* Cells */

void agg_reserve(struct agg *a, struct slice name)
{
	MEM_GROW(a->reserved, a->reserves, a->reserved_cap);
	a->reserved[a->reserves++] = name;
}

static bool check_names(struct agg *a, struct fault *f)
{
	for (size_t i = 0; i < a->n; i++) {
		a->about = a->result[i].name;
		for (size_t k = 0; k < a->reserves; k++)
			if (slice_equal(a->about, a->reserved[k]))
				return fail(f, "this name is taken: give another after as", 0);
		for (size_t k = 0; k < i; k++)
			if (slice_equal(a->about, a->result[k].name))
				return fail(
					f, "two results have this name: give another after as", 0);
	}
	return true;
}

static unsigned need(char takes)
{
	return takes == 'n' ? NEED_NUMBER : takes == 'b' ? NEED_TRUTH : 0;
}

static uint32_t slot_of(struct agg *a, struct slice name, char takes, struct fields *fields)
{
	uint32_t i = 0;

	if (!name.at)
		return NO_SLOT;
	while (i < a->slots && !slice_equal(a->slot[i].name, name))
		i++;
	if (i == a->slots) {
		MEM_GROW(a->slot, a->slots, a->slot_cap);
		a->slot[a->slots++] =
			(struct agg_slot){ .name = name, .field = fields_add(fields, name) };
	}
	a->slot[i].needs |= need(takes);
	return i;
}

static void place_result(struct agg *a, size_t result, struct fields *fields)
{
	struct agg_result *r = &a->result[result];
	const char *takes = r->measure->takes;
	struct agg_cell c = { .store = r->measure->store, .result = result, .at = a->size };

	c.numbers = c.store->apart && takes[0] == 'n';
	c.slot[0] = slot_of(a, r->field[0], takes[0], fields);
	c.slot[1] = slot_of(a, r->field[1], takes[0] ? takes[1] : 0, fields);
	for (r->cell = 0; r->cell < a->cells; r->cell++) {
		const struct agg_cell *known = &a->cell[r->cell];
		if (known->store == c.store && known->numbers == c.numbers &&
			!memcmp(known->slot, c.slot, sizeof c.slot))
			return;
	}
	MEM_GROW(a->cell, a->cells, a->cell_cap);
	a->cell[a->cells++] = c;
	a->size += c.store->size;
}

/* What each partial result brings of its cell. The count that nobody shows comes with the first. */
static void share_parts(struct agg *a, uint32_t cell)
{
	struct agg_cell *c = &a->cell[cell];
	unsigned hidden, brought = 0;

	for (size_t i = 0; i < a->n; i++)
		c->parts |= a->result[i].cell == cell ? a->result[i].measure->parts : 0;
	hidden = c->store == &summary_store ? SUMMARY_COUNT & ~c->parts : 0;
	c->parts |= hidden;
	for (size_t i = 0; i < a->n; i++) {
		struct agg_result *r = &a->result[i];
		if (r->cell != cell)
			continue;
		r->bears = (r->measure->parts | hidden) & ~brought;
		brought |= r->bears;
	}
}

static struct slice json_member(struct slice name)
{
	struct buf b = { 0 };

	buf_byte(&b, ',');
	json_quote(&b, name);
	buf_byte(&b, ':');
	return keep(&b);
}

bool agg_resolve(struct agg *a, struct fields *fields, struct fault *f)
{
	if (!check_names(a, f))
		return false;
	if (!a->most)
		a->most = AGG_MOST;
	for (size_t i = 0; i < a->n; i++) {
		struct agg_result *r = &a->result[i];
		r->json = json_member(r->name);
		r->member = FIELD_NONE;
		if (a->exact && r->measure->store->kept)
			r->measure = r->measure->store->kept;
		if (r->measure->store == &summary_store)
			place_result(a, i, fields);
	}
	a->plain = a->cells;
	for (size_t i = 0; i < a->n; i++)
		if (a->result[i].measure->store != &summary_store)
			place_result(a, i, fields);
	for (uint32_t i = 0; i < a->cells; i++)
		share_parts(a, i);
	return true;
}

void agg_resolve_partial(struct agg *a, struct fields *fields)
{
	for (size_t i = 0; i < a->n; i++)
		a->result[i].member = fields_add(fields, a->result[i].name);
}

bool agg_needs_time(const struct agg *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->result[i].measure->store->timed)
			return true;
	return false;
}

size_t agg_size(const struct agg *a)
{
	return a->size;
}

static void *at(const struct agg *a, void *cells, size_t i)
{
	return (char *)cells + a->cell[i].at;
}

static struct measure_cell whole(const struct agg *a, void *cells, size_t i)
{
	return (struct measure_cell){ .at = at(a, cells, i), .parts = a->cell[i].parts };
}

/* Records */

static bool is_skipped(const struct agg *a, enum kind kind)
{
	return a->skip_text && (kind == KIND_TEXT || kind == KIND_TRUE || kind == KIND_FALSE);
}

/* Is it of a kind that its aggregates can do with? Then NULL. */
static const char *objection(unsigned needs, enum kind kind)
{
	if (needs & NEED_NUMBER && kind != KIND_NUMBER)
		return "is not a number";
	if (needs & NEED_TRUTH && kind != KIND_TRUE && kind != KIND_FALSE)
		return "is neither true nor false";
	return NULL;
}

static bool read_other(struct agg *a, struct agg_slot *s, struct rec *r, struct value v)
{
	const char *what = objection(s->needs, v.kind);

	reading_take_padded(&s->reading, v);
	if (s->reading.is == READING_NONE || !what)
		return true;
	if (!is_skipped(a, v.kind)) {
		rec_blame(r, s->field, what);
		return false;
	}
	a->skipped++;
	s->reading.is = READING_NONE;
	return true;
}

bool agg_read(struct agg *a, struct rec *r, struct instant t)
{
	a->t = t;
	for (size_t i = 0; i < a->slots; i++) {
		struct agg_slot *s = &a->slot[i];
		struct value v = rec_value(r, s->field);
		if (v.kind == KIND_NUMBER && !(s->needs & NEED_TRUTH))
			a->beyond += !reading_take_padded(&s->reading, v);
		else if (!read_other(a, s, r, v))
			return false;
	}
	return true;
}

/* False: there is none. */
static bool take_reading(struct agg *a, uint32_t slot, struct reading **r)
{
	*r = slot == NO_SLOT ? NULL : &a->slot[slot].reading;
	return !*r || (*r)->is != READING_NONE;
}

/* Notes which result keeps too many values. */
static bool is_within(struct agg *a, void *cells, size_t i)
{
	const struct agg_cell *c = &a->cell[i];

	if (!c->store->full || !c->store->full(at(a, cells, i), a->most))
		return true;
	a->excess = a->result[c->result].name;
	return false;
}

bool agg_add(struct agg *a, void *cells)
{
	struct summary *plain = cells;
	bool good = true;

	for (size_t i = 0; i < a->plain; i++)
		summary_add(&plain[i], &a->slot[a->cell[i].slot[0]].reading);
	for (size_t i = a->plain; i < a->cells; i++) {
		const struct agg_cell *c = &a->cell[i];
		struct measure_cell cell = whole(a, cells, i);
		struct measure_input in = { .t = a->t };
		if (take_reading(a, c->slot[0], &in.x) && take_reading(a, c->slot[1], &in.y))
			c->store->add(&cell, &in);
		good &= is_within(a, cells, i);
	}
	return good;
}

bool agg_merge(struct agg *a, void *to, void *from)
{
	bool good = true;

	for (size_t i = 0; i < a->cells; i++) {
		struct measure_cell cell = whole(a, to, i);
		a->cell[i].store->merge(&cell, at(a, from, i));
		good &= is_within(a, to, i);
	}
	return good;
}

void agg_drop(struct agg *a, void *cells)
{
	for (size_t i = 0; i < a->cells; i++)
		if (a->cell[i].store->free)
			a->cell[i].store->free(at(a, cells, i));
	memset(cells, 0, a->size);
}

/* Results */

static struct measure_cell shown(const struct agg *a, const struct agg_result *r, void *cells)
{
	return (struct measure_cell){ at(a, cells, r->cell), r->measure->parts, r->q };
}

void agg_print(struct agg *a, void *cells, struct buf *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agg_result *r = &a->result[i];
		const struct measure *m = r->measure;
		struct measure_cell cell = shown(a, r, cells);
		size_t before;

		buf_add(b, r->json);
		before = b->len;
		m->print(&cell, b);
		if (b->len == before)
			buf_add(b, SLICE("null"));
		a->approximate += m->store->exact && !m->store->exact(cell.at);
	}
}

void agg_print_partial(struct agg *a, void *cells, struct buf *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agg_result *r = &a->result[i];
		struct measure_cell cell = shown(a, r, cells);

		buf_add(b, r->json);
		a->text.len = 0;
		r->measure->store->print(&cell, &a->text);
		if (a->text.len)
			json_quote(b, buf_slice(&a->text));
		else
			buf_add(b, SLICE("null"));
	}
}

/* Adds the parts of a cell that a result bears. */
static bool parse_result(
	const struct agg *a, const struct agg_result *r, void *cells, struct slice text)
{
	const struct agg_cell *c = &a->cell[r->cell];
	struct measure_cell to = { .at = at(a, cells, r->cell), .parts = r->bears };
	struct measure_cell from = { .at = mem_array(1, c->store->size),
		.parts = r->measure->parts };
	struct words w;
	bool good;

	words_open(&w, text);
	w.numbers = c->numbers;
	good = c->store->parse(&from, &w) && words_done(&w);
	words_close(&w);
	if (good && r->bears)
		c->store->merge(&to, from.at);
	if (c->store->free)
		c->store->free(from.at);
	free(from.at);
	return good;
}

static bool read_partial(struct agg *a, const struct agg_result *r, void *cells, struct rec *rec)
{
	struct value v = rec_value(rec, r->member);
	bool good = v.kind == KIND_TEXT;

	assert(r->member != FIELD_NONE);
	if (v.kind == KIND_NULL)
		return true;
	a->text.len = 0;
	if (good) {
		json_unquote(&a->text, (struct slice){ v.at, v.len });
		good = parse_result(a, r, cells, buf_slice(&a->text));
	}
	if (!good)
		rec_blame(rec, r->member,
			v.kind == KIND_MISSING ? "is missing" : "is not a partial result");
	return good;
}

bool agg_parse_partial(struct agg *a, void *cells, struct rec *r)
{
	bool good = true;

	if (!a->size)
		return true;
	if (!a->spare)
		a->spare = mem_array(1, a->size);
	for (size_t i = 0; i < a->n && good; i++)
		good = read_partial(a, &a->result[i], a->spare, r);
	if (good)
		good = agg_merge(a, cells, a->spare);
	agg_drop(a, a->spare);
	return good;
}

void agg_free(struct agg *a)
{
	for (size_t i = 0; i < a->n; i++) {
		struct agg_result *r = &a->result[i];
		if (!r->named)
			free((char *)r->name.at);
		free((char *)r->json.at);
	}
	for (size_t i = 0; i < a->slots; i++)
		reading_free(&a->slot[i].reading);
	free(a->result);
	free(a->reserved);
	free(a->slot);
	free(a->cell);
	free(a->spare);
	buf_free(&a->text);
}
