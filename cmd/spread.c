/* spread - run copies of a pipeline over pieces of the input, on all processors */
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/die.h"
#include "io/meter.h"
#include "io/stop.h"
#include "program/division.h"
#include "program/output.h"
#include "program/pieces.h"
#include "text/shell.h"

enum {
	JOBS_MAX = 1000,
	DESCRIPTORS = 6,         /* for a piece, at most, */
	OTHERS = 20,             /* and for all else */
	MEMORY_LEAST = 64 << 20, /* that outputs may take which wait */
};

static const uint64_t size_most = UINT64_C(1) << 60;

static struct whole jobs, heads;
static struct size block, max_line = { .bytes = 64 << 20 };
static bool csv, stats;

static const struct opt options[] = {
	OPT('j', "jobs", "N", &jobs, "run N pieces at once (one for each processor)"),
	OPT(0, "block", "SIZE", &block, "a piece ends with the first line from SIZE on (32MiB or less)"),
	OPT(0, "head", "N", &heads, "the first N lines of a file go before each of its pieces"),
	OPT(0, "csv", NULL, &csv, "cut no row of CSV; the header goes before each piece"),
	OPT(0, "max-line", "SIZE", &max_line, "longest line taken (64MiB)"),
	OPT_INCLUDE(output_options),
	OPT(0, "stats", NULL, &stats, "print counts as JSON on standard error at the end"),
	OPT_END,
};

/* Files that each copy of the pipeline would write, if they were not named after it. */
static const struct shell_option written[] = {
	{ 'o', "output", NULL },
	{ 0, "bad", NULL },
	{ 0, "late", "drop" },
	{ 0, "rest", NULL },
	{ 0, "state", NULL },
	{ 0 },
};

static struct out *out;

/* --- the end --- */

static void end_now(void)
{
	pieces_end();
	if (out->file.aside)
		out_abandon(out);
}

/* What came before a fault of the input is answered first. */
static void last_words(void)
{
	if (!out->file.aside)
		division_answer();
	end_now();
}

/* --- options --- */

static int64_t processors(void)
{
	struct rlimit descriptors;
	int64_t n = sysconf(_SC_NPROCESSORS_ONLN);
	cpu_set_t ours;

	if (sched_getaffinity(0, sizeof ours, &ours) == 0)
		n = CPU_COUNT(&ours);
	if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0 &&
		(int64_t)descriptors.rlim_cur < OTHERS + n * DESCRIPTORS)
		n = ((int64_t)descriptors.rlim_cur - OTHERS) / DESCRIPTORS;
	return n < 1 ? 1 : n < JOBS_MAX ? n : JOBS_MAX;
}

static void check_pipeline(const char *pipeline)
{
	const struct shell_search search = { WEIR_PROGRAMS, written, "SPREAD" };
	struct shell_file found;

	if (shell_finds_file(slice_of(pipeline), &search, &found))
		usage("%.*s --%s: each piece would write %.*s; $SPREAD in its name tells them apart",
			(int)found.program.len, found.program.at, found.option, (int)found.path.len,
			found.path.at);
}

static void check_options(void)
{
	if (!jobs.given)
		jobs.n = processors();
	if (jobs.n < 1 || jobs.n > JOBS_MAX)
		usage("--jobs must be from 1 to %d", JOBS_MAX);
	if (heads.given && heads.n < 0)
		usage("--head must be at least 0");
	if (block.given && (block.bytes < 1 || block.bytes > size_most))
		usage("--block must be from 1 byte to %" PRIu64, size_most);
	if (max_line.bytes < 1 || max_line.bytes > size_most)
		usage("--max-line must be from 1 byte to %" PRIu64, size_most);
}

static void begin(const char *pipeline, struct operands files)
{
	static struct pieces_wish wish = { .variable = "SPREAD" };

	check_options();
	check_pipeline(pipeline);
	out = output_open(files, NULL);
	wish.command = pipeline;
	wish.at_once = (size_t)jobs.n;
	wish.memory = (block.given ? block.bytes : DIVISION_BLOCK) * (uint64_t)jobs.n;
	if (wish.memory < MEMORY_LEAST)
		wish.memory = MEMORY_LEAST;
	wish.out = out;
	pieces_begin(&wish);
	stop_watch(end_now);
	die_first(last_words);
	meter_start(false, 0);
}

static void print_stats(void)
{
	fprintf(stderr,
		"{\"program\":\"spread\",\"bytes\":%" PRIu64 ",\"pieces\":%" PRIu64
		",\"jobs\":%" PRId64 ",\"aside\":%" PRIu64 ",\"seconds\":%.3f}\n",
		division_bytes(), pieces_count(), jobs.n, pieces_aside(), meter_seconds());
}

static const struct program spread = { "spread",
	"run copies of a pipeline over pieces of the input, on all processors",
	"PIPELINE [file ...]", options };

int main(int argc, char **argv)
{
	static char standard[] = "-", *only[] = { standard };
	struct operands o = opt_parse(&spread, argc, argv);
	struct operands files = { o.at + 1, o.n - 1 };

	if (!o.n)
		usage("which pipeline?  One argument, in quotes: 'jq -c .'");
	if (files.n < 1)
		files = (struct operands){ only, 1 };
	begin(o.at[0], files);
	division_read(&(struct division_wish){ csv, heads, block.bytes, max_line.bytes, (size_t)jobs.n },
		files);
	output_close();
	if (stats)
		print_stats();
	return EXIT_DONE;
}
