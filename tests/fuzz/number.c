/* number: any bytes as a number, beside a grammar of its own and strtod; the first eight bytes as a
 * double, printed and read again */
#include <ctype.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "number/affine.h"
#include "number/num.h"
#include "number/real.h"
#include "number/wide.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(claim) ((claim) ? (void)0 : fail(#claim))

static _Noreturn void fail(const char *claim)
{
	fprintf(stderr, "not true: %s\n", claim);
	abort();
}

enum state { BEGIN, MINUS, ZERO, WHOLE, POINT, FRACTION, MARK, SIGN, EXPONENT, WRONG };

static enum state next_state(enum state state, char c)
{
	bool digit = c >= '0' && c <= '9', mark = c == 'e' || c == 'E';

	switch (state) {
	case BEGIN:
	case MINUS:
		if (c == '-' && state == BEGIN)
			return MINUS;
		return c == '0' ? ZERO : digit ? WHOLE : WRONG;
	case ZERO:
		return c == '.' ? POINT : mark ? MARK : WRONG;
	case WHOLE:
		return digit ? WHOLE : c == '.' ? POINT : mark ? MARK : WRONG;
	case POINT:
		return digit ? FRACTION : WRONG;
	case FRACTION:
		return digit ? FRACTION : mark ? MARK : WRONG;
	case MARK:
		if (c == '+' || c == '-')
			return SIGN;
		return digit ? EXPONENT : WRONG;
	case SIGN:
	case EXPONENT:
		return digit ? EXPONENT : WRONG;
	default:
		return WRONG;
	}
}

static bool in_grammar(struct slice s)
{
	enum state state = BEGIN;

	for (size_t i = 0; i < s.len; i++)
		state = next_state(state, s.at[i]);
	return state == ZERO || state == WHOLE || state == FRACTION || state == EXPONENT;
}

/* The digits of a number without zeros around them, and the exponent of the last. */
struct value {
	char *digits;
	size_t n;
	int64_t exponent;
	bool negative;
};

static struct value value_of(const char *text)
{
	const long long far = 1000000000000;
	struct value v = { .digits = malloc(strlen(text) + 1), .negative = text[0] == '-' };
	bool fraction = false;
	long long exponent = 0;

	for (; *text && *text != 'e' && *text != 'E'; text++) {
		if (*text == '.')
			fraction = true;
		if (!isdigit((unsigned char)*text))
			continue;
		v.exponent -= fraction;
		if (v.n || *text != '0')
			v.digits[v.n++] = *text;
	}
	if (*text)
		exponent = strtoll(text + 1, NULL, 10);
	v.exponent += exponent < -far ? -far : exponent > far ? far : exponent;
	while (v.n && v.digits[v.n - 1] == '0') {
		v.n--;
		v.exponent++;
	}
	if (!v.n) {
		v.exponent = 0;
		v.negative = false;
	}
	return v;
}

static bool same_value(const char *a, const char *b)
{
	struct value x = value_of(a), y = value_of(b);
	bool same = x.n == y.n && !memcmp(x.digits, y.digits, x.n) && x.exponent == y.exponent &&
		x.negative == y.negative;

	free(x.digits);
	free(y.digits);
	return same;
}

static void check_print(double x)
{
	char text[NUM_MAX + 1];
	size_t n = real_print(text, x);

	text[n] = 0;
	MUST((n == 0) == !isfinite(x));
	if (n) {
		MUST(num_valid((struct slice){ text, n }));
		MUST(strtod(text, NULL) == x);
		MUST(real_of((struct slice){ text, n }) == x);
	}
}

static void check_decimal(struct slice s, const char *text, double x)
{
	char printed[NUM_MAX + 1], plain[NUM_MAX];
	struct decimal d, padded;
	bool done = num_decimal(s, &d);

	if (s.len < NUM_PAD) {
		char room[NUM_PAD];
		memset(room, '7', sizeof room);
		memcpy(room, s.at, s.len);
		MUST(num_decimal_padded((struct slice){ room, s.len }, &padded) == done);
		MUST(!done || (padded.m == d.m && padded.e == d.e));
	}
	if (!done)
		return;
	MUST(d.m != INT64_MIN);
	MUST(real_nearest(d) == x);
	snprintf(plain, sizeof plain, "%llde%lld", (long long)d.m, (long long)d.e);
	/* Nothing but 0 may lose its exponent. */
	MUST(same_value(plain, text));
	printed[num_print_decimal(printed, d)] = 0;
	MUST(num_valid(slice_of(printed)));
	MUST(same_value(printed, text));
}

static void check_wide(struct slice s, double x)
{
	static const struct affine same = { 1, 0, 1 };
	char out[NUM_MAX];
	struct wide w = { 0 };
	size_t n;

	if (wide_parse(&w, s))
		MUST(wide_double(&w, 1) == x);
	else
		MUST(isinf(x));
	wide_free(&w);
	n = affine_print(out, s, &same, -1);
	MUST((n == 0) == !isfinite(x));
	if (n)
		MUST(real_of((struct slice){ out, n }) == x);
}

static void check_text(struct slice s)
{
	bool valid = num_valid(s);
	char *text;
	double x;

	MUST(valid == in_grammar(s));
	if (!valid)
		return;
	text = malloc(s.len + 1);
	memcpy(text, s.at, s.len);
	text[s.len] = 0;
	x = real_of(s);
	MUST(x == strtod(text, NULL));
	check_decimal(s, text, x);
	check_wide(s, x);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *copy = malloc(size + !size);
	double x;

	memcpy(copy, data, size);
	check_text((struct slice){ copy, size });
	if (size >= sizeof x) {
		memcpy(&x, data, sizeof x);
		check_print(x);
	}
	free(copy);
	return 0;
}
