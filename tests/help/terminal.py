"""usage: terminal.py WIDTH COMMAND [ARGUMENT ...]

Runs the command with a terminal of that width as its standard output, and prints what came there."""
import fcntl
import os
import pty
import struct
import sys
import termios


def main():
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 25, int(sys.argv[1]), 0, 0))
    child = os.fork()
    if not child:
        os.dup2(its, 1)
        os.execvp(sys.argv[2], sys.argv[2:])
    os.close(its)
    shown = b""
    try:
        while some := os.read(ours, 65536):
            shown += some
    except OSError:  # the last that had it open has closed it
        pass
    _, status = os.waitpid(child, 0)
    sys.stdout.buffer.write(shown.replace(b"\r\n", b"\n"))
    sys.exit(os.waitstatus_to_exitcode(status))


main()
