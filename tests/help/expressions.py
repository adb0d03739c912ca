"""expressions.py derive|keep|refuse ZONE SEED N: makes up N expressions, has the program carry them out on made-up
records, and prints where its answers are not those of this reading of weir-expressions(7): decimals are fractions
here, doubles, clocks and patterns those of Python. With refuse, they are those in which there is a mistake."""
import json
import math
import operator
import random
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo


class Bad(Exception):
    """The record cannot be answered."""


class Refused(Exception):
    """There is a mistake in the expression."""


class Value:
    """kind: z null, b, n, t, o nested. x: of a number a Fraction or a float. raw: as it is spelled in the record.
    exact: of a number the Fraction that it is compared by."""

    def __init__(self, kind, x=None, raw=None, exact=None):
        self.kind, self.x, self.raw = kind, x, raw
        if kind == "n":
            self.exact = exact if exact is not None else x if isinstance(x, Fraction) else Fraction(repr(x))


NULL = Value("z")


def number(x, raw=None):
    """A fraction stays one if it is a decimal of 63 bits; else it becomes the nearest double."""
    if isinstance(x, Fraction):
        try:
            near = x.numerator / x.denominator
        except OverflowError:
            near = math.inf
        if math.isinf(near) or not is_short(x):
            x = near
    if isinstance(x, float):
        if not math.isfinite(x):
            return Value("z", raw=raw)
        x += 0.0
    return Value("n", x, raw)


def read(spelling, raw=None):
    v = number(Fraction(spelling), raw)
    return v if v.kind == "z" else Value("n", v.x, raw, Fraction(spelling))


def negative(v):
    return Value("n", -v.x + 0, None, -v.exact)


def is_short(x):
    rest, twos, fives = x.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1 or max(twos, fives) > 1000:
        return False
    m = abs(x.numerator) * 10 ** max(twos, fives) // x.denominator
    while m >= 2**63 and m % 10 == 0:
        m //= 10
    return m < 2**63


def truth(x):
    return Value("b", bool(x))


def text(x):
    return Value("t", x)


# Spelling.

def ecmascript(x):
    if x == 0:
        return "0"
    sign, digits, e = Decimal(repr(x)).normalize().as_tuple()
    digits = "".join(map(str, digits))
    k, n = len(digits), len(digits) + e
    if k <= n <= 21:
        body = digits + "0" * (n - k)
    elif 0 < n <= 21:
        body = digits[:n] + "." + digits[n:]
    elif -6 < n <= 0:
        body = "0." + "0" * -n + digits
    else:
        body = digits[0] + ("." + digits[1:] if k > 1 else "") + f"e{n - 1}"
    return "-" * sign + body


def spelled(v):
    if v.raw is not None:
        return v.raw
    if v.kind == "n" and isinstance(v.x, Fraction) and v.x.denominator == 1 and abs(v.x) < 10**21:
        return str(v.x.numerator)
    if v.kind == "n":
        return ecmascript(float(v.x))
    return {"z": "null", "b": "true" if v.x else "false", "t": json.dumps(v.x)}[v.kind]


def plain(v):
    return v.x if v.kind == "t" else spelled(v)


# Arithmetic.

def arithmetic(exact, double):
    def operate(a, b):
        try:
            if isinstance(a.x, Fraction) and isinstance(b.x, Fraction):
                return number(exact(a.x, b.x))
            return number(double(float(a.x), float(b.x)))
        except (ZeroDivisionError, OverflowError, ValueError):
            return NULL
    return operate


def remainder(a, b):
    return a - b * int(a / b)


def power(a, b):
    if isinstance(a.x, Fraction) and isinstance(b.x, Fraction) and b.x.denominator == 1:
        if b.x == 0:
            return number(Fraction(1))
        if a.x in (0, 1, -1) or abs(b.x) < 2000:
            base = a.x**int(abs(b.x) if abs(a.x) != 1 else b.x % 2 + 2)
            if is_short(base) and base == 0 and b.x < 0:
                return NULL
            if is_short(base):
                return number(base if b.x > 0 else 1 / base)
    try:
        return number(math.pow(a.x, b.x))
    except (OverflowError, ValueError):
        return NULL


ARITHMETIC = {
    "+": arithmetic(operator.add, operator.add),
    "-": arithmetic(operator.sub, operator.sub),
    "*": arithmetic(operator.mul, operator.mul),
    "/": arithmetic(operator.truediv, operator.truediv),
    "%": arithmetic(remainder, math.fmod),
    "**": power,
}

