"""Infrastructure projects with their money, capital paid, shared works, the wastewater plant."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.choices import WorkKind, WorkStatus
from clusters.forms.dates import DayField
from clusters.forms.records.base import SOURCE, RecordForm
from clusters.models import (
    CapitalKind,
    CapitalSource,
    CostItem,
    CostLine,
    InfrastructureProject,
    PaidCapital,
    SharedWork,
    WastewaterPlant,
)
from core.forms import MoneyFormField, written

BUILT = (WorkStatus.FINISHED, WorkStatus.IN_USE)


class InfrastructureForm(RecordForm):
    """A project with its cost structure and its sources of capital, held against the total investment."""

    parent_name = "cluster"
    sections = (
        (gettext_lazy("Project"), ("name", "investor", "status", "approved_on")),
        (gettext_lazy("Schedule"), ("starts_on", "ends_on")),
        (gettext_lazy("Money"), ("total_investment",)),
        (gettext_lazy("Source"), SOURCE),
        (gettext_lazy("Notes"), ("notes",)),
    )

    class Meta(RecordForm.Meta):
        model = InfrastructureProject
        fields = (
            "name", "investor", "status", "approved_on", "starts_on", "ends_on", "total_investment", *SOURCE[:-1],
            "notes",
        )  # fmt: skip

    def prepare(self) -> None:
        """Add one amount for each line of cost and each source of capital."""
        if self.is_new and self.parent.investor_id:
            self.initial.setdefault("investor", self.parent.investor_id)
        stored: dict[str, Decimal] = {}
        if not self.is_new:
            stored = {f"cost_{row.item}": row.amount for row in self.instance.cost_lines.order_by("pk")}
            stored |= {
                f"capital_{row.kind}": row.amount for row in self.instance.capital_sources.order_by("pk")
            }
        for prefix, choices in (("cost", CostItem), ("capital", CapitalKind)):
            for choice in choices:
                name = f"{prefix}_{choice.value}"
                self.fields[name] = MoneyFormField(
                    label=capfirst(choice.label), required=False, max_digits=20, initial=stored.get(name)
                )
                self.fields[name].widget.attrs["data-sum"] = prefix

    @property
    def cost_fields(self) -> list[forms.BoundField]:
        """The lines of the cost structure."""
        return [self[f"cost_{item.value}"] for item in CostItem]

    @property
    def capital_fields(self) -> list[forms.BoundField]:
        """The sources of capital."""
        return [self[f"capital_{kind.value}"] for kind in CapitalKind]

    def check(self, cleaned: dict[str, Any]) -> None:
        """Days in their order, approval not in the future."""
        self.in_order("starts_on", "ends_on")
        self.not_later_than_today("approved_on", today=timezone.localdate())

    def warnings(self) -> list[Any]:
        """Name sums that differ from the total investment, with the difference."""
        total = self.cleaned_data.get("total_investment")
        said = []
        for prefix, label in (("cost", _("cost structure")), ("capital", _("sources of capital"))):
            amounts = self.amounts(prefix)
            if not amounts:
                continue
            added = sum(amounts.values(), Decimal(0))
            if total is None:
                said.append(
                    _("The %(part)s adds up to %(sum)s dong, and no total investment is entered.")
                    % {"part": label, "sum": written(added)}
                )
            elif added != total:
                said.append(
                    _(
                        "The %(part)s adds up to %(sum)s dong, the total investment is %(total)s dong: a difference "
                        "of %(difference)s dong."
                    )
                    % {
                        "part": label,
                        "sum": written(added),
                        "total": written(total),
                        "difference": written(abs(added - total)),
                    }
                )
        return said

    def amounts(self, prefix: str) -> dict[str, Decimal]:
        """Return the amounts that were filled in, by the value of their kind."""
        start = f"{prefix}_"
        return {
            name.removeprefix(start): value
            for name, value in self.cleaned_data.items()
            if name.startswith(start) and value is not None
        }

    def save_hanging(self) -> None:
        """Write the lines: filled amounts are stored, emptied ones removed, unchanged ones left alone."""
        for prefix, model, column in (("cost", CostLine, "item"), ("capital", CapitalSource, "kind")):
            amounts = self.amounts(prefix)
            for row in model.objects.filter(project=self.instance).order_by("pk"):
                amount = amounts.pop(getattr(row, column), None)
                if amount is None:
                    row.delete()
                elif amount != row.amount:
                    row.amount = amount
                    row.save()
            for kind, amount in amounts.items():
                model.objects.create(project=self.instance, amount=amount, **{column: kind})


class PaidCapitalForm(RecordForm):
    """Capital paid into a project up to a day."""

    parent_name = "project"
    sections = (
        (gettext_lazy("Capital paid"), ("as_of", "amount")),
        (gettext_lazy("Source"), SOURCE),
    )

    class Meta(RecordForm.Meta):
        model = PaidCapital
        fields = ("as_of", "amount", *SOURCE[:-1])

    def prepare(self) -> None:
        """Say that the amount is the sum of everything so far."""
        self.fields["amount"].help_text = _("Everything paid since the beginning, not only in this period.")

    def check(self, cleaned: dict[str, Any]) -> None:
        """Refuse a day to come."""
        self.not_later_than_today("as_of", today=timezone.localdate())

    def warnings(self) -> list[Any]:
        """Name a sum that falls, and one above the total investment."""
        day, amount = self.cleaned_data["as_of"], self.cleaned_data["amount"]
        rows = PaidCapital.objects.filter(project=self.parent).exclude(pk=self.instance.pk)
        before = rows.filter(as_of__lte=day).order_by("-as_of", "-pk").first()
        after = rows.filter(as_of__gt=day).order_by("as_of", "pk").first()
        said = []
        fall = _(
            "The sum paid so far cannot fall: %(earlier)s dong on %(earlier_day)s, "
            "then %(later)s dong on %(later_day)s."
        )
        if before and amount < before.amount:
            said.append(fall % _steps(before.amount, before.as_of, amount, day))
        if after and amount > after.amount:
            said.append(fall % _steps(amount, day, after.amount, after.as_of))
        total = self.parent.total_investment
        if total is not None and amount > total:
            said.append(
                _("More is paid (%(paid)s dong) than the total investment (%(total)s dong).")
                % {"paid": written(amount), "total": written(total)}
            )
        return said


def _steps(earlier: Decimal, earlier_day: Any, later: Decimal, later_day: Any) -> dict[str, str]:
    return {
        "earlier": written(earlier),
        "earlier_day": f"{earlier_day:%d/%m/%Y}",
        "later": written(later),
        "later_day": f"{later_day:%d/%m/%Y}",
    }


class WastewaterPlantForm(RecordForm):
    """The central wastewater treatment plant of a cluster."""

    parent_name = "cluster"
    sections = (
        (
            gettext_lazy("Plant"),
            ("status", "capacity_m3_day", "meets_standard", "permit_number", "as_of"),
        ),
        (gettext_lazy("Source"), SOURCE),
    )

    class Meta(RecordForm.Meta):
        model = WastewaterPlant
        fields = ("status", "capacity_m3_day", "meets_standard", "permit_number", "as_of", *SOURCE[:-1])

    def check(self, cleaned: dict[str, Any]) -> None:
        """A plant that is not built meets no standard."""
        self.not_later_than_today("as_of", today=timezone.localdate())
        if cleaned.get("meets_standard") and cleaned.get("status") not in (*BUILT, None):
            self.add_error(
                "meets_standard",
                _(
                    "A plant that is not finished cannot meet the standard. Change the status, or choose no or unknown."
                ),
            )

    def warnings(self) -> list[Any]:
        """A plant in use without a permit is worth a second look."""
        if self.cleaned_data["status"] == WorkStatus.IN_USE and not self.cleaned_data["permit_number"]:
            return [_("The plant is in use and no environmental permit is entered.")]
        return []


class SharedWorksForm(forms.Form):
    """All shared works of a cluster at once; a kind without status is not recorded."""

    as_of = DayField(label=gettext_lazy("As of"), help_text=gettext_lazy("For every work that changes here."))
    source_title = forms.CharField(label=gettext_lazy("Source document"), max_length=300)
    source_number = forms.CharField(
        label=gettext_lazy("Number of the document"), max_length=80, required=False
    )
    source_date = DayField(label=gettext_lazy("Date of the document"), required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason for the entry"),
        max_length=300,
        help_text=gettext_lazy("Stands in the history: why, or by which paper."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, works: dict[str, SharedWork], **kwargs: Any) -> None:
        self.works = works
        super().__init__(*args, **kwargs)
        self.initial.setdefault("seen", self.state)
        for kind in WorkKind:
            work = works.get(kind.value)
            self.fields[f"{kind.value}-status"] = forms.ChoiceField(
                label=_("Status"),
                choices=[("", _("not recorded")), *WorkStatus.choices],
                required=False,
                initial=work.status if work else "",
            )
            self.fields[f"{kind.value}-finished_on"] = DayField(
                label=_("Finished on"), required=False, initial=work.finished_on if work else None
            )
            self.fields[f"{kind.value}-note"] = forms.CharField(
                label=_("Remark"), max_length=300, required=False, initial=work.note if work else ""
            )
            for name in ("status", "finished_on", "note"):
                field = self.fields[f"{kind.value}-{name}"]
                field.widget.attrs["aria-label"] = f"{capfirst(kind.label)}: {field.label}"

    @property
    def state(self) -> str:
        """What the works looked like when the form was opened, to notice another person's change."""
        return ",".join(f"{kind}:{work.updated_at.isoformat()}" for kind, work in sorted(self.works.items()))

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One row for each kind of work: its fields, and the stored work."""
        return [
            {
                "label": capfirst(kind.label),
                "work": self.works.get(kind.value),
                "fields": [self[f"{kind.value}-{name}"] for name in ("status", "finished_on", "note")],
            }
            for kind in WorkKind
        ]

    @property
    def source_fields(self) -> list[forms.BoundField]:
        """The paper, and the reason."""
        return [self[name] for name in ("as_of", "source_title", "source_number", "source_date", "reason")]

    def clean(self) -> dict[str, Any]:
        """Check each row, and that the works are those the person saw."""
        cleaned = super().clean() or self.cleaned_data
        if self.is_bound and self.data.get("seen", "") != self.state:
            self.add_error(
                None,
                _(
                    "Another person changed the works meanwhile. The rows marked “now” show what is stored; check your "
                    "entries and save again."
                ),
            )
        today = timezone.localdate()
        if cleaned.get("as_of") and cleaned["as_of"] > today:
            self.add_error(
                "as_of",
                _("%(day)s has not come yet. Check the year.") % {"day": f"{cleaned['as_of']:%d/%m/%Y}"},
            )
        for kind in WorkKind:
            status, finished = cleaned.get(f"{kind.value}-status"), cleaned.get(f"{kind.value}-finished_on")
            if finished and status not in BUILT:
                self.add_error(
                    f"{kind.value}-finished_on",
                    _(
                        "%(work)s: only a finished work has a day on which it was finished. "
                        "Change the status, or empty the day."
                    )
                    % {"work": capfirst(kind.label)},
                )
        return cleaned

    def changed_rows(self) -> list[SharedWork]:
        """Return the works that differ from what is stored, ready to be saved."""
        changed = []
        for kind in WorkKind:
            status = self.cleaned_data[f"{kind.value}-status"]
            work = self.works.get(kind.value) or SharedWork(kind=kind.value)
            names = [f"{kind.value}-{name}" for name in ("status", "finished_on", "note")]
            if not status or not any(name in self.changed_data for name in names):
                continue
            work.status = status
            work.finished_on = self.cleaned_data[names[1]]
            work.note = self.cleaned_data[names[2]]
            work.as_of = self.cleaned_data["as_of"]
            work.source_title = self.cleaned_data["source_title"]
            work.source_number = self.cleaned_data["source_number"]
            work.source_date = self.cleaned_data["source_date"]
            changed.append(work)
        return changed

    def removed_rows(self) -> list[SharedWork]:
        """Return stored works whose status was emptied."""
        return [work for kind, work in self.works.items() if not self.cleaned_data[f"{kind}-status"]]
