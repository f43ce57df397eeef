"""The project's settings, for tests: quiet, fixed secrets, no page cache."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

os.environ.setdefault("DEBUG", "false")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
for name in ("SECRET_KEY", "LINK_KEY", "INDEX_KEY", "CODE_KEY"):
    os.environ[name] = f"for tests only, {name}, long enough to please the checks"
os.environ["SUBSCRIBER_KEYS"] = Fernet.generate_key().decode()
os.environ["SITE_URL"] = "http://testserver"
os.environ["CONTROLLER_NAME"] = "Test Campaign"
os.environ["CONTROLLER_ADDRESS"] = "1 Test Street, Leeds"
os.environ["CONTROLLER_EMAIL"] = "contact@example.org"

from detwin.settings import *  # noqa: E402, F403

KEYS_DIR = Path(tempfile.mkdtemp(prefix="detwin-keys-"))
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="detwin-static-"))
PAGE_CACHE_SECONDS = 0
PAGE_TEXT_SECONDS = 0
SECURE_SSL_REDIRECT = False
# Tests of what is done at the desk need not knock first; those of the door set this.
DESK_REQUIRE_PASSKEY = False
THROTTLE_SCALE = 1000.0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
