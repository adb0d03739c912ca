#include "program/unmet.h"

#include <stdlib.h>

#include "base/die.h"
#include "text/near.h"

static bool is_piece(void)
{
	return getenv("SPREAD") || getenv("EPOCH");
}

static bool is_unmet(const struct fields *f, uint32_t field)
{
	return f->layouts && fields_lack(f, field) && !is_piece();
}

size_t unmet_count(const struct fields *f)
{
	size_t n = 0;

	for (uint32_t i = 0; i < f->names.n; i++)
		n += is_unmet(f, i);
	return n;
}

/* The nearest that could have been meant, the first of several; empty: none. */
static struct slice suggestion(const struct fields *f, struct slice name)
{
	struct slice best = SLICE("");
	int least = NEAR_NOT;

	for (uint32_t i = 0; i < f->met.n; i++) {
		int n = near_distance(name, f->met.entry[i].text);
		if (n == NEAR_NOT || (least != NEAR_NOT && n >= least))
			continue;
		least = n;
		best = f->met.entry[i].text;
	}
	return best;
}

static void tell(struct slice name, struct slice meant)
{
	if (meant.len)
		warn("no record has %.*s; did you mean %.*s?", (int)name.len, name.at,
			(int)meant.len, meant.at);
	else
		warn("no record has %.*s", (int)name.len, name.at);
}

void unmet_tell(const struct fields *f)
{
	for (uint32_t i = 0; i < f->names.n; i++)
		if (is_unmet(f, i))
			tell(fields_name(f, i), suggestion(f, fields_name(f, i)));
}
