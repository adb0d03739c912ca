/* Cells are gathered as text, row after row: which columns are of use is known at the end only, and
 * quantiles are not to be worked out twice. */
#include "survey/findings.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sketch/sample.h"
#include "number/num.h"
#include "number/real.h"

const char *const findings_column[FINDINGS_COLUMNS] = { "field", "records", "missing", "null",
	"numbers", "texts", "booleans", "nested", "distinct", "distinct_exact", "min", "q1",
	"median", "q3", "max", "mean", "shortest", "longest", "longest_text", "first", "last",
	"step", "gaps", "longest_gap", "duplicates", "backwards", "notes" };

/* A field of the answer. */
struct row {
	struct survey *survey;
	struct survey_field *field;
	struct survey_times *times; /* NULL: it is not the field that holds the time */
};

static uint64_t booleans(const struct survey_field *f)
{
	return f->count[KIND_FALSE] + f->count[KIND_TRUE];
}

static uint64_t nested(const struct survey_field *f)
{
	return f->count[KIND_OBJECT] + f->count[KIND_ARRAY];
}

/* Begins a note; the next is divided from it. */
static struct buf *note(struct buf *b)
{
	if (b->len)
		buf_add(b, SLICE("; "));
	return b;
}

static void note_count(struct buf *b, uint64_t n, const char *one, const char *many)
{
	buf_printf(note(b), "%" PRIu64 " %s", n, n == 1 ? one : many);
}

static void note_example(struct buf *b, struct slice text)
{
	buf_add(b, SLICE(", such as "));
	buf_add(b, text);
}

static bool is_constant(const struct row *r)
{
	return distinct_exact(&r->field->distinct) && r->field->distinct.n == 1;
}

/* Which of them are the exception? */
static void note_mixture(struct buf *b, const struct row *r)
{
	const struct survey_field *f = r->field;

	if (!f->plains || !f->count[KIND_NUMBER])
		return;
	if (f->plains <= f->count[KIND_NUMBER]) {
		note_count(b, f->plains, "text among numbers", "texts among numbers");
		note_example(b, buf_slice(&f->plain.text));
	} else {
		note_count(b, f->count[KIND_NUMBER], "number among texts", "numbers among texts");
	}
}

static void note_kinds(struct buf *b, const struct row *r)
{
	const struct survey_field *f = r->field;
	bool plain = f->count[KIND_NUMBER] || f->count[KIND_TEXT];

	if (plain + (booleans(f) > 0) + (nested(f) > 0) > 1)
		buf_add(note(b), SLICE("values of several kinds"));
}

static void note_markers(struct buf *b, const struct row *r)
{
	for (int i = 0; i < SURVEY_MARKERS; i++) {
		uint64_t n = survey_marked(r->field, i);
		if (!n)
			continue;
		buf_add(note(b), slice_of(*survey_marker[i] ? survey_marker[i] : "an empty text"));
		if (n == 1)
			buf_add(b, SLICE(" once"));
		else
			buf_printf(b, " %" PRIu64 " times", n);
	}
}

static void note_times(struct buf *b, const struct row *r)
{
	if (!r->times)
		return;
	if (r->times->unread)
		note_count(b, r->times->unread, "value is no time", "values are no times");
	if (r->times->mixed)
		buf_add(note(b), SLICE("times are written in several ways"));
	if (r->times->backwards)
		buf_add(note(b), SLICE("not in order of time"));
}

static void note_all(struct buf *b, const struct fields *fields, const struct row *r)
{
	const struct survey_field *f = r->field;
	uint64_t values = survey_there(f) - f->count[KIND_NULL];
	const struct survey_field *all = r->survey->field;
	uint32_t leader = alike_leader(&r->survey->alike, (uint32_t)(f - all));

	if (!values)
		buf_add(note(b), SLICE("never a value"));
	else if (is_constant(r) && values > 1)
		buf_add(note(b), SLICE("always the same"));
	else if (&all[leader] != f && values > 1) {
		buf_add(note(b), SLICE("a copy of "));
		buf_add(b, fields_name(fields, all[leader].field));
	}
	note_mixture(b, r);
	note_kinds(b, r);
	if (f->numeric)
		note_count(b, f->numeric, "number written as a text", "numbers written as texts");
	note_markers(b, r);
	if (f->count[KIND_NUMBER] > f->numbers)
		note_count(b, f->count[KIND_NUMBER] - f->numbers, "number beyond doubles",
			"numbers beyond doubles");
	note_times(b, r);
}

/* In a table what is all empty, 0 or true says nothing. */
static bool says_something(const struct findings *s, struct slice json)
{
	if (slice_equal(json, SLICE("null")))
		return false;
	return !s->rounded || !(slice_equal(json, SLICE("0")) || slice_equal(json, SLICE("true")));
}

/* The text after the last LF is the next cell. */
static void end_cell(struct findings *s, size_t start)
{
	struct slice json = { s->cells.at + start, s->cells.len - start };

	s->used[s->column] |= says_something(s, json);
	s->column = (s->column + 1) % FINDINGS_COLUMNS;
	buf_byte(&s->cells, '\n');
}

static void put_json(struct findings *s, struct slice json)
{
	size_t start = s->cells.len;

	buf_add(&s->cells, json);
	end_cell(s, start);
}

