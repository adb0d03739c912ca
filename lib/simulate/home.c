/* Power is counted in watt-seconds, as the meters of the real house do: w of them in a minute are
 * w / 60000 kW. Every appliance draws a little while it waits. Its time is divided into turns of a
 * fixed length, and in each turn it may run once: whether, from when and for how long is a function
 * of the seed and the turn, so nothing is carried from row to row. */
#include "simulate/home.h"

#include <stdbool.h>

#include "number/num.h"
#include "simulate/noise.h"
#include "simulate/weather.h"
#include "time/civil.h"

enum column {
	TIME,
	USE,
	GEN,
	OVERALL,
	DISHWASHER,
	FURNACE_1,
	FURNACE_2,
	OFFICE,
	FRIDGE,
	CELLAR,
	GARAGE,
	KITCHEN_12,
	KITCHEN_14,
	KITCHEN_38,
	BARN,
	WELL,
	MICROWAVE,
	LIVING_ROOM,
	SOLAR,
	TEMPERATURE,
	ICON,
	HUMIDITY,
	VISIBILITY,
	SUMMARY,
	APPARENT,
	PRESSURE,
	WIND,
	CLOUDS,
	BEARING,
	RAIN,
	DEW_POINT,
	RAIN_CHANCE,
	COLUMNS,
};

static const struct slice columns[COLUMNS] = {
	[TIME] = SLICE("time"),
	[USE] = SLICE("use [kW]"),
	[GEN] = SLICE("gen [kW]"),
	[OVERALL] = SLICE("House overall [kW]"),
	[DISHWASHER] = SLICE("Dishwasher [kW]"),
	[FURNACE_1] = SLICE("Furnace 1 [kW]"),
	[FURNACE_2] = SLICE("Furnace 2 [kW]"),
	[OFFICE] = SLICE("Home office [kW]"),
	[FRIDGE] = SLICE("Fridge [kW]"),
	[CELLAR] = SLICE("Wine cellar [kW]"),
	[GARAGE] = SLICE("Garage door [kW]"),
	[KITCHEN_12] = SLICE("Kitchen 12 [kW]"),
	[KITCHEN_14] = SLICE("Kitchen 14 [kW]"),
	[KITCHEN_38] = SLICE("Kitchen 38 [kW]"),
	[BARN] = SLICE("Barn [kW]"),
	[WELL] = SLICE("Well [kW]"),
	[MICROWAVE] = SLICE("Microwave [kW]"),
	[LIVING_ROOM] = SLICE("Living room [kW]"),
	[SOLAR] = SLICE("Solar [kW]"),
	[TEMPERATURE] = SLICE("temperature"),
	[ICON] = SLICE("icon"),
	[HUMIDITY] = SLICE("humidity"),
	[VISIBILITY] = SLICE("visibility"),
	[SUMMARY] = SLICE("summary"),
	[APPARENT] = SLICE("apparentTemperature"),
	[PRESSURE] = SLICE("pressure"),
	[WIND] = SLICE("windSpeed"),
	[CLOUDS] = SLICE("cloudCover"),
	[BEARING] = SLICE("windBearing"),
	[RAIN] = SLICE("precipIntensity"),
	[DEW_POINT] = SLICE("dewPoint"),
	[RAIN_CHANCE] = SLICE("precipProbability"),
};

enum {
	WATT = 60,         /* watt-seconds in a minute */
	NAMED_CLOUDS = 58, /* the first rows have the column's name in place of a number */
};

/* Who or what makes an appliance run: people, with so many turns of a hundred by the hour in which
 * the turn begins, or a thermostat, in every turn. */
enum habit { ANYTIME, MEALS, EVENINGS, WORK, HABITS, COOLING = HABITS, HEATING };

