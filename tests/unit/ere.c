/* Expressions beside the words of POSIX, the C library's regexec(), and twins that take their time. */
#include "text/ere.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <regex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"

static struct ere *compiled(struct slice pattern)
{
	struct ere *e;
	struct fault f;

	if (!ere_compile(pattern, &e, &f))
		fail_msg("%.*s: %s (byte %zu)", (int)pattern.len, pattern.at, f.what, f.at);
	return e;
}

/* Twice, since the second time nothing is new. */
static bool matches(struct ere *e, struct slice text)
{
	bool verdict = ere_matches(e, text);

	assert_int_equal(ere_matches(e, text), verdict);
	assert_int_equal(ere_matches_plainly(e, text), verdict);
	return verdict;
}

struct example {
	const char *pattern;
	/* The texts are divided by blanks; "" is the empty one. */
	const char *good, *bad;
};

static void try_texts(const char *pattern, const char *texts, bool wanted)
{
	struct ere *e = compiled(slice_of(pattern));
	char *copy = strdup(texts), *rest = copy, *text;

	while ((text = strsep(&rest, " ")))
		if (matches(e, slice_of(strcmp(text, "\"\"") ? text : "")) != wanted)
			fail_msg("%s %s %s", pattern, wanted ? "should match" : "matches", text);
	free(copy);
	ere_free(e);
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void try_examples(const struct example *examples, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (*examples[i].good)
			try_texts(examples[i].pattern, examples[i].good, true);
		if (*examples[i].bad)
			try_texts(examples[i].pattern, examples[i].bad, false);
	}
}

/* XBD 9.4, in its order. */
static void expressions_are_those_of_posix(void **unused)
{
	static const struct example examples[] = {
		{ "abc", "abc xabcx", "\"\" ab acb a.c ABC" },
		{ "\\.\\[\\\\\\(\\)\\*\\+\\?\\{\\|\\^\\$\\}\\]\\/", ".[\\()*+?{|^$}]/", ".[" },
		{ "a.c",
			"abc a.c a\nc a\xc3\xa9"
			"c a\xf0\x9f\x98\x80"
			"c",
			"ac abbc a\xc3\xa9\xc3\xa9"
			"c" },
		{ "^...$", "abc \xe2\x82\xac\xe2\x82\xac\xe2\x82\xac",
			"\"\" ab abcd \xe2\x82\xac" },
		{ "[abc]", "a b xcx", "\"\" d ABC" },
		{ "^[]a]+$", "]a] a", "\"\" b []" },
		{ "^[^]a]$", "b [ \n \xc3\xa9", "] a \"\" bb" },
		{ "^[a-c]$", "a b c", "d - A" },
		{ "^[-a]$", "- a", "b" },
		{ "^[a-]$", "- a", "b" },
		{ "^[^-a]$", "b", "- a" },
		{ "^[%--]$", "% & - +", "$ . a" },
		{ "^[--/]$", "- . /", ", 0" },
		{ "^[]-a]$", "] ^ _ ` a", "[ b" },
		{ "^[a^]$", "a ^", "b" },
		{ "^[.[*(+?{|$\\]$", ". [ * ( + ? { | $ \\", "a ]" },
		{ "^[\\d]$", "\\ d", "0" },
		{ "^[[:digit:][:upper:]x]$", "0 9 A Z x", "a y : [" },
		{ "^[^[:space:]]+$", "abc", "\t a\tb \v \f \r \"\"" },
		{ "^[[:alpha:]]$", "a Z", "0 _ \xc3\xa9" },
		{ "^[[:alnum:]]$", "a Z 0", "_ -" },
		{ "^[[:blank:]]$", "\t", "a \n" },
		{ "^[[:cntrl:]]$", "\x01 \x1f \x7f", "a" },
		{ "^[[:graph:]]$", "! ~ a", "\x7f \t" },
		{ "^[[:lower:]]$", "a z", "A 0" },
		{ "^[[:print:]]$", "! ~ a", "\x7f \t" },
		{ "^[[:punct:]]$", "! / : @ [ ` { ~ _", "a 0 \x7f" },
		{ "^[[:xdigit:]]$", "0 9 a f A F", "g G" },
		{ "^(ab)$", "ab", "a abab" },
		{ "^(ab)*c$", "c abc ababc", "ac abac" },
		{ "^ab*$", "a ab abbb", "abab" },
		{ "^ab+$", "ab abb", "a abab" },
		{ "^ab?$", "a ab", "abb" },
		{ "^\xc3\xa9+$", "\xc3\xa9\xc3\xa9", "\xc3\xa9\xa9" },
		{ "^a{2}$", "aa", "a aaa" },
		{ "^a{2,}$", "aa aaaaa", "a \"\"" },
		{ "^a{2,4}$", "aa aaa aaaa", "a aaaaa" },
		{ "^a{0,2}$", "\"\" a aa", "aaa" },
		{ "^a{0}b$", "b", "ab" },
		{ "^a{0,}$", "\"\" aaa", "b" },
		{ "^a{1,1}$", "a", "\"\" aa" },
		{ "^(ab|c){2}$", "abc cab cc abab", "ab c ccc" },
		{ "^(a{2}){2}$", "aaaa", "aaa aaaaa" },
		{ "^a+*$", "\"\" a aa", "b" },
		{ "^a{2}{3}$", "aaaaaa", "aa aaa aaaaa" },
		{ "^(a|b|cd)$", "a b cd", "c d ab" },
		{ "^a|b$", "ax xb", "xa bx" },
		{ "abb*|d", "ab abb d", "a b" },
		{ "^(((a)|b)*c)?$", "\"\" c abac", "a abca" },
		{ "(^a|b)c", "ac xbc", "xac" },
		{ "a(b|c$)", "ab ac abx", "acx" },
		{ "a^b|a$b", "", "ab a^b a$b" },
		{ ".^.|.$.", "", "ab a\nb \n\n" },
		{ "^$", "\"\"", "a \n" },
		{ "$^", "\"\"", "a" },
		{ "(^)*a", "a ba", "b" },
		{ "x*", "\"\" a", "" },
	};

	(void)unused;
	try_examples(examples, COUNT(examples));
}

