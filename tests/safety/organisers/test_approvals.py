"""What takes two organisers: exports, keys, large releases."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from petitions.models import Petition, Signature
from petitions.releasing import MOST_ALONE
from safety.key_pairs import public_key_of
from safety.models import Approval, AuditEvent, RecipientKey
from safety.organisers import standing
from tests.conftest import code_in, council_data, work
from tests.safety.organisers.conftest import make_account, settled

REASON = {"reason": "The council's deadline is on Friday."}
NEW_KEY = public_key_of(b"n" * 32)


@pytest.fixture
def holder(db):
    return settled(make_account("holder", "Key holder"))


@pytest.fixture
def second(db):
    return settled(make_account("second", "Key holder"))


@pytest.fixture
def organiser(db):
    return settled(make_account("organiser", "City organiser"))


def asked():
    return Approval.objects.get()


def answer(browser, granted="yes"):
    path = f"/desk/access/approvals/{asked().pk}/answer/"
    return browser.post(path, {"granted": granted})


def told():
    """Return the audit trail's lines that tell of decisions, oldest first."""
    rows = AuditEvent.objects.order_by("number").values_list("actor", "action")
    return [row for row in rows if row[1].split()[-1] in VERBS]


VERBS = ("asked", "approved", "refused", "done")


def download(browser):
    return browser.post(f"/desk/exports/{asked().pk}/download/")


@pytest.fixture
def signed(leeds_petition, client, mailoutbox):
    client.post("/en/petitions/leeds/sign", council_data())
    work()
    code = code_in(mailoutbox[0])
    page = client.post("/en/petitions/leeds/code", {"code": code})
    client.post(page["Location"], {"action": "confirm"})
    assert Signature.objects.get().state == "confirmed"


def test_an_export_is_asked_for_approved_and_streamed_once(signed, organiser, holder):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    assert download(organiser).status_code == 302
    answer(holder)
    response = download(organiser)
    head, line, _end = response.getvalue().decode().splitlines()
    assert json.loads(head)["petition"] == "leeds"
    sealed = bytes(Signature.objects.get().sealed)
    assert base64.b64decode(json.loads(line)["sealed"]) == sealed
    assert download(organiser).status_code == 302
    assert told() == [
        ("organiser", "export asked"),
        ("holder", "export approved"),
        ("organiser", "export done"),
    ]


def test_an_export_holds_no_name(signed, organiser, holder):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    answer(holder)
    content = download(organiser).getvalue()
    assert "王小明".encode() not in content
    assert b"siuming" not in content


def test_the_audit_trail_knows_before_the_first_byte(signed, organiser, holder):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    answer(holder)
    response = download(organiser)
    assert told()[-1] == ("organiser", "export done")
    response.close()


def test_nobody_approves_their_own_request(signed, holder):
    holder.post("/desk/exports/leeds/ask/", REASON)
    answer(holder)
    assert asked().granted is None


def test_on_a_development_site_one_may_do_it_alone(signed, holder, settings):
    settings.DEBUG = True
    settings.DESK_REQUIRE_PASSKEY = True
    holder.post("/desk/exports/leeds/ask/", REASON)
    answer(holder)
    assert (asked().granted, asked().alone) == (True, True)


def test_the_database_refuses_an_approval_by_oneself(ada):
    row = Approval(action="export", subject="leeds", reason="x", asked_by=ada)
    row.granted, row.answered_by, row.answered_at = True, ada, timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_whoever_may_not_answer_cannot(signed, organiser, holder):
    holder.post("/desk/exports/leeds/ask/", REASON)
    answer(organiser)
    assert asked().granted is None


def test_one_may_take_back_a_request(signed, organiser):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    answer(organiser, "no")
    assert asked().granted is False


def test_a_refused_request_opens_nothing(signed, organiser, holder):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    answer(holder, "no")
    answer(holder, "yes")
    assert asked().granted is False
    assert download(organiser).status_code == 302


@pytest.mark.parametrize("field", ["asked_at", "answered_at"])
def test_a_day_later_it_is_too_late(signed, organiser, holder, field):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    if field == "answered_at":
        answer(holder)
    Approval.objects.update(**{field: timezone.now() - timedelta(hours=25)})
    answer(holder)
    assert download(organiser).status_code == 302


