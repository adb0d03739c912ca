/* names: a list of fields as it is typed after -f
 *
 * Names are divided by commas; blanks belong to them. A name in backquotes is taken to the letter and
 * may hold a comma. Elsewhere * stands for any bytes, ? for one character. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"

struct name {
	struct slice text;
	bool pattern;
};

struct names {
	struct name *at;
	size_t n, cap;
	uint32_t list; /* its number in a table of fields: fields_resolve() */
};

/* Appends the names of a list, which must stay where it is. */
bool names_add(struct names *names, struct slice list, struct fault *f);

/* Appends one name that is to be taken to the letter; it must stay where it is. */
void names_literal(struct names *names, struct slice text);

bool names_match(struct slice pattern, struct slice text);
