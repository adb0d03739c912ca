#include "canon.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "json.h"
#include "mem.h"
#include "num.h"
#include "real.h"
#include "wide.h"

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
		else if (!json_is_digit(*p))
			return false;
	}
	return !point || end[-1] != '0';
}

static struct slice trim(struct slice s)
{
	while (s.len && *s.at == '0')
		s = slice_skip(s, 1);
	while (s.len && s.at[s.len - 1] == '0')
		s.len--;
	return s;
}

/* All digits of a number that no decimal holds, and its exponent. */
static struct slice spell_long(struct slice number, struct buf *b)
{
	struct num_parts parts = num_parts(number);
	struct buf digits = { 0 };
	struct slice kept;
	size_t behind;

	buf_add(&digits, parts.whole);
	buf_add(&digits, parts.fraction);
	kept = trim(buf_slice(&digits));
	behind = (size_t)(digits.at + digits.len - kept.at) - kept.len;
	if (parts.negative)
		buf_byte(b, '-');
	buf_add(b, kept);
	buf_printf(b, "e%lld",
		(long long)(parts.exponent - (int64_t)parts.fraction.len + (int64_t)behind));
	buf_free(&digits);
	return kept.len ? buf_slice(b) : SLICE("0");
}

static struct slice canon_number(struct slice number, struct buf *b)
{
	struct decimal d;

	if (is_canonical(number))
		return number;
	if (!num_decimal(number, &d))
		return spell_long(number, b);
	b->len += num_print_decimal(buf_room(b, NUM_MAX), d);
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

static int compare_numbers(struct slice a, struct slice b)
{
	double x = real_of(a), y = real_of(b);
	struct decimal m, n;
	struct wide difference = { 0 }, other = { 0 };
	int sign;

	if (x != y)
		return x < y ? -1 : 1;
	if (slice_equal(a, b))
		return 0;
	if (num_decimal(a, &m) && num_decimal(b, &n) && m.e == n.e)
		return m.m < n.m ? -1 : m.m > n.m;
	if (!wide_parse(&difference, a) || !wide_parse(&other, b))
		return slice_compare(a, b);
	wide_add(&difference, &other, -1);
	sign = wide_sign(&difference);
	wide_free(&difference);
	wide_free(&other);
	return sign;
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
		return compare_numbers(a, b);
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
