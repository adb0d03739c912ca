/* derive - add, replace, rename and drop fields */
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "expr/token.h"
#include "program/filter.h"
#include "program/formula.h"
#include "program/when.h"

/* NAME = EXPR */
struct assignment {
	bool to_each; /* the name is _, which stands for the fields of -f in turn */
	uint32_t field;
	struct expr *expression;
};

/* OLD=NEW. A star in both stands for the same bytes. */
struct renaming {
	struct names from, to;
	uint32_t *target; /* of each field that matches: its new number + 1 */
	size_t cap;
};

static struct names each, dropped, kept, everything;
static struct assignment *assignment;
static size_t assignments, assignment_cap;
static struct renaming *renaming;
static size_t renamings, renaming_cap;
static struct operands typed;
static uint64_t undefined;

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

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &each, "the fields that _ stands for, one after the other"),
	OPT(0, "drop", "FIELDS", &dropped, "then leave these fields out"),
	OPT(0, "keep", "FIELDS", &kept, "then leave all other fields out"),
	OPT_DO(0, "rename", "OLD=NEW", add_renamings, "then give fields other names"),
	OPT_INCLUDE(zone_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

/* A file whose name holds a = can be written as ./a=b. */
static bool is_assignment(const char *operand)
{
	size_t n = strcspn(operand, "=/`");

	return operand[n] == '=' || (operand[n] == '`' && strchr(operand, '='));
}

static int take_assignments(struct operands o)
{
	typed = (struct operands){ o.at, 0 };
	while (typed.n < o.n && is_assignment(o.at[typed.n]))
		typed.n++;
	return typed.n;
}

/* The name before the equals sign; *expression becomes what is after it. */
static struct token read_target(struct slice text, struct slice *expression)
{
	static struct arena none;
	struct tokens tokens = { .source = text, .arena = &none };
	struct token name;
	struct fault fault;
	size_t at = utf8_length(text);

	if (at < text.len)
		usage_at(text, at, "the assignment is not UTF-8");
	if (!token_next(&tokens, &name, &fault) && text.at[fault.at] != '=')
		usage_at(text, fault.at, "%s", fault.what);
	if (name.kind != TOKEN_NAME && name.kind != TOKEN_QUOTED_NAME)
		usage_at(text, name.at, "a field's name is missing before this");
	for (at = tokens.at; at < text.len && text.at[at] == ' ';)
		at++;
	if (at == text.len || text.at[at] != '=' || (at + 1 < text.len && text.at[at + 1] == '='))
		usage_at(text, at,
			"a = is missing before this; a name with blanks stands in backquotes");
	*expression = slice_skip(text, at + 1);
	return name;
}

static void prepare_assignment(struct slice text)
{
	struct assignment *a;
	struct slice expression;
	struct token name = read_target(text, &expression);

	MEM_GROW(assignment, assignments, assignment_cap);
	a = &assignment[assignments++];
	a->to_each = each.n && name.kind == TOKEN_NAME && slice_equal(name.text, SLICE("_"));
	a->expression = formula_compile(text, expression, a->to_each);
	a->field = a->to_each ? FIELD_NONE : filter_field(name.text);
}

/* Fields that are new in a record are not among those that a pattern finds there. */
static void expect_new(struct names *names)
{
	for (size_t i = 0; i < assignments; i++) {
		struct slice name;
		if (assignment[i].to_each)
			continue;
		name = fields_name(filter_fields(), assignment[i].field);
		for (size_t k = 0; k < names->n; k++) {
			if (!names->at[k].pattern || !names_match(names->at[k].text, name))
				continue;
			names_literal(names, name);
			break;
		}
	}
}

static void prepare_lists(void)
{
	struct fault fault;

	expect_new(&each);
	expect_new(&dropped);
	if (kept.n) {
		names_add(&everything, SLICE("*"), &fault);
		expect_new(&everything);
		filter_list(&everything);
	}
	for (size_t i = 0; i < renamings; i++) {
		expect_new(&renaming[i].from);
		filter_list(&renaming[i].from);
		filter_list(&renaming[i].to);
	}
}

static void prepare(void)
{
	bool to_each = false;

	if (!typed.n && !dropped.n && !kept.n && !renamings)
		usage("'NAME = EXPR', --drop, --keep or --rename is needed");
	if (dropped.n && kept.n)
		usage("--drop and --keep do not go together");
	when_ready();
	for (int i = 0; i < typed.n; i++) {
		prepare_assignment(slice_of(typed.at[i]));
		to_each |= assignment[i].to_each;
	}
	if (each.n && !to_each)
		usage("-f goes with an assignment to _, such as '_ = round(_, 2)'");
	prepare_lists();
}

static bool assign(struct rec *r, const struct assignment *a, uint32_t field)
{
	struct value now = rec_value(r, field);
	struct slice json;
	struct calc x;

	if (!expr_run(a->expression, r, field, &x))
		return false;
	json = expr_json(a->expression, &x);
	if (!slice_equal(json, (struct slice){ now.at, now.len }))
		rec_set(r, field, json);
	return true;
}

static bool assign_each(struct rec *r, const struct assignment *a)
{
	struct picks picks = rec_pick(r, &each);

	for (size_t i = 0; i < picks.n; i++)
		if (rec_value(r, picks.at[i]).kind != KIND_MISSING && !assign(r, a, picks.at[i]))
			return false;
	return true;
}

static void drop(struct rec *r)
{
	struct picks picks = rec_pick(r, &dropped);

	for (size_t i = 0; i < picks.n; i++)
		rec_drop(r, picks.at[i]);
}

static bool is_kept(uint32_t field)
{
	struct slice name = fields_name(filter_fields(), field);

	for (size_t i = 0; i < kept.n; i++)
		if (kept.at[i].pattern ? names_match(kept.at[i].text, name) :
					 slice_equal(kept.at[i].text, name))
			return true;
	return false;
}

static void drop_others(struct rec *r)
{
	static enum { UNKNOWN, YES, NO } * known; /* for each field: is it kept? */
	static size_t cap;
	struct picks picks = rec_pick(r, &everything);

	for (size_t i = 0; i < picks.n; i++) {
		uint32_t field = picks.at[i];
		while (field >= cap) {
			size_t before = cap;
			MEM_GROW(known, field, cap);
			memset(known + before, UNKNOWN, (cap - before) * sizeof *known);
		}
		if (known[field] == UNKNOWN)
			known[field] = is_kept(field) ? YES : NO;
		if (known[field] == NO)
			rec_drop(r, field);
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

static void rename_fields(struct rec *r, struct renaming *to)
{
	struct picks picks = rec_pick(r, &to->from);

	for (size_t i = 0; i < picks.n; i++) {
		uint32_t field = picks.at[i];
		while (field >= to->cap) {
			size_t before = to->cap;
			MEM_GROW(to->target, field, to->cap);
			memset(to->target + before, 0, (to->cap - before) * sizeof *to->target);
		}
		if (!to->target[field])
			to->target[field] = new_field(to, field) + 1;
		rec_rename(r, field, to->target[field] - 1);
	}
}

static void derive(struct rec *r)
{
	for (size_t i = 0; i < assignments; i++) {
		const struct assignment *a = &assignment[i];
		if (a->to_each ? !assign_each(r, a) : !assign(r, a, a->field))
			return;
	}
	drop(r);
	if (kept.n)
		drop_others(r);
	for (size_t i = 0; i < renamings; i++)
		rename_fields(r, &renaming[i]);
	emit(r);
}

static void finish(void)
{
	for (size_t i = 0; i < assignments; i++)
		undefined += expr_undefined(assignment[i].expression);
}

static const struct count counts[] = {
	{ "undefined", &undefined },
	{ 0 },
};

static const struct filter derive_filter = {
	.program = { "derive", "add, replace, rename and drop fields",
		"['NAME = EXPR' ...] [file ...]", options },
	.operands = take_assignments,
	.ready = prepare,
	.record = derive,
	.end = finish,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&derive_filter, argc, argv);
}
