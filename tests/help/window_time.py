"""Times for window.py: points in time are nanoseconds since 1970, as integers. Zones are those of Python's
zoneinfo, and what calendars do with them is found by trying."""
import re
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from zoneinfo import ZoneInfo

SECOND = 10**9
HOUR = 3600 * SECOND
DAY = 24 * HOUR
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
UNITS = {"ns": 1, "us": 10**3, "ms": 10**6, "s": SECOND, "m": 60 * SECOND, "h": HOUR}
CALENDAR = {"d": ("days", 1), "w": ("weeks", 1), "mo": ("months", 1), "q": ("months", 3), "y": ("months", 12)}


def ecma(negative, digits, point):
    """0.digits times 10^point, in the notation of ECMAScript."""
    digits = digits.rstrip("0")
    cut = len(digits) - len(digits.lstrip("0"))
    digits, point = digits[cut:], point - cut
    n = len(digits)
    if not digits:
        return "0"
    if n <= point <= 21:
        text = digits + "0" * (point - n)
    elif 0 < point <= 21:
        text = digits[:point] + "." + digits[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + digits
    else:
        text = digits[0] + ("." + digits[1:] if n > 1 else "") + "e" + str(point - 1)
    return ("-" if negative else "") + text


def spell_decimal(x):
    """All digits of a fraction that has an end."""
    places = 0
    while (x * 10**places).denominator != 1:
        places += 1
    digits = str(abs(x * 10**places).numerator)
    return ecma(x < 0, digits, len(digits) - places)


def spell(x):
    """A result: an exact integer below 10^21, else the nearest double."""
    if x.denominator == 1 and abs(x) < 10**21:
        return str(x.numerator)
    try:
        nearest = repr(abs(float(x)))
    except OverflowError:
        return "null"
    mantissa, _, exponent = nearest.partition("e")
    before, _, after = mantissa.partition(".")
    return ecma(x < 0, before + after, len(before) + int(exponent or 0))


def parse_span(text):
    """A length: days and weeks are 24 hours and 7 days."""
    total = Fraction(0)
    negative = text.startswith("-")
    for number, unit in re.findall(r"([0-9.]+)([a-z]*)", text):
        total += Fraction(number) * {**UNITS, "d": DAY, "w": 7 * DAY, "": 0}[unit]
    return -int(total) if negative else int(total)


def parse_size(text):
    """A size of windows: what it counts, and how many."""
    parts = re.findall(r"([0-9.]+)([a-z]+)", text)
    if parts[0][1] in UNITS:
        return "nanos", parse_span(text)
    kinds = {CALENDAR[unit][0] for _, unit in parts}
    assert len(kinds) == 1
    return kinds.pop(), sum(int(number) * CALENDAR[unit][1] for number, unit in parts)


class Zone:
    def __init__(self, name):
        fixed = re.fullmatch(r"([-+])([0-9]{2}):?([0-9]{2})", name)
        if fixed:
            minutes = int(fixed[1] + "1") * (int(fixed[2]) * 60 + int(fixed[3]))
            self.zone = timezone(timedelta(minutes=minutes))
        else:
            self.zone = ZoneInfo("UTC" if name == "Z" else name)
        self.is_utc = name in ("UTC", "Z", "Etc/UTC") or fixed is not None and minutes == 0
        self.known = {}

    def offset(self, t):
        """In nanoseconds, east above 0."""
        return whole(local_datetime(t, self.zone).utcoffset())

    def utc(self, clock):
        """What a clock shows, as nanoseconds: a time left out is read with the offset before the jump, of one
        that comes twice the first is meant."""
        naive = EPOCH.replace(tzinfo=None) + timedelta(seconds=clock // SECOND)
        return clock - whole(naive.replace(tzinfo=self.zone, fold=0).utcoffset())

    def twice(self, t):
        clock = local_datetime(t, self.zone).replace(tzinfo=self.zone)
        return clock.replace(fold=0).utcoffset() > clock.replace(fold=1).utcoffset()

    def jumps(self, day):
        """The seconds of this day of UTC at which the offset changes."""
        if day not in self.known:
            self.known[day] = found = []
            for quarter in range(96):
                low, high = (day * 86400 + (quarter + i) * 900 for i in (0, 1))
                before = self.offset(low * SECOND)
                if before == self.offset(high * SECOND):
                    continue
                while high - low > 1:
                    middle = (low + high) // 2
                    low, high = (middle, high) if self.offset(middle * SECOND) == before else (low, middle)
                found.append(high * SECOND)
        return self.known[day]

    def reach(self, clock):
        """The first moment at which the clocks show this or later."""
        day = clock // DAY
        jumps = [j for d in range(day - 2, day + 3) for j in self.jumps(d)]
        starts = [(day - 2) * DAY] + jumps
        ends = jumps + [(day + 3) * DAY]
        for start, end in zip(starts, ends):
            t = max(start, clock - self.offset(start))
            if t < end:
                return t
        raise AssertionError("a clock that never gets there")


def whole(delta):
    return (delta.days * 86400 + delta.seconds) * SECOND


def local_datetime(t, zone):
    return (EPOCH + timedelta(seconds=t // SECOND)).astimezone(zone)


def day_number(year, month, day):
    return (datetime(year, month, day) - datetime(1970, 1, 1)).days


class Calendar:
    """Divides time into pieces of a size: piece(t) is the one that holds t."""

    def __init__(self, size, offset, zone):
        self.kind, self.n = size
        self.zone = zone
        self.offset = offset % self.n if self.kind == "nanos" else offset

    def first_day(self, number):
        count = number * self.n
        if self.kind == "months":
            return day_number(1970 + count // 12, count % 12 + 1, 1)
        return -3 + 7 * count if self.kind == "weeks" else count

    def boundary(self, number):
        return self.zone.reach(self.first_day(number) * DAY + self.offset)

    def number(self, t):
        """Of the last piece that has begun by t."""
        date = (EPOCH + timedelta(days=t // DAY + 3)).date()
        later = {
            "months": (date.year - 1970) * 12 + date.month,
            "weeks": (t // DAY + 10) // 7,
            "days": t // DAY + 3,
        }[self.kind]
        number = later // self.n + 1
        while self.boundary(number) > t:
            number -= 1
        return number

    def piece(self, t):
        if self.kind != "nanos":
            number = self.number(t)
            return self.boundary(number), self.boundary(number + 1)
        if self.n >= DAY:
            start = (t - self.offset) // self.n * self.n + self.offset
            return start, start + self.n
        return self.part_of_day(t)

    def part_of_day(self, t):
        days = Calendar(("days", 1), self.offset, self.zone)
        today = days.number(t)
        shift = self.zone.offset(days.boundary(today)) - self.offset
        start = (t + shift) // self.n * self.n - shift
        end = start + self.n
        for number in range(today - 2, today + 4):
            morning = days.boundary(number)
            if self.zone.offset(morning) == self.zone.offset(days.boundary(number - 1)):
                continue
            if start < morning <= t:
                start = morning
            if t < morning < end:
                end = morning
        return start, end


TEXT = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:([Tt ])([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.]([0-9]+))?(Z|z|[-+][0-9]{2}(?::?[0-9]{2})?)?)?")
SCALES = {"s": SECOND, "ms": 10**6, "us": 10**3, "ns": 1}


class Stamps:
    """Reads times, and writes others in the manner of the first."""

    def __init__(self, zone, unit):
        self.zone = zone
        self.unit = self.given = unit
        self.style = None

    def read(self, value):
        """A Fraction or a text; ValueError if that is no time."""
        t, style = self.read_number(value) if isinstance(value, Fraction) else self.read_text(value)
        self.style = self.style or style
        return t

    def read_number(self, x):
        size = abs(x)
        unit = self.given or next(u for u, limit in
            (("s", 10**11), ("ms", 10**14), ("us", 10**17), ("ns", None)) if limit is None or size < limit)
        if self.unit not in (None, unit):
            raise ValueError("a time of another magnitude than the first")
        self.unit = unit
        return x * SCALES[unit] // 1, ("number", unit)

    def read_text(self, text):
        m = TEXT.fullmatch(text)
        if not m:
            raise ValueError("not a time")
        clock = [int(m[i] or 0) for i in (5, 6, 7)]
        days = day_number(int(m[1]), int(m[2]), int(m[3]))
        local = days * DAY + (clock[0] * 3600 + clock[1] * 60 + clock[2]) * SECOND
        nanos = int(((m[8] or "") + "000000000")[:9])
        zone = m[9] or ""
        digits = zone.replace(":", "")
        if not zone:
            t = self.zone.utc(local)
        elif zone in "Zz":
            t = local
        else:
            t = local - int(digits[0] + "1") * (int(digits[1:3]) * 3600 + int(digits[3:] or 0) * 60) * SECOND
        return t + nanos, ("text", m[4] or "", zone, local - t)

    def spell(self, t):
        """Without the quotes of a text."""
        if self.style[0] == "number":
            return spell_decimal(Fraction(t, SCALES[self.style[1]]))
        _, separator, zone, offset = self.style
        if zone in ("Z", "z"):
            offset = 0
        elif not zone or not self.zone.is_utc:
            offset = self.zone.offset(t)
        if not zone and self.zone.twice(t):
            zone = "+00:00"
        clock = EPOCH + timedelta(seconds=(t + offset) // SECOND)
        text = f"{clock.year:04}-{clock.month:02}-{clock.day:02}"
        rest = f"{clock.hour:02}:{clock.minute:02}:{clock.second:02}"
        if t % SECOND:
            rest += "." + f"{t % SECOND:09}".rstrip("0")
        if not separator and not zone and rest == "00:00:00":
            return text
        return text + (separator or "T") + rest + self.spell_zone(zone, offset // SECOND)

    @staticmethod
    def spell_zone(zone, offset):
        if zone in ("", "Z", "z"):
            return zone
        sign, size = "-" if offset < 0 else "+", abs(offset)
        hours, minutes, seconds = size // 3600, size // 60 % 60, size % 60
        if seconds:
            return f"{sign}{hours:02}:{minutes:02}:{seconds:02}"
        if ":" in zone:
            return f"{sign}{hours:02}:{minutes:02}"
        if len(zone) == 3 and not minutes:
            return f"{sign}{hours:02}"
        return f"{sign}{hours:02}{minutes:02}"

    def quoted(self, t):
        return self.spell(t) if self.style[0] == "number" else '"' + self.spell(t) + '"'