static void what_posix_leaves_open_is_as_in_the_header(void **unused)
{
	static const struct example examples[] = {
		{ "", "\"\" a", "" },
		{ "^(a||b)$", "a b \"\"", "c" },
		{ "^(|a)$", "a \"\"", "b" },
		{ "^()$", "\"\"", "a" },
		{ "^()*a(){3}$", "a", "\"\"" },
		{ "|", "\"\" a", "" },
		{ "^a{,2}$", "\"\" a aa", "aaa" },
		{ "^a{,}$", "\"\" aaa", "b" },
		{ "^a}]$", "a}]", "a" },
		{ "^\\d+$", "0 42", "a \"\" \xd9\xa1" },
		{ "^\\w+$", "a_0Z", "- \xc3\xa9" },
		{ "^a\\sb$", "a\tb a\nb", "ab" },
		{ "^\\D+$", "a-\xc3\xa9", "a0" },
		{ "^\\W+$", "-\xc3\xa9", "_ a" },
		{ "^\\S+$", "a\xc3\xa9", "\t" },
		{ "^\\\xc3\xa9$", "\xc3\xa9", "\\" },
	};

	(void)unused;
	try_examples(examples, COUNT(examples));
}

/* The borders of the lengths in UTF-8, and of ranges over them. */
static void characters_are_code_points(void **unused)
{
	static const struct example examples[] = {
		{ "^[\xc3\xa0-\xc3\xbf]$", "\xc3\xa0 \xc3\xa9 \xc3\xbf",
			"\xc3\x9f \xc4\x80 a \xe0\xa3\xa0" },
		{ "^[^\xc3\xa9]$", "\xc3\xa8 \xc3\xaa a \xe2\x82\xac \xf0\x9f\x98\x80",
			"\xc3\xa9 \xc3\xa8\xc3\xa8" },
		{ "^[\x7f-\xc2\x80]$", "\x7f \xc2\x80", "~ \xc2\x81" },
		{ "^[\xdf\xbf-\xe0\xa0\x80]$", "\xdf\xbf \xe0\xa0\x80", "\xdf\xbe \xe0\xa0\x81" },
		{ "^[\xef\xbf\xbf-\xf0\x90\x80\x80]$", "\xef\xbf\xbf \xf0\x90\x80\x80",
			"\xef\xbf\xbe \xf0\x90\x80\x81" },
		{ "^[\xe1\x88\xb4-\xe3\x8d\xb5]$",
			"\xe1\x88\xb4 \xe1\x88\xbf \xe1\x89\x80 \xe2\x80\x80 \xe3\x8c\xbf \xe3\x8d\xb5",
			"\xe1\x88\xb3 \xe3\x8d\xb6 \xe1\x87\xbf \xe3\x8e\x80" },
		{ "^[a-\xf4\x8f\xbf\xbf]$", "a \xc2\x80 \xed\x9f\xbf \xee\x80\x80 \xf4\x8f\xbf\xbf",
			"A" },
		{ "^[z\xf0\x9f\x98\x80-\xf0\x9f\x98\x83]$", "z \xf0\x9f\x98\x81",
			"\xf0\x9f\x98\x84 \xf0\x9f\x97\x80" },
	};

	(void)unused;
	try_examples(examples, COUNT(examples));
}

