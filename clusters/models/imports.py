"""Imports of workbooks: the batch that goes from upload to undo, its rows as previewed, the mapping to remember."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.scope import scope_of
from core.history import track
from core.models import Record
from core.sentences import from_json, worded


class ImportKind(models.TextChoices):
    """What a workbook can hold."""

    CLUSTERS = "clusters", _("industrial clusters")
    DECISIONS = "decisions", _("decisions")
    PLANNED = "planned", _("planned clusters")
    INVESTORS = "investors", _("investors")
    INFRASTRUCTURE = "infrastructure", _("infrastructure projects")
    PLOTS = "plots", _("plots")
    PROJECTS = "projects", _("secondary projects")
    OBSERVATIONS = "observations", _("observations")
    INSPECTIONS = "inspections", _("inspections")


class ImportState(models.TextChoices):
    """How far an import is."""

    MAPPING = "mapping", _("columns to be named")
    CHECKING = "checking", _("being checked")
    CHECKED = "checked", _("checked, not saved")
    COMMITTING = "committing", _("being saved")
    COMMITTED = "committed", _("saved")
    UNDONE = "undone", _("undone")
    DISCARDED = "discarded", _("thrown away")


#: States in which nothing has been written yet and everything can still be corrected.
OPEN_STATES = (ImportState.MAPPING, ImportState.CHECKED)
#: States in which the queue works on the import.
BUSY_STATES = (ImportState.CHECKING, ImportState.COMMITTING)


class ImportOutcome(models.TextChoices):
    """What a row of the file would do."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changes")
    UNCHANGED = "unchanged", _("unchanged")
    ASKED = "asked", _("to be decided")
    WRONG = "wrong", _("wrong")
    SKIPPED = "skipped", _("left out")


class ImportBatchQuerySet(models.QuerySet):
    """Imports."""

    def visible_to(self, user: Any) -> Self:
        """Keep the person's own imports, those of their unit, and those of units of their province."""
        scope = scope_of(user)
        condition = Q(created_by=user.pk) | Q(organisation__in=scope.organisation_ids)
        if scope.national:
            return self.all()
        if scope.province_ids:
            condition |= Q(organisation__province__in=scope.province_ids)
        return self.filter(condition)


@track(
    exclude=["progress", "total", "interruptions", "updated_at", "marks", "notes", "new_investors", "counts"]
)
class ImportBatch(Record):
    """One workbook on its way into the registry.

    ``mapping`` gives the position of the column for each field; ``defaults`` what holds for the whole file (day,
    source, plan); ``corrections`` the text typed for single cells by address; ``choices`` what was chosen for
    doubtful rows by row number: a primary key, ``new`` or ``skip``; answers to questions by row or for all rows.
    ``marks`` are the newest history entries the preview knew, so that a later change is noticed. ``counts`` holds
    rows by outcome and problems by severity.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what is imported"), max_length=20, choices=ImportKind.choices)
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState.choices, default=ImportState.MAPPING
    )
    file = models.ForeignKey(
        "core.StoredFile", verbose_name=_("workbook"), on_delete=models.PROTECT, related_name="+"
    )
    province = models.ForeignKey(
        "places.Province", verbose_name=_("province"), on_delete=models.PROTECT, related_name="+"
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("unit"),
        null=True,
        on_delete=models.PROTECT,
        related_name="imports",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("imported by"), on_delete=models.PROTECT, related_name="+"
    )
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    header_rows = models.JSONField(_("rows of the header"), default=list)
    mapping = models.JSONField(_("columns of the file"), default=dict)
    defaults = models.JSONField(_("for the whole file"), default=dict)
    corrections = models.JSONField(_("cells corrected"), default=dict)
    choices = models.JSONField(_("matches chosen"), default=dict)
    counts = models.JSONField(_("counts"), default=dict)
    notes = models.JSONField(_("remarks on the file"), default=list)
    marks = models.JSONField(default=dict)
    new_investors = models.JSONField(_("investors to be added"), default=list)
    progress = models.PositiveIntegerField(_("rows done"), default=0)
    total = models.PositiveIntegerField(_("rows"), default=0)
    interruptions = models.PositiveSmallIntegerField(_("times interrupted"), default=0)
    fault = models.JSONField(_("why it stopped"), null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    committed_at = models.DateTimeField(_("saved at"), null=True)
    committed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saved by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("undone by"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kept_at_undo = models.JSONField(_("kept when undone"), default=list)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file.name

    @property
    def is_open(self) -> bool:
        """Say whether nothing was written yet."""
        return self.state in OPEN_STATES

    @property
    def is_busy(self) -> bool:
        """Say whether the queue works on it."""
        return self.state in BUSY_STATES

    @property
    def why_it_stopped(self) -> str:
        """Why the last check or saving came to nothing, in the reader's language; blank if it did not."""
        return worded(from_json(self.fault)) if self.fault else ""

    @property
    def kept_records(self) -> list[dict[str, Any]]:
        """What an undo left as it was, each with the reason in the reader's language."""
        return [{**entry, "reason": from_json(entry["reason"])} for entry in self.kept_at_undo]


class ImportRow(models.Model):
    """A row of the file as the preview judged it; a row that states several figures has as many parts.

    ``attrs`` are the columns to be written (all of a new record, the changed ones of a known one), ``before`` their
    present values; numbers and dates are text. ``record_id`` is the key of the record, of a new one from the start.
    ``cells`` holds what stands in the cells that have problems, ``candidates`` the records a person chooses from,
    ``questions`` what else the row asks. Problems are kept as codes and facts (``core.sentences``), not as text.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    part = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(_("name"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=ImportOutcome.choices)
    record_id = models.BigIntegerField(null=True)
    attrs = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    cells = models.JSONField(default=dict)
    candidates = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    result = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["batch", "number", "part"]
        constraints = [models.UniqueConstraint(fields=["batch", "number", "part"], name="import_row_once")]
        indexes = [models.Index(fields=["batch", "outcome", "number", "part"], name="import_row_outcome")]

    def __str__(self) -> str:
        return f"{self.number}: {self.label}"

    @property
    def choice_key(self) -> str:
        """The key of the row in ``ImportBatch.choices``."""
        return f"{self.number}.{self.part}"


class ImportMapping(models.Model):
    """How a unit read a header last time; ``fingerprint`` is the digest of its titles."""

    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("what is imported"), max_length=20, choices=ImportKind.choices)
    fingerprint = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    defaults = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("remembered mapping")
        verbose_name_plural = _("remembered mappings")
        ordering = ["-used_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "fingerprint"], name="import_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"
