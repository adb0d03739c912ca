"""gz.py: gzip streams of all kinds, and what can be known of them.

    gz.py one|two|split|many|empty|named FILE        FILE as that kind of stream
    gz.py flushed FILE N        as one, with all that comes of the first N lines before the rest
    gz.py zeros MIB TIMES       so many MiB of zeros, so many times
    gz.py lines FILE.gz STEP    cut after every STEP bytes and after each of the last 12: the places and
                                how many whole lines can be had of what is before them
    gz.py flips FILE.gz STEP    the files flip.N, in which one bit of byte N is another: of every STEP-th
                                byte, and of all at the front and the end"""
import sys
import zlib

GZIP = 16 + zlib.MAX_WBITS


def member(plain, level=9):
    made = zlib.compressobj(level, zlib.DEFLATED, GZIP)
    return made.compress(plain) + made.flush()


def flushed(plain, lines):
    made = zlib.compressobj(9, zlib.DEFLATED, GZIP)
    parts = plain.splitlines(keepends=True)
    front = made.compress(b"".join(parts[:lines])) + made.flush(zlib.Z_FULL_FLUSH)
    print(len(front), file=sys.stderr)
    return front + made.compress(b"".join(parts[lines:])) + made.flush()


def named(plain):
    """With everything that a header may have before the data."""
    extra, name, comment = b"\x04\0weir", b"plain\n\xff\0", b"a comment\0"
    header = b"\x1f\x8b\x08\x1e" + bytes(4) + b"\x02\x03" + b"\x06\0" + extra + name + comment
    check = zlib.crc32(header) & 0xffff
    return header + check.to_bytes(2, "little") + member(plain)[10:]


def lines(data, step):
    places = sorted(set(range(0, len(data), step)) | set(range(len(data) - 12, len(data))))
    for place in places:
        print(place, zlib.decompressobj(GZIP).decompress(data[:place]).count(b"\n"))


def flips(data, step):
    for place in {*range(12), *range(0, len(data), step), *range(len(data) - 12, len(data))}:
        damaged = bytearray(data)
        damaged[place] ^= 1 << place % 8
        with open(f"flip.{place}", "wb") as file:
            file.write(damaged)


kind, name, *rest = sys.argv[1:]
if kind == "zeros":
    stream = member(bytes(int(name) << 20)) * int(rest[0])
elif kind == "lines":
    stream = b""
    lines(open(name, "rb").read(), int(rest[0]))
elif kind == "flips":
    stream = b""
    flips(open(name, "rb").read(), int(rest[0]))
else:
    plain = open(name, "rb").read()
    half = plain.find(b"\n", len(plain) // 2) + 1
    middle = half + 17
    stream = {
        "one": lambda: member(plain),
        "two": lambda: member(plain[:half]) + member(plain[half:]),
        "split": lambda: member(plain[:middle]) + member(plain[middle:]),
        "many": lambda: b"".join(member(plain[i:i + 3], 1) for i in range(0, len(plain), 3)),
        "empty": lambda: member(b"") + member(plain[:half]) + member(b"") * 3 + member(plain[half:]) + member(b""),
        "named": lambda: named(plain),
        "flushed": lambda: flushed(plain, int(rest[0])),
    }[kind]()
sys.stdout.buffer.write(stream)
