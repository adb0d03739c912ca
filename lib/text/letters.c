/* Pairs lie in runs: a range of capitals, all as far from their small letters. Where the small letter is
 * the next character, capitals and small letters take turns. The runs of most texts come first.
 *
 * The data are Simple_Lowercase_Mapping and Simple_Uppercase_Mapping of the Unicode Character Database. */
#include "text/letters.h"

#include <stdint.h>

static const struct run {
	uint16_t first, last; /* capitals */
	int32_t to_small;
} runs[] = { { 0x00c0, 0x00d6, 32 }, { 0x00d8, 0x00de, 32 }, { 0x0410, 0x042f, 32 },
	{ 0x0391, 0x03a1, 32 }, { 0x03a3, 0x03ab, 32 }, { 0x0400, 0x040f, 80 },
	{ 0x0386, 0x0386, 38 }, { 0x0388, 0x038a, 37 }, { 0x038c, 0x038c, 64 },
	{ 0x038e, 0x038f, 63 }, { 0x0100, 0x012e, 1 }, { 0x0132, 0x0136, 1 }, { 0x0139, 0x0147, 1 },
	{ 0x014a, 0x0176, 1 }, { 0x0178, 0x0178, -121 }, { 0x0179, 0x017d, 1 },
	{ 0x0181, 0x0181, 210 }, { 0x0182, 0x0184, 1 }, { 0x0186, 0x0186, 206 },
	{ 0x0187, 0x0187, 1 }, { 0x0189, 0x018a, 205 }, { 0x018b, 0x018b, 1 },
	{ 0x018e, 0x018e, 79 }, { 0x018f, 0x018f, 202 }, { 0x0190, 0x0190, 203 },
	{ 0x0191, 0x0191, 1 }, { 0x0193, 0x0193, 205 }, { 0x0194, 0x0194, 207 },
	{ 0x0196, 0x0196, 211 }, { 0x0197, 0x0197, 209 }, { 0x0198, 0x0198, 1 },
	{ 0x019c, 0x019c, 211 }, { 0x019d, 0x019d, 213 }, { 0x019f, 0x019f, 214 },
	{ 0x01a0, 0x01a4, 1 }, { 0x01a6, 0x01a6, 218 }, { 0x01a7, 0x01a7, 1 },
	{ 0x01a9, 0x01a9, 218 }, { 0x01ac, 0x01ac, 1 }, { 0x01ae, 0x01ae, 218 },
	{ 0x01af, 0x01af, 1 }, { 0x01b1, 0x01b2, 217 }, { 0x01b3, 0x01b5, 1 },
	{ 0x01b7, 0x01b7, 219 }, { 0x01b8, 0x01b8, 1 }, { 0x01bc, 0x01bc, 1 },
	{ 0x01c4, 0x01c4, 2 }, { 0x01c7, 0x01c7, 2 }, { 0x01ca, 0x01ca, 2 }, { 0x01cd, 0x01db, 1 },
	{ 0x01de, 0x01ee, 1 }, { 0x01f1, 0x01f1, 2 }, { 0x01f4, 0x01f4, 1 },
	{ 0x01f6, 0x01f6, -97 }, { 0x01f7, 0x01f7, -56 }, { 0x01f8, 0x021e, 1 },
	{ 0x0220, 0x0220, -130 }, { 0x0222, 0x0232, 1 }, { 0x023a, 0x023a, 10795 },
	{ 0x023b, 0x023b, 1 }, { 0x023d, 0x023d, -163 }, { 0x023e, 0x023e, 10792 },
	{ 0x0241, 0x0241, 1 }, { 0x0243, 0x0243, -195 }, { 0x0244, 0x0244, 69 },
	{ 0x0245, 0x0245, 71 }, { 0x0246, 0x024e, 1 }, { 0x0370, 0x0372, 1 }, { 0x0376, 0x0376, 1 },
	{ 0x037f, 0x037f, 116 }, { 0x03cf, 0x03cf, 8 }, { 0x03d8, 0x03ee, 1 },
	{ 0x03f7, 0x03f7, 1 }, { 0x03f9, 0x03f9, -7 }, { 0x03fa, 0x03fa, 1 },
	{ 0x03fd, 0x03ff, -130 }, { 0x0460, 0x0480, 1 }, { 0x048a, 0x04be, 1 },
	{ 0x04c0, 0x04c0, 15 }, { 0x04c1, 0x04cd, 1 }, { 0x04d0, 0x052e, 1 }, { 0x1e00, 0x1e94, 1 },
	{ 0x1ea0, 0x1efe, 1 }, { 0x2c7e, 0x2c7f, -10815 } };