static const unsigned char turns[HABITS][24] = {
	[ANYTIME] = { 6, 4, 4, 4, 5, 12, 22, 24, 20, 18, 18, 20, 20, 18, 18, 20, 22, 26, 28, 26, 24,
		20, 14, 8 },
	[MEALS] = { 2, 1, 1, 1, 1, 6, 30, 38, 22, 8, 6, 16, 30, 18, 6, 6, 12, 36, 44, 30, 14, 10, 6,
		3 },
	[EVENINGS] = { 25, 8, 3, 2, 2, 6, 12, 14, 10, 8, 8, 10, 12, 10, 10, 14, 24, 40, 60, 75, 80,
		75, 60, 40 },
	[WORK] = { 15, 6, 3, 2, 2, 3, 6, 18, 40, 48, 48, 42, 34, 44, 46, 44, 34, 22, 16, 22, 30, 32,
		28, 22 },
};

struct appliance {
	enum column column;
	int64_t idle, idle_spread; /* watt-seconds a minute while it waits, plus or minus */
	int64_t load, load_spread; /* watts more when it runs, plus or minus percent */
	enum habit habit;
	int64_t turn, shortest, longest; /* minutes; a furnace runs as long as the weather asks */
};

static const struct appliance appliances[] = {
	{ DISHWASHER, 4, 4, 1000, 25, MEALS, 240, 50, 95 },
	{ FURNACE_1, 1242, 30, 340, 4, HEATING, 30, 0, 0 },
	{ FURNACE_2, 3715, 60, 420, 4, HEATING, 24, 0, 0 },
	{ OFFICE, 2400, 300, 270, 6, WORK, 120, 30, 110 },
	{ FRIDGE, 330, 20, 122, 5, COOLING, 44, 16, 24 },
	{ CELLAR, 419, 15, 126, 6, COOLING, 56, 10, 20 },
	{ GARAGE, 785, 6, 420, 10, ANYTIME, 120, 1, 2 },
	{ KITCHEN_12, 25, 12, 65, 10, MEALS, 60, 3, 20 },
	{ KITCHEN_14, 16, 8, 700, 15, MEALS, 60, 2, 6 },
	{ KITCHEN_38, 1, 1, 8, 20, ANYTIME, 240, 1, 3 },
	{ BARN, 1881, 25, 2400, 8, ANYTIME, 120, 3, 12 },
	{ WELL, 61, 4, 850, 5, ANYTIME, 30, 1, 3 },
	{ MICROWAVE, 244, 6, 1300, 15, MEALS, 30, 1, 3 },
	{ LIVING_ROOM, 91, 8, 130, 8, EVENINGS, 120, 50, 115 },
};

/* Lights, stove and whatever else that has no meter of its own. */
static const struct appliance unmetered = { USE, 12000, 1200, 800, 30, EVENINGS, 60, 10, 55 };

/* Every appliance has a stream from APPLIANCES on, and in it one for each of its properties. */
enum stream { WEATHER, LEAK, SHADE, UNMETERED, APPLIANCES };
enum property { SIZE, IDLE, TURNS, LOAD };

/* The percentage of time for which there is heating, or the fan of the cooling. */
static int64_t heating(const struct weather *w)
{
	int64_t share = 0;

	if (w->temperature < 6000)
		share = (6000 - w->temperature) / 70;
	else if (w->temperature > 7400)
		share = (w->temperature - 7400) / 40;
	return share < 95 ? share : 95;
}

static bool runs(
	const struct appliance *a, uint64_t stream, int64_t minute, const struct weather *w)
{
	int64_t turn = num_floor(minute, a->turn), begin = turn * a->turn;
	uint64_t luck = noise_at(noise_at(stream, TURNS), turn);
	int64_t length = noise_between(luck, 0, a->shortest, a->longest);

	if (a->habit == HEATING)
		length = a->turn * heating(w) * noise_between(luck, 1, 80, 120) / 10000;
	if (a->habit < HABITS) {
		int64_t hour = weather_clock(begin) / WEATHER_HOUR;
		if (noise_between(luck, 2, 0, 99) >= turns[a->habit][hour])
			return false;
		begin += noise_between(luck, 3, 0, a->turn - length);
	}
	return minute >= begin && minute < begin + length;
}

