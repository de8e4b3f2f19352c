"""Commands that are run, and what they cost."""

import os
import platform
import re
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

TIMED = Path(__file__).with_name("timed.py")
LONGEST = 1_800
TELLING = re.compile(r"\berror\b(?!\.rs)|panicked at|exception", re.IGNORECASE)


class Failed(Exception):
    """A command that failed, in one line."""


@dataclass
class Cost:
    wall: float
    user: float
    mb: float


def say(text):
    print(text, file=sys.stderr, flush=True)


def run(command, **options):
    """Runs a command that must succeed, and gives what it prints."""
    command = [str(word) for word in command]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LONGEST, **options)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Failed(str(error)) from error
    if done.returncode:
        raise Failed(first_error(done) or f"`{command[0]}` gave {done.returncode}")
    return done.stdout.decode(errors="replace")


def first_error(done):
    """The first line that says what went wrong."""
    text = (done.stderr + b"\n" + done.stdout).decode(errors="replace")
    text = re.sub(r"\x1b\[[0-9;]*m", "", text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if TELLING.search(line)]
    # What a panic says stands in the line after its place.
    for line, after in zip(lines, lines[1:]):
        if "panicked at" in line and telling and telling[0] == line:
            return f"{line} {after}"
    return next(iter(telling or lines), "")


def timed(command, environment=None, crate=None, **options):
    """What a command costs; with `crate`, the one rustc that compiles it."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder, "log")
        variables = {**os.environ, **(environment or {}), "TIMED_LOG": str(log)}
        if crate:
            variables |= {"RUSTC_WRAPPER": str(TIMED), "TIMED_CRATE": crate}
        else:
            command = [sys.executable, "-S", "-E", TIMED, *command]
        run(command, env=variables, **options)
        lines = log.read_text().splitlines() if log.exists() else []
    if len(lines) != 1:
        raise Failed(f"measured {len(lines)} processes instead of one")
    wall, user, peak = lines[0].split()
    return Cost(float(wall), float(user), int(peak) / 1024)


class Table:
    """What several sides cost, measured in turns, so that a busy minute meets all of them."""

    def __init__(self):
        self.costs = {}
        self.errors = {}
        self.notes = {}

    def fail(self, side, error):
        say(f"  {side}: {error}")
        self.costs.pop(side, None)
        self.errors[side] = str(error)

    def measure(self, sides, runs):
        """`sides`: from name to what measures once."""
        for turn in range(runs):
            for side, once in sides.items():
                if side in self.errors:
                    continue
                try:
                    cost = once()
                except Failed as error:
                    self.fail(side, error)
                    continue
                self.costs.setdefault(side, []).append(cost)
                told = f"{cost.wall:.3f} s, user {cost.user:.3f} s, {cost.mb:.0f} MB"
                say(f"  {turn + 1}/{runs} {side}: {told}")

    def figures(self, side, of):
        return [getattr(cost, of) for cost in self.costs[side]]

    def median(self, side, of):
        return median(self.figures(side, of))

    def json(self):
        sides = {
            side: {"runs": [asdict(cost) for cost in costs]} for side, costs in self.costs.items()
        }
        for side, note in self.notes.items():
            sides.setdefault(side, {}).update(note)
        for side, error in self.errors.items():
            sides.setdefault(side, {})["error"] = error
        return sides


def machine():
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return {
        "cores": os.cpu_count(),
        "rustc": run(["rustc", "--version"]).strip(),
        "system": f"{platform.system()} {platform.machine()}",
        "load": round(load, 1),
    }
