/* caption: texts from data, to be read in a picture
 *
 * A text is shown to the letter. Of what would act on a terminal, turn the direction of writing or
 * is no character of XML, the bytes are shown as \xNN. */
#pragma once

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* The places that it takes, as far as they are the same in all fonts. */
int caption_width(struct slice s);

enum caption_use {
	CAPTION_PLAIN = 0,
	CAPTION_TICK = 1, /* the label of a tick, where gnuplot looks for formats */
	CAPTION_XML = 2,  /* in a picture in XML, where it lets references to characters pass */
};

/* Appends it as a string of gnuplot, for these uses: all but letters, digits and harmless signs is written as
 * octal numbers, so that nothing of it can end the string, be a format or be run. What is wider than so many
 * places is cut, and ends in three dots. */
void caption_add_string(struct buf *b, struct slice s, int places, unsigned use);

/* The same within HTML. */
void caption_add_html(struct buf *b, struct slice s, int places);
