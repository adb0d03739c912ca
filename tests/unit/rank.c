/* Sorting gives what comparing gives, be the keys many, long, alike or odd. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "record/rank.h"

#include "base/buf.h"

enum { MOST = 3000 };

static struct slice key_of(const void *with, const void *it)
{
	(void)with;
	return slice_of(it);
}

static unsigned any(unsigned below)
{
	return (unsigned)rand() % below;
}

static void add_text(struct buf *b)
{
	static const char *const front[] = { "", "", "house/12/meter-000", "a", "\xc3\xa4" };
	static const char *const odd[] = { "\\n", "\\u0000", "\\\"", "!", " ", "\x7f" };
	unsigned n = any(4);

	buf_printf(b, "\"%s", front[any(5)]);
	for (unsigned i = 0; i < n; i++)
		buf_printf(b, "%u", any(30));
	if (!any(20))
		buf_add(b, slice_of(odd[any(6)]));
	buf_byte(b, '"');
}

/* As canon_of() spells them. */
static void add_number(struct buf *b)
{
	static const char *const odd[] = { "1e400", "-1e400", "1e-400", "2e-401", "1e-401",
		"3e-402", "5e-324", "1e-323", "2e311", "9e310", "5e500", "1.2e1007",
		"9007199254740993", "9007199254740992", "123456789012345678901",
		"0.1000000000000000055", "0.1", "1e300", "-0.5", "1e-7" };

	if (any(4))
		buf_printf(b, "%d", (int)any(2000) - 1000);
	else
		buf_add(b, slice_of(odd[any(20)]));
}

static void add_part(struct buf *b)
{
	static const char *const others[] = { "null", "true", "false", "[1]", "[1,\"\\n\"]", "{}" };
	unsigned kind = any(10);

	if (kind < 5)
		add_text(b);
	else if (kind < 9)
		add_number(b);
	else
		buf_add(b, slice_of(others[any(6)]));
}

static char *any_key(unsigned parts)
{
	struct buf b = { 0 };

	for (unsigned i = 0; i < parts; i++) {
		if (i)
			buf_byte(&b, '\n');
		add_part(&b);
	}
	buf_byte(&b, 0);
	return b.at;
}

static void check(char **key, size_t n)
{
	struct ranked *ranked = calloc(n, sizeof *ranked);
	char *seen = calloc(n, 1);

	for (size_t i = 0; i < n; i++)
		ranked[i].it = &key[i][0];
	rank_sort(ranked, n, key_of, NULL);
	for (size_t i = 1; i < n; i++)
		if (rank_compare(slice_of(ranked[i - 1].it), slice_of(ranked[i].it)) > 0)
			fail_msg("%s comes before %s", (char *)ranked[i - 1].it,
				(char *)ranked[i].it);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < n && (seen[k] || key[k] != ranked[i].it))
			k++;
		assert_true(k < n);
		seen[k] = 1;
	}
	free(ranked);
	free(seen);
}

static void any_keys_are_sorted(void **state)
{
	static const size_t sizes[] = { 1, 2, 24, 25, 100, 1000, MOST };
	char *key[MOST];

	(void)state;
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
		for (unsigned parts = 1; parts <= 3; parts++) {
			for (size_t i = 0; i < sizes[s]; i++)
				key[i] = any_key(parts);
			check(key, sizes[s]);
			for (size_t i = 0; i < sizes[s]; i++)
				free(key[i]);
		}
}

/* Keys that differ far behind, and some that do not differ. */
static void long_keys_are_sorted(void **state)
{
	enum { N = 200, FRONT = 2000 };
	char *key[N];

	(void)state;
	for (size_t i = 0; i < N; i++) {
		struct buf b = { 0 };
		buf_byte(&b, '"');
		for (size_t k = 0; k < (i % 2 ? FRONT : 100); k++)
			buf_byte(&b, 'x');
		buf_printf(&b, "%u\"", any(N));
		buf_byte(&b, 0);
		key[i] = b.at;
	}
	check(key, N);
	for (size_t i = 0; i < N; i++)
		free(key[i]);
}

/* Of each length what all have in common, and keys that are the beginning of others. */
static void keys_that_begin_alike_are_sorted(void **state)
{
	enum { N = 60, FRONT = 80 };
	char *key[N];

	(void)state;
	for (size_t front = 0; front < FRONT; front++) {
		for (size_t i = 0; i < N; i++) {
			struct buf b = { 0 };
			buf_byte(&b, '"');
			for (size_t k = 0; k < front; k++)
				buf_byte(&b, 'x');
			for (unsigned k = any(4); k; k--)
				buf_byte(&b, "xyz"[any(3)]);
			buf_printf(&b, "\"%c", 0);
			key[i] = b.at;
		}
		check(key, N);
		for (size_t i = 0; i < N; i++)
			free(key[i]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_keys_are_sorted),
		cmocka_unit_test(long_keys_are_sorted),
		cmocka_unit_test(keys_that_begin_alike_are_sorted),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
