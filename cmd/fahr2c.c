/* fahr2c - convert Fahrenheit to Celsius in the named fields */
#include "base/die.h"
#include "number/affine.h"
#include "program/filter.h"

static struct names fields;
static bool reverse, difference;
static struct whole digits;
static uint64_t converted, overflows;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &fields, "convert these fields"),
	OPT('r', "reverse", NULL, &reverse, "convert Celsius to Fahrenheit"),
	OPT(0, "difference", NULL, &difference, "convert differences: no offset of 32 degrees"),
	OPT(0, "digits", "N", &digits, "round to N decimals"),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static struct affine scale;

static void prepare(void)
{
	if (!fields.n)
		usage("which fields?  -f FIELDS is needed");
	if (digits.given && (digits.n < 0 || digits.n > AFFINE_DIGITS))
		usage("--digits must be from 0 to %d", AFFINE_DIGITS);
	scale = reverse ? (struct affine){ 9, 160, 5 } : (struct affine){ 5, -160, 9 };
	if (difference)
		scale.add = 0;
}

static void convert(struct rec *r, uint32_t field)
{
	char text[NUM_MAX];
	struct slice fahrenheit;
	size_t len;

	if (!rec_number(r, field, &fahrenheit))
		return;
	len = affine_print(text, fahrenheit, &scale, digits.given ? (int)digits.n : -1);
	converted += len > 0;
	overflows += !len;
	rec_set(r, field, len ? (struct slice){ text, len } : SLICE("null"));
}

static void convert_fields(struct rec *r)
{
	struct picks picks = rec_pick(r, &fields);

	for (size_t i = 0; i < picks.n; i++)
		convert(r, picks.at[i]);
	emit(r);
}

static const struct count counts[] = {
	{ "converted", &converted },
	{ "overflows", &overflows },
	{ 0 },
};

static const struct filter fahr2c = {
	.program = { "fahr2c", "convert Fahrenheit to Celsius in the named fields", "[file ...]",
		options },
	.ready = prepare,
	.record = convert_fields,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&fahr2c, argc, argv);
}