static void nul_is_a_character(void **unused)
{
	struct ere *e = compiled(SLICE("^a\0[\0-\x02]$"));

	(void)unused;
	assert_true(matches(e, SLICE("a\0\0")));
	assert_true(matches(e, SLICE("a\0\x01")));
	assert_false(matches(e, SLICE("a\0")));
	assert_false(matches(e, SLICE("a")));
	ere_free(e);
}

static void faulty_patterns_are_refused(void **unused)
{
	static const struct {
		const char *pattern, *what;
		size_t at;
	} cases[] = {
		{ "a(b(c)", "a parenthesis is not closed", 1 },
		{ "(", "a parenthesis is not closed", 0 },
		{ "ab)c", "a parenthesis is not opened", 2 },
		{ "*a", "nothing to repeat", 0 },
		{ "(+a)", "nothing to repeat", 1 },
		{ "a|?", "nothing to repeat", 2 },
		{ "^*", "nothing to repeat", 1 },
		{ "a${2}", "nothing to repeat", 2 },
		{ "{2}", "nothing to repeat", 0 },
		{ "a{", "braces without a repetition like {2,5}", 1 },
		{ "a{}", "braces without a repetition like {2,5}", 1 },
		{ "a{x}", "braces without a repetition like {2,5}", 1 },
		{ "a{1", "braces without a repetition like {2,5}", 1 },
		{ "a{1,2", "braces without a repetition like {2,5}", 1 },
		{ "a{1,2,3}", "braces without a repetition like {2,5}", 1 },
		{ "a{-1}", "braces without a repetition like {2,5}", 1 },
		{ "a{256}", "more than 255 repetitions", 1 },
		{ "a{256,}", "more than 255 repetitions", 1 },
		{ "a{1,256}", "more than 255 repetitions", 1 },
		{ "a{99999999999999999999}", "more than 255 repetitions", 1 },
		{ "a{3,2}", "a repetition whose least is above its most", 1 },
		{ "x[ab", "a bracket is not closed", 1 },
		{ "x[", "a bracket is not closed", 1 },
		{ "[]", "a bracket is not closed", 0 },
		{ "[^]", "a bracket is not closed", 0 },
		{ "[a-", "a bracket is not closed", 0 },
		{ "[a", "a bracket is not closed", 0 },
		{ "[[:alpha]", "a class of characters is not closed", 1 },
		{ "[x[:alfa:]]", "no such class of characters", 2 },
		{ "[:alpha:]", "a class needs two pairs of brackets, [[:alpha:]]", 0 },
		{ "[xb-a]", "a range ends before it begins", 2 },
		{ "[a-c-e]", "a hyphen that is no range: put it last", 4 },
		{ "[[:digit:]-z]", "a hyphen that is no range: put it last", 10 },
		{ "[a-[:digit:]]", "a range needs a character at either end", 1 },
		{ "[[.a.]]", "collating elements are not known", 1 },
		{ "[x[=a=]]", "collating elements are not known", 2 },
		{ "[a-[.z.]]", "a range needs a character at either end", 1 },
		{ "ab\\", "a backslash at the end", 2 },
		{ "(a)\\1", "back-references are not known", 3 },
		{ "\\n", "no such escape", 0 },
		{ "a\\b", "no such escape", 1 },
		{ "\\<a", "no such escape", 0 },
		{ "a\xc3", "not UTF-8", 1 },
		{ "[\xff]", "not UTF-8", 1 },
	};

	(void)unused;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct ere *e;
		struct fault f = { 0 };
		if (ere_compile(slice_of(cases[i].pattern), &e, &f))
			fail_msg("%s is taken", cases[i].pattern);
		assert_string_equal(f.what, cases[i].what);
		assert_int_equal(f.at, cases[i].at);
	}
}

