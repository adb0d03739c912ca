/* Cells are gathered as text, row after row: which columns are of use is known at the end only, and
 * quantiles are not to be worked out twice. */
#include "survey/findings.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "number/num.h"
#include "number/real.h"
#include "number/total.h"
#include "record/json.h"
#include "record/stamp.h"
#include "sketch/distinct.h"
#include "sketch/sample.h"
#include "survey/alike.h"

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

static void put_null(struct findings *s)
{
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

static void put_time(struct findings *s, const struct stamp *manner, struct instant t)
{
	char text[STAMP_MAX];

	put_json(s, (struct slice){ text, stamp_print(text, manner, t) });
}

/* --- the columns --- */

static void put_name(struct findings *s, const struct row *r)
{
	put_text(s, fields_name(s->fields, r->field->field));
}

static void put_records(struct findings *s, const struct row *r)
{
	put_count(s, r->survey->records);
}

static void put_missing(struct findings *s, const struct row *r)
{
	put_count(s, r->survey->records - survey_there(r->field));
}

static void put_null_count(struct findings *s, const struct row *r)
{
	put_count(s, r->field->count[KIND_NULL]);
}

static void put_number_count(struct findings *s, const struct row *r)
{
	put_count(s, r->field->count[KIND_NUMBER]);
}

static void put_text_count(struct findings *s, const struct row *r)
{
	put_count(s, r->field->count[KIND_TEXT]);
}

static void put_boolean_count(struct findings *s, const struct row *r)
{
	put_count(s, booleans(r->field));
}

static void put_nested_count(struct findings *s, const struct row *r)
{
	put_count(s, nested(r->field));
}

static void put_distinct(struct findings *s, const struct row *r)
{
	uint64_t n = distinct_count(&r->field->distinct);
	uint64_t values = survey_there(r->field) - r->field->count[KIND_NULL];

	put_count(s, n < values ? n : values);
}

static void put_distinct_exact(struct findings *s, const struct row *r)
{
	put_json(s, distinct_exact(&r->field->distinct) ? SLICE("true") : SLICE("false"));
}

static bool has_numbers(const struct row *r)
{
	return r->field->numbers;
}

static void put_least(struct findings *s, const struct row *r)
{
	put_json(s, buf_slice(&r->field->least));
}

static void put_quantile(struct findings *s, struct survey_field *f, int64_t percent)
{
	struct buf text = { 0 };

	sample_print_quantile(&text, &f->values, (struct decimal){ percent, -2 });
	if (s->rounded)
		put_number(s, real_of(buf_slice(&text)));
	else
		put_json(s, buf_slice(&text));
	buf_free(&text);
}

static void put_q1(struct findings *s, const struct row *r)
{
	put_quantile(s, r->field, 25);
}

static void put_median(struct findings *s, const struct row *r)
{
	put_quantile(s, r->field, 50);
}

static void put_q3(struct findings *s, const struct row *r)
{
	put_quantile(s, r->field, 75);
}

static void put_greatest(struct findings *s, const struct row *r)
{
	put_json(s, buf_slice(&r->field->greatest));
}

static void put_mean(struct findings *s, const struct row *r)
{
	char text[NUM_MAX];
	size_t len = total_print_mean(text, &r->field->total, (int64_t)r->field->numbers);

	if (s->rounded)
		put_number(s, real_of((struct slice){ text, len }));
	else
		put_json(s, (struct slice){ text, len });
}

static bool has_texts(const struct row *r)
{
	return r->field->count[KIND_TEXT];
}

static void put_shortest(struct findings *s, const struct row *r)
{
	put_count(s, r->field->shortest);
}

static void put_longest(struct findings *s, const struct row *r)
{
	put_count(s, r->field->longest.length);
}

static void put_longest_text(struct findings *s, const struct row *r)
{
	put_text(s, buf_slice(&r->field->longest.text));
}

static bool has_times(const struct row *r)
{
	return r->times && r->times->read;
}

static bool has_steps(const struct row *r)
{
	return has_times(r) && sample_count(&r->times->steps) > 0;
}

static bool has_gaps(const struct row *r)
{
	return has_steps(r) && survey_gaps(r->times);
}

static void put_first(struct findings *s, const struct row *r)
{
	put_time(s, &r->times->first_stamp, r->times->first);
}

static void put_last(struct findings *s, const struct row *r)
{
	put_time(s, &r->times->last_stamp, r->times->last);
}

static void put_step(struct findings *s, const struct row *r)
{
	put_number(s, survey_step(r->times));
}

static void put_gaps(struct findings *s, const struct row *r)
{
	put_count(s, survey_gaps(r->times));
}

static void put_longest_gap(struct findings *s, const struct row *r)
{
	put_number(s, sample_value(&r->times->steps, sample_count(&r->times->steps) - 1));
}

static void put_duplicates(struct findings *s, const struct row *r)
{
	put_count(s, r->times->duplicates);
}

static void put_backwards(struct findings *s, const struct row *r)
{
	put_count(s, r->times->backwards);
}

static void put_notes(struct findings *s, const struct row *r)
{
	struct buf notes = { 0 };

	note_all(&notes, s->fields, r);
	if (notes.len)
		put_text(s, buf_slice(&notes));
	else
		put_null(s);
	buf_free(&notes);
}

static const struct column {
	const char *name;
	void (*put)(struct findings *s, const struct row *r);
	bool (*applies)(const struct row *r); /* NULL: always */
} columns[] = {
	{ "field", put_name, NULL },
	{ "records", put_records, NULL },
	{ "missing", put_missing, NULL },
	{ "null", put_null_count, NULL },
	{ "numbers", put_number_count, NULL },
	{ "texts", put_text_count, NULL },
	{ "booleans", put_boolean_count, NULL },
	{ "nested", put_nested_count, NULL },
	{ "distinct", put_distinct, NULL },
	{ "distinct_exact", put_distinct_exact, NULL },
	{ "min", put_least, has_numbers },
	{ "q1", put_q1, has_numbers },
	{ "median", put_median, has_numbers },
	{ "q3", put_q3, has_numbers },
	{ "max", put_greatest, has_numbers },
	{ "mean", put_mean, has_numbers },
	{ "shortest", put_shortest, has_texts },
	{ "longest", put_longest, has_texts },
	{ "longest_text", put_longest_text, has_texts },
	{ "first", put_first, has_times },
	{ "last", put_last, has_times },
	{ "step", put_step, has_steps },
	{ "gaps", put_gaps, has_steps },
	{ "longest_gap", put_longest_gap, has_gaps },
	{ "duplicates", put_duplicates, has_times },
	{ "backwards", put_backwards, has_times },
	{ "notes", put_notes, NULL },
};

static_assert(sizeof columns / sizeof *columns == FINDINGS_COLUMNS, "the header counts them");

const char *findings_name(size_t column)
{
	return columns[column].name;
}

void findings_add(struct findings *s, struct survey *from)
{
	for (size_t i = 0; i < from->n; i++) {
		struct survey_field *f = &from->field[i];
		struct row row = { from, f, f->field == from->setup->time ? from->times : NULL };
		survey_settle(f);
		for (const struct column *c = columns; c < columns + FINDINGS_COLUMNS; c++)
			if (!c->applies || c->applies(&row))
				c->put(s, &row);
			else
				put_null(s);
	}
}

struct slice findings_next(struct slice *rest)
{
	const char *end = memchr(rest->at, '\n', rest->len);
	struct slice cell = { rest->at, end ? (size_t)(end - rest->at) : rest->len };

	*rest = slice_skip(*rest, cell.len + (end ? 1 : 0));
	return cell;
}
