/* Both spellings are lists of a number and a unit; only the names of the units differ. */
#include "time/span.h"

#include "time/civil.h"

static const int64_t second = 1000000000;

enum { MONTHS_MAX = 20000 * 12, DAYS_MAX = 20000 * 366 };

/* From large to small. The name in ISO 8601 is M for two of them: it depends on the T before. */
static const struct unit {
	char name[3], iso;
	enum span_unit unit;
	int64_t size;
} units[] = {
	{ "y", 'Y', SPAN_MONTHS, 12 },
	{ "q", 0, SPAN_MONTHS, 3 },
	{ "mo", 'M', SPAN_MONTHS, 1 },
	{ "w", 'W', SPAN_WEEKS, 1 },
	{ "d", 'D', SPAN_DAYS, 1 },
	{ "h", 'H', SPAN_NANOS, 3600000000000 },
	{ "m", 'M', SPAN_NANOS, 60000000000 },
	{ "s", 'S', SPAN_NANOS, 1000000000 },
	{ "ms", 0, SPAN_NANOS, 1000000 },
	{ "us", 0, SPAN_NANOS, 1000 },
	{ "ns", 0, SPAN_NANOS, 1 },
};

enum { UNITS = sizeof units / sizeof *units, UNIT_HOUR = 5 };

/* What was read so far. */
struct reader {
	struct slice text;
	size_t at;
	size_t next;     /* the first unit that may still come */
	bool iso, clock; /* ISO 8601, and behind its T */
	__int128 sum[4]; /* by enum span_unit */
	struct fault *fault;
};

/* A number below 10^18 and a fraction of as many digits. */
struct amount {
	int64_t whole, part, scale;
};

static bool wrong(const struct reader *r, size_t at, const char *what)
{
	*r->fault = (struct fault){ what, at };
	return false;
}

static bool ended(const struct reader *r)
{
	return r->at == r->text.len;
}

/* The digit that comes, above 9 if none does. */
static unsigned digit(const struct reader *r)
{
	return ended(r) ? 10 : (unsigned char)r->text.at[r->at] - (unsigned)'0';
}

/* Up to 18 digits; scale becomes ten to the number of them, 1 if there are none. */
static int64_t read_digits(struct reader *r, int64_t *scale)
{
	int64_t n = 0;

	*scale = 1;
	for (; digit(r) <= 9 && *scale < second * second; r->at++, *scale *= 10)
		n = n * 10 + digit(r);
	return n;
}

static bool read_amount(struct reader *r, struct amount *a)
{
	int64_t digits;

	a->whole = read_digits(r, &digits);
	if (digits == 1)
		return wrong(r, r->at, "not a duration");
	a->part = 0;
	a->scale = 1;
	if (!ended(r) && r->text.at[r->at] == '.') {
		r->at++;
		a->part = read_digits(r, &a->scale);
		if (a->scale == 1)
			return wrong(r, r->at, "not a duration");
	}
	if (digit(r) <= 9)
		return wrong(r, r->at, "a duration with too many digits");
	return true;
}

static bool find_unit(const struct reader *r, struct slice name, size_t *unit)
{
	size_t end = r->iso && !r->clock ? UNIT_HOUR : UNITS;

	for (*unit = r->clock ? UNIT_HOUR : 0; *unit < end; ++*unit) {
		const struct unit *u = &units[*unit];
		if (r->iso ? u->iso && name.at[0] == u->iso : slice_equal(name, slice_of(u->name)))
			return true;
	}
	return false;
}

static bool read_unit(struct reader *r, const struct unit **unit)
{
	struct slice name = slice_skip(r->text, r->at);
	size_t n = 0, found;

	while (n < name.len && !is_digit(name.at[n]) && !(r->iso && n))
		n++;
	name.len = n;
	if (!n)
		return wrong(r, r->at, "a duration without a unit (y q mo w d h m s ms us ns)");
	if (!find_unit(r, name, &found))
		return wrong(r, r->at, "no such unit of time (y q mo w d h m s ms us ns)");
	if (found < r->next)
		return wrong(r, r->at, "a unit twice, or the smaller before the larger");
	r->at += n;
	r->next = found + 1;
	*unit = &units[found];
	return true;
}

static bool read_item(struct reader *r, bool calendar)
{
	size_t start = r->at;
	const struct unit *u;
	struct amount a;
	int64_t size;
	enum span_unit to;

	if (!read_amount(r, &a) || !read_unit(r, &u))
		return false;
	size = u->size;
	to = u->unit;
	if (!calendar && to == SPAN_MONTHS)
		return wrong(r, start, "months and years have no fixed length");
	if (!calendar && to != SPAN_NANOS) {
		size = (to == SPAN_WEEKS ? 7 : 1) * CIVIL_DAY * second;
		to = SPAN_NANOS;
	}
	if ((__int128)a.part * size % a.scale)
		return wrong(r, start, "a fraction of a nanosecond or calendar unit");
	r->sum[to] += (__int128)a.whole * size + (__int128)a.part * size / a.scale;
	return true;
}

/* Behind the P; a T stands before the first unit of the clock. */
static bool read_iso(struct reader *r, bool calendar)
{
	r->iso = true;
	r->at++;
	do {
		if (!r->clock && !ended(r) && r->text.at[r->at] == 'T') {
			r->clock = true;
			r->at++;
		}
		if (!read_item(r, calendar))
			return false;
	} while (!ended(r));
	return true;
}

static bool read_all(struct reader *r, bool calendar)
{
	if (ended(r))
		return wrong(r, 0, "an empty duration");
	if (slice_equal(slice_skip(r->text, r->at), SLICE("0")))
		return true;
	if (r->text.at[r->at] == 'P')
		return read_iso(r, calendar);
	do {
		if (!read_item(r, calendar))
			return false;
	} while (!ended(r));
	return true;
}

bool span_parse(struct slice text, enum span_sign sign, struct span *span, struct fault *fault)
{
	struct reader r = { .text = text, .fault = fault };
	bool minus = text.len && text.at[0] == '-';
	__int128 n;

	r.at = minus;
	if (minus && sign != SPAN_SIGNED)
		return wrong(&r, 0, "a negative duration");
	if (!read_all(&r, false))
		return false;
	n = r.sum[SPAN_NANOS];
	if (n > INT64_MAX)
		return wrong(&r, 0, "a duration above 292 years");
	if (!n && sign == SPAN_POSITIVE)
		return wrong(&r, 0, "a duration of nothing");
	span->nanos = (int64_t)(minus ? -n : n);
	return true;
}

bool span_size_parse(struct slice text, struct span_size *size, struct fault *fault)
{
	static const int64_t most[] = {
		[SPAN_NANOS] = INT64_MAX,
		[SPAN_DAYS] = DAYS_MAX,
		[SPAN_WEEKS] = DAYS_MAX / 7,
		[SPAN_MONTHS] = MONTHS_MAX,
	};
	struct reader r = { .text = text, .fault = fault };
	int kinds = 0;

	if (!read_all(&r, true))
		return false;
	for (int unit = 0; unit < 4; unit++) {
		if (!r.sum[unit])
			continue;
		if (kinds++)
			return wrong(&r, 0, "a size that mixes calendar units with others");
		if (r.sum[unit] > most[unit])
			return wrong(&r, 0, "a size too large");
		*size = (struct span_size){ (enum span_unit)unit, (int64_t)r.sum[unit] };
	}
	return kinds || wrong(&r, 0, "a size of nothing");
}
