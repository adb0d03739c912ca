/* The pattern becomes the code of a small machine, as in K. Thompson, Regular expression search
 * algorithm, CACM 11(6), 1968: bytes to take, and jumps. A step falls through to the next one, and
 * jumps are relative, so a piece of code can be moved, copied and wrapped as it is. All ways through
 * the code are followed at once, as a set of the steps reached; so nothing is tried twice. Every set
 * met becomes a state of an automaton, with a row that tells for each class of bytes the state that
 * follows; rows are filled as texts ask for it. When there are too many states all are forgotten. */
#include "text/ere.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

enum kind {
	BYTE,  /* takes a byte from low to high */
	ASCII, /* takes a byte of the set number to */
	SPLIT, /* goes on with the next step, and with the one at to */
	JUMP,  /* goes on with the one at to */
	BEGIN, /* passes at the beginning of the text */
	END,   /* passes, and is waiting until then, at its end */
	MATCH,
};

struct step {
	uint8_t kind, low, high;
	int32_t to; /* from this step on, the number of a set, or of a step while it is not known */
};

struct ascii {
	uint64_t bits[2];
};

/* The set of steps is pool[set .. set + n), in order. */
struct state {
	uint32_t set, n, hash;
};

/* States that have a meaning instead of a set; the first of the others is where texts begin. It is
 * never come back to, since ^ passes nowhere else. */
enum { UNKNOWN, DEAD, MATCHED, FIRST };

enum {
	CACHE = 96 * 1024, /* bytes of rows, sets and states; arrays may have twice that room */
	SLOTS = 4096,
	STATES = SLOTS / 2,
};

struct ere {
	struct step *code;
	size_t n, cap;
	bool full; /* more than ERE_STEPS */
	struct ascii *set;
	size_t sets, set_cap;

	uint8_t class[256];
	uint32_t stride; /* of rows: the classes, and one for the end of the text */

	/* At work: the steps reached as bits, those to be followed, and the set that comes of it. The
	 * bits in stays are the steps that take a byte or wait for the end. */
	uint64_t *seen, *stays;
	uint16_t *stack, *list;
	size_t waiting, listed;
	uint16_t *first;
	size_t firsts;
	bool always; /* already the beginning of a text is a match */

	/* States are named by the place of their rows: n * stride. */
	uint32_t *row;
	struct state *state;
	uint16_t *pool, *slot;
	uint32_t states;
	size_t row_cap, state_cap, pooled, pool_cap;
};

void ere_free(struct ere *e)
{
	free(e->code);
	free(e->set);
	free(e->seen);
	free(e->stays);
	free(e->stack);
	free(e->list);
	free(e->first);
	free(e->row);
	free(e->state);
	free(e->pool);
	free(e->slot);
	free(e);
}

static bool wrong(struct fault *f, size_t at, const char *what)
{
	*f = (struct fault){ what, at };
	return false;
}

/* --- code --- */

static void add_step(struct ere *e, struct step step)
{
	if (e->n == ERE_STEPS) {
		e->full = true;
		return;
	}
	MEM_GROW(e->code, e->n, e->cap);
	e->code[e->n++] = step;
}

static void insert_step(struct ere *e, size_t at, struct step step)
{
	size_t behind = e->n - at;

	add_step(e, step);
	if (e->full)
		return;
	memmove(e->code + at + 1, e->code + at, behind * sizeof *e->code);
	e->code[at] = step;
}

static struct step going(enum kind kind, ptrdiff_t to)
{
	return (struct step){ .kind = (uint8_t)kind, .to = (int32_t)to };
}

static void add_byte(struct ere *e, unsigned low, unsigned high)
{
	add_step(e, (struct step){ .kind = BYTE, .low = (uint8_t)low, .high = (uint8_t)high });
}

static void add_ascii(struct ere *e, struct ascii set)
{
	MEM_GROW(e->set, e->sets, e->set_cap);
	e->set[e->sets] = set;
	add_step(e, going(ASCII, (ptrdiff_t)e->sets++));
}

enum { ENDLESS = ERE_REPEAT + 1 };

