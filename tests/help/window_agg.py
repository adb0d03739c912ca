"""Aggregates for window.py: each is worked out at the end from all values, with fractions. A value is a pair
that tells its kind and orders it: null, false, true, numbers by size, texts by their bytes, all else."""
import json
import re
from collections import Counter
from fractions import Fraction
from math import isqrt

from window_time import SECOND, spell, spell_decimal

NULL, FALSE, TRUE, NUMBER, TEXT, OTHER = range(6)


class Bad(Exception):
    """A bad record."""


def value_of(raw):
    """What a JSON value is; raw is None for a missing field."""
    if raw in (None, "null"):
        return (NULL, 0)
    if raw in ("false", "true"):
        return (TRUE if raw == "true" else FALSE, 0)
    if raw[0] == '"':
        return (TEXT, json.loads(raw).encode())
    if raw[0] in "[{":
        return (OTHER, raw.encode())
    return (NUMBER, Fraction(raw))


def show(value):
    kind, it = value
    if kind == NUMBER:
        return spell_decimal(it)
    if kind == TEXT:
        return json.dumps(it.decode(), ensure_ascii=False)
    return ["null", "false", "true"][kind] if kind <= TRUE else it.decode()


def root(x):
    """The square root, near enough to be rounded rightly."""
    shift = 300 + max(0, x.denominator.bit_length())
    n = (x.numerator << 2 * shift) // x.denominator
    r = isqrt(n)
    exact = r * r == n and (x.numerator << 2 * shift) % x.denominator == 0
    return Fraction(2 * r + (not exact), 1 << shift + 1)


# Each gets the rows (time, values) in which no value is null, and numbers as fractions. None is null.

def numbers(rows, i=0):
    return [row[1][i][1] for row in rows]


def by_time(rows):
    return [row[1][0] for row in sorted(rows, key=lambda row: (row[0], row[1][0]))]


def moment(rows, i, j):
    """n times the sum of the products of the deviations, exactly."""
    xs, ys = numbers(rows, i), numbers(rows, j)
    return len(rows) * sum(x * y for x, y in zip(xs, ys)) - sum(xs) * sum(ys)


def sample(rows, i, j):
    n = len(rows)
    return moment(rows, i, j) / (n * (n - 1)) if n > 1 else None


def population(rows):
    return moment(rows, 0, 0) / len(rows) ** 2


def rises(rows):
    xs = [value[1] for value in by_time(rows)]
    return sum((b - a if b >= a else b for a, b in zip(xs, xs[1:])), Fraction(0))


def rate(rows):
    seconds = Fraction(max(row[0] for row in rows) - min(row[0] for row in rows), SECOND)
    return rises(rows) / seconds if seconds else None


def weighted(rows):
    weight = sum(numbers(rows, 1))
    return sum(x * w for x, w in zip(numbers(rows), numbers(rows, 1))) / weight if weight else None


def quantile(rows, q):
    """Of n values (n - 1) q are before it, and between two of them is the line."""
    xs = sorted(numbers(rows))
    k, part = divmod(q * (len(xs) - 1), 1)
    return xs[k] + part * (xs[k + 1] - xs[k]) if part else xs[k]


def correlation(rows):
    x, y, both = moment(rows, 0, 0), moment(rows, 1, 1), moment(rows, 0, 1)
    if not x or not y:
        return None
    return root(both * both / (x * y)) * (1 if both >= 0 else -1)


def slope(rows):
    return moment(rows, 0, 1) / moment(rows, 1, 1) if moment(rows, 1, 1) else None


def most(rows):
    counts = Counter(row[1][0] for row in rows)
    return min(counts, key=lambda value: (-counts[value], value))


def root_of(x):
    return None if x is None else root(x)


