"""Every setting; what differs between installations comes from the environment.

Three modes (SECURITY.md): "demo" runs on this machine with nothing else installed, "test" is demo
for the suite, "production" refuses to start until it is safe. Debug pages are off in all of them.
"""

import os
import secrets
import sys
from functools import partial
from pathlib import Path
from typing import Any

import django_stubs_ext
from cryptography.fernet import Fernet
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

import limits
from environment import database, faults_of_production, kept, listed, origins, said, switched

# Lets our classes name what Django's are generic over: `ModelAdmin[Ticket]`.
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent


# --- The environment -------------------------------------------------------------------------

MODE = said("MODE", "demo")
if MODE not in {"demo", "production", "test"}:
    raise ImproperlyConfigured(f"RAYZAN_MODE is {MODE!r}; it is demo, production or test.")
PRODUCTION = MODE == "production"
DATA = Path(said("DATA", str(BASE_DIR / "var")))
PORT = int(said("PORT") or os.environ.get("PORT", "8000"))
DATABASE_URL = os.environ.get("DATABASE_URL", "").strip()
REDIS_URL = os.environ.get("REDIS_URL", "").strip()
TRUST_PROXY = switched("TRUST_PROXY", default=False)
HOSTS = listed("HOSTS")
ORIGINS = origins()

if PRODUCTION and (faults := faults_of_production()):
    raise ImproperlyConfigured("Production does not start without " + "; ".join(faults) + ".")

SECRET_KEY = said("SECRET_KEY") or kept(DATA / "secret-key", partial(secrets.token_urlsafe, 64))
VAULT_KEYS = listed("VAULT_KEYS") or [
    kept(DATA / "vault-key", lambda: Fernet.generate_key().decode())
]

# --- The house -------------------------------------------------------------------------------

DEBUG = False
ROOT_URLCONF = "urls"
ASGI_APPLICATION = "asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "accounts:start"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

INSTALLED_APPS = [
    "daphne",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "csp",
    "live",
    "trust",
    "agency",
    "accounts",
    "catalog",
    "consult",
    "chat",
    "desk",
    "oversight",
    "editorial",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "trust.caching.KeptNowhere",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agency.context.words",
            ],
        },
    },
]

# --- Languages and time ----------------------------------------------------------------------

LANGUAGE_CODE = "fa"
LANGUAGES = [("fa", _("Persian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tehran"

# --- The database: the truth (docs/architecture.md) ------------------------------------------

DATABASES = {"default": database(DATABASE_URL, usual=DATA / "rayzan.sqlite3")}

# --- The wire: hints between processes -------------------------------------------------------

# One subscription per process. An explicit time-out, because redis-py's own would end idle reads.
REDIS = {
    "address": REDIS_URL,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "health_check_interval": 10,
}
CHANNEL_LAYERS: dict[str, Any] = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS], "prefix": said("REDIS_PREFIX", "rayzan")},
    }
    if REDIS_URL
    else {"BACKEND": "channels.layers.InMemoryChannelLayer"},
}

# --- The rules that an agency may set (limits.py) --------------------------------------------

TIMERS = limits.TIMERS
LIMITS = limits.LIMITS
LEAVING = limits.LEAVING
AUTO_ACCEPT = limits.AUTO_ACCEPT
OFFERS_BEFORE_ALARM = limits.OFFERS_BEFORE_ALARM
RETENTION_MONTHS = limits.RETENTION_MONTHS

# --- Who may come in, and what a page may do (SECURITY.md) -----------------------------------

LOOPBACK = ["127.0.0.1", "localhost"]
TEST_HOSTS = ["testserver"] if MODE == "test" else []
ALLOWED_HOSTS = HOSTS or LOOPBACK + TEST_HOSTS
if not ORIGINS:
    ORIGINS = [f"http://{host}:{PORT}" for host in LOOPBACK] + [f"http://{h}" for h in TEST_HOSTS]
CSRF_TRUSTED_ORIGINS = ORIGINS

PASSWORD_HASHERS = [
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if MODE == "test" else []),  # For speed.
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# The __Host- prefix lets no other host of the domain plant a cookie; browsers want TLS for it.
COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}rayzan-session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}rayzan-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = PRODUCTION
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
# Browsers' preload lists cover a whole domain for years: its owner's decision, not ours.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        # Older browsers do not count a page's own socket as 'self'.
        "connect-src": [SELF, *(origin.replace("http", "ws", 1) for origin in ORIGINS)],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
}

# --- What is served as written ---------------------------------------------------------------

FONT = BASE_DIR / "node_modules" / "@fontsource-variable" / "vazirmatn"
FONT_INSTALLED = FONT.is_dir()
PRINT_FONT = BASE_DIR / "node_modules" / "vazirmatn" / "fonts" / "ttf"  # For PDF, never served.
PRINT_FONT_INSTALLED = PRINT_FONT.is_dir()
STATIC_URL = "/static/"
STATIC_ROOT = Path(said("STATIC_ROOT", str(DATA / "static")))
if not PRODUCTION:
    STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise would remark on its absence.
STATICFILES_DIRS: list[Any] = [
    BASE_DIR / "static",
    *([("vendor/vazirmatn", FONT)] if FONT_INSTALLED else []),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_AUTOREFRESH = MODE == "demo"
WHITENOISE_MAX_AGE = 60 if PRODUCTION else 0

# --- What is written down --------------------------------------------------------------------

# Addresses and faults only: no message, question or name is ever handed to a logger.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {
        "outages": {  # agency.outages says each in a line, without the page's address.
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 0) != 503,
        },
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "stream": sys.stderr, "formatter": "line"},
    },
    "root": {"handlers": ["console"], "level": said("LOG_LEVEL", "WARNING")},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {
            "level": "ERROR",
            "filters": ["outages"],
        },  # "Not found: /track/…" would write down a code.
    },
}
