/* Numbers are spelled as spreadsheets export them, which is how such files reach the public:
 * between 0 and 0.0001 with three digits and an exponent of two (3.33E-05), else in full. */
#include "simulate/simulate.h"

/* m * 10^e, m above 0. */
static char *put_small(char *to, int64_t m, int32_t e)
{
	char digits[NUM_MAX];
	size_t len;
	int32_t cut = 0;

	while ((uint64_t)m / num_ten[cut] >= 1000)
		cut++;
	if (cut)
		m = (int64_t)(((uint64_t)m + num_ten[cut] / 2) / num_ten[cut]);
	for (; m % 10 == 0; m /= 10)
		cut++;
	len = num_print_integer(digits, m);
	e = -(e + cut + (int32_t)len - 1);
	*to++ = digits[0];
	if (len > 1)
		*to++ = '.';
	to = slice_put(to, (struct slice){ digits + 1, len - 1 });
	to = slice_put(to, SLICE("E-"));
	*to++ = (char)('0' + e / 10 % 10);
	*to++ = (char)('0' + e % 10);
	return to;
}

static char *put_number(char *to, struct decimal d)
{
	if (d.m > 0 && d.e < -4 && (uint64_t)d.m < num_ten[-d.e - 4])
		return put_small(to, d.m, (int32_t)d.e);
	return to + num_print_decimal(to, d);
}

size_t simulate_header(const struct simulate_set *set, char to[])
{
	char *p = to;

	for (size_t i = 0; i < set->n; i++) {
		p = slice_put(p, set->columns[i]);
		*p++ = ',';
	}
	p[-1] = '\n';
	return (size_t)(p - to);
}

size_t simulate_csv(const struct simulate_set *set, const struct simulate_row *row, char to[])
{
	struct simulate_cell cells[SIMULATE_CELLS];
	char *p = to;

	set->fill(row, cells);
	for (size_t i = 0; i < set->n; i++) {
		p = cells[i].text.at ? slice_put(p, cells[i].text) : put_number(p, cells[i].number);
		*p++ = ',';
	}
	p[-1] = '\n';
	return (size_t)(p - to);
}

static char *put_quoted(char *to, struct slice text)
{
	*to++ = '"';
	to = slice_put(to, text);
	*to++ = '"';
	return to;
}

size_t simulate_ndjson(const struct simulate_set *set, const struct simulate_row *row, char to[])
{
	struct simulate_cell cells[SIMULATE_CELLS];
	char *p = to;

	set->fill(row, cells);
	for (size_t i = 0; i < set->n; i++) {
		*p++ = i ? ',' : '{';
		p = put_quoted(p, set->columns[i]);
		*p++ = ':';
		p = cells[i].text.at ? put_quoted(p, cells[i].text) :
				       put_number(p, cells[i].number);
	}
	p = slice_put(p, SLICE("}\n"));
	return (size_t)(p - to);
}
