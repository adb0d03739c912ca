"""Small streams for window, each with options that go with it; a seed makes the same ones again.
streams.py same SEED N: says where window and the model, window.py, differ in N of them.
streams.py order SEED N: says where the order of records makes a difference that it must not make: each comes
no later than the grace allows.
streams.py place SEED N: says where a record is not in every window that is open for it and, if any was closed,
in the late file once; these windows are found by arithmetic alone.
streams.py pieces SEED N: says where a stream in pieces, with a state between them, gives another answer.
streams.py filled SEED N: says the same of streams with --fill, cut anywhere.
streams.py parts SEED N: says where partial results of parts do not merge to the answer to the whole.
streams.py show SEED: prints one, with the command and what the model makes of it.
With the word model at the end, the model takes the place of window."""
import json
import os
import random
import subprocess
import sys
import tempfile
from fractions import Fraction

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from window import ZONES, Options, run
from window_time import DAY, HOUR, SECOND, Stamps, Zone, parse_size, parse_span

MINUTE = 60 * SECOND
PLACES = ["UTC", "UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago", "Asia/Beirut",
          "America/St_Johns", "Pacific/Apia", "+05:45", "-03:30"]
# Around which times are: where clocks jump, and where numbers change their sign or size.
JUMPS = {
    "Europe/Berlin": ["2024-03-31T01:00:00Z", "2024-10-27T01:00:00Z"],
    "Australia/Lord_Howe": ["2024-04-06T15:00:00Z", "2024-10-05T15:30:00Z"],
    "America/Santiago": ["2024-04-07T03:00:00Z", "2024-09-08T04:00:00Z"],
    "Asia/Beirut": ["2024-03-30T22:00:00Z", "2024-10-26T21:00:00Z"],
    "America/St_Johns": ["2006-10-29T02:31:00Z", "2007-03-11T03:31:00Z"],
    "Pacific/Apia": ["2011-12-30T10:00:00Z"],
}
ELSEWHERE = ["1970-01-01T00:00:00Z", "1969-12-31T00:00:00Z", "1901-02-28T21:00:00Z", "2016-02-29T00:00:00Z",
             "1999-12-31T23:30:00Z"]
STYLES = ["s", "ms", "ns", "Z", "naive", "blank", "+02:00", "-0330", "+05"]
SIZES = {
    MINUTE: ["1m", "90s", "15m", "7m", "1h", "500ms"],
    HOUR: ["1h", "30m", "6h", "7h", "24h", "1d", "36h"],
    DAY: ["1d", "2d", "1w", "24h", "6h", "1mo", "1q", "2w", "48h"],
}
HOPS = {
    MINUTE: [("15m", "5m"), ("10m", "4m"), ("1m", "15s"), ("25m", "10m"), ("3m", "3m")],
    HOUR: [("6h", "1h"), ("24h", "6h"), ("2h", "30m"), ("36h", "1d"), ("7h", "3h"), ("2d", "1d")],
    DAY: [("2d", "1d"), ("1w", "1d"), ("2mo", "1mo"), ("72h", "1d"), ("2w", "1w"), ("48h", "12h")],
}
STEPS = {
    MINUTE: [("15m", "5m"), ("1h", "15m"), ("1m", "10s")],
    HOUR: [("6h", "90m"), ("1d", "1h"), ("1d", "6h"), ("24h", "8h")],
    DAY: [("1w", "1d"), ("1d", "6h"), ("1y", "1mo"), ("4d", "2d")],
}
GAPS = {MINUTE: ["1m", "30s", "5m"], HOUR: ["1h", "20m"], DAY: ["24h", "12h"]}
MOST_MISSING = {MINUTE: ["90s", "2m", "30m", "6h"], HOUR: ["1h", "5h", "48h"], DAY: ["3h", "48h", "3d", "5w"]}
AGGREGATES = ["sum(x)", "mean(x)", "min(x),max(x)", "range(x)", "first(x),last(x)", "delta(x)", "increase(x)",
              "rate(x)", "var(x)", "varp(x)", "stddev(x)", "stddevp(x)", "wavg(x,w)", "wsum(x,w)", "median(q)",
              "p25(q)", "p75(q) as upper", "mode(s)", "distinct(s)", "argmin(x,id)", "argmax(x,id)", "cov(x,w)",
              "corr(x,w)", "slope(x,w)", "list(x)", "any(b)", "all(b)", "count(x)", "count()", "first(s)", "mode(x)",
              "set(s)", "set(x)"]
