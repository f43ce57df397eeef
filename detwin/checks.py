"""What must hold before a site may collect signatures; silent while DEBUG is on.

Every management command but those that make secrets or catalogs runs these, and
`manage.py check --deploy` runs them beside Django's own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError
from django.http.request import validate_host

from safety.models import RecipientKey

SECRETS = ("SECRET_KEY", "LINK_KEY", "INDEX_KEY", "CODE_KEY")
RING = "SUBSCRIBER_KEYS"
SHORTEST_SECRET = 40
FEWEST_DIFFERENT = 12
PLACEHOLDERS = ("change", "insecure", "secret", "example", "password", "default")
CONTROLLER = ("CONTROLLER_NAME", "CONTROLLER_ADDRESS", "CONTROLLER_EMAIL")
OTHERS_MAY_READ = 0o077
MOST_PROXIES = 3
WIDEST_SCALE = 10
MAKE_SECRETS = "Make new ones with `manage.py make_secrets`."

Check = Callable[[], Iterator[CheckMessage]]


def in_production(check: Check) -> Check:
    """Register a check that has nothing to say while DEBUG is on."""

    def checked(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:
        return [] if settings.DEBUG else list(check())

    register(checked, Tags.security)
    return check


@in_production
def secrets_are_strong() -> Iterator[CheckMessage]:
    """Refuse secrets that are short or somebody's example."""
    for name in SECRETS:
        if is_weak(getattr(settings, name)):
            message = f"{name} is too short, too plain or a placeholder."
            yield Error(message, hint=MAKE_SECRETS, id="detwin.E001")
    for key in settings.SUBSCRIBER_KEYS or [""]:
        if not is_fernet_key(key):
            message = f"{RING} holds something that is no Fernet key."
            yield Error(message, hint=MAKE_SECRETS, id="detwin.E001")


def is_weak(secret: str) -> bool:
    """Tell whether a secret could be guessed, or found in some documentation."""
    return (
        len(secret) < SHORTEST_SECRET
        or len(set(secret)) < FEWEST_DIFFERENT
        or any(word in secret.lower() for word in PLACEHOLDERS)
    )


def is_fernet_key(key: str) -> bool:
    """Tell whether a key of the subscriber ring has the right form."""
    try:
        Fernet(key)
    except ValueError:
        return False
    return True


@in_production
def secrets_differ() -> Iterator[CheckMessage]:
    """Refuse one secret in two places: losing one must not open the other."""
    owners: dict[str, str] = {}
    named = [(name, getattr(settings, name)) for name in SECRETS]
    for name, secret in [*named, *((RING, key) for key in settings.SUBSCRIBER_KEYS)]:
        if secret in owners:
            message = f"{name} and {owners[secret]} are the same secret."
            yield Error(message, hint=MAKE_SECRETS, id="detwin.E002")
        owners[secret] = name


@in_production
def secret_files_are_private() -> Iterator[CheckMessage]:
    """Refuse files with secrets that other users of the machine can read."""
    files = [os.environ.get(f"{name}_FILE", "") for name in (*SECRETS, RING)]
    for path in (Path(settings.BASE_DIR) / ".env", *map(Path, filter(None, files))):
        if path.is_file() and path.stat().st_mode & OTHERS_MAY_READ:
            yield Error(
                f"Other users of this machine may read {path}.",
                hint=f"chmod 600 {path}",
                id="detwin.E003",
            )


@in_production
def keys_directory_is_private() -> Iterator[CheckMessage]:
    """Refuse a KEYS_DIR that cannot be written, or that others can read."""
    folder = Path(settings.KEYS_DIR)
    if not folder.is_dir() or not os.access(folder, os.W_OK | os.X_OK):
        yield Error(
            f"KEYS_DIR ({folder}) is not a directory that this process can write.",
            hint="Make it, outside of database and backups, with mode 700.",
            id="detwin.E004",
        )
    elif folder.stat().st_mode & OTHERS_MAY_READ:
        yield Error(
            f"Other users of this machine may read KEYS_DIR ({folder}).",
            hint=f"chmod 700 {folder}",
            id="detwin.E005",
        )


@in_production
def controller_is_named() -> Iterator[CheckMessage]:
    """Refuse a site that does not say who is responsible for what signers give."""
    for name in CONTROLLER:
        if not getattr(settings, name).strip():
            yield Error(
                f"{name} is missing.",
                hint="Signers must be told who uses what they give. See .env.example.",
                id="detwin.E006",
            )


