/* The grammar, from what binds least to what binds most; all but the last two go from left to right:
 *
 *	? :        ||  or        &&  and        !  not        == != < <= > >=        ??        + -
 *	* / %      - in front    **, to the right
 *
 * Precedence climbing, with steps put out as they are read. ! stands below the comparisons, where `not`
 * must be: !(a == b) and (!a) == b are the same. What is constant is worked out at once. */
#include "expr/expr.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/mem.h"
#include "expr/function.h"
#include "expr/machine.h"
#include "expr/token.h"

struct expr {
	size_t longest;
	struct machine machine;
	struct arena kept; /* texts of constants */
	char gives;
};

/* What a part of an expression is: z null; n, t, b, w as in struct function; a anything. */
struct part {
	char gives;
	bool constant;
	size_t from, at; /* its first step, its first byte */
};

struct parser {
	struct expr *e;
	const struct expr_setup *setup;
	struct tokens tokens;
	struct token token; /* the next one */
	struct expr_fault *fault;
	size_t depth, height; /* of nesting, and of the stack */
};

enum level { CHOICE, OR, AND, NOT, COMPARISON, ELSE, SUM, PRODUCT, SIGN, POWER };

static const struct infix {
	const char *text;
	enum level level;
	enum step_what what;
} operators[] = {
	{ "||", OR, STEP_OR },
	{ "or", OR, STEP_OR },
	{ "&&", AND, STEP_AND },
	{ "and", AND, STEP_AND },
	{ "==", COMPARISON, STEP_EQUAL },
	{ "!=", COMPARISON, STEP_UNEQUAL },
	{ "<", COMPARISON, STEP_LESS },
	{ "<=", COMPARISON, STEP_LESS_EQUAL },
	{ ">", COMPARISON, STEP_GREATER },
	{ ">=", COMPARISON, STEP_GREATER_EQUAL },
	{ "??", ELSE, STEP_ELSE },
	{ "+", SUM, STEP_ADD },
	{ "-", SUM, STEP_SUBTRACT },
	{ "*", PRODUCT, STEP_MULTIPLY },
	{ "/", PRODUCT, STEP_DIVIDE },
	{ "%", PRODUCT, STEP_REMAINDER },
	{ "**", POWER, STEP_POWER },
};

static bool fail(struct parser *p, size_t at, const char *what)
{
	*p->fault = (struct expr_fault){ what, at, NULL };
	return false;
}

static bool advance(struct parser *p)
{
	struct fault fault;

	return token_next(&p->tokens, &p->token, &fault) || fail(p, fault.at, fault.what);
}

/* Operators and the words among them. */
static bool is_next(const struct parser *p, const char *text)
{
	return (p->token.kind == TOKEN_OPERATOR || p->token.kind == TOKEN_NAME) &&
		slice_equal(p->token.text, slice_of(text));
}

/* Passes over it if it is next. */
static bool take(struct parser *p, const char *text, bool *taken)
{
	*taken = is_next(p, text);
	return !*taken || advance(p);
}

static bool expect(struct parser *p, const char *text, const char *what, size_t at)
{
	bool taken;

	return take(p, text, &taken) && (taken || fail(p, at, what));
}

static size_t add_step(struct parser *p, enum step_what what, size_t a, int pushes)
{
	struct machine *m = &p->e->machine;

	MEM_GROW(m->step, m->n, m->cap);
	m->step[m->n] = (struct step){ what, (uint32_t)a, 0 };
	p->height += (size_t)pushes;
	if (p->height > m->stacked) {
		m->stacked = p->height;
		m->stack = mem_resize(m->stack, m->stacked * sizeof *m->stack);
	}
	return m->n++;
}

static void add_constant(struct parser *p, struct calc x)
{
	struct machine *m = &p->e->machine;

	MEM_GROW(m->constant, m->constants, m->constant_cap);
	m->constant[m->constants] = x;
	add_step(p, STEP_CONSTANT, m->constants++, 1);
}

static char gives(const struct calc *x)
{
	switch (x->kind) {
	case KIND_NUMBER:
		return 'n';
	case KIND_TEXT:
		return 't';
	case KIND_TRUE:
	case KIND_FALSE:
		return 'b';
	default:
		return 'z';
	}
}

