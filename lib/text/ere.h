/* ere: does a text match an extended regular expression?
 *
 * The expressions of POSIX: literals, . ^ $ ( ) | * + ? {m} {m,} {m,n}, brackets with ranges, ^ and
 * [:classes:], and a backslash before what is to be taken literally. A character is a code point of
 * UTF-8; pattern and text are UTF-8, and NUL is a character like another. ^ and $ are the ends of the
 * whole text, wherever they stand; . and [^a] match a newline too. Classes are those of ASCII, so é is
 * no [:alpha:]; ranges go by code points. Beyond POSIX there are \d, \w and \s for [[:digit:]],
 * [[:alnum:]_] and [[:space:]], and \D, \W and \S for every other character; within brackets a
 * backslash is a backslash.
 *
 * Where POSIX is silent: nothing matches the empty text, as in "a||b", "(|a)" and "()"; {,n} is {0,n};
 * a ] or } that closes nothing is itself; a repetition may be repeated. All this is as in glibc.
 * Refused are a ) that closes nothing, [:alpha:] in single brackets, [.x.] and [=x=], a range next to
 * a class, an escaped letter or digit other than those above, \< and \>, and back-references, which
 * no regular expression has.
 *
 * Time is linear: at most length of the text times size of the pattern, mostly one look into a table
 * for each byte. A compiled pattern takes up to 600 KiB, what is remembered 256 KiB at most. */
#pragma once

#include "base/fault.h"
#include "base/slice.h"

struct ere;

enum {
	ERE_REPEAT = 255,  /* the largest number between braces */
	ERE_DEPTH = 1000,  /* parentheses within parentheses */
	ERE_STEPS = 10000, /* about the characters of a pattern, repetitions written out */
};

/* False: the pattern is refused, f->at is the byte where, and there is nothing to free. */
bool ere_compile(struct slice pattern, struct ere **e, struct fault *f);

/* Is there a match anywhere in the text? e remembers what it has found out about texts. */
bool ere_matches(struct ere *e, struct slice text);

/* The same without a memory, some hundred times slower: what tests hold ere_matches() to. */
bool ere_matches_plainly(struct ere *e, struct slice text);

void ere_free(struct ere *e);
