/* gunzip: inflates a gzip stream piece by piece
 *
 * Several members are one stream; zeros may follow the last one (tar pads with them), anything else may
 * not. Damage is found at the latest at the end of the member that has it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/slice.h"

struct gunzip;

/* Do these first bytes begin a gzip stream? */
bool gunzip_magic(struct slice first);

struct gunzip *gunzip_open(void);

/* Inflates what it can of *from, of which it takes the front away, into the *room bytes at to; *room
 * becomes the number of bytes written. An empty *from asks for what found no room before. False: the
 * stream is damaged, f->at is the byte of the compressed stream; what was written before may be wrong
 * too. */
bool gunzip_run(struct gunzip *g, struct slice *from, char *to, size_t *room, struct fault *f);

/* Is the stream complete, should it end here? */
bool gunzip_complete(const struct gunzip *g);

/* Bytes of the compressed stream taken so far. */
uint64_t gunzip_taken(const struct gunzip *g);

void gunzip_close(struct gunzip *g);
