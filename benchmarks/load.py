"""Load on one address, by wrk, and what came of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.servers import Server

CONNECTIONS = 6


@dataclass(frozen=True)
class Result:
    """Requests a second, and processor milliseconds a request."""

    rate: float
    milliseconds: float


def require_wrk() -> None:
    """Say what is missing when there is no load generator."""
    if not shutil.which("wrk"):
        raise SystemExit("make bench needs wrk (on Debian: apt-get install wrk).")


def load(server: Server, path: str, *, post: str = "", seconds: int = 5) -> Result:
    """Load one address for some seconds; every answer must be a 2xx or 3xx.

    `post` is a body in which `{n}` becomes a number of its own for each request.
    """
    before = server.processor_seconds()
    output = _wrk(f"http://127.0.0.1:{server.port}{path}", post, seconds)
    used = server.processor_seconds() - before
    if "Non-2xx" in output or "Socket errors: connect" in output:
        raise RuntimeError(f"{path} answered with errors:\n{output}")
    total = int(_found(r"(\d+) requests in", output))
    return Result(
        float(_found(r"Requests/sec:\s+([\d.]+)", output)), used / total * 1e3
    )


def _found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    if match is None:
        raise RuntimeError(f"wrk did not say {pattern!r}:\n{text}")
    return match[1]


def _wrk(url: str, post: str, seconds: int) -> str:
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", url]
    with tempfile.TemporaryDirectory() as folder:
        if post:
            script = Path(folder) / "post.lua"
            script.write_text(_script(post), encoding="utf-8")
            command[1:1] = ["-s", str(script)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout


def _script(post: str) -> str:
    return f"""
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
math.randomseed(os.time())
local run = math.random(1, 1000000000)
request = function()
  n = n + 1
  local body = string.gsub("{post}", "{{n}}", run .. "x" .. n)
  return wrk.format(nil, nil, nil, body)
end
"""
