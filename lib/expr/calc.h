/* calc: values in expressions, and arithmetic with them
 *
 * A number is a decimal as long as it is exact and has at most 63 bits of digits, then the nearest
 * double: 0.1 + 0.2 is 0.3, 1 / 4 is 0.25, 1 / 3 is a double. What a double cannot be, a division by
 * zero or something too large, is null. One that was written with more digits is a double when something is
 * calculated with it, but is known by all its digits when it is compared. */
#pragma once

#include "base/arena.h"
#include "base/slice.h"
#include "number/num.h"
#include "record/json.h"

struct calc {
	enum kind kind; /* never KIND_MISSING */
	bool exact;     /* is it a number, and the decimal? Another number is the real */
	union {
		struct decimal decimal;
		struct {
			double real;          /* finite */
			struct slice written; /* the number that it is the nearest to */
		};
		struct slice text; /* as it is meant */
	};
	/* Of a value that comes from a record, as it is spelled there: its spelling and its field. Else
	 * json.at is NULL. */
	struct slice json;
	uint32_t field;
};

static inline struct calc calc_null(void)
{
	return (struct calc){ .kind = KIND_NULL };
}

static inline struct calc calc_bool(bool b)
{
	return (struct calc){ .kind = b ? KIND_TRUE : KIND_FALSE };
}

static inline struct calc calc_text(struct slice text)
{
	return (struct calc){ .kind = KIND_TEXT, .text = text };
}

static inline struct calc calc_integer(int64_t i)
{
	return (struct calc){ .kind = KIND_NUMBER, .exact = true, .decimal = { i, 0 } };
}

/* Null when x is infinite or not a number. */
struct calc calc_real(double x);

/* The number that a JSON text spells; null when it is beyond the doubles. The text may be borrowed. */
struct calc calc_number(struct slice text);

/* The nearest double. */
double calc_double(const struct calc *x);

/* Both are numbers; the result is a number, or null where there is none. */
struct calc calc_add(const struct calc *a, const struct calc *b);
struct calc calc_subtract(const struct calc *a, const struct calc *b);
struct calc calc_multiply(const struct calc *a, const struct calc *b);
struct calc calc_divide(const struct calc *a, const struct calc *b);
struct calc calc_remainder(const struct calc *a, const struct calc *b); /* with the sign of a */
struct calc calc_power(const struct calc *a, const struct calc *b);
struct calc calc_negate(struct arena *arena, const struct calc *a);

bool calc_is_whole(const struct calc *x);

/* The same in place, which is the fastest: a, or x, becomes the result where that is a decimal found
 * in 64 bits, as it usually is. False: the functions above have to do it, or a and b are not both
 * numbers; a is as it was. NUM_PAD bytes may be read from where the text begins. */
bool calc_quick_number(struct slice text, struct calc *x);
bool calc_quick_add(struct calc *a, const struct calc *b);
bool calc_quick_subtract(struct calc *a, const struct calc *b);
bool calc_quick_multiply(struct calc *a, const struct calc *b);

/* calc_compare() when it is not simple. */
int calc_order(const struct calc *a, const struct calc *b);

/* Below, at or above 0: two texts by their bytes, or two numbers exactly, as they were written; what was
 * calculated with doubles counts as its shortest decimal. */
static inline int calc_compare(const struct calc *a, const struct calc *b)
{
	if (a->kind == KIND_NUMBER && a->exact && b->exact && a->decimal.e == b->decimal.e)
		return (a->decimal.m > b->decimal.m) - (a->decimal.m < b->decimal.m);
	return calc_order(a, b);
}

/* To so many digits after the point, which may be below 0; half away from zero on the exact value, that
 * of a double being its shortest decimal. */
struct calc calc_round(const struct calc *x, int64_t digits);
struct calc calc_floor(const struct calc *x);
struct calc calc_ceil(const struct calc *x);

enum { CALC_FIXED = 99 };

/* The same rounding, and so many digits after the point, from 0 to 99: "2.50". */
struct slice calc_fixed(struct arena *a, const struct calc *x, int64_t digits);

/* The value as JSON: as it is spelled in its record, or in the arena. */
struct slice calc_json(struct arena *a, const struct calc *x);

/* A number or a text as text: 2.5, not quoted. Null, true, false and nested values as in JSON. */
struct slice calc_plain(struct arena *a, const struct calc *x);
