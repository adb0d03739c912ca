"""live.py CASE,... INPUT WANTED COMMAND...: runs the command where a shell cannot set the scene, and prints
what is not as it should be. It waits on what happens and not on time; what does not happen within
PATIENCE seconds is wrong. WANTED is a file that holds the output."""
import fcntl
import os
import pty
import signal
import socket
import subprocess
import sys
import termios
import time

PATIENCE = 30
EVERYTHING = 1 << 40
TRIES = 5  # at what must be done in some time: a busy machine may keep it from that once, not always


def wrong(what):
    print(f"{case}: {what}")


def until(done, what):
    end = time.monotonic() + PATIENCE
    while not done():
        if time.monotonic() > end:
            wrong(f"waited in vain until {what}")
            return False
        time.sleep(0.0005)
    return True


def asleep(process):
    """It waits for something, or has ended."""
    with open(f"/proc/{process.pid}/stat", "rb") as stat:
        return stat.read().rpartition(b") ")[2][:1] in b"SZT"


def catches(process, number):
    with open(f"/proc/{process.pid}/status") as status:
        caught = next(line for line in status if line.startswith("SigCgt:"))
    return int(caught.split()[1], 16) >> (number - 1) & 1


def taken(pipe):
    """The reader has all that was written."""
    return fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)) == bytes(4)


def start(**how):
    how.setdefault("stdout", open("live.out", "wb"))
    how.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.Popen(command, stderr=open("live.err", "wb"), **how)


def ended(process, status=0, message=False):
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        wrong("does not end")
    if process.returncode != status:
        wrong(f"exit status {process.returncode}, not {status}: {open('live.err', 'rb').read(300)}")
    elif not message and os.path.getsize("live.err"):
        wrong(f"on standard error: {open('live.err', 'rb').read(300)}")


def output_is(got):
    if got != wanted:
        wrong(f"the output of {len(got)} bytes is not what it should be, {len(wanted)} bytes")


def written():
    return open("live.out", "rb").read()


def pipe(size=None):
    reader, writer = os.pipe()
    if size:
        fcntl.fcntl(writer, 1031, size)  # F_SETPIPE_SZ
    return reader, writer


def receive(fd, size):
    """So many bytes, or fewer if no more come."""
    alarm = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    signal.alarm(PATIENCE)
    got = b""
    try:
        while len(got) < size:
            piece = os.read(fd, min(size - len(got), 1 << 20))
            if not piece:
                break
            got += piece
    except TimeoutError:
        wrong(f"waited in vain for {size} bytes, {len(got)} came")
    signal.alarm(0)
    signal.signal(signal.SIGALRM, alarm)
    return got


def receive_all(fd):
    return receive(fd, EVERYTHING)


def unread(**how):
    reader, writer = pipe()
    os.close(reader)
    process = start(stdin=open(input_name, "rb"), stdout=writer, **how)
    os.close(writer)
    ended(process, -signal.SIGPIPE)


def unread_ignored():
    unread(restore_signals=False)


def left(**how):
    """The reader takes something and goes, with much more to come."""
    reader, writer = pipe(4096)
    process = start(stdin=open(input_name, "rb"), stdout=writer, **how)
    os.close(writer)
    receive(reader, 10)
    os.close(reader)
    ended(process, -signal.SIGPIPE)


def left_ignored():
    left(restore_signals=False)


def slow_reader():
    reader, writer = pipe(4096)
    os.set_blocking(writer, False)
    process = start(stdin=open(input_name, "rb"), stdout=writer)
    os.close(writer)
    until(lambda: asleep(process), "it waits for the reader")
    output_is(receive_all(reader))
    ended(process)


