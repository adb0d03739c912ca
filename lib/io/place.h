/* place: where a path leads
 *
 * Links are followed by hand: the last of them may lead to a file that is not there yet, and behind one may be
 * an open descriptor, as behind /dev/stdout, which is no file that could be replaced. */
#pragma once

#include <stdbool.h>
#include <sys/stat.h>

struct place {
	char *path;   /* behind all links, as far as there is a way; NULL: a descriptor was given */
	int fd;       /* the descriptor of this process that it is, or -1 */
	bool foreign; /* it is a descriptor of another process */
	bool exists;  /* then this is true of it: */
	struct stat file;
	int error;       /* else the errno that tells why */
	dev_t device;    /* of its directory, */
	ino_t directory; /* 0: not to be found */
};

void place_find(struct place *p, const char *path);

/* What a descriptor stands for. */
void place_of(struct place *p, int fd);

/* Is it one file, of whatever name, or would it be when it is made? Devices, pipes and sockets are none: what
 * goes to one of them twice does no harm. */
bool place_same(const struct place *a, const struct place *b);

void place_free(struct place *p);
