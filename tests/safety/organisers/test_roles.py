"""Each role opens what the table says, and nothing else does."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import URLPattern, get_resolver

from safety.models import RecipientKey
from safety.organisers.roles import EVERYTHING, ROLES
from tests.safety.organisers.conftest import Browser, make_account, settled

# Pages of an organiser's own account, open to whoever is logged in.
OWN = {
    "/desk/access/": 200,
    "/desk/access/passkeys/add/": 200,
    "/desk/access/passkeys/challenge": 200,
    "/desk/access/prove/": 200,
    "/desk/access/prove/challenge": 200,
    "/desk/access/codes/": 200,
    "/desk/access/passkeys/1/remove/": 404,
}
# What strangers may open: the door itself.
DOOR = {
    "/desk/login/": 200,
    "/desk/access/login/challenge": 200,
    "/desk/access/recover/": 200,
    "/desk/access/enrol/x/": 404,
    # These take POST only, from whoever comes.
    "/desk/access/login/": 405,
    "/desk/access/logout/": 405,
}
# The desk's own pages, open at any role: the front page, and where nothing is shown.
DESK = {
    "/desk/": 200,
    "/desk/logout/": 405,
    "/desk/password_change/": 302,
    "/desk/password_change/done/": 200,
    "/desk/jsi18n/": 200,
    "/desk/autocomplete/": 403,
    "/desk/r/1/x/": 404,
}


def desk_paths():
    """Return every address pattern of the desk, with example arguments."""
    return sorted({path for path in walk(get_resolver()) if path.startswith("/desk/")})


def walk(resolver, prefix="/"):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield example(route)
        elif route.startswith("/desk/"):
            yield from walk(entry, route)


def example(route):
    for kind, value in [
        *(("<path:object_id>", "1"), ("<int:pk>", "1"), ("<str:token>", "x")),
        *(("<slug:slug>", "leeds"), ("<int:content_type_id>", "1")),
        ("<slug:name>", "twinnings"),
        *(("<path:object_id>", "1"), ("<path:url>", "x"), ("<path:", "<")),
    ]:
        route = route.replace(kind, value)
    if "^(?P<app_label>" in route:
        return "/desk/app/"
    return route.replace("<object_id>", "x").replace("\\Z", "").replace("$", "")


def model_paths():
    """Yield (path, permission) of every list and "add" page of the desk."""
    for model in admin.site._registry:
        room, name = model._meta.app_label, model._meta.model_name
        yield f"/desk/{room}/{name}/", {f"{room}.view_{name}", f"{room}.change_{name}"}
        yield f"/desk/{room}/{name}/add/", {f"{room}.add_{name}"}


# Adding a key is asking another organiser for it.
ASKING = {"/desk/safety/recipientkey/add/": {"safety.ask_key_change"}}
WITHOUT_ADDING = {
    "/desk/auth/user/add/",
    "/desk/safety/auditevent/add/",
    "/desk/petitions/dailytally/add/",
    "/desk/petitions/placetoask/add/",
    "/desk/cities/statusevent/add/",
    "/desk/cities/twinningcandidate/add/",
    "/desk/cities/errorreport/add/",
    "/desk/cities/missingplace/add/",
}
OTHER = {
    "/desk/access/approvals/": {"safety.view_approval"},
    "/desk/exports/leeds/ask/": {"safety.ask_export"},
    "/desk/mailings/": {"news.view_mailing"},
    "/desk/record/": {"cities.view_twinning"},
    "/desk/record/checks/": {"cities.change_statusevent"},
    "/desk/record/decided/": {"cities.add_statusevent"},
    "/desk/record/decided/leeds/": {"cities.add_statusevent"},
    "/desk/record/places/leeds/": {"cities.view_twinning"},
    "/desk/record/import/": {"cities.add_twinning"},
    "/desk/record/export/twinnings.csv": {"cities.view_statusevent"},
}


def matrix():
    """Return what each page wants: one of these permissions."""
    key = RecipientKey.objects.first().pk
    switch = {f"/desk/access/keys/{key}/switch/": {"safety.ask_key_change"}}
    pages = {**dict(model_paths()), **OTHER, **ASKING, **switch}
    for path in WITHOUT_ADDING:
        pages[path] = set()
    return pages


def status(browser, path):
    """Return what the page answers, without following it elsewhere."""
    return browser.get(path).status_code


def test_the_crawl_finds_the_desk():
    paths = desk_paths()
    assert {"/desk/", "/desk/login/", "/desk/exports/leeds/ask/"} < set(paths)
    assert len(paths) > 80


def test_a_stranger_opens_the_door_and_nothing_else():
    stranger = Browser()
    answers = {path: status(stranger, path) for path in desk_paths()}
    opened = {path: code for path, code in answers.items() if code not in (301, 302)}
    posts = {path: 405 for path, code in opened.items() if code == 405}
    assert {path: opened[path] for path in opened if path not in posts} == {
        path: code for path, code in DOOR.items() if code != 405
    }


def test_staff_without_a_passkey_open_nothing_but_what_they_are_told():
    ada = make_account("ada", *ROLES)
    browser = Browser()
    browser.force_login(ada)
    answers = {path: status(browser, path) for path in desk_paths()}
    opened = {path for path, code in answers.items() if code == 200}
    assert opened == {
        *("/desk/access/", "/desk/access/prove/", "/desk/access/prove/challenge"),
        *("/desk/access/login/challenge", "/desk/access/recover/"),
    }


def test_a_passkey_without_a_role_opens_no_rows(leeds_petition):
    browser = settled(make_account("ada"))
    opened = {path for path in desk_paths() if status(browser, path) == 200}
    own = {path for path, code in (OWN | DESK).items() if code == 200}
    door = {"/desk/access/login/challenge", "/desk/access/recover/"}
    assert opened == own | door


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_role_opens_exactly_what_the_table_says(role, leeds_petition):
    browser = settled(make_account("ada", role))
    wrong = {}
    for path, wanted in matrix().items():
        expected = bool(wanted & ROLES[role])
        if (status(browser, path) == 200) != expected:
            wrong[path] = expected
    assert wrong == {}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_the_group_holds_exactly_what_the_table_says(role):
    rows = Group.objects.get(name=role).permissions.select_related("content_type")
    held = {f"{row.content_type.app_label}.{row.codename}" for row in rows}
    assert held == ROLES[role]


def test_what_somebody_added_to_a_group_is_taken_away_again():
    editor = Group.objects.get(name="Editor")
    editor.permissions.add(Permission.objects.get(codename="ask_export"))
    call_command("migrate", verbosity=0)
    assert not editor.permissions.filter(codename="ask_export").exists()


def test_who_gives_roles_cannot_export_and_the_reverse():
    assert "safety.ask_export" not in ROLES["Administrator"]
    holders = {role for role, names in ROLES.items() if "auth.change_user" in names}
    assert holders == {"Administrator"}


def test_no_role_sees_a_signature_or_a_session():
    hidden = ("_signature", "_session")
    assert not [name for name in EVERYTHING if name.endswith(hidden)]


def test_nobody_changes_their_own_roles(browser, ada):
    data = {"is_active": "on", "groups": [group.pk for group in Group.objects.all()]}
    path = f"/desk/auth/user/{ada.pk}/change/"
    assert browser.post(path, data).status_code == 403
    assert ada.groups.count() == 1


def test_an_administrator_gives_roles_and_the_session_of_old_roles_ends(browser):
    zoe = make_account("zoe", "Stall")
    zoes = settled(zoe)
    press = Group.objects.get(name="Press")
    data = {"is_active": "on", "groups": [press.pk]}
    browser.post(f"/desk/auth/user/{zoe.pk}/change/", data)
    assert list(zoe.groups.values_list("name", flat=True)) == ["Press"]
    assert not zoes.is_in