/* Repeats the code from there on: x{2,4} is written as xx(x(x)?)?, x{2,} as xx+, x* as (x+)?. */
static void repeat(struct ere *e, size_t from, unsigned least, unsigned most)
{
	size_t len = e->n - from, copies = most != ENDLESS ? most : least ? least : 1;

	if (!len || !most) {
		e->n = from;
		return;
	}
	if (copies * (len + 1) >= ERE_STEPS - from) {
		e->full = true;
		return;
	}
	for (size_t i = 1; i < copies; i++) {
		if (i >= least)
			add_step(e, going(SPLIT, (ptrdiff_t)((copies - i) * (len + 1))));
		for (size_t k = 0; k < len; k++)
			add_step(e, e->code[from + k]);
	}
	if (most == ENDLESS)
		add_step(e, going(SPLIT, -(ptrdiff_t)len));
	if (!least)
		insert_step(e, from, going(SPLIT, (ptrdiff_t)(e->n - from + 1)));
}

/* --- reading the pattern --- */

struct range {
	uint32_t low, high;
};

enum { NOWHERE = -1, LAST_CHARACTER = 0x10ffff };

/* The jumps at the ends of alternatives wait for the end of the group: each has the number of the one
 * before it. */
struct group {
	size_t at, start, alternative;
	int32_t jump;
};

struct parser {
	struct ere *e;
	struct slice pattern;
	size_t at;
	struct fault *fault;
	struct group group[ERE_DEPTH + 1];
	size_t depth;
	int32_t atom; /* where the code begins that can be repeated */
	struct range *range;
	size_t ranges, range_cap;
};

static bool starts(const struct parser *p, const char *prefix)
{
	return slice_starts(slice_skip(p->pattern, p->at), slice_of(prefix));
}

static bool skip(struct parser *p, const char *prefix)
{
	bool there = starts(p, prefix);

	if (there)
		p->at += strlen(prefix);
	return there;
}

static uint32_t read_character(struct parser *p)
{
	size_t n = utf8_character(slice_skip(p->pattern, p->at));
	const unsigned char *s = (const unsigned char *)p->pattern.at + p->at;
	uint32_t c = n == 1 ? s[0] : s[0] & (0x7fu >> n);

	for (size_t i = 1; i < n; i++)
		c = c << 6 | (s[i] & 0x3f);
	p->at += n;
	return c;
}

static void open_group(struct parser *p, size_t at)
{
	p->group[p->depth++] = (struct group){ at, p->e->n, p->e->n, NOWHERE };
	p->atom = NOWHERE;
}

static void next_alternative(struct parser *p)
{
	struct group *g = &p->group[p->depth - 1];
	struct ere *e = p->e;

	insert_step(e, g->alternative, going(SPLIT, (ptrdiff_t)(e->n - g->alternative + 2)));
	add_step(e, going(JUMP, g->jump));
	g->jump = (int32_t)e->n - 1;
	g->alternative = e->n;
	p->atom = NOWHERE;
}

static void close_group(struct parser *p)
{
	const struct group *g = &p->group[--p->depth];
	struct step *code = p->e->code;
	int32_t before;

	if (p->e->full)
		return;
	for (int32_t i = g->jump; i != NOWHERE; i = before) {
		before = code[i].to;
		code[i].to = (int32_t)p->e->n - i;
	}
	p->atom = (int32_t)g->start;
}

static void add_character(struct parser *p)
{
	size_t n = utf8_character(slice_skip(p->pattern, p->at));

	p->atom = (int32_t)p->e->n;
	for (; n; n--, p->at++)
		add_byte(p->e, (unsigned char)p->pattern.at[p->at],
			(unsigned char)p->pattern.at[p->at]);
}

static void add_anchor(struct parser *p, enum kind kind)
{
	add_step(p->e, going(kind, 0));
	p->atom = NOWHERE;
	p->at++;
}

/* --- sets of characters --- */

static const struct {
	const char *name;
	struct slice pairs;
} classes[] = {
	{ "alnum", SLICE("09AZaz") },
	{ "alpha", SLICE("AZaz") },
	{ "blank", SLICE("\t\t  ") },
	{ "cntrl", SLICE("\0\x1f\x7f\x7f") },
	{ "digit", SLICE("09") },
	{ "graph", SLICE("!~") },
	{ "lower", SLICE("az") },
	{ "print", SLICE(" ~") },
	{ "punct", SLICE("!/:@[`{~") },
	{ "space", SLICE("\t\r  ") },
	{ "upper", SLICE("AZ") },
	{ "xdigit", SLICE("09AFaf") },
};

