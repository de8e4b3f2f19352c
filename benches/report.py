"""The figures as Markdown."""

from peers import PEERS

UNITS = {"wall": "wall s", "user": "user s", "mb": "peak MB"}
COLUMNS = [
    ("check", "user"),
    ("check", "mb"),
    ("release", "wall"),
    ("release", "user"),
    ("release", "mb"),
]


def named(side):
    return f"{side} {PEERS[side].version}" if side in PEERS else side


def rows(head, body):
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def times(table, side, of, scale=1.0, digits=2):
    """The median, and in brackets the minimum."""
    middle = table.median(side, of) * scale
    smallest = min(table.figures(side, of)) * scale
    return f"{middle:.{digits}f} ({smallest:.{digits}f})"


def peak(table, side):
    return f"{table.median(side, 'mb'):.0f}"


def failures(tables):
    """What each side that failed said, once."""
    said = {}
    for table in tables:
        for side, error in table.errors.items():
            said.setdefault(side, error)
    return [f"- {named(side)} fails: `` {error} ``" for side, error in said.items()]


def section(title, table, tables):
    return "\n\n".join(filter(None, [f"### {title}", table, "\n".join(failures(tables))]))


def heading(machine, runs):
    return (
        f"{machine['cores']} cores, {machine['system']}, {machine['rustc']}, "
        f"load {machine['load']} before; {runs} run(s) of each side in turns: the median, and in "
        "brackets the minimum."
    )


def generating(table, operations):
    body = []
    for side in table.costs:
        note = table.notes.get(side, {})
        size = [f"{note['lines']:,}", f"{note['bytes']:,}"] if note else ["", ""]
        spent = [times(table, side, of, digits=3) for of in ("wall", "user")]
        body.append([named(side), *spent, peak(table, side), *size])
    head = ["", "wall s", "user s", "peak MB", "lines", "bytes"]
    return section(f"Generating {operations} operation(s)", rows(head, body), [table])


def compiling(tables):
    columns = [(part, of) for part, of in COLUMNS if part in tables]
    body = []
    for side in dict.fromkeys(side for table in tables.values() for side in table.costs):
        line = [named(side)]
        for part, of in columns:
            table = tables[part]
            if side not in table.costs:
                line.append("fails")
            elif of == "mb":
                line.append(peak(table, side))
            else:
                line.append(times(table, side, of))
        body.append(line)
    head = [""] + [f"{part}: {UNITS[of]}" for part, of in columns]
    title = "Compiling the generated crate alone, its dependencies built before"
    return section(title, rows(head, body), tables.values())


def growing(tables):
    sides = dict.fromkeys(side for table in tables.values() for side in table.costs)
    body = []
    for size, table in tables.items():
        line = [f"{size:,}"]
        for side in sides:
            if side in table.costs:
                line += [times(table, side, "wall", scale=1000 / size), peak(table, side)]
            else:
                line += ["fails", ""]
        body.append(line)
    head = ["operations"]
    for side in sides:
        head += [f"{named(side)}: ms an operation", "peak MB"]
    return section("Growth", rows(head, body), tables.values())


def remarks(peers):
    remarks = [f"- {named(name)}: {PEERS[name].remark}." for name in peers if PEERS[name].remark]
    return "\n".join(remarks)
