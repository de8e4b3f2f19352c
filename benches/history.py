#!/usr/bin/env python3
"""Draws changes from the vendor's own history, for a person to check against the raw metadata.

    python3 benches/history.py [--seed N] [--of N] [--times N]

Runs `cargo xtask diff` from June 2024 to December 2025 and from there to `api-docs.json`, in `../shared/cams`
(or below what `CAMS_SHARED` names; without it nothing is done). Of each history it takes the operations that
vanished, then changes of all kinds in turn, drawn by the seed, and prints each with what the raw files have
at both places. `--times` runs each comparison that often and prints the median.
"""

import argparse
import json
import os
import pathlib
import random
import statistics
import subprocess
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
STATES = ["upstream/cams-2024-06.zh.json", "upstream/cams-2025-12.en.json", "api-docs.json"]
MOST = 700


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=5, help="what the drawing follows from [5]")
    parser.add_argument("--of", type=int, default=20, help="how many of each history [20]")
    parser.add_argument("--times", type=int, default=0, help="runs to be timed [0]")
    arguments = parser.parse_args()
    shared = pathlib.Path(os.environ.get("CAMS_SHARED", ROOT.parent / "shared")) / "cams"
    paths = [shared / state for state in STATES]
    if not all(path.is_file() for path in paths):
        print("skipped: the vendor's metadata isn't there")
        return
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    subprocess.run(["cargo", "build", "--quiet", "--release", "-p", "xtask"], cwd=ROOT, check=True)
    program = target / "release" / "xtask"
    for old, new in zip(paths, paths[1:]):
        command = [program, "diff", old, new, "--format", "json"]
        report = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout)
        counts = report["counts"]
        print(f"# {old.name} -> {new.name}: {len(report['changes'])} changes, "
              f"{counts['major']} major, {counts['minor']} minor, {counts['patch']} patch")
        if arguments.times:
            print(f"median of {arguments.times} runs: {timed(command, arguments.times):.0f} ms")
        files = [json.loads(path.read_text()) for path in (old, new)]
        for number, change in enumerate(drawn(report["changes"], arguments.seed, arguments.of), 1):
            show(number, change, files)


def timed(command, times):
    """The median of some runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def drawn(changes, seed, count):
    """What vanished, then one of each kind in turn."""
    chance = random.Random(seed)
    vanished = [change for change in changes if change["kind"] == "operation-removed"]
    kinds = {}
    for change in changes:
        if change not in vanished:
            kinds.setdefault(change["kind"], []).append(change)
    for of in kinds.values():
        chance.shuffle(of)
    taken = list(vanished)
    while len(taken) < count and any(kinds.values()):
        for kind in sorted(kinds):
            if kinds[kind] and len(taken) < count:
                taken.append(kinds[kind].pop())
    return taken


def show(number, change, files):
    """A change, and what the raw files have at its places."""
    print(f"\n{number}. {change['step']} {change['kind']}: {change['operation']} {change['subject']}")
    print(f"   before {change['before']!r} after {change['after']!r}")
    print(f"   wire: {change['wire']}\n   Rust: {change['rust']}")
    for side, file in zip(("old", "new"), files):
        place = change[side]
        if place:
            pointer = place["pointer"]
            print(f"   {side} {place['line']}:{place['column']} {pointer}")
            print(f"       {cut(raw(file, pointer))}")
        else:
            there = change["operation"] in file["apis"]
            print(f"   {side} no place; the operation is{'' if there else ' not'} in the file")


def raw(value, pointer):
    """What stands at a JSON pointer."""
    for key in pointer.split("/")[1:]:
        key = key.replace("~1", "/").replace("~0", "~")
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def cut(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST else text[:MOST] + "…"


main()
