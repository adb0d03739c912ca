/* put: writing to where there is room; each gives the place behind what it wrote */
#pragma once

#include "base/slice.h"

static inline char *put(char *to, struct slice s)
{
	if (s.len)
		memcpy(to, s.at, s.len);
	return to + s.len;
}

/* What is mostly short: 32 bytes may be read from s and written, however short it is. */
static inline char *put_short(char *to, struct slice s)
{
	if (s.len > 32)
		return put(to, s);
	memcpy(to, s.at, 32);
	return to + s.len;
}
