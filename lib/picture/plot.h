/* plot: what kinds of pictures there are, and what each shows of its points
 *
 * All that can be decided is decided here, and gnuplot is left to draw: ranges and ticks, classes,
 * quartiles, gaps, and which of many points are seen. So a picture says the same whatever draws
 * it. */
#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "picture/canvas.h"
#include "time/zone.h"

enum plot_kind { PLOT_LINE, PLOT_BAR, PLOT_HIST, PLOT_SCATTER, PLOT_BAND, PLOT_BOX };

/* What x is. Words are places, counted from 0 in the order of plot->word. */
enum plot_x { PLOT_NUMBERS, PLOT_TIMES, PLOT_WORDS };

/* Of a band a point is x, middle, low, high; of a histogram one value, twice; else x and y. */
enum { PLOT_EACH = 2, PLOT_EACH_BAND = 4 };

struct plot_line {
	struct slice name;
	struct series points;
};

struct plot {
	enum plot_kind kind;
	struct canvas canvas;
	enum plot_x x;
	struct zone *zone; /* of PLOT_TIMES */
	bool log_x, log_y;
	bool identity; /* a line where x = y, and the same range for both */
	size_t bins;   /* of a histogram; 0: by rule */
	double gap;    /* a longer step in time is a gap; 0: by rule */

	struct plot_line *line;
	size_t lines;
	struct slice *word;
	size_t words;

	/* private: the different x of bars and boxes, in order */
	double *place;
	size_t places;
};

/* What is further from 0 is not drawn, nor is what a logarithmic scale does not have. */
#define PLOT_LARGEST AXIS_LARGEST

#define PLOT_NOTHING "there is no point to draw"
#define PLOT_TWICE "two bars are for one place"

/* Appends the program for gnuplot; the points are sorted, and thinned of what is not drawn. False
 * where it cannot be: PLOT_NOTHING, PLOT_TWICE. */
bool plot_print(struct plot *p, struct buf *b, struct fault *fault);
