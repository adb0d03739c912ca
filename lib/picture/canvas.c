/* gnuplot places what is left to it by estimates, which go wrong for two lines of labels and for
 * titles above legends. So the margins are set in pixels, and what stands in them has places of
 * its own. Texts are measured as in a wide font, since who looks at an SVG has one of his own. A
 * text for a terminal is left to gnuplot. */
#include "picture/canvas.h"

#include <math.h>

#include "number/num.h"
#include "number/real.h"
#include "picture/caption.h"

enum {
	LEGEND_MAX = 20, /* names shown */
	NAME_WIDTH = 40, /* places for a name */
	PAGE_TITLE = 100,
	TURNED_WIDTH = 24,
};

/* Pixels. */
enum {
	EDGE = 10,   /* free on all sides, about */
	SIZE = 13,   /* of letters */
	LINE = 20,   /* from one line of text to the next */
	BESIDE = 9,  /* from the axis to a label of y */
	SAMPLE = 64, /* of the line before a name in the legend, and the room around it */
};

/* The colours of Okabe and Ito, which people tell apart whatever their eyes are like. */
static const char palette[CANVAS_COLOURS][8] = { "#0072b2", "#d55e00", "#009e73", "#cc79a7",
	"#e69f00", "#56b4e9", "#666666" };

static void add_number(struct buf *b, double x)
{
	char *to = buf_room(b, NUM_MAX);

	b->len += real_print(to, x);
}

static unsigned use_of(const struct canvas *c)
{
	return c->form == CANVAS_SVG || c->form == CANVAS_HTML ? CAPTION_XML : CAPTION_PLAIN;
}

/* --- room, in pixels or in characters of a text --- */

static double letter(const struct canvas *c)
{
	return canvas_is_text(c) ? 1 : 0.59 * SIZE;
}

/* Of the widest of its lines. */
static double width_of_label(const struct canvas *c, const char *label)
{
	double widest = 0, width = 0;

	for (; *label; label++) {
		bool narrow = strchr(".,:- ", *label);
		width += canvas_is_text(c) ? 1 : narrow ? 0.37 * SIZE : 0.64 * SIZE;
		width = *label == '\n' ? 0 : width;
		widest = fmax(widest, width);
	}
	return widest;
}

static double left_of(const struct canvas *c)
{
	double widest = 0;

	for (size_t i = 0; i < c->y.n; i++)
		widest = fmax(widest, width_of_label(c, c->y.tick[i].label));
	return widest + (canvas_is_text(c) ? 2 : EDGE + (c->y_label.len ? LINE : 0) + BESIDE);
}

/* Letters of a name in the legend. */
static int name_room(const struct canvas *c)
{
	return (int)fmin(NAME_WIDTH, c->width / 3 / letter(c));
}

/* So many names are shown: all, or as many as there is room for, and that there are more. */
static size_t legend_rows(const struct canvas *c)
{
	int fit = canvas_is_text(c) ? c->height - 8 : (c->height - 100) / 24;
	size_t rows = fit < LEGEND_MAX ? (size_t)(fit > 2 ? fit : 2) : LEGEND_MAX;

	return c->lines <= rows ? c->lines : rows - 1;
}

static double legend_width(const struct canvas *c)
{
	int last = c->lines > legend_rows(c) ? 13 : 0; /* "and 100 more" */

	return fmax(fmin(c->widest, name_room(c)), last) * letter(c);
}

static bool is_legend_above(const struct canvas *c)
{
	double name = legend_width(c) + 9 * letter(c);

	return c->lines > 1 && (double)c->lines * name <= c->width - 8 * letter(c);
}

static double right_of(const struct canvas *c)
{
	bool text = canvas_is_text(c);

	if (c->lines < 2 || is_legend_above(c))
		return text ? 3 : 2.5 * EDGE;
	return legend_width(c) + (text ? 8 : SAMPLE + EDGE);
}

int canvas_x_room(const struct canvas *c)
{
	return (int)fmax(1, (c->width - left_of(c) - right_of(c)) / letter(c));
}

