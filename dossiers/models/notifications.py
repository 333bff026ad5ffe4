from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dossiers.querysets import NotificationQuerySet


class Topic(models.TextChoices):
    """What a notification is about; people choose by topic how they want to hear of it."""

    MY_DOSSIER = "my_dossier", _("my organisation's dossiers move on")
    SUPPLEMENT = "supplement", _("something is to be supplemented, or was")
    NEW_WORK = "new_work", _("a dossier waits for my unit")
    ASSIGNED = "assigned", _("a dossier is given to me")
    OPINION = "opinion", _("my agency is asked for an opinion, or has answered")
    COUNCIL = "council", _("a council I sit in")
    DEADLINE = "deadline", _("a deadline comes near or has passed")
    COMPLAINT = "complaint", _("complaints")


class Notification(models.Model):
    """One message to one person, in the portal; ``facts`` fill the sentence in the reader's language."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("to"), on_delete=models.CASCADE, related_name="notifications"
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    sentence = models.CharField(_("sentence"), max_length=40)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    dossier = models.ForeignKey(
        "dossiers.Dossier",
        verbose_name=_("dossier"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    dedupe = models.CharField(_("said once"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notification_by_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notification_unread"),
        ]

    def __str__(self) -> str:
        return self.sentence


class OutboxMessage(models.Model):
    """An e-mail that must go out. Written with what it tells of, sent after, again until it is gone."""

    notification = models.OneToOneField(
        Notification, verbose_name=_("notification"), on_delete=models.CASCADE, related_name="message"
    )
    not_before = models.DateTimeField(_("not before"))
    in_digest = models.BooleanField(_("in the daily digest"), default=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(sent_at__isnull=True), name="outbox_waiting")
        ]

    def __str__(self) -> str:
        return str(self.notification_id)


class Delivery(models.TextChoices):
    """How a person hears of a topic besides the bell in the portal."""

    AT_ONCE = "at_once", _("by e-mail at once")
    DIGEST = "digest", _("in one e-mail a day")
    NONE = "none", _("in the portal only")


class NotificationSetting(models.Model):
    """How one person wants to hear of one topic; without a row: by e-mail at once."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.CASCADE, related_name="+"
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic.choices)
    delivery = models.CharField(_("how"), max_length=10, choices=Delivery.choices, default=Delivery.AT_ONCE)

    class Meta:
        verbose_name = _("notification setting")
        verbose_name_plural = _("notification settings")
        ordering = ["topic"]
        constraints = [models.UniqueConstraint(fields=["user", "topic"], name="notification_setting_once")]

    def __str__(self) -> str:
        return self.topic
