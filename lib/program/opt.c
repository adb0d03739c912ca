#include "program/opt.h"

#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/die.h"
#include "text/near.h"

enum { HELP_COLUMN = 26 };

static const struct program *program;

void opt_each(const struct opt *table, void (*each)(const struct opt *, void *), void *with)
{
	for (; table->type != OPT_STOP; table++) {
		if (table->type == OPT_TABLE)
			opt_each(table->into, each, with);
		else
			each(table, with);
	}
}

static void show(const struct opt *o, void *with)
{
	char row[100];
	int n;

	(void)with;
	if (!o->help)
		return;
	n = o->letter ? snprintf(row, sizeof row, "  -%c, --%s", o->letter, o->name) :
			snprintf(row, sizeof row, "      --%s", o->name);
	if (o->arg)
		n += snprintf(row + n, sizeof row - (size_t)n, " %s", o->arg);
	if (n < HELP_COLUMN)
		printf("%-*s%s\n", HELP_COLUMN, row, o->help);
	else
		printf("%s\n%*s%s\n", row, HELP_COLUMN, "", o->help);
}

static void describe(const struct opt *o, void *with)
{
	(void)with;
	if (o->help)
		printf("%c\t%s\t%s\t%s\n", o->letter ? o->letter : '-', o->name,
			o->arg ? o->arg : "", o->help);
}

static _Noreturn void end_answer(void)
{
	if (fflush(stdout) || ferror(stdout))
		die_errno("standard output");
	exit(EXIT_DONE);
}

static void print_version(const char *argument)
{
	(void)argument;
	printf("%s (weir) %s\n", program->name, WEIR_VERSION);
	end_answer();
}

/* What a program has to say to --help and, for completions and tests, to the hidden --options. Both
 * need the table that they stand in, so they are told apart by name and not by a function. */
static const struct opt general[] = {
	{ .type = OPT_CALL, .letter = 'h', .name = "help", .help = "show this help" },
	OPT_DO('V', "version", NULL, print_version, "show the version"),
	{ .type = OPT_CALL, .name = "options" },
	OPT_END,
};

static _Noreturn void print_help(void)
{
	printf("usage: %s [options] %s\n%s\n\n", program->name, program->operands, program->about);
	opt_each(program->options, show, NULL);
	opt_each(general, show, NULL);
	printf("\nThe manual: man %s\n", program->name);
	end_answer();
}

static _Noreturn void print_options(void)
{
	printf("%s\t%s\t%s\n", program->name, program->operands, program->about);
	opt_each(program->options, describe, NULL);
	opt_each(general, describe, NULL);
	end_answer();
}

static int64_t integer(const char *name, const char *text)
{
	char *end;
	long long x;

	errno = 0;
	x = strtoll(text, &end, 10);
	if (end == text || *end || !strchr("-0123456789", *text))
		usage("--%s: '%s' is not a whole number", name, text);
	if (errno)
		usage("--%s: %s is too %s", name, text, x < 0 ? "small" : "large");
	return x;
}

static double number(const char *name, const char *text)
{
	char *end;
	double x = strtod(text, &end);

	/* Neither hexadecimal nor inf nor nan: those have letters that numbers do not. */
	if (end == text || *end || text[strspn(text, "0123456789.eE+-")])
		usage("--%s: '%s' is not a number", name, text);
	if (x > DBL_MAX || x < -DBL_MAX)
		usage("--%s: %s is too large", name, text);
	return x;
}

static uint64_t size(const char *name, const char *text)
{
	static const struct {
		const char *suffix;
		uint64_t factor;
	} unit[] = {
		{ "", 1 },
		{ "B", 1 },
		{ "kB", 1000 },
		{ "MB", 1000000 },
		{ "GB", 1000000000 },
		{ "KiB", 1 << 10 },
		{ "MiB", 1 << 20 },
		{ "GiB", 1 << 30 },
	};
	char *end;
	unsigned long long x;

	errno = 0;
	x = strtoull(text, &end, 10);
	for (size_t i = 0; i < sizeof unit / sizeof *unit && is_digit(*text); i++) {
		if (strcmp(end, unit[i].suffix))
			continue;
		if (errno || x > UINT64_MAX / unit[i].factor)
			usage("--%s: %s is too large", name, text);
		return x * unit[i].factor;
	}
	usage("--%s: '%s' is not a size such as 65536, 64KiB or 1MiB", name, text);
}

static void duration(const struct opt *o, const char *text)
{
	struct duration *d = o->into;
	struct fault f;

	d->typed = text;
	d->given = span_parse(slice_of(text), d->may, &d->span, &f);
	if (!d->given)
		usage_at(slice_of(text), f.at, "--%s: %s", o->name, f.what);
}

static int choice(const struct opt *o, const char *text)
{
	const char *word = o->arg;

	for (int i = 0;; i++) {
		size_t len = strcspn(word, "|");
		if (strlen(text) == len && !memcmp(word, text, len))
			return i;
		if (!word[len])
			usage("--%s: '%s' is not one of %s", o->name, text, o->arg);
		word += len + 1;
	}
}

