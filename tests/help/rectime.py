"""rectime.py WHAT ZONE SEED N: records with N times near jumps of the zone's clocks, and anywhere, as Python's
zoneinfo has them. WHAT is naive: what a clock shows; utc: the seconds of that, by the rules of weir-records(5);
local: what the clocks show at that second, with the offset; spelled: the same in another manner; or format: that
manner. The same seed gives the same times."""
import json
import random
import sys
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

SPELLED = "%a %d %b %Y, %I:%M:%S %p %z"


def jumps(zone, year):
    """The hours of a year before which the offset changes."""
    start = datetime(year, 1, 1, tzinfo=timezone.utc)
    hours = [start + timedelta(hours=h) for h in range(366 * 24)]
    offsets = [h.astimezone(zone).utcoffset() for h in hours]
    return [h for h, a, b in zip(hours[1:], offsets, offsets[1:]) if a != b]


def clocks(zone, seed, n):
    choose = random.Random(seed)
    near = [j for year in (1995, 2016, 2024) for j in jumps(zone, year)]
    for i in range(n):
        if near and i % 2:
            clock = choose.choice(near).astimezone(zone).replace(tzinfo=None)
            yield clock + timedelta(seconds=choose.randrange(-3 * 3600, 3 * 3600))
        else:
            yield datetime(1975, 1, 1) + timedelta(seconds=choose.randrange(60 * 365 * 86400))


def main():
    what, zone, seed, n = sys.argv[1], ZoneInfo(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
    for clock in clocks(zone, seed, n):
        # fold is 0: the offset before a jump that leaves the time out, the first of two.
        utc = clock.replace(tzinfo=zone).astimezone(timezone.utc)
        local = utc.astimezone(zone)
        print(json.dumps({"time": {
            "naive": clock.isoformat(" "),
            "utc": int(utc.timestamp()),
            "local": local.isoformat(),
            "spelled": local.strftime(SPELLED),
        }[what]}))


if sys.argv[1] == "format":
    print(SPELLED)
else:
    main()
