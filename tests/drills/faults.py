"""Faults that pass: a disk that is full, a database that is shut down."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

import psutil

ROOM = "6m"


class DatabaseStopped:
    """The server of the database is shut down, and started again."""

    name = "database stopped"

    def __init__(self, site):
        self.site = site

    def begin(self):
        self.site.databases.stop()

    def end(self):
        self.site.databases.start()


class DiskFull:
    """A small file system of its own under the database, with no byte left."""

    name = "disk full"

    def __init__(self, site, folder):
        self.ballast = folder / "ballast"

    def begin(self):
        with contextlib.suppress(OSError), self.ballast.open("wb", 0) as file:
            for size in (65_536, 4_096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        file.write(bytes(size))

    def end(self):
        self.ballast.unlink()


class FilesLimited:
    """Where nothing can be mounted: no process of the site can make a file longer."""

    name = "files limited"

    def __init__(self, site, folder):
        self.site = site

    def begin(self):
        self._limit(1)

    def end(self):
        self._limit(resource.RLIM_INFINITY)

    def _limit(self, size):
        for process in self.site.processes.values():
            parent = psutil.Process(process.pid)
            for each in (parent, *parent.children()):
                resource.prlimit(
                    each.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY)
                )


@contextlib.contextmanager
def small_disk():
    """Yield a folder on a file system of a few megabytes and the fault it allows."""
    folder = Path(tempfile.mkdtemp(prefix="detwin-small-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", folder]
    is_mounted = os.geteuid() == 0 and subprocess.run(mount).returncode == 0
    try:
        yield folder, DiskFull if is_mounted else FilesLimited
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", folder], check=True)
        shutil.rmtree(folder, ignore_errors=True)
