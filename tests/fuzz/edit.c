/* One record and a script of edits: the first byte's low three bits tell how many bytes of script
 * follow, the rest is the line. jansson makes the same edits; the results must be equal. What no edit
 * speaks of must be there as it was, byte by byte and in its order. */
#include "fuzz.h"

#include <stdlib.h>

#include "../judge.h"
#include "record/rec.h"

enum { FIELDS = 4, EDITS_MAX = 7 };

static const char *const names[FIELDS] = { "a", "b", "c", "\xc3\xa9\"" };
static const char *const values[] = { "0", "\"x,\\\"\"", "null", "{\"a\":[1, 2]}" };

static void check(bool kept)
{
	if (!kept)
		abort();
}

static void edit(struct rec *r, json_t *model, uint8_t how, bool *touched)
{
	uint32_t field = how >> 2 & 3, to = how >> 4 & 3;
	const char *value = values[how >> 6];
	json_t *moved;

	touched[field] = true;
	switch (how & 3) {
	case 0:
		rec_drop(r, field);
		json_object_del(model, names[field]);
		break;
	case 1:
		touched[to] = true;
		rec_rename(r, field, to);
		moved = json_incref(json_object_get(model, names[field]));
		if (moved) {
			json_object_del(model, names[field]);
			json_object_set_new(model, names[to], moved);
		}
		break;
	default:
		rec_set(r, field, slice_of(value));
		json_object_set_new(model, names[field], json_loads(value, JSON_DECODE_ANY, NULL));
	}
}

static void check_values(const struct rec *r, const json_t *model)
{
	for (uint32_t i = 0; i < FIELDS; i++) {
		struct value v = rec_value(r, i);
		json_t *wanted = json_object_get(model, names[i]), *got;
		check((v.kind == KIND_MISSING) == !wanted);
		if (!wanted)
			continue;
		got = json_loadb(v.at, v.len, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
		check(json_equal(got, wanted));
		json_decref(got);
	}
}

/* The beginning up to the first name, each member from its name to its value, the end. */
static void check_untouched(const struct rec *r, const bool *touched, struct slice result)
{
	const struct shape *s = r->shape;
	const char *p = r->line.at, *from = result.at, *end = result.at + result.len;
	size_t head = s->n ? s->key[0].at : 0, tail;

	check(result.len >= head && !memcmp(result.at, p, head));
	for (size_t i = 0; i < s->n; i++) {
		const char *name = p + s->key[i].at;
		p = r->value[i].at + r->value[i].len;
		if (s->field[i] != FIELD_NONE && touched[s->field[i]])
			continue;
		from = memmem(from, (size_t)(end - from), name, (size_t)(p - name));
		check(from);
		from += p - name;
	}
	tail = s->n ? (size_t)(r->line.at + r->line.len - p) : 1;
	check(result.len > tail && end[-1] == '\n');
	check(!memcmp(end - 1 - tail, r->line.at + r->line.len - tail, tail) || !s->n);
}

static struct slice print(struct rec *r)
{
	char *at = mem_alloc(rec_bound(r));

	return (struct slice){ at, (size_t)(rec_print(r, at) - at) };
}

static void run(const struct scan *scan, json_t *model, const uint8_t *script, size_t n)
{
	bool touched[FIELDS] = { false };
	struct slice result, again;
	struct rec rec = { 0 };
	json_t *parsed;

	rec_begin(&rec, scan);
	for (size_t i = 0; i < n; i++) {
		edit(&rec, model, script[i], touched);
		check_values(&rec, model);
	}
	result = print(&rec);
	parsed = json_loadb(result.at, result.len, JSON_ALLOW_NUL, NULL);
	check(json_equal(parsed, model));
	check_untouched(&rec, touched, result);
	again = print(&rec);
	check(slice_equal(result, again));
	json_decref(parsed);
	free((char *)result.at);
	free((char *)again.at);
	rec_free(&rec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t n = size ? data[0] & EDITS_MAX : 0;
	struct fields fields = { 0 };
	struct buf line = { 0 };
	struct slice block;
	struct scan scan;
	json_t *model;

	if (size < 1 + n || memchr(data + 1 + n, '\n', size - 1 - n))
		return 0;
	buf_add(&line, (struct slice){ (const char *)data + 1 + n, size - 1 - n });
	model = json_loadb(line.len ? line.at : "", line.len, JSON_ALLOW_NUL, NULL);
	buf_byte(&line, '\n');
	block = judge_copy(buf_slice(&line), 0);
	for (size_t i = 0; i < FIELDS; i++)
		fields_add(&fields, slice_of(names[i]));
	scan_init(&scan, &fields, SCAN_FAST);
	scan_block(&scan, block);
	if (scan_next(&scan) == SCAN_RECORD && model)
		run(&scan, model, data + 1, n);
	json_decref(model);
	scan_free(&scan);
	fields_free(&fields);
	free((char *)block.at);
	buf_free(&line);
	return 0;
}
