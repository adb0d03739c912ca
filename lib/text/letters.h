/* letters: capital and small letters, in any locale
 *
 * A letter becomes the one letter that Unicode 15 pairs it with, if it is Latin (up to U+024F, and
 * U+1E00 to U+1EFF), Greek (U+0370 to U+03FF) or Cyrillic (U+0400 to U+052F), or the partner of such a
 * one. All else stays, so does what has no single partner: the capital of ß would be SS. */
#pragma once

#include "base/slice.h"

/* Bytes that the functions below may write. */
static inline size_t letters_bound(struct slice text)
{
	return 2 * text.len;
}

/* Writes a text (UTF-8), its letters made small or capital; gives the end. */
char *letters_lower(char *to, struct slice text);
char *letters_upper(char *to, struct slice text);
