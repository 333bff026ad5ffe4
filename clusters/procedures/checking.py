"""The rules of a case, all evaluated together, from what stands in the dossier and in the registry.

Applications that are still sealed are not looked into: the rules about them say that nothing was filed yet.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from django.utils import timezone

from clusters.choices import ClusterType, DecisionKind
from clusters.models import Cluster, ClusterCase, DevelopmentPlan, Figures, PlannedCluster
from clusters.procedures.answers import Answers
from clusters.procedures.seats import council_of
from clusters.rules.case_subjects import Application as ApplicationSubject
from clusters.rules.case_subjects import CaseSubject, DecisionContent, Opinion
from clusters.rules.occupancy_test import Average, OccupancyTest, SettledAverage
from clusters.rules.standing import asked
from clusters.rules.subjects import DecisionSubject, when_asked
from clusters.services.expansion import expansion_subject
from clusters.services.figures import figures_on
from clusters.services.occupancy_test import occupancy_test
from clusters.services.replay import ClusterFacts, facts_on
from dossiers.models import Application, Document, Dossier, Event
from dossiers.models import Extension as GrantedExtension
from dossiers.scoring import ScoringSubject, rank
from dossiers.services.sheets import scoring_of
from law.calendars import WorkingCalendar
from law.clock import Extension, Pause
from law.local_rules import local_rules
from law.models import CalendarDay
from law.provisions import DayUnit
from law.rules import Checklist, evaluate
from law.vocabulary import DecisionItem, FinancialProof, ReportHeading, Step
from law.vocabulary import Document as Paper

#: What a decision may leave out, saying that there is none (Art. 12.1: "if any").
IF_ANY = frozenset({DecisionItem.INCENTIVES, DecisionItem.OTHER})


def case_checklist(dossier: Dossier, *, on: dt.date | None = None) -> Checklist | None:
    """Return every rule about the case under its regime, as it stands on a day (today unless given)."""
    case = (
        ClusterCase.objects.select_related("cluster", "planned_cluster__plan", "decision")
        .filter(dossier=dossier)
        .first()
    )
    if case is None:
        return None
    on = on or timezone.localdate()
    regime = dossier.regime
    findings = [
        finding for subject in _subjects(dossier, case, on) for finding in evaluate(subject, regime=regime)
    ]
    return Checklist(regime=regime, findings=asked(findings, DecisionKind(case.kind)))


def occupancy_of(dossier: Dossier, case: ClusterCase, on: dt.date) -> OccupancyTest:
    """Return the occupancy test of the case's territory, with the average a person settled on, if any."""
    settled = None
    if case.average_choice:
        settled = SettledAverage(average=Average(case.average_choice), reason=case.average_reason)
    return occupancy_test(
        province=dossier.province,
        commune=dossier.commune,
        regime=dossier.regime,
        on=on,
        exclude=case.cluster,
        kind=DecisionKind(case.kind),
        cluster_type=ClusterType(case.cluster_type),
        settled=settled,
    )


def case_subject(
    dossier: Dossier, case: ClusterCase, on: dt.date, scoring: ScoringSubject | None
) -> CaseSubject:
    """Return what the rules about papers, clock, council and decision look at."""
    notice = getattr(dossier, "notice", None)
    decided = case.decision
    sent = case.ministry_copy_sent_on
    days = _days_of_events(dossier)
    pauses = [Pause(one.starts_on, one.ends_on, one.reason) for one in dossier.pauses.all()]
    communes = [dossier.commune, *dossier.other_communes.all()] if dossier.commune else []
    return CaseSubject(
        regime=dossier.regime,
        kind=DecisionKind(case.kind),
        on=on,
        calendar=_calendar(),
        first_request_on=dossier.received_on,
        notice_on=notice.published_on if notice else None,
        closes_at=dossier.closes_at,
        submitted_on=days.get("submit"),
        full_file_on=dossier.full_on,
        appraisal_report_on=days.get("send_report") or days.get("recommend_refusal"),
        decision_on=decided.issued_on if decided else None,
        sent_at=timezone.make_aware(dt.datetime.combine(sent, dt.time(12))) if sent else None,
        pauses={step: pauses for step in Step},  # noqa: C420 - the same pauses hold for every step
        extensions=_extensions(dossier),
        applications=tuple(_applications(dossier)),
        documents=frozenset({Paper.SUBMISSION} if _has_submission(dossier) else ()),
        units=tuple(commune.full_name for commune in communes),
        lead_units=(dossier.commune.full_name,) if dossier.commune else (),
        lead_named_by=case.lead_named_by,
        council=council_of(dossier),
        ranking=rank(scoring) if scoring is not None else None,
        decision=_content(case, dossier),
        area_ha=case.area_ha,
        opinions=tuple(
            Opinion(
                agency=str(request.organisation),
                asked_on=request.asked_on,
                answered_on=timezone.localdate(request.answered_at) if request.answered_at else None,
            )
            for request in dossier.opinions.filter(withdrawn_at__isnull=True)
            .select_related("organisation")
            .order_by("pk")
        ),
        local=local_rules(dossier.province, dossier.received_on),
    )


