"""`/map.svg`: what it draws, says and refuses."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from cities.map.drawing import draw_world
from cities.map.look import STYLE
from cities.map.ties import drawn_ties
from cities.models import Twinning
from cities.models.twinning import Status
from tests.conftest import make_place, twin

SVG = "{http://www.w3.org/2000/svg}"
EVERY = (
    "active",
    "confirmed",
    "under_review",
    "suspended",
    "ended",
    "lapsed",
    "unknown",
)


def picture(client, query=""):
    """Return the map as a tree, having asked for it once."""
    response = client.get(f"/map.svg{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "image/svg+xml"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def ways(tree):
    """Return the number of ways by class."""
    return {
        path.get("class").split()[1]: path.get("d").count("M")
        for path in tree.iter(f"{SVG}path")
        if path.get("class").startswith("way ")
    }


def texts(tree):
    return ["".join(text.itertext()) for text in tree.iter(f"{SVG}text")]


def test_each_tie_is_a_line_of_its_status(client, hangzhou):
    for number, status in enumerate(Status):
        place = make_place(f"place-{number}")
        twin(place, hangzhou, (status, "2024", "press"))
    twin(make_place("ended"), hangzhou, ("ended", "2024", "press"))
    twin(make_place("listed"), hangzhou, ("active", "2024", "list"))
    assert ways(picture(client)) == {**dict.fromkeys(EVERY, 1), "ended": 2}


def test_presumed_and_confirmed_are_told_apart_in_line_key_and_words(
    client, leeds, newcastle
):
    newcastle.twinnings.get().events.update(status="active")
    newcastle.twinnings.update(status="active")
    tree = picture(client, "?country=GB")
    assert ways(tree) == {"active": 1, "confirmed": 1}
    assert "Presumed to stand: 1. Confirmed as standing: 1." in tree.findtext(
        f"{SVG}desc"
    )
    page = client.get("/en/cities/leeds/").content.decode()
    assert 'class="key-active">presumed to stand' in page
    assert "key-confirmed" not in page
    page = client.get("/en/cities/newcastle-upon-tyne/").content.decode()
    assert 'class="key-confirmed">confirmed as standing' in page
    assert "key-active" not in page
    then = client.get("/map.svg?country=GB&as-of=1990-01-01").content.decode()
    assert "Presumed to stand: 2. Confirmed as standing: 0." in then


def test_a_name_is_not_cut_off_at_the_foot_of_the_map(client, hangzhou):
    move(hangzhou, 25, 102)
    twin(move(make_place("low"), -35, 147), hangzhou, ("active", "2024", "list"))
    tree = picture(client, "?place=low")
    height = float(tree.get("height"))
    feet = {text.text: float(text.get("y")) for text in tree.iter(f"{SVG}text")}
    assert all(0 < foot < height - 5 for foot in feet.values())


def test_what_has_ended_lies_on_top(client, leeds, newcastle):
    assert list(ways(picture(client))) == ["active", "ended"]


def test_every_status_has_a_look_of_its_own():
    looks = [re.search(rf"\.way\.{status}{{([^}}]*)}}", STYLE)[1] for status in EVERY]
    assert len(set(looks)) == len(EVERY)


def test_a_place_with_a_standing_tie_is_not_drawn_as_ended(newcastle):
    wuhan = make_place("wuhan", "CN")
    twin(newcastle, wuhan, ("active", "2026-02-08", "list"))
    drawing = draw_world(drawn_ties())
    places = {layer.look: layer.places for layer in drawing.layers}
    assert places["ended"] == ""
    assert places["active"].count("M") == 1


def test_statuses_of_another_day_stand_in_for_the_present_ones(leeds, newcastle):
    then = {newcastle.twinnings.get().pk: "active"}
    (tie,) = drawn_ties(then)
    assert (tie.place.slug, tie.look) == ("newcastle-upon-tyne", "active")


def test_a_country_and_a_place_have_maps_with_their_own_ties(client, leeds, newcastle):
    twin(make_place("kyoto", "JP"), make_place("xian", "CN"), ("active", "", "list"))
    assert ways(picture(client, "?country=GB")) == {"active": 1, "ended": 1}
    assert ways(picture(client, "?place=leeds")) == {"active": 1}
    assert ways(picture(client, "?place=taiyuan")) == {"ended": 1}


@pytest.mark.parametrize(
    ("language", "tag", "names", "word"),
    [
        ("en", "en-GB", {"Leeds", "Hangzhou"}, "Leeds"),
        ("zh-hant", "zh-Hant-HK", {"列斯", "杭州"}, "列斯"),
        ("zh-hans", "zh-Hans", {"利兹", "杭州"}, "利兹"),
    ],
)
def test_a_map_speaks_the_language_asked_for(client, leeds, language, tag, names, word):
    tree = picture(client, f"?place=leeds&lang={language}")
    assert tree.get("lang") == tag
    assert set(texts(tree)) == names
    assert word in tree.findtext(f"{SVG}title")
    assert tree.findtext(f"{SVG}desc")


def test_a_name_in_another_language_says_so(client, leeds):
    leeds.name_zh_hant = leeds.name_zh_hans = ""
    leeds.save()
    tree = picture(client, "?place=leeds&lang=zh-hant")
    marked = {text.text: text.get("lang") for text in tree.iter(f"{SVG}text")}
    assert marked == {"Leeds": "en-GB", "杭州": None}


def test_the_world_names_countries_with_the_number_of_their_ties(client, leeds):
    assert texts(picture(client)) == ["United Kingdom 1"]
    assert texts(picture(client, "?lang=zh-hant")) == ["英國 1"]


def test_a_picture_says_what_it_is_to_who_cannot_see_it(client, leeds, newcastle):
    tree = picture(client)
    assert tree.get("role") == "img"
    described = {node.get("id") for node in tree.iter() if node.get("id")}
    assert set(tree.get("aria-labelledby").split()) <= described
    assert "stand: 1. Confirmed as standing: 0. Ended or lapsed: 1." in tree.findtext(
        f"{SVG}desc"
    )


def test_a_name_cannot_bring_markup_into_the_picture(client, hangzhou):
    place = make_place("odd", en="<script>&'\"")
    twin(place, hangzhou, ("active", "2024", "list"))
    tree = picture(client, "?place=odd")
    assert not list(tree.iter(f"{SVG}script"))
    assert "<script>&'\"" in texts(tree)


def test_an_empty_record_is_a_map_without_lines(client, db):
    tree = picture(client)
    assert ways(tree) == {}
    assert tree.find(f"{SVG}path[@class='land']").get("d")


@pytest.mark.parametrize(
    "query",
    [
        "country=ZZ",
        "country=CN",
        "country=SE",
        "country=%00",
        "place=nowhere",
        "place=sheffield'--",
        "place=alone",
        "country=GB&place=leeds",
        "lang=fr",
        "lang=",
    ],
)
def test_a_senseless_address_is_no_map(client, leeds, query):
    make_place("alone")
    response = client.get(f"/map.svg?{query}")
    assert response.status_code == 404
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("yesterday", "as-of: Write the day as 2020-04-15."),
        ("2020-02-30", "as-of: There is no such day."),
        ("2999-01-01", "as-of: This day has not come yet."),
    ],
)
def test_what_is_no_past_day_is_refused_in_words(client, leeds, day, why):
    response = client.get(f"/map.svg?lang=zh-hant&as-of={day}")
    assert (response.status_code, response.json()) == (400, {"error": why})
    assert response["Cache-Control"] == "no-store"


def test_other_arguments_and_small_letters_do_no_harm(client, leeds):
    assert ways(picture(client, "?country=gb&from=wa")) == {"active": 1}
    assert client.post("/map.svg").status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_a_map_asks_the_database_once(
    client, hangzhou, django_assert_num_queries, rows
):
    for number in range(rows):
        twin(make_place(f"place-{number}"), hangzhou, ("active", "2024", "list"))
    with django_assert_num_queries(1):
        picture(client)


def test_a_map_may_be_kept_and_embedded_by_others(client, leeds, settings):
    settings.PAGE_CACHE_SECONDS = 10
    first = client.get("/map.svg?lang=zh-hant", secure=True)
    tag = first["ETag"]
    again = client.get("/map.svg?lang=zh-hant", headers={"if-none-match": tag})
    other = client.get("/map.svg?lang=en", headers={"if-none-match": tag})
    assert (again.status_code, other.status_code) == (304, 200)
    assert first["Cache-Control"].startswith("public, max-age=10")
    assert first["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Cookie" not in first.get("Vary", "")


def test_a_maps_own_policy_allows_its_style_and_nothing_else(client, leeds):
    policy = client.get("/map.svg")["Content-Security-Policy"]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; "
        r"form-action 'none'; frame-ancestors 'none'",
        policy,
    )
    assert picture(client).findtext(f"{SVG}style") == STYLE


def move(place, latitude, longitude):
    place.latitude, place.longitude = latitude, longitude
    place.save()
    return place


def insets(client, hangzhou, number, latitude):
    """Return the enlargements on a map of crowded places far from China."""
    move(hangzhou, 30, 120)
    for step in range(number):
        place = move(make_place(f"place-{step}"), latitude + step / 5, step / 5)
        twin(place, hangzhou, ("active", "2024", "list"))
    return picture(client, "?country=GB").findall(f"{SVG}svg")


def test_crowded_places_are_enlarged_in_the_corner_below_them(client, hangzhou):
    (inset,) = insets(client, hangzhou, 5, latitude=53)
    assert (inset.get("x"), inset.get("y")) == ("0", "200")
    dots = inset.find(f"{SVG}path[@class='end active']").get("d")
    assert dots.count("M") == 5
    assert (inset.get("width"), inset.get("viewBox")) == ("200", "0 0 600 600")


@pytest.mark.parametrize(("number", "latitude"), [(4, 53), (5, -42)])
def test_few_places_and_those_in_that_corner_are_not(
    client, hangzhou, number, latitude
):
    assert insets(client, hangzhou, number, latitude) == []


def test_the_whole_world_and_one_place_have_no_enlargement(client, hangzhou):
    assert insets(client, hangzhou, 5, latitude=53) != []
    assert picture(client).findall(f"{SVG}svg") == []
    assert picture(client, "?place=place-1").findall(f"{SVG}svg") == []


def test_a_map_of_an_earlier_day_has_the_status_and_the_date_of_that_day(
    client, leeds, hangzhou, django_assert_num_queries
):
    Twinning.objects.all().delete()
    twin(leeds, hangzhou, ("ended", "2022-11-02", "council"), established_on="1988")
    address = "/map.svg?place=leeds&as-of="
    with django_assert_num_queries(3):
        before = client.get(f"{address}2022-11-01").content.decode()
    assert "1 November 2022" in before
    assert (
        "Presumed to stand: 1. Confirmed as standing: 0. Ended or lapsed: 0." in before
    )
    after = client.get(f"{address}2022-11-03").content.decode()
    assert (
        "Presumed to stand: 0. Confirmed as standing: 0. Ended or lapsed: 1." in after
    )


def test_an_agreement_of_a_later_day_is_not_on_the_map(client, leeds, hangzhou):
    Twinning.objects.all().delete()
    twin(leeds, hangzhou, ("active", "2026-02-08", "list"), established_on="1988")
    assert client.get("/map.svg?place=leeds&as-of=1980-01-01").status_code == 404
    page = client.get("/en/cities/leeds/?as-of=1980-01-01").content.decode()
    assert "/map.svg" not in page
    page = client.get("/en/cities/leeds/?as-of=1990-01-01").content.decode()
    assert "/map.svg?place=leeds&amp;lang=en&amp;as-of=1990-01-01" in page
