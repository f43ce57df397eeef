"""Every address of the site, as everybody: who is answered 200 stands in this table.

The letters are roles. The table is written by hand and shares nothing with
`roles.py`; whoever adds a page to the desk says here whom it is for.
"""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.urls import get_resolver

from cities.models import TwinningCandidate
from news.models import (
    Article,
    Coverage,
    Mailing,
    Picture,
    PressAsset,
    PressContact,
    Release,
    Spokesperson,
)
from petitions.models import NightlyCheck, PlaceToAsk, QuarantineRun
from petitions.opening import load_templates
from safety import audit
from safety.models import RecipientKey, Switch
from safety.organisers.roles import ROLES
from tests.conftest import make_place, twin
from tests.routes import routes
from tests.safety.organisers.conftest import Browser, make_account, settled

LETTERS = {
    "Editor": "E",
    "Press": "P",
    "Stall": "S",
    "Checker": "K",
    "City organiser": "C",
    "Key holder": "H",
    "Administrator": "A",
}
ALL = "EPSKCHA"
# Rows of the desk: who opens lists, rows and histories; who adds; who deletes.
ROWS = {
    "auth/user": ("A", "", ""),
    "campaign/event": ("C", "C", ""),
    "campaign/group": ("C", "C", ""),
    "campaign/jointaction": ("C", "C", ""),
    "cities/council": ("EC", "C", ""),
    "cities/errorreport": ("C", "", ""),
    "cities/missingplace": ("C", "", ""),
    "cities/petitionrules": ("EC", "C", ""),
    "cities/place": ("EPC", "C", ""),
    "cities/recordcorrection": ("EC", "C", ""),
    "cities/statusevent": ("EPC", "", ""),
    "cities/twinning": ("EPC", "C", ""),
    "cities/twinningcandidate": ("C", "", ""),
    "news/article": ("EPC", "EPC", "E"),
    "news/coverage": ("EP", "EP", "EP"),
    "news/mailing": ("EPA", "EP", "E"),
    "news/picture": ("EPC", "EP", "EP"),
    "news/pressasset": ("EP", "EP", "EP"),
    "news/presscontact": ("EP", "EP", "EP"),
    "news/release": ("EP", "EP", "EP"),
    "news/spokesperson": ("EP", "EP", "EP"),
    "petitions/dailytally": ("PCHA", "", ""),
    "petitions/handin": ("PCH", "C", ""),
    "petitions/nightlycheck": ("A", "", ""),
    "petitions/paperbatch": ("SKC", "S", "S"),
    "petitions/papersheet": ("SKC", "S", ""),
    "petitions/petition": ("EPSKCHA", "C", ""),
    "petitions/placetoask": ("C", "", ""),
    "petitions/quarantinerun": ("A", "A", ""),
    "petitions/wordingtemplate": ("CA", "", ""),
    "safety/auditevent": ("HA", "", ""),
    "safety/maildomain": ("A", "A", "A"),
    # What is shown there is the form that asks another organiser.
    "safety/recipientkey": ("HA", "HA", ""),
    "safety/switch": ("A", "", ""),
}
# The desk's other pages; an empty text is nobody, "-" a door for strangers as well.
PAGES = {
    "": ALL,
    "login/": "-",
    "logout/": "",
    "password_change/": "",
    "password_change/done/": ALL,
    "autocomplete/": "",
    "jsi18n/": ALL,
    "r/1/x/": "",
    "access/": ALL,
    "access/login/": "",
    "access/login/challenge": "-",
    "access/enrol/x/": "",
    "access/recover/": "-",
    "access/prove/": ALL,
    "access/prove/challenge": ALL,
    "access/logout/": "",
    "access/passkeys/add/": ALL,
    "access/passkeys/challenge": ALL,
    "access/passkeys/0/remove/": "",
    "access/codes/": ALL,
    "access/codes/new/": "",
    "access/approvals/": "EPCHA",
    "access/approvals/0/answer/": "",
    "access/keys/{key}/switch/": "HA",
    "exports/leeds/ask/": "CH",
    "exports/0/download/": "",
    "translations/": "EP",
    "translations/0/en/": "",
    "mailings/": "EPA",
    "mailings/{mailing}/": "EPA",
    "mailings/0/preview/": "",
    "mailings/0/ask/": "",
    "mailings/0/stop/": "",
    "record/": "EPC",
    "record/checks/": "C",
    "record/checks/0/": "",
    "record/decided/": "C",
    "record/decided/leeds/": "C",
    "record/places/leeds/": "EPC",
    "record/candidates/{candidate}/": "C",
    "record/import/": "C",
    "record/import/apply/": "",
    "record/export/twinnings.csv": "EPC",
    "safety/switch/turn/x/on/": "",
}
APPS = {
    "auth": "A",
    "campaign": "C",
    "cities": "EPC",
    "news": "EPCA",
    "petitions": ALL,
    "safety": "HA",
}
# What opens with a password alone: what one's own account lacks to come in.
TOLD = {"access/", "access/prove/", "access/prove/challenge"}


@pytest.fixture
def everything(cities, hangzhou):
    """One row at least of each kind."""
    load_templates()
    place = make_place("hull", council="Hull City Council")
    twin(place, hangzhou, ("active", "2024", "council"))
    NightlyCheck.objects.create(day="2026-11-20", head="x")
    QuarantineRun.objects.create(reason="a flood")
    Switch.objects.get_or_create(name="read_only")
    for model in (Coverage, Mailing, Picture, PressAsset, PressContact, Release):
        one_of(model)
    one_of(Spokesperson)
    audit.record("zoe", "did something")
    make_account("zoe")
    assert PlaceToAsk.objects.exists()