char opt_character(const char *name, const char *argument)
{
	if (strlen(argument) != 1 || (argument[0] & 0x80) || strchr("\"\r\n", argument[0]))
		usage("--%s: '%s' is not one ASCII character", name, argument);
	return argument[0];
}

static void names(const struct opt *o, const char *text)
{
	struct fault f;

	if (!names_add(o->into, slice_of(text), &f))
		usage("--%s: %s: '%s' (byte %zu)", o->name, f.what, text, f.at);
}

static void append(struct buf *list, const char *text)
{
	if (list->at)
		buf_byte(list, ',');
	buf_add(list, slice_of(text));
}

static void call(const struct opt *o, const char *argument)
{
	if (o->call)
		o->call(argument);
	else if (o->letter)
		print_help();
	else
		print_options();
}

static void set(const struct opt *o, const char *argument)
{
	switch (o->type) {
	case OPT_FLAG:
		*(bool *)o->into = true;
		break;
	case OPT_INTEGER:
		*(int64_t *)o->into = integer(o->name, argument);
		break;
	case OPT_WHOLE:
		*(struct whole *)o->into = (struct whole){ true, integer(o->name, argument) };
		break;
	case OPT_NUMBER:
		*(double *)o->into = number(o->name, argument);
		break;
	case OPT_TEXT:
		*(const char **)o->into = argument;
		break;
	case OPT_NAMES:
		names(o, argument);
		break;
	case OPT_LIST:
		append(o->into, argument);
		break;
	case OPT_SIZE:
		*(struct size *)o->into = (struct size){ size(o->name, argument), true };
		break;
	case OPT_DURATION:
		duration(o, argument);
		break;
	case OPT_CHOICE:
		((struct choice *)o->into)->at = choice(o, argument);
		break;
	case OPT_CALL:
		call(o, argument);
		break;
	case OPT_TABLE:
	case OPT_STOP:
		break;
	}
}

struct wanted {
	char letter;
	struct slice name;
	const struct opt *found, *near;
};

static void compare(const struct opt *o, void *with)
{
	struct wanted *w = with;

	if (w->letter ? o->letter == w->letter : slice_equal(slice_of(o->name), w->name))
		w->found = o;
	else if (!w->letter && o->help && near_enough(w->name, slice_of(o->name)))
		w->near = o;
}

static const struct opt *find(struct wanted w)
{
	opt_each(program->options, compare, &w);
	opt_each(general, compare, &w);
	if (!w.found && w.letter)
		usage("no option -%c", w.letter);
	if (!w.found && w.near)
		usage("no option --%.*s; did you mean --%s?", (int)w.name.len, w.name.at,
			w.near->name);
	if (!w.found)
		usage("no option --%.*s", (int)w.name.len, w.name.at);
	return w.found;
}

/* Both give back the argument list after what they have read. */

static char **long_option(char **argv)
{
	const char *text = *argv + 2;
	size_t len = strcspn(text, "=");
	const struct opt *o = find((struct wanted){ .name = { text, len } });

	if (!o->arg && text[len])
		usage("--%s takes no argument", o->name);
	if (o->arg && !text[len] && !argv[1])
		usage("--%s needs an argument: %s", o->name, o->arg);
	if (!o->arg || text[len]) {
		set(o, o->arg ? text + len + 1 : NULL);
		return argv + 1;
	}
	set(o, argv[1]);
	return argv + 2;
}

static char **short_options(char **argv)
{
	for (const char *p = *argv + 1; *p; p++) {
		const struct opt *o = find((struct wanted){ .letter = *p });
		if (!o->arg) {
			set(o, NULL);
		} else if (p[1]) {
			set(o, p + 1);
			return argv + 1;
		} else if (argv[1]) {
			set(o, argv[1]);
			return argv + 2;
		} else {
			usage("-%c needs an argument: %s", o->letter, o->arg);
		}
	}
	return argv + 1;
}

/* A standard descriptor that is closed would be given to the first file that is opened. What takes its
 * place refuses both reading and writing where it should not be used. */
static void take_standard_descriptors(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd ? O_RDONLY : O_WRONLY) != fd)
			_exit(EXIT_FAILED);
}

struct operands opt_parse(const struct program *p, int argc, char **argv)
{
	struct operands rest;

	take_standard_descriptors();
	program = p;
	die_name(p->name);
	argv += argc > 0;
	/* They take the place of arguments that have been read. */
	rest = (struct operands){ argv, 0 };
	while (*argv) {
		if (!strcmp(*argv, "--")) {
			while (*++argv)
				rest.at[rest.n++] = *argv;
		} else if (!strncmp(*argv, "--", 2)) {
			argv = long_option(argv);
		} else if (**argv == '-' && (*argv)[1]) {
			argv = short_options(argv);
		} else {
			rest.at[rest.n++] = *argv++;
		}
	}
	rest.at[rest.n] = NULL;
	return rest;
}
