/* The file is read twice, once for its checksum and once for its records, so that no record of a file
 * that is damaged is ever looked at. A file that is replaced is never seen in part; the lock is a file
 * of its own, since a lock on what is replaced would lock nobody out. */
#include "program/state.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/die.h"
#include "base/utf8.h"
#include "io/in.h"
#include "io/out.h"
#include "number/num.h"
#include "number/real.h"
#include "program/filter.h"
#include "program/frame.h"
#include "program/output.h"
#include "program/reader.h"
#include "record/json.h"

/* So long may a line be, for a file of another kind may be one without end; and the name of a run. */
enum { LINE_BYTES = 1 << 30, RUN_BYTES = 255 };

static const char *path, *run;
static bool may_be_missing;

const struct opt state_options[] = {
	OPT(0, "state", "FILE", &path, "go on from FILE, and leave there what the next run needs"),
	OPT(0, "state-new", NULL, &may_be_missing, "FILE may be missing, as it is the first time"),
	OPT(0, "run", "ID", &run, "the name of this run: one that is done is not done again"),
	OPT_END,
};

static const struct state *state;
static const char *from, *to; /* what is read, and what is replaced; mostly the same */
static struct saved saved = { .option = "state" };
static struct frame_head head;
static struct frame_sum sum; /* of what is written */
static struct out *file;

bool state_wanted(void)
{
	return path;
}

void state_shape(const char *option, struct slice json)
{
	frame_option(&head, option, json);
}

static void add_text(struct buf *json, struct slice text)
{
	if (text.len)
		json_quote(json, text);
	else
		buf_add(json, SLICE("null"));
}

static void add_names(struct buf *json, const struct names *names)
{
	struct buf text = { 0 };

	for (size_t i = 0; i < names->n; i++) {
		const struct name *name = &names->at[i];
		bool literal = !name->pattern;
		buf_add(&text, i ? SLICE(",") : SLICE(""));
		buf_add(&text, literal ? SLICE("`") : SLICE(""));
		buf_add(&text, name->text);
		buf_add(&text, literal ? SLICE("`") : SLICE(""));
	}
	add_text(json, buf_slice(&text));
	buf_free(&text);
}

/* Of a list of words the one that was chosen. */
static struct slice word(const char *list, int at)
{
	for (; at > 0; at--)
		list += strcspn(list, "|") + 1;
	return (struct slice){ list, at < 0 ? 0 : strcspn(list, "|") };
}

/* What was not given is null. */
static void add_value(struct buf *json, const struct opt *o)
{
	const char *typed;
	char text[NUM_MAX];

	switch (o->type) {
	case OPT_FLAG:
		buf_add(json, *(bool *)o->into ? SLICE("true") : SLICE("null"));
		break;
	case OPT_INTEGER:
		buf_printf(json, "%" PRId64, *(int64_t *)o->into);
		break;
	case OPT_WHOLE:
		if (((struct whole *)o->into)->given)
			buf_printf(json, "%" PRId64, ((struct whole *)o->into)->n);
		else
			buf_add(json, SLICE("null"));
		break;
	case OPT_NUMBER:
		buf_add(json, (struct slice){ text, real_print(text, *(double *)o->into) });
		break;
	case OPT_TEXT:
		typed = *(const char **)o->into;
		add_text(json, slice_of(typed ? typed : ""));
		break;
	case OPT_DURATION:
		typed = ((struct duration *)o->into)->typed;
		add_text(json, slice_of(typed ? typed : ""));
		break;
	case OPT_NAMES:
		add_names(json, o->into);
		break;
	case OPT_LIST:
		add_text(json, buf_slice(o->into));
		break;
	case OPT_CHOICE:
		add_text(json, word(o->arg, ((struct choice *)o->into)->at));
		break;
	default:
		assert(false && "an option that shapes no state");
	}
}

static void shape_by(const struct opt *o, void *with)
{
	const char *const *names = with;
	struct buf json = { 0 };

	while (*names && strcmp(*names, o->name))
		names++;
	if (!*names)
		return;
	add_value(&json, o);
	state_shape(o->name, buf_slice(&json));
	buf_free(&json);
}

void state_shape_options(const struct opt *table, const char *const names[])
{
	opt_each(table, shape_by, (void *)names);
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* Lives as long as the process. */
static const char *place(const char *directory)
{
	struct buf b = { 0 };

	if (!directory || *path == '/')
		return path;
	buf_printf(&b, "%s/%s", directory, path);
	buf_byte(&b, '\0');
	return b.at;
}

/* A link would be a second name, with another lock. */
static bool exists(const char *name)
{
	struct stat st;

	if (lstat(name, &st) < 0) {
		if (errno != ENOENT)
			die_errno("%s", name);
		return false;
	}
	if (S_ISLNK(st.st_mode))
		die("%s: is a symbolic link; --state needs the file itself", name);
	if (!S_ISREG(st.st_mode))
		die("%s: is no regular file", name);
	if (st.st_uid != geteuid())
		die("%s: belongs to another user", name);
	return true;
}

/* Held until the process ends; the file stays, since to remove it would let two processes hold a lock
 * of that name. */
static void lock(void)
{
	struct buf name = { 0 };
	int fd;

	buf_printf(&name, "%s.lock", to);
	buf_byte(&name, '\0');
	saved.lock = name.at;
	do
		fd = open(name.at, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY, 0600);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		die_errno("%s", name.at);
	while (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno == EWOULDBLOCK)
			die("%s: another process is at work on it", to);
		if (errno != EINTR)
			die_errno("%s", name.at);
	}
}

