#include "die.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* Bytes of the UTF-8 character at s that a terminal may be shown, 0 if there is none. */
static int printable(const unsigned char *s)
{
	int n = 0;

	if (s[0] < 0x80)
		n = 1;
	else if (s[0] >= 0xc2 && s[0] < 0xe0)
		n = 2;
	else if ((s[0] & 0xf0) == 0xe0)
		n = 3;
	else if (s[0] >= 0xf0 && s[0] < 0xf5)
		n = 4;
	for (int i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	if (n == 1 && (s[0] < 0x20 || s[0] == 0x7f))
		return 0;
	if (n == 2 && s[0] == 0xc2 && s[1] < 0xa0)
		return 0;
	return n;
}

struct message {
	char text[4 * MESSAGE_MAX + 1];
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
	for (const unsigned char *s = (const unsigned char *)raw; *s;) {
		int k = printable(s);
		if (!k)
			m->len += (size_t)sprintf(m->text + m->len, "\\x%02x", *s++);
		while (k-- > 0)
			m->text[m->len++] = (char)*s++;
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

/* The message is made first: the last words may free what it speaks of. */
static _Noreturn void end(const struct message *m)
{
	void (*words)(void) = last_words;

	last_words = NULL;
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
	say(&m);
	fprintf(stderr, "try: %s --help\n", program);
	exit(EXIT_USAGE);
}
