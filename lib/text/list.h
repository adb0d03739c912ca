/* list: items between commas, as they are typed after -a and -k
 *
 * Commas within parentheses, quotes and backquotes belong to the item; so do blanks within. Blanks
 * around an item do not. */
#pragma once

#include "base/fault.h"
#include "base/slice.h"

/* Without the blanks around it. */
struct slice list_trim(struct slice s);

/* The next item of *rest, which becomes what is after it. False: there is none, and fault->what tells
 * why, or is NULL at the end of the list; fault->at counts from the beginning of *rest. */
bool list_next(struct slice *rest, struct slice *item, struct fault *fault);

/* Divides "what as name". False: no name is given, and what is the whole. */
bool list_named(struct slice item, struct slice *what, struct slice *name);

/* The name that an item is, without its backquotes, which one with the signs of an expression needs.
 * False: it is none. */
bool list_name(struct slice item, struct slice *name);
