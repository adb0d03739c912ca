"""describe.py make SEED N: N records with fields of every kind, some of them copies of others.
describe.py judge IN OUT [KEY]: says where OUT is not what describing IN must give, of each value of KEY
by itself. Everything is worked out from its definition; there must be few enough values for all to be
exact."""
import datetime
import json
import random
import sys
from collections import Counter
from fractions import Fraction

TEXTS = ["", "?", "-", "NA", "N/A", "n/a", "NaN", "nan", "null", "NULL", "none", "None"]
NUMBERS = [-99, -200, -999, -9999, 9999, 99999]
DOUBLES = Fraction(2) ** 1024 - Fraction(2) ** 970


class Number(str):
    pass


class Missing:
    pass


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line, parse_int=Number, parse_float=Number) for line in lines]


def kind(x):
    if isinstance(x, bool):
        return "booleans"
    if isinstance(x, Number):
        return "numbers"
    if isinstance(x, str):
        return "texts"
    return "null" if x is None else "missing" if x is Missing else "nested"


def plain(x):
    """A value that equals others if and only if the two count as the same."""
    return kind(x), Fraction(x) if kind(x) == "numbers" else json.dumps(x)


def quantile(values, q):
    """Of N values (N - 1) q are before it, and between two of them is the line."""
    values, (n, part) = sorted(values), divmod(q * (len(values) - 1), 1)
    return values[n] + part * (values[n + 1] - values[n]) if part else values[n]


def spelled(numbers, value):
    return min((n for n in numbers if Fraction(n) == value), key=lambda n: (len(n), n))


def near(got, wanted):
    return got is not None and abs(Fraction(got) - wanted) <= abs(wanted) / 10**12 + Fraction(1, 10**300)


def instant(x):
    if kind(x) == "numbers":
        return Fraction(x), ("number",)
    try:
        t = datetime.datetime.fromisoformat(x.replace("Z", "+00:00"))
    except (ValueError, AttributeError):
        return None, None
    style = (x[10:11], "Z" if x.endswith("Z") else "")
    t = t if t.tzinfo else t.replace(tzinfo=datetime.timezone.utc)
    since = t - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
    return since.days * 86400 + since.seconds + Fraction(since.microseconds, 10**6), style


def counted(n, one, many):
    return [f"{n} {one if n == 1 else many}"] if n else []


def markers(texts, numbers):
    found = Counter(texts)
    for text in TEXTS:
        if found[text]:
            yield f"{text or 'an empty text'} " + ("once" if found[text] == 1 else f"{found[text]} times")
    found = Counter(numbers)
    others = [x for x in numbers if x not in NUMBERS]
    for x in NUMBERS:
        far = all(other > Fraction(x, 2) if x < 0 else other < Fraction(x, 2) for other in others)
        if found[x] and far:
            yield f"{x} " + ("once" if found[x] == 1 else f"{found[x]} times")


def is_number(text):
    try:
        return isinstance(json.loads(text, parse_int=Number, parse_float=Number,
                                     parse_constant=lambda _: None), Number) and text == text.strip()
    except ValueError:
        return False


