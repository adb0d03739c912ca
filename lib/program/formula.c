#include "program/formula.h"

#include "base/die.h"
#include "base/utf8.h"
#include "program/filter.h"
#include "program/when.h"

struct expr *formula_compile(struct slice whole, struct slice part, bool each)
{
	struct expr_setup setup = { filter_fields(), when_zone(), when_scale(), each,
		filter_max_line() };
	struct expr_fault fault;
	size_t good = utf8_length(part), before = (size_t)(part.at - whole.at);
	struct expr *e;

	if (good < part.len)
		usage_at(whole, before + good, "the expression is not UTF-8");
	e = expr_compile(part, &setup, &fault);
	if (!e && fault.near)
		usage_at(whole, before + fault.at, "%s; did you mean %s?", fault.what, fault.near);
	if (!e)
		usage_at(whole, before + fault.at, "%s", fault.what);
	return e;
}
