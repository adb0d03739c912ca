/* What a conversion reads and what it writes stand side by side, in a row of one table. A format is compiled
 * to steps, each such a row or a byte of text; %T and its like are written out. */
#include "time/layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "number/num.h"
#include "time/civil.h"
#include "time/zone.h"

static const char *const months[] = { "January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December" };

static const char *const weekdays[] = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
	"Saturday", "Sunday" };

enum { MONTHS = 12, WEEKDAYS = 7, ABBREVIATION = 3 };

/* The parts of a time. */
enum {
	YEAR = 1,
	MONTH = 2,
	DAY = 4,
	WEEKDAY = 8,
	HOUR = 16,
	HALF_HOUR = 32,
	HALF = 64,
	MINUTE = 128,
	SECOND = 256,
	FRACTION = 512,
	ZONE = 1024,
	DATE = YEAR | MONTH | DAY,
	COUNTED = DATE | WEEKDAY | HOUR | MINUTE | SECOND | ZONE,
};

/* --- reading --- */

struct reader {
	struct slice text;
	size_t at;
	struct fault *fault;
	struct civil c;
	int yearday, weekday; /* 0: not given */
	int half;             /* 12 after noon */
	bool twelve;          /* hours are those of half a day */
	uint32_t nanos;
	bool zoned;
	int32_t offset;
	bool counted; /* seconds since 1970 are given */
	int64_t seconds;
};

static bool stuck(const struct reader *r, const char *what)
{
	return fault_set(r->fault, what, r->at);
}

static unsigned digit(const struct reader *r)
{
	return r->at < r->text.len ? (unsigned char)r->text.at[r->at] - (unsigned)'0' : 10;
}

static bool skip_byte(struct reader *r, char c)
{
	bool there = r->at < r->text.len && r->text.at[r->at] == c;

	r->at += there;
	return there;
}

/* Up to so many digits, at least one. */
static bool read_digits(struct reader *r, int most, int64_t *n)
{
	int have = 0;

	for (*n = 0; have < most && digit(r) <= 9; have++, r->at++)
		*n = *n * 10 + digit(r);
	return have || stuck(r, "not as the format says: no digit");
}

static bool read_number(struct reader *r, int most, int low, int high, int *n)
{
	size_t start = r->at;
	int64_t wide;

	if (!read_digits(r, most, &wide))
		return false;
	if (wide < low || wide > high)
		return fault_set(r->fault, "out of range", start);
	*n = (int)wide;
	return true;
}

static bool read_year(struct reader *r)
{
	bool minus = skip_byte(r, '-');
	size_t start = r->at;
	int64_t year;

	if (!read_digits(r, 4, &year))
		return false;
	if (r->at - start != 4)
		return stuck(r, "not as the format says: a year has four digits");
	r->c.year = (int)(minus ? -year : year);
	return true;
}

static bool read_short_year(struct reader *r)
{
	if (!read_number(r, 2, 0, 99, &r->c.year))
		return false;
	r->c.year += r->c.year < 69 ? 2000 : 1900;
	return true;
}

static bool starts_with(struct slice s, const char *name, size_t len)
{
	if (s.len < len)
		return false;
	for (size_t i = 0; i < len; i++)
		if ((s.at[i] | 0x20) != (name[i] | 0x20))
			return false;
	return true;
}

/* One of the names, or its first letters; *n counts from 1. */
static bool read_name(struct reader *r, const char *const *names, int count, bool whole, int *n)
{
	struct slice rest = slice_skip(r->text, r->at);

	for (*n = 1; *n <= count; ++*n) {
		size_t len = whole ? strlen(names[*n - 1]) : ABBREVIATION;
		if (starts_with(rest, names[*n - 1], len)) {
			r->at += len;
			return true;
		}
	}
	return stuck(r, "not as the format says: no such name");
}

static bool read_month(struct reader *r)
{
	return read_number(r, 2, 1, 12, &r->c.month);
}

static bool read_short_month(struct reader *r)
{
	return read_name(r, months, MONTHS, false, &r->c.month);
}

static bool read_long_month(struct reader *r)
{
	return read_name(r, months, MONTHS, true, &r->c.month);
}

