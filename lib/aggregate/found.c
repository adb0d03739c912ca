/* Records of one layout have the same fields, so only where those that the list stands for are others than
 * before are names looked at. */
#include "aggregate/found.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "record/fields.h"

void found_label(struct found *f, struct slice label)
{
	MEM_GROW(f->label, f->labels, f->label_cap);
	f->label[f->labels++] = label;
}

/* A name that ends with any label is looked for, be there more before it or not. */
void found_expect_partial(struct found *f, struct fields *fields)
{
	struct fault ignored;

	for (size_t i = 0; i < f->list->n; i++)
		for (size_t k = 0; f->list->at[i].pattern && k < f->labels; k++) {
			struct buf name = { 0 };
			buf_add(&name, f->list->at[i].text);
			buf_byte(&name, '_');
			buf_add(&name, f->label[k]);
			names_add(&f->labelled, buf_slice(&name), &ignored);
		}
	fields_resolve(fields, &f->labelled);
}

static bool is_among(const struct names *names, struct slice name)
{
	for (size_t i = 0; i < names->n; i++)
		if (!names->at[i].pattern && slice_equal(names->at[i].text, name))
			return true;
	return false;
}

/* Which of the list matches; none: as many as there are. */
static size_t pattern_of(const struct found *f, struct slice name)
{
	size_t i = 0;

	if (is_among(f->list, name) || is_among(&f->except, name))
		return f->list->n;
	while (i < f->list->n &&
		!(f->list->at[i].pattern && names_match(f->list->at[i].text, name)))
		i++;
	return i;
}

bool found_add(struct found *f, struct slice name)
{
	size_t pattern = pattern_of(f, name), field = f->fields.n;

	if (pattern == f->list->n || map_find(&f->fields, name) != MAP_NONE)
		return true;
	if (field >= f->most)
		return false;
	map_add(&f->fields, name);
	MEM_GROW(f->pattern, field, f->cap);
	f->pattern[field] = (uint32_t)pattern;
	MEM_GROW(f->read, field, f->read_cap);
	f->read[field] = UINT64_MAX;
	return true;
}

static bool meet(struct found *f, struct slice name)
{
	uint32_t field;

	if (!found_add(f, name))
		return false;
	field = map_find(&f->fields, name);
	if (field == MAP_NONE || found_here(f, field))
		return true;
	f->read[field] = f->readings;
	MEM_GROW(f->here, f->n, f->here_cap);
	f->here[f->n++] = field;
	return true;
}

/* The field of a partial result. False: it is none. */
static bool drop_label(const struct found *f, struct slice *name)
{
	for (size_t i = 0; i < f->labels; i++) {
		size_t len = f->label[i].len + 1;
		const char *end = name->at + name->len;
		if (name->len < len || end[-(ptrdiff_t)len] != '_' ||
			memcmp(end - len + 1, f->label[i].at, len - 1))
			continue;
		name->len -= len;
		return true;
	}
	return false;
}

static bool is_as_before(struct found *f, const struct picks *picks, bool partial)
{
	bool same = f->readings && f->partial == partial && f->picks.n == picks->n &&
		(!picks->n || !memcmp(f->picks.at, picks->at, picks->n * sizeof *picks->at));

	if (same)
		return true;
	f->partial = partial;
	f->picks.n = picks->n;
	if (!picks->n)
		return false;
	f->picks.at = mem_resize(f->picks.at, picks->n * sizeof *picks->at);
	memcpy(f->picks.at, picks->at, picks->n * sizeof *picks->at);
	return false;
}

static bool take(struct found *f, const struct rec *r, struct picks picks, bool partial)
{
	bool good = true;

	f->anew = !is_as_before(f, &picks, partial);
	if (!f->anew)
		return true;
	f->readings++;
	f->n = 0;
	for (size_t i = 0; i < picks.n && good; i++) {
		struct slice name = fields_name(r->fields, picks.at[i]);
		if (!partial || drop_label(f, &name))
			good = meet(f, name);
	}
	return good;
}

bool found_read(struct found *f, const struct rec *r)
{
	return take(f, r, rec_pick(r, f->list), false);
}

bool found_read_partial(struct found *f, const struct rec *r)
{
	return take(f, r, rec_pick(r, &f->labelled), true);
}

void found_free(struct found *f)
{
	for (size_t i = 0; i < f->labelled.n; i++)
		free((char *)f->labelled.at[i].text.at);
	free(f->labelled.at);
	free(f->except.at);
	free(f->label);
	free(f->pattern);
	free(f->read);
	free(f->here);
	free(f->picks.at);
	map_free(&f->fields);
	*f = (struct found){ 0 };
}
