/* agg: aggregates of the records of a group, by name
 *
 *	struct agg a = { 0 };
 *	agg_parse(&a, item, &fault)     mean(temp) as warm, p95(temp), wavg(speed,vehicles), or max
 *	agg_spread(&a, &names, &fault)  the bare ones go over these fields
 *	agg_resolve(&a, fields, &fault) results have their names, cells their places
 *
 * Then each group has agg_size() bytes, 8-byte aligned, all zero at first, called its cells. A record is
 * read once and added to as many groups as it is in. The order of the records changes no byte of a result,
 * nor does any split into partial results, except where a result is approximate. Null and what is missing
 * are skipped; an aggregate of no values is null, count() of none is 0. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "fields.h"
#include "instant.h"
#include "measure.h"
#include "names.h"
#include "rec.h"
#include "slice.h"

enum { AGG_MOST = 1000000 };

struct agg_result {
	struct slice name; /* of the member it becomes */
	const struct measure *measure;

	/* private */
	struct slice item, label, field[2];
	struct decimal q;
	bool bare, named;
	struct slice json; /* ,"name": */
	uint32_t cell;
	unsigned bears;  /* the parts of the cell that its partial result brings */
	uint32_t member; /* the field that this is in */
};

struct agg {
	/* The caller's: texts, true and false in a field that must be a number are null; quantiles keep all
	 * values; and how many values an aggregate that keeps them may keep for a group (0: AGG_MOST). */
	bool skip_text, exact;
	size_t most;

	/* What is asked for, in the order of the output. */
	struct agg_result *result;
	size_t n;

	/* Of the last fault: the item or the name it is about, and what may have been meant, or NULL. */
	struct slice about;
	const char *near;

	/* Of the last time that there were too many values: the result that keeps them. */
	struct slice excess;

	/* So far: texts taken as null, numbers beyond the doubles (they are null), and results printed that
	 * are approximate. */
	uint64_t skipped, beyond, approximate;

	/* private */
	size_t cap;
	struct slice *reserved;
	size_t reserves, reserved_cap;
	struct agg_slot *slot; /* what is read of a record */
	size_t slots, slot_cap;
	struct agg_cell *cell; /* the first ones are of summary_store */
	size_t cells, cell_cap, plain;
	size_t size;
	struct instant t; /* of the record */
	void *spare;      /* cells for partial results on their way */
	struct buf text;
};

/* Takes an item of a list (list.h), which must stay where it is. False: there is a mistake in it, at
 * fault->at, a->about being the item. count() is nothing to take, as it is always there, unless it has a
 * name of its own. */
bool agg_parse(struct agg *a, struct slice item, struct fault *f);

/* What stands without a field is asked for each of these, field by field, in the place of the first that
 * does. To be called also when there are none: then there must be no such item but count. */
bool agg_spread(struct agg *a, const struct names *fields, struct fault *f);

/* A name that no result may have. It must stay where it is. */
void agg_reserve(struct agg *a, struct slice name);

/* Numbers the fields and lays out the cells. False: two results have one name, a->about, or one has a
 * reserved one. */
bool agg_resolve(struct agg *a, struct fields *fields, struct fault *f);

/* Numbers the members of partial results, for agg_parse_partial(). */
void agg_resolve_partial(struct agg *a, struct fields *fields);

/* Does anything go by the time? */
bool agg_needs_time(const struct agg *a);

size_t agg_size(const struct agg *a);

/* Reads a record; t matters if agg_needs_time(). False: it is blamed. */
bool agg_read(struct agg *a, struct rec *r, struct instant t);

/* Adds what was read to a group. False: that keeps too many values now, see a->excess. */
bool agg_add(struct agg *a, void *cells);

/* Adds another group, which is still to be dropped. False as above. */
bool agg_merge(struct agg *a, void *to, void *from);

/* Appends ,"x_mean":12.5 and so on. */
void agg_print(struct agg *a, void *cells, struct buf *b);

/* The same with partial results, of which each is a text: ,"x_mean":"4320 54000". */
void agg_print_partial(struct agg *a, void *cells, struct buf *b);

/* Adds the partial results in a record. False: it is blamed, or, if it is not, that group keeps too many
 * values now. */
bool agg_parse_partial(struct agg *a, void *cells, struct rec *r);

/* Frees what the cells own; they are empty again. */
void agg_drop(struct agg *a, void *cells);

/* Calls each() for every aggregate there is. */
void agg_each(void (*each)(const struct measure *, void *), void *with);

void agg_free(struct agg *a);
