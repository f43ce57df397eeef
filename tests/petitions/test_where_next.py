"""Where a reader goes whose own city's petition is over, or never was."""

from __future__ import annotations

import pytest

from petitions.models import Petition
from petitions.others import three_more
from tests.conftest import make_petition, make_place, twin
from tests.petitions.conftest import LANGUAGES
from tests.petitions.test_pages import cost


@pytest.fixture
def towns(hangzhou, keys):
    """Open petitions near and far, in two countries; return nothing."""
    for slug, country, latitude, longitude in (
        ("york", "GB", 53.96, -1.08),
        ("bath", "GB", 51.38, -2.36),
        ("exeter", "GB", 50.72, -3.53),
        ("dublin", "IE", 53.35, -6.26),
    ):
        place = make_place(slug, country, council=f"{slug} council")
        place.latitude, place.longitude = latitude, longitude
        place.save()
        twin(place, hangzhou, ("active", "2024", "council"))
        make_petition(place)


def named(petitions):
    return [petition.slug for petition in petitions]


def test_the_nearest_in_the_same_country_come_first(leeds_petition, towns):
    assert named(three_more(leeds_petition.place)) == ["york", "bath", "exeter"]


def test_another_country_fills_up(leeds_petition, towns):
    Petition.objects.filter(slug="bath").update(state="won")
    assert named(three_more(leeds_petition.place)) == ["york", "exeter", "dublin"]


def test_without_a_place_the_most_supported_come_first(towns):
    Petition.objects.filter(slug="exeter").update(supporters=9)
    assert named(three_more(None, "GB")) == ["exeter", "bath", "york"]


OVER = ["closed", "handed_in", "answered", "won", "refused"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", OVER)
def test_a_petition_that_is_over_leads_to_three_others(
    client, leeds_petition, towns, state, language
):
    Petition.objects.filter(slug="leeds").update(state=state)
    page = client.get(f"/{language}/petitions/leeds/").content.decode()
    for slug in ("york", "bath", "exeter"):
        assert f'href="/{language}/petitions/{slug}/"' in page
    assert 'id="sign"' not in page


def test_they_cost_the_same_for_one_and_three(client, leeds_petition, towns):
    Petition.objects.filter(slug="leeds").update(state="won")
    three = cost(client, "/en/petitions/leeds/")
    Petition.objects.exclude(slug__in=["leeds", "york"]).update(state="won")
    assert cost(client, "/en/petitions/leeds/") == three == 12


# --- A place whose council has ended it ---------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_council_that_has_ended_it_is_not_asked(client, newcastle, language):
    response = client.get(f"/{language}/petitions/newcastle-upon-tyne/")
    page = response.content.decode()
    assert response.status_code == 200
    assert f'href="/{language}/cities/newcastle-upon-tyne/"' in page
    assert 'id="sign"' not in page


def test_it_leads_to_the_petition_of_the_country(client, newcastle, keys):
    make_petition(slug="gb", scope=Petition.Scope.COUNTRY, country="GB")
    page = client.get("/en/petitions/newcastle-upon-tyne/").content.decode()
    assert 'href="/en/petitions/gb/"' in page


def test_a_place_whose_tie_stands_has_no_such_page(client, leeds):
    assert client.get("/en/petitions/leeds/").status_code == 404


def test_a_chinese_city_has_no_such_page(client, newcastle):
    assert client.get("/en/petitions/taiyuan/").status_code == 404


def test_a_draft_for_it_stays_hidden(client, newcastle, keys):
    make_petition(newcastle, state=Petition.State.DRAFT)
    assert client.get("/en/petitions/newcastle-upon-tyne/").status_code == 404


# --- The share step -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("channel", "tag"),
    [
        ("whatsapp", "wa"),
        ("telegram", "tg"),
        ("email", "mail"),
        ("native_url", "share"),
        ("copy_url", "copy"),
    ],
)
def test_a_shared_address_says_which_channel_and_no_more(
    client, leeds_petition, channel, tag
):
    share = client.get("/en/petitions/leeds/thanks").context["share"]
    assert share[channel].count("from") == 1
    assert f"from={tag}" in share[channel].replace("%3D", "=")


@pytest.mark.parametrize("has_website", [True, False])
def test_councillors_are_named_once_confirmed_if_known(
    client, leeds_petition, sign, has_website
):
    council = leeds_petition.place.council
    council.website = "https://leeds.example.org/" if has_website else ""
    council.save()
    page = client.post(sign(), {"action": "confirm"}).content.decode()
    assert ("https://leeds.example.org/" in page) == has_website
