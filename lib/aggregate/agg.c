/* Results of the same arguments that gather the same share a cell. The usual ones, of which there may be
 * many for each record, come first and are added to without a call.
 *
 * Where there are patterns results may become more, so the cells of a group lie apart, in two rows that grow; and
 * it is marked which of the fields that were found it has.
 *
 * A partial result of a shared cell is a part of it; what an earlier one has brought is not brought
 * twice. */
#include "aggregate/agg.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "aggregate/extreme.h"
#include "aggregate/partial.h"
#include "aggregate/reading.h"
#include "aggregate/summary.h"
#include "base/map.h"
#include "base/mem.h"
#include "number/moments.h"
#include "number/num.h"
#include "number/total.h"
#include "record/json.h"

enum { NEED_NUMBER = 1, NEED_TRUTH = 2, NEED_SHORT = 4, NEED_ORDER = 8, NO_SLOT = UINT32_MAX };

struct agg_slot {
	struct slice name;
	uint32_t field;
	unsigned needs;
	bool apart; /* other cells than the plain ones read it */
	bool texts; /* it may hold texts, whose smallest or largest is wanted */
	struct reading reading;
};

struct agg_cell {
	const struct measure_store *store;
	uint32_t slot[2]; /* or NO_SLOT */
	unsigned parts;   /* those that are wanted */
	bool numbers;     /* nothing else may be read back in it */
	size_t at;
	size_t result, last;      /* the first that has it, and the last */
	enum reading_is own, met; /* what was read of it; and with the groups that it goes to */
};

struct agg_result {
	const struct request_item *item;
	const struct measure *measure; /* the item's, or what shows the same of all values */
	struct buf json;               /* ,"name": */
	struct buf
		what; /* max(x) and a blank, before the partial result if the name does not tell; once
		       * only one that was given did not */
	uint32_t cell;
	uint32_t member; /* the field that its partial result is in */
	unsigned bears;  /* the parts of the cell that this brings */
	size_t found;    /* of which field, or FIXED */
};

enum { FIXED = SIZE_MAX };

/* The cells of a group where there are patterns. */
struct agg_open {
	struct summary *plain;
	char *rest;
	bool *has; /* which of the fields that were found */
	size_t plains, size, fields;
};

/* Cells */

static unsigned need(const struct agg *a, char takes)
{
	switch (takes) {
	case 'n':
		return NEED_NUMBER;
	case 'o':
		return a->skip_text ? NEED_NUMBER : NEED_ORDER;
	case 's':
		return NEED_NUMBER | NEED_SHORT;
	case 'b':
		return NEED_TRUTH;
	default:
		return 0;
	}
}

/* Who asks for a field by its name expects it to be there. */
static uint32_t number_of(const struct agg *a, struct slice name, struct fields *fields)
{
	return map_find(&a->found.fields, name) == MAP_NONE ? fields_need(fields, name) :
							      fields_add(fields, name);
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
			(struct agg_slot){ .name = name, .field = number_of(a, name, fields) };
	}
	a->slot[i].needs |= need(a, takes);
	return i;
}

/* The plain ones are the first. */
static uint32_t add_cell(struct agg *a, struct agg_cell c)
{
	bool plain = c.store == &summary_store;
	size_t at = plain ? a->plain : a->cells;

	MEM_GROW(a->cell, a->cells, a->cell_cap);
	memmove(a->cell + at + 1, a->cell + at, (a->cells - at) * sizeof *a->cell);
	for (size_t i = 0; at < a->cells && i < a->n; i++)
		a->result[i].cell += i != c.result && a->result[i].cell >= at;
	a->cell[at] = c;
	a->cells++;
	a->plain += plain;
	a->rest += plain ? 0 : c.store->size;
	return (uint32_t)at;
}

static void place_result(struct agg *a, size_t result, struct fields *fields)
{
	struct agg_result *r = &a->result[result];
	const char *takes = r->measure->takes;
	struct agg_cell c = {
		.store = r->measure->store, .result = result, .last = result, .at = a->rest
	};

	c.numbers = c.store->apart && takes[0] == 'n';
	c.slot[0] = slot_of(a, r->item->field[0], takes[0], fields);
	c.slot[1] = slot_of(a, r->item->field[1], takes[0] ? takes[1] : 0, fields);
	for (r->cell = 0; r->cell < a->cells; r->cell++) {
		struct agg_cell *known = &a->cell[r->cell];
		if (known->store == c.store && (known->numbers == c.numbers || !c.store->apart) &&
			!memcmp(known->slot, c.slot, sizeof c.slot)) {
			known->result = known->result < result ? known->result : result;
			known->last = known->last > result ? known->last : result;
			return;
		}
	}
	r->cell = add_cell(a, c);
}

