/* A piece of a text is borrowed from it; what is put together lies in the arena. A result that is the
 * argument all over again is the argument, with its spelling. UTF-8 is such that a search by bytes finds
 * only whole characters. */
#include "expr/textual.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "expr/calc.h"
#include "text/ere.h"
#include "text/letters.h"

static bool wrong(struct fault *fault, size_t argument, const char *what)
{
	*fault = (struct fault){ what, argument };
	return false;
}

static struct calc text_from(const struct calc *arg, struct slice text)
{
	return slice_equal(arg->text, text) ? *arg : calc_text(text);
}

/* --- characters --- */

static bool is_first_byte(char c)
{
	return (c & 0xc0) != 0x80;
}

static bool call_len(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t n = 0;

	(void)s;
	(void)fault;
	for (size_t i = 0; i < arg->text.len; i++)
		n += is_first_byte(arg->text.at[i]);
	*result = calc_integer(n);
	return true;
}

static struct calc convert(
	struct call *s, const struct calc *arg, char *(*letters)(char *to, struct slice text))
{
	char *to = arena_take(s->arena, letters_bound(arg->text)), *end = letters(to, arg->text);

	arena_trim(s->arena, end);
	return text_from(arg, (struct slice){ to, (size_t)(end - to) });
}

static bool call_lower(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)fault;
	*result = convert(s, arg, letters_lower);
	return true;
}

static bool call_upper(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)fault;
	*result = convert(s, arg, letters_upper);
	return true;
}

/* What Unicode calls White_Space, beyond ASCII. */
static const char *const spaces[] = { "\xc2\x85", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002",
	"\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u2028",
	"\u2029", "\u202f", "\u205f", "\u3000" };

static bool is_space(struct slice character)
{
	char c = *character.at;

	if (character.len == 1)
		return c == ' ' || (c >= '\t' && c <= '\r');
	for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
		if (slice_equal(character, slice_of(spaces[i])))
			return true;
	return false;
}

static struct slice first_character(struct slice text)
{
	return (struct slice){ text.at, utf8_character(text) };
}

static struct slice last_character(struct slice text)
{
	size_t i = text.len - 1;

	while (!is_first_byte(text.at[i]))
		i--;
	return slice_skip(text, i);
}

static bool call_trim(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct slice text = arg->text;

	(void)s;
	(void)fault;
	while (text.len && is_space(first_character(text)))
		text = slice_skip(text, first_character(text).len);
	while (text.len && is_space(last_character(text)))
		text.len -= last_character(text).len;
	*result = text_from(arg, text);
	return true;
}

/* --- places --- */

/* Beyond this all counts of characters are alike. */
static const int64_t many = INT64_C(1) << 50;

static bool read_whole(const struct calc *arg, size_t argument, int64_t *n, struct fault *fault)
{
	const struct calc *x = &arg[argument];

	if (x->exact && !x->decimal.e) {
		*n = x->decimal.m;
	} else {
		const struct calc whole = calc_floor(x);
		double d = calc_double(&whole);
		if (!calc_is_whole(x))
			return wrong(fault, argument, "not a whole number");
		*n = d > many ? many : d < -many ? -many : (int64_t)d;
	}
	*n = *n > many ? many : *n < -many ? -many : *n;
	return true;
}

/* Bytes of the first n characters, or of all there are. */
static size_t size_of(struct slice text, int64_t n)
{
	size_t i = 0;

	for (; i < text.len; i++)
		if (is_first_byte(text.at[i]) && n-- <= 0)
			break;
	return i;
}

/* The argument, if it is there; else what *n is. */
static bool read_place(const struct calc *arg, size_t argument, int64_t *n, struct fault *fault)
{
	return arg[argument].kind != KIND_NUMBER || read_whole(arg, argument, n, fault);
}

