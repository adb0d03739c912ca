/* The distance of Damerau (1964) with neighbours swapped at most once, row by row. */
#include "text/near.h"

#include "text/letters.h"

enum { LONGEST = 40, BEGINNING = 3 };

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int distance(struct slice a, struct slice b)
{
	int row[LONGEST + 1][LONGEST + 1];

	for (size_t i = 0; i <= a.len; i++)
		row[i][0] = (int)i;
	for (size_t k = 0; k <= b.len; k++)
		row[0][k] = (int)k;
	for (size_t i = 1; i <= a.len; i++)
		for (size_t k = 1; k <= b.len; k++) {
			int replaced = row[i - 1][k - 1] + (a.at[i - 1] != b.at[k - 1]);
			row[i][k] = least(replaced, least(row[i - 1][k], row[i][k - 1]) + 1);
			if (i > 1 && k > 1 && a.at[i - 1] == b.at[k - 2] &&
				a.at[i - 2] == b.at[k - 1])
				row[i][k] = least(row[i][k], row[i - 2][k - 2] + 1);
		}
	return row[a.len][b.len];
}

static bool same_letters(struct slice a, struct slice b)
{
	char low_a[2 * LONGEST], low_b[2 * LONGEST];

	return slice_equal((struct slice){ low_a, (size_t)(letters_lower(low_a, a) - low_a) },
		(struct slice){ low_b, (size_t)(letters_lower(low_b, b) - low_b) });
}

int near_distance(struct slice typed, struct slice meant)
{
	int slips = meant.len > 5 ? 2 : 1, n;

	if (typed.len > LONGEST || meant.len > LONGEST)
		return NEAR_NOT;
	if (same_letters(typed, meant))
		return 0;
	if (meant.len < 3)
		return NEAR_NOT;
	n = distance(typed, meant);
	if (n <= slips)
		return n;
	return typed.len > 2 && slice_starts(meant, typed) ? BEGINNING : NEAR_NOT;
}
