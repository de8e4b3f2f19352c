"""What may be asked on the command line."""

import argparse
from pathlib import Path

from ours import ROOT
from peers import PEERS, USUAL

PARTS = ["generate", "check", "release"]


def arguments(description):
    parser = argparse.ArgumentParser(description=description)

    def add(name, default, metavar, words, **more):
        parser.add_argument(name, default=default, metavar=metavar, help=words, **more)

    peers = f"which peers, of {', '.join(PEERS)} [default: all but openapi-generator]"
    parts = f"what is measured, of {', '.join(PARTS)} [default: all]"
    add("--peers", USUAL, "NAME,…", peers, type=several(PEERS))
    add("--runs", 5, "N", "how often each is measured [default: 5]", type=positive)
    add("--parts", PARTS, "PART,…", parts, type=several(PARTS))
    growth = "also measure descriptions of up to eight times the size"
    parser.add_argument("--growth", action="store_true", help=growth)
    add("--json", None, "FILE", "write all figures there", type=Path)
    cache = "where peers and what is built stay [default: target/bench]"
    add("--cache", ROOT / "target/bench", "FOLDER", cache, type=folder)
    add("--spec", ROOT / "specs/cams", "FOLDER", "the description", type=folder)
    add("--crate", ROOT / "generated", "FOLDER", "the crate's manifest and README", type=folder)
    group = "our feature that is compiled alone [default: chat-groups]"
    add("--group", "chat-groups", "FEATURE", group)
    return parser.parse_args()


def several(known):
    """A list of names; empty for none."""

    def parse(text):
        names = [name for name in text.split(",") if name]
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name} isn't one of {', '.join(known)}")
        return names

    return parse


def positive(text):
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError("must be a whole number from 1")
    return int(text)


def folder(text):
    return Path(text).resolve()