static struct buf repeated(const char *text, size_t times)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < times; i++)
		buf_add(&b, slice_of(text));
	return b;
}

static void assert_refused(const char *head, const char *text, size_t times, const char *what)
{
	struct buf b = { 0 }, rest = repeated(text, times);
	struct ere *e;
	struct fault f = { 0 };

	buf_add(&b, slice_of(head));
	buf_add(&b, buf_slice(&rest));
	assert_false(ere_compile(buf_slice(&b), &e, &f));
	assert_string_equal(f.what, what);
	assert_true(f.at <= b.len);
	buf_free(&b);
	buf_free(&rest);
}

static void sizes_are_limited(void **unused)
{
	struct buf b;
	struct ere *e;

	(void)unused;
	assert_refused("", "(", 1000000, "parentheses are nested too deep");
	assert_refused("", "[[:alpha:]](", 1000000, "parentheses are nested too deep");
	assert_refused("", "a", 1000000, "a pattern too large");
	assert_refused("", "a|", 1000000, "a pattern too large");
	assert_refused("a", "*", 1000000, "a pattern too large");
	assert_refused("a", "{255}", 2, "a pattern too large");
	assert_refused("(a|b)", "{0,255}", 100000, "a pattern too large");
	assert_refused("[", "\xc3\xa9\xc3\xab", 1000000, "a bracket is not closed");

	/* Nothing is nothing, however often. */
	b = repeated("(){255}{255}{255}{255}", 10000);
	e = compiled(buf_slice(&b));
	assert_true(matches(e, SLICE("a")));
	ere_free(e);
	buf_free(&b);

	b = repeated("a", ERE_STEPS - 1);
	b.at[0] = 'b';
	e = compiled(buf_slice(&b));
	assert_true(matches(e, buf_slice(&b)));
	assert_false(matches(e, (struct slice){ b.at, b.len - 1 }));
	ere_free(e);
	buf_free(&b);
}

/* Where there are many ways through an expression, a search that tries each never ends. */
static void time_is_linear(void **unused)
{
	static const char *const patterns[] = { "(a+)+$", "^(a|aa)+$", "(a*)*b", "(a|a|a?)*c",
		"^(([a-z])+.)+[A-Z]([a-z])+$", "(.*)*x", "((a?){30}){30}z" };
	struct buf text = repeated("a", 200000);

	(void)unused;
	buf_byte(&text, '!');
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct ere *e = compiled(slice_of(patterns[i]));
		assert_false(ere_matches(e, buf_slice(&text)));
		ere_free(e);
	}
	buf_free(&text);
}

