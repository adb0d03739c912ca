/* near: how far a word is from the one that was meant, for messages that suggest it */
#pragma once

#include <stdbool.h>

#include "base/slice.h"

enum { NEAR_NOT = -1 };

/* How many letters it is away from that word, one at most (two from a long one): left out, put in, replaced
 * or swapped. 0 if only capital letters differ, 3 if it is the beginning of the word; else NEAR_NOT. */
int near_distance(struct slice typed, struct slice meant);

static inline bool near_enough(struct slice typed, struct slice meant)
{
	return near_distance(typed, meant) != NEAR_NOT;
}
