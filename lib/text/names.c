#include "text/names.h"

#include "base/mem.h"
#include "base/utf8.h"

static void add(struct names *names, struct slice text, bool literal)
{
	bool pattern =
		!literal && (memchr(text.at, '*', text.len) || memchr(text.at, '?', text.len));

	MEM_GROW(names->at, names->n, names->cap);
	names->at[names->n++] = (struct name){ .text = text, .pattern = pattern };
}

void names_literal(struct names *names, struct slice text)
{
	add(names, text, true);
}

/* The name in backquotes at *i, which is moved behind it. */
static bool add_quoted(struct names *names, struct slice list, size_t *i, struct fault *f)
{
	const char *open = list.at + *i + 1;
	const char *close = memchr(open, '`', list.len - *i - 1);

	if (!close)
		return fault_set(f, "a backquote is not closed", *i);
	*i = (size_t)(close - list.at) + 1;
	if (*i < list.len && list.at[*i] != ',')
		return fault_set(f, "a comma is missing after a backquote", *i);
	add(names, (struct slice){ open, (size_t)(close - open) }, true);
	return true;
}

bool names_add(struct names *names, struct slice list, struct fault *f)
{
	size_t good = utf8_length(list);

	if (good < list.len)
		return fault_set(f, "a name is not UTF-8", good);
	for (size_t i = 0;; i++) {
		if (i < list.len && list.at[i] == '`') {
			if (!add_quoted(names, list, &i, f))
				return false;
		} else {
			size_t start = i;
			while (i < list.len && list.at[i] != ',')
				i++;
			if (i == start)
				return fault_set(f, "a name is empty", i);
			add(names, (struct slice){ list.at + start, i - start }, false);
		}
		if (i >= list.len)
			return true;
	}
}

static size_t character(struct slice s, size_t i)
{
	size_t n = 1;

	while (i + n < s.len && (s.at[i + n] & 0xc0) == 0x80)
		n++;
	return n;
}

/* Linear but for going back to the last star, which alone can have taken too little. */
bool names_match(struct slice pattern, struct slice text)
{
	size_t p = 0, t = 0, star = SIZE_MAX, resume = 0;

	while (t < text.len) {
		if (p < pattern.len && pattern.at[p] == '*') {
			star = p++;
			resume = t;
		} else if (p < pattern.len && pattern.at[p] == '?') {
			p++;
			t += character(text, t);
		} else if (p < pattern.len && pattern.at[p] == text.at[t]) {
			p++;
			t++;
		} else if (star != SIZE_MAX) {
			p = star + 1;
			t = ++resume;
		} else {
			return false;
		}
	}
	while (p < pattern.len && pattern.at[p] == '*')
		p++;
	return p == pattern.len;
}
