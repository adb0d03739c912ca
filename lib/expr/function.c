/* A few dozen names, looked for when an expression is compiled: one after the other will do. */
#include "expr/function.h"

#include <ctype.h>

#include "expr/numeric.h"
#include "expr/temporal.h"
#include "expr/textual.h"
#include "text/ere.h"
#include "text/near.h"
#include "time/layout.h"

static const struct function *const tables[] = { numeric_table, textual_table, temporal_table };

void function_each(void (*each)(const struct function *, void *), void *with)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		for (const struct function *f = tables[i]; f->name; f++)
			each(f, with);
}

struct wanted {
	struct slice name;
	const struct function *found;
	const char *near;
};

static void compare(const struct function *f, void *with)
{
	struct wanted *w = with;

	if (slice_equal(w->name, slice_of(f->name)))
		w->found = f;
	else if (!w->near && near_enough(w->name, slice_of(f->name)))
		w->near = f->name;
}

static struct wanted find(struct slice name)
{
	struct wanted w = { .name = name };

	function_each(compare, &w);
	return w;
}

const struct function *function_find(struct slice name)
{
	return find(name).found;
}

const char *function_near(struct slice name)
{
	return find(name).near;
}

size_t function_least(const struct function *f)
{
	size_t n = 0;

	while (isalpha((unsigned char)f->takes[n]))
		n++;
	return n;
}

size_t function_most(const struct function *f)
{
	size_t n = 0;

	for (const char *p = f->takes; *p; p++) {
		if (*p == '+')
			return FUNCTION_ARGUMENTS;
		n += *p != '?';
	}
	return n;
}

char function_takes(const struct function *f, size_t argument, bool *constant)
{
	char letter = 0;

	for (const char *p = f->takes; *p && *p != '+'; p++) {
		if (*p == '?')
			continue;
		letter = *p;
		if (!argument--)
			break;
	}
	*constant = letter < 'a';
	return (char)(letter | 0x20);
}

bool function_prepare(struct call *s, const struct function *f, const struct calc *arg, size_t n,
	struct fault *fault)
{
	s->function = f;
	s->n = n;
	return !f->prepare || f->prepare(s, arg, fault);
}

void function_free(struct call *s)
{
	layout_free(&s->layout);
	if (s->ere)
		ere_free(s->ere);
	s->ere = NULL;
}
