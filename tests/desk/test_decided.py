"""The quick entry “a council decided”."""

from __future__ import annotations

import pytest

from cities.models import StatusEvent, Twinning
from news.models import Article
from safety.models import AuditEvent
from tests.conftest import make_place, twin
from tests.desk.conftest import event_values

PATH = "/desk/record/decided/leeds/"


def decide(desk, *ties, **changes):
    chosen = [str(tie.pk) for tie in ties or [Twinning.objects.get()]]
    return desk.post(PATH, {"twinnings": chosen, **event_values(**changes)})


def test_one_form_makes_the_event_and_a_draft_in_three_languages(desk, leeds_petition):
    response = decide(desk)
    assert (response.status_code, response["Location"]) == (
        302,
        "/desk/record/places/leeds/",
    )
    tie = Twinning.objects.get()
    assert (tie.status, tie.confirmed) == ("ended", True)
    event = tie.latest_event
    assert event.summary_zh_hans == "议会投票终止协议。"
    assert event.checked_by == "organiser"
    article = Article.objects.get()
    assert (article.publish_at, article.petition_slug) == (None, "leeds")
    assert article.title_en == "Leeds City Council ends its agreement with Hangzhou"
    assert "列斯市議會" in article.title_zh_hant
    assert "利兹市议会" in article.title_zh_hans
    assert article.body_en.startswith(
        "The council voted to end the agreement.\n\nSource: [Minutes of the council]"
        "(https://example.org/minutes), "
    )


def test_it_stands_in_the_audit_trail(desk, leeds):
    decide(desk)
    trail = AuditEvent.objects.order_by("number").values_list("actor", "action")
    assert list(trail) == [
        ("organiser", "status event added"),
        ("organiser", "article drafted"),
    ]


def test_a_second_press_adds_nothing_and_says_so(desk, leeds):
    decide(desk)
    page = desk.post(
        PATH, {"twinnings": [Twinning.objects.get().pk], **event_values()}, follow=True
    ).content.decode()
    assert (StatusEvent.objects.count(), Article.objects.count()) == (2, 1)
    assert "nothing was added" in page


def test_several_agreements_get_the_event_and_share_one_draft(desk, leeds):
    chengdu = make_place("chengdu", "CN")
    other = twin(leeds, chengdu, ("active", "2026-02-08", "list"))
    decide(desk, other, Twinning.objects.exclude(pk=other.pk).get())
    assert set(Twinning.objects.values_list("status", flat=True)) == {"ended"}
    assert Article.objects.get().title_en.endswith("with Hangzhou, Chengdu")


def test_an_agreement_of_another_place_cannot_be_chosen(desk, leeds, newcastle):
    theirs = Twinning.objects.get(place=newcastle)
    assert decide(desk, theirs).status_code == 422
    assert theirs.events.count() == 1


def test_no_petition_changes_but_winning_is_suggested(desk, leeds_petition):
    decide(desk)
    leeds_petition.refresh_from_db()
    assert leeds_petition.state == "open"
    page = desk.get("/desk/record/places/leeds/").content.decode()
    assert "Close the petition as won?" in page
    assert f"/desk/petitions/petition/{leeds_petition.pk}/change/" in page


@pytest.mark.parametrize("status", ["active", "under_review", "suspended"])
def test_winning_is_not_suggested_while_an_agreement_stands(
    desk, leeds_petition, status
):
    decide(desk, status=status)
    page = desk.get("/desk/record/places/leeds/").content.decode()
    assert "Close the petition as won?" not in page


def test_an_event_older_than_the_latest_keeps_the_status_and_says_so(desk, leeds):
    tie = Twinning.objects.get()
    decide(desk, status="active", happened_on="2020-05-01")
    page = desk.post(
        PATH,
        {"twinnings": [tie.pk], **event_values(happened_on="2019")},
        follow=True,
    ).content.decode()
    tie.refresh_from_db()
    assert "a later event is on record" in page
    assert tie.status == "active"


def test_a_later_list_does_not_outweigh_a_decision(desk, leeds):
    tie = Twinning.objects.get()
    assert tie.events.get().source_kind == "list"
    decide(desk, happened_on="2019")
    tie.refresh_from_db()
    assert (tie.status, tie.confirmed) == ("ended", True)


def test_an_event_of_the_same_day_comes_after_those_there(desk, leeds):
    Twinning.objects.get().events.update(happened_on=event_values()["happened_on"])
    decide(desk)
    assert Twinning.objects.get().status == "ended"
    assert Twinning.objects.get().latest_event.sequence == 2


BAD = {
    "no agreement": ({"twinnings": []}, "twinnings"),
    "no status": ({"status": ""}, "status"),
    "impossible date": ({"happened_on": "2022-02-30"}, "happened_on"),
    "future": ({"happened_on": "2999"}, "happened_on"),
    "no source": ({"source_url": ""}, "source_url"),
    "no title": ({"source_title": " "}, "source_title"),
    "script": ({"source_url": "javascript:alert(1)"}, "source_url"),
    "no summary": ({"summary_en": "", "summary_zh_hant": ""}, "summary_en"),
    "nul": ({"source_title": "a\0b"}, "source_title"),
    "long": ({"source_title": "x" * 301}, "source_title"),
}


@pytest.mark.parametrize("what", BAD)
def test_bad_input_is_told_and_kept_and_nothing_is_half_done(desk, leeds, what):
    changes, field = BAD[what]
    data = {"twinnings": [Twinning.objects.get().pk], **event_values(), **changes}
    response = desk.post(PATH, data)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "議會投票終止協議。" in response.content.decode() or what == "no summary"
    assert (StatusEvent.objects.count(), Article.objects.count()) == (1, 0)


@pytest.mark.parametrize("query", ["列斯", "LEEDS", "利兹"])
def test_the_place_is_found_in_any_script(desk, leeds, newcastle, query):
    response = desk.get("/desk/record/decided/", {"q": query})
    assert list(response.context["places"]) == [leeds]


def test_a_place_in_china_decides_nothing_here(desk, leeds):
    assert desk.get("/desk/record/decided/hangzhou/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_places_page_asks_constantly(
    desk, leeds_petition, django_assert_num_queries, rows
):
    for number in range(rows):
        twin(
            leeds_petition.place,
            make_place(f"c-{number}", "CN"),
            ("active", "", "list"),
        )
        Article.objects.create(slug=f"a-{number}", place=leeds_petition.place)
    with django_assert_num_queries(11):
        desk.get("/desk/record/places/leeds/")


def test_the_form_tells_presumed_from_confirmed(desk, leeds):
    assert "Hangzhou · presumed to stand" in desk.get(PATH).content.decode()
    Twinning.objects.get().events.update(source_kind="council")
    Twinning.objects.update(confirmed=True)
    assert "Hangzhou · confirmed as standing" in desk.get(PATH).content.decode()
