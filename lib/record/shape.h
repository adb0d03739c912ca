/* shape: what the records of a stream have in common
 *
 * Records of one origin differ in their values only. The bytes between the values — braces, names,
 * colons, commas, blanks — are kept as the pieces of a shape; the next record is compared with them
 * piece by piece, and only its values are looked at. Nothing is believed: every piece is compared and
 * every value checked by the grammar, so a record that fits its shape is a valid one.
 *
 *	{"time": 1, "use [kW]": 0.93}
 *	^^^^^^^^^ ^^^^^^^^^^^^^^    ^^    three pieces, the last with the LF: two members */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "record/fields.h"
#include "record/json.h"

enum {
	SHAPE_MEMBERS = 4096, /* larger records are not remembered */
	SHAPE_TEXT = 1 << 16,
	SHAPE_PAD = 32, /* readable bytes after each piece */
	SLOT_NONE = UINT32_MAX,
};

struct value {
	const char *at;
	uint32_t len;
	uint32_t kind; /* enum kind */
};

struct piece {
	const char *text;
	uint32_t len;
	uint32_t separator; /* where in it the comma is, or the LF */
	uint32_t mask;      /* of its first 32 bytes, those that count, by bit */
	uint64_t tail;      /* of the bytes after its last whole eight, those that count, by byte */
};

/* Where the name is in the piece before its value; it begins with its quote. */
struct key {
	uint32_t at, len;
};

struct shape {
	size_t n;            /* members */
	struct piece *piece; /* n + 1 */
	struct key *key;     /* n */
	uint32_t *field;     /* n: the field each member is, or FIELD_NONE */
	uint32_t *slot;      /* the member each field is (the last one of its name), or SLOT_NONE */
	bool *again;         /* for each field: it occurs more than once */
	size_t fields;       /* numbers in slot */
	struct picks *pick;  /* for each list of fields */
	size_t lists;
	bool twice;  /* a field occurs more than once */
	bool nested; /* a value was an object or an array: commas do not divide values only */
	struct shape *next; /* what followed it last time */
	struct buf text;
	size_t cap, slot_cap;
};

static inline uint32_t shape_slot(const struct shape *s, uint32_t field)
{
	return field < s->fields ? s->slot[field] : SLOT_NONE;
}

/* Makes room for n members. */
void shape_reserve(struct shape *s, size_t n);

/* Finds fields, slots and picks from the names, which are in the pieces. False: too many names match
 * the patterns. */
bool shape_resolve(struct shape *s, struct fields *fields);

/* Copies what the record at hand looks like; false if it is too large to be remembered. */
bool shape_learn(struct shape *s, const struct shape *from);

bool shape_equal(const struct shape *a, const struct shape *b);

/* Compares the record at line with a shape and notes its values, in plain C: the byte after the LF, or
 * NULL if it does not fit. */
const char *shape_match(const struct shape *s, struct value *value, const char *line);

void shape_free(struct shape *s);
