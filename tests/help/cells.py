"""cells.py make SEED: records whose names and values are hard on CSV.
cells.py judge RECORDS CSV OPTIONS: says where the cells of CSV are not what the records hold.
cells.py back RECORDS OTHER: says where OTHER, which went through CSV and back, is something else."""
import csv
import json
import random
import re
import sys

HARD = [",", ";", "\t", '"', "\n", "\r", "\r\n", " ", "'", "1", "-", "=", "\\", "a", "\u00e9", "\u6f22",
        "\ufeff", "\U0001f600", "\x1b", "\x7f", "#", "[", "{"]
NUMBERS = ["0", "-0", "1.50", "1e5", "-2.5E-3", "12345678901234567890123456789012345678", "1e999"]
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?")


class Spelled(str):
    """A number as it is written."""


def text(chance):
    return "".join(chance.choice(HARD) for _ in range(chance.choice([0, 1, 2, 3, 8, 9, 40])))


def value(chance):
    kind = chance.randrange(9)
    if kind < 5:
        return json.dumps(text(chance), ensure_ascii=chance.random() < 0.5)
    if kind < 7:
        return chance.choice(NUMBERS)
    if kind < 8:
        return chance.choice(["null", "true", "false"])
    return chance.choice(["[]", "{}", "[1, 2]", '{"a":"\\"b","c":[null]}', '["x",\t1]'])


def make(seed):
    chance = random.Random(seed)
    names = list(dict.fromkeys(text(chance) + str(i) for i in range(chance.choice([1, 2, 7]) + seed)))
    for _ in range(2000):
        order = names[:]
        if chance.random() < 0.3:
            chance.shuffle(order)
        members = (json.dumps(name) + ":" + value(chance) for name in order)
        print("{" + ",".join(members) + "}")


def records(name):
    with open(name, encoding="utf-8", newline="\n") as lines:
        return [json.loads(line, parse_int=Spelled, parse_float=Spelled) for line in lines]


def raw_values(name):
    """The records with nested values as they are written."""
    decoder = json.JSONDecoder(parse_int=Spelled, parse_float=Spelled)
    for line in open(name, encoding="utf-8", newline="\n"):
        found, at = {}, 1
        while line[at] == '"':
            key, at = decoder.raw_decode(line, at)
            it, end = decoder.raw_decode(line, at + 1)
            found[key] = line[at + 1:end] if isinstance(it, (list, dict)) else it
            at = end + 1
            if at >= len(line):
                break
        yield found


def cell(it):
    return "" if it is None else str(it).lower() if isinstance(it, bool) else str(it)


def judge(given, table, options):
    delimiter = "\t" if options == ["--tsv"] else options[1] if options[:1] == ["-d"] else ","
    given = list(raw_values(given))
    with open(table, encoding="utf-8", newline="") as rows:
        rows = list(csv.reader(rows, delimiter=delimiter, strict=True))
    names = list(given[0])
    if len(rows) != len(given) + 1 or rows[0] != names:
        print(f"{len(rows)} rows, {rows[:1]} for {names}")
    for number, (record, row) in enumerate(zip(given, rows[1:]), 1):
        wanted = [cell(record[name]) for name in names]
        if row != wanted:
            print(f"record {number}: {row} for {wanted}")


def back(given, other):
    given, other = list(raw_values(given)), records(other)
    if len(given) != len(other):
        print(f"{len(other)} records, not {len(given)}")
    for number, (a, b) in enumerate(zip(given, other), 1):
        wanted = {name: cell(it) or None for name, it in a.items()}
        kinds = {name: bool(it and NUMBER.fullmatch(it)) for name, it in wanted.items()}
        if b != wanted or any(isinstance(b[name], Spelled) != kinds[name] for name in kinds):
            print(f"record {number}: {b} for {wanted}")


if sys.argv[1] == "make":
    make(int(sys.argv[2]))
elif sys.argv[1] == "judge":
    judge(sys.argv[2], sys.argv[3], sys.argv[4:])
else:
    back(sys.argv[2], sys.argv[3])