static void add_range(struct parser *p, uint32_t low, uint32_t high)
{
	MEM_GROW(p->range, p->ranges, p->range_cap);
	p->range[p->ranges++] = (struct range){ low, high };
}

static bool add_class(struct parser *p, struct slice name)
{
	for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
		if (slice_equal(name, slice_of(classes[i].name))) {
			struct slice s = classes[i].pairs;
			for (; s.len; s = slice_skip(s, 2))
				add_range(p, (unsigned char)s.at[0], (unsigned char)s.at[1]);
			return true;
		}
	return false;
}

static int by_low(const void *a, const void *b)
{
	const struct range *x = a, *y = b;

	return (x->low > y->low) - (x->low < y->low);
}

/* In order, and neither touching nor overlapping. */
static void merge_ranges(struct parser *p)
{
	struct range *r = p->range;
	size_t n = 0;

	if (!p->ranges)
		return;
	qsort(r, p->ranges, sizeof *r, by_low);
	for (size_t i = 1; i < p->ranges; i++) {
		if (r[i].low > r[n].high + 1)
			r[++n] = r[i];
		else if (r[i].high > r[n].high)
			r[n].high = r[i].high;
	}
	p->ranges = n + 1;
}

/* Every other character. The ranges are merged. */
static void negate_ranges(struct parser *p)
{
	uint32_t low = 0;
	size_t n = 0;

	for (size_t i = 0; i < p->ranges; i++) {
		struct range r = p->range[i];
		if (r.low > low)
			p->range[n++] = (struct range){ low, r.low - 1 };
		low = r.high + 1;
	}
	p->ranges = n;
	if (low <= LAST_CHARACTER)
		add_range(p, low, LAST_CHARACTER);
}

static struct ascii ascii_of(const struct parser *p)
{
	struct ascii set = { 0 };

	for (size_t i = 0; i < p->ranges; i++)
		for (uint32_t c = p->range[i].low; c < 0x80 && c <= p->range[i].high; c++)
			set.bits[c / 64] |= (uint64_t)1 << c % 64;
	return set;
}

/* How far from low, and at most to high, the characters of n bytes are a product of ranges of bytes:
 * whole blocks of the largest size, within one block of the size above. The smallest is one byte. */
static uint32_t product_end(uint32_t low, uint32_t high, int n)
{
	for (int shift = 6 * (n - 1);; shift -= 6) {
		uint32_t rest = ((uint32_t)1 << shift) - 1;
		uint32_t above = low | (((uint32_t)1 << (shift + 6)) - 1);
		if (!(low & rest) && (low | rest) <= high) {
			uint32_t end = ((high + 1) & ~rest) - 1;
			return end < above ? end : above;
		}
	}
}

/* An alternative for each product. */
static void add_products(struct parser *p, uint32_t low, uint32_t high, int n, bool *more)
{
	uint32_t end;

	for (; low <= high && !p->e->full; low = end + 1, *more = true) {
		end = product_end(low, high, n);
		if (*more)
			next_alternative(p);
		add_byte(p->e, (0xf00u >> n & 0xf0) | low >> 6 * (n - 1),
			(0xf00u >> n & 0xf0) | end >> 6 * (n - 1));
		for (int shift = 6 * (n - 2); shift >= 0; shift -= 6)
			add_byte(p->e, 0x80 | (low >> shift & 0x3f), 0x80 | (end >> shift & 0x3f));
	}
}

/* The part of a range whose characters have n bytes. A range to the first or last of them goes on to
 * what those bytes could say beside: no text has that, and there is less to tell apart. */
static void add_part(struct parser *p, struct range r, int n, bool *more)
{
	static const struct range parts[] = { { 0x80, 0x7ff }, { 0x800, 0xffff },
		{ 0x10000, LAST_CHARACTER } };
	struct range part = parts[n - 2];

	if (r.low > part.high || r.high < part.low)
		return;
	if (r.low <= part.low)
		r.low = 0;
	if (r.high >= part.high)
		r.high = ((uint32_t)1 << (5 * n + 1)) - 1;
	add_products(p, r.low, r.high, n, more);
}

