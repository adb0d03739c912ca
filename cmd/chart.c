/* chart - draw pictures from records, by gnuplot */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/die.h"
#include "picture/gnuplot.h"
#include "picture/points.h"
#include "program/filter.h"
#include "program/when.h"

static const char *const kinds[] = { "line", "bar", "hist", "scatter", "band", "box" };

enum { FORM_UNSAID = -1 };
enum { LOG_NONE = -1, LOG_X, LOG_Y, LOG_BOTH };

static struct plot plot;
static struct points points = { .plot = &plot };
static const char *title, *units;
static struct duration gap;
static struct choice form = { FORM_UNSAID }, logarithmic = { LOG_NONE };
static struct whole bins, last;
static int64_t max_points = 20000000, max_keys = 1000;
static bool script;

static void set_size(const char *argument)
{
	struct canvas *c = &plot.canvas;
	char more;

	if (sscanf(argument, "%5dx%5d%c", &c->width, &c->height, &more) != 2)
		usage("--size: '%s' is not a size such as 960x540", argument);
}

static const struct opt options[] = {
	OPT('x', "x", "FIELD", &points.x, "what goes from left to right (the time)"),
	OPT('y', "y", "FIELDS", &points.y, "what is drawn; of a band MIDDLE,LOW,HIGH"),
	OPT('k', "key", "FIELDS", &points.keys, "a line or colour of its own for each value"),
	OPT(0, "type", "svg|png|html|pdf|text", &form, "the form (as -o FILE ends; text)"),
	OPT(0, "title", "TEXT", &title, "the title (made of the names)"),
	OPT(0, "units", "TEXT", &units, "what is written beside the axis of y"),
	OPT(0, "log", "x|y|xy", &logarithmic, "logarithmic scales"),
	OPT(0, "identity", NULL, &plot.identity, "scatter: the line where x and y are equal"),
	OPT(0, "bins", "N", &bins, "hist: N classes (as many as suit the values)"),
	OPT(0, "gap", "DURATION", &gap, "draw no line over more time (3 usual steps)"),
	OPT(0, "last", "N", &last, "draw only the last N records of each key"),
	OPT_DO(0, "size", "WxH", set_size, "width and height, in pixels or characters"),
	OPT(0, "script", NULL, &script, "print the program for gnuplot, with its data"),
	OPT(0, "max-points", "N", &max_points, "take no more points than N (20000000)"),
	OPT(0, "max-keys", "N", &max_keys, "nor more keys, bars or boxes (1000)"),
	OPT_INCLUDE(when_options),
	OPT_INCLUDE(filter_options),
	OPT_END,
};

static void take_record(struct rec *r)
{
	if (points_take(&points, r))
		filter_counts_answer();
	if (points.full)
		die("%s: there are more than --max-%s %" PRId64, filter_file(), points.full,
			*points.full == 'p' ? max_points : max_keys);
}

/* --- what is written in the picture --- */

static void add_names(struct buf *b, const char *before, const struct names *names)
{
	for (size_t i = 0; i < names->n; i++) {
		buf_add(b, slice_of(i ? ", " : before));
		buf_add(b, names->at[i].text);
	}
}

/* The texts live as long as the process. */
static struct slice names_shown(const struct names *names)
{
	struct buf b = { 0 };

	add_names(&b, "", names);
	return buf_slice(&b);
}

static struct slice usual_title(void)
{
	bool by_x = plot.kind == PLOT_SCATTER || plot.kind == PLOT_BOX;
	struct buf b = { 0 };

	add_names(&b, "", &points.y);
	if (by_x)
		add_names(&b, " by ", &points.x);
	add_names(&b, by_x && points.x.n ? " and " : " by ", &points.keys);
	return buf_slice(&b);
}

static struct slice x_label(void)
{
	struct buf b = { 0 };

	if (plot.kind == PLOT_HIST)
		return title ? names_shown(&points.y) : SLICE("");
	add_names(&b, "", &points.x);
	if (plot.x == PLOT_TIMES)
		buf_printf(&b, " (%s)", when_zone_name());
	return buf_slice(&b);
}

static struct slice y_label(void)
{
	if (units)
		return slice_of(units);
	if (plot.kind == PLOT_SCATTER && (!canvas_is_text(&plot.canvas) || title))
		return names_shown(&points.y);
	return plot.kind == PLOT_HIST ? SLICE("count") : SLICE("");
}

