"""The site's own processes, with its clock moved or a fault of ours put in.

Web is `gunicorn tests.drills.altered`, a command `python -m tests.drills.altered …`.
`DRILL_LATER` is how many seconds the clock is moved on. With `DRILL_FAULT` whoever
types that word as a name meets an exception that carries all that was typed. Web is
checked with a real site's limits and then serves without any: a drill is one network.
"""

from __future__ import annotations

import os
import sys
from datetime import timedelta

from django.conf import settings
from django.core.management import execute_from_command_line
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "detwin.settings")
MOVED = timedelta(seconds=float(os.environ.get("DRILL_LATER", "0")))
FAULT = os.environ.get("DRILL_FAULT")
real_now = timezone.now
timezone.now = lambda: real_now() + MOVED


def failing(receive):
    """Return the verb, failing in the middle for one name."""

    def received(petition, wording, terms, data, language):
        if FAULT in (data.get("name") or ""):
            raise RuntimeError(f"A fault of ours, with all that was typed: {data}")
        receive(petition, wording, terms, data, language)

    return received


if __name__ == "__main__":
    execute_from_command_line(sys.argv)
else:
    from detwin.wsgi import application

    settings.THROTTLE_SCALE = 1_000_000.0
    if FAULT:
        from petitions import signing

        signing.receive = failing(signing.receive)

__all__ = ["application"]
