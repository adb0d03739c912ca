#include "picture/plot.h"

#include <math.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/mem.h"
#include "picture/axis.h"
#include "picture/caption.h"
#include "picture/series.h"

enum { FEW = 40 }; /* points so far apart that each is marked */

/* --- ranges --- */

struct extent {
	double low, high;
};

/* Of one of the numbers of all points to be seen. */
static struct extent extent_of(const struct plot *p, size_t number)
{
	struct extent e = { INFINITY, -INFINITY };

	for (size_t i = 0; i < p->lines; i++) {
		const struct series *s = &p->line[i].points;
		for (size_t k = 0; k < s->n; k++) {
			double x = s->at[k * s->each + number];
			if (isnan(series_y(s, k)))
				continue;
			e.low = fmin(e.low, x);
			e.high = fmax(e.high, x);
		}
	}
	return e;
}

static struct extent both(struct extent a, struct extent b)
{
	return (struct extent){ fmin(a.low, b.low), fmax(a.high, b.high) };
}

static void set_scale(struct axis *a, struct extent e, bool log, int wanted, bool whole)
{
	if (log)
		axis_log(a, e.low, e.high, wanted);
	else
		axis_linear(a, e.low, e.high, wanted, whole);
}

static void set_y(struct plot *p, struct extent e)
{
	set_scale(&p->canvas.y, e, p->log_y, canvas_y_wanted(&p->canvas), true);
}

static void set_x(struct plot *p, struct extent e, bool whole)
{
	struct axis *x = &p->canvas.x;
	int room = canvas_x_room(&p->canvas), wanted = room / 9;

	if (p->x == PLOT_TIMES)
		axis_time(x, e.low, e.high, room, p->zone);
	else
		do
			set_scale(x, e, p->log_x, wanted, whole);
		while (--wanted > 1 && !canvas_x_fits(&p->canvas));
	canvas_ticks(&p->canvas, x->tick, x->n);
}

/* --- lines and bands --- */

static double gap_of(const struct plot *p, const struct series *s)
{
	if (p->x != PLOT_TIMES)
		return INFINITY;
	return p->gap > 0 ? p->gap : series_gap(s);
}

static void style_line(struct plot *p, const struct series *s, size_t line)
{
	struct canvas *c = &p->canvas;

	canvas_colour(c, line);
	if (canvas_is_text(c))
		return;
	buf_printf(&c->draw, " lw %s dt %zu", s->n > (size_t)c->width ? "1.2" : "1.8",
		1 + line / CANVAS_COLOURS % 4);
}

static void draw_line(struct plot *p, size_t line)
{
	struct canvas *c = &p->canvas;
	const struct series *s = &p->line[line].points;
	struct series points = { .each = s->each }, alone = { .each = s->each };
	bool few = s->n <= FEW && !canvas_is_text(c);

	series_thin(s, gap_of(p, s), canvas_view_x(c), &points, &alone);
	if (points.n) {
		canvas_block(c, &points);
		canvas_draw(c, few ? "1:2 with linespoints pt 7 ps 0.4" : "1:2 with lines");
		style_line(p, s, line);
		canvas_name(c, line, p->line[line].name);
	}
	if (alone.n)
		canvas_points(c, &alone, line, p->line[line].name, 0.4);
	series_free(&points);
	series_free(&alone);
}

static void plot_lines(struct plot *p)
{
	p->canvas.grid_x = true;
	set_y(p, extent_of(p, 1));
	set_x(p, extent_of(p, 0), false);
	for (size_t i = 0; i < p->lines; i++)
		draw_line(p, i);
}

static void draw_bounds(struct canvas *c, size_t line)
{
	canvas_draw(c, "1:3 with points pt \".\"");
	canvas_colour(c, line);
	buf_add(&c->draw, SLICE(" notitle"));
	canvas_draw(c, "1:4 with points pt \".\"");
	canvas_colour(c, line);
	buf_add(&c->draw, SLICE(" notitle"));
}

static void draw_band(struct plot *p, size_t line)
{
	struct canvas *c = &p->canvas;
	const struct series *s = &p->line[line].points;
	struct series band = { .each = s->each };

	series_thin_band(s, gap_of(p, s), canvas_view_x(c), &band);
	if (!band.n)
		return;
	canvas_block(c, &band);
	series_free(&band);
	if (canvas_is_text(c)) {
		draw_bounds(c, line);
		return;
	}
	canvas_draw(c, "1:3:4 with filledcurves");
	canvas_colour(c, line);
	buf_add(&c->draw, SLICE(" fs transparent solid 0.22 noborder notitle"));
}

