#include "stop.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "die.h"

static volatile sig_atomic_t asked, overdue;

static void note(int signal)
{
	asked = signal;
	alarm(1);
}

static void hurry(int signal)
{
	(void)signal;
	overdue = 1;
	alarm(1);
}

static void watch(int signal, void (*handler)(int), int flags)
{
	struct sigaction old, act = { .sa_handler = handler, .sa_flags = flags };

	if (sigaction(signal, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
		sigaction(signal, &act, NULL);
}

void stop_watch(void)
{
	watch(SIGTERM, note, SA_RESETHAND);
	watch(SIGINT, note, SA_RESETHAND);
	watch(SIGHUP, note, SA_RESETHAND);
	signal(SIGALRM, SIG_DFL);
	watch(SIGALRM, hurry, 0);
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
	sigset_t only;

	signal(signal_number, SIG_DFL);
	sigemptyset(&only);
	sigaddset(&only, signal_number);
	sigprocmask(SIG_UNBLOCK, &only, NULL);
	raise(signal_number);
	_exit(EXIT_FAILED);
}

void stop_now(void)
{
	die_of(asked ? asked : SIGTERM);
}

void stop_unread(void)
{
	die_of(SIGPIPE);
}
