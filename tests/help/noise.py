"""noise.py SEED N: N random bytes."""
import random
import sys

sys.stdout.buffer.write(random.Random(int(sys.argv[1])).randbytes(int(sys.argv[2])))
