/* Most numbers are whole ones of a unit that is known already: they are read with one division. Texts of the usual
 * form are read at fixed places, all digits at once, and looked at byte by byte only to say what is wrong. */
#include "time/instant.h"

static const int64_t second = 1000000000;

static bool wrong(struct fault *fault, size_t at, const char *what)
{
	*fault = (struct fault){ what, at };
	return false;
}

static bool beyond(struct fault *fault)
{
	return wrong(fault, 0, "a time beyond the years -9999 to 9999");
}

static bool is_within(int64_t seconds)
{
	return seconds >= instant_first.seconds && seconds <= instant_last.seconds;
}

static __int128 floor_wide(__int128 a, __int128 b)
{
	return a / b - (a % b < 0);
}

bool instant_of_nanos(__int128 nanos, struct instant *t)
{
	__int128 seconds = floor_wide(nanos, second);

	if (seconds < instant_first.seconds || seconds > instant_last.seconds)
		return false;
	*t = (struct instant){ (int64_t)seconds, (uint32_t)(nanos - seconds * second) };
	return true;
}

bool instant_add(struct instant t, struct span by, struct instant *sum)
{
	return instant_of_nanos(instant_nanos(t) + by.nanos, sum);
}

struct civil instant_civil(struct instant t, struct zone *zone)
{
	return civil_of(t.seconds + zone_offset(zone, t.seconds));
}

/* --- numbers --- */

enum { TENS = 2 * NUM_TENS };

/* 10^k for k up to TENS. */
static unsigned __int128 ten(int64_t k)
{
	if (k <= NUM_TENS)
		return num_ten[k];
	return (unsigned __int128)num_ten[NUM_TENS] * num_ten[k - NUM_TENS];
}

/* m * 10^e >= 10^power? */
static bool at_least(unsigned __int128 m, int64_t e, int power)
{
	if (power <= e)
		return m != 0;
	return power - e <= TENS && m >= ten(power - e);
}

static enum instant_unit unit_by_size(__int128 m, int64_t e)
{
	unsigned __int128 size = m < 0 ? -(unsigned __int128)m : (unsigned __int128)m;

	if (!at_least(size, e, 11))
		return INSTANT_SECONDS;
	if (!at_least(size, e, 14))
		return INSTANT_MILLIS;
	return at_least(size, e, 17) ? INSTANT_NANOS : INSTANT_MICROS;
}

/* m * 10^e, rounded down; false when it is too large. */
static bool scale_down(__int128 m, int64_t e, __int128 *n)
{
	if (!m || e < -TENS) {
		*n = -(m < 0);
		return true;
	}
	if (e > TENS)
		return false;
	if (e >= 0)
		return !__builtin_mul_overflow(m, (__int128)ten(e), n);
	*n = floor_wide(m, (__int128)ten(-e));
	return true;
}

static bool of_scaled(
	__int128 m, int64_t e, struct instant_scale *scale, struct instant *t, struct fault *fault)
{
	enum instant_unit unit = scale->given ? scale->unit : unit_by_size(m, e);
	__int128 nanos;

	if (scale->known && !scale->given && unit != scale->unit)
		return wrong(fault, 0, "a time of another magnitude than the first");
	if (!scale_down(m, e + 9 - 3 * (int)unit, &nanos) || !instant_of_nanos(nanos, t))
		return beyond(fault);
	scale->unit = unit;
	scale->known = true;
	return true;
}

/* The numbers of a unit by their sizes, how many of them make a second, and the nanoseconds of one. */
static const struct magnitude {
	uint64_t least, below;
	int64_t per_second, nanos;
} magnitudes[] = {
	[INSTANT_SECONDS] = { 0, 100000000000, 1, 1000000000 },
	[INSTANT_MILLIS] = { 100000000000, 100000000000000, 1000, 1000000 },
	[INSTANT_MICROS] = { 100000000000000, 100000000000000000, 1000000, 1000 },
	[INSTANT_NANOS] = { 100000000000000000, UINT64_MAX, 1000000000, 1 },
};

/* False: the number needs a closer look. */
static bool of_usual(struct decimal d, const struct instant_scale *scale, struct instant *t)
{
	const struct magnitude *unit = &magnitudes[scale->unit];
	uint64_t size = (uint64_t)(d.m < 0 ? -d.m : d.m);

	if (d.e || !scale->known || size < unit->least || size >= unit->below)
		return false;
	t->seconds = num_floor(d.m, unit->per_second);
	t->nanos = (uint32_t)((d.m - t->seconds * unit->per_second) * unit->nanos);
	return true;
}

bool instant_of_decimal(
	struct decimal d, struct instant_scale *scale, struct instant *t, struct fault *fault)
{
	if (of_usual(d, scale, t))
		return true;
	return of_scaled(d.m, d.e, scale, t, fault);
}

/* The first 30 digits of a number, which are more than an instant has; below them, rounded down. */
struct head {
	__int128 m;
	int64_t dropped;
	bool rest;
};

