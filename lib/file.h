/* file: a file that is replaced whole or not at all
 *
 * What is written grows under another name in the same directory. file_keep() makes it durable and
 * puts it in the place of the old one; until then, and for ever after file_drop(), the old one stays.
 * A path that names a device, a pipe or a socket is opened and written as it is. */
#pragma once

struct file {
	int fd;
	char *path;  /* the file itself, behind any symbolic links */
	char *aside; /* where it grows, NULL when it is written directly */
};

/* open(2) for reading or writing, not passed on to children, begun again when a signal that does not ask
 * for a stop interrupts it. */
int file_open(const char *path, int flags);

void file_create(struct file *f, const char *path);
void file_keep(struct file *f);
void file_drop(struct file *f);
