#include "csv/cell.h"

#include "base/slice.h"
#include "number/num.h"
#include "record/json.h"

static bool is_plain(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
			return false;
	}
	return true;
}

enum cell_kind cell_kind_of(struct slice text)
{
	if (!text.len)
		return CELL_EMPTY;
	if (json_plain_number(text.at) == text.at + text.len)
		return CELL_NUMBER;
	if ((is_digit(*text.at) || *text.at == '-') && num_valid(text))
		return CELL_NUMBER;
	return is_plain(text) ? CELL_PLAIN : CELL_TEXT;
}

static bool read_quoted(struct cell *c, struct slice raw)
{
	const char *p = raw.at + 1, *end = raw.at + raw.len - 1;
	bool doubled = false;

	if (raw.len < 2 || *end != '"')
		return false;
	*c = (struct cell){ p, (uint32_t)(end - p), CELL_DOUBLED };
	for (; (p = memchr(p, '"', (size_t)(end - p))); p += 2) {
		if (p + 1 == end || p[1] != '"')
			return false;
		doubled = true;
	}
	if (!doubled)
		c->kind = cell_kind_of((struct slice){ c->at, c->len });
	return true;
}

bool cell_read(struct cell *c, struct slice raw)
{
	if (raw.len && *raw.at == '"')
		return read_quoted(c, raw);
	*c = (struct cell){ raw.at, (uint32_t)raw.len, cell_kind_of(raw) };
	return c->kind != CELL_TEXT || !memchr(raw.at, '"', raw.len);
}

void cell_text(const struct cell *c, struct buf *b)
{
	const char *p = c->at, *end = c->at + c->len, *quote;

	while (c->kind == CELL_DOUBLED && (quote = memchr(p, '"', (size_t)(end - p)))) {
		buf_add(b, (struct slice){ p, (size_t)(quote + 1 - p) });
		p = quote + 1;
		p += p < end && *p == '"';
	}
	buf_add(b, (struct slice){ p, (size_t)(end - p) });
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

struct slice cell_trim(struct slice s)
{
	while (s.len && is_blank(*s.at))
		s = slice_skip(s, 1);
	while (s.len && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

/* What stands for the point becomes one. If that is a comma, a point becomes that, which no number has. */
static void add_number(struct buf *b, struct slice s, char point)
{
	char *to;

	buf_add(b, s);
	to = b->at + b->len - s.len;
	for (size_t i = 0; i < s.len && point == ','; i++)
		to[i] = to[i] == ',' ? '.' : to[i] == '.' ? ',' : to[i];
}

bool cell_number(struct slice text, char point, struct buf *b)
{
	struct slice s = cell_trim(text);

	if (s.len && *s.at == '-')
		buf_byte(b, '-');
	if (s.len && (*s.at == '-' || *s.at == '+'))
		s = slice_skip(s, 1);
	if (s.len && *s.at == '-')
		return false;
	while (s.len > 1 && s.at[0] == '0' && is_digit(s.at[1]))
		s = slice_skip(s, 1);
	if (s.len > 1 && s.at[0] == point)
		buf_byte(b, '0');
	if (s.len > 1 && s.at[s.len - 1] == point)
		s.len--;
	add_number(b, s, point);
	return num_valid(buf_slice(b));
}

bool cell_plain_number(struct slice text, char point, struct buf *b)
{
	add_number(b, text, point);
	return num_valid(buf_slice(b));
}

/* Blanks at the ends are quoted, and what would begin a file as a mark: readers may strip both. */
bool cell_needs_quotes(struct slice s, char delimiter)
{
	if (!s.len)
		return false;
	if (is_blank(s.at[0]) || is_blank(s.at[s.len - 1]) ||
		slice_starts(s, SLICE("\xef\xbb\xbf")))
		return true;
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == delimiter || s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r')
			return true;
	return false;
}

char *cell_quote(char *to, struct slice s)
{
	const char *quote;

	*to++ = '"';
	while ((quote = memchr(s.at, '"', s.len))) {
		size_t n = (size_t)(quote + 1 - s.at);
		to = slice_put(to, (struct slice){ s.at, n });
		*to++ = '"';
		s = slice_skip(s, n);
	}
	to = slice_put(to, s);
	*to++ = '"';
	return to;
}
