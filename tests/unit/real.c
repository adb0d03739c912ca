/* real: texts, decimals and quotients to doubles, and doubles to texts */
#include "number/real.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../numbers.h"

static double double_of_bits(uint64_t bits)
{
	double x;

	memcpy(&x, &bits, sizeof x);
	return x;
}

static uint64_t bits_of_double(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	return bits;
}

static double reads_double(const char *text)
{
	struct slice s = exact(text);
	double x = real_of(s);

	drop(s);
	return x;
}

static void printed(char text[NUM_MAX + 1], double x)
{
	text[real_print(text, x)] = 0;
}

static void doubles(void **state)
{
	static const struct {
		const char *text;
		double x;
	} rows[] = {
		{ "1e23", 0x1.52d02c7e14af6p+76 },
		{ "8.5e22", 0x1.1ffdbf6b2b2ebp+76 },
		{ "9007199254740991", 0x1.fffffffffffffp+52 },
		{ "9007199254740993", 0x1p+53 },
		{ "9007199254740992.9999999999999999", 0x1p+53 },
		{ "9007199254740993.0000000000000000000001", 0x1.0000000000001p+53 },
		{ "9007199254740995", 0x1.0000000000002p+53 },
		{ "0.500000000000000166533453693773481063544750213623046875",
			0x1.0000000000002p-1 },
		{ "1.00000000000000011102230246251565404236316680908203125", 0x1p+0 },
		{ "1.00000000000000011102230246251565404236316680908203124", 0x1p+0 },
		{ "1.00000000000000011102230246251565404236316680908203126", 0x1.0000000000001p+0 },
		{ "2.4703282292062327208e-324", 0x0p+0 },
		{ "2.4703282292062328e-324", 0x0.0000000000001p-1022 },
		{ "2.2250738585072011e-308", 0x0.fffffffffffffp-1022 },
		{ "4.9406564584124654e-324", 0x0.0000000000001p-1022 },
		{ "1.7976931348623158e308", 0x1.fffffffffffffp+1023 },
		{ "1.7976931348623159e308", INFINITY },
		{ "6.02214076e23", 0x1.fe185ca57c517p+78 },
		{ "123456789012345678901234567890", 0x1.8ee90ff6c373ep+96 },
		{ "3.1415926535897932384626433832795028841971", 0x1.921fb54442d18p+1 },
		{ "1e-324", 0x0p+0 },
		{ "9223372036854775807e19", 0x1.158e460913d00p+126 },
		{ "9223372036854775807e-19", 0x1.d83c94fb6d2acp-1 },
		{ "9007199254740993e19", 0x1.158e460913d01p+116 },
		{ "7205759403792793199999e-5", 0x1.fffffffffffffp+55 },
		{ "36.14", 0x1.211eb851eb852p+5 },
		{ "9007199254740991e22", 0x1.0f0cf064dd591p+126 },
		{ "1e999", INFINITY },
		{ "-1e999", -INFINITY },
		{ "1e-999", 0 },
		{ "1e99999999999999999999999999", INFINITY },
		{ "1e-99999999999999999999999999", 0 },
		{ "0e99999999999999999999999999", 0 },
		{ "-0", 0 },
		{ "-1e-999", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(
			bits_of_double(reads_double(rows[i].text)), bits_of_double(rows[i].x));
}

/* 2^53 + 1 is half-way between two doubles; what decides may be a million digits away. */
static void doubles_of_long_texts(void **state)
{
	enum { LENGTH = 1000000 };
	char *text = malloc(LENGTH + 1);

	(void)state;
	memset(text, '0', LENGTH);
	text[LENGTH] = 0;
	memcpy(text, "9007199254740993.", 17);
	assert_true(reads_double(text) == 0x1p53);
	text[LENGTH - 1] = '1';
	assert_true(reads_double(text) == 0x1p53 + 2);
	memset(text, '9', LENGTH);
	memcpy(text, "9007199254740992.", 17);
	assert_true(reads_double(text) == 0x1p53);

	memset(text, '0', LENGTH);
	text[1] = '.';
	memcpy(text + LENGTH - 9, "25e999989", 9);
	assert_true(reads_double(text) == 0.25);
	memset(text, '0', LENGTH);
	text[0] = '1';
	memcpy(text + LENGTH - 8, "e-999991", 8);
	assert_true(reads_double(text) == 1);
	free(text);
}

/* No number half-way between doubles has more digits than those just above 2^-1022. */
static void doubles_of_longest_halves(void **state)
{
	char digits[1000], text[1100];
	char *end;

	(void)state;
	snprintf(digits, sizeof digits, "%.800Le", 0x1.00000000000008p-1022L);
	end = strchr(digits, 'e');
	while (end[-1] == '0')
		end--;
	*end = 0;
	assert_in_range(end - digits, 760, 769);
	snprintf(text, sizeof text, "%se-308", digits);
	assert_true(reads_double(text) == 0x1p-1022);
	snprintf(text, sizeof text, "%s1e-308", digits);
	assert_true(reads_double(text) == 0x1.0000000000001p-1022);
	end[-1]--;
	snprintf(text, sizeof text, "%s9e-308", digits);
	assert_true(reads_double(text) == 0x1p-1022);
}

static void doubles_as_strtod(void **state)
{
	char text[64];
	struct decimal d;

	(void)state;
	for (long i = patterns(); i > 0; i--) {
		any_number(text);
		if (reads_double(text) != strtod(text, NULL))
			fail_msg("%s", text);
		if (num_decimal(slice_of(text), &d) && real_nearest(d) != strtod(text, NULL))
			fail_msg("%s as a decimal", text);
	}
}

static void ratios(void **state)
{
	static const struct {
		uint64_t n_high, n_low, d_high, d_low;
		double x;
	} rows[] = {
		{ 0x1ff0d40c, 0x4ab900ef5b0734d3, 0x0, 0xe, 0x1.240792b9869b7p+89 },
		{ 0x4ce37fb02b91, 0x6e4056d22e6a536f, 0x0, 0x2b8e779c1a15346,
			0x1.c3e839f13d1e2p+52 },
		{ 0x9f667c3771f1e0, 0xfe8ed03417e602d2, 0x5, 0xf46688984e370efe,
			0x1.ac4d4ea2ec756p+52 },
		{ 0x0, 0x2a9b25b026ca3734, 0xb44dc3, 0x20311168e6b11eac, 0x1.e3f206e208a4cp-27 },
		{ 0xd, 0x31cc1bbcf3a0d642, 0x0, 0x6dc6, 0x1.ec547b0d3d090p+52 },
		{ 0x0, 0x6a3e6c083f1022, 0x0, 0x8dd811f1ca1e1, 0x1.7f7f634ff0593p+3 },
		{ 0x1e49, 0x6a738c22f21d546, 0x0, 0x11e2176, 0x1.b1899f3805d72p+52 },
		{ 0x717, 0xca29413f7060f988, 0x0, 0x448db2, 0x1.a7cb8a8c363b0p+52 },
		{ 0x0, 0xa879911d0a565e13, 0x0, 0x55e, 0x1.f63c90eba01eep+52 },
		{ 0x0, 0x73c9cad7e797b7, 0x0, 0x6cbdb76a17, 0x1.10972f3b3ffd9p+16 },
		{ 0x0, 0x2a92e2fe8e18, 0x0, 0x39d270bfcea8297d, 0x1.78fafbd4520a7p-17 },
		{ 0x0, 0x1dba1c1cb3939e, 0x0, 0x1974c4f6ed1640, 0x1.2af3323742dd7p+0 },
		{ 0x10c7d10c31df24, 0x145e073c9fd92cf8, 0xf945c2, 0x449fe5c90854cb5,
			0x1.13bc129b33cb6p+28 },
		{ 0x0, 0xe983f279060121de, 0x0, 0xbfa, 0x1.37f693eb53005p+52 },
		{ 0xf10b80b034c344f, 0xb8f59e8bb729ecff, 0xc7, 0xb491e75c2591dc0c,
			0x1.34fe23e0d7debp+52 },
		{ 0x18290, 0x8efa71247f80ae8e, 0x0, 0x5, 0x1.35407261f41d3p+78 },
		{ 0x6975d, 0x1e92054633d6d49, 0x0, 0x15d94568, 0x1.34eae978fb0cep+54 },
		{ 0x0, 0x16931782d42e8a23, 0x0, 0xba, 0x1.f1204d5190640p+52 },
		{ 0xdff, 0x2ace5c252d875ec8, 0x0, 0x953452, 0x1.803e1a1fe39d0p+52 },
		{ 0xe16e493b, 0xfac0ca6bb9e46105, 0x0, 0x8c5dba48ff6, 0x1.9b2420ca35580p+52 },
		{ 0xf3c23e481, 0xde0e6a16bbdb7de, 0x8f1, 0x16a11f522b067081,
			0x1.b42bfd8ff692ep+24 },
		{ 0x3986e3c6d69db1d, 0xfe0d5046fb8810c4, 0x2e, 0x9c4dfcda31b8367e,
			0x1.3bf4bf569137dp+52 },
		{ 0x2b903, 0xd7b949a6aeef72ce, 0x0, 0xefdfedb, 0x1.73ef7c29d9337p+53 },
		{ 0x11d05b7e0608cf8, 0x95af238fe75a339, 0xa, 0xc6ae5e810503cede,
			0x1.a7311ff7ec5ecp+52 },
		{ 0x266f89f6864d9c, 0xd1cc45d1fa898f0a, 0x1, 0x4f8fcd6e451fe0a2,
			0x1.d52953ef6fe9dp+52 },
		{ 0x239c9da77786b7e9, 0x2f00326e4bdda62e, 0x152, 0x1e8652208a49b0ec,
			0x1.af6751cd8f96ap+52 },
		{ 0x7642a362fe79467, 0x318a4b68878a86dc, 0x3e, 0x6864020b3e85a08,
			0x1.e81998074a37cp+52 },
		{ 0x1bdfe7100bc93, 0x651558f6baa89bed, 0xcc7c8e1f56f7, 0xc4cd4c84d2abc6a,
			0x1.172c696a0915dp+1 },
		{ 0x3f6e, 0x963d2c2660a1fc34, 0x0, 0x1b48c0671a5746, 0x1.299518018e787p+25 },
		{ 0x1964e13a0d42c4b, 0xb1f696143e2c1f41, 0x10, 0x7afa763fac1c6514,
			0x1.8a762f9bde656p+52 },
		{ 0x1816035b, 0x9848768c4eb57656, 0x1, 0xa4ecfff89805f988, 0x1.d4c21ab320423p+27 },
		{ 0x279e1, 0xfdd0066ab24298d4, 0x0, 0x1846589e, 0x1.a1ce0992155cdp+52 },
		{ 0x368a1ccde463, 0xe7c354bb8b29485b, 0x5537d3d3c311, 0x8e88317df6fc49df,
			0x1.47adfa40f5644p-1 },
		{ 0x5, 0x72165021aa74dcda, 0x0, 0x3a12, 0x1.801c30aabc3e1p+52 },
		{ 0xfcea0597c18c711, 0x642cca1871156a20, 0x82, 0xcedd68f60b8b02c0,
			0x1.eef83a985e1cap+52 },
		{ 0x3df00, 0x92b072e6a7391322, 0x0, 0x15d022b870a1a07c, 0x1.6b740c34c0835p+21 },
		{ 0x19995, 0x530e6bc9429a2fd0, 0x0, 0xdeaf7e6, 0x1.d6dbb8fbad515p+52 },
		{ 0x2f2c3177e76, 0xd03ee9f54fcb4780, 0x0, 0x193a71d94597c2, 0x1.dead2c9a977d0p+52 },
		{ 0x0, 0x5e7ca09e4f3cb974, 0x0, 0x5be, 0x1.07470f4e887f7p+52 },
		{ 0x22b5a90aca05, 0xcedda4b7349a3a8d, 0x0, 0xe805a70659, 0x1.325f77d0a90b1p+69 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		__int128 n = (__int128)rows[i].n_high << 64 | rows[i].n_low;
		unsigned __int128 d = (unsigned __int128)rows[i].d_high << 64 | rows[i].d_low;

		assert_true(real_ratio(n, d) == rows[i].x);
		assert_true(real_ratio(-n, d) == -rows[i].x);
	}
	assert_true(real_ratio(0, 7) == 0);
	assert_true(real_ratio(1, -(unsigned __int128)1) == 0x1p-128);
	assert_true(real_ratio((__int128)((unsigned __int128)1 << 127), 1) == -0x1p127);
}

/* Of integers that are doubles, one division is correctly rounded; a common factor changes
 * nothing. */
static void ratios_as_division(void **state)
{
	(void)state;
	for (long i = patterns(); i > 0; i--) {
		int64_t n = (int64_t)(any_bits() >> any_of(11, 60)) * (any_of(0, 1) ? 1 : -1);
		int64_t d = (int64_t)(any_bits() >> any_of(11, 60)) + 1;
		int64_t factor = (int64_t)(any_bits() >> any_of(1, 60)) + 1;
		double x = (double)n / (double)d;

		assert_true(real_ratio(n, (unsigned __int128)d) == x);
		assert_true(real_ratio((__int128)n * factor, (unsigned __int128)d * factor) == x);
	}
}

static void spellings(void **state)
{
	static const struct {
		double x;
		const char *text;
	} rows[] = {
		{ 0, "0" },
		{ -0.0, "0" },
		{ 1, "1" },
		{ -1.5, "-1.5" },
		{ 2.3, "2.3" },
		{ 100.25, "100.25" },
		{ 0.1 + 0.2, "0.30000000000000004" },
		{ 1.0 / 3, "0.3333333333333333" },
		{ 123456.789, "123456.789" },
		{ 0.000001, "0.000001" },
		{ -0.00000123, "-0.00000123" },
		{ 0.0000001, "1e-7" },
		{ 0.000000123, "1.23e-7" },
		{ 1e20, "100000000000000000000" },
		{ 1e21, "1e21" },
		{ -1.5e300, "-1.5e300" },
		{ 0x1p53, "9007199254740992" },
		{ 0x1p53 - 1, "9007199254740991" },
		{ 0x1p53 + 2, "9007199254740994" },
		{ 0x1p60, "1152921504606847000" },
		{ -0x1p63, "-9223372036854776000" },
		{ 0x1p64, "18446744073709552000" },
		{ 0x1p69, "590295810358705700000" },
		{ 0x1p70, "1.1805916207174113e21" },
		{ 4503599627370495.5, "4503599627370495.5" },
		{ 5e-324, "5e-324" },
		{ 0x0.fffffffffffffp-1022, "2.225073858507201e-308" },
		{ 0x1p-1022, "2.2250738585072014e-308" },
		{ 0x1.fffffffffffffp1023, "1.7976931348623157e308" },
		{ 0x1p-44, "5.684341886080802e-14" },
		{ 9.5367431640625e-7, "9.5367431640625e-7" },
		{ 1e23, "1e23" },
		{ 2e-323, "2e-323" },
	};
	char text[NUM_MAX + 1];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		printed(text, rows[i].x);
		assert_string_equal(text, rows[i].text);
	}
	assert_int_equal(real_print(text, NAN), 0);
	assert_int_equal(real_print(text, INFINITY), 0);
	assert_int_equal(real_print(text, -INFINITY), 0);
}

static uint64_t fold_in(uint64_t hash, uint64_t x)
{
	return (hash ^ x) * 0x100000001b3;
}

/* Below a power of two the next double is only half as far as above. The hash is of the texts that
 * ECMAScript's Number-to-string has, without the plus signs. */
static void powers_of_two(void **state)
{
	uint64_t hash = 0xcbf29ce484222325;
	char text[NUM_MAX + 1];

	(void)state;
	for (int e = -1074; e < 1024; e++) {
		printed(text, ldexp(1, e));
		assert_true(strtod(text, NULL) == ldexp(1, e));
		for (const char *p = text; *p; p++)
			hash = fold_in(hash, (unsigned char)*p);
		hash = fold_in(hash, '\n');
	}
	assert_int_equal(hash, 0x10115dfcd77d25db);
}

/* Expected are values of integer arithmetic without bounds. */
static void powers_of_ten(void **state)
{
	static const struct {
		int k;
		uint64_t high, low;
	} rows[] = {
		{ -292, 0xff77b1fcbebcdc4f, 0x25e8e89c13bb0f7b },
		{ -1, 0xcccccccccccccccc, 0xcccccccccccccccd },
		{ 0, 0x8000000000000000, 0 },
		{ 1, 0xa000000000000000, 0 },
		{ 55, 0xd0cf4b50cfe20765, 0xfff4b4e3f741cf6d },
		{ 56, 0x82818f1281ed449f, 0xbff8f10e7a8921a5 },
		{ 324, 0x9e19db92b4e31ba9, 0x6c07a2c26a8346d2 },
	};
	uint64_t hash = 0xcbf29ce484222325;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal((uint64_t)(real_power(rows[i].k) >> 64), rows[i].high);
		assert_int_equal((uint64_t)real_power(rows[i].k), rows[i].low);
	}
	for (int k = -292; k <= 324; k++) {
		hash = fold_in(hash, (uint64_t)(real_power(k) >> 64));
		hash = fold_in(hash, (uint64_t)real_power(k));
	}
	assert_int_equal(hash, 0x2e576ceffbf18a2a);
}

/* The digits of a printed number, without zeros around them; how many. */
static int digits_of(char out[32], const char *text)
{
	int n = 0;

	for (; *text && *text != 'e'; text++)
		if (*text >= '0' && *text <= '9' && (n || *text != '0'))
			out[n++] = *text;
	while (n && out[n - 1] == '0')
		n--;
	out[n] = 0;
	return n;
}

/* Reads back; no shorter one does; of that length it is the nearest, which is printf's. */
static void check_shortest(double x)
{
	char text[NUM_MAX + 1], nearest[64], digits[32], others[32];
	int n;

	printed(text, x);
	if (!num_valid(slice_of(text)) || strtod(text, NULL) != x)
		fail_msg("%a is printed %s", x, text);
	if (x == trunc(x) && fabs(x) < 0x1p53) {
		sprintf(nearest, "%.0f", x);
		assert_string_equal(text, nearest);
		return;
	}
	n = digits_of(digits, text);
	sprintf(nearest, "%.*e", n - 1, x);
	digits_of(others, nearest);
	if (strcmp(digits, others))
		fail_msg("%a is printed %s, nearer is %s", x, text, nearest);
	if (n > 1) {
		sprintf(nearest, "%.*e", n - 2, x);
		if (strtod(nearest, NULL) == x)
			fail_msg("%a is printed %s, shorter is %s", x, text, nearest);
	}
}

static void shortest_of_random_bits(void **state)
{
	(void)state;
	for (long i = patterns(); i > 0; i--) {
		uint64_t bits = any_bits();
		double x = double_of_bits(bits);

		if (isfinite(x) && bits << 12)
			check_shortest(x);
		/* The sizes that sensors have. */
		x = ldexp((double)(int64_t)(bits | 1), any_of(-80, -40));
		if (bits_of_double(x) << 12)
			check_shortest(x);
	}
}

/* Short decimals half-way between two doubles: n * 5^k has 54 bits and is odd. They read as the
 * even one, so that one is printed like them, and the odd one is not. */
static void shortest_at_the_ends(void **state)
{
	char text[NUM_MAX + 1], half[NUM_MAX + 1];
	uint64_t five = 1;

	(void)state;
	for (int k = 1; k <= 22; k++) {
		five *= 5;
		for (uint64_t n = ((uint64_t)1 << 53) / five | 1; n * five < (uint64_t)1 << 54;
			n += 2) {
			uint64_t even = n * five / 2 + (n * five / 2 & 1);
			struct decimal d = { (int64_t)n, k };

			if (n > 1000)
				break;
			if (n * five < (uint64_t)1 << 53)
				continue;
			half[num_print_decimal(half, d)] = 0;
			printed(text, ldexp((double)even, k + 1));
			if (k > 17)
				assert_string_equal(text, half);
			check_shortest(ldexp((double)even, k + 1));
			check_shortest(ldexp((double)(n * five - even), k + 1));
		}
	}
}

/* A decimal of 15 digits is the shortest of its double. */
static void short_decimals(void **state)
{
	char text[NUM_MAX + 1], same[NUM_MAX + 1];

	(void)state;
	for (long i = patterns(); i > 0; i--) {
		struct decimal d = { (int64_t)(any_bits() % num_ten[any_of(1, 15)]),
			any_of(-25, 0) };

		if (any_of(0, 1))
			d.m = -d.m;
		printed(text, real_nearest(d));
		same[num_print_decimal(same, d)] = 0;
		assert_string_equal(text, same);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(doubles),
		cmocka_unit_test(doubles_of_long_texts),
		cmocka_unit_test(doubles_of_longest_halves),
		cmocka_unit_test(doubles_as_strtod),
		cmocka_unit_test(ratios),
		cmocka_unit_test(ratios_as_division),
		cmocka_unit_test(spellings),
		cmocka_unit_test(powers_of_two),
		cmocka_unit_test(powers_of_ten),
		cmocka_unit_test(shortest_of_random_bits),
		cmocka_unit_test(shortest_at_the_ends),
		cmocka_unit_test(short_decimals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
