#include "csv/dsv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { REACH_LEAST = 1 << 10 };

void dsv_init(struct dsv *d)
{
	d->index.start = mem_alloc(CELLS_MAX * sizeof *d->index.start);
	d->index.last = mem_alloc(CELLS_MAX * sizeof *d->index.last);
	d->reach = CELLS_RUN;
}

void dsv_free(struct dsv *d)
{
	free(d->index.start);
	free(d->index.last);
	free(d->cell);
	*d = (struct dsv){ 0 };
}

void dsv_begin(struct dsv *d, uint64_t skip)
{
	d->lines = 0;
	d->skip = skip;
	d->skipping = d->after_cr = false;
}

void dsv_bytes(struct dsv *d, struct slice bytes, bool last)
{
	d->at = bytes.at;
	/* At the very end the LF behind them ends the last row; if it was ended, a blank line is no row. */
	d->end = bytes.at + bytes.len + last;
	d->last = last;
	d->index.rows = d->next = 0;
}

size_t dsv_left(const struct dsv *d)
{
	return (size_t)(d->end - d->at) - (d->last && d->at < d->end);
}

static bool is_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Line ends in [d->at, to), which is passed; CRLF is one. */
static void pass(struct dsv *d, const char *to)
{
	for (const char *p = d->at; p < to; p++) {
		if (*p == '\r' || (*p == '\n' && !d->after_cr))
			d->lines++;
		d->after_cr = *p == '\r';
	}
	d->at = to;
}

/* The plain twin of find(). */
static void index_rows(const char *from, const char *end, char delimiter, struct cells_index *r)
{
	bool stops[256] = { ['"'] = true, ['\n'] = true, ['\r'] = true };
	uint16_t *to = r->start, *last = r->last;
	unsigned char all = 0;
	bool text = false;

	for (const char *p = from; p < end; p++)
		all |= (unsigned char)*p;
	r->high = all & 0x80;
	stops[(unsigned char)delimiter] = true;
	r->quotes = r->lines = false;
	*to++ = 0;
	for (const char *p = from;; p++) {
		while (p < end && !stops[(unsigned char)*p])
			p++;
		if (p >= end)
			break;
		if (*p == '"') {
			text = !text;
			r->quotes = true;
			continue;
		}
		if (text) {
			r->lines |= is_end(*p);
			continue;
		}
		if (*p != delimiter)
			*last++ = (uint16_t)(to - r->start - 1);
		*to++ = (uint16_t)(p - from + 1);
	}
	r->rows = (size_t)(last - r->last);
}

static void reserve(struct dsv *d, size_t n)
{
	if (n <= d->cap)
		return;
	d->cap = n * 2;
	d->cell = mem_resize(d->cell, d->cap * sizeof *d->cell);
}

/* The plain twin of read(). */
static bool read_plainly(
	const struct dsv *d, const uint16_t *start, const uint32_t *wanted, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = wanted ? wanted[i] : i;
		struct slice raw = { d->from + start[k], (size_t)(start[k + 1] - start[k]) - 1 };
		if (!cell_read(&d->cell[k], d->trim ? cell_trim(raw) : raw))
			return false;
	}
	return true;
}

static bool read_cells(const struct dsv *d, const uint16_t *start, const uint32_t *wanted, size_t n)
{
	if (d->fast && !d->trim)
		return d->fast->read(d->from, start, wanted, n, d->cell);
	return read_plainly(d, start, wanted, n);
}

/* Quotes are looked at in all cells, for they decide what the cells are. */
static bool look_at_cells(struct dsv *d, const uint16_t *start, size_t n)
{
	size_t wanted = d->n_wanted;

	reserve(d, n);
	d->unseen = NULL;
	if (!d->wanted || d->index.quotes || (wanted && d->wanted[wanted - 1] >= n))
		return read_cells(d, start, NULL, n);
	d->unseen = start;
	return read_cells(d, start, d->wanted, wanted);
}

/* Where there are no quotes, none is out of order. */
void dsv_look(struct dsv *d)
{
	if (d->unseen)
		read_cells(d, d->unseen, NULL, d->cells);
	d->unseen = NULL;
}

enum taken { TAKEN, PASSED, ODD };

/* The next row that the index has. */
static enum taken take_row(struct dsv *d)
{
	const struct cells_index *x = &d->index;
	size_t first = d->next ? x->last[d->next - 1] + 1u : 0;
	size_t n = x->last[d->next] + 1u - first;
	const uint16_t *start = x->start + first;
	const char *end = d->from + start[n] - 1;
	bool skipped;

	d->row = (struct slice){ d->at, (size_t)(end - d->at) };
	skipped = !d->row.len || (d->comment && *d->at == d->comment);
	if ((skipped && d->row.len && x->quotes) || d->row.len > d->max_row)
		return ODD;
	if (!skipped && !look_at_cells(d, start, n))
		return ODD;
	d->line = d->lines + 1;
	d->cells = n;
	d->high = x->high;
	d->next++;
	if (x->lines) {
		pass(d, end + 1);
	} else {
		d->lines += !d->after_cr || *end == '\r' || d->row.len;
		d->after_cr = *end == '\r';
		d->at = end + 1;
	}
	return skipped ? PASSED : TAKEN;
}

/* The row is bad; what is left of it ends with its line. However the bytes come, the same is told: what
 * is within the limit, when all of that is there. */
static enum dsv_found bad(struct dsv *d, const char *what, const char *at)
{
	const char *p = at;

