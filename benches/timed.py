#!/usr/bin/env -S python3 -S -E
"""Runs a command and adds a line to the file $TIMED_LOG: wall seconds, user seconds, peak KiB.

As RUSTC_WRAPPER, with $TIMED_CRATE set, only the rustc of that crate is measured. It is a process of
its own, and imports little, because Linux counts the starter's memory into a child's peak: what is
printed can't be below the few MB of this.
"""

import os
import sys
import time


def compiles(command, crate):
    names = [after for word, after in zip(command, command[1:]) if word == "--crate-name"]
    return names == [crate]


def main():
    command = sys.argv[1:]
    crate = os.environ.get("TIMED_CRATE")
    if crate and not compiles(command, crate):
        os.execvp(command[0], command)
    start = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - start
    peak = used.ru_maxrss // 1024 if sys.platform == "darwin" else used.ru_maxrss
    with open(os.environ["TIMED_LOG"], "a") as log:
        log.write(f"{wall:.4f} {used.ru_utime:.4f} {peak}\n")
    code = os.waitstatus_to_exitcode(status)
    sys.exit(code if code >= 0 else 128 - code)


main()
