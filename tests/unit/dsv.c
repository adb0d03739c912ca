/* Rows and their cells: every way must find the same in pieces of any size, and libcsv must agree. What
 * libcsv has no word for is held against what is written here: lines, comments, blanks that are trimmed,
 * quotes that stand wrong, rows that are too long, and what follows a fault. */
#include "csv/dsv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "number/num.h"

#include "../judge_csv.h"

static const struct rows_options strict = { .delimiter = ',', .max_row = SIZE_MAX / 2 };

static void agree(struct slice text, const struct rows_options *o, size_t piece, size_t skew)
{
	struct buf why = { 0 };

	if (!rows_agree(text, o, piece, skew, &why)) {
		print_error("of '%.*s': %.*s\n", (int)text.len, text.at, (int)why.len, why.at);
		fail();
	}
}

static void agree_in_all_pieces(struct slice text, const struct rows_options *o)
{
	for (size_t piece = 1; piece <= 200; piece += piece < text.len + 2 ? 1 : 37)
		agree(text, o, piece, piece % 64);
}

static const struct slice nasty[] = {
	SLICE(""),
	SLICE("\n"),
	SLICE("\r"),
	SLICE("\r\n"),
	SLICE("\n\r"),
	SLICE("\r\r\n\n"),
	SLICE(","),
	SLICE("\""),
	SLICE("\"\""),
	SLICE("\"\"\""),
	SLICE("\"\"\"\""),
	SLICE("\"\"\"\"\""),
	SLICE("a"),
	SLICE("a\n"),
	SLICE("a\r"),
	SLICE("a\r\n"),
	SLICE("a,"),
	SLICE(",a"),
	SLICE("a,\n"),
	SLICE(",\r\n,"),
	SLICE(",,\n,,\n"),
	SLICE("a,b\nc,d"),
	SLICE("a,b\rc,d\r"),
	SLICE("a,b\r\nc,d\r\n"),
	SLICE("a\n\nb\r\rc\r\n\r\nd\n\re"),
	SLICE("\n\n\na\n\n"),
	SLICE(" \n a , b \n\t\n"),
	SLICE("\"a\",\"b\"\n"),
	SLICE("\"a\"\"b\",c\n"),
	SLICE("\"\"\"a\"\"\"\n"),
	SLICE("\"a,b\",c"),
	SLICE("\"a\nb\",c\nd"),
	SLICE("\"a\r\nb\",c\r\nd"),
	SLICE("\"a\rb\",c\rd"),
	SLICE("\"\n\"\n\"\r\"\r"),
	SLICE("\"\",\"\"\n\"\"\n"),
	SLICE("\"a\",\n,\"a\""),
	SLICE("\"60\",60,\"007\",007\n"),
	/* Quotes out of order. */
	SLICE("a\"b"),
	SLICE("a\"\"b\n"),
	SLICE("a,b\"\nc"),
	SLICE("a\"b,c\"d\n"),
	SLICE(" \"a\"\n"),
	SLICE("\"a\"b\n"),
	SLICE("\"a\" ,b\n"),
	SLICE("\"a\"\"\nb\n"),
	SLICE("\"a\" \"b\"\n"),
	SLICE("\"a\"x\"b\"\nc"),
	SLICE("\"\"a\"\"\n"),
	SLICE("\"\"\"\"\"\"a\n"),
	SLICE("x,\"a\nb\"c\nd"),
	SLICE("a,b\nc,\"d"),
	SLICE("\"a\n\n\n"),
	SLICE("a\n\"b\r\nc\"\""),
	SLICE("a,b\n\"c\"d\"e\",f\ng,h\n"),
	SLICE("good\nb\"ad\ngood\n\"bad\"x\ngood\n"),
	SLICE("b\"a,\"d,e\"\n\"f\ng\"\n"),
	/* Bytes of all kinds. */
	SLICE("a\0b,\0\n\"\0\"\n"),
	SLICE("\xff\xfe,\xc3\xa9\n\"\x80\"\n"),
	SLICE("\xef\xbb\xbf\"a\"\n"),
	SLICE("1,-1,1.50,1e5,-,01,+1,.5,1.,NaN,true,0x1,1 ,2020-01-01\n"),
	SLICE("\\,\"\\\",a\\\"\n"),
	SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,\"bbbbbbbbbbbbbbbbbbbbbbbbbbb\n"
	      "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"\r\n\"c\",123456789012345678901234567890123456789\r\n"),
};

