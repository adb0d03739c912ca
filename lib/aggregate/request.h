/* request: the aggregates that are asked for, from -a
 *
 *	struct request r = { 0 };
 *	request_parse(&r, text, &fault)       mean(temp) as warm, p95(temp), wavg(speed,vehicles), or max
 *	request_reserve(&r, name)             results must not be called so
 *	request_complete(&r, &names, &fault)  the bare ones go over these fields
 *
 * Then there is an item for every result, with a name that no other has. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "aggregate/measure.h"
#include "base/buf.h"
#include "base/fault.h"
#include "base/slice.h"
#include "number/num.h"
#include "text/names.h"

struct request_item {
	struct slice name; /* of the result */
	bool named;        /* by whoever asks: nothing in the name tells what it is */
	const struct measure *measure;
	struct slice field[2]; /* its arguments that are fields; .at NULL: none */
	struct decimal q;

	/* private */
	struct slice text, label;
	bool bare;
};

/* What stands without a field, over a pattern: the results of the fields that it stands for come before this
 * item. */
struct request_pattern {
	size_t name; /* which of the fields */
	size_t at;
};

struct request {
	struct request_item *item; /* in the order of the output */
	size_t n;
	struct request_pattern *pattern; /* in that order */
	size_t patterns;
	struct request_item *each; /* what is asked for of each field of a pattern */
	size_t eachs;

	/* Of the last fault: the item or the name it is about, and what may have been meant, or NULL; and the two
	 * items that have one name, if these are it, else NULL. */
	struct slice about;
	const char *near;
	const struct request_item *rival[2];

	/* private */
	size_t cap;
	struct slice *reserved;
	size_t reserves, reserved_cap, pattern_cap;
};

/* Takes an item of a list (list.h), which must stay where it is. False: there is a mistake in it, at
 * fault->at. count() is nothing to take, as it is always there, unless it has a name of its own. */
bool request_parse(struct request *r, struct slice text, struct fault *f);

/* Appends an item as it was typed; what stood without a field, with its own. */
void request_print(const struct request_item *item, struct buf *b);

/* A name that no result may have. It must stay where it is. */
void request_reserve(struct request *r, struct slice name);

/* What stands without a field is asked for each of these, field by field, in the place of the first that
 * does. False: one is a pattern, and has a name; there are none, and something else than count stands without;
 * or two results have one name, or one has a reserved one. */
bool request_complete(struct request *r, const struct names *fields, struct fault *f);

/* What is asked for, of a field that a pattern stands for; both stay as long as the item. False: there is a
 * result of that name, or it is a reserved one. */
bool request_spread(
	const struct request *r, size_t each, struct slice field, struct request_item *item);

/* Calls each() for every aggregate that one may ask for. */
void request_each_known(void (*each)(const struct measure *, void *), void *with);

void request_free(struct request *r);
