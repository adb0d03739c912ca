/* resume: what an aggregation leaves to its next run, in the records of a state
 *
 *	{"written":"2000-01-01T00:00:00Z"}                this time as results write it; always first,
 *	                                                  null where there was no time yet
 *	{"clock":"2026-03-01T10:00:00Z"}                  how far time has come
 *	{"top":"2026-03-01T10:05:00Z","source":"a"}       how far it has with a source
 *	{"field":"use_kw"}                                a field that a pattern has found, in order
 *	{"partial":0,"dev":"a","window_start":...}        a result that still matters to others: fill.h
 *	{"dev":"a","window_start":...,"partial":1,...}    a group of an open window, a partial result */
#pragma once

#include "window/gather.h"

struct resume {
	struct gather *gather;

	/* private */
	bool begun;
	uint32_t written, clock, source, top, field, partial;
};

/* To be called in ready(). */
void resume_ready(struct resume *s, struct gather *g);

/* For take() and save() of a state. */
void resume_take(struct resume *s, struct rec *r);
void resume_save(const struct resume *s);
