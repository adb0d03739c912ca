/* One loop over a flat array of steps. What nearly every expression does, reading a field, comparing
 * and calculating, stands in the loop; kinds are looked at first, so a fault never shows later than the
 * step that it belongs to. */
#include "expr/machine.h"

#include <stdlib.h>

#include "base/arena.h"
#include "expr/function.h"
#include "record/json.h"

static bool fail(struct machine_fault *fault, const struct calc *about, const char *what)
{
	*fault = (struct machine_fault){ what, about->json.at ? about->field : FIELD_NONE, false };
	return false;
}

static bool is_bool(const struct calc *x)
{
	return x->kind == KIND_TRUE || x->kind == KIND_FALSE;
}

static bool is_null(const struct calc *x)
{
	return x->kind == KIND_NULL;
}

static void read_field(struct machine *m, const struct rec *r, uint32_t field, struct calc *x)
{
	struct value v = rec_value(r, field);
	struct slice json = { v.at, v.len };

	if (v.kind == KIND_NUMBER) {
		if (!calc_quick_number(json, x)) {
			*x = calc_number(json);
			m->undefined += is_null(x);
		}
	} else if (v.kind == KIND_TEXT) {
		*x = calc_text(json_meaning(&m->arena, json));
	} else {
		*x = (struct calc){ .kind = v.kind == KIND_MISSING ? KIND_NULL : v.kind };
	}
	x->json = json;
	x->field = field;
}

static bool need_number(const struct calc *x, struct machine_fault *fault)
{
	return x->kind == KIND_NUMBER || is_null(x) || fail(fault, x, "is not a number");
}

static bool need_bool(const struct calc *x, struct machine_fault *fault)
{
	return is_bool(x) || is_null(x) || fail(fault, x, "is not true or false");
}

/* The quick one knows small decimals only, and says so. */
struct arithmetic {
	bool (*quick)(struct calc *a, const struct calc *b);
	struct calc (*operate)(const struct calc *a, const struct calc *b);
};

static const struct arithmetic arithmetic[] = {
	[STEP_ADD] = { calc_quick_add, calc_add },
	[STEP_SUBTRACT] = { calc_quick_subtract, calc_subtract },
	[STEP_MULTIPLY] = { calc_quick_multiply, calc_multiply },
	[STEP_DIVIDE] = { NULL, calc_divide },
	[STEP_REMAINDER] = { NULL, calc_remainder },
	[STEP_POWER] = { NULL, calc_power },
};

static bool calculate(
	struct machine *m, struct calc *a, enum step_what what, struct machine_fault *fault)
{
	const struct arithmetic *by = &arithmetic[what];
	struct calc *b = a + 1;

	if (by->quick && by->quick(a, b))
		return true;
	if (!need_number(a, fault) || !need_number(b, fault))
		return false;
	if (is_null(a) || is_null(b)) {
		*a = calc_null();
		return true;
	}
	*a = by->operate(a, b);
	m->undefined += is_null(a);
	return true;
}

/* What is done to one value. */
static bool change(
	struct machine *m, struct calc *x, enum step_what what, struct machine_fault *fault)
{
	bool null = is_null(x);

	switch (what) {
	case STEP_IS_NULL:
		*x = calc_bool(null);
		return true;
	case STEP_IS_VALUE:
		*x = calc_bool(!null);
		return true;
	case STEP_NOT:
		if (!need_bool(x, fault))
			return false;
		*x = null ? calc_null() : calc_bool(x->kind == KIND_FALSE);
		return true;
	default:
		if (!need_number(x, fault))
			return false;
		if (null)
			*x = calc_null();
		else if (what == STEP_NEGATE)
			*x = calc_negate(&m->arena, x);
		return true;
	}
}

/* What is said of a field that is compared with another kind of value. */
static const char *mismatch(const struct calc *field, const struct calc *other)
{
	enum { NUMBER, TEXT, TRUTH };
	static const char *const what[][3] = {
		[NUMBER] = { "", "is a number, compared with a text",
			"is a number, compared with true or false" },
		[TEXT] = { "is a text, compared with a number", "",
			"is a text, compared with true or false" },
		[TRUTH] = { "is true or false, compared with a number",
			"is true or false, compared with a text", "" },
	};
	int x = field->kind == KIND_NUMBER ? NUMBER : field->kind == KIND_TEXT ? TEXT : TRUTH;
	int y = other->kind == KIND_NUMBER ? NUMBER : other->kind == KIND_TEXT ? TEXT : TRUTH;

	return what[x][y];
}

/* The one that is named is a field, if one of them is. */
static bool mismatched(const struct calc *a, const struct calc *b, struct machine_fault *fault)
{
	if (a->kind >= KIND_OBJECT || b->kind >= KIND_OBJECT)
		return fail(fault, a->kind >= KIND_OBJECT ? a : b,
			"is a nested value, which cannot be compared");
	return a->json.at || !b->json.at ? fail(fault, a, mismatch(a, b)) :
					   fail(fault, b, mismatch(b, a));
}

/* order: below, at or above 0; truth values have none but are equal or not. */
static bool order_of(
	const struct calc *a, const struct calc *b, int *order, struct machine_fault *fault)
{
	if (is_bool(a) && is_bool(b))
		*order = a->kind != b->kind;
	else if (a->kind == b->kind && a->kind < KIND_OBJECT)
		*order = calc_compare(a, b);
	else
		return mismatched(a, b, fault);
	return true;
}