static void write_labels(void)
{
	struct canvas *c = &plot.canvas;
	bool legend_tells = plot.lines > 1 && !points.keys.n && plot.kind != PLOT_SCATTER &&
		plot.kind != PLOT_BOX;

	c->page = title && *title ? slice_of(title) : usual_title();
	c->title = title || !legend_tells ? c->page : SLICE("");
	if (title && !*title)
		c->title = SLICE("");
	c->x_label = x_label();
	c->y_label = y_label();
}

/* --- drawing --- */

static _Noreturn void refuse(const struct fault *f)
{
	struct slice y = names_shown(&points.y);
	bool above = plot.log_x || plot.log_y;

	if (!strcmp(f->what, PLOT_TWICE))
		die("two values are for one bar; -k FIELD gives each its own");
	if (!points.records)
		die("there is nothing to draw: no records");
	die("there is nothing to draw: no record has a number%s in %.*s", above ? " above 0" : "",
		(int)y.len, y.at);
}

static void draw(void)
{
	struct buf program = { 0 }, picture = { 0 }, finished = { 0 };
	struct fault fault;

	points_end(&points);
	write_labels();
	buf_printf(&program, "# chart %s: %" PRIu64 " records, %" PRIu64 " points\n",
		kinds[plot.kind], points.records, points.points);
	if (!plot_print(&plot, &program, &fault))
		refuse(&fault);
	if (!script) {
		gnuplot_draw(buf_slice(&program), &picture);
		canvas_finish(&plot.canvas, buf_slice(&picture), &finished);
	}
	out_add(output_main(), buf_slice(script ? &program : &finished));
	buf_free(&program);
	buf_free(&picture);
	buf_free(&finished);
}

/* --- options --- */

static int choose_kind(struct operands o)
{
	static const char all[] = "line bar hist scatter band box";

	if (!o.n)
		usage("what kind of picture?  One of: %s", all);
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		plot.kind = (enum plot_kind)i;
		if (!strcmp(o.at[0], kinds[i]))
			return 1;
	}
	usage("there is no kind '%s'; there are: %s", o.at[0], all);
}

static void choose_form(const char *path)
{
	static const char *const endings[] = { ".svg", ".png", ".html", ".pdf", ".txt" };
	const char *dot = path ? strrchr(path, '.') : ".txt";

	if (script && form.at < 0)
		form.at = CANVAS_SVG;
	for (int i = 0; dot && form.at < 0 && i <= CANVAS_TEXT; i++)
		if (!strcmp(dot, endings[i]))
			form.at = i;
	if (form.at < 0)
		usage("--output: %s ends in none of .svg .png .html .pdf .txt; give its --type",
			path);
	plot.canvas.form = (enum canvas_form)form.at;
}

/* All of the terminal but for a line to type in. */
static void fill_terminal(struct canvas *c)
{
	const char *kind = getenv("TERM"), *without = getenv("NO_COLOR");
	struct winsize w;

	c->colours = kind && strcmp(kind, "dumb") && !(without && *without);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) || w.ws_col < CANVAS_TEXT_MIN ||
		w.ws_row <= CANVAS_TEXT_MIN / 2 || w.ws_col > CANVAS_TEXT_MAX ||
		w.ws_row > CANVAS_TEXT_MAX)
		return;
	c->width = w.ws_col;
	c->height = w.ws_row - 1;
}

static void choose_size(bool on_terminal)
{
	struct canvas *c = &plot.canvas, wanted = *c;
	bool text = canvas_is_text(c);
	int least = text ? CANVAS_TEXT_MIN : CANVAS_MIN, most = text ? CANVAS_TEXT_MAX : CANVAS_MAX;

	c->width = text ? 80 : plot.identity ? 640 : 960;
	c->height = text ? 25 : plot.identity ? 600 : 540;
	if (text && on_terminal)
		fill_terminal(c);
	if (!wanted.width && !wanted.height)
		return;
	c->width = wanted.width;
	c->height = wanted.height;
	if (c->width < least || c->width > most || c->height < least / 2 || c->height > most)
		usage("--size must be from %dx%d to %dx%d", least, least / 2, most, most);
}

