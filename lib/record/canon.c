#include "record/canon.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "number/digits.h"
#include "number/num.h"
#include "number/real.h"
#include "record/json.h"

enum { CERTAIN = 18 }; /* digits that fit in any case */

/* Digits alone, without a zero in front, or such a number with a point that does not end in 0. */
static bool is_canonical(struct slice number)
{
	const char *p = number.at, *end = p + number.len;
	bool point = false;

	if (number.len > CERTAIN || slice_starts(number, SLICE("0.000")) || *p == '-')
		return false;
	for (; p < end; p++) {
		if (*p == '.')
			point = true;
		else if (!is_digit(*p))
			return false;
	}
	return !point || end[-1] != '0';
}

static struct slice canon_number(struct slice number, struct buf *b)
{
	struct decimal d;

	if (is_canonical(number))
		return number;
	if (num_decimal(number, &d))
		b->len += num_print_decimal(buf_room(b, NUM_MAX), d);
	else
		digits_print(b, number);
	return buf_slice(b);
}

struct slice canon_of(struct value v, struct buf *scratch)
{
	struct slice json = { v.at, v.len };
	struct buf meant = { 0 };

	scratch->len = 0;
	if (v.kind <= KIND_NULL)
		return SLICE("null");
	if (v.kind == KIND_NUMBER)
		return canon_number(json, scratch);
	if (v.kind != KIND_TEXT || !memchr(json.at, '\\', json.len))
		return json;
	json_unquote(&meant, json);
	json_quote(scratch, buf_slice(&meant));
	buf_free(&meant);
	return buf_slice(scratch);
}

/* The order of kinds by how a value begins. */
static int rank(char c)
{
	static const char begins[] = "nft";
	const char *known = strchr(begins, c);

	if (known)
		return (int)(known - begins);
	if (c == '"')
		return 4;
	return c == '{' || c == '[' ? 5 : 3;
}

static int compare_texts(struct slice a, struct slice b)
{
	struct buf x = { 0 }, y = { 0 };
	int order;

	a = (struct slice){ a.at + 1, a.len - 2 };
	b = (struct slice){ b.at + 1, b.len - 2 };
	if (!memchr(a.at, '\\', a.len) && !memchr(b.at, '\\', b.len))
		return slice_compare(a, b);
	json_unquote(&x, (struct slice){ a.at - 1, a.len + 2 });
	json_unquote(&y, (struct slice){ b.at - 1, b.len + 2 });
	order = slice_compare(buf_slice(&x), buf_slice(&y));
	buf_free(&x);
	buf_free(&y);
	return order;
}

int canon_compare(struct slice a, struct slice b)
{
	int x = rank(*a.at), y = rank(*b.at);

	if (x != y)
		return x < y ? -1 : 1;
	if (x == 3)
		return digits_order(a, b);
	return x == 4 ? compare_texts(a, b) : slice_compare(a, b);
}

/* The bits of a double, turned so that they have its order. */
static uint64_t bits_in_order(double x)
{
	const uint64_t sign = UINT64_C(1) << 63;
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	return bits & sign ? ~bits : bits | sign;
}

static bool is_full(const struct canon_bytes *b)
{
	return b->n == sizeof b->bytes;
}

static void add_byte(struct canon_bytes *b, unsigned char byte)
{
	if (b->skip) {
		b->skip--;
	} else {
		b->bytes = b->bytes << 8 | byte;
		b->n++;
	}
}

/* A double tells numbers of so few digits apart, unless it is one of the smallest. */
static bool add_number(struct canon_bytes *b, struct slice number)
{
	double x = real_of(number);
	uint64_t bits = bits_in_order(x);

	if (number.len > DBL_DIG || isinf(x) || (fabs(x) < DBL_MIN && number.at[0] != '0'))
		return false;
	for (int shift = 56; shift >= 0 && !is_full(b); shift -= 8)
		add_byte(b, bits >> shift & 0xff);
	return true;
}

/* A 0 behind it, which no JSON contains. */
static void add_text(struct canon_bytes *b, struct slice text)
{
	size_t skipped = b->skip < text.len ? b->skip : text.len;

	b->skip -= skipped;
	for (text = slice_skip(text, skipped); text.len && !is_full(b); text = slice_skip(text, 1))
		add_byte(b, (unsigned char)*text.at);
	if (!is_full(b))
		add_byte(b, 0);
}

bool canon_bytes(struct canon_bytes *b, struct slice spelling)
{
	int kind = rank(*spelling.at);

	add_byte(b, (unsigned char)kind);
	if (is_full(b) || kind < 3)
		return true;
	if (kind == 3)
		return add_number(b, spelling);
	if (kind == 4)
		spelling = (struct slice){ spelling.at + 1, spelling.len - 2 };
	if (kind == 4 && memchr(spelling.at, '\\', spelling.len))
		return false;
	add_text(b, spelling);
	return true;
}
