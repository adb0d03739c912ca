/* results: a group of a window as a record
 *
 * The key, the bounds, how many records there were, the aggregates, and which result of several it is:
 * what weir-windows(7) says. Partial results are records as well, and are read again here. */
#pragma once

#include "aggregate/agg.h"
#include "program/keys.h"
#include "record/groups.h"
#include "record/stamp.h"
#include "window/grid.h"

/* What is known of a group beside its cells. */
struct result {
	struct interval span;
	struct instant first, last;
	bool untimed; /* there are none: no record had a time */
	size_t size;
	const char *pane; /* "final" */
	uint32_t rev;     /* as it was read */
};

struct results {
	const struct keys *keys;
	struct agg *aggregates;
	struct stamp style; /* how times are written */
	bool learns;        /* that, from the partial results that are read */
	struct slice *size; /* of several sizes each as it was typed */
	size_t sizes;
	bool bounds;    /* window_start and window_end */
	bool ends;      /* first and last, the times of records */
	bool revisions; /* pane and rev */

	/* private */
	struct buf line;
	struct buf place; /* the bounds as they were printed last */
	struct result printed;
	bool learnt;           /* the style, from */
	struct instant lesson; /* the first time that was read */
	uint32_t start, end, count, first, last, length, rev, version;
	uint32_t foreign[5]; /* members that only results of other windows have */
	size_t foreigns;
};

/* Reserves the names of the members that results have anyway, and of the keys. Gives back one that a key has
 * too, else NULL. */
const char *results_reserve(const struct results *p);

/* The record, with its LF; it lives until the next call. Of a group with revisions the number goes up. A partial
 * one can be read again, and merged. */
struct slice results_print(struct results *p, const struct result *result, struct slice shown,
	struct group *group, bool partial);

/* The same for a window without records and revisions, of which the aggregates are made up: ,"x_mean":1.5 */
struct slice results_print_filled(struct results *p, const struct result *result,
	struct slice shown, struct slice aggregates);

/* The aggregates in such a line with bounds and nothing more: ,"x_mean":1.5. False: it is no such line, of
 * these keys and aggregates, as it would have been printed. The line is a record. */
bool results_values(const struct results *p, struct slice line, struct slice *values);

/* Numbers the members of partial results. */
void results_expect_partial(struct results *p, struct fields *fields);

/* From now on times are written as the one in this field. False: the record is blamed. */
bool results_write_like(struct results *p, struct rec *r, uint32_t field);

/* A time as results write it; the style stays. False: the record is blamed. */
bool results_read_time(const struct results *p, struct rec *r, uint32_t field, struct instant *t);

/* Reads the bounds and the count of what was printed. False: the record is blamed. */
bool results_read(struct results *p, struct rec *r, struct interval *span, uint64_t *count);

/* Reads what was printed as a partial result, but for the key and the aggregates. False: the record is
 * blamed. */
bool results_read_partial(struct results *p, struct rec *r, struct result *result, uint64_t *count);
