/* token: the words of an expression
 *
 * 1.5, "a\tb" (escaped as in JSON), 'a\b' (nothing is escaped), name, `a name`, and operators. */
#pragma once

#include "base/arena.h"
#include "base/fault.h"
#include "base/slice.h"

enum token_kind {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_TEXT,
	TOKEN_NAME, /* a letter or _, then letters, digits and _; letters beyond ASCII too */
	TOKEN_QUOTED_NAME,
	TOKEN_OPERATOR,
};

struct token {
	enum token_kind kind;
	size_t at;         /* where it begins */
	struct slice text; /* of a number a JSON number, of texts and names what they mean */
};

struct tokens {
	struct slice source; /* UTF-8 */
	size_t at;           /* what is read so far */
	struct arena *arena; /* for texts that hold escapes */
};

/* The next one; at the end TOKEN_END, again and again. */
bool token_next(struct tokens *t, struct token *token, struct fault *fault);
