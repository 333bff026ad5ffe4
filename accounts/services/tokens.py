"""Tokens: secrets with which programs read over REST what their person sees."""

import datetime as dt
import secrets
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import ApiToken, User
from accounts.services.hashing import hash_of
from core.history import because

# The beginning by which scanners of published code recognise a secret of this portal.
PREFIX = "ccn_"
#: How many calendar days a token may be good for.
VALIDITIES = (30, 90, 180, 365)
MAX_ACTIVE = 10
USE_DAYS = 30
log = structlog.get_logger(__name__)

_COUNT_ON = """
INSERT INTO accounts_apitokenuse (token_id, day, requests) VALUES (%s, %s, 1)
ON CONFLICT (token_id, day) DO UPDATE SET requests = accounts_apitokenuse.requests + 1
"""


@transaction.atomic
def create_token(*, user: User, name: str, days: int) -> tuple[ApiToken, str]:
    """Make a token and return it with its secret, which is stored nowhere; its person gets a letter.

    Raise ValidationError where the person has as many that are good as one may have.
    """
    # Two requests at a time would each count the tokens there were before.
    User.objects.select_for_update().get(pk=user.pk)
    if ApiToken.objects.filter(user=user).active().count() >= MAX_ACTIVE:
        raise ValidationError(
            _("You have %(limit)s tokens that are good, and nobody may have more. Revoke one first.")
            % {"limit": MAX_ACTIVE}
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        user=user,
        name=name,
        token_hash=hash_of(secret),
        ending=secret[-4:],
        expires_at=timezone.now() + dt.timedelta(days=days),
    )
    token.full_clean()
    with because(_("made on the page of the account")):
        token.save()
    transaction.on_commit(lambda: _tell(token))
    return token, secret


@transaction.atomic
def revoke_token(*, token: ApiToken, actor: User) -> ApiToken:
    """Make a token useless at once; revoking it again changes nothing. Who did it stands in the history."""
    token = ApiToken.objects.select_for_update().get(pk=token.pk)
    if token.revoked_at is None:
        token.revoked_at = timezone.now()
        with because(_("revoked by %(person)s") % {"person": actor}):
            token.save(update_fields=["revoked_at", "updated_at"])
    return token


def find_token(secret: str) -> ApiToken:
    """Return the token of a secret; raise ValidationError that says why it opens nothing."""
    token = ApiToken.objects.filter(token_hash=hash_of(secret)).first()
    if token is None:
        raise ValidationError(_("This token does not exist. Check that it was copied whole."), "unknown")
    if token.revoked_at:
        raise ValidationError(
            _("This token was revoked. Make a new one on the page of your account."), "revoked"
        )
    if token.is_expired:
        day = f"{timezone.localdate(token.expires_at):%d/%m/%Y}"
        raise ValidationError(
            _("This token was good until %(day)s. Make a new one on the page of your account.")
            % {"day": day},
            "expired",
        )
    return token


def note_use(token: ApiToken) -> None:
    """Count one request of today, in one statement whatever others count at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT_ON, [token.pk, timezone.localdate()])


def _tell(token: ApiToken) -> None:
    """Write to the person, so that a token somebody else made in their name is noticed."""
    with translation.override(token.user.language or settings.LANGUAGE_CODE):
        context = {"token": token, "url": settings.SITE_URL + reverse("accounts:tokens")}
        subject = _("A token for programs was made in your account")
        message = render_to_string("accounts/email/token_made.txt", context)
    try:
        send_mail(subject, message, settings.DEFAULT_FROM_EMAIL, [token.user.email])
    except (SMTPException, OSError) as error:
        # The token is made, and its secret is shown only now: a mail server that is down must not hide it.
        log.warning("token_letter_not_sent", token=token.pk, error=type(error).__name__)