/* Small in one way, capital in another, or both: those are in between. */
static const struct single {
	uint16_t letter, small, capital;
} singles[] = { { 0x00b5, 0x00b5, 0x039c }, { 0x0130, 0x0069, 0x0130 }, { 0x0131, 0x0131, 0x0049 },
	{ 0x017f, 0x017f, 0x0053 }, { 0x01c5, 0x01c6, 0x01c4 }, { 0x01c8, 0x01c9, 0x01c7 },
	{ 0x01cb, 0x01cc, 0x01ca }, { 0x01f2, 0x01f3, 0x01f1 }, { 0x03c2, 0x03c2, 0x03a3 },
	{ 0x03d0, 0x03d0, 0x0392 }, { 0x03d1, 0x03d1, 0x0398 }, { 0x03d5, 0x03d5, 0x03a6 },
	{ 0x03d6, 0x03d6, 0x03a0 }, { 0x03f0, 0x03f0, 0x039a }, { 0x03f1, 0x03f1, 0x03a1 },
	{ 0x03f4, 0x03b8, 0x03f4 }, { 0x03f5, 0x03f5, 0x0395 }, { 0x1e9b, 0x1e9b, 0x1e60 },
	{ 0x1e9e, 0x00df, 0x1e9e } };

static bool is_in(const struct run *r, uint32_t capital)
{
	return capital >= r->first && capital <= r->last &&
		(r->to_small != 1 || (capital - r->first) % 2 == 0);
}

static uint32_t lower(uint32_t c)
{
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
		if (is_in(&runs[i], c))
			return c + (uint32_t)runs[i].to_small;
	for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
		if (singles[i].letter == c)
			return singles[i].small;
	return c;
}

static uint32_t upper(uint32_t c)
{
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
		if (is_in(&runs[i], c - (uint32_t)runs[i].to_small))
			return c - (uint32_t)runs[i].to_small;
	for (size_t i = 0; i < sizeof singles / sizeof *singles; i++)
		if (singles[i].letter == c)
			return singles[i].capital;
	return c;
}

/* A character of two or three bytes of UTF-8; *n of them. */
static uint32_t read_short(struct slice s, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s.at;

	*n = p[0] < 0xe0 ? 2 : 3;
	if (*n == 2)
		return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
	return (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
}

static char *write_short(char *to, uint32_t c)
{
	if (c < 0x80) {
		*to++ = (char)c;
	} else if (c < 0x800) {
		*to++ = (char)(0xc0 | c >> 6);
		*to++ = (char)(0x80 | (c & 0x3f));
	} else {
		*to++ = (char)(0xe0 | c >> 12);
		*to++ = (char)(0x80 | (c >> 6 & 0x3f));
		*to++ = (char)(0x80 | (c & 0x3f));
	}
	return to;
}

/* The letters of ASCII from `first` on, 26 of them, become the others. */
static char *convert(char *to, struct slice text, char first, uint32_t (*other)(uint32_t))
{
	size_t n;

	for (size_t i = 0; i < text.len; i += n) {
		unsigned char c = (unsigned char)text.at[i];
		n = 1;
		if (c >= 0xc0 && c < 0xf0)
			to = write_short(to, other(read_short(slice_skip(text, i), &n)));
		else
			*to++ = (char)(c ^ ((unsigned)(c - first) < 26) << 5);
	}
	return to;
}

char *letters_lower(char *to, struct slice text)
{
	return convert(to, text, 'A', lower);
}

char *letters_upper(char *to, struct slice text)
{
	return convert(to, text, 'a', upper);
}
