#include "program/output.h"

#include <assert.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "io/meter.h"
#include "io/place.h"
#include "io/stop.h"

static const char *path;

const struct opt output_options[] = {
	OPT('o', "output", "FILE", &path, "write to FILE, replaced when all is done"),
	OPT_END,
};

/* The process has one. */
static struct out output;
static bool opened;
static struct side *sides;
static const struct saved *saved;
static struct out saving;
static void (*last_deed)(void);

const char *output_path(void)
{
	return path;
}

struct out *output_main(void)
{
	return &output;
}

void output_flush(void)
{
	if (opened)
		out_flush(&output);
	for (struct side *s = sides; s; s = s->next)
		if (s->open)
			out_flush(&s->out);
}

/* A file that waits to take the place of an old one will not, so nothing more need go there. */
static void last_words(void)
{
	meter_hide();
	out_abandon(&saving);
	if (opened && output.file.aside)
		out_abandon(&output);
	else if (opened && last_deed)
		last_deed();
	output_flush();
}

void output_side(struct side *side)
{
	if (side->path && !*side->path)
		usage("--%s: the name is empty", side->option);
	if (side->path && !strcmp(side->path, "-"))
		usage("--%s: standard output is for the %s records", side->option,
			strcmp(side->option, "bad") ? "other" : "good");
	side->next = sides;
	sides = side;
}

void output_saves(const struct saved *it)
{
	saved = it;
}

/* A file that will be written. */
struct written {
	const char *option, *path; /* option NULL: the output */
	struct place place;
};

enum { WRITTEN_MOST = 16 };

/* In the order in which they complain of each other. */
static struct written written[WRITTEN_MOST];
static size_t written_n;

static void will_write(const char *option, const char *name)
{
	struct written *w = &written[written_n];

	assert(written_n < WRITTEN_MOST);
	written_n++;
	*w = (struct written){ .option = option, .path = name };
	if (name)
		place_find(&w->place, name);
	else
		place_of(&w->place, STDOUT_FILENO);
}

static void list_written(void)
{
	for (const struct side *s = sides; s; s = s->next)
		if (s->path)
			will_write(s->option, s->path);
	if (saved) {
		will_write(saved->option, saved->path);
		will_write(saved->option, saved->lock);
	}
	will_write(NULL, path && strcmp(path, "-") ? path : NULL);
}

/* Of two descriptors the caller knows what they are: 2>&1 is one file, in which nothing is lost. */
static bool clash(const struct place *a, const struct place *b)
{
	return a->fd >= 0 && b->fd >= 0 ? a->fd == b->fd : place_same(a, b);
}

static void keep_from_each_other(const struct written *w)
{
	for (const struct written *other = w + 1; other < written + written_n; other++) {
		if (!clash(&w->place, &other->place))
			continue;
		if (!other->option)
			usage("--%s: %s is the output", w->option, w->path);
		usage("--%s: %s is that of --%s too", w->option, w->path, other->option);
	}
}

/* A file is read and emptied, or read and added to without end, where it is named twice; only one that is
 * replaced in the end may be an input. */
static void keep_from_input(const struct written *w, const char *name, const struct place *input)
{
	bool replaced = !w->option && w->place.fd < 0 && !w->place.foreign;

	if (replaced || !place_same(&w->place, input))
		return;
	if (!w->option)
		usage("%s is the output too", name);
	usage("--%s: %s is the input", w->option, w->path);
}

static void keep_apart(struct operands files)
{
	list_written();
	for (size_t i = 0; i < written_n; i++)
		keep_from_each_other(&written[i]);
	for (int f = 0; f < files.n; f++) {
		struct place input;
		if (strcmp(files.at[f], "-"))
			place_find(&input, files.at[f]);
		else
			place_of(&input, STDIN_FILENO);
		for (size_t i = 0; i < written_n; i++)
			keep_from_input(&written[i], files.at[f], &input);
		place_free(&input);
	}
}

static void open_sides(void)
{
	for (struct side *s = sides; s; s = s->next) {
		if (s->path)
			out_truncate(&s->out, s->path);
		s->open = s->path;
	}
}

struct out *output_open(struct operands files, void (*last)(void))
{
	if (path && !*path)
		usage("--output: the name is empty");
	keep_apart(files);
	last_deed = last;
	stop_watch(last_words);
	die_first(last_words);
	if (path && strcmp(path, "-"))
		out_replace(&output, path);
	else
		out_standard(&output);
	opened = true;
	open_sides();
	return &output;
}

void output_end_if_stopped(void)
{
	if (stop_asked())
		stop_now();
}

void output_end_if_overdue(void)
{
	if (stop_overdue())
		stop_now();
}

static void close_sides(void)
{
	for (struct side *s = sides; s; s = s->next) {
		if (s->open && saved)
			out_settle(&s->out);
		if (s->open)
			out_close(&s->out);
		s->open = false;
	}
}

/* For the user alone. */
static void save(void)
{
	mode_t mask = umask(077);

	out_replace(&saving, saved->path);
	umask(mask);
	saved->write(&saving);
	out_settle(&saving);
}

/* What is saved speaks of output that must not be lost after it, and is of no use without. So both are on the
 * disk before one of them takes its place, and the output does so first. */
void output_close(void)
{
	output_end_if_stopped();
	close_sides();
	if (saved) {
		out_settle(&output);
		save();
	}
	output_end_if_stopped();
	out_close(&output);
	opened = false;
	if (saved)
		out_close(&saving);
}
