from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import Record
from dossiers.choices import Part
from dossiers.querysets import DossierQuerySet
from law.regimes import Regime
from law.vocabulary import Step

if TYPE_CHECKING:
    from dossiers.procedures.base import Procedure
    from dossiers.procedures.transitions import State


class Dossier(Record):
    """One case of a procedure, from the first application to its result; rivals apply inside the same case.

    ``state`` is written by ``dossiers.services.fire`` alone (a trigger refuses any other writer). ``regime`` is
    pinned when the first application is filed and never changes. ``due_on`` is the computed end of the running
    step, kept for lists; its trace is computed whenever it is shown.
    """

    procedure_code = models.CharField(_("procedure"), max_length=40)
    code = models.CharField(_("dossier code"), max_length=40, unique=True)
    title = models.CharField(_("matter"), max_length=300)
    state = models.CharField(_("state"), max_length=40)
    version = models.PositiveIntegerField(_("version"), default=1)
    target_key = models.CharField(_("what is asked for"), max_length=80, blank=True)

    province = models.ForeignKey(
        "places.Province", verbose_name=_("province"), on_delete=models.PROTECT, related_name="dossiers"
    )
    commune = models.ForeignKey(
        "places.Commune",
        verbose_name=_("commune (lead)"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers",
    )
    other_communes = models.ManyToManyField(
        "places.Commune", verbose_name=_("further communes"), blank=True, related_name="dossiers_touching"
    )

    regime_code = models.CharField(_("regime"), max_length=4)
    received_at = models.DateTimeField(_("first application received"))
    received_on = models.DateField(_("day of receipt"))
    postmarked_on = models.DateField(_("postmark"), null=True, blank=True)

    closes_at = models.DateTimeField(_("receiving ends"), null=True, blank=True)
    opened_at = models.DateTimeField(_("applications opened"), null=True, blank=True)
    full_on = models.DateField(_("dossier complete"), null=True, blank=True)
    ended_at = models.DateTimeField(_("case ended"), null=True, blank=True)

    is_open = models.BooleanField(_("in process"), default=True)
    waiting_for = models.CharField(
        _("waiting for"), max_length=20, choices=Part.choices, default=Part.RECEIVER
    )
    waiting_since = models.DateTimeField(_("waiting since"))
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="dossiers_assigned",
    )
    step = models.CharField(_("step of the law"), max_length=10, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    paused_since = models.DateField(_("paused since"), null=True, blank=True)

    search = models.TextField(editable=False, default="")
    search_vector = models.GeneratedField(
        expression=SearchVector("search", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-received_at", "-pk"]
        constraints = [
            # Two first requests for the same thing at once: one opens the case, the other joins it.
            models.UniqueConstraint(
                fields=["procedure_code", "target_key"],
                condition=Q(is_open=True) & ~Q(target_key=""),
                name="dossier_one_open_case_a_target",
            ),
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="dossier_search"),
            models.Index(
                fields=["province", "waiting_for", "due_on", "id"],
                condition=Q(is_open=True),
                name="dossier_waiting_in_province",
            ),
            models.Index(
                fields=["commune", "waiting_for", "due_on", "id"],
                condition=Q(is_open=True),
                name="dossier_waiting_in_commune",
            ),
            models.Index(fields=["province", "is_open", "due_on", "id"], name="dossier_by_due"),
            models.Index(fields=["assignee", "is_open", "due_on"], name="dossier_by_assignee"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="state_by_fire",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("state", "regime_code", "version", "procedure_code"),
                func="""
                    IF coalesce(current_setting('dossiers.fire', true), '') <> OLD.id::text THEN
                        RAISE EXCEPTION 'the state of dossier % changes only by firing an action', OLD.code
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} – {self.title}"

    def get_absolute_url(self) -> str:
        """Return the workspace of the dossier."""
        return reverse("dossiers:workspace", args=[self.code])

    @property
    def regime(self) -> Regime:
        """The law the case follows for life."""
        return Regime.by_code(self.regime_code)

    @property
    def procedure(self) -> "Procedure":
        """The table it runs on."""
        from dossiers.procedures import procedure

        return procedure(self.procedure_code)

    @property
    def state_row(self) -> "State":
        """The state with its label and who it waits for."""
        return self.procedure.state(self.state)

    @property
    def runs_without_known_limit(self) -> bool:
        """Whether a step runs of which no source tells how many days it has."""
        return bool(self.step) and self.procedure.is_limit_unknown(self.regime, Step(self.step))

    def get_state_display(self) -> str:
        """Return the state in words."""
        return str(self.state_row.label)

    @property
    def is_sealed(self) -> bool:
        """Whether the applications in it may not be read yet by anybody but those who filed them."""
        return self.opened_at is None
