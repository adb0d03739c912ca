#include "record/scan.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"
#include "record/vector.h"

enum {
	PATIENCE = 64,     /* shapes remembered in vain before it is done only now and then, */
	NOW_AND_THEN = 16, /* once in so many records */
};

enum vector scan_vector(enum scan_way way)
{
	static const enum vector most[] = {
		[SCAN_FAST] = VECTOR_AVX512,
		[SCAN_AVX2] = VECTOR_AVX2,
		[SCAN_SSE4] = VECTOR_SSE4,
		[SCAN_PLAIN] = VECTOR_NONE,
		[SCAN_GENERAL] = VECTOR_NONE,
	};

	return vector_best(most[way]);
}

void scan_init(struct scan *s, struct fields *fields, enum scan_way way)
{
	*s = (struct scan){
		.fields = fields, .max_line = SIZE_MAX, .general = way == SCAN_GENERAL
	};
	s->fast = match_with(scan_vector(way));
	if (s->fast)
		s->separator = mem_alloc((MATCH_RUN + VECTOR_SPARE) * sizeof *s->separator);
}

void scan_block(struct scan *s, struct slice lines)
{
	s->at = lines.at;
	s->end = lines.at + lines.len;
	s->run = s->run_end = s->at;
	s->separators = s->next = 0;
}

static void reserve(struct scan *s, size_t n)
{
	shape_reserve(&s->loose, n);
	if (n < s->values)
		return;
	s->values = n * 2 + 32;
	s->value = mem_resize(s->value, s->values * sizeof *s->value);
}

/* Indexes the whole lines ahead; a line longer than an index can cover is left without. */
static void index_ahead(struct scan *s)
{
	size_t left = (size_t)(s->end - s->at);
	const char *newline = memrchr(s->at, '\n', left < MATCH_RUN ? left : MATCH_RUN);

	s->run = s->at;
	s->run_end = newline ? newline + 1 : s->at;
	s->next = 0;
	s->separators = s->fast->index(s->run, &s->run_end, s->separator);
}

static void pass_separators(struct scan *s)
{
	if (s->at >= s->run_end)
		s->next = s->separators;
	while (s->next < s->separators && s->run + s->separator[s->next] < s->at)
		s->next++;
}

static const char *match(struct scan *s, const struct shape *shape, bool indexed)
{
	size_t used = shape->n ? shape->n : 1;

	if (!indexed || shape->nested)
		return shape_match(shape, s->value, s->at);
	if (s->separators - s->next < used)
		return NULL;
	return s->fast->record(shape, s->value, s->at, s->run, s->separator + s->next);
}

static bool match_known(struct scan *s)
{
	struct shape *guess = s->last->next;
	const char *after;
	bool indexed = false;

	if (s->fast) {
		if (s->at >= s->run_end)
			index_ahead(s);
		indexed = s->at < s->run_end;
	}
	after = match(s, guess, indexed);
	for (size_t i = 0; !after && i < s->shapes; i++) {
		if (&s->known[i] == s->last->next)
			continue;
		guess = &s->known[i];
		after = match(s, guess, indexed);
	}
	if (!after)
		return false;
	s->vain = 0;
	s->last->next = guess;
	s->last = guess;
	s->shape = guess;
	s->line = (struct slice){ s->at, (size_t)(after - s->at) - 1 };
	s->at = after;
	if (indexed && !guess->nested)
		s->next += guess->n ? guess->n : 1;
	else if (indexed)
		pass_separators(s);
	return true;
}

static bool fail(struct scan *s, const char *what, const char *at)
{
	s->fault = (struct fault){ what, (size_t)(at - s->line.at) };
	return false;
}

static void end_piece(struct shape *loose, size_t i, const char *from, const char *to)
{
	loose->piece[i].text = from;
	loose->piece[i].len = (uint32_t)(to - from);
}

static struct json_fault expected(const char *what, const char *p)
{
	return (struct json_fault){ *p == '\n' ? "record is cut off" : what, p };
}

/* One member, p being where its name is due: its piece begins at `from`. */
static const char *member(struct scan *s, size_t i, const char *from, const char *p)
{
	struct shape *loose = &s->loose;
	struct json_fault f;
	enum kind kind = KIND_NUMBER;
	bool plain;
	const char *name = p;

	if (*p != '"') {
		f = expected("not a JSON object: expected a name in quotes", p);
		goto bad;
	}
	p = json_text(p, &plain, &f);
	if (!p)
		goto bad;
	loose->key[i] = (struct key){ (uint32_t)(name - from), (uint32_t)(p - name) };
	p = json_blanks(p);
	if (*p != ':') {
		f = expected("not a JSON object: expected ':'", p);
		goto bad;
	}
	p = json_blanks(p + 1);
	end_piece(loose, i, from, p);
	s->value[i].at = p;
	p = json_plain_number(p);
	if (!p)
		p = json_value(s->value[i].at, 1, &kind, &f);
	if (!p)
		goto bad;
	s->value[i].len = (uint32_t)(p - s->value[i].at);
	s->value[i].kind = kind;
	loose->nested |= kind >= KIND_OBJECT;
	return p;
bad:
	fail(s, f.what, f.at);
	return NULL;
}

