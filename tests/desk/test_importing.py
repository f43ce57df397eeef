"""Uploading a file at the desk: a dry run, then exactly that."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cities.importing import LARGEST_BYTES
from cities.models import RecordCorrection, StatusEvent, Twinning
from safety.models import AuditEvent

IMPORT, APPLY = "/desk/record/import/", "/desk/record/import/apply/"
WHY = {"why_en": "The minutes say so.", "why_zh_hant": "會議紀錄如此記載。"}


def export(desk, name="status-events"):
    return desk.get(f"/desk/record/export/{name}.csv").content.decode()


def upload(desk, text, kind="status-events"):
    content = text if isinstance(text, bytes) else text.encode()
    file = SimpleUploadedFile("x.csv", content, "text/csv")
    return desk.post(IMPORT, {"kind": kind, "file": file})


def mended(desk):
    """Return the exported events with one source's title mended."""
    return export(desk).replace("Source 1", "The list of 2026", 1)


def apply(desk, response, **data):
    return desk.post(APPLY, {"file": response.context["token"], **data}, follow=True)


def titles():
    return sorted(StatusEvent.objects.values_list("source_title", flat=True))


@pytest.fixture
def record(leeds, newcastle):
    return leeds, newcastle


def test_a_dry_run_shows_old_and_new_and_saves_nothing(desk, record):
    response = upload(desk, mended(desk))
    page = response.content.decode()
    assert response.status_code == 200
    assert "<del>Source 1</del> → <ins>The list of 2026</ins>" in page
    assert "0 added, 1 changed, 1 unchanged, 0 with errors." in page
    assert "Unchanged: lines 3." in page
    assert titles() == ["Source 1", "Source 1"]


def test_confirming_applies_exactly_that_with_the_reason_in_public(desk, record):
    page = apply(desk, upload(desk, mended(desk)), **WHY).content.decode()
    assert "Applied: 0 added, 1 changed." in page
    assert titles() == ["Source 1", "The list of 2026"]
    note = RecordCorrection.objects.get()
    assert (note.why_en, note.why_zh_hans) == (WHY["why_en"], "会议纪录如此记载。")
    event = AuditEvent.objects.get()
    assert (event.actor, event.action) == ("organiser", "record imported")


def test_a_tick_says_that_it_is_no_correction(desk, record):
    apply(desk, upload(desk, mended(desk)), not_a_correction="on")
    assert titles() == ["Source 1", "The list of 2026"]
    assert not RecordCorrection.objects.exists()


def test_without_reason_or_tick_nothing_is_applied_and_the_plan_stands(desk, record):
    response = apply(desk, upload(desk, mended(desk)))
    assert response.status_code == 422
    assert "<ins>The list of 2026</ins>" in response.content.decode()
    assert titles() == ["Source 1", "Source 1"]


def test_upkeep_alone_needs_no_reason(desk, record):
    checked = export(desk).replace("/1,list,,", "/1,list,https://example.org/copy,")
    response = upload(desk, checked)
    assert response.context["plan"].counts["changed"] == 1
    assert response.context["form"] is None
    apply(desk, response)
    assert StatusEvent.objects.exclude(archived_url="").count() == 1
    assert not RecordCorrection.objects.exists()


def test_when_the_record_changed_meanwhile_nothing_is_done(desk, record):
    response = upload(desk, mended(desk))
    StatusEvent.objects.update(source_title="Mended by somebody else")
    page = apply(desk, response, **WHY).content.decode()
    assert "The record has changed since you saw this." in page
    assert titles() == ["Mended by somebody else"] * 2


def test_pressing_twice_applies_once(desk, record):
    response = upload(desk, mended(desk))
    apply(desk, response, **WHY)
    apply(desk, response, **WHY)
    assert RecordCorrection.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_tampered_file_is_refused(desk, record, token):
    page = desk.post(APPLY, {"file": token, **WHY}, follow=True).content.decode()
    assert "This page is too old." in page


def test_another_organisers_page_is_refused(desk, record, django_user_model):
    response = upload(desk, mended(desk))
    other = django_user_model.objects.create_superuser("other", password="x")
    desk.force_login(other)
    assert "too old" in apply(desk, response, **WHY).content.decode()
    assert titles() == ["Source 1", "Source 1"]


def test_a_page_of_yesterday_is_refused(desk, record, monkeypatch):
    response = upload(desk, mended(desk))
    monkeypatch.setattr("front.desk.importing.SECONDS", -1)
    assert "too old" in apply(desk, response, **WHY).content.decode()


def test_an_error_stops_the_file_and_names_its_line(desk, record):
    response = upload(desk, export(desk).replace("https://example.org/1", "", 1))
    page = response.content.decode()
    assert response.status_code == 422
    assert "source_url: This field cannot be blank." in page
    assert "Apply exactly this" not in page
    assert "Moved" not in apply(desk, response, **WHY).content.decode()
    assert RecordCorrection.objects.count() == 0


def test_an_unchanged_file_has_nothing_to_apply(desk, record):
    page = upload(desk, export(desk)).content.decode()
    assert "2 unchanged" in page
    assert "Apply exactly this" not in page


BAD_FILES = {
    "empty": (b"", "The file is empty."),
    "big5": ("列斯議會".encode("big5"), "looks like Big5"),
    "nul": (b"id\0", "NUL byte"),
    "columns": (b"a,b\n1,2\n", "Missing columns: id, place"),
    "too large": (b"x" * (LARGEST_BYTES + 1), "The file is larger than 1.5 MB."),
}


@pytest.mark.parametrize("what", BAD_FILES)
def test_a_bad_file_is_told(desk, record, what):
    content, reason = BAD_FILES[what]
    response = upload(desk, content)
    assert response.status_code == 422
    assert reason in response.content.decode()


def test_ten_megabytes_are_refused_before_anything_is_read(desk, record):
    class Unread:
        def read(self, *args):
            raise AssertionError("Somebody read the body.")

        readline = read

    response = desk.generic(
        "POST",
        IMPORT,
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH="10000000",
        **{"wsgi.input": Unread()},
    )
    assert response.status_code == 413
    assert "larger than 1.5 MB" in response.content.decode()


def test_no_file_is_told(desk, record):
    response = desk.post(IMPORT, {"kind": "twinnings"})
    assert list(response.context["form"].errors) == ["file"]


def test_an_import_takes_a_csrf_token(record, django_user_model):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(django_user_model.objects.create_superuser("o", password="x"))
    assert upload(strict, "x").status_code == 403


@pytest.mark.parametrize("name", ["twinnings", "status-events"])
def test_what_the_desk_exports_comes_back_unchanged(desk, record, name):
    response = upload(desk, export(desk, name), name)
    assert response.context["plan"].counts["unchanged"] == 2
    assert not response.context["plan"].acting


def test_an_unknown_export_is_not_found(desk, record):
    assert desk.get("/desk/record/export/signatures.csv").status_code == 404


def test_a_tie_changed_by_a_file_is_told_in_words(desk, record):
    changed = export(desk, "twinnings").replace("unspecified,1988", "twin,1988")
    apply(desk, upload(desk, changed, "twinnings"), **WHY)
    assert Twinning.objects.get(place__slug="leeds").kind == "twin"
    note = RecordCorrection.objects.get()
    assert note.what_en == "The agreement: kind: agreement, kind not known → twinning."
