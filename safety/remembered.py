"""Remembers an answer of the database in this process for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Calls a function without arguments at most once per `seconds`.

    The web request path uses it so that signing costs no extra query. `forget`
    makes the next call ask again; other processes notice after their seconds.
    """

    def __init__(self, ask: Callable[[], Answer], seconds: float) -> None:
        self.ask = ask
        self.seconds = seconds
        self._known: tuple[float, Answer] | None = None

    def __call__(self) -> Answer:
        """Return the remembered answer while it is fresh, else ask."""
        known, now = self._known, time.monotonic()
        if known is None or now - known[0] >= self.seconds:
            known = (now, self.ask())
            self._known = known
        return known[1]

    def forget(self) -> None:
        """Drop the answer in this process."""
        self._known = None
