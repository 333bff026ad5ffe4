from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import append_only, track
from core.models import Record
from dossiers.choices import Seat
from dossiers.querysets import CouncilMemberQuerySet, DossierPartQuerySet


@track()
class Council(Record):
    """The evaluation council of a dossier: set up by a decision, it scores the applications and keeps minutes."""

    dossier = models.OneToOneField(
        "dossiers.Dossier", verbose_name=_("dossier"), on_delete=models.PROTECT, related_name="council"
    )
    decision_number = models.CharField(_("number of the decision"), max_length=80)
    decided_on = models.DateField(_("date of the decision"))
    decision = models.ForeignKey(
        "dossiers.Document",
        verbose_name=_("decision"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    tie_rule = models.TextField(_("what happens at a tie"), blank=True)
    criteria_issued_at = models.DateTimeField(_("criteria issued"), null=True, blank=True)
    held_on = models.DateField(_("meeting held on"), null=True, blank=True)
    chosen = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("chosen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    chair_proposal = models.TextField(_("reason of the chair's proposal at a tie"), blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_document = models.ForeignKey(
        "dossiers.Document",
        verbose_name=_("signed minutes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    result = models.JSONField(_("totals as they were when closed"), default=dict, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("round of the scoring"), default=1)

    objects = DossierPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("council")
        verbose_name_plural = _("councils")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.decision_number


class ScoringRound(models.Model):
    """The result of a scoring that was reopened, frozen as it was closed, with who reopened it and why.

    ``standing`` is the totals as read then, the highest first: ``applicant``, ``code``, ``total``, and ``sheets`` with
    ``member`` and ``total`` each; points are decimals as text.
    """

    council = models.ForeignKey(
        Council, verbose_name=_("council"), on_delete=models.PROTECT, related_name="rounds"
    )
    number = models.PositiveSmallIntegerField(_("round of the scoring"))
    standing = models.JSONField(_("totals as they were when closed"), default=list)
    chosen = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("chosen"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    chosen_name = models.CharField(_("name of the chosen applicant"), max_length=300, blank=True)
    chair_name = models.CharField(_("chair"), max_length=150, blank=True)
    chair_proposal = models.TextField(_("reason of the chair's proposal at a tie"), blank=True)
    held_on = models.DateField(_("meeting held on"), null=True, blank=True)
    minutes = models.TextField(_("minutes"), blank=True)
    minutes_document = models.ForeignKey(
        "dossiers.Document",
        verbose_name=_("signed minutes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("closed"))
    reopened_at = models.DateTimeField(_("reopened"))
    reopened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reopened by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopened_by_name = models.CharField(_("name of who reopened it"), max_length=150)
    reason = models.TextField(_("reason for reopening"))

    class Meta:
        verbose_name = _("earlier round of a scoring")
        verbose_name_plural = _("earlier rounds of scorings")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["council", "number"], name="scoring_round_once")]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.council_id}/{self.number}"

    @property
    def members(self) -> list[str]:
        """The names of those whose sheets counted."""
        return list(dict.fromkeys(sheet["member"] for row in self.standing for sheet in row["sheets"]))

    @property
    def rows(self) -> list[tuple[str, list[Decimal], Decimal]]:
        """Each applicant with the points of every member and the total, the highest first."""
        return [
            (row["applicant"], [Decimal(sheet["total"]) for sheet in row["sheets"]], Decimal(row["total"]))
            for row in self.standing
        ]


@track()
class CouncilMember(Record):
    """A person in the council, with name and position as on its decision, and their statement on conflicts."""

    council = models.ForeignKey(
        Council, verbose_name=_("council"), on_delete=models.CASCADE, related_name="members"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="council_seats",
    )
    seat = models.CharField(_("seat"), max_length=12, choices=Seat.choices)
    name = models.CharField(_("name"), max_length=150)
    position = models.CharField(_("position"), max_length=200)
    organisation = models.ForeignKey(
        "accounts.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    declared_at = models.DateTimeField(_("statement on conflicts of interest"), null=True, blank=True)
    has_conflict = models.BooleanField(_("has a conflict of interest"), null=True, blank=True)
    conflict_note = models.TextField(_("which conflict"), blank=True)

    objects = CouncilMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a council")
        verbose_name_plural = _("members of councils")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "user"], name="council_person_once"),
            models.UniqueConstraint(
                fields=["council", "seat"],
                condition=Q(seat__in=["chair", "secretary"]),
                name="council_one_chair_one_secretary",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@track()
class SubCriterion(Record):
    """One line of the score sheet: which criterion of the law it belongs to, and its most points."""

    council = models.ForeignKey(
        Council, verbose_name=_("council"), on_delete=models.CASCADE, related_name="sub_criteria"
    )
    criterion = models.CharField(_("criterion of the law"), max_length=20)
    title = models.CharField(_("sub-criterion"), max_length=300)
    maximum = models.DecimalField(_("most points"), max_digits=5, decimal_places=2)
    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        verbose_name = _("sub-criterion")
        verbose_name_plural = _("sub-criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["council", "position"], name="sub_criterion_position_once"),
            models.CheckConstraint(condition=Q(maximum__gt=0), name="sub_criterion_has_points"),
        ]

    def __str__(self) -> str:
        return self.title


@track()
class ScoreSheet(Record):
    """What one member gives one application; handed in, it changes only if the scoring is reopened.

    ``round`` is the round of the scoring it was handed in for: one of an earlier round counts until its member changes
    it.
    """

    member = models.ForeignKey(
        CouncilMember, verbose_name=_("member"), on_delete=models.PROTECT, related_name="sheets"
    )
    application = models.ForeignKey(
        "dossiers.Application",
        verbose_name=_("application"),
        on_delete=models.PROTECT,
        related_name="score_sheets",
    )
    remark = models.TextField(_("remarks"), blank=True)
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    round = models.PositiveSmallIntegerField(_("round of the scoring"), default=1)

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["member", "application"], name="score_sheet_once")]

    def __str__(self) -> str:
        return f"{self.member_id}/{self.application_id}"

    def is_final(self, council: Council) -> bool:
        """Say whether it is handed in for the round that runs, so that it no longer changes."""
        return self.submitted_at is not None and self.round >= council.round


@track()
class Score(Record):
    """The points of one line of a sheet."""

    sheet = models.ForeignKey(
        ScoreSheet, verbose_name=_("sheet of a member"), on_delete=models.CASCADE, related_name="scores"
    )
    sub_criterion = models.ForeignKey(
        SubCriterion, verbose_name=_("sub-criterion"), on_delete=models.PROTECT, related_name="scores"
    )
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=2)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("points")
        verbose_name_plural = _("points")
        ordering = ["sub_criterion__position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "sub_criterion"], name="score_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="score_is_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.points)
