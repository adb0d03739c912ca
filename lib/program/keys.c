#include "program/keys.h"

#include "base/buf.h"
#include "base/die.h"
#include "base/mem.h"
#include "program/filter.h"
#include "program/formula.h"
#include "record/canon.h"
#include "record/json.h"
#include "text/list.h"

static void add_item(struct keys *k, struct slice list, struct slice text)
{
	struct keys_item item = { 0 };
	struct slice what;
	struct buf json = { 0 };

	if (list_named(text, &what, &item.name))
		item.expression = formula_compile(list, what, false);
	else if (!list_name(text, &item.name))
		usage_at(list, (size_t)(text.at - list.at),
			"--key: this is no name; an expression needs one, as in hour(time) as hour");
	item.field = item.expression ? filter_field(item.name) : filter_needs(item.name);
	json_quote(&json, item.name);
	buf_byte(&json, ':');
	item.json = buf_slice(&json);
	for (size_t i = 0; i < k->n; i++)
		if (slice_equal(k->item[i].name, item.name))
			usage_at(list, (size_t)(text.at - list.at),
				"--key: the name is there twice");
	MEM_GROW(k->item, k->n, k->cap);
	k->item[k->n++] = item;
}

void keys_prepare(struct keys *k, struct slice list)
{
	struct slice rest = list, item;
	struct fault fault;

	while (list_next(&rest, &item, &fault))
		add_item(k, list, item);
	if (fault.what)
		usage_at(list, (size_t)(rest.at - list.at) + fault.at, "--key: %s", fault.what);
}

static bool is_calculated(const struct calc *x)
{
	return x->kind == KIND_NUMBER && x->exact && !x->json.at;
}

/* One that comes again, as hours do, is not printed again. */
static bool is_last(const struct keys_item *item, const struct calc *x)
{
	return item->len && is_calculated(x) && x->decimal.m == item->last.m &&
		x->decimal.e == item->last.e;
}

static void remember(struct keys_item *item, const struct calc *x, struct slice json)
{
	item->len = is_calculated(x) && json.len <= NUM_MAX ? json.len : 0;
	item->last = x->decimal;
	memcpy(item->text, json.at, item->len);
}

static bool run(struct keys_item *item, struct rec *r, struct value *v)
{
	struct slice json;
	struct calc x;

	if (!expr_run(item->expression, r, FIELD_NONE, &x))
		return false;
	if (is_last(item, &x)) {
		*v = (struct value){ item->text, (uint32_t)item->len, KIND_NUMBER };
		return true;
	}
	if (!expr_json(item->expression, &x, r, &json))
		return false;
	remember(item, &x, json);
	*v = (struct value){ json.at, (uint32_t)json.len, x.kind };
	return true;
}

static struct slice shown_of(struct value v)
{
	return v.kind <= KIND_NULL ? SLICE("null") : (struct slice){ v.at, v.len };
}

static inline bool read_all(struct keys *k, struct rec *r, bool again)
{
	struct value v;

	k->canon.len = k->shown_text.len = 0;
	k->key = k->shown = SLICE("");
	for (size_t i = 0; i < k->n; i++) {
		if (again || !k->item[i].expression)
			v = rec_value(r, k->item[i].field);
		else if (!run(&k->item[i], r, &v))
			return false;
		k->key = canon_of(v, &k->scratch);
		k->shown = shown_of(v);
		if (k->n == 1)
			return true;
		if (i) {
			buf_byte(&k->canon, '\n');
			buf_byte(&k->shown_text, '\n');
		}
		buf_add(&k->canon, k->key);
		buf_add(&k->shown_text, k->shown);
	}
	if (!k->n)
		return true;
	k->key = buf_slice(&k->canon);
	k->shown = buf_slice(&k->shown_text);
	/* Fields alone are shorter than their line. */
	if (k->shown.len > filter_max_line())
		rec_blame(r, FIELD_NONE, "the key is longer than --max-line allows");
	return k->shown.len <= filter_max_line();
}

bool keys_read(struct keys *k, struct rec *r)
{
	return read_all(k, r, false);
}

bool keys_read_again(struct keys *k, struct rec *r)
{
	for (size_t i = 0; i < k->n; i++)
		if (rec_value(r, k->item[i].field).kind == KIND_MISSING) {
			rec_blame(r, k->item[i].field, "is missing, a key");
			return false;
		}
	return read_all(k, r, true);
}

struct slice keys_guess(const struct keys *k, const struct rec *r)
{
	enum { READABLE = 64 }; /* behind the LF of a line, even of the last one (scan.h) */
	const char *end = r->line.at + r->line.len;
	size_t at;

	if (!r->line.len || k->key.at < r->line.at || k->key.at >= end)
		return SLICE("");
	at = (size_t)(k->key.at - r->line.at);
	if (at + k->key.len > READABLE)
		return SLICE("");
	return (struct slice){ end + 1 + at, k->key.len };
}

void keys_print(const struct keys *k, struct slice shown, struct buf *to)
{
	for (size_t i = 0; i < k->n; i++) {
		const char *end = memchr(shown.at, '\n', shown.len);
		size_t len = end ? (size_t)(end - shown.at) : shown.len;
		if (i)
			buf_byte(to, ',');
		buf_add(to, k->item[i].json);
		buf_add(to, (struct slice){ shown.at, len });
		shown = slice_skip(shown, len + (end ? 1 : 0));
	}
}
