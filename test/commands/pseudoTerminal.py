"""Runs a command in a pseudo-terminal of so many columns and passes on what it writes: pseudoTerminal.py COLUMNS COMMAND..."""

import fcntl
import os
import pty
import struct
import sys
import termios

columns, command = int(sys.argv[1]), sys.argv[2:]
child, master = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    os.execvp(command[0], command)
while True:
    try:
        written = os.read(master, 65536)
    except OSError:  # EIO: the other end is closed.
        break
    if not written:
        break
    sys.stdout.buffer.write(written)
sys.stdout.flush()
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
