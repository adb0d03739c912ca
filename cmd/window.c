/* window - aggregate records by windows of time and by keys */
#include "base/die.h"
#include "base/mem.h"
#include "program/filter.h"
#include "program/reader.h"
#include "program/state.h"
#include "program/when.h"
#include "text/list.h"
#include "window/gather.h"
#include "window/resume.h"

/* What was typed, repeated options in one text, divided by commas. */
static struct buf key_list, agg_list, size_list, source_list;
static struct names fields;
static const char *slide_text, *step_text;
static struct duration gap, gap_limit, early, ahead, idle, offset = { .may = SPAN_SIGNED };
static struct duration grace = { .may = SPAN_LENGTH }, delay = { .may = SPAN_LENGTH };
static struct duration lateness = { .may = SPAN_LENGTH };
static bool all, partial, merge, skip_text, exact, drain;
static struct whole rows, sources;
static int64_t max_keys = 1000000, max_open = 1000000, max_fields = 4096;
static struct choice emission, filling = { -1 };
static const char *late;

enum { EMIT_FINAL, EMIT_CHANGES };

static struct gather_size *windows;
static struct gather_wish wish;
static struct gather gather;
static struct resume resume;

static const struct opt options[] = {
	OPT(0, "size", "SIZE", &size_list, "windows of this size, one after the other"),
	OPT(0, "slide", "SIZE", &slide_text, "one begins every SIZE, so they overlap"),
	OPT(0, "advance", "SIZE", &slide_text, NULL), /* what others call it */
	OPT(0, "step", "SIZE", &step_text, "results every SIZE from the start of a window on"),
	OPT(0, "gap", "DURATION", &gap, "sessions: one ends where nothing comes for so long"),
	OPT(0, "all", NULL, &all, "one window for the whole input"),
	OPT(0, "rows", "N", &rows, "windows of N records of a key"),
	OPT(0, "offset", "DURATION", &offset, "windows begin so much later"),
	OPT('k', "key", "KEYS", &key_list, "a group for each: fields, or EXPR as NAME"),
	OPT('a', "agg", "LIST", &agg_list, "aggregates, such as mean(x),p95(x) as p"),
	OPT('f', "field", "FIELDS", &fields, "the fields of aggregates that name none"),
	OPT(0, "grace", "DURATION", &grace, "wait so long for what comes late (0)"),
	OPT(0, "delay", "DURATION", &delay, "the same, with --lateness"),
	OPT(0, "lateness", "DURATION", &lateness, "correct results for so long"),
	OPT(0, "late", "FILE|drop", &late, "write what comes too late to FILE, or drop it"),
	OPT(0, "watermark-by", "FIELDS", &source_list, "a clock for each value of these fields"),
	OPT(0, "sources", "N", &sources, "wait until so many of them have been seen"),
	OPT(0, "max-ahead", "DURATION", &ahead, "a record so far ahead of the clock is late"),
	OPT(0, "idle-timeout", "DURATION", &idle,
		"do not wait for a source that is silent so long"),
	OPT(0, "emit", "final|changes", &emission, "results once, or with every change"),
	OPT(0, "early", "DURATION", &early, "so often, by the wall clock, what has changed"),
	OPT(0, "fill", "null|prev|linear|0", &filling,
		"results for windows without records, made of"),
	OPT(0, "max-gap", "DURATION", &gap_limit, "... where no more than this is missing"),
	OPT(0, "skip-text", NULL, &skip_text, "take a text for null where a number is needed"),
	OPT(0, "exact", NULL, &exact, "keep all values for quantiles"),
	OPT(0, "partial", NULL, &partial, "write results that can be merged"),
	OPT(0, "merge", NULL, &merge, "read such, and write the results of all"),
	OPT(0, "drain", NULL, &drain, "with --state: end the windows that are open"),
	OPT(0, "max-keys", "N", &max_keys, "keys in one window at most (1000000)"),
	OPT(0, "max-open", "N", &max_open, "open windows at most (1000000)"),
	OPT(0, "max-fields", "N", &max_fields, "fields at most that match patterns of -f (4096)"),
	OPT_INCLUDE(state_options),
	OPT_INCLUDE(when_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static void print(struct slice line)
{
	output_end_if_overdue();
	out_add(output_main(), line);
	filter_counts_answer();
}

static struct span_size read_size(const char *option, struct slice text)
{
	struct span_size size = { 0 };
	struct fault fault;

	if (!span_size_parse(text, &size, &fault))
		usage_at(text, fault.at, "--%s: %s", option, fault.what);
	return size;
}

static void prepare_size(struct slice text)
{
	static size_t cap;
	enum grid_kind moves = slide_text ? GRID_HOP : step_text ? GRID_CUMULATE : GRID_TUMBLE;
	struct span_size size = read_size("size", text), part = { 0 };
	struct fault fault;
	struct grid grid;

	if (slide_text)
		part = read_size("slide", slice_of(slide_text));
	if (step_text)
		part = read_size("step", slice_of(step_text));
	if (!grid_init(&grid, moves, size, part, offset.span, when_zone(), &fault))
		usage("--size %.*s: %s", (int)text.len, text.at, fault.what);
	MEM_GROW(windows, wish.sizes, cap);
	windows[wish.sizes++] = (struct gather_size){ grid, text };
}

static void prepare_sizes(void)
{
	struct slice rest = buf_slice(&size_list), item;
	struct fault fault;

	while (list_next(&rest, &item, &fault))
		prepare_size(item);
	if (fault.what)
		usage("--size: %s", fault.what);
	wish.size = windows;
}

static void check_kind(void)
{
	int kinds = (size_list.at != NULL) + gap.given + all + rows.given;

	if (!kinds)
		usage("which windows?  --size, --gap, --all or --rows is needed");
	if (kinds > 1)
		usage("--size, --gap, --all and --rows do not go together");
	wish.kind = size_list.at ? GATHER_SIZES :
		gap.given        ? GATHER_SESSIONS :
		all              ? GATHER_ALL :
				   GATHER_ROWS;
	if (wish.kind != GATHER_SIZES && (slide_text || step_text || offset.given))
		usage("--slide, --step and --offset go with --size");
	if (slide_text && step_text)
		usage("--slide and --step do not go together");
	if (wish.kind == GATHER_ROWS && rows.n < 1)
		usage("--rows must be at least 1");
	if (wish.kind == GATHER_ROWS && (partial || merge))
		usage("--rows goes by the order of the records, so it has no parts to merge");
}

static bool has_clock(void)
{
	return wish.kind == GATHER_SIZES || wish.kind == GATHER_SESSIONS;
}

static void check_clock(void)
{
	bool clock = grace.given || delay.given || lateness.given || late || source_list.at ||
		ahead.given || idle.given;

	if (clock && !has_clock())
		usage("--all and --rows have no clock, and nothing is late for them");
	if (clock && merge)
		usage("--merge has no clock: it waits for all of its input");
	if (grace.given && (delay.given || lateness.given))
		usage("--grace does not go with --delay and --lateness");
	if (merge && (early.given || emission.at == EMIT_CHANGES))
		usage("--merge has final results only, no --early or --emit changes");
	if (partial && (lateness.given || early.given || emission.at == EMIT_CHANGES))
		usage("--partial does not go with --lateness, --early and --emit changes");
	if (sources.given != (source_list.at != NULL))
		usage("--watermark-by and --sources go together");
	if (sources.given && sources.n < 1)
		usage("--sources must be at least 1");
	if (max_keys < 1 || max_open < 1)
		usage("--max-%s must be at least 1", max_keys < 1 ? "keys" : "open");
	if (max_fields < 1)
		usage("--max-fields must be at least 1");
}

static void check_fill(void)
{
	if ((filling.at >= 0) != gap_limit.given)
		usage("--fill and --max-gap go together");
	if (!gap_limit.given)
		return;
	if (wish.sizes != 1 || step_text)
		usage("--fill goes with one --size, without --step");
	if (wish.revisions || partial || merge)
		usage("--fill makes final results, without --lateness, --early, --emit changes, "
		      "--partial and --merge");
}

static void wish_for_windows(void)
{
	wish.gap = gap.span;
	wish.rows = (uint64_t)rows.n;
	wish.keys = buf_slice(&key_list);
	wish.max_keys = (uint64_t)max_keys;
	wish.max_open = (uint64_t)max_open;
	wish.skip_text = skip_text;
	wish.exact = exact;
}

static void wish_for_clock(void)
{
	wish.delay = delay.given ? delay.span : grace.span;
	wish.lateness = lateness.span;
	wish.max_ahead = ahead.span;
	wish.early = early.span;
	wish.idle = idle.span;
	wish.sources = buf_slice(&source_list);
	wish.expected = (size_t)sources.n;
	wish.late = late;
}

static void wish_for_results(void)
{
	wish.merge = merge;
	wish.partial = partial;
	wish.restores = state_wanted();
	wish.changes = emission.at == EMIT_CHANGES;
	wish.revisions = lateness.given || early.given || wish.changes;
	wish.fills = gap_limit.given;
	wish.fill = (enum fill_with)filling.at;
	wish.max_gap = gap_limit.span;
	wish.print = print;
}

static void refuse_rivals(const struct request *request)
{
	struct buf one = { 0 }, other = { 0 };

	request_print(request->rival[0], &one);
	request_print(request->rival[1], &other);
	if (!slice_equal(buf_slice(&one), buf_slice(&other)))
		usage("--agg: %.*s and %.*s are both called %.*s: give one another name after as",
			(int)one.len, one.at, (int)other.len, other.at, (int)request->about.len,
			request->about.at);
}

static _Noreturn void refuse_aggregates(const struct fault *fault, struct slice about)
{
	const char *near = gather.aggregates.request.near;
	struct slice list = buf_slice(&agg_list);
	bool inside = about.at >= list.at && about.at <= list.at + list.len;
	size_t at = inside ? (size_t)(about.at - list.at) + fault->at : 0;

	if (near)
		usage_at(list, at, "--agg: %s; did you mean %s?", fault->what, near);
	if (inside)
		usage_at(list, at, "--agg: %s", fault->what);
	if (gather.aggregates.request.rival[0])
		refuse_rivals(&gather.aggregates.request);
	usage("--agg: %s: %.*s", fault->what, (int)about.len, about.at);
}

/* A pattern stands neither for the time nor for keys, and only what it stands for is bounded. */
static void prepare_patterns(void)
{
	struct found *found = &gather.aggregates.found;
	struct fields *all_fields = filter_fields();

	found->list = &fields;
	found->most = (size_t)max_fields;
	names_literal(&found->except, fields_name(all_fields, when_field()));
	for (size_t i = 0; i < gather.keys.n; i++)
		if (!gather.keys.item[i].expression)
			names_literal(
				&found->except, fields_name(all_fields, gather.keys.item[i].field));
	all_fields->boundless = !merge && !state_wanted();
}

static void prepare_aggregates(void)
{
	struct slice rest = buf_slice(&agg_list), item;
	struct request *request = &gather.aggregates.request;
	const char *taken;
	struct fault fault;

	if (fields.n && !agg_list.at)
		usage("-f goes with -a, such as -a mean");
	while (list_next(&rest, &item, &fault))
		if (!request_parse(request, item, &fault))
			refuse_aggregates(&fault, item);
	if (fault.what)
		refuse_aggregates(&fault, rest);
	taken = results_reserve(&gather.results);
	if (taken)
		usage("--key: results have a member %s of their own; say `%s` as NAME", taken,
			taken);
	if (!request_complete(request, &fields, &fault))
		refuse_aggregates(&fault, request->about);
	if (!request->patterns)
		return;
	if (wish.fills)
		usage("--fill goes with fields that -f names, not with patterns");
	prepare_patterns();
}

static void take_saved(struct rec *r)
{
	resume_take(&resume, r);
}

static void save(void)
{
	resume_save(&resume);
}

static void prepare_state(void)
{
	static const struct state state = { "window", 1, take_saved, save };
	static const char *const shaping[] = { "size", "slide", "step", "gap", "all", "rows",
		"offset", "key", "agg", "field", "grace", "delay", "lateness", "watermark-by",
		"sources", "emit", "fill", "max-gap", "skip-text", "exact", "time", "tz", NULL };

	if (drain && !state_wanted())
		usage("--drain goes with --state");
	if (state_wanted() && (merge || partial))
		usage("--state does not go with --partial and --merge");
	if (state_wanted() && !late && has_clock())
		usage("--state continues a stream, so say what becomes of late records: --late FILE or "
		      "--late drop");
	resume_ready(&resume, &gather);
	state_shape_options(options, shaping);
	state_load(&state);
}

static void prepare(void)
{
	check_kind();
	check_clock();
	when_ready();
	prepare_sizes();
	wish_for_windows();
	wish_for_clock();
	wish_for_results();
	check_fill();
	gather_furnish(&gather, &wish);
	prepare_aggregates();
	gather_begin(&gather);
	/* The fields are those of the records that the partial results were made of. */
	for (uint32_t i = 0; merge && i < filter_fields()->names.n; i++)
		filter_spares(i);
	prepare_state();
}

static void take(struct rec *r)
{
	gather_take(&gather, r);
}

static int tick(bool waiting)
{
	return gather_tick(&gather, filter_waited(), waiting);
}

static void finish(void)
{
	if (state_wanted() && !drain)
		return;
	/* What has ended stays so: a record of the next run that belongs there is late. */
	if (drain)
		gather_drain(&gather);
	gather_finish(&gather);
}

static void judge(void)
{
	late_judge(&gather.late);
}

static const struct count counts[] = {
	{ "late", &gather.late.behind },
	{ "ahead", &gather.late.ahead },
	{ "skipped", &gather.aggregates.skipped },
	{ "beyond", &gather.aggregates.beyond },
	{ "approximate", &gather.aggregates.approximate },
	{ 0 },
};

static const struct filter window = {
	.program = { "window", "aggregate records by windows of time and by keys", "[file ...]",
		options },
	.ready = prepare,
	.record = take,
	.tick = tick,
	.end = finish,
	.verdict = judge,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&window, argc, argv);
}
