"""A City organiser keeps what belongs to their places, and nothing of another city."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from campaign.models import Event
from cities.models import (
    Place,
    StatusEvent,
    Twinning,
    TwinningCandidate,
)
from front.to_do import waiting_for
from news.models import Article
from petitions.models import (
    Petition,
    PlaceToAsk,
)
from safety.models import Approval, AuditEvent, Organiser
from tests.conftest import make_petition, make_place, twin
from tests.safety.organisers.conftest import make_account, settled

# Every model of which one row stands for each city, as its desk page is called.
OF_A_CITY = {
    *("petitions.petition", "petitions.handin", "petitions.dailytally"),
    *("petitions.papersheet", "petitions.paperbatch"),
    *("cities.place", "cities.council", "cities.petitionrules", "cities.twinning"),
    *("cities.statusevent", "cities.errorreport", "cities.recordcorrection"),
    *("campaign.event", "campaign.group", "news.article"),
}
# Rows of no city in particular: not seen, or seen and not changed.
OF_NONE = {
    "cities.twinningcandidate",
    "cities.missingplace",
    "campaign.jointaction",
    "news.picture",
    "petitions.wordingtemplate",
}


@pytest.fixture
def of_leeds(cities):
    leeds = Place.objects.filter(slug="leeds")
    return settled(make_account("siuming", "City organiser", places=leeds))


def registered(names):
    return [model for model in admin.site._registry if model._meta.label_lower in names]


def rows_of(model, slug):
    """Return the keys of a city's rows of a model."""
    path = admin.site._registry[model].place_path
    place = Place.objects.get(slug=slug).pk
    return set(
        model._default_manager.filter(**{path: place}).values_list("pk", flat=True)
    )


def page(model, name, *args):
    meta = model._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=args)


def listed(browser, model):
    """Return the keys that the desk's list shows."""
    found = browser.get(page(model, "changelist")).context["cl"].queryset
    return set(found.values_list("pk", flat=True))


def test_every_model_of_the_desk_that_has_a_place_is_held_here():
    """A page that is added to the role must say whose rows it shows."""
    from safety.organisers.roles import ROLES

    seen = {
        name.replace("view_", "")
        for name in ROLES["City organiser"]
        if ".view_" in name and name.replace("view_", "").split(".")[0] != "safety"
    }
    pages = {model._meta.label_lower for model in admin.site._registry}
    assert seen & pages == OF_A_CITY | OF_NONE | {"petitions.placetoask"}


def test_lists_hold_the_rows_of_the_own_city_only(of_leeds):
    for model in registered(OF_A_CITY - {"cities.place"}):
        own, other = rows_of(model, "leeds"), rows_of(model, "sheffield")
        assert own and other, model
        assert listed(of_leeds, model) == own, model


def test_places_to_choose_are_the_own_ones_and_those_in_china(of_leeds):
    shown = Place.objects.filter(pk__in=listed(of_leeds, Place))
    assert {place.slug for place in shown} == {"leeds", "hangzhou"}


@pytest.mark.parametrize("kind", ["change", "history"])
def test_pages_of_the_own_city_open_and_those_of_another_do_not(of_leeds, kind):
    for model in registered(OF_A_CITY):
        for slug, expected in (("leeds", 200), ("sheffield", 302)):
            for pk in rows_of(model, slug):
                answer = of_leeds.get(page(model, kind, pk))
                assert answer.status_code == expected, (model, slug)


def test_what_is_posted_to_another_city_changes_nothing(of_leeds):
    for model in registered(OF_A_CITY):
        before = list(model._default_manager.order_by("pk").values())
        for pk in rows_of(model, "sheffield"):
            answer = of_leeds.post(page(model, "change", pk), {"_save": "Save"})
            assert answer.status_code in (302, 403), model
            chosen = {"_selected_action": [pk]}
            for action in admin.site._registry[model].actions or ():
                of_leeds.post(page(model, "changelist"), {"action": action, **chosen})
        assert list(model._default_manager.order_by("pk").values()) == before, model


def test_actions_work_on_the_own_city(of_leeds):
    keys = list(Petition.objects.values_list("pk", flat=True))
    data = {"action": "close_chosen", "_selected_action": keys}
    of_leeds.post("/desk/petitions/petition/", data)
    closed = Petition.objects.filter(state="closed").values_list("slug", flat=True)
    assert list(closed) == ["leeds"]


