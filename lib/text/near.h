/* near: how far a word is from the one that was meant, for messages that suggest it */
#pragma once

#include <stdbool.h>

#include "base/slice.h"

/* Is it the beginning of that word, or one letter away from it (two in a long one): left out, put in,
 * replaced or swapped? Or the same but for capital letters? */
bool near_enough(struct slice typed, struct slice meant);
