#include "aggregate/partial.h"

#include <string.h>

#include "number/num.h"
#include "record/json.h"

/* Makes the copy of what is left. */
static void mean(struct partial *w)
{
	struct slice rest = { w->p, (size_t)(w->end - w->p) };
	size_t len;

	if (w->meant)
		return;
	w->meant = true;
	w->text.len = 0;
	if (memchr(rest.at, '\\', rest.len))
		json_unquote(&w->text, (struct slice){ rest.at - 1, rest.len + 2 });
	else
		buf_add(&w->text, rest);
	len = w->text.len;
	buf_byte(&w->text, '\n');
	memset(buf_room(&w->text, NUM_PAD), 0, NUM_PAD);
	w->p = w->text.at;
	w->end = w->p + len;
}

static struct slice left(struct partial *w)
{
	mean(w);
	return (struct slice){ w->p, (size_t)(w->end - w->p) };
}

bool partial_pass(struct partial *w, struct slice words)
{
	struct slice rest = left(w);

	if (!json_pass(&rest, words))
		return false;
	w->p = rest.at;
	return true;
}

bool partial_take(struct partial *w, struct slice *word)
{
	struct slice rest = left(w);

	*word = slice_word(&rest);
	w->p = rest.at;
	return word->len;
}

bool partial_take_count(struct partial *w, int64_t *n)
{
	struct slice word;
	struct decimal d;

	if (is_digit(*w->p) && partial_take_plain(w, &d)) {
		*n = d.m;
		return !d.e;
	}
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

bool partial_take_reading(struct partial *w, struct reading *r)
{
	struct json_fault fault;
	const char *from, *end;
	enum kind kind;

	mean(w);
	if (partial_done(w))
		return false;
	from = w->p;
	end = json_value(from, 1, &kind, &fault);
	if (!end || !partial_go_behind(w, end) ||
		!reading_take(r, (struct value){ from, (uint32_t)(end - from), kind }))
		return false;
	return r->is == READING_NUMBER || (r->is == READING_OTHER && !w->numbers);
}

struct slice partial_rest(struct partial *w)
{
	struct slice rest = left(w);

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
