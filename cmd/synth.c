/* synth - print a simulated data set */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "base/die.h"
#include "io/stop.h"
#include "number/num.h"
#include "program/output.h"
#include "simulate/home.h"
#include "simulate/simulate.h"
#include "time/instant.h"

enum { CSV, NDJSON };
enum { NANOS = 1000000000 };

static const struct simulate_set *const sets[] = { &home_set };
static const struct simulate_set *set;
static struct whole rows_given, tick_given;
static int64_t rows, tick; /* unless given, as the set has it */
static int64_t seed = 1;
static const char *start;
static struct choice format = { CSV };
static double rate = INFINITY;
static bool broken;

static const struct opt options[] = {
	OPT(0, "rows", "N", &rows_given, "print N rows (home: 503910)"),
	OPT(0, "seed", "N", &seed, "another house for every N (1)"),
	OPT(0, "start", "TIME", &start, "begin at TIME (home: 2016-01-01T05:00:00Z)"),
	OPT(0, "tick", "SECONDS", &tick_given, "let time grow by SECONDS a row (home: 60)"),
	OPT(0, "format", "csv|ndjson", &format, "print CSV or newline-delimited JSON (csv)"),
	OPT(0, "rate", "R", &rate, "print R rows a second, as live data come"),
	OPT(0, "broken", NULL, &broken, "end CSV with the broken row of the published file"),
	OPT_INCLUDE(output_options),
	OPT_END,
};

static void choose_set(struct operands operands)
{
	const char *wanted = operands.at[0];
	char names[200];
	size_t len = 0;

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		if (wanted && !strcmp(wanted, sets[i]->name))
			set = sets[i];
		len += (size_t)snprintf(names + len, sizeof names - len, " %s", sets[i]->name);
	}
	if (operands.n > 1)
		usage("one set at a time, of:%s", names);
	if (!wanted)
		usage("which set?  One of:%s", names);
	if (!set)
		usage("there is no set '%s'; there are:%s", wanted, names);
}

/* In seconds since 1970. */
static int64_t start_time(void)
{
	struct instant_scale scale = { 0 };
	struct instant_style style;
	struct zone utc = zone_fixed(0);
	struct slice text = slice_of(start ? start : "");
	struct instant t;
	struct fault f;

	if (!start)
		return set->start;
	if (!(num_valid(text) ? instant_of_number(text, &scale, &t, &f) :
				instant_parse(text, &utc, &t, &style, &f)))
		usage("--start: '%s': %s (byte %zu)", start, f.what, f.at);
	if (t.nanos)
		usage("--start: '%s' is not a whole second", start);
	return t.seconds;
}

/* Does a time that grows by step a row stay in the years that a time can have? */
static bool lasts(int64_t from, int64_t step)
{
	int64_t last;

	return !__builtin_mul_overflow(rows - 1, step, &last) &&
		!__builtin_add_overflow(last, from, &last) && last <= instant_last.seconds;
}

static void prepare(struct simulate_row *first)
{
	rows = rows_given.given ? rows_given.n : set->rows;
	tick = tick_given.given ? tick_given.n : set->step;
	if (rows < 0)
		usage("--rows must be at least 0");
	if (tick < 1)
		usage("--tick must be at least 1");
	if (rate < 0.001)
		usage("--rate must be at least 0.001");
	if (broken && format.at != CSV)
		usage("--broken goes with --format csv");
	*first = (struct simulate_row){ .seed = (uint64_t)seed, .moment = start_time() };
	first->time = first->moment;
	if (rows && (!lasts(first->moment, set->step) || !lasts(first->time, tick)))
		usage("the last of %" PRId64 " rows would be later than the year 9999", rows);
}

static void wait_until(int64_t nanos, struct out *out)
{
	struct timespec t = { .tv_sec = nanos / NANOS, .tv_nsec = nanos % NANOS };

	if (clock_now() >= nanos)
		return;
	out_flush(out);
	while (!stop_asked() && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR)
		;
}

static void print(const struct simulate_row *row, struct out *out)
{
	char *to = out_room(out, SIMULATE_ROW);

	out->len += format.at == CSV ? simulate_csv(set, row, to) : simulate_ndjson(set, row, to);
	out_step(out);
}

static void print_rows(const struct simulate_row *first, struct out *out)
{
	int64_t began = clock_now();

	for (struct simulate_row row = *first; row.number < rows; row.number++) {
		if (rate < INFINITY)
			wait_until(began + (int64_t)((double)row.number / rate * NANOS), out);
		if (stop_asked())
			return;
		row.moment = first->moment + row.number * set->step;
		row.time = first->time + row.number * tick;
		print(&row, out);
	}
}

/* The published file ends so: a backslash in the first cell and nothing in the others. */
static void print_broken(struct out *out)
{
	out_add(out, SLICE("\\"));
	for (size_t i = 1; i < set->n; i++)
		out_add(out, SLICE(","));
	out_add(out, SLICE("\n"));
}

static void print_set(const struct simulate_row *first, struct out *out)
{
	if (format.at == CSV)
		out->len += simulate_header(set, out_room(out, SIMULATE_ROW));
	print_rows(first, out);
	if (broken && !stop_asked())
		print_broken(out);
}

static const struct program synth = { "synth", "print a simulated data set", "SET", options };

int main(int argc, char **argv)
{
	struct simulate_row first;

	choose_set(opt_parse(&synth, argc, argv));
	prepare(&first);
	print_set(&first, output_open((struct operands){ 0 }, NULL));
	output_close();
	return EXIT_DONE;
}
