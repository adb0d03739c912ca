/* num: JSON numbers as decimals
 *
 * A number is first the decimal that was written, m * 10^e, and stays it as long as arithmetic can be
 * exact; a double (real.h) is made of it once, at the end. There is no negative zero. The functions that
 * take a text want a valid JSON number, whole; they read no byte beyond it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

/* m * 10^e as written: 1.50 is 150 * 10^-2. */
struct decimal {
	int64_t m, e;
};

enum {
	NUM_MAX = 64,        /* room for any printed number; the printers may write all of it */
	NUM_EXPONENT = 1000, /* num_decimal() gives exponents from -1000 to 1000 */
	NUM_TENS = 19,       /* the largest power of ten in 64 bits */
	NUM_PAD = 32,        /* readable bytes from where a number begins */
};

/* 10^0 to 10^19. */
extern const uint64_t num_ten[NUM_TENS + 1];

/* Is it a JSON number, from its first byte to its last? */
bool num_valid(struct slice text);

/* A count below 10^15, so that any sum of them fits: digits alone, the first of them 0 only if it is the
 * last. False: it is something else. */
bool num_count(struct slice text, int64_t *n);

/* Trailing zeros go only where the digits would not fit with them. False when |m| is 2^63 or
 * more, or the exponent is out of its range: take real_of() or wide_parse(). */
bool num_decimal(struct slice text, struct decimal *d);

/* The same in half the time, for a text in a place where NUM_PAD bytes may be read, however short it is. */
bool num_decimal_padded(struct slice text, struct decimal *d);

/* The number that begins at p, from where NUM_PAD bytes may be read, if it has 15 characters at most behind
 * its sign, and no exponent: the byte behind it. NULL: it is another one, or none. */
const char *num_decimal_ahead(const char *p, struct decimal *d);

/* The parts of a number of any length, borrowed; leading zeros are among the digits. An exponent
 * beyond 2 * 10^18 is cut to that. */
struct num_parts {
	struct slice whole, fraction;
	int64_t exponent;
	bool negative;
};

struct num_parts num_parts(struct slice text);

/* The number of bytes written, no NUL after them. Of an integer all digits, however many. */
size_t num_print_integer(char out[NUM_MAX], __int128 x);

/* All digits, spelled as ECMAScript does: 1500 * 10^-2 is "15", zeros fill it up to the point, exponents
 * begin at 10^21 ("1e21") and below 10^-6 ("1e-7"). */
size_t num_print_decimal(char out[NUM_MAX], struct decimal d);

/* Rounds down, also below zero; b is above zero. */
static inline int64_t num_floor(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}
