/* file: a file that is replaced whole or not at all
 *
 * What is written grows under another name in the same directory. file_settle() makes it durable, file_keep()
 * puts it in the place of the old one; until then, and for ever after file_drop(), the old one stays. The new one
 * has its mode and, as far as the user may give them, its owner and group.
 * Links stay, and the file behind them is replaced. A path that names a device, a pipe, a socket or an open
 * descriptor is opened and written as it is. */
#pragma once

#include <stdbool.h>

struct file {
	int fd;
	char *path; /* the file itself, behind any symbolic links; NULL: it is written as it is */
	char *directory; /* that of path, where it is to be replaced */
	char *aside;     /* where it grows, NULL when it is written directly */
};

/* open(2) for reading or writing, not passed on to children, begun again when a signal that does not ask
 * for a stop interrupts it. */
int file_open(const char *path, int flags);

/* To write to what is there, or to a file that is emptied; dies where that cannot be, or of the signal
 * that asks for a stop. */
int file_open_to_write(const char *path, bool empty);

void file_create(struct file *f, const char *path);

/* No more is written: after this nothing needs memory or room on the disk, so of several files that belong
 * together all are settled before one is kept. */
void file_settle(struct file *f);

/* Settles it, if that is not done. */
void file_keep(struct file *f);
void file_drop(struct file *f);
