#include "program/memory.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/die.h"
#include "base/map.h"
#include "program/filter.h"
#include "program/state.h"

void memory_prepare(struct memory *m)
{
	if (m->most < 1)
		usage("--max-keys must be at least 1");
	m->groups.size = m->size;
	keys_prepare(&m->keys, buf_slice(&m->list));
}

/* Of the key that was read. */
static void *find(struct memory *m)
{
	struct group *g = groups_get(&m->groups, m->keys.key, m->keys.shown, map_hash(m->keys.key));

	if (m->groups.n > (uint64_t)m->most)
		die("%s: more than --max-keys %" PRId64 " keys", filter_file(), m->most);
	return memory_cell(g);
}

void *memory_of(struct memory *m, struct rec *r)
{
	return keys_read(&m->keys, r) ? find(m) : NULL;
}

void memory_save(const struct memory *m)
{
	struct group **sorted = groups_sorted(&m->groups);
	struct buf line = { 0 }, members = { 0 };

	for (size_t i = 0; i < m->groups.n; i++) {
		line.len = members.len = 0;
		buf_byte(&line, '{');
		keys_print(&m->keys, group_shown(&m->groups, sorted[i]), &line);
		m->save(memory_cell(sorted[i]), &members);
		/* The comma before the first is one too many where no key stands before it. */
		buf_add(&line, slice_skip(buf_slice(&members), m->keys.n ? 0 : 1));
		buf_add(&line, SLICE("}\n"));
		state_add(buf_slice(&line));
	}
	buf_free(&line);
	buf_free(&members);
	free(sorted);
}

void memory_take(struct memory *m, struct rec *r)
{
	if (keys_read_again(&m->keys, r))
		m->take(find(m), r);
}