static void libcsv_agrees(void **unused)
{
	static const char delimiter[] = ",;\t| a";

	(void)unused;
	for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++) {
		agree_in_all_pieces(nasty[i], &strict);
		for (const char *p = delimiter; *p; p++)
			agree(nasty[i],
				&(struct rows_options){ .delimiter = *p, .max_row = SIZE_MAX / 2 },
				5, 3);
	}
}

/* Blanks before a row move everything through a block of 64 bytes. */
static void every_place_is_alike(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++)
		for (size_t before = 0; before < 130; before++) {
			struct buf text = { 0 };
			for (size_t k = 0; k < before; k++)
				buf_byte(&text, k + 1 < before ? 'x' : '\n');
			buf_add(&text, nasty[i]);
			agree(buf_slice(&text), &strict, SIZE_MAX / 2, before % 64);
			agree(buf_slice(&text), &strict, 64, 0);
			buf_free(&text);
		}
}

/* What the options ask for is read the same by all ways, however the pieces are cut. */
static void options_are_read_by_all_ways(void **unused)
{
	static const char delimiter[] = ",\t ";

	(void)unused;
	for (size_t i = 0; i < sizeof nasty / sizeof *nasty; i++)
		for (unsigned bits = 0; bits < 64; bits++) {
			struct rows_options o = { .delimiter = delimiter[bits % 3],
				.trim = bits & 1,
				.lazy = bits & 2,
				.comment = bits & 4 ? 'a' : 0,
				.skip = bits >> 3 & 3,
				.max_row = bits & 32 ? 6 : SIZE_MAX / 2 };
			for (size_t piece = 1; piece < 8; piece += 1 + piece / 4)
				agree(nasty[i], &o, piece, bits);
		}
}

/* No randomness but that of the seed. */
static unsigned draw(unsigned n)
{
	static uint64_t state = 1;

	state = state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(state >> 33) % n;
}

static void random_texts_are_read_alike(void **unused)
{
	static const char letters[] = "\"\"\",,\n\r ;\ta#17-.";

	(void)unused;
	for (int n = 0; n < 20000; n++) {
		struct rows_options o = { .delimiter = ",;\t "[draw(4)], .max_row = SIZE_MAX / 2 };
		struct buf text = { 0 };
		for (unsigned len = draw(draw(8) ? 40 : 400); len; len--)
			buf_byte(&text, letters[draw(sizeof letters - 1)]);
		if (draw(2)) {
			o.trim = draw(2);
			o.lazy = draw(2);
			o.comment = draw(2) ? '#' : 0;
			o.skip = draw(3);
			o.max_row = draw(2) ? draw(30) + 1 : o.max_row;
		}
		agree(buf_slice(&text), &o, 1 + draw(60), draw(64));
		buf_free(&text);
	}
}

/* Rows beyond what is looked at ahead, 32 KiB, and the same cells in short ones. */
static void long_rows_are_read_as_short_ones(void **unused)
{
	struct buf text = { 0 };

	(void)unused;
	for (int n = 0; n < 3; n++) {
		for (int i = 0; i < 9000; i++)
			buf_printf(&text, "%s%d,\"%d\",\"\",,\"a\"\"%d\"", i ? "," : "", i, i, i);
		buf_printf(&text, "\n1,\"1\",\"\"\n\"%*s\"\r\n", 40000, "\n");
	}
	agree(buf_slice(&text), &strict, 30011, 0);
	agree(buf_slice(&text), &strict, 32768, 5);
	agree(buf_slice(&text), &strict, SIZE_MAX / 2, 0);
	buf_free(&text);
}

