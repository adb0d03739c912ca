/* width: how many places of a terminal a character takes */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* 2 for Chinese, Japanese and Korean characters and emoji, 0 for marks that are set upon the one
 * before, 1 for all else. Control characters are for the caller to see to. */
int width_of(uint32_t character);
