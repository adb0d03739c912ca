/* utf8: what is a character */
#pragma once

#include <stdint.h>

#include "base/slice.h"

/* Bytes of the character that begins at s.at, which is not empty; 0 if none does. */
size_t utf8_character(struct slice s);

/* The same, and its number. */
size_t utf8_decode(struct slice s, uint32_t *character);

/* The same, but 0 also for a control character, which a terminal must not be shown. */
size_t utf8_visible(struct slice s, uint32_t *character);

/* So many bytes at the beginning are whole characters. */
size_t utf8_length(struct slice s);
