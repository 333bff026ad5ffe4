"""What production refuses: every entry (web, worker, beat, management commands) names it and does not start.

``PRODUCTION=1`` in the environment says that this is production; the image and docker-compose.yml set it.
"""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured

from core.scanning import is_scanner

SECRET_LENGTH = 50


@register("production")
def check_production(**_: Any) -> list[CheckMessage]:
    """Return the errors that keep production from starting; none outside production."""
    return list(unsafe_production())


def require_safe_production() -> None:
    """Raise :class:`ImproperlyConfigured` with every reason why production may not start."""
    errors = unsafe_production()
    if errors:
        raise ImproperlyConfigured("\n".join(f"{error.id}: {error.msg}" for error in errors))


def unsafe_production() -> list[Error]:
    """Return one error, a sentence that says what to set, for each setting that production refuses."""
    if not settings.PRODUCTION:
        return []
    refused = [
        (
            settings.SECRET_KEY == settings.DEMO_SECRET or len(settings.SECRET_KEY) < SECRET_LENGTH,
            "E001",
            f"SECRET_KEY is the demo key or shorter than {SECRET_LENGTH} characters: set SECRET_KEY to a long "
            "random value.",
        ),
        (settings.DEBUG, "E002", "DEBUG shows the inside of the portal to visitors: set DEBUG=0."),
        (
            settings.DEMO,
            "E003",
            "DEMO opens accounts whose passwords are public and lets officers in without a second factor: set DEMO=0.",
        ),
        (
            settings.EMBEDDED,
            "E004",
            "The embedded PostgreSQL is for development: set DATABASE_URL to a PostgreSQL server.",
        ),
        (
            urlsplit(settings.CELERY_BROKER_URL).scheme in {"filesystem", "memory", ""},
            "E005",
            "The file queue is for development: set CELERY_BROKER_URL to a Redis server.",
        ),
        (
            not settings.ALLOWED_HOSTS
            or any(host.startswith("*") or host == "." for host in settings.ALLOWED_HOSTS),
            "E006",
            "ALLOWED_HOSTS lets any host name in: set ALLOWED_HOSTS to the portal's own names.",
        ),
        (
            not settings.HTTPS or urlsplit(settings.SITE_URL).scheme != "https",
            "E007",
            "The portal would be served without HTTPS: set HTTPS=1 and SITE_URL to an https:// address.",
        ),
        (
            not is_scanner(settings.FILE_SCANNER),
            "E008",
            "FILE_SCANNER names no scanner the portal knows: leave it empty or set it to clamd://host:port.",
        ),
        (
            "{number" not in settings.DOSSIER_CODE,
            "E009",
            "DOSSIER_CODE would give the same code twice: it needs {number}.",
        ),
    ]
    return [Error(sentence, id=f"house.{code}") for wrong, code, sentence in refused if wrong]