def _subjects(dossier: Dossier, case: ClusterCase, on: dt.date) -> Iterator[object]:
    scoring = scoring_of(dossier)
    yield case_subject(dossier, case, on, scoring)
    if scoring is not None:
        yield scoring
    if case.kind == DecisionKind.EXPAND and case.cluster is not None:
        yield expansion_subject(cluster=case.cluster, on=on, demand_ha=_demand(dossier))
    else:
        yield occupancy_of(dossier, case, on)
    if case.decision is None:
        yield _as_decision(dossier, case, on)


def _as_decision(dossier: Dossier, case: ClusterCase, on: dt.date) -> DecisionSubject:
    """Return the decision the case asks for, as if it were recorded on the day: area, type, place against the List."""
    sets = {
        "name": case.name,
        "area_ha": case.area_ha,
        "cluster_type": case.cluster_type,
        "commune": dossier.commune,
        "main_lines": case.main_lines,
    }
    cluster = case.cluster or Cluster(province=dossier.province, name=case.name)
    before = facts_on(cluster, on) if case.cluster else ClusterFacts()
    after = ClusterFacts({**before.values, **sets}, before.sources)
    plans = DevelopmentPlan.objects.in_force(on).filter(province_id=dossier.province_id)
    lines = PlannedCluster.objects.filter(plan__in=plans.values("pk"), withdrawal__isnull=True)
    lines = (
        lines.filter(cluster=case.cluster) if case.cluster else lines.filter(pk=case.planned_cluster_id or 0)
    )
    return DecisionSubject(
        cluster=cluster,
        facts=after,
        # Figures and whether the List is complete are read only where a rule asks for them.
        figures=when_asked(
            lambda: figures_on(cluster, on, after.industrial_land_ha) if case.cluster else Figures()
        ),
        on=on,
        kind=DecisionKind(case.kind),
        before=before,
        sets=frozenset(sets),
        planned=tuple(lines.select_related("commune").order_by("-plan__version", "pk")),
        plan_is_known=when_asked(lambda: plans.filter(is_complete=True).exists()),
    )


def _applications(dossier: Dossier) -> Iterator[ApplicationSubject]:
    if dossier.is_sealed:
        return
    filed = list(
        Application.objects.filter(dossier=dossier)
        .filed()
        .select_related("organisation")
        .order_by("filed_at", "pk")
    )
    papers: dict[int, list[Document]] = {}
    for paper in Document.objects.current().filter(application__in=filed).order_by("pk"):
        papers.setdefault(paper.application_id or 0, []).append(paper)
    for application in filed:
        answers, own = Answers(application.data), papers.get(application.pk, [])
        yield ApplicationSubject(
            key=str(application.pk),
            name=str(application.organisation),
            filed_at=application.filed_at,
            withdrawn=application.outcome == "withdrawn",
            documents=frozenset(Paper(one.kind) for one in own if one.kind in Paper.values),
            proofs=frozenset(
                FinancialProof(one.variety) for one in own if one.variety in FinancialProof.values
            ),
            headings=frozenset(
                ReportHeading(one)
                for one in answers.several("report_headings")
                if one in ReportHeading.values
            ),
            # Filed on the portal: one set, which is the electronic file itself.
            sets=max((one.copies for one in own), default=None),
            originals=sum(1 for one in own if one.is_original) or None,
            has_e_file=True,
            total_investment=answers.number("total_investment"),
            equity=answers.number("equity"),
            has_real_estate_line=answers.flag("has_real_estate_line"),
        )


def _content(case: ClusterCase, dossier: Dossier) -> DecisionContent | None:
    if case.decision is None:
        return None
    filled = {item for item in DecisionItem if str(case.decision_items.get(item.value, "")).strip()}
    chosen = Application.objects.filter(dossier=dossier, outcome="chosen").first()
    return DecisionContent(items=frozenset(filled | IF_ANY), investor=str(chosen.pk) if chosen else None)


def _demand(dossier: Dossier) -> Decimal | None:
    if dossier.is_sealed:
        return None
    first = dossier.applications.live().order_by("filed_at", "pk").first()
    return Answers(first.data).number("demand_ha") if first else None


def _days_of_events(dossier: Dossier) -> dict[str, dt.date]:
    """Return the day on which each action was last done."""
    rows = Event.objects.filter(dossier=dossier).exclude(to_state="").order_by("at", "pk")
    return {action: timezone.localdate(at) for action, at in rows.values_list("action", "at")}


def _extensions(dossier: Dossier) -> dict[Step, list[Extension]]:
    found: dict[Step, list[Extension]] = {}
    granted = GrantedExtension.objects.filter(run__dossier=dossier).order_by("run_id", "pk")
    for step, days, unit, reason in granted.values_list("run__step", "days", "unit", "reason"):
        found.setdefault(Step(step), []).append(Extension(days, DayUnit(unit), reason))
    return found


def _has_submission(dossier: Dossier) -> bool:
    return Document.objects.current().filter(dossier=dossier, kind="submission").exists()


def _calendar() -> WorkingCalendar:
    return CalendarDay.objects.calendar()
