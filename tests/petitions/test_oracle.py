"""Nothing on the web tells who has signed: same bytes, same work."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from petitions.standing import forget_standing
from safety.mailboxes import rules as mail_rules
from safety.recipients import forget_live_keys
from tests.conftest import council_data, counted_data
from tests.petitions.conftest import LANGUAGES, states, without_random

WHO = [
    "new@example.com",
    "waiting@example.com",
    "done@example.com",
    "trapped@example.com",
]


@pytest.fixture
def everybody(leeds_petition, sign, confirmed):
    """Addresses in every state that one can be in: see WHO."""
    sign(email="waiting@example.com")
    confirmed(email="done@example.com")
    confirmed(email="trapped@example.com", website="x")
    assert states() == ["confirmed", "pending", "quarantined"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", [counted_data, council_data])
def test_answers_are_the_same_for_every_address(client, everybody, language, data):
    answers = set()
    for email in WHO:
        answer = client.post(f"/{language}/petitions/leeds/sign", data(email=email))
        page = client.get(answer["Location"])
        answers.add(str((without_random(answer), without_random(page))))
    assert len(answers) == 1


def test_an_answer_that_differs_would_be_seen(client, everybody):
    good = client.post("/en/petitions/leeds/sign", counted_data())
    bad = client.post("/en/petitions/leeds/sign", counted_data(agree=""))
    assert without_random(good) != without_random(bad)


@pytest.mark.parametrize("email", WHO)
def test_signing_is_one_insert_and_reads_no_signature(client, everybody, email):
    client.post("/en/petitions/leeds/sign", council_data(email="warm@example.com"))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        client.post("/en/petitions/leeds/sign", council_data(email=email))
    (statement,) = [query["sql"] for query in seen]
    assert statement.startswith('INSERT INTO "petitions_signature"')


@pytest.mark.parametrize("email", WHO)
def test_the_first_signature_of_a_fresh_process_costs_four_reads(
    client, everybody, email
):
    forget_standing()
    forget_live_keys()
    mail_rules.forget()
    with CaptureQueriesContext(connection) as seen:
        client.post("/en/petitions/leeds/sign", counted_data(email=email))
    statements = [query["sql"] for query in seen]
    assert len(statements) == 5
    assert [s for s in statements if "petitions_signature" in s] == statements[-1:]


@pytest.mark.parametrize("email", WHO)
def test_the_thanks_page_reads_no_signature(client, everybody, email):
    with CaptureQueriesContext(connection) as seen:
        client.get("/en/petitions/leeds/thanks")
    assert len(seen) == 3
    assert not [query for query in seen if "petitions_signature" in query["sql"]]


def test_signing_sends_nothing_and_hashes_nothing_in_the_request(
    client, everybody, monkeypatch
):
    def never(*args):
        raise AssertionError("the slow hash belongs into the worker")

    monkeypatch.setattr("petitions.posting.blind_index", never)
    monkeypatch.setattr("safety.blind_index.hash_secret_raw", never)
    answer = client.post("/en/petitions/leeds/sign", counted_data())
    assert answer.status_code == 303