/* False: there is nothing to read. */
static bool find(void)
{
	const char *source = variable("STATE_IN"), *target = variable("STATE_OUT");
	bool relative = *path != '/';
	struct stat st;

	if (source && !target)
		usage("STATE_IN is set, and STATE_OUT is not");
	from = place(source);
	to = place(target);
	lock();
	exists(to);
	if (relative && target && !source)
		return false;
	if (relative && source && stat(source, &st) < 0)
		die_errno("%s", source);
	if (exists(from))
		return true;
	if (relative && source && !may_be_missing)
		die("%s: is missing; --state-new begins without it", from);
	if (!may_be_missing)
		warn("%s: is not there yet, all begins afresh", from);
	return false;
}

static _Noreturn void refuse(uint64_t line, const struct rec *r)
{
	die("%s:%" PRIu64 ": %.*s%s%s (byte %zu)", from, line, (int)r->fault_name.len,
		r->fault_name.at, r->fault_name.len ? r->fault_joint : "", r->fault, r->fault_at);
}

static void take_head(const struct rec *r)
{
	struct buf how = { 0 };

	if (!frame_agrees(&head, r, &how))
		die("%s: %.*s", from, (int)how.len, how.at);
	buf_free(&how);
	if (frame_same_run(&head, r)) {
		warn("%s: the run %s is done already", from, run);
		exit(EXIT_DONE);
	}
}

/* The number of its lines, after a look at each byte. */
static uint64_t check(void)
{
	struct in in = { .name = from, .max_line = LINE_BYTES };
	struct frame_sum seen = { 0 };
	struct slice lines;
	enum in_what what;
	const char *wrong;

	in_open(&in);
	while ((what = in_block(&in, &lines)) == IN_LINES)
		frame_add(&seen, lines);
	wrong = what == IN_LONG ? "is no state" : frame_check(&seen, !in.unended);
	if (wrong)
		die("%s: %s", from, wrong);
	in_close(&in);
	in_free(&in);
	return seen.lines;
}

static void load(void)
{
	uint64_t foot = check();
	struct reader reader;
	struct rec *r;

	reader_init(&reader, filter_fields(), LINE_BYTES, NULL);
	reader_open(&reader, from);
	filter_fields()->aside = true;
	while ((r = reader_next(&reader)) && reader.line < foot) {
		if (!r->fault && reader.line == 1)
			take_head(r);
		else if (!r->fault)
			state->take(r);
		if (r->fault)
			refuse(reader.line, r);
	}
	filter_fields()->aside = false;
	reader_close(&reader);
	reader_free(&reader);
}

void state_add(struct slice line)
{
	if (line.len > LINE_BYTES)
		die("%s: a record of more than %d bytes", to, LINE_BYTES);
	frame_add(&sum, line);
	out_add(file, line);
}

static void write_all(struct out *out)
{
	struct buf line = { 0 };
	char foot[FRAME_FOOT];

	file = out;
	frame_print_head(&head, &line);
	state_add(buf_slice(&line));
	buf_free(&line);
	state->save();
	out_add(file, (struct slice){ foot, frame_foot(&sum, foot) });
}

/* In STATE_OUT there would be nothing after a run that is not done again. */
static void check_run(void)
{
	struct slice name = slice_of(run);

	if (!name.len)
		usage("--run: the name is empty");
	if (name.len > RUN_BYTES)
		usage("--run: the name is longer than %d bytes", RUN_BYTES);
	if (utf8_length(name) < name.len)
		usage("--run: the name is not UTF-8");
	if (*path != '/' && (variable("STATE_IN") || variable("STATE_OUT")))
		usage("--run does not go with STATE_IN and STATE_OUT");
	json_quote(&head.run, name);
}

static void check_options(void)
{
	if (!path && may_be_missing)
		usage("--state-new goes with --state FILE");
	if (!path && run)
		usage("--run goes with --state FILE");
	if (!path)
		return;
	if (!*path)
		usage("--state: the name is empty");
	if (!strcmp(path, "-"))
		usage("--state: a file is needed, which can be replaced");
	if (run)
		check_run();
}

bool state_load(const struct state *s)
{
	bool found;

	check_options();
	if (!path)
		return false;
	state = s;
	head.program = s->program;
	head.version = s->version;
	found = find();
	saved.path = to;
	saved.write = write_all;
	output_saves(&saved);
	if (found)
		load();
	return found;
}