static uint64_t seed;

static unsigned some(unsigned below)
{
	seed = seed * 6364136223846793005 + 1442695040888963407;
	return (unsigned)(seed >> 33) % below;
}

/* An automaton that knows the last 17 bytes has 2^17 states, more than are kept. */
static void states_are_forgotten_when_there_are_too_many(void **unused)
{
	struct ere *last = compiled(SLICE("a.{16}$")), *any = compiled(SLICE("ac[ab]{15}c"));
	char text[3000];

	(void)unused;
	seed = 1;
	for (int round = 0; round < 60; round++) {
		size_t len = 17 + some(sizeof text - 17);
		for (size_t i = 0; i < len; i++)
			text[i] = some(2) ? 'a' : 'b';
		assert_int_equal(
			ere_matches(last, (struct slice){ text, len }), text[len - 17] == 'a');
		assert_false(ere_matches(any, (struct slice){ text, len }));
		memcpy(text + len - 17, "acababababababababc", 17);
		assert_false(ere_matches(any, (struct slice){ text, len }));
		text[len - 1] = 'c';
		text[len - 2] = 'c';
		assert_int_equal(ere_matches(any, (struct slice){ text, len }),
			ere_matches_plainly(any, (struct slice){ text, len }));
	}
	ere_free(last);
	ere_free(any);
}

/* --- beside a twin that works on trees, and beside the C library --- */

struct atom {
	const char *text;
	uint32_t low, high;
	bool negated;
};

/* The first of them are ASCII, on both sides. */
static const struct atom atoms[] = {
	{ "a", 'a', 'a', false },
	{ "b", 'b', 'b', false },
	{ ".", 1, 0, true },
	{ "[^a]", 'a', 'a', true },
	{ "[b-d]", 'b', 'd', false },
	{ "[[:digit:]]", '0', '9', false },
	{ "\\.", '.', '.', false },
	{ "\xc3\xa9", 0xe9, 0xe9, false },
	{ "[\xc3\xa0-\xc3\xaa]", 0xe0, 0xea, false },
	{ "[^\xc3\xa9]", 0xe9, 0xe9, true },
	{ "[\xc3\xaa-\xe2\x82\xac]", 0xea, 0x20ac, false },
	{ "[\xe2\x82\xac-\xf0\x9f\x98\x80]", 0x20ac, 0x1f600, false },
	{ "[^c-\xc3\xa9]", 'c', 0xe9, true },
};

static const struct {
	const char *text;
	unsigned least, most;
} repeats[] = { { "*", 0, 99 }, { "+", 1, 99 }, { "?", 0, 1 }, { "{2}", 2, 2 }, { "{1,3}", 1, 3 },
	{ "{2,}", 2, 99 }, { "{0}", 0, 0 }, { "{,2}", 0, 2 } };

static const struct {
	const char *text;
	uint32_t code;
} pieces[] = { { "a", 'a' }, { "b", 'b' }, { "c", 'c' }, { "0", '0' }, { ".", '.' },
	{ "\xc3\xa9", 0xe9 }, { "\xc3\xaa", 0xea }, { "\xe2\x82\xac", 0x20ac },
	{ "\xf0\x9f\x98\x80", 0x1f600 } };

enum { ASCII_ATOMS = 7, ASCII_PIECES = 5 };

struct tree {
	enum { NOTHING, ATOM, BEGIN, END, SEQUENCE, CHOICE, REPEAT } kind;
	const struct atom *atom;
	const struct tree *left, *right;
	unsigned least, most;
};

static struct tree trees[2000];
static size_t planted;

static const struct tree *plant(struct tree tree)
{
	assert_true(planted < COUNT(trees));
	trees[planted] = tree;
	return &trees[planted++];
}

