/* renaming: fields that get other names, --rename OLD=NEW,...
 *
 * All old names are looked up before any field is renamed, so a=b,b=a changes two for each other. A * on
 * both sides stands for the same bytes. What a field is to be called must be free by then: a record that
 * would lose a field is a bad one. */
#pragma once

#include "program/opt.h"
#include "record/rec.h"

/* --rename */
extern const struct opt renaming_options[];

/* Is something to be renamed? */
bool renaming_wanted(void);

/* To be called in ready(). expect: is given each list of old names, to which literal names may be added that
 * the program makes. */
void renaming_prepare(void (*expect)(struct names *names));

/* False: the record is blamed. */
bool renaming_apply(struct rec *r);
