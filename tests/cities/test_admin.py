"""The desk's pages for the record."""

from __future__ import annotations

import pytest

from cities.models import Council, Place, StatusEvent, Threshold, Twinning
from cities.models.council import PetitionRules


@pytest.fixture
def desk(client, django_user_model):
    """A client of an organiser who may do everything at the desk."""
    organiser = django_user_model.objects.create_superuser("organiser", password="x")
    client.force_login(organiser)
    return client


def place_data(**changes):
    return {
        "slug": "leeds",
        "country": "GB",
        "other_names": "",
        "name_en": "Leeds",
        "name_zh_hant": "列斯",
        "name_zh_hans": "",
        "region_en": "",
        "region_zh_hant": "",
        "region_zh_hans": "",
        "latitude": "53.8",
        "longitude": "-1.54",
        "wikidata_id": "",
        "council-TOTAL_FORMS": "0",
        "council-INITIAL_FORMS": "0",
        **changes,
    }


def event_data(tie, number, **changes):
    values = {
        "id": "",
        "twinning": str(tie.pk),
        "status": "ended",
        "happened_on": "2026-11",
        "sequence": "1",
        "summary_en": "",
        "summary_zh_hant": "議會終止協議。",
        "summary_zh_hans": "",
        "source_title": "The council",
        "source_url": "https://example.org/vote",
        "source_kind": "council",
        "archived_url": "",
        "checked_on": "",
        "checked_by": "",
        **changes,
    }
    return {f"events-{number}-{name}": value for name, value in values.items()}


def tie_data(tie, *events, initial=0, **changes):
    data = {
        "place": str(tie.place_id),
        "chinese_place": str(tie.chinese_place_id),
        "kind": tie.kind,
        "established_on": tie.established_on,
        "events-TOTAL_FORMS": str(len(events)),
        "events-INITIAL_FORMS": str(initial),
        **changes,
    }
    for event in events:
        data |= event
    return data


def test_a_place_is_added_with_its_council_and_simplified_names(desk, db):
    data = place_data() | {
        "council-TOTAL_FORMS": "1",
        "council-0-name_en": "Leeds City Council",
        "council-0-name_zh_hant": "列斯市議會",
        "council-0-name_zh_hans": "",
        "council-0-website": "",
        "council-0-contact": "",
    }
    assert desk.post("/desk/cities/place/add/", data).status_code == 302
    place = Place.objects.get()
    assert place.name_zh_hans == "列斯"
    assert place.council.name_zh_hans == "列斯市议会"
    assert list(Place.objects.called("列斯")) == [place]


@pytest.mark.parametrize("query", ["利兹", "LEEDS", "列斯"])
def test_places_and_ties_are_found_in_any_script(desk, leeds, newcastle, query):
    for path in ("place", "twinning"):
        response = desk.get(f"/desk/cities/{path}/", {"q": query})
        found = list(response.context["cl"].result_list)
        assert [getattr(row, "place", row) for row in found] == [leeds]


def test_a_tie_is_found_by_its_place_in_china_too(desk, leeds, newcastle):
    response = desk.get("/desk/cities/twinning/", {"q": "太原"})
    assert [tie.place for tie in response.context["cl"].result_list] == [newcastle]


def test_saving_an_event_derives_the_ties_status(desk, leeds):
    tie = Twinning.objects.get()
    (first,) = tie.events.all()
    old = event_data(
        tie,
        0,
        id=str(first.pk),
        status="active",
        happened_on="2026-02-08",
        source_kind="list",
    )
    response = desk.post(
        f"/desk/cities/twinning/{tie.pk}/change/",
        tie_data(tie, old, event_data(tie, 1), initial=1, why_en="Mended."),
    )
    assert response.status_code == 302
    tie.refresh_from_db()
    assert (tie.status, tie.confirmed) == ("ended", True)
    assert StatusEvent.objects.latest("pk").summary_zh_hans == "议会终止协议。"


