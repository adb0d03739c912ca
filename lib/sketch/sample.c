/* What is kept is a summary as that of Greenwald and Khanna (Space-Efficient Online Computation of Quantile
 * Summaries, SIGMOD 2001), in a form that knows of equal values. With A(i) the sum of times up to entry i and
 * B(i) = A(i - 1) + unsure(i), at least A(i) values are at most v(i), and at most B(i) are below it. So
 *
 * - a value that is added between two entries, c times, becomes one with times = c, and the unsure ones of the
 *   next entry may be below it as well; nothing changes for the others;
 * - an entry may be dropped when A(i - 1) is kept for the one behind it, whose times and unsure grow by the times
 *   of the dropped one; this is done while unsure stays below 2 e N, of N values with an error e;
 * - an answer for the rank t is the entry with the smallest of max(t - A(i), B(i) + 1 - t), which is e N at most;
 * - two summaries are merged by adding their A and B at each value of either: what was unsure of both together
 *   is 2 e N of both, so merging costs nothing. But less can be dropped then, so that 2 e takes the place of e.
 *
 * No value depends on chance. Nothing but the number of different values makes the first drop.
 *
 * Values that came of late wait in an array of 8 bytes each, to be sorted and put among the entries together; as
 * long as there are few of them there are no entries. */
#include "sketch/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "number/digits.h"
#include "number/real.h"
#include "number/total.h"

enum {
	FIRST = 4,      /* places for fresh values at first; twice as many each time, */
	WAITING = 1024, /* and beside entries that are not exact */
	WHOLE = 65536,  /* and beside those of all values */
	ROUGH = 1024,   /* entries that are not exact: more are looked through for some to drop */
	FEW = 16,       /* what is not worth parting, */
	LATE = 16,      /* and sorting where all before is in order */
	MANY = 8,       /* so many times a value at once are an entry */
	BYTES = 8,
	BYTE = 256,
	PER_THOUSAND = 1000,
	MERGED = 2, /* in a thousand */
};

/* What any count may be. */
static const uint64_t MOST = 1000000000000000;

/* --- values --- */

static struct slice spelling(const struct sample *s, union sample_value v, char out[NUM_MAX])
{
	if (s->far)
		return slice_of(v.text);
	return (struct slice){ out, real_print(out, v.x) };
}

static int compare_texts(union sample_value a, union sample_value b)
{
	return digits_order(slice_of(a.text), slice_of(b.text));
}

static inline int compare(const struct sample *s, union sample_value a, union sample_value b)
{
	return s->far ? compare_texts(a, b) : (a.x > b.x) - (a.x < b.x);
}

static inline bool is_below(const struct sample *s, union sample_value a, union sample_value b)
{
	return s->far ? compare_texts(a, b) < 0 : a.x < b.x;
}

static void drop_value(const struct sample *s, union sample_value v)
{
	if (s->far)
		free(v.text);
}

static union sample_value text_of(struct slice number)
{
	struct buf b = { 0 };

	digits_print(&b, number);
	buf_byte(&b, 0);
	return (union sample_value){ .text = b.at };
}

static union sample_value text_of_real(double x)
{
	char text[NUM_MAX];

	return text_of((struct slice){ text, real_print(text, x) });
}

/* From now on values are texts. */
static void go_far(struct sample *s)
{
	if (s->far)
		return;
	for (size_t i = 0; i < s->n; i++)
		s->fresh[i] = text_of_real(s->fresh[i].x);
	for (size_t i = 0; i < s->entries; i++)
		s->entry[i].value = text_of_real(s->entry[i].value.x);
	s->far = true;
}

/* Any decimal of 15 digits is the shortest of its double, where doubles have all their digits. */
static inline bool is_short(struct decimal d)
{
	const int64_t limit = (int64_t)num_ten[15];

	return d.m > -limit && d.m < limit && d.e >= -TOTAL_NEAR && d.e <= TOTAL_NEAR;
}

static bool is_shortest(struct decimal d, double x)
{
	char text[NUM_MAX];
	struct decimal shortest;

	return num_decimal((struct slice){ text, real_print(text, x) }, &shortest) &&
		!digits_order_decimals(d, shortest);
}