static void plot_bands(struct plot *p)
{
	p->canvas.grid_x = true;
	set_y(p, both(extent_of(p, 1), both(extent_of(p, 2), extent_of(p, 3))));
	set_x(p, extent_of(p, 0), false);
	for (size_t i = 0; i < p->lines; i++)
		draw_band(p, i);
	for (size_t i = 0; i < p->lines; i++)
		draw_line(p, i);
}

/* --- clouds --- */

static double point_size(const struct plot *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->lines; i++)
		n += p->line[i].points.n;
	return n > 2000 ? 0.25 : n > 300 ? 0.35 : 0.5;
}

static void draw_identity(struct plot *p)
{
	struct canvas *c = &p->canvas;
	double corner[4] = { c->x.low, c->y.low, c->x.high, c->y.high };

	canvas_block(c, &(struct series){ .at = corner, .n = 2, .each = 2 });
	canvas_draw(c,
		canvas_is_text(c) ? "1:2 with lines notitle" :
				    "1:2 with lines lc rgb \"#888888\" lw 1 dt 2 notitle");
}

/* Many points are told apart no finer than by two dots. */
static struct view coarser(struct view v, size_t n)
{
	v.columns /= n > 50000 ? 2 : 1;
	return v;
}

static void plot_clouds(struct plot *p)
{
	struct canvas *c = &p->canvas;
	struct extent x = extent_of(p, 0), y = extent_of(p, 1);
	double size = point_size(p);

	c->grid_x = true;
	if (p->identity)
		x = y = both(x, y);
	set_y(p, y);
	set_x(p, x, true);
	if (p->identity) {
		c->y = c->x;
		draw_identity(p);
	}
	for (size_t i = 0; i < p->lines; i++) {
		const struct series *s = &p->line[i].points;
		struct series points = { .each = 2 };
		series_spread(s, coarser(canvas_view_x(c), s->n), coarser(canvas_view_y(c), s->n),
			&points);
		if (points.n)
			canvas_points(c, &points, i, p->line[i].name, size);
		series_free(&points);
	}
}

/* --- places: what bars and boxes stand at --- */

