from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.querysets import ApiTokenQuerySet
from core.history import track
from core.models import Record


@track(exclude=["token_hash"])
class ApiToken(Record):
    """A secret with which a program of a person reads over REST what that person sees, until a day.

    Only a hash of the secret is kept, so that a copy of the database opens no door; its last four characters tell it
    from others.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("whose"), on_delete=models.PROTECT, related_name="api_tokens"
    )
    name = models.CharField(_("what it is for"), max_length=100)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(_("last characters"), max_length=4)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.name} (…{self.ending})"

    @property
    def is_expired(self) -> bool:
        """Whether its time is over."""
        return self.expires_at <= timezone.now()

    @property
    def is_active(self) -> bool:
        """Whether a program can still read with it, as far as the token itself goes."""
        return self.revoked_at is None and not self.is_expired


class ApiTokenUse(models.Model):
    """How often a token was used on a day of Viet Nam."""

    token = models.ForeignKey(ApiToken, on_delete=models.CASCADE, related_name="uses")
    day = models.DateField(_("day"))
    requests = models.PositiveIntegerField(_("requests"), default=1)

    class Meta:
        verbose_name = _("use of an API token")
        verbose_name_plural = _("uses of API tokens")
        ordering = ["-day", "-pk"]
        constraints = [models.UniqueConstraint(fields=["token", "day"], name="api_token_use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.token}: {self.day:%d/%m/%Y}"
