#!/usr/bin/env python3
"""What a call costs: this SDK beside a call written by hand and the official Python SDK.

README.md in this folder says how to read it.
"""

import argparse
import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from statistics import median

from measure import Failed, machine, run, say
from ours import ROOT, build

OPERATIONS = ["delete-chat-group", "send-chatapp-message", "list-chatapp-template"]
OURS, BY_HAND = "ours", "by-hand"
THREADS, ASYNCIO = "sdk-threads", "sdk-asyncio"
SIDES = [OURS, BY_HAND, THREADS, ASYNCIO]
NAMES = {
    OURS: "this SDK",
    BY_HAND: "by hand: reqwest, own signature, serde derive",
    THREADS: "official Python SDK, threads",
    ASYNCIO: "official Python SDK, asyncio",
}
CALLERS = [1, 64]
# Long enough to be measured, short enough to be measured often.
CALLS = {OURS: 40_000, BY_HAND: 40_000, THREADS: 1_500, ASYNCIO: 1_500}
MEMORY = [1_000, 10_000, 100_000]
SDK = "alibabacloud-cams20200606==5.3.1"


class Bench:
    def __init__(self, given):
        self.given = given
        self.program = build("cams-load")
        self.python = sdk(given.cache / "sdk") if {THREADS, ASYNCIO} & set(given.sides) else None
        self.server = subprocess.Popen([self.program, "server"], stdout=subprocess.PIPE, text=True)
        self.url = "http://" + self.server.stdout.readline().strip()

    def end(self):
        self.server.kill()
        self.server.wait()

    def measure(self, side, operation, callers, calls, counts=None):
        """One process that calls, from its start to its end."""
        counts = ",".join(map(str, counts or []))
        if side in (OURS, BY_HAND):
            command = [self.program, "client", "--url", self.url, "--side", side]
            command += ["--operation", operation, "--callers", callers, "--calls", calls]
            command += ["--memory", counts] if counts else []
        else:
            kind = side.removeprefix("sdk-")
            script = Path(__file__).with_name("sdk_calls.py")
            command = [self.python, script, self.url, operation, callers, calls, kind]
            command += [counts] if counts else []
        return json.loads(run(command))

    def rounds(self):
        """All sides in turns, so that a busy minute meets each of them."""
        figures = {}
        for turn in range(self.given.rounds):
            for operation in self.given.operations:
                for callers in CALLERS:
                    for side in self.given.sides:
                        calls = max(CALLS[side] // self.given.divide, callers)
                        cost = self.measure(side, operation, callers, calls)
                        rate = cost["calls"] / cost["wall"]
                        cpu = (cost["user"] + cost["system"]) / cost["calls"] * 1e6
                        figure = {"calls_per_second": rate, "cpu_us_per_call": cpu}
                        figures.setdefault((operation, callers, side), []).append(figure)
                        told = f"{operation}, {callers}, {side}: {rate:,.0f}/s, {cpu:.1f} µs"
                        say(f"  {turn + 1}/{self.given.rounds} {told}")
        return figures

    def memory(self):
        say("memory")
        counts = [count // self.given.divide for count in MEMORY]
        measured = {}
        for callers in CALLERS:
            for side in [side for side in self.given.sides if side in (OURS, BY_HAND)]:
                cost = self.measure(side, OPERATIONS[0], callers, 1, counts)
                measured[callers, side] = cost["memory"]
        return measured


def sdk(folder):
    """A Python that has the official SDK."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", SDK])
    return python


def spread(figures, of):
    return [figure[of] for figure in figures]


def table(figures, sides):
    lines = [
        "| operation | callers | | calls/s | CPU per call, µs | CPU beside by hand |",
        "| --- | ---: | --- | ---: | ---: | ---: |",
    ]
    for (operation, callers, side), of_side in figures.items():
        rates = spread(of_side, "calls_per_second")
        cpu = spread(of_side, "cpu_us_per_call")
        line = [operation, str(callers), NAMES[side], f"{median(rates):,.0f}"]
        line += [f"{median(cpu):.1f} ({min(cpu):.1f}–{max(cpu):.1f})"]
        line += [beside(figures, operation, callers, side, sides)]
        lines.append("| " + " | ".join(line) + " |")
    return "\n".join(lines)


def beside(figures, operation, callers, side, sides):
    """The median of the ratios within each round: what disturbs a round disturbs both."""
    if BY_HAND not in sides:
        return ""
    by_hand = spread(figures[operation, callers, BY_HAND], "cpu_us_per_call")
    own = spread(figures[operation, callers, side], "cpu_us_per_call")
    return f"{median(one / other for one, other in zip(own, by_hand)):.2f}"


def memory_table(measured):
    counts = [str(f"{point['calls']:,}") for point in next(iter(measured.values()))]
    lines = ["| MiB after so many calls | callers | " + " | ".join(counts) + " |"]
    lines.append("| --- |" + " ---: |" * (1 + len(counts)))
    for (callers, side), points in measured.items():
        mib = [f"{point['kib'] / 1024:.1f}" for point in points]
        lines.append(f"| {NAMES[side]} | {callers} | " + " | ".join(mib) + " |")
    return "\n".join(lines)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])

    def add(name, default, metavar, words, **more):
        parser.add_argument(name, default=default, metavar=metavar, help=words, **more)

    add("--rounds", 5, "N", "how often each is measured [default: 5]", type=int)
    add("--sides", SIDES, "NAME", f"which sides, of {', '.join(SIDES)}", nargs="+", choices=SIDES)
    few = f"what is called, of {', '.join(OPERATIONS)}"
    add("--operations", OPERATIONS, "NAME", few, nargs="+", choices=OPERATIONS)
    add("--divide", 1, "N", "so many times fewer calls, for a quick look", type=int)
    add("--json", None, "FILE", "write all figures there", type=Path)
    cache = "where the SDK stays [default: target/bench]"
    add("--cache", ROOT / "target/bench", "FOLDER", cache, type=lambda it: Path(it).resolve())
    return parser.parse_args()


def main():
    given = arguments()
    bench = Bench(given)
    load = machine()
    try:
        figures = bench.rounds()
        memory = bench.memory()
    finally:
        bench.end()
    print(
        f"{load['cores']} cores, {load['system']}, {load['rustc']}, load {load['load']} before; "
        f"{given.rounds} round(s) of all sides in turns: the median, and in brackets the range.\n"
    )
    print(table(figures, given.sides))
    if memory:
        print("\n" + memory_table(memory))
    if given.json:
        rounds = [
            {"operation": operation, "callers": callers, "side": side, "rounds": of_side}
            for (operation, callers, side), of_side in figures.items()
        ]
        points = [
            {"callers": callers, "side": side, "points": points}
            for (callers, side), points in memory.items()
        ]
        measured = {"machine": load, "calls": rounds, "memory": points}
        given.json.write_text(json.dumps(measured, indent=2) + "\n")


try:
    main()
except (Failed, OSError, ValueError) as error:
    sys.exit(f"error: {str(error).removeprefix('error: ')}")