/* Who else looks at a field of which the smallest or largest is wanted may need numbers. */
static void allow_texts(struct agg *a)
{
	for (size_t i = 0; i < a->slots; i++)
		a->slot[i].texts = (a->slot[i].needs & (NEED_ORDER | NEED_NUMBER)) == NEED_ORDER;
	for (size_t i = 0; i < a->plain; i++)
		a->cell[i].numbers = !a->slot[a->cell[i].slot[0]].texts;
}

/* What each partial result brings of its cell. The count that nobody shows comes with the first. */
static void share_parts(struct agg *a, uint32_t cell)
{
	struct agg_cell *c = &a->cell[cell];
	unsigned hidden = 0, brought = 0;

	c->parts = 0;
	for (size_t i = c->result; i <= c->last; i++)
		c->parts |= a->result[i].cell == cell ? a->result[i].measure->parts : 0;
	if (c->store == &summary_store && !(c->parts & SUMMARY_COUNT))
		hidden = SUMMARY_ANY;
	c->parts |= hidden;
	for (size_t i = c->result; i <= c->last; i++) {
		struct agg_result *r = &a->result[i];
		if (r->cell != cell)
			continue;
		r->bears = (r->measure->parts | hidden) & ~brought;
		brought |= r->bears;
	}
}

static void add_what(struct buf *b, const struct request_item *item)
{
	buf_add(b, slice_of(item->measure->name));
	buf_byte(b, '(');
	buf_add(b, item->field[0]);
	if (item->field[1].at)
		buf_byte(b, ',');
	buf_add(b, item->field[1]);
	buf_add(b, SLICE(") "));
}

/* Does its name not tell what it is of? cov(a_b,c) and cov(a,b_c) have one. */
static bool is_vague(const struct request_item *item)
{
	const struct slice *field = item->field;

	return item->named ||
		(field[1].at &&
			(memchr(field[0].at, '_', field[0].len) ||
				memchr(field[1].at, '_', field[1].len)));
}

static struct agg_result result_of(const struct agg *a, const struct request_item *item)
{
	const struct measure *kept = a->exact ? item->measure->store->kept : NULL;
	struct agg_result r = { .item = item, .measure = kept ? kept : item->measure };

	r.member = FIELD_NONE;
	r.found = FIXED;
	if (is_vague(item))
		add_what(&r.what, item);
	buf_byte(&r.json, ',');
	json_quote(&r.json, item->name);
	buf_byte(&r.json, ':');
	return r;
}

static void prepare_run(struct agg *a)
{
	uint32_t *field = mem_alloc((a->plain + 1) * sizeof *field);

	run_free(&a->run);
	for (size_t i = 0; i < a->plain; i++)
		field[i] = a->slot[a->cell[i].slot[0]].field;
	run_init(&a->run, field, a->plain, a->vector);
	free(field);
}

/* Of some results more; nothing is in the run. */
static void lay_out(struct agg *a)
{
	allow_texts(a);
	for (size_t i = a->plain; i < a->cells; i++)
		for (size_t k = 0; k < 2; k++)
			if (a->cell[i].slot[k] != NO_SLOT)
				a->slot[a->cell[i].slot[k]].apart = true;
	prepare_run(a);
}

static void insert_result(struct agg *a, size_t at, struct agg_result r, struct fields *fields)
{
	MEM_GROW(a->result, a->n, a->result_cap);
	memmove(a->result + at + 1, a->result + at, (a->n - at) * sizeof *a->result);
	for (size_t i = 0; at < a->n && i < a->cells; i++) {
		a->cell[i].result += a->cell[i].result >= at;
		a->cell[i].last += a->cell[i].last >= at;
	}
	a->result[at] = r;
	a->n++;
	place_result(a, at, fields);
}

