"""All settings of the project, read from the environment and `.env`.

Each secret may also be given as a file: `SECRET_KEY_FILE=/run/secrets/...`.
`.env.example` lists every name. Missing or senseless values fail loudly.
"""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from detwin.environment import Environment
from detwin.languages import NAMES, teach_django_our_languages

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# What the site writes on this machine: database, keys, mails of development.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

# --- Secrets -----------------------------------------------------------------
# Four different keys and a ring: losing one must not open what another protects.
SECRET_KEY = env.str("SECRET_KEY")
LINK_KEY = env.str("LINK_KEY")
INDEX_KEY = env.str("INDEX_KEY")
CODE_KEY = env.str("CODE_KEY")
SUBSCRIBER_KEYS = env.list("SUBSCRIBER_KEYS")
# Files with one key per UTC day; outside the database and outside its backups.
KEYS_DIR = Path(env.str("KEYS_DIR", default=str(VAR_DIR / "keys")))

# --- The site ----------------------------------------------------------------
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_NAME = "Detwin"
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost"] if DEBUG else [])
DESK_PATH = env.str("DESK_PATH", default="desk").strip("/")
TRUSTED_PROXY_HOPS = env.int("TRUSTED_PROXY_HOPS", default=0)
CONTROLLER_NAME = env.str("CONTROLLER_NAME", default="")
CONTROLLER_ADDRESS = env.str("CONTROLLER_ADDRESS", default="")
CONTROLLER_EMAIL = env.str("CONTROLLER_EMAIL", default="")
FOLLOW_LINKS = env.dict("FOLLOW_LINKS", default={})
HASHTAGS = env.list(
    "HASHTAGS", default=["#GlobalDetwinWithChina", "#SisterCity", "#姊妹城市"]
)

# Limits for one network (a /24 or /56), multiplied by THROTTLE_SCALE.
THROTTLE_SCALE = env.float("THROTTLE_SCALE", default=1.0)
# Seconds for which finished public pages are kept, and the text of a petition's
# page without its figures; 0 makes them anew each time.
PAGE_CACHE_SECONDS = env.int("PAGE_CACHE_SECONDS", default=10)
PAGE_TEXT_SECONDS = env.int("PAGE_TEXT_SECONDS", default=60)
MAX_FORM_BYTES = 32_768
# The desk refuses a megabyte of Chinese, nine in a form, with its page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_485_760
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
# All files of one request; they are kept in memory only.
MAX_UPLOAD_BYTES = 16_777_216
FILE_UPLOAD_HANDLERS = ["detwin.uploads.InMemoryUpTo"]

# --- Applications ------------------------------------------------------------
INSTALLED_APPS = [
    "modeltranslation",
    "detwin",
    "safety",
    "cities",
    "news",
    "campaign",
    "petitions",
    "front",
    "crispy_forms",
    # Of the passkey library only its tables: pages, sessions and rules are ours.
    "safety.organisers.apps.AccountConfig",
    "allauth.mfa",
    "detwin.desk_app.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "detwin.page_cache.PageCacheMiddleware",
    "detwin.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "detwin.middleware.LanguageMiddleware",
    "detwin.middleware.ReadOnlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "detwin.middleware.DeskMiddleware",
]

ROOT_URLCONF = "detwin.urls"
WSGI_APPLICATION = "detwin.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "detwin.middleware.site",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ("detwin",)
CRISPY_TEMPLATE_PACK = "detwin"
CRISPY_FAIL_SILENTLY = False

# --- Database, cache, mail ---------------------------------------------------
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA secure_delete=ON; PRAGMA foreign_keys=ON;"
)


