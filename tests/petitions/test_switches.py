"""What organisers turn on in an emergency, and what the public is told."""

from __future__ import annotations

import time

import pytest
from django.contrib.auth.models import Permission

from petitions.models import PaperSheet, Signature
from safety.models import AuditEvent, OutgoingMail, Switch
from safety.switches import is_collecting, turn
from safety.throttling import Limit, is_over
from tests.conftest import TODAY, counted_data, forget_everything
from tests.petitions.conftest import LANGUAGES, assert_refused, states

SIGN = "/{}/petitions/leeds/sign"
NOTICES = {
    "en": "We are not taking signatures just now.",
    "zh-hant": "目前暫停接受聯署。",
    "zh-hans": "目前暂停接受联署。",
}
FLOODED = {
    "en": "Somebody is flooding this site.",
    "zh-hant": "有人正以大量流量干擾本網站。",
    "zh-hans": "有人正以大量流量干扰本网站。",
}


@pytest.fixture
def switched():
    return lambda name, is_on=True: turn(name, is_on, "organiser")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["stop_collecting", "read_only"])
def test_nothing_is_stored_and_the_answer_says_so(
    client, leeds_petition, switched, language, name
):
    switched(name)
    response = client.post(SIGN.format(language), counted_data())
    assert_refused(response, 503, language)
    assert response["Retry-After"] == "3600"
    assert not Signature.objects.exists()
    switched(name, False)
    assert client.post(SIGN.format(language), counted_data()).status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_so_instead_of_the_form(
    client, leeds_petition, switched, language, settings
):
    settings.PAGE_TEXT_SECONDS = 60
    page = f"/{language}/petitions/leeds/"
    assert 'name="agree"' in client.get(page).content.decode()
    switched("stop_collecting")
    stopped = client.get(page).content.decode()
    assert NOTICES[language] in stopped
    assert 'name="agree"' not in stopped
    switched("stop_collecting", False)
    assert NOTICES[language] not in client.get(page).content.decode()


def test_who_has_signed_can_still_confirm_and_withdraw(
    client, leeds_petition, sign, switched
):
    path = sign()
    switched("stop_collecting")
    client.post(path, {"action": "confirm"})
    assert states() == ["confirmed"]
    client.post(path, {"action": "withdraw"})
    assert states() == []


def test_read_only_nothing_the_public_sends_changes_anything(
    client, leeds_petition, sign, switched
):
    path = sign()
    sheet = PaperSheet.objects.create(petition=leeds_petition, printed_on=TODAY())
    switched("read_only")
    assert_refused(client.post(path, {"action": "confirm"}), 503, "en")
    assert_refused(client.post(path, {"action": "not_me"}), 503, "en")
    posted = {"email": "zoe@example.com"}
    assert_refused(client.post("/en/petitions/leeds/link", posted), 503, "en")
    for path_of_form in ("/en/report/", "/en/petitions/leeds/code"):
        assert_refused(client.post(path_of_form, {"text": "wrong"}), 503, "en")
    client.get(f"/q/{sheet.code}")
    sheet.refresh_from_db()
    assert (states(), sheet.scans) == (["pending"], 0)
    assert not OutgoingMail.objects.exists()
    assert client.get(path).status_code == 200


def test_under_attack_a_network_may_do_a_fifth(rf, db, switched, settings):
    settings.THROTTLE_SCALE = 1
    limit = Limit("sign", 10, 3600)
    request = rf.post("/", REMOTE_ADDR="192.0.2.7")
    assert [is_over(request, limit) for _ in range(3)] == [False] * 3
    switched("under_attack")
    assert is_over(request, limit)


@pytest.mark.parametrize("language", LANGUAGES)
def test_under_attack_the_page_says_so_and_signing_goes_on(
    client, leeds_petition, switched, language
):
    switched("under_attack")
    page = client.get(f"/{language}/petitions/leeds/").content.decode()
    assert FLOODED[language] in page
    assert client.post(SIGN.format(language), counted_data()).status_code == 303


def test_signing_stays_one_statement(client, leeds_petition, django_assert_num_queries):
    client.post(SIGN.format("en"), counted_data())
    with django_assert_num_queries(1):
        client.post(SIGN.format("en"), counted_data(email="b@example.com"))


def test_another_process_notices_within_seconds(db, monkeypatch):
    assert is_collecting()
    Switch.objects.create(name="stop_collecting", is_on=True)
    assert is_collecting()
    now = 10.0 + time.monotonic()
    monkeypatch.setattr("safety.remembered.time.monotonic", lambda: now)
    assert not is_collecting()
    forget_everything()


# --- At the desk -----------------------------------------------------------------------
@pytest.fixture
def organiser(client, django_user_model):
    def logged_in(*codenames):
        user = django_user_model.objects.create_user("helper", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
        client.force_login(user)
        return client

    return logged_in


def test_one_press_turns_a_switch_and_is_audited(organiser):
    desk = organiser("view_switch", "change_switch")
    page = desk.get("/desk/safety/switch/").content.decode()
    assert page.count("Turn on") == 3
    desk.post("/desk/safety/switch/turn/read_only/on/")
    assert list(Switch.objects.values_list("name", "is_on")) == [("read_only", True)]
    event = AuditEvent.objects.get()
    assert (event.actor, event.action, event.object_label) == (
        *("helper", "switch turned on", "read_only"),
    )
    desk.post("/desk/safety/switch/turn/read_only/off/")
    assert not Switch.objects.get().is_on


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_only_look_turns_nothing(organiser, method):
    desk = organiser("view_switch")
    assert "Turn on" not in desk.get("/desk/safety/switch/").content.decode()
    answer = getattr(desk, method)("/desk/safety/switch/turn/read_only/on/")
    assert answer.status_code == (403 if method == "post" else 405)
    assert not Switch.objects.exists()


def test_a_switch_that_does_not_exist_is_not_found(organiser):
    desk = organiser("view_switch", "change_switch")
    assert desk.post("/desk/safety/switch/turn/other/on/").status_code == 404