ORDER = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}


def key(a, b):
    """Both as what they are compared by."""
    if a.kind == "t":
        return a.x.encode(), b.x.encode()
    return (a.exact, b.exact) if a.kind == "n" else (a.x, b.x)


def compare(op, a, b):
    if "z" in (a.kind, b.kind):
        return NULL
    if a.kind != b.kind or a.kind == "o" or (a.kind == "b" and op not in ("==", "!=")):
        raise Bad
    return truth(ORDER[op](*key(a, b)))


# Functions of numbers and texts.

def least(*args):
    best = args[0]
    for a in args:
        best = a if compare("<", a, best).x else best
    return best


def most(*args):
    best = args[0]
    for a in args:
        best = a if compare(">", a, best).x else best
    return best


def clamp(x, low, high):
    if compare(">", low, high).x:
        raise Bad
    return low if compare("<", x, low).x else high if compare(">", x, high).x else x


def exactly(v):
    return v.x if isinstance(v.x, Fraction) else Fraction(repr(v.x))


def is_whole(x):
    return x is None or x == math.floor(x)


def whole(v):
    if not is_whole(v.x):
        raise Bad
    return int(v.x)


def rounded(v, digits):
    scaled = abs(exactly(v)) * Fraction(10)**digits
    return math.floor(scaled + Fraction(1, 2)) / Fraction(10)**digits * (-1 if v.x < 0 else 1)


def fixed(v, digits):
    n = whole(digits)
    if not 0 <= n <= 99:
        raise Bad
    x = rounded(v, n)
    body = str(int(abs(x) * 10**n)).rjust(n + 1, "0")
    return text("-" * (x < 0) + body[:len(body) - n] + ("." + body[len(body) - n:] if n else ""))


def double(function):
    def operate(v):
        try:
            return number(function(float(v.x)))
        except (OverflowError, ValueError):
            return NULL
    return operate


def log10(v):
    if isinstance(v.x, Fraction) and v.x > 0:
        e = len(str(v.x.numerator)) - len(str(v.x.denominator))
        if v.x == Fraction(10)**e:
            return number(Fraction(e))
    return double(math.log10)(v)


NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?")


def to_number(v):
    if v.kind == "n":
        return v
    return read(v.x) if v.kind == "t" and NUMBER.fullmatch(v.x) else NULL


def same(v, x):
    return v if v.x == x else text(x)


def substr(v, start, length=None):
    first, end = whole(start), None
    if length is not None:
        if whole(length) < 0:
            raise Bad
        end = max(first + whole(length) - 1, 0)
    return same(v, v.x[max(first - 1, 0):end])


def split(v, by, n):
    pieces, i = v.x.split(by.x) if by.x else None, whole(n)
    if pieces is None:
        raise Bad
    return same(v, pieces[i - 1]) if 1 <= i <= len(pieces) else NULL


def replace(v, old, new):
    if not old.x:
        raise Bad
    return same(v, v.x.replace(old.x, new.x))


def coalesce(*args):
    return next((a for a in args if a.kind != "z"), args[-1])


def kind_of(v):
    nested = "array" if v.raw and v.raw[0] == "[" else "object"
    return text({"z": "null", "b": "boolean", "n": "number", "t": "string", "o": nested}[v.kind])


# Times: nanoseconds since 1970 and the manner in which they are written.

zone = ZoneInfo(sys.argv[2])
units, site = {}, None  # of each call and argument that was a number; the call
EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
STAMP = re.compile(r"(\d{4})-(\d\d)-(\d\d)([T ])(\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?")


def seconds_of(clock):
    return (clock - EPOCH) // timedelta(seconds=1)


def read_time(v, argument=0):
    """The first number decides what those to come must be."""
    if v.kind == "n":
        unit = next(e for e, limit in ((9, 10**11), (6, 10**14), (3, 10**17), (0, math.inf)) if abs(v.x) < limit)
        if units.setdefault((site, argument), unit) != unit:
            raise Bad
        return math.floor(exactly(v) * 10**unit), unit
    m = STAMP.fullmatch(v.x)
    if not m:
        raise Bad
    try:
        clock = datetime(*(int(m[i]) for i in (1, 2, 3, 5, 6, 7)))
        local = zone if not m[9] else datetime.strptime(m[9], "%z").tzinfo
    except ValueError:
        raise Bad from None
    nanos = int((m[8] or "").ljust(9, "0")[:9])
    utc = clock.replace(tzinfo=local).astimezone(timezone.utc)
    return seconds_of(utc) * 10**9 + nanos, (m[4], m[9])


