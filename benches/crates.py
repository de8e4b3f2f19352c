"""Compiling the generated crates: each alone, what it depends on built before."""

import os
from contextlib import contextmanager

from measure import timed

CHECK = ["cargo", "check", "--quiet", "--lib"]
RELEASE = ["cargo", "build", "--quiet", "--lib", "--release"]


def compiling(command, folder, crate, target, features=()):
    """What measures one compilation of the crate. What it depends on is built here.

    All that touches the target folder goes through the same wrapper: cargo would rebuild it if that
    came and went.
    """
    environment = {
        "CARGO_INCREMENTAL": "0",
        "CARGO_TARGET_DIR": str(target),
        "CARGO_TERM_COLOR": "never",
    }

    def once():
        os.utime(folder / "src/lib.rs")
        return timed([*command, *features], environment, crate, cwd=folder)

    once()
    return once


@contextmanager
def locked(folder):
    """Keeps the versions that a crate was built with, whatever becomes of its folder."""
    lock = folder / "Cargo.lock"
    versions = lock.read_bytes() if lock.exists() else None
    yield
    if versions is not None:
        lock.write_bytes(versions)


def alone(folder):
    """Makes sure that a crate belongs to no workspace around it."""
    manifest = folder / "Cargo.toml"
    text = manifest.read_text()
    if "[workspace]" not in text:
        manifest.write_text(f"{text}\n[workspace]\n")


def emitted(folder):
    """How many lines and bytes of Rust are in a folder."""
    texts = [path.read_bytes() for path in folder.rglob("*.rs")]
    return {"lines": sum(text.count(b"\n") for text in texts), "bytes": sum(map(len, texts))}
