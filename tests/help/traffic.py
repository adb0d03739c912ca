"""traffic.py records: an hour of fifty crossings with four lights each, a record a minute and light: what it has
counted, how fast they were, and the state of its three lamps. Every value follows from its place by a formula.
What a toolbox must make of it, by exact arithmetic:
traffic.py speeds: the mean speed of each crossing, weighted by the vehicles, in windows of 15m, 1h and 24h;
traffic.py vehicles: the vehicles of each light in an hour;
traffic.py green: what the two phases of each crossing get of a cycle of 200 s, by Webster's rule;
traffic.py medians: the median of the vehicles of each crossing, in windows of 15m;
traffic.py median: that of all;
traffic.py alarms: the lamps that are out."""
import os
import sys
from datetime import datetime, timedelta
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from window_time import spell

CROSSINGS, LIGHTS, MINUTES = 50, 4, 60
START = datetime(2018, 7, 1)
SIZES = {"15m": 15, "1h": 60, "24h": 1440}


def at(minute):
    return (START + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")


def speed(i, j, t):
    return (7 * i + 3 * j + 5 * t) % 80 + Fraction(1, 2)


def vehicles(i, j, t):
    return 3 * (i % 25) + (13 * i + 7 * j + 17 * t) % 29


def saturation(i, j):
    return 6500 + 500 * ((i + j) % 5)


def lamps(i, j, t):
    return '["KO","OK","OK"]' if (4 * i + j + t) % 211 == 0 else '["OK","OK","OK"]'


def everything():
    """In the order in which it comes: crossings and lights are mixed."""
    lights = sorted(((i, j) for i in range(CROSSINGS) for j in range(LIGHTS)),
                    key=lambda light: (7 * light[0] + 5 * light[1]) % 200)
    return ((i, j, t) for t in range(MINUTES) for i, j in lights)


def records():
    for i, j, t in everything():
        print(f'{{"time":"{at(t)}","intersection":{i},"trafficLight":{j},"speed":{spell(speed(i, j, t))},'
              f'"numVehicles":{vehicles(i, j, t)},"saturation":{saturation(i, j)},'
              f'"latitude":{80 + i // 10}.{j},"longitude":{100 + i % 10}.{j},'
              f'"stateTrafficLight":{lamps(i, j, t)}}}')


def windows():
    """By their ends, then their starts: the first and the last minute, and the size."""
    found = [(end, end - size, name) for name, size in SIZES.items()
             for end in range(size, MINUTES + size, size) if end - size < MINUTES]
    return [(start, end, name) for end, start, name in sorted(found)]


def minutes(start, end):
    return range(start, min(end, MINUTES))


def speeds():
    for start, end, name in windows():
        for i in range(CROSSINGS):
            rows = [(speed(i, j, t), vehicles(i, j, t)) for j in range(LIGHTS) for t in minutes(start, end)]
            mean = sum(s * n for s, n in rows) / sum(n for _, n in rows)
            print(f'{{"intersection":{i},"window_start":"{at(start)}","window_end":"{at(end)}",'
                  f'"window_size":"{name}","count":{len(rows)},"speed_numVehicles_wavg":{spell(mean)}}}')


def total(i, j):
    return sum(vehicles(i, j, t) for t in range(MINUTES))


def vehicles_of_lights():
    for i in range(CROSSINGS):
        for j in range(LIGHTS):
            print(f'{{"intersection":{i},"trafficLight":{j},"window_start":"{at(0)}","window_end":"{at(60)}",'
                  f'"count":{MINUTES},"numVehicles_sum":{total(i, j)},"saturation_max":{saturation(i, j)}}}')


def green():
    for i in range(CROSSINGS):
        share = [max(Fraction(total(i, j), saturation(i, j)) for j in pair) for pair in ((0, 2), (1, 3))]
        seconds = (share[0] / sum(share) * 194 - 2 + Fraction(1, 2)) // 1
        print(f'{{"intersection":{i},"green":{seconds},"red":{195 - seconds}}}')


def middle(values):
    values = sorted(values)
    return Fraction(values[(len(values) - 1) // 2] + values[len(values) // 2], 2)


def medians():
    for start in range(0, MINUTES, 15):
        for i in range(CROSSINGS):
            values = [vehicles(i, j, t) for j in range(LIGHTS) for t in range(start, start + 15)]
            print(f'{{"intersection":{i},"window_start":"{at(start)}","window_end":"{at(start + 15)}",'
                  f'"count":{len(values)},"numVehicles_median":{spell(middle(values))}}}')


def median():
    for start in range(0, MINUTES, 15):
        values = [vehicles(i, j, t) for i, j, t in everything() if start <= t < start + 15]
        print(f'{{"window_start":"{at(start)}","window_end":"{at(start + 15)}",'
              f'"count":{len(values)},"numVehicles_median":{spell(middle(values))}}}')


def alarms():
    for i, j, t in everything():
        if "KO" in lamps(i, j, t):
            print(f'{{"time":"{at(t)}","intersection":{i},"trafficLight":{j},"stateTrafficLight":"KO","lamp":0}}')


{"records": records, "speeds": speeds, "vehicles": vehicles_of_lights, "green": green, "medians": medians,
 "median": median, "alarms": alarms}[sys.argv[1]]()
