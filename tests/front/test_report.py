"""“Report an error”: anybody, without account, name or cookie."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from cities.models import ErrorReport
from front.report_mail import post_reports
from petitions import purging
from safety.models import AuditEvent, OutgoingMail

LANGUAGES = ["en", "zh-hant", "zh-hans"]
DATA = {"text": "The agreement ended in 2021.", "source_url": "example.org/minutes"}
ADDRESS = "reader@example.com"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["report/", "cities/leeds/report/"])
def test_the_form_is_there_without_a_cookie(client, leeds, language, path):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert "csrf" not in response.content.decode()
    assert response["Cache-Control"].startswith("public")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_is_stored_with_its_place_and_no_person(client, leeds, language):
    response = client.post(f"/{language}/cities/leeds/report/", DATA)
    assert (response.status_code, response["Location"]) == (
        303,
        f"/{language}/report/thanks/",
    )
    assert not response.cookies
    report = ErrorReport.objects.get()
    assert (report.place, report.text, report.language) == (
        leeds,
        DATA["text"],
        language,
    )
    assert report.source_url == "https://example.org/minutes"
    assert client.get(response["Location"]).status_code == 200


def test_a_report_about_the_whole_site_has_no_place(client, leeds):
    client.post("/en/report/", {"text": "A word is missing."})
    assert ErrorReport.objects.get().place is None
    assert not OutgoingMail.objects.exists()


def test_an_address_lies_readable_nowhere_and_goes_out_in_one_mail(client, leeds):
    client.post("/en/cities/leeds/report/", {**DATA, "email": ADDRESS})
    assert ADDRESS not in everything_stored()
    assert post_reports() == {"reports mailed": 1}
    (message,) = mail.outbox
    assert (message.to, message.reply_to) == (["contact@example.org"], [ADDRESS])
    assert DATA["text"] in message.body
    assert "http://testserver/en/cities/leeds/" in message.body
    assert not OutgoingMail.objects.exists()
    assert ADDRESS not in everything_stored()


def everything_stored():
    """Return every value of every table as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
            found += [
                bytes(v) if isinstance(v, memoryview) else v
                for row in cursor
                for v in row
            ]
    return repr(found)


def test_a_relay_that_is_down_keeps_the_mail(client, leeds, monkeypatch):
    client.post("/en/report/", {**DATA, "email": ADDRESS})

    def refuse(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    assert post_reports() == {"reports put off": 1}
    assert OutgoingMail.objects.get().leased_until > timezone.now()


def test_without_a_contact_no_address_is_asked_for(client, leeds, settings):
    settings.CONTROLLER_EMAIL = ""
    assert 'name="email"' not in client.get("/en/report/").content.decode()
    client.post("/en/report/", {**DATA, "email": ADDRESS})
    assert not OutgoingMail.objects.exists()
    assert ErrorReport.objects.exists()


BAD = {
    "nothing": ({"text": ""}, "text"),
    "spaces": ({"text": "   "}, "text"),
    "too long": ({"text": "x" * 2001}, "text"),
    "nul": ({"text": "a\0b"}, "text"),
    "no address": ({"source_url": "my neighbour said so"}, "source_url"),
    "script": ({"source_url": "javascript:alert(1)"}, "source_url"),
    "no mailbox": ({"email": "reader"}, "email"),
    "header": ({"email": "a@example.com\r\nBcc: b@example.com"}, "email"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_told_in_the_pages_language_with_values_kept(
    client, leeds, language, what
):
    changes, field = BAD[what]
    data = {"text": "Kept words.", **changes}
    response = client.post(f"/{language}/cities/leeds/report/", data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    said = response.context["form"].errors[field][0]
    assert any(letter >= "\u4e00" for letter in said) == (language != "en")
    assert ("Kept words." in response.content.decode()) == ("text" not in changes)
    assert response["Cache-Control"] == "no-store"
    assert not ErrorReport.objects.exists()


def test_2000_characters_fit(client, leeds):
    client.post("/en/report/", {"text": "議" * 2000})
    assert ErrorReport.objects.get().text == "議" * 2000


def test_a_robot_sees_the_same_and_nothing_is_stored(client, leeds):
    response = client.post("/en/report/", {**DATA, "website": "https://spam.example"})
    assert response["Location"] == "/en/report/thanks/"
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"origin": "https://elsewhere.example"}, 403),
        ({"origin": "null", "sec-fetch-site": "cross-site"}, 403),
        ({"origin": "http://testserver"}, 303),
        ({}, 303),
    ],
)
def test_only_our_own_page_may_post(client, leeds, headers, status):
    response = client.post("/en/report/", DATA, headers=headers)
    assert response.status_code == status
    assert ErrorReport.objects.count() == (status == 303)


def test_a_network_that_reports_too_much_waits(client, leeds, settings):
    settings.THROTTLE_SCALE = 0.1
    answers = [client.post("/en/report/", DATA).status_code for _ in range(3)]
    assert answers == [303, 303, 429]
    assert ErrorReport.objects.count() == 2


def test_a_body_that_is_too_large_is_refused(client, leeds):
    assert client.post("/en/report/", {"text": "x" * 40_000}).status_code == 413


def test_another_method_is_refused(client, leeds):
    assert client.put("/en/report/").status_code == 405


def test_an_unknown_place_has_no_form(client, leeds):
    assert client.get("/en/cities/atlantis/report/").status_code == 404


@pytest.mark.parametrize("page", ["cities/leeds/", "trust/corrections/", ""])
def test_it_is_linked(client, leeds, page):
    assert "/report/" in client.get(f"/en/{page}").content.decode()


# --- At the desk -------------------------------------------------------------
@pytest.fixture
def report(leeds):
    return ErrorReport.objects.create(place=leeds, text="Wrong.", language="en")


def test_an_organiser_deals_with_a_report(admin_client, report):
    data = {"action": "handle_chosen", "_selected_action": [report.pk]}
    admin_client.post("/desk/cities/errorreport/", data)
    report.refresh_from_db()
    assert (report.state, report.handled_by) == ("handled", "admin")
    assert report.handled_on == timezone.now().date()
    assert AuditEvent.objects.get().action == "error report dealt with"


@pytest.mark.parametrize(
    ("received", "handled", "left"),
    [(400, None, 0), (300, None, 1), (200, 91, 0), (200, 90, 1)],
)
def test_reports_are_deleted_in_time(report, monkeypatch, received, handled, left):
    monkeypatch.setattr(purging, "truncate_write_ahead_log", lambda: None)
    today = timezone.now().date()
    report.received_on = today - datetime.timedelta(days=received)
    report.save()
    if handled is not None:
        report.handle("admin", today - datetime.timedelta(days=handled))
    purging.purge()
    assert ErrorReport.objects.count() == left
