"""The list of places: grouping, search in any script, filters, senseless input."""

from __future__ import annotations

import gzip

import pytest

from tests.conftest import make_petition, make_place, twin


def names(response):
    """Return the slugs of all shown rows in order."""
    groups = response.context["groups"]
    return [row.place.slug for group in groups for row in group["rows"]]


@pytest.mark.parametrize("language", ["en", "zh-hant", "zh-hans"])
def test_the_list_answers_in_each_language(client, leeds, language):
    response = client.get(f"/{language}/cities/")
    assert response.status_code == 200
    name = {"en": "Leeds", "zh-hant": "列斯", "zh-hans": "利兹"}[language]
    assert name in response.content.decode()


def test_places_stand_by_country_in_the_order_of_english_names(
    client, leeds, newcastle, hangzhou
):
    kiel = make_place("kiel", "DE", hant="基爾")
    twin(kiel, hangzhou, ("active", "2024", "council"))
    for language in ("en", "zh-hant"):
        response = client.get(f"/{language}/cities/")
        assert names(response) == ["kiel", "leeds", "newcastle-upon-tyne"]
        codes = [group["code"] for group in response.context["groups"]]
        assert codes == ["DE", "GB"]


def test_places_in_china_stand_with_their_twins_until_asked_for(client, leeds):
    assert names(client.get("/en/cities/")) == ["leeds"]
    assert names(client.get("/en/cities/?country=CN")) == ["hangzhou"]
    response = client.get("/en/cities/?q=杭州")
    assert names(response) == ["hangzhou"]
    (row,) = response.context["groups"][0]["rows"]
    assert [partner.place.slug for partner in row.partners] == ["leeds"]


def test_each_row_has_its_ties_and_what_is_known_of_them(client, leeds, newcastle):
    rows = client.get("/en/cities/").context["groups"][0]["rows"]
    leeds_row, newcastle_row = rows
    assert leeds_row.status == "active"
    assert leeds_row.is_presumed
    assert [tie.chinese_place.slug for tie in leeds_row.ties] == ["hangzhou"]
    assert [partner.place.slug for partner in newcastle_row.partners] == ["taiyuan"]
    assert newcastle_row.partners[0].status_label == "ended"
    assert newcastle_row.status == "ended"
    assert newcastle_row.status_label == "ended"
    assert not newcastle_row.is_presumed


def test_a_standing_tie_speaks_for_a_place_before_an_ended_one(client, newcastle):
    twin(newcastle, make_place("xi-an", "CN"), ("active", "2024", "council"))
    row = client.get("/en/cities/").context["groups"][0]["rows"][0]
    assert (row.status, row.is_presumed) == ("active", False)


def test_a_place_without_a_tie_says_so(client, db):
    make_place("exeter")
    row = client.get("/en/cities/").context["groups"][0]["rows"][0]
    assert (row.status, row.status_label) == ("", "no twinning on record")


def test_a_running_petition_is_named_in_its_row(client, leeds_petition):
    row = client.get("/en/cities/").context["groups"][0]["rows"][0]
    assert row.petition_slug == "leeds"
    leeds_petition.state = "closed"
    leeds_petition.save()
    row = client.get("/en/cities/").context["groups"][0]["rows"][0]
    assert row.petition_slug == ""


@pytest.mark.parametrize(
    "query",
    ["leeds", "LEED", "ＬＥＥＤＳ", "列斯", "利兹", "利茲", "l-e e·d's", "Léeds"],
)
def test_a_place_is_found_by_any_of_its_names(client, leeds, newcastle, query):
    response = client.get("/zh-hans/cities/", {"q": query})
    assert names(response) == ["leeds"]


def test_country_and_status_narrow_the_list(client, leeds, newcastle, hangzhou):
    twin(make_place("kiel", "DE"), hangzhou, ("active", "2024", "council"))
    assert names(client.get("/en/cities/?country=DE")) == ["kiel"]
    assert names(client.get("/en/cities/?country=gb")) == [
        "leeds",
        "newcastle-upon-tyne",
    ]
    assert names(client.get("/en/cities/?status=ended")) == ["newcastle-upon-tyne"]
    assert names(client.get("/en/cities/?status=active&country=GB")) == ["leeds"]
    assert names(client.get("/en/cities/?status=active")) == ["kiel", "leeds"]
    assert names(client.get("/en/cities/?status=presumed")) == ["leeds"]
    assert names(client.get("/en/cities/?status=confirmed")) == ["kiel"]


