/* HyperLogLog (Flajolet, Fusy, Gandouet, Meunier 2007): a register holds how many zeros at most led
 * the rest of the hashes that fell to it, and one. The count comes from the improved estimator of
 * Ertl (New cardinality estimation algorithms for HyperLogLog sketches, arXiv 1702.01284, section
 * 4), which has no bias at any size and no table.
 *
 * The hash folds 128-bit products, as that of map does, with constants from the digits of pi, and
 * reads words as little-endian on every machine. */
#include "sketch/distinct.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
	BITS = 14,
	REGISTERS = 1 << BITS,
	TOP = 64 - BITS + 1, /* the largest that a register holds */
	FIRST = 16,          /* places in the first table */
	HEX = 16,            /* digits of a hash */
};

static const uint64_t pi[] = { 0x243f6a8885a308d3, 0x13198a2e03707345, 0xa4093822299f31d1,
	0x082efa98ec4e6c89, 0x452821e638d01377, 0xbe5466cf34e90c6d };

static uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t word_at(const char *p)
{
	uint64_t word;

	memcpy(&word, p, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	word = __builtin_bswap64(word);
#endif
	return word;
}

/* The length goes in first, so the last word may overlap the one before, and zeros at the end
 * count. */
static uint64_t hash_bytes(uint64_t kind, struct slice s)
{
	uint64_t h = fold(kind ^ s.len, pi[0]), word = 0;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8)
		h = fold(h ^ word_at(s.at + i), pi[1]);
	if (s.len >= 8)
		word = word_at(s.at + s.len - 8);
	for (; s.len < 8 && i < s.len; i++)
		word = word << 8 | (unsigned char)s.at[i];
	return fold(fold(h ^ word, pi[1]) ^ pi[2], pi[0]);
}

uint64_t distinct_hash(struct slice text)
{
	return hash_bytes(pi[3], text);
}

uint64_t distinct_hash_other(struct slice bytes)
{
	return hash_bytes(pi[4], bytes);
}

uint64_t distinct_hash_number(struct decimal d)
{
	if (!d.m)
		d.e = 0;
	for (; d.m && d.m % 10 == 0; d.m /= 10)
		d.e++;
	return fold(fold((uint64_t)d.m ^ pi[5], pi[1]) ^ (uint64_t)d.e, pi[2]);
}

uint64_t distinct_hash_digits(struct slice number)
{
	struct num_parts parts = num_parts(number);
	int64_t exponent = parts.exponent - (int64_t)parts.fraction.len;
	struct decimal d = { 0, 0 };
	struct buf digits = { 0 };
	struct slice s;
	uint64_t hash;

	buf_add(&digits, parts.whole);
	buf_add(&digits, parts.fraction);
	for (s = buf_slice(&digits); s.len && s.at[s.len - 1] == '0'; s.len--)
		exponent++;
	while (s.len && *s.at == '0')
		s = slice_skip(s, 1);
	if (!s.len || num_decimal(s, &d)) {
		d.m = parts.negative ? -d.m : d.m;
		d.e = exponent;
		hash = distinct_hash_number(d);
	} else {
		hash = fold(hash_bytes(pi[5] ^ parts.negative, s) ^ (uint64_t)exponent, pi[2]);
	}
	buf_free(&digits);
	return hash;
}

static void note(uint8_t *reg, uint64_t hash)
{
	uint64_t rest = hash << BITS | 1ull << (BITS - 1);
	uint8_t rank = (uint8_t)(1 + __builtin_clzll(rest)), *r = &reg[hash >> (64 - BITS)];

	*r = *r < rank ? rank : *r;
}

static size_t place(const struct distinct *d, uint64_t hash)
{
	size_t i = hash & d->mask;

	while (d->table[i] && d->table[i] != hash)
		i = (i + 1) & d->mask;
	return i;
}

static void widen(struct distinct *d)
{
	struct distinct wide = { .n = d->n, .mask = d->table ? 2 * d->mask + 1 : FIRST - 1 };

	wide.table = mem_array(wide.mask + 1, sizeof *wide.table);
	for (size_t i = 0; d->table && i <= d->mask; i++)
		if (d->table[i])
			wide.table[place(&wide, d->table[i])] = d->table[i];
	free(d->table);
	*d = wide;
}

/* From the table to registers. */
static void estimate_from_now(struct distinct *d)
{
	uint8_t *reg = mem_array(REGISTERS, 1);

	for (size_t i = 0; d->table && i <= d->mask; i++)
		if (d->table[i])
			note(reg, d->table[i]);
	free(d->table);
	*d = (struct distinct){ .reg = reg };
}

static void add_new(struct distinct *d, uint64_t hash)
{
	if (d->n == DISTINCT_EXACT) {
		estimate_from_now(d);
		note(d->reg, hash);
		return;
	}
	if (!d->table || d->n * 2 > d->mask)
		widen(d);
	d->table[place(d, hash)] = hash;
	d->n++;
}

