/* alike: which fields of a stream are copies of others, byte for byte, in every record so far
 *
 * Fields are known by their place, a small number. Those that were alike in every record are a class,
 * whose first field, by its place, is the leader. To be missing is a value like others, so what appears
 * late is only like what appears with it. { 0 } has seen nothing. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

struct alike {
	/* private */
	struct alike_field *field;
	struct alike_class *class;
	size_t n, cap, classes, class_cap;
	uint64_t record;
	uint32_t *present, *apart; /* fields of the record; those of them that get another class */
	size_t presents, present_cap, aparts, apart_cap, fresh;
};

/* The next record; then the fields that it has, each once; then its end. The values must stay until
 * then. */
void alike_begin(struct alike *a);
void alike_add(struct alike *a, uint32_t place, struct slice value);
void alike_end(struct alike *a);

/* The first field that is like this one, or itself. */
uint32_t alike_leader(const struct alike *a, uint32_t place);

void alike_free(struct alike *a);
