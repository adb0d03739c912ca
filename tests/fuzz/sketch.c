/* Sketches out of a text: the first byte says which. What is taken is printed and read back as the
 * same, answers between its extremes and within its bounds, and can be merged and added to. */
#include "fuzz.h"

#include <math.h>
#include <stdlib.h>

#include "sketch/distinct.h"
#include "sketch/sample.h"

static void must(bool good)
{
	if (!good)
		abort();
}

/* Quantiles do not fall, and no rank is beyond the number of values. */
static void check_sample(struct sample *s)
{
	double last = -INFINITY, x;

	for (uint64_t i = 0, n = sample_count(s); i <= 8; i++) {
		x = sample_value(s, (n - 1) / 8 * i);
		must(isfinite(x) && x >= last);
		must(sample_above(s, x) <= n);
		last = x;
	}
}

static void try_sample(struct slice s)
{
	struct sample sample = { 0 }, other = { 0 }, whole = { .whole = true };
	struct buf text = { 0 }, again = { 0 };

	if (!sample_parse(&sample, s))
		return;
	sample_print(&text, &sample);
	must(sample_parse(&other, buf_slice(&text)));
	sample_print(&again, &other);
	must(slice_equal(buf_slice(&text), buf_slice(&again)));
	must(sample_parse(&whole, buf_slice(&text)) == sample_exact(&sample));
	check_sample(&sample);
	for (int64_t i = 0; i < 5000 && sample_count(&sample) <= 100000000000000; i++) {
		sample_add(&sample, (struct decimal){ i * 7919 % 4999, i % 3 });
		sample_add_times(&other, (struct decimal){ i, -20 }, (uint64_t)i % 12 + 1);
	}
	check_sample(&sample);
	sample_merge(&sample, &other);
	check_sample(&sample);
	sample_free(&sample);
	sample_free(&other);
	sample_free(&whole);
	buf_free(&text);
	buf_free(&again);
}

static void try_distinct(struct slice s)
{
	struct distinct d, other = { 0 };
	struct fault fault;
	struct buf text = { 0 };
	uint64_t count;

	if (!distinct_parse(&d, s, &fault)) {
		must(fault.at <= s.len);
		return;
	}
	distinct_print(&d, &text);
	must(slice_equal(buf_slice(&text), s));
	count = distinct_count(&d);
	distinct_merge(&other, &d);
	must(distinct_count(&other) == count);
	distinct_add(&other, distinct_hash(s));
	must(distinct_count(&other) >= count);
	distinct_free(&d);
	distinct_free(&other);
	buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice s = { (const char *)data + 1, size - 1 };

	if (size && *data == '2')
		try_sample(s);
	else if (size)
		try_distinct(s);
	return 0;
}
