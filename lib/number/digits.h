/* digits: numbers of any size in one order and one spelling
 *
 * A number is its digits and the place of the first one, so nothing here has a range or is rounded; only
 * a number whose first digit is more than 10^18 places from the point counts as one at that place.
 * There is no negative zero. Texts are valid JSON numbers, whole. */
#pragma once

#include "base/buf.h"
#include "base/slice.h"
#include "number/num.h"

/* By value; below, at or above 0. The time is that of reading both once. */
int digits_order(struct slice a, struct slice b);

/* The same for decimals as num_decimal() gives them. */
int digits_order_decimals(struct decimal a, struct decimal b);

/* Appends all digits, in the notation of num_print_decimal(). Equal numbers have one spelling, which is
 * read back as the same number. */
void digits_print(struct buf *b, struct slice number);
