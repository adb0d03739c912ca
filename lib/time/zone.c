/* A zone is a table of jumps, and a rule for the time after the last. A question finds a period between
 * two jumps. Periods overlap or leave gaps on the local clock, so a local time is sought from the first
 * period that can hold it onwards. */
#include "time/zone.h"

#include <stdlib.h>

#include "time/civil.h"

struct zone zone_fixed(int32_t offset)
{
	return (struct zone){ .period = { -ZONE_ALWAYS, ZONE_ALWAYS, offset }, .first = offset };
}

void zone_free(struct zone *zone)
{
	free(zone->jump);
	*zone = zone_fixed(0);
}

bool zone_is_utc(const struct zone *zone)
{
	return !zone->n && !zone->rule.given && !zone->first;
}

/* --- the rule --- */

/* The day, in days since 1970, on which the clocks change in a year. */
static int64_t change_day(const struct zone_change *c, int year)
{
	int64_t first = civil_days(year, c->kind == 'M' ? c->month : 1, 1);
	struct civil month = { .year = year, .month = c->month, .day = 1 };
	int day;

	if (c->kind == 'D')
		return first + c->day;
	if (c->kind == 'J')
		return first + c->day - 1 + (c->day > 59 && civil_month_days(year, 2) == 29);
	day = (c->day - civil_weekday(&month) % 7 + 7) % 7 + 7 * (c->week - 1);
	return first + (day < civil_month_days(year, c->month) ? day : day - 7);
}

static struct zone_jump change_jump(const struct zone_change *c, int year, int32_t from, int32_t to)
{
	return (struct zone_jump){ change_day(c, year) * CIVIL_DAY + c->time - from, to };
}

/* In order of time; of two at one time the one that was added later counts, and stays behind. */
static void insert(struct zone_jump *list, int n, struct zone_jump jump)
{
	for (; n && list[n - 1].at > jump.at; n--)
		list[n] = list[n - 1];
	list[n] = jump;
}

/* The period of a time at or after `since`, from which on the rule holds. A change may be moved
 * over the end of its year by a week, so the years around are needed. */
static struct zone_period rule_period(
	const struct zone_rule *r, struct zone_jump since, int64_t utc)
{
	struct zone_period p = { since.at, ZONE_ALWAYS, since.offset };
	struct zone_jump list[10];
	int year = civil_of(utc).year, n = 0;

	if (!r->summer)
		return (struct zone_period){ since.at, ZONE_ALWAYS, r->offset };
	for (int y = year - 2; y <= year + 2; y++) {
		insert(list, n++, change_jump(&r->begin, y, r->offset, r->summer_offset));
		insert(list, n++, change_jump(&r->end, y, r->summer_offset, r->offset));
	}
	for (int i = 0; i < n; i++) {
		if (list[i].at <= since.at)
			continue;
		if (list[i].at > utc) {
			p.until = list[i].at;
			break;
		}
		p.from = list[i].at;
		p.offset = list[i].offset;
	}
	return p;
}

/* --- questions --- */

/* Jumps at or before this time. */
static size_t jumps_until(const struct zone *z, int64_t utc)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (z->jump[middle].at <= utc)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

void zone_seek(struct zone *zone, int64_t utc)
{
	size_t i = jumps_until(zone, utc);
	struct zone_jump since =
		i ? zone->jump[i - 1] : (struct zone_jump){ -ZONE_ALWAYS, zone->first };

	if (i < zone->n)
		zone->period = (struct zone_period){ since.at, zone->jump[i].at, since.offset };
	else if (zone->rule.given)
		zone->period = rule_period(&zone->rule, since, utc);
	else
		zone->period = (struct zone_period){ since.at, ZONE_ALWAYS, since.offset };
}

/* Is the period the first to show this local time, as far as offsets alone can tell? */
static bool surely_first(const struct zone_period *p, int64_t local)
{
	return local >= p->from + ZONE_OFFSET_MAX && local < p->until + p->offset;
}

/* Makes the period the first at whose end the clocks show a later time; gives back the offset of
 * the period before. If the local time is left out, the period begins behind it. */
static int32_t seek_local(struct zone *z, int64_t local)
{
	int32_t before = zone_offset(z, local - ZONE_OFFSET_MAX);

	while (local >= z->period.until + z->period.offset) {
		before = z->period.offset;
		zone_seek(z, z->period.until);
	}
	return before;
}

/* Moves on to a later period that shows this local time, if there is one. */
static bool seek_later(struct zone *z, int64_t local)
{
	const struct zone_period *p = &z->period;

	while (p->until <= local + ZONE_OFFSET_MAX) {
		zone_seek(z, p->until);
		if (local >= p->from + p->offset && local < p->until + p->offset)
			return true;
	}
	return false;
}

int64_t zone_utc(struct zone *zone, int64_t local)
{
	const struct zone_period *p = &zone->period;

	if (!surely_first(p, local)) {
		int32_t before = seek_local(zone, local);
		/* One jump may leave out what the next brings back. */
		if (local < p->from + p->offset && !seek_later(zone, local))
			return local - before;
	}
	return local - p->offset;
}

int64_t zone_reach(struct zone *zone, int64_t local)
{
	const struct zone_period *p = &zone->period;

	if (!surely_first(p, local))
		seek_local(zone, local);
	return local < p->from + p->offset ? p->from : local - p->offset;
}

bool zone_twice(struct zone *zone, int64_t utc)
{
	int64_t local = utc + zone_offset(zone, utc);
	const struct zone_period *p = &zone->period;

	if (utc - p->from >= 2 * ZONE_OFFSET_MAX && p->until - utc > 2 * ZONE_OFFSET_MAX)
		return false;
	return zone_utc(zone, local) != utc || seek_later(zone, local);
}

/* Two digits at s.at[at], below a limit. */
static bool read_pair(struct slice s, size_t at, int limit, int *n)
{
	int pair;

	if (s.len < at + 2 || !is_digit(s.at[at]) || !is_digit(s.at[at + 1]))
		return false;
	pair = (s.at[at] - '0') * 10 + (s.at[at + 1] - '0');
	if (pair >= limit)
		return false;
	*n = pair;
	return true;
}

static bool read_colon_pair(struct slice s, size_t at, int *n)
{
	return s.len > at && s.at[at] == ':' && read_pair(s, at + 1, 60, n);
}

size_t zone_read_offset(struct slice text, int32_t *offset)
{
	int hour, minute = 0, second = 0; /* stay zero where the text has none */
	size_t n = 3;

	*offset = 0;
	if (text.len && (*text.at == 'Z' || *text.at == 'z'))
		return 1;
	if (!text.len || (*text.at != '+' && *text.at != '-') || !read_pair(text, 1, 24, &hour))
		return 0;
	if (read_pair(text, 3, 60, &minute))
		n = 5;
	else if (read_colon_pair(text, 3, &minute))
		n = read_colon_pair(text, 6, &second) ? 9 : 6;
	*offset = hour * 3600 + minute * 60 + second;
	if (*text.at == '-')
		*offset = -*offset;
	return n;
}

size_t zone_print_offset(char out[ZONE_PRINT_MAX], int32_t offset, bool colon)
{
	unsigned size = (unsigned)(offset < 0 ? -offset : offset);
	char *to = out;

	colon |= size % 60 != 0;
	*to++ = offset < 0 ? '-' : '+';
	to = civil_put(to, size / 3600, 2);
	if (colon)
		*to++ = ':';
	to = civil_put(to, size / 60 % 60, 2);
	if (size % 60) {
		*to++ = ':';
		to = civil_put(to, size % 60, 2);
	}
	return (size_t)(to - out);
}
