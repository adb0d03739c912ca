"""window.py OPTIONS: does what window does, slowly. It keeps every record of every open window, and works each
result out anew. Records are those of standard input. Not here: keys that are expressions, --partial, --merge,
what goes by the wall clock; --state does nothing but leave the windows open at the end.

As a module: run(ARGUMENTS, LINES) gives standard output, the late file and the exit status."""
import getopt
import json
import os
import re
import sys
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from window_agg import NUMBER, TEXT, TIMED, Bad, bare, parse_aggregates, split, value_of
from window_time import SECOND, Calendar, Stamps, Zone, parse_size, parse_span, spell, spell_decimal

SHORT = "t:k:a:f:"
LONG = ["size=", "slide=", "advance=", "step=", "gap=", "all", "rows=", "offset=", "tz=", "time-unit=", "time=",
        "key=", "agg=", "field=", "grace=", "delay=", "lateness=", "late=", "watermark-by=", "sources=",
        "max-ahead=", "emit=", "fill=", "max-gap=", "skip-text", "exact", "state=", "drain"]
LETTERS = {"-t": "time", "-k": "key", "-a": "agg", "-f": "field"}
ZONES = {}


def members(line):
    """The fields of a record, each as it is spelled; of several of one name the last."""
    decoder, found, at = json.JSONDecoder(), {}, line.index("{") + 1
    while m := re.compile(r'[\s,]*(?=")').match(line, at):
        name, at = decoder.raw_decode(line, m.end())
        start = re.compile(r"\s*:\s*").match(line, at).end()
        end = decoder.raw_decode(line, start)[1]
        found[name], at = line[start:end], end
    return found


class Options:
    def __init__(self, arguments):
        given, rest = getopt.gnu_getopt(arguments, SHORT, LONG)
        assert not rest
        self.all = {}
        for name, text in given:
            self.all.setdefault(LETTERS.get(name) or name.lstrip("-"), []).append(text)
        self.zone = ZONES.setdefault(self.text("tz", "UTC"), Zone(self.text("tz", "UTC")))
        self.keys = [bare(name) for text in self.all.get("key", []) for name in split(text)]
        self.sources = [bare(name) for text in self.all.get("watermark-by", []) for name in split(text)]
        fields = [bare(name) for text in self.all.get("field", []) for name in split(text)]
        self.aggregates = parse_aggregates(self.all.get("agg", []), fields)
        self.sizes = [text for more in self.all.get("size", []) for text in split(more)]
        self.slide = self.text("slide", self.text("advance"))
        self.delay = self.span("delay", self.span("grace", 0))
        self.lateness = self.span("lateness", 0)
        self.gap = self.span("gap")
        self.ahead = self.span("max-ahead")
        self.max_gap = self.span("max-gap")
        self.changes = self.text("emit") == "changes"
        self.revisions = self.changes or self.has("lateness")
        self.expected = int(self.text("sources", "0"))
        self.rows = int(self.text("rows", "0"))
        self.timed = not self.has("all") or any(a.name in TIMED for a in self.aggregates)

    def has(self, name):
        return name in self.all

    def text(self, name, default=None):
        return self.all.get(name, [default])[-1]

    def span(self, name, default=None):
        return parse_span(self.text(name)) if self.has(name) else default


