/* agg: aggregates of the records of a group
 *
 * Once it is known what is asked for (request.h) and agg_resolve() has been called, each group has agg_size()
 * bytes, 8-byte aligned, all zero at first, called its cells. A record is read once and added to as many
 * groups as it is in. Of a pattern a group has results for the fields that its records had. The order of the records changes no byte of a result, nor does any split into partial
 * results, except where a result is approximate. Null and what is missing are skipped; an aggregate of no
 * values is null, count() of none is 0. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "aggregate/found.h"
#include "aggregate/partial.h"
#include "aggregate/request.h"
#include "aggregate/run.h"
#include "base/buf.h"
#include "base/slice.h"
#include "record/fields.h"
#include "record/rec.h"
#include "time/instant.h"

enum { AGG_MOST = 1000000 };

struct agg {
	/* The caller's: what is asked for; texts, true and false in a field that must be a number are null;
	 * quantiles keep all values; and how many values an aggregate that keeps them may keep for a group
	 * (0: AGG_MOST). */
	struct request request;
	bool skip_text, exact;
	size_t most;
	enum vector vector; /* what may be used of this processor */

	/* Also the caller's, where what is asked for has patterns: their list, what they do not stand for, and
	 * how many fields they may. */
	struct found found;

	/* Of the last time that there were too many values: the result that keeps them. */
	struct slice excess;

	/* A result of a field that a pattern has found has the name of another. .at NULL: none has. */
	struct slice clash;

	/* So far: texts taken as null, numbers beyond the doubles (they are null), and results printed that
	 * are approximate. */
	uint64_t skipped, beyond, approximate;

	/* private */
	struct agg_result *result;
	size_t n, result_cap;
	bool open;             /* there are patterns, */
	size_t *section;       /* of which the next field's results go there; */
	size_t founds;         /* so many fields are in their places, */
	bool partials;         /* as are their partial results; */
	void *marked;          /* the cells that have those of the record marked */
	struct agg_slot *slot; /* what is read of a record */
	size_t slots, slot_cap;
	struct agg_cell *cell; /* the first ones are of summary_store */
	size_t cells, cell_cap, plain;
	size_t rest;      /* the size of the others */
	struct instant t; /* of the record */
	struct run run;   /* of the plain cells: what was added to `latest` and is not in it yet */
	void *latest;
	bool partial; /* what was read last are partial results */
	bool texts;   /* min and max may be of texts in some group, and of numbers in another */
	bool in_run;  /* the plain cells' numbers of the record are in run, others in their slots */
	void *spare;  /* cells for partial results on their way, */
	struct partial words; /* read from here */
	struct buf text;
};

/* Numbers the fields and lays out the cells of what is asked for, which is complete and stays where it is. */
void agg_resolve(struct agg *a, struct fields *fields);

/* Numbers the members of partial results, for agg_read_partial(). */
void agg_resolve_partial(struct agg *a, struct fields *fields);

/* Does anything go by the time? */
bool agg_needs_time(const struct agg *a);

size_t agg_size(const struct agg *a);

/* Reads a record; t matters if agg_needs_time(). False: it is blamed, or patterns have found more fields than
 * a->found.most, or a->clash. */
bool agg_read(struct agg *a, struct rec *r, struct instant t);

/* The smallest and the largest of a group are of numbers, or of texts, as its first value is; whether what was
 * read goes with its groups is to be seen before it is added to any. False: they all go together. Else each
 * group is shown to agg_suits(), after this. */
bool agg_weigh(struct agg *a);

/* False: the record has a text among numbers, or a number among texts; it is blamed. Where all groups that
 * are shown become one (joins), they must suit each other as well. */
bool agg_suits(struct agg *a, void *cells, bool joins, struct rec *r);

/* Adds what was read to a group. False: that keeps too many values now, see a->excess. */
bool agg_add(struct agg *a, void *cells);

/* Adds another group, which is still to be dropped. False as above. */
bool agg_merge(struct agg *a, void *to, void *from);

/* Appends ,"x_mean":12.5 and so on. */
void agg_print(struct agg *a, void *cells, struct buf *b);

/* The same with partial results, of which each is a text: ,"x_mean":"4320 54000". */
void agg_print_partial(struct agg *a, void *cells, struct buf *b);

/* Passes over what agg_print() has appended. False: it is something else. A LF is behind. */
bool agg_pass(const struct agg *a, struct slice *rest);

/* Reads the partial results in a record. False as with agg_read(). */
bool agg_read_partial(struct agg *a, struct rec *r);

/* Adds what was read of them to a group. False as with agg_add(). */
bool agg_add_partial(struct agg *a, void *cells);

/* The same for cells in which there is nothing yet. It lies there then, and is read no more. */
bool agg_take_partial(struct agg *a, void *cells);

/* Frees what the cells own; they are empty again. */
void agg_drop(struct agg *a, void *cells);

/* a->request, too. */
void agg_free(struct agg *a);
