/* reader: the records of a file, one after the other
 *
 * What in, scan and rec are together: a file is opened, and each line that is not blank is a record. One
 * that is none is a record with a fault, so whoever reads looks at that alone. Or the file is a table, and
 * each of its rows is a record. */
#pragma once

#include <stdint.h>

#include "csv/entries.h"
#include "io/in.h"
#include "record/rec.h"
#include "record/scan.h"

struct reader {
	struct in in;
	uint64_t line; /* of the record at hand, on which it begins */

	/* The caller's, after reader_init(). Is given each block of lines before its first record is: the
	 * moment for what is not to be done for each of them. NULL: nothing. */
	void (*block)(struct slice lines);

	/* private */
	struct scan scan;
	struct rec rec;
	struct entries *table; /* NULL: the files hold records */
	bool ended;            /* the table has no more bytes */
};

/* fields: the names to look for; they must outlive the reader. idle: see in.h. */
void reader_init(struct reader *r, struct fields *fields, size_t max_line, int (*idle)(void));

/* From now on files are tables whose cells are divided by this character, or, if it is 0, by a comma. */
void reader_csv(struct reader *r, char delimiter);

/* "-" is standard input. The name must live until the next file is opened. */
void reader_open(struct reader *r, const char *name);

/* The next record, which lives until the call after; NULL: the file has ended, or a stop was asked for. */
struct rec *reader_next(struct reader *r);

/* Before a record of this reader is printed, or its line is looked at. */
void reader_spell(struct reader *r, struct rec *rec);

void reader_close(struct reader *r);
void reader_free(struct reader *r);

/* How records are found, which the environment may say: WEIR_SCAN. */
enum scan_way reader_way(void);