static int compare_numbers(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The different x of all lines, in order. */
static double *different(const struct plot *p, size_t *n)
{
	size_t cap = 0, all = 0;
	double *x = NULL;

	*n = 0;
	for (size_t i = 0; i < p->lines; i++)
		for (size_t k = 0; k < p->line[i].points.n; k++) {
			MEM_GROW(x, all, cap);
			x[all++] = series_x(&p->line[i].points, k);
		}
	if (all)
		qsort(x, all, sizeof *x, compare_numbers);
	for (size_t i = 0; i < all; i++)
		if (!*n || x[*n - 1] != x[i])
			x[(*n)++] = x[i];
	return x;
}

/* Bars and boxes stand side by side: so x becomes a place, the first being 0. */
static void number_places(struct plot *p)
{
	p->place = different(p, &p->places);
	for (size_t i = 0; i < p->lines; i++) {
		struct series *s = &p->line[i].points;
		for (size_t k = 0; k < s->n; k++) {
			double *at = &s->at[k * s->each];
			const double *found =
				bsearch(at, p->place, p->places, sizeof *found, compare_numbers);
			*at = (double)(found - p->place);
		}
	}
}

static void label_times(struct plot *p)
{
	enum axis_unit unit = AXIS_YEAR;
	struct tick *tick;
	size_t every, shown = 0;

	for (size_t i = 0; i < p->places; i++) {
		enum axis_unit needs = axis_unit_of(p->place[i], p->zone);
		unit = needs > unit ? needs : unit;
	}
	every = canvas_every(&p->canvas, p->places, unit > AXIS_DAY ? 11 : 6);
	tick = mem_array(p->places / every + 1, sizeof *tick);
	for (size_t i = 0; i < p->places; i += every)
		tick[shown++].at = p->place[i];
	axis_label_times(tick, shown, unit, p->zone);
	for (size_t i = 0; i < shown; i++)
		tick[i].at = (double)(i * every);
	canvas_ticks(&p->canvas, tick, shown);
	free(tick);
}

static void label_words(struct plot *p)
{
	struct slice *word = mem_array(p->places, sizeof *word);

	for (size_t i = 0; i < p->places; i++)
		word[i] = p->word[(size_t)p->place[i]];
	canvas_words(&p->canvas, word, p->places);
	free(word);
}

static void set_places(struct plot *p)
{
	/* One or two do not share the whole width. */
	double beside = 0.6 + (p->places < 3 ? (3 - (double)p->places) / 2 : 0);

	p->canvas.x = (struct axis){ .low = -beside, .high = (double)p->places - 1 + beside };
	if (p->x == PLOT_WORDS)
		label_words(p);
	else
		label_times(p);
}

/* How wide one of several bars is that share a place, and where its middle is. */
static double share(const struct plot *p)
{
	return (p->lines > 1 ? 0.8 : 0.7) / (double)p->lines;
}

static double middle(const struct plot *p, double place, size_t line)
{
	return place + ((double)line - (double)(p->lines - 1) / 2) * share(p);
}

/* --- bars --- */

static bool is_twice(const struct series *s)
{
	for (size_t i = 1; i < s->n; i++)
		if (series_x(s, i) == series_x(s, i - 1))
			return true;
	return false;
}

static void draw_bars(struct plot *p, const struct series *bars, size_t line)
{
	struct canvas *c = &p->canvas;

	canvas_block(c, bars);
	canvas_draw(c, "1:2 with boxes");
	canvas_colour(c, line);
	if (!canvas_is_text(c))
		buf_add(&c->draw, SLICE(" fs solid 0.9 noborder"));
	canvas_name(c, line, p->line[line].name);
}

static bool plot_bars(struct plot *p)
{
	struct extent y = extent_of(p, 1);

	for (size_t i = 0; i < p->lines; i++)
		if (is_twice(&p->line[i].points))
			return false;
	set_y(p, p->log_y ? y : both(y, (struct extent){ 0, 0 }));
	set_places(p);
	p->canvas.box_width = share(p) * 0.96;
	for (size_t i = 0; i < p->lines; i++) {
		struct series *s = &p->line[i].points;
		for (size_t k = 0; k < s->n; k++)
			s->at[k * s->each] = middle(p, series_x(s, k), i);
		if (s->n)
			draw_bars(p, s, i);
	}
	return true;
}

/* --- classes --- */

static void plot_classes(struct plot *p)
{
	const struct series *s = &p->line[0].points;
	struct bins bins = series_bins(s, p->bins);
	double *count = mem_array(bins.n, sizeof *count), most = 0;
	struct series bars = { .each = 2 };

	for (size_t i = 0; i < s->n; i++)
		count[bins_find(&bins, series_y(s, i))]++;
	for (size_t i = 0; i < bins.n; i++) {
		double bar[] = { bins.low + ((double)i + 0.5) * bins.width, count[i] };
		most = fmax(most, count[i]);
		series_add(&bars, bar);
	}
	set_y(p, (struct extent){ p->log_y ? 1 : 0, most });
	/* A count of one is seen in a logarithmic scale too. */
	if (p->log_y)
		p->canvas.y.low = 0.5;
	set_x(p, (struct extent){ bins.low, bins.low + (double)bins.n * bins.width }, false);
	p->canvas.box_width = bins.width * (canvas_is_text(&p->canvas) ? 1 : 0.94);
	draw_bars(p, &bars, 0);
	series_free(&bars);
	free(count);
}

/* --- boxes --- */

static void add_box(const struct series *s, size_t from, size_t n, double at, struct series *boxes,
	struct series *out)
{
	struct quartiles q = series_quartiles(s, from, n);
	double box[] = { at, q.low, q.first, q.median, q.third, q.high };

	series_add(boxes, box);
	for (size_t i = from; i < from + n; i++) {
		double point[] = { at, series_y(s, i) };
		if (point[1] < q.low || point[1] > q.high)
			series_add(out, point);
	}
}

static void draw_boxes(struct plot *p, const struct series *boxes, size_t line)
{
	struct canvas *c = &p->canvas;
	bool text = canvas_is_text(c);

	canvas_block(c, boxes);
	canvas_draw(c, "1:3:2:6:5 with candlesticks");
	canvas_colour(c, line);
	if (!text)
		buf_add(&c->draw, SLICE(" lw 1.3 fs transparent solid 0.3 border"));
	canvas_name(c, line, p->line[line].name);
	if (!text)
		buf_add(&c->draw, SLICE(" whiskerbars 0.4"));
	canvas_draw(c, "1:4:4:4:4 with candlesticks");
	canvas_colour(c, line);
	if (!text)
		buf_add(&c->draw, SLICE(" lw 2.6 fs empty"));
	buf_add(&c->draw, SLICE(" notitle"));
}

static void draw_outliers(struct plot *p, struct series *out, size_t line)
{
	struct canvas *c = &p->canvas;
	struct series points = { .each = 2 };

	series_spread(out, canvas_view_x(c), canvas_view_y(c), &points);
	if (points.n)
		canvas_points(c, &points, line, p->line[line].name, 0.3);
	series_free(&points);
}

static void plot_boxes(struct plot *p)
{
	set_y(p, extent_of(p, 1));
	set_places(p);
	p->canvas.box_width = share(p) * 0.85;
	for (size_t i = 0; i < p->lines; i++) {
		const struct series *s = &p->line[i].points;
		struct series boxes = { .each = 6 }, out = { .each = 2 };
		for (size_t k = 0, end; k < s->n; k = end) {
			end = k + 1;
			while (end < s->n && series_x(s, end) == series_x(s, k))
				end++;
			add_box(s, k, end - k, middle(p, series_x(s, k), i), &boxes, &out);
		}
		if (boxes.n)
			draw_boxes(p, &boxes, i);
		draw_outliers(p, &out, i);
		series_free(&boxes);
		series_free(&out);
	}
}

/* --- all of them --- */

static bool can_be_shown(const struct plot *p, const double *point, size_t each)
{
	for (size_t i = 0; i < each; i++) {
		bool log = i ? p->log_y && p->kind != PLOT_HIST : p->log_x;
		if (!(fabs(point[i]) <= PLOT_LARGEST) || (log && point[i] < 1 / PLOT_LARGEST))
			return false;
	}
	return true;
}

/* A gap is kept where it is between points that are joined. */
static void clean(const struct plot *p, struct series *s)
{
	bool joined = p->kind == PLOT_LINE || p->kind == PLOT_BAND;
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		double *point = s->at + i * s->each;
		bool shown = can_be_shown(p, point, s->each);
		if (!shown && !(joined && fabs(point[0]) <= PLOT_LARGEST))
			continue;
		if (!shown)
			point[1] = NAN;
		memmove(s->at + kept++ * s->each, point, s->each * sizeof *point);
	}
	s->n = kept;
	/* The values of one box are told by their order. */
	s->unsorted = s->unsorted || p->kind == PLOT_BOX;
	series_sort(s);
}

