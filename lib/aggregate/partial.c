#include "aggregate/partial.h"

#include <string.h>

#include "record/json.h"

void partial_open(struct partial *w, struct slice text)
{
	*w = (struct partial){ 0 };
	buf_add(&w->text, text);
	buf_byte(&w->text, '\n');
	memset(buf_room(&w->text, JSON_PAD), 0, JSON_PAD);
	w->p = w->text.at;
	w->end = w->p + text.len;
}

bool partial_done(const struct partial *w)
{
	return w->p == w->end;
}

bool partial_take(struct partial *w, struct slice *word)
{
	struct slice rest = { w->p, (size_t)(w->end - w->p) };

	*word = slice_word(&rest);
	w->p = rest.at;
	return word->len;
}

bool partial_take_count(struct partial *w, int64_t *n)
{
	struct slice word;

	return partial_take(w, &word) && num_count(word, n);
}

bool partial_take_time(struct partial *w, struct instant *t)
{
	struct instant_scale seconds = { .unit = INSTANT_SECONDS, .known = true, .given = true };
	struct fault fault;
	struct slice word;

	return partial_take(w, &word) && num_valid(word) &&
		instant_of_number(word, &seconds, t, &fault);
}

/* Goes to what comes behind the value that ends at p. A blank with nothing behind it stays. */
static bool go_behind(struct partial *w, const char *p)
{
	if (p + 1 < w->end && *p == ' ')
		p++;
	else if (p != w->end)
		return false;
	w->p = p;
	return true;
}

bool partial_take_reading(struct partial *w, struct reading *r)
{
	struct json_fault fault;
	const char *from = w->p, *end;
	enum kind kind;

	if (partial_done(w))
		return false;
	end = json_value(from, 1, &kind, &fault);
	if (!end || !go_behind(w, end) ||
		!reading_take(r, (struct value){ from, (uint32_t)(end - from), kind }))
		return false;
	return r->is == READING_NUMBER || (r->is == READING_OTHER && !w->numbers);
}

struct slice partial_rest(struct partial *w)
{
	struct slice rest = { w->p, (size_t)(w->end - w->p) };

	w->p = w->end;
	return rest;
}

void partial_close(struct partial *w)
{
	buf_free(&w->text);
}

void partial_next(struct buf *b, size_t before)
{
	if (b->len > before)
		buf_byte(b, ' ');
}

void partial_print_time(struct buf *b, struct instant t)
{
	static const struct instant_style seconds = { .unit = INSTANT_SECONDS };

	b->len += instant_print(buf_room(b, INSTANT_MAX), t, &seconds, NULL);
}
