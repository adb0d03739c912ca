/* What bytes between two delimiters mean, and of which kind they are. */
#include "csv/cell.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

static const struct {
	struct slice raw, text;
	enum cell_kind kind;
} good[] = {
	{ SLICE(""), SLICE(""), CELL_EMPTY },
	{ SLICE("\"\""), SLICE(""), CELL_EMPTY },
	{ SLICE("0"), SLICE("0"), CELL_NUMBER },
	{ SLICE("\"60\""), SLICE("60"), CELL_NUMBER },
	{ SLICE("-1.50e+05"), SLICE("-1.50e+05"), CELL_NUMBER },
	{ SLICE("12345678901234567890"), SLICE("12345678901234567890"), CELL_NUMBER },
	{ SLICE("1e999"), SLICE("1e999"), CELL_NUMBER },
	{ SLICE("007"), SLICE("007"), CELL_PLAIN },
	{ SLICE("-"), SLICE("-"), CELL_PLAIN },
	{ SLICE("-01"), SLICE("-01"), CELL_PLAIN },
	{ SLICE("+1"), SLICE("+1"), CELL_PLAIN },
	{ SLICE(".5"), SLICE(".5"), CELL_PLAIN },
	{ SLICE("1."), SLICE("1."), CELL_PLAIN },
	{ SLICE("1e"), SLICE("1e"), CELL_PLAIN },
	{ SLICE("1_000"), SLICE("1_000"), CELL_PLAIN },
	{ SLICE("0x1F"), SLICE("0x1F"), CELL_PLAIN },
	{ SLICE(" 60"), SLICE(" 60"), CELL_PLAIN },
	{ SLICE("\"60 \""), SLICE("60 "), CELL_PLAIN },
	{ SLICE("true"), SLICE("true"), CELL_PLAIN },
	{ SLICE("NaN"), SLICE("NaN"), CELL_PLAIN },
	{ SLICE("2020-01-01"), SLICE("2020-01-01"), CELL_PLAIN },
	{ SLICE("\"a,b\""), SLICE("a,b"), CELL_PLAIN },
	{ SLICE("a\tb"), SLICE("a\tb"), CELL_TEXT },
	{ SLICE("\"a\nb\""), SLICE("a\nb"), CELL_TEXT },
	{ SLICE("a\\"), SLICE("a\\"), CELL_TEXT },
	{ SLICE("\0"), SLICE("\0"), CELL_TEXT },
	{ SLICE("1\0"), SLICE("1\0"), CELL_TEXT },
	{ SLICE("\xc3\xa9"), SLICE("\xc3\xa9"), CELL_TEXT },
	{ SLICE("\xff"), SLICE("\xff"), CELL_TEXT },
	{ SLICE("\"\"\"\""), SLICE("\""), CELL_DOUBLED },
	{ SLICE("\"a\"\"b\""), SLICE("a\"b"), CELL_DOUBLED },
	{ SLICE("\"\"\"\"\"\""), SLICE("\"\""), CELL_DOUBLED },
	{ SLICE("\"1\"\"\""), SLICE("1\""), CELL_DOUBLED },
};

static const struct slice bad[] = {
	SLICE("\""),
	SLICE("\"\"\""),
	SLICE("\"a"),
	SLICE("a\""),
	SLICE("a\"b"),
	SLICE("a\"\"b"),
	SLICE("\"a\"b"),
	SLICE("\"a\" "),
	SLICE(" \"a\""),
	SLICE("\"a\"b\""),
	SLICE("\"\"a\"\""),
	SLICE("\"a\"\"\"\""),
};

static void raw_bytes_have_a_meaning_and_a_kind(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		struct buf text = { 0 };
		struct cell c;
		assert_true(cell_read(&c, good[i].raw));
		cell_text(&c, &text);
		if (c.kind != good[i].kind || !slice_equal(buf_slice(&text), good[i].text))
			fail_msg("%s: '%.*s' of kind %u", good[i].raw.at, (int)text.len, text.at,
				c.kind);
		if (good[i].kind != CELL_DOUBLED)
			assert_int_equal(cell_kind_of(good[i].text), good[i].kind);
		buf_free(&text);
	}
}

static void quotes_out_of_order_are_refused(void **unused)
{
	struct cell c;

	(void)unused;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (cell_read(&c, bad[i]))
			fail_msg("%s is taken", bad[i].at);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(raw_bytes_have_a_meaning_and_a_kind),
		cmocka_unit_test(quotes_out_of_order_are_refused),
	};

	return cmocka_run_group_tests_name("cell", tests, NULL, NULL);
}
