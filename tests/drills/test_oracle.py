"""Nobody learns from an answer, or from how long it took, whether an address signed."""

from __future__ import annotations

import random
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
    assert answer.status == 303, (kind, number, answer.status)
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


def turns(site, start):
    """Try all kinds in each turn, in random order; return the times and all answers.

    A fixed order would give one kind whatever comes back every fourth time, such as a
    checkpoint of the database.
    """
    kinds, order = ["new", *KNOWN], random.Random(start)
    times, answers = [], set()
    for number in range(start, start + TRIES):
        turn = {}
        for kind in order.sample(kinds, len(kinds)):
            turn[kind], answer = one_try(site, kind, number)
            answers.add(answer)
        times.append(turn)
    return times, answers


def medians(times):
    """Return each kind's median time, in shares of what its turn took.

    A machine gets slower and faster while it measures. The four tries of a turn stand
    side by side, so that this falls out and a difference between them does not.
    """
    shares = [
        {kind: taken / statistics.median(turn.values()) for kind, taken in turn.items()}
        for turn in times
    ]
    return {kind: statistics.median(s[kind] for s in shares) for kind in times[0]}


def apart(times):
    """Return by how much the slowest median is above the fastest."""
    shares = medians(times).values()
    return max(shares) / min(shares) - 1


def in_words(times):
    """Return the plain medians, in milliseconds."""
    found = {kind: statistics.median(turn[kind] for turn in times) for kind in times[0]}
    return ", ".join(f"{kind} {taken:.1f} ms" for kind, taken in found.items())


@pytest.mark.parametrize(("slower", "is_seen"), [(1.0, False), (1.15, True)])
def test_the_measure_sees_a_difference_and_not_a_busy_machine(slower, is_seen):
    """A machine that gets three times slower, with noise as large as what is measured."""
    draw = random.Random(1)
    kinds = {"new": 1, "waiting": 1, "confirmed": slower, "quarantined": 1}
    times = [
        {
            kind: 5 * (1 + 2 * number / TRIES) * factor * draw.lognormvariate(0, 0.2)
            for kind, factor in kinds.items()
        }
        for number in range(TRIES)
    ]
    assert (apart(times) > MOST_APART) is is_seen


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
        times, answers = turns(asked, len(spreads) * TRIES)
        everything |= answers
        spreads.append(apart(times))
    found(
        f"{len(everything)} kind of answer; {min(spreads):.1%} apart in round "
        f"{len(spreads)}: {in_words(times)}"
    )
    assert len(everything) == 1
    assert min(spreads) <= MOST_APART
