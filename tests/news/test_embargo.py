"""A press release before its hour, at it, and after it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from news.models import OutletLink, Release
from tests.news.conftest import SECRET

LANGUAGES = ("en", "zh-hant", "zh-hans")
PUBLIC = [
    *("", "news/", "press/", "news/?place=leeds", "news/?country=GB"),
    *("news/feed.rss", "news/feed.atom", "press/feed.rss", "press/feed.atom"),
    *("cities/leeds/", "cities/leeds/news.rss", "cities/leeds/news.atom"),
    *("cities/?q=marble", "cities/find.json?q=marble", "cities/find.json?q=Leeds"),
    *("press/facts/leeds/", "press/facts/countries/gb/", "cities/countries/gb/"),
    *("trust/corrections/", "data/", "events/", "campaign/"),
]
ROOT = [
    *("/sitemap.xml", "/robots.txt", "/map.svg", "/press/pictures.zip"),
    *("/data/places.json", "/data/twinnings.json", "/data/petitions.json"),
]


def everything(client):
    """Return what anybody can read, as one text."""
    paths = [f"/{language}/{path}" for language in LANGUAGES for path in PUBLIC]
    found = []
    for path in [*paths, *ROOT]:
        response = client.get(path)
        assert response.status_code == 200, path
        content = response.getvalue() if response.streaming else response.content
        found.append(content.decode("utf-8", "replace"))
    return "\n".join(found).lower()


def end_embargo(release):
    """Let the hour come."""
    Release.objects.filter(pk=release.pk).update(embargo_until=timezone.now())


def test_before_its_hour_nobody_can_learn_of_it_and_after_it_everybody(
    client, embargoed, link, media, leeds_petition
):
    before = everything(client)
    assert SECRET.lower() not in before
    assert "herald" not in before
    end_embargo(embargoed)
    after = everything(client)
    assert SECRET.lower() in after
    assert (
        "/en/press/releases/zirconia-release/"
        in client.get("/sitemap.xml").content.decode()
    )
    for path in ("press/", "press/feed.rss", "press/feed.atom"):
        assert SECRET in client.get(f"/zh-hant/{path}").content.decode()
    assert "herald" not in after


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_its_page_is_not_found_and_looks_like_any_that_never_was(
    client, embargoed, language, method
):
    own = getattr(client, method)(f"/{language}/press/releases/zirconia-release/")
    other = getattr(client, method)(f"/{language}/press/releases/zirconia-relaese/")
    assert (own.status_code, other.status_code) == (404, 404)
    assert own.content == other.content.replace(
        b"zirconia-relaese", b"zirconia-release"
    )
    assert own.headers.items() == other.headers.items()


def test_a_draft_is_not_found_either(client, link):
    Release.objects.update(embargo_until=None)
    assert client.get("/en/press/releases/zirconia-release/").status_code == 404
    assert client.get(link.get_absolute_url()).status_code == 404


def test_the_link_shows_it_and_says_the_embargo_with_time_and_zone(client, link):
    moment = datetime.datetime(2099, 1, 14, 23, 30, tzinfo=datetime.UTC)
    Release.objects.update(embargo_until=moment)
    response = client.get(link.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 200
    assert "Under embargo until 14 January 2099, 23:30 UTC." in page
    assert "This link was made for The Test Herald." in page
    assert "<strong>body</strong>" in page
    rows = {str(clock.cities): clock for clock in response.context["clocks"]}
    tokyo, new_york = rows["Tokyo"], rows["New York and Toronto"]
    assert (f"{tokyo.time:%d %H:%M}", tokyo.zone) == ("15 08:30", "UTC+9")
    assert (f"{new_york.time:%d %H:%M}", new_york.zone) == ("14 18:30", "UTC−5")
    assert "15 January 2099</td><td>08:30" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cache_and_no_search_engine_keeps_the_link_page(client, link, language):
    path = link.get_absolute_url().replace("/en/", f"/{language}/")
    response = client.get(path)
    assert response["Cache-Control"] == "no-store"
    assert "noindex" in response["X-Robots-Tag"]
    head = response.content.decode().partition("</head>")[0]
    assert 'name="robots" content="noindex' in head
    # A chat that shows a preview of the link reads no more than this.
    assert SECRET not in head
    assert "Herald" not in head
    assert not response.cookies


def test_at_its_hour_the_link_leads_to_the_public_page(client, link):
    end_embargo(link.release)
    response = client.get(link.get_absolute_url())
    assert response.status_code == 302
    assert response["Location"] == "/en/press/releases/zirconia-release/"
    assert response["Cache-Control"] == "no-store"
    public = client.get(response["Location"])
    assert SECRET in public.content.decode()
    assert "max-age" in public["Cache-Control"]


def test_a_revoked_link_is_dead_for_ever(client, link):
    address = link.get_absolute_url()
    assert client.get(address).status_code == 200
    link.is_revoked = True
    link.save()
    assert client.get(address).status_code == 404
    link.is_revoked = False
    link.save()
    assert client.get(address).status_code == 404
    assert client.get(link.get_absolute_url()).status_code == 200


def test_a_link_ends_at_the_time_set_for_it(client, link):
    address = link.get_absolute_url()
    link.works_until = timezone.now() + datetime.timedelta(minutes=1)
    link.save()
    assert client.get(address).status_code == 200
    link.works_until = timezone.now()
    link.save()
    assert client.get(address).status_code == 404


def test_an_altered_or_foreign_link_is_dead(client, link, leeds_petition, sign):
    address = link.get_absolute_url().rstrip("/")
    foreign = sign("leeds").replace("/en/s/", "/en/press/s/")
    for path in (address[:-1] + "_", address[:-1], address + "A", foreign.rstrip("/")):
        assert client.get(f"{path}/").status_code == 404
    assert client.get("/en/press/s/x/").status_code == 404
    # Nor does an outlet's link do anything on the signers' side.
    assert client.get(f"{address}/".replace("/press/", "/")).status_code == 404


def test_a_links_address_stays_the_same_while_it_works(link, monkeypatch):
    later = timezone.now() + datetime.timedelta(days=1)
    before = link.get_absolute_url()
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("time.time", later.timestamp)
    assert OutletLink.objects.get().get_absolute_url() == before


def test_one_outlets_link_says_nothing_of_another(client, link):
    other = OutletLink.objects.create(release=link.release, outlet="Other Weekly")
    assert other.get_absolute_url() != link.get_absolute_url()
    page = client.get(link.get_absolute_url()).content.decode()
    assert "Other Weekly" not in page


def test_the_token_is_cut_from_logs(link):
    from detwin.logs import without_secrets

    address = link.get_absolute_url()
    assert without_secrets(f"Not Found: {address}") == "Not Found: /en/press/s/[token]/"


def test_moving_the_embargo_hides_a_public_release_again(client, embargoed):
    end_embargo(embargoed)
    path = "/en/press/releases/zirconia-release/"
    assert client.get(path).status_code == 200
    later = timezone.now() + datetime.timedelta(days=1)
    Release.objects.filter(pk=embargoed.pk).update(embargo_until=later)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_releases_take_one_query_in_the_feed(
    client, db, django_assert_num_queries, rows
):
    for number in range(rows):
        Release.objects.create(
            slug=f"r{number}", title_en="R", embargo_until=timezone.now()
        )
    with django_assert_num_queries(1):
        client.get("/en/press/feed.atom")
