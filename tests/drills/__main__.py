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
from dataclasses import dataclass
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
AT_ONCE = "drill and not timed"
ALONE = "drill and timed"


def main(chosen):
    """Run the drills, all or those that `chosen` names to pytest; return the status."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="detwin-drills-") as folder:
        runs = [Run(Path(folder), name, AT_ONCE) for name in DATABASES]
        statuses = [process.wait() for process in [run.start(chosen) for run in runs]]
        for name in DATABASES:
            runs.append(Run(Path(folder), name, ALONE))
            statuses.append(runs[-1].start(chosen).wait())
        results = {
            name: [row for run in runs if run.database == name for row in run.rows()]
            for name in DATABASES
        }
    print(table.text_of(results))
    print(f"{time.monotonic() - began:.0f} seconds in all")
    return 1 if has_failed(statuses, results) else 0


@dataclass(frozen=True)
class Run:
    """The drills with some marks on one database, in a process of their own."""

    folder: Path
    database: str
    marks: str

    @property
    def home(self):
        """A folder for what the run writes."""
        return self.folder / f"{self.database}-{self.marks.replace(' ', '-')}"

    @property
    def results(self):
        return self.home / "results.json"

    def start(self, chosen):
        """Start the run; nobody's own database is ever drilled."""
        self.home.mkdir()
        inherited = {key: v for key, v in os.environ.items() if key != "DATABASE_URL"}
        own = {"DRILL_RESULTS": str(self.results), "VAR_DIR": str(self.home)}
        command = [*DATABASES[self.database], *PYTEST, "-m", self.marks, *chosen]
        return subprocess.Popen(command, env={**inherited, **own})

    def rows(self):
        """Return the run's lines of the table; none if nothing had these marks."""
        return json.loads(self.results.read_text()) if self.results.exists() else []


def has_failed(statuses, results):
    """Tell whether anything failed; status 5 means that none had these marks."""
    verdicts = {row["verdict"] for rows in results.values() for row in rows}
    unwanted = {"FAILED", "left out"} if os.environ.get("CI") == "true" else {"FAILED"}
    return bool(set(statuses) - {0, 5} or verdicts & unwanted or not verdicts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