static bool read_range(struct call *s, const struct calc *arg, int64_t *start, int64_t *length,
	struct fault *fault)
{
	if (!read_place(arg, 1, start, fault) || (s->n > 2 && !read_place(arg, 2, length, fault)))
		return false;
	return *length >= 0 || wrong(fault, 2, "a negative length");
}

static bool prepare_substr(struct call *s, const struct calc *arg, struct fault *fault)
{
	int64_t start, length = many;

	return read_range(s, arg, &start, &length, fault);
}

static bool call_substr(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct slice text = arg->text;
	int64_t start, length = many;

	if (!read_range(s, arg, &start, &length, fault))
		return false;
	/* As in SQL the places below 1 count, although nothing is there. */
	if (start < 1) {
		length += start - 1;
		start = 1;
	}
	text = slice_skip(text, size_of(text, start - 1));
	text.len = size_of(text, length);
	*result = text_from(arg, text);
	return true;
}

/* --- searching --- */

static bool find(struct slice text, struct slice what, size_t *at)
{
	const char *found;

	*at = 0;
	if (!what.len)
		return true;
	if (text.len < what.len)
		return false;
	found = memmem(text.at, text.len, what.at, what.len);
	if (found)
		*at = (size_t)(found - text.at);
	return found;
}

static bool call_contains(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	size_t at;

	(void)s;
	(void)fault;
	*result = calc_bool(find(arg[0].text, arg[1].text, &at));
	return true;
}

static bool call_starts(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	size_t n = arg[1].text.len;

	(void)s;
	(void)fault;
	*result = calc_bool(
		arg->text.len >= n && slice_equal((struct slice){ arg->text.at, n }, arg[1].text));
	return true;
}

static bool call_ends(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	size_t n = arg[1].text.len;

	(void)s;
	(void)fault;
	*result = calc_bool(arg->text.len >= n &&
		slice_equal(slice_skip(arg->text, arg->text.len - n), arg[1].text));
	return true;
}

static bool prepare_matches(struct call *s, const struct calc *arg, struct fault *fault)
{
	struct ere *e;

	if (!ere_compile(arg[1].text, &e, fault)) {
		fault->at = 1;
		return false;
	}
	s->ere = e;
	return true;
}

static bool call_matches(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)fault;
	*result = calc_bool(ere_matches(s->ere, arg->text));
	return true;
}

/* The second argument, if it is there, is not empty. */
static bool seek_something(const struct calc *arg, struct fault *fault)
{
	return arg[1].kind != KIND_TEXT || arg[1].text.len ||
		wrong(fault, 1, "an empty text to look for");
}

static bool prepare_replace(struct call *s, const struct calc *arg, struct fault *fault)
{
	(void)s;
	return seek_something(arg, fault);
}

static size_t count(struct slice text, struct slice what)
{
	size_t n = 0;

	for (size_t at; find(text, what, &at); n++)
		text = slice_skip(text, at + what.len);
	return n;
}

static bool call_replace(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct slice rest = arg->text, from = arg[1].text, by = arg[2].text, whole;
	size_t n, at;
	char *to;

	if (!seek_something(arg, fault))
		return false;
	n = count(rest, from);
	whole.len = rest.len - n * from.len + n * by.len;
	if (whole.len > s->longest)
		return wrong(fault, 0, CALL_TOO_LONG);
	whole.at = to = arena_take(s->arena, whole.len);
	for (; n; n--) {
		find(rest, from, &at);
		to = slice_put(slice_put(to, (struct slice){ rest.at, at }), by);
		rest = slice_skip(rest, at + from.len);
	}
	slice_put(to, rest);
	*result = text_from(arg, whole);
	return true;
}

static bool prepare_split(struct call *s, const struct calc *arg, struct fault *fault)
{
	int64_t n;

	(void)s;
	return seek_something(arg, fault) && read_place(arg, 2, &n, fault);
}

