"""`make bench`: the site against the floor, in one run on this machine.

Each ratio is the median of interleaved pairs, because a shared machine's speed
drifts. The throttle is set wide open, and the worker writes to a relay that takes
everything at once. “Uncached” turns the cache of finished pages off; the text of a
petition's page is still kept for a minute and its figures are rendered each time.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.database import postgres
from benchmarks.load import Result, load, require_wrk
from benchmarks.servers import gunicorn

ROUNDS = 5
# Wide open for the servers; commands refuse to run so on a real site.
OPEN = "1000000"
PAGE = "/en/petitions/leeds/"
SIGN = "/en/petitions/leeds/sign"
COUNCIL = (
    "audience=council&name=Demo+Signer+{n}&postcode=LS1+1UR&connection=lives"
    "&email=demo.{n}@example.org&agree=on&wording=1"
)
FLOOR_FORM = "name=Demo+Signer+{n}&email=demo.{n}@example.org"
Measure = Callable[[], Result]


def main() -> None:
    """Prepare, measure at a thousand and at a million signatures, and print."""
    require_wrk()
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        prepare(stack, Path(folder))
        floor = stack.enter_context(gunicorn("benchmarks.floor"))
        cached = stack.enter_context(gunicorn("detwin.wsgi", THROTTLE_SCALE=OPEN))
        bare = stack.enter_context(
            gunicorn("detwin.wsgi", THROTTLE_SCALE=OPEN, PAGE_CACHE_SECONDS="0")
        )
        pairs: dict[str, tuple[float, Measure, Measure]] = {
            "cached page / hello": (
                0.7,
                lambda: load(cached, PAGE),
                lambda: load(floor, "/hello"),
            ),
            "uncached page / hello": (
                0.25,
                lambda: load(bare, PAGE),
                lambda: load(floor, "/hello"),
            ),
            "sign POST / one-INSERT form": (
                0.5,
                lambda: load(bare, SIGN, post=COUNCIL),
                lambda: load(floor, "/form", post=FLOOR_FORM),
            ),
        }
        script("fill", "1000")
        small = measure(pairs, "1,000 signatures")
        script("fill", "1000000")
        large = measure(pairs, "1,000,000 signatures")
        for name in pairs:
            ratio = large[name] / small[name]
            print(f"{name}: at a million / at a thousand {ratio:.2f} (bar 0.95)")
        script("worker")


def prepare(stack: ExitStack, folder: Path) -> None:
    """Set the environment and make a database with the real record."""
    (folder / "keys").mkdir(mode=0o700)
    os.environ.update(
        DEBUG="false",
        SECURE_SSL_REDIRECT="false",
        THROTTLE_SCALE="1",
        DATABASE_URL=stack.enter_context(postgres()),
        KEYS_DIR=str(folder / "keys"),
        ALLOWED_HOSTS="127.0.0.1,localhost,petition.example.org",
        EMAIL_URL="dummymail://",
    )
    for command in (
        "collectstatic -v0 --noinput",
        "migrate -v0",
        "load_record",
        "open_petitions leeds world",
    ):
        subprocess.run([sys.executable, "manage.py", *command.split()], check=True)
    subprocess.run([sys.executable, "-m", "benchmarks.floor"], check=True)
    script("keys")


def script(*arguments: str) -> None:
    """Run a step that needs the site's own settings in a process of its own."""
    subprocess.run([sys.executable, "-m", "benchmarks.steps", *arguments], check=True)


def measure(
    pairs: dict[str, tuple[float, Measure, Measure]], title: str
) -> dict[str, float]:
    """Print and return the median ratio of each pair."""
    print(f"\n{title}")
    ratios = {}
    for name, (bar, ours, theirs) in pairs.items():
        runs = [(ours(), theirs()) for _ in range(ROUNDS)]
        ratios[name] = statistics.median(a.rate / b.rate for a, b in runs)
        rate = statistics.median(a.rate for a, _ in runs)
        floor = statistics.median(b.rate for _, b in runs)
        cost = statistics.median(a.milliseconds for a, _ in runs)
        print(
            f"{name}: {ratios[name]:.2f} (bar {bar}); {rate:,.0f}/s against "
            f"{floor:,.0f}/s; {cost:.2f} ms of processor a request",
            flush=True,
        )
    return ratios


if __name__ == "__main__":
    main()
