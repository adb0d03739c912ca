"""conformance.py TABLE: says where window does not what TABLE, which explains itself, expects of it. What the
other programs do is there to be read."""
import json
import re
import subprocess
import sys


def cases(name):
    case = {}
    for line in open(name, encoding="utf-8"):
        if line.startswith("#"):
            continue
        if not line.strip():
            yield from [case] * bool(case)
            case = {}
            continue
        word, _, text = line.rstrip("\n").partition("\t")
        assert word not in case, line
        case[word] = text
    yield from [case] * bool(case)


def expected(case, what, of_all):
    it = case.get(what + " window", case.get(of_all, "-"))
    return [] if it == "-" else it.split()


def record(text):
    key, time, value, source = re.fullmatch(r"(\w+)@(-?\d+)=(\d+)(?:#(\d+))?", text).groups()
    more = {"p": int(source)} if source else {}
    return json.dumps({"time": int(time), "k": key, "x": int(value), **more}, separators=(",", ":"))


def short(line):
    r = json.loads(line)
    pane = f":{r['pane']}.{r['rev']}" if "pane" in r else ""
    return f"{r['k']}[{r['window_start']},{r['window_end']})={r['x_sum']}{pane}"


def short_late(line):
    r = json.loads(line)
    return f"{r['k']}@{r['time']}={r['x']}>{r['late_for'].replace(' ', ',')}"


def run(case):
    command = ["window", *case["window"].split(), "--time-unit", "ms", "-k", "k", "-a", "sum(x)", "--late", "late"]
    lines = "".join(record(text) + "\n" for text in case["in"].split())
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=False)
    with open("late", encoding="utf-8") as kept:
        return [short(line) for line in done.stdout.splitlines()], [short_late(line) for line in kept]


def main():
    for case in cases(sys.argv[1]):
        got, kept = run(case)
        if got != expected(case, "is", "all"):
            print(f"{case['case']}: {' '.join(got)}")
        if kept != expected(case, "late", "late"):
            print(f"{case['case']}: late: {' '.join(kept)}")


main()
