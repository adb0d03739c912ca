#include "aggregate/reading.h"

#include <math.h>

#include "number/real.h"
#include "record/canon.h"

bool reading_take(struct reading *r, struct value v)
{
	r->value = v;
	r->canon.at = NULL;
	r->near = v.kind == KIND_NUMBER && num_decimal(reading_spelling(r), &r->number) &&
		total_near(r->number);
	if (r->near) {
		r->is = READING_NUMBER;
		return true;
	}
	r->is = v.kind <= KIND_NULL ? READING_NONE : READING_OTHER;
	if (v.kind == KIND_NUMBER)
		r->is = isinf(real_of(reading_spelling(r))) ? READING_NONE : READING_NUMBER;
	return v.kind != KIND_NUMBER || r->is == READING_NUMBER;
}

struct slice reading_canon(struct reading *r)
{
	if (!r->canon.at)
		r->canon = canon_of(r->value, &r->scratch);
	return r->canon;
}

void reading_free(struct reading *r)
{
	buf_free(&r->scratch);
	*r = (struct reading){ 0 };
}
