#include "text/list.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

struct slice list_trim(struct slice s)
{
	while (s.len && is_blank(*s.at))
		s = slice_skip(s, 1);
	while (s.len && is_blank(s.at[s.len - 1]))
		s.len--;
	return s;
}

/* The place behind the quotation that begins at i, or the end of the text. */
static size_t skip_quoted(struct slice s, size_t i)
{
	char mark = s.at[i];

	for (i++; i < s.len && s.at[i] != mark; i++)
		i += mark == '"' && s.at[i] == '\\';
	return i < s.len ? i + 1 : s.len + 1;
}

/* Where the text has this byte outside of quotations and parentheses, its length if nowhere; beyond that
 * if something is not closed. */
static size_t find(struct slice s, char wanted)
{
	size_t depth = 0, i = 0;

	while (i < s.len && (depth || s.at[i] != wanted)) {
		if (memchr("\"'`", s.at[i], 3)) {
			i = skip_quoted(s, i);
			continue;
		}
		depth += s.at[i] == '(';
		depth -= s.at[i] == ')' && depth;
		i++;
	}
	return i == s.len && depth ? s.len + 1 : i;
}

bool list_next(struct slice *rest, struct slice *item, struct fault *fault)
{
	size_t end;

	*fault = (struct fault){ 0 };
	if (!rest->at)
		return false;
	end = find(*rest, ',');
	if (end > rest->len)
		return fault_set(fault, "a quote or a parenthesis is not closed", 0);
	*item = list_trim((struct slice){ rest->at, end });
	if (!item->len)
		return fault_set(fault, "an item is empty", 0);
	*rest = end < rest->len ? slice_skip(*rest, end + 1) : (struct slice){ 0 };
	return true;
}

bool list_named(struct slice item, struct slice *what, struct slice *name)
{
	size_t from = 0;

	*what = item;
	while (from < item.len) {
		size_t i = from + find(slice_skip(item, from), ' ');
		if (i + 4 > item.len)
			return false;
		if (slice_starts(slice_skip(item, i), SLICE(" as "))) {
			*what = list_trim((struct slice){ item.at, i });
			return list_name(list_trim(slice_skip(item, i + 4)), name);
		}
		from = i + 1;
	}
	return false;
}

/* Signs that a bare name does not have, so that an expression is not taken for one. */
static bool has_signs(struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] && strchr("()<>=+/\"'", s.at[i]))
			return true;
	return memmem(s.at, s.len, " - ", 3);
}

bool list_name(struct slice item, struct slice *name)
{
	bool quoted = item.len > 1 && *item.at == '`' && item.at[item.len - 1] == '`';

	*name = quoted ? (struct slice){ item.at + 1, item.len - 2 } : item;
	return name->len && !memchr(name->at, '`', name->len) && (quoted || !has_signs(*name));
}
