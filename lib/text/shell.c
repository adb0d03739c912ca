#include "text/shell.h"

#include "base/buf.h"

struct word {
	struct buf text; /* unquoted */
	bool varies;     /* the variable is in it */
};

struct state {
	const struct shell_search *search;
	const char *at, *end;
	struct word word, program;
	bool ours; /* the words at hand are arguments of one of the programs, */
	const struct shell_option *option; /* and the next one belongs to this */
};

static bool is_one_of(char c, const char *set)
{
	return c && strchr(set, c);
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_';
}

/* --- words --- */

/* Does the variable's name stand at p? */
static bool is_variable(const struct state *s, const char *p)
{
	struct slice name = slice_of(s->search->variable), rest = { p, (size_t)(s->end - p) };

	return slice_starts(rest, name) && (rest.len == name.len || !is_name(p[name.len]));
}

static void take(struct state *s, size_t n)
{
	buf_add(&s->word.text, (struct slice){ s->at, n });
	s->at += n;
}

/* $(...) or `...`, of which only the variable is of interest. */
static void take_substitution(struct state *s)
{
	bool back = *s->at == '`';
	int depth = 0;

	take(s, 1);
	while (s->at < s->end) {
		char c = *s->at;
		s->word.varies |= !is_name(s->at[-1]) && is_variable(s, s->at);
		depth += (c == '(') - (c == ')');
		take(s, 1);
		if (back ? c == '`' : c == ')' && !depth)
			return;
	}
}

static void take_dollar(struct state *s)
{
	const char *p = s->at + 1;

	if (p < s->end && *p == '(') {
		take_substitution(s);
		return;
	}
	s->word.varies |= is_variable(s, p + (p < s->end && *p == '{'));
	take(s, 1);
}

static void take_single(struct state *s)
{
	const char *start = ++s->at;

	while (s->at < s->end && *s->at != '\'')
		s->at++;
	buf_add(&s->word.text, (struct slice){ start, (size_t)(s->at - start) });
	s->at += s->at < s->end;
}

/* What means the same with and without double quotes around it. */
static void take_any(struct state *s)
{
	if (*s->at == '$') {
		take_dollar(s);
	} else if (*s->at == '`') {
		take_substitution(s);
	} else if (*s->at == '\\' && s->end - s->at > 1) {
		s->at += s->at[1] == '\n' ? 2 : 1;
		if (s->at[-1] == '\\')
			take(s, 1);
	} else {
		take(s, 1);
	}
}

static void take_double(struct state *s)
{
	s->at++;
	while (s->at < s->end && *s->at != '"')
		take_any(s);
	s->at += s->at < s->end;
}

/* A word, up to a blank or an operator. */
static void take_word(struct state *s)
{
	s->word.text.len = 0;
	s->word.varies = false;
	while (s->at < s->end && !is_one_of(*s->at, " \t\n|&;()<>")) {
		if (*s->at == '\'')
			take_single(s);
		else if (*s->at == '"')
			take_double(s);
		else
			take_any(s);
	}
}

/* --- what the words say --- */

static bool is_program(const struct state *s, struct slice word)
{
	const char *slash = memrchr(word.at, '/', word.len);
	struct slice name = slash ? slice_skip(word, (size_t)(slash - word.at) + 1) : word;

	for (const char *p = s->search->programs; *p;) {
		size_t len = strcspn(p, " ");
		if (slice_equal(name, (struct slice){ p, len }))
			return true;
		p += len + (p[len] == ' ');
	}
	return false;
}

static bool is_shared(const struct word *w, const struct shell_option *o, struct slice path)
{
	return !w->varies && !slice_equal(path, SLICE("-")) &&
		!slice_starts(path, SLICE("/dev/")) &&
		!(o->word && slice_equal(path, slice_of(o->word)));
}

/* The option that the word is; *path is the argument that it holds itself, or nothing. */
static const struct shell_option *option_of(
	const struct state *s, struct slice word, struct slice *path)
{
	const struct shell_option *o = s->search->option;

	*path = (struct slice){ 0 };
	if (!slice_starts(word, SLICE("--"))) {
		while (o->name && !(word.len > 1 && word.at[0] == '-' && word.at[1] == o->letter))
			o++;
		if (o->name && word.len > 2)
			*path = slice_skip(word, 2);
		return o->name ? o : NULL;
	}
	word = slice_skip(word, 2);
	for (; o->name; o++) {
		struct slice name = slice_of(o->name);
		if (!slice_starts(word, name) || (word.len > name.len && word.at[name.len] != '='))
			continue;
		if (word.len > name.len)
			*path = slice_skip(word, name.len + 1);
		return o;
	}
	return NULL;
}

/* True: the word is, or holds, the name of a file that all would write. */
static bool judge(struct state *s, struct shell_file *found)
{
	struct slice word = buf_slice(&s->word.text), path = word;
	const struct shell_option *o = s->option;

	s->option = NULL;
	if (!s->ours) {
		s->ours = is_program(s, word);
		s->program.text.len = 0;
		buf_add(&s->program.text, word);
		return false;
	}
	if (!o && slice_equal(word, SLICE("--"))) {
		s->ours = false;
		return false;
	}
	if (!o) {
		o = option_of(s, word, &path);
		if (!o)
			return false;
		if (!path.at) {
			s->option = o;
			return false;
		}
	}
	*found = (struct shell_file){ buf_slice(&s->program.text), path, o->name };
	return is_shared(&s->word, o, path);
}

/* One of | & ; ( ) or a line end: another command begins, or the one around it goes on. */
static void pass_operator(struct state *s)
{
	s->ours = false;
	s->option = NULL;
	s->at++;
}

/* < or >, with a file that is no argument; or a command in parentheses, which stands for a file. */
static void pass_redirection(struct state *s)
{
	while (s->at < s->end && is_one_of(*s->at, "<>&|"))
		s->at++;
	while (s->at < s->end && is_one_of(*s->at, " \t"))
		s->at++;
	if (s->at < s->end && *s->at != '(')
		take_word(s);
}

static void pass_comment(struct state *s)
{
	while (s->at < s->end && *s->at != '\n')
		s->at++;
}

bool shell_finds_file(
	struct slice text, const struct shell_search *search, struct shell_file *found)
{
	static struct state s;

	s = (struct state){ search, text.at, text.at + text.len, s.word, s.program, false, NULL };
	while (s.at < s.end) {
		if (is_one_of(*s.at, " \t")) {
			s.at++;
		} else if (*s.at == '#') {
			pass_comment(&s);
		} else if (is_one_of(*s.at, "<>")) {
			pass_redirection(&s);
		} else if (is_one_of(*s.at, "\n|&;()")) {
			pass_operator(&s);
		} else {
			take_word(&s);
			if (judge(&s, found))
				return true;
		}
	}
	return false;
}