def slow_writer():
    reader, writer = pipe()
    os.set_blocking(reader, False)
    process = start(stdin=reader)
    for part in (given[:len(given) // 2], given[len(given) // 2:]):
        until(lambda: taken(writer) and asleep(process), "it waits for input")
        os.write(writer, part)
    os.close(reader)
    os.close(writer)
    ended(process)
    output_is(written())


def from_socket():
    ours, theirs = socket.socketpair()
    process = start(stdin=theirs)
    theirs.close()
    ours.sendall(given)
    ours.close()
    ended(process)
    output_is(written())


def terminal():
    ours, theirs = pty.openpty()
    process = start(stdin=theirs)
    os.close(theirs)
    for line in given.splitlines(keepends=True):
        until(lambda: asleep(process), "it waits for a line")
        os.write(ours, line)
        receive(ours, len(line) + 1)
    os.write(ours, b"\4")
    ended(process)
    output_is(written())


def fifo():
    """Whose writer comes late."""
    os.mkfifo("live.fifo")
    command.append("live.fifo")
    process = start()
    until(lambda: asleep(process), "it waits for the writer")
    with open("live.fifo", "wb") as writer:
        writer.write(given)
    os.unlink("live.fifo")
    ended(process)
    output_is(written())


def fifo_stopped():
    os.mkfifo("live.fifo")
    command.append("live.fifo")
    process = start()
    until(lambda: catches(process, signal.SIGTERM) and asleep(process), "it waits for the writer")
    process.terminate()
    ended(process, -signal.SIGTERM)
    os.unlink("live.fifo")


def disturbed(disturb):
    reader, writer = pipe()
    process = start(stdin=reader)
    os.close(reader)
    for i in range(0, len(given), 1 + len(given) // 40):
        os.write(writer, given[i:i + 1 + len(given) // 40])
        disturb(process)
    os.close(writer)
    ended(process)
    output_is(written())


def stopped():
    def disturb(process):
        process.send_signal(signal.SIGSTOP)
        until(lambda: asleep(process), "it is stopped")
        process.send_signal(signal.SIGCONT)
    disturbed(disturb)


def resized():
    def disturb(process):
        for _ in range(20):
            process.send_signal(signal.SIGWINCH)
    disturbed(disturb)


def traced():
    def attached(process):
        with open(f"/proc/{process.pid}/status") as status:
            return "TracerPid:\t0\n" not in status.read()

    def disturb(process):
        tracer = subprocess.Popen(["strace", "-qq", "-o", "/dev/null", "-p", str(process.pid)])
        until(lambda: attached(process), "it is traced")
        tracer.send_signal(signal.SIGINT)
        tracer.wait()
    disturbed(disturb)


def one_record():
    """Its answer comes while the input stays open."""
    reader, writer = pipe()
    answer, answers = pipe()
    process = start(stdin=reader, stdout=answers)
    os.close(reader)
    os.close(answers)
    os.write(writer, given)
    output_is(receive(answer, len(wanted)))
    os.close(writer)
    receive_all(answer)
    ended(process)


def idle_signal(number):
    reader, writer = pipe()
    answer, answers = pipe()
    process = start(stdin=reader, stdout=answers)
    os.close(reader)
    os.close(answers)
    os.write(writer, given)
    output_is(receive(answer, len(wanted)))
    until(lambda: catches(process, number) and asleep(process), "it waits for input")
    process.send_signal(number)
    if rest := receive_all(answer):
        wrong(f"after the signal: {rest[:300]}")
    ended(process, -number)
    os.close(writer)


def idle_term():
    idle_signal(signal.SIGTERM)


def idle_int():
    idle_signal(signal.SIGINT)


def idle_hup():
    idle_signal(signal.SIGHUP)


def replaced():
    """A stop leaves the file of -o as it was, and nothing beside it."""
    os.mkdir("live.dir")
    with open("live.dir/file", "w") as file:
        file.write("old\n")
    command.extend(["-o", "live.dir/file"])
    reader, writer = pipe()
    process = start(stdin=reader)
    os.close(reader)
    os.write(writer, given)
    until(lambda: len(os.listdir("live.dir")) > 1 and asleep(process), "it waits for input")
    process.terminate()
    ended(process, -signal.SIGTERM)
    os.close(writer)
    if os.listdir("live.dir") != ["file"] or open("live.dir/file").read() != "old\n":
        wrong(f"there are now {os.listdir('live.dir')}")
    for name in os.listdir("live.dir"):
        os.unlink("live.dir/" + name)
    os.rmdir("live.dir")


def blocked():
    """Gives the process, which waits for a reader that reads nothing, and that reader."""
    reader, writer = pipe(4096)
    process = start(stdin=open(input_name, "rb"), stdout=writer)
    os.close(writer)
    until(lambda: catches(process, signal.SIGTERM) and asleep(process), "it waits for the reader")
    return process, reader


def within(seconds, end, what):
    """From the first signal on end(process, reader) may take so long at the best of a few tries."""
    for _ in range(TRIES):
        process, reader = blocked()
        began = time.monotonic()
        process.terminate()
        end(process, reader)
        ended(process, -signal.SIGTERM)
        os.close(reader)
        if time.monotonic() - began < seconds:
            return
    wrong(what)


def blocked_twice():
    """The first signal sets a clock, which strikes after a second."""
    def end(process, _):
        until(lambda: catches(process, signal.SIGALRM), "the first signal is noted")
        process.terminate()
    within(0.9, end, "a second signal does not kill at once")


def blocked_once():
    within(3, lambda *_: None, "it takes more than 3 s to end")


def trickled():
    """The reader always takes something, but little: it must not hold up the end either."""
    def end(process, reader):
        began = time.monotonic()
        while process.poll() is None and time.monotonic() - began < PATIENCE:
            os.read(reader, 4096)
            time.sleep(0.1)
    within(3, end, "a reader that is slow holds up its end")


for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
    signal.signal(number, signal.SIG_DFL)  # what nohup or a shell's & has made of it
cases, input_name, wanted_name, *words = sys.argv[1:]
given = open(input_name, "rb").read()
wanted = open(wanted_name, "rb").read()
for case in cases.split(","):
    command = list(words)
    globals()[case]()
