"""Development plans, their lines, and what becomes of a line that is withdrawn."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.roles import Function
from accounts.scope import scope_of
from clusters.forms.records.base import SOURCE, RecordForm
from clusters.models import Cluster, ConversionPlan, DevelopmentPlan, PlannedCluster
from clusters.services import plans
from core.forms import draw_with
from core.text import fold
from places.models import Province

LARGEST_BOUNDARY = 2 * 1024 * 1024


class PlanForm(RecordForm):
    """A version of a province's plan."""

    sections = (
        (gettext_lazy("Plan"), ("province", "title", "version", "period_from", "period_to")),
        (gettext_lazy("Approval"), ("decision_number", "approved_on", "superseded_on", "is_complete")),
        (gettext_lazy("Source"), SOURCE),
        (gettext_lazy("Notes"), ("notes",)),
    )

    class Meta(RecordForm.Meta):
        model = DevelopmentPlan
        fields = (
            "province", "title", "version", "period_from", "period_to", "decision_number", "approved_on",
            "superseded_on", "is_complete", *SOURCE[:-1], "notes",
        )  # fmt: skip

    def prepare(self) -> None:
        """Take the province from the person where it can only be one."""
        scope = scope_of(self.user, Function.EDIT_PLAN)
        if self.is_new and len(scope.province_ids) == 1:
            province = Province.objects.get(pk__in=scope.province_ids)
            self.initial.setdefault("province", province)
            newest = DevelopmentPlan.objects.filter(province=province).order_by("-version").first()
            self.initial.setdefault("version", (newest.version if newest else 0) + 1)
        if not self.is_new:
            del self.fields["province"]

    def clean_province(self) -> Province:
        """Refuse a province outside the person's reach."""
        province: Province = self.cleaned_data["province"]
        if not scope_of(self.user, Function.EDIT_PLAN).covers(province_id=province.pk):
            raise ValidationError(
                _("You keep no plan of %(province)s. Choose a province of your organisation.")
                % {"province": province.name}
            )
        return province

    def check(self, cleaned: dict[str, Any]) -> None:
        """Years and days in their order; an approved plan names its decision."""
        self.at_most("period_from", "period_to")
        self.in_order("approved_on", "superseded_on")
        self.not_later_than_today("approved_on", today=timezone.localdate())
        if cleaned.get("approved_on") and not cleaned.get("decision_number"):
            self.add_error("decision_number", _("An approved plan names the decision that approved it."))
        if cleaned.get("decision_number") and not cleaned.get("approved_on"):
            self.add_error(
                "approved_on",
                _("Enter the day of the decision, or empty its number while the plan is a draft."),
            )
        if cleaned.get("superseded_on") and not cleaned.get("approved_on"):
            self.add_error("superseded_on", _("A draft cannot be superseded. Empty the day."))
        province = cleaned.get("province") or (None if self.is_new else self.instance.province)
        others = DevelopmentPlan.objects.filter(province=province, version=cleaned.get("version"))
        if province and others.exclude(pk=self.instance.pk).exists():
            self.add_error(
                "version",
                _("The province already has version %(version)s. Take the next number.")
                % {"version": cleaned["version"]},
            )

    def warnings(self) -> list[Any]:
        """Name lines that lack what Art. 4.2 asks for when the List is said to be complete."""
        if self.is_new or not self.cleaned_data["is_complete"]:
            return []
        lines = plans.standing(plans.lines_of(self.instance))
        gaps = [line for line in lines if plans.completeness(line).missing]
        said: list[Any] = []
        if not lines:
            said.append(_("The List is said to be complete, and it has no line."))
        if gaps and "is_complete" in self.changed_data:
            said.append(
                _("%(gaps)s of %(lines)s lines lack contents that Decree 32/2024 Art. 4.2 asks for.")
                % {"gaps": len(gaps), "lines": len(lines)}
            )
        return said