static bool read_day(struct reader *r)
{
	return read_number(r, 2, 1, 31, &r->c.day);
}

static bool read_padded_day(struct reader *r)
{
	skip_byte(r, ' ');
	return read_day(r);
}

static bool read_yearday(struct reader *r)
{
	return read_number(r, 3, 1, 366, &r->yearday);
}

static bool read_short_weekday(struct reader *r)
{
	return read_name(r, weekdays, WEEKDAYS, false, &r->weekday);
}

static bool read_long_weekday(struct reader *r)
{
	return read_name(r, weekdays, WEEKDAYS, true, &r->weekday);
}

static bool read_hour(struct reader *r)
{
	return read_number(r, 2, 0, 23, &r->c.hour);
}

static bool read_half_hour(struct reader *r)
{
	r->twelve = true;
	return read_number(r, 2, 1, 12, &r->c.hour);
}

static bool read_half(struct reader *r)
{
	struct slice rest = slice_skip(r->text, r->at);

	if (!starts_with(rest, "AM", 2) && !starts_with(rest, "PM", 2))
		return stuck(r, "not as the format says: neither AM nor PM");
	r->half = starts_with(rest, "PM", 2) ? 12 : 0;
	r->at += 2;
	return true;
}

static bool read_minute(struct reader *r)
{
	return read_number(r, 2, 0, 59, &r->c.minute);
}

static bool read_second(struct reader *r)
{
	return read_number(r, 2, 0, 60, &r->c.second);
}

static bool read_fraction(struct reader *r)
{
	uint32_t weight = 100000000;

	if (digit(r) > 9)
		return stuck(r, "not as the format says: no digit");
	for (r->nanos = 0; digit(r) <= 9; r->at++, weight /= 10)
		r->nanos += weight * digit(r);
	return true;
}

static bool read_offset(struct reader *r)
{
	size_t n = zone_read_offset(slice_skip(r->text, r->at), &r->offset);

	r->zoned = true;
	r->at += n;
	return n || stuck(r, "not as the format says: no zone");
}

static bool read_seconds(struct reader *r)
{
	bool minus = skip_byte(r, '-');

	/* One digit more than an instant can have, so that it is found to be beyond. */
	if (!read_digits(r, 13, &r->seconds))
		return false;
	if (minus)
		r->seconds = -r->seconds;
	r->counted = true;
	return true;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool read_byte(struct reader *r, char c)
{
	if (!is_space(c))
		return skip_byte(r, c) || stuck(r, "not as the format says");
	while (r->at < r->text.len && is_space(r->text.at[r->at]))
		r->at++;
	return true;
}

/* --- printing --- */

/* What a clock shows. */
struct shown {
	struct civil c;
	struct instant t;
	int32_t offset;
};

static char *put_name(char *to, const char *name, bool whole)
{
	size_t len = whole ? strlen(name) : ABBREVIATION;

	memcpy(to, name, len);
	return to + len;
}

static char *put_signed(char *to, int64_t n, int digits)
{
	char text[NUM_MAX];
	size_t len = num_print_integer(text, n < 0 ? -n : n);

	if (n < 0)
		*to++ = '-';
	for (int i = (int)len; i < digits; i++)
		*to++ = '0';
	memcpy(to, text, len);
	return to + len;
}

static char *put_year(char *to, const struct shown *s)
{
	return put_signed(to, s->c.year, 4);
}

static char *put_short_year(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)(s->c.year - (int)num_floor(s->c.year, 100) * 100), 2);
}

static char *put_month(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)s->c.month, 2);
}

static char *put_short_month(char *to, const struct shown *s)
{
	return put_name(to, months[s->c.month - 1], false);
}

static char *put_long_month(char *to, const struct shown *s)
{
	return put_name(to, months[s->c.month - 1], true);
}

static char *put_day(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)s->c.day, 2);
}

static char *put_padded_day(char *to, const struct shown *s)
{
	char *end = put_day(to, s);

	if (s->c.day < 10)
		*to = ' ';
	return end;
}

static char *put_yearday(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)civil_yearday(&s->c), 3);
}

