/* Temperature, clouds, wind and pressure are sums of the season, the time of day and noise of
 * several speeds. The rest follows: rain falls from thick clouds only, the air is dry when the sky
 * is clear, wind makes cold colder. The constants give what the north-east of the United States
 * has: about -12 to 92 °F, rain in an hour of nine. */
#include "simulate/weather.h"

#include <stdbool.h>

#include "number/num.h"
#include "simulate/noise.h"
#include "time/civil.h"

enum {
	HOUR = WEATHER_HOUR,
	DAY = WEATHER_DAY,
	YEAR = 365 * DAY + 6 * HOUR,
	COLDEST = 27 * DAY, /* in the year */
	SHORTEST = -10 * DAY,
	NOON = 11 * HOUR + 44, /* by the sun */
	WARMEST = 15,          /* hour of the day */
	FREEZING = 3200,
};

enum stream {
	WARM_FRONTS,
	WARM_DAYS,
	WARM_HOURS,
	CLOUD_FRONTS,
	CLOUD_HOURS,
	RAIN_FRONTS,
	RAIN_HOURS,
	DRYNESS,
	PRESSURE,
	WIND_DAYS,
	WIND_HOURS,
	WIND_TURNS,
	HAZE,
};

static int64_t clamp(int64_t x, int64_t low, int64_t high)
{
	return x < low ? low : x > high ? high : x;
}

/* From -height on the lowest day of the year to height half a year later. */
static int64_t season(int64_t minute, int64_t lowest, int64_t height)
{
	return noise_sine(minute - lowest - YEAR / 4, YEAR, height);
}

int64_t weather_clock(int64_t minute)
{
	int64_t local = minute + WEATHER_ZONE;

	return local - num_floor(local, DAY) * DAY;
}

int64_t weather_sun(int64_t minute)
{
	int64_t half = 6 * HOUR + season(minute, SHORTEST, 92);
	int64_t risen = weather_clock(minute) - (NOON - half);

	if (risen <= 0 || risen >= 2 * half)
		return 0;
	return noise_sine(risen, 4 * half, 6500 + season(minute, SHORTEST, 3500));
}

/* Highest in the afternoon. */
static int64_t daily(int64_t hour, int64_t height)
{
	return noise_sine(hour + WEATHER_ZONE / HOUR - WARMEST + 6, 24, height);
}

/* Noise that has another value every so many hours. */
static int64_t swing(uint64_t seed, enum stream stream, int64_t hour, int64_t hours, int64_t height)
{
	return noise_smooth(noise_at(seed, stream), hour, hours, height);
}

static int64_t clouds_at(uint64_t seed, int64_t hour)
{
	int64_t clouds = 45 + swing(seed, CLOUD_FRONTS, hour, 40, 70) +
		swing(seed, CLOUD_HOURS, hour, 6, 30);

	return clamp(clouds, 0, 100);
}

static int64_t rain_at(uint64_t seed, int64_t hour, int64_t clouds)
{
	int64_t rain =
		swing(seed, RAIN_FRONTS, hour, 24, 700) + swing(seed, RAIN_HOURS, hour, 4, 250);

	return clouds < 70 ? 0 : clamp(rain, 0, 900);
}

/* Fronts are fiercer in winter. */
static int64_t temperature_at(uint64_t seed, int64_t hour, int64_t clouds)
{
	int64_t warmth = season(hour * HOUR, COLDEST, 1000);
	int64_t fronts = swing(seed, WARM_FRONTS, hour, 96, 1500) +
		swing(seed, WARM_DAYS, hour, 30, 900) + swing(seed, WARM_HOURS, hour, 7, 250);

	return 5080 + warmth * 9 / 4 + fronts * (1050 - warmth * 9 / 20) / 1000 +
		daily(hour, 900 - 5 * clouds);
}

/* By how much the dew point is below the temperature. */
static int64_t spread_at(uint64_t seed, int64_t hour, const struct weather *w)
{
	int64_t spread =
		1900 - 11 * w->clouds + swing(seed, DRYNESS, hour, 18, 500) + daily(hour, 400);

	return clamp(w->rain ? spread / 3 : spread, 60, 4000);
}

static int64_t humidity_of(int64_t spread)
{
	return 10000 / (100 + 39 * spread / 1000 + 6 * spread * spread / 1000000);
}

