"""flat.py make SEED N NAMES: N records, nested at random, with names of that list (commas between them).
flat.py judge SEPARATOR IN OUT BAD: says where OUT is not what flattening IN must give, or BAD does not
hold the lines of the records in which a name arises twice.
flat.py same ONE OTHER: says where records differ in their values, or in the order of their fields.
Numbers count by their spelling."""
import json
import random
import sys


class Number(str):
    pass


class Record(list):
    """The members in their order: a name at its first place, with its last value."""


def members(pairs):
    last = dict(pairs)
    return Record((name, last[name]) for name in dict.fromkeys(name for name, _ in pairs))


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line, object_pairs_hook=members, parse_int=Number, parse_float=Number)
                for line in lines]


def kind(x):
    """Tells the text "1" from the number, 0 from false, and [] from {}."""
    if isinstance(x, Record):
        return "{", [(name, kind(value)) for name, value in x]
    if isinstance(x, list):
        return "[", [kind(value) for value in x]
    return type(x).__name__, x


def spell(name):
    if random.random() < 0.1 and name:
        i = random.randrange(len(name))
        escapes = json.dumps(name[i]) if ord(name[i]) > 0xffff else f'"\\u{ord(name[i]):04x}"'
        return json.dumps(name[:i], ensure_ascii=False)[:-1] + escapes[1:-1] + json.dumps(name[i + 1:])[1:]
    return json.dumps(name, ensure_ascii=False)


def value(depth):
    chance = random.random()
    if depth > 4 or chance < 0.6:
        return random.choice(["0", "-0", "1.0", "1e5", "12345678901234567890123", "true", "false", "null", '""',
                              '"1"', r'"\u00e9\"\\"', '"é, \U0001f600"', "[]", "{}", "[ ]", "{\t}", '"a.b"'])
    gap, blank = random.choice(["", " "]), random.choice(["", "", " ", "\t"])
    if chance < 0.8:
        count = random.choice([1, 2, 3, 3, 12 if depth < 2 else 4])
        return "[" + blank + ("," + gap).join(value(depth + 1) for _ in range(count)) + blank + "]"
    return record(depth + 1, gap, blank)


def record(depth, gap, blank):
    count = random.choice([1, 2, 3, 4, 4, 40 if depth < 2 and random.random() < 0.1 else 5])
    return "{" + blank + ("," + gap).join(
        spell(random.choice(names)) + blank + ":" + gap + value(depth) for _ in range(count)) + blank + "}"


def leaves(name, x, separator):
    if not isinstance(x, list) or not x:
        yield name, x
    elif isinstance(x, Record):
        for child, inner in x:
            yield from leaves(name + separator + child, inner, separator)
    else:
        for i, inner in enumerate(x):
            yield from leaves(f"{name}{separator}{i}", inner, separator)


def judge(separator, given, got, bad):
    answers = iter(read(got))
    with open(bad, encoding="utf-8") as lines:
        refused = {json.loads(line)["line"] for line in lines}
    for number, given_record in enumerate(read(given), 1):
        wanted = Record(leaf for name, x in given_record for leaf in leaves(name, x, separator))
        twice = len({name for name, _ in wanted}) < len(wanted)
        if twice != (number in refused):
            print(f"line {number}: a name {'arises' if twice else 'does not arise'} twice")
        if number not in refused and kind(wanted) != kind(next(answers, None)):
            print(f"line {number} is flattened wrongly")


what, *arguments = sys.argv[1:]
if what == "make":
    seed, n, pool = arguments
    random.seed(seed)
    names = pool.split(",")
    for _ in range(int(n)):
        sys.stdout.buffer.write((record(0, random.choice(["", " "]), random.choice(["", " "])) + "\n").encode())
elif what == "judge":
    judge(*arguments)
else:
    one, other = map(read, arguments)
    if len(one) != len(other):
        print(f"{len(other)} records, not {len(one)}")
    for number, (a, b) in enumerate(zip(one, other), 1):
        if kind(a) != kind(b):
            print(f"record {number} differs")
