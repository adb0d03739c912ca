"""bad.py PROGRAM FILE INPUT BAD: says where BAD, which --bad has written, does not hold every line of
INPUT, which was read as FILE, once and in order."""
import base64
import json
import sys

CUT = 1 << 16
MEMBERS = ["program", "file", "line", "error"]

program, name, lines, kept = sys.argv[1:]
lines = open(lines, "rb").read().split(b"\n")[:-1]
kept = open(kept, "rb").read().split(b"\n")[:-1]

if len(kept) != len(lines):
    print(f"{len(kept)} bad records are kept, not {len(lines)}")
for number, (line, text) in enumerate(zip(lines, kept), 1):
    try:
        bad = json.loads(text)
    except ValueError as error:
        print(f"line {number}: {text[:200]!r} is no JSON: {error}")
        continue
    raw = bad["raw"].encode() if "raw" in bad else base64.b64decode(bad["raw_b64"])
    try:
        line[:CUT].decode()
        member = "raw"
    except UnicodeDecodeError:
        member = "raw_b64"
    wanted = MEMBERS + [member] + ["cut"] * (len(line) > CUT)
    if list(bad) != wanted:
        print(f"line {number}: has the members {list(bad)}, not {wanted}")
    elif raw != line[:CUT]:
        print(f"line {number}: keeps {raw[:200]!r} of {line[:200]!r}")
    elif (bad["program"], bad["file"], bad["line"]) != (program, name, number):
        print(f"line {number}: says that it is of {bad['program']}, {bad['file']}, line {bad['line']}")