bool canvas_x_fits(const struct canvas *c)
{
	double all = 0;

	for (size_t i = 0; i < c->x.n; i++)
		all += width_of_label(c, c->x.tick[i].label) / letter(c) + 3;
	return all <= canvas_x_room(c);
}

int canvas_y_wanted(const struct canvas *c)
{
	int n = canvas_is_text(c) ? (c->height - 6) / 3 : c->height / 50 - 1;

	return n > 2 ? n : 2;
}

/* A text has few dots, and more columns do it no harm. */
static struct view view_of(const struct canvas *c, const struct axis *a, int size)
{
	return (struct view){ a->low, a->high, a->log, (size_t)size * (canvas_is_text(c) ? 2 : 1) };
}

struct view canvas_view_x(const struct canvas *c)
{
	return view_of(c, &c->x, c->width);
}

struct view canvas_view_y(const struct canvas *c)
{
	return view_of(c, &c->y, c->height);
}

/* --- ticks --- */

/* Our own labels, of which only the LF between two lines is not harmless. */
static void add_ticks(struct buf *b, const struct tick *tick, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const char *second = strchr(tick[i].label, '\n');
		int len = (int)(second ? second - tick[i].label : (long)strlen(tick[i].label));
		buf_printf(b, "%s\"%.*s%s%s\" ", i ? ", " : "", len, tick[i].label,
			second ? "\\n" : "", second ? second + 1 : "");
		add_number(b, tick[i].at);
	}
}

static double part_of(const struct axis *a, double at)
{
	return a->log ? log(at / a->low) / log(a->high / a->low) :
			(at - a->low) / (a->high - a->low);
}

void canvas_ticks(struct canvas *c, const struct tick *tick, size_t n)
{
	add_ticks(&c->x_ticks, tick, n);
	c->x_lines = 1;
	for (size_t i = 0; i < n; i++) {
		double part = part_of(&c->x, tick[i].at), all = canvas_x_room(c) * letter(c);
		double half = width_of_label(c, tick[i].label) / 2;
		c->before = fmax(c->before, half - part * all);
		c->behind = fmax(c->behind, half - (1 - part) * all);
		c->x_lines = strchr(tick[i].label, '\n') ? 2 : c->x_lines;
	}
}

size_t canvas_every(const struct canvas *c, size_t places, int width)
{
	int fit = canvas_x_room(c) / (width + 2);

	return fit > 0 ? (places + (size_t)fit - 1) / (size_t)fit : places;
}

static int widest_of(const struct slice *word, size_t n)
{
	int widest = 1;

	for (size_t i = 0; i < n; i++) {
		int width = caption_width(word[i]);
		widest = width > widest ? width : widest;
	}
	return widest;
}

/* Slanted labels reach to the left of their ticks, and must not leave the picture there. */
static void turn(struct canvas *c, size_t places)
{
	double place = canvas_x_room(c) * letter(c) / ((double)places + 0.2);

	c->turn = c->turned * letter(c) * cos(40 * M_PI / 180) < left_of(c) + 0.6 * place ? 40 : 90;
}

void canvas_words(struct canvas *c, const struct slice *word, size_t n)
{
	int room = widest_of(word, n);
	size_t every;

	room = room < NAME_WIDTH ? room : NAME_WIDTH;
	every = canvas_every(c, n, room);
	if (every > 1 && canvas_is_text(c)) {
		/* Rather short than left out. */
		room = room < 6 ? room : 6;
		every = canvas_every(c, n, room);
	} else if (every > 1) {
		room = room < TURNED_WIDTH ? room : TURNED_WIDTH;
		c->turned = room = (int)fmin(room, c->height / 3 / letter(c));
		turn(c, n);
		every = canvas_every(c, n, 0);
	}
	for (size_t i = 0; i < n; i += every) {
		if (i)
			buf_add(&c->x_ticks, SLICE(", "));
		caption_add_string(&c->x_ticks, word[i], room, CAPTION_TICK | use_of(c));
		buf_printf(&c->x_ticks, " %zu", i);
	}
	c->x_lines = 1;
}

/* --- data --- */

