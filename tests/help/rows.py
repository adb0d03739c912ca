"""rows.py SEED N: CSV of N rows that are hard to read ahead: cells that end just before and after every
border of 64 bytes and of the blocks that are read, quotes that are doubled and that stand wrong, line
ends of all kinds."""
import random
import sys

BLOCK = 1 << 15
random = random.Random(int(sys.argv[1]))
written = 0


def bare():
    return random.choice(["", "a", "-200", "1.50", "1e5", "007", "+5", ".5", " 7", "x y", "é", "\t", "\0",
                          "\\", "true", "12345678901234567890", "z" * (64 * random.randrange(3) + random.randrange(-3, 4) % 64),
                          str(random.randrange(10 ** random.randrange(1, 19)))])


def quoted():
    inner = "".join(random.choice([bare(), '""', ",", "\n", "\r\n", "\r", ";"]) for _ in range(random.randrange(4)))
    return '"' + inner + '"'


def row():
    return ",".join(random.choice([bare, bare, bare, quoted])() for _ in range(random.choice([5] * 30 + [1, 4, 6, 40])))


def spoil(text):
    i = random.randrange(len(text) + 1)
    return text[:i] + random.choice(['"', '"x', "\udcff", ',"', '"\n"']) + text[i:]


def stretched():
    """A row that ends within a few bytes of where a block does."""
    to = BLOCK - written % BLOCK + random.randrange(-66, 4)
    return "a,b,1,," + "p" * max(0, to - 8)


def write(text):
    global written
    written += sys.stdout.buffer.write(text.encode(errors="surrogateescape"))


write("a,b,c,d,e\n")
for _ in range(int(sys.argv[2])):
    chance = random.random()
    text = row()
    if chance < 0.01:
        text = spoil(text)
    elif chance < 0.02:
        text = random.choice(["", " ", "#", '#"'])
    elif chance < 0.03:
        text = stretched()
    write(text + random.choice(["\n"] * 8 + ["\r\n", "\r", "\n\n", "\r\r\n"]))
