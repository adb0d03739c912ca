/* describe - tell what the fields of a stream hold */
#include <inttypes.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/mem.h"
#include "program/filter.h"
#include "program/memory.h"
#include "program/when.h"
#include "survey/findings.h"
#include "survey/overview.h"
#include "survey/survey.h"

enum { WIDTH = 100 }; /* of a table that goes to no terminal */

static struct names wanted, unwanted;
static struct memory surveys = { .size = sizeof(struct survey), .most = 1000 };
static int64_t max_fields = FIELDS_MAX;
static bool as_table;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &wanted, "only these fields"),
	OPT('x', "exclude", "FIELDS", &unwanted, "all fields but these"),
	OPT('k', "key", "KEYS", &surveys.list, "describe the records of each key by themselves"),
	OPT_INCLUDE(when_options),
	OPT(0, "table", NULL, &as_table, "columns for a terminal"),
	OPT(0, "max-keys", "N", &surveys.most, "keys at most (1000)"),
	OPT(0, "max-fields", "N", &max_fields, "fields at most, those of all keys (65536)"),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static struct names everything; /* what -f is by default */
static struct stamp stamp;
static struct survey_setup setup;
static size_t described; /* fields, of all keys together */
static size_t named;     /* before the first record */

/* Of each field by its number: is it to be described? */
static bool *chosen;
static size_t known, chosen_cap;

static bool is_unwanted(uint32_t field, struct slice name)
{
	for (size_t i = 0; i < surveys.keys.n; i++)
		if (!surveys.keys.item[i].expression && surveys.keys.item[i].field == field)
			return true;
	for (size_t i = 0; i < unwanted.n; i++) {
		struct name n = unwanted.at[i];
		if (n.pattern ? names_match(n.text, name) : slice_equal(n.text, name))
			return true;
	}
	return false;
}

static bool is_chosen(const struct rec *r, uint32_t field)
{
	for (; known <= field; known++) {
		uint32_t next = (uint32_t)known;
		MEM_GROW(chosen, known, chosen_cap);
		chosen[known] = !is_unwanted(next, fields_name(r->fields, next));
	}
	return chosen[field];
}

static void take_record(struct rec *r)
{
	struct picks picks = rec_pick(r, wanted.n ? &wanted : &everything);
	struct survey *s = memory_of(&surveys, r);
	size_t before;

	if (!s)
		return;
	s->setup = &setup;
	before = s->n;
	survey_begin(s);
	for (size_t i = 0; i < picks.n; i++)
		if (is_chosen(r, picks.at[i]))
			survey_add(s, picks.at[i], rec_value(r, picks.at[i]));
	survey_end(s);
	described += s->n - before;
	if (described > (uint64_t)max_fields ||
		filter_fields()->names.n - named > (uint64_t)max_fields)
		die("%s: more than --max-fields %" PRId64 " fields%s", filter_file(), max_fields,
			surveys.keys.n ? " of all keys" : "");
}

static struct findings findings;

/* Takes the cells of a row from the rest. */
static void print_row(struct slice key, struct slice *rest)
{
	static struct buf line;

	line.len = 0;
	keys_print(&surveys.keys, key, &line);
	for (size_t i = 0; i < FINDINGS_COLUMNS; i++) {
		struct slice json = findings_next(rest);
		if (!findings.used[i])
			continue;
		buf_printf(&line, "%s\"%s\":", line.len ? "," : "", findings_name(i));
		buf_add(&line, json);
	}
	out_add(output_main(), SLICE("{"));
	out_add(output_main(), buf_slice(&line));
	out_add(output_main(), SLICE("}\n"));
}

static struct overview overview;

static void show_cell(struct slice json)
{
	static struct buf text;

	text.len = 0;
	if (*json.at == '"')
		json_unquote(&text, json);
	else if (!slice_equal(json, SLICE("null")))
		buf_add(&text, json);
	overview_add(&overview, text.len ? buf_slice(&text) : SLICE(""),
		*json.at == '-' || is_digit(*json.at));
}

static void show_row(struct slice key, struct slice *rest)
{
	for (size_t i = 0; i < surveys.keys.n; i++)
		show_cell(findings_next(&key));
	for (size_t i = 0; i < FINDINGS_COLUMNS; i++) {
		struct slice json = findings_next(rest);
		if (findings.used[i])
			show_cell(json);
	}
}

static void show_header(void)
{
	overview.keys = surveys.keys.n;
	for (size_t i = 0; i < surveys.keys.n; i++)
		overview_add(&overview, surveys.keys.item[i].name, false);
	for (size_t i = 0; i < FINDINGS_COLUMNS; i++)
		if (findings.used[i])
			overview_add(&overview, slice_of(findings_name(i)), false);
	overview_named(&overview);
}

static void show_table(void)
{
	struct buf rows = { 0 };

	overview.width = out_width(output_main());
	if (!overview.width)
		overview.width = WIDTH;
	overview_print(&overview, &rows);
	out_add(output_main(), buf_slice(&rows));
	buf_free(&rows);
}

static void answer(void)
{
	struct groups *groups = &surveys.groups;
	struct group **sorted = groups_sorted(groups);
	struct slice rest;

	findings = (struct findings){ .fields = filter_fields(), .rounded = as_table };
	for (size_t i = 0; i < groups->n; i++)
		findings_add(&findings, memory_cell(sorted[i]));
	rest = buf_slice(&findings.cells);
	if (as_table && rest.len)
		show_header();
	for (size_t i = 0; i < groups->n; i++) {
		const struct survey *s = memory_cell(sorted[i]);
		for (size_t k = 0; k < s->n; k++) {
			if (as_table)
				show_row(group_shown(groups, sorted[i]), &rest);
			else
				print_row(group_shown(groups, sorted[i]), &rest);
			filter_counts_answer();
		}
	}
	show_table();
	free(sorted);
}

static void check_names(void)
{
	for (size_t i = 0; i < surveys.keys.n; i++)
		for (size_t k = 0; k < FINDINGS_COLUMNS; k++)
			if (slice_equal(surveys.keys.item[i].name, slice_of(findings_name(k))))
				usage("--key: a result is named %s too: 'FIELD as NAME' renames the key",
					findings_name(k));
}

static void prepare(void)
{
	struct fault ignored;

	if (max_fields < 1)
		usage("--max-fields must be at least 1");
	when_ready();
	memory_prepare(&surveys);
	check_names();
	stamp = (struct stamp){ .zone = when_zone(), .scale = when_scale() };
	setup = (struct survey_setup){ when_field(), &stamp };
	if (!wanted.n) {
		names_add(&everything, SLICE("*"), &ignored);
		filter_list(&everything);
	}
	filter_fields()->boundless = true;
	named = filter_fields()->names.n;
}

static const struct filter describe = {
	.program = { "describe", "tell what the fields of a stream hold", "[file ...]", options },
	.ready = prepare,
	.record = take_record,
	.end = answer,
};

int main(int argc, char **argv)
{
	return filter_main(&describe, argc, argv);
}