static bool call_split(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct slice rest = arg->text;
	int64_t n;
	size_t at;

	(void)s;
	if (!seek_something(arg, fault) || !read_whole(arg, 2, &n, fault))
		return false;
	*result = calc_null();
	if (n < 1)
		return true;
	for (; find(rest, arg[1].text, &at); rest = slice_skip(rest, at + arg[1].text.len)) {
		if (!--n) {
			*result = calc_text((struct slice){ rest.at, at });
			return true;
		}
	}
	if (n == 1)
		*result = text_from(arg, rest);
	return true;
}

static bool call_concat(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	struct slice whole = { 0 };
	char *to;

	for (size_t i = 0; i < s->n; i++)
		whole.len += calc_plain(s->arena, &arg[i]).len;
	if (whole.len > s->longest)
		return wrong(fault, 0, CALL_TOO_LONG);
	whole.at = to = arena_take(s->arena, whole.len);
	for (size_t i = 0; i < s->n; i++)
		to = slice_put(to, calc_plain(s->arena, &arg[i]));
	*result = calc_text(whole);
	return true;
}

/* --- what a value is --- */

static bool call_coalesce(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	size_t i = 0;

	(void)fault;
	while (i + 1 < s->n && arg[i].kind == KIND_NULL)
		i++;
	*result = arg[i];
	return true;
}

static bool call_isnull(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_bool(arg->kind == KIND_NULL);
	return true;
}

static bool call_isobject(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_bool(arg->kind == KIND_OBJECT);
	return true;
}

static bool call_isarray(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_bool(arg->kind == KIND_ARRAY);
	return true;
}

static bool call_typeof(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	static const char *const names[] = {
		[KIND_MISSING] = "null",
		[KIND_NULL] = "null",
		[KIND_FALSE] = "boolean",
		[KIND_TRUE] = "boolean",
		[KIND_NUMBER] = "number",
		[KIND_TEXT] = "string",
		[KIND_OBJECT] = "object",
		[KIND_ARRAY] = "array",
	};

	(void)s;
	(void)fault;
	*result = calc_text(slice_of(names[arg->kind]));
	return true;
}

const struct function textual_table[] = {
	{ .name = "len", .takes = "t", .gives = 'n', .call = call_len },
	{ .name = "lower", .takes = "t", .gives = 't', .call = call_lower },
	{ .name = "upper", .takes = "t", .gives = 't', .call = call_upper },
	{ .name = "trim", .takes = "t", .gives = 't', .call = call_trim },
	{ .name = "substr",
		.takes = "tn?n",
		.gives = 't',
		.prepare = prepare_substr,
		.call = call_substr },
	{ .name = "split",
		.takes = "ttn",
		.gives = 't',
		.prepare = prepare_split,
		.call = call_split },
	{ .name = "replace",
		.takes = "ttt",
		.gives = 't',
		.prepare = prepare_replace,
		.call = call_replace },
	{ .name = "concat", .takes = "a+", .gives = 't', .call = call_concat },
	{ .name = "contains", .takes = "tt", .gives = 'b', .call = call_contains },
	{ .name = "starts", .takes = "tt", .gives = 'b', .call = call_starts },
	{ .name = "ends", .takes = "tt", .gives = 'b', .call = call_ends },
	{ .name = "matches",
		.takes = "tT",
		.gives = 'b',
		.prepare = prepare_matches,
		.call = call_matches },
	{ .name = "coalesce", .takes = "a+", .gives = 'a', .nulls = true, .call = call_coalesce },
	{ .name = "isnull", .takes = "a", .gives = 'b', .nulls = true, .call = call_isnull },
	{ .name = "isobject", .takes = "a", .gives = 'b', .nulls = true, .call = call_isobject },
	{ .name = "isarray", .takes = "a", .gives = 'b', .nulls = true, .call = call_isarray },
	{ .name = "typeof", .takes = "a", .gives = 't', .nulls = true, .call = call_typeof },
	{ .name = NULL },
};
