"""building.py readings: the sensors of a building for ten days, every quarter of an hour: the partition they come
by, sensor, day, clock and value, with blanks between. Some readings of water come two days late. Every value follows
from its place by a formula.
building.py all: also those, by partition 6, that come ten days late.
building.py water: by exact arithmetic, the water of each day whenever it changes, if days are corrected for 2 days
and 10 s."""
import os
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from window_time import spell

TICKS = 960
START = datetime(2020, 1, 1)
DELAY, LATENESS = timedelta(seconds=1), timedelta(days=2, seconds=10)


def readings():
    """Partition, sensor, time, value in tenths."""
    etot = wtot = 0
    for k in range(1, TICKS + 1):
        date = START + timedelta(minutes=15 * (k - 1))
        yield 0, "TH1", date, 120 + 7 * k % 231
        yield 0, "TH2", date, 120 + 11 * k % 231
        yield 1, "HVAC1", date, 13 * k % 1001
        yield 1, "HVAC2", date, 17 * k % 2001
        yield 1, "MiAC1", date, 19 * k % 1501
        yield 1, "MiAC2", date, 23 * k % 2001
        yield 3, "W1", date, 3 * k % 11
        if k % 5 == 0:
            yield 5, "Mov1", date + timedelta(seconds=37 * k % 900), 10
        if k % 96 == 0:
            q = k // 96
            etot += 62400 + 10 * (7 * q % 21 - 10)
            wtot += 110 + 3 * q % 21 - 10
            yield 2, "Etot", date, 10 * etot
            yield 4, "Wtot", date, 10 * wtot
        if k % 20 == 0:
            yield 3, "W1", date - timedelta(hours=48), 5 * k % 11
        if k % 120 == 0:
            yield 6, "W1", date - timedelta(hours=240), 2 * k % 11


def day_of(time):
    return time.replace(hour=0, minute=0, second=0)


def water():
    days, revisions, fired, clock = defaultdict(list), defaultdict(int), set(), datetime.min

    def result(day, pane):
        print(f'{{"window_start":"{day:%F %T}","window_end":"{day + timedelta(days=1):%F %T}",'
              f'"count":{len(days[day])},"value_sum":{spell(Fraction(sum(days[day]), 10))},'
              f'"pane":"{pane}","rev":{revisions[day]}}}')
        fired.add(day)
        revisions[day] += 1

    def pass_by(clock):
        for day in sorted(days):
            if day not in fired and day + timedelta(days=1) + DELAY <= clock:
                result(day, "final")

    for _, sensor, time, tenths in readings():
        clock = max(clock, time)
        pass_by(clock)
        if sensor != "W1" or day_of(time) + timedelta(days=1) + DELAY + LATENESS <= clock:
            continue
        days[day_of(time)].append(tenths)
        if day_of(time) + timedelta(days=1) + DELAY <= clock:
            result(day_of(time), "late")
    pass_by(datetime.max)


def messages():
    for partition, sensor, time, tenths in readings():
        if partition != 6 or sys.argv[1] == "all":
            print(f"{partition} {sensor} {time:%F %T} {tenths // 10}.{tenths % 10}")


{"readings": messages, "all": messages, "water": water}[sys.argv[1]]()
