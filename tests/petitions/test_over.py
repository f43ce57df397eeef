"""Petitions that cannot be signed: unknown, drafts, over, or too busy just now."""

from __future__ import annotations

import datetime

import pytest

from petitions.models import Petition, Signature
from petitions.standing import forget_standing
from tests.conftest import counted_data
from tests.petitions.conftest import LANGUAGES, assert_refused, states


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["sign", "code", "link"])
def test_an_unknown_petition_is_not_found(client, leeds_petition, language, name):
    data = counted_data(code="0000-0000")
    response = client.post(f"/{language}/petitions/nowhere/{name}", data)
    assert_refused(response, 404, language)
    assert states() == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["sign", "code", "link"])
def test_a_draft_is_not_found(client, leeds_petition, language, name):
    Petition.objects.update(state="draft")
    data = counted_data(code="0000-0000")
    assert_refused(
        client.post(f"/{language}/petitions/leeds/{name}", data), 404, language
    )
    assert client.get(f"/{language}/petitions/leeds/").status_code == 404
    assert client.get(f"/{language}/petitions/leeds/thanks").status_code == 404


CLOSED = ["closed", "handed_in", "answered", "won", "refused"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", CLOSED)
def test_a_petition_that_is_over_takes_no_signature(
    client, leeds_petition, language, state
):
    Petition.objects.update(state=state)
    response = client.post(f"/{language}/petitions/leeds/sign", counted_data())
    assert_refused(response, 409, language)
    assert states() == []
    assert client.get(f"/{language}/petitions/leeds/").status_code == 200


@pytest.mark.parametrize("days", [-366, 1])
def test_before_and_after_its_days_a_petition_takes_no_signature(
    client, leeds_petition, days
):
    start = leeds_petition.opens_on + datetime.timedelta(days=days)
    end = start + datetime.timedelta(days=365)
    Petition.objects.update(opens_on=start, closes_on=end)
    response = client.post("/en/petitions/leeds/sign", counted_data())
    assert_refused(response, 409, "en")


@pytest.mark.parametrize("days", [-365, 0])
def test_on_its_first_and_last_day_it_does(client, leeds_petition, days):
    start = leeds_petition.opens_on + datetime.timedelta(days=days)
    end = start + datetime.timedelta(days=365)
    Petition.objects.update(opens_on=start, closes_on=end)
    answer = client.post("/en/petitions/leeds/sign", counted_data())
    assert answer.status_code == 303


def test_a_petition_that_ends_overnight_is_over_in_every_process(
    client, leeds_petition, clock
):
    client.post("/en/petitions/leeds/sign", counted_data())
    clock(days=366)
    response = client.post("/en/petitions/leeds/sign", counted_data())
    assert response.status_code == 409


def test_a_closing_is_noticed_at_the_next_look(client, leeds_petition):
    client.post("/en/petitions/leeds/sign", counted_data())
    leeds_petition.close(leeds_petition.opens_on)
    forget_standing()
    response = client.post("/en/petitions/leeds/sign", counted_data())
    assert response.status_code == 409
    assert Signature.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_busy_network_is_asked_to_wait(client, leeds_petition, settings, language):
    settings.THROTTLE_SCALE = 0.01
    answers = [
        client.post(f"/{language}/petitions/leeds/sign", counted_data())
        for _ in range(4)
    ]
    assert [answer.status_code for answer in answers] == [303, 303, 303, 429]
    assert_refused(answers[-1], 429, language)
    assert int(answers[-1]["Retry-After"]) == 600
    assert states() == ["received"] * 3


def test_one_busy_network_does_not_stop_another(client, leeds_petition, settings):
    settings.THROTTLE_SCALE = 0.001
    for address in ("203.0.113.5", "198.51.100.5"):
        answer = client.post(
            "/en/petitions/leeds/sign", counted_data(), REMOTE_ADDR=address
        )
        assert answer.status_code == 303
