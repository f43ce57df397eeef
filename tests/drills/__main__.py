"""`make drills`: every drill on SQLite and on PostgreSQL, then one table.

The two databases are drilled side by side; what is timed runs by itself afterwards.
Ends with a failure when any drill fails, or was left out where `CI` asks for all.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.drills import table

PYTEST = [
    sys.executable,
    "-m",
    "pytest",
    "-q",
    "tests/drills",
    "-p",
    "no:cacheprovider",
]
DATABASES = {"SQLite": [], "PostgreSQL": [sys.executable, "-m", "tests.postgres"]}


def main(chosen):
    """Run the drills, all or those that `chosen` names to pytest; return the status."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="detwin-drills-") as folder:
        statuses = wait_for(start(folder, "drill and not timed", chosen))
        for name in DATABASES:
            statuses += wait_for(start(folder, "drill and timed", chosen, name))
        results = {name: read(folder, name) for name in DATABASES}
    print(table.text_of(results))
    print(f"{time.monotonic() - began:.0f} seconds in all")
    return 1 if has_failed(statuses, results) else 0


def start(folder, marks, chosen, *names):
    """Start the drills with these marks, on all databases or those named."""
    return [
        subprocess.Popen(
            [*DATABASES[name], *PYTEST, "-m", marks, *chosen],
            env=environment(folder, name),
        )
        for name in names or DATABASES
    ]


def environment(folder, name):
    """Return the variables of one run; nobody's own database is ever drilled."""
    inherited = {key: v for key, v in os.environ.items() if key != "DATABASE_URL"}
    own = {
        "DRILL_RESULTS": str(results_of(folder, name)),
        "VAR_DIR": f"{folder}/{name}",
    }
    Path(own["VAR_DIR"]).mkdir(exist_ok=True)
    return {**inherited, **own}


def wait_for(processes):
    return [process.wait() for process in processes]


def results_of(folder, name):
    return Path(folder) / f"{name}.json"


def read(folder, name):
    path = results_of(folder, name)
    return json.loads(path.read_text()) if path.exists() else []


def has_failed(statuses, results):
    """Tell whether anything failed; status 5 means that none had these marks."""
    verdicts = {row["verdict"] for rows in results.values() for row in rows}
    unwanted = {"FAILED", "left out"} if os.environ.get("CI") == "true" else {"FAILED"}
    return bool(set(statuses) - {0, 5} or verdicts & unwanted or not verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
