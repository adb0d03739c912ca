/* numbers: any numbers, and copies that end where they end, for unit tests */
#pragma once

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/slice.h"
#include "random.h"

static inline long patterns(void)
{
	const char *wish = getenv("NUM_PATTERNS");

	return wish ? atol(wish) : 100000;
}

/* A copy of exactly its size, so that a sanitizer sees a byte too far. */
static inline struct slice exact(const char *text)
{
	size_t n = strlen(text);
	char *copy = malloc(n + !n);

	memcpy(copy, text, n);
	return (struct slice){ copy, n };
}

static inline void drop(struct slice s)
{
	free((char *)s.at);
}

static inline void any_number(char text[64])
{
	int n = 0, digits = any_of(1, 22), before = any_of(1, digits);

	if (any_of(0, 1))
		text[n++] = '-';
	for (int i = 0; i < digits; i++) {
		text[n++] = (char)('0' + (i ? any_of(0, 9) : any_of(before > 1, 9)));
		if (i == before - 1 && before < digits)
			text[n++] = '.';
	}
	text[n] = 0;
	if (any_of(0, 1))
		sprintf(text + n, "e%d", any_of(0, 3) ? any_of(-30, 30) : any_of(-360, 310));
}
