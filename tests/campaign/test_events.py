"""The list of events, their pages, and a place that is held back."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from campaign.models import JointAction
from tests.campaign.conftest import make_event
from tests.conftest import make_place

LANGUAGES = ["en", "zh-hant", "zh-hans"]
SECRET = "7 Canary Yard"
KINDS = {
    "stall": ("street stall", "街站", "街头摊位"),
    "rally": ("rally", "集會", "集会"),
    "march": ("march", "遊行", "游行"),
    "hand_in": ("hand-in", "遞交", "提交"),
    "council": ("council meeting", "議會會議", "议会会议"),
}
HOUR = datetime.timedelta(hours=1)


def described(client, path):
    page = client.get(path).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    return next(b for b in map(json.loads, blocks) if b["@type"] == "Event")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path", ["events/", "events/?place=leeds", "events/?place=x%00"]
)
def test_without_events_the_list_says_so(client, leeds, language, path):
    response = client.get(f"/{language}/{path}")
    assert response.status_code == 200
    assert not response.cookies
    assert list(response.context["coming"]) == []


def test_coming_events_come_first_and_drafts_never(client, leeds):
    for slug, days in (("later", 9), ("soon", 2), ("past", -3), ("older", -9)):
        make_event(slug, days)
    make_event("draft", is_public=False)
    context = client.get("/en/events/").context
    assert [event.slug for event in context["coming"]] == ["soon", "later"]
    assert [event.slug for event in context["past"]] == ["past", "older"]
    assert client.get("/en/events/draft/").status_code == 404
    assert client.get("/en/events/draft.ics").status_code == 404


def test_a_city_lists_its_own_events(client, leeds, newcastle):
    make_event("here", place=leeds)
    make_event("there", place=newcastle)
    for path in ("events/?place=leeds", "cities/leeds/"):
        page = client.get(f"/en/{path}").content.decode()
        assert ("Stall here" in page, "Stall there" in page) == (True, False)


def test_home_names_what_is_next_and_leaves_out_what_is_cancelled(client, db):
    make_event("on")
    make_event("off", state="cancelled")
    events = client.get("/en/").context["next_events"]
    assert [event.slug for event in events] == ["on"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["planned", "moved", "cancelled"])
def test_each_state_is_told(client, leeds, language, state):
    make_event(state=state, place=leeds, note_en="Read this.", note_zh_hant="請留意。")
    page = client.get(f"/{language}/events/stall/").content.decode()
    assert (f"st-{state}" in page) == (state != "planned")
    told = {"planned": "Scheduled", "moved": "Scheduled", "cancelled": "Cancelled"}
    data = described(client, f"/{language}/events/stall/")
    assert data["eventStatus"] == f"https://schema.org/Event{told[state]}"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_named_in_each_language(client, leeds, kind):
    make_event(kind=kind, place=leeds)
    for language, word in zip(LANGUAGES, KINDS[kind], strict=True):
        page = client.get(f"/{language}/events/stall/").content.decode()
        assert f'<p class="kicker">{word}</p>' in page
        page = client.get(f"/{language}/events/").content.decode()
        assert f"· {word}</p>" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_events_home_and_city_lead_to_a_start(client, leeds, language):
    for path in ("", "cities/leeds/"):
        page = client.get(f"/{language}/{path}").content.decode()
        (section,) = re.findall(
            r'<section aria-labelledby="events.*?</section>', page, re.S
        )
        assert f'href="/{language}/campaign/start/"' in section
    past = client.get(f"/{language}/cities/leeds/?as-of=2025-01-01").content.decode()
    assert "events-heading" not in past


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_of_the_past_says_so_and_offers_no_calendar(client, leeds, language):
    for days, is_over in ((-3, True), (3, False)):
        make_event(f"in-{days}", days, place=leeds)
        page = client.get(f"/{language}/events/in-{days}/").content.decode()
        assert ('<p class="note">' in page) == is_over
        assert (f'href="/{language}/events/in-{days}.ics"' in page) != is_over


def test_an_event_without_a_summary_is_described_all_the_same(client, leeds):
    starts = datetime.datetime(2027, 1, 9, 18, tzinfo=datetime.UTC)
    make_event(starts_at=starts, place=leeds)
    page = client.get("/en/events/stall/").content.decode()
    described_as = "street stall · 9 January 2027 · Leeds"
    assert f'<meta name="description" content="{described_as}">' in page


def test_times_are_those_of_the_clocks_there(client, db):
    starts = datetime.datetime(2027, 1, 9, 18, tzinfo=datetime.UTC)
    make_event(starts_at=starts, time_zone="America/Toronto")
    assert "13:00" in client.get("/en/events/stall/").content.decode()
    data = described(client, "/en/events/stall/")
    assert data["startDate"] == "2027-01-09T13:00:00-05:00"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        *("", "events/", "events/stall/", "events/stall.ics", "events.ics"),
        *("cities/leeds/", "cities/leeds/events.ics", "events/?place=leeds"),
        *("campaign/days/2027-05-01/", "campaign/days/2027-05-01/events.ics"),
    ],
)
def test_a_held_back_place_is_nowhere_before_its_hour(client, leeds, language, path):
    values = {f"exact_place_{code}": SECRET for code in ("en", "zh_hant", "zh_hans")}
    values["joint_action"] = JointAction.objects.create(day="2027-05-01")
    event = make_event(
        place=leeds, exact_place_from=timezone.now() + HOUR, where_en="Centre", **values
    )
    assert SECRET not in client.get(f"/{language}/{path}").content.decode()
    event.exact_place_from = timezone.now() - HOUR
    event.save()
    shown = "events/stall" in path or path.endswith(".ics")
    caches["pages"].clear()
    assert (SECRET in client.get(f"/{language}/{path}").content.decode()) == shown


def test_the_exact_place_appears_by_itself(client, db, monkeypatch):
    hour = timezone.now() + HOUR
    make_event(exact_place_en=SECRET, exact_place_from=hour)
    assert SECRET not in client.get("/en/events/stall/").content.decode()
    monkeypatch.setattr(timezone, "now", lambda: hour)
    caches["pages"].clear()
    assert SECRET in client.get("/en/events/stall/").content.decode()


def test_the_database_refuses_an_event_that_ends_before_it_starts(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_event(hours=-1)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("events/", 5), ("events.ics", 1)])
def test_the_queries_do_not_grow(
    client, leeds, django_assert_num_queries, rows, path, queries
):
    for number in range(rows):
        make_event(f"on-{number}", place=leeds)
        make_event(f"past-{number}", -number - 2, place=leeds)
        day = JointAction.objects.create(day=f"2022-10-0{number + 1}")
        day.places.set([leeds])
    with django_assert_num_queries(queries):
        client.get(f"/en/{path}")


# --- Joint action days -------------------------------------------------------
def test_joint_action_days_are_history_with_their_cities(client, db, tmp_path, capsys):
    for slug in ("leeds", "reading"):
        make_place(slug)
    file = tmp_path / "days.csv"
    file.write_text(
        "day,place_slug\n2022-10-01,leeds\n2022-10-01,reading\n2022-11-12,leeds\n"
    )
    call_command("load_joint_actions", file=file)
    call_command("load_joint_actions", file=file)
    assert "0 added, 2 kept" in capsys.readouterr().out
    page = client.get("/en/events/").content.decode()
    assert ("2 cities took part" in page, "1 city took part" in page) == (True, True)
    own = client.get("/en/events/?place=reading").context["joint_actions"]
    assert [str(action.day) for action in own] == ["2022-10-01"]


@pytest.mark.parametrize("row", ["2022-10-01,atlantis", "yesterday,leeds"])
def test_a_bad_row_loads_nothing(leeds, tmp_path, row):
    file = tmp_path / "days.csv"
    file.write_text(f"day,place_slug\n2022-09-01,leeds\n{row}\n")
    with pytest.raises(CommandError, match="line 3"):
        call_command("load_joint_actions", file=file)
    assert not JointAction.objects.exists()