static void read_head(struct slice digits, struct head *h)
{
	for (size_t i = 0; i < digits.len; i++) {
		int digit = digits.at[i] - '0';
		if (at_least((unsigned __int128)h->m, 0, 29)) {
			h->dropped++;
			h->rest |= digit != 0;
		} else {
			h->m = h->m * 10 + digit;
		}
	}
}

static bool of_long_number(
	struct slice number, struct instant_scale *scale, struct instant *t, struct fault *fault)
{
	struct num_parts p = num_parts(number);
	struct head h = { 0 };

	read_head(p.whole, &h);
	read_head(p.fraction, &h);
	if (p.negative)
		h.m = -h.m - h.rest;
	return of_scaled(h.m, p.exponent - (int64_t)p.fraction.len + h.dropped, scale, t, fault);
}

bool instant_of_number(
	struct slice number, struct instant_scale *scale, struct instant *t, struct fault *fault)
{
	struct decimal d;

	if (!num_decimal(number, &d))
		return of_long_number(number, scale, t, fault);
	return instant_of_decimal(d, scale, t, fault);
}

/* --- texts --- */

/* The second after second 59 is taken for 60: true if it was one. */
static bool take_leap(struct civil *c)
{
	if (c->second != 60)
		return false;
	c->second = 59;
	return true;
}

static bool of_utc(int64_t utc, uint32_t nanos, bool leap, struct instant *t, struct fault *fault)
{
	utc += leap;
	if (leap && utc % CIVIL_DAY)
		return wrong(fault, 0, "a second 60 that is not at 23:59 UTC");
	if (!is_within(utc))
		return beyond(fault);
	*t = (struct instant){ utc, nanos };
	return true;
}

bool instant_of_civil(const struct civil *c, uint32_t nanos, struct zone *zone, struct instant *t,
	struct fault *fault)
{
	struct civil exact = *c;
	bool leap = take_leap(&exact);

	if (!civil_has_date(&exact))
		return wrong(fault, 0, "no such date");
	if (!civil_has_clock(&exact))
		return wrong(fault, 0, "no such time of day");
	return of_utc(zone_utc(zone, civil_seconds(&exact)), nanos, leap, t, fault);
}

/* Two digits; *bad becomes true if they are none. */
static int pair(const char *at, bool *bad)
{
	unsigned tens = (unsigned char)at[0] - (unsigned)'0';
	unsigned ones = (unsigned char)at[1] - (unsigned)'0';

	*bad |= (tens > 9) | (ones > 9);
	return (int)(tens * 10 + ones);
}

/* 0 stands for a digit, T for what divides date and time. */
static bool fits(char c, char pattern)
{
	if (pattern == '0')
		return is_digit(c);
	if (pattern == 'T')
		return c == 'T' || c == 't' || c == ' ';
	return c == pattern;
}

/* Is the text from there on like the pattern? Says at which byte it is not. */
static bool is_like(struct slice text, size_t from, const char *pattern, struct fault *fault)
{
	for (size_t i = from; *pattern; i++, pattern++)
		if (i == text.len || !fits(text.at[i], *pattern))
			return wrong(fault, i, INSTANT_NO_TIME);
	return true;
}

static bool read_date(struct slice text, size_t at, struct civil *c, struct fault *fault)
{
	const char *s = text.at + at;
	bool bad = text.len < at + 10;

	if (!bad) {
		c->year = pair(s, &bad) * 100 + pair(s + 2, &bad);
		c->month = pair(s + 5, &bad);
		c->day = pair(s + 8, &bad);
		bad |= (s[4] != '-') | (s[7] != '-');
	}
	if (bad)
		return is_like(text, at, "0000-00-00", fault);
	if (at)
		c->year = -c->year;
	return (civil_has_date(c) && (!at || c->year)) || wrong(fault, at, "no such date");
}

static bool read_clock(struct slice text, size_t at, struct civil *c, struct fault *fault)
{
	const char *s = text.at + at;
	bool bad = text.len < at + 9;

	if (!bad) {
		c->hour = pair(s + 1, &bad);
		c->minute = pair(s + 4, &bad);
		c->second = pair(s + 7, &bad);
		bad |= ((s[0] | 0x20) != 't' && s[0] != ' ') | (s[3] != ':') | (s[6] != ':');
	}
	return !bad || is_like(text, at, "T00:00:00", fault);
}

/* The fraction at text.at[*at], if there is one, in nanoseconds; *at moves behind it. */
static bool read_fraction(struct slice text, size_t *at, uint32_t *nanos, struct fault *fault)
{
	size_t i = *at;
	uint32_t weight = (uint32_t)second;

	*nanos = 0;
	if (i == text.len || text.at[i] != '.')
		return true;
	while (++i < text.len) {
		unsigned digit = (unsigned char)text.at[i] - (unsigned)'0';
		if (digit > 9)
			break;
		weight /= 10;
		*nanos += weight * digit;
	}
	if (i == *at + 1)
		return wrong(fault, i, INSTANT_NO_TIME);
	*at = i;
	return true;
}

