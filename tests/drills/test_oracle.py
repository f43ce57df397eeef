"""Nobody learns from an answer, or from how long it took, whether an address signed."""

from __future__ import annotations

import re
import statistics
import time

import pytest

from tests.conftest import counted_data
from tests.drills.sites import link_in, wait_until

TRIES = 200
ROUNDS = 5
MOST_APART = 0.10
PATH = "/en/petitions/leeds/sign"
# All addresses are equally long.
KNOWN = {"waiting": "waiting.0000@example.org", "confirmed": "confirm.0000@example.org"}
KNOWN["quarantined"] = "trapped.0000@example.org"
RANDOM = re.compile(rb"/s/[^/\"' ]+/")


@pytest.fixture
def asked(site, relay):
    """A site on which each known address is in its state; only web runs now."""
    site.environment["WEB_CONCURRENCY"] = "1"
    site.start()
    for kind, email in KNOWN.items():
        trap = {"website": "x"} if kind == "quarantined" else {}
        site.post(PATH, counted_data(email=email, **trap))
    links = {mail["To"]: link_in(mail) for mail in relay.wait_for(3)}
    wait_until(lambda: len(states(site)) == 1)
    for kind in ("confirmed", "quarantined"):
        site.post(links[KNOWN[kind]], {"action": "confirm"})
    assert states(site) == {"pending", "confirmed", "quarantined"}
    site.kill("worker")
    return site


def states(site):
    return {state for (state,) in site.rows("SELECT state FROM petitions_signature")}


def address(kind, number):
    return KNOWN.get(kind) or f"newhere.{number:04}@example.org"


def one_try(site, kind, number):
    """Sign once; return the milliseconds it took and all that came back."""
    began = time.perf_counter()
    answer = site.post(PATH, counted_data(email=address(kind, number)))
    took = (time.perf_counter() - began) * 1_000
    thanks = site.get(answer.headers["Location"])
    return took, str((told(answer), told(thanks)))


def told(answer):
    """Return what a browser gets but for the time of day and random parts."""
    headers = {
        name: value
        for name, value in answer.headers.items()
        if name not in ("Date", "Expires")
    }
    return answer.status, headers, RANDOM.sub(b"/s/TOKEN/", answer.body)


def medians(site, start):
    """Try each kind in turn, many times; return their median times and all answers."""
    kinds = ["new", *KNOWN]
    times, answers = {kind: [] for kind in kinds}, set()
    for number in range(start, start + TRIES):
        for position in range(len(kinds)):
            kind = kinds[(position + number) % len(kinds)]
            took, answer = one_try(site, kind, number)
            times[kind].append(took)
            answers.add(answer)
    return {kind: statistics.median(taken) for kind, taken in times.items()}, answers


def apart(times):
    """Return by how much the slowest median is above the fastest."""
    return max(times.values()) / min(times.values()) - 1


@pytest.mark.drill(
    "oracle",
    "new, waiting, confirmed, quarantined: same bytes; medians of 200 tries within 10 % "
    "in the calmest of at most 5 rounds",
)
@pytest.mark.long
@pytest.mark.timed
def test_no_answer_tells_who_has_signed(asked, found):
    """A busy machine can part medians in one round; a real difference stays in all."""
    everything, spreads = set(), []
    while not spreads or (min(spreads) > MOST_APART and len(spreads) < ROUNDS):
        times, answers = medians(asked, len(spreads) * TRIES)
        everything |= answers
        spreads.append(apart(times))
    shown = ", ".join(f"{kind} {taken:.1f} ms" for kind, taken in times.items())
    found(
        f"{len(everything)} kind of answer; {min(spreads):.1%} apart in round {len(spreads)}: {shown}"
    )
    assert len(everything) == 1
    assert min(spreads) <= MOST_APART
