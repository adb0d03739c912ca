/* Feeds every file of tests/fuzz/corpus/NAME to the target of that name: one line of TAP a file. */
#include "fuzz.h"

#include <dirent.h>
#include <err.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_plain(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* The target gets a copy of the very size, so that a sanitizer sees a byte too far. */
static void feed(const char *path)
{
	struct stat st;
	size_t size;
	uint8_t *data;
	int fd = open(path, O_RDONLY);

	if (fd < 0 || fstat(fd, &st) < 0)
		err(1, "%s", path);
	size = (size_t)st.st_size;
	data = malloc(size ? size : 1);
	if (!data || read(fd, data, size) != (ssize_t)size)
		err(1, "%s", path);
	close(fd);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

int main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/'), *source = getenv("SRC");
	char dir[4096], path[8192];
	struct dirent **entry;
	int n;

	(void)argc;
	snprintf(dir, sizeof dir, "%s/tests/fuzz/corpus/%s", source ? source : ".",
		slash ? slash + 1 : argv[0]);
	n = scandir(dir, &entry, is_plain, alphasort);
	if (n < 0)
		err(1, "%s", dir);
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof path, "%s/%s", dir, entry[i]->d_name);
		feed(path);
		/* At once, so that an abort leaves the number of the file. */
		printf("ok %d - %s\n", i + 1, entry[i]->d_name);
		fflush(stdout);
		free(entry[i]);
	}
	free(entry);
	return 0;
}