/* s may go far for it. */
static union sample_value value_of_number(struct sample *s, struct slice number)
{
	double x = real_of(number);
	char text[NUM_MAX];

	if (!s->far && !digits_order(number, (struct slice){ text, real_print(text, x) }))
		return (union sample_value){ .x = x };
	go_far(s);
	return text_of(number);
}

__attribute__((noinline)) static union sample_value value_of(struct sample *s, struct decimal d)
{
	double x = real_nearest(d);
	char text[NUM_MAX];

	if (!s->far && (is_short(d) || is_shortest(d, x)))
		return (union sample_value){ .x = x };
	return value_of_number(s, (struct slice){ text, num_print_decimal(text, d) });
}

/* --- order --- */

static void insert_late(const struct sample *s)
{
	for (size_t i = s->sorted, k; i < s->n; i++) {
		union sample_value v = s->fresh[i];
		for (k = i; k && compare(s, s->fresh[k - 1], v) > 0; k--)
			s->fresh[k] = s->fresh[k - 1];
		s->fresh[k] = v;
	}
}

/* Sorts a few: each is compared with all before it, which says where both go. No branch depends on the values,
 * so none is predicted wrongly. */
static void sort_few(union sample_value *v, size_t n)
{
	union sample_value copy[FEW];
	size_t place[FEW];

	for (size_t i = 0; i < n; i++) {
		double x = v[i].x;
		size_t before = 0;
		for (size_t k = 0; k < i; k++) {
			bool up = copy[k].x <= x;
			before += up;
			place[k] += !up;
		}
		place[i] = before;
		copy[i] = v[i];
	}
	for (size_t i = 0; i < n; i++)
		v[place[i]] = copy[i];
}

static double median_of_three(double a, double b, double c)
{
	double low = a < b ? a : b, high = a < b ? b : a;

	return c < low ? low : c > high ? high : c;
}

/* Brings those below the pivot to the front, or those at it as well; how many. Each is written to both sides,
 * again without a branch. */
static size_t part(
	union sample_value *v, union sample_value *back, size_t n, double pivot, bool equal)
{
	size_t front = 0;

	for (size_t i = 0; i < n; i++) {
		union sample_value x = v[i];
		back[i - front] = v[front] = x;
		front += equal ? x.x <= pivot : x.x < pivot;
	}
	memcpy(v + front, back, (n - front) * sizeof *v);
	return front;
}

/* Quicksort; n is bounded, and so is the worst that a chosen order can do. */
static void sort_some(union sample_value *v, union sample_value *back, size_t n)
{
	while (n > FEW) {
		double pivot = median_of_three(v[0].x, v[n / 2].x, v[n - 1].x);
		size_t front = part(v, back, n, pivot, false);
		if (front)
			sort_some(v, back, front);
		else
			front = part(v, back, n, pivot, true);
		v += front;
		n -= front;
	}
	sort_few(v, n);
}

/* The doubles in their order as integers in theirs, and back. */
static uint64_t image(double x)
{
	uint64_t bits;

	memcpy(&bits, &x, sizeof bits);
	return bits ^ (bits >> 63 ? UINT64_MAX : (uint64_t)1 << 63);
}

