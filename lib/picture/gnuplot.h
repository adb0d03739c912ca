/* gnuplot: the program that draws
 *
 * It is started without a shell and without the user's settings, and gets its program and gives its
 * picture through files in memory. While it draws, a signal that asks for a stop ends it first. */
#pragma once

#include "base/buf.h"

/* Appends what it draws. Dies where it is not installed, or has something to complain of. */
void gnuplot_draw(struct slice program, struct buf *picture);
