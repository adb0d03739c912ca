"""meters.py readings: a thousand water meters for 126 minutes: each minute the flow and the counter of each, and
after the first hour a flow of meter 1 that is half an hour late.
meters.py windows: by exact arithmetic, what window makes of them in windows of 60s, 600s, 1h and 24h, in which the
late one is if it came before they closed.
meters.py load: two readings a minute of ten thousand meters, for five minutes, and a thousand two days later."""
import os
import sys
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from window_time import spell

START = datetime(2012, 4, 10, 7)
METERS, MINUTES, GRACE = 1000, 126, 5
LATE, LATE_CLOCK, LATE_FLOW = 30, 60, 99000  # minutes, and thousandths
SIZES = {"60s": 1, "600s": 10, "1h": 60, "24h": 1440}


def at(minute):
    return (START + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")


def value(meter, minute, counter):
    """In thousandths."""
    return minute * 1000 + meter if counter else minute % 7 * 500 + meter


@cache
def decimal(n, d):
    return spell(Fraction(n, d))


@cache
def name(meter, counter):
    return f"{meter}.WATER.WATER_{'SUMMATION' if counter else 'IDD'}"


def reading(meter, time, counter, thousandths):
    print(f'{{"key":"{name(meter, counter)}","gateway":{meter},"timestamp":"{time}",'
          f'"value":{thousandths / 1000}}}')


def readings():
    for minute in range(MINUTES):
        time = at(minute)
        for meter in range(1, METERS + 1):
            reading(meter, time, False, value(meter, minute, False))
            reading(meter, time, True, value(meter, minute, True))
        if minute == LATE_CLOCK:
            reading(1, at(LATE), False, LATE_FLOW)


def bounds():
    """The windows by their ends, then their starts. Days begin at midnight, 7 hours before."""
    found = []
    for text, size in SIZES.items():
        first = -420 if size == 1440 else 0
        found += [(start + size, start, text) for start in range(first, MINUTES, size)]
    return sorted(found)


def result(meter, counter, start, end):
    values = [value(meter, minute, counter) for minute in range(max(start, 0), min(end, MINUTES))]
    least, most, total, n = min(values), max(values), sum(values), len(values)
    if (meter, counter) == (1, False) and start <= LATE < end and end + GRACE > LATE_CLOCK:
        most, total, n = LATE_FLOW, total + LATE_FLOW, n + 1
    return (f'"count":{n},"value_min":{decimal(least, 1000)},"value_max":{decimal(most, 1000)},'
            f'"value_sum":{decimal(total, 1000)},"value_mean":{decimal(total, 1000 * n)}')


def windows():
    keys = sorted((name(meter, counter), meter, counter)
                  for meter in range(1, METERS + 1) for counter in (False, True))
    for end, start, size in bounds():
        span = f'"window_start":"{at(start)}","window_end":"{at(end)}","window_size":"{size}"'
        for key, meter, counter in keys:
            print(f'{{"key":"{key}",{span},{result(meter, counter, start, end)}}}')


def load():
    for minute in range(5):
        time = at(minute)
        for meter in range(1, 10001):
            reading(meter, time, False, value(meter, minute, False))
            reading(meter, time, True, value(meter, minute, True))
    time = at(2 * 1440)
    for meter in range(1, 1001):
        reading(meter, time, False, 0)


{"readings": readings, "windows": windows, "load": load}[sys.argv[1]]()
