"""home.py rows: a house for three days, a row a minute: columns, units and quirks of a data set that many
start with. Time grows by a second a row, small numbers have exponents, cloudCover holds its own name for an hour,
and the last row is broken. Every cell follows from its row by a formula.
home.py use PART: by exact arithmetic, the sums, means, largest and least values of what was used and generated in
each day, dayofweek or month.
home.py weather PART: the mean, least and largest values of the weather.
home.py hours: the means of each hour, day by day."""
import os
import sys
from collections import defaultdict
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from window_time import spell

ROWS = 4320
START = 1451624400
APPLIANCES = ["Furnace 1", "Furnace 2", "Home office", "Fridge", "Wine cellar", "Garage door", "Kitchen 12",
              "Kitchen 14", "Kitchen 38", "Barn", "Well", "Microwave", "Living room"]
HEADER = (["time", "use [kW]", "gen [kW]", "House overall [kW]", "Dishwasher [kW]"]
          + [f"{name} [kW]" for name in APPLIANCES]
          + ["Solar [kW]", "temperature", "icon", "humidity", "visibility", "summary", "apparentTemperature",
             "pressure", "windSpeed", "cloudCover", "windBearing", "precipIntensity", "dewPoint",
             "precipProbability"])
WEATHER = {"temp": "temperature", "hum": "humidity", "vis": "visibility", "apptemp": "apparentTemperature",
           "press": "pressure", "wspeed": "windSpeed", "wbear": "windBearing", "prec": "precipIntensity",
           "dpoint": "dewPoint"}
HOURLY = {"use_kw": "use [kW]", "gen_kw": "gen [kW]", "humidity": "humidity", "visibility": "visibility",
          "apparent_temperature": "apparentTemperature", "pressure": "pressure", "wind_speed": "windSpeed",
          "wind_bearing": "windBearing", "precip_intensity": "precipIntensity", "dew_point": "dewPoint",
          "precip_probability": "precipProbability", "temperature": "temperature"}
CELSIUS = ["temperature", "apparentTemperature"]


def celsius(fahrenheit):
    return (Fraction(fahrenheit) - 32) * 5 / 9


def decimal(n, places):
    """n / 10^places, all digits."""
    digits = f"{n:0{places + 1}}"
    return f"{digits[:-places]}.{digits[-places:]}".rstrip("0").rstrip(".")


def generated(i):
    n = i % 1440
    return f"{n}E-05" if 0 < n < 10 else decimal(n, 5)


def fahrenheit(c):
    return decimal(320 + 18 * c, 1) if c >= -17 else "-" + decimal(-320 - 18 * c, 1)


def cells(i):
    minute, hours = i % 60, i // 60
    hour = (5 + hours) % 24
    use = decimal(50 + minute, 2)
    return ([str(START + i), use, generated(i), use, "3.33E-05"]
            + [decimal(column, 3) for column in range(5, 18)]
            + [generated(i), fahrenheit(hour), "clear-night" if hour < 6 else "clear-day",
               decimal(50 + hour, 2), "10", "Clear", fahrenheit(hour - 3), str(1000 + hour), str(5 + hours % 7),
               "cloudCover" if i < 58 else "0.25", str(10 * hours % 360), "0", str(30 + hour), "0"])


def rows():
    print(",".join(HEADER))
    for i in range(ROWS):
        print(",".join(cells(i)))
    print("\\" + "," * (len(HEADER) - 1))


def groups(key):
    """Of each group the rows, with the numbers that are wanted as fractions."""
    found = defaultdict(list)
    for i in range(ROWS):
        row = dict(zip(HEADER, cells(i)))
        for name in CELSIUS:
            row[name] = celsius(row[name])
        found[key(i + 5 * 60)].append(row)
    return sorted(found.items())


def column(group, name):
    return [Fraction(row[name]) for row in group]


def mean(values):
    return sum(values) / len(values)


def show(fields):
    print("{" + ",".join(f'"{name}":{value}' for name, value in fields) + "}")


def parts(part):
    return groups({"day": lambda minutes: minutes // 1440 + 1,
                   "dayofweek": lambda minutes: (minutes // 1440 + 5) % 7 + 1,  # the first day is a Friday, 6
                   "month": lambda minutes: 1}[part])


def use(part):
    for key, group in parts(part):
        columns = [("use_kw", column(group, "use [kW]")), ("gen_kw", column(group, "gen [kW]"))]
        show([(part, key), ("count", len(group))] + [
            (f"{name}_{what}", spell(function(values)))
            for what, function in (("total", sum), ("avg", mean), ("max", max), ("min", min))
            for name, values in columns])


def weather(part):
    for key, group in parts(part):
        show([(part, key), ("count", len(group))] + [
            (what + short, spell(function(column(group, name))))
            for short, name in WEATHER.items()
            for what, function in (("avg", mean), ("min", min), ("max", max))])


def hours():
    for (day, hour), group in groups(lambda minutes: (minutes // 1440 + 1, minutes // 60 % 24)):
        show([("day", day), ("hour", hour), ("count", len(group))] + [
            (name, spell(mean(column(group, source)))) for name, source in HOURLY.items()])


what, *arguments = sys.argv[1:]
{"rows": rows, "use": use, "weather": weather, "hours": hours}[what](*arguments)
