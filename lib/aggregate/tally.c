#include "aggregate/tally.h"

#include <stdlib.h>

#include "aggregate/reading.h"
#include "base/mem.h"
#include "record/canon.h"

/* No sum of counts goes beyond it. */
static const int64_t MOST = 1000000000000000000;

static struct slice value_of(const struct tally *t, size_t i)
{
	return t->value.entry[i].text;
}

void tally_add(struct tally *t, struct slice canon, int64_t times)
{
	size_t before = t->value.n;
	uint32_t i = map_add(&t->value, canon);

	MEM_GROW(t->times, i, t->cap);
	if (t->value.n > before)
		t->times[i] = 0;
	t->times[i] = times < MOST - t->times[i] ? t->times[i] + times : MOST;
}

void tally_merge(struct tally *t, const struct tally *from)
{
	for (size_t i = 0; i < tally_size(from); i++)
		tally_add(t, value_of(from, i), from->times[i]);
}

struct slice tally_mode(const struct tally *t)
{
	size_t best = 0;

	for (size_t i = 1; i < tally_size(t); i++)
		if (t->times[i] > t->times[best] ||
			(t->times[i] == t->times[best] &&
				canon_compare(value_of(t, i), value_of(t, best)) < 0))
			best = i;
	return value_of(t, best);
}

static int compare(const void *a, const void *b, void *with)
{
	const struct tally *t = with;

	return canon_compare(value_of(t, *(const uint32_t *)a), value_of(t, *(const uint32_t *)b));
}

void tally_print(const struct tally *t, struct buf *b)
{
	uint32_t *place = mem_array(tally_size(t) + 1, sizeof *place);

	for (uint32_t i = 0; i < tally_size(t); i++)
		place[i] = i;
	qsort_r(place, tally_size(t), sizeof *place, compare, (void *)t);
	for (size_t i = 0; i < tally_size(t); i++) {
		if (i)
			buf_byte(b, ' ');
		buf_add(b, value_of(t, place[i]));
		buf_printf(b, " %lld", (long long)t->times[place[i]]);
	}
	free(place);
}

bool tally_parse(struct tally *t, struct partial *w)
{
	struct reading value = { 0 };
	int64_t times;
	bool good;

	do {
		good = partial_take_reading(w, &value) && partial_take_count(w, &times) &&
			times > 0;
		if (good)
			tally_add(t, reading_canon(&value), times);
	} while (good && !partial_done(w));
	reading_free(&value);
	return good;
}

void tally_free(struct tally *t)
{
	map_free(&t->value);
	free(t->times);
	*t = (struct tally){ 0 };
}
