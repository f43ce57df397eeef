"""The roles at the desk and all that each may do: one table, written into groups.

A permission stands as `room.verb_model`. Nobody may give a role to themselves, and
what two organisers decide together needs two of them whatever their roles are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps as installed
from django.apps.config import AppConfig
from django.contrib.auth.management import create_permissions
from django.utils.translation import gettext_noop


def _may(room: str, verbs: str, *models: str) -> Iterator[str]:
    for model in models:
        for verb in verbs.split():
            yield f"{room}.{verb}_{model}"


# What stands in the press room.
_PRESS = (
    *("presscontact", "pressasset", "release", "outletlink"),
    *("spokesperson", "quote", "coverage"),
)
# What readers and lists suggest for the record, and what was corrected in it.
_REPORTS = ("twinningcandidate", "errorreport", "missingplace")
_RECORD = ("place", "council", "petitionrules", "threshold", "twinning", "statusevent")
# Whoever writes news by mail also approves what another one wrote.
_MAILINGS = ("news.approve_mailing", "safety.view_approval")

ROLES: dict[str, frozenset[str]] = {
    gettext_noop("Editor"): frozenset(
        [
            *_may("news", "view add change delete", "article", "correction", "picture"),
            *_may("news", "view add change delete", "mailing", *_PRESS),
            *_MAILINGS,
            *_may("cities", "view", *_RECORD, "recordcorrection"),
            *_may("petitions", "view", "petition", "wording"),
        ]
    ),
    gettext_noop("Press"): frozenset(
        [
            *_may("news", "view add change", "article", "correction", "mailing"),
            *_may("news", "view add change delete", "picture", *_PRESS),
            *_MAILINGS,
            # To choose what an article is about.
            *_may("cities", "view", "place", "twinning", "statusevent"),
            *_may("petitions", "view", "petition", "wording", "dailytally"),
            *_may("petitions", "view", "handin", "councilreply"),
        ]
    ),
    gettext_noop("Stall"): frozenset(
        [
            *_may("petitions", "view add change", "papersheet"),
            *_may("petitions", "view add change delete", "paperbatch"),
            *_may("petitions", "view", "petition"),
        ]
    ),
    gettext_noop("Checker"): frozenset(
        [
            *_may("petitions", "view", "papersheet", "petition"),
            *_may("petitions", "view change", "paperbatch"),
        ]
    ),
    gettext_noop("City organiser"): frozenset(
        [
            *_may("petitions", "view add change", "petition", "wording"),
            *_may("petitions", "view add change", "handin", "councilreply"),
            *_may("petitions", "view", "dailytally", "papersheet", "paperbatch"),
            *_may("petitions", "view", "wordingtemplate", "placetoask"),
            *_may("cities", "view add change", *_RECORD),
            *_may("cities", "view change", *_REPORTS),
            *_may("cities", "view add change", "recordcorrection"),
            *_may("campaign", "view add change", "event", "jointaction"),
            *_may("campaign", "view add change", "group", "statementsignature"),
            *_may("news", "view add", "article"),
            *_may("news", "view", "correction", "picture"),
            "safety.ask_export",
            "safety.view_approval",
        ]
    ),
    gettext_noop("Key holder"): frozenset(
        [
            *_may("petitions", "view", "petition", "wording", "handin", "dailytally"),
            *_may("safety", "view", "recipientkey", "auditevent", "approval"),
            "safety.ask_export",
            "safety.ask_key_change",
            "safety.answer_approval",
        ]
    ),
    gettext_noop("Administrator"): frozenset(
        [
            *_may("auth", "view change", "user"),
            *_may("safety", "view", "recipientkey", "auditevent", "approval"),
            *_may("safety", "view add change delete", "maildomain"),
            *_may("safety", "view change", "switch"),
            *_may("petitions", "view add change", "quarantinerun"),
            *_may("petitions", "view", "nightlycheck"),
            *_may("petitions", "view change", "wordingtemplate", "petition"),
            *_may("petitions", "view", "wording", "dailytally"),
            *_may("news", "view", "mailing"),
            "news.approve_mailing",
            "safety.ask_key_change",
            "safety.ask_release",
            "safety.answer_approval",
        ]
    ),
}
# All of them together, for whoever runs a development site alone.
EVERYTHING = frozenset().union(*ROLES.values())


def write_groups(app_config: AppConfig, using: str, **kwargs: Any) -> None:
    """Bring the groups in step with the table, for one room's permissions.

    Runs after each `migrate`. Permissions that somebody else added to a role's
    group are taken away again.
    """
    rooms = {name.partition(".")[0] for name in EVERYTHING}
    if app_config.label not in rooms or not installed.is_installed(
        "django.contrib.auth"
    ):
        return
    # Django makes them in the same step, and nobody says which of us comes first.
    create_permissions(app_config, using=using, **kwargs)
    Group = installed.get_model("auth", "Group")
    Permission = installed.get_model("auth", "Permission")
    room = Permission.objects.using(using).filter(
        content_type__app_label=app_config.label
    )
    by_name = {f"{app_config.label}.{row.codename}": row for row in room}
    for role, names in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        wanted = [by_name[name] for name in names if name in by_name]
        unwanted = set(by_name.values()) - set(wanted)
        group.permissions.remove(*unwanted)
        group.permissions.add(*wanted)


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Return all that some roles may do together."""
    return frozenset().union(*(ROLES[role] for role in roles))