def test_rows_of_no_city_are_not_changed(of_leeds):
    for model in registered(OF_NONE):
        row = model._default_manager.first()
        if row is not None:
            answer = of_leeds.post(page(model, "change", row.pk), {"_save": "Save"})
            assert answer.status_code == 403, model
        assert of_leeds.get(page(model, "add")).status_code == 403, model


def event_data(place):
    return {
        "is_public": "on",
        "kind": "stall",
        "place": place or "",
        "time_zone": "Europe/London",
        "starts_at_0": "2027-01-01",
        "starts_at_1": "12:00",
        "state": "planned",
        "slug": "new",
        "title_en": "A stall",
    }


@pytest.mark.parametrize(
    ("slug", "is_taken"), [("leeds", True), ("sheffield", False), (None, False)]
)
def test_an_event_is_added_in_the_own_city_only(of_leeds, slug, is_taken):
    place = slug and Place.objects.get(slug=slug).pk
    of_leeds.post("/desk/campaign/event/add/", event_data(place))
    assert Event.objects.filter(slug="new").exists() is is_taken


def test_an_event_is_not_moved_to_another_city(of_leeds):
    event = Event.objects.get(slug="leeds")
    data = event_data(Place.objects.get(slug="sheffield").pk)
    of_leeds.post(f"/desk/campaign/event/{event.pk}/change/", data)
    event.refresh_from_db()
    assert event.place.slug == "leeds"


def petition_data(**changes):
    days = {"opens_on": "2027-01-01", "closes_on": "2027-06-01"}
    inline = {"wordings-TOTAL_FORMS": "0", "wordings-INITIAL_FORMS": "0"}
    named = {"addressee_en": "All", "addressee_zh_hant": "全部", "slug": "new"}
    return {**days, **inline, **named, "state": "draft", **changes}


def test_a_petition_is_added_for_the_own_city_only(of_leeds):
    leeds, sheffield = (Place.objects.get(slug=s) for s in ("leeds", "sheffield"))
    tie = sheffield.twinnings.get()
    refused = [
        petition_data(scope="world"),
        petition_data(scope="country", country="GB"),
        petition_data(scope="city", place=sheffield.pk),
        petition_data(scope="city", place=leeds.pk, twinnings=[tie.pk]),
    ]
    for data in refused:
        of_leeds.post("/desk/petitions/petition/add/", data)
    assert not Petition.objects.filter(slug="new").exists()
    data = petition_data(scope="city", place=leeds.pk)
    of_leeds.post("/desk/petitions/petition/add/", data)
    assert Petition.objects.filter(slug="new").exists()


def test_petitions_are_opened_for_own_places_only(of_leeds, hangzhou):
    for slug in ("bradford", "hull"):
        place = make_place(slug, council=f"{slug} council")
        twin(place, hangzhou, ("active", "2024", "council"))
    organiser = Organiser.objects.get(user__username="siuming")
    organiser.places.add(Place.objects.get(slug="hull"))
    keys = [place.pk for place in PlaceToAsk.objects.all()]
    assert len(keys) == 2
    assert listed(of_leeds, PlaceToAsk) == {Place.objects.get(slug="hull").pk}
    data = {"action": "open_petitions", "_selected_action": keys}
    of_leeds.post("/desk/petitions/placetoask/", data)
    assert not Petition.objects.filter(slug="bradford").exists()
    assert Petition.objects.filter(slug="hull").exists()


def test_the_desks_own_pages_are_open_for_the_own_city_only(of_leeds):
    event = {
        slug: StatusEvent.objects.get(twinning__place__slug=slug).pk
        for slug in ("leeds", "sheffield")
    }
    candidate = TwinningCandidate.objects.get().pk
    opened = {
        "/desk/record/decided/leeds/": 200,
        "/desk/record/decided/sheffield/": 404,
        "/desk/record/places/leeds/": 200,
        "/desk/record/places/sheffield/": 404,
        f"/desk/record/candidates/{candidate}/": 403,
        "/desk/record/import/": 403,
        "/desk/exports/leeds/ask/": 200,
        "/desk/exports/sheffield/ask/": 404,
        "/desk/exports/world/ask/": 404,
    }
    assert {path: of_leeds.get(path).status_code for path in opened} == opened
    assert of_leeds.post("/desk/record/import/apply/").status_code == 403
    shown = of_leeds.get("/desk/record/decided/?q=e").content.decode()
    assert "/decided/leeds/" in shown
    assert "/decided/sheffield/" not in shown
    shown = of_leeds.get("/desk/record/checks/").content.decode()
    assert f"/checks/{event['leeds']}/" in shown
    assert f"/checks/{event['sheffield']}/" not in shown
    checked = f"/desk/record/checks/{event['sheffield']}/"
    assert of_leeds.post(checked).status_code == 404