/* Works out the steps of a constant part and puts its value in their place, if it has one. */
static bool fold(struct parser *p, struct part *part, size_t at)
{
	struct machine *m = &p->e->machine;
	struct machine_fault wrong;
	struct calc x;

	if (!part->constant || m->n == part->from + 1)
		return true;
	if (!machine_run(m, part->from, NULL, &x, &wrong))
		return fail(p, at, wrong.what);
	m->undefined = 0;
	/* It is not the word null, and 1 / 0 counts for each record. */
	if (x.kind == KIND_NULL) {
		part->constant = false;
		return true;
	}
	m->n = part->from;
	p->height--;
	if (x.kind == KIND_TEXT)
		x.text = arena_copy(&p->e->kept, x.text);
	if (x.kind == KIND_NUMBER && !x.exact && x.written.at)
		x.written = arena_copy(&p->e->kept, x.written);
	x.json.at = NULL;
	add_constant(p, x);
	part->gives = gives(&x);
	return true;
}

static bool is_one_of(char gives, const char *wanted)
{
	return gives == 'a' || gives == 'z' || strchr(wanted, gives);
}

static bool need(struct parser *p, const struct part *part, char wanted)
{
	switch (wanted) {
	case 'n':
		return is_one_of(part->gives, "nw") || fail(p, part->at, "this is not a number");
	case 't':
		return is_one_of(part->gives, "tw") || fail(p, part->at, "this is not a text");
	case 'w':
		return is_one_of(part->gives, "ntw") || fail(p, part->at, "this is not a time");
	case 'b':
		return is_one_of(part->gives, "b") ||
			fail(p, part->at, "this is not true or false");
	}
	return true;
}

/* Parts of which one is the result. */
static char either(char a, char b)
{
	if (a == 'z' || b == 'z')
		return a == 'z' ? b : a;
	return a == b ? a : 'a';
}

static bool parse(struct parser *p, enum level level, struct part *part);

/* What has no end by itself: parentheses, signs, choices, powers. */
static bool parse_deeper(struct parser *p, enum level level, struct part *part)
{
	if (++p->depth > EXPR_DEPTH)
		return fail(p, p->token.at, "the expression is nested too deeply");
	if (!parse(p, level, part))
		return false;
	p->depth--;
	return true;
}

static bool add_field(struct parser *p, struct part *part, struct slice name)
{
	if (p->setup->each && slice_equal(name, SLICE("_")) && p->token.kind == TOKEN_NAME)
		add_step(p, STEP_EACH, 0, 1);
	else
		add_step(p, STEP_FIELD, fields_need(p->setup->fields, name), 1);
	part->gives = 'a';
	part->constant = false;
	return advance(p);
}

static bool add_value(struct parser *p, struct part *part, struct calc x)
{
	add_constant(p, x);
	part->gives = gives(&x);
	return advance(p);
}

static bool add_number(struct parser *p, struct part *part)
{
	struct calc x = calc_number(p->token.text);

	if (x.kind == KIND_NULL)
		return fail(p, p->token.at, "a number beyond the doubles");
	return add_value(p, part, x);
}

static const struct calc *constant_of(const struct parser *p, const struct part *part)
{
	const struct machine *m = &p->e->machine;

	return &m->constant[m->step[part->from].a];
}

/* `(` is next. The arguments, up to the parenthesis that closes. */
static bool parse_arguments(struct parser *p, struct part arg[], size_t *n, size_t at)
{
	bool more = true;

	*n = 0;
	if (!advance(p))
		return false;
	if (is_next(p, ")"))
		return advance(p);
	while (more) {
		if (*n == FUNCTION_ARGUMENTS)
			return fail(p, p->token.at, "too many arguments");
		if (!parse_deeper(p, CHOICE, &arg[(*n)++]) || !take(p, ",", &more))
			return false;
	}
	return expect(p, ")", "the parenthesis after this is not closed", at);
}

/* field("a name"): a field that cannot be written as a bare name. */
static bool parse_field(struct parser *p, struct part *part)
{
	struct part arg[FUNCTION_ARGUMENTS];
	struct machine *m = &p->e->machine;
	struct slice name;
	size_t n;

	if (!parse_arguments(p, arg, &n, part->at))
		return false;
	if (n != 1 || !arg[0].constant || arg[0].gives != 't')
		return fail(p, part->at, "field takes one text, the field's name");
	name = constant_of(p, &arg[0])->text;
	m->n = part->from;
	p->height--;
	add_step(p, STEP_FIELD, fields_need(p->setup->fields, name), 1);
	part->gives = 'a';
	part->constant = false;
	return true;
}