static bool has_points(const struct plot *p)
{
	for (size_t i = 0; i < p->lines; i++)
		for (size_t k = 0; k < p->line[i].points.n; k++)
			if (!isnan(series_y(&p->line[i].points, k)))
				return true;
	return false;
}

static void survey(struct plot *p)
{
	p->canvas.lines = p->lines;
	for (size_t i = 0; i < p->lines; i++) {
		int width = caption_width(p->line[i].name);
		p->canvas.widest = width > p->canvas.widest ? width : p->canvas.widest;
	}
}

/* False: two bars are for one place. */
static bool compose(struct plot *p)
{
	switch (p->kind) {
	case PLOT_LINE:
		plot_lines(p);
		break;
	case PLOT_BAND:
		plot_bands(p);
		break;
	case PLOT_SCATTER:
		plot_clouds(p);
		break;
	case PLOT_HIST:
		plot_classes(p);
		break;
	case PLOT_BOX:
		plot_boxes(p);
		break;
	case PLOT_BAR:
		return plot_bars(p);
	}
	return true;
}

bool plot_print(struct plot *p, struct buf *b, struct fault *fault)
{
	if (p->kind == PLOT_BAR || p->kind == PLOT_BOX)
		number_places(p);
	for (size_t i = 0; i < p->lines; i++)
		clean(p, &p->line[i].points);
	survey(p);
	*fault = (struct fault){ PLOT_NOTHING, 0 };
	if (!has_points(p))
		return false;
	*fault = (struct fault){ PLOT_TWICE, 0 };
	if (!compose(p))
		return false;
	canvas_print(&p->canvas, b);
	return true;
}