static double of_image(uint64_t bits)
{
	double x;

	bits ^= bits >> 63 ? (uint64_t)1 << 63 : UINT64_MAX;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* Byte after byte, from the lowest; one that is the same in all is passed over. */
static void sort_many(union sample_value *v, size_t n)
{
	uint64_t *room = mem_alloc(2 * n * sizeof *room), *from = room, *to = room + n;
	uint32_t place[BYTES][BYTE] = { 0 };

	for (size_t i = 0; i < n; i++) {
		from[i] = image(v[i].x);
		for (int k = 0; k < BYTES; k++)
			place[k][from[i] >> 8 * k & (BYTE - 1)]++;
	}
	for (int k = 0; k < BYTES; k++) {
		uint32_t before = 0, *other = place[k];
		if (other[from[0] >> 8 * k & (BYTE - 1)] == n)
			continue;
		for (int i = 0; i < BYTE; i++) {
			uint32_t here = other[i];
			other[i] = before;
			before += here;
		}
		for (size_t i = 0; i < n; i++)
			to[other[from[i] >> 8 * k & (BYTE - 1)]++] = from[i];
		from = to;
		to = from == room ? room + n : room;
	}
	for (size_t i = 0; i < n; i++)
		v[i].x = of_image(from[i]);
	free(room);
}

static int compare_far(const void *a, const void *b)
{
	return compare_texts(*(const union sample_value *)a, *(const union sample_value *)b);
}

static void sort(struct sample *s)
{
	union sample_value back[SAMPLE_EXACT];

	if (s->n - s->sorted <= LATE)
		insert_late(s);
	else if (s->far)
		qsort(s->fresh, s->n, sizeof *s->fresh, compare_far);
	else if (s->n <= SAMPLE_EXACT)
		sort_some(s->fresh, back, s->n);
	else
		sort_many(s->fresh, s->n);
	s->sorted = s->n;
}

/* --- entries --- */

/* Drops entries as long as no more than so many values are unsure, from the last on. */
static void thin(struct sample *s, uint64_t most)
{
	struct sample_entry *e = s->entry;
	size_t to = s->entries - 1;

	for (size_t i = to - 1; i > 0; i--)
		if (e[i].times + e[to].unsure <= most) {
			e[to].times += e[i].times;
			e[to].unsure += e[i].times;
			drop_value(s, e[i].value);
		} else {
			e[--to] = e[i];
		}
	e[--to] = e[0];
	s->entries -= to;
	memmove(e, e + to, s->entries * sizeof *e);
	s->room = s->entries;
	s->entry = mem_resize(e, s->room * sizeof *e);
	s->rough = true;
}

/* How many may be unsure of an entry, of so many values and an error in a thousand; 0: none. */
static uint64_t most_unsure(uint64_t count, uint64_t error)
{
	uint64_t most = 2 * error * count / PER_THOUSAND;

	return most ? most - 1 : 0;
}

/* Drops some if there are too many of them. */
static void bound(struct sample *s, uint64_t error)
{
	if (!s->whole && s->entries > (s->rough ? ROUGH : SAMPLE_EXACT))
		thin(s, most_unsure(s->count, error));
}

/* Puts what is fresh among the entries. */
static void settle(struct sample *s)
{
	size_t i = 0, n = 0;
	struct sample_entry *all;

	sort(s);
	if (!s->n)
		return;
	all = mem_alloc((s->entries + s->n) * sizeof *all);
	for (size_t k = 0; k < s->n; k++) {
		union sample_value v = s->fresh[k];
		while (i < s->entries && compare(s, s->entry[i].value, v) <= 0)
			all[n++] = s->entry[i++];
		if (n && !compare(s, all[n - 1].value, v)) {
			all[n - 1].times++;
			drop_value(s, v);
		} else {
			all[n++] = (struct sample_entry){ v, 1,
				i < s->entries ? s->entry[i].unsure : 0 };
		}
	}
	if (i < s->entries)
		memcpy(all + n, s->entry + i, (s->entries - i) * sizeof *all);
	n += s->entries - i;
	free(s->entry);
	s->entry = all;
	s->entries = s->room = n;
	s->count += s->n;
	s->n = s->sorted = 0;
	bound(s, 1);
}

/* Counts a value with the first entry that is not below it, as equal or as one of the unsure. */
static inline bool absorb(struct sample *s, struct sample_entry *e, union sample_value v,
	uint64_t times, uint64_t most)
{
	bool equal = !compare(s, v, e->value);

	if (!equal && (e->unsure + times > most || e == s->entry || compare(s, v, e->value) > 0))
		return false;
	e->unsure += equal ? 0 : times;
	e->times += times;
	s->count += times;
	drop_value(s, v);
	return true;
}

/* Gives what is fresh to the entries as they are, as far as they may take it. */
static void hand_out(struct sample *s)
{
	struct sample_entry *e = s->entry, *last = e + s->entries - 1;
	uint64_t most = most_unsure(s->count, 1);
	uint32_t left = 0;

	sort(s);
	for (uint32_t i = 0; i < s->n; i++) {
		union sample_value v = s->fresh[i];
		while (e < last && is_below(s, e->value, v))
			e++;
		if (!absorb(s, e, v, 1, most))
			s->fresh[left++] = v;
	}
	s->n = s->sorted = left;
}

/* All are kept, so those that are different need not become entries. */
static bool may_wait(struct sample *s)
{
	size_t different = 1;

	if (s->entries)
		return false;
	sort(s);
	for (size_t i = 1; i < s->n; i++)
		different += compare(s, s->fresh[i - 1], s->fresh[i]) != 0;
	return different > s->n / 2;
}

static void make_room(struct sample *s)
{
	size_t most = s->whole ? WHOLE : s->rough ? WAITING : SAMPLE_EXACT;

	if (s->whole && s->entries / 2 > most)
		most = s->entries / 2;
	if (s->n >= most && !(s->whole && may_wait(s))) {
		if (s->rough)
			hand_out(s);
		if (s->n > most / 2)
			settle(s);
		if (!s->rough || s->cap == WAITING)
			return;
		s->cap = WAITING;
	} else {
		s->cap = s->cap ? 2 * s->cap : FIRST;
	}
	s->fresh = mem_resize(s->fresh, s->cap * sizeof *s->fresh);
}

static inline void push(struct sample *s, union sample_value v)
{
	if (s->n == s->cap)
		make_room(s);
	s->fresh[s->n++] = v;
}

/* The first entry that is not below a value, or the last one; there is one. */
static inline size_t place_of(const struct sample *s, union sample_value v)
{
	size_t at = 0;

	for (size_t n = s->entries, half; n > 1; n -= half) {
		half = n / 2;
		/* No branch: it would be predicted wrongly every other time. */
		at += half & -(size_t)(is_below(s, s->entry[at + half - 1].value, v));
	}
	return at;
}

/* Makes it an entry of its own. */
static void insert(struct sample *s, union sample_value v, uint64_t times)
{
	struct sample_entry *e;
	size_t i = s->entries ? place_of(s, v) : 0;

	MEM_GROW(s->entry, s->entries, s->room);
	i += i < s->entries && compare(s, s->entry[i].value, v) < 0;
	e = &s->entry[i];
	memmove(e + 1, e, (s->entries - i) * sizeof *e);
	*e = (struct sample_entry){ v, times, i < s->entries ? e[1].unsure : 0 };
	s->entries++;
	s->count += times;
	bound(s, 1);
}

static inline void add(struct sample *s, union sample_value v, uint64_t times)
{
	if (times < MANY && !(s->far && times > 1)) {
		for (; times; times--)
			push(s, v);
	} else if (!s->entries ||
		!absorb(s, &s->entry[place_of(s, v)], v, times,
			s->rough ? most_unsure(s->count, 1) : 0)) {
		insert(s, v, times);
	}
}

void sample_add(struct sample *s, struct decimal d)
{
	sample_add_times(s, d, 1);
}

void sample_add_times(struct sample *s, struct decimal d, uint64_t times)
{
	if (!s->far && is_short(d))
		add(s, (union sample_value){ .x = real_nearest(d) }, times);
	else
		add(s, value_of(s, d), times);
}

void sample_add_number(struct sample *s, struct slice number)
{
	add(s, value_of_number(s, number), 1);
}

/* --- merging --- */

/* How far a summary has been gone through, and its A up to there. */
struct walk {
	const struct sample *s;
	size_t i;
	uint64_t known;
};

/* B at a value that is not above its next entry. */
static uint64_t below(const struct walk *w)
{
	return w->i < w->s->entries ? w->known + w->s->entry[w->i].unsure : w->s->count;
}

static void go_on(struct walk *w)
{
	w->known += w->s->entry[w->i++].times;
}

static int next_of(const struct walk *a, const struct walk *b)
{
	if (a->i == a->s->entries || b->i == b->s->entries)
		return a->i == a->s->entries ? 1 : -1;
	return compare(a->s, a->s->entry[a->i].value, b->s->entry[b->i].value);
}

/* Both are settled. */
static void merge_entries(struct sample *s, struct sample *from)
{
	struct sample_entry *all = mem_alloc((s->entries + from->entries) * sizeof *all);
	struct walk a = { s, 0, 0 }, b = { from, 0, 0 };
	size_t n = 0;

	while (a.i < s->entries || b.i < from->entries) {
		int order = next_of(&a, &b);
		uint64_t before = a.known + b.known, unsure = below(&a) + below(&b) - before;
		union sample_value v = order <= 0 ? s->entry[a.i].value : from->entry[b.i].value;

		if (!order)
			drop_value(from, from->entry[b.i].value);
		if (order <= 0)
			go_on(&a);
		if (order >= 0)
			go_on(&b);
		all[n++] = (struct sample_entry){ v, a.known + b.known - before, unsure };
	}
	free(s->entry);
	s->entry = all;
	s->entries = s->room = n;
	s->count += from->count;
	from->entries = 0;
}

static void move(struct sample *s, struct sample *from)
{
	bool whole = s->whole;

	*s = *from;
	s->whole = whole;
	*from = (struct sample){ .whole = from->whole };
}

void sample_merge(struct sample *s, struct sample *from)
{
	if (!s->n && !s->entries) {
		sample_free(s);
		move(s, from);
		bound(s, 1);
		return;
	}
	if (from->far)
		go_far(s);
	if (s->far)
		go_far(from);
	for (size_t i = 0; i < from->n; i++)
		push(s, from->fresh[i]);
	from->n = 0;
	if (from->entries) {
		settle(s);
		merge_entries(s, from);
		s->rough |= from->rough;
		bound(s, from->rough ? MERGED : 1);
	}
	sample_free(from);
}

/* --- answers --- */

uint64_t sample_count(const struct sample *s)
{
	return s->count + s->n;
}

size_t sample_different(struct sample *s)
{
	settle(s);
	return s->entries;
}

/* Of what is exact the value with so many before it. */
static union sample_value exact_value(const struct sample *s, uint64_t before)
{
	size_t i = 0;

	if (!s->entries)
		return s->fresh[before];
	for (; before >= s->entry[i].times; i++)
		before -= s->entry[i].times;
	return s->entry[i].value;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

/* The value whose rank is surely nearest to it, the first being 1. */
static union sample_value near_value(const struct sample *s, uint64_t rank)
{
	const struct sample_entry *e = s->entry;
	uint64_t known = 0, best = UINT64_MAX;
	union sample_value found = e->value;

	for (size_t i = 0; i < s->entries; i++) {
		uint64_t most = known + e[i].unsure + 1, error;
		known += e[i].times;
		error = larger(rank > known ? rank - known : 0, most > rank ? most - rank : 0);
		if (error < best) {
			best = error;
			found = e[i].value;
		}
	}
	return found;
}

/* Gets ready for answers: sorted, or settled where there are entries. */
static void prepare(struct sample *s)
{
	if (s->entries)
		settle(s);
	else
		sort(s);
}

static void add_share(struct total *t, const struct sample *s, union sample_value v, int64_t times)
{
	char text[NUM_MAX];

	total_add_number(t, spelling(s, v, text), times);
}

/* a + (b - a) * part / whole */
static void print_between(struct buf *b, const struct sample *s, union sample_value low,
	union sample_value high, int64_t part, int64_t whole)
{
	struct total t = { 0 };

	add_share(&t, s, low, whole - part);
	add_share(&t, s, high, part);
	b->len += total_print_mean(buf_room(b, NUM_MAX), &t, whole);
	total_free(&t);
}

void sample_print_quantile(struct buf *b, struct sample *s, struct decimal q)
{
	int64_t ten = (int64_t)num_ten[-q.e], part;
	__int128 share = (__int128)(sample_count(s) - 1) * q.m;
	uint64_t before = (uint64_t)(share / ten);
	union sample_value v, next;
	char text[NUM_MAX];

	part = (int64_t)(share % ten);
	prepare(s);
	if (s->rough) {
		v = near_value(s, before + 1 + (2 * part >= ten));
		part = 0;
	} else {
		v = exact_value(s, before);
	}
	if (part) {
		next = exact_value(s, before + 1);
		part = compare(s, v, next) ? part : 0;
	}
	if (part)
		print_between(b, s, v, next, part, ten);
	else
		buf_add(b, spelling(s, v, text));
}

double sample_value(struct sample *s, uint64_t before)
{
	char text[NUM_MAX];
	union sample_value v;

	prepare(s);
	v = s->rough ? near_value(s, before + 1) : exact_value(s, before);
	return real_of(spelling(s, v, text));
}

uint64_t sample_above(struct sample *s, double x)
{
	union sample_value limit = { .x = x };
	uint64_t known = 0;

	settle(s);
	if (s->far)
		limit = text_of_real(x);
	for (size_t i = 0; i < s->entries; i++) {
		if (compare(s, s->entry[i].value, limit) > 0) {
			known += s->entry[i].unsure;
			break;
		}
		known += s->entry[i].times;
	}
	drop_value(s, limit);
	return s->count - known;
}

/* --- texts --- */

static void print_count(struct buf *b, uint64_t n)
{
	buf_byte(b, ':');
	b->len += num_print_integer(buf_room(b, NUM_MAX), n);
}

void sample_print(struct buf *b, struct sample *s)
{
	char text[NUM_MAX];

	settle(s);
	for (size_t i = 0; i < s->entries; i++) {
		const struct sample_entry *e = &s->entry[i];
		if (i)
			buf_byte(b, ' ');
		buf_add(b, spelling(s, e->value, text));
		if (e->times > 1 || e->unsure)
			print_count(b, e->times);
		if (e->unsure)
			print_count(b, e->unsure);
	}
}

/* Takes what is before the next colon, and that; word->at is NULL if there was none. */
static struct slice next_part(struct slice *word)
{
	const char *colon = word->len ? memchr(word->at, ':', word->len) : NULL;
	struct slice part = { word->at, colon ? (size_t)(colon - word->at) : word->len };

	*word = colon ? slice_skip(*word, part.len + 1) : (struct slice){ 0 };
	return part;
}

/* A count, from 1, that may be there. */
static bool take_count(struct slice *word, uint64_t *n)
{
	int64_t count;

	if (!word->at)
		return true;
	if (!num_count(next_part(word), &count))
		return false;
	*n = (uint64_t)count;
	return count > 0;
}

/* The last one, behind the one before it. */
static bool is_in_order(const struct sample *s)
{
	const struct sample_entry *last = &s->entry[s->entries - 1];

	return compare(s, last[-1].value, last->value) < 0;
}

static bool take_entry(struct sample *s, struct slice word)
{
	struct slice number = next_part(&word);
	struct sample_entry e = { .times = 1 };

	if (!num_valid(number) || isinf(real_of(number)) || !take_count(&word, &e.times) ||
		!take_count(&word, &e.unsure) || word.at)
		return false;
	e.value = value_of_number(s, number);
	MEM_GROW(s->entry, s->entries, s->room);
	s->entry[s->entries++] = e;
	s->count += e.times;
	s->rough |= e.unsure > 0;
	return s->count <= MOST && (s->entries == 1 ? !e.unsure : is_in_order(s));
}

/* No more are below a value than came, and no fewer than below the one before. */
static bool is_possible(const struct sample *s)
{
	uint64_t known = 0, last = 0;

	for (size_t i = 0; i < s->entries; i++) {
		uint64_t most = known + s->entry[i].unsure;
		if (most < last || most >= s->count)
			return false;
		known += s->entry[i].times;
		last = most;
	}
	return !(s->whole && s->rough);
}

bool sample_parse(struct sample *s, struct slice text)
{
	bool good = text.len > 0;

	while (good && text.len)
		good = take_entry(s, slice_word(&text));
	if (good && is_possible(s))
		return true;
	sample_free(s);
	return false;
}

void sample_free(struct sample *s)
{
	for (size_t i = 0; i < s->n; i++)
		drop_value(s, s->fresh[i]);
	for (size_t i = 0; i < s->entries; i++)
		drop_value(s, s->entry[i].value);
	free(s->fresh);
	free(s->entry);
	*s = (struct sample){ .whole = s->whole };
}
