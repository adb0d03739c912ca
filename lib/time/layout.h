/* layout: times in a form of one's own, such as %d/%m/%Y %H:%M
 *
 * The names are those of strptime(3) and strftime(3):
 *
 *   %Y year, four digits, - in front below 0     %H hour 0-23, %M minute, %S second
 *   %m month, %d day                             %I hour 1-12, with %p AM or PM
 *   %y year in two digits, 1969-2068             %f fraction of a second, its digits
 *   %b Jan, %B January, %a Mon, %A Monday        %j day of the year
 *   %e day, a blank in place of a leading 0      %s seconds since 1970
 *   %z zone: Z, +HHMM, +HH:MM, +HH               %% percent sign, %n newline, %t tab
 *   %F %Y-%m-%d, %D %m/%d/%y                     %T %H:%M:%S, %R %H:%M
 *
 * Names are English, in any case when read. In reading, the leading zeros of a number may be
 * missing where something other than a digit follows, and blanks, %n and %t stand for any white
 * space or none. In printing numbers are padded, %f has 6 digits, or 9 where they are needed, %z is
 * +HHMM. A fraction counts forwards, also below zero: -2 and .5 of %s.%f are a second and a half
 * before 1970. */
#pragma once

#include "base/buf.h"
#include "time/instant.h"

struct layout_step {
	size_t at;                            /* where in the format */
	const struct layout_conversion *what; /* NULL: a byte of text */
	char byte;
};

struct layout {
	struct layout_step *step;
	size_t n, cap;
};

/* fault->at is the place in the format. */
bool layout_compile(struct slice format, struct layout *layout, struct fault *fault);

/* Is there enough to read a time by, and nothing twice? A date is needed, or %s; what is missing of
 * the time of day is 0. */
bool layout_can_read(const struct layout *layout, struct fault *fault);

/* The whole text; without %z or %s a time of the zone. The layout can read. A name of a day must
 * agree with the date. */
bool layout_parse(const struct layout *layout, struct slice text, struct zone *zone,
	struct instant *t, struct fault *fault);

/* Adds to the buffer what a clock in the zone shows. */
void layout_print(
	const struct layout *layout, struct instant t, struct zone *zone, struct buf *out);

void layout_free(struct layout *layout);
