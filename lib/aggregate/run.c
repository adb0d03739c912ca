#include "aggregate/run.h"

#include <stdlib.h>

#include "base/mem.h"
#include "number/num.h"
#include "number/total.h"

enum { LANES = 4 };

/* The columns are as many as fill all lanes. One too many, where two are read at once, repeats the first; more of them
 * have nothing. */
typedef int64_t lanes __attribute__((vector_size(8 * LANES), aligned(8), may_alias));

static const char zero[NUM_PAD] = "0";
static const struct value nothing = { zero, 1, KIND_MISSING };

static inline const struct value *value_of(const struct rec *rec, uint32_t field)
{
	uint32_t slot = rec->shape->slot[field];

	return slot == SLOT_NONE ? &nothing : &rec->value[slot];
}

static bool read_one(struct run *r, const struct rec *rec, size_t i)
{
	const struct value *v = value_of(rec, r->field[i]);
	struct decimal d = { 0 };
	bool is = v->kind == KIND_NUMBER;

	if (is && !num_decimal_padded((struct slice){ v->at, v->len }, &d))
		return false;
	if ((v->kind > KIND_NULL && !is) || (uint64_t)(d.e + RUN_PLACES) > TOTAL_FAST)
		return false;
	r->present[i] = -(int64_t)is;
	return !__builtin_mul_overflow(d.m, (int64_t)num_ten[d.e + RUN_PLACES], &r->number[i]) &&
		llabs(r->number[i]) < (int64_t)num_ten[RUN_WHOLE + RUN_PLACES];
}

static bool read_plainly(struct run *r, const struct rec *rec)
{
	for (size_t i = 0; i < r->columns; i++)
		if (!read_one(r, rec, i))
			return false;
	return true;
}

static void add_plainly(struct run *r)
{
	for (size_t i = 0; i < r->room; i++) {
		int64_t x = r->number[i];
		if (!r->present[i])
			continue;
		r->count[i]++;
		r->sum[i] += x;
		r->low[i] = x < r->low[i] ? x : r->low[i];
		r->high[i] = x > r->high[i] ? x : r->high[i];
	}
}

#ifdef __x86_64__

/* n bytes of ones, then zeros, begin n bytes before the zeros. */
static const uint64_t ones[] = { UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, 0, 0 };

/* For each number of digits before the point: where each of the 16 comes from, behind 16 zeros; Z is a zero. */
#define Z 0x80
#define ZEROS Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z, Z
static const uint8_t places[16][32] = {
	{ ZEROS, Z, Z, Z, Z, Z, Z, Z, 1, 2, 3, 4, 5, 6, 7, 8, 9 },
	{ ZEROS, Z, Z, Z, Z, Z, Z, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10 },
	{ ZEROS, Z, Z, Z, Z, Z, 0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11 },
	{ ZEROS, Z, Z, Z, Z, 0, 1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12 },
	{ ZEROS, Z, Z, Z, 0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13 },
	{ ZEROS, Z, Z, 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14 },
	{ ZEROS, Z, 0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
	{ ZEROS, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, Z },
};
#undef ZEROS
#undef Z

#define VECTOR_BITS 256
#include "record/vector.inc"
#include "aggregate/run.inc"
#define VECTOR_BITS 128
#include "record/vector.inc"
#include "aggregate/run.inc"

static bool read_any(struct run *r, const struct rec *rec)
{
	return r->vector >= VECTOR_AVX2  ? read_avx2(r, rec) :
		r->vector == VECTOR_SSE4 ? read_sse4(r, rec) :
					   read_plainly(r, rec);
}

void run_add(struct run *r)
{
	r->records++;
	if (r->vector >= VECTOR_AVX2)
		add_avx2(r);
	else if (r->vector == VECTOR_SSE4)
		add_sse4(r);
	else
		add_plainly(r);
}

#else

static bool read_any(struct run *r, const struct rec *rec)
{
	return read_plainly(r, rec);
}

void run_add(struct run *r)
{
	r->records++;
	add_plainly(r);
}

#endif

bool run_read(struct run *r, const struct rec *rec)
{
	return !rec->changes && r->fields <= rec->shape->fields && read_any(r, rec);
}

struct run_sum run_sum(const struct run *r, size_t column)
{
	return (struct run_sum){ r->count[column], r->sum[column], r->low[column],
		r->high[column] };
}

void run_clear(struct run *r)
{
	r->records = 0;
	for (size_t i = 0; i < r->room; i++) {
		r->count[i] = r->sum[i] = 0;
		r->low[i] = INT64_MAX;
		r->high[i] = INT64_MIN;
	}
}

void run_init(struct run *r, const uint32_t *field, size_t columns, enum vector vector)
{
	size_t room = (columns + LANES - 1) / LANES * LANES;

	*r = (struct run){ .columns = columns, .room = room, .vector = vector };
	r->field = mem_array(room + 1, sizeof *r->field);
	for (size_t i = 0; i < room; i++) {
		r->field[i] = field[i < columns ? i : 0];
		r->fields = r->field[i] < r->fields ? r->fields : r->field[i] + 1;
	}
	r->odd = mem_array(room + 1, sizeof *r->odd);
	r->number = mem_array(6 * room + 1, sizeof *r->number);
	r->present = r->number + room;
	r->count = r->present + room;
	r->sum = r->count + room;
	r->low = r->sum + room;
	r->high = r->low + room;
	run_clear(r);
}

void run_free(struct run *r)
{
	free(r->field);
	free(r->number);
	free(r->odd);
	*r = (struct run){ 0 };
}
