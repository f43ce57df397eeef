"""A clock that can be moved, and work done by many threads at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone


@pytest.fixture
def clock(monkeypatch):
    """Return a function that moves the site's clock on by a timedelta's parts."""
    moved = timedelta()
    real_now = timezone.now

    def now() -> datetime:
        return real_now() + moved

    def move(**parts: float) -> None:
        nonlocal moved
        moved += timedelta(**parts)

    monkeypatch.setattr(timezone, "now", now)
    return move


@pytest.fixture
def at_once():
    """Return a function that runs one piece of work in many threads together."""

    def run(count: int, work: Callable[[], object]) -> list:
        barrier = Barrier(count)

        def one() -> object:
            barrier.wait()
            try:
                return work()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return [task.result() for task in [pool.submit(one) for _ in range(count)]]

    return run