static char *put_short_weekday(char *to, const struct shown *s)
{
	return put_name(to, weekdays[civil_weekday(&s->c) - 1], false);
}

static char *put_long_weekday(char *to, const struct shown *s)
{
	return put_name(to, weekdays[civil_weekday(&s->c) - 1], true);
}

static char *put_hour(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)s->c.hour, 2);
}

static char *put_half_hour(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)((s->c.hour + 11) % 12 + 1), 2);
}

static char *put_half(char *to, const struct shown *s)
{
	return put_name(to, s->c.hour < 12 ? "AM" : "PM", true);
}

static char *put_minute(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)s->c.minute, 2);
}

static char *put_second(char *to, const struct shown *s)
{
	return civil_put(to, (unsigned)s->c.second, 2);
}

static char *put_fraction(char *to, const struct shown *s)
{
	uint32_t nanos = s->t.nanos;

	return nanos % 1000 ? civil_put(to, nanos, 9) : civil_put(to, nanos / 1000, 6);
}

static char *put_offset(char *to, const struct shown *s)
{
	return to + zone_print_offset(to, s->offset, false);
}

static char *put_seconds(char *to, const struct shown *s)
{
	return put_signed(to, s->t.seconds, 1);
}

/* --- the table --- */

struct layout_conversion {
	char letter;
	bool digits;    /* begins with one */
	unsigned parts; /* of the time, which it gives */
	bool (*read)(struct reader *);
	char *(*put)(char *to, const struct shown *); /* at most PUT_MAX */
};

enum { PUT_MAX = NUM_MAX };

static const struct layout_conversion conversions[] = {
	{ 'Y', true, YEAR, read_year, put_year },
	{ 'y', true, YEAR, read_short_year, put_short_year },
	{ 'm', true, MONTH, read_month, put_month },
	{ 'b', false, MONTH, read_short_month, put_short_month },
	{ 'B', false, MONTH, read_long_month, put_long_month },
	{ 'd', true, DAY, read_day, put_day },
	{ 'e', true, DAY, read_padded_day, put_padded_day },
	{ 'j', true, MONTH | DAY, read_yearday, put_yearday },
	{ 'a', false, WEEKDAY, read_short_weekday, put_short_weekday },
	{ 'A', false, WEEKDAY, read_long_weekday, put_long_weekday },
	{ 'H', true, HOUR, read_hour, put_hour },
	{ 'I', true, HOUR | HALF_HOUR, read_half_hour, put_half_hour },
	{ 'p', false, HALF, read_half, put_half },
	{ 'M', true, MINUTE, read_minute, put_minute },
	{ 'S', true, SECOND, read_second, put_second },
	{ 'f', true, FRACTION, read_fraction, put_fraction },
	{ 'z', false, ZONE, read_offset, put_offset },
	{ 's', true, COUNTED, read_seconds, put_seconds },
};

static const struct layout_conversion *find_conversion(char letter)
{
	for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++)
		if (conversions[i].letter == letter)
			return &conversions[i];
	return NULL;
}

/* Those that stand for others. */
static const struct {
	char letter;
	const char *means;
} short_forms[] = {
	{ 'F', "%Y-%m-%d" },
	{ 'D', "%m/%d/%y" },
	{ 'T', "%H:%M:%S" },
	{ 'R', "%H:%M" },
	{ 'n', "\n" },
	{ 't', "\t" },
};

/* --- compiling --- */

void layout_free(struct layout *layout)
{
	free(layout->step);
	*layout = (struct layout){ 0 };
}

static void add_step(struct layout *l, size_t at, const struct layout_conversion *what, char byte)
{
	MEM_GROW(l->step, l->n, l->cap);
	l->step[l->n++] = (struct layout_step){ at, what, byte };
}

static void add_written_out(struct layout *l, size_t at, const char *format)
{
	for (; *format; format++) {
		if (*format == '%')
			add_step(l, at, find_conversion(*++format), 0);
		else
			add_step(l, at, NULL, *format);
	}
}

