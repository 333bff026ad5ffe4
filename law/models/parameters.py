from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import track
from core.models import Record
from law.querysets import ProvincialParameterQuerySet
from law.vocabulary import OccupancyUnit
from law.words import shown


class Parameter(models.TextChoices):
    """What a province rules for itself."""

    OPINION_DAYS = "opinion_days", _("working days within which an agency gives its opinion")
    SILENCE_IS_CONSENT = "silence_is_consent", _("an agency that does not answer in time has agreed")
    OCCUPANCY_UNIT = "occupancy_unit", _("territory of the occupancy test (1/7/2025 to 14/9/2026)")
    RECEIPT_CUT_OFF = (
        "receipt_cut_off",
        _("hour from which a paper counts as received on the next working day"),
    )
    EQUITY_SHARE_SMALL = (
        "equity_share_small",
        _("investor's equity, percent of total investment, under 20 ha"),
    )
    EQUITY_SHARE_LARGE = "equity_share_large", _("investor's equity, percent of total investment, from 20 ha")
    PROGRESS_FRESH_DAYS = (
        "progress_fresh_days",
        _("calendar days after which a progress figure is out of date"),
    )
    REPORT_FRESH_MONTHS = (
        "report_fresh_months",
        _("months after which a figure of the half-yearly reports is out of date"),
    )
    REAL_ESTATE_LINE = "real_estate_line", _("investor must have the real-estate line of business")


# The territories that a province may choose for the occupancy test; "district" is the district of before 1/7/2025.
TERRITORIES = (OccupancyUnit.DISTRICT, OccupancyUnit.COMMUNE, OccupancyUnit.PROVINCE)
#: What applies where a province has not decided. Habits of the trade and not rules of law: officers follow progress
#: twice a week, and the other figures travel with the half-yearly reports (Circular 14/2024 Art. 3).
DEFAULTS: dict[str, int] = {Parameter.PROGRESS_FRESH_DAYS: 4, Parameter.REPORT_FRESH_MONTHS: 6}
UNITS: dict[str, str] = {Parameter.PROGRESS_FRESH_DAYS: "days", Parameter.REPORT_FRESH_MONTHS: "months"}
#: The longest that such a limit may be, in its own unit.
LONGEST = 60


@track()
class ProvincialParameter(Record):
    """A value that a province set by a decision, with its dates. One value of a key is in force at a time.

    ``enabled`` is off for rules the portal knows of and does not apply unless the province asks for it.
    """

    province = models.ForeignKey(
        "places.Province", verbose_name=_("province"), on_delete=models.PROTECT, related_name="parameters"
    )
    key = models.CharField(_("parameter"), max_length=40, choices=Parameter.choices)
    value_number = models.DecimalField(
        _("value (number)"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    value_text = models.CharField(_("value (text)"), max_length=200, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    enabled = models.BooleanField(_("applied"), default=True)
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("in force to"), null=True, blank=True)
    decision_number = models.CharField(_("number of the decision"), max_length=80)
    decision_date = models.DateField(_("date of the decision"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    verified = models.BooleanField(_("checked against the decision"), default=False)

    objects = ProvincialParameterQuerySet.as_manager()

    class Meta:
        verbose_name = _("provincial parameter")
        verbose_name_plural = _("provincial parameters")
        ordering = ["province__sort_key", "key", "-valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["province", "key", "valid_from"], name="parameter_once_a_day"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="parameter_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(value_number__isnull=False) | ~Q(value_text=""), name="parameter_has_a_value"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.province}: {self.get_key_display()}"

    @property
    def value(self) -> str:
        """The value with its unit, as the reader's language writes it."""
        if self.value_number is not None:
            return with_unit(self.value_number, self.unit)
        words = {"yes": _("yes"), "no": _("no"), **{str(unit): unit.label for unit in TERRITORIES}}
        return str(words.get(self.value_text, self.value_text))

    def clean(self) -> None:
        """Refuse a parameter without value and one whose dates overlap another of the same key."""
        if self.value_number is None and not self.value_text:
            raise ValidationError({"value_number": _("Give a number or a text.")})
        if self.key == Parameter.OCCUPANCY_UNIT and self.value_text not in TERRITORIES:
            raise ValidationError({"value_text": _("Write district, commune or province.")})
        if self.key in DEFAULTS:
            self._clean_limit()
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValidationError({"valid_to": _("The last day in force cannot come before the first.")})
        others = ProvincialParameter.objects.filter(province_id=self.province_id, key=self.key).exclude(
            pk=self.pk
        )
        if self.valid_to:
            others = others.filter(valid_from__lte=self.valid_to)
        clash = others.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=self.valid_from)).first()
        if clash:
            raise ValidationError(
                {
                    "valid_from": _(
                        "Decision %(number)s already gives this parameter for these days; end it first."
                    )
                    % {"number": clash.decision_number}
                }
            )

    def _clean_limit(self) -> None:
        number = self.value_number
        if number is None or number != int(number) or not 1 <= number <= LONGEST:
            raise ValidationError(
                {"value_number": _("Give a whole number from 1 to %(most)s.") % {"most": LONGEST}}
            )
        self.unit = UNITS[self.key]


def with_unit(number: Decimal | int, unit: str) -> str:
    """Write a value with its unit as the reader's language does."""
    units = {"working days": _("working days"), "days": _("calendar days"), "months": _("months")}
    return f"{shown(number)} {units.get(unit, unit)}".strip()