def shown(ns, local):
    return (EPOCH + timedelta(seconds=ns // 10**9)).astimezone(local)


def offset(clock):
    return re.sub(r"(\d\d)(\d\d)$", r"\1:\2", clock.strftime("%z"))


def is_ambiguous(clock):
    return clock.replace(fold=0).utcoffset() != clock.replace(fold=1).utcoffset() and \
        clock.astimezone(timezone.utc).astimezone(zone).replace(tzinfo=None) == clock.replace(tzinfo=None)


def write_time(ns, manner):
    if isinstance(manner, int):
        return number(Fraction(ns, 10**manner))
    separator, end = manner
    local = timezone.utc if end == "Z" else zone
    if end not in (None, "Z") and sys.argv[2] == "UTC":
        local = datetime.strptime(end, "%z").tzinfo
    clock = shown(ns, local)
    if end != "Z":
        end = offset(clock) if end or is_ambiguous(clock) else ""
    fraction = f".{ns % 10**9:09}".rstrip("0").rstrip(".")
    return text(clock.strftime(f"%Y-%m-%d{separator}%H:%M:%S") + fraction + end)


def part(show):
    return lambda v: number(Fraction(show(shown(read_time(v)[0], zone))))


UNITS = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9, "d": 86400 * 10**9, "w": 7 * 86400 * 10**9}


LENGTH = re.compile(r"(-?\d+)(ms|[smhdw])")


def length(v):
    m = LENGTH.fullmatch(v.x)
    if not m:
        raise Bad
    return int(m[1]) * UNITS[m[2]]


def truncate(v, size):
    ns, manner = read_time(v)
    day = shown(ns, zone).replace(hour=0, minute=0, second=0, fold=0)
    if size.x == "1w":
        day -= timedelta(days=day.weekday())
    elif size.x in ("1mo", "1q", "1y"):
        month = {"1mo": day.month, "1q": (day.month - 1) // 3 * 3 + 1, "1y": 1}[size.x]
        day = day.replace(month=month, day=1)
    start = seconds_of(day.astimezone(timezone.utc)) * 10**9
    if size.x[-1] in "smh":
        start += (ns - start) // length(size) * length(size)
    return write_time(start, manner)


def shift(v, by):
    ns, manner = read_time(v)
    return write_time(ns + length(by), manner)


def seconds(b, a=None):
    return number(Fraction(read_time(b)[0] - (read_time(a, 1)[0] if a else 0), 10**9))


def layout(v, how):
    return text(shown(read_time(v)[0], zone).strftime(how.x.replace("%F", "%Y-%m-%d").replace("%T", "%H:%M:%S")))


def parse_time(v, how):
    try:
        clock = datetime.strptime(v.x, how.x)
    except ValueError:
        raise Bad from None
    utc = clock.replace(tzinfo=zone).astimezone(timezone.utc)
    return write_time(seconds_of(utc) * 10**9, ("T", "Z" if sys.argv[2] == "UTC" else "+00:00"))


# What each takes and gives, as in lib/expr/call.h.
FUNCTIONS = {
    "abs": ("n", "n", lambda v: negative(v) if v.exact < 0 else v),
    "min": ("n+", "n", least),
    "max": ("n+", "n", most),
    "clamp": ("nnn", "n", clamp),
    "sign": ("n", "n", lambda v: number(Fraction((v.exact > 0) - (v.exact < 0)))),
    "floor": ("n", "n", lambda v: number(type(v.x)(math.floor(v.x)))),
    "ceil": ("n", "n", lambda v: number(type(v.x)(math.ceil(v.x)))),
    "round": ("n?n", "n", lambda v, d=Value("n", Fraction(0)): number(rounded(v, whole(d)))),
    "fixed": ("nn", "t", fixed),
    "sqrt": ("n", "n", double(math.sqrt)),
    "pow": ("nn", "n", power),
    "exp": ("n", "n", double(math.exp)),
    "log": ("n", "n", double(math.log)),
    "log10": ("n", "n", log10),
    "number": ("a", "n", to_number),
    "len": ("t", "n", lambda v: number(Fraction(len(v.x)))),
    "lower": ("t", "t", lambda v: same(v, v.x.lower())),
    "upper": ("t", "t", lambda v: same(v, v.x.upper())),
    "trim": ("t", "t", lambda v: same(v, v.x.strip(" \t\n\r\u00a0\u3000"))),
    "substr": ("tn?n", "t", substr),
    "split": ("ttn", "t", split),
    "replace": ("ttt", "t", replace),
    "concat": ("a+", "t", lambda *args: text("".join(map(plain, args)))),
    "contains": ("tt", "b", lambda v, x: truth(x.x in v.x)),
    "starts": ("tt", "b", lambda v, x: truth(v.x.startswith(x.x))),
    "ends": ("tt", "b", lambda v, x: truth(v.x.endswith(x.x))),
    "matches": ("tT", "b", lambda v, x: truth(re.search(x.x, v.x, re.DOTALL))),
    "coalesce": ("a+", "a", coalesce),
    "isnull": ("a", "b", lambda v: truth(v.kind == "z")),
    "isobject": ("a", "b", lambda v: truth(v.kind == "o" and v.raw[0] == "{")),
    "isarray": ("a", "b", lambda v: truth(v.kind == "o" and v.raw[0] == "[")),
    "typeof": ("a", "t", kind_of),
    "year": ("w", "n", part(lambda c: c.year)),
    "quarter": ("w", "n", part(lambda c: (c.month + 2) // 3)),
    "month": ("w", "n", part(lambda c: c.month)),
    "week": ("w", "n", part(lambda c: c.isocalendar()[1])),
    "day": ("w", "n", part(lambda c: c.day)),
    "weekday": ("w", "n", part(lambda c: c.isoweekday())),
    "dayofweek": ("w", "n", part(lambda c: c.isoweekday() % 7 + 1)),
    "yearday": ("w", "n", part(lambda c: c.timetuple().tm_yday)),
    "hour": ("w", "n", part(lambda c: c.hour)),
    "minute": ("w", "n", part(lambda c: c.minute)),
    "second": ("w", "n", part(lambda c: c.second)),
    "truncate": ("wT", "w", truncate),
    "shift": ("wt", "w", shift),
    "seconds": ("w?w", "n", seconds),
    "format": ("wT", "t", layout),
    "parse": ("tT", "t", parse_time),
}
# What constants must not be, of the second and the third argument.
FORBIDDEN = {
    "split": lambda by, n: by == "" or not is_whole(n),
    "replace": lambda old, new: old == "",
    "substr": lambda start, length: not is_whole(start) or not is_whole(length) or (length or 0) < 0,
    "shift": lambda by, _: by is not None and not LENGTH.fullmatch(by),
}
WITH_NULLS = ("coalesce", "isnull", "isobject", "isarray", "typeof")


# The grammar. A node is (operator, node ...), ("field", name), ("call", name, node ...) or ("value", Value).

TOKEN = re.compile(r"""\s*(?:
    (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?) | (?P<text>"(?:[^"\\]|\\.)*") | '(?P<bare>[^']*)' |
    `(?P<quoted>[^`]*)` | (?P<word>[^\W\d]\w*) | (?P<sign>\*\*|==|!=|<=|>=|&&|\|\||\?\?|[-+*/%<>!?:(),]))""", re.X)

LEVELS = [("||", "or"), ("&&", "and"), ("!", "not"), tuple(ORDER), ("??",), ("+", "-"), ("*", "/", "%")]
NAMES = {"or": "||", "and": "&&", "not": "!"}


class Parser:
    def __init__(self, source):
        self.tokens = [(m.lastgroup, m[m.lastgroup]) for m in TOKEN.finditer(source)] + [("end", "")]
        self.at = 0

    def next(self):
        kind, what = self.tokens[self.at]
        return NAMES.get(what, what) if kind in ("sign", "word") else None

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def choice(self):
        condition = self.level(0)
        if self.next() != "?":
            return condition
        self.take()
        yes = self.choice()
        self.take()
        return ("?:", condition, yes, self.choice())

    def level(self, n):
        if n == len(LEVELS):
            return self.prefix()
        if LEVELS[n][0] == "!" and self.next() == "!":
            self.take()
            return ("!", self.level(n))
        left = self.level(n + 1)
        while LEVELS[n][0] != "!" and self.next() in LEVELS[n]:
            sign = self.next()
            self.take()
            left = (sign, left, self.level(n + 1))
        return left

    def prefix(self):
        if self.next() in ("-", "+", "!"):
            sign = self.next()
            self.take()
            return ("sign " + sign if sign != "!" else sign, self.prefix())
        base = self.primary()
        if self.next() != "**":
            return base
        self.take()
        return ("**", base, self.prefix())

    def primary(self):
        kind, what = self.take()
        if kind == "number":
            return ("value", read(what))
        if kind in ("text", "bare"):
            return ("value", text(json.loads(what) if kind == "text" else what))
        if kind == "quoted":
            return ("field", what)
        if what == "(":
            inside = self.choice()
            self.take()
            return inside
        if what in ("true", "false", "null"):
            return ("value", NULL if what == "null" else truth(what == "true"))
        if self.next() != "(":
            return ("field", what)
        args = []
        while self.next() != ")":
            self.take()
            args.append(self.choice())
        self.take()
        return ("field", args[0][1].x) if what == "field" else ("call", what, *args)


def is_word_null(node):
    return node[0] == "value" and node[1].kind == "z"


def letters(takes, n):
    """What each of n arguments must be."""
    row = takes.replace("?", "").rstrip("+")
    return row[:n].ljust(n, row[-1])


# What can be said before the first record: the kind that a node gives, in the letters of lib/expr/call.h with z for
# null, and the node with its constant parts worked out.

def need(kind, wanted):
    if kind not in {"n": "nwaz", "t": "twaz", "w": "ntwaz", "b": "baz", "a": "ntwbaz"}[wanted.lower()]:
        raise Refused


def either(a, b):
    return b if a == "z" else a if b == "z" or a == b else "a"


def given(node, args, kinds):
    sign = node[0]
    if sign == "call":
        wanted, gives, _ = FUNCTIONS[node[1]]
        for arg, kind, letter in zip(args, kinds, letters(wanted, len(args))):
            need(kind, letter)
            if letter.isupper() and (arg[0] != "value" or kind == "z"):
                raise Refused
        if node[1] in FORBIDDEN:
            known = [arg[1].x if arg[0] == "value" else None for arg in args] + [None]
            if FORBIDDEN[node[1]](*known[1:3]):
                raise Refused
        return gives
    if sign in ORDER:
        if any(map(is_word_null, args)):
            if sign not in ("==", "!="):
                raise Refused
        elif kinds[0] != kinds[1] and kinds[0] in "ntb" and kinds[1] in "ntb":
            raise Refused
        return "b"
    if sign in ("??", "?:"):
        if sign == "?:":
            need(kinds[0], "b")
        return either(*kinds[-2:])
    wanted = "b" if sign in ("!", "&&", "||") else "n"
    for kind in kinds:
        need(kind, wanted)
    return wanted


def check(node):
    if node[0] == "field":
        return "a", node
    if node[0] == "value":
        return node[1].kind, node
    head = 2 if node[0] == "call" else 1
    pairs = [check(child) for child in node[head:]]
    args = [pair[1] for pair in pairs]
    kind = given(node, args, [pair[0] for pair in pairs])
    node = node[:head] + tuple(args)
    if any(arg[0] != "value" for arg in args):
        return kind, node
    try:
        value = Run({}).value(node)
    except Bad:
        raise Refused from None
    # What is null is left as it is: it is not the word.
    return (kind, node) if value.kind == "z" else (value.kind, ("value", value))


class Run:
    """One record."""

    def __init__(self, record):
        self.record, self.undefined = record, 0

    def operand(self, node, kinds):
        v = self.value(node)
        if v.kind not in kinds + "z":
            raise Bad
        return v

    def call(self, node):
        takes, gives, function = FUNCTIONS[node[1]]
        args = [self.value(arg) for arg in node[2:]]
        for arg, letter in zip(args, letters(takes, len(args))):
            if arg.kind not in {"n": "nz", "t": "tz", "w": "ntz", "a": "ntboz"}[letter.lower()]:
                raise Bad
        if node[1] not in WITH_NULLS and any(arg.kind == "z" for arg in args):
            return NULL
        global site
        site = id(node)
        result = function(*args)
        self.undefined += result.kind == "z" and gives == "n"
        return result

    def join(self, node, decides):
        left = self.operand(node[1], "b")
        if left.kind == "b" and left.x == decides:
            return left
        right = self.operand(node[2], "b")
        if right.kind == "b" and right.x == decides:
            return right
        return NULL if "z" in (left.kind, right.kind) else truth(not decides)

    def value(self, node):
        sign = node[0]
        if sign == "value":
            return node[1]
        if sign == "field":
            v = self.record.get(node[1], NULL)
            self.undefined += v.kind == "z" and v.raw not in (None, "null")
            return v
        if sign == "call":
            return self.call(node)
        if sign in ("&&", "||"):
            return self.join(node, sign == "||")
        if sign == "!":
            v = self.operand(node[1], "b")
            return NULL if v.kind == "z" else truth(not v.x)
        if sign == "??":
            left = self.value(node[1])
            return left if left.kind != "z" else self.value(node[2])
        if sign == "?:":
            condition = self.operand(node[1], "b")
            return NULL if condition.kind == "z" else self.value(node[2 if condition.x else 3])
        if sign in ("sign -", "sign +"):
            v = self.operand(node[1], "n")
            return NULL if v.kind == "z" else v if sign == "sign +" else negative(v)
        if sign in ORDER:
            if any(map(is_word_null, node[1:])):
                v = self.value(node[1 if is_word_null(node[2]) else 2])
                return truth((v.kind == "z") == (sign == "=="))
            return compare(sign, self.value(node[1]), self.value(node[2]))
        a, b = (self.value(child) for child in node[1:])
        if a.kind not in "nz" or b.kind not in "nz":
            raise Bad
        if "z" in (a.kind, b.kind):
            return NULL
        result = ARITHMETIC[sign](a, b)
        self.undefined += result.kind == "z"
        return result


# Making things up.

dice = random.Random(int(sys.argv[3]))
pick = dice.choice

WORDS = ["", "a", "OK", "KO", "rain", "1.ELECTRICITY.ACTIVE_POWER", "  x y ", "\u00e9T\u00c9", "\u20ac 5",
         "\u03b1\u0414", "\U0001f600.b", "12", "1e3", "007", "n/a", "a\\b\"c", "aaaa", ".", "05.11.2023 14:30",
         "31.12.1999 23:59", "29.10.2023 02:30", "tab\there"]
NUMBERS = ["0", "1", "2", "3", "7", "0.1", "0.2", "0.3", "36.14", "2.50", "100", "1e3", "1E-3", "62400.5",
           "9007199254740993", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "1e18",
           "4.9e-324", "1e150", "1.7976931348623157e308", "0.5", "1.0", "1.00", "10e-1", "1.005", "0.0000001",
           "3.33e-5", "999999999999999.9", "1e21", "2.675",
           "18446744073709551615", "18446744073709551616"]
NEAR = ["9007199254740992", "9007199254740993", "9007199254740994.0", "9007199254740993.1", "90071992547409931e-1",
        "9223372036854775807", "9223372036854775808", "18446744073709551615", "-18446744073709551616",
        "18446744073709551616.0", "18446744073709552000", "0.1000000000000000055511151231257827", "(0.2*sqrt(0.25))",
        "(1/3)", "0.33333333333333333333"]
CONSTANT = {"truncate": ["1h", "15m", "1d", "1w", "1mo", "1q", "1y", "10s"],
            "format": ["%F %T", "%j %H", "%Y/%m", "%S"],
            "matches": ["^[A-Z]+$", "a|K", "[.]A", "(a|b)*c", "^.{2,4}$", "x", "[^a]$"], "parse": ["%d.%m.%Y %H:%M"]}
FIELDS = {"n": ["a", "b", "c", "`use [kW]`"], "t": ["s", "u"], "b": ["f", "g"], "w": ["t", "ms", "ts", "naive", "east"]}
CHOICE, OR, AND, NOT, COMPARISON, ELSE, SUM, PRODUCT, SIGN, POWER, PRIMARY = range(11)


def quoted(s):
    return f"'{s}'" if "'" not in s and dice.random() < 0.3 else json.dumps(s, ensure_ascii=dice.random() < 0.5)


def leaf(kind):
    if dice.random() < 0.04:
        kind = pick("tb" if kind == "w" else "ntbw")
    if dice.random() < 0.05:
        return pick(["null", "none", "n", 'field("n")', "big"]), PRIMARY
    if kind == "w" or dice.random() < 0.5:
        return pick(FIELDS[kind]), PRIMARY
    return {"n": pick(NUMBERS), "t": quoted(pick(WORDS)), "b": pick(["true", "false"])}[kind], PRIMARY


def inside(made, level):
    body, has = made
    if has < level or dice.random() < 0.1:
        return f"({body})"
    return pick([body, body, f" {body} "])


def infix(sign, level, left, right, more=0):
    return inside(left, level) + pick(["", " "]) + sign + " " + inside(right, level + more), level


def arguments(name, depth):
    row = FUNCTIONS[name][0]
    known = row.split("?")[0].rstrip("+")
    row = letters(row, len(known) + (dice.randrange(3) if row[-1] == "+" else pick([0, 1]) if "?" in row else 0))
    if name in ("round", "fixed", "substr", "pow"):
        yield inside(make(row[0], depth), CHOICE)
        yield from (str(pick([-2, 0, 1, 1, 2, 3, 5, 2.5])) for _ in row[1:])
    elif name in ("split", "replace", "contains", "starts", "ends"):
        yield pick(["s", "u", inside(make("t", depth), CHOICE)])
        yield pick(['"."', '"a"', "' '", '"1"', "u", "''" if name != "split" else "s"])
        yield from (str(pick([0, 1, 1, 2, 2, 3])) if letter == "n" else pick(["s", '"b."', "''"]) for letter in row[2:])
    elif name == "parse":
        yield pick(["s", quoted(pick(WORDS[-4:-1]))])
        yield quoted(pick(CONSTANT[name]))
    elif name == "shift":
        yield inside(make("w", depth), CHOICE)
        yield quoted(pick(["15m", "-1h", "1d", "90s", "250ms", "-2w", "soon"]))
    else:
        for letter in row:
            if letter.isupper():
                yield quoted(pick(CONSTANT[name]))
            else:
                yield inside(make(letter if letter != "a" else pick("ntbw"), depth), CHOICE)


def call(kind, depth):
    name = pick([name for name, row in FUNCTIONS.items() if row[1] == kind or row[1] == "a" and kind != "w"])
    return f"{name}({','.join(arguments(name, depth))})", PRIMARY


def chosen(kind, depth):
    condition, yes, no = make("b", depth), make(kind, depth), make(kind, depth)
    return f"{inside(condition, OR)} ? {inside(yes, CHOICE)} : {inside(no, CHOICE)}", CHOICE


def compared(depth):
    kind = pick("nnntb")
    sign = pick(["==", "!="] if kind == "b" else list(ORDER))
    if dice.random() < 0.2:
        field = pick(["a", "s", "n", "none", "o", "big"])
        return infix(pick(["==", "!="]), COMPARISON, (field, PRIMARY), ("null", PRIMARY))
    if dice.random() < 0.1:
        return infix(sign, COMPARISON, (pick(["a", pick(NEAR)]), PRIMARY), (pick(["b", pick(NEAR)]), PRIMARY))
    left = make(kind, depth)
    return infix(sign, COMPARISON, (inside(left, ELSE), PRIMARY), make(kind, depth), 1)


def make(kind, depth):
    if depth == 0 or dice.random() < 0.12:
        return leaf(kind)
    depth -= 1
    roll = dice.random()
    if roll < 0.08:
        return chosen(kind, depth)
    if roll < 0.16:
        return infix("??", ELSE, make(kind, depth), make(kind, depth), 1)
    if kind == "n" and roll < 0.7:
        sign, level = pick([("+", SUM), ("-", SUM), ("*", PRODUCT), ("/", PRODUCT), ("%", PRODUCT)])
        if dice.random() < 0.1:
            return infix("**", POWER, make("n", 0), (pick(["2", "3", "-1", "-2", "0.5", "0", "2**2"]), PRIMARY))
        if dice.random() < 0.15:
            return pick("--+") + inside(make("n", depth), SIGN), SIGN
        return infix(sign, level, make("n", depth), make("n", depth), 1)
    if kind == "b" and roll < 0.8:
        if roll < 0.45:
            return compared(depth)
        if roll < 0.55:
            return pick(["!", "not "]) + inside(make("b", depth), NOT), NOT
        sign, level = pick([("&&", AND), ("and", AND), ("||", OR), ("or", OR)])
        return infix(" " + sign, level, make("b", depth), make("b", depth), 1)
    return call(kind, depth)


def stamps():
    near = dice.randrange(-9000, 9000)
    at = pick([dice.randrange(0, 2**31), 1698539400 + near, 1711846800 + near])
    clock = EPOCH + timedelta(seconds=at)
    half = pick(["", "", ".5", ".250"])
    return {
        "t": f"{at}{half}",
        "ms": str(at * 1000 + dice.randrange(1000)) if at > 10**8 else "1698539400000",
        "ts": json.dumps(clock.strftime("%Y-%m-%dT%H:%M:%S") + half + "Z"),
        "naive": json.dumps(clock.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")),
        "east": json.dumps(clock.strftime("%Y-%m-%dT%H:%M:%S+05:30")),
    }


def record(i):
    fields = {"i": str(i), "o": pick(['{"x":[1, 2]}', "[1.0, null]"]), "n": "null", "big": "1e999", **stamps()}
    for name in ("a", "b", "c", "use [kW]"):
        fields[name] = pick(["", "", "-"]) + pick(NUMBERS)
    for name in ("s", "u"):
        fields[name] = json.dumps(pick(WORDS), ensure_ascii=dice.random() < 0.5)
    for name in ("f", "g"):
        fields[name] = pick(["true", "false", "null"])
    for name in list(fields):
        if name != "i" and dice.random() < 0.03:
            fields[name] = pick(["null", '"odd"', "true", "[]"])
        if name != "i" and dice.random() < 0.02:
            del fields[name]
    return fields


def meaning(raw):
    if raw[0] in "{[":
        return Value("o", raw=raw)
    if raw[0] == '"':
        return Value("t", json.loads(raw), raw)
    if raw[0] in "tfn":
        return Value("z" if raw == "null" else "b", raw == "true", raw)
    return read(raw, raw)


# Asking the program.

def ask(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def judge(program, source, node, fields, lines, bad, i):
    """What is wrong with the answer to record i, if anything; gives the results that do not exist."""
    run, line = Run({name: meaning(raw) for name, raw in fields.items()}), written(fields)
    try:
        v = run.value(node)
        if program == "keep" and v.kind not in "bz":
            raise Bad
    except Bad:
        if i not in bad:
            print(f"{source}: the record should be a bad one: {line}")
        return run.undefined
    if i in bad:
        print(f"{source}: {bad[i]}, but should be {spelled(v)}: {line}")
    elif program == "keep":
        if (line in lines) != (v.kind == "b" and v.x):
            print(f"{source} is {spelled(v)}: {line}")
    else:
        got = lines[i][len(line) - 1 + len(',"x":'):-1]
        if not lines[i].startswith(line[:-1] + ',"x":') or got != spelled(v) and \
                not (v.kind == "t" and v.raw is None and json.loads(got) == v.x):
            print(f"{source} is {got} and not {spelled(v)}: {line}")
    return run.undefined


def written(fields):
    return "{" + ",".join(f'"{name}":{raw}' for name, raw in fields.items()) + "}"


def try_some(program, some):
    """Each record is for one of the expressions."""
    whole_source = "".join(f"i == {i} ? ({source}) : " for i, (source, _) in enumerate(some)) + "null"
    records = [record(i % len(some)) for i in range(20 * len(some))]
    with open("records", "w", encoding="utf-8") as f:
        f.writelines(written(fields) + "\n" for fields in records)
    if program == "derive":
        whole_source = "x=" + whole_source
    done = ask(program, "--bad", "bad", "--stats", "--tz", sys.argv[2], whole_source, "records")
    if done.returncode:
        print(f"exit status {done.returncode}: {done.stderr[-2000:]}")
        return
    with open("bad", encoding="utf-8") as f:
        bad = {row["line"] - 1: row["error"] for row in map(json.loads, f)}
    out = done.stdout.splitlines()
    if program == "derive":
        good = [i for i in range(len(records)) if i not in bad]
        out = dict(zip(good, out))
    else:
        out = set(out)
    units.clear()
    undefined = sum(judge(program, *some[i % len(some)], fields, out, bad, i) for i, fields in enumerate(records))
    told = json.loads(done.stderr.splitlines()[-1])["undefined"]
    if told != undefined:
        print(f"{told} results are undefined and not {undefined}")


def main():
    what, n = sys.argv[1], int(sys.argv[4])
    some = []
    while n:
        source = make("b" if what == "keep" else pick("nnntbw"), dice.randrange(1, 6))[0]
        try:
            node = check(Parser(source).choice())[1]
            mistaken = False
        except Refused:
            mistaken = True
        if len(source) > 500 or mistaken != (what == "refuse"):
            continue
        n -= 1
        if mistaken:
            done = ask("derive", f"x={source}", "/dev/null")
            if done.returncode != 2:
                print(f"{source}: exit status {done.returncode}: {done.stderr}")
            continue
        some.append((source, node))
        if len(some) == 60 or not n:
            try_some(what, some)
            some = []


main()
