#include "io/stop.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/die.h"

static volatile sig_atomic_t asked, overdue;
static void (*last_deed)(void);

static void hurry(int signal)
{
	(void)signal;
	overdue = 1;
	alarm(1);
}

static void handle(int signal_number, void (*handler)(int))
{
	struct sigaction act = { .sa_handler = handler };

	sigemptyset(&act.sa_mask);
	sigaction(signal_number, &act, NULL);
}

static void note(int signal_number)
{
	sigset_t clock;

	if (asked) {
		handle(signal_number, SIG_DFL);
		raise(signal_number);
		return;
	}
	asked = signal_number;
	handle(SIGALRM, hurry);
	sigemptyset(&clock);
	sigaddset(&clock, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &clock, NULL);
	alarm(1);
}

static void watch(int signal_number)
{
	struct sigaction old;

	if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		handle(signal_number, note);
}

void stop_watch(void (*before)(void))
{
	last_deed = before;
	watch(SIGTERM);
	watch(SIGINT);
	watch(SIGHUP);
	handle(SIGPIPE, SIG_IGN);
	handle(SIGXFSZ, SIG_IGN);
}

bool stop_asked(void)
{
	return asked;
}

bool stop_overdue(void)
{
	return overdue;
}

static _Noreturn void die_of(int signal_number)
{
	void (*deed)(void) = last_deed;
	sigset_t only;

	last_deed = NULL;
	if (deed)
		deed();
	handle(signal_number, SIG_DFL);
	sigemptyset(&only);
	sigaddset(&only, signal_number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	raise(signal_number);
	_exit(EXIT_FAILED);
}

void stop_now(void)
{
	die_of(asked);
}

void stop_unread(void)
{
	die_of(SIGPIPE);
}