static bool add_conversion(struct layout *l, size_t at, char letter)
{
	const struct layout_conversion *c = find_conversion(letter);

	if (c || letter == '%') {
		add_step(l, at, c, letter);
		return true;
	}
	for (size_t i = 0; i < sizeof short_forms / sizeof *short_forms; i++)
		if (short_forms[i].letter == letter) {
			add_written_out(l, at, short_forms[i].means);
			return true;
		}
	return false;
}

bool layout_compile(struct slice format, struct layout *layout, struct fault *fault)
{
	*layout = (struct layout){ 0 };
	for (size_t i = 0; i < format.len; i++) {
		if (format.at[i] != '%') {
			add_step(layout, i, NULL, format.at[i]);
		} else if (i + 1 == format.len || !add_conversion(layout, i, format.at[i + 1])) {
			layout_free(layout);
			return fault_set(fault, "no such conversion", i);
		} else {
			i++;
		}
	}
	return true;
}

/* Does it begin with a digit? */
static bool has_digits(const struct layout_step *s)
{
	return s->what ? s->what->digits : is_digit(s->byte);
}

bool layout_can_read(const struct layout *layout, struct fault *fault)
{
	unsigned seen = 0, before = 0;

	for (size_t i = 0; i < layout->n; i++) {
		const struct layout_step *s = &layout->step[i];
		unsigned parts = s->what ? s->what->parts : 0;
		if (seen & parts)
			return fault_set(fault, "a format with a part of the time twice", s->at);
		if ((before == COUNTED || before == FRACTION) && has_digits(s))
			return fault_set(fault, "a format with digits right after %s or %f", s->at);
		seen |= parts;
		before = parts;
	}
	if ((seen & DATE) != DATE)
		return fault_set(fault, "a format without a whole date", 0);
	if (!(seen & HALF_HOUR) != !(seen & HALF))
		return fault_set(fault, "a format with only one of %I and %p", 0);
	return true;
}

/* --- a whole time --- */

static bool read_step(struct reader *r, const struct layout_step *s)
{
	return s->what ? s->what->read(r) : read_byte(r, s->byte);
}

/* From all that was read to year, month, day and hour. */
static bool settle(struct reader *r)
{
	struct civil *c = &r->c;

	if (r->twelve)
		c->hour = c->hour % 12 + r->half;
	if (r->yearday) {
		int64_t days = civil_days(c->year, 1, 1) + r->yearday - 1;
		struct civil day = civil_of(days * CIVIL_DAY);
		if (day.year != c->year)
			return fault_set(r->fault, "no such date", 0);
		c->month = day.month;
		c->day = day.day;
	}
	return true;
}

static bool finish(struct reader *r, struct zone *zone, struct instant *t)
{
	struct zone fixed;

	if (r->counted)
		return instant_of_nanos((__int128)r->seconds * 1000000000 + r->nanos, t) ||
			fault_set(r->fault, "a time beyond the years -9999 to 9999", 0);
	if (!settle(r))
		return false;
	if (r->zoned) {
		fixed = zone_fixed(r->offset);
		zone = &fixed;
	}
	if (!instant_of_civil(&r->c, r->nanos, zone, t, r->fault))
		return false;
	return !r->weekday || r->weekday == civil_weekday(&r->c) ||
		fault_set(r->fault, "a day of the week that is not that of the date", 0);
}

bool layout_parse(const struct layout *layout, struct slice text, struct zone *zone,
	struct instant *t, struct fault *fault)
{
	struct reader r = { .text = text, .fault = fault };

	for (size_t i = 0; i < layout->n; i++)
		if (!read_step(&r, &layout->step[i]))
			return false;
	if (r.at < text.len)
		return stuck(&r, "more than the format says");
	return finish(&r, zone, t);
}

void layout_print(const struct layout *layout, struct instant t, struct zone *zone, struct buf *out)
{
	struct shown shown = { .t = t, .offset = zone_offset(zone, t.seconds) };

	shown.c = civil_of(t.seconds + shown.offset);
	for (size_t i = 0; i < layout->n; i++) {
		const struct layout_step *s = &layout->step[i];
		if (s->what) {
			char *to = buf_room(out, PUT_MAX);
			out->len += (size_t)(s->what->put(to, &shown) - to);
		} else {
			buf_byte(out, s->byte);
		}
	}
}
