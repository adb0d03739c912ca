/* keep - keep the records for which an expression holds */
#include <inttypes.h>
#include <stdio.h>

#include "base/die.h"
#include "program/filter.h"
#include "program/formula.h"
#include "program/when.h"

static struct side rest = { .option = "rest" };
static bool tally;
static const char *condition;
static struct expr *expression;
static uint64_t kept, undefined;

static const struct opt options[] = {
	OPT(0, "rest", "FILE", &rest.path, "write the other records to FILE"),
	OPT(0, "tally", NULL, &tally, "print how many there are, not the records"),
	OPT_INCLUDE(zone_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static int take_expression(struct operands o)
{
	if (!o.n)
		usage("an expression is needed, such as 'temp > 30'");
	condition = o.at[0];
	return 1;
}

static void prepare(void)
{
	struct slice text = slice_of(condition);

	when_ready();
	expression = formula_compile(text, text, false);
	if (expr_never_holds(expression))
		usage_at(text, 0, "this is a value, not something that holds or does not");
	output_side(&rest);
}

static void keep(struct rec *r)
{
	bool holds;

	if (!expr_test(expression, r, &holds))
		return;
	kept += holds;
	if (!holds && rest.path)
		emit_aside(r, &rest);
	else if (holds && !tally)
		emit(r);
}

static void finish(void)
{
	char number[32];
	int len = snprintf(number, sizeof number, "%" PRIu64 "\n", kept);

	undefined = expr_undefined(expression);
	if (tally)
		out_add(output_main(), (struct slice){ number, (size_t)len });
}

static const struct count counts[] = {
	{ "kept", &kept },
	{ "undefined", &undefined },
	{ 0 },
};

static const struct filter keep_filter = {
	.program = { "keep", "keep the records for which an expression holds", "EXPR [file ...]",
		options },
	.operands = take_expression,
	.ready = prepare,
	.record = keep,
	.end = finish,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&keep_filter, argc, argv);
}
