/* run: the usual numbers of many records of one group, before they go to its cells
 *
 * What a sensor says has few digits. As a multiple of 10^-9 it is one int64_t, whatever its decimals, so the
 * numbers of a record are a row of integers of one scale: they are read several at a time, and their sum,
 * smallest and largest kept for each column without a look at an exponent. Nothing is rounded. A record that
 * has a number of another kind goes the way of all others (reading.h); as sums and extremes are exact, it
 * does not matter which went where. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/rec.h"
#include "record/vector.h"

enum {
	RUN_PLACES = 9,    /* behind the point, */
	RUN_WHOLE = 7,     /* and before it: any record of such numbers is taken */
	RUN_RECORDS = 512, /* as many fit without an overflow */
};

/* Of one column. */
struct run_sum {
	int64_t count, sum, low,
		high; /* multiples of 10^-9; low and high mean nothing where count is 0 */
};

struct run {
	size_t columns;
	int64_t *number;  /* each column's multiple of 10^-9, */
	int64_t *present; /* and -1, or 0 where there is none */
	unsigned records; /* so far */

	/* private */
	enum vector vector;
	size_t room;
	uint32_t *field; /* of each column, */
	size_t fields;   /* all below this number */
	int64_t *count, *sum, *low, *high;
	uint32_t *odd; /* columns of the record at hand that need a closer look */
};

/* field: of each column. */
void run_init(struct run *r, const uint32_t *field, size_t columns, enum vector vector);

/* Reads a record. False: there is a number that does not fit, or something else than a number. */
bool run_read(struct run *r, const struct rec *rec);

/* Adds what was read, to at most RUN_RECORDS - 1 records. */
void run_add(struct run *r);

struct run_sum run_sum(const struct run *r, size_t column);

/* Forgets all records. */
void run_clear(struct run *r);

void run_free(struct run *r);
