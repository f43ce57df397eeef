"""Logs cannot name a signer, whatever is logged and whatever goes wrong."""

from __future__ import annotations

import io
import logging
import time

import pytest
from django.db import DatabaseError
from django.test import Client

from detwin.logs import PlainFormatter, SilentReporter, TokenFilter, without_secrets
from front import machinery

TOKEN = "YWJjZGVm:1tEsT0:Zm9vYmFy"


@pytest.fixture
def lines():
    """Return a function giving what the console would show by now."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(TokenFilter())
    handler.setFormatter(PlainFormatter("{levelname} {name} {message}", style="{"))
    logger = logging.getLogger("django")
    logger.addHandler(handler)
    yield stream.getvalue
    logger.removeHandler(handler)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"Not Found: /en/s/{TOKEN}/", "Not Found: /en/s/[token]/"),
        (f"Gone: /desk/access/enrol/{TOKEN}/", "Gone: /desk/access/enrol/[token]/"),
        (f'"GET /zh-hant/s/{TOKEN}/ HTTP/1.1"', '"GET /zh-hant/s/[token]/ HTTP/1.1"'),
        ("550 <zoe@example.com> unknown", "550 <[address]> unknown"),
        ("to: 小明@例子.香港, now", "to: [address] now"),
        ("user zoe+tag@mail.example.co.uk", "user [address]"),
        ("Not Found: /en/cities/leeds/", "Not Found: /en/cities/leeds/"),
        ("5 mails @ 12:00", "5 mails @ 12:00"),
    ],
)
def test_tokens_and_addresses_are_cut_from_a_line(said, kept):
    assert without_secrets(said) == kept


def test_a_long_path_costs_no_more_than_reading_it():
    began = time.process_time()
    for line in ("a" * 1_000_000, "a@" * 500_000, "a b" * 300_000 + "@"):
        without_secrets(line)
    assert time.process_time() - began < 2


def test_what_is_put_into_a_line_is_cut_too(lines):
    logging.getLogger("django.request").warning(
        "Gone: %s for %s", f"/en/s/{TOKEN}/", "z@e.org"
    )
    assert lines() == "WARNING django.request Gone: /en/s/[token]/ for [address]\n"


def test_a_dead_link_leaves_no_token_in_the_log(client, db, lines):
    client.get(f"/en/s/{TOKEN}/")
    assert lines() == "WARNING django.request Not Found: /en/s/[token]/\n"


def test_a_query_is_not_logged(client, db, lines):
    client.get("/en/nowhere/?email=zoe@example.com")
    assert lines() == "WARNING django.request Not Found: /en/nowhere/\n"


def test_an_exception_is_logged_without_its_message(db, monkeypatch, lines):
    def broken():
        raise LookupError("zoe@example.com of 1 Test Street, LS1 1UR")

    monkeypatch.setattr(machinery, "database_answers", broken)
    Client(raise_request_exception=False).get("/readyz")
    logged = lines()
    assert "LookupError" in logged
    assert "/front/machinery.py:" in logged
    for part in ("zoe", "example.com", "Test Street", "LS1"):
        assert part not in logged


def test_the_cause_of_an_exception_is_not_logged_either(lines):
    try:
        try:
            raise ValueError("key (zoe@example.com) exists")
        except ValueError as error:
            raise DatabaseError("INSERT … 'Zoë O''Brien'") from error
    except DatabaseError:
        logging.getLogger("django").exception("The database refused.")
    logged = lines()
    assert logged.startswith("ERROR django The database refused.\nerror ")
    for part in ("zoe", "Zoë", "Brien", "INSERT"):
        assert part not in logged


def test_a_report_of_an_error_has_no_values_no_form_and_no_settings(rf, settings):
    request = rf.post("/en/petitions/leeds/sign", {"name": "王小明"})
    name = "王小明"
    try:
        raise KeyError(name)
    except KeyError as error:
        reporter = SilentReporter(request, type(error), error, error.__traceback__)
        reports = [reporter.get_traceback_text(), str(reporter.get_traceback_html())]
        reports.append(repr(reporter.get_traceback_data()))
    for report in reports:
        assert "KeyError" in report
        assert "王小明" not in report
        assert settings.LINK_KEY not in report


def test_every_handler_of_the_project_has_the_filter_and_the_format(settings):
    handlers = settings.LOGGING["handlers"].values()
    assert all(handler["filters"] == ["tokens"] for handler in handlers)
    assert all(handler["formatter"] == "plain" for handler in handlers)
