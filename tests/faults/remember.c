/* remember - count the records of each id, over all runs
 *
 * A filter that remembers, as small as it can be, to be killed and lied to. */
#include <inttypes.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "number/num.h"
#include "program/filter.h"
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
static struct map ids;
static uint64_t *count;
static size_t cap;

static uint64_t *count_of(struct slice id)
{
	size_t before = ids.n;
	uint32_t at = map_add(&ids, id);

	MEM_GROW(count, ids.n, cap);
	if (ids.n > before)
		count[at] = 0;
	return &count[at];
}

static void take(struct rec *r)
{
	struct value id = rec_value(r, id_field);
	struct slice text;
	struct decimal n;

	if (id.kind != KIND_TEXT)
		rec_blame(r, id_field, "is not a text");
	else if (!rec_number(r, n_field, &text) || !num_decimal(text, &n) || n.e || n.m < 0)
		rec_blame(r, n_field, "is no count");
	else
		*count_of((struct slice){ id.at, id.len }) = (uint64_t)n.m;
}

static void save(void)
{
	struct buf line = { 0 };

	for (size_t i = 0; i < ids.n; i++) {
		struct slice id = ids.entry[i].text;
		line.len = 0;
		buf_printf(
			&line, "{\"id\":%.*s,\"n\":%" PRIu64 "}\n", (int)id.len, id.at, count[i]);
		state_add(buf_slice(&line));
	}
	buf_free(&line);
}

static void ready(void)
{
	static const struct state state = { "remember", 1, take, save };
	static const char *const shaping[] = { "size", "key", NULL };

	id_field = filter_field(SLICE("id"));
	n_field = filter_field(SLICE("n"));
	id_field = filter_field(SLICE("id"));
	n_field = filter_field(SLICE("n"));
	state_shape_options(options, shaping);
	output_side(&late);
	state_load(&state);
}

static void number(struct rec *r)
{
	struct value id = rec_value(r, id_field);
	char text[NUM_MAX];
	size_t len;

	if (id.kind != KIND_TEXT) {
		rec_blame(r, id_field, "is not a text");
		return;
	}
	len = num_print_integer(text, ++*count_of((struct slice){ id.at, id.len }));
	rec_set(r, n_field, (struct slice){ text, len });
	if (late.path && slice_equal((struct slice){ id.at, id.len }, SLICE("\"late\"")))
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