/* What an appliance draws. Another house has larger and smaller ones. */
static int64_t draw(
	const struct appliance *a, uint64_t stream, int64_t minute, const struct weather *w)
{
	int64_t size = noise_between(noise_at(stream, SIZE), 0, 85, 120);
	int64_t watt_seconds = (a->idle * size + 50) / 100 +
		noise_between(noise_at(stream, IDLE), minute, -a->idle_spread, a->idle_spread);
	int64_t load = noise_between(
		noise_at(stream, LOAD), minute, 100 - a->load_spread, 100 + a->load_spread);

	if (watt_seconds < 0)
		watt_seconds = 0;
	if (runs(a, stream, minute, w))
		watt_seconds += a->load * WATT * size / 100 * load / 100;
	return watt_seconds;
}

/* Panels of half a kilowatt. Their meter is never quite at zero, and single clouds pass quickly. */
static int64_t generate(uint64_t seed, int64_t minute, const struct weather *w)
{
	int64_t leak = noise_between(noise_at(seed, LEAK), minute, 207, 213);
	int64_t clear = 10000 - 78 * w->clouds * w->clouds / 100;
	int64_t broken = w->clouds * (100 - w->clouds) / 80;
	int64_t shade = noise_smooth(noise_at(seed, SHADE), minute, 5, broken);

	return leak +
		450 * WATT * weather_sun(minute) / 10000 * clear / 10000 * (100 + shade) / 100;
}

static struct simulate_cell number(int64_t m, int32_t e)
{
	return (struct simulate_cell){ .number = { m, e } };
}

/* Rounded to nine decimals; it is never half way. */
static struct simulate_cell kilowatts(int64_t watt_seconds)
{
	return number((watt_seconds * 100000 + 3) / 6, -9);
}

static void fill_power(
	struct simulate_cell cells[], uint64_t seed, int64_t minute, const struct weather *w)
{
	int64_t use = draw(&unmetered, noise_at(seed, UNMETERED), minute, w);

	for (int i = 0; i < (int)(sizeof appliances / sizeof *appliances); i++) {
		int64_t drawn = draw(&appliances[i], noise_at(seed, APPLIANCES + i), minute, w);
		use += drawn;
		cells[appliances[i].column] = kilowatts(drawn);
	}
	cells[USE] = cells[OVERALL] = kilowatts(use);
	cells[GEN] = cells[SOLAR] = kilowatts(generate(seed, minute, w));
}

static void fill_weather(struct simulate_cell cells[], const struct weather *w)
{
	cells[TEMPERATURE] = number(w->temperature, -2);
	cells[ICON].text = w->icon;
	cells[HUMIDITY] = number(w->humidity, -2);
	cells[VISIBILITY] = number(w->visibility, -2);
	cells[SUMMARY].text = w->summary;
	cells[APPARENT] = number(w->apparent, -2);
	cells[PRESSURE] = number(w->pressure, -2);
	cells[WIND] = number(w->wind, -2);
	cells[CLOUDS] = number(w->clouds, -2);
	cells[BEARING] = number(w->bearing, 0);
	cells[RAIN] = number(w->rain, -4);
	cells[DEW_POINT] = number(w->dew_point, -2);
	cells[RAIN_CHANCE] = number(w->rain_chance, -2);
}

static void fill(const struct simulate_row *row, struct simulate_cell cells[])
{
	int64_t minute = num_floor(row->moment, 60);
	struct weather w = weather_at(noise_at(row->seed, WEATHER), minute);

	cells[TIME] = number(row->time, 0);
	fill_power(cells, row->seed, minute, &w);
	fill_weather(cells, &w);
	if (row->number < NAMED_CLOUDS)
		cells[CLOUDS].text = columns[CLOUDS];
}

const struct simulate_set home_set = {
	.name = "home",
	.columns = columns,
	.n = COLUMNS,
	.rows = 503910,
	.start = 1451624400, /* 2016-01-01T05:00:00Z */
	.step = 60,
	.fill = fill,
};
