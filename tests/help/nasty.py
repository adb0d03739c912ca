"""nasty.py SEED N: N lines that are hard to guess: layouts that alternate and that differ in little, texts
that end just before and after every border of 64 bytes and of the blocks that are read, lines that are
no records."""
import random
import sys

BLOCK = 1 << 18
random = random.Random(int(sys.argv[1]))
written = 0


def spell(name):
    """The name as JSON, now and then with an escape that changes nothing."""
    if random.random() < 0.03:
        i = random.randrange(len(name))
        name = name[:i] + f"\\u{ord(name[i]):04x}" + name[i + 1:]
    return '"' + name + '"'


def text():
    chance = random.random()
    if chance < 0.5:
        body = random.choice(["", "a", "ok", "café", "x" * random.randrange(20)])
    elif chance < 0.95:
        body = "y" * (64 * random.randrange(4) + random.randrange(-3, 4) % 64)
    else:
        body = random.choice([r"\"", r"\\", r"\\\"", r"a\nb", r"\ud83d\ude00", ",", '{\\"a\\":1}', "€", ":}"])
    return '"' + body + '"'


def number():
    return random.choice(["0", "-0", "1.0", "1e5", "-1.5E-3", "9007199254740993", "12345678901234567890123",
                          str(random.randrange(10 ** random.randrange(1, 19))),
                          f"{random.uniform(-1000, 1000):.{random.randrange(1, 9)}f}"])


def value(depth=0):
    chance = random.random()
    if chance < 0.45:
        return number()
    if chance < 0.85 or depth > 2:
        return text()
    if chance < 0.92:
        return random.choice(["true", "false", "null", "[]", "{}", "[ ]"])
    if chance < 0.96:
        return "[" + ",".join(value(depth + 1) for _ in range(random.randrange(4))) + "]"
    return "{" + ",".join('"temp":' + value(depth + 1) for _ in range(random.randrange(3))) + "}"


class Layout:
    """Names in an order, with the blanks between them and the kinds of their values."""

    def __init__(self):
        others = ["v", "vv", "tem", "temper", "x" * 70, "", "é", "a b", "w", "time2"]
        self.names = ["time", "id", "temp"] + random.sample(others, random.randrange(len(others)))
        random.shuffle(self.names)
        self.kinds = [random.choice([number, text, value]) for _ in self.names]
        self.comma, self.colon = random.choice([(",", ":")] * 6 + [(", ", ": "), (" ,", " : "), (",\t", ":")])
        self.open, self.close = random.choice([("{", "}")] * 6 + [("{ ", " }"), (" {", "} "), ("{", "}\r")])

    def twin(self):
        """The same but for one thing."""
        other = Layout()
        vars(other).update(vars(self))
        other.names, other.kinds = self.names[:], self.kinds[:]
        i, k = random.randrange(len(self.names)), random.randrange(len(self.names))
        what = random.randrange(4)
        if what == 0:
            other.names[i], other.names[k] = other.names[k], other.names[i]
        elif what == 1 and other.names[i] not in ("time", "id", "temp"):
            del other.names[i], other.kinds[i]
        elif what == 2:
            other.names.insert(i, "temp")
            other.kinds.insert(i, number)
        else:
            other.colon = ": "
        return other

    def known(self, name, kind):
        if name == "temp":
            return str(random.randrange(1, 200)) + random.choice(["", ".5", "e0", ".25"])
        if name == "time":
            return '"2024-01-01T00:00:00Z"'
        return '"' + random.choice("abc") + '"' if name == "id" else kind()

    def line(self):
        members = [spell(n) + self.colon + self.known(n, k) if n else '""' + self.colon + k()
                   for n, k in zip(self.names, self.kinds)]
        return (self.open + self.comma.join(members) + self.close).encode()


def spoil(line):
    chance = random.randrange(6)
    i = random.randrange(len(line) + 1)
    if chance == 0:
        return line[:i]
    if chance == 1:
        return line[:i] + random.choice([b"\0", b"\xff", b'"', b"\\", b",", b"}", b"\x1f"]) + line[i:]
    if chance == 2:
        return line + line
    if chance == 3:
        return line[:i] + line[i + 1:]
    if chance == 4:
        return b"oops"
    return line.replace(b":", b"::", 1)


def stretched(layout):
    """A record that ends within a few bytes of where a block of input does."""
    to = BLOCK - written % BLOCK + random.randrange(-66, 4)
    head = layout.line().rstrip(b" }\r") + b',"pad":"'
    return head + b"z" * max(0, to - len(head) - 3) + b'"}'


layouts = [Layout() for _ in range(6)]
layouts += [random.choice(layouts).twin() for _ in range(6)]
layout = layouts[0]
for _ in range(int(sys.argv[2])):
    chance = random.random()
    if chance < 0.3:
        layout = random.choice(layouts)
    elif chance < 0.33:
        layout = layouts[random.randrange(len(layouts))] = Layout()
    line = layout.line()
    chance = random.random()
    if chance < 0.03:
        line = spoil(line)
    elif chance < 0.04:
        line = random.choice([b"", b" ", b"\r"])
    elif chance < 0.042:
        line = stretched(layout)
    written += sys.stdout.buffer.write(line + b"\n")
