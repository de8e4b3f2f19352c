"""The peers: where they come from, how they are asked, what their crates lack to be built."""

import json
import re
import shutil
import sys
from dataclasses import dataclass

from measure import Failed, run, say

CRATE = "cams_peer"


@dataclass
class Peer:
    name: str
    version: str
    """The version that is installed."""
    command: callable
    """From program, description and folder to the command that generates."""
    package: str = ""
    """What is installed, where it is called otherwise."""
    description: str = "description"
    """Which variant of the description it takes."""
    crate: str = CRATE
    """What its crate is called."""
    remark: str = ""
    complete: callable = lambda folder: None
    """Adds to a crate what its peer leaves to the user."""


def dependencies(folder):
    """openapi-to-rust emits modules and a list of dependencies, and no crate."""
    wanted = next(folder.rglob("REQUIRED_DEPS.toml")).read_text()
    wanted = wanted[wanted.index("[dependencies]") :]
    package = f'[package]\nname = "{CRATE}"\nversion = "0.1.0"\nedition = "2021"\n\n'
    (folder / "Cargo.toml").write_text(package + wanted)
    (folder / "src/lib.rs").write_text("pub mod generated;\n")


PEERS = {
    peer.name: peer
    for peer in [
        Peer(
            "oas3-gen",
            "0.29.0",
            lambda program, description, folder: [
                *(program, "--color", "never", "generate", "client-mod", "--workspace"),
                *("-i", description, "-o", folder),
            ],
            # After its folder.
            crate="oas3_gen",
        ),
        Peer(
            "openapi-to-rust",
            "0.23.0",
            lambda program, description, folder: [
                *(program, "generate", description, "--output-dir", folder / "src/generated"),
            ],
            complete=dependencies,
            remark="its Cargo.toml is written by this script",
        ),
        Peer(
            "ploidy",
            "0.15.0",
            lambda program, description, folder: [
                *(program, "generate", "rust", "-o", folder, "--name", CRATE, description),
            ],
        ),
        Peer(
            "progenitor",
            "0.15.1",
            lambda program, description, folder: [
                *(program, "progenitor", "-i", description, "-o", folder, "-n", CRATE),
                *("-v", "0.1.0", "--include-client", "true"),
            ],
            package="cargo-progenitor",
            description="strings",
            remark="refuses JSON in parameters, so they are plain strings here",
        ),
        Peer(
            "openapi-generator",
            "7.26.0",
            lambda program, description, folder: [
                *("java", "-jar", program, "generate", "-g", "rust", "--library", "reqwest"),
                *("-i", description, "-o", folder, "--package-name", CRATE),
                "--additional-properties=packageVersion=0.1.0",
            ],
            package="openapi-generator-cli",
            remark="from PyPI; its packageVersion is given, since it takes none but a semantic one",
        ),
    ]
}
USUAL = [name for name in PEERS if name != "openapi-generator"]


def install(peer, cache):
    """The program of a peer, installed by name from its registry, once."""
    package = peer.package or peer.name
    root = cache / "peers" / f"{package}-{peer.version}"
    if peer.name == "openapi-generator":
        return install_from_pypi(package, peer.version, root)
    program = root / "bin" / package
    if not program.exists():
        say(f"installing {package} {peer.version}")
        command = ["cargo", "install", "--locked", "--quiet", package, "--version", peer.version]
        run([*command, "--root", root, "--target-dir", cache / "build"])
    return program


def install_from_pypi(package, version, root):
    if not shutil.which("java"):
        raise Failed("needs Java")
    jar = "lib/python*/site-packages/openapi_generator_cli/*.jar"
    if not list(root.glob(jar)):
        say(f"installing {package} {version}")
        run([sys.executable, "-m", "venv", "--clear", root])
        run([root / "bin/python", "-m", "pip", "install", "--quiet", f"{package}=={version}"])
    return next(root.glob(jar))


def variants(bundle, folder):
    """The description as peers take it: paths without fragments, and one with JSON as text."""
    document = json.loads(bundle)
    document["paths"] = {re.sub("^/#", "/", path): item for path, item in document["paths"].items()}
    written = {}

    def write(name):
        written[name] = folder / f"{name}.json"
        written[name].write_text(json.dumps(document, indent=2))

    write("description")
    shared = document.get("components", {}).get("parameters", {})
    items = [*document["paths"].values(), {"shared": {"parameters": [*shared.values()]}}]
    for operation in (operation for item in items for operation in item.values()):
        for parameter in operation.get("parameters", []):
            if parameter.pop("content", None) is not None:
                parameter["schema"] = {"type": "string"}
                parameter.pop("example", None)
    write("strings")
    return written
