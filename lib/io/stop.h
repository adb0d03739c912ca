/* stop: the signals that ask a program to end
 *
 * SIGTERM, SIGINT and SIGHUP are noted: the program finishes what it has in hand, lets its output go
 * and then dies by the same signal. A second one kills at once. No system call is restarted, and from
 * the first signal on a clock interrupts calls that block, so that nothing can hold the end up: who
 * meets stop_overdue() gives up. */
#pragma once

#include <stdbool.h>

/* before() is run once, before the process dies in one of the ways below. Writing to where nobody reads,
 * or beyond the limit of a file's size, is an error from now on, and no signal. */
void stop_watch(void (*before)(void));
bool stop_asked(void);

/* A second or more has gone by since a stop was asked for. */
bool stop_overdue(void);

/* Dies by the signal that has asked. */
_Noreturn void stop_now(void);

/* The reader of our output has left: dies of SIGPIPE, also where that was ignored. */
_Noreturn void stop_unread(void);
