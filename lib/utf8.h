/* utf8: what is a character */
#pragma once

#include "slice.h"

/* Bytes of the character that begins at s.at, which is not empty; 0 if none does. */
size_t utf8_character(struct slice s);

/* So many bytes at the beginning are whole characters. */
size_t utf8_length(struct slice s);
