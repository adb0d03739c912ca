/* A format is compiled to single steps; %T and its like are written out. */
#include "time/layout.h"

#include <stdlib.h>

#include "base/mem.h"
#include "number/num.h"

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

/* Either gives parts of the time, or stands for other steps. */
static const struct conversion {
	char letter;
	bool digits; /* begins with one */
	unsigned parts;
	const char *means;
} conversions[] = {
	{ 'Y', true, YEAR, NULL },
	{ 'y', true, YEAR, NULL },
	{ 'm', true, MONTH, NULL },
	{ 'b', false, MONTH, NULL },
	{ 'B', false, MONTH, NULL },
	{ 'd', true, DAY, NULL },
	{ 'e', true, DAY, NULL },
	{ 'j', true, MONTH | DAY, NULL },
	{ 'a', false, WEEKDAY, NULL },
	{ 'A', false, WEEKDAY, NULL },
	{ 'H', true, HOUR, NULL },
	{ 'I', true, HOUR | HALF_HOUR, NULL },
	{ 'p', false, HALF, NULL },
	{ 'M', true, MINUTE, NULL },
	{ 'S', true, SECOND, NULL },
	{ 'f', true, FRACTION, NULL },
	{ 'z', false, ZONE, NULL },
	{ 's', true, COUNTED, NULL },
	{ 'F', false, 0, "%Y-%m-%d" },
	{ 'D', false, 0, "%m/%d/%y" },
	{ 'T', false, 0, "%H:%M:%S" },
	{ 'R', false, 0, "%H:%M" },
	{ 'n', false, 0, "\n" },
	{ 't', false, 0, "\t" },
	{ '%', false, 0, NULL },
};

static const struct conversion *find_conversion(char letter)
{
	for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++)
		if (conversions[i].letter == letter)
			return &conversions[i];
	return NULL;
}

static bool wrong(struct fault *fault, size_t at, const char *what)
{
	*fault = (struct fault){ what, at };
	return false;
}

void layout_free(struct layout *layout)
{
	free(layout->step);
	*layout = (struct layout){ 0 };
}

/* --- compiling --- */

static void add_step(struct layout *l, size_t at, char what, char byte)
{
	MEM_GROW(l->step, l->n, l->cap);
	l->step[l->n++] = (struct layout_step){ at, what, byte };
}

static void add_written_out(struct layout *l, size_t at, const char *format)
{
	for (; *format; format++) {
		if (*format == '%')
			add_step(l, at, *++format, 0);
		else
			add_step(l, at, 0, *format);
	}
}

static bool add_conversion(struct layout *l, size_t at, char letter)
{
	const struct conversion *c = find_conversion(letter);

	if (!c)
		return false;
	if (c->means)
		add_written_out(l, at, c->means);
	else if (c->parts)
		add_step(l, at, letter, 0);
	else
		add_step(l, at, 0, letter);
	return true;
}

bool layout_compile(struct slice format, struct layout *layout, struct fault *fault)
{
	*layout = (struct layout){ 0 };
	for (size_t i = 0; i < format.len; i++) {
		if (format.at[i] != '%') {
			add_step(layout, i, 0, format.at[i]);
		} else if (i + 1 == format.len || !add_conversion(layout, i, format.at[i + 1])) {
			layout_free(layout);
			return wrong(fault, i, "no such conversion");
		} else {
			i++;
		}
	}
	return true;
}

/* Does it begin with a digit? */
static bool has_digits(const struct layout_step *s)
{
	return s->what ? find_conversion(s->what)->digits : is_digit(s->byte);
}

bool layout_can_read(const struct layout *layout, struct fault *fault)
{
	unsigned seen = 0;
	char before = 0;

	for (size_t i = 0; i < layout->n; i++) {
		const struct layout_step *s = &layout->step[i];
		unsigned parts = s->what ? find_conversion(s->what)->parts : 0;
		if (seen & parts)
			return wrong(fault, s->at, "a format with a part of the time twice");
		if ((before == 's' || before == 'f') && has_digits(s))
			return wrong(fault, s->at, "a format with digits right after %s or %f");
		seen |= parts;
		before = s->what;
	}
	if ((seen & DATE) != DATE)
		return wrong(fault, 0, "a format without a whole date");
	if (!(seen & HALF_HOUR) != !(seen & HALF))
		return wrong(fault, 0, "a format with only one of %I and %p");
	return true;
}

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
	return wrong(r->fault, r->at, what);
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
		return wrong(r->fault, start, "out of range");
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

