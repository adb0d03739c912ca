#include "program/output.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/die.h"
#include "io/meter.h"
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
	if (path && !strcmp(it->path, path))
		usage("--%s: %s is the output", it->option, it->path);
	saved = it;
}

static bool is_file(const char *name, const struct stat *it)
{
	struct stat st;

	return stat(name, &st) == 0 && st.st_dev == it->st_dev && st.st_ino == it->st_ino;
}

/* A file is read and emptied, or read and added to without end, where it is named twice. */
static void keep_from_input(const char *name)
{
	struct stat st;
	bool standard = !strcmp(name, "-");
	bool known = standard ? fstat(STDIN_FILENO, &st) == 0 : stat(name, &st) == 0;

	if (!known || !S_ISREG(st.st_mode))
		return;
	for (const struct side *s = sides; s; s = s->next)
		if (s->path && is_file(s->path, &st))
			usage("--%s: %s is the input", s->option, s->path);
	if (!output.file.path && fcntl(STDOUT_FILENO, F_GETFL) & O_APPEND &&
		is_file("/dev/fd/1", &st))
		usage("%s is the output too", name);
}

static void keep_from_output(const struct side *side)
{
	if (saved && !strcmp(side->path, saved->path))
		usage("--%s: %s is that of --%s too", side->option, side->path, saved->option);
	if (output.file.path && !strcmp(side->path, path))
		usage("--%s: %s is the output", side->option, side->path);
	for (const struct side *s = side->next; s; s = s->next)
		if (s->path && !strcmp(s->path, side->path))
			usage("--%s: %s is that of --%s too", side->option, side->path, s->option);
}

static void open_sides(struct operands files)
{
	for (int i = 0; i < files.n; i++)
		keep_from_input(files.at[i]);
	for (struct side *s = sides; s; s = s->next)
		if (s->path)
			keep_from_output(s);
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
	last_deed = last;
	stop_watch(last_words);
	die_first(last_words);
	if (path && strcmp(path, "-"))
		out_replace(&output, path);
	else
		out_standard(&output);
	opened = true;
	open_sides(files);
	return &output;
}

void output_end_if_stopped(void)
{
	if (stop_asked())
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