static bool holds(enum step_what what, int order)
{
	switch (what) {
	case STEP_EQUAL:
		return order == 0;
	case STEP_UNEQUAL:
		return order != 0;
	case STEP_LESS:
		return order < 0;
	case STEP_LESS_EQUAL:
		return order <= 0;
	case STEP_GREATER:
		return order > 0;
	default:
		return order >= 0;
	}
}

static bool compare(struct calc *a, enum step_what what, struct machine_fault *fault)
{
	const struct calc *b = a + 1;
	int order;

	if (is_null(a) || is_null(b)) {
		*a = calc_null();
		return true;
	}
	if (!order_of(a, b, &order, fault))
		return false;
	if (is_bool(a) && what > STEP_UNEQUAL)
		return fail(
			fault, a->json.at ? a : b, "is true or false, of which none is greater");
	*a = calc_bool(holds(what, order));
	return true;
}

/* One value decides alone, of which a is not one here; else both must be known. */
static void join(struct calc *a, enum kind decides)
{
	const struct calc *b = a + 1;
	bool right = b->kind == decides || is_null(b);

	*a = (struct calc){ .kind = right ? b->kind : a->kind };
}

static bool suits(
	const struct function *f, size_t i, const struct calc *x, struct machine_fault *fault)
{
	bool constant;

	switch (function_takes(f, i, &constant)) {
	case 'n':
		return x->kind == KIND_NUMBER || fail(fault, x, "is not a number");
	case 't':
		return x->kind == KIND_TEXT || fail(fault, x, "is not a text");
	case 'w':
		return x->kind == KIND_NUMBER || x->kind == KIND_TEXT ||
			fail(fault, x, "is not a time");
	}
	return true;
}

static bool is_short(const struct call *s, const struct calc *x, struct fault *fault)
{
	return x->kind != KIND_TEXT || x->text.len <= s->longest ||
		fault_set(fault, CALL_TOO_LONG, 0);
}

/* The result takes the place of the arguments, the last values. */
static bool call(struct machine *m, struct call *s, struct calc **top, struct machine_fault *fault)
{
	struct calc *arg = *top -= s->n - 1;
	const struct function *f = s->function;
	struct calc result = calc_null();
	struct fault wrong;
	bool nulls = false;

	for (size_t i = 0; i < s->n; i++) {
		nulls |= is_null(&arg[i]);
		if (!is_null(&arg[i]) && !suits(f, i, &arg[i], fault))
			return false;
	}
	if (nulls && !f->nulls) {
		*arg = calc_null();
		return true;
	}
	if (!f->call(s, arg, &result, &wrong) || !is_short(s, &result, &wrong)) {
		fail(fault, &arg[wrong.at], wrong.what);
		fault->inside = true;
		return false;
	}
	m->undefined += is_null(&result) && f->gives == 'n';
	*arg = result;
	return true;
}

bool machine_run(struct machine *m, size_t from, const struct rec *r, struct calc *result,
	struct machine_fault *fault)
{
	struct calc *top = m->stack - 1; /* the last value */
	bool good = true;

	arena_reset(&m->arena);
	for (size_t i = from; good && i < m->n; i++) {
		const struct step *s = &m->step[i];
		switch ((enum step_what)s->what) {
		case STEP_FIELD:
		case STEP_EACH:
			read_field(m, r, s->what == STEP_EACH ? m->each : s->a, ++top);
			break;
		case STEP_CONSTANT:
			*++top = m->constant[s->a];
			break;
		case STEP_CALL:
			good = call(m, m->call[s->a], &top, fault);
			break;
		case STEP_ADD:
		case STEP_SUBTRACT:
		case STEP_MULTIPLY:
		case STEP_DIVIDE:
		case STEP_REMAINDER:
		case STEP_POWER:
			good = calculate(m, --top, (enum step_what)s->what, fault);
			break;
		case STEP_NEGATE:
		case STEP_NUMBER:
		case STEP_IS_NULL:
		case STEP_IS_VALUE:
		case STEP_NOT:
			good = change(m, top, (enum step_what)s->what, fault);
			break;
		case STEP_EQUAL:
		case STEP_UNEQUAL:
		case STEP_LESS:
		case STEP_LESS_EQUAL:
		case STEP_GREATER:
		case STEP_GREATER_EQUAL:
			good = compare(--top, (enum step_what)s->what, fault);
			break;
		case STEP_AND_IF:
		case STEP_OR_IF:
			good = need_bool(top, fault);
			if (top->kind == (s->what == STEP_AND_IF ? KIND_FALSE : KIND_TRUE))
				i = s->a - 1;
			break;
		case STEP_AND:
		case STEP_OR:
			good = need_bool(top--, fault);
			join(top, s->what == STEP_AND ? KIND_FALSE : KIND_TRUE);
			break;
		case STEP_ELSE:
			if (!is_null(top))
				i = s->a - 1;
			else
				top--;
			break;
		case STEP_CHOOSE:
			good = need_bool(top, fault);
			if (top->kind != KIND_TRUE)
				i = (is_null(top) ? s->b : s->a) - 1;
			if (is_null(top))
				*top = calc_null();
			else
				top--;
			break;
		case STEP_GO:
			i = s->a - 1;
			break;
		case STEP_DROP_BELOW:
			top--;
			*top = top[1];
			break;
		}
	}
	if (good)
		*result = *top;
	return good;
}

void machine_free(struct machine *m)
{
	for (size_t i = 0; i < m->calls; i++) {
		function_free(m->call[i]);
		free(m->call[i]);
	}
	free(m->call);
	free(m->step);
	free(m->constant);
	free(m->stack);
	arena_free(&m->arena);
	*m = (struct machine){ 0 };
}
