/* seeded - bugs on purpose
 *
 * What the tests of crashes must find. The build puts one of these in the place of the function that does
 * it right, where our own sources call it. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "program/filter.h"
#include "program/frame.h"
#include "program/output.h"

int seeded_fsync(int fd);
int seeded_mkostemp(char *template, int flags);
int seeded_rename(const char *from, const char *to);
const char *seeded_check(const struct frame_sum *s, bool ended);
void seeded_saves(const struct saved *it);
int seeded_main(const struct filter *f, int argc, char **argv);

/* Nothing is put on the disk. */
int seeded_fsync(int fd)
{
	(void)fd;
	return 0;
}

/* The file is not replaced, but written anew. */
int seeded_mkostemp(char *template, int flags)
{
	(void)template;
	return open(getenv("SEEDED_FILE"), O_WRONLY | O_CREAT | O_TRUNC | flags, 0600);
}

int seeded_rename(const char *from, const char *to)
{
	(void)from, (void)to;
	return 0;
}

/* Everything is believed. */
const char *seeded_check(const struct frame_sum *s, bool ended)
{
	(void)s, (void)ended;
	return NULL;
}

static const struct saved *saved;

/* The state is saved before the output is complete. */
void seeded_saves(const struct saved *it)
{
	saved = it;
}

static void save_early(void)
{
	struct out out;

	out_replace(&out, saved->path);
	saved->write(&out);
	out_close(&out);
}

int seeded_main(const struct filter *f, int argc, char **argv)
{
	struct filter early = *f;

	early.end = save_early;
	return filter_main(&early, argc, argv);
}