static bool read_padded_day(struct reader *r)
{
	skip_byte(r, ' ');
	return read_number(r, 2, 1, 31, &r->c.day);
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

static bool read_step(struct reader *r, const struct layout_step *s)
{
	struct civil *c = &r->c;

	switch (s->what) {
	case 'Y':
		return read_year(r);
	case 'y':
		return read_short_year(r);
	case 'm':
		return read_number(r, 2, 1, 12, &c->month);
	case 'b':
		return read_name(r, months, MONTHS, false, &c->month);
	case 'B':
		return read_name(r, months, MONTHS, true, &c->month);
	case 'd':
		return read_number(r, 2, 1, 31, &c->day);
	case 'e':
		return read_padded_day(r);
	case 'j':
		return read_number(r, 3, 1, 366, &r->yearday);
	case 'a':
		return read_name(r, weekdays, WEEKDAYS, false, &r->weekday);
	case 'A':
		return read_name(r, weekdays, WEEKDAYS, true, &r->weekday);
	case 'H':
		return read_number(r, 2, 0, 23, &c->hour);
	case 'I':
		return read_half_hour(r);
	case 'p':
		return read_half(r);
	case 'M':
		return read_number(r, 2, 0, 59, &c->minute);
	case 'S':
		return read_number(r, 2, 0, 60, &c->second);
	case 'f':
		return read_fraction(r);
	case 'z':
		return read_offset(r);
	case 's':
		return read_seconds(r);
	default:
		return read_byte(r, s->byte);
	}
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
			return wrong(r->fault, 0, "no such date");
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
			wrong(r->fault, 0, "a time beyond the years -9999 to 9999");
	if (!settle(r))
		return false;
	if (r->zoned) {
		fixed = zone_fixed(r->offset);
		zone = &fixed;
	}
	if (!instant_of_civil(&r->c, r->nanos, zone, t, r->fault))
		return false;
	return !r->weekday || r->weekday == civil_weekday(&r->c) ||
		wrong(r->fault, 0, "a day of the week that is not that of the date");
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

/* --- printing --- */

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

static char *put_fraction(char *to, uint32_t nanos)
{
	return nanos % 1000 ? civil_put(to, nanos, 9) : civil_put(to, nanos / 1000, 6);
}

static char *put_day(char *to, int day)
{
	civil_put(to, (unsigned)day, 2);
	if (day < 10)
		*to = ' ';
	return to + 2;
}

static char *put_byte(char *to, char c)
{
	*to = c;
	return to + 1;
}

/* A step writes at most this. */
enum { STEP_MAX = NUM_MAX };

static char *put_step(char *to, const struct layout_step *s, const struct civil *c,
	struct instant t, int32_t offset)
{
	switch (s->what) {
	case 'Y':
		return put_signed(to, c->year, 4);
	case 'y':
		return civil_put(to, (unsigned)(c->year - (int)num_floor(c->year, 100) * 100), 2);
	case 'm':
		return civil_put(to, (unsigned)c->month, 2);
	case 'b':
		return put_name(to, months[c->month - 1], false);
	case 'B':
		return put_name(to, months[c->month - 1], true);
	case 'd':
		return civil_put(to, (unsigned)c->day, 2);
	case 'e':
		return put_day(to, c->day);
	case 'j':
		return civil_put(to, (unsigned)civil_yearday(c), 3);
	case 'a':
		return put_name(to, weekdays[civil_weekday(c) - 1], false);
	case 'A':
		return put_name(to, weekdays[civil_weekday(c) - 1], true);
	case 'H':
		return civil_put(to, (unsigned)c->hour, 2);
	case 'I':
		return civil_put(to, (unsigned)((c->hour + 11) % 12 + 1), 2);
	case 'p':
		return put_name(to, c->hour < 12 ? "AM" : "PM", true);
	case 'M':
		return civil_put(to, (unsigned)c->minute, 2);
	case 'S':
		return civil_put(to, (unsigned)c->second, 2);
	case 'f':
		return put_fraction(to, t.nanos);
	case 'z':
		return to + zone_print_offset(to, offset, false);
	case 's':
		return put_signed(to, t.seconds, 1);
	default:
		return put_byte(to, s->byte);
	}
}

void layout_print(const struct layout *layout, struct instant t, struct zone *zone, struct buf *out)
{
	int32_t offset = zone_offset(zone, t.seconds);
	struct civil c = civil_of(t.seconds + offset);

	for (size_t i = 0; i < layout->n; i++) {
		char *to = buf_room(out, STEP_MAX);
		out->len += (size_t)(put_step(to, &layout->step[i], &c, t, offset) - to);
	}
}
