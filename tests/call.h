/* call: for unit tests of functions, calls as they are written in expressions
 *
 * The arguments are JSON with ' for ", and so is the result: "substr('abc',2)" gives "'bc'". Each value
 * is one from a record, with its spelling. To be included after cmocka.h. */
#pragma once

#include "base/buf.h"
#include "expr/function.h"

enum { CALL_ARGUMENTS = 8 };

struct call {
	struct site site;
	struct arena arena;
	struct buf text, result;
	struct calc arg[CALL_ARGUMENTS];
	size_t n;
};

static inline struct calc call_value(struct call *c, struct slice json, enum kind kind)
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
static inline void call_read(struct call *c, const char *p)
{
	struct json_fault fault;
	enum kind kind;

	for (c->n = 0; *p != ')'; p += *p == ',') {
		const char *end = json_value(p, 1, &kind, &fault);
		if (!end)
			fail_msg("%s: %s", c->text.at, fault.what);
		c->arg[c->n++] = call_value(c, (struct slice){ p, (size_t)(end - p) }, kind);
		p = end;
	}
}

static inline void call_free(struct call *c)
{
	function_free(&c->site);
	arena_free(&c->arena);
	buf_free(&c->text);
	buf_free(&c->result);
}

static inline void call_take(struct call *c, const char *text)
{
	c->text.len = 0;
	buf_add(&c->text, slice_of(text));
	buf_add(&c->text, SLICE("\n\0\0\0\0\0\0\0"));
	for (size_t i = 0; i < c->text.len; i++)
		if (c->text.at[i] == '\'')
			c->text.at[i] = '"';
	call_read(c, strchr(c->text.at, '(') + 1);
}

static inline const char *call_show(struct call *c, struct slice result)
{
	c->result.len = 0;
	buf_add(&c->result, result);
	buf_byte(&c->result, 0);
	for (size_t i = 0; i < c->result.len; i++)
		if (c->result.at[i] == '"')
			c->result.at[i] = '\'';
	return c->result.at;
}

static inline const char *call_fault(struct call *c, const char *when, struct fault fault)
{
	c->result.len = 0;
	buf_printf(&c->result, "%s %zu: %s", when, fault.at, fault.what);
	return c->result.at;
}

/* Prepares a call: of its constants those that have to be, or all. NULL, or what is wrong:
 * "refused 1: an empty duration". */
static inline const char *call_prepare(
	struct call *c, const char *text, bool all, struct zone *zone)
{
	struct calc given[CALL_ARGUMENTS];
	struct slice name = { text, strcspn(text, "(") };
	const struct function *f = function_find(name);
	struct fault fault;

	*c = (struct call){ 0 };
	c->site = (struct site){ .stamp = { { .zone = zone }, { .zone = zone } } };
	c->site.arena = &c->arena;
	call_take(c, text);
	if (!f)
		fail_msg("%s: no such function", text);
	for (size_t i = 0; i < c->n; i++) {
		bool constant;
		function_takes(f, i, &constant);
		given[i] = all || constant ? c->arg[i] : calc_null();
	}
	return function_prepare(&c->site, f, given, c->n, &fault) ? NULL :
								    call_fault(c, "refused", fault);
}

/* The result with the arguments at hand, or what is wrong: "1: a negative length". Lives until the
 * next. */
static inline const char *call_run(struct call *c)
{
	struct calc result = calc_null();
	struct fault fault;

	for (size_t i = 0; i < c->n; i++)
		if (c->arg[i].kind == KIND_NULL && !c->site.function->nulls)
			return "null";
	if (!c->site.function->call(&c->site, c->arg, &result, &fault))
		return call_fault(c, "fault", fault);
	return call_show(c, calc_json(&c->arena, &result));
}

static inline void assert_call(const char *text, const char *expected, struct zone *zone)
{
	struct call c;
	const char *result = call_prepare(&c, text, false, zone);

	if (!result)
		result = call_run(&c);
	if (strcmp(result, expected) != 0)
		fail_msg("%s: %s, not %s", text, result, expected);
	call_free(&c);
}

/* All arguments are constants, one of them wrong. */
static inline void assert_refused(const char *text, const char *expected, struct zone *zone)
{
	struct call c;
	const char *result = call_prepare(&c, text, true, zone);

	if (!result || strcmp(result, expected) != 0)
		fail_msg("%s: %s, not %s", text, result ? result : "taken", expected);
	call_free(&c);
}
