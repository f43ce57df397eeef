"""A real site does not start with what would betray its signers."""

from __future__ import annotations

import secrets

import pytest
from cryptography.fernet import Fernet
from django.core.checks import run_checks
from django.core.management import CommandError, call_command

from safety.key_pairs import public_key_of
from safety.models import RecipientKey

PROFESSIONAL = {
    **{
        name: secrets.token_urlsafe(64)
        for name in ("SECRET_KEY", "LINK_KEY", "INDEX_KEY", "CODE_KEY")
    },
    "SUBSCRIBER_KEYS": [Fernet.generate_key().decode()],
    "SITE_URL": "https://petition.example.org",
    "CONTROLLER_NAME": "Example Campaign",
    "CONTROLLER_ADDRESS": "1 Example Street, Leeds",
    "CONTROLLER_EMAIL": "contact@example.org",
    "DEFAULT_FROM_EMAIL": "no-reply@example.org",
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "ALLOWED_HOSTS": ["petition.example.org"],
    "TRUSTED_PROXY_HOPS": 1,
    "THROTTLE_SCALE": 1.0,
    "DEBUG": False,
    "DESK_REQUIRE_PASSKEY": True,
}


@pytest.fixture(autouse=True)
def site(db, settings, tmp_path, monkeypatch):
    """A site on which every check passes, and its folder."""
    for name, value in PROFESSIONAL.items():
        setattr(settings, name, value)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    settings.BASE_DIR = tmp_path
    settings.KEYS_DIR = tmp_path / "keys"
    settings.KEYS_DIR.mkdir(mode=0o700)
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.PICTURES_DIR = tmp_path / "share"
    return tmp_path


def found():
    """Return the identifiers of our checks that complain, sorted."""
    messages = [message for message in run_checks() if message.id.startswith("detwin.")]
    return sorted(message.id for message in messages)


def complaint():
    """Return the one complaint there is."""
    (message,) = (m for m in run_checks() if m.id.startswith("detwin."))
    return message


def test_a_well_kept_site_passes():
    assert found() == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "LINK_KEY", "INDEX_KEY", "CODE_KEY"])
@pytest.mark.parametrize(
    "weak",
    [
        "short",
        "x" * 60,
        "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz",
        "please-change-me-0123456789abcdefghijklmnopqrstuvwxyz",
    ],
)
def test_weak_secrets_are_refused(settings, name, weak):
    setattr(settings, name, weak)
    assert complaint().id == "detwin.E001"
    assert complaint().msg.startswith(f"{name} ")


@pytest.mark.parametrize("keys", [[], [""], ["no Fernet key"]])
def test_a_ring_without_proper_keys_is_refused(settings, keys):
    settings.SUBSCRIBER_KEYS = keys
    assert found() == ["detwin.E001"]


def test_one_secret_in_two_places_is_refused(settings):
    settings.CODE_KEY = settings.LINK_KEY
    assert complaint().id == "detwin.E002"
    assert complaint().msg == "CODE_KEY and LINK_KEY are the same secret."


def test_a_ring_that_shares_a_key_is_refused(settings):
    settings.INDEX_KEY = settings.SUBSCRIBER_KEYS[0]
    assert found() == ["detwin.E002"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666])
def test_secret_files_that_others_may_read_are_refused(site, monkeypatch, mode):
    path = site / "index"
    path.write_text("x")
    path.chmod(mode)
    monkeypatch.setenv("INDEX_KEY_FILE", str(path))
    assert complaint().id == "detwin.E003"
    path.chmod(0o400)
    assert found() == []


def test_an_env_file_that_others_may_read_is_refused(site):
    (site / ".env").write_text("SECRET_KEY=x")
    (site / ".env").chmod(0o644)
    assert found() == ["detwin.E003"]


def test_a_keys_directory_must_be_there(site, settings):
    settings.KEYS_DIR = site / "nowhere"
    assert found() == ["detwin.E004"]


