"""The pages that are read: what they cost and what they show of figures."""

from __future__ import annotations

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from petitions.models import CouncilReply, HandIn, Petition
from petitions.standing import forget_standing
from tests.conftest import TODAY, forget_everything, make_petition, make_place, twin
from tests.petitions.conftest import LANGUAGES


def cost(client, path):
    """Return how many queries a page costs a process that remembers nothing."""
    caches["pages"].clear()
    forget_everything()
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def give_leeds(petition, number):
    """Give a petition so many ties, hand-ins with replies, articles and wordings."""
    for count in range(number):
        partner = make_place(f"partner-{number}-{count}", "CN")
        tie = twin(petition.place, partner, ("active", "2024", "council"))
        petition.twinnings.add(tie)
        hand_in = HandIn.objects.create(petition=petition, day=TODAY(), way="post")
        for _ in range(number):
            CouncilReply.objects.create(
                hand_in=hand_in,
                day=TODAY(),
                outcome="partly",
                words_en="Perhaps.",
                source="https://example.org/reply",
            )
        Article.objects.create(
            slug=f"update-{number}-{count}",
            title_en="Update",
            summary_en="What happened.",
            body_en="What happened.",
            petition_slug=petition.slug,
            publish_at=timezone.now(),
        )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 3])
def test_the_petition_page_costs_the_same_whatever_it_shows(
    client, sheffield_petition, language, number
):
    give_leeds(sheffield_petition, number)
    path = f"/{language}/petitions/sheffield/"
    # One of them is for the switches, asked every three seconds.
    assert cost(client, path) == 13


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_petition_and_three(
    client, hangzhou, keys, number
):
    for count in range(number):
        place = make_place(f"town-{count}", council=f"Council {count}")
        twin(place, hangzhou, ("active", "2024", "council"))
        make_petition(place)
    assert cost(client, "/en/petitions/") == 1


# --- The list ---------------------------------------------------------------------------------
@pytest.fixture
def three(leeds_petition, sheffield_petition, world_petition, hangzhou):
    kiel = make_place("kiel", "DE", hant="基爾", hans="基尔", council="Kiel")
    twin(kiel, hangzhou, ("active", "2024", "council"))
    make_petition(kiel)


def listed(client, query=""):
    return [row["slug"] for row in client.get(f"/en/petitions/{query}").context["rows"]]


def test_the_list_is_in_name_order_without_the_wide_ones(client, three):
    assert listed(client) == ["kiel", "leeds", "sheffield"]
    assert client.get("/en/petitions/").context["world"]["slug"] == "world"


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("?q=列斯", ["leeds"]),
        ("?q=利兹", ["leeds"]),
        ("?q=LEEDS", ["leeds"]),
        ("?q=基爾", ["kiel"]),
        ("?country=DE", ["kiel"]),
        ("?country=GB", ["leeds", "sheffield"]),
        ("?country=GB&q=kiel", []),
        ("?q=atlantis", []),
        ("?country=XX", ["kiel", "leeds", "sheffield"]),
        ("?q=%00", ["kiel", "leeds", "sheffield"]),
        ("?q=%ff%fe", []),
        ("?q=%25", ["kiel", "leeds", "sheffield"]),
        ("?q=" + "x" * 3000, []),
    ],
    ids=lambda value: str(value)[:20],
)
def test_the_list_is_searched_in_any_script(client, three, query, slugs):
    if query == "?q=%ff%fe":
        assert client.get(f"/en/petitions/{query}").status_code == 200
        return
    assert listed(client, query) == slugs


def test_drafts_are_on_no_list(client, three):
    Petition.objects.filter(slug="leeds").update(state="draft")
    assert listed(client) == ["kiel", "sheffield"]


def test_over_petitions_stay_on_the_list(client, three):
    Petition.objects.filter(slug="leeds").update(state="won")
    (row,) = list(client.get("/en/petitions/").context["rows"])[1:2]
    assert (row["slug"], row["state"]) == ("leeds", "won")


# --- Figures -------------------------------------------------------------------------------------
def numbers(client, **counters):
    Petition.objects.update(**counters)
    forget_standing()
    return client.get("/en/petitions/sheffield/").context["numbers"]


def test_few_supporters_are_not_shown(client, sheffield_petition):
    assert numbers(client, supporters=24)["hidden"]
    assert not numbers(client, supporters=25)["hidden"]


def test_a_valid_count_below_ten_is_not_shown(client, sheffield_petition):
    shown = numbers(client, supporters=30, council_valid_told=9)
    assert shown["council_valid"] is None
    shown = numbers(client, supporters=30, council_valid_told=10)
    assert shown["council_valid"] == 10


@pytest.mark.parametrize(
    ("valid", "goal", "bar"),
    [(0, 5, 0), (9, 5, 0), (10, 5000, 10), (6000, 5000, 5000)],
)
def test_the_goal_is_the_next_threshold(client, sheffield_petition, valid, goal, bar):
    shown = numbers(client, supporters=7000, council_valid_told=valid)
    assert (shown["goal"], shown["bar_value"]) == (goal, bar)


def test_without_known_rules_there_is_no_goal(client, leeds_petition):
    shown = client.get("/en/petitions/leeds/").context["numbers"]
    assert (shown["goal"], shown["goal_triggers"]) == (None, None)


def test_a_paper_count_is_never_added_in(client, sheffield_petition):
    shown = numbers(client, supporters=30, paper=500)
    assert (shown["supporters"], shown["paper"]) == (30, 500)


@pytest.mark.parametrize("path", ["", "leeds/", "leeds/thanks"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_set_no_cookie_and_depend_on_none(
    client, leeds_petition, path, language
):
    response = client.get(f"/{language}/petitions/{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("path", ["", "leeds/", "leeds/thanks"])
def test_reading_pages_are_only_read(client, leeds_petition, method, path):
    assert getattr(client, method)(f"/en/petitions/{path}").status_code == 405


@pytest.mark.parametrize("language", LANGUAGES)
def test_sharing_says_neither_who_nor_that_one_has_signed(
    client, leeds_petition, language
):
    share = client.get(f"/{language}/petitions/leeds/thanks").context["share"]
    assert share["url"] == f"http://testserver/{language}/petitions/leeds/"
    for channel in ("whatsapp", "telegram", "email"):
        assert "leeds" in share[channel] and "from" in share[channel]
    assert "I signed" not in share["text"] and "我" not in share["text"]


def test_invented_queries_are_not_stored(client, leeds_petition, settings):
    settings.PAGE_TEXT_SECONDS = 60
    client.get("/en/petitions/leeds/?from=wa")
    stored = len(caches["pages"]._cache)
    for number in range(5):
        client.get(f"/en/petitions/leeds/?x={number}")
    assert len(caches["pages"]._cache) == stored >= 1