static void add_set(struct parser *p, size_t at, bool negated)
{
	struct ascii ascii;
	bool more;

	merge_ranges(p);
	if (negated)
		negate_ranges(p);
	ascii = ascii_of(p);
	open_group(p, at);
	more = ascii.bits[0] || ascii.bits[1] || !p->ranges;
	if (more)
		add_ascii(p->e, ascii);
	for (size_t i = 0; i < p->ranges; i++)
		for (int n = 2; n <= 4; n++)
			add_part(p, p->range[i], n, &more);
	close_group(p);
}

/* --- brackets --- */

static bool read_class(struct parser *p)
{
	size_t at = p->at;
	struct slice name = slice_skip(p->pattern, at + 2);
	const char *end = memmem(name.at, name.len, ":]", 2);

	if (!end)
		return wrong(p->fault, at, "a class of characters is not closed");
	name.len = (size_t)(end - name.at);
	p->at += name.len + 4;
	return add_class(p, name) || wrong(p->fault, at, "no such class of characters");
}

static bool is_element(const struct parser *p)
{
	return starts(p, "[.") || starts(p, "[=");
}

static bool read_range(struct parser *p)
{
	size_t at = p->at;
	uint32_t low = read_character(p), high = low;

	if (starts(p, "-") && p->at + 1 < p->pattern.len && !starts(p, "-]")) {
		p->at++;
		if (starts(p, "[:") || is_element(p))
			return wrong(p->fault, at, "a range needs a character at either end");
		high = read_character(p);
	}
	if (high < low)
		return wrong(p->fault, at, "a range ends before it begins");
	add_range(p, low, high);
	return true;
}

static bool read_bracket(struct parser *p)
{
	size_t open = p->at++, first;
	bool negated = skip(p, "^");

	first = p->at;
	p->ranges = 0;
	while (p->at < p->pattern.len && (p->at == first || !starts(p, "]"))) {
		bool hyphen = starts(p, "-") && p->at > first && !starts(p, "-]");
		if (is_element(p))
			return wrong(p->fault, p->at, "collating elements are not known");
		if (hyphen && p->at + 1 < p->pattern.len)
			return wrong(p->fault, p->at, "a hyphen that is no range: put it last");
		if (starts(p, "[:") ? !read_class(p) : !read_range(p))
			return false;
	}
	if (!skip(p, "]"))
		return wrong(p->fault, open, "a bracket is not closed");
	if (p->at - open > 4 && p->pattern.at[open + 1] == ':' && p->pattern.at[p->at - 2] == ':')
		return wrong(p->fault, open, "a class needs two pairs of brackets, [[:alpha:]]");
	add_set(p, open, negated);
	return true;
}

static void add_any(struct parser *p)
{
	p->ranges = 0;
	add_set(p, p->at++, true);
}

/* --- the other parts --- */