static const struct {
	struct slice text;
	const char *notes;
	struct rows_options options;
} written[] = {
	/* The line of a row is that on which it begins, of a quote left open that on which it opens. */
	{ SLICE("a\nb\r\n\rc\n\n\"d\n\r\n\"\ne"),
		"1, 1 bytes: 1:a/2\n2, 1 bytes: 1:b/2\n4, 1 bytes: 1:c/2\n"
		"6, 6 bytes: 4:d\n\r\n/3\n9, 1 bytes: 1:e/2\n",
		{ .delimiter = ',' } },
	{ SLICE("a\n\"b\n\",\"c\nd"),
		"1, 1 bytes: 1:a/2\n3: a quote is not closed at 5 of 9:\"b\n\",\"c\nd\n",
		{ .delimiter = ',' } },
	{ SLICE("a\n\"b\r\",\"c"),
		"1, 1 bytes: 1:a/2\n3: a quote is not closed at 5 of 7:\"b\r\",\"c\n",
		{ .delimiter = ',' } },
	{ SLICE("\"b\r\n\",\"c\r"), "2: a quote is not closed at 6 of 9:\"b\r\n\",\"c\r\n",
		{ .delimiter = ',' } },
	/* What is left of a bad row ends with its line. */
	{ SLICE("a\"b,\"c\nd\ne\n"),
		"1: a quote in a cell without quotes at 1 of 6:a\"b,\"c\n"
		"2, 1 bytes: 1:d/2\n3, 1 bytes: 1:e/2\n",
		{ .delimiter = ',' } },
	{ SLICE("\"a\nb\"c\rd"),
		"1: text after a closing quote at 5 of 6:\"a\nb\"c\n3, 1 bytes: 1:d/2\n",
		{ .delimiter = ',' } },
	/* Numbers are what JSON calls so, within quotes too. */
	{ SLICE("-1.50,\"60\",007,,\"\",\"\"\"\"\n"),
		"1, 23 bytes: 5:-1.50/1 2:60/1 3:007/2 0:/0 0:/0 1:\"/4\n", { .delimiter = ',' } },
	{ SLICE("#\"a\nb\n#c\n d,#e\n\"#f\"\n#"),
		"2, 1 bytes: 1:b/2\n4, 5 bytes: 2: d/2 2:#e/2\n"
		"5, 4 bytes: 2:#f/2\n",
		{ .delimiter = ',', .comment = '#' } },
	{ SLICE("a\"\r\n\nb\rc\"\nd"),
		"4: a quote in a cell without quotes at 1 of 2:c\"\n5, 1 bytes: 1:d/2\n",
		{ .delimiter = ',', .skip = 3 } },
	{ SLICE(" a b\t,\t\"c \" ,\"\" , \n"), "1, 18 bytes: 3:a b/2 2:c /2 0:/0 0:/0\n",
		{ .delimiter = ',', .trim = true } },
	{ SLICE("a \t\t \"b\" \t\n"), "1, 10 bytes: 1:a/2 0:/0 1:b/2 0:/0\n",
		{ .delimiter = '\t', .trim = true } },
	{ SLICE("a\t\tb\"\t\t\n"), "1, 7 bytes: 1:a/2 0:/0 2:b\"/3 0:/0 0:/0\n",
		{ .delimiter = '\t', .trim = true, .lazy = true } },
	{ SLICE("a\"b,\"c\"d\",\"e\"\"f\",\"g\"\n"),
		"1, 20 bytes: 3:a\"b/3 3:c\"d/4 3:e\"f/4 1:g/2\n",
		{ .delimiter = ',', .lazy = true } },
	/* Six bytes, and no more; the raw bytes are those that fit. */
	{ SLICE("abcde\"\nabcdef\"\n"),
		"1: a quote in a cell without quotes at 5 of 6:abcde\"\n"
		"2: the row is longer than --max-line allows at 6 of 6:abcdef\n",
		{ .delimiter = ',', .max_row = 6 } },
	{ SLICE("abc,de\nabc,def\n\"a\nb\",c\n\"d\ne\nf\ng\"\nh"),
		"1, 6 bytes: 3:abc/2 2:de/2\n"
		"2: the row is longer than --max-line allows at 6 of 6:abc,de\n"
		"3: the row is longer than --max-line allows at 6 of 6:\"a\nb\",\n"
		"5: the row is longer than --max-line allows at 6 of 6:\"d\ne\nf\n"
		"8: a quote in a cell without quotes at 1 of 2:g\"\n9, 1 bytes: 1:h/2\n",
		{ .delimiter = ',', .max_row = 6 } },
};

