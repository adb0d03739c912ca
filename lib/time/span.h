/* span: lengths of time, and sizes of windows
 *
 * A length is numbers with units, the larger before the smaller and each once: 15m, 1h30m, 2d10s,
 * 1.5h; or as ISO 8601 has it: PT15M, P1DT2H, P2W. The units are w d h m s ms us ns. A fraction
 * must come out in whole nanoseconds. 0 needs no unit. */
#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"

/* Up to 292 years to either side. */
struct span {
	int64_t nanos;
};

enum span_sign {
	SPAN_POSITIVE, /* above zero */
	SPAN_LENGTH,   /* zero as well */
	SPAN_SIGNED,   /* and with a minus sign in front: backwards */
};

/* A day is 24 hours, a week 7 days; mo, q and y are refused. */
bool span_parse(struct slice text, enum span_sign sign, struct span *span, struct fault *fault);

enum span_unit { SPAN_NANOS, SPAN_DAYS, SPAN_WEEKS, SPAN_MONTHS };

/* n units, n above zero. Days, weeks and months are those of a calendar in a zone. */
struct span_size {
	enum span_unit unit;
	int64_t n;
};

/* As a calendar has it: d, w, mo, q (3 months) and y (12 months) are calendar units and are not
 * mixed with others, but 1y6mo is 18 months; h and below have a fixed length, so 24h is not 1d. */
bool span_size_parse(struct slice text, struct span_size *size, struct fault *fault);
