/* remember - count the records of each id, over all runs
 *
 * A filter that remembers, as small as it can be, to be killed and lied to. */
#include <inttypes.h>

#include "base/buf.h"
#include "number/num.h"
#include "program/filter.h"
#include "program/memory.h"
#include "program/state.h"

static const char *size, *key;
static struct side late = { .option = "late" };

static const struct opt options[] = {
	OPT(0, "size", "SIZE", &size, "shapes the state"),
	OPT('k', "key", "NAME", &key, "shapes the state"),
	OPT(0, "late", "FILE", &late.path, "write what has the id late to FILE"),
	OPT_INCLUDE(state_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static uint32_t id_field, n_field;

/* The count of an id. */
static void take_count(void *cell, struct rec *r)
{
	uint64_t *count = cell;
	struct slice text;
	struct decimal n;

	if (!rec_number(r, n_field, &text) || !num_decimal(text, &n) || n.e || n.m < 0)
		rec_blame(r, n_field, "is no count");
	else
		*count = (uint64_t)n.m;
}

static void save_count(const void *cell, struct buf *members)
{
	buf_printf(members, ",\"n\":%" PRIu64, *(const uint64_t *)cell);
}

static struct memory counts = {
	.size = sizeof(uint64_t), .most = 1000000, .save = save_count, .take = take_count
};

static bool has_id(struct rec *r)
{
	bool has = rec_value(r, id_field).kind == KIND_TEXT;

	if (!has)
		rec_blame(r, id_field, "is not a text");
	return has;
}

static void take(struct rec *r)
{
	if (has_id(r))
		memory_take(&counts, r);
}

static void save(void)
{
	memory_save(&counts);
}

static void ready(void)
{
	static const struct state state = { "remember", 1, take, save };
	static const char *const shaping[] = { "size", "key", NULL };

	id_field = filter_field(SLICE("id"));
	n_field = filter_field(SLICE("n"));
	buf_add(&counts.list, SLICE("id"));
	memory_prepare(&counts);
	state_shape_options(options, shaping);
	output_side(&late);
	state_load(&state);
}

static void number(struct rec *r)
{
	uint64_t *count = has_id(r) ? memory_of(&counts, r) : NULL;
	char text[NUM_MAX];
	size_t len;

	if (!count)
		return;
	len = num_print_integer(text, ++*count);
	rec_set(r, n_field, (struct slice){ text, len });
	if (late.path && slice_equal(counts.keys.key, SLICE("\"late\"")))
		emit_aside(r, &late);
	else
		emit(r);
}

static const struct filter remember = {
	.program = { "remember", "count the records of each id, over all runs", "[file ...]",
		options },
	.ready = ready,
	.record = number,
};

int main(int argc, char **argv)
{
	return filter_main(&remember, argc, argv);
}
