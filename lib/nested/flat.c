/* The name at hand is kept in one piece, and each level knows how much of it leads there, and the hash of
 * that, so that no function calls itself and a name is never put together anew. The hash can go on from
 * where a shorter name ended, as FNV-1a (Fowler, Noll, Vo) can; but each byte stands for 64 secret bits, as
 * names that FNV-1a takes for equal can be made beforehand, with any secret beginning. */
#include "nested/flat.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/slice.h"
#include "nested/tree.h"
#include "number/num.h"
#include "record/json.h"

enum { SHORT = 32 }; /* slice_put_short() reads and writes so much */

/* The last bits are the best of a product: a table takes those. */
static uint64_t step(const struct flat *f, uint64_t hash, char c)
{
	return (hash ^ f->secret[(unsigned char)c]) * 0x100000001b3;
}

static uint64_t extend(const struct flat *f, uint64_t hash, struct slice s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = step(f, hash, s.at[i]);
	return hash;
}

static void choose_secrets(struct flat *f)
{
	for (int i = 0; i < 256; i++)
		f->secret[i] = map_hash((struct slice){ &(char){ (char)i }, 1 });
}

static char *room(struct buf *b, size_t n)
{
	return n <= b->cap - b->len ? b->at + b->len : buf_room(b, n);
}

void flat_begin(struct flat *f, bool closely)
{
	if (!f->secret[0])
		choose_secrets(f);
	f->repeated = false;
	f->opened = 0;
	claims_keep(&f->names, 0);
	f->names.loosely = !closely;
}

/* The whole name at hand. */
static struct slice whole_name(struct flat *f)
{
	slice_put(room(&f->name, f->child.len), f->child);
	return (struct slice){ f->name.at, f->name.len + f->child.len };
}

static void claim(struct flat *f, const char *at)
{
	struct slice name = f->names.loosely ? SLICE("") : whole_name(f);
	const struct claim *before = claims_add(&f->names, f->hash, name, at);

	if (!before || f->repeated)
		return;
	f->repeated = true;
	f->twice.len = 0;
	buf_add(&f->twice, whole_name(f));
	f->twice_at[0] = before->by;
	f->twice_at[1] = at;
}

/* The child's name begins at p, with its quote; gives the byte behind it. */
static const char *begin_name(struct flat *f, const char *p)
{
	const char *from = p + 1;
	uint64_t hash = f->hash;
	struct json_fault ignored;
	struct slice spelled;
	bool plain;

	for (p++; *p != '"' && *p != '\\'; p++)
		hash = step(f, hash, *p);
	if (*p == '"') {
		f->child = (struct slice){ from, (size_t)(p - from) };
		f->hash = hash;
		return p + 1;
	}
	p = json_text(from - 1, &plain, &ignored);
	spelled = tree_spell(&f->arena, (struct slice){ from - 1, (size_t)(p - from) + 1 });
	f->child = (struct slice){ room(&f->spelled, spelled.len + SHORT), spelled.len };
	slice_put(f->spelled.at, spelled);
	arena_reset(&f->arena);
	f->hash = extend(f, f->hash, f->child);
	return p;
}

static void begin_outside(struct flat *f, struct slice name)
{
	f->name.len = 0;
	f->hash = 0;
	begin_name(f, name.at);
}

void flat_claim(struct flat *f, struct slice name, const char *at)
{
	begin_outside(f, name);
	claim(f, at);
}

/* p is at the bracket of what the name leads to. */
static void enter(struct flat *f, const char *p)
{
	char *end = room(&f->name, f->child.len + f->separator.len + SHORT) + f->child.len;

	if (f->names.loosely)
		claim(f, p);
	slice_put(end - f->child.len, f->child);
	slice_put(end, f->separator);
	f->name.len += f->child.len + f->separator.len;
	MEM_GROW(f->level, f->levels, f->level_cap);
	f->level[f->levels++] = (struct flat_level){
		.len = f->name.len,
		.hash = extend(f, f->hash, f->separator),
		.array = *p == '[',
	};
}

static struct slice print_number(struct flat *f, uint32_t n)
{
	static const char digits[10 + SHORT] = "0123456789";

	return n < 10 ? (struct slice){ digits + n, 1 } :
			(struct slice){ f->digits, num_print_integer(f->digits, n) };
}

/* p is behind the bracket or the comma before a child; gives where its value begins. */
static const char *begin_child(struct flat *f, const char *p)
{
	struct flat_level *at = &f->level[f->levels - 1];

	p = json_blanks(p);
	f->name.len = at->len;
	f->hash = at->hash;
	if (!at->array)
		return json_blanks(json_blanks(begin_name(f, p)) + 1);
	f->child = print_number(f, at->elements++);
	f->hash = extend(f, f->hash, f->child);
	return p;
}

static void add_leaf(const struct flat *f, struct slice value, struct buf *to)
{
	char *start = room(to, f->name.len + f->child.len + value.len + SHORT + 4), *end = start;

	*end++ = '"';
	end = slice_put_short(end, buf_slice(&f->name));
	end = slice_put_short(end, f->child);
	*end++ = '"';
	*end++ = ':';
	end = slice_put_short(end, value);
	*end++ = ',';
	to->len += (size_t)(end - start);
}

static const char *leaf_end(const char *p)
{
	const char *end = json_plain_number(p);
	struct json_fault ignored;
	enum kind kind;
	bool plain;

	if (*p == '"')
		return json_text(p, &plain, &ignored);
	return end ? end : json_value(p, 1, &kind, &ignored);
}

/* p is behind a leaf: leaves what ends there; gives the comma before the next child, or NULL. */
static const char *leave(struct flat *f, const char *p)
{
	for (p = json_blanks(p); *p != ','; p = json_blanks(p + 1))
		if (!--f->levels)
			return NULL;
	return p;
}

bool flat_value(struct flat *f, struct slice name, const char *at, struct buf *to, size_t most)
{
	const char *p = at, *end;

	f->opened++;
	f->levels = 0;
	begin_outside(f, name);
	do {
		if (tree_is_full(p)) {
			enter(f, p);
		} else {
			end = leaf_end(p);
			claim(f, p);
			add_leaf(f, (struct slice){ p, (size_t)(end - p) }, to);
			if (to->len > most + 1)
				return false;
			p = leave(f, end);
		}
		if (p)
			p = begin_child(f, p + 1);
	} while (p);
	to->len--;
	return true;
}

void flat_free(struct flat *f)
{
	free(f->level);
	buf_free(&f->name);
	buf_free(&f->twice);
	buf_free(&f->spelled);
	arena_free(&f->arena);
	claims_free(&f->names);
	*f = (struct flat){ 0 };
}
