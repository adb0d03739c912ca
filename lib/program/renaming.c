#include "program/renaming.h"

#include <string.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/mem.h"
#include "program/filter.h"
#include "text/names.h"

struct renaming {
	struct names from, to;
	uint32_t *target; /* of each field that matches: its new number + 1 */
	size_t cap;
};

static struct renaming *renaming;
static size_t renamings, renaming_cap;

/* What is renamed in the record at hand. */
struct move {
	uint32_t from, to;
};

static struct move *move;
static size_t moves, move_cap;

/* The name that begins at *at, up to the character `end` or the end of the text; *at is moved behind. */
static struct slice read_side(struct slice text, size_t *at, char end)
{
	size_t start = *at, stop = start;
	bool quoted = start < text.len && text.at[start] == '`';
	const char *close = quoted ? memchr(text.at + start + 1, '`', text.len - start - 1) : NULL;

	if (quoted && !close)
		usage_at(text, start, "--rename: a backquote is not closed");
	if (quoted)
		stop = (size_t)(close + 1 - text.at);
	while (stop < text.len && text.at[stop] != end)
		stop++;
	if (stop == start)
		usage_at(text, start, "--rename: a name is empty");
	if (end == '=' && stop == text.len)
		usage_at(text, stop, "--rename: OLD=NEW is needed");
	*at = stop + 1;
	return (struct slice){ text.at + start, stop - start };
}

static void add_side(struct names *names, struct slice text, struct slice side)
{
	struct fault fault;

	if (!names_add(names, side, &fault))
		usage_at(text, (size_t)(side.at - text.at) + fault.at, "--rename: %s", fault.what);
	if (names->n != 1)
		usage_at(text, (size_t)(side.at - text.at), "--rename: one name is needed here");
}

static size_t stars(const struct name *name)
{
	size_t n = 0;

	for (size_t i = 0; name->pattern && i < name->text.len; i++)
		n += name->text.at[i] == '*' || name->text.at[i] == '?';
	return n;
}

static void add_renaming(struct slice text, size_t *at)
{
	struct renaming r = { 0 };
	size_t start = *at;

	add_side(&r.from, text, read_side(text, at, '='));
	add_side(&r.to, text, read_side(text, at, ','));
	if (stars(r.from.at) != stars(r.to.at) || stars(r.from.at) > 1 ||
		(r.from.at->pattern && memchr(r.from.at->text.at, '?', r.from.at->text.len)))
		usage_at(text, start, "--rename: one * on both sides, or none");
	MEM_GROW(renaming, renamings, renaming_cap);
	renaming[renamings++] = r;
}

static void add_renamings(const char *argument)
{
	struct slice text = slice_of(argument);
	size_t at = 0;

	do
		add_renaming(text, &at);
	while (at <= text.len);
}

const struct opt renaming_options[] = {
	OPT_DO(0, "rename", "OLD=NEW", add_renamings, "then give fields other names"),
	OPT_END,
};

bool renaming_wanted(void)
{
	return renamings;
}

/* What gets another name must be there. */
static void note(const struct renaming *to)
{
	if (!to->from.at->pattern)
		filter_needs(to->from.at->text);
}

void renaming_prepare(void (*expect)(struct names *names))
{
	for (size_t i = 0; i < renamings; i++) {
		expect(&renaming[i].from);
		filter_list(&renaming[i].from);
		filter_list(&renaming[i].to);
		note(&renaming[i]);
	}
}

/* The name that a field gets: what the star stood for, between what is around the new one. */
static uint32_t new_field(const struct renaming *to, uint32_t field)
{
	struct slice name = fields_name(filter_fields(), field);
	struct slice old = to->from.at->text, new = to->to.at->text;
	struct buf text = { 0 };
	const char *star, *new_star;
	size_t before, after;

	if (!to->from.at->pattern)
		return filter_field(new);
	star = memchr(old.at, '*', old.len);
	new_star = memchr(new.at, '*', new.len);
	before = (size_t)(star - old.at);
	after = old.len - before - 1;
	buf_add(&text, (struct slice){ new.at, (size_t)(new_star - new.at) });
	buf_add(&text, (struct slice){ name.at + before, name.len - before - after });
	buf_add(&text, slice_skip(new, (size_t)(new_star + 1 - new.at)));
	field = filter_field(buf_slice(&text));
	buf_free(&text);
	return field;
}

static uint32_t target_of(struct renaming *to, uint32_t field)
{
	while (field >= to->cap) {
		size_t before = to->cap;
		MEM_GROW(to->target, field, to->cap);
		memset(to->target + before, 0, (to->cap - before) * sizeof *to->target);
	}
	if (!to->target[field])
		to->target[field] = new_field(to, field) + 1;
	return to->target[field] - 1;
}

/* For each field: the part that it has in the record at hand, by the number of that record. */
static struct {
	uint64_t leaves, comes;
} * part;
static size_t parts;
static uint64_t record;

static void reserve(uint32_t field)
{
	size_t before = parts;

	if (field < parts)
		return;
	parts = 2 * ((size_t)field + 1);
	part = mem_resize(part, parts * sizeof *part);
	memset(part + before, 0, (parts - before) * sizeof *part);
}

/* The first renaming that speaks of a field counts. */
static void collect(const struct rec *r, struct renaming *to)
{
	struct picks picks = rec_pick(r, &to->from);

	for (size_t i = 0; i < picks.n; i++) {
		struct move m = { picks.at[i], 0 };
		if (rec_value(r, m.from).kind == KIND_MISSING)
			continue;
		m.to = target_of(to, m.from);
		reserve(m.from > m.to ? m.from : m.to);
		if (m.from == m.to || part[m.from].leaves == record)
			continue;
		part[m.from].leaves = record;
		MEM_GROW(move, moves, move_cap);
		move[moves++] = m;
	}
}

/* Is each new name free, and are none of them the same? *chained: one of them is an old name. */
static bool check(struct rec *r, bool *chained)
{
	for (size_t i = 0; i < moves; i++) {
		uint32_t to = move[i].to;
		bool leaves = part[to].leaves == record;
		if (part[to].comes == record) {
			rec_blame(r, to, "would be the new name of two fields");
			return false;
		}
		if (!leaves && rec_value(r, to).kind != KIND_MISSING) {
			rec_blame(
				r, to, "is there already and would be lost; --drop leaves it out");
			return false;
		}
		part[to].comes = record;
		*chained |= leaves;
	}
	return true;
}

/* A name that no field can have, for it is no UTF-8. */
static uint32_t stopover(size_t i)
{
	static uint32_t *field;
	static size_t n, cap;
	struct buf name = { 0 };

	for (; n <= i; n++) {
		name.len = 0;
		buf_printf(&name, "\xff%zu", n);
		MEM_GROW(field, n, cap);
		field[n] = filter_field(buf_slice(&name));
	}
	buf_free(&name);
	return field[i];
}

bool renaming_apply(struct rec *r)
{
	bool chained = false;

	moves = 0;
	record++;
	for (size_t i = 0; i < renamings; i++)
		collect(r, &renaming[i]);
	if (!check(r, &chained))
		return false;
	/* Names that are freed must all be free before the first is taken. */
	for (size_t i = 0; chained && i < moves; i++) {
		rec_rename(r, move[i].from, stopover(i));
		move[i].from = stopover(i);
	}
	for (size_t i = 0; i < moves; i++)
		rec_rename(r, move[i].from, move[i].to);
	return true;
}