/* The fields of all steps from this one on may as well be missing: that is what is asked. */
static void spare_fields(struct parser *p, size_t from)
{
	const struct machine *m = &p->e->machine;

	for (size_t i = from; i < m->n; i++)
		if (m->step[i].what == STEP_FIELD)
			fields_note(p->setup->fields, m->step[i].a, FIELD_SPARED);
}

/* The arguments suit the function, as far as that can be told; given are those that are constant. */
static bool check_arguments(struct parser *p, const struct function *f, const struct part arg[],
	size_t n, struct calc given[])
{
	for (size_t i = 0; i < n; i++) {
		bool constant;
		if (!need(p, &arg[i], function_takes(f, i, &constant)))
			return false;
		if (constant && (!arg[i].constant || arg[i].gives == 'z'))
			return fail(p, arg[i].at, "this must be a constant, such as \"1d\"");
		given[i] = arg[i].constant ? *constant_of(p, &arg[i]) : calc_null();
	}
	return true;
}

static bool add_call(
	struct parser *p, const struct function *f, struct part *part, struct part arg[], size_t n)
{
	struct machine *m = &p->e->machine;
	struct call *s = mem_array(1, sizeof *s);
	struct stamp stamp = { .zone = p->setup->zone, .scale = p->setup->scale };
	struct calc given[FUNCTION_ARGUMENTS];
	struct fault wrong;

	MEM_GROW(m->call, m->calls, m->call_cap);
	m->call[m->calls] = s;
	s->stamp[0] = s->stamp[1] = stamp;
	s->arena = &m->arena;
	s->longest = p->setup->longest;
	if (f->nulls && n)
		spare_fields(p, arg[0].from);
	add_step(p, STEP_CALL, m->calls++, 1 - (int)n);
	if (!check_arguments(p, f, arg, n, given))
		return false;
	if (!function_prepare(s, f, given, n, &wrong))
		return fail(p, arg[wrong.at].at, wrong.what);
	part->gives = f->gives;
	for (size_t i = 0; i < n; i++)
		part->constant &= arg[i].constant;
	return fold(p, part, part->at);
}

/* The name is read and `(` is next. */
static bool parse_call(struct parser *p, struct part *part, struct slice name)
{
	const struct function *f = function_find(name);
	struct part arg[FUNCTION_ARGUMENTS];
	size_t n;

	if (slice_equal(name, SLICE("field")))
		return parse_field(p, part);
	if (!f) {
		fail(p, part->at, "there is no such function");
		p->fault->near = function_near(name);
		return false;
	}
	if (!parse_arguments(p, arg, &n, part->at))
		return false;
	if (n < function_least(f))
		return fail(p, part->at, "the function takes more arguments");
	if (n > function_most(f))
		return fail(p, part->at, "the function takes fewer arguments");
	return add_call(p, f, part, arg, n);
}

static bool parse_word(struct parser *p, struct part *part)
{
	struct token word = p->token;
	struct tokens before = p->tokens;

	if (is_next(p, "true") || is_next(p, "false"))
		return add_value(p, part, calc_bool(is_next(p, "true")));
	if (is_next(p, "null"))
		return add_value(p, part, calc_null());
	if (is_next(p, "and") || is_next(p, "or"))
		return fail(p, word.at, "a value is missing before this");
	if (!advance(p))
		return false;
	if (is_next(p, "("))
		return parse_call(p, part, word.text);
	p->tokens = before;
	p->token = word;
	return add_field(p, part, word.text);
}

static bool parse_parenthesis(struct parser *p, struct part *part)
{
	size_t at = p->token.at;

	return advance(p) && parse_deeper(p, CHOICE, part) &&
		expect(p, ")", "the parenthesis is not closed", at);
}

static bool parse_primary(struct parser *p, struct part *part)
{
	switch (p->token.kind) {
	case TOKEN_NUMBER:
		return add_number(p, part);
	case TOKEN_TEXT:
		return add_value(p, part, calc_text(p->token.text));
	case TOKEN_QUOTED_NAME:
		return add_field(p, part, p->token.text);
	case TOKEN_NAME:
		return parse_word(p, part);
	case TOKEN_OPERATOR:
		if (is_next(p, "("))
			return parse_parenthesis(p, part);
		return fail(p, p->token.at, "a value is missing before this");
	case TOKEN_END:
		break;
	}
	return fail(p, p->token.at, "a value is missing here");
}