static bool is_letter_or_digit(char c)
{
	return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool read_escape(struct parser *p)
{
	size_t at = p->at++;
	char c;

	if (p->at == p->pattern.len)
		return wrong(p->fault, at, "a backslash at the end");
	c = p->pattern.at[p->at];
	if (c >= '1' && c <= '9')
		return wrong(p->fault, at, "back-references are not known");
	if (memchr("dDwWsS", c, 6)) {
		p->at++;
		p->ranges = 0;
		add_class(p,
			slice_of((c | 0x20) == 'd'        ? "digit" :
					(c | 0x20) == 's' ? "space" :
							    "alnum"));
		if ((c | 0x20) == 'w')
			add_range(p, '_', '_');
		add_set(p, at, c < 'a');
		return true;
	}
	if (is_letter_or_digit(c) || c == '<' || c == '>')
		return wrong(p->fault, at, "no such escape");
	add_character(p);
	return true;
}

/* No digit: otherwise. Any number beyond the largest is as good as another. */
static unsigned read_number(struct parser *p, unsigned otherwise)
{
	unsigned n = 0;
	size_t start = p->at;

	for (; p->at < p->pattern.len && (unsigned)(p->pattern.at[p->at] - '0') < 10; p->at++)
		if (n <= ERE_REPEAT)
			n = n * 10 + (unsigned)(p->pattern.at[p->at] - '0');
	return p->at > start ? n : otherwise;
}

static bool read_braces(struct parser *p, unsigned *least, unsigned *most)
{
	size_t open = p->at++;
	bool comma, digits;

	*least = read_number(p, 0);
	digits = p->at > open + 1;
	comma = skip(p, ",");
	*most = comma ? read_number(p, ENDLESS) : *least;
	if (!skip(p, "}") || (!comma && !digits))
		return wrong(p->fault, open, "braces without a repetition like {2,5}");
	if (*least > ERE_REPEAT || (*most > ERE_REPEAT && p->pattern.at[p->at - 2] != ','))
		return wrong(p->fault, open, "more than 255 repetitions");
	if (*least > *most)
		return wrong(p->fault, open, "a repetition whose least is above its most");
	return true;
}

static bool read_repeat(struct parser *p)
{
	char c = p->pattern.at[p->at];
	unsigned least = c == '+', most = c == '?' ? 1 : ENDLESS;

	if (p->atom == NOWHERE)
		return wrong(p->fault, p->at, "nothing to repeat");
	if (c != '{')
		p->at++;
	else if (!read_braces(p, &least, &most))
		return false;
	repeat(p->e, (size_t)p->atom, least, most);
	return true;
}

/* One group more has to be left for a set. */
static bool read_open(struct parser *p)
{
	if (p->depth == ERE_DEPTH)
		return wrong(p->fault, p->at, "parentheses are nested too deep");
	open_group(p, p->at++);
	return true;
}

static bool read_close(struct parser *p)
{
	if (p->depth == 1)
		return wrong(p->fault, p->at, "a parenthesis is not opened");
	p->at++;
	close_group(p);
	return true;
}

static bool read_part(struct parser *p)
{
	switch (p->pattern.at[p->at]) {
	case '(':
		return read_open(p);
	case ')':
		return read_close(p);
	case '*':
	case '+':
	case '?':
	case '{':
		return read_repeat(p);
	case '[':
		return read_bracket(p);
	case '\\':
		return read_escape(p);
	case '|':
		p->at++;
		next_alternative(p);
		return true;
	case '.':
		add_any(p);
		return true;
	case '^':
		add_anchor(p, BEGIN);
		return true;
	case '$':
		add_anchor(p, END);
		return true;
	default:
		add_character(p);
		return true;
	}
}

static bool read_pattern(struct parser *p)
{
	size_t valid = utf8_length(p->pattern), at;

	if (valid < p->pattern.len)
		return wrong(p->fault, valid, "not UTF-8");
	open_group(p, 0);
	while (p->at < p->pattern.len) {
		at = p->at;
		if (!read_part(p))
			return false;
		if (p->e->full)
			return wrong(p->fault, at, "a pattern too large");
	}
	if (p->depth > 1)
		return wrong(p->fault, p->group[p->depth - 1].at, "a parenthesis is not closed");
	close_group(p);
	add_step(p->e, going(MATCH, 0));
	return !p->e->full || wrong(p->fault, p->at, "a pattern too large");
}

/* --- following --- */

static void reach(struct ere *e, size_t at)
{
	uint64_t bit = (uint64_t)1 << at % 64;

	if (e->seen[at / 64] & bit)
		return;
	e->seen[at / 64] |= bit;
	e->stack[e->waiting++] = (uint16_t)at;
}

/* All that can be reached from a step without a byte; is it a match? */
static bool follow(struct ere *e, size_t at, bool begin, bool end)
{
	e->waiting = 0;
	reach(e, at);
	while (e->waiting) {
		const struct step *s;
		at = e->stack[--e->waiting];
		s = &e->code[at];
		if (s->kind == MATCH)
			return true;
		if (s->kind == SPLIT || s->kind == JUMP)
			reach(e, (size_t)((ptrdiff_t)at + s->to));
		if (s->kind == SPLIT || (s->kind == BEGIN && begin) || (s->kind == END && end))
			reach(e, at + 1);
	}
	return false;
}

static size_t words(const struct ere *e)
{
	return e->n / 64 + 1;
}

static void unsee(struct ere *e)
{
	memset(e->seen, 0, words(e) * sizeof *e->seen);
}

/* What was seen becomes the set at work. */
static void collect(struct ere *e)
{
	e->listed = 0;
	for (size_t i = 0; i < words(e); i++)
		for (uint64_t bits = e->seen[i] & e->stays[i]; bits; bits &= bits - 1)
			e->list[e->listed++] = (uint16_t)(i * 64 + (size_t)__builtin_ctzll(bits));
}

static bool in_ascii(const struct ascii *set, unsigned byte)
{
	return byte < 0x80 && set->bits[byte / 64] >> byte % 64 & 1;
}

static bool takes(const struct ere *e, const struct step *s, unsigned byte)
{
	if (s->kind == BYTE)
		return byte >= s->low && byte <= s->high;
	return s->kind == ASCII && in_ascii(&e->set[s->to], byte);
}

/* The set at work becomes the one after the byte, where a match may begin as well; is there one? */
static bool advance(struct ere *e, unsigned byte)
{
	unsee(e);
	if (follow(e, 0, false, false))
		return true;
	for (size_t i = 0; i < e->listed; i++)
		if (takes(e, &e->code[e->list[i]], byte) &&
			follow(e, (size_t)e->list[i] + 1, false, false))
			return true;
	collect(e);
	return false;
}

/* Is it a match if the text ends here? */
static bool ends(struct ere *e, bool begin)
{
	unsee(e);
	for (size_t i = 0; i < e->listed; i++)
		if (e->code[e->list[i]].kind == END && follow(e, e->list[i], begin, true))
			return true;
	return false;
}

bool ere_matches_plainly(struct ere *e, struct slice text)
{
	if (e->always)
		return true;
	memcpy(e->list, e->first, e->firsts * sizeof *e->list);
	e->listed = e->firsts;
	for (size_t i = 0; i < text.len; i++)
		if (advance(e, (unsigned char)text.at[i]))
			return true;
	return ends(e, !text.len);
}

/* --- the automaton --- */

/* Bytes that no step tells apart are of one class. */
static void classify(struct ere *e)
{
	bool border[257] = { false };
	unsigned class = 0;

	for (size_t i = 0; i < e->n; i++)
		if (e->code[i].kind == BYTE)
			border[e->code[i].low] = border[e->code[i].high + 1] = true;
	for (size_t i = 0; i < e->sets; i++)
		for (unsigned b = 1; b <= 0x80; b++)
			if (in_ascii(&e->set[i], b) != in_ascii(&e->set[i], b - 1))
				border[b] = true;
	for (unsigned b = 1; b < 256; b++)
		e->class[b] = (uint8_t)(class += border[b]);
	e->stride = class + 2;
}

static uint32_t hash(const uint16_t *list, size_t n)
{
	uint64_t h = n;

	for (size_t i = 0; i < n; i++)
		h = (h ^ list[i]) * 0x9e3779b97f4a7c15;
	return (uint32_t)(h >> 32);
}

/* The slot that has the state of the set at work, or where it belongs. */
static uint16_t *find_slot(const struct ere *e, uint32_t h)
{
	for (uint32_t i = h % SLOTS;; i = (i + 1) % SLOTS) {
		const struct state *s = &e->state[e->slot[i]];
		if (!e->slot[i])
			return &e->slot[i];
		if (s->hash == h && s->n == e->listed &&
			!memcmp(e->pool + s->set, e->list, s->n * sizeof *e->list))
			return &e->slot[i];
	}
}

static uint32_t add_row(struct ere *e)
{
	size_t at = (size_t)e->states * e->stride;

	MEM_GROW(e->state, e->states, e->state_cap);
	for (size_t i = at; i < at + e->stride; i++) {
		MEM_GROW(e->row, i, e->row_cap);
		e->row[i] = UNKNOWN;
	}
	return e->states++;
}

static uint32_t add_state(struct ere *e, const uint16_t *list, size_t n, uint32_t h)
{
	uint32_t number = add_row(e);

	e->state[number] = (struct state){ (uint32_t)e->pooled, (uint32_t)n, h };
	for (size_t i = 0; i < n; i++) {
		MEM_GROW(e->pool, e->pooled, e->pool_cap);
		e->pool[e->pooled++] = list[i];
	}
	return number;
}

/* Only the first state is left, which has no slot. */
static void forget(struct ere *e)
{
	memset(e->slot, 0, SLOTS * sizeof *e->slot);
	e->pooled = 0;
	e->states = 0;
	while (e->states < FIRST)
		add_state(e, NULL, 0, 0);
	add_state(e, e->first, e->firsts, 0);
}

static bool is_crowded(const struct ere *e)
{
	size_t each = e->stride * sizeof *e->row + sizeof *e->state;

	return e->states == STATES || e->states * each + e->pooled * sizeof *e->pool > CACHE;
}

/* A state's set is now the one at work. */
static void load(struct ere *e, size_t row)
{
	const struct state *s = &e->state[row / e->stride];

	e->listed = s->n;
	for (size_t i = 0; i < s->n; i++)
		e->list[i] = e->pool[s->set + i];
}

/* The state of the set at work; *forgot: there is no other any more. */
static uint32_t find_state(struct ere *e, bool *forgot)
{
	uint32_t h = hash(e->list, e->listed);
	uint16_t *slot = find_slot(e, h);

	if (*slot)
		return *slot;
	*forgot = is_crowded(e);
	if (*forgot) {
		forget(e);
		slot = find_slot(e, h);
	}
	*slot = (uint16_t)add_state(e, e->list, e->listed, h);
	return *slot;
}

/* The row of the state that follows one after a byte. */
__attribute__((noinline)) static uint32_t learn(struct ere *e, size_t row, unsigned byte)
{
	bool forgot = false;
	uint32_t next;

	load(e, row);
	if (advance(e, byte))
		next = MATCHED;
	else
		next = e->listed ? find_state(e, &forgot) : DEAD;
	next *= e->stride;
	if (!forgot)
		e->row[row + e->class[byte]] = next;
	return next;
}

/* The same for the end of the text: MATCHED or DEAD. */
static uint32_t learn_end(struct ere *e, size_t row)
{
	bool match;

	load(e, row);
	match = ends(e, row == FIRST * e->stride);
	return e->row[row + e->stride - 1] = (match ? MATCHED : DEAD) * e->stride;
}

bool ere_matches(struct ere *e, struct slice text)
{
	const uint32_t ordinary = FIRST * e->stride, matched = MATCHED * e->stride;
	size_t row = ordinary, next;

	if (e->always)
		return true;
	for (size_t i = 0; i < text.len; i++, row = next) {
		unsigned char byte = (unsigned char)text.at[i];
		/* Ready before the row is known: one load from one state to the next. */
		const uint32_t *column = e->row + e->class[byte];
		next = column[row];
		if (next >= ordinary)
			continue;
		if (next == UNKNOWN)
			next = learn(e, row, byte);
		if (next < ordinary)
			return next == matched;
	}
	next = e->row[row + e->stride - 1];
	return (next == UNKNOWN ? learn_end(e, row) : next) == matched;
}

/* --- from the beginning to the end --- */

static void prepare(struct ere *e)
{
	e->seen = mem_array(words(e), sizeof *e->seen);
	e->stays = mem_array(words(e), sizeof *e->stays);
	e->stack = mem_array(e->n, sizeof *e->stack);
	e->list = mem_array(e->n, sizeof *e->list);
	e->slot = mem_array(SLOTS, sizeof *e->slot);
	for (size_t i = 0; i < e->n; i++)
		if (e->code[i].kind == BYTE || e->code[i].kind == ASCII || e->code[i].kind == END)
			e->stays[i / 64] |= (uint64_t)1 << i % 64;
	e->always = follow(e, 0, true, false);
	collect(e);
	e->firsts = e->listed;
	e->first = mem_array(e->firsts + 1, sizeof *e->first);
	memcpy(e->first, e->list, e->firsts * sizeof *e->first);
	classify(e);
	forget(e);
}

bool ere_compile(struct slice pattern, struct ere **e, struct fault *f)
{
	struct parser p = { .pattern = pattern, .fault = f, .atom = NOWHERE };
	bool good;

	p.e = mem_array(1, sizeof **e);
	good = read_pattern(&p);
	free(p.range);
	if (good)
		prepare(p.e);
	else
		ere_free(p.e);
	*e = good ? p.e : NULL;
	return good;
}