static bool read_zone(
	struct slice text, size_t at, struct instant_style *style, struct fault *fault)
{
	size_t n;

	if (at == text.len)
		return true;
	n = zone_read_offset(slice_skip(text, at), &style->offset);
	if (!n || at + n != text.len)
		return wrong(fault, at + n, INSTANT_NO_TIME);
	style->zone = n == 1 ? text.at[at] : n == 3 ? 'h' : n == 5 ? '+' : ':';
	return true;
}

bool instant_parse(struct slice text, struct zone *zone, struct instant *t,
	struct instant_style *style, struct fault *fault)
{
	size_t start = text.len && text.at[0] == '-', at = start + 10;
	struct civil c = { 0 };
	uint32_t nanos = 0;
	bool leap;
	int64_t utc;

	*style = (struct instant_style){ .text = true };
	if (!read_date(text, start, &c, fault))
		return false;
	if (at < text.len) {
		if (!read_clock(text, at, &c, fault))
			return false;
		style->separator = text.at[at];
		at += 9;
		if (!read_fraction(text, &at, &nanos, fault) || !read_zone(text, at, style, fault))
			return false;
	}
	leap = take_leap(&c);
	if (!civil_has_clock(&c))
		return wrong(fault, start + 11, "no such time of day");
	utc = civil_seconds(&c);
	utc = style->zone ? utc - style->offset : zone_utc(zone, utc);
	return of_utc(utc, nanos, leap, t, fault);
}

/* --- printing --- */

/* Nanoseconds, more than fit a decimal, as units of `per` of them. */
static size_t print_long(char *out, __int128 n, int64_t per)
{
	__int128 size = n < 0 ? -n : n;
	char *to = out + num_print_integer(out, n / per);

	*to++ = '.';
	for (int64_t rest = (int64_t)(size % per); rest; rest %= per) {
		per /= 10;
		*to++ = (char)('0' + rest / per);
	}
	return (size_t)(to - out);
}

static size_t print_number(char *out, struct instant t, enum instant_unit unit)
{
	int e = 3 * (int)unit - 9;
	int64_t per = (int64_t)num_ten[-e];
	__int128 nanos = instant_nanos(t);

	if (t.nanos % per == 0)
		return num_print_integer(out, nanos / per);
	if (nanos >= -INT64_MAX && nanos <= INT64_MAX)
		return num_print_decimal(out, (struct decimal){ (int64_t)nanos, e });
	return print_long(out, nanos, per);
}

static char *print_date(char *to, const struct civil *c)
{
	if (c->year < 0)
		*to++ = '-';
	to = civil_put(to, (unsigned)(c->year < 0 ? -c->year : c->year), 4);
	*to++ = '-';
	to = civil_put(to, (unsigned)c->month, 2);
	*to++ = '-';
	return civil_put(to, (unsigned)c->day, 2);
}

static char *print_clock(char *to, const struct civil *c, uint32_t nanos)
{
	to = civil_put(to, (unsigned)c->hour, 2);
	*to++ = ':';
	to = civil_put(to, (unsigned)c->minute, 2);
	*to++ = ':';
	to = civil_put(to, (unsigned)c->second, 2);
	if (nanos) {
		*to++ = '.';
		to = civil_put(to, nanos, 9);
		while (to[-1] == '0')
			to--;
	}
	return to;
}

static bool is_zulu(char zone)
{
	return zone == 'Z' || zone == 'z';
}

static char *print_zone(char *to, char zone, int32_t offset)
{
	if (is_zulu(zone)) {
		*to = zone;
		return to + 1;
	}
	to += zone_print_offset(to, offset, zone == ':');
	/* +HH, where it is whole hours */
	return zone == 'h' && offset % 3600 == 0 ? to - 2 : to;
}

size_t instant_print(char out[INSTANT_MAX], struct instant t, const struct instant_style *style,
	struct zone *zone)
{
	char spelling = style->zone;
	int32_t offset = 0;
	char *to = out;
	struct civil c;

	if (!style->text)
		return print_number(out, t, style->unit);
	if (spelling && !is_zulu(spelling) && zone_is_utc(zone))
		offset = style->offset;
	else if (!is_zulu(spelling))
		offset = zone_offset(zone, t.seconds);
	/* Local years beyond 9999 could not be read again. */
	if (!is_within(t.seconds + offset))
		offset = 0;
	if (!spelling && (offset != zone_offset(zone, t.seconds) || zone_twice(zone, t.seconds)))
		spelling = ':';
	c = civil_of(t.seconds + offset);
	to = print_date(to, &c);
	if (!style->separator && !spelling && !t.nanos && !(c.hour | c.minute | c.second))
		return (size_t)(to - out);
	*to++ = style->separator ? style->separator : 'T';
	to = print_clock(to, &c, t.nanos);
	if (spelling)
		to = print_zone(to, spelling, offset);
	return (size_t)(to - out);
}