static void add_row(struct buf *b, const double *x, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_byte(b, ' ');
		add_number(b, x[i]);
	}
	buf_byte(b, '\n');
}

void canvas_block(struct canvas *c, const struct series *s)
{
	buf_printf(&c->data, "$d%zu << END\n", ++c->blocks);
	for (size_t i = 0; i < s->n; i++) {
		if (isnan(series_y(s, i)))
			buf_byte(&c->data, '\n');
		else
			add_row(&c->data, s->at + i * s->each, s->each);
	}
	buf_add(&c->data, SLICE("END\n"));
}

void canvas_draw(struct canvas *c, const char *how)
{
	buf_add(&c->draw, c->draw.len ? SLICE(", \\\n\t") : SLICE("plot "));
	buf_printf(&c->draw, "$d%zu using %s", c->blocks, how);
}

void canvas_colour(struct canvas *c, size_t line)
{
	buf_printf(&c->draw, " lc rgb \"%s\"", palette[line % CANVAS_COLOURS]);
}

void canvas_name(struct canvas *c, size_t line, struct slice name)
{
	if (c->lines < 2 || c->named > line || line >= legend_rows(c)) {
		buf_add(&c->draw, SLICE(" notitle"));
		return;
	}
	c->named = line + 1;
	buf_add(&c->draw, SLICE(" title "));
	caption_add_string(&c->draw, name, name_room(c), use_of(c));
	buf_add(&c->draw, SLICE(" noenhanced"));
}

void canvas_points(
	struct canvas *c, const struct series *s, size_t line, struct slice name, double size)
{
	static const char sign[CANVAS_COLOURS + 1] = "ox+*#%@";

	canvas_block(c, s);
	canvas_draw(c, "1:2 with points");
	canvas_colour(c, line);
	if (canvas_is_text(c))
		buf_printf(&c->draw, " pt \"%c\"", sign[line % CANVAS_COLOURS]);
	else
		buf_printf(&c->draw, " pt 7 ps %.2f", size);
	canvas_name(c, line, name);
}

/* --- the program --- */

static void add_terminal(const struct canvas *c, struct buf *b)
{
	switch (c->form) {
	case CANVAS_SVG:
	case CANVAS_HTML:
		buf_printf(b, "set terminal svg size %d,%d noenhanced font \"sans-serif,13\"",
			c->width, c->height);
		buf_add(b, SLICE(" background \"#ffffff\"\n"));
		break;
	case CANVAS_PNG:
		buf_printf(b, "set terminal pngcairo size %d,%d", c->width, c->height);
		buf_add(b, SLICE(" noenhanced font \"sans-serif,13\" fontscale 0.75\n"));
		break;
	case CANVAS_PDF:
		buf_printf(b, "set terminal pdfcairo size %.3fin,%.3fin", c->width / 96.0,
			c->height / 96.0);
		buf_add(b,
			SLICE(" noenhanced font \"sans-serif,13\" fontscale 0.5625 linewidth 1.4\n"));
		break;
	case CANVAS_TEXT:
		buf_printf(b, "set terminal dumb size %d,%d noenhanced %s\n", c->width, c->height,
			c->colours ? "ansi256" : "mono");
		break;
	}
}

/* What is left free around what the axes enclose, in pixels. */
struct margins {
	double left, right, top, bottom;
};

static struct margins margins_of(const struct canvas *c)
{
	double words = c->turned * letter(c) * (c->turn == 40 ? sin(40 * M_PI / 180) : 1);

	return (struct margins){
		.left = fmax(left_of(c), c->before + EDGE / 2.0),
		.right = fmax(right_of(c), c->behind + EDGE / 2.0),
		.top = 2 * EDGE + (c->title.len ? LINE : 0) + (is_legend_above(c) ? LINE : 0),
		.bottom = 1.5 * EDGE + (c->turn ? EDGE + words : c->x_lines * LINE) +
			(c->x_label.len ? LINE : 0),
	};
}

