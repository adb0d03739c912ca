#include "picture/points.h"

#include <math.h>

#include "base/buf.h"
#include "base/mem.h"
#include "number/real.h"
#include "picture/series.h"
#include "record/canon.h"
#include "record/json.h"

/* Appends what is the same for equal values, and what is shown of this one. */
static void add_key(struct points *p, struct value v, struct buf *same, struct buf *shown)
{
	struct slice json = { v.at, v.len };

	if (same->len)
		buf_add(shown, SLICE(", "));
	if (v.kind <= KIND_NULL)
		buf_add(shown, SLICE("null"));
	else
		buf_add(shown, v.kind == KIND_TEXT ? json_meaning(&p->scratch, json) : json);
	buf_add(same, canon_of(v, &p->canon));
	buf_byte(same, '\n');
}

static void read_key(struct points *p, const struct rec *r)
{
	struct picks picks = rec_pick(r, &p->keys);

	p->key.len = p->key_shown.len = 0;
	for (size_t i = 0; i < picks.n; i++)
		add_key(p, rec_value(r, picks.at[i]), &p->key, &p->key_shown);
}

/* The number of a place. */
static bool find_place(struct points *p, struct slice same, struct slice shown, double *place)
{
	struct plot *plot = p->plot;
	uint32_t at = map_add(&p->places, same);

	*place = at;
	if (plot->words == p->places.n)
		return true;
	if (p->places.n > p->max_keys) {
		p->full = "keys";
		return false;
	}
	MEM_GROW(plot->word, plot->words, p->word_cap);
	plot->word[plot->words++] = arena_copy(&p->kept, shown);
	return true;
}

/* --- x --- */

static bool read_time(struct points *p, struct value v, struct instant *t, struct fault *f)
{
	f->what = "is not a time";
	return stamp_value(&p->stamp, v, &p->scratch, t, f);
}

/* The first record says what x is. */
static enum plot_x kind_of(struct points *p, struct value v)
{
	bool places = p->plot->kind == PLOT_BAR || p->plot->kind == PLOT_BOX;
	struct instant t;
	struct fault ignored;

	if (p->is_time || (v.kind == KIND_TEXT && read_time(p, v, &t, &ignored)))
		return PLOT_TIMES;
	return places ? PLOT_WORDS : PLOT_NUMBERS;
}

/* Who sees it in the first record has named no field, or another one. */
static const char *missing(const struct points *p)
{
	return p->records ? "is missing" : "is missing; -x FIELD takes another";
}

static bool x_of_time(struct points *p, struct rec *r, uint32_t field, double *x)
{
	struct value v = rec_value(r, field);
	struct instant t;
	struct fault f;

	if (read_time(p, v, &t, &f)) {
		*x = (double)t.seconds + t.nanos / 1e9;
		return true;
	}
	if (v.kind == KIND_NUMBER || v.kind == KIND_TEXT)
		rec_refuse(r, field, f.what);
	else
		rec_blame(r, field, v.kind > KIND_NULL ? f.what : missing(p));
	return false;
}

static bool x_of_number(struct points *p, struct rec *r, uint32_t field, double *x)
{
	struct slice number;

	if (!rec_number(r, field, &number)) {
		if (!r->fault)
			rec_blame(r, field, missing(p));
		return false;
	}
	*x = real_of(number);
	p->overflows += fabs(*x) > PLOT_LARGEST;
	return true;
}

static bool read_x(struct points *p, struct rec *r, double *x)
{
	uint32_t field = rec_pick(r, &p->x).at[0];

	if (!p->x_known)
		p->plot->x = kind_of(p, rec_value(r, field));
	p->x_known = true;
	switch (p->plot->x) {
	case PLOT_TIMES:
		return x_of_time(p, r, field, x);
	case PLOT_NUMBERS:
		return x_of_number(p, r, field, x);
	case PLOT_WORDS:
		break;
	}
	p->place.len = p->place_shown.len = 0;
	add_key(p, rec_value(r, field), &p->place, &p->place_shown);
	return find_place(p, buf_slice(&p->place), buf_slice(&p->place_shown), x);
}

/* --- y --- */

