"""shuffle.py SECONDS SEED: records on standard input that come up to so many seconds later than they do, each by a
time of its own; by their field time or timestamp, which need not be in order. The same seed gives the same order."""
import random
import re
import sys
from datetime import datetime, timezone

TIME = re.compile(r'"(?:time|timestamp)":"?([^",}]*)')


def seconds(text):
    try:
        return float(text)
    except ValueError:
        return datetime.fromisoformat(text.replace("Z", "")).replace(tzinfo=timezone.utc).timestamp()


most, seed = float(sys.argv[1]), sys.argv[2]
choose, clock, arriving, known = random.Random(seed), float("-inf"), [], {}
for line in sys.stdin:
    text = TIME.search(line)[1]
    if text not in known:
        known[text] = seconds(text)
    clock = max(clock, known[text])
    arriving.append((clock + choose.uniform(0, most), line))
sys.stdout.writelines(line for _, line in sorted(arriving))
