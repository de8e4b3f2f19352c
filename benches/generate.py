#!/usr/bin/env python3
"""Our generator beside its peers: what generating costs, and what the compiler pays for the result.

README.md in this folder says how to read it.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import crates
import growth
import ours
import report
from measure import Failed, Table, machine, run, say, timed
from options import arguments
from peers import PEERS, install, variants

OURS = "ours"
CHECKED = "ours, --check"


class Comparison:
    """All sides, ready to be measured."""

    def __init__(self, given, work):
        self.given = given
        self.work = work
        self.xtask = ours.build()
        self.bundle = run([self.xtask, "bundle", "--spec", given.spec])
        self.variants = variants(self.bundle, work)
        self.programs = {}
        self.missing = {}
        given.cache.mkdir(parents=True, exist_ok=True)
        for name in given.peers:
            try:
                self.programs[name] = install(PEERS[name], given.cache)
            except Failed as error:
                self.missing[name] = error
        shutil.rmtree(given.cache / "build", ignore_errors=True)

    def operations(self):
        items = json.loads(self.bundle)["paths"].values()
        return sum(len(item) for item in items)

    def peer(self, name, description=None, folder=None):
        """What measures a peer once, from an empty folder on."""
        peer = PEERS[name]
        folder = folder or self.work / name
        command = peer.command(
            self.programs[name], description or self.variants[peer.description], folder
        )

        def once():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            return timed(command, cwd=self.work)

        return once

    def ours(self, spec, folder):
        ours.copy(self.given.crate, folder)

        def once():
            shutil.rmtree(folder / "src", ignore_errors=True)
            return timed(ours.codegen(self.xtask, spec, folder))

        return once

    def generate(self):
        say("generating")
        table = Table()
        for name, error in self.missing.items():
            table.fail(name, error)
        sides = {OURS: self.ours(self.given.spec, self.work / OURS)}
        fresh = self.work / "fresh"
        ours.copy(self.given.crate, fresh)
        run(ours.codegen(self.xtask, self.given.spec, fresh))
        checking = ours.codegen(self.xtask, self.given.spec, fresh, "--check")
        sides[CHECKED] = lambda: timed(checking)
        sides |= {name: self.peer(name) for name in self.programs}
        table.measure(sides, self.given.runs)
        for name in table.costs:
            if name != CHECKED:
                table.notes[name] = crates.emitted(self.work / name)
        return table

    def compile(self, command):
        say(" ".join(command))
        table = Table()
        sides = {}

        def add(side, folder, crate, target, features=()):
            say(f"  preparing {side}")
            try:
                target = self.given.cache / "target" / target
                sides[side] = crates.compiling(command, folder(), crate, target, features)
            except Failed as error:
                table.fail(side, error)

        home = self.given.cache / "crates"
        folder = ours.workspace(self.xtask, self.given.spec, self.given.crate, home / OURS)
        add(f"{OURS}, all features", lambda: folder, ours.CRATE, OURS, ["--all-features"])
        groups = ours.groups(folder)
        group = self.given.group
        if group not in groups:
            raise Failed(f"{group} is no group; there are {', '.join(groups)}")
        alone = ["--no-default-features", "--features", group]
        add(f"{OURS}, {group} alone", lambda: folder, ours.CRATE, OURS, alone)
        for name in self.programs:

            def crate(name=name):
                folder = home / name
                with crates.locked(folder):
                    self.peer(name, folder=folder)()
                    PEERS[name].complete(folder)
                    crates.alone(folder)
                return folder

            add(name, crate, PEERS[name].crate, name)
        table.measure(sides, self.given.runs)
        return table

    def growth(self, fastest):
        say("growth")
        tables = {}
        for times in growth.SIZES:
            folder = self.work / f"growth-{times}"
            operations = growth.grow(self.bundle, times, folder / "spec")
            say(f"{operations} operations")
            sides = {OURS: self.ours(folder / "spec", folder / OURS)}
            if fastest:
                bundle = run([self.xtask, "bundle", "--spec", folder / "spec"])
                description = variants(bundle, folder)[PEERS[fastest].description]
                sides[fastest] = self.peer(fastest, description, folder / fastest)
            table = Table()
            table.measure(sides, self.given.runs)
            tables[operations] = table
        return tables


def main():
    given = arguments(__doc__.split("\n")[0])
    measured = {"machine": machine(), "runs": given.runs}
    sections = [report.heading(measured["machine"], given.runs)]
    with tempfile.TemporaryDirectory() as work:
        comparison = Comparison(given, Path(work))
        generated = None
        # Without it nobody knows which peer is the fastest.
        if "generate" in given.parts or given.growth:
            generated = comparison.generate()
            measured["generate"] = generated.json()
            sections.append(report.generating(generated, comparison.operations()))
        compiled = {}
        for part, command in [("check", crates.CHECK), ("release", crates.RELEASE)]:
            if part in given.parts:
                compiled[part] = comparison.compile(command)
                measured[part] = compiled[part].json()
        if compiled:
            sections.append(report.compiling(compiled))
        if given.growth:
            peers = [name for name in generated.costs if name in PEERS]
            fastest = min(peers, key=lambda name: generated.median(name, "wall"), default=None)
            tables = comparison.growth(fastest)
            measured["growth"] = {size: table.json() for size, table in tables.items()}
            sections.append(report.growing(tables))
    sections.append(report.remarks(given.peers))
    print("\n\n".join(section for section in sections if section))
    if given.json:
        given.json.write_text(json.dumps(measured, indent=2) + "\n")


try:
    main()
except (Failed, OSError) as error:
    sys.exit(f"error: {str(error).removeprefix('error: ')}")