static void add_margins(const struct canvas *c, struct buf *b)
{
	struct margins m = margins_of(c);

	if (canvas_is_text(c)) {
		buf_printf(b, "set lmargin %.0f\n", ceil(fmax(left_of(c), c->before + 1)));
		return;
	}
	buf_printf(b, "set lmargin at screen %.4f\n", m.left / c->width);
	buf_printf(b, "set rmargin at screen %.4f\n", 1 - m.right / c->width);
	buf_printf(b, "set tmargin at screen %.4f\n", 1 - m.top / c->height);
	buf_printf(b, "set bmargin at screen %.4f\n", m.bottom / c->height);
}

static void add_legend(const struct canvas *c, struct buf *b)
{
	struct margins m = margins_of(c);

	if (c->lines < 2) {
		buf_add(b, SLICE("unset key\n"));
		return;
	}
	buf_add(b, SLICE("set key "));
	if (!is_legend_above(c) && canvas_is_text(c))
		buf_add(b, SLICE("outside right top vertical maxcols 1"));
	else if (canvas_is_text(c))
		buf_add(b, SLICE("tmargin center horizontal"));
	else if (is_legend_above(c))
		buf_printf(b, "at graph 0.5, screen %.4f center bottom horizontal",
			1 - (m.top - EDGE / 2.0) / c->height);
	else
		buf_printf(b, "at screen %.4f, graph 1 left top vertical maxcols 1",
			1 - (m.right - EDGE) / c->width);
	buf_printf(b, " Left reverse noenhanced samplen 2 spacing 1.1%s\n",
		canvas_is_text(c) ? "" : " textcolor rgb \"#444444\"");
}

static void add_text_label(const struct canvas *c, struct buf *b, const char *what,
	struct slice text, const char *style)
{
	if (!text.len)
		return;
	buf_printf(b, "set %s ", what);
	caption_add_string(b, text, c->width, use_of(c));
	buf_printf(b, " noenhanced%s\n", style);
}

/* In a text the label of y goes with the title: it would take much room beside the picture. */
static void add_labels_of_text(const struct canvas *c, struct buf *b)
{
	struct buf title = { 0 };

	buf_add(&title, c->title);
	if (c->y_label.len && title.len)
		buf_byte(&title, ' ');
	if (c->y_label.len)
		buf_printf(&title, "(%.*s)", (int)c->y_label.len, c->y_label.at);
	add_text_label(c, b, "title", buf_slice(&title), "");
	add_text_label(c, b, "xlabel", c->x_label, c->x_lines > 1 ? " offset 0,-1" : "");
	buf_free(&title);
}

/* Begins a text of so many pixels at most, which has its place in the whole picture. */
static void add_label(
	const struct canvas *c, struct buf *b, struct slice text, double room, bool title)
{
	buf_add(b, SLICE("set label "));
	caption_add_string(b, text, (int)(room / (title ? 0.72 * SIZE : letter(c))), use_of(c));
	buf_printf(b, " noenhanced center textcolor rgb \"#%s\" at ", title ? "222222" : "444444");
}

static void add_labels(const struct canvas *c, struct buf *b)
{
	struct margins m = margins_of(c);
	double middle = (m.left + c->width - m.right) / 2;

	if (canvas_is_text(c)) {
		add_labels_of_text(c, b);
		return;
	}
	if (c->title.len) {
		add_label(c, b, c->title, c->width, true);
		buf_printf(b, "screen 0.5, screen %.4f font \",16\"\n", 1 - 2.0 * EDGE / c->height);
	}
	if (c->x_label.len) {
		add_label(c, b, c->x_label, 2 * fmin(middle, c->width - middle), false);
		buf_printf(b, "graph 0.5, screen %.4f\n", 1.5 * EDGE / c->height);
	}
	if (c->y_label.len) {
		add_label(c, b, c->y_label, c->height - m.top - m.bottom, false);
		buf_printf(b, "screen %.4f, graph 0.5 rotate by 90\n", 1.5 * EDGE / c->width);
	}
}

