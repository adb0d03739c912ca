/* gather: records into the groups of windows, and results out of them
 *
 * Here the parts of an aggregation meet. A record has a time, by which the clock goes on, and a key; it
 * goes into the windows or the session that it belongs to, and what has ended becomes results. Windows
 * of rows, and the one window of all records, have no clock. Instead of records there may be partial
 * results, which are merged.
 *
 * gather_furnish() is told what is wished; then the aggregates are asked for, in g->aggregates.request, and
 * gather_begin() gets ready for records. */
#pragma once

#include "aggregate/agg.h"
#include "program/keys.h"
#include "time/watermark.h"
#include "window/fill.h"
#include "window/late.h"
#include "window/results.h"
#include "window/sessions.h"
#include "window/windows.h"

enum gather_kind { GATHER_SIZES, GATHER_SESSIONS, GATHER_ROWS, GATHER_ALL };

/* The windows of one size, and how it was typed. */
struct gather_size {
	struct grid grid;
	struct slice typed;
};

/* What an aggregation shall be. Texts and sizes stay the caller's, and stay where they are. */
struct gather_wish {
	enum gather_kind kind;
	const struct gather_size *size; /* GATHER_SIZES: at least one */
	size_t sizes;
	struct span gap;   /* GATHER_SESSIONS */
	uint64_t rows;     /* GATHER_ROWS */
	struct slice keys; /* as keys_prepare() takes them */
	bool skip_text, exact;
	bool merge;     /* records are partial results */
	bool partial;   /* and results are */
	bool restores;  /* groups may come from an earlier run */
	bool changes;   /* each record makes a result */
	bool revisions; /* results say which of several they are */
	struct span delay, lateness;
	struct span max_ahead; /* a record that is so far ahead of the clock is late; 0: none is */
	struct span early, idle; /* 0: never */
	struct slice sources;    /* as keys; with clocks of their own, of which */
	size_t expected;         /* so many are expected */
	const char *late;        /* as late_ready() takes it */
	bool fills;              /* results are made up for windows without records: */
	enum fill_with fill;
	struct span max_gap;
	uint64_t max_keys, max_open; /* of a window; windows */
	void (*print)(struct slice line);
};

struct gather {
	struct gather_wish wish;
	struct keys keys, sources;
	struct agg aggregates;
	struct results results;
	struct windows windows;
	struct sessions sessions;
	struct watermark watermark;
	struct late late;
	struct fill *fill; /* NULL: nothing is made up */
	bool has_style;    /* results write times as the first one was written; that is known */

	/* private */
	struct rec *record; /* the one at hand, */
	struct instant now; /* its time, */
	uint64_t brings;    /* how many records it stands for, */
	uint32_t rev;       /* and how many results there were of them */
	bool restoring;
	bool untimed;               /* records that are counted need no time */
	struct pane *whole;         /* the one window where there is no clock */
	struct group *latest;       /* of all records: the group of the one before */
	int64_t waited;             /* nanoseconds without input so far, */
	int64_t heard;              /* and when the last record came; */
	struct instant clock_heard; /* the clock of the records then */
	int64_t next_early;         /* results, by the clock on the wall */
};

/* Both to be called in ready(). */
void gather_furnish(struct gather *g, const struct gather_wish *wish);
void gather_begin(struct gather *g);

/* The record is put in its place; blamed if it has none. */
void gather_take(struct gather *g, struct rec *r);

/* A group of an earlier run, which gather_save() has printed. */
void gather_restore(struct gather *g, struct rec *r);

/* The clock had come so far in an earlier run. */
void gather_restore_clock(struct gather *g, struct instant t);

/* The clock, g->watermark, has moved: ends what is due. */
void gather_advance(struct gather *g);

/* For tick() of a filter: does what is due by the clock on the wall, and says after how many milliseconds to come
 * again. Early results come every so often. A source that was silent for so long holds nobody up; when all are
 * silent, the clock goes on as the one on the wall does. Silence is measured in `waited`, nanoseconds in which
 * there was no input: what the program itself took, or whoever stopped it, is none. And while there is input
 * nobody is silent who may be behind it. */
int gather_tick(struct gather *g, int64_t waited, bool waiting);

/* A partial result of each group of the open windows, for gather_restore() in the next run. */
void gather_save(struct gather *g, void (*add)(struct slice line));

/* The clock comes to where all that is open has ended. */
void gather_drain(struct gather *g);

/* The input has ended, and so do all windows. */
void gather_finish(struct gather *g);
