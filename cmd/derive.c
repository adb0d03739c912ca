/* derive - add, replace, rename and drop fields */
#include <string.h>

#include "base/die.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "expr/token.h"
#include "program/filter.h"
#include "program/renaming.h"
#include "program/formula.h"
#include "program/when.h"

/* NAME = EXPR */
struct assignment {
	bool to_each; /* the name is _, which stands for the fields of -f in turn */
	uint32_t field;
	struct expr *expression;
};

/* OLD=NEW. A star in both stands for the same bytes. */
static struct names each, dropped, kept, everything;
static struct assignment *assignment;
static size_t assignments, assignment_cap;
static struct operands typed;
static uint64_t undefined;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &each, "the fields that _ stands for, one after the other"),
	OPT(0, "drop", "FIELDS", &dropped, "then leave these fields out"),
	OPT(0, "keep", "FIELDS", &kept, "then leave all other fields out"),
	OPT_INCLUDE(renaming_options),
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
	a->field = FIELD_NONE;
	if (a->to_each)
		return;
	a->field = filter_field(name.text);
	filter_spares(a->field);
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
	renaming_prepare(expect_new);
}

static void prepare(void)
{
	bool to_each = false;

	if (!typed.n && !dropped.n && !kept.n && !renaming_wanted())
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

	if (!expr_run(a->expression, r, field, &x) || !expr_json(a->expression, &x, r, &json))
		return false;
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
	if (renaming_apply(r))
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
