/* fault: what is wrong with a piece of data, and where in it
 *
 * Pure modules fill one and return false; it is formatted where the file and the line are known. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct fault {
	const char *what; /* static text: "not a JSON object" */
	size_t at;        /* the byte, from 0 */
};

/* Gives false, so that who fails can say why in one line. */
static inline bool fault_set(struct fault *f, const char *what, size_t at)
{
	*f = (struct fault){ what, at };
	return false;
}
