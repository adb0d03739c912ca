#include "csv/columns.h"

#include <stdlib.h>

#include "base/map.h"
#include "base/mem.h"
#include "record/json.h"

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* A capital begins a word if it follows two small letters: kWh and pH are words. */
static bool begins_word(struct slice name, size_t i)
{
	return is_upper(name.at[i]) && i >= 2 && is_lower(name.at[i - 1]) &&
		is_lower(name.at[i - 2]);
}

void columns_snake(struct buf *b, struct slice name)
{
	size_t start = b->len;
	bool gap = false;

	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		bool word = is_lower(c) || is_upper(c) || is_digit(c) || (c & 0x80);
		gap |= !word || begins_word(name, i);
		if (!word)
			continue;
		if (gap && b->len > start)
			buf_byte(b, '_');
		else if (b->len == start && is_digit(c))
			buf_byte(b, 'x');
		gap = false;
		buf_byte(b, is_upper(c) ? (char)(c | 0x20) : c);
	}
}

static bool fits(const struct name *wish, struct slice name)
{
	return wish->pattern ? names_match(wish->text, name) : slice_equal(wish->text, name);
}

static bool listed(const struct names *list, struct slice name)
{
	for (size_t i = 0; i < list->n; i++)
		if (fits(&list->at[i], name))
			return true;
	return false;
}

/* A name that is no column is a slip, which would otherwise pass unnoticed. */
static bool all_there(
	const struct names *list, const struct slice *name, size_t n, struct buf *error)
{
	for (size_t i = 0; i < list->n; i++) {
		bool found = list->at[i].pattern;
		for (size_t k = 0; k < n && !found; k++)
			found = fits(&list->at[i], name[k]);
		if (!found) {
			buf_printf(error, "no column is called '%.*s'", (int)list->at[i].text.len,
				list->at[i].text.at);
			return false;
		}
	}
	return true;
}

/* Is the pair NAME=ANOTHER? */
static bool renames(struct slice pair, struct slice name)
{
	return pair.len > name.len && slice_starts(pair, name) && pair.at[name.len] == '=';
}

/* As all_there(), of the names that are to be replaced. */
static bool all_renamed(
	const struct names *list, const struct slice *name, size_t n, struct buf *error)
{
	for (size_t i = 0; i < list->n; i++) {
		struct slice pair = list->at[i].text;
		bool found = false;
		for (size_t k = 0; k < n && !found; k++)
			found = renames(pair, name[k]);
		if (!found) {
			buf_printf(
				error, "no column is called as in '%.*s'", (int)pair.len, pair.at);
			return false;
		}
	}
	return true;
}

/* The names so far, and the number from which each of them looks for one to stand behind it. */
struct seen {
	struct map names;
	size_t *suffix;
};

/* Gives columns without a name, or with that of another, one of their own. */
static void tell_apart(struct seen *seen, struct slice *name, size_t column)
{
	struct buf own = { 0 };
	size_t before = seen->names.n;
	uint32_t number = map_add(&seen->names, *name);

	if (name->len && number == before)
		return;
	if (!name->len)
		buf_printf(&own, "c%zu", column + 1);
	while (!own.len || map_find(&seen->names, buf_slice(&own)) != MAP_NONE) {
		own.len = 0;
		buf_printf(&own, "%.*s_%zu", (int)name->len, name->at, seen->suffix[number]++ + 2);
	}
	number = map_add(&seen->names, buf_slice(&own));
	*name = seen->names.entry[number].text;
	buf_free(&own);
}

/* The names as they count for the options: each its own. */
static bool check_names(const struct columns_wish *wish, struct slice *name, size_t n,
	struct seen *seen, struct buf *error)
{
	const char *tool = wish->tool ? wish->tool : "";

	for (size_t i = 0; i < n; i++) {
		size_t before = seen->names.n;
		if (wish->dedupe) {
			tell_apart(seen, &name[i], i);
			continue;
		}
		map_add(&seen->names, name[i]);
		if (!name[i].len)
			buf_printf(error, "column %zu has no name; %s--dedupe-header gives it one",
				i + 1, tool);
		else if (seen->names.n == before)
			buf_printf(error,
				"two columns are called '%.*s'; %s--dedupe-header numbers them",
				(int)name[i].len, name[i].at, tool);
		if (error->len)
			return false;
	}
	return true;
}