static bool parse_prefix(struct parser *p, enum level level, struct part *part)
{
	bool minus = is_next(p, "-"), negation = is_next(p, "!") || is_next(p, "not");
	size_t at = p->token.at;

	if (!minus && !negation && !is_next(p, "+"))
		return parse_primary(p, part);
	if (!advance(p) || !parse_deeper(p, negation && level <= NOT ? NOT : SIGN, part) ||
		!need(p, part, negation ? 'b' : 'n'))
		return false;
	part->at = at;
	part->gives = negation ? 'b' : 'n';
	add_step(p, negation ? STEP_NOT : minus ? STEP_NEGATE : STEP_NUMBER, 0, 0);
	return fold(p, part, at);
}

static const struct infix *next_operator(const struct parser *p)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (is_next(p, operators[i].text))
			return &operators[i];
	return NULL;
}

static bool is_word_null(const struct part *part)
{
	return part->gives == 'z' && part->constant;
}

/* == and != look for null where one side is the word. */
static bool add_null_test(
	struct parser *p, const struct infix *o, const struct part *left, const struct part *right)
{
	if (o->what != STEP_EQUAL && o->what != STEP_UNEQUAL)
		return fail(p, is_word_null(right) ? right->at : left->at,
			"null is neither less nor greater; == and != look for it");
	spare_fields(p, left->from);
	if (is_word_null(right)) { /* one step, the last */
		p->e->machine.n--;
		p->height--;
	} else {
		add_step(p, STEP_DROP_BELOW, 0, -1);
	}
	add_step(p, o->what == STEP_EQUAL ? STEP_IS_NULL : STEP_IS_VALUE, 0, 0);
	return true;
}

/* Is it clear of what kind it is? */
static bool is_known(const struct part *part)
{
	return strchr("ntb", part->gives);
}

static bool compare(struct parser *p, const struct infix *o, struct part *left,
	const struct part *right, size_t at)
{
	if (is_known(left) && is_known(right) && left->gives != right->gives)
		return fail(p, at, "this compares values of different kinds");
	if (left->gives == 'b' && right->gives == 'b' && o->what > STEP_UNEQUAL)
		return fail(p, at, "true and false are not ordered");
	if (!is_word_null(left) && !is_word_null(right))
		add_step(p, o->what, 0, -1);
	else if (!add_null_test(p, o, left, right))
		return false;
	left->gives = 'b';
	return true;
}

/* The steps that may leave the right side out come before it. */
static size_t add_shortcut(struct parser *p, const struct infix *o)
{
	switch (o->what) {
	case STEP_AND:
		return add_step(p, STEP_AND_IF, 0, 0);
	case STEP_OR:
		return add_step(p, STEP_OR_IF, 0, 0);
	case STEP_ELSE:
		return add_step(p, STEP_ELSE, 0, -1);
	default:
		return SIZE_MAX;
	}
}

static bool finish(struct parser *p, const struct infix *o, struct part *left,
	const struct part *right, size_t at)
{
	char wanted = o->level == OR || o->level == AND ? 'b' : 'n';

	if (o->level == COMPARISON)
		return compare(p, o, left, right, at);
	if (o->level == ELSE) {
		left->gives = either(left->gives, right->gives);
		return true;
	}
	if (!need(p, left, wanted) || !need(p, right, wanted))
		return false;
	add_step(p, o->what, 0, -1);
	left->gives = wanted;
	return true;
}

/* A sign is allowed after **, and its right side goes on to the right. */
static bool parse_operand(struct parser *p, const struct infix *o, struct part *part)
{
	return o->level == POWER ? parse_deeper(p, SIGN, part) : parse(p, o->level + 1, part);
}

static bool parse_right(struct parser *p, const struct infix *o, struct part *left)
{
	size_t at = p->token.at, shortcut;
	struct part right;

	if (!advance(p))
		return false;
	if (o->level == ELSE)
		spare_fields(p, left->from);
	shortcut = add_shortcut(p, o);
	if (!parse_operand(p, o, &right) || !finish(p, o, left, &right, at))
		return false;
	if (shortcut != SIZE_MAX)
		p->e->machine.step[shortcut].a = (uint32_t)p->e->machine.n;
	left->constant &= right.constant;
	if (o->level == COMPARISON && next_operator(p) && next_operator(p)->level == COMPARISON)
		return fail(p, p->token.at, "comparisons do not chain; say a < b && b < c");
	return fold(p, left, at);
}