	if ((size_t)(at - d->at) >= d->max_row) {
		what = "the row is longer than --max-line allows";
		p = at = d->at + d->max_row;
	}
	while (p < d->end && !is_end(*p))
		p++;
	if (p == d->end && !d->last && (size_t)(p - d->at) <= d->max_row)
		return DSV_MORE;
	d->fault = (struct fault){ what, (size_t)(at - d->at) };
	d->row = (struct slice){ d->at, (size_t)(p - d->at) };
	if (d->row.len > d->max_row)
		d->row.len = d->max_row;
	d->skipping = p == d->end;
	pass(d, p < d->end ? p + 1 : p);
	return DSV_BAD;
}

/* The row does not end within the bytes; `at` is where its last cell begins. */
static enum dsv_found unfinished(struct dsv *d, const char *at)
{
	if (dsv_left(d) > d->max_row)
		return bad(d, NULL, d->end);
	if (!d->last)
		return DSV_MORE;
	for (const char *p = d->at; p < at; p++)
		d->line += *p == '\n' || (*p == '\r' && p[1] != '\n');
	d->row = (struct slice){ d->at, dsv_left(d) };
	d->fault = (struct fault){ "a quote is not closed", (size_t)(at - d->at) };
	pass(d, d->end);
	return DSV_BAD;
}

static const char *blanks(const struct dsv *d, const char *p)
{
	while (d->trim && (*p == ' ' || *p == '\t') && *p != d->delimiter)
		p++;
	return p;
}

static bool ends_cell(const struct dsv *d, const char *p)
{
	return *p == d->delimiter || is_end(*p);
}

/* The quote that closes the one at p; NULL: it is not among the bytes. */
static const char *closing(const struct dsv *d, const char *p)
{
	while ((p = memchr(p + 1, '"', (size_t)(d->end - p - 1)))) {
		if (p + 1 == d->end)
			return NULL;
		if (p[1] == '"')
			p++;
		else if (!d->lazy || ends_cell(d, blanks(d, p + 1)))
			return p;
	}
	return NULL;
}

static struct cell quoted(const char *at, const char *end)
{
	struct slice text = { at, (size_t)(end - at) };
	bool doubled = memchr(at, '"', text.len);

	return (struct cell){ at, (uint32_t)text.len, doubled ? CELL_DOUBLED : cell_kind_of(text) };
}

/* One cell, letter by letter; gives what ended it. */
static const char *read_cell(struct dsv *d, const char *at, enum dsv_found *found)
{
	struct cell *c = &d->cell[d->cells];
	const char *end;

	*found = DSV_ROW;
	if (*at == '"') {
		end = closing(d, at);
		if (!end) {
			*found = unfinished(d, at);
			return NULL;
		}
		*c = quoted(at + 1, end);
		at = blanks(d, end + 1);
		if (ends_cell(d, at))
			return at;
		*found = bad(d, "text after a closing quote", at);
		return NULL;
	}
	for (end = at; !ends_cell(d, end); end++)
		if (*end == '"' && !d->lazy) {
			*found = bad(d, "a quote in a cell without quotes", end);
			return NULL;
		}
	struct slice text = { at, (size_t)(end - at) };
	if (d->trim)
		text = cell_trim(text);
	*c = (struct cell){ text.at, (uint32_t)text.len, cell_kind_of(text) };
	return end;
}

static enum dsv_found read_row(struct dsv *d)
{
	enum dsv_found found;
	const char *p = d->at;

	d->line = d->lines + 1;
	d->unseen = NULL;
	d->high = true;
	for (d->cells = 0;; p++) {
		const char *at = blanks(d, p);
		reserve(d, d->cells + 1);
		p = read_cell(d, at, &found);
		if (!p)
			return found;
		d->cells++;
		if (p == d->end)
			return unfinished(d, at);
		if (is_end(*p))
			break;
	}
	d->row = (struct slice){ d->at, (size_t)(p - d->at) };
	if (d->row.len > d->max_row)
		return bad(d, NULL, p);
	pass(d, p + 1);
	return DSV_ROW;
}

/* Blank lines, comments, what is left of a bad row, and lines to be skipped. */
static void pass_over(struct dsv *d)
{
	while (d->at < d->end) {
		const char *p = d->at;
		bool half = d->after_cr && *p == '\n';
		if (!d->skip && d->comment && *p == d->comment)
			d->skipping = true;
		while (p < d->end && (d->skipping || d->skip) && !is_end(*p))
			p++;
		if (p == d->end)
			pass(d, p);
		if (p == d->end || !is_end(*p))
			return;
		if (d->skipping)
			d->skipping = false;
		else
			d->skip -= d->skip && !half;
		pass(d, p + 1);
	}
}

static void look_ahead(struct dsv *d)
{
	size_t left = (size_t)(d->end - d->at);
	const char *end = d->at + (left < d->reach ? left : d->reach);

	d->from = d->at;
	d->next = 0;
	if (d->fast)
		d->fast->find(d->from, end, d->delimiter, &d->index);
	else
		index_rows(d->from, end, d->delimiter, &d->index);
	if (d->reach < CELLS_RUN)
		d->reach *= 2;
}

enum dsv_found dsv_next(struct dsv *d)
{
	for (;;) {
		if (d->next == d->index.rows) {
			pass_over(d);
			if (d->at == d->end)
				return DSV_MORE;
			look_ahead(d);
		}
		if (!d->index.rows)
			return read_row(d);
		switch (take_row(d)) {
		case TAKEN:
			return DSV_ROW;
		case PASSED:
			continue;
		case ODD:
			/* Quotes out of order put all that follows in doubt. */
			d->index.rows = d->next = 0;
			d->reach = REACH_LEAST;
			pass_over(d);
			return d->at == d->end ? DSV_MORE : read_row(d);
		}
	}
}