/* In the order of the wish; without one, in one round, in that of the table. */
static void choose_wanted(
	struct columns *c, const struct columns_wish *wish, const struct slice *name, size_t n)
{
	bool *chosen = mem_array(n + 1, sizeof *chosen);

	for (size_t w = 0; w < wish->wanted.n || !w; w++)
		for (size_t i = 0; i < n; i++) {
			if (chosen[i] || (wish->wanted.n && !fits(&wish->wanted.at[w], name[i])) ||
				listed(&wish->unwanted, name[i]))
				continue;
			chosen[i] = true;
			c->at[c->n++] = (struct column){ .cell = i };
		}
	free(chosen);
}

static void call(struct buf *b, const struct columns_wish *wish, struct slice name)
{
	for (size_t i = 0; i < wish->renames.n; i++) {
		struct slice pair = wish->renames.at[i].text;
		if (renames(pair, name)) {
			buf_add(b, slice_skip(pair, name.len + 1));
			return;
		}
	}
	if (wish->snake)
		columns_snake(b, name);
	else
		buf_add(b, name);
}

static bool make_key(struct columns *c, size_t i, struct slice called, struct map *calls,
	const struct slice *name, struct buf *error)
{
	struct buf key = { 0 };
	size_t known = calls->n, other = map_add(calls, called);

	if (other != known || !called.len) {
		struct slice a = name[c->at[other].cell], b = name[c->at[i].cell];
		if (!called.len)
			buf_printf(error, "nothing is left of the name '%.*s'", (int)b.len, b.at);
		else
			buf_printf(error, "'%.*s' and '%.*s' would both be called '%.*s'",
				(int)a.len, a.at, (int)b.len, b.at, (int)called.len, called.at);
		return false;
	}
	buf_byte(&key, ',');
	json_quote(&key, called);
	buf_byte(&key, ':');
	c->at[i].key = buf_slice(&key);
	c->keys += key.len;
	return true;
}

static bool name_fields(struct columns *c, const struct columns_wish *wish,
	const struct slice *name, struct buf *error)
{
	struct map calls = { 0 };
	struct buf called = { 0 };
	bool good = true;

	for (size_t i = 0; i < c->n && good; i++) {
		struct slice from = name[c->at[i].cell];
		c->at[i].type = listed(&wish->numbers, from) ? COLUMN_NUMBER :
			listed(&wish->texts, from)           ? COLUMN_TEXT :
							       COLUMN_ANY;
		called.len = 0;
		call(&called, wish, from);
		good = make_key(c, i, buf_slice(&called), &calls, name, error);
	}
	buf_free(&called);
	map_free(&calls);
	return good;
}

bool columns_decide(struct columns *c, const struct columns_wish *wish, const struct slice *name,
	size_t n, struct buf *error)
{
	struct slice *own = mem_alloc((n + 1) * sizeof *own);
	/* A column adds its name, and one that is made up, at most. */
	struct seen seen = { .suffix = mem_array(2 * n + 1, sizeof *seen.suffix) };
	bool good;

	if (n)
		memcpy(own, name, n * sizeof *own);
	*c = (struct columns){ .at = mem_alloc((n + 1) * sizeof *c->at), .cells = n };
	good = check_names(wish, own, n, &seen, error) && all_there(&wish->wanted, own, n, error) &&
		all_there(&wish->unwanted, own, n, error) &&
		all_there(&wish->texts, own, n, error) &&
		all_there(&wish->numbers, own, n, error) &&
		all_renamed(&wish->renames, own, n, error);
	if (good) {
		choose_wanted(c, wish, own, n);
		good = name_fields(c, wish, own, error);
	}
	free(own);
	free(seen.suffix);
	map_free(&seen.names);
	return good;
}

void columns_free(struct columns *c)
{
	for (size_t i = 0; i < c->n; i++)
		free((char *)c->at[i].key.at);
	free(c->at);
	*c = (struct columns){ 0 };
}
