/* stamp: times as records hold them, and results written in their manner
 *
 * The first number that is read fixes the unit of the numbers to come; a result is written as the time
 * was that was read last. */
#pragma once

#include "record/shape.h"
#include "time/instant.h"

struct stamp {
	struct zone *zone; /* the caller's, of times without one */
	struct instant_scale scale;
	struct instant_style style; /* of the last one */
};

/* A number, as JSON too; a text as it is meant. */
bool stamp_decimal(struct stamp *s, struct decimal d, struct instant *t, struct fault *fault);
bool stamp_number(struct stamp *s, struct slice number, struct instant *t, struct fault *fault);
bool stamp_text(struct stamp *s, struct slice text, struct instant *t, struct fault *fault);

/* The value of a record's field, whichever of the two it is; an escaped text is unquoted in the arena. False also of any
 * other value: the fault stays as it is then. */
bool stamp_value(
	struct stamp *s, struct value v, struct arena *a, struct instant *t, struct fault *fault);

enum { STAMP_MAX = INSTANT_MAX + 2 };

/* As JSON: a number, or a text with its quotes. The length, without a NUL. */
size_t stamp_print(char out[STAMP_MAX], const struct stamp *s, struct instant t);

/* Is the time the same text in this style? */
bool stamp_alike(const struct stamp *s, const struct instant_style *style, struct instant t);
