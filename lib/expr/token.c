#include "expr/token.h"

#include "base/utf8.h"
#include "number/num.h"
#include "record/json.h"

static bool begins_name(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || c == '_' || c & 0x80;
}

static struct slice rest_of(const struct tokens *t)
{
	return slice_skip(t->source, t->at);
}

static void skip_blanks(struct tokens *t)
{
	while (t->at < t->source.len && memchr(" \t\r\n", t->source.at[t->at], 4))
		t->at++;
}

/* Not with the point of volt.0, which is one of a name. */
static bool begins_number(const struct tokens *t)
{
	struct slice rest = rest_of(t);

	if (is_digit(*rest.at))
		return true;
	return rest.len > 1 && *rest.at == '.' && is_digit(rest.at[1]) &&
		!(t->at && (begins_name(rest.at[-1]) || is_digit(rest.at[-1])));
}

static size_t digits(struct slice s, size_t i)
{
	while (i < s.len && is_digit(s.at[i]))
		i++;
	return i;
}

static size_t number_length(struct slice s)
{
	size_t i = digits(s, 0);

	if (i < s.len && s.at[i] == '.')
		i = digits(s, i + 1);
	if (i < s.len && (s.at[i] | 0x20) == 'e') {
		bool sign = i + 1 < s.len && (s.at[i + 1] == '+' || s.at[i + 1] == '-');
		size_t end = digits(s, i + 1 + sign);
		if (end > i + 1 + sign)
			i = end;
	}
	return i;
}

static bool read_number(struct tokens *t, struct token *token, struct fault *fault)
{
	struct slice rest = rest_of(t);

	token->kind = TOKEN_NUMBER;
	token->text = (struct slice){ rest.at, number_length(rest) };
	t->at += token->text.len;
	if (t->at < t->source.len && begins_name(t->source.at[t->at]))
		return fault_set(
			fault, "a number ends in letters; durations are texts, \"15m\"", token->at);
	if (*token->text.at == '.') {
		char *zero = arena_take(t->arena, token->text.len + 1);
		*zero = '0';
		memcpy(zero + 1, token->text.at, token->text.len);
		token->text = (struct slice){ zero, token->text.len + 1 };
	}
	if (!num_valid(token->text))
		return fault_set(fault, "not a number as JSON has it", token->at);
	return true;
}

/* Beyond ASCII: signs, dashes, typographic quotes, arrows and the like, which are easily taken for an
 * operator or a quote of the language. */
static bool is_sign(uint32_t c)
{
	return (c >= 0x80 && c < 0xc0 && c != 0xaa && c != 0xb5 && c != 0xba) || c == 0xd7 ||
		c == 0xf7 || (c >= 0x2000 && c < 0x2070) || (c >= 0x2190 && c < 0x2c00) ||
		(c >= 0x3000 && c < 0x3005) || (c >= 0xff00 && c < 0xff10);
}

static bool read_name(struct tokens *t, struct token *token, struct fault *fault)
{
	const char *start = t->source.at + t->at;
	uint32_t c;

	token->kind = TOKEN_NAME;
	while (t->at < t->source.len &&
		(begins_name(t->source.at[t->at]) || is_digit(t->source.at[t->at]))) {
		size_t n = utf8_decode(rest_of(t), &c);
		if (n > 1 && is_sign(c))
			return fault_set(fault,
				"no sign of the language, nor a letter; a name with it "
				"stands in backquotes",
				t->at);
		t->at += n ? n : 1;
	}
	token->text = (struct slice){ start, (size_t)(t->source.at + t->at - start) };
	return true;
}

/* Up to the next mark of that kind, to the letter. */
static bool read_literal(
	struct tokens *t, struct token *token, const char *open, struct fault *fault)
{
	struct slice inner = slice_skip(rest_of(t), 1);
	const char *close = inner.len ? memchr(inner.at, inner.at[-1], inner.len) : NULL;

	if (!close)
		return fault_set(fault, open, token->at);
	token->text = (struct slice){ inner.at, (size_t)(close - inner.at) };
	t->at += token->text.len + 2;
	return true;
}

/* From the opening quote to the closing one, both included; 0 if it is not closed. */
static size_t quoted_length(struct slice s)
{
	for (size_t i = 1; i < s.len; i += s.at[i] == '\\' ? 2 : 1)
		if (s.at[i] == '"')
			return i + 1;
	return 0;
}

/* The grammar of JSON reads up to a line end, so it is given a copy that has one. */
static bool read_escaped(struct tokens *t, struct token *token, struct fault *fault)
{
	enum { PAD = 16 };
	struct slice quoted = { rest_of(t).at, quoted_length(rest_of(t)) };
	struct json_fault wrong;
	char *copy;
	bool plain;

	if (!quoted.len)
		return fault_set(fault, "a quote is not closed", token->at);
	copy = arena_take(t->arena, quoted.len + PAD);
	memcpy(copy, quoted.at, quoted.len);
	memset(copy + quoted.len, '\n', PAD);
	if (!json_text(copy, &plain, &wrong))
		return fault_set(fault, "not a text as JSON has it; in '...' a backslash is itself",
			token->at + (size_t)(wrong.at - copy));
	t->at += quoted.len;
	token->text = json_meaning(t->arena, (struct slice){ copy, quoted.len });
	return true;
}

static bool read_operator(struct tokens *t, struct token *token, struct fault *fault)
{
	static const char *const known[] = { "**", "==", "!=", "<=", ">=", "&&", "||", "??", "+",
		"-", "*", "/", "%", "<", ">", "!", "?", ":", "(", ")", "," };
	static const struct {
		char typed;
		const char *advice;
	} slips[] = {
		{ '=', "= is no comparison; == is" },
		{ '&', "& is no operator; && is" },
		{ '|', "| is no operator; || is" },
		{ '^', "^ is no operator; ** is the power" },
		{ '[', "a name with brackets or blanks stands in backquotes, or as field(\"...\")" },
		{ '.', "a name with a dot stands in backquotes, or as field(\"...\")" },
		{ '$', "a field is named without a $" },
	};
	struct slice rest = rest_of(t);

	token->kind = TOKEN_OPERATOR;
	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		if (slice_starts(rest, slice_of(known[i]))) {
			token->text = slice_of(known[i]);
			t->at += token->text.len;
			return true;
		}
	}
	for (size_t i = 0; i < sizeof slips / sizeof *slips; i++)
		if (*rest.at == slips[i].typed)
			return fault_set(fault, slips[i].advice, t->at);
	return fault_set(fault, "not a sign that expressions know", t->at);
}

bool token_next(struct tokens *t, struct token *token, struct fault *fault)
{
	struct slice rest;
	char c;

	skip_blanks(t);
	rest = rest_of(t);
	*token = (struct token){ .kind = TOKEN_END, .at = t->at };
	if (!rest.len)
		return true;
	c = *rest.at;
	if (begins_number(t))
		return read_number(t, token, fault);
	if (begins_name(c))
		return read_name(t, token, fault);
	token->kind = c == '`' ? TOKEN_QUOTED_NAME : TOKEN_TEXT;
	if (c == '`')
		return read_literal(t, token, "a backquote is not closed", fault);
	if (c == '\'')
		return read_literal(t, token, "a quote is not closed", fault);
	if (c == '"')
		return read_escaped(t, token, fault);
	return read_operator(t, token, fault);
}