def one_of(model):
    """Store a row with just what its constraints want."""
    needed = {
        Coverage: {"title": "A report", "day": "2026-11-20", "url": "https://a.org/"},
        Picture: {"credit": "Leeds", "licence": "cc0", "people_agreed": True}
        | {"decorative": True, "digest": "0" * 32, "width": 480, "height": 320}
        | {"widths": [480]},
        PressAsset: {"credit": "Leeds", "licence": "cc0", "people_agreed": True}
        | {"slug": "stall", "digest": "0" * 32, "width": 480, "height": 320}
        | {"weight": 1},
        Mailing: {"article": Article.objects.order_by("pk").last()},
        PressContact: {"name": "Desk", "email": "press@example.org"},
        Release: {"slug": "a-release", "title": "A release"},
    }
    return model.objects.create(**needed.get(model, {}))


def table():
    """Return who opens each address of the desk."""
    found = {}
    for model in admin.site._registry:
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        opens, adds, deletes = ROWS[name]
        row = model._default_manager.order_by("pk").last().pk
        found[f"{name}/"] = found[f"{name}/{row}/change/"] = opens
        found[f"{name}/{row}/history/"] = opens
        found[f"{name}/add/"], found[f"{name}/{row}/delete/"] = adds, deletes
        found[f"{name}/{row}/"] = ""  # Leads to the page itself.
    found |= {f"{app}/": letters for app, letters in APPS.items()}
    keys = {
        "key": RecipientKey.objects.first().pk,
        "candidate": TwinningCandidate.objects.get().pk,
        "mailing": Mailing.objects.get().pk,
    }
    return found | {path.format(**keys): who for path, who in PAGES.items()}


def opened_by(browser, paths):
    """Return which of the desk's pages are answered 200."""
    return {path for path in paths if browser.get(f"/desk/{path}").status_code == 200}


def test_the_table_has_every_address_of_the_desk(everything):
    models = {f"{m._meta.app_label}/{m._meta.model_name}" for m in admin.site._registry}
    assert models == set(ROWS)
    patterns = [route for route in routes(get_resolver()) if route.startswith("desk/")]
    # Django's own: six for each model, of which one is by an old address.
    own = [route for route in patterns if not is_of_a_model(route)]
    # The lists of an app are one pattern, and so is whatever else is asked for.
    assert len(own) == len(PAGES) + 2
    assert len(patterns) - len(own) == 6 * len(ROWS)


def is_of_a_model(route):
    first = route.removeprefix("desk/")
    return any(first.startswith(f"{name}/") for name in ROWS) and "turn" not in first


def test_strangers_open_the_door_and_nothing_else(everything):
    who = table()
    assert opened_by(Browser(), who) == {path for path in who if who[path] == "-"}


def test_a_password_alone_opens_what_one_lacks_and_nothing_else(everything):
    browser = Browser()
    browser.force_login(make_account("ada", *ROLES))
    door = {path for path, letters in PAGES.items() if letters == "-"} - {"login/"}
    assert opened_by(browser, table()) == TOLD | door


def test_a_passkey_without_a_role_opens_no_rows(everything):
    browser = settled(make_account("ada"))
    own = {path for path, letters in PAGES.items() if letters == ALL}
    door = {path for path, letters in PAGES.items() if letters == "-"} - {"login/"}
    assert opened_by(browser, table()) == own | door


@pytest.mark.parametrize("role", LETTERS)
def test_a_role_opens_what_the_table_says_and_nothing_else(everything, role):
    browser = settled(make_account("ada", role))
    expected = {
        path
        for path, letters in table().items()
        if LETTERS[role] in letters or (letters == "-" and path != "login/")
    }
    assert opened_by(browser, table()) == expected


def test_every_role_has_a_letter():
    assert set(LETTERS) == set(ROLES)


# --- The public's pages ------------------------------------------------------------
EXAMPLES = {
    "<slug:slug>": "leeds",
    "<slug:code>": "leeds",
    "<slug:language>": "en",
    "<str:token>": "x",
}


def public_paths():
    """Return an address for each pattern outside of the desk, in one language."""
    found = set()
    for route in routes(get_resolver()):
        if not route.startswith("desk/"):
            for part, example in EXAMPLES.items():
                route = route.replace(part, example)
            found.add("/" + route)
    return sorted(found)


def test_the_public_pages_are_the_same_for_organisers_and_set_no_cookie(everything):
    """No session of the desk opens or changes anything there."""
    organiser = settled(make_account("ada", *ROLES))
    stranger = Browser()
    statuses = {}
    for path in public_paths():
        answers = [browser.get(path) for browser in (stranger, organiser)]
        assert [bool(answer.cookies) for answer in answers] == [False, False], path
        assert "Cookie" not in answers[0].get("Vary", ""), path
        for answer in answers:
            if answer.streaming:  # A file, which closes at its end.
                answer.getvalue()
        first, second = (answer.status_code for answer in answers)
        assert first == second, path
        statuses.setdefault(first, []).append(path)
    assert set(statuses) <= {200, 301, 302, 404, 405}, statuses
    assert len(statuses[200]) > 40