# Name: the kinds of its arguments, number or any, and what it makes of them.
FUNCTIONS = {
    "count": ("a", lambda rows: Fraction(len(rows))),
    "sum": ("n", lambda rows: sum(numbers(rows))),
    "mean": ("n", lambda rows: sum(numbers(rows)) / Fraction(len(rows))),
    "min": ("n", lambda rows: min(numbers(rows))),
    "max": ("n", lambda rows: max(numbers(rows))),
    "range": ("n", lambda rows: max(numbers(rows)) - min(numbers(rows))),
    "first": ("a", lambda rows: by_time(rows)[0]),
    "last": ("a", lambda rows: by_time(rows)[-1]),
    "delta": ("n", lambda rows: by_time(rows)[-1][1] - by_time(rows)[0][1]),
    "increase": ("n", rises),
    "rate": ("n", rate),
    "var": ("n", lambda rows: sample(rows, 0, 0)),
    "varp": ("n", population),
    "stddev": ("n", lambda rows: root_of(sample(rows, 0, 0))),
    "stddevp": ("n", lambda rows: root(population(rows))),
    "wavg": ("nn", weighted),
    "wsum": ("nn", lambda rows: sum(x * w for x, w in zip(numbers(rows), numbers(rows, 1)))),
    "mode": ("a", most),
    "set": ("a", lambda rows: "[" + ",".join(show(value) for value in sorted({row[1][0] for row in rows})) + "]"),
    "distinct": ("a", lambda rows: Fraction(len({row[1][0] for row in rows}))),
    "argmin": ("na", lambda rows: min((row[1][0], row[1][1]) for row in rows)[1]),
    "argmax": ("na", lambda rows: min((-row[1][0][1], row[1][1]) for row in rows)[1]),
    "cov": ("nn", lambda rows: sample(rows, 0, 1)),
    "corr": ("nn", correlation),
    "slope": ("nn", slope),
    "list": ("a", lambda rows: "[" + ",".join(show(value) for value in by_time(rows)) + "]"),
    "any": ("b", lambda rows: (TRUE if any(row[1][0][0] == TRUE for row in rows) else FALSE, 0)),
    "all": ("b", lambda rows: (TRUE if all(row[1][0][0] == TRUE for row in rows) else FALSE, 0)),
}
OF_NOTHING = {"count": "0"}
TIMED = ("first", "last", "delta", "increase", "rate", "list")
KINDS = {"n": {NUMBER}, "b": {FALSE, TRUE}, "a": {FALSE, TRUE, NUMBER, TEXT, OTHER}}


class Aggregate:
    def __init__(self, name, fields, alias=None):
        self.name, self.fields = name, fields
        percent = re.fullmatch(r"p([0-9]+)", name) or (name == "median" and re.match("(..)", "50"))
        self.q = Fraction(int(percent[1]), 100) if percent else None
        self.kinds = "n" if percent else FUNCTIONS[name][0]
        self.alias = alias or "_".join(fields + [name])

    def read(self, record, skip_text):
        values = []
        for field, kind in zip(self.fields, self.kinds):
            value = value_of(record.get(field))
            if value[0] != NULL and value[0] not in KINDS[kind]:
                if not skip_text:
                    raise Bad(f"{field} is not what {self.name} needs")
                value = (NULL, 0)
            values.append(value)
        return values

    def answer(self, rows):
        """JSON of what these rows (time, values) come to."""
        rows = [row for row in rows if all(value[0] != NULL for value in row[1])]
        if not rows:
            return OF_NOTHING.get(self.name, "null")
        it = quantile(rows, self.q) if self.q is not None else FUNCTIONS[self.name][1](rows)
        if it is None or isinstance(it, str):
            return it or "null"
        return show(it) if isinstance(it, tuple) else spell(Fraction(it))


def split(text, mark=","):
    """At commas that are outside of parentheses and backquotes."""
    parts, depth, quoted = [""], 0, False
    for c in text:
        quoted ^= c == "`"
        depth += (c == "(") - (c == ")") if not quoted else 0
        if c == mark and not depth and not quoted:
            parts.append("")
        else:
            parts[-1] += c
    return [part.strip() for part in parts]


def bare(name):
    return name[1:-1] if name.startswith("`") else name


def parse_aggregates(lists, fields):
    """Those that name no field go over all of -f, field by field, in the place of the first of them."""
    found, over = [], []
    for item in (item for text in lists for item in split(text)):
        what, _, alias = item.partition(" as ")
        m = re.fullmatch(r"\s*([a-z0-9]+)\s*(?:\((.*)\))?\s*", what)
        name, arguments = m[1], m[2]
        if name == "count" and not arguments and not (fields and arguments is None):
            continue
        if arguments is None:
            if not over:
                found.append(over)
            over.append(name)
            continue
        arguments = split(arguments)
        if name == "quantile":
            name, arguments = f"p{int(Fraction(arguments[1]) * 100):02}", arguments[:1]
        found.append([Aggregate(name, [bare(a) for a in arguments], bare(alias.strip()) or None)])
    return [a for part in found for a in
            ([Aggregate(name, [f]) for f in fields for name in over] if part is over else part)]
