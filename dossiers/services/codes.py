"""Codes and secrets: what is printed on a receipt slip and opens the tracking page."""

import datetime as dt
import secrets

from django.conf import settings
from django.db import connection

from dossiers.procedures.parts import Place

#: Without signs that are taken for one another on paper (0/O, 1/I/L).
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
SECRET_LENGTH = 8


def next_code(place: Place, day: dt.date) -> str:
    """Return the next code of a place and day by the portal's pattern; two at once get two codes.

    The pattern (setting ``DOSSIER_CODE``) may use ``{province}``, ``{commune}``, ``{day:%y%m%d}`` and ``{number:04d}``.
    The official rule for these codes was not found, so the pattern is a setting.
    """
    parts = {
        "province": place.province.code,
        "commune": place.commune.code if place.commune else "0",
        "day": day,
    }
    prefix = settings.DOSSIER_CODE.split("{number", 1)[0].format(**parts)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO dossiers_codecounter (prefix, last) VALUES (%s, 1)
            ON CONFLICT (prefix) DO UPDATE SET last = dossiers_codecounter.last + 1
            RETURNING last
            """,
            [prefix],
        )
        (number,) = cursor.fetchone()
    return str(settings.DOSSIER_CODE.format(**parts, number=number))


def new_secret() -> str:
    """Return a secret that nobody guesses and anybody can read from paper."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(SECRET_LENGTH))


def same_secret(given: str, kept: str) -> bool:
    """Compare a typed secret with the kept one in constant time; case and spaces do not matter."""
    typed = "".join(given.split()).upper().replace("-", "")
    return bool(kept) and secrets.compare_digest(typed.encode(), kept.encode())