class BoundaryField(forms.FileField):
    """A GeoJSON file with one polygon (WGS 84); cleans to its geometry."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Read the polygon; the message says what the file lacks."""
        upload = super().clean(data, initial)
        if not upload or isinstance(upload, dict):
            return upload or initial
        if upload.size > LARGEST_BOUNDARY:
            raise ValidationError(
                _("“%(name)s” is larger than 2 MB. Simplify the boundary.") % {"name": upload.name}
            )
        try:
            value = json.loads(upload.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
            raise ValidationError(
                _("“%(name)s” is not GeoJSON. Export the boundary as GeoJSON (WGS 84).")
                % {"name": upload.name}
            ) from None
        return _polygon(value, upload.name)


class PlannedClusterForm(RecordForm):
    """A line of the List with everything Art. 4.2 asks for."""

    parent_name = "plan"
    sections = (
        (
            gettext_lazy("Line of the List"),
            ("name", "commune", "place_text", "area_ha", "main_lines", "cluster"),
        ),
        (
            gettext_lazy("What Art. 4.2 asks for"),
            ("environmental_distance", "land_status", "justification", "total_investment"),
        ),
        (gettext_lazy("Adjacent clusters"), ("linked_to", "link_description")),
        (gettext_lazy("Boundary"), ("boundary_file",)),
    )
    boundary_file = BoundaryField(
        label=gettext_lazy("Boundary (GeoJSON, WGS 84)"),
        required=False,
        help_text=gettext_lazy("One polygon. Overlaps with other lines are shown on the page of the plan."),
    )
    # What an earlier, refused sending brought: the polygon and the name of its file. Cleaned after the file.
    boundary_sent = forms.JSONField(widget=forms.HiddenInput, required=False)

    class Meta(RecordForm.Meta):
        model = PlannedCluster
        fields = (
            "name", "commune", "place_text", "area_ha", "main_lines", "cluster", "environmental_distance",
            "land_status", "justification", "total_investment", "linked_to", "link_description",
        )  # fmt: skip
        widgets = {"linked_to": forms.CheckboxSelectMultiple}

    def prepare(self) -> None:
        """Offer communes, clusters and neighbours of the plan's province."""
        self.fields["commune"].province = self.parent.province
        clusters = self.fields["cluster"]
        clusters.queryset = Cluster.objects.filter(province=self.parent.province_id).order_by(
            "sort_key", "pk"
        )
        clusters.empty_label = _("none yet")
        clusters.help_text = _("The cluster in the registry that this line is about.")
        linked = self.fields["linked_to"]
        linked.queryset = (
            PlannedCluster.objects.filter(plan=self.parent)
            .exclude(pk=self.instance.pk)
            # By the stored key of the clusters, which most lines are about: names are Vietnamese.
            .order_by("cluster__sort_key", "name", "pk")
        )
        linked.help_text = _(
            "Only clusters that share lines of production, waste or energy may adjoin (Art. 4.2 đ)."
        )
        linked.widget.attrs["class"] = "choice-list choice-scroll"
        if not linked.queryset.exists():
            del self.fields["linked_to"]
            del self.fields["link_description"]

    def clean_boundary_file(self) -> Any:
        """Keep the polygon in the form, so that mistakes elsewhere do not lose it."""
        geometry = self.cleaned_data["boundary_file"]
        if geometry:
            sent = {"name": self.files[self.add_prefix("boundary_file")].name, "geometry": geometry}
            draw_with(self, boundary_sent=json.dumps(sent))
        return geometry

    def clean_boundary_sent(self) -> Any:
        """Take the polygon that came with this request or an earlier one, and say that it is kept."""
        sent = self.cleaned_data["boundary_sent"]
        if not isinstance(sent, dict):
            return None
        name = str(sent.get("name", ""))
        self.instance.boundary = _polygon(sent.get("geometry"), name)
        kept = _("Kept: %(name)s. Choose a file only to take another one instead.")
        self["boundary_file"].help_text = kept % {"name": name}
        return sent

    def check(self, cleaned: dict[str, Any]) -> None:
        """One line a name and commune, one line a cluster, a link with its description."""
        others = PlannedCluster.objects.filter(plan=self.parent).exclude(pk=self.instance.pk)
        name, commune = cleaned.get("name"), cleaned.get("commune")
        twins = others.filter(commune=commune) if commune else others.filter(commune__isnull=True)
        if name and any(fold(other.name) == fold(name) for other in twins.order_by("pk").only("name")):
            self.add_error(
                "name", _("The List already has “%(name)s” there. Change that line.") % {"name": name}
            )
        cluster = cleaned.get("cluster")
        twin = others.filter(cluster=cluster).order_by("pk").first() if cluster else None
        if twin:
            self.add_error(
                "cluster",
                _(
                    "“%(cluster)s” already stands in the List as “%(line)s”. Choose another, or change that line."
                )
                % {"cluster": cluster, "line": twin.name},
            )
        if cleaned.get("linked_to") and not cleaned.get("link_description"):
            self.add_error(
                "link_description", _("Say how they are linked: lines, waste, energy (Art. 4.2 đ).")
            )
        if cleaned.get("link_description") and not cleaned.get("linked_to") and "linked_to" in self.fields:
            self.add_error("linked_to", _("Choose the clusters it is linked with, or empty the description."))
        if cleaned.get("area_ha") == 0:
            self.add_error(
                "area_ha",
                _("A planned cluster has an area. Enter it, or leave the field empty while unknown."),
            )


class WithdrawalForm(RecordForm):
    """The conversion plan, without which no line is withdrawn."""

    parent_name = "planned_cluster"
    sections = (
        (gettext_lazy("Withdrawal"), ("withdrawn_on", "why")),
        (gettext_lazy("Conversion plan"), ("land_use_after", "tenants", "finish_by", "finished_on")),
        (gettext_lazy("Source"), SOURCE),
    )
    why = forms.CharField(
        label=gettext_lazy("Why the line is withdrawn"), widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta(RecordForm.Meta):
        model = ConversionPlan
        fields = ("withdrawn_on", "land_use_after", "tenants", "finish_by", "finished_on", *SOURCE[:-1])

    def prepare(self) -> None:
        """Keep apart why the line is withdrawn and why the entry is made."""
        self.initial.setdefault("why", "" if self.is_new else self.instance.reason)
        self.initial["reason"] = ""
        if self.is_new:
            del self.fields["finished_on"]

    def check(self, cleaned: dict[str, Any]) -> None:
        """Days in their order."""
        self.in_order("withdrawn_on", "finish_by")
        self.in_order("withdrawn_on", "finished_on")
        self.not_later_than_today("withdrawn_on", "finished_on", today=timezone.localdate())
        if cleaned.get("why"):
            self.instance.reason = cleaned["why"]


class CopyForm(forms.Form):
    """Why a new version begins."""

    reason = forms.CharField(
        label=gettext_lazy("Reason for the new version"),
        max_length=300,
        help_text=gettext_lazy("Stands in the history: why, or by which paper."),
    )


def _polygon(value: Any, name: str) -> dict[str, Any]:
    """Return the one polygon of a GeoJSON document; raise ValidationError that says what is wrong."""
    geometry = value if isinstance(value, dict) else {}
    if geometry.get("type") == "FeatureCollection":
        features = geometry.get("features") or []
        if len(features) != 1:
            raise ValidationError(
                _("“%(name)s” holds %(count)s features. Send one polygon.")
                % {"name": name, "count": len(features)}
            )
        geometry = features[0] if isinstance(features[0], dict) else {}
    if geometry.get("type") == "Feature":
        geometry = geometry.get("geometry") or {}
    if geometry.get("type") not in ("Polygon", "MultiPolygon") or not plans.readable_polygon(geometry):
        raise ValidationError(
            _("“%(name)s” holds no polygon in WGS 84 inside Viet Nam. Check the export.") % {"name": name}
        )
    return {"type": geometry["type"], "coordinates": geometry["coordinates"]}