class Grid:
    """The windows of one size that a time belongs to."""

    def __init__(self, options, size):
        offset = options.span("offset", 0)
        self.size = parse_size(size)
        self.whole = Calendar(self.size, offset, options.zone)
        self.slide, self.step = options.slide, options.text("step")
        if self.slide or self.step:
            self.part_size = parse_size(self.slide or self.step)
            self.part = Calendar(self.part_size, offset, options.zone)

    def end_of_hop(self, start, end):
        if self.size[0] == "nanos":
            return start + self.size[1]
        count = self.size[1] // self.part_size[1] * (7 if self.size[0] > self.part_size[0] == "days" else 1)
        for _ in range(count - 1):
            end = self.part.piece(end)[1]
        return end

    def hops(self, t):
        found, at = [], t
        while True:
            start, end = self.part.piece(at)
            if self.end_of_hop(start, end) <= t:
                return found[::-1]
            found.append((start, self.end_of_hop(start, end)))
            at = start - 1

    def steps(self, t):
        start, end = self.whole.piece(t)
        found = []
        while t < end:
            t = min(self.part.piece(t)[1], end)
            found.append((start, t))
        return found

    def beginning(self, t):
        """The last window that begins at t or before, and where the next one begins."""
        start, end = (self.part if self.slide else self.whole).piece(t)
        return start, self.end_of_hop(start, end) if self.slide else end, end

    def windows(self, t):
        if self.slide:
            return self.hops(t)
        return self.steps(t) if self.step else [self.whole.piece(t)]


class Group:
    """What one window has of one key."""

    def __init__(self, shown):
        self.shown = shown
        self.rows = []  # of (time, the values of each aggregate)
        self.rev = 0


class Window:
    def __init__(self, span, size, fired):
        self.start, self.end = span
        self.size = size
        self.fired = fired
        self.groups = {}


class Session:
    """A window of one key from first to last, which is open as long as a record may still join it: its end,
    last + gap, included."""

    def __init__(self, key, shown, t):
        self.key = key
        self.first = self.last = t
        self.group = Group(shown)
        self.fired = False