static const struct tree *some_atom(struct buf *b, bool wide)
{
	const struct atom *atom = &atoms[some(wide ? COUNT(atoms) : ASCII_ATOMS)];

	buf_add(b, slice_of(atom->text));
	return plant((struct tree){ .kind = ATOM, .atom = atom });
}

static const struct tree *some_repeat(struct buf *b, const struct tree *of)
{
	size_t i = some(COUNT(repeats));

	buf_add(b, slice_of(repeats[i].text));
	return plant((struct tree){ REPEAT, NULL, of, NULL, repeats[i].least, repeats[i].most });
}

/* Writes the pattern into the buffer. Wide ones have anchors, too. */
static const struct tree *some_tree(struct buf *b, int depth, bool wide)
{
	const struct tree *whole = plant((struct tree){ .kind = NOTHING }), *part;

	for (unsigned i = some(4); i; i--) {
		unsigned what = some(12);
		if (what < 2 && wide) {
			buf_byte(b, what ? '^' : '$');
			part = plant((struct tree){ .kind = what ? BEGIN : END });
		} else {
			if (what < 6 && depth) {
				buf_byte(b, '(');
				part = some_tree(b, depth - 1, wide);
				buf_byte(b, ')');
			} else {
				part = some_atom(b, wide);
			}
			if (!some(3))
				part = some_repeat(b, part);
		}
		whole = plant((struct tree){ SEQUENCE, NULL, whole, part, 0, 0 });
	}
	if (!depth || some(3))
		return whole;
	buf_byte(b, '|');
	part = some_tree(b, depth - 1, wide);
	return plant((struct tree){ CHOICE, NULL, whole, part, 0, 0 });
}

struct text {
	uint32_t code[8];
	unsigned n;
};

static uint32_t after_atom(const struct atom *atom, const struct text *text, uint32_t from)
{
	uint32_t to = 0;

	for (unsigned i = 0; i < text->n; i++) {
		bool in = text->code[i] >= atom->low && text->code[i] <= atom->high;
		if (from >> i & 1 && in != atom->negated)
			to |= 2u << i;
	}
	return to;
}

/* From which places to which others; places are bits. */
static uint32_t after(const struct tree *t, const struct text *text, uint32_t from)
{
	uint32_t to = 0;

	switch (t->kind) {
	case ATOM:
		return after_atom(t->atom, text, from);
	case BEGIN:
		return from & 1;
	case END:
		return from & 1u << text->n;
	case SEQUENCE:
		return after(t->right, text, after(t->left, text, from));
	case CHOICE:
		return after(t->left, text, from) | after(t->right, text, from);
	case REPEAT:
		/* Nothing is new after as many times as there are places. */
		for (unsigned i = 0; i <= t->most && i <= t->least + text->n + 1; i++) {
			if (i >= t->least)
				to |= from;
			from = after(t->left, text, from);
		}
		return to;
	default:
		return from;
	}
}

static void some_text(struct buf *b, struct text *text, bool wide)
{
	b->len = 0;
	text->n = some(COUNT(text->code) + 1);
	for (unsigned i = 0; i < text->n; i++) {
		size_t k = some(wide ? COUNT(pieces) : ASCII_PIECES);
		buf_add(b, slice_of(pieces[k].text));
		text->code[i] = pieces[k].code;
	}
	buf_byte(b, 0);
	b->len--;
}

static void compare(const char *pattern, const char *text, bool verdict, bool wanted)
{
	if (verdict != wanted)
		fail_msg("'%s' %s '%s'", pattern, verdict ? "matches" : "does not match", text);
}

