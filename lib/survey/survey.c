/* Most values came before, in the record before or not long ago. Each field has a table of spellings
 * that came of late, by hash, one to a place: a spelling that is found there is counted and no more; when
 * another takes its place, what it is goes to the totals, so many times. The table begins small and grows
 * while that is of use. */
#include "survey/survey.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "number/digits.h"
#include "number/num.h"
#include "number/real.h"

enum {
	NONE = UINT32_MAX,
	SHORT = 16,     /* bytes of a spelling that may be in the table */
	FIRST_BITS = 3, /* the table's first size, */
	LAST_BITS = 9,  /* and its last */
	PATIENCE = 4,   /* misses for each place before it grows */
	MANY = 1 << 30, /* a count that is time to be taken */
};

const char *const survey_marker[SURVEY_MARKERS] = { "", "?", "-", "NA", "N/A", "n/a", "NaN", "nan",
	"null", "NULL", "none", "None", "-99", "-200", "-999", "-9999", "9999", "99999" };

static const double marking[SURVEY_MARKERS - SURVEY_NUMBERS] = { -99, -200, -999, -9999, 9999,
	99999 };

/* What a value is; beyond these classes there is one for each marker. */
enum { CLASS_PLAIN, CLASS_NUMERIC, CLASS_BEYOND, CLASS_LONG, CLASS_MARKERS };

/* What was found out about a spelling. */
struct sight {
	int64_t m; /* a number as m * 10^e */
	double x;
	int16_t e;
	uint8_t kind, class;
	uint32_t times; /* it came */
};

struct survey_recent {
	uint64_t low, high; /* the bytes, with zeros behind: no value holds one */
	struct sight sight;
};