static void put_nulls(struct findings *s, int n)
{
	while (n--)
		put_json(s, SLICE("null"));
}

static void put_text(struct findings *s, struct slice text)
{
	size_t start = s->cells.len;

	json_quote(&s->cells, text);
	end_cell(s, start);
}

static void put_count(struct findings *s, uint64_t n)
{
	char text[NUM_MAX];

	put_json(s, (struct slice){ text, num_print_integer(text, n) });
}

/* For people six digits will do, and those before the point. */
static size_t print_rounded(char out[NUM_MAX], double x)
{
	int whole = x == 0 ? 0 : (int)floor(log10(fabs(x))) + 1;
	char text[NUM_MAX];
	int len;

	if (whole > 15 || whole < -15)
		len = snprintf(text, sizeof text, "%.5e", x);
	else
		len = snprintf(text, sizeof text, "%.*f", whole < 6 ? 6 - whole : 0, x);
	return real_print(out, real_of((struct slice){ text, (size_t)len }));
}

static void put_number(struct findings *s, double x)
{
	char text[NUM_MAX];

	put_json(s,
		(struct slice){ text, s->rounded ? print_rounded(text, x) : real_print(text, x) });
}

static void put_mean(struct findings *s, const struct survey_field *f)
{
	char text[NUM_MAX];
	size_t len = total_print_mean(text, &f->total, (int64_t)f->numbers);

	if (s->rounded)
		put_number(s, real_of((struct slice){ text, len }));
	else
		put_json(s, (struct slice){ text, len });
}

static void put_time(struct findings *s, const struct stamp *manner, struct instant t)
{
	char text[STAMP_MAX];

	put_json(s, (struct slice){ text, stamp_print(text, manner, t) });
}

static void put_counts(struct findings *s, const struct row *r)
{
	const struct survey_field *f = r->field;

	put_text(s, fields_name(s->fields, f->field));
	put_count(s, r->survey->records);
	put_count(s, r->survey->records - survey_there(f));
	put_count(s, f->count[KIND_NULL]);
	put_count(s, f->count[KIND_NUMBER]);
	put_count(s, f->count[KIND_TEXT]);
	put_count(s, booleans(f));
	put_count(s, nested(f));
	put_count(s, distinct_count(&f->distinct));
	put_json(s, distinct_exact(&f->distinct) ? SLICE("true") : SLICE("false"));
}

static void put_quantile(struct findings *s, struct survey_field *f, int64_t percent)
{
	struct decimal q = { percent, -2 };
	char text[NUM_MAX];

	if (s->rounded)
		put_number(s, tdigest_quantile(&f->digest, real_nearest(q)));
	else
		put_json(s, (struct slice){ text, sample_print_quantile_in(text, &f->digest, q) });
}

static void put_numbers(struct findings *s, struct survey_field *f)
{
	if (!f->numbers) {
		put_nulls(s, 6);
		return;
	}
	put_json(s, buf_slice(&f->least));
	put_quantile(s, f, 25);
	put_quantile(s, f, 50);
	put_quantile(s, f, 75);
	put_json(s, buf_slice(&f->greatest));
	put_mean(s, f);
}

static void put_texts(struct findings *s, const struct survey_field *f)
{
	if (!f->count[KIND_TEXT]) {
		put_nulls(s, 3);
		return;
	}
	put_count(s, f->shortest);
	put_count(s, f->longest.length);
	put_text(s, buf_slice(&f->longest.text));
}

static void put_steps(struct findings *s, struct survey_times *t)
{
	uint64_t gaps;

	if (tdigest_count(&t->steps) == 0) {
		put_nulls(s, 3);
		return;
	}
	gaps = survey_gaps(t);
	put_number(s, survey_step(t));
	put_count(s, gaps);
	if (gaps)
		put_number(s, tdigest_quantile(&t->steps, 1));
	else
		put_nulls(s, 1);
}

static void put_times(struct findings *s, struct survey_times *t)
{
	if (!t || !t->read) {
		put_nulls(s, 7);
		return;
	}
	put_time(s, &t->first_stamp, t->first);
	put_time(s, &t->last_stamp, t->last);
	put_steps(s, t);
	put_count(s, t->duplicates);
	put_count(s, t->backwards);
}

static void put_notes(struct findings *s, const struct row *r)
{
	struct buf notes = { 0 };

	note_all(&notes, s->fields, r);
	if (notes.len)
		put_text(s, buf_slice(&notes));
	else
		put_nulls(s, 1);
	buf_free(&notes);
}

void findings_add(struct findings *s, struct survey *from)
{
	for (size_t i = 0; i < from->n; i++) {
		struct survey_field *f = &from->field[i];
		struct row row = { from, f, f->field == from->setup->time ? from->times : NULL };
		survey_settle(f);
		put_counts(s, &row);
		put_numbers(s, f);
		put_texts(s, f);
		put_times(s, row.times);
		put_notes(s, &row);
	}
}

struct slice findings_next(struct slice *rest)
{
	const char *end = memchr(rest->at, '\n', rest->len);
	struct slice cell = { rest->at, end ? (size_t)(end - rest->at) : rest->len };

	*rest = slice_skip(*rest, cell.len + (end ? 1 : 0));
	return cell;
}
