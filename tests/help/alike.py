"""alike.py ONE OTHER: says where two files of records differ in what they mean."""
import json
import sys

one, other = (open(name, encoding="utf-8").read().splitlines() for name in sys.argv[1:])
if len(one) != len(other):
    print(f"{len(other)} records, not {len(one)}")
for a, b in zip(one, other):
    if a != b and json.loads(a) != json.loads(b):
        print(f"{b}\nis not what this is: {a}")