class Run:
    def __init__(self, arguments):
        self.o = Options(arguments)
        self.grids = [Grid(self.o, size) for size in self.o.sizes]
        self.stamps = Stamps(self.o.zone, self.o.text("time-unit"))
        self.out, self.late = [], []
        self.lost = 0
        self.tops = {}  # the largest time of each source
        self.top = self.clock = None
        self.windows = {}  # by end, start and number of the size
        self.sessions = []
        self.whole = {}  # the groups of --all and --rows
        self.before = {}  # for --fill: where a key's next window begins, and the results of the last;
        self.held = []  # and what waits, as it goes out in order

    # Results.

    def print(self, shown, bounds, count, answers, pane, group):
        parts = [f"{json.dumps(name, ensure_ascii=False)}:{text}" for name, text in zip(self.o.keys, shown)]
        parts += bounds + [f'"count":{count}']
        parts += [f"{json.dumps(a.alias, ensure_ascii=False)}:{text}" for a, text in zip(self.o.aggregates, answers)]
        if self.o.revisions:
            parts += [f'"pane":"{pane}"', f'"rev":{group.rev}']
            group.rev += 1
        self.out.append("{" + ",".join(parts) + "}")

    def answers(self, group):
        return [a.answer([(t, values[i]) for t, values in group.rows]) for i, a in enumerate(self.o.aggregates)]

    def bounds(self, start, end, size=None, times=None):
        parts = []
        if start is not None:
            parts += [f'"window_start":{self.stamps.quoted(start)}', f'"window_end":{self.stamps.quoted(end)}']
        if size is not None and len(self.grids) > 1:
            parts.append(f'"window_size":"{self.o.sizes[size]}"')
        if times:
            parts += [f'"first":{self.stamps.quoted(times[0])}', f'"last":{self.stamps.quoted(times[1])}']
        return parts

    def print_group(self, group, bounds, pane):
        answers = self.answers(group)
        self.print(group.shown, bounds, len(group.rows), answers, pane, group)
        return answers

    def print_window(self, window, group, pane):
        return self.print_group(group, self.bounds(window.start, window.end, window.size), pane)

    def print_session(self, s, pane):
        self.print_group(s.group, self.bounds(s.first, s.last + self.o.gap, None, (s.first, s.last)), pane)

    def fill(self, window, key, group):
        """Holds back the result, and those of the windows that the key has left out since its last one."""
        answers = self.answers(group)
        at, before = self.before.get(key, (None, None))
        self.before[key] = self.grids[0].beginning(window.start)[2], answers
        missing = []
        if at is not None and window.start - at <= self.o.max_gap:
            while at < window.start:
                start, end, at = self.grids[0].beginning(at)
                missing.append((start, end))
        for i, (start, stop) in enumerate(missing, 1):
            middle = [self.between(a, b, Fraction(i, len(missing) + 1)) for a, b in zip(before, answers)]
            self.hold(start, stop, key, group.shown, 0, middle)
        self.hold(window.start, window.end, key, group.shown, len(group.rows), answers)

    def hold(self, start, end, key, shown, count, answers):
        self.print(shown, self.bounds(start, end, 0), count, answers, "final", None)
        self.held.append(((end, start, key), self.out.pop()))

    def between(self, a, b, share):
        if self.o.text("fill") != "linear":
            return {"null": "null", "prev": a, "0": "0"}[self.o.text("fill")]
        if value_of(a)[0] == value_of(b)[0] == NUMBER:
            return spell(Fraction(a) + (Fraction(b) - Fraction(a)) * share)
        return "null"

    def fire(self, window):
        for key in sorted(window.groups):
            group = window.groups[key]
            if self.o.has("fill"):
                self.fill(window, key, group)
            else:
                self.print_window(window, group, "final")
        window.fired = True

    # Time.

    def passed(self, end, by):
        return self.clock is not None and self.clock >= end + by

    def session_passed(self, last, by):
        return self.clock is not None and self.clock > last + self.o.gap + by

    def advance(self):
        """Fires what is due, and forgets what takes no more."""
        for place in sorted(self.windows):
            window = self.windows[place]
            if not window.fired and self.passed(window.end, self.o.delay):
                self.fire(window)
        for s in sorted(self.sessions, key=lambda s: (s.last, s.first, s.key)):
            if not s.fired and self.session_passed(s.last, self.o.delay):
                self.print_session(s, "final")
                s.fired = True
        whole = self.o.delay + self.o.lateness
        self.windows = {p: w for p, w in self.windows.items() if not self.passed(w.end, whole)}
        self.sessions = [s for s in self.sessions if not self.session_passed(s.last, whole)]

    def finish(self):
        for place in sorted(self.windows):
            if not self.windows[place].fired:
                self.fire(self.windows[place])
        for s in sorted(self.sessions, key=lambda s: (s.last, s.first, s.key)):
            if not s.fired:
                self.print_session(s, "final")
        for key in sorted(key for key in self.whole if self.whole[key].rows):
            self.print_whole(self.whole[key], "final")

        self.out += [line for _, line in sorted(self.held)]

    def rise(self, t, source):
        """The clock is the smallest of what the sources have come to, and never goes back."""
        self.top = t if self.top is None else max(self.top, t)
        self.tops[source] = max(t, self.tops.get(source, t))
        if len(self.tops) >= self.o.expected:
            low = min(self.tops.values())
            self.clock = low if self.clock is None else max(self.clock, low)
        self.advance()

    # Records.

    def set_aside(self, line, late_by, missed):
        self.lost += 1
        spans = " ".join(f"{self.stamps.spell(start)}/{self.stamps.spell(end)}" for start, end in missed)
        late = "null" if late_by is None else spell_decimal(Fraction(late_by, SECOND))
        self.late.append(line.rstrip()[:-1] + f',"late_by":{late},"late_for":"{spans}"}}')

    def windows_of(self, t):
        if self.o.gap is not None:
            return [(None, t, t + self.o.gap)]
        return [(size, start, end) for size, grid in enumerate(self.grids) for start, end in grid.windows(t)]

    def into_windows(self, t, key, shown, values):
        """Gives back the windows that were missed, and whether there is none of some size."""
        missed = []
        for size, start, end in self.windows_of(t):
            if self.passed(end, self.o.delay + self.o.lateness):
                missed.append((start, end))
                continue
            if (end, start, size) not in self.windows:
                fired = self.passed(end, self.o.delay)
                self.windows[end, start, size] = Window((start, end), size, fired)
            window = self.windows[end, start, size]
            group = window.groups.setdefault(key, Group(shown))
            group.rows.append((t, values))
            if window.fired or self.o.changes:
                self.print_window(window, group, "late" if window.fired else "early")
        return missed, any(not grid.windows(t) for grid in self.grids)

    def into_session(self, t, key, shown, values):
        gap = self.o.gap
        near = [s for s in self.sessions if s.key == key and s.first - gap <= t <= s.last + gap]
        near.sort(key=lambda s: s.first)
        if not near and self.session_passed(t, self.o.delay + self.o.lateness):
            return [(t, t + gap)], False
        joined = Session(key, shown, t)
        joined.group.rows = [row for s in near for row in s.group.rows] + [(t, values)]
        joined.first = min([t] + [s.first for s in near])
        joined.last = max([t] + [s.last for s in near])
        if near:
            joined.group.shown, joined.group.rev = near[0].group.shown, near[0].group.rev
        joined.fired = self.session_passed(joined.last, self.o.delay)
        self.sessions = [s for s in self.sessions if s not in near] + [joined]
        if joined.fired or self.o.changes:
            self.print_session(joined, "late" if joined.fired else "early")
        return [], False

    def print_whole(self, group, pane):
        times = [t for t, _ in group.rows]
        bounds = self.bounds(None, None, None, (min(times), max(times))) if self.o.rows else []
        self.print_group(group, bounds, pane)

    def into_whole(self, t, key, shown, values):
        group = self.whole.setdefault(key, Group(shown))
        group.rows.append((t, values))
        if self.o.rows and len(group.rows) == self.o.rows:
            self.print_whole(group, "final")
            self.whole[key] = Group(group.shown)
        elif self.o.changes:
            self.print_whole(group, "early")

    def time_of(self, record):
        kind, it = value_of(record.get(self.o.text("time", "time")))
        if not self.o.timed:
            return 0
        if kind not in (NUMBER, TEXT):
            raise Bad("no time")
        try:
            return self.stamps.read(it.decode() if kind == TEXT else it)
        except ValueError as error:
            raise Bad(str(error)) from error

    def take(self, line):
        record = members(line)
        t = self.time_of(record)
        values = [a.read(record, self.o.has("skip-text")) for a in self.o.aggregates]
        key = tuple(value_of(record.get(name)) for name in self.o.keys)
        shown = [record.get(name, "null") for name in self.o.keys]
        if self.o.has("all") or self.o.rows:
            self.into_whole(t, key, shown, values)
            return
        if self.o.ahead is not None and self.top is not None and t - self.top > self.o.ahead:
            self.set_aside(line, self.top - t, [])
            return
        self.rise(t, tuple(value_of(record.get(name)) for name in self.o.sources))
        into = self.into_windows if self.o.gap is None else self.into_session
        missed, astray = into(t, key, shown, values)
        if missed or astray:
            self.set_aside(line, None if self.clock is None else self.clock - t, missed)


def run(arguments, lines):
    it = Run(arguments)
    try:
        for line in lines:
            if line.strip():
                it.take(line)
    except Bad:
        return it.out, it.late, 1
    if not it.o.has("state") or it.o.has("drain"):
        it.finish()
    return it.out, it.late, 1 if it.lost and not it.o.has("late") else 0


if __name__ == "__main__":
    results, late_records, status = run(sys.argv[1:], sys.stdin.read().split("\n"))
    sys.stdout.write("".join(line + "\n" for line in results))
    where = Options(sys.argv[1:]).text("late", "drop")
    if where != "drop":
        with open(where, "w", encoding="utf-8") as file:
            file.write("".join(line + "\n" for line in late_records))
    sys.exit(status)
