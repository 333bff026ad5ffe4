"""Settings of the test suite: the real ones, made fast and strict."""

from config.embedded import ensure_database

# Before the settings are read: they take the address of the database from the environment.
ensure_database()

from config.settings import *  # noqa: E402, F403
from config.settings import LOGGING, STATE_DIR  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = False
# Many tests sign in within a minute from one address.
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # allauth's word for "no limits"
DEMO = True
# Tasks of tests must not reach the workers of a portal that runs beside them.
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
PRIVATE_ROOT = STATE_DIR / "test-private"
# Static files come from the source folders; nothing is collected for a test.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
# A failing request is told by the test; its log lines would only hide that.
LOGGING["root"]["level"] = "WARNING"
LOGGING["loggers"]["django_structlog"] = {"level": "CRITICAL"}
# Thousands of tests are refused on purpose; only what broke is worth its traceback.
LOGGING["loggers"]["django.request"] = {"level": "ERROR"}
