"""Who gets in at the desk, and by what."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safety.models import AuditEvent
from safety.organisers import enrolment
from tests.safety.organisers.authenticator import Device
from tests.safety.organisers.conftest import Browser, make_account, settled


def actions():
    """Return what the audit trail says was done, oldest first."""
    return list(AuditEvent.objects.order_by("number").values_list("action", flat=True))


def test_the_way_in_is_link_passkey_proof_and_codes(ada):
    browser = Browser()
    browser.enrol(enrolment.make_link(ada))
    assert not browser.is_in
    browser.prove()
    assert not browser.is_in
    assert len(browser.make_codes()) == 10
    assert browser.is_in
    assert actions() == ["logged in by link", "passkey added", "recovery codes made"]


def test_a_second_passkey_does_as_well_as_codes(ada):
    browser = Browser()
    browser.enrol(enrolment.make_link(ada))
    browser.prove()
    browser.device = Device()
    browser.add("key")
    assert browser.is_in


def test_a_passkey_logs_in(browser):
    browser.log_out()
    assert not browser.is_in
    assert browser.log_in()["Location"] == "/desk/"
    assert browser.is_in


def test_a_passkey_logs_in_whatever_the_number_of_its_account():
    browser = settled(make_account("zoe", "Editor", pk=4711))
    browser.log_out()
    browser.log_in()
    assert browser.is_in


def test_after_login_the_organiser_goes_where_they_were_going(browser):
    browser.log_out()
    response = browser.get("/desk/news/article/")
    assert response["Location"] == "/desk/login/?next=/desk/news/article/"
    challenge = browser.get("/desk/access/login/challenge").json()
    data = {"credential": browser.device.show(challenge)}
    response = browser.post("/desk/access/login/?next=/desk/news/article/", data)
    assert response["Location"] == "/desk/news/article/"


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/"])
def test_after_login_nobody_is_sent_elsewhere(browser, path):
    browser.log_out()
    challenge = browser.get("/desk/access/login/challenge").json()
    data = {"credential": browser.device.show(challenge)}
    response = browser.post(f"/desk/access/login/?next={path}", data)
    assert response["Location"] == "/desk/"


def test_a_strangers_passkey_does_not_log_in(browser):
    browser.log_out()
    stranger = Device()
    stranger.user_handle = browser.device.user_handle
    browser.device = stranger
    assert browser.log_in()["Location"] == "/desk/login/"
    assert not browser.is_in


def test_a_passkey_shown_to_another_site_does_not_log_in(browser):
    browser.log_out()
    browser.device.origin = "https://testserver.evil.example"
    browser.log_in()
    assert not browser.is_in


def test_an_answer_is_taken_once(browser):
    browser.log_out()
    challenge = browser.get("/desk/access/login/challenge").json()
    data = {"credential": browser.device.show(challenge)}
    browser.post("/desk/access/login/", data)
    browser.log_out()
    browser.post("/desk/access/login/", data)
    assert not browser.is_in


def test_a_device_that_asks_for_no_fingerprint_is_refused(ada):
    browser = Browser(Device(verifies=False))
    response = browser.enrol(enrolment.make_link(ada))
    assert "could not be added" in response.content.decode()
    assert enrolment.Authenticator.objects.count() == 0


def test_who_is_shut_out_is_out_at_once(browser, ada):
    assert browser.is_in
    ada.is_active = False
    ada.save()
    assert not browser.is_in
    browser.log_in()
    assert not browser.is_in


def test_a_link_works_once(ada):
    link = enrolment.make_link(ada)
    Browser().enrol(link)
    page = Browser().get(link)
    assert page.status_code == 404
    assert "no longer works" in page.content.decode()


def test_a_link_opened_twice_adds_one_passkey(ada):
    link = enrolment.make_link(ada)
    first, second = Browser(), Browser()
    path = link.removeprefix("https://testserver")
    first.post(path)
    second.enrol(link)
    # The second opening ended the first session; its link is spent as well.
    first.post(path)
    assert first.get("/desk/access/passkeys/challenge").status_code == 302
    assert enrolment.Authenticator.objects.count() == 1


def test_a_newer_link_ends_the_older(ada):
    older = enrolment.make_link(ada)
    enrolment.make_link(ada)
    assert Browser().get(older).status_code == 404


def test_a_link_lives_for_a_day(ada, monkeypatch):
    link = enrolment.make_link(ada)
    now = enrolment.signing.time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 86_500)
    assert Browser().get(link).status_code == 404


@pytest.mark.parametrize("token", ["x", "x:y:z", "W10:1tKx1N:sig", "%00"])
def test_a_link_that_we_did_not_make_is_dead(token):
    assert Browser().get(f"/desk/access/enrol/{token}/").status_code == 404


def test_looking_at_a_link_changes_nothing(ada):
    link = enrolment.make_link(ada)
    for method in ("get", "head", "options"):
        getattr(Browser(), method)(link)
    browser = Browser()
    browser.enrol(link)
    browser.prove()
    assert browser.get("/desk/access/").status_code == 200


def test_a_password_opens_nothing(ada):
    ada.set_password("correct horse battery")
    ada.save()
    browser = Browser()
    data = {"username": "ada", "password": "correct horse battery"}
    response = browser.post("/desk/login/", data)
    assert response.status_code == 403
    assert not browser.is_in
    assert browser.get("/desk/access/").status_code == 302


def test_a_session_without_passkey_can_add_none(ada):
    """As after a login that some other code let through."""
    browser = Browser()
    browser.force_login(ada)
    assert not browser.is_in
    assert browser.get("/desk/access/passkeys/challenge").status_code == 403
    response = browser.get("/desk/access/passkeys/add/")
    assert response["Location"] == "/desk/access/"


def test_who_is_in_goes_on_from_the_door_wherever_they_say(browser):
    """A word without a slash is no name of a page of ours."""
    assert browser.get("/desk/login/?next=x").status_code == 302
    assert browser.get("/desk/login/?next=/desk/record/")["Location"] == "/desk/record/"


WRONG_TRIES = ["/desk/login/", "/desk/access/recover/", "/desk/access/login/"]


@pytest.mark.parametrize("path", WRONG_TRIES)
def test_a_hundred_wrong_tries_leave_the_passkey_working(browser, path, settings):
    """Even from the owner's own network, with a real site's limits."""
    settings.THROTTLE_SCALE = 1
    browser.log_out()
    stranger = Browser(Device())
    for number in range(100):
        challenge = login_challenge(stranger) if path == WRONG_TRIES[2] else None
        data = {
            "username": "ada",
            "password": "x",
            "code": f"{number:012}",
            "credential": challenge and browser.device.show(challenge)[:-20] + '"}',
        }
        stranger.post(path, {name: data[name] for name in data if data[name]})
    assert not stranger.is_in
    browser.log_in()
    assert browser.is_in


def test_who_comes_in_and_is_refused_stands_in_the_trail(browser):
    browser.log_out()
    browser.log_in()
    assert actions()[-1] == "logged in by passkey"
    stranger = Browser(Device())
    for _ in range(3):
        stranger.post("/desk/access/login/", {"credential": "{}"})
        stranger.post("/desk/access/recover/", {"username": "ada", "code": "1"})
        stranger.post("/desk/access/recover/", {"username": "nobody", "code": "1"})
    browser.get("/desk/news/article/")
    browser.get("/desk/petitions/papersheet/")
    refused = AuditEvent.objects.order_by("number").values_list("actor", "action")
    assert list(refused)[-3:] == [
        ("stranger", "log-in by passkey refused"),
        ("ada", "recovery code refused"),
        ("ada", "refused at the desk"),
    ]


@pytest.mark.parametrize("path", ["/desk/access/logout/", "/desk/logout/"])
def test_after_logging_out_the_browser_forgets_the_desk(browser, path):
    response = browser.post(path)
    assert response["Location"] == "/desk/login/"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not browser.is_in


def test_passwords_are_tried_ten_times_in_ten_minutes(ada, settings):
    settings.DESK_REQUIRE_PASSKEY = False
    ada.set_password("correct horse battery")
    ada.save()
    stranger = Browser()
    for _ in range(10):
        stranger.post("/desk/login/", {"username": "ada", "password": "x"})
    data = {"username": "Ada ", "password": "correct horse battery"}
    assert "Too many tries" in stranger.post("/desk/login/", data).content.decode()


def test_a_recovery_code_lets_another_passkey_be_added_and_no_more(browser):
    lost = Browser()
    data = {"username": "ada", "code": browser.codes[3]}
    response = lost.post("/desk/access/recover/", data)
    assert response["Location"] == "/desk/access/passkeys/add/"
    assert not lost.is_in
    lost.add("new phone")
    assert not lost.is_in
    lost.prove()
    assert lost.is_in
    assert actions()[-2:] == ["logged in by code", "passkey added"]


def test_a_recovery_code_works_once(browser):
    data = {"username": "ada", "code": browser.codes[0].replace(" ", "")}
    Browser().post("/desk/access/recover/", data)
    again = Browser().post("/desk/access/recover/", data)
    assert "do not fit" in again.content.decode()


def test_full_width_digits_are_a_code_too(browser):
    code = browser.codes[0].translate({48 + n: 0xFF10 + n for n in range(10)})
    data = {"username": "ada", "code": code}
    assert Browser().post("/desk/access/recover/", data).status_code == 302


def test_codes_of_another_organiser_do_not_fit(browser):
    make_account("zoe")
    data = {"username": "zoe", "code": browser.codes[0]}
    assert Browser().post("/desk/access/recover/", data).status_code == 200


def test_no_code_lies_readable_in_the_database(browser, ada):
    row = enrolment.Authenticator.objects.get(type="recovery_codes")
    (seed,) = [row.data["seed"]]
    assert seed.startswith("gAAAA")
    assert not any(code in json.dumps(row.data) for code in browser.codes)


def test_new_codes_end_the_old(browser):
    browser.make_codes()
    data = {"username": "ada", "code": browser.codes[0]}
    assert Browser().post("/desk/access/recover/", data).status_code == 200


def test_the_last_passkey_stays(browser):
    row = enrolment.Authenticator.objects.get(type="webauthn")
    browser.post(f"/desk/access/passkeys/{row.pk}/remove/")
    assert enrolment.Authenticator.objects.filter(pk=row.pk).exists()


def test_a_session_of_a_removed_passkey_is_shut_out(browser):
    stolen = enrolment.Authenticator.objects.get(type="webauthn")
    browser.device = Device()
    browser.add("new")
    browser.prove()
    browser.post(f"/desk/access/passkeys/{stolen.pk}/remove/")
    assert browser.is_in
    own = enrolment.Authenticator.objects.get(type="webauthn")
    own.delete()
    assert not browser.is_in


def test_nobody_removes_another_organisers_passkey(browser):
    other = settled(make_account("zoe", "Editor"))
    other.device = Device()
    other.add("second")
    row = enrolment.Authenticator.objects.filter(user__username="zoe").first()
    path = f"/desk/access/passkeys/{row.pk}/remove/"
    assert browser.post(path).status_code == 404


def test_a_number_in_place_of_bytes_is_refused_without_holding_so_many(browser):
    browser.log_out()
    answer = json.loads(browser.device.show(login_challenge(browser)))
    for name in ("rawId", "id"):
        data = {"credential": json.dumps({**answer, name: 10**15})}
        assert browser.post("/desk/access/login/", data).status_code == 302
    assert not browser.is_in


def login_challenge(browser):
    return browser.get("/desk/access/login/challenge").json()


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "rawId", "response", "type", "clientDataJSON", "userHandle"]
                + ["authenticatorData", "signature", "attestationObject"]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=12,
)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(credential=NESTED)
def test_no_answer_of_a_device_breaks_the_door(credential):
    browser = Browser()
    browser.get("/desk/access/login/challenge")
    data = {"credential": json.dumps(credential)}
    response = browser.post("/desk/access/login/", data)
    assert (response.status_code, response["Location"]) == (302, "/desk/login/")
