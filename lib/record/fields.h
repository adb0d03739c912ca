/* fields: the names that a program looks at, as small numbers
 *
 * Names are numbered when the options are read. The scanner asks once for each layout of records which
 * number, if any, each name has; from then on finding a field is indexing an array. A list that holds
 * patterns stands for other fields in records of another layout. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "base/slice.h"
#include "text/names.h"

enum {
	FIELD_NONE = MAP_NONE,
	FIELDS_MAX = 1 << 16,  /* bounds what patterns pick up from a stream, */
	FIELDS_MET_MAX = 4096, /* and this the names that are kept to be suggested */
};

/* What is known of a name beside its number. */
enum {
	FIELD_NEEDED = 1, /* somebody named it and expects it to occur, */
	FIELD_SPARED = 2, /* but may do without it, or makes it */
	FIELD_MET = 4,    /* some record had it */
};

/* The fields that a list stands for in one layout, each once. */
struct picks {
	uint32_t *at;
	size_t n;
};

struct fields {
	struct map names;
	struct slice *json;  /* each name as it is written in JSON, with its quotes */
	unsigned char *note; /* of each name: FIELD_... */
	size_t json_cap, note_cap;
	const struct names **list;
	size_t lists, list_cap;
	uint64_t hint[4]; /* may a name with this hint be known? */
	bool patterns;
	bool boundless; /* the caller's: whoever looks at the records bounds that */
	bool full;      /* a name that a pattern wants found no room */
	bool aside;     /* what is read is not the input: nothing is noted */
	struct map met; /* names of the first layouts, wanted or not */
	size_t layouts;
};

/* Another layout is met: the names that follow are those of its members. */
void fields_layout(struct fields *f);

/* The number of a name, a new one if need be. */
uint32_t fields_add(struct fields *f, struct slice name);

/* The same for a name that is expected to occur. */
uint32_t fields_need(struct fields *f, struct slice name);

static inline void fields_note(struct fields *f, uint32_t field, unsigned note)
{
	f->note[field] |= (unsigned char)note;
}

/* Was it expected, and met in no record? */
static inline bool fields_lack(const struct fields *f, uint32_t field)
{
	return f->note[field] == FIELD_NEEDED;
}

/* Numbers the names of a list, and gives the list its own number. */
void fields_resolve(struct fields *f, struct names *names);

/* The number of a name met in a record, given without quotes and as it is meant; FIELD_NONE where
 * nobody looks at it. It is noted as met. */
uint32_t fields_find(struct fields *f, struct slice name);

static inline struct slice fields_name(const struct fields *f, uint32_t field)
{
	return f->names.entry[field].text;
}

/* Appends to p, which may have been used before, the fields of a list in a layout with these fields. */
void fields_pick(
	const struct fields *f, size_t list, const uint32_t *present, size_t n, struct picks *p);

void fields_free(struct fields *f);
