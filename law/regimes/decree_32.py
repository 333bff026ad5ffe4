"""R2: Decree 32/2024; R3: the same decree after districts were abolished (Decree 139/2025)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from law.citations import cite
from law.provisions import Mark, calendar_days, working_days
from law.regimes.base import Regime, Thresholds
from law.regimes.writing import HA, PERCENT, at_least, at_most, gives, no_threshold, none, over, unlimited
from law.vocabulary import (
    Actor,
    ClusterKind,
    CouncilPost,
    Criterion,
    DecisionItem,
    Document,
    OccupancyUnit,
    ReportHeading,
    Requirement,
    Step,
    Work,
)

REQUIRED, OPTIONAL = Requirement.REQUIRED, Requirement.OPTIONAL
S = {"source": "ND32"}

R2 = Regime(
    code="R2",
    title=_("Decree 32/2024"),
    valid_from=dt.date(2024, 5, 1),
    valid_to=dt.date(2025, 6, 30),
    dates_note=_("Reporting followed Circular 28/2020 until 30/9/2024, Circular 14/2024 since 1/10/2024."),
    instruments=("ND32", "TT28", "TT14", "QD821", "QD2404"),
    limits={
        Step.NOTICE: working_days(5, cite("ND32", "10.1"), **S),
        Step.WINDOW: calendar_days(15, cite("ND32", "10.1"), note=_("from the notice"), **S),
        Step.SUBMISSION: working_days(5, cite("ND32", "10.2"), note=_("after the closing day"), **S),
        Step.APPRAISAL: calendar_days(25, cite("ND32", "10.3"), note=_("from a full dossier"), **S),
        Step.SUPPLEMENT: unlimited(_("the clock stands still"), cite("ND32", "10.3"), **S),
        Step.DECISION: working_days(
            7, cite("ND32", "10.4"), note=_("from one set and the appraisal report"), **S
        ),
        Step.SENDING: unlimited(_("one copy to the Ministry, no number of days"), cite("ND32", "10.4"), **S),
    },
    actors={
        Step.NOTICE: gives(Actor.DISTRICT_PC, cite("ND32", "10.1"), **S),
        Step.WINDOW: gives(Actor.CANDIDATES, cite("ND32", "10.1"), **S),
        Step.SUBMISSION: gives(Actor.DISTRICT_PC, cite("ND32", "10.2"), **S),
        Step.APPRAISAL: gives(Actor.DEPARTMENT, cite("ND32", "10.3"), **S),
        Step.SUPPLEMENT: gives(Actor.CANDIDATES, cite("ND32", "10.3"), **S),
        Step.DECISION: gives(Actor.PROVINCE_PC, cite("ND32", "10.4"), **S),
        Step.SENDING: gives(Actor.PROVINCE_PC, cite("ND32", "10.4"), **S),
    },
    thresholds=Thresholds(
        area_min=at_least(10, HA, cite("ND32", "2.1"), **S),
        area_min_small=at_least(5, HA, cite("ND32", "2.1"), **S),
        area_max=at_most(75, HA, cite("ND32", "2.1"), **S),
        area_max_expanded=at_most(75, HA, cite("ND32", "8.2(a)"), **S),
        deviation=at_most(
            5, HA, cite("ND32", "10.4"), note=_("reported to the Prime Minister afterwards"), **S
        ),
        establish_occupancy=over(50, PERCENT, cite("ND32", "8.1(c)"), **S),
        establish_unleased=at_most(100, HA, cite("ND32", "8.1(c)"), **S),
        expand_occupancy=at_least(60, PERCENT, cite("ND32", "8.2(c)"), **S),
        craft_share=at_least(75, PERCENT, cite("ND32", "2.2"), **S),
        specialised_share=at_least(
            60,
            PERCENT,
            cite("TT14", part=_("Form 03, note")),
            source="TT14",
            note=_("for statistics only; no condition of the decree"),
        ),
        supporting_share=no_threshold(_("not in this law")),
        high_tech_share=no_threshold(_("not in this law")),
        service_share=at_most(10, PERCENT, cite("ND32", "3.1(c)"), **S),
        support_ceiling=at_most(30, PERCENT, cite("ND32", "26.1"), **S),
        pass_mark=at_least(50, _("points"), cite("ND32", "13.2"), **S),
        inspections=at_most(
            1, _("a year"), cite("ND32", "24.2"), note=_("unless there are signs of a violation"), **S
        ),
    ),
    test_unit=gives(OccupancyUnit.DISTRICT, cite("ND32", "8.1(c)"), **S),
    exempt_from_test=none(_("no kind of cluster is exempt"), cite("ND32", "8.1(c)"), **S),
    kinds=gives((ClusterKind.CRAFT_VILLAGE,), cite("ND32", "2.2"), **S),
    sets=gives(2, cite("ND32", "10.2"), **S),
    originals=none(_("not in this law"), **S),
    e_file=gives(True, cite("ND32", "10.2"), **S),
    documents={
        Document.SUBMISSION: gives(REQUIRED, cite("ND32", "9.1(a)"), **S),
        Document.REQUEST: gives(REQUIRED, cite("ND32", "9.1(b)"), **S),
        Document.REPORT: gives(REQUIRED, cite("ND32", "9.1(b)"), **S),
        Document.MAP: gives(REQUIRED, cite("ND32", "9.1(b)"), **S),
        Document.LEGAL_STATUS: gives(REQUIRED, cite("ND32", "9.1(c)"), **S),
        Document.FINANCIAL_CAPACITY: gives(REQUIRED, cite("ND32", "9.1(d)"), **S),
        Document.EXPERIENCE: gives(OPTIONAL, cite("ND32", "9.1(đ)"), **S),
    },
    report_headings=gives(
        (
            ReportHeading.NEED,
            ReportHeading.LAND,
            ReportHeading.OBJECTIVES,
            ReportHeading.INVESTOR,
            ReportHeading.OPERATION,
            ReportHeading.ENVIRONMENT,
            ReportHeading.INCENTIVES,
        ),
        cite("ND32", "9.2"),
        **S,
    ),
    works=gives((Work.ROADS, Work.WATER_SUPPLY, Work.WASTEWATER), cite("ND32", "8.2(d)"), **S),
    works_exempt_before=none(_("no cluster is exempt"), cite("ND32", "8.2(d)"), **S),
    score_maxima={
        Criterion.INFRASTRUCTURE: gives(Decimal(15), cite("ND32", "13.2"), unit=_("points"), **S),
        Criterion.MANAGEMENT: gives(Decimal(15), cite("ND32", "13.2"), unit=_("points"), **S),
        Criterion.CAPACITY: gives(Decimal(30), cite("ND32", "13.2"), unit=_("points"), **S),
        Criterion.FINANCE: gives(Decimal(40), cite("ND32", "13.2"), unit=_("points"), **S),
    },
    council_chair=gives(CouncilPost.PROVINCE_PC, cite("ND32", "13.2"), **S),
    council_vice_chairs=gives((CouncilPost.INDUSTRY, CouncilPost.PLANNING), cite("ND32", "13.2"), **S),
    council_stand_ins=gives(
        (CouncilPost.FINANCE,),
        cite("ND32", "13.2"),
        note=_("where Planning and Investment has been merged into Finance; the article does not say so"),
        mark=Mark.MEMORY,
        source="MEMORY",
    ),
    council_secretary=gives(
        CouncilPost.INDUSTRY_OFFICE, cite("ND32", "13.2"), note=_("not a member of the council"), **S
    ),
    decision_items=gives(
        (
            DecisionItem.IDENTITY,
            DecisionItem.INVESTOR,
            DecisionItem.SCALE,
            DecisionItem.PROGRESS,
            DecisionItem.INCENTIVES,
            DecisionItem.RESPONSIBILITIES,
            DecisionItem.EFFECT,
            DecisionItem.OTHER,
        ),
        cite("ND32", "12.1"),
        **S,
    ),
    regulation_copy=working_days(5, cite("ND32", "17.2"), note=_("after the regulation is approved"), **S),
    small_only_before=gives(dt.date(2017, 7, 15), cite("ND32", "35.1"), **S),
    large_only_before=gives(dt.date(2009, 10, 5), cite("ND32", "35.1", "35.4"), **S),
    idle_priority_years=none(_("not in this law"), **S),
    shared_works_before_operation=none(_("not in this law"), cite("ND32", "21"), **S),
)

COMMUNE = {"source": "ND139"}

R3 = replace(
    R2,
    code="R3",
    title=_("Decree 32/2024 with Decree 139/2025"),
    valid_from=dt.date(2025, 7, 1),
    valid_to=dt.date(2026, 4, 28),
    dates_note=_("Districts abolished: their duties pass to the communes."),
    instruments=("ND32", "ND139", "L1178", "TT14", "TT38", "VBHN55", "QD821", "QD2404", "NQ202"),
    actors={
        **R2.actors,
        Step.NOTICE: gives(Actor.COMMUNE_PC, cite("ND139", "11"), **COMMUNE),
        Step.SUBMISSION: gives(Actor.COMMUNE_PC, cite("ND139", "11"), **COMMUNE),
    },
    test_unit=gives(
        OccupancyUnit.AS_DECIDED,
        cite("ND139", "12"),
        note=_("each province decides how to apply rules tied to the area of a district"),
        **COMMUNE,
    ),
    documents={
        **R2.documents,
        Document.SUBMISSION: gives(REQUIRED, cite("ND139", "11"), note=_("by the commune"), **COMMUNE),
    },
    regulation_copy=replace(R2.regulation_copy, article=cite("ND32", "17.2")),
)