/* p is after the opening brace; gives the byte after the closing one. */
static const char *members(struct scan *s, const char *p)
{
	struct shape *loose = &s->loose;
	const char *from = s->line.at;

	loose->n = 0;
	loose->nested = false;
	reserve(s, 1);
	p = json_blanks(p);
	if (*p == '}') {
		loose->piece[0].separator = 0;
		end_piece(loose, 0, from, s->line.at + s->line.len + 1);
		return p + 1;
	}
	for (;; p = json_blanks(p + 1)) {
		size_t i = loose->n;
		reserve(s, i + 1);
		p = member(s, i, from, p);
		if (!p)
			return NULL;
		loose->n++;
		from = p;
		p = json_blanks(p);
		loose->piece[i + 1].separator = (uint32_t)(p - from);
		if (*p == '}')
			break;
		if (*p != ',') {
			fail(s, expected("not a JSON object: expected ',' or '}'", p).what, p);
			return NULL;
		}
	}
	end_piece(loose, loose->n, from, s->line.at + s->line.len + 1);
	return p + 1;
}

static bool is_row(struct slice line)
{
	return memchr(line.at, ',', line.len) || memchr(line.at, ';', line.len) ||
		memchr(line.at, '\t', line.len);
}

/* What may be in the array whose first value begins so. */
static const char *array_of(char c)
{
	if (c == '[')
		return "not a JSON object but an array of arrays: jq -r '.[] | @csv' makes CSV of it";
	if (c == '{' || c == '\n' || c == ']')
		return "not a JSON object but an array: jq -c '.[]' takes it apart";
	return "not a JSON object but an array of values: jq -r @csv makes CSV of it";
}

/* What a line that begins otherwise than with a brace may be. */
static const char *other_form(const struct scan *s)
{
	if (slice_starts(s->line, SLICE("\xff\xfe")) || slice_starts(s->line, SLICE("\xfe\xff")))
		return "UTF-16, not UTF-8: iconv -f UTF-16 -t UTF-8 converts it";
	if (*json_blanks(s->line.at) == '[')
		return array_of(*json_blanks(json_blanks(s->line.at) + 1));
	if (s->lines == 1 && is_row(s->line))
		return "not a JSON object: csv2rec makes them of CSV";
	return "not a JSON object";
}

static bool parse(struct scan *s)
{
	const char *p = json_blanks(s->line.at);

	if (*p != '{')
		return fail(s, other_form(s), p);
	p = members(s, p + 1);
	if (!p)
		return false;
	p = json_blanks(p);
	if (*p != '\n')
		return fail(s, "something follows the JSON object", p);
	s->loose.piece[s->loose.n].separator = s->loose.piece[s->loose.n].len - 1;
	if (!shape_resolve(&s->loose, s->fields))
		return fail(s, "more than 65536 different names of fields", s->line.at);
	return true;
}

/* Where the shape is known already, only its values were of a kind that it did not expect. */
static void remember(struct scan *s)
{
	struct shape *shape;

	for (size_t i = 0; i < s->shapes; i++)
		if (shape_equal(&s->known[i], &s->loose)) {
			s->known[i].nested |= s->loose.nested;
			return;
		}
	shape = &s->known[s->shapes < SCAN_SHAPES ? s->shapes : s->oldest];
	if (!shape_learn(shape, &s->loose))
		return;
	if (s->shapes < SCAN_SHAPES)
		s->shapes++;
	else
		s->oldest = (s->oldest + 1) % SCAN_SHAPES;
	if (s->last)
		s->last->next = shape;
	shape->next = shape;
	s->last = shape;
	s->vain++;
}

/* Does it pay to compare this record with shapes, and to remember its own? */
static bool worthwhile(struct scan *s)
{
	if (s->general)
		return false;
	if (s->vain < PATIENCE)
		return true;
	s->left_alone = (s->left_alone + 1) % NOW_AND_THEN;
	return !s->left_alone;
}

static bool is_blank(struct slice line)
{
	return *json_blanks(line.at) == '\n';
}

static bool is_short_enough(struct scan *s)
{
	if (s->line.len <= s->max_line)
		return true;
	s->line.len = s->max_line;
	return fail(s, SCAN_TOO_LONG, s->line.at + s->max_line);
}

/* The next line, as it stands. */
static void take_line(struct scan *s)
{
	const char *newline = memchr(s->at, '\n', (size_t)(s->end - s->at));

	s->line = (struct slice){ s->at, (size_t)(newline - s->at) };
	s->at = newline + 1;
	pass_separators(s);
}

enum scan_found scan_next(struct scan *s)
{
	while (s->at < s->end) {
		bool shapes = worthwhile(s);
		if (shapes && s->last && match_known(s)) {
			s->lines++;
			return is_short_enough(s) ? SCAN_RECORD : SCAN_BAD;
		}
		take_line(s);
		s->lines++;
		if (!is_short_enough(s))
			return SCAN_BAD;
		if (is_blank(s->line))
			continue;
		if (!parse(s))
			return SCAN_BAD;
		s->shape = &s->loose;
		if (shapes)
			remember(s);
		return SCAN_RECORD;
	}
	return SCAN_DONE;
}

void scan_free(struct scan *s)
{
	for (size_t i = 0; i < s->shapes; i++)
		shape_free(&s->known[i]);
	shape_free(&s->loose);
	free(s->value);
	free(s->separator);
	*s = (struct scan){ 0 };
}