def database() -> dict[str, object]:
    """Return the database's settings; SQLite under `var/` when none is named."""
    default_url = f"sqlite:///{VAR_DIR / 'detwin.sqlite3'}"
    settings = env.db_url("DATABASE_URL", default=default_url)
    if settings["ENGINE"].endswith("sqlite3"):
        settings["OPTIONS"] = {
            "init_command": SQLITE_PRAGMAS,
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        }
        # Threads cannot share an in-memory test database.
        settings["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    else:
        settings["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
        settings["CONN_HEALTH_CHECKS"] = env.bool("CONN_HEALTH_CHECKS", default=False)
        settings["TEST"] = {"TEMPLATE": "template0"}
    return dict(settings)


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Pages have their own: searches cannot push the throttle's counters out of theirs.
CACHES = {
    "default": env.cache_url("CACHE_URL", default="locmemcache://"),
    "pages": env.cache_url("PAGE_CACHE_URL", default="locmemcache://pages"),
}
for cache in CACHES.values():
    cache.setdefault("OPTIONS", {"MAX_ENTRIES": 2_000})

_mail = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(_mail)
OUTBOX_DIR = VAR_DIR / "outbox"
if DEBUG and "EMAIL_URL" not in env.ENVIRON:
    EMAIL_BACKEND = "detwin.mail.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="no-reply@localhost")
EMAIL_TIMEOUT = 20

# --- Languages and time ------------------------------------------------------
teach_django_our_languages()
LANGUAGE_CODE = "en"
LANGUAGES = list(NAMES.items())
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["detwin.formats"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "zh-hant", "zh-hans")
MODELTRANSLATION_FALLBACK_LANGUAGES = {
    "default": ("en", "zh-hant", "zh-hans"),
    "zh-hant": ("zh-hans", "en"),
    "zh-hans": ("zh-hant", "en"),
}
MODELTRANSLATION_CUSTOM_FIELDS: tuple[str, ...] = ()

# --- Static files ------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# Pictures that organisers upload; part of the backups.
MEDIA_ROOT = Path(env.str("MEDIA_DIR", default=str(VAR_DIR / "media")))
# Pictures of petitions and articles for other sites' previews: the worker draws them,
# web serves them. Where there is none, a plain one is served.
PICTURES_DIR = Path(env.str("PICTURES_DIR", default=str(VAR_DIR / "share")))
# A font with Chinese glyphs; found by itself where Noto Sans CJK is installed.
PICTURE_FONT = env.str("PICTURE_FONT", default="")
WHITENOISE_ALLOW_ALL_ORIGINS = False

# --- Organisers --------------------------------------------------------------
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The desk asks for a passkey: a password that was guessed or phished opens nothing.
DESK_REQUIRE_PASSKEY = env.bool("DESK_REQUIRE_PASSKEY", default=not DEBUG)
MFA_ADAPTER = "safety.organisers.adapter.DeskAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "recovery_codes"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 12
# Half an hour without a request ends a session; so do eight hours in all.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
DESK_SESSION_SECONDS = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_NAME = "desk" if DEBUG else "__Host-desk"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_NAME = "deskform" if DEBUG else "__Host-deskform"
CSRF_FAILURE_VIEW = "front.errors.csrf_failure"

# --- Transport ---------------------------------------------------------------
SECURE_SSL_REDIRECT = not DEBUG and env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXY_HOPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Logs --------------------------------------------------------------------
# No address, no query, no referrer; one filter cuts tokens from every line.
DEFAULT_EXCEPTION_REPORTER = "detwin.logs.SilentReporter"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"tokens": {"()": "detwin.logs.TokenFilter"}},
    "formatters": {
        "plain": {
            "()": "detwin.logs.PlainFormatter",
            "format": "{levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["tokens"],
            "formatter": "plain",
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # It would name each passkey that is shown.
        "fido2": {"level": "WARNING"},
        "django.server": {
            "handlers": ["console"],
            "level": "WARNING",
            "propagate": False,
        },
    },
}

SILENCED_SYSTEM_CHECKS = [
    # HeadersMiddleware sends X-Frame-Options with the Content-Security-Policy.
    "security.W002",
]

if not DEBUG and not ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the site's host.")
