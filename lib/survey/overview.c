#include "survey/overview.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/width.h"
#include "number/num.h"
#include "number/real.h"
#include "text/table.h"

enum { GAP = 2, LEAST_NAME = 8 };

void overview_add(struct overview *o, struct slice text, bool number)
{
	MEM_GROW(o->cell, o->cells, o->cap);
	o->cell[o->cells++] = (struct overview_cell){ o->text.len, text.len, number };
	buf_add(&o->text, text);
}

void overview_named(struct overview *o)
{
	o->columns = o->cells;
	o->form.hidden = mem_array(o->columns, sizeof *o->form.hidden);
	o->form.below = mem_array(o->columns, sizeof *o->form.below);
}

static size_t rows(const struct overview *o)
{
	return o->columns ? o->cells / o->columns : 0;
}

static const struct overview_cell *cell_at(const struct overview *o, size_t row, size_t column)
{
	return &o->cell[row * o->columns + column];
}

static struct slice text_at(const struct overview *o, size_t row, size_t column)
{
	const struct overview_cell *c = cell_at(o, row, column);

	return (struct slice){ o->text.at + c->at, c->len };
}

/* SIZE_MAX: there is none of that name. */
static size_t column_of(const struct overview *o, const char *name)
{
	for (size_t i = o->keys; i < o->columns; i++)
		if (slice_equal(text_at(o, 0, i), slice_of(name)))
			return i;
	return SIZE_MAX;
}

/* --- what is shown in a cell --- */

/* Integers stay whole. */
static void add_rounded(struct buf *b, struct slice number, int digits)
{
	char text[NUM_MAX];

	if (digits && memchr(number.at, '.', number.len) && number.len > (size_t)digits + 3)
		snprintf(text, sizeof text, "%.*g", digits, real_of(number));
	else
		text[0] = 0;
	buf_add(b, text[0] && strlen(text) < number.len ? slice_of(text) : number);
}

static void add_cut(struct buf *b, struct slice text, size_t most)
{
	size_t width = 0, len = 0;
	uint32_t c;

	while (len < text.len && width < most) {
		struct slice rest = slice_skip(text, len);
		size_t n = utf8_visible(rest, &c);
		width += n ? (size_t)width_of(c) : 4;
		if (width < most)
			len += n ? n : 1;
	}
	buf_add(b, (struct slice){ text.at, len });
	if (len < text.len)
		buf_add(b, SLICE("\xe2\x80\xa6"));
}

static bool is_estimate(const struct overview *o, size_t row)
{
	size_t exact = column_of(o, "distinct_exact");

	return row && exact != SIZE_MAX && slice_equal(text_at(o, row, exact), SLICE("false"));
}

/* Quantiles of times say nothing beside the first and the last of them, which are wide enough. */
static bool is_of_times(const struct overview *o, size_t row, size_t column)
{
	static const char *const names[] = { "min", "q1", "median", "q3", "max", "mean" };
	size_t first = column_of(o, "first");

	if (!row || first == SIZE_MAX || !o->form.below[first] || !cell_at(o, row, first)->len)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (column == column_of(o, names[i]))
			return true;
	return false;
}

static void add_cell(const struct overview *o, size_t row, size_t column, struct buf *b)
{
	const struct overview_cell *c = cell_at(o, row, column);
	struct slice text = text_at(o, row, column);

	if (is_of_times(o, row, column))
		return;
	if (o->form.marks && column == column_of(o, "distinct") && is_estimate(o, row))
		buf_byte(b, '~');
	if (o->form.cut && column <= o->keys)
		add_cut(b, text, o->form.cut);
	else if (c->number)
		add_rounded(b, text, o->form.digits);
	else
		buf_add(b, text);
}

/* --- what fits --- */

static size_t shown_width(struct slice text)
{
	size_t width = 0, n;
	uint32_t c;

	for (; text.len; text = slice_skip(text, n ? n : 1)) {
		n = utf8_visible(text, &c);
		width += n ? (size_t)width_of(c) : 4;
	}
	return width;
}

static size_t column_width(const struct overview *o, size_t column)
{
	struct buf b = { 0 };
	size_t most = 0, width;

	for (size_t row = 0; row < rows(o); row++) {
		b.len = 0;
		add_cell(o, row, column, &b);
		width = shown_width(buf_slice(&b));
		most = width > most ? width : most;
	}
	buf_free(&b);
	return most;
}

static bool is_in_table(const struct overview *o, size_t column)
{
	return !o->form.hidden[column] && !o->form.below[column];
}

static size_t table_width(const struct overview *o)
{
	size_t width = 0;

	for (size_t i = 0; i < o->columns; i++)
		if (is_in_table(o, i))
			width += column_width(o, i) + (width ? GAP : 0);
	return width;
}

static bool fits(const struct overview *o)
{
	return table_width(o) <= o->width;
}

static bool is_uniform(const struct overview *o, size_t column)
{
	for (size_t row = 2; row < rows(o); row++)
		if (!slice_equal(text_at(o, row, column), text_at(o, 1, column)))
			return false;
	return rows(o) > 1;
}

/* True: there was such a column in the table. */
static bool hide(struct overview *o, const char *name, bool left_out)
{
	size_t column = column_of(o, name);

	if (column == SIZE_MAX || !is_in_table(o, column))
		return false;
	o->form.hidden[column] = true;
	o->form.left_out |= left_out;
	return true;
}

static void move_below(struct overview *o, const char *name)
{
	size_t column = column_of(o, name);

	if (column != SIZE_MAX)
		o->form.below[column] = true;
}

