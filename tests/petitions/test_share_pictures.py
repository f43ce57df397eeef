"""The pictures that other sites show beside a link to a petition."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from petitions.models import Petition, Wording
from petitions.pictures import MOST_IN_DEVELOPMENT, cards, draw_pictures
from petitions.standing import forget_standing
from tests.conftest import make_petition
from tests.petitions.conftest import LANGUAGES

PLAIN = Path(__file__).resolve().parents[2] / "static" / "img"


def fetched(client, language="en", slug="leeds"):
    return client.get(f"/share/{language}/{slug}.png")


def kinds(language):
    return {card.kind for card in cards() if card.code == language}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_gets_a_picture_of_its_own(
    client, pictures, leeds_petition, language
):
    assert draw_pictures() == 3
    (file,) = pictures.glob(f"leeds.{language}.*.png")
    assert fetched(client, language).content == file.read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_until_it_is_drawn_the_plain_picture_is_served(
    client, pictures, leeds_petition, language
):
    expected = (PLAIN / f"share.{language}.png").read_bytes()
    assert fetched(client, language).content == expected


def test_a_picture_says_to_whom_the_petition_is(leeds_petition, world_petition):
    make_petition(slug="gb", scope=Petition.Scope.COUNTRY, country="GB")
    Petition.objects.filter(slug="gb").update(addressee_en="The UK government")
    assert kinds("en") == {
        "Petition to a council",
        "The UK government",
        "Worldwide petition",
    }
    assert "致議會的聯署" in kinds("zh-hant")


def test_a_new_wording_replaces_the_picture(client, pictures, leeds_petition):
    draw_pictures()
    before = {path.name for path in pictures.glob("leeds.en.*")}
    Wording.objects.create(
        petition=leeds_petition, number=2, title_en="Ask again", ask_en="A", body_en="B"
    )
    draw_pictures()
    after = {path.name for path in pictures.glob("leeds.en.*")}
    assert (len(before), len(after), before & after) == (1, 1, set())


def test_a_draft_has_no_picture(client, pictures, leeds_petition):
    Petition.objects.update(state="draft")
    forget_standing()
    assert draw_pictures() == 0
    assert fetched(client).status_code == 404


@pytest.mark.parametrize("path", ["/share/de/leeds.png", "/share/en/nowhere.png"])
def test_unknown_pictures_are_not_found(client, pictures, leeds_petition, path):
    assert client.get(path).status_code == 404


def test_other_sites_may_show_it_and_caches_may_keep_it(
    client, pictures, leeds_petition
):
    draw_pictures()
    response = fetched(client)
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert response["Cache-Control"] == "public, max-age=3600"
    again = client.get(
        "/share/en/leeds.png", headers={"if-none-match": response["ETag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_petition_names_its_picture(client, leeds_petition):
    page = client.get("/zh-hant/petitions/leeds/").content.decode()
    address = "http://testserver/share/zh-hant/leeds.png"
    assert page.count('property="og:image"') == 1
    assert f'<meta property="og:image" content="{address}">' in page


def test_the_worker_draws_while_no_mail_waits(
    transactional_db, pictures, leeds_petition, monkeypatch
):
    monkeypatch.setattr("petitions.management.commands.run_worker.signal.signal", print)
    call_command("run_worker", "--once")
    assert len(list(pictures.iterdir())) == 3


def test_those_for_everybody_come_first_then_the_largest(
    leeds_petition, sheffield_petition, world_petition
):
    Petition.objects.filter(slug="sheffield").update(supporters=1)
    names = [card.name for card in cards()]
    assert names == ["world"] * 3 + ["sheffield"] * 3 + ["leeds"] * 3


def test_a_development_site_draws_a_few(keys, settings):
    for number in range(MOST_IN_DEVELOPMENT + 1):
        values = {"addressee_en": "All", "scope": Petition.Scope.WORLD}
        make_petition(slug=f"world-{number}", **values)
    assert len(list(cards())) == 3 * (MOST_IN_DEVELOPMENT + 1)
    settings.DEBUG = True
    assert len(list(cards())) == 3 * MOST_IN_DEVELOPMENT
