/* flatten - turn nested values into flat fields, and back */
#include "base/die.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/stop.h"
#include "nested/recast.h"
#include "nested/unflat.h"
#include "program/filter.h"
#include "record/json.h"

enum { HELD = 1 << 20 }; /* of the answers to one record, what is kept until all are known */

static struct names only;
static const char *separator_given = ".", *exploded_name, *index_name;
static bool back;
static uint64_t flattened, exploded, restored;

static const struct opt options[] = {
	OPT(0, "only", "FIELDS", &only, "only these fields"),
	OPT(0, "separator", "TEXT", &separator_given, "what joins the names (.)"),
	OPT(0, "un", NULL, &back, "make nested values of flat fields"),
	OPT(0, "explode", "FIELD", &exploded_name, "a record for each element of this array"),
	OPT(0, "index", "NAME", &index_name, "the field for the element's number, from 0"),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static uint32_t exploded_field, index_field;
static bool *named; /* for each field: --only names it */
static size_t named_cap;

static struct recast recast;
static struct buf answer; /* to a record that explodes */
static struct unflat unflat;

static void note_named(const struct rec *r, bool are)
{
	struct picks picks = rec_pick(r, &only);

	for (size_t i = 0; i < picks.n; i++) {
		if (picks.at[i] >= named_cap) {
			size_t cap = (picks.at[i] + 1) * 2;
			named = mem_resize(named, cap * sizeof *named);
			memset(named + named_cap, 0, (cap - named_cap) * sizeof *named);
			named_cap = cap;
		}
		named[picks.at[i]] = are;
	}
}

static bool is_wanted(const struct rec *r, size_t i)
{
	uint32_t field = r->shape->field[i];

	return !only.n || (field < named_cap && named[field]);
}

static bool is_nested(const struct value *v)
{
	return v->kind >= KIND_OBJECT && tree_is_full(v->at);
}

static void write_answer(struct buf *b, uint64_t records)
{
	out_add(output_main(), buf_slice(b));
	b->len = 0;
	while (records--)
		filter_counts_answer();
}

/* Gives the number of elements. Answers are written, or held unless they become too many. */
static uint64_t answer_each(const struct rec *r, bool writes, bool *held)
{
	const char *p = recast.member[recast.array].value.at;
	struct json_fault ignored;
	uint64_t n = 0;
	bool fine;

	do {
		struct value v = { .at = json_blanks(p + 1) };
		enum kind kind;
		p = json_value(v.at, 1, &kind, &ignored);
		v.len = (uint32_t)(p - v.at);
		v.kind = kind;
		fine = recast_fill(&recast, r, v, n++, &answer);
		if (writes)
			write_answer(&answer, 1);
		*held &= answer.len <= HELD;
		if (!*held)
			answer.len = 0;
		p = json_blanks(p);
	} while (*p == ',' && fine && !stop_overdue());
	return n;
}

/* Nothing is written of a record that turns out to be bad; answers that are too many to be kept until
 * that is known are made twice. */
static bool explode(const struct rec *r)
{
	uint64_t common = recast.flat.opened, n, opened;
	bool held = true;

	answer.len = 0;
	n = answer_each(r, false, &held);
	opened = recast.flat.opened + (n - 1) * common;
	if (recast.too_long || recast.flat.repeated)
		return false;
	if (held)
		write_answer(&answer, n);
	else
		answer_each(r, true, &held);
	flattened += opened;
	exploded++;
	return true;
}

static void write_frame(void)
{
	buf_byte(&recast.frame, '\n');
	write_answer(&recast.frame, 1);
}

/* False: the record is a bad one, or must be looked at closely. */
static bool is_answered(const struct rec *r, bool closely)
{
	if (!recast_print(&recast, r, closely, filter_max_line()))
		return false;
	if (recast.holes)
		return explode(r);
	write_frame();
	flattened += recast.flat.opened;
	return true;
}

/* Says what is to become of the array and of the index, if it is there. */
static bool settle_array(const struct rec *r)
{
	uint32_t i = exploded_name ? shape_slot(r->shape, exploded_field) : SLOT_NONE;
	struct recast_member *array;

	if (i == SLOT_NONE || r->value[i].kind != KIND_ARRAY)
		return false;
	array = &recast.member[i];
	if (!tree_is_full(r->value[i].at)) {
		array->role = RECAST_REPLACE;
		array->value = (struct value){ "null", 4, KIND_NULL };
		return true;
	}
	array->role = RECAST_EXPLODE;
	array->flatten = is_wanted(r, i);
	i = index_name ? shape_slot(r->shape, index_field) : SLOT_NONE;
	if (i != SLOT_NONE)
		recast.member[i].role = RECAST_NUMBER;
	return true;
}

/* Says what is to become of the members; false: nothing happens to any. */
static bool settle(const struct rec *r)
{
	bool changes = false;

	recast_begin(&recast, r);
	for (uint32_t i = 0; i < r->shape->n; i++)
		if (is_nested(&r->value[i]) && is_wanted(r, i)) {
			recast.member[i].role = RECAST_FLATTEN;
			changes = true;
		}
	return settle_array(r) || changes;
}

static void blame_result(struct rec *r)
{
	static struct buf quoted, meant;

	if (recast.too_long) {
		rec_blame(r, FIELD_NONE,
			"the line is longer than --max-line allows, once it is flattened");
		return;
	}
	quoted.len = meant.len = 0;
	buf_byte(&quoted, '"');
	buf_add(&quoted, buf_slice(&recast.flat.twice));
	buf_byte(&quoted, '"');
	json_unquote(&meant, buf_slice(&quoted));
	rec_blame_at(r, buf_slice(&meant), "arises twice", recast_twice_at(&recast, r));
}

static void flatten(struct rec *r)
{
	if (!settle(r)) {
		emit(r);
		return;
	}
	if (is_answered(r, false))
		return;
	recast_settle(&recast, r);
	if (!is_answered(r, true))
		blame_result(r);
}

/* May the name hold the separator? Escapes hide it. */
static bool may_have_parts(struct slice name)
{
	return memmem(name.at, name.len, unflat.separator.at, unflat.separator.len) ||
		memchr(name.at, '\\', name.len);
}

static bool is_nested_already(const struct rec *r)
{
	for (uint32_t i = 0; i < r->shape->n; i++) {
		struct slice name = rec_name(r, i);
		name = (struct slice){ name.at + 1, name.len - 2 };
		if (may_have_parts(name) && is_wanted(r, i))
			return false;
	}
	return true;
}

static bool is_placed(struct rec *r, uint32_t member)
{
	struct slice name;
	struct fault f;

	if (unflat_place(&unflat, r, member, !is_wanted(r, member), &name, &f))
		return true;
	name.len = f.at;
	rec_blame_at(r, name, f.what, rec_place(r, r->value[member].at));
	return false;
}

static void restore(struct rec *r)
{
	uint64_t made;

	if (is_nested_already(r)) {
		emit(r);
		return;
	}
	unflat_begin(&unflat, r);
	for (uint32_t i = 0; i < r->shape->n; i++)
		if (!is_placed(r, i))
			return;
	made = unflat_settle(&unflat, r, &recast);
	if (!made) {
		emit(r);
	} else if (recast_print(&recast, r, true, filter_max_line())) {
		write_frame();
		restored += made;
	} else {
		blame_result(r);
	}
}

static void take_record(struct rec *r)
{
	if (only.n)
		note_named(r, true);
	if (back)
		restore(r);
	else
		flatten(r);
	if (only.n)
		note_named(r, false);
}

static void need_text(const char *option, const char *text)
{
	struct slice s = slice_of(text);

	if (!s.len)
		usage("--%s must not be empty", option);
	if (utf8_length(s) < s.len)
		usage("--%s: '%s' is not UTF-8", option, text);
}

static void check_names(void)
{
	need_text("separator", separator_given);
	if (back && exploded_name)
		usage("--un and --explode exclude each other");
	if (index_name && !exploded_name)
		usage("--index goes with --explode FIELD");
	if (index_name)
		need_text("index", index_name);
}

static void prepare(void)
{
	static struct buf quoted, index;

	check_names();
	unflat.separator = slice_of(separator_given);
	json_quote(&quoted, unflat.separator);
	recast.flat.separator = (struct slice){ quoted.at + 1, quoted.len - 2 };
	if (exploded_name)
		exploded_field = filter_needs(slice_of(exploded_name));
	if (!index_name)
		return;
	index_field = filter_field(slice_of(index_name));
	json_quote(&index, slice_of(index_name));
	recast.number = buf_slice(&index);
	if (index_field == exploded_field)
		usage("--index and --explode name the same field");
}

static const struct count counts[] = {
	{ "flattened", &flattened },
	{ "exploded", &exploded },
	{ "restored", &restored },
	{ 0 },
};

static const struct filter filter = {
	.program = { "flatten", "turn nested values into flat fields, and back", "[file ...]",
		options },
	.ready = prepare,
	.whole = true,
	.record = take_record,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&filter, argc, argv);
}