def test_the_choices_carry_their_numbers_whatever_is_chosen(client, leeds, newcastle):
    context = client.get("/en/cities/?status=ended").context
    assert [(code, count) for code, _, count in context["countries"]] == [
        ("GB", 2),
        ("CN", 2),
    ]
    assert [(value, count) for value, _, count in context["statuses"]] == [
        ("presumed", 1),
        ("ended", 1),
    ]
    assert context["total"] == 1


@pytest.mark.parametrize(
    "arguments",
    [
        "country=XX",
        "country=%00",
        "status=nonsense",
        "status=%00&country=",
        "country=GB%27--",
        "as-of=",
        "sort=nonsense",
        "q=",
        "q=%20%20",
        "q=%00",
    ],
)
def test_senseless_arguments_count_as_not_asked(client, leeds, newcastle, arguments):
    response = client.get(f"/en/cities/?{arguments}")
    assert response.status_code == 200
    assert names(response) == ["leeds", "newcastle-upon-tyne"]


@pytest.mark.parametrize(
    "query",
    [
        "leeds%00",
        "%00leeds",
        "le%00eds",
        "%1Bleeds",
        "%E2%80%AEleeds",
        "leeds%0d%0a",
        "%E3%80%80leeds%E3%80%80",
    ],
)
def test_control_characters_in_a_search_are_dropped(client, leeds, query):
    response = client.get(f"/en/cities/?q={query}")
    assert names(response) == ["leeds"]
    assert response.context["query"] == "leeds"


@pytest.mark.parametrize(
    "query", ["%FF%FE", "%ED%A0%80", "x" * 5000, "%", "_", "\\", "'\";--", "🏙️"]
)
def test_odd_searches_find_nothing_and_break_nothing(client, leeds, query):
    response = client.get(f"/en/cities/?q={query}")
    assert response.status_code == 200
    assert names(response) == []


def test_what_was_typed_is_shown_escaped(client, leeds):
    response = client.get("/en/cities/", {"q": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in response.content.decode()


def test_no_hit_offers_the_nearest_names_and_the_worldwide_petition(
    client, leeds, newcastle, world_petition
):
    response = client.get("/en/cities/?q=Leads")
    assert response.context["total"] == 0
    assert [place.slug for place in response.context["nearest"]] == ["leeds"]
    assert response.context["world"] == world_petition
    assert "/en/petitions/world/" in response.content.decode()


def test_a_hit_offers_no_nearest_names(client, leeds, newcastle):
    assert client.get("/en/cities/?q=Leeds").context["nearest"] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_three_times(
    client, hangzhou, keys, django_assert_num_queries, rows
):
    for number in range(rows):
        place = make_place(f"place-{number}", council=f"Council {number}")
        twin(place, hangzhou, ("active", "2024", "list"))
        make_petition(place)
    with django_assert_num_queries(3):
        client.get("/en/cities/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_search_asks_the_database_four_times(
    client, hangzhou, django_assert_num_queries, rows
):
    for number in range(rows):
        place = make_place(f"place-{number}")
        twin(place, hangzhou, ("active", "2024", "list"))
    with django_assert_num_queries(4):
        client.get("/en/cities/?q=place")


def test_six_hundred_places_stay_within_sixty_kilobytes_compressed(client, hangzhou):
    for number in range(600):
        place = make_place(f"town-{number * 7919 % 1000}-{number}")
        twin(place, hangzhou, ("active", "2024", "list"))
    response = client.get("/en/cities/")
    assert response.context["total"] == 600
    assert len(gzip.compress(response.content)) < 60_000


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["aberdeen", "bath", "chester"]),
        ("status", ["chester", "bath", "aberdeen"]),
        ("established", ["bath", "chester", "aberdeen"]),
    ],
)
def test_rows_can_be_sorted_without_a_script(client, hangzhou, sort, expected):
    twin(make_place("aberdeen"), hangzhou, ("ended", "2024", "press"))
    listed, council = ("active", "2024", "list"), ("active", "2024", "council")
    twin(make_place("bath"), hangzhou, listed, established_on="1985")
    twin(make_place("chester"), hangzhou, council, established_on="1990-03")
    assert names(client.get(f"/en/cities/?sort={sort}")) == expected


def test_other_methods_are_refused(client, leeds):
    assert client.post("/en/cities/").status_code == 405
