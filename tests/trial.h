/* trial: for unit tests of functions, calls as they are written in expressions
 *
 * The arguments are JSON with ' for ", and so is the result: "substr('abc',2)" gives "'bc'". Each value
 * is one from a record, with its spelling. To be included after cmocka.h. */
#pragma once

#include "base/buf.h"
#include "expr/function.h"

enum { TRIAL_ARGUMENTS = 8 };

struct trial {
	struct call call;
	struct arena arena;
	struct buf text, result;
	struct calc arg[TRIAL_ARGUMENTS];
	size_t n;
};

static inline struct calc trial_value(struct trial *c, struct slice json, enum kind kind)
{
	struct calc x = { .kind = kind };

	if (kind == KIND_NUMBER)
		x = calc_number(json);
	if (kind == KIND_TEXT)
		x.text = json_meaning(&c->arena, json);
	x.json = json;
	return x;
}

/* The arguments, which begin at p, up to the parenthesis. */
static inline void trial_read(struct trial *c, const char *p)
{
	struct json_fault fault;
	enum kind kind;

	for (c->n = 0; *p != ')'; p += *p == ',') {
		const char *end = json_value(p, 1, &kind, &fault);
		if (!end)
			fail_msg("%s: %s", c->text.at, fault.what);
		c->arg[c->n++] = trial_value(c, (struct slice){ p, (size_t)(end - p) }, kind);
		p = end;
	}
}

static inline void trial_free(struct trial *c)
{
	function_free(&c->call);
	arena_free(&c->arena);
	buf_free(&c->text);
	buf_free(&c->result);
}

static inline void trial_take(struct trial *c, const char *text)
{
	c->text.len = 0;
	buf_add(&c->text, slice_of(text));
	buf_add(&c->text, SLICE("\n\0\0\0\0\0\0\0"));
	for (size_t i = 0; i < c->text.len; i++)
		if (c->text.at[i] == '\'')
			c->text.at[i] = '"';
	trial_read(c, strchr(c->text.at, '(') + 1);
}

static inline const char *trial_show(struct trial *c, struct slice result)
{
	c->result.len = 0;
	buf_add(&c->result, result);
	buf_byte(&c->result, 0);
	for (size_t i = 0; i < c->result.len; i++)
		if (c->result.at[i] == '"')
			c->result.at[i] = '\'';
	return c->result.at;
}

static inline const char *trial_fault(struct trial *c, const char *when, struct fault fault)
{
	c->result.len = 0;
	buf_printf(&c->result, "%s %zu: %s", when, fault.at, fault.what);
	return c->result.at;
}

/* Prepares a call: of its constants those that have to be, or all. NULL, or what is wrong:
 * "refused 1: an empty duration". */
static inline const char *trial_prepare(
	struct trial *c, const char *text, bool all, struct zone *zone)
{
	struct calc given[TRIAL_ARGUMENTS];
	struct slice name = { text, strcspn(text, "(") };
	const struct function *f = function_find(name);
	struct fault fault;

	*c = (struct trial){ 0 };
	c->call = (struct call){ .stamp = { { .zone = zone }, { .zone = zone } },
		.longest = SIZE_MAX };
	c->call.arena = &c->arena;
	trial_take(c, text);
	if (!f)
		fail_msg("%s: no such function", text);
	for (size_t i = 0; i < c->n; i++) {
		bool constant;
		function_takes(f, i, &constant);
		given[i] = all || constant ? c->arg[i] : calc_null();
	}
	return function_prepare(&c->call, f, given, c->n, &fault) ?
		NULL :
		trial_fault(c, "refused", fault);
}

/* The result with the arguments at hand, or what is wrong: "1: a negative length". Lives until the
 * next. */
static inline const char *trial_run(struct trial *c)
{
	struct calc result = calc_null();
	struct fault fault;

	for (size_t i = 0; i < c->n; i++)
		if (c->arg[i].kind == KIND_NULL && !c->call.function->nulls)
			return "null";
	if (!c->call.function->call(&c->call, c->arg, &result, &fault))
		return trial_fault(c, "fault", fault);
	return trial_show(c, calc_json(&c->arena, &result));
}

static inline void assert_call(const char *text, const char *expected, struct zone *zone)
{
	struct trial c;
	const char *result = trial_prepare(&c, text, false, zone);

	if (!result)
		result = trial_run(&c);
	if (strcmp(result, expected) != 0)
		fail_msg("%s: %s, not %s", text, result, expected);
	trial_free(&c);
}

/* All arguments are constants, one of them wrong. */
static inline void assert_refused(const char *text, const char *expected, struct zone *zone)
{
	struct trial c;
	const char *result = trial_prepare(&c, text, true, zone);

	if (!result || strcmp(result, expected) != 0)
		fail_msg("%s: %s, not %s", text, result ? result : "taken", expected);
	trial_free(&c);
}
