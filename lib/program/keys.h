/* keys: what makes records one group, from -k
 *
 * A list of fields and of expressions with names. Values that are equal make one key (canon.h); it is
 * shown as it was first met. */
#pragma once

#include "expr/expr.h"
#include "record/rec.h"

struct keys_item {
	struct slice name;
	struct slice json; /* the name, ready to be printed: "name": */
	uint32_t field;
	struct expr *expression; /* NULL: the field itself */

	/* private */
	struct decimal last;          /* the number that was calculated last, */
	size_t len;                   /* 0: it was none, */
	char text[NUM_MAX + NUM_PAD]; /* and how it is printed */
};

struct keys {
	struct keys_item *item;
	size_t n, cap;

	/* of the record at hand */
	struct slice key, shown; /* the values, LF between two */

	/* private */
	struct buf canon, shown_text, scratch;
};

/* Compiles the list; a mistake in it is a usage error. To be called in ready(). list.at NULL: no key. */
void keys_prepare(struct keys *k, struct slice list);

/* Finds k->key and k->shown, which live until the next record. False: the record is blamed. */
bool keys_read(struct keys *k, struct rec *r);

/* The same of a record that keys_print() has made: it has expressions as members already. False: it lacks
 * one, and is blamed. */
bool keys_read_again(struct keys *k, struct rec *r);

/* What the key of the next record may be: so many bytes as this one's, where it is if that line begins as this
 * one does. They may be anything; empty: there is no telling. */
struct slice keys_guess(const struct keys *k, const struct rec *r);

/* Appends the members of a key that was shown so: "dev":"a","room":7 */
void keys_print(const struct keys *k, struct slice shown, struct buf *to);
