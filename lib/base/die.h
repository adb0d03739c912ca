/* die: messages and the ways to end
 *
 * Every message is one line on standard error, "PROGRAM: WHERE: WHAT". Bytes that could act on a
 * terminal or are not UTF-8 are shown as \xNN. warn() is for what goes on, die() for what does not. */
#pragma once

#include <stdarg.h>

#include "base/slice.h"

enum {
	EXIT_DONE = 0,   /* all records were handled and every byte was taken */
	EXIT_FAILED = 1, /* bad input, or a failure while working */
	EXIT_USAGE = 2,  /* called wrongly */
};

/* The name that begins each message; the text must outlive the process's last message. */
void die_name(const char *name);

/* Is run once, before the message of die() is printed: the place to let finished output go. */
void die_first(void (*last_words)(void));

__attribute__((format(printf, 1, 2))) void warn(const char *format, ...);
__attribute__((format(printf, 1, 2))) _Noreturn void die(const char *format, ...);

/* As die(), with ": " and the text of errno after it. */
__attribute__((format(printf, 1, 2))) _Noreturn void die_errno(const char *format, ...);

/* The program was called wrongly: says what, where help is, and exits with EXIT_USAGE. */
__attribute__((format(printf, 1, 2))) _Noreturn void usage(const char *format, ...);

/* The same for a mistake in a text that was typed; shows its place, a byte of the text. */
__attribute__((format(printf, 3, 4))) _Noreturn void usage_at(
	struct slice text, size_t at, const char *format, ...);