static bool read_y(struct points *p, struct rec *r, struct picks picks)
{
	struct slice number;

	for (size_t i = 0; i < picks.n; i++) {
		MEM_GROW(p->value, i, p->value_cap);
		p->value[i] = rec_number(r, picks.at[i], &number) ? real_of(number) : NAN;
	}
	for (size_t i = 0; i < picks.n && !r->fault; i++) {
		p->gaps += isnan(p->value[i]) != 0;
		p->overflows += fabs(p->value[i]) > PLOT_LARGEST;
	}
	return !r->fault;
}

/* In the legend: the field where there are several, and the key. */
static struct slice name_of(struct points *p, const struct rec *r, uint32_t field)
{
	bool several = p->y.n > 1 || p->y.at[0].pattern;
	struct buf name = { 0 };
	struct slice copy;

	if (!p->key_shown.len || (several && p->plot->kind != PLOT_BAND))
		buf_add(&name, fields_name(r->fields, field));
	if (name.len && p->key_shown.len)
		buf_add(&name, SLICE(", "));
	buf_add(&name, buf_slice(&p->key_shown));
	copy = arena_copy(&p->kept, buf_slice(&name));
	buf_free(&name);
	return copy;
}

static struct series *line_of(struct points *p, const struct rec *r, uint32_t field)
{
	struct plot *plot = p->plot;
	size_t len = p->key.len, at;

	buf_add(&p->key, (struct slice){ (const char *)&field, sizeof field });
	at = map_add(&p->lines, buf_slice(&p->key));
	p->key.len = len;
	if (plot->lines == p->lines.n)
		return &plot->line[at].points;
	if (p->lines.n > p->max_keys) {
		p->full = "keys";
		return NULL;
	}
	MEM_GROW(plot->line, plot->lines, p->line_cap);
	plot->line[plot->lines++] = (struct plot_line){
		.name = name_of(p, r, field),
		.points.each = plot->kind == PLOT_BAND ? PLOT_EACH_BAND : PLOT_EACH,
	};
	return &plot->line[at].points;
}

static void keep_last(struct points *p, struct series *s)
{
	if (s->n <= p->last)
		return;
	p->points -= s->n - p->last;
	series_keep_last(s, p->last);
}

static bool add_point(struct points *p, const struct rec *r, uint32_t field, const double *point)
{
	struct series *s = line_of(p, r, field);

	if (!s)
		return false;
	series_add(s, point);
	p->points++;
	if (p->last && s->n >= 2 * p->last)
		keep_last(p, s);
	if (p->points > p->max_points)
		p->full = "points";
	return !p->full;
}

/* Without x the boxes stand at the keys, or else at the names of the fields, and are one line. */
static bool add_to_box(struct points *p, const struct rec *r, struct picks picks, size_t i)
{
	struct slice name = fields_name(r->fields, picks.at[i]);
	double point[PLOT_EACH] = { 0, p->value[i] };
	bool good;

	if (!p->key.len)
		return find_place(p, name, name, point) && add_point(p, r, picks.at[0], point);
	good = find_place(p, buf_slice(&p->key), buf_slice(&p->key_shown), point);
	p->key.len = p->key_shown.len = 0;
	good = good && add_point(p, r, picks.at[i], point);
	read_key(p, r);
	return good;
}

static bool add_points(struct points *p, const struct rec *r, struct picks picks, double x)
{
	double point[PLOT_EACH_BAND] = { x };
	bool good = true;

	if (p->plot->kind == PLOT_BAND) {
		memcpy(point + 1, p->value, 3 * sizeof *point);
		return add_point(p, r, picks.at[0], point);
	}
	for (size_t i = 0; i < picks.n && good; i++) {
		point[0] = p->plot->kind == PLOT_HIST ? p->value[i] : x;
		point[1] = p->value[i];
		good = p->plot->kind == PLOT_BOX && !p->x.n ? add_to_box(p, r, picks, i) :
							      add_point(p, r, picks.at[i], point);
	}
	return good;
}

bool points_take(struct points *p, struct rec *r)
{
	struct picks picks = rec_pick(r, &p->y);
	double x = 0;

	arena_reset(&p->scratch);
	if (!read_y(p, r, picks) || (p->x.n && !read_x(p, r, &x)))
		return false;
	read_key(p, r);
	p->records++;
	return add_points(p, r, picks, x);
}

void points_end(struct points *p)
{
	if (!p->x_known)
		p->plot->x = p->plot->kind == PLOT_BOX ? PLOT_WORDS : PLOT_NUMBERS;
	for (size_t i = 0; i < p->plot->lines && p->last; i++)
		keep_last(p, &p->plot->line[i].points);
}
