/* Numbers of different values that are known, because they were made so. */
#include "sketch/distinct.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

static uint64_t hash_number(const char *text)
{
	struct decimal d;

	if (!num_decimal(slice_of(text), &d))
		return distinct_hash_digits(slice_of(text));
	assert_true(distinct_hash_number(d) == distinct_hash_digits(slice_of(text)));
	return distinct_hash_number(d);
}

static void equal_numbers_have_one_hash(void **unused)
{
	static const char *const same[][4] = {
		{ "1", "1.0", "1e0", "0.1e1" },
		{ "0", "-0", "0.000", "0e5000" },
		{ "-1500", "-1.5e3", "-15e2", "-1500.0000000000000000000000000" },
		{ "1e18", "1000000000000000000", "10e17", "0.001e21" },
		{ "1e-1001", "10e-1002", "0.1e-1000", "0.01e-999" },
		{ "9223372036854775807", "9223372036854775807.0", "0.9223372036854775807e19",
			"92233720368547758070e-1" },
		{ "9223372036854775808", "9223372036854775808.0", "92233720368547758080e-1",
			"922337203685477580800e-2" },
		{ "123456789012345678901234567890", "1.2345678901234567890123456789e29",
			"123456789012345678901234567890.0", "12345678901234567890123456789e1" },
	};

	(void)unused;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		for (int k = 1; k < 4; k++)
			if (hash_number(same[i][0]) != hash_number(same[i][k]))
				fail_msg("%s is not %s", same[i][k], same[i][0]);
}

static void others_have_others(void **unused)
{
	static const char *const numbers[] = { "0", "1", "-1", "10", "0.1", "1e400", "1e401",
		"9223372036854775807", "9223372036854775808", "-9223372036854775808",
		"123456789012345678901234567890", "-123456789012345678901234567890",
		"123456789012345678901234567891", "12345678901234567890123456789" };
	static const struct slice texts[] = { SLICE(""), SLICE("\0"), SLICE("\0\0"), SLICE("a"),
		SLICE("a\0"), SLICE("aaaaaaaa"), SLICE("aaaaaaaa\0"), SLICE("aaaaaaaaa"),
		SLICE("aaaaaaaaaaaaaaaa"), SLICE("1"), SLICE("true") };
	struct distinct d = { 0 };

	(void)unused;
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
			distinct_add(&d, hash_number(numbers[i]));
		for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
			distinct_add(&d, distinct_hash(texts[i]));
			distinct_add(&d, distinct_hash_other(texts[i]));
		}
	}
	assert_int_equal(distinct_count(&d), 14 + 11 + 11);
	assert_true(distinct_exact(&d));
	distinct_free(&d);
	assert_int_equal(distinct_count(&d), 0);
}

/* A bit of the value turns each bit of the hash in about half of the cases. */
static void hashes_spread(void **unused)
{
	enum { TRIES = 2000 };

	(void)unused;
	for (int bit = 0; bit < 40; bit++) {
		int turned[64] = { 0 };
		for (int64_t i = 0; i < TRIES; i++) {
			struct decimal a = { i * 10 + 1, -2 }, b = { a.m ^ (2ll << bit), -2 };
			uint64_t change = distinct_hash_number(a) ^ distinct_hash_number(b);
			for (int k = 0; k < 64; k++)
				turned[k] += change >> k & 1;
		}
		for (int k = 0; k < 64; k++)
			if (turned[k] < TRIES * 2 / 5 || turned[k] > TRIES * 3 / 5)
				fail_msg("bit %d turns bit %d %d times", bit, k, turned[k]);
	}
}

