/* rectime - parse, convert, shift or make up the time of records */
#include "base/die.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "number/num.h"
#include "program/filter.h"
#include "program/when.h"
#include "record/json.h"
#include "time/layout.h"
#include "time/tzdata.h"

static struct names fields;
static const char *from, *to, *to_tz, *start;
static struct duration shift = { .may = SPAN_SIGNED }, every;
static bool check;
static uint64_t set, gaps, duplicates, backwards;

static const struct opt options[] = {
	OPT('f', "field", "FIELDS", &fields,
		"read the time from these fields, with blanks between"),
	OPT(0, "from", "FORMAT", &from, "how it is written, as %d/%m/%Y %H:%M"),
	OPT(0, "to", "FORMAT", &to, "write it so: rfc3339, s, ms, us, ns, or as --from"),
	OPT(0, "to-tz", "ZONE", &to_tz, "write texts by the clocks of this zone (that of --tz)"),
	OPT(0, "shift", "DURATION", &shift, "move it by so much, with a minus sign back"),
	OPT(0, "every", "DURATION", &every, "so much after that of the record before"),
	OPT(0, "start", "TIME", &start, "with --every: that of the first record"),
	OPT(0, "check", NULL, &check, "print only what is wrong with the order of the times"),
	OPT_INCLUDE(when_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static uint32_t *source; /* the fields that are read, at least one */
static size_t sources;
static struct layout from_layout, to_layout;
static struct stamp stamp;

/* How times are written: by to_layout, in a style, or as they were read. */
static enum { AS_READ, STYLED, LAID_OUT } manner;
static struct instant_style to_style;
static struct zone to_own, *to_zone;

/* Of --every: the time that is counted from, and how many records have one already. */
static bool has_origin;
static struct instant origin;
static uint64_t counted;

/* Of --check: the time of the record before, and how many records there were. */
static bool has_previous;
static struct instant previous;
static uint64_t records;

/* --- options --- */

static void take_fields(void)
{
	sources = fields.n ? fields.n : 1;
	source = mem_array(sources, sizeof *source);
	source[0] = when_field();
	if (fields.n || start)
		filter_spares(when_field());
	for (size_t i = 0; i < fields.n; i++) {
		if (fields.at[i].pattern)
			usage("--field: a pattern does not say in which order: %.*s",
				(int)fields.at[i].text.len, fields.at[i].text.at);
		source[i] = filter_field(fields.at[i].text);
	}
}

static void compile(const char *option, const char *format, struct layout *layout)
{
	struct fault fault;

	if (!layout_compile(slice_of(format), layout, &fault))
		usage("--%s: %s: '%s' (byte %zu)", option, fault.what, format, fault.at);
}

static void take_from(void)
{
	struct fault fault;

	compile("from", from, &from_layout);
	if (!layout_can_read(&from_layout, &fault))
		usage("--from: %s: '%s' (byte %zu)", fault.what, from, fault.at);
}

static struct instant_style rfc3339(void)
{
	return (struct instant_style){
		.text = true, .separator = 'T', .zone = zone_is_utc(to_zone) ? 'Z' : ':'
	};
}

static bool has_conversion(const struct layout *layout)
{
	for (size_t i = 0; i < layout->n; i++)
		if (layout->step[i].what)
			return true;
	return false;
}

static void take_to(void)
{
	static const char *const units[] = { "s", "ms", "us", "ns" };

	manner = STYLED;
	to_style = rfc3339();
	if (!strcmp(to, "rfc3339"))
		return;
	for (int i = 0; i < 4; i++) {
		if (!strcmp(to, units[i])) {
			to_style = (struct instant_style){ .unit = (enum instant_unit)i };
			return;
		}
	}
	manner = LAID_OUT;
	compile("to", to, &to_layout);
	if (!has_conversion(&to_layout))
		usage("--to: '%s' is neither rfc3339, s, ms, us, ns, nor a format with a %%", to);
	if (utf8_length(slice_of(to)) < strlen(to))
		usage("--to: the format is not UTF-8");
}

static bool parse(struct slice text, bool number, struct instant *t, struct fault *fault)
{
	if (number)
		return stamp_number(&stamp, text, t, fault);
	return stamp_text(&stamp, text, t, fault);
}

static void take_start(void)
{
	struct slice text = slice_of(start);
	struct fault fault;

	if (!every.given)
		usage("--start goes with --every DURATION");
	if (from || fields.n)
		usage("with --start no time is read: no --from and no --field");
	if (!parse(text, num_valid(text), &origin, &fault))
		usage("--start: %s: '%s'", fault.what, start);
	has_origin = true;
}

static void prepare(void)
{
	struct fault fault;

	when_ready();
	take_fields();
	stamp = (struct stamp){ .zone = when_zone(), .scale = when_scale() };
	to_zone = when_zone();
	if (to_tz && !tzdata_find(slice_of(to_tz), &to_own, &fault))
		usage("--to-tz: %s: '%s'", fault.what, to_tz);
	if (to_tz)
		to_zone = &to_own;
	if (check && (start || shift.given))
		usage("--check changes no time: no --start and no --shift");
	if (from)
		take_from();
	if (to)
		take_to();
	if (start)
		take_start();
}

/* --- reading --- */

/* Appends what a field holds; false, the record being blamed, unless it is a text or a number. */
static bool gather(struct rec *r, uint32_t field, struct buf *text, bool *number)
{
	struct value v = rec_value(r, field);
	struct slice json = { v.at, v.len };

	*number = v.kind == KIND_NUMBER;
	if (v.kind == KIND_TEXT)
		json_unquote(text, json);
	else if (*number)
		buf_add(text, json);
	else
		rec_blame(r, field, v.kind <= KIND_NULL ? "is missing" : "is not a time");
	return v.kind == KIND_TEXT || *number;
}

static bool read_time(struct rec *r, struct instant *t)
{
	static struct buf text;
	struct fault fault;
	bool number, good;

	text.len = 0;
	for (size_t i = 0; i < sources; i++) {
		if (i)
			buf_byte(&text, ' ');
		if (!gather(r, source[i], &text, &number))
			return false;
	}
	if (from)
		good = layout_parse(&from_layout, buf_slice(&text), when_zone(), t, &fault);
	else
		good = parse(buf_slice(&text), number && sources == 1, t, &fault);
	if (!good)
		rec_refuse(r, source[0], fault.what);
	return good;
}

static bool move(struct rec *r, uint32_t field, struct instant base, __int128 by, struct instant *t)
{
	if (instant_of_nanos(instant_nanos(base) + by, t))
		return true;
	rec_refuse(r, field, "a time beyond the years -9999 to 9999");
	return false;
}

/* The time that the record is to have. */
static bool find_time(struct rec *r, struct instant *t)
{
	if (has_origin)
		return move(r, when_field(), origin, (__int128)counted++ * every.span.nanos, t);
	if (!read_time(r, t) || !move(r, source[0], *t, shift.span.nanos, t))
		return false;
	has_origin = every.given;
	origin = *t;
	counted = has_origin;
	return true;
}

/* --- writing --- */

/* In the manner of the last time that was read; what --from has read is in none of ours. */
static struct instant_style style_read(void)
{
	struct instant_style style = from ? rfc3339() : stamp.style;

	if (to_tz && style.text && style.zone)
		style.zone = rfc3339().zone;
	return style;
}

/* Appends the time as JSON. */
static void print_time(struct instant t, struct buf *json)
{
	static struct buf text;
	struct stamp as = { .zone = to_zone };

	if (manner == LAID_OUT) {
		text.len = 0;
		layout_print(&to_layout, t, to_zone, &text);
		json_quote(json, buf_slice(&text));
		return;
	}
	as.style = manner == STYLED ? to_style : style_read();
	json->len += stamp_print(buf_room(json, STAMP_MAX), &as, t);
}

/* Nothing is done to a time that is to stay as it is. */
static bool is_changed(void)
{
	return from || to || to_tz || shift.given || every.given || sources > 1;
}

static void set_time(struct rec *r)
{
	static struct buf json;
	struct instant t;

	if (!find_time(r, &t))
		return;
	for (size_t i = 1; i < sources; i++)
		rec_drop(r, source[i]);
	rec_rename(r, source[0], when_field());
	if (is_changed()) {
		json.len = 0;
		print_time(t, &json);
		rec_set(r, when_field(), buf_slice(&json));
		set++;
	}
	emit(r);
}

/* --- checking --- */

/* Records that are missing in a step from one to the next. */
static __int128 missing_in(__int128 nanos)
{
	/* Half a step more or less is no matter. */
	return every.given ? (2 * nanos + every.span.nanos) / (2 * (__int128)every.span.nanos) - 1 :
			     0;
}

static void print_number(struct buf *b, __int128 n)
{
	b->len += num_print_integer(buf_room(b, NUM_MAX), n);
}

static void print_seconds(struct buf *b, __int128 nanos)
{
	const __int128 second = 1000000000;
	int64_t whole = (int64_t)(nanos / second - (nanos % second < 0));
	struct instant as = { whole, (uint32_t)(nanos - whole * second) };

	b->len += instant_print(buf_room(b, INSTANT_MAX), as, &(struct instant_style){ 0 }, NULL);
}

static void tell(const char *what, struct instant t, __int128 nanos, __int128 missing)
{
	static struct buf line;

	line.len = 0;
	buf_add(&line, SLICE("{\"record\":"));
	print_number(&line, records);
	buf_printf(&line, ",\"what\":\"%s\",\"time\":", what);
	print_time(t, &line);
	buf_add(&line, SLICE(",\"before\":"));
	print_time(previous, &line);
	buf_add(&line, SLICE(",\"seconds\":"));
	print_seconds(&line, nanos);
	if (missing) {
		buf_add(&line, SLICE(",\"missing\":"));
		print_number(&line, missing);
	}
	buf_add(&line, SLICE("}\n"));
	out_add(output_main(), buf_slice(&line));
	filter_counts_answer();
}

static void compare(struct instant t)
{
	__int128 nanos = instant_nanos(t) - instant_nanos(previous);
	__int128 missing = missing_in(nanos);

	if (nanos < 0) {
		backwards++;
		tell("backwards", t, nanos, 0);
	} else if (!nanos) {
		duplicates++;
		tell("duplicate", t, nanos, 0);
	} else if (missing > 0) {
		gaps++;
		tell("gap", t, nanos, missing);
	}
}

static void check_time(struct rec *r)
{
	struct instant t;

	records++;
	if (!read_time(r, &t))
		return;
	if (has_previous)
		compare(t);
	has_previous = true;
	previous = t;
}

static void take_record(struct rec *r)
{
	if (check)
		check_time(r);
	else
		set_time(r);
}

static const struct count counts[] = {
	{ "set", &set },
	{ "gaps", &gaps },
	{ "duplicates", &duplicates },
	{ "backwards", &backwards },
	{ 0 },
};

static const struct filter rectime = {
	.program = { "rectime", "parse, convert, shift or make up the time of records",
		"[file ...]", options },
	.ready = prepare,
	.record = take_record,
	.counts = counts,
};

int main(int argc, char **argv)
{
	return filter_main(&rectime, argc, argv);
}
