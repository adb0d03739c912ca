#include "die.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "utf8.h"

enum { MESSAGE_MAX = 6000 };

static const char *program = "weir";
static void (*last_words)(void);

void die_name(const char *name)
{
	program = name;
}

void die_first(void (*words)(void))
{
	last_words = words;
}

/* Bytes of the character at s that a terminal may be shown, 0 if there is none. */
static size_t printable(struct slice s)
{
	const unsigned char *p = (const unsigned char *)s.at;
	size_t n = utf8_character(s);

	if ((n == 1 && (p[0] < 0x20 || p[0] == 0x7f)) || (n == 2 && p[0] == 0xc2 && p[1] < 0xa0))
		return 0;
	return n;
}

struct message {
	char text[4 * MESSAGE_MAX + 100];
	size_t len;
};

static void compose(struct message *m, const char *format, va_list args, const char *cause)
{
	char raw[MESSAGE_MAX];
	size_t have = (size_t)snprintf(raw, sizeof raw, "%s: ", program);

	if (have < sizeof raw)
		have += (size_t)vsnprintf(raw + have, sizeof raw - have, format, args);
	if (cause && have < sizeof raw)
		snprintf(raw + have, sizeof raw - have, ": %s", cause);
	m->len = 0;
	for (struct slice rest = slice_of(raw); rest.len;) {
		size_t n = printable(rest);
		if (n)
			memcpy(m->text + m->len, rest.at, n);
		else
			sprintf(m->text + m->len, "\\x%02x", (unsigned char)*rest.at);
		m->len += n ? n : 4;
		rest = slice_skip(rest, n ? n : 1);
	}
	m->text[m->len++] = '\n';
}

/* One call, so that the lines of a pipeline's programs do not mix; no help if it fails. */
static void say(const struct message *m)
{
	if (write(STDERR_FILENO, m->text, m->len) < 0)
		return;
}

void warn(const char *format, ...)
{
	struct message m;
	va_list args;

	va_start(args, format);
	compose(&m, format, args, NULL);
	va_end(args);
	say(&m);
}

/* The message is made first: the last words may free what it speaks of. They may fail in their turn. */
static _Noreturn void end(const struct message *m)
{
	static const struct message *pending;
	void (*words)(void) = last_words;

	last_words = NULL;
	if (pending)
		say(pending);
	pending = m;
	if (words)
		words();
	say(m);
	exit(EXIT_FAILED);
}

void die(const char *format, ...)
{
	struct message m;
	va_list args;

	va_start(args, format);
	compose(&m, format, args, NULL);
	va_end(args);
	end(&m);
}

void die_errno(const char *format, ...)
{
	const char *cause = strerror(errno);
	struct message m;
	va_list args;

	va_start(args, format);
	compose(&m, format, args, cause);
	va_end(args);
	end(&m);
}

void usage(const char *format, ...)
{
	struct message m;
	va_list args;

	va_start(args, format);
	compose(&m, format, args, NULL);
	va_end(args);
	m.len += (size_t)snprintf(
		m.text + m.len, sizeof m.text - m.len, "try: %s --help\n", program);
	say(&m);
	exit(EXIT_USAGE);
}