static void counts_are_within_two_percent(void **unused)
{
	struct distinct number = { 0 }, text = { 0 };

	(void)unused;
	for (int n = 1, next = 1; n <= 1000000; n++) {
		char name[32];
		int len = sprintf(name, "sensor-%d", n);
		distinct_add(&number, distinct_hash_number((struct decimal){ n, -1 }));
		distinct_add(&text, distinct_hash((struct slice){ name, (size_t)len }));
		distinct_add(&number, distinct_hash_number((struct decimal){ n, -1 }));
		assert_true(distinct_exact(&number) == (n <= DISTINCT_EXACT));
		if (n < next)
			continue;
		next = n < 2000 ? n + 100 : n * 21 / 20;
		if (fabs((double)distinct_count(&number) / n - 1) > (n > DISTINCT_EXACT ? 0.02 : 0))
			fail_msg("%d numbers are %d", n, (int)distinct_count(&number));
		if (fabs((double)distinct_count(&text) / n - 1) > (n > DISTINCT_EXACT ? 0.02 : 0))
			fail_msg("%d texts are %d", n, (int)distinct_count(&text));
	}
	distinct_free(&number);
	distinct_free(&text);
}

static void print(const struct distinct *d, struct buf *b)
{
	b->len = 0;
	distinct_print(d, b);
}

/* In parts, in another order and by way of text: the same bytes. */
static void merged_parts_are_the_whole(void **unused)
{
	static const int sizes[] = { 0, 1, 100, 1024, 1025, 3000, 50000 };
	struct buf a = { 0 }, b = { 0 };
	struct fault fault;

	(void)unused;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		struct distinct whole = { 0 }, merged = { 0 }, part[3] = { 0 }, copy;
		for (int i = 0; i < sizes[s]; i++) {
			distinct_add(&whole, hash_number("1") * (uint64_t)i);
			distinct_add(&part[i % 100 ? 0 : 1 + i % 2],
				hash_number("1") * (uint64_t)(sizes[s] - 1 - i));
		}
		for (int i = 0; i < 3; i++) {
			print(&part[i], &a);
			assert_true(distinct_parse(&copy, buf_slice(&a), &fault));
			distinct_merge(&merged, &copy);
			distinct_free(&copy);
			distinct_free(&part[i]);
		}
		print(&whole, &a);
		print(&merged, &b);
		assert_true(slice_equal(buf_slice(&a), buf_slice(&b)));
		assert_true(distinct_count(&whole) == distinct_count(&merged));
		distinct_free(&whole);
		distinct_free(&merged);
	}
	buf_free(&a);
	buf_free(&b);
}

static void other_texts_are_refused(void **unused)
{
	static const char *const bad[] = { "", "x", "h1", "h000000000000000g", "h0000000000000000",
		"h00000000000000020000000000000001", "h00000000000000010000000000000001",
		"h000000000000000A", "r", "r0000" };
	struct distinct d = { 0 };
	struct fault fault;
	struct buf b = { 0 };

	(void)unused;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		if (distinct_parse(&d, slice_of(bad[i]), &fault))
			fail_msg("'%s' is taken", bad[i]);
		assert_true(fault.at <= strlen(bad[i]) && !d.table && !d.reg);
	}
	/* Registers of 0 have seen nothing; those beyond the top are none. */
	buf_byte(&b, 'r');
	for (int i = 0; i < 1 << 14; i++)
		buf_byte(&b, '0');
	assert_true(distinct_parse(&d, buf_slice(&b), &fault));
	assert_int_equal(distinct_count(&d), 0);
	distinct_free(&d);
	memset(b.at + 1, 'p', b.len - 1);
	assert_true(distinct_parse(&d, buf_slice(&b), &fault));
	assert_true(distinct_count(&d) == UINT64_MAX);
	distinct_free(&d);
	b.at[b.len - 1] = 'q';
	assert_false(distinct_parse(&d, buf_slice(&b), &fault));
	assert_int_equal(fault.at, b.len - 1);
	buf_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_numbers_have_one_hash),
		cmocka_unit_test(others_have_others),
		cmocka_unit_test(hashes_spread),
		cmocka_unit_test(counts_are_within_two_percent),
		cmocka_unit_test(merged_parts_are_the_whole),
		cmocka_unit_test(other_texts_are_refused),
	};

	return cmocka_run_group_tests_name("distinct", tests, NULL, NULL);
}