/* The condition is read and `?` is next. */
static bool parse_choice(struct parser *p, struct part *part)
{
	struct machine *m = &p->e->machine;
	size_t at = p->token.at, choose, go;
	struct part yes, no;

	if (!need(p, part, 'b') || !advance(p))
		return false;
	choose = add_step(p, STEP_CHOOSE, 0, -1);
	if (!parse_deeper(p, CHOICE, &yes) || !expect(p, ":", "a : is missing after this ?", at))
		return false;
	go = add_step(p, STEP_GO, 0, -1);
	m->step[choose].a = (uint32_t)m->n;
	if (!parse_deeper(p, CHOICE, &no))
		return false;
	m->step[choose].b = m->step[go].a = (uint32_t)m->n;
	part->gives = either(yes.gives, no.gives);
	part->constant &= yes.constant && no.constant;
	return fold(p, part, at);
}

/* Operators of this level and of those that bind more. */
static bool parse(struct parser *p, enum level level, struct part *part)
{
	const struct infix *o;

	*part = (struct part){ .constant = true, .from = p->e->machine.n, .at = p->token.at };
	if (!parse_prefix(p, level, part))
		return false;
	while ((o = next_operator(p)) && o->level >= level)
		if (!parse_right(p, o, part))
			return false;
	return level != CHOICE || !is_next(p, "?") || parse_choice(p, part);
}

static bool compile(struct parser *p)
{
	struct part whole;

	if (p->tokens.source.len > EXPR_MAX)
		return fail(p, EXPR_MAX, "the expression is longer than 65536 bytes");
	if (!advance(p) || !parse(p, CHOICE, &whole))
		return false;
	if (p->token.kind != TOKEN_END)
		return fail(p, p->token.at,
			is_next(p, ")") ? "a parenthesis is closed that was not opened" :
					  "an operator is missing before this");
	p->e->gives = whole.gives;
	return true;
}

struct expr *expr_compile(
	struct slice text, const struct expr_setup *setup, struct expr_fault *fault)
{
	struct expr *e = mem_array(1, sizeof *e);
	struct parser p = { .e = e, .setup = setup, .fault = fault };

	e->longest = setup->longest;
	p.tokens = (struct tokens){ .source = text, .arena = &e->kept };
	if (compile(&p))
		return e;
	expr_free(e);
	return NULL;
}

bool expr_never_holds(const struct expr *e)
{
	return strchr("ntw", e->gives);
}

static void blame(struct rec *r, const struct machine_fault *fault)
{
	const struct slice part = SLICE("a part of the expression");

	if (fault->field == FIELD_NONE && fault->inside)
		rec_refuse_at(r, part, fault->what, 0);
	else if (fault->field == FIELD_NONE)
		rec_blame_at(r, part, fault->what, 0);
	else if (fault->inside)
		rec_refuse(r, fault->field, fault->what);
	else
		rec_blame(r, fault->field, fault->what);
}

bool expr_run(struct expr *e, struct rec *r, uint32_t each, struct calc *result)
{
	struct machine_fault fault;

	e->machine.each = each;
	if (machine_run(&e->machine, 0, r, result, &fault))
		return true;
	blame(r, &fault);
	return false;
}

bool expr_test(struct expr *e, struct rec *r, bool *holds)
{
	struct calc x;

	*holds = false;
	if (!expr_run(e, r, FIELD_NONE, &x))
		return false;
	if (x.kind == KIND_NUMBER || x.kind >= KIND_TEXT) {
		rec_blame(r, x.json.at ? x.field : FIELD_NONE,
			x.json.at ? "is not true or false" : "the expression is not true or false");
		return false;
	}
	*holds = x.kind == KIND_TRUE;
	return true;
}

uint64_t expr_undefined(const struct expr *e)
{
	return e->machine.undefined;
}

bool expr_json(struct expr *e, const struct calc *x, struct rec *r, struct slice *json)
{
	*json = calc_json(&e->machine.arena, x);
	if (json->len > e->longest)
		rec_blame(r, FIELD_NONE, CALL_TOO_LONG);
	return json->len <= e->longest;
}

void expr_free(struct expr *e)
{
	machine_free(&e->machine);
	arena_free(&e->kept);
	free(e);
}