/* The first n bytes, at least 8 being readable and n from 1. */
static uint64_t bytes_at(const char *p, size_t n)
{
	uint64_t word;

	memcpy(&word, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return n >= 8 ? word : word & (UINT64_MAX >> (64 - 8 * n));
}

static void keep(struct buf *b, struct slice s)
{
	b->len = 0;
	buf_add(b, s);
}

/* Is the one number, which as a double equals the other, the better one to show? The shorter spelling, so
 * that the order of the records does not matter. */
static bool is_shorter(struct slice a, struct slice b)
{
	return a.len != b.len ? a.len < b.len : slice_compare(a, b) < 0;
}

/* direction: -1 for the least, 1 for the greatest. */
static void note_extreme(
	double *extreme, struct buf *spelled, double x, struct slice text, int direction)
{
	if (spelled->len && (direction < 0 ? x > *extreme : x < *extreme))
		return;
	if (spelled->len && x == *extreme) {
		int order;
		if (slice_equal(text, buf_slice(spelled)))
			return;
		order = direction * digits_order(text, buf_slice(spelled));
		if (order < 0 || (!order && !is_shorter(text, buf_slice(spelled))))
			return;
	}
	*extreme = x;
	keep(spelled, text);
}

static int number_class(double x)
{
	if (x > -99 && x < 9999)
		return CLASS_PLAIN;
	for (int i = SURVEY_NUMBERS; i < SURVEY_MARKERS; i++)
		if (x == marking[i - SURVEY_NUMBERS])
			return CLASS_MARKERS + i;
	return CLASS_PLAIN;
}

static void note_others(struct survey_field *f, double x)
{
	f->low_other = x < f->low_other ? x : f->low_other;
	f->high_other = x > f->high_other ? x : f->high_other;
}

static struct sight meet_number(struct survey_field *f, struct slice text)
{
	struct sight sight = { .kind = KIND_NUMBER, .times = 1 };
	struct decimal d = { 0, 0 };
	bool usual = num_decimal_padded(text, &d);

	sight.m = d.m;
	sight.e = (int16_t)d.e;
	sight.x = usual ? real_nearest(d) : real_of(text);
	distinct_add(&f->distinct, usual ? distinct_hash_number(d) : distinct_hash_digits(text));
	if (isinf(sight.x)) {
		sight.class = CLASS_BEYOND;
		return sight;
	}
	sight.class = usual ? (uint8_t)number_class(sight.x) : CLASS_LONG;
	note_extreme(&f->low, &f->least, sight.x, text, -1);
	note_extreme(&f->high, &f->greatest, sight.x, text, 1);
	if (sight.class < CLASS_MARKERS)
		note_others(f, sight.x);
	return sight;
}

static uint64_t characters(struct slice s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += ((unsigned char)s.at[i] & 0xc0) != 0x80;
	return n;
}

/* The first characters of a text. */
static struct slice cut(struct slice s, size_t most)
{
	size_t len = 0;

	for (size_t n = 0; n < most && len < s.len; n++)
		len += utf8_character(slice_skip(s, len));
	return (struct slice){ s.at, len };
}

static void note_text(struct survey_text *t, struct slice text, uint64_t length)
{
	struct slice kept;

	if (t->text.at && length < t->length)
		return;
	kept = cut(text, SURVEY_TEXT);
	if (t->text.at && length == t->length && slice_compare(kept, buf_slice(&t->text)) >= 0)
		return;
	t->length = length;
	buf_room(&t->text, 1);
	keep(&t->text, kept);
}

static int text_class(struct slice text)
{
	for (int i = 0; text.len <= 4 && i < SURVEY_NUMBERS; i++)
		if (slice_equal(text, slice_of(survey_marker[i])))
			return CLASS_MARKERS + i;
	return num_valid(text) ? CLASS_NUMERIC : CLASS_PLAIN;
}

static struct sight meet_text(struct survey_field *f, struct slice quoted)
{
	struct slice text = { quoted.at + 1, quoted.len - 2 };
	struct buf meant = { 0 };
	struct sight sight = { .kind = KIND_TEXT, .times = 1 };
	uint64_t length;

	if (memchr(text.at, '\\', text.len)) {
		json_unquote(&meant, quoted);
		text = buf_slice(&meant);
	}
	length = characters(text);
	sight.class = (uint8_t)text_class(text);
	distinct_add(&f->distinct, distinct_hash(text));
	if (!f->longest.text.at || length < f->shortest)
		f->shortest = length;
	note_text(&f->longest, text, length);
	if (sight.class == CLASS_PLAIN)
		note_text(&f->plain, text, length);
	buf_free(&meant);
	return sight;
}

/* What need be done once for a spelling, however often it comes. */
static struct sight meet(struct survey_field *f, struct value v)
{
	struct slice json = { v.at, v.len };

	if (v.kind == KIND_NUMBER)
		return meet_number(f, json);
	if (v.kind == KIND_TEXT)
		return meet_text(f, json);
	if (v.kind != KIND_NULL)
		distinct_add(&f->distinct, distinct_hash_other(json));
	return (struct sight){ .kind = (uint8_t)v.kind, .times = 1 };
}

static void mark(struct survey_field *f, int marker, uint64_t times)
{
	if (!f->marked)
		f->marked = mem_array(SURVEY_MARKERS, sizeof *f->marked);
	f->marked[marker] += times;
}

static void tally_number(struct survey_field *f, const struct sight *s)
{
	struct decimal d = { s->m, s->e };

	if (__builtin_mul_overflow(d.m, (int64_t)s->times, &d.m))
		total_add_times(&f->total, (struct decimal){ s->m, s->e }, s->times);
	else
		total_add(&f->total, d);
	sample_add_times(&f->values, (struct decimal){ s->m, s->e }, s->times);
	f->numbers += s->times;
}

/* What need be done with how often it came. */
static void tally(struct survey_field *f, const struct sight *s)
{
	f->count[s->kind] += s->times;
	if (s->class >= CLASS_MARKERS)
		mark(f, s->class - CLASS_MARKERS, s->times);
	if (s->kind == KIND_NUMBER && s->class != CLASS_BEYOND)
		tally_number(f, s);
	else if (s->kind == KIND_TEXT && s->class == CLASS_NUMERIC)
		f->numeric += s->times;
	else if (s->kind == KIND_TEXT && s->class == CLASS_PLAIN)
		f->plains += s->times;
}

static void count_long(struct survey_field *f, struct slice number)
{
	f->count[KIND_NUMBER]++;
	total_add_number(&f->total, number, 1);
	sample_add_number(&f->values, number);
	f->numbers++;
}

static void count_once(struct survey_field *f, const struct sight *s, struct value v)
{
	if (s->class == CLASS_LONG)
		count_long(f, (struct slice){ v.at, v.len });
	else
		tally(f, s);
}

static void take_recent(struct survey_field *f, struct survey_recent *r)
{
	if (r->sight.times)
		tally(f, &r->sight);
	r->sight.times = 0;
}

static size_t recents(const struct survey_field *f)
{
	return f->recent ? (size_t)1 << (64 - f->shift) : 0;
}

static void take_recents(struct survey_field *f)
{
	for (size_t i = 0; i < recents(f); i++)
		take_recent(f, &f->recent[i]);
}

static void widen(struct survey_field *f, unsigned bits)
{
	take_recents(f);
	free(f->recent);
	f->shift = 64 - bits;
	f->recent = mem_array((size_t)1 << bits, sizeof *f->recent);
	f->misses = 0;
}

static void replace(struct survey_field *f, struct survey_recent *r, struct value v, uint64_t low,
	uint64_t high)
{
	struct sight sight = meet(f, v);

	if (sight.class == CLASS_LONG) {
		count_once(f, &sight, v);
		return;
	}
	take_recent(f, r);
	*r = (struct survey_recent){ low, high, sight };
	if (++f->misses > PATIENCE * recents(f) && f->shift > 64 - LAST_BITS)
		widen(f, 65 - f->shift);
}

static void count_recent(struct survey_field *f, struct value v)
{
	uint64_t low = bytes_at(v.at, v.len), high = v.len > 8 ? bytes_at(v.at + 8, v.len - 8) : 0;
	uint64_t hash = (low ^ high * 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
	struct survey_recent *r = &f->recent[hash >> f->shift];

	if (r->low != low || r->high != high)
		replace(f, r, v, low, high);
	else if (++r->sight.times == MANY)
		take_recent(f, r);
}

static void count_value(struct survey_field *f, struct value v)
{
	struct sight sight;

	/* Many fields of some streams have one value ever. */
	if (!f->recent && v.len <= SHORT && f->count[v.kind])
		widen(f, FIRST_BITS);
	if (f->recent && v.len <= SHORT) {
		count_recent(f, v);
		return;
	}
	sight = meet(f, v);
	count_once(f, &sight, v);
}

static void add_difference(struct survey_times *t, struct instant now)
{
	__int128 nanos = instant_nanos(now) - instant_nanos(t->before);

	if (!nanos)
		t->duplicates++;
	else if (nanos < 0)
		t->backwards++;
	else if (nanos <= INT64_MAX)
		sample_add(&t->steps, (struct decimal){ (int64_t)nanos, -9 });
	else
		sample_add(&t->steps, (struct decimal){ (int64_t)(nanos / 1000000000), 0 });
}

static bool same_style(const struct instant_style *a, const struct instant_style *b)
{
	return a->text == b->text && a->unit == b->unit && a->separator == b->separator &&
		a->zone == b->zone;
}

static bool read_time(struct survey *s, struct value v, struct instant *t)
{
	struct arena meant = { 0 };
	struct fault ignored;
	bool good = stamp_value(s->setup->stamp, v, &meant, t, &ignored);

	arena_free(&meant);
	return good;
}

static void note_time(struct survey_times *t, const struct stamp *stamp, struct instant now)
{
	if (!t->read++) {
		t->first = t->last = now;
		t->first_stamp = t->last_stamp = *stamp;
		t->style = stamp->style;
	} else {
		add_difference(t, now);
		t->mixed |= !same_style(&stamp->style, &t->style);
	}
	t->before = now;
	if (instant_compare(now, t->first) < 0) {
		t->first = now;
		t->first_stamp = *stamp;
	}
	if (instant_compare(now, t->last) > 0) {
		t->last = now;
		t->last_stamp = *stamp;
	}
}

static void add_time(struct survey *s, struct value v)
{
	struct instant now;

	if (!s->times)
		s->times = mem_array(1, sizeof *s->times);
	if (v.kind == KIND_NULL)
		return;
	if (read_time(s, v, &now))
		note_time(s->times, s->setup->stamp, now);
	else
		s->times->unread++;
}

static uint32_t add_field(struct survey *s, uint32_t field)
{
	MEM_GROW(s->field, s->n, s->cap);
	s->field[s->n] = (struct survey_field){
		.field = field,
		.low_other = INFINITY,
		.high_other = -INFINITY,
	};
	for (; s->places <= field; s->places++) {
		MEM_GROW(s->place, s->places, s->place_cap);
		s->place[s->places] = NONE;
	}
	s->place[field] = (uint32_t)s->n;
	return (uint32_t)s->n++;
}

void survey_begin(struct survey *s)
{
	s->records++;
	alike_begin(&s->alike);
}

void survey_add(struct survey *s, uint32_t field, struct value v)
{
	uint32_t place = field < s->places ? s->place[field] : NONE;

	if (place == NONE)
		place = add_field(s, field);
	if (v.kind == KIND_MISSING)
		return;
	if (field == s->setup->time)
		add_time(s, v);
	alike_add(&s->alike, place, (struct slice){ v.at, v.len });
	count_value(&s->field[place], v);
}

void survey_end(struct survey *s)
{
	alike_end(&s->alike);
}

void survey_settle(struct survey_field *f)
{
	take_recents(f);
}

uint64_t survey_there(const struct survey_field *f)
{
	uint64_t n = 0;

	for (int kind = KIND_NULL; kind <= KIND_ARRAY; kind++)
		n += f->count[kind];
	return n;
}

uint64_t survey_marked(const struct survey_field *f, int marker)
{
	double x;

	if (!f->marked || marker < SURVEY_NUMBERS)
		return f->marked ? f->marked[marker] : 0;
	x = marking[marker - SURVEY_NUMBERS];
	if (x < 0 ? f->low_other <= x / 2 : f->high_other >= x / 2)
		return 0;
	return f->marked[marker];
}

double survey_step(struct survey_times *t)
{
	return sample_value(&t->steps, (sample_count(&t->steps) - 1) / 2);
}

uint64_t survey_gaps(struct survey_times *t)
{
	return sample_above(&t->steps, 1.5 * survey_step(t));
}

static void free_field(struct survey_field *f)
{
	distinct_free(&f->distinct);
	total_free(&f->total);
	sample_free(&f->values);
	buf_free(&f->least);
	buf_free(&f->greatest);
	buf_free(&f->longest.text);
	buf_free(&f->plain.text);
	free(f->marked);
	free(f->recent);
}

void survey_free(struct survey *s)
{
	for (size_t i = 0; i < s->n; i++)
		free_field(&s->field[i]);
	if (s->times)
		sample_free(&s->times->steps);
	free(s->times);
	free(s->field);
	free(s->place);
	alike_free(&s->alike);
	*s = (struct survey){ .setup = s->setup };
}
