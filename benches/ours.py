"""Our own side: the generator's own process, and the crate that it makes."""

import json
import re
import shutil
from pathlib import Path

from measure import Failed, run, say

ROOT = Path(__file__).resolve().parent.parent
CRATE = "alibabacloud_cams"


def build(package="xtask"):
    """The built program of a package, by default the generator."""
    say(f"building {package}")
    command = ["cargo", "build", "--release", "--package", package, "--message-format=json"]
    for line in run(command, cwd=ROOT).splitlines():
        message = json.loads(line)
        if message.get("target", {}).get("name") == package and message.get("executable"):
            return Path(message["executable"])
    raise Failed(f"cargo names no executable of {package}")


def codegen(xtask, spec, folder, *more):
    return [xtask, "codegen", "--spec", spec, "--out", folder, *more]


def copy(crate, folder):
    """The crate without what is generated."""
    shutil.copytree(crate, folder, ignore=shutil.ignore_patterns("src", "target", "Cargo.lock"))


def workspace(xtask, spec, crate, folder):
    """A workspace with the generated crate and the runtime alone. Gives the crate's folder."""
    for part in ["generated", "runtime"]:
        shutil.rmtree(folder / part, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    manifest = (ROOT / "Cargo.toml").read_text()
    members = 'members = ["generated", "runtime"]'
    (folder / "Cargo.toml").write_text(re.sub(r"members = \[[^]]*\]", members, manifest))
    shutil.copy(ROOT / "Cargo.lock", folder)
    shutil.copytree(ROOT / "runtime", folder / "runtime", copy_function=shutil.copy2)
    copy(crate, folder / "generated")
    run(codegen(xtask, spec, folder / "generated"))
    return folder / "generated"


def groups(crate):
    """The features of the groups, as `full` lists them."""
    command = ["cargo", "metadata", "--no-deps", "--offline", "--format-version=1"]
    packages = json.loads(run(command, cwd=crate))["packages"]
    found = [package["features"]["full"] for package in packages if "full" in package["features"]]
    return next(iter(found), [])