static int64_t visibility_at(uint64_t seed, int64_t hour, const struct weather *w)
{
	int64_t moist = clamp(w->humidity - 75, 0, 25);

	return clamp(1020 - w->rain - 26 * moist + swing(seed, HAZE, hour, 8, 120), 30, 1000);
}

static int64_t wind_at(uint64_t seed, int64_t hour)
{
	int64_t wind = 680 + swing(seed, WIND_DAYS, hour, 45, 800) +
		swing(seed, WIND_HOURS, hour, 5, 350) + daily(hour, 180);

	return clamp(wind, 20, 3000);
}

static int64_t bearing_at(uint64_t seed, int64_t hour)
{
	int64_t bearing = 250 + swing(seed, WIND_TURNS, hour, 60, 220) +
		noise_between(noise_at(seed, WIND_TURNS), ~hour, -15, 15);

	return bearing - num_floor(bearing, 360) * 360;
}

static int64_t apparent_of(const struct weather *w)
{
	if (w->temperature < 5000 && w->wind > 300)
		return w->temperature - (5000 - w->temperature) * w->wind / 4200;
	if (w->temperature > 8000 && w->dew_point > 5500)
		return w->temperature + (w->temperature - 8000) * (w->dew_point - 5500) / 2500;
	return w->temperature;
}

/* What holds below a limit, in tables that end with one that nothing reaches. */
struct sky {
	int64_t below;
	struct slice summary, icon, icon_at_night;
};

static void name_sky(struct weather *w, bool night)
{
	static const struct sky snow[] = {
		{ 100, SLICE("Flurries"), SLICE("snow"), SLICE("snow") },
		{ 350, SLICE("Light Snow"), SLICE("snow"), SLICE("snow") },
		{ INT64_MAX, SLICE("Snow"), SLICE("snow"), SLICE("snow") },
	}, rain[] = {
		{ 60, SLICE("Drizzle"), SLICE("rain"), SLICE("rain") },
		{ 350, SLICE("Light Rain"), SLICE("rain"), SLICE("rain") },
		{ 600, SLICE("Rain"), SLICE("rain"), SLICE("rain") },
		{ INT64_MAX, SLICE("Heavy Rain"), SLICE("rain"), SLICE("rain") },
	}, fog[] = {
		{ INT64_MAX, SLICE("Foggy"), SLICE("fog"), SLICE("fog") },
	}, wind[] = {
		{ INT64_MAX, SLICE("Breezy"), SLICE("wind"), SLICE("wind") },
	}, clouds[] = {
		{ 25, SLICE("Clear"), SLICE("clear-day"), SLICE("clear-night") },
		{ 60, SLICE("Partly Cloudy"),
			SLICE("partly-cloudy-day"), SLICE("partly-cloudy-night") },
		{ 90, SLICE("Mostly Cloudy"),
			SLICE("partly-cloudy-day"), SLICE("partly-cloudy-night") },
		{ INT64_MAX, SLICE("Overcast"), SLICE("cloudy"), SLICE("cloudy") },
	};
	const struct sky *sky = w->rain ? w->temperature < FREEZING ? snow : rain :
		w->visibility < 600     ? fog :
		w->wind > 1600          ? wind :
					  clouds;
	int64_t measure = w->rain ? w->rain : w->clouds;

	while (measure >= sky->below)
		sky++;
	w->summary = sky->summary;
	w->icon = night ? sky->icon_at_night : sky->icon;
}

struct weather weather_at(uint64_t seed, int64_t minute)
{
	int64_t hour = num_floor(minute, HOUR), spread;
	struct weather w = { .clouds = clouds_at(seed, hour) };

	w.temperature = temperature_at(seed, hour, w.clouds);
	w.rain = rain_at(seed, hour, w.clouds);
	w.rain_chance = w.rain ? clamp(3 + w.rain / 7, 0, 97) : 0;
	spread = spread_at(seed, hour, &w);
	w.dew_point = w.temperature - spread;
	w.humidity = humidity_of(spread);
	w.visibility = visibility_at(seed, hour, &w);
	w.wind = wind_at(seed, hour);
	w.bearing = bearing_at(seed, hour);
	w.apparent = apparent_of(&w);
	w.pressure = 101900 - 6 * w.clouds + swing(seed, PRESSURE, hour, 80, 2300);
	name_sky(&w, !weather_sun(hour * HOUR));
	return w;
}
