"""Error pages: in the language of the address, without session or database."""

from __future__ import annotations

import errno

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError
from django.test import Client, RequestFactory

from front import errors

TITLES = {
    "/en/nowhere/": "en",
    "/zh-hant/nowhere/": "zh-hant",
    "/zh-hans/cities/x/y/z/": "zh-hans",
}


@pytest.mark.parametrize("path", list(TITLES))
def test_a_missing_page_answers_in_the_language_of_its_address(client, path):
    # No database fixture: a query here would fail the test.
    response = client.get(path)
    assert response.status_code == 404
    assert response["Content-Language"] == TITLES[path]
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies
    assert response.context["status"] == 404
    assert response.context["title"] in response.content.decode()


def test_a_missing_page_without_a_language_is_not_found_either(client):
    assert client.get("/nowhere.php").status_code == 404


def test_the_language_comes_from_the_path_even_when_another_is_active():
    request = RequestFactory().get("/zh-hans/x/")
    with errors.in_its_language(request):
        from django.utils.translation import get_language

        assert get_language() == "zh-hans"


@pytest.mark.parametrize(
    ("handler", "status"), [(errors.handler400, 400), (errors.handler403, 403)]
)
def test_other_refusals_use_the_same_page(handler, status):
    request = RequestFactory().get("/en/x/")
    response = handler(request, Exception("secret reason"))
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert "secret reason" not in response.content.decode()


def test_a_form_from_elsewhere_is_refused_without_the_reason(db):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/cities/", {"x": "1"})
    assert response.status_code == 403
    assert "CSRF" not in response.content.decode()
    assert not response.cookies


def test_a_failure_of_ours_needs_nothing_to_be_shown():
    response = errors.handler500(RequestFactory().get("/en/"))
    assert response.status_code == 500
    assert response["Cache-Control"] == "no-store"
    assert b"<html" in response.content


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OperationalError("gone"), 503),
        (InterfaceError("closed"), 503),
        (OSError(errno.ENOSPC, "full"), 503),
        (OSError(errno.EACCES, "not yours"), 500),
        (IntegrityError("twice"), 500),
        (ValueError("ours"), 500),
    ],
)
def test_only_what_passes_by_itself_says_try_later(error, status):
    try:
        raise error
    except type(error):
        response = errors.handler500(RequestFactory().get("/en/"))
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store"
    assert ("Retry-After" in response) == (status == 503)