def test_a_keys_directory_must_be_writable(monkeypatch):
    # Root may write everywhere, so the system's answer is played here.
    monkeypatch.setattr(
        "detwin.checks.os.access", lambda path, mode: path.name != "keys"
    )
    assert found() == ["detwin.E004"]


def test_a_keys_directory_that_others_may_read_is_refused(settings):
    settings.KEYS_DIR.chmod(0o750)
    assert found() == ["detwin.E005"]


@pytest.mark.parametrize(
    "name", ["CONTROLLER_NAME", "CONTROLLER_ADDRESS", "CONTROLLER_EMAIL"]
)
def test_somebody_must_be_responsible(settings, name):
    setattr(settings, name, " ")
    assert complaint().id == "detwin.E006"
    assert complaint().msg == f"{name} is missing."


def test_an_active_demo_key_is_refused():
    key = RecipientKey.objects.add(public_key_of(b"1" * 32), "Demo", is_demo=True)
    assert found() == ["detwin.E007"]
    key.active = False
    key.save()
    assert found() == []


def test_a_real_key_is_welcome():
    RecipientKey.objects.add(public_key_of(b"1" * 32), "Key holder of the campaign")
    assert found() == []


def test_links_must_be_encrypted(settings):
    settings.SITE_URL = "http://petition.example.org"
    assert found() == ["detwin.E008"]


@pytest.mark.parametrize(
    "backend",
    ["django.core.mail.backends.console.EmailBackend", "detwin.mail.OutboxBackend"],
)
def test_mails_must_not_end_in_a_log_or_a_file(settings, backend):
    settings.EMAIL_BACKEND = backend
    assert found() == ["detwin.E009"]


def test_mails_must_come_from_somewhere(settings):
    settings.DEFAULT_FROM_EMAIL = "no-reply@localhost"
    assert found() == ["detwin.E010"]


def test_the_desk_must_ask_for_passkeys(settings):
    settings.DESK_REQUIRE_PASSKEY = False
    assert found() == ["detwin.E011"]


@pytest.mark.parametrize("folder", ["media/keys", "static", "share/x", "backups/keys"])
def test_day_keys_must_lie_apart(site, settings, folder):
    settings.KEYS_DIR = site / folder
    settings.KEYS_DIR.mkdir(mode=0o700, parents=True)
    assert found() == ["detwin.E012"]


def test_day_keys_must_not_lie_beside_the_database(site, settings, monkeypatch):
    database = settings.DATABASES["default"]
    monkeypatch.setitem(database, "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(database, "NAME", str(site / "keys" / "db"))
    assert found() == ["detwin.E012"]


@pytest.mark.parametrize("hops", [-1, 4, 99])
def test_a_senseless_number_of_proxies_is_refused(settings, hops):
    settings.TRUSTED_PROXY_HOPS = hops
    assert found() == ["detwin.E013"]


@pytest.mark.parametrize("scale", [0.0, -1.0, 1000.0])
def test_limits_that_limit_nobody_are_refused(settings, scale):
    settings.THROTTLE_SCALE = scale
    assert found() == ["detwin.E014"]


@pytest.mark.parametrize("hosts", [["*"], ["other.example.org"], []])
def test_the_site_answers_to_its_own_name_only(settings, hosts):
    settings.ALLOWED_HOSTS = hosts
    assert found() == ["detwin.E015"]


def test_while_developing_they_are_silent(settings):
    settings.SECRET_KEY = settings.LINK_KEY = "short"
    settings.CONTROLLER_NAME = ""
    assert found() == ["detwin.E001", "detwin.E001", "detwin.E002", "detwin.E006"]
    settings.DEBUG = True
    assert found() == []


def test_a_command_does_not_start_on_such_a_site(settings):
    settings.CODE_KEY = "short"
    with pytest.raises(CommandError, match="CODE_KEY is too short"):
        call_command("recount", skip_checks=False)


def test_pictures_must_have_where_to_lie(site, settings):
    (site / "file").write_text("x")
    settings.MEDIA_ROOT = site / "file" / "media"
    assert found() == ["detwin.E016"]
    settings.MEDIA_ROOT = site / "not" / "yet" / "there"
    assert found() == []
