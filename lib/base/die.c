#include "base/die.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "base/width.h"

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

struct message {
	char text[4 * MESSAGE_MAX + 1000];
	size_t len;
};

/* The character that s begins with, or a byte that is none; gives back its length. */
static size_t add_character(struct message *m, struct slice s, int *width)
{
	uint32_t c;
	size_t n = utf8_visible(s, &c);

	if (!n) {
		m->len += (size_t)sprintf(m->text + m->len, "\\x%02x", (unsigned char)*s.at);
		*width += 4;
		return 1;
	}
	memcpy(m->text + m->len, s.at, n);
	m->len += n;
	*width += width_of(c);
	return n;
}

static void compose(struct message *m, const char *format, va_list args, const char *cause)
{
	char raw[MESSAGE_MAX];
	size_t have = (size_t)snprintf(raw, sizeof raw, "%s: ", program);
	int width = 0;

	if (have < sizeof raw)
		have += (size_t)vsnprintf(raw + have, sizeof raw - have, format, args);
	if (cause && have < sizeof raw)
		snprintf(raw + have, sizeof raw - have, ": %s", cause);
	m->len = 0;
	for (struct slice rest = slice_of(raw); rest.len;)
		rest = slice_skip(rest, add_character(m, rest, &width));
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

static _Noreturn void end_usage(struct message *m)
{
	m->len += (size_t)snprintf(
		m->text + m->len, sizeof m->text - m->len, "try: %s --help\n", program);
	say(m);
	exit(EXIT_USAGE);
}

void usage(const char *format, ...)
{
	struct message m;
	va_list args;

	va_start(args, format);
	compose(&m, format, args, NULL);
	va_end(args);
	end_usage(&m);
}

/* A long text is shown from a little before the place on. */
static void add_excerpt(struct message *m, struct slice text, size_t at)
{
	enum { BEFORE = 60, AFTER = 20 };
	size_t start = at > BEFORE ? at - BEFORE : 0, end = at + AFTER;
	int width = 2 + (start ? 3 : 0), mark;

	while (start < at && (text.at[start] & 0xc0) == 0x80)
		start++;
	m->len += (size_t)sprintf(m->text + m->len, start ? "  ..." : "  ");
	for (mark = width; start < text.len && start < end; mark = start <= at ? width : mark)
		start += add_character(m, slice_skip(text, start), &width);
	m->len += (size_t)sprintf(
		m->text + m->len, "%s\n%*s^\n", start < text.len ? "..." : "", mark, "");
}

void usage_at(struct slice text, size_t at, const char *format, ...)
{
	struct message m;
	va_list args;

	va_start(args, format);
	compose(&m, format, args, NULL);
	va_end(args);
	add_excerpt(&m, text, at);
	end_usage(&m);
}