static void verdicts_are_those_of_the_twin(void **unused)
{
	struct buf pattern = { 0 }, b = { 0 };

	(void)unused;
	seed = 2;
	for (int round = 0; round < 6000; round++) {
		const struct tree *tree;
		struct ere *e;
		struct text text;
		pattern.len = planted = 0;
		tree = some_tree(&pattern, 3, true);
		e = compiled(buf_slice(&pattern));
		buf_byte(&pattern, 0);
		for (int i = 0; i < 12; i++) {
			some_text(&b, &text, true);
			compare(pattern.at, b.at, matches(e, buf_slice(&b)),
				after(tree, &text, (2u << text.n) - 1));
		}
		ere_free(e);
	}
	buf_free(&pattern);
	buf_free(&b);
}

static void compare_with_regexec(struct ere *e, const char *pattern, const regex_t *judge)
{
	struct buf b = { 0 };
	struct text text;

	for (int i = 0; i < 12; i++) {
		some_text(&b, &text, false);
		compare(pattern, b.at, matches(e, buf_slice(&b)),
			!regexec(judge, b.at, 0, NULL, 0));
	}
	buf_free(&b);
}

/* Anchors at the ends only: others it takes for true in some loops, and beside newlines. */
static void verdicts_are_those_of_regexec(void **unused)
{
	struct buf pattern = { 0 };

	(void)unused;
	seed = 3;
	for (int round = 0; round < 6000; round++) {
		unsigned anchors = some(4);
		struct ere *e;
		regex_t judge;
		pattern.len = planted = 0;
		buf_printf(&pattern, "%s(", anchors & 1 ? "^" : "");
		some_tree(&pattern, 3, false);
		buf_printf(&pattern, ")%s", anchors & 2 ? "$" : "");
		e = compiled(buf_slice(&pattern));
		buf_byte(&pattern, 0);
		assert_int_equal(regcomp(&judge, pattern.at, REG_EXTENDED | REG_NOSUB), 0);
		compare_with_regexec(e, pattern.at, &judge);
		regfree(&judge);
		ere_free(e);
	}
	buf_free(&pattern);
}

/* Refused here, and taken there for something else. */
static bool is_by_design(const char *what)
{
	return !strcmp(what, "a parenthesis is not opened") || strstr(what, "two pairs") ||
		strstr(what, "back-references") || strstr(what, "no such escape") ||
		strstr(what, "255 repetitions");
}

/* Any symbols in any order. */
static void soups_are_taken_where_regcomp_takes_them(void **unused)
{
	static const char symbols[] = "aab()()|*+?{}1,2[]^$.-\\:";

	(void)unused;
	seed = 4;
	for (int i = 0; i < 60000; i++) {
		struct ere *e;
		struct fault f;
		regex_t judge;
		char pattern[12];
		size_t len = 1 + some(sizeof pattern - 1);
		bool taken, theirs;
		for (size_t k = 0; k < len; k++)
			pattern[k] = symbols[some(sizeof symbols - 1)];
		pattern[len - 1] = 0;
		taken = ere_compile(slice_of(pattern), &e, &f);
		theirs = !regcomp(&judge, pattern, REG_EXTENDED | REG_NOSUB);
		if (taken ? !theirs : theirs && !is_by_design(f.what))
			fail_msg("'%s': %s", pattern, taken ? "taken" : f.what);
		if (taken && !strpbrk(pattern, "^$"))
			compare_with_regexec(e, pattern, &judge);
		if (taken)
			ere_free(e);
		if (theirs)
			regfree(&judge);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_are_those_of_posix),
		cmocka_unit_test(what_posix_leaves_open_is_as_in_the_header),
		cmocka_unit_test(characters_are_code_points),
		cmocka_unit_test(nul_is_a_character),
		cmocka_unit_test(faulty_patterns_are_refused),
		cmocka_unit_test(sizes_are_limited),
		cmocka_unit_test(time_is_linear),
		cmocka_unit_test(states_are_forgotten_when_there_are_too_many),
		cmocka_unit_test(verdicts_are_those_of_the_twin),
		cmocka_unit_test(verdicts_are_those_of_regexec),
		cmocka_unit_test(soups_are_taken_where_regcomp_takes_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