static void mark_estimates(struct overview *o)
{
	o->form.marks = hide(o, "distinct_exact", false);
}

static void say_records_once(struct overview *o)
{
	size_t column = column_of(o, "records");

	if (column != SIZE_MAX && is_uniform(o, column))
		o->form.once = hide(o, "records", false);
}

static void leave_out_lengths(struct overview *o)
{
	hide(o, "shortest", true);
	hide(o, "longest", true);
}

static void move_notes(struct overview *o)
{
	move_below(o, "notes");
}

static void move_what_few_have(struct overview *o)
{
	static const char *const names[] = { "longest_text", "first", "last", "step", "gaps",
		"longest_gap", "duplicates", "backwards" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		move_below(o, names[i]);
}

static void take_fewer_digits(struct overview *o)
{
	o->form.digits = 4;
}

static void leave_out_quarters(struct overview *o)
{
	hide(o, "q1", true);
	hide(o, "q3", true);
}

static void leave_out_counts(struct overview *o)
{
	static const char *const names[] = { "records", "numbers", "texts", "booleans", "nested" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		hide(o, names[i], true);
}

static void leave_out_more(struct overview *o)
{
	static const char *const names[] = { "missing", "null", "mean", "median", "min", "max",
		"distinct" };

	for (size_t i = 0; i < sizeof names / sizeof *names && !fits(o); i++)
		hide(o, names[i], true);
}

static void cut_names(struct overview *o)
{
	size_t width = column_width(o, o->keys), over = table_width(o) - o->width;

	o->form.cut = width > over + LEAST_NAME ? width - over : LEAST_NAME;
}

static void fit(struct overview *o)
{
	static void (*const steps[])(struct overview *) = { mark_estimates, leave_out_lengths,
		say_records_once, move_notes, move_what_few_have, take_fewer_digits,
		leave_out_counts, leave_out_quarters, cut_names, leave_out_more };

	for (size_t i = 0; i < sizeof steps / sizeof *steps && !fits(o); i++)
		steps[i](o);
}

/* --- printing --- */

static void print_table(const struct overview *o, struct buf *b)
{
	struct table table = { .header = true };
	struct buf text = { 0 };

	for (size_t row = 0; row < rows(o); row++)
		for (size_t i = 0; i < o->columns; i++) {
			if (!is_in_table(o, i))
				continue;
			table.columns += !row;
			text.len = 0;
			add_cell(o, row, i, &text);
			table_add(&table, text.len ? buf_slice(&text) : SLICE(""),
				cell_at(o, row, i)->number);
		}
	table_print(&table, b);
	table_free(&table);
	buf_free(&text);
}

/* Of a field of times the longest text is one of them. */
static bool is_said_below(const struct overview *o, size_t row, size_t column)
{
	size_t first = column_of(o, "first");

	return o->form.below[column] && cell_at(o, row, column)->len &&
		(column != column_of(o, "longest_text") || first == SIZE_MAX ||
			!cell_at(o, row, first)->len);
}

/* "temp: first 2024-01-01, step 60; a copy of t" */
static void print_below(const struct overview *o, size_t row, struct buf *b)
{
	size_t notes = column_of(o, "notes");
	struct buf text = { 0 };

	for (size_t i = 0; i < o->columns; i++) {
		struct slice name = text_at(o, 0, i), value = text_at(o, row, i);
		if (!is_said_below(o, row, i))
			continue;
		buf_add(&text, !text.len ? SLICE("") : i == notes ? SLICE("; ") : SLICE(", "));
		if (i != notes)
			buf_printf(&text, "%.*s ", (int)name.len, name.at);
		buf_add(&text, value);
	}
	for (size_t i = 0; text.len && i <= o->keys; i++) {
		table_show(b, text_at(o, row, i));
		buf_add(b, i < o->keys ? SLICE(", ") : SLICE(": "));
	}
	if (text.len) {
		table_show(b, buf_slice(&text));
		buf_byte(b, '\n');
	}
	buf_free(&text);
}

static void print_left_out(const struct overview *o, struct buf *b)
{
	bool first = true;

	for (size_t i = 0; i < o->columns; i++) {
		struct slice name = text_at(o, 0, i);
		if (!o->form.hidden[i] ||
			(o->form.marks && slice_equal(name, SLICE("distinct_exact"))) ||
			(o->form.once && slice_equal(name, SLICE("records"))))
			continue;
		buf_add(b, first ? SLICE("(no room for ") : SLICE(", "));
		buf_add(b, name);
		first = false;
	}
	if (!first)
		buf_add(b, SLICE(")\n"));
}

void overview_print(struct overview *o, struct buf *b)
{
	size_t start;

	if (rows(o) < 2)
		return;
	fit(o);
	if (o->form.once) {
		struct slice n = text_at(o, 1, column_of(o, "records"));
		buf_printf(b, "%.*s record%s\n\n", (int)n.len, n.at,
			slice_equal(n, SLICE("1")) ? "" : "s");
	}
	print_table(o, b);
	start = b->len;
	for (size_t row = 1; row < rows(o); row++)
		print_below(o, row, b);
	print_left_out(o, b);
	if (b->len > start) {
		buf_byte(b, '\n');
		memmove(b->at + start + 1, b->at + start, b->len - start - 1);
		b->at[start] = '\n';
	}
}

void overview_free(struct overview *o)
{
	free(o->cell);
	free(o->form.hidden);
	free(o->form.below);
	buf_free(&o->text);
	*o = (struct overview){ 0 };
}