static void need_one_name(const char *option, const struct names *names)
{
	if (names->n > 1 || (names->n && names->at[0].pattern))
		usage("-%s takes one field", option);
}

static void use_time(void)
{
	struct fault ignored;

	names_add(&points.x, fields_name(filter_fields(), when_field()), &ignored);
	filter_list(&points.x);
}

/* The field of -t, and those that window(1) adds. */
static bool is_time(struct slice name)
{
	return filter_field(name) == when_field() || slice_equal(name, SLICE("window_start")) ||
		slice_equal(name, SLICE("window_end"));
}

static void check_fields(void)
{
	bool hist = plot.kind == PLOT_HIST, band = plot.kind == PLOT_BAND;

	if (hist && points.x.n && !points.y.n) {
		points.y = points.x;
		points.x = (struct names){ 0 };
		filter_list(&points.y);
	}
	if (!points.y.n)
		usage("what is to be drawn?  -y FIELDS is needed");
	need_one_name("x", &points.x);
	if (hist && (points.x.n || points.keys.n))
		usage("hist takes one field, as -x or as -y, and no -k");
	if (hist)
		need_one_name("y", &points.y);
	for (size_t i = 0; band && i < points.y.n; i++)
		if (points.y.n != 3 || points.y.at[i].pattern)
			usage("band takes three fields: -y MIDDLE,LOW,HIGH");
	if (plot.kind == PLOT_SCATTER && !points.x.n)
		usage("scatter needs -x FIELD");
	if (!points.x.n && !hist && plot.kind != PLOT_BOX)
		use_time();
	points.is_time = points.x.n && is_time(points.x.at[0].text);
}

static void check_numbers(void)
{
	if (bins.given && (bins.n < 1 || bins.n > BINS_LIMIT))
		usage("--bins must be from 1 to %d", BINS_LIMIT);
	if (last.given && (last.n < 1 || last.n > INT32_MAX))
		usage("--last must be from 1 to %d", INT32_MAX);
	if (max_points < 1 || max_keys < 1)
		usage("--max-%s must be at least 1", max_points < 1 ? "points" : "keys");
	plot.bins = (size_t)bins.n;
	plot.gap = (double)gap.span.nanos / 1e9;
	points.last = (uint64_t)last.n;
	points.max_points = (uint64_t)max_points;
	points.max_keys = (uint64_t)max_keys;
}

static void prepare(void)
{
	const char *path = output_path();
	bool standard = !path || !strcmp(path, "-");
	bool scales = plot.kind == PLOT_LINE || plot.kind == PLOT_SCATTER || plot.kind == PLOT_BAND;

	when_ready();
	points.stamp = (struct stamp){ .zone = when_zone(), .scale = when_scale() };
	plot.zone = when_zone();
	check_fields();
	check_numbers();
	plot.log_x = logarithmic.at == LOG_X || logarithmic.at == LOG_BOTH;
	plot.log_y = logarithmic.at == LOG_Y || logarithmic.at == LOG_BOTH;
	if (plot.identity && plot.kind != PLOT_SCATTER)
		usage("--identity goes with scatter");
	if (bins.given && plot.kind != PLOT_HIST)
		usage("--bins goes with hist");
	if (gap.given && plot.kind != PLOT_LINE && plot.kind != PLOT_BAND)
		usage("--gap goes with line and band");
	if (plot.identity && plot.log_x != plot.log_y)
		usage("--identity: both axes are one, so --log xy or none");
	if (plot.log_x && !scales)
		usage("--log %s: %s has no scale from left to right", plot.log_y ? "xy" : "x",
			kinds[plot.kind]);
	choose_form(standard ? NULL : path);
	choose_size(standard && isatty(STDOUT_FILENO));
}

static const struct filter chart = {
	.program = { "chart", "draw pictures from records, by gnuplot",
		"line|bar|hist|scatter|band|box [file ...]", options },
	.operands = choose_kind,
	.ready = prepare,
	.record = take_record,
	.end = draw,
	.counts = (const struct count[]){ { "points", &points.points }, { "gaps", &points.gaps },
		{ "overflows", &points.overflows }, { 0 } },
};

int main(int argc, char **argv)
{
	return filter_main(&chart, argc, argv);
}