void agg_resolve(struct agg *a, struct fields *fields)
{
	const struct request *asked = &a->request;

	if (!a->most)
		a->most = AGG_MOST;
	a->open = asked->patterns;
	for (size_t i = 0; i < asked->n; i++)
		insert_result(a, i, result_of(a, &asked->item[i]), fields);
	for (uint32_t i = 0; i < a->cells; i++)
		share_parts(a, i);
	lay_out(a);
	if (a->open)
		a->section = mem_array(asked->patterns, sizeof *a->section);
	for (size_t i = 0; i < asked->patterns; i++)
		a->section[i] = asked->pattern[i].at;
}

/* Of a field that was found, at the end of its pattern. */
static void add_found(struct agg *a, size_t field, struct fields *fields)
{
	const struct request *asked = &a->request;
	size_t section = 0;

	while (asked->pattern[section].name != a->found.pattern[field])
		section++;
	for (size_t i = 0; i < asked->eachs; i++) {
		struct request_item *item = mem_alloc(sizeof *item);
		struct agg_result r;
		if (!request_spread(asked, i, a->found.fields.entry[field].text, item))
			a->clash = item->name;
		r = result_of(a, item);
		r.found = field;
		if (a->partials)
			r.member = fields_add(fields, item->name);
		insert_result(a, a->section[section], r, fields);
		share_parts(a, a->result[a->section[section]].cell);
		for (size_t k = section; k < asked->patterns; k++)
			a->section[k]++;
	}
}

void agg_resolve_partial(struct agg *a, struct fields *fields)
{
	if (a->open) {
		a->partials = true;
		for (size_t i = 0; i < a->request.eachs; i++)
			found_label(&a->found, a->request.each[i].label);
		found_expect_partial(&a->found, fields);
	}
	for (size_t i = 0; i < a->n; i++)
		a->result[i].member = fields_add(fields, a->result[i].item->name);
}

bool agg_needs_time(const struct agg *a)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->result[i].measure->store->timed)
			return true;
	for (size_t i = 0; i < a->request.eachs; i++)
		if (a->request.each[i].measure->store->timed)
			return true;
	return false;
}

size_t agg_size(const struct agg *a)
{
	return a->open ? sizeof(struct agg_open) : a->plain * sizeof(struct summary) + a->rest;
}

/* Where the plain ones begin, and the others. */
static struct summary *plain_of(const struct agg *a, void *cells)
{
	return a->open ? ((struct agg_open *)cells)->plain : cells;
}

static char *rest_of(const struct agg *a, void *cells)
{
	return a->open ? ((struct agg_open *)cells)->rest : (char *)(plain_of(a, cells) + a->plain);
}

/* Zeros behind what there is. */
static void *extend(void *p, size_t *n, size_t wanted, size_t size)
{
	if (*n >= wanted)
		return p;
	p = mem_resize(p, wanted * size);
	memset((char *)p + *n * size, 0, (wanted - *n) * size);
	*n = wanted;
	return p;
}

/* All cells that there are by now. */
static void complete(const struct agg *a, void *cells)
{
	struct agg_open *open = cells;

	if (!a->open)
		return;
	open->plain = extend(open->plain, &open->plains, a->plain, sizeof *open->plain);
	open->rest = extend(open->rest, &open->size, a->rest, 1);
	open->has = extend(open->has, &open->fields, a->founds, sizeof *open->has);
}

/* The group has the fields of the record at hand. */
static void mark(struct agg *a, void *cells)
{
	struct agg_open *open = cells;

	if (!a->open || a->marked == cells)
		return;
	for (size_t i = 0; i < a->found.n; i++)
		open->has[a->found.here[i]] = true;
	a->marked = cells;
}

/* Hands on what was not in its cells yet. */
static void settle(struct agg *a)
{
	struct summary *plain;

	if (!a->run.records)
		return;
	plain = plain_of(a, a->latest);
	for (size_t i = 0; i < a->plain; i++) {
		struct run_sum sum = run_sum(&a->run, i);
		if (sum.count)
			summary_add_run(&plain[i], &sum);
	}
	run_clear(&a->run);
}

