/* unmet: names that were asked for and that no record has
 *
 * A name that is misspelt gives nulls, which look like silence. So when all is done, one line for each
 * such name says it, with one that did occur and may have been meant. Nothing is said where there were no
 * records, nor where the input is one piece of many: under krun and spread. */
#pragma once

#include <stddef.h>

#include "record/fields.h"

size_t unmet_count(const struct fields *f);
void unmet_tell(const struct fields *f);