def test_a_date_that_is_none_is_refused(desk, leeds):
    tie = Twinning.objects.get()
    response = desk.post(
        f"/desk/cities/twinning/{tie.pk}/change/",
        tie_data(tie, event_data(tie, 0, happened_on="soon")),
    )
    assert response.status_code == 200
    assert "Write a date as 2020, 2020-03 or 2020-03-14." in response.content.decode()


@pytest.mark.parametrize("model", [Place, Council, Twinning])
def test_a_row_from_the_files_cannot_be_deleted_and_says_why(desk, newcastle, model):
    row = model.objects.filter(**_not_chinese(model)).get()
    model.objects.filter(pk=row.pk).update(record_key="x")
    name = model._meta.model_name
    path = f"/desk/cities/{name}/{row.pk}/delete/"
    assert "came from the record" in desk.get(path).content.decode()
    desk.post(path, {"post": "yes"})
    assert model.objects.filter(pk=row.pk).exists()


def _not_chinese(model):
    return {"country": "GB"} if model is Place else {}


def test_the_action_over_many_rows_is_refused_too(desk, newcastle):
    tie = Twinning.objects.get()
    Twinning.objects.update(record_key="x")
    data = {"action": "delete_selected", "_selected_action": [tie.pk], "post": "yes"}
    response = desk.post("/desk/cities/twinning/", data)
    assert "came from the record" in response.content.decode()
    assert Twinning.objects.exists()


def test_an_organisers_own_row_can_be_deleted(desk, newcastle):
    tie = Twinning.objects.get()
    desk.post(f"/desk/cities/twinning/{tie.pk}/delete/", {"post": "yes"})
    assert not Twinning.objects.exists()


@pytest.mark.parametrize(("key", "left"), [("x", 1), (None, 0)])
def test_an_event_from_the_files_cannot_be_ticked_away(desk, newcastle, key, left):
    tie = Twinning.objects.get()
    StatusEvent.objects.update(record_key=key)
    event = event_data(tie, 0, id=str(tie.events.get().pk), DELETE="on")
    desk.post(
        f"/desk/cities/twinning/{tie.pk}/change/",
        tie_data(tie, event, initial=1, why_en="Never happened."),
    )
    assert StatusEvent.objects.count() == left
    tie.refresh_from_db()
    assert tie.status == ("ended" if left else "unknown")


def test_rules_are_edited_with_their_thresholds(desk, leeds):
    rules = PetitionRules.objects.create(council=leeds.council)
    data = {
        "council": str(leeds.council.pk),
        "source": "https://example.org/rules",
        "checked_on": "2026-11",
        "takes_outside_petitions": "yes",
        "way": "paper",
        "official_page": "",
        "allows_lives": "on",
        "publishes_names": "unknown",
        **{f"{f}_{c}": "" for f in ("kept_for", "notice", "note") for c in _CODES},
        "thresholds-TOTAL_FORMS": "1",
        "thresholds-INITIAL_FORMS": "0",
        "thresholds-0-rules": str(rules.pk),
        "thresholds-0-signatures": "3000",
        "thresholds-0-triggers_en": "a debate",
        "thresholds-0-triggers_zh_hant": "議會辯論",
        "thresholds-0-triggers_zh_hans": "",
    }
    path = f"/desk/cities/petitionrules/{rules.pk}/change/"
    assert desk.post(path, data).status_code == 302
    assert Threshold.objects.get().triggers_zh_hans == "议会辩论"


_CODES = ("en", "zh_hant", "zh_hans")


@pytest.mark.parametrize("model", ["place", "council", "petitionrules", "twinning"])
def test_no_page_of_the_desk_loads_from_elsewhere(desk, leeds, model):
    for path in ("", "add/"):
        page = desk.get(f"/desk/cities/{model}/{path}").content.decode()
        for attribute in ('src="http', "src='http", 'src="//', '<link href="http'):
            assert attribute not in page
        assert "ajax.googleapis.com" not in page
