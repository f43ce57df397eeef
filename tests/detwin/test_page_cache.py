"""Finished pages are handed out whole, to everybody the same."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from detwin.page_cache import cache_key


@pytest.fixture(autouse=True)
def _cache_on(settings):
    settings.PAGE_CACHE_SECONDS = 10


def queries_of(client, path, **headers):
    """Return the answer to an address and how many queries it took."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path, headers=headers)
    return response, len(queries)


def test_a_page_is_made_once_and_then_kept(client, leeds):
    first, worked = queries_of(client, "/en/cities/leeds/")
    second, rested = queries_of(client, "/en/cities/leeds/")
    assert worked > 0
    assert rested == 0
    assert second.content == first.content
    assert second.headers == first.headers


def test_a_kept_page_says_how_long_others_may_keep_it(client, leeds):
    response = client.get("/en/cities/leeds/")
    assert response["Cache-Control"] == (
        "public, max-age=10, stale-while-revalidate=60, stale-if-error=86400"
    )
    assert "Vary" not in response.headers or "Cookie" not in response["Vary"]
    assert not response.cookies


def test_a_reader_who_has_the_page_gets_none(client, leeds):
    tag = client.get("/en/cities/leeds/")["ETag"]
    response, worked = queries_of(client, "/en/cities/leeds/", **{"if-none-match": tag})
    assert (response.status_code, response.content, worked) == (304, b"", 0)
    other = client.get("/en/cities/leeds/", headers={"if-none-match": '"other"'})
    assert other.status_code == 200


def test_a_changed_page_has_another_tag(client, leeds):
    before = client.get("/en/cities/leeds/")["ETag"]
    caches["pages"].clear()
    leeds.name_en = "Leeds (West Yorkshire)"
    leeds.save()
    assert client.get("/en/cities/leeds/")["ETag"] != before


def test_languages_hosts_and_queries_have_pages_of_their_own(rf):
    asked = [
        rf.get("/en/cities/"),
        rf.get("/zh-hant/cities/"),
        rf.get("/en/cities/?q=leeds"),
        rf.get("/en/cities/?q=Leeds"),
        rf.get("/en/cities/", headers={"host": "localhost"}),
        rf.get("/en/cities/", secure=True),
    ]
    assert len({cache_key(request) for request in asked}) == len(asked)


@pytest.mark.parametrize(
    "query", ["?x=1", "?q=leeds&utm_source=chat", "?q=" + "a" * 90]
)
def test_addresses_anybody_can_invent_do_not_fill_the_cache(client, leeds, query):
    client.get(f"/en/cities/{query}")
    _, worked = queries_of(client, f"/en/cities/{query}")
    assert worked > 0


def test_a_flood_of_pages_leaves_the_throttle_alone(client, leeds, settings):
    caches["default"].set("counter", 7)
    for number in range(5):
        client.get(f"/en/cities/?q={number}")
    assert list(caches["default"]._cache) == [caches["default"].make_key("counter")]
    assert len(caches["pages"]._cache) == 5


def test_head_is_answered_from_the_page_that_get_has_made(client, leeds):
    page = client.get("/en/cities/leeds/")
    with CaptureQueriesContext(connection) as queries:
        response = client.head("/en/cities/leeds/")
    assert (response.status_code, response.content) == (200, b"")
    assert response["ETag"] == page["ETag"]
    assert response["Content-Length"] == str(len(page.content))
    assert len(queries) == 0


def test_get_after_head_has_its_content(client, leeds):
    client.head("/en/cities/leeds/")
    assert b"Leeds" in client.get("/en/cities/leeds/").content


def test_a_page_that_does_not_exist_is_not_kept(client, db):
    assert client.get("/en/cities/leeds/").status_code == 404
    from tests.conftest import make_place

    make_place("leeds")
    assert client.get("/en/cities/leeds/").status_code == 200


def test_what_a_signer_sees_is_never_kept(client, leeds_petition, sign):
    path = sign("leeds")
    first = client.get(path)
    assert "no-store" in first["Cache-Control"]
    _, worked = queries_of(client, path)
    assert worked > 0


def test_cookies_of_a_visitor_change_nothing(client, leeds):
    before = client.get("/en/cities/leeds/").content
    client.cookies["desk"] = "something"
    response, worked = queries_of(client, "/en/cities/leeds/")
    assert (response.content, worked) == (before, 0)


# --- While the database does not answer -------------------------------------------
@pytest.fixture
def database_down(client, leeds, settings, monkeypatch):
    """A kept page that is no longer fresh, and a database that has gone."""
    client.raise_request_exception = False
    settings.PAGE_CACHE_SECONDS = -1
    client.get("/en/cities/leeds/")

    def gone(*args):
        raise OperationalError("server closed the connection, and here are your values")

    with monkeypatch.context() as patched:
        patched.setattr(connection, "cursor", gone)
        yield


def test_a_kept_page_is_handed_out_though_no_longer_fresh(client, database_down):
    response = client.get("/en/cities/leeds/")
    assert response.status_code == 200
    assert "Leeds" in response.content.decode()


def test_a_page_that_nobody_keeps_says_try_later(client, database_down):
    response = client.get("/zh-hant/cities/leeds/")
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Cache-Control"] == "no-store"
    page = response.content.decode()
    for words in ("try again in a few minutes", "請過幾分鐘再試", "请过几分钟再试"):
        assert words in page
    assert "server closed" not in page


def test_once_it_answers_a_page_that_is_not_fresh_is_made_anew(client, leeds, settings):
    settings.PAGE_CACHE_SECONDS = -1
    client.get("/en/cities/leeds/")
    _, worked = queries_of(client, "/en/cities/leeds/")
    assert worked > 0
