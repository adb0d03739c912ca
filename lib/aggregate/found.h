/* found: the fields that the patterns of a list have found in a stream, in the order in which it first had them
 *
 * Fields get numbers from 0 on as they are found, and keep them. A partial result of such a field is called
 * after it and a label, as x_kw_mean is. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"
#include "record/rec.h"
#include "text/names.h"

struct found {
	/* The caller's: names and patterns, which have their number (fields.h); names that no pattern stands
	 * for, as it does for no name of the list; and how many fields there may be. */
	const struct names *list;
	struct names except;
	size_t most;

	struct map fields;
	uint32_t *pattern; /* of each: which of the list it matches, the first one */
	size_t cap;

	uint32_t *here; /* those of the record at hand, */
	size_t n;
	bool anew; /* which need not be those of the record before */

	/* private */
	struct names labelled;
	struct slice *label;
	size_t labels, label_cap;
	uint64_t *read; /* for each field the last reading that had it */
	size_t read_cap, here_cap;
	uint64_t readings;
	struct picks picks; /* those of the record before */
	bool partial;
};

/* Labels of partial results, which must stay where they are; once all are told, the names are numbered. */
void found_label(struct found *f, struct slice label);
void found_expect_partial(struct found *f, struct fields *fields);

/* Finds what a record has, or partial results in one. False: there are too many fields. */
bool found_read(struct found *f, const struct rec *r);
bool found_read_partial(struct found *f, const struct rec *r);

/* Adds a field that an earlier run has found. False as above; nothing happens if no pattern matches. */
bool found_add(struct found *f, struct slice name);

/* Does the record at hand have it? */
static inline bool found_here(const struct found *f, size_t field)
{
	return f->read[field] == f->readings;
}

void found_free(struct found *f);
