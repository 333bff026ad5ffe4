"""What the actions of a cluster's dossier ask for: notice, opening, decision, completion; and rule V12's question."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clusters.checklists import check_rows
from clusters.choices import ClusterType, DecisionKind
from clusters.facts import fact_changes
from clusters.models import ClusterCase, Decision
from clusters.procedures.answers import Answers
from clusters.procedures.checking import IF_ANY
from clusters.procedures.effects import chosen_application, investor_of
from clusters.procedures.guards import JUDGED
from clusters.rules.occupancy_test import Average
from clusters.services.cases import settle_average
from clusters.services.decisions import open_cluster, preview_decision
from clusters.services.judgements import judge_rule
from core.forms import DayField, HectareFormField
from core.templatetags.portal import dong
from dossiers.forms.office.actions import ActionForm
from dossiers.forms.office.base import DossierForm
from dossiers.models import Application, Dossier
from dossiers.procedures.transitions import Firing
from dossiers.services.notices import closing_of
from law.rules import Finding
from law.vocabulary import DecisionItem

ITEM = "item_"


class NoticeForm(ActionForm):
    """Publish the notice: number, media, text; the closing day is computed and shown."""

    number = forms.CharField(label=gettext_lazy("Number of the notice"), max_length=80, required=False)
    # "media" is what every form calls its scripts.
    names: ClassVar[dict[str, str]] = {"media": "mass_media"}
    mass_media = forms.CharField(
        label=gettext_lazy("Mass media that announce it besides the portal"),
        max_length=300,
        help_text=gettext_lazy("Local radio, loudspeakers, newspaper, the commune's website."),
    )
    text = forms.CharField(label=gettext_lazy("Text of the notice"), widget=forms.Textarea(attrs={"rows": 9}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("text", notice_text(self.dossier, self.closes_on()))
        self.lead = _("Published today, applications are taken until the end of %(day)s.") % {
            "day": date_format(self.closes_on(), "d/m/Y")
        }

    def facts(self) -> dict[str, Any]:
        """Return what publishing needs."""
        found = super().facts()
        found["media"] = found.pop("mass_media")
        return found

    def closes_on(self) -> dt.date:
        """Return the last day for applications if the notice is published today."""
        return closing_of(firing_of(self), timezone.localdate())


class OpeningForm(ActionForm):
    """Open the applications: who was present."""

    present = forms.CharField(label=gettext_lazy("Who was present"), widget=forms.Textarea(attrs={"rows": 4}))
    remarks = forms.CharField(
        label=gettext_lazy("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class DecisionEntryForm(ActionForm):
    """The clerk's entry of the decision: the paper, the legal facts, and what it says of each item of Art. 12.1."""

    body = "clusters/cases/decision_fields.html"
    preview_template = "clusters/cases/decision_preview.html"
    is_wide = True
    names: ClassVar[dict[str, str]] = {
        "sets_name": "name",
        "sets_area_ha": "area_ha",
        "sets_cluster_type": "cluster_type",
        "sets_main_lines": "main_lines",
    }

    number = forms.CharField(
        label=gettext_lazy("Number of the decision"),
        max_length=80,
        help_text=gettext_lazy("As it stands on the paper."),
    )
    issued_on = DayField(label=gettext_lazy("Date of the decision"))
    effective_on = DayField(
        label=gettext_lazy("In effect from"), required=False, help_text=gettext_lazy("Empty: from its date.")
    )
    signer = forms.CharField(label=gettext_lazy("Signed by"), max_length=150)
    name = forms.CharField(label=gettext_lazy("Name of the cluster"), max_length=200)
    area_ha = HectareFormField(label=gettext_lazy("Area (ha)"), max_digits=12, decimal_places=5)
    cluster_type = forms.ChoiceField(label=gettext_lazy("Type of cluster"), choices=ClusterType.choices)
    place = forms.CharField(
        label=gettext_lazy("Place, as the decision has it"), max_length=300, required=False
    )
    main_lines = forms.CharField(
        label=gettext_lazy("Main lines of production"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = ClusterCase.objects.select_related("cluster__province", "planned_cluster").get(
            dossier=self.dossier
        )
        # The only application would be named to whoever opens this form before the opening.
        self.chosen = None if self.dossier.is_sealed else chosen_application(firing_of(self))
        for item in self.items:
            self.fields[f"{ITEM}{item.value}"] = forms.CharField(
                label=capfirst(str(item.label)),
                required=item not in IF_ANY,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        for name, value in starting_values(self.case, self.chosen).items():
            self.initial.setdefault(name, value)

    @property
    def items(self) -> tuple[DecisionItem, ...]:
        """The items that a decision must say under the law of the case."""
        return tuple(self.dossier.regime.decision_items.value or ())

    def paper_fields(self) -> list[Any]:
        """Return the fields of the paper itself."""
        names = [name for name in self.fields if name.startswith("paper_")]
        return [self[name] for name in (*names, "number", "issued_on", "effective_on", "signer")]

    def fact_fields(self) -> list[Any]:
        """Return the fields of the legal facts."""
        return [self[name] for name in ("name", "area_ha", "cluster_type", "place", "main_lines")]

    def item_fields(self) -> list[Any]:
        """Return the fields of the items of Art. 12.1, in the order of the law."""
        return [self[f"{ITEM}{item.value}"] for item in self.items]

    def facts(self) -> dict[str, Any]:
        """Return what recording the decision needs."""
        found = super().facts()
        items = {name.removeprefix(ITEM): found.pop(name) for name in list(found) if name.startswith(ITEM)}
        return {**found, "items": items}

    def preview(self) -> dict[str, Any]:
        """Return what the registry would say, and every rule; nothing is written."""
        data = getattr(self, "cleaned_data", {})
        issued_on = data.get("issued_on")
        if issued_on is None or self.chosen is None:
            return {"preview": None}
        with transaction.atomic():
            cluster = self.case.cluster or open_cluster(
                province=self.dossier.province,
                name=self.case.name,
                user=self.user,
                reason="",
                is_confirmed=True,
            )
            decision = Decision(
                cluster=cluster,
                kind=DecisionKind(self.case.kind),
                effective_on=data.get("effective_on") or issued_on,
                issued_on=issued_on,
                number=data.get("number", ""),
                signer=data.get("signer", ""),
                received_on=self.dossier.received_on,
                sets_name=data.get("name") or self.case.name,
                sets_area_ha=data.get("area_ha"),
                sets_cluster_type=data.get("cluster_type") or self.case.cluster_type,
                sets_main_lines=data.get("main_lines", ""),
                sets_commune=self.dossier.commune,
                sets_investor=investor_of(self.chosen),
            )
            found = preview_decision(cluster=cluster, decision=decision, regime=self.dossier.regime)
            changes = [change for change in fact_changes(found.before, found.after) if change.changed]
            rows = check_rows(found.checklist)
            # The cluster and the investor were made to be asked about only.
            transaction.set_rollback(True)
        return {"preview": found, "changes": changes, "rows": rows}


class CompletionForm(ActionForm):
    """Mark the copy to the Ministry and the results as sent."""

    sent_on = DayField(label=gettext_lazy("Decision sent to the Ministry on"), initial=timezone.localdate)
    sent_how = forms.CharField(
        label=gettext_lazy("How it was sent"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("For instance: by the document axis, by post with its number."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lead = _("With this every applicant's result counts as sent, and the case ends.")


class AverageForm(DossierForm):
    """Settle which average the occupancy test goes by (rule V12)."""

    title = gettext_lazy("Settle which average counts")
    lead = gettext_lazy(
        "The law says “average” and not which. Where the simple and the weighted average fall on different sides of "
        "the limit, a person decides; the appraisal report quotes the reason."
    )
    submit = gettext_lazy("Settle")
    done = gettext_lazy("The average is settled.")
    anchor = "cluster-case"
    average_choice = forms.ChoiceField(
        label=gettext_lazy("Average that counts"),
        choices=Average.choices,
        widget=forms.RadioSelect,
    )
    average_reason = forms.CharField(label=gettext_lazy("Why"), widget=forms.Textarea(attrs={"rows": 4}))

    def apply(self) -> ClusterCase:
        """Settle it."""
        return settle_average(
            dossier=self.dossier,
            choice=self.cleaned_data["average_choice"],
            reason=self.cleaned_data["average_reason"],
            actor=self.user,
            seen=self.version,
        )


class JudgementForm(DossierForm):
    """Answer for a condition of Art. 8 that cannot be computed, with the reason that the report quotes."""

    title = gettext_lazy("Judge a condition that cannot be computed")
    lead = gettext_lazy(
        "Better than a judgement are the figures that lack: enter them in the registry. Where they cannot be had, the "
        "department answers for the condition; the appraisal report quotes the reason."
    )
    submit = gettext_lazy("Record the judgement")
    done = gettext_lazy("The judgement is recorded.")
    anchor = "cluster-case"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule"] = forms.ChoiceField(
            label=gettext_lazy("Condition"),
            choices=[
                (one.rule.code, f"{one.rule.code}: {one.rule.sentence} – {one.explanation}")
                for one in open_judgements(self.dossier)
            ],
            widget=forms.RadioSelect,
        )
        self.fields["reason"] = forms.CharField(
            label=gettext_lazy("What the judgement rests on"), widget=forms.Textarea(attrs={"rows": 4})
        )

    def apply(self) -> ClusterCase:
        """Record it."""
        return judge_rule(
            dossier=self.dossier,
            code=self.cleaned_data["rule"],
            reason=self.cleaned_data["reason"],
            actor=self.user,
            seen=self.version,
        )


def open_judgements(dossier: Dossier) -> list[Finding]:
    """List the conditions that a person may judge because figures are missing, judged or not."""
    checklist = dossier.procedure.checklist(dossier)
    return [one for one in (checklist.not_computable if checklist else ()) if one.rule.code in JUDGED]


def firing_of(form: ActionForm) -> Firing:
    """Return the action of a form as a question."""
    now = timezone.now()
    return Firing(
        dossier=form.dossier,
        transition=form.available.transition,
        actor=form.user,
        now=now,
        today=timezone.localdate(now),
        is_question=True,
    )


def notice_text(dossier: Any, closes_on: dt.date) -> str:
    """Return a text to begin with, in Vietnamese: it is published."""
    case = ClusterCase.objects.get(dossier=dossier)
    commune = dossier.commune.full_name_vi if dossier.commune else ""
    verb = "thành lập" if case.kind == DecisionKind.ESTABLISH else "mở rộng"
    area = f", diện tích {_hectares(case.area_ha)} ha" if case.area_ha is not None else ""
    return (
        f"Ủy ban nhân dân {commune[:1].lower()}{commune[1:]} thông báo: đã nhận được hồ sơ đề nghị {verb} và làm "
        f"chủ đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp {case.name}{area}.\n"
        f"Doanh nghiệp, hợp tác xã, tổ chức khác có nhu cầu làm chủ đầu tư xây dựng hạ tầng kỹ thuật cụm công nghiệp "
        f"này nộp hồ sơ trên cổng thông tin hoặc tại bộ phận một cửa đến hết ngày {closes_on:%d/%m/%Y}. Hồ sơ được "
        f"giữ kín đến khi mở công khai."
    )


def starting_values(case: ClusterCase, chosen: Application | None) -> dict[str, Any]:
    """Return what the decision will say if it follows the case and the chosen application; the clerk corrects it."""
    answers = Answers(chosen.data if chosen else {})
    days = [answers.date(name) for name in ("starts_on", "finishes_on")]
    written = [f"{day:%d/%m/%Y}" if day else "…" for day in days]
    area = answers.number("area_ha") or case.area_ha
    lines = answers.text("main_lines") or case.main_lines
    place = answers.text("place")
    capital = answers.number("total_investment")
    with_capital = f"; tổng mức đầu tư {dong(capital)}" if capital is not None else ""
    kept = answers.priority_land_in_words()
    return {
        "name": case.name,
        "area_ha": area,
        "cluster_type": case.cluster_type,
        "place": place,
        "main_lines": lines,
        f"{ITEM}{DecisionItem.IDENTITY.value}": (
            f"Cụm công nghiệp {case.name}; diện tích {_hectares(area)} ha; {place}; ngành nghề: {lines}"
        ),
        f"{ITEM}{DecisionItem.INVESTOR.value}": str(chosen.organisation) if chosen else "",
        f"{ITEM}{DecisionItem.SCALE.value}": f"{answers.text('infrastructure_scale')}{with_capital}",
        f"{ITEM}{DecisionItem.PROGRESS.value}": f"Từ {written[0]} đến {written[1]}. {answers.text('schedule')}".strip(),
        f"{ITEM}{DecisionItem.INCENTIVES.value}": answers.text("incentives"),
        f"{ITEM}{DecisionItem.EFFECT.value}": "Quyết định có hiệu lực từ ngày ký.",
        f"{ITEM}{DecisionItem.TYPE.value}": str(ClusterType(case.cluster_type).label),
        f"{ITEM}{DecisionItem.PRIORITY_LAND.value}": kept[:1].upper() + kept[1:],
    }


def _hectares(value: Any) -> str:
    return f"{value.normalize():f}".replace(".", ",") if value is not None else "…"
