"""The table of drills: what was promised, what was measured, whether it held."""

from __future__ import annotations

import json
from pathlib import Path

VERDICTS = {"passed": "held", "failed": "FAILED", "skipped": "left out"}


def row(report, properties):
    """Return one line of the table, from what pytest reports of a drill."""
    name, bar = properties["drill"]
    figure = str(properties.get("figure", "did not finish"))
    if report.skipped:
        figure = str(report.longrepr[2]).removeprefix("Skipped: ")
    return {
        "drill": name,
        "bar": bar,
        "figure": figure,
        "verdict": VERDICTS[report.outcome],
        "seconds": round(report.duration),
    }


def write(rows, path):
    """Keep the lines for whoever prints the whole table; later runs are added."""
    file = Path(path)
    before = json.loads(file.read_text()) if file.exists() else []
    file.write_text(json.dumps(before + rows, ensure_ascii=False))


def text_of(results):
    """Return the table as text: each drill with its bar, then a line a database."""
    lines = ["", "Drills"]
    for drill, bar in dict.fromkeys(
        (row["drill"], row["bar"]) for rows in results.values() for row in rows
    ):
        lines += ["", f"{drill} — bar: {bar}"]
        lines += [
            f"  {vendor:<10} {row['verdict']:<8} {row['figure']} ({row['seconds']} s)"
            for vendor, rows in results.items()
            for row in rows
            if (row["drill"], row["bar"]) == (drill, bar)
        ]
    return "\n".join(lines) + "\n"