void distinct_add(struct distinct *d, uint64_t hash)
{
	hash += !hash;
	if (d->reg)
		note(d->reg, hash);
	else if (!d->table || !d->table[place(d, hash)])
		add_new(d, hash);
}

void distinct_merge(struct distinct *d, const struct distinct *other)
{
	if (other->reg) {
		if (!d->reg)
			estimate_from_now(d);
		for (size_t i = 0; i < REGISTERS; i++)
			d->reg[i] = d->reg[i] < other->reg[i] ? other->reg[i] : d->reg[i];
		return;
	}
	for (size_t i = 0; other->table && i <= other->mask; i++)
		if (other->table[i])
			distinct_add(d, other->table[i]);
}

/* x + sum of x^(2^k) * 2^(k - 1) for k = 1, 2, ...; x is below 1. */
static double sigma(double x)
{
	double z = x, before, y = 1;

	do {
		x *= x;
		before = z;
		z += x * y;
		y += y;
	} while (z != before);
	return z;
}

/* (1 - x - sum of (1 - x^(2^-k))^2 * 2^-k for k = 1, 2, ...) / 3 */
static double tau(double x)
{
	double z = 1 - x, before, y = 1;

	if (x == 0 || x == 1)
		return 0;
	do {
		x = sqrt(x);
		before = z;
		y /= 2;
		z -= (1 - x) * (1 - x) * y;
	} while (z != before);
	return z / 3;
}

uint64_t distinct_count(const struct distinct *d)
{
	const double m = REGISTERS;
	size_t with[TOP + 1] = { 0 };
	double z;

	if (!d->reg)
		return d->n;
	for (size_t i = 0; i < REGISTERS; i++)
		with[d->reg[i]]++;
	/* Nothing more can be said when all are at the top, nor when all are 0. */
	if (with[0] == REGISTERS)
		return 0;
	if (with[TOP] == REGISTERS)
		return UINT64_MAX;
	z = m * tau(1 - (double)with[TOP] / m);
	for (int k = TOP - 1; k >= 1; k--)
		z = (z + (double)with[k]) / 2;
	z += m * sigma((double)with[0] / m);
	return (uint64_t)(m * m / (2 * M_LN2) / z + 0.5);
}

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static const char letters[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz+/";

/* h and the hashes in order, 16 digits each; or r and a letter for each register. */
void distinct_print(const struct distinct *d, struct buf *b)
{
	uint64_t hash[DISTINCT_EXACT];
	size_t n = 0;

	buf_byte(b, d->reg ? 'r' : 'h');
	for (size_t i = 0; d->reg && i < REGISTERS; i++)
		buf_byte(b, letters[d->reg[i]]);
	for (size_t i = 0; d->table && i <= d->mask; i++)
		if (d->table[i])
			hash[n++] = d->table[i];
	qsort(hash, n, sizeof *hash, by_value);
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%016llx", (unsigned long long)hash[i]);
}

static bool parse_registers(struct distinct *d, struct slice s, size_t *at)
{
	if (s.len != REGISTERS)
		return false;
	d->reg = mem_array(REGISTERS, 1);
	for (; *at < REGISTERS; ++*at) {
		const char *letter = memchr(letters, s.at[*at], TOP + 1);
		if (!letter)
			return false;
		d->reg[*at] = (uint8_t)(letter - letters);
	}
	return true;
}

static bool parse_hash(const char *p, uint64_t *hash)
{
	static const char hex[] = "0123456789abcdef";

	*hash = 0;
	for (int i = 0; i < HEX; i++) {
		const char *digit = memchr(hex, p[i], sizeof hex - 1);
		if (!digit)
			return false;
		*hash = *hash << 4 | (uint64_t)(digit - hex);
	}
	return true;
}

/* Each above the last, so none is 0 and none comes twice. */
static bool parse_hashes(struct distinct *d, struct slice s, size_t *at)
{
	uint64_t hash, last = 0;

	if (s.len % HEX || s.len / HEX > DISTINCT_EXACT)
		return false;
	for (; *at < s.len; *at += HEX, last = hash) {
		if (!parse_hash(s.at + *at, &hash) || hash <= last)
			return false;
		add_new(d, hash);
	}
	return true;
}

bool distinct_parse(struct distinct *d, struct slice text, struct fault *fault)
{
	size_t at = 0;
	bool good = false;

	*d = (struct distinct){ 0 };
	if (text.len && *text.at == 'h')
		good = parse_hashes(d, slice_skip(text, 1), &at);
	else if (text.len && *text.at == 'r')
		good = parse_registers(d, slice_skip(text, 1), &at);
	if (!good) {
		*fault = (struct fault){ "not a set of hashes", text.len ? at + 1 : 0 };
		distinct_free(d);
	}
	return good;
}

void distinct_free(struct distinct *d)
{
	free(d->table);
	free(d->reg);
	*d = (struct distinct){ 0 };
}
