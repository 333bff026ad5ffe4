from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.history import append_only
from dossiers.querysets import EventQuerySet


class Event(models.Model):
    """One thing that happened to a dossier. Rows are only added; who did it is frozen as it was then.

    ``action`` is a transition of the procedure or a fact of casework (``dossiers.services.events.Fact``). ``facts``
    are plain values for the sentence on the timeline. An event of a sealed application is seen with it; an internal
    one never by applicants. ``version`` is that of the dossier after the event: one of a sealed application leaves it
    as it was, so that nobody can count the rivals before the opening.
    """

    dossier = models.ForeignKey(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="events"
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    version = models.PositiveIntegerField(_("version of the dossier"))
    action = models.CharField(_("action"), max_length=40)
    from_state = models.CharField(_("from state"), max_length=40, blank=True)
    to_state = models.CharField(_("to"), max_length=40, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who did it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    actor_name = models.CharField(_("name"), max_length=150, blank=True)
    actor_unit = models.CharField(_("unit"), max_length=255, blank=True)
    on_behalf_of = models.CharField(_("in place of"), max_length=150, blank=True)
    note = models.TextField(_("note"), blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    is_internal = models.BooleanField(_("internal"), default=False)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["dossier", "at", "id"], name="event_by_dossier"),
            models.Index(fields=["actor", "-at"], name="event_by_actor"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.dossier_id}/{self.version} {self.action}"