@in_production
def no_demo_key_is_active() -> Iterator[CheckMessage]:
    """Refuse demo keys, whose private halves lie beside the database."""
    try:
        is_active = RecipientKey.objects.filter(is_demo=True, active=True).exists()
    except DatabaseError:  # There is no database yet, or no table in it.
        return
    if is_active:
        yield Error(
            "A demo key is active.",
            hint="Turn it off at the desk; better, start with an empty database.",
            id="detwin.E007",
        )


@in_production
def site_is_encrypted() -> Iterator[CheckMessage]:
    """Refuse a site whose links in mails are not encrypted."""
    if not settings.SITE_URL.startswith("https://"):
        message = f"SITE_URL ({settings.SITE_URL}) does not start with https://."
        yield Error(message, id="detwin.E008")


@in_production
def mails_are_really_sent() -> Iterator[CheckMessage]:
    """Refuse mails that end in a log, with the addresses of signers."""
    if settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "OutboxBackend")):
        yield Error(
            "Mails would be printed or written to files, not sent.",
            hint="Set EMAIL_URL, for example smtp+tls://name:password@relay:587",
            id="detwin.E009",
        )
    if settings.DEFAULT_FROM_EMAIL.endswith("@localhost"):
        message = "MAIL_FROM is missing: the neutral address that mails come from."
        yield Error(message, id="detwin.E010")


@in_production
def desk_asks_for_passkeys() -> Iterator[CheckMessage]:
    """Refuse a desk that a guessed or phished password opens."""
    if not settings.DESK_REQUIRE_PASSKEY:
        yield Error(
            "DESK_REQUIRE_PASSKEY is off: a password opens the desk.",
            hint="Take the setting away; `make_organiser --reset` lets people in.",
            id="detwin.E011",
        )


@in_production
def keys_directory_is_apart() -> Iterator[CheckMessage]:
    """Refuse day keys beside the database or where the site publishes files."""
    folder = Path(settings.KEYS_DIR).resolve()
    served = [settings.MEDIA_ROOT, settings.STATIC_ROOT, settings.PICTURES_DIR]
    database = settings.DATABASES["default"]
    is_beside = str(database["ENGINE"]).endswith("sqlite3") and (
        folder == Path(str(database["NAME"])).resolve().parent
    )
    is_served = any(folder.is_relative_to(Path(root).resolve()) for root in served)
    if is_beside or is_served or "backup" in str(folder).lower():
        yield Error(
            f"KEYS_DIR ({folder}) is where backups or visitors take files from.",
            hint="Give the day keys a directory of their own, outside of backups.",
            id="detwin.E012",
        )


@in_production
def proxies_make_sense() -> Iterator[CheckMessage]:
    """Refuse a number of proxies that lets visitors choose their own address."""
    hops = settings.TRUSTED_PROXY_HOPS
    if not 0 <= hops <= MOST_PROXIES:
        yield Error(
            f"TRUSTED_PROXY_HOPS is {hops}; few sites have more than {MOST_PROXIES}.",
            hint="Count the proxies of your own that stand before the site.",
            id="detwin.E013",
        )


@in_production
def limits_are_real() -> Iterator[CheckMessage]:
    """Refuse the wide limits of a development site."""
    if not 0 < settings.THROTTLE_SCALE <= WIDEST_SCALE:
        message = f"THROTTLE_SCALE is {settings.THROTTLE_SCALE:g}; 1 is for real sites."
        yield Error(message, id="detwin.E014")


@in_production
def hosts_are_named() -> Iterator[CheckMessage]:
    """Refuse a site that answers to any name, and so mails links to any."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        message = "ALLOWED_HOSTS allows every name."
        yield Error(message, id="detwin.E015")
    elif not validate_host(host, settings.ALLOWED_HOSTS):
        message = f"ALLOWED_HOSTS lacks the host of SITE_URL ({host})."
        yield Error(message, id="detwin.E015")


@in_production
def pictures_can_be_stored() -> Iterator[CheckMessage]:
    """Refuse a MEDIA_DIR in which no upload of an organiser could be kept."""
    folder = Path(settings.MEDIA_ROOT)
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    if not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        yield Error(
            f"MEDIA_DIR ({folder}) is not a directory that this process can write.",
            hint="Make it, and keep it in the backups.",
            id="detwin.E016",
        )
