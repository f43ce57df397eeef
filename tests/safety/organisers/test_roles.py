"""What each role holds. What it opens: `test_crawl.py`."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command

from safety.organisers.roles import EVERYTHING, ROLES
from tests.safety.organisers.conftest import make_account, settled


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
