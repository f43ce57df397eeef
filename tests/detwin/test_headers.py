"""The headers that protect a reader, whatever the answer is."""

from __future__ import annotations

import pytest
from django.test import Client

from front import machinery

EXPECTED = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
# Headers of the content, of caching and of redirects; anything else must be known.
PLAIN = {
    "Access-Control-Allow-Origin",
    "Allow",
    "Cache-Control",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "ETag",
    "Expires",
    "Last-Modified",
    "Link",
    "Location",
    "Permissions-Policy",
    "Vary",
}
FOREIGN = {"origin": "https://elsewhere.example"}


def protection_of(response):
    """Return the headers of an answer that are neither plain nor about content."""
    return {name: value for name, value in response.items() if name not in PLAIN}


def features_of(response):
    """Return what the answer allows its page, by feature."""
    listed = response["Permissions-Policy"].split(", ")
    return dict(feature.split("=") for feature in listed)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/cities/leeds/", 200),
        ("/zh-hant/petitions/leeds/", 200),
        ("/", 302),
        ("/zh-hk/", 301),
        ("/en/nowhere/", 404),
        ("/en/s/tampered/", 404),
        ("/en/petitions/leeds/sign", 302),
        ("/static/nothing.css", 404),
        ("/healthz", 200),
        ("/robots.txt", 200),
    ],
)
def test_every_answer_carries_exactly_these(client, leeds_petition, path, status):
    response = client.get(path, secure=True)
    assert response.status_code == status
    assert protection_of(response) == EXPECTED


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/desk/login/", 200),
        ("/desk/", 302),
        ("/desk/news/article/", 302),
        ("/desk/access/logout/", 405),
        ("/desk/access/enrol/x/", 404),
    ],
)
def test_the_desks_answers_carry_exactly_these(client, db, path, status):
    response = client.get(path, secure=True)
    assert response.status_code == status
    assert protection_of(response) == EXPECTED
    assert response["Cache-Control"] == "no-store"


def test_a_page_that_is_not_theirs_carries_them(client, db, django_user_model):
    client.force_login(django_user_model.objects.create(username="zoe", is_staff=True))
    response = client.get("/desk/news/article/", secure=True)
    assert response.status_code == 403
    assert protection_of(response) == EXPECTED
    assert response["Cache-Control"] == "no-store"


def test_a_refused_form_carries_them(client, leeds_petition):
    response = client.post("/en/petitions/leeds/sign", headers=FOREIGN, secure=True)
    assert response.status_code == 403
    assert protection_of(response) == EXPECTED
    assert "no-store" in response["Cache-Control"]


def test_a_failure_of_ours_carries_them_and_says_nothing(db, monkeypatch):
    def broken():
        raise RuntimeError("zoe@example.com")

    monkeypatch.setattr(machinery, "database_answers", broken)
    client = Client(raise_request_exception=False)
    response = client.get("/readyz", secure=True)
    assert response.status_code == 500
    assert protection_of(response) == EXPECTED
    assert "no-store" in response["Cache-Control"]
    assert b"zoe@example.com" not in response.content


def test_static_files_carry_them(client, db, settings, tmp_path):
    (tmp_path / "site.css").write_text("p { margin: 0 }")
    settings.STATIC_ROOT = str(tmp_path)
    response = client.get("/static/site.css", secure=True)
    assert b"".join(response.streaming_content) == b"p { margin: 0 }"
    response.close()
    assert protection_of(response) == EXPECTED


def test_open_data_may_be_used_by_other_sites(client, db):
    response = client.get("/data/places.json", secure=True)
    expected = {
        **EXPECTED,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Access-Control-Expose-Headers": "ETag, Link, Content-Disposition",
    }
    assert protection_of(response) == expected
    assert response["Access-Control-Allow-Origin"] == "*"


def test_a_public_page_may_share_and_copy_and_no_more(client, leeds):
    features = features_of(client.get("/en/cities/leeds/"))
    allowed = {name for name, value in features.items() if value != "()"}
    assert allowed == {"clipboard-write"}
    assert features["clipboard-write"] == "(self)"
    # Sharing is open to our own origin unless it is closed, which it must not be.
    assert "web-share" not in features
    assert {"camera", "geolocation", "microphone", "payment"} < set(features)


def test_the_desk_may_ask_for_a_passkey_and_no_more(client, db):
    response = client.get("/desk/login/")
    features = features_of(response)
    allowed = {name for name, value in features.items() if value != "()"}
    assert allowed == {"publickey-credentials-get", "publickey-credentials-create"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path",
    ["/", "/en/", "/en/petitions/leeds/", "/en/nowhere/", "/data/places.json"],
)
def test_no_public_answer_sets_or_depends_on_a_cookie(client, leeds_petition, path):
    response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_cookies_of_the_desk_are_bound_to_host_and_https(client, db):
    response = client.get("/desk/login/", secure=True)
    cookie = response.cookies["__Host-deskform"]
    assert (cookie["secure"], cookie["httponly"]) == (True, True)
    assert (cookie["samesite"], cookie["path"], cookie["domain"]) == ("Strict", "/", "")
