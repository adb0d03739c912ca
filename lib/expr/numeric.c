/* Roots, logarithms and exponentials are doubles, those of the nearest double of their argument; all else
 * is exact where it can be. What chooses among its arguments gives back the one it has chosen, as it is
 * spelled in the record. */
#include "expr/numeric.h"

#include <math.h>

#include "expr/calc.h"
#include "number/num.h"

static bool wrong(struct fault *fault, size_t argument, const char *what)
{
	*fault = (struct fault){ what, argument };
	return false;
}

static int sign_of(const struct calc *x)
{
	const struct calc zero = calc_integer(0);
	int order = calc_compare(x, &zero);

	return (order > 0) - (order < 0);
}

static bool call_abs(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)fault;
	*result = sign_of(arg) < 0 ? calc_negate(s->arena, arg) : *arg;
	return true;
}

/* The first of the smallest with -1, of the largest with 1. */
static const struct calc *extreme(const struct calc *arg, size_t n, int side)
{
	const struct calc *best = arg;

	for (size_t i = 1; i < n; i++)
		if (calc_compare(&arg[i], best) * side > 0)
			best = &arg[i];
	return best;
}

static bool call_min(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)fault;
	*result = *extreme(arg, s->n, -1);
	return true;
}

static bool call_max(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)fault;
	*result = *extreme(arg, s->n, 1);
	return true;
}

static bool call_floor(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_floor(arg);
	return true;
}

static bool call_ceil(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_ceil(arg);
	return true;
}

enum { MANY = 1000 }; /* more digits than any number has on either side of the point */

/* An argument that says how many digits; beyond `MANY` all are alike. */
static bool read_digits(const struct calc *x, int64_t *digits)
{
	const struct calc most = calc_integer(MANY), least = calc_integer(-MANY);

	if (!calc_is_whole(x))
		return false;
	if (calc_compare(x, &most) > 0)
		*digits = MANY;
	else if (calc_compare(x, &least) < 0)
		*digits = -MANY;
	else
		*digits = (int64_t)calc_double(x);
	return true;
}

static bool call_round(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t digits = 0;

	if (s->n > 1 && !read_digits(&arg[1], &digits))
		return wrong(fault, 1, "not a whole number of digits");
	*result = calc_round(arg, digits);
	return true;
}

static bool call_fixed(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t digits;

	if (!read_digits(&arg[1], &digits) || digits < 0 || digits > CALC_FIXED)
		return wrong(fault, 1, "not a number of digits from 0 to 99");
	*result = calc_text(calc_fixed(s->arena, arg, digits));
	return true;
}

static bool call_sqrt(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_real(sqrt(calc_double(arg)));
	return true;
}

static bool call_exp(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_real(exp(calc_double(arg)));
	return true;
}

static bool call_log(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_real(log(calc_double(arg)));
	return true;
}

static bool is_power_of_ten(const struct calc *x, int64_t *exponent)
{
	struct decimal d = x->decimal;

	if (!x->exact || d.m <= 0)
		return false;
	for (; d.m % 10 == 0; d.e++)
		d.m /= 10;
	*exponent = d.e;
	return d.m == 1;
}

static bool call_log10(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	int64_t exponent;

	(void)s;
	(void)fault;
	*result = is_power_of_ten(arg, &exponent) ? calc_integer(exponent) :
						    calc_real(log10(calc_double(arg)));
	return true;
}

static bool call_pow(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_power(&arg[0], &arg[1]);
	return true;
}

static bool call_sign(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	*result = calc_integer(sign_of(arg));
	return true;
}

static bool call_clamp(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	const struct calc *x = &arg[0], *least = &arg[1], *most = &arg[2];

	(void)s;
	if (calc_compare(least, most) > 0)
		return wrong(fault, 1, "above the upper limit");
	if (calc_compare(x, least) < 0)
		x = least;
	else if (calc_compare(x, most) > 0)
		x = most;
	*result = *x;
	return true;
}

static bool call_number(
	struct call *s, const struct calc *arg, struct calc *result, struct fault *fault)
{
	(void)s;
	(void)fault;
	if (arg->kind == KIND_NUMBER)
		*result = *arg;
	else if (arg->kind == KIND_TEXT && num_valid(arg->text))
		*result = calc_number(arg->text);
	else
		*result = calc_null();
	return true;
}

const struct function numeric_table[] = {
	{ .name = "abs", .takes = "n", .gives = 'n', .call = call_abs },
	{ .name = "min", .takes = "n+", .gives = 'n', .call = call_min },
	{ .name = "max", .takes = "n+", .gives = 'n', .call = call_max },
	{ .name = "clamp", .takes = "nnn", .gives = 'n', .call = call_clamp },
	{ .name = "sign", .takes = "n", .gives = 'n', .call = call_sign },
	{ .name = "floor", .takes = "n", .gives = 'n', .call = call_floor },
	{ .name = "ceil", .takes = "n", .gives = 'n', .call = call_ceil },
	{ .name = "round", .takes = "n?n", .gives = 'n', .call = call_round },
	{ .name = "fixed", .takes = "nn", .gives = 't', .call = call_fixed },
	{ .name = "sqrt", .takes = "n", .gives = 'n', .call = call_sqrt },
	{ .name = "pow", .takes = "nn", .gives = 'n', .call = call_pow },
	{ .name = "exp", .takes = "n", .gives = 'n', .call = call_exp },
	{ .name = "log", .takes = "n", .gives = 'n', .call = call_log },
	{ .name = "log10", .takes = "n", .gives = 'n', .call = call_log10 },
	{ .name = "number", .takes = "a", .gives = 'n', .call = call_number },
	{ .name = NULL },
};
