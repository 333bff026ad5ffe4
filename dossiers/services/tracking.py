"""Track an application by what stands on its receipt slip, without an account and without being guessed."""

from django.core.cache import cache
from django.utils.translation import gettext as _

from dossiers.models import Application
from dossiers.services.codes import same_secret

#: Wrong tries that are let pass within the window, from one address and for one code; a habit of the portal, no law.
TRIES_OF_ADDRESS = 20
TRIES_OF_CODE = 8
WINDOW_SECONDS = 60 * 60


class TooManyTries(Exception):
    """Somebody tries codes or secrets; nothing more is answered until the window is over."""

    def __str__(self) -> str:
        return _(
            "Too many wrong tries. For an hour nothing is looked up for this code or from your connection; "
            "then try again with the receipt slip at hand."
        )


def find_by_slip(*, code: str, secret: str, address: str) -> Application | None:
    """Return the filed application with the code and secret, or None for an unknown code and a wrong secret alike.

    ``address`` is where the question comes from. Wrong tries are counted for an hour by address and by code; raises
    TooManyTries past the limit, for the right secret too.
    """
    code = "".join(code.split()).upper()[:40]
    counters = ((f"track:from:{address}", TRIES_OF_ADDRESS), (f"track:code:{code}", TRIES_OF_CODE))
    if any((cache.get(_key(name)) or 0) >= limit for name, limit in counters):
        raise TooManyTries
    application = (
        Application.objects.filed()
        .select_related("dossier__province", "dossier__commune")
        .filter(code__iexact=code)
        .first()
    )
    # The comparison is made for an unknown code too, so that both answers take the same time.
    if same_secret(secret, application.secret if application else "-" * 8) and application:
        return application
    for name, _limit in counters:
        _count(name)
    return None


def _key(name: str) -> str:
    # Cache keys take no spaces or control characters, and an address may hold anything.
    return "".join(char if char.isalnum() or char in ".:-" else "_" for char in name)[:200]


def _count(name: str) -> None:
    key = _key(name)
    # ``add`` sets the end of the window once; ``incr`` does not move it.
    if not cache.add(key, 1, WINDOW_SECONDS):
        try:
            cache.incr(key)
        except ValueError:
            cache.set(key, 1, WINDOW_SECONDS)
