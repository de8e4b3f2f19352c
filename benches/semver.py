#!/usr/bin/env python3
"""Holds `cargo xtask diff` and cargo-semver-checks against the compiler, on the planted changes.

    python3 benches/semver.py [--program PATH]

Runs the test `planted`, which generates every change as a crate, compiles its client before and after,
and leaves the verdicts. Each pair of crates is then judged by cargo-semver-checks (0.51 or later), and for
each tool is printed how many of the changes that break a client it calls major, and how many others it does.
"""

import argparse
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BACK = "_back"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default="cargo-semver-checks", help="cargo-semver-checks [that of PATH]")
    program = parser.parse_args().program
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    run(["cargo", "test", "--quiet", "-p", "cams-tests", "--test", "planted"], ROOT)
    crates = target / "tmp" / "planted"
    judged = json.loads((crates / "judged.json").read_text())
    document(crates)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
        verdicts = list(threads.map(lambda row: checked(program, crates, row["name"]), judged))
    print(run([program, "--version"], ROOT).strip())
    score("cargo xtask diff", judged, [row["step"] == "major" for row in judged])
    score("cargo-semver-checks", judged, verdicts)


def score(tool, judged, majors):
    """Prints how often a tool is right, and where it isn't."""
    breaks = [row["breaks"] for row in judged]
    found = sum(1 for truth, said in zip(breaks, majors) if truth and said)
    false = [row["name"] for row, said in zip(judged, majors) if said and not row["breaks"]]
    missed = [row["name"] for row, said in zip(judged, majors) if row["breaks"] and not said]
    print(f"{tool}: {found} of {sum(breaks)} found, {len(false)} false alarm(s) in {len(breaks) - sum(breaks)}")
    print(f"  missed: {', '.join(missed) or 'none'}\n  false: {', '.join(false) or 'none'}")


def document(crates):
    """Writes what rustdoc knows of each crate. All are given one name, as two releases of one have."""
    flags = {"RUSTC_BOOTSTRAP": "1", "RUSTDOCFLAGS": "-Z unstable-options --output-format json"}
    command = ["cargo", "doc", "--workspace", "--exclude", "clients", "--no-deps", "--offline", "--quiet"]
    run([*command, "--target-dir", "target/semver"], crates, flags)
    for path in (crates / "target/semver/doc").glob("*.json"):
        docs = json.loads(path.read_text())
        docs["index"][str(docs["root"])]["name"] = "example"
        for item in docs["paths"].values():
            if item["crate_id"] == 0:
                item["path"][0] = "example"
        path.with_suffix(".named").write_text(json.dumps(docs))


def checked(program, crates, name):
    """Whether cargo-semver-checks asks for a major step."""
    sides = ["base", name.removesuffix(BACK)]
    old, new = sides[::-1] if name.endswith(BACK) else sides
    docs = crates / "target/semver/doc"
    done = subprocess.run(
        [program, "semver-checks", "--release-type", "minor",
         "--baseline-rustdoc", docs / f"{old}.named", "--current-rustdoc", docs / f"{new}.named"],
        capture_output=True, text=True,
    )
    if "Checked" not in done.stderr:
        sys.exit(f"{name}: {done.stderr}")
    return done.returncode != 0


def run(command, folder, more=None):
    """What a command prints; it must succeed."""
    done = subprocess.run(command, cwd=folder, env={**os.environ, **(more or {})}, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{command[0]} {command[1]} failed: {done.stderr[-2000:]}")
    return done.stdout


main()