static void add_frame(const struct canvas *c, struct buf *b)
{
	if (canvas_is_text(c)) {
		buf_add(b, SLICE("set border 3\nset tics nomirror scale 0.5\n"));
		return;
	}
	buf_add(b,
		SLICE("set border 1 lw 1 lc rgb \"#999999\"\n"
		      "set xtics nomirror out scale 0.5 offset 0,0.3\n"
		      "set ytics nomirror scale 0\n"));
	buf_printf(b, "set grid %sytics back lt 1 lw 0.7 lc rgb \"#e4e4e4\"\n",
		c->grid_x ? "xtics " : "");
}

static void add_range(struct buf *b, char which, const struct axis *a)
{
	buf_printf(b, "set %crange [", which);
	add_number(b, a->low);
	buf_byte(b, ':');
	add_number(b, a->high);
	buf_add(b, SLICE("]\n"));
	if (a->log)
		buf_printf(b, "set logscale %c 10\n", which);
}

static void add_axes(const struct canvas *c, struct buf *b)
{
	const char *colour = canvas_is_text(c) ? "" : "textcolor rgb \"#444444\" ";

	add_range(b, 'x', &c->x);
	add_range(b, 'y', &c->y);
	buf_printf(b, "set xtics %snoenhanced ", colour);
	if (c->turn)
		buf_printf(b, "rotate by %d right ", c->turn);
	buf_byte(b, '(');
	buf_add(b, buf_slice(&c->x_ticks));
	buf_printf(b, ")\nset ytics %snoenhanced (", colour);
	add_ticks(b, c->y.tick, c->y.n);
	buf_add(b, SLICE(")\n"));
}

static void add_more(const struct canvas *c, struct buf *b)
{
	size_t rows = legend_rows(c);

	if (c->lines > rows)
		buf_printf(b, ", \\\n\tkeyentry with points pt \" \" title \"and %zu more\"",
			c->lines - rows);
}

void canvas_print(const struct canvas *c, struct buf *b)
{
	buf_add(b, SLICE("set encoding utf8\n"));
	add_terminal(c, b);
	add_legend(c, b);
	add_labels(c, b);
	add_margins(c, b);
	add_frame(c, b);
	add_axes(c, b);
	if (c->box_width > 0)
		buf_printf(b, "set boxwidth %.9g absolute\n", c->box_width);
	buf_add(b, buf_slice(&c->data));
	buf_add(b, buf_slice(&c->draw));
	add_more(c, b);
	buf_byte(b, '\n');
}

/* --- when it is drawn --- */

static void add_page(const struct canvas *c, struct slice svg, struct buf *b)
{
	const char *start = memmem(svg.at, svg.len, "<svg", 4);

	buf_add(b,
		SLICE("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
		      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		      "style-src 'unsafe-inline'\">\n"
		      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<title>"));
	caption_add_html(b, c->page, PAGE_TITLE);
	buf_add(b,
		SLICE("</title>\n<style>body { margin: 1em; text-align: center; } "
		      "svg { max-width: 100%; height: auto; }</style>\n</head>\n<body>\n"));
	if (start)
		buf_add(b, slice_skip(svg, (size_t)(start - svg.at)));
	buf_add(b, SLICE("</body>\n</html>\n"));
}

/* Without the form feed in front, blanks at ends of lines, and empty lines before and behind. */
static void add_text(struct slice text, struct buf *b)
{
	size_t start = b->len, end = start;

	if (text.len && *text.at == '\f')
		text = slice_skip(text, 1);
	while (text.len) {
		const char *lf = memchr(text.at, '\n', text.len);
		struct slice line = { text.at, lf ? (size_t)(lf - text.at) : text.len };
		text = slice_skip(text, line.len + (lf != NULL));
		while (line.len && line.at[line.len - 1] == ' ')
			line.len--;
		if (!line.len && b->len == start)
			continue;
		buf_add(b, line);
		buf_byte(b, '\n');
		end = line.len ? b->len : end;
	}
	b->len = end;
}

void canvas_finish(const struct canvas *c, struct slice picture, struct buf *b)
{
	if (c->form == CANVAS_HTML)
		add_page(c, picture, b);
	else if (canvas_is_text(c))
		add_text(picture, b);
	else
		buf_add(b, picture);
}