def test_a_reason_is_needed(signed, organiser):
    page = organiser.post("/desk/exports/leeds/ask/", {"reason": "short"})
    assert page.status_code == 200
    assert not Approval.objects.exists()


def test_asking_answering_and_downloading_want_a_fresh_passkey(
    signed, organiser, holder, monkeypatch
):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    moment = time.time() + 301
    monkeypatch.setattr(standing.time, "time", lambda: moment)
    for response in (
        organiser.get("/desk/exports/leeds/ask/"),
        answer(holder),
        download(organiser),
    ):
        assert response["Location"].startswith("/desk/access/prove/?next=")
    assert asked().granted is None


def test_a_key_is_stored_when_another_approves(holder, second):
    data = {"public_text": NEW_KEY.to_text(), "holder": "New holder", **REASON}
    holder.post("/desk/safety/recipientkey/add/", data)
    assert not RecipientKey.objects.exists()
    answer(second)
    key = RecipientKey.objects.get()
    assert (key.public_key(), key.holder, key.active) == (NEW_KEY, "New holder", True)
    actions = [action for _, action in told()]
    assert actions == ["add_key asked", "add_key approved", "add_key done"]


def test_a_text_that_is_no_key_is_not_even_asked_for(holder):
    data = {"public_text": "AAAA", "holder": "New holder", **REASON}
    page = holder.post("/desk/safety/recipientkey/add/", data).content.decode()
    assert "not a public key" in page
    assert "AAAA" in page
    assert not Approval.objects.exists()


def test_a_key_is_turned_off_when_another_approves(keys, holder, second):
    key = RecipientKey.objects.first()
    holder.post(f"/desk/access/keys/{key.pk}/switch/", REASON)
    key.refresh_from_db()
    assert key.active
    answer(second)
    key.refresh_from_db()
    assert not key.active


def test_a_stored_key_cannot_be_edited(keys, holder):
    key = RecipientKey.objects.first()
    path = f"/desk/safety/recipientkey/{key.pk}/change/"
    assert holder.post(path, {"holder": "Somebody else"}).status_code == 403
    assert "Ask to turn it off" in holder.get(path).content.decode()


def quarantine(petition, number):
    wording = petition.wordings.first()
    Signature.objects.bulk_create(
        Signature(
            petition=petition,
            wording=wording,
            audience="counted",
            state="quarantined",
            blind_index=bytes([index]) * 32,
            received_on=timezone.localdate(),
            confirmed_on=timezone.localdate(),
            nonce=b"",
        )
        for index in range(number)
    )


@pytest.mark.parametrize(
    ("number", "released"), [(MOST_ALONE, MOST_ALONE), (MOST_ALONE + 1, 0)]
)
def test_many_quarantined_signatures_need_a_second_organiser(
    leeds_petition, browser, number, released
):
    quarantine(leeds_petition, number)
    data = {"action": "release_chosen", "_selected_action": [leeds_petition.pk]}
    browser.post("/desk/petitions/petition/", data)
    assert Petition.objects.get().supporters == released


def test_a_large_release_is_done_when_another_approves(leeds_petition, browser, holder):
    quarantine(leeds_petition, MOST_ALONE + 1)
    data = {"action": "release_chosen", "_selected_action": [leeds_petition.pk]}
    browser.post("/desk/petitions/petition/", data)
    answer(holder)
    assert Petition.objects.get().supporters == MOST_ALONE + 1


def test_the_list_costs_the_same_with_three_rows(
    signed, holder, organiser, django_assert_num_queries
):
    for _ in range(3):
        organiser.post("/desk/exports/leeds/ask/", REASON)
    holder.get("/desk/access/approvals/")
    with django_assert_num_queries(11):
        holder.get("/desk/access/approvals/")


def test_the_chain_stays_whole(signed, organiser, holder, capsys):
    organiser.post("/desk/exports/leeds/ask/", REASON)
    answer(holder)
    call_command("audit_verify")
    assert "unbroken" in capsys.readouterr().out