static void all_else_is_as_written(void **unused)
{
	(void)unused;
	for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
		struct rows_options o = written[i].options;
		struct rows rows;
		o.max_row = o.max_row ? o.max_row : SIZE_MAX / 2;
		rows = rows_read(written[i].text, &o, ROWS_PLAIN, SIZE_MAX / 2, 0);
		buf_byte(&rows.notes, 0);
		assert_string_equal(rows.notes.at, written[i].notes);
		rows_free(&rows);
		agree_in_all_pieces(written[i].text, &o);
	}
}

static void assert_number(const char *text, size_t len, const char *padded)
{
	static const enum rows_way ways[] = { ROWS_FAST, ROWS_AVX2, ROWS_SSE4 };
	const uint16_t start[] = { 0, (uint16_t)(len + 1) };
	bool number = num_valid((struct slice){ text, len });

	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
		const struct cells *fast = rows_fast(ways[i]);
		struct cell cell;
		if (!fast)
			continue;
		assert_true(fast->read(padded, start, NULL, 1, &cell));
		assert_int_equal(cell.kind == CELL_NUMBER, number);
	}
}

/* All texts of up to six of these letters, with others behind them. */
static void numbers_are_those_of_json(void **unused)
{
	static const char letters[] = "01.eE-+";
	enum { LETTERS = sizeof letters - 1, LENGTH = 6 };
	char text[LENGTH], padded[LENGTH + ROWS_PAD];
	size_t last = 1;

	(void)unused;
	for (size_t len = 1; len <= LENGTH; len++) {
		last *= LETTERS;
		for (size_t k = 0; k < last; k++) {
			memset(padded, letters[k % LETTERS], sizeof padded);
			for (size_t i = 0, rest = k; i < len; i++, rest /= LETTERS)
				text[i] = padded[i] = letters[rest % LETTERS];
			padded[len] = ',';
			assert_number(text, len, padded);
		}
	}
}

static void a_file_begins_anew(void **unused)
{
	struct dsv d = { .delimiter = ',', .max_row = SIZE_MAX / 2 };

	(void)unused;
	dsv_init(&d);
	for (int n = 0; n < 3; n++) {
		struct slice text = rows_copy(SLICE("skipped\r\na\r"), 0);
		dsv_begin(&d, 1);
		dsv_bytes(&d, text, true);
		assert_int_equal(dsv_next(&d), DSV_ROW);
		assert_int_equal(d.line, 2);
		assert_int_equal(d.cells, 1);
		assert_int_equal(dsv_next(&d), DSV_MORE);
		assert_int_equal(dsv_left(&d), 0);
		free((char *)text.at);
	}
	dsv_free(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(libcsv_agrees),
		cmocka_unit_test(every_place_is_alike),
		cmocka_unit_test(options_are_read_by_all_ways),
		cmocka_unit_test(random_texts_are_read_alike),
		cmocka_unit_test(long_rows_are_read_as_short_ones),
		cmocka_unit_test(all_else_is_as_written),
		cmocka_unit_test(numbers_are_those_of_json),
		cmocka_unit_test(a_file_begins_anew),
	};

	return cmocka_run_group_tests_name("dsv", tests, NULL, NULL);
}