def expect(name, column, columns, time):
    """The wanted row, and the quantiles and the mean, which come as near as doubles do."""
    kinds = Counter(map(kind, column))
    row = {"field": name, "records": len(column)}
    row.update((k, kinds[k]) for k in ("missing", "null", "numbers", "texts", "booleans", "nested"))
    values = [x for x in column if kind(x) not in ("missing", "null")]
    different = len(set(map(plain, values)))
    row.update(distinct=different, distinct_exact=True)
    spellings = [x for x in values if kind(x) == "numbers"]
    within = [x for x in spellings if abs(Fraction(x)) < DOUBLES]
    numbers, rough = list(map(Fraction, within)), {}
    if numbers:
        row["min"], row["max"] = spelled(within, min(numbers)), spelled(within, max(numbers))
        rough = {"q1": quantile(numbers, Fraction(1, 4)), "median": quantile(numbers, Fraction(1, 2)),
                 "q3": quantile(numbers, Fraction(3, 4)), "mean": sum(numbers) / len(numbers)}
    texts = [x for x in values if kind(x) == "texts"]
    if texts:
        row["shortest"], row["longest"] = min(map(len, texts)), max(map(len, texts))
        row["longest_text"] = min((x for x in texts if len(x) == row["longest"]), key=str.encode)[:80]
    notes = []
    earlier = next(n for n, other in columns if other == column)
    if not values:
        notes += ["never a value"]
    elif different == 1 and len(values) > 1:
        notes += ["always the same"]
    elif earlier != name and len(values) > 1:
        notes += [f"a copy of {earlier}"]
    words = [x for x in texts if x not in TEXTS and not is_number(x)]
    if words and spellings and len(words) <= len(spellings):
        longest = max(map(len, words))
        example = min((x for x in words if len(x) == longest), key=str.encode)[:80]
        notes += [f"{len(words)} text{'s' * (len(words) > 1)} among numbers, such as {example}"]
    elif words:
        notes += counted(len(spellings), "number among texts", "numbers among texts")
    if bool(spellings or texts) + bool(kinds["booleans"]) + bool(kinds["nested"]) > 1:
        notes += ["values of several kinds"]
    notes += counted(sum(map(is_number, texts)), "number written as a text", "numbers written as texts")
    notes += markers(texts, numbers)
    notes += counted(len(spellings) - len(numbers), "number beyond doubles", "numbers beyond doubles")
    if name == time:
        times = [(t, style, x) for x in values for t, style in [instant(x)] if t is not None]
        unread = len(values) - len(times)
        notes += counted(unread, "value is no time", "values are no times")
        if times:
            row["first"] = min(times, key=lambda t: t[0])[2]
            row["last"] = max(times, key=lambda t: t[0])[2]
            steps = [b[0] - a[0] for a, b in zip(times, times[1:])]
            row["duplicates"], row["backwards"] = steps.count(0), sum(s < 0 for s in steps)
            forward = sorted(s for s in steps if s > 0)
            if forward:
                rough["step"] = forward[(len(forward) - 1) // 2]
                gaps = [s for s in forward if s > rough["step"] * 3 / 2]
                row["gaps"] = len(gaps)
                if gaps:
                    rough["longest_gap"] = max(gaps)
            if len({style for _, style, _ in times}) > 1:
                notes += ["times are written in several ways"]
            if row["backwards"]:
                notes += ["not in order of time"]
    if notes:
        row["notes"] = "; ".join(notes)
    return row, rough


def groups_of(records, key):
    groups = {}
    for r in records:
        value = r.get(key)
        groups.setdefault(plain(value) if key else None, (value, []))[1].append(r)
    order = {"null": 0, "booleans": 1, "numbers": 2, "texts": 3}
    return [group for _, group in sorted(groups.items(), key=lambda g: (order[g[0][0]], g[0][1]) if key else 0)]


def judge(path, answers, key=None):
    answers = read(answers)
    for shown, records in groups_of(read(path), key):
        names = [n for n in dict.fromkeys(n for r in records for n in r) if n != key]
        columns = [(n, [r.get(n, Missing) for r in records]) for n in names]
        for name, column in columns:
            wanted, rough = expect(name, column, columns, "time")
            if not answers:
                print(f"no row for {name} of {shown}")
                return
            got = answers.pop(0)
            if key and got.pop(key, Missing) != shown:
                print(f"{name}: the key is not {shown}: {got}")
            for column_name, value in got.items():
                if column_name in rough:
                    if not near(value, rough[column_name]):
                        print(f"{name} of {shown}: {column_name} is {value}, not {float(rough[column_name])}")
                elif (Number(wanted[column_name]) if type(wanted.get(column_name)) is int
                        else wanted.get(column_name)) != value:
                    print(f"{name} of {shown}: {column_name} is {value}, not {wanted.get(column_name)}")
            for column_name in [*wanted, *rough]:
                if column_name not in got:
                    print(f"{name} of {shown}: no {column_name}")
    for answer in answers:
        print(f"not wanted: {answer}")


def number():
    """Mostly one of the first."""
    return [
        lambda: str(random.randint(-20, 20)), lambda: f"{random.gauss(20, 5):.2f}", lambda: "3.33E-05",
        lambda: random.choice(["0", "-0", "0.0", "1", "1.0", "1e0", "10e-1"]),
        lambda: str(random.choice(NUMBERS)), lambda: str(random.randint(10**29, 10**30)),
        lambda: f"{random.random()}e{random.randint(-300, 300)}", lambda: "1e999", lambda: "-1e-999",
    ][min(int(random.expovariate(0.8)), 8)]()


def text():
    return json.dumps(random.choice(TEXTS + ["12", "-0.5", "007", "on", "off", "w\u00e9ll", "\u20ac" * 90, '"\\', "a b"]),
                      ensure_ascii=False)


def anything():
    return random.choice([number, number, number, text, lambda: "null", lambda: "true", lambda: "false",
                          lambda: random.choice(["[]", "{}", "[1,2]", '{"a":1}'])])()


def make(seed, n):
    random.seed(seed)
    makers = [number, text, anything, lambda: "null", lambda: random.choice(["7", "7", "7", '"x"']),
              lambda: str(random.randint(0, 3)), lambda: "5.0"]
    fields = {f"f{i}": random.choice(makers) for i in range(random.randint(1, 12))}
    rare = {name: random.choice([0, 0, 0, 0.1, 0.9]) for name in fields}
    copies = {f"c{i}": random.choice(list(fields)) for i in range(random.randint(0, 5))}
    until = {name: random.choice([n, n, random.randint(0, n)]) for name in copies}
    step, at, style = random.choice([1, 60, 600]), 1704067200, random.choice(["{}Z", "{}", "number"])
    late = random.choice([0, 0.05])
    for i in range(n):
        at += step * random.choice([1] * 20 + [0, 2, 10]) - (random.random() < late) * 5 * step
        when = datetime.datetime.fromtimestamp(at, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
        r = {"time": str(at) if style == "number" else json.dumps(style.format(when))}
        r["id"] = random.choice(['"a"', '"b"', "1", "1.0", "null", "true", "-2"])
        r.update((name, maker()) for name, maker in fields.items() if random.random() >= rare[name])
        for name, of in copies.items():
            if of in r or i >= until[name]:
                r[name] = r[of] if i < until[name] else number()
        if random.random() < 0.1:
            del r["id"]
        print("{" + ",".join(f"{json.dumps(k)}:{v}" for k, v in r.items()) + "}")


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(int(sys.argv[2]), int(sys.argv[3]))
    else:
        judge(*sys.argv[2:])
