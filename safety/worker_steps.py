"""Steps that a room adds to the worker's round, beside the mails of signing."""

from __future__ import annotations

from collections.abc import Callable

# Does a little of what waits and returns how many came to what; never raises for one
# bad row, or the other steps would wait for it.
Step = Callable[[], dict[str, int]]

# Something that may wait for ever; returns how many pieces of it were done.
IdleStep = Callable[[], int]

_steps: list[Step] = []
_patient: list[Step] = []
_idle_steps: list[IdleStep] = []


def add_step(step: Step, *, is_patient: bool = False) -> None:
    """Have the worker take this step in each round; adding it twice changes nothing.

    A patient step is left out while mails of signing wait: those come first.
    """
    steps = _patient if is_patient else _steps
    if step not in steps:
        steps.append(step)


def take_steps(*, is_busy: bool = False) -> dict[str, int]:
    """Take every step once, the patient ones unless busy; return what came of them."""
    done: dict[str, int] = {}
    for step in _steps if is_busy else [*_steps, *_patient]:
        done |= step()
    return done


def add_idle_step(step: IdleStep) -> None:
    """Have the worker take this step while nothing else waits."""
    if step not in _idle_steps:
        _idle_steps.append(step)


def take_idle_steps() -> int:
    """Take the first idle step that has something to do; return how much it did."""
    return next(filter(None, (step() for step in _idle_steps)), 0)