KEYS = [['"a"', '"\\u0061"'], ['"b"'], ["1", "1.0", "1e0", "10E-1"], ["-2.50"], ["true"], ["false"], ["null", None],
        ['"1"'], ['"\u00e9"'], ["1000000000000000000000000000001"], ['""']]


class Stream:
    """Options, and records that tell their time, key and number."""

    def __init__(self, seed, orderly=False, plain=False, filled=False):
        self.choose = choose = random.Random(seed)
        self.plain, self.filled = plain, filled
        self.unit = choose.choice([MINUTE, HOUR, DAY])
        self.zone = "UTC" if plain else choose.choice(PLACES)
        self.options = [] if self.zone == "UTC" and choose.random() < 0.5 else ["--tz", self.zone]
        self.choose_kind(orderly)
        self.choose_style()
        self.choose_waiting(orderly)
        self.choose_rest(orderly)
        times = [self.readable(t) for t in self.times()]
        if orderly:
            waits = [0, self.grace, choose.randrange(self.grace + 1)]
            self.other = sorted(times, key=lambda t: t + choose.choice(waits))
            times.sort()
        self.times = times
        self.lines = [self.line(t, i) for i, t in enumerate(times)]

    def choose_kind(self, orderly):
        choose = self.choose
        kinds = ["size", "size", "sizes", "slide", "step", "gap"]
        self.kind = choose.choice(kinds if orderly or self.plain else kinds + ["all", "rows"])
        if self.plain and self.kind == "gap":
            self.kind = "slide"
        if self.filled:
            self.kind = choose.choice(["size", "slide"])
        self.span = self.unit
        if self.kind in ("size", "sizes"):
            several = choose.sample(SIZES[self.unit], 1 if self.kind == "size" else choose.choice([2, 3]))
            if self.plain:
                several = [s for s in several if parse_size(s)[0] == "nanos"] or ["1h"]
            self.options += [o for s in several for o in ("--size", s)]
        elif self.kind in ("slide", "step"):
            pairs = HOPS if self.kind == "slide" else STEPS
            pairs = pairs[MINUTE if self.plain else self.unit]
            if self.kind == "slide" and self.unit is DAY and not orderly and not self.plain:
                pairs = pairs + [("24h", "1d")]
            size, part = choose.choice(pairs)
            self.options += ["--size", size, "--" + self.kind, part]
        elif self.kind == "gap":
            gap = choose.choice(GAPS[self.unit])
            self.options += ["--gap", gap]
            self.span = parse_span(gap)
        else:
            self.options += ["--all"] if self.kind == "all" else ["--rows", str(choose.choice([1, 2, 5]))]

    def choose_style(self):
        choose = self.choose
        self.style = choose.choice(STYLES)
        self.base = self.instant(choose.choice(JUMPS.get(self.zone, []) * 3 + ELSEWHERE))
        if self.style in ("s", "ms", "ns"):
            self.options += ["--time-unit", self.style]

    def choose_waiting(self, orderly):
        """How long to wait; what comes later than that is what this is about."""
        choose = self.choose
        self.grace = choose.choice([0, 1, 10, 59, 60, 90]) * self.unit // 60
        self.lateness = None
        if self.kind in ("all", "rows"):
            return
        if not orderly and not self.filled and choose.random() < 0.35:
            self.lateness = choose.choice([0, 30, 60, 120]) * self.unit // 60
            self.options += ["--delay", self.spell(self.grace), "--lateness", self.spell(self.lateness)]
        elif self.grace or choose.random() < 0.3:
            self.options += ["--grace", self.spell(self.grace)]
        if orderly:
            return
        if choose.random() < 0.2 and not self.filled:
            self.options += ["--emit", choose.choice(["final", "changes"])]
        self.options += choose.choice([["--late", "late"], ["--late", "late"], ["--late", "drop"]] +
                                      ([] if self.filled else [[]]))
        if choose.random() < 0.25:
            self.options += ["--watermark-by", choose.choice(["p", "p,w"]), "--sources", choose.choice("123")]
        elif choose.random() < 0.2:
            self.options += ["--max-ahead", self.spell(self.unit * choose.choice([1, 3]))]

    def choose_rest(self, orderly):
        choose = self.choose
        revised = self.lateness is not None or "changes" in self.options
        if self.kind in ("size", "slide") and not self.plain and choose.random() < 0.2:
            self.options += ["--offset", choose.choice(["5m", "-20s", "6h", "1h30m"])]
        if self.filled or self.kind in ("size", "slide") and not self.plain and not revised and choose.random() < 0.25:
            self.options += ["--fill", choose.choice(["null", "prev", "linear", "linear", "0"]), "--max-gap",
                             choose.choice(MOST_MISSING[self.unit])]
        self.keys = choose.sample(["k", "m"], choose.choice([0, 1, 1, 2]))
        if self.keys:
            self.options += ["-k", ",".join(self.keys)]
        self.spellings = choose.sample(KEYS, choose.choice([2, 3, 5]))
        # Which spelling is met first, the order and the joining of sessions decide.
        if orderly or self.kind == "gap":
            self.spellings = [several[:1] for several in self.spellings]
        if self.plain:
            self.options += ["-a", "list(id) as ids"]
        elif choose.random() < 0.3:
            self.options += ["-a", ",".join(choose.sample(["mean", "max", "sum", "count", "stddev"], 2)), "-f", "x,w"]
        else:
            for aggregate in choose.sample(AGGREGATES, choose.choice([0, 1, 3, 6])):
                self.options += ["-a", aggregate]

    def spell(self, nanos):
        return f"{nanos // 10**6}ms" if nanos % SECOND else f"{nanos // SECOND}s"

    @staticmethod
    def instant(text):
        return Stamps(Zone("UTC"), None).read(text)

    def times(self):
        """They go on, mostly; some stand, some fall back, few leap ahead. Or they keep step."""
        choose, t, found = self.choose, self.base, []
        if choose.random() < 0.25:
            step = choose.choice([self.span, self.unit // 4])
            return [t + max(0, i // 2 - choose.choice([0, 0, 0, 1, 3])) * step
                    for i in range(choose.choice([8, 30]))]
        t += choose.randrange(-3, 2) * self.unit
        for _ in range(choose.choice([1, 5, 12, 30])):
            step = choose.choice([0, 0, 1, 1, 5, 20, 60, 61, 240, choose.randrange(120)])
            t += step * self.unit // 60
            if choose.random() < (0.2 if self.filled else 0.04):
                t += choose.randrange(12) * self.unit
            back = choose.choice([0, 0, 0, 0, 1, 30, 60, 200]) * self.unit // 60
            exact = choose.choice([0, 0, -1, 1, choose.randrange(1000)]) * 10**6
            found.append(t - back + exact if choose.random() < 0.8 or not found else choose.choice(found))
        return found

    def readable(self, t):
        """Of what a clock shows twice, the first is meant."""
        zone = ZONES.setdefault(self.zone, Zone(self.zone))
        return zone.utc(t + zone.offset(t)) if self.style in ("naive", "blank") else t

    def spelled(self, t):
        if self.style in ("s", "ms", "ns"):
            stamps = Stamps(Zone("UTC"), self.style)
            stamps.style = ("number", self.style)
        else:
            zone = ZONES.setdefault(self.zone, Zone(self.zone))
            stamps = Stamps(zone, None)
            separator = " " if self.style == "blank" else "T"
            suffix = "" if self.style in ("naive", "blank") else self.style
            digits = suffix.replace(":", "")
            if not suffix:
                stamps.style = ("text", separator, "Z", 0)
                return stamps.quoted(t + zone.offset(t)).replace("Z", "")
            offset = 0 if suffix == "Z" else (
                int(digits[0] + "1") * (int(digits[1:3]) * 60 + int(digits[3:] or 0)) * MINUTE)
            stamps.zone = ZONES.setdefault("UTC", Zone("UTC"))
            stamps.style = ("text", separator, suffix, offset)
        return stamps.quoted(t)

    def line(self, t, i):
        choose = self.choose
        parts = [f'"time":{self.spelled(t)}']
        for name in self.keys:
            spelling = choose.choice(choose.choice(self.spellings))
            if spelling is not None:
                parts.append(f'"{name}":{spelling}')
        parts.append(f'"id":{i}')
        for name, chance, value in [
            ("x", 0.9, choose.choice(["0", "36.1", "-7.25", "0.1", "0.2", "1e3", "3.30", "12", "1E-2", "99999999"])),
            ("w", 0.9, choose.choice(["1", "2", "0.5", "3", "10"])),
            ("q", 0.9, choose.choice(["1", "2.5", "-3", "0.125", "8", "100"])),
            ("s", 0.9, choose.choice(['"on"', '"off"', '"o\\u006e"', "1", "1.0", "true", '"z"'])),
            ("b", 0.8, choose.choice(["true", "true", "false"])),
            ("p", 0.9, choose.choice(["0", "1", "1.0", '"1"'])),
        ]:
            if choose.random() < chance:
                parts.append(f'"{name}":{value}')
            elif choose.random() < 0.5:
                parts.append(f'"{name}":null')
        if choose.random() < 0.2:
            parts[1:] = choose.sample(parts[1:], len(parts) - 1)
        return "{" + ",".join(parts) + "}"

    def command(self):
        return " ".join(f"'{o}'" if set(o) & set(" (),") else o for o in self.options)


def window(options, lines):
    """As run() of the model, of the program."""
    if os.path.exists("late"):
        os.remove("late")
    done = subprocess.run(["window"] + options, input="".join(line + "\n" for line in lines).encode(),
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    kept = open("late", encoding="utf-8").read().splitlines() if os.path.exists("late") else []
    if done.returncode not in (0, 1):
        return [done.stderr.decode(errors="replace")], kept, done.returncode
    return done.stdout.decode().splitlines(), kept, done.returncode


def report(seed, stream, what, wanted, got):
    print(f"seed {seed}: window {stream.command()}: {what}")
    for a, b in zip(wanted + [""] * len(got), got + [""] * len(wanted)):
        if a != b:
            print(f"is:        {b}\nshould be: {a}")
            return


def same(seed, answer, stream):
    wanted, got = run(stream.options, stream.lines), answer(stream.options, stream.lines)
    to_file = "late" in stream.options
    if wanted[0] != got[0]:
        report(seed, stream, "results", wanted[0], got[0])
    elif to_file and wanted[1] != got[1]:
        report(seed, stream, "late records", wanted[1], got[1])
    elif wanted[2] != got[2]:
        print(f"seed {seed}: window {stream.command()}: exit status {got[2]}, not {wanted[2]}")


def order(seed, answer, stream):
    """The times in their order, and in another that the grace allows; of records of one time any may come
    first."""
    left = {}
    for t, line in zip(stream.times, stream.lines):
        left.setdefault(t, []).append(line)
    for several in left.values():
        stream.choose.shuffle(several)
    mixed = [left[t].pop() for t in stream.other]
    wanted, got = answer(stream.options, stream.lines), answer(stream.options, mixed)
    if wanted[0] != got[0]:
        report(seed, stream, "in another order", wanted[0], got[0])
    elif wanted[2] or got[2]:
        print(f"seed {seed}: window {stream.command()}: exit status {wanted[2]} and {got[2]}")


def spans(options, t):
    """Of windows of a fixed length, which begin with the multiples of what moves them."""
    size = [parse_span(text) for name, text in zip(options, options[1:]) if name == "--size"]
    slide = [parse_span(text) for name, text in zip(options, options[1:]) if name == "--slide"]
    step = [parse_span(text) for name, text in zip(options, options[1:]) if name == "--step"]
    for i, length in enumerate(size):
        if slide:
            starts = range(t // slide[0] * slide[0], t - length, -slide[0])
            yield from ((i, start, start + length) for start in starts)
        elif step:
            start = t // length * length
            yield from ((i, start, end) for end in range(t // step[0] * step[0] + step[0], start + length + 1, step[0]))
        else:
            yield i, t // length * length, t // length * length + length


def place(seed, answer, stream):
    o = stream.options
    if {"--watermark-by", "--max-ahead"} & set(o):
        return
    wait = Options(o).delay + Options(o).lateness
    members, late, clock = {}, set(), None
    for i, t in enumerate(stream.times):
        t = Stamps(Zone("UTC"), stream.style if stream.style in ("s", "ms", "ns") else None).read(
            time_of(stream.lines[i]))
        clock = t if clock is None else max(clock, t)
        for size, start, end in spans(o, t):
            if clock >= end + wait:
                late.add(i)
            else:
                members.setdefault((size, start, end), set()).add(i)
    results, kept, _ = answer(o, stream.lines)
    got, sizes = {}, [text for name, text in zip(o, o[1:]) if name == "--size"]
    for line in results:
        result = json.loads(line, parse_int=Fraction, parse_float=Fraction)
        stamps = Stamps(Zone("UTC"), stream.style if stream.style in ("s", "ms", "ns") else None)
        bounds = tuple(stamps.read(result[name]) for name in ("window_start", "window_end"))
        size = sizes.index(result.get("window_size", sizes[0]))
        # The last result of a window and key is the one that counts.
        got[(size,) + bounds, tuple(repr(result[k]) for k in stream.keys)] = {int(i) for i in result["ids"]}
    found = {}
    for (bounds, _), ids in got.items():
        if found.setdefault(bounds, set()) & ids:
            print(f"seed {seed}: window {stream.command()}: a record is under two keys")
        found[bounds] |= ids
    if found != members:
        print(f"seed {seed}: window {stream.command()}: other records in the windows")
    if "late" in o and sorted(late) != [json.loads(line)["id"] for line in kept]:
        print(f"seed {seed}: window {stream.command()}: other late records")


def cut(seed, answer, stream, ends):
    """The state shapes no byte, wherever the stream is cut."""
    o, wanted = stream.options, run(stream.options, stream.lines)
    results, kept, status = [], [], 0
    if os.path.exists("state"):
        os.remove("state")
    for begin, end in zip([0] + ends, ends + [None]):
        more = ["--state", "state"] + (["--drain"] if end is None else [])
        piece = answer(o + more, stream.lines[begin:end])
        results, kept, status = results + piece[0], kept + piece[1], status or piece[2]
    if wanted[0] != results:
        report(seed, stream, f"cut at {ends}", wanted[0], results)
    elif "late" in o and wanted[1] != kept:
        report(seed, stream, f"late records, cut at {ends}", wanted[1], kept)
    elif status:
        print(f"seed {seed}: window {stream.command()}: exit status {status}, cut at {ends}")


def pieces(seed, answer, stream):
    o = stream.options
    if {"--all", "--rows"} & set(o) or "--late" not in o:
        return
    count = stream.choose.choice([1, 2, 3])
    cut(seed, answer, stream, sorted(stream.choose.randrange(len(stream.lines) + 1) for _ in range(count)))


def filled(seed, answer, stream):
    for end in range(len(stream.lines) + 1):
        cut(seed, answer, stream, [end])
    cut(seed, answer, stream, list(range(len(stream.lines))))


def parts(seed, answer, stream):
    """Any records may go to any part."""
    o = stream.options
    if "--fill" in o:
        return
    wanted, partial = answer(o, stream.lines), []
    share = [stream.choose.randrange(3) for _ in stream.lines]
    for part in range(3):
        got = answer(o + ["--partial"], [line for line, to in zip(stream.lines, share) if to == part])
        partial += got[0]
    if "--grace" in o:
        o = o[:o.index("--grace")] + o[o.index("--grace") + 2:]
    got = answer(o + ["--merge"], partial)
    if wanted[0] != got[0]:
        report(seed, stream, f"merged from parts {share}", wanted[0], got[0])
    elif got[2]:
        print(f"seed {seed}: window {stream.command()}: exit status {got[2]}")


def time_of(line):
    return json.loads(line, parse_int=Fraction, parse_float=Fraction)["time"]


def main():
    what, seed = sys.argv[1], int(sys.argv[2])
    if what == "show":
        stream = Stream(seed)
        print("window", stream.command())
        print("\n".join(stream.lines))
        results, kept, status = run(stream.options, stream.lines)
        print("\n".join(["--"] + results + ["-- late"] + kept + [f"-- exit status {status}"]))
        return
    check = {"same": same, "order": order, "place": place, "pieces": pieces, "filled": filled, "parts": parts}[what]
    answer = run if sys.argv[-1] == "model" else window
    with tempfile.TemporaryDirectory() as work:
        os.chdir(work)
        for i in range(seed, seed + int(sys.argv[3])):
            stream = Stream(i, orderly=what in ("order", "parts"), plain=what == "place", filled=what == "filled")
            check(i, answer, stream)


main()
