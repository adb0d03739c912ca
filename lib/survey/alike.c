/* The classes of a partition that is refined. Fields leave their class in a record in which another has a
 * value of its own or none at all, together with those that are like them: always such as are in the
 * record, so that its time is that of its own fields, however many others there are. A class of one field
 * is none. */
#include "survey/alike.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum { NONE = UINT32_MAX };

struct alike_field {
	uint32_t class;        /* NONE: it is alone */
	uint32_t before, next; /* in its class, by their places */
	bool known;            /* a record had it */
	bool leaves;           /* its class, with this record */
	struct slice now;      /* the value in the record */
};

struct alike_class {
	uint32_t first, size;
	uint32_t here, example; /* how many are in the record, and the first of them */
	uint64_t record;        /* of which that was said last */
};

/* By classes, by their values, by their places. */
static int compare(const void *x, const void *y, void *with)
{
	uint32_t i = *(const uint32_t *)x, k = *(const uint32_t *)y;
	const struct alike *a = with;
	const struct alike_field *f = &a->field[i], *g = &a->field[k];
	int order;

	if (f->class != g->class)
		return f->class < g->class ? -1 : 1;
	order = slice_compare(f->now, g->now);
	return order ? order : (i > k) - (i < k);
}

static void put_apart(struct alike *a, uint32_t place)
{
	MEM_GROW(a->apart, a->aparts, a->apart_cap);
	a->apart[a->aparts++] = place;
	a->field[place].leaves = true;
}

static void leave(struct alike *a, struct alike_field *f)
{
	struct alike_class *class;

	if (f->class == NONE)
		return;
	class = &a->class[f->class];
	if (f->before == NONE)
		class->first = f->next;
	else
		a->field[f->before].next = f->next;
	if (f->next != NONE)
		a->field[f->next].before = f->before;
	if (--class->size == 1)
		a->field[class->first].class = NONE;
	f->class = NONE;
}

/* last is the last of its class, or alone. */
static void join(struct alike *a, uint32_t last, uint32_t place)
{
	struct alike_field *l = &a->field[last], *f = &a->field[place];

	if (l->class == NONE) {
		MEM_GROW(a->class, a->classes, a->class_cap);
		a->class[a->classes] = (struct alike_class){ .first = last, .size = 1 };
		l->class = (uint32_t)a->classes++;
		l->before = NONE;
	}
	a->class[l->class].size++;
	l->next = place;
	*f = (struct alike_field){ l->class, last, NONE, true, false, f->now };
}

/* Makes classes of fields that leave the same one, and of those that no record had before. */
static void classify(struct alike *a)
{
	uint32_t left = NONE, last = NONE;

	qsort_r(a->apart, a->aparts, sizeof *a->apart, compare, a);
	for (size_t i = 0; i < a->aparts; i++) {
		uint32_t place = a->apart[i];
		struct alike_field *f = &a->field[place];
		bool same =
			last != NONE && f->class == left && slice_equal(f->now, a->field[last].now);
		left = f->class;
		leave(a, f);
		f->leaves = false;
		if (same)
			join(a, last, place);
		last = place;
	}
	a->aparts = 0;
}

/* Those leave that are not like the first of their class in this record. */
static void compare_values(struct alike *a)
{
	for (size_t i = 0; i < a->presents; i++) {
		uint32_t place = a->present[i];
		struct alike_field *f = &a->field[place];
		struct alike_class *class;
		if (f->class == NONE)
			continue;
		class = &a->class[f->class];
		if (class->record != a->record) {
			class->record = a->record;
			class->here = 0;
			class->example = place;
		}
		class->here++;
		if (!slice_equal(f->now, a->field[class->example].now))
			put_apart(a, place);
	}
}

/* Where some of a class are missing, those leave that are not. */
static void compare_presence(struct alike *a)
{
	for (size_t i = 0; i < a->presents; i++) {
		const struct alike_field *f = &a->field[a->present[i]];
		if (f->class == NONE || f->leaves)
			continue;
		if (a->class[f->class].here < a->class[f->class].size)
			put_apart(a, a->present[i]);
	}
}

static void take_fresh(struct alike *a)
{
	for (size_t i = 0; a->fresh && i < a->presents; i++) {
		struct alike_field *f = &a->field[a->present[i]];
		if (f->known)
			continue;
		f->known = true;
		a->fresh--;
		put_apart(a, a->present[i]);
	}
}

void alike_begin(struct alike *a)
{
	a->record++;
	a->presents = 0;
}

void alike_add(struct alike *a, uint32_t place, struct slice value)
{
	for (; a->n <= place; a->n++) {
		MEM_GROW(a->field, a->n, a->cap);
		a->field[a->n] = (struct alike_field){ .class = NONE };
	}
	a->fresh += !a->field[place].known;
	a->field[place].now = value;
	MEM_GROW(a->present, a->presents, a->present_cap);
	a->present[a->presents++] = place;
}

void alike_end(struct alike *a)
{
	if (a->classes) {
		compare_values(a);
		compare_presence(a);
	}
	take_fresh(a);
	if (a->aparts)
		classify(a);
}

uint32_t alike_leader(const struct alike *a, uint32_t place)
{
	if (place >= a->n || a->field[place].class == NONE)
		return place;
	return a->class[a->field[place].class].first;
}

void alike_free(struct alike *a)
{
	free(a->field);
	free(a->class);
	free(a->present);
	free(a->apart);
	*a = (struct alike){ 0 };
}
