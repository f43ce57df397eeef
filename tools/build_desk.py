"""Packs the key holder's tool and `cryptography` into one file that runs offline.

It unpacks itself into the user's home at the first start, because compiled parts
cannot run from within an archive. It runs on the kind of computer and with the
version of Python that it was built with.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("cffi", "cryptography", "pycparser")
SAFETY = ("__init__.py", "key_pairs.py", "sealing.py", "words.py")


def build(target: Path) -> None:
    """Write the file, readable and runnable by its owner."""
    with tempfile.TemporaryDirectory() as folder:
        packed = Path(folder) / "packed"
        install(Path(folder) / "requirements.txt", packed)
        (packed / "safety").mkdir()
        for name in SAFETY:
            shutil.copy(ROOT / "safety" / name, packed / "safety" / name)
        for path in sorted((ROOT / "tools").glob("desk*.py")):
            shutil.copy(path, packed / path.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        version = ".".join(map(str, sys.version_info[:2]))
        names = ("--site-packages", str(packed), "--output-file", str(target))
        options = ("--compressed", "--reproducible", "--entry-point", "desk:main")
        run("shiv.cli", *names, *options, "--python", f"/usr/bin/env python{version}")
        target.chmod(0o700)


def install(requirements: Path, folder: Path) -> None:
    """Install what the tool needs, with the hashes that the site is pinned to."""
    pinned = (ROOT / "requirements.txt").read_text("utf-8")
    entries = re.findall(r"^\S.*?(?=^\S|\Z)", pinned, re.MULTILINE | re.DOTALL)
    wanted = [entry for entry in entries if entry.partition("==")[0] in PACKAGES]
    requirements.write_text("".join(wanted), "utf-8")
    options = (
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "--no-deps",
    )
    where = ("--target", str(folder), "--requirement", str(requirements))
    run("pip", "install", *options, *where)


def run(module: str, *arguments: str) -> None:
    """Run a module of this Python; raises CalledProcessError."""
    subprocess.run([sys.executable, "-m", module, *arguments], check=True)  # noqa: S603


if __name__ == "__main__":
    built = Path(sys.argv[1])
    build(built)
    print(f"{built}  SHA-256 {hashlib.sha256(built.read_bytes()).hexdigest()}")