def test_an_export_of_another_city_is_not_downloaded(of_leeds, django_user_model):
    stall = django_user_model.objects.get(username="stall")
    asked = Approval.objects.create(
        action="export",
        subject="sheffield",
        reason="x",
        asked_by=stall,
        answered_by=make_account("second", "Key holder"),
        answered_at=timezone.now(),
        granted=True,
    )
    assert of_leeds.post(f"/desk/exports/{asked.pk}/download/").status_code == 404
    asked.refresh_from_db()
    assert asked.used_at is None


def test_what_waits_in_another_city_is_not_told(of_leeds, django_user_model):
    siuming = django_user_model.objects.get(username="siuming")
    told = {line.link.split("?")[0]: line.number for line in waiting_for(siuming)}
    assert told["/desk/petitions/handin/"] == 1
    assert told["/desk/cities/errorreport/"] == 1
    assert "/desk/cities/twinningcandidate/" not in told
    assert "/desk/cities/missingplace/" not in told


def test_without_a_place_there_are_no_rows(cities):
    nobody = settled(make_account("zoe", "City organiser", places=[]))
    for model in registered(OF_A_CITY - {"cities.place"}):
        assert listed(nobody, model) == set()
    assert nobody.get("/desk/campaign/event/add/").status_code == 403


def test_another_role_is_for_every_place(cities):
    leeds = Place.objects.filter(slug="leeds")
    both = settled(make_account("zoe", "City organiser", "Editor", places=leeds))
    assert len(listed(both, Article)) == 2
    sheffield = Article.objects.get(slug="sheffield").pk
    assert both.get(f"/desk/news/article/{sheffield}/change/").status_code == 200
    # An editor reads petitions, and changes none.
    keys = list(Petition.objects.values_list("pk", flat=True))
    data = {"action": "close_chosen", "_selected_action": keys}
    both.post("/desk/petitions/petition/", data)
    assert list(Petition.objects.filter(state="closed")) == [
        Petition.objects.get(slug="leeds")
    ]
    other = Petition.objects.get(slug="sheffield").pk
    path = f"/desk/petitions/petition/{other}/change/"
    assert both.get(path).context["has_change_permission"] is False


def test_a_permission_of_their_own_is_for_every_place(cities):
    user = make_account("zoe", "City organiser", places=[])
    user.user_permissions.add(Permission.objects.get(codename="change_twinning"))
    user.user_permissions.add(Permission.objects.get(codename="view_twinning"))
    assert len(listed(settled(user), Twinning)) == 2


def test_an_administrator_gives_places_and_it_is_audited(browser, cities):
    zoe = make_account("zoe", "City organiser", places=[])
    groups = list(zoe.groups.values_list("pk", flat=True))
    leeds = Place.objects.get(slug="leeds")
    path = f"/desk/auth/user/{zoe.pk}/change/"
    form = browser.get(path).content.decode()
    assert "City organiser of these places" in form
    assert f'<option value="{leeds.pk}">Leeds' in form
    assert "Hangzhou" not in form
    data = {"is_active": "on", "groups": groups, "places": [leeds.pk]}
    browser.post(path, data)
    row = Organiser.objects.get(user=zoe)
    assert (row.every_place, list(row.places.all())) == (False, [leeds])
    told = AuditEvent.objects.first()
    assert (told.actor, told.object_label) == ("ada", "zoe")
    assert told.reason == "active; roles: City organiser; places: leeds"
    browser.post(path, {**data, "every_place": "on"})
    assert AuditEvent.objects.first().reason.endswith("places: all")


def test_nobody_gives_places_to_themselves(browser, ada, leeds):
    path = f"/desk/auth/user/{ada.pk}/change/"
    assert browser.get(path).status_code == 200
    assert browser.post(path, {"places": [leeds.pk]}).status_code == 403
    assert not Organiser.objects.get(user=ada).places.exists()


def test_one_place_or_thirty_cost_the_same(of_leeds, django_assert_num_queries):
    def queries():
        with django_assert_num_queries(14):
            of_leeds.get("/desk/campaign/event/")

    queries()
    organiser = Organiser.objects.get(user__username="siuming")
    organiser.places.add(*(make_place(f"place-{n}") for n in range(30)))
    for number in range(3):
        place = Place.objects.get(slug=f"place-{number}")
        make_petition(place)
    queries()