static void *at(const struct agg *a, void *cells, size_t i)
{
	return i < a->plain ? (void *)(plain_of(a, cells) + i) :
			      (void *)(rest_of(a, cells) + a->cell[i].at);
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
static const char *objection(unsigned needs, struct value v)
{
	enum kind kind = v.kind;

	if (needs & NEED_NUMBER && kind != KIND_NUMBER)
		return "is not a number";
	if (needs & NEED_ORDER && kind != KIND_NUMBER && kind != KIND_TEXT)
		return "is neither a number nor a text";
	if (needs & NEED_SHORT && v.len > MOMENTS_DIGITS)
		return "is a number of more than 4000 characters";
	if (needs & NEED_TRUTH && kind != KIND_TRUE && kind != KIND_FALSE)
		return "is neither true nor false";
	return NULL;
}

static bool read_other(struct agg *a, struct agg_slot *s, struct rec *r, struct value v)
{
	const char *what = objection(s->needs, v);

	reading_take_padded(&s->reading, v);
	a->texts |= s->texts && v.kind == KIND_TEXT;
	if (v.kind <= KIND_NULL || !what)
		return true;
	if (!is_skipped(a, v.kind)) {
		rec_blame(r, s->field, what);
		return false;
	}
	a->skipped++;
	s->reading.is = READING_NONE;
	return true;
}

/* Those of which nothing was read before. */
static void place_found(struct agg *a, struct fields *fields)
{
	settle(a);
	a->latest = NULL;
	for (; a->founds < a->found.fields.n; a->founds++)
		add_found(a, a->founds, fields);
	lay_out(a);
}

/* False: patterns have found what cannot be taken. */
static bool find_fields(struct agg *a, struct rec *r)
{
	bool good = a->partial ? found_read_partial(&a->found, r) : found_read(&a->found, r);

	if (!good)
		return false;
	if (a->found.anew)
		a->marked = NULL;
	if (a->founds < a->found.fields.n)
		place_found(a, r->fields);
	return !a->clash.at;
}

bool agg_read(struct agg *a, struct rec *r, struct instant t)
{
	a->t = t;
	a->partial = false;
	if (a->open && !find_fields(a, r))
		return false;
	a->in_run = run_read(&a->run, r);
	for (size_t i = 0; i < a->slots; i++) {
		struct agg_slot *s = &a->slot[i];
		struct value v;
		if (a->in_run && !s->apart)
			continue;
		v = rec_value(r, s->field);
		if (v.kind == KIND_NUMBER && !(s->needs & NEED_TRUTH) &&
			(v.len <= MOMENTS_DIGITS || !(s->needs & NEED_SHORT)))
			a->beyond += !reading_take_padded(&s->reading, v);
		else if (!read_other(a, s, r, v))
			return false;
	}
	return true;
}

static enum reading_is held_by(const struct agg *a, void *cells, size_t i)
{
	complete(a, cells);
	return extreme_is(&plain_of(a, cells)[i].extreme);
}

static enum reading_is read_of(const struct agg *a, size_t i)
{
	if (a->partial)
		return held_by(a, a->spare, i);
	if (a->in_run)
		return a->run.present[i] ? READING_NUMBER : READING_NONE;
	return a->slot[a->cell[i].slot[0]].reading.is;
}

bool agg_weigh(struct agg *a)
{
	if (!a->texts)
		return false;
	settle(a);
	for (size_t i = 0; i < a->plain; i++)
		a->cell[i].own = a->cell[i].met = read_of(a, i);
	return true;
}

static void blame_kind(const struct agg *a, size_t i, struct rec *r)
{
	const struct agg_cell *c = &a->cell[i];
	const struct agg_result *result = &a->result[c->result];

	rec_blame(r, a->partial ? result->member : a->slot[c->slot[0]].field,
		c->own == READING_NONE           ? "would join texts with numbers" :
			c->own == READING_NUMBER ? "is a number among texts" :
						   "is a text among numbers");
}

bool agg_suits(struct agg *a, void *cells, bool joins, struct rec *r)
{
	for (size_t i = 0; i < a->plain; i++) {
		struct agg_cell *c = &a->cell[i];
		enum reading_is held = held_by(a, cells, i);
		if (c->numbers || held == READING_NONE)
			continue;
		if (c->met != READING_NONE && c->met != held) {
			blame_kind(a, i, r);
			return false;
		}
		if (joins)
			c->met = held;
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
	a->excess = a->result[c->result].item->name;
	return false;
}

static void add_reading(struct summary *s, struct agg_slot *slot)
{
	if (slot->texts && slot->reading.is == READING_OTHER)
		summary_add_text(s, &slot->reading);
	else
		summary_add(s, &slot->reading);
}

/* Numbers of a run go there from the second record of a group on, so that keys in turn cost nothing. */
static void add_plain(struct agg *a, void *cells)
{
	struct summary *plain = plain_of(a, cells);

	if (a->in_run && cells == a->latest) {
		run_add(&a->run);
		if (a->run.records == RUN_RECORDS - 1)
			settle(a);
		return;
	}
	settle(a);
	a->latest = cells;
	for (size_t i = 0; i < a->plain; i++) {
		if (!a->in_run)
			add_reading(&plain[i], &a->slot[a->cell[i].slot[0]]);
		else if (a->run.present[i])
			summary_add_number(
				&plain[i], (struct decimal){ a->run.number[i], -RUN_PLACES });
	}
}

bool agg_add(struct agg *a, void *cells)
{
	bool good = true;
	char *rest;

	complete(a, cells);
	mark(a, cells);
	add_plain(a, cells);
	rest = rest_of(a, cells);
	for (size_t i = a->plain; i < a->cells; i++) {
		const struct agg_cell *c = &a->cell[i];
		struct measure_cell cell = { .at = rest + c->at, .parts = c->parts };
		struct measure_input in = { .t = a->t };
		if (take_reading(a, c->slot[0], &in.x) && take_reading(a, c->slot[1], &in.y))
			c->store->add(&cell, &in);
		good &= is_within(a, cells, i);
	}
	return good;
}

/* To a group what another has. */
static void merge_marks(const struct agg *a, void *to, void *from)
{
	struct agg_open *open = to, *other = from;

	complete(a, to);
	complete(a, from);
	for (size_t i = 0; i < a->founds; i++)
		open->has[i] |= other->has[i];
}

bool agg_merge(struct agg *a, void *to, void *from)
{
	bool good = true;

	settle(a);
	if (a->open)
		merge_marks(a, to, from);
	for (size_t i = 0; i < a->cells; i++) {
		struct measure_cell cell = whole(a, to, i);
		a->cell[i].store->merge(&cell, at(a, from, i));
		good &= is_within(a, to, i);
	}
	return good;
}

void agg_drop(struct agg *a, void *cells)
{
	struct agg_open *open = a->open ? cells : NULL;

	settle(a);
	a->latest = a->marked = NULL;
	complete(a, cells);
	for (size_t i = 0; i < a->cells; i++)
		if (a->cell[i].store->free)
			a->cell[i].store->free(at(a, cells, i));
	if (open) {
		free(open->plain);
		free(open->rest);
		free(open->has);
	}
	memset(cells, 0, agg_size(a));
}

/* Results */

static struct measure_cell shown(const struct agg *a, const struct agg_result *r, void *cells)
{
	return (struct measure_cell){ at(a, cells, r->cell), r->measure->parts, r->item->q };
}

static bool has(const struct agg_result *r, const void *cells)
{
	return r->found == FIXED || ((const struct agg_open *)cells)->has[r->found];
}

void agg_print(struct agg *a, void *cells, struct buf *b)
{
	settle(a);
	complete(a, cells);
	for (size_t i = 0; i < a->n; i++) {
		const struct agg_result *r = &a->result[i];
		if (!has(r, cells))
			continue;
		const struct measure *m = r->measure;
		struct measure_cell cell = shown(a, r, cells);
		size_t before;

		buf_add(b, buf_slice(&r->json));
		before = b->len;
		m->print(&cell, b);
		if (b->len == before)
			buf_add(b, SLICE("null"));
		a->approximate += m->store->exact && !m->store->exact(cell.at);
	}
}

bool agg_pass(const struct agg *a, struct slice *rest)
{
	for (size_t i = 0; i < a->n; i++)
		if (!json_pass_member(rest, buf_slice(&a->result[i].json)))
			return false;
	return true;
}

void agg_print_partial(struct agg *a, void *cells, struct buf *b)
{
	settle(a);
	complete(a, cells);
	for (size_t i = 0; i < a->n; i++) {
		const struct agg_result *r = &a->result[i];
		if (!has(r, cells))
			continue;
		struct measure_cell cell = shown(a, r, cells);

		buf_add(b, buf_slice(&r->json));
		a->text.len = 0;
		buf_add(&a->text, buf_slice(&r->what));
		r->measure->store->print(&cell, &a->text);
		if (a->text.len > r->what.len)
			json_quote(b, buf_slice(&a->text));
		else
			buf_add(b, SLICE("null"));
	}
}

static enum reading_is kind_of_ends(const void *cell)
{
	return extreme_is(&((const struct summary *)cell)->extreme);
}

/* The smallest and the largest are of one kind. */
static bool is_of_one_kind(struct agg *a, const void *cell, const void *other)
{
	enum reading_is is = kind_of_ends(cell), others = kind_of_ends(other);

	a->texts |= others == READING_OTHER;
	return is == READING_NONE || others == READING_NONE || is == others;
}

/* What has been brought already is read apart, as the cell has it. */
static bool parse_apart(struct agg *a, const struct agg_result *r, void *cells)
{
	const struct agg_cell *c = &a->cell[r->cell];
	struct measure_cell to = { .at = at(a, cells, r->cell), .parts = r->bears };
	struct measure_cell from = { .at = mem_array(1, c->store->size),
		.parts = r->measure->parts };
	bool good = c->store->parse(&from, &a->words) && partial_done(&a->words);

	if (good && c->store == &summary_store)
		good = is_of_one_kind(a, to.at, from.at);
	if (good && r->bears)
		c->store->merge(&to, from.at);
	if (c->store->free)
		c->store->free(from.at);
	free(from.at);
	return good;
}

/* Adds the parts of a cell that a result bears. */
static bool parse_result(struct agg *a, const struct agg_result *r, void *cells, struct value v)
{
	const struct agg_cell *c = &a->cell[r->cell];
	struct measure_cell to = { .at = at(a, cells, r->cell), .parts = r->bears };

	partial_open(&a->words, v);
	a->words.numbers = c->numbers;
	if (r->what.len && !partial_pass(&a->words, buf_slice(&r->what)) && r->item->named)
		return false;
	if (r->measure->parts & ~r->bears)
		return parse_apart(a, r, cells);
	if (!c->store->parse(&to, &a->words) || !partial_done(&a->words))
		return false;
	a->texts |= c->store == &summary_store && kind_of_ends(to.at) == READING_OTHER;
	return true;
}

static bool read_result(struct agg *a, const struct agg_result *r, void *cells, struct rec *rec)
{
	struct value v = rec_value(rec, r->member);

	assert(r->member != FIELD_NONE);
	if (v.kind == KIND_NULL ||
		((v.kind == KIND_TEXT || v.kind == KIND_NUMBER) && parse_result(a, r, cells, v)))
		return true;
	rec_blame(rec, r->member,
		v.kind == KIND_MISSING ? "is missing" :
					 "is not a partial result of what is asked for");
	return false;
}

bool agg_read_partial(struct agg *a, struct rec *r)
{
	bool good = true;

	a->partial = true;
	if (!agg_size(a))
		return true;
	if (a->open && !find_fields(a, r))
		return false;
	if (a->spare)
		agg_drop(a, a->spare);
	else
		a->spare = mem_array(1, agg_size(a));
	complete(a, a->spare);
	mark(a, a->spare);
	for (size_t i = 0; i < a->n && good; i++)
		if (has(&a->result[i], a->spare))
			good = read_result(a, &a->result[i], a->spare, r);
	return good;
}

bool agg_add_partial(struct agg *a, void *cells)
{
	return !agg_size(a) || agg_merge(a, cells, a->spare);
}

bool agg_take_partial(struct agg *a, void *cells)
{
	bool good = true;

	if (a->open || !a->spare)
		return agg_add_partial(a, cells);
	settle(a);
	for (size_t i = 0; i < a->cells; i++)
		good &= is_within(a, a->spare, i);
	memcpy(cells, a->spare, agg_size(a));
	memset(a->spare, 0, agg_size(a));
	return good;
}

void agg_free(struct agg *a)
{
	run_clear(&a->run);
	if (a->spare)
		agg_drop(a, a->spare);
	for (size_t i = 0; i < a->n; i++) {
		if (a->result[i].found != FIXED) {
			free((char *)a->result[i].item->name.at);
			free((void *)a->result[i].item);
		}
		buf_free(&a->result[i].json);
		buf_free(&a->result[i].what);
	}
	for (size_t i = 0; i < a->slots; i++)
		reading_free(&a->slot[i].reading);
	free(a->result);
	free(a->slot);
	free(a->cell);
	free(a->spare);
	free(a->section);
	found_free(&a->found);
	run_free(&a->run);
	partial_close(&a->words);
	buf_free(&a->text);
	request_free(&a->request);
}
