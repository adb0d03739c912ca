#include "text/table.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/width.h"

enum { GAP = 2 }; /* blanks between two columns */

size_t table_show(struct buf *b, struct slice text)
{
	size_t width = 0, n;
	uint32_t c;

	while (text.len) {
		n = utf8_visible(text, &c);
		if (n) {
			buf_add(b, (struct slice){ text.at, n });
			width += (size_t)width_of(c);
		} else {
			n = 1;
			buf_printf(b, "\\x%02x", (unsigned char)*text.at);
			width += 4;
		}
		text = slice_skip(text, n);
	}
	return width;
}

void table_add(struct table *t, struct slice text, bool number)
{
	struct table_cell *cell;

	MEM_GROW(t->cell, t->cells, t->cap);
	cell = &t->cell[t->cells++];
	cell->at = t->text.len;
	cell->width = table_show(&t->text, text);
	cell->len = t->text.len - cell->at;
	cell->number = number;
}

bool table_is_ready(const struct table *t)
{
	size_t rows = t->cells / t->columns;

	return t->settled || rows >= (size_t)TABLE_ROWS + t->header ||
		t->text.len + t->cells * sizeof *t->cell >= TABLE_BYTES;
}

static void settle(struct table *t)
{
	t->column = mem_array(t->columns, sizeof *t->column);
	for (size_t i = 0; i < t->cells; i++) {
		struct table_column *c = &t->column[i % t->columns];
		const struct table_cell *cell = &t->cell[i];
		if (cell->width > c->width && cell->width <= TABLE_WIDTH)
			c->width = cell->width;
		if (t->header && i < t->columns)
			continue;
		c->numbers |= cell->number;
		c->texts |= !cell->number && cell->len;
	}
}

/* Blanks are owed until something follows them, so that no row ends with some. */
static void pay(struct buf *b, size_t *blanks)
{
	memset(buf_room(b, *blanks), ' ', *blanks);
	b->len += *blanks;
	*blanks = 0;
}

static void print_row(
	const struct table *t, const struct table_cell *cell, bool names, struct buf *b)
{
	size_t blanks = 0;

	for (size_t i = 0; i < t->columns; i++, cell++) {
		const struct table_column *c = &t->column[i];
		size_t spare = cell->width < c->width ? c->width - cell->width : 0;
		bool right = names ? c->numbers && !c->texts : cell->number;
		if (right)
			blanks += spare;
		if (cell->len) {
			pay(b, &blanks);
			buf_add(b, (struct slice){ t->text.at + cell->at, cell->len });
		}
		blanks += GAP + (right ? 0 : spare);
	}
	buf_byte(b, '\n');
}

static void print_rule(const struct table *t, struct buf *b)
{
	size_t blanks = 0;

	for (size_t i = 0; i < t->columns; i++) {
		size_t width = t->column[i].width;
		pay(b, &blanks);
		memset(buf_room(b, width), '-', width);
		b->len += width;
		blanks = GAP;
	}
	buf_byte(b, '\n');
}

void table_print(struct table *t, struct buf *b)
{
	bool names = t->header && !t->settled;
	size_t whole = t->cells - t->cells % t->columns;

	if (!t->settled)
		settle(t);
	for (size_t i = 0; i < whole; i += t->columns) {
		print_row(t, &t->cell[i], names && !i, b);
		if (names && !i)
			print_rule(t, b);
	}
	t->settled = true;
	t->cells = 0;
	t->text.len = 0;
}

void table_free(struct table *t)
{
	free(t->column);
	free(t->cell);
	buf_free(&t->text);
	*t = (struct table){ 0 };
}
