/* canvas: a picture in the making, as a program for gnuplot
 *
 * Ranges, ticks, data and what is drawn of them are gathered, and become a whole program at the
 * end. Texts go through caption.h and never into the data; so no name is ever a command. */
#pragma once

#include "base/buf.h"
#include "base/slice.h"
#include "picture/axis.h"
#include "picture/series.h"

/* HTML is an SVG with a page around it. */
enum canvas_form { CANVAS_SVG, CANVAS_PNG, CANVAS_HTML, CANVAS_PDF, CANVAS_TEXT };

/* Pixels, or characters of a text. Heights may be half of the least. */
enum { CANVAS_MIN = 300, CANVAS_MAX = 10000, CANVAS_TEXT_MIN = 20, CANVAS_TEXT_MAX = 1000 };

/* Lines beyond so many have the colours of others. */
enum { CANVAS_COLOURS = 7 };

struct canvas {
	enum canvas_form form;
	int width, height;
	bool colours;                         /* of a text */
	struct slice title, x_label, y_label; /* empty: none */
	struct slice page;                    /* the title of the page */

	/* The lines or groups of bars in it, and the widest name of them. */
	size_t lines;
	int widest;
	bool grid_x; /* rules from the ticks of x as well */

	struct axis x, y;
	double box_width; /* of bars and boxes */
	struct buf draw;  /* where the style of what was begun last is added */

	/* private */
	struct buf x_ticks, data;
	int x_lines;           /* of text at the ticks */
	int turn;              /* of that text, in degrees */
	int turned;            /* the widest of what is turned */
	double before, behind; /* pixels that it needs beyond the ends of the axis */
	size_t blocks;
	size_t named; /* lines with their names in the legend */
};

static inline bool canvas_is_text(const struct canvas *c)
{
	return c->form == CANVAS_TEXT;
}

/* How many ticks are enough for y, which has to be known before x: that gets the rest of the room. */
int canvas_y_wanted(const struct canvas *c);

/* Letters that have room beside each other below the picture, and whether the ticks of x have. */
int canvas_x_room(const struct canvas *c);
bool canvas_x_fits(const struct canvas *c);

/* The ticks of c->x, or others; those of c->y are added without a word. */
void canvas_ticks(struct canvas *c, const struct tick *tick, size_t n);

/* So many labels of places 0, 1, 2 ... would need to be left out for one that is written. */
size_t canvas_every(const struct canvas *c, size_t places, int width);

/* Labels places with these words: slanted, cut or left out where there is no room. */
void canvas_words(struct canvas *c, const struct slice *word, size_t n);

/* The dots of the picture, between the ends of an axis. */
struct view canvas_view_x(const struct canvas *c);
struct view canvas_view_y(const struct canvas *c);

/* Adds data; a gap is where gnuplot lifts the pen. */
void canvas_block(struct canvas *c, const struct series *s);

/* Begins what is to be drawn of the last block: "1:2 with lines". Lines come in their order. */
void canvas_draw(struct canvas *c, const char *how);
void canvas_colour(struct canvas *c, size_t line);

/* Ends it. The legend has the name of a line where it comes first. */
void canvas_name(struct canvas *c, size_t line, struct slice name);

/* Points, whole. */
void canvas_points(
	struct canvas *c, const struct series *s, size_t line, struct slice name, double size);

/* Appends the program. */
void canvas_print(const struct canvas *c, struct buf *b);

/* Appends what is to be written, when gnuplot has drawn it: a page that holds an SVG and nothing
 * that runs; a text without blanks at the ends of lines; else the picture as it is. */
void canvas_finish(const struct canvas *c, struct slice picture, struct buf *b);
