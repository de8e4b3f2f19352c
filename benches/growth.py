"""The same service, larger: operations copied under new names, each in a file of its own."""

import json
import re

SIZES = [1, 2, 4, 8]


def grow(bundle, times, folder):
    """Writes a description with `times` as many operations. Gives their number."""
    document = json.loads(bundle)
    paths = {}
    (folder / "operations").mkdir(parents=True)
    for copy in range(times):
        for path, item in document["paths"].items():
            name = path.removeprefix("/#") + suffix(copy)
            text = json.dumps(
                {method: named(operation, copy) for method, operation in item.items()}
            )
            # What the bundle refers to stands in the entry.
            text = text.replace('"$ref": "#/', '"$ref": "../openapi.json#/')
            file = f"operations/{name}.json"
            (folder / file).write_text(text)
            paths[f"/#{name}"] = {"$ref": file}
    document["paths"] = paths
    (folder / "openapi.json").write_text(json.dumps(document, indent=2))
    return len(paths)


def suffix(copy):
    return f"Copy{chr(ord('A') + copy - 1)}" if copy else ""


def named(operation, copy):
    """The operation under its copy's name; names in Rust follow."""
    renamed = {**operation, "operationId": operation["operationId"] + suffix(copy)}
    if copy and "x-rust-name" in operation:
        renamed["x-rust-name"] += re.sub("([A-Z])", r"_\1", suffix(copy)).lower()
    return renamed
