/* child: commands under bash, and their end
 *
 * A command runs as "bash -o pipefail -c COMMAND", so that it fails if one of the programs of a pipeline
 * does, in a process group of its own, so that all of them can be ended together. Whoever waits polls the
 * descriptor of child_watch(). */
#pragma once

#include <sys/types.h>

#include "base/buf.h"

/* Once, before the first command: a descriptor that can be read when one has ended. */
int child_watch(void);

/* Starts the command with these as its standard input and output; the rest is as we have it. */
pid_t child_start(const char *command, int in, int out);

/* One that has ended, and how; 0: there is none now. */
pid_t child_ended(int *status);

/* Asks all processes of the command to end. */
void child_stop(pid_t child);

/* Ends all commands: asks them, waits for a second, and kills those that are left. */
void child_end_all(void);

/* "exit status 3", or by which signal. */
void child_tell(struct buf *b, int status);
