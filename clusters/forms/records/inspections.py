"""Inspections with the violations they found."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.checklists import sentence_of
from clusters.forms.records.base import SOURCE, RecordForm
from clusters.forms.records.fields import field_for
from clusters.models import Inspection, SecondaryProject, Violation
from clusters.services.inspections import second_in_the_year


class ViolationForm(forms.ModelForm):
    """One violation."""

    class Meta:
        model = Violation
        fields = ("what", "legal_basis", "fine", "remedy", "due_on", "remedied_on")
        formfield_callback = field_for

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("what", "remedy"):
            self.fields[name].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        """Refuse a day of mending that has not come."""
        cleaned = super().clean() or self.cleaned_data
        day = cleaned.get("remedied_on")
        if day and day > timezone.localdate():
            self.add_error(
                "remedied_on", _("%(day)s has not come yet. Check the year.") % {"day": f"{day:%d/%m/%Y}"}
            )
        return cleaned


class BaseViolationFormSet(forms.BaseInlineFormSet):
    """The violations of one inspection."""

    def get_queryset(self) -> Any:
        """Keep the order in which they were entered."""
        return super().get_queryset().order_by("pk")


ViolationFormSet = forms.inlineformset_factory(
    Inspection, Violation, form=ViolationForm, formset=BaseViolationFormSet, extra=0, can_delete=True
)


class InspectionForm(RecordForm):
    """An inspection of a cluster, or of one project in it."""

    parent_name = "cluster"
    sections = (
        (
            gettext_lazy("Inspection"),
            ("project", "inspected_on", "authority", "subject", "signs_of_violation"),
        ),
        (gettext_lazy("Result"), ("conclusion",)),
        (gettext_lazy("Source"), SOURCE),
    )

    class Meta(RecordForm.Meta):
        model = Inspection
        fields = (
            "project", "inspected_on", "authority", "subject", "signs_of_violation", "conclusion", *SOURCE[:-1],
        )  # fmt: skip

    def prepare(self) -> None:
        """Offer the projects of the cluster; hold the violations beside."""
        field = self.fields["project"]
        field.queryset = SecondaryProject.objects.filter(cluster=self.parent).order_by("sort_key", "pk")
        field.empty_label = _("the cluster as a whole")
        self.violations = ViolationFormSet(
            data=self.data if self.is_bound else None, instance=self.instance, prefix="violations"
        )

    def is_valid(self) -> bool:
        """Check the violations together with the inspection, so that all mistakes show at once."""
        own, theirs = super().is_valid(), self.violations.is_valid()
        return own and theirs

    def check(self, cleaned: dict[str, Any]) -> None:
        """An inspection has taken place; violations are mended after it."""
        self.not_later_than_today("inspected_on", today=timezone.localdate())
        day = cleaned.get("inspected_on")
        if day and self.violations.is_valid():
            for form in self.violations.forms:
                mended = form.cleaned_data.get("remedied_on") if form.has_changed() else None
                if mended and mended < day:
                    form.add_error(
                        "remedied_on",
                        _("It lies before the inspection (%(day)s).") % {"day": f"{day:%d/%m/%Y}"},
                    )

    def warnings(self) -> list[Any]:
        """Name a second inspection in the calendar year without signs of violation (V41)."""
        candidate = Inspection(
            pk=self.instance.pk,
            cluster=self.parent,
            project=self.cleaned_data.get("project"),
            inspected_on=self.cleaned_data["inspected_on"],
            signs_of_violation=self.cleaned_data["signs_of_violation"],
        )
        finding = second_in_the_year(candidate)
        return [sentence_of(finding)] if finding else []

    def removed(self) -> list[Violation]:
        """Return the violations that were ticked for removal."""
        return [form.instance for form in self.violations.deleted_forms if form.instance.pk]

    def kept(self) -> list[Violation]:
        """Return the violations that are new or changed."""
        gone = self.violations.deleted_forms
        return [form.instance for form in self.violations.forms if form.has_changed() and form not in gone]
