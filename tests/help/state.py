"""state.py CASE OUTPUT COMMAND...: lets a command that remembers (--state w) be killed, lose power or meet
errors, and prints what is not as it should be. OUTPUT is stdout, a file that it is sent to, replaced, one that
-o names, or named, the same in a run that has a name. The files first and second are two pieces of its input, in the working directory.

What is right after a death: the file w is what it was, or it is what the run was to make of it, and then
the output of the run is complete. In the first case the same run again gives the same output and state; in
the other it changes nothing, if it has a name.

state.py seal <LINES: a head and records, with their foot.
"""
import hashlib
import os
import re
import shutil
import subprocess
import sys

CALLS = "write openat fsync fdatasync rename ftruncate unlink close fchmod flock exit_group".split()
ERRORS = {"EIO": "Input/output error", "ENOSPC": "No space left on device", "EROFS": "Read-only file system"}
SECTOR = 512


def wrong(what):
    print(what)


def read(name):
    try:
        with open(name, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def fresh(files):
    """An empty directory but for these."""
    shutil.rmtree("run", ignore_errors=True)
    os.mkdir("run")
    for name, data in files.items():
        if data is not None:
            with open("run/" + name, "wb") as file:
                file.write(data)


def run(piece, tracer=(), environment=None):
    replaced = ["-o", "out"] if output != "stdout" else []
    if output == "named":
        replaced += ["--run", piece]
    with open("run/out" if not replaced else os.devnull, "wb") as out:
        done = subprocess.run([*tracer, *command, "--state", "w", *replaced, os.path.abspath(piece)], cwd="run",
                              stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.PIPE, timeout=60,
                              env={**os.environ, **(environment or {})})
    return done.returncode, done.stderr.decode(errors="replace")


def killing(call, n):
    return ["strace", "-qq", "-f", "-o", "/dev/null", "-e", f"trace=?{call}", "-e", f"inject=?{call}:signal=KILL:when={n}"]


class Step:
    """One run over one piece: from which state, to which one, with what output."""

    def __init__(self, piece, before):
        self.piece, self.before = piece, before
        fresh({"w": before})
        status, error = run(piece)
        if status:
            sys.exit(f"{piece}: exit status {status}: {error}")
        self.output, self.after = read("run/out"), read("run/w")

    def judge(self, where):
        """Of what a death has left in the directory run."""
        if read("run/w") == self.after and output != "named":
            if read("run/out") != self.output:
                wrong(f"{where}: the state is the new one, but output is missing")
            return
        status, error = run(self.piece)
        if status:
            wrong(f"{where}: refused afterwards: {error.strip()}")
        elif read("run/out") != self.output or read("run/w") != self.after:
            wrong(f"{where}: the second try does not give the truth")


def steps():
    first = Step("first", None)
    return [first, Step("second", first.after)]


def kill():
    """At the entry of every call that changes something, once in place and once as krun would run it."""
    points = 0
    for step in steps():
        for call in CALLS:
            for n in range(1, 1000):
                fresh({"w": step.before})
                status, error = run(step.piece, killing(call, n))
                if status == 0:
                    break
                points += 1
                if status != -9:
                    wrong(f"{step.piece}, {call} {n}: exit status {status}: {error}")
                step.judge(f"{step.piece}, killed at {call} {n}")
    print(points, file=sys.stderr)


def between_directories():
    """Each try has a directory of its own to write to; only what one that ends well has left is gone on from."""
    points = 0
    step = steps()[1]
    for call in CALLS:
        for n in range(1, 1000):
            fresh({})
            for name in "old", "try1", "try2":
                os.mkdir("run/" + name)
            with open("run/old/w", "wb") as file:
                file.write(step.before)
            status, _ = run("second", killing(call, n), {"STATE_IN": "old", "STATE_OUT": "try1"})
            if status == 0:
                break
            points += 1
            status, error = run("second", (), {"STATE_IN": "old", "STATE_OUT": "try2"})
            if status or read("run/out") != step.output or read("run/try2/w") != step.after:
                wrong(f"killed at {call} {n}: the second try does not give the truth: {status} {error}")
            if read("run/old/w") != step.before or os.listdir("run/old") != ["w"]:
                wrong(f"killed at {call} {n}: something was written to STATE_IN")
    print(points, file=sys.stderr)


class Inode:
    def __init__(self, data=b"", on_disk=b""):
        self.data, self.on_disk, self.born = bytearray(data), on_disk, None


class Disk:
    """One directory as the kernel has it and as the disk has it: fsync brings the bytes of a file there, and the
    name under which it was made; other changes of names come with the fsync of the directory, or by luck."""

    def __init__(self, files):
        self.now = {name: Inode(data, data) for name, data in files.items() if data is not None}
        self.on_disk = dict(self.now)
        self.open = {}

    def make(self, name, empty):
        inode = self.now.setdefault(name, Inode())
        if name not in self.on_disk and inode.born is None:
            inode.born = name
        if empty:
            inode.data.clear()
        return inode

    def openat(self, result, arguments):
        name = here(unquote(arguments))
        if "O_DIRECTORY" in arguments:
            self.open[result] = ["directory", 0]
        elif not name.startswith("..") and ("O_CREAT" in arguments or name in self.now):
            self.open[result] = [self.make(name, "O_TRUNC" in arguments), 0]

    def write(self, result, arguments):
        file = self.open.get(int(arguments.split(",")[0]))
        if file and result:
            file[0].data[file[1]:file[1] + result] = unquote(arguments, True)[:result]
            file[1] += result

    def fsync(self, _, arguments):
        inode = self.open.get(int(arguments), [None])[0]
        if inode == "directory":
            self.on_disk = dict(self.now)
        elif inode:
            inode.on_disk = bytes(inode.data)
            if inode.born and self.now.get(inode.born) is inode:
                self.on_disk[inode.born] = inode

    def rename(self, _, arguments):
        old, new = (here(unquote(part)) for part in arguments.split(", "))
        self.now[new] = self.now.pop(old)

    def unlink(self, _, arguments):
        self.now.pop(here(unquote(arguments)), None)

    def close(self, _, arguments):
        self.open.pop(int(arguments), None)

    def images(self):
        for names in "old", "new":
            for what in "lost", "all", "zeros", "cut", "garbage":
                files = {name: contents(inode, what) for name, inode in
                         (self.on_disk if names == "old" else self.now).items()}
                yield f"{names} names, bytes {what}", files


def contents(inode, what):
    data, on_disk = bytes(inode.data), inode.on_disk
    if data == on_disk or what == "lost":
        return on_disk
    same = len(os.path.commonprefix([data, on_disk]))
    rest = len(data) - same
    if what == "zeros":
        return data[:same] + bytes(rest)
    if what == "cut":
        return data[:same + rest // 2]
    if what == "garbage":
        noise = b"".join(hashlib.sha512(b"%d" % i).digest() for i in range(rest // 64 + 1))
        start = same + min(rest // 2, SECTOR)
        return data[:start] + noise[:len(data) - start]
    return data


def here(name):
    """As it is called in the directory run."""
    return os.path.relpath(os.path.join("run", name), "run")


def unquote(arguments, binary=False):
    text = re.search(r'"((?:\\x[0-9a-f]{2})*)"', arguments)
    data = bytes.fromhex(text[1].replace("\\x", ""))
    return data if binary else os.fsdecode(data)


def log(step):
    fresh({"w": step.before})
    status, error = run(step.piece, ["strace", "-qq", "-xx", "-s", "100000000", "-e", "signal=none", "-o", "../log",
                                     "-e", "trace=?openat,write,?fsync,?fdatasync,?rename,?unlink,close"])
    if status:
        sys.exit(f"strace: {status} {error}")
    with open("log", encoding="ascii") as lines:
        for line in lines:
            call = re.match(r"(\w+)\((.*)\) += (\d+)", line)
            if call:
                yield call[1], int(call[3]), call[2]


def images():
    """What can be on the disk when the power goes, after each call of a run."""
    count = 0
    for step in steps():
        disk = Disk({"w": step.before})
        if output == "stdout":
            disk.open[1] = [disk.make("out", True), 0]
        seen = set()
        for n, (call, result, arguments) in enumerate(list(log(step))):
            getattr(disk, "fsync" if call == "fdatasync" else call)(result, arguments)
            for kind, files in disk.images():
                known = hash(tuple(sorted(files.items())))
                if known in seen:
                    continue
                seen.add(known)
                count += 1
                fresh(files)
                step.judge(f"{step.piece}, power lost after call {n}, {call}: {kind}")
    print(count, file=sys.stderr)


def loaded(step, call):
    """So many calls are made by the loader, before our own first one."""
    fresh({"w": step.before})
    run(step.piece, ["strace", "-qq", "-o", "../log", "-e", f"trace=fcntl,{call}"])
    with open("log", encoding="ascii") as lines:
        early = lines.read().split("fcntl(0, F_GETFD")[0]
    return len(re.findall(rf"^{call}\(", early, re.M))


def meet(step, call, n, error):
    """One call fails; False: there is none any more."""
    fresh({"w": step.before})
    status, message = run(step.piece, ["strace", "-qq", "-o", "../log", "-e", f"trace={call},fsync,rename",
                                       "-e", f"inject={call}:error={error}:when={n}"])
    with open("log", encoding="utf-8", errors="replace") as lines:
        calls = lines.read().splitlines()
    failed = [i for i, line in enumerate(calls) if "INJECTED" in line]
    if not failed:
        return False
    where = f"{step.piece}, {error} at {call} {n}"
    state, made = read("run/w"), read("run/out")
    renamed, moved = (any(re.match(rf'rename\(.*["/]{name}"\) += 0$', line) for line in calls[:failed[0]])
                      for name in ("w", "out"))
    left = {name for name in os.listdir("run") if name not in ("w", "w.lock", "out")}
    if left:
        wrong(f"{where}: leaves {left}")
    if status == 0 and (state != step.after or made != step.output):
        wrong(f"{where}: exit status 0, but it is not done")
    elif status and (status != 1 or message.count("\n") != 1 + (step.before is None and "afresh" in message)
                     or ERRORS[error] not in message):
        wrong(f"{where}: exit status {status}: {message}")
    if status and state != (step.after if renamed else step.before):
        wrong(f"{where}: the state has changed")
    if status and renamed and made != step.output:
        wrong(f"{where}: the state is the new one, but output is missing")
    if output != "stdout" and status and not moved and made is not None:
        wrong(f"{where}: the output has changed")
    if moved and call in ("write", "fchmod", "flock"):
        wrong(f"{where}: the output is the new one before all is written")
    if call == "fsync" and any(line.startswith(("fsync", "rename")) for line in calls[failed[0] + 1:]):
        wrong(f"{where}: goes on after a failed fsync")
    return True


def fail():
    count = 0
    for step in steps():
        for call in "write", "openat", "fsync", "rename", "close", "fchmod", "flock":
            loader = loaded(step, call)
            for error in ERRORS:
                n = loader + 1
                while meet(step, call, n, error):
                    n += 1
                count += n - loader - 1
    print(count, file=sys.stderr)


def damaged(data):
    for i, byte in enumerate(data):
        yield f"byte {i} flipped", data[:i] + bytes([byte ^ 1 << i % 8]) + data[i + 1:]
        yield f"cut after {i} bytes", data[:i]
    yield "zeros", bytes(len(data))
    yield "a byte more", data + b"\n"


def flips():
    step = steps()[1]
    for what, data in damaged(step.before):
        fresh({"w": data})
        status, error = run("second")
        if status != 1 or read("run/out") or ": w: " not in error:
            wrong(f"{what}: exit status {status}: {error}")
        if read("run/w") != data:
            wrong(f"{what}: the state has changed")


def crc64(data):
    """Bit by bit: the polynomial of ECMA-182, reflected, as xz has it."""
    crc = ~0 & (1 << 64) - 1
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xc96c5795d7870f42 if crc & 1 else 0)
    return crc ^ (1 << 64) - 1


def seal():
    assert crc64(b"123456789") == 0x995dc9bbdf1939fa
    lines = sys.stdin.buffer.read()
    foot = b'{"records":%d,"crc64":"%016x"}\n' % (lines.count(b"\n") - 1, crc64(lines))
    sys.stdout.buffer.write(lines + foot)


case, *command = sys.argv[1:]
output = command.pop(0) if command else None
{"kill": kill, "directories": between_directories, "images": images, "fail": fail, "flips": flips, "seal": seal}[case]()
