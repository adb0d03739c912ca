/* shell: which files a text for the shell lets programs write, as far as its words tell
 *
 * The text is not run. Its words are divided and unquoted as bash does; a word that is the name of one
 * of the programs, with or without its directory, makes those that follow its arguments, up to one of
 * | & ; ( ) or the end of the line. What variables, functions and scripts would bring is not seen. */
#pragma once

#include <stdbool.h>

#include "base/slice.h"

/* An option that names a file to be written. */
struct shell_option {
	char letter; /* 0: none */
	const char *name;
	const char *word; /* an argument that is no file; NULL: none */
};

/* What to look for. */
struct shell_search {
	const char *programs;              /* names, divided by blanks */
	const struct shell_option *option; /* ends with a row without a name */
	const char *variable;
};

/* What was found, unquoted; for a message. It is text of this module, until the next search. */
struct shell_file {
	struct slice program, path;
	const char *option;
};

/* Is there a file whose name the variable has no part in? "-" is none, nor is a device. */
bool shell_finds_file(struct slice text, const struct shell_search *s, struct shell_file *found);
