#include "io/meter.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

static struct {
	bool visible, drawn;
	uint64_t total;
	double start, last;
} meter;

static double now(void)
{
	return (double)clock_now() / 1e9;
}

void meter_start(bool progress, uint64_t total)
{
	meter.visible = progress && isatty(STDERR_FILENO);
	meter.total = total;
	meter.start = now();
}

double meter_seconds(void)
{
	return now() - meter.start;
}

static void show_left(uint64_t bytes, double seconds)
{
	double share = (double)bytes / (double)meter.total;
	unsigned left = (unsigned)(seconds / share - seconds + 0.5);

	fprintf(stderr, "  %3.0f %%  %u:%02u left", 100 * share, left / 60, left % 60);
}

void meter_show(uint64_t bytes, uint64_t records)
{
	double t = meter.visible ? now() : 0, seconds = t - meter.start;

	if (!meter.visible || t - meter.last < 0.1 || seconds <= 0)
		return;
	meter.last = t;
	fprintf(stderr, "\r%.1f MB  %.0f records/s", (double)bytes / 1e6,
		(double)records / seconds);
	if (meter.total && bytes && bytes <= meter.total)
		show_left(bytes, seconds);
	fputs("\033[K", stderr);
	meter.drawn = true;
}

void meter_hide(void)
{
	if (meter.drawn)
		fputs("\r\033[K", stderr);
	meter.drawn = false;
}
